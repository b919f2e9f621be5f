//! New articles whose fate is hard to tell: acknowledged and not shown, made by another clock, among many namesakes, of a run
//! that was killed. None of them may be made twice.

use switchboard::app::Event;
use switchboard::app::event::Kept;
use switchboard::domain::call::{Call, CallId, End, FaultKind, Report};
use switchboard::domain::journal::Outcome;
use switchboard::domain::time::Unix;

use crate::creating::{BODY, namesake, sent};
use crate::desk::{Console, fault, id};

fn lost() -> End {
    End::Unknown(fault(FaultKind::TimedOut, "No answer came.", ""))
}

fn told(console: &Console) -> Option<&switchboard::domain::journal::Told> {
    console.journal.last().unwrap().1.head.told.as_ref()
}

/// Ends the oldest reading of an article so; the list is answered as it is.
fn read(console: &mut Console, end: impl FnOnce(&Console, &Call) -> End) {
    while let Some(at) = console.asked.iter().position(|(_, call)| matches!(call, Call::ListArticles { .. }))
    {
        let (call, ask) = console.asked.remove(at);
        let end = console.answer_to(&ask);
        console.event(Event::Report(Report::Ended { id: call, end }));
    }
    let (call, ask) = console.asked.remove(0);
    let end = end(console, &ask);
    console.event(Event::Report(Report::Ended { id: call, end }));
}

fn gone(_: &Console, _: &Call) -> End {
    End::Refused(fault(FaultKind::NotFound, "There is no such article.", ""))
}

fn there(console: &Console, call: &Call) -> End {
    console.answer_to(call)
}

#[test]
fn one_that_was_made_and_is_not_shown_yet_is_looked_for_again() {
    let mut console = sent();
    console.answers = false;
    console.land(str::to_owned);
    read(&mut console, gone);
    console.wait(3_100);
    read(&mut console, gone);
    assert_eq!(told(&console), None, "a copy that is behind says so");
    console.wait(10_100);
    read(&mut console, there);
    assert_eq!(console.notice(), "Created. It reads back exactly as reviewed.");
    assert_eq!(told(&console).unwrap().seen.created, Some(id(4909)));
}

#[test]
fn one_that_was_made_and_is_never_shown_keeps_its_id_and_is_not_made_again() {
    let mut console = sent();
    console.answers = false;
    console.land(str::to_owned);
    read(&mut console, gone);
    for after in [3_100, 10_100] {
        console.wait(after);
        read(&mut console, gone);
    }
    let words = "It was made as article 4909; it could not be read back: There is no such article.";
    assert_eq!(console.notice(), words);
    let told = told(&console).unwrap();
    assert_eq!((&told.outcome, &told.seen.created), (&Outcome::CannotTell, &Some(id(4909))));
    assert_eq!(console.model.articles.desk.as_ref().unwrap().base.row.id, id(4909));
    let kept: Vec<_> = console.disk.keys().cloned().collect();
    assert_eq!(kept, [id(4909)], "the edit lies under the server's id");
    assert_eq!(console.disk[&id(4909)].fields.title, "Pay by bank transfer");
    console.answers = true;
    console.keys("<ctrl-s>");
    assert!(console.shows("Nothing overlaps"), "it is held against what is there: {}", console.screen());
    console.keys("<ctrl-s>");
    assert_eq!(console.notice(), "Nothing changed.");
    assert_eq!(console.writes, 1);
}

#[test]
fn one_that_was_left_meanwhile_is_an_edit_of_the_one_that_was_made() {
    let mut console = sent();
    console.answers = false;
    console.land(str::to_owned);
    console.keys("<esc>");
    for after in [100, 3_100, 10_100] {
        console.wait(after);
        while console.asked.iter().any(|(_, call)| matches!(call, Call::Article(_))) {
            read(&mut console, gone);
        }
    }
    assert_eq!(told(&console).unwrap().seen.created, Some(id(4909)));
    assert_eq!(console.disk.keys().cloned().collect::<Vec<_>>(), [id(4909)]);
}

#[test]
fn a_server_that_is_behind_our_clock_made_it_all_the_same() {
    for apart in [300, 4_000, 90_000] {
        let mut console = sent();
        let (call, approved) = console.sent.remove(0);
        console.apply(&approved, str::to_owned);
        let at = Some(Unix(console.now().unix.0 - apart));
        (console.server[0].row.created_at, console.server[0].row.updated_at) = (at, at);
        console.sent.push((call, approved));
        console.end_write(lost());
        let words = "It cannot be told whether the new article was created: look for its title in the list.";
        assert_eq!(console.notice(), words, "{apart}");
        assert_eq!(told(&console).unwrap().outcome, Outcome::CannotTell, "{apart}");
    }
}

