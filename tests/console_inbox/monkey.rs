//! Somebody who presses any key of the command table, types any word and lets any answer come, in any order; and what has to be
//! true after each step. The keys come from the table, so that a new command is pressed from its first day.

use std::collections::HashSet;

use proptest::prelude::*;
use switchboard::app::command::{COMMANDS, Scope};
use switchboard::app::event::{Book, Kept, Timer};
use switchboard::app::key::{Key, script};
use switchboard::app::place::Place;
use switchboard::app::{Effect, Event};
use switchboard::domain::call::{Call, End, Report};

use super::desk::{Desk, offline, refused};

/// What is typed at a stroke where words are taken; elsewhere its letters are keys as well.
const WORDS: [&str; 14] = [
    " priority:",
    "state:open ",
    "船",
    "q:\"half",
    "@a.b",
    "plan:x",
    "7001",
    "2h",
    "inv",
    "someday",
    "3",
    "<ctrl-u>",
    "<up>",
    "<backspace>",
];
/// Ways to what chance seldom reaches; every call is answered between two keys.
const WALKS: [&str; 8] = ["cC", "a<enter>", "<enter>c", "vj<enter>", "I<enter>", "2<enter>C", "?", ":"];
const SIZES: [(u16, u16); 6] = [(80, 24), (120, 30), (200, 50), (110, 30), (40, 12), (9, 5)];

/// One thing that happens.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// A key of the table.
    Press(Key),
    /// Some letters.
    Type(&'static str),
    /// Keys, each as soon as everything is there.
    Walk(&'static str),
    /// Letters that come as one.
    Paste(&'static str),
    /// The oldest call is answered by the world.
    Serve,
    /// Every call is.
    ServeAll,
    /// The oldest call ends so.
    Fail(usize),
    /// The link.
    Down,
    Up,
    /// The server wants a pause, or not any more.
    Pause(Option<u64>),
    /// Time passes; every timer that is due then runs out.
    Wait(u64),
    /// The disk and whatever else is outside answers what it was asked: all is well, or not.
    Outside(bool),
    /// The window has the keyboard, or not.
    Focus(bool),
    /// The window gets this size.
    Size(usize),
}

/// Every key of the commands that work in one of these places, and everywhere.
fn keys(wanted: impl Fn(Scope) -> bool) -> Vec<Key> {
    let specs = COMMANDS.iter().filter(|spec| wanted(spec.scope));
    specs.flat_map(|spec| spec.keys).map(|key| key.parse().unwrap()).collect()
}

/// What may happen: mostly keys of these places, at times any key of the table.
pub(crate) fn act(places: &'static [Place]) -> impl Strategy<Value = Act> {
    let here = keys(|scope| places.iter().any(|place| matches!(scope, Scope::In(_)) && scope.covers(*place)));
    let home = ["esc", "esc", "enter", "1", "alt-1", "j", "k", "G"].map(|key| key.parse::<Key>().unwrap());
    prop_oneof![
        24 => proptest::sample::select(here).prop_map(Act::Press),
        10 => proptest::sample::select(home.to_vec()).prop_map(Act::Press),
        4 => proptest::sample::select(keys(|_| true)).prop_map(Act::Press),
        6 => proptest::sample::select(&WORDS[..]).prop_map(Act::Type),
        3 => proptest::sample::select(&WALKS[..]).prop_map(Act::Walk),
        1 => proptest::sample::select(&WORDS[..11]).prop_map(Act::Paste),
        8 => Just(Act::Serve),
        4 => Just(Act::ServeAll),
        3 => (0..ends().len()).prop_map(Act::Fail),
        1 => Just(Act::Down),
        2 => Just(Act::Up),
        1 => proptest::option::of(1u64..60).prop_map(Act::Pause),
        6 => proptest::sample::select(vec![10, 160, 300, 1_500, 70_000, 4_000_000]).prop_map(Act::Wait),
        3 => proptest::bool::weighted(0.8).prop_map(Act::Outside),
        1 => any::<bool>().prop_map(Act::Focus),
        3 => (0..SIZES.len()).prop_map(Act::Size),
    ]
}

fn ends() -> [End; 5] {
    [refused(), End::TimedOut(offline()), End::NotSent(offline()), End::Cancelled, End::Unknown(offline())]
}

/// A desk, the timers that it set, and what it asked of the outside.
pub(crate) struct Monkey {
    pub(crate) desk: Desk,
    timers: Vec<(u64, Timer)>,
    outside: Vec<Effect>,
    millis: u64,
}

impl Monkey {
    pub(crate) fn at(desk: Desk) -> Self {
        let mut monkey = Self { desk, timers: Vec::new(), outside: Vec::new(), millis: 0 };
        monkey.take();
        monkey
    }

    /// Something happens, and everything holds afterwards.
    pub(crate) fn happen(&mut self, act: &Act) {
        self.act(act);
        self.take();
        holds(&self.desk);
    }

    fn act(&mut self, act: &Act) {
        let desk = &mut self.desk;
        match *act {
            Act::Press(key) => desk.event(Event::Key(key)),
            Act::Type(words) => drop(desk.keys(words)),
            Act::Walk(keys) => {
                for key in script(keys).unwrap() {
                    desk.serve();
                    desk.event(Event::Key(key));
                }
            }
            Act::Paste(words) => desk.event(Event::Paste(words.to_owned())),
            Act::Serve if !desk.asked.is_empty() => desk.serve_one(),
            Act::ServeAll => drop(desk.serve()),
            Act::Fail(end) if !desk.asked.is_empty() => desk.next(ends()[end].clone()),
            Act::Serve | Act::Fail(_) => {}
            Act::Down => desk.down(),
            Act::Up => desk.up(),
            Act::Pause(seconds) => desk.event(Event::Report(Report::Pause(seconds))),
            Act::Wait(millis) => self.wait(millis),
            Act::Outside(well) => self.answer_outside(well),
            Act::Focus(has) => desk.event(Event::Focus(has)),
            Act::Size(size) => desk.resize(SIZES[size].0, SIZES[size].1),
        }
    }

    /// Takes what the desk wants done.
    fn take(&mut self) {
        for effect in self.desk.effects.drain(..) {
            match effect {
                Effect::Timer(timer, millis) => {
                    self.timers.retain(|(_, other)| *other != timer);
                    self.timers.push((self.millis + millis, timer));
                }
                Effect::Write { approved, .. } => panic!("a write nobody confirmed: {approved:?}"),
                other => self.outside.push(other),
            }
        }
    }

    /// Time passes. A timer that is set again and again runs out a few times only.
    fn wait(&mut self, millis: u64) {
        let until = self.millis + millis;
        for _ in 0..30 {
            let next = self.timers.iter().enumerate().min_by_key(|(_, (due, _))| *due);
            let Some((at, due)) = next.map(|(at, (due, _))| (at, *due)).filter(|(_, due)| *due <= until)
            else {
                break;
            };
            let (_, timer) = self.timers.swap_remove(at);
            self.desk.pass(due.saturating_sub(self.millis));
            self.millis = self.millis.max(due);
            self.desk.event(Event::Timer(timer));
            self.take();
        }
        self.desk.pass(until - self.millis);
        self.millis = until;
        self.desk.event(Event::Minute);
    }

    fn answer_outside(&mut self, well: bool) {
        let sentence = || "It did not work.".to_owned();
        let said = |words: &str| if well { Ok(words.to_owned()) } else { Err(sentence()) };
        for effect in std::mem::take(&mut self.outside) {
            let kept = |number| if well { Book::Kept(number) } else { Book::Failed(number, sentence()) };
            let event = match effect {
                Effect::KeepMarks(number, _) => {
                    Event::Marks(if well { Book::Kept(number) } else { Book::Failed(number, sentence()) })
                }
                Effect::KeepNames(number, _) => Event::Names(kept(number)),
                Effect::ExportRows(..) => Event::Exported(said("It is in a.json.")),
                Effect::ExportMarks(..) => Event::Exported(said("1 mark is in marks.json.")),
                Effect::Explain(number, _) => {
                    Event::Report(Report::Explained(number, Ok("search_conversations\n{}".into())))
                }
                Effect::KeepDraft(number, _) => {
                    Event::Kept(if well { Kept::Saved(number) } else { Kept::Failed(number, sentence()) })
                }
                Effect::FindDraft(id) => Event::Kept(Kept::Found(id, None)),
                Effect::ListDrafts => Event::Kept(Kept::Drafts(Vec::new())),
                Effect::ListWrites(id) => Event::Kept(Kept::Writes(id, Vec::new())),
                Effect::EditOutside { .. } => {
                    Event::EditedOutside(if well { Ok(None) } else { Err(sentence()) })
                }
                _ => continue,
            };
            self.desk.event(event);
        }
    }
}

/// What has to be true after every step.
fn holds(desk: &Desk) {
    desk.screen();
    list_holds(desk);
    numbers_hold(desk);
    places_hold(desk);
    calls_hold(desk);
    let (people, companies) = (&desk.model.people, &desk.model.companies);
    assert_eq!(people.current().is_some(), !people.listing.rows.is_empty(), "the cursor among the people");
    assert_eq!(companies.current().is_some(), !companies.listing.rows.is_empty(), "and among the companies");
}

/// The cursor is on a row that is shown and in view; each row is shown once, and none that is put away.
fn list_holds(desk: &Desk) {
    let (listing, shell) = (&desk.model.inbox.listing, &desk.model.shell);
    let results = &listing.results;
    assert_eq!(results.current().is_some(), results.shown_len() > 0, "the cursor is on no row");
    let view = results.list.view();
    assert!(
        view.is_empty() || view.contains(&results.list.cursor()),
        "{} in {view:?}",
        results.list.cursor()
    );
    let once: HashSet<_> = results.shown().map(|row| &row.id).collect();
    assert_eq!(once.len(), results.shown_len(), "a row is shown twice");
    let aside = |row| shell.triage.standing(row, shell.now.unix).is_aside();
    assert!(results.arranged.shows_away() || !results.shown().any(aside), "a row that is put away is shown");
    let hits = listing.hits.len();
    assert!(hits == 0 || hits == view.len(), "{hits} rows are lit of {view:?}");
}

/// Every number that is said of the list is one of its rows.
fn numbers_hold(desk: &Desk) {
    let (listing, shell) = (&desk.model.inbox.listing, &desk.model.shell);
    let (results, hidden) = (&listing.results, listing.results.arranged.hidden());
    let all = results.shown_len() + hidden.cut + hidden.away + hidden.others + hidden.filtered;
    assert_eq!(all, results.rows().len(), "{hidden:?}");
    let aside = |row: &&_| shell.triage.standing(row, shell.now.unix).is_aside();
    let away = results.rows().iter().filter(aside).count();
    match (results.arranged.shows_away(), hidden.cut) {
        (true, _) => assert_eq!(hidden.away, 0),
        (false, 0) => assert_eq!(hidden.away, away),
        (false, _) => assert!(hidden.away <= away),
    }
    let chosen = results.arranged.shown().iter().filter(|&&number| listing.chosen.has(number)).count();
    assert_eq!(listing.chosen.len() - listing.chosen.unseen(), chosen, "chosen and shown");
    for entry in &desk.model.inbox.views.entries {
        let (left, count) = (entry.tally.left(), entry.tally.count);
        assert!(left.map(|left| left.number) <= count.map(|count| count.number));
    }
    let cells = shell.frame.body.width;
    let said = listing.status(cells, &|_| "key".into());
    let number = |what: &str| -> Option<usize> {
        let part = said.split(" · ").find(|part| part.contains(what))?;
        part.split(' ').next()?.replace(',', "").parse().ok()
    };
    let says = [
        (" match “", results.shown_len()),
        (" away", hidden.away),
        (" cut here", hidden.cut),
        (" chosen", listing.chosen.len()),
    ];
    for (what, count) in says {
        assert!(number(what).is_none_or(|said| said == count), "{what}: {count}, but {said}");
    }
    if let Some((loaded, _)) = said.split_once(" loaded") {
        let words = loaded.rsplit([' ']).nth(if loaded.contains(" of ") { 2 } else { 0 });
        let loaded = words.and_then(|word| word.replace(',', "").parse::<usize>().ok());
        assert_eq!(loaded, Some(results.rows().len()), "{said}");
    }
}

/// Where keys go there is something that they are about.
fn places_hold(desk: &Desk) {
    let inbox = &desk.model.inbox;
    if desk.model.screen != switchboard::app::Screen::Inbox {
        return;
    }
    let there = match desk.model.place() {
        Place::Thread => inbox.reader.open.is_some(),
        Place::Contact => inbox.customer.subject.is_some(),
        Place::Company => inbox.customer.company.is_some(),
        Place::SearchForm => inbox.form.is_some(),
        Place::SearchLine => inbox.search.focused || inbox.answers.is_open(),
        Place::Form => inbox.line.is_some() || inbox.answers.reads_link(),
        Place::ToolCall => inbox.call.is_some(),
        Place::Answers | Place::Candidate => inbox.answers.is_open(),
        Place::Picker => inbox.views.who.is_some(),
        _ => true,
    };
    assert!(there, "{:?}", desk.model.place());
}

/// At most one call of a kind is under way: one search, one count, one thread that is waited for and one on either side of it.
fn calls_hold(desk: &Desk) {
    let count = |is: &dyn Fn(&Call) -> bool| desk.asked.iter().filter(|(_, call)| is(call)).count();
    let calls = || desk.calls();
    assert!(count(&|call| matches!(call, Call::SearchConversations { .. })) <= 1, "{:?}", calls());
    assert!(count(&|call| matches!(call, Call::Count(_))) <= 1, "{:?}", calls());
    assert!(count(&|call| matches!(call, Call::Conversation(_))) <= 3, "{:?}", calls());
    assert!(count(&|call| matches!(call, Call::SearchArticles { .. })) <= 2, "{:?}", calls());
    assert!(count(&|call| matches!(call, Call::ListCompanies { .. })) <= 1, "{:?}", calls());
    let ids: HashSet<_> = desk.asked.iter().map(|(id, _)| id).collect();
    assert_eq!(ids.len(), desk.asked.len(), "two calls of one id");
}