#[test]
fn more_namesakes_than_are_read_tell_nothing() {
    for (namesakes, outcome) in [(8, Outcome::NotLanded), (9, Outcome::CannotTell)] {
        let mut console = sent();
        for number in 0..namesakes {
            console.server.insert(0, namesake(5000 + number, 9_000, "<p>Something else.</p>"));
        }
        console.end_write(lost());
        console.wait(20_000);
        assert_eq!(told(&console).unwrap().outcome, outcome, "{namesakes}");
    }
}

#[test]
fn a_namesake_that_is_gone_when_it_is_read_ends_no_search() {
    let mut console = sent();
    let (call, approved) = console.sent.remove(0);
    console.apply(&approved, str::to_owned);
    console.sent.push((call, approved));
    // Read first, as the last one of the list.
    let at = console.server.len();
    console.server.insert(at, namesake(5000, 9_000, BODY));
    console.answers = false;
    console.end_write(lost());
    read(&mut console, gone);
    read(&mut console, there);
    assert_eq!(console.notice(), "Created. It reads back exactly as reviewed.");
    assert_eq!(told(&console).unwrap().seen.created, Some(id(4909)));
}

/// A create that landed, with words typed after it, and the program killed: what the next run finds.
fn killed() -> Console {
    let mut console = sent();
    console.answers = false;
    let (call, approved) = console.sent.remove(0);
    console.apply(&approved, str::to_owned);
    let entry = console.journal.last().unwrap().1.clone();
    console.sent.push((call, approved));
    console.end_write(lost());
    console.keys("<tab>Soon");
    console.wait(2_000);
    let mut next = Console::open(80, 24);
    (next.server, next.disk) = (console.server.clone(), console.disk.clone());
    next.journal = vec![(CallId(9_999), entry)];
    next.event(Event::Kept(Kept::Waiting(next.disk.values().cloned().collect())));
    next
}

fn recalled(console: &mut Console) {
    let entry = console.journal[0].1.clone();
    console.event(Event::Kept(Kept::Unsettled(vec![entry])));
}

#[test]
fn words_typed_after_a_killed_create_are_an_edit_of_what_is_there() {
    let mut next = killed();
    recalled(&mut next);
    assert_eq!(
        next.notice(),
        "The new article is there as article 4909; what you typed after it is kept as an edit of it."
    );
    assert_eq!(next.disk.keys().cloned().collect::<Vec<_>>(), [id(4909)]);
    assert_eq!(next.disk[&id(4909)].base.title, "Pay by bank transfer");
    next.keys("d<enter><ctrl-s>s");
    next.wait(800);
    next.confirm("y");
    let deed = next.sent[0].1.deed().article().unwrap();
    assert!(!deed.is_new());
    assert_eq!((deed.id(), &deed.changes.body), (&id(4909), &None));
    assert!(deed.changes.title.as_ref().is_some_and(|title| title.ends_with("Soon")));
}

#[test]
fn one_that_is_opened_while_the_disk_is_asked_follows_too() {
    let mut next = killed();
    next.keys("d<enter><esc>");
    next.slow = true;
    next.keys("d");
    next.disk_answers();
    next.keys("<enter>");
    recalled(&mut next);
    next.disk_answers();
    next.wait(2_000);
    next.disk_answers();
    let desk = next.model.articles.desk.as_ref().unwrap();
    assert_eq!(desk.base.row.id, id(4909));
    assert_eq!(desk.title.text(), "Pay by bank transferSoon", "{}", next.screen());
    assert_eq!(next.disk.keys().cloned().collect::<Vec<_>>(), [id(4909)]);
}

#[test]
fn a_list_of_writes_that_is_cut_says_where_the_others_are() {
    let mut console = sent();
    console.land(str::to_owned);
    console.keys("<esc>H");
    assert!(console.shows("1 write") && !console.shows("older writes"), "{}", console.screen());
    console.event(Event::Kept(Kept::OlderWrites("~/writes\u{1b}.jsonl".into())));
    assert!(console.shows("1 write; older writes are in ~/writes"), "{}", console.screen());
}
