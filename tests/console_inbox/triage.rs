//! Triage marks of this machine: by keys, over time, and with a disk that answers or does not.

use insta::assert_snapshot;
use switchboard::app::event::Book;
use switchboard::app::place::Place;
use switchboard::app::{Effect, Event, Timer};
use switchboard::domain::call::{Answer, End};
use switchboard::domain::conversation::{AuthorKind, ConversationRow};
use switchboard::domain::time::Unix;
use switchboard::domain::triage::{Change, Mark, Standing};

use super::desk::Desk;
use super::world;

/// The mark of a conversation of the world.
fn mark(desk: &Desk, number: u64) -> Option<Mark> {
    desk.model.shell.triage.mark(&world::conversation_id(number)).cloned()
}

fn standing(desk: &Desk, row: &ConversationRow) -> Standing {
    desk.model.shell.triage.standing(row, desk.model.shell.now.unix)
}

fn notice(desk: &Desk) -> (String, String) {
    let notice = desk.model.shell.notice.as_ref();
    notice.map(|notice| (notice.sentence.to_string(), notice.hint.to_string())).unwrap_or_default()
}

/// What was given to the disk since the last look: its number and the lines.
fn kept(desk: &mut Desk) -> Vec<(u64, Vec<Change>)> {
    let effects = std::mem::take(&mut desk.effects);
    let kept = effects.into_iter().filter_map(|effect| match effect {
        Effect::KeepMarks(number, lines) => Some((number, lines)),
        _ => None,
    });
    kept.collect()
}

/// The first conversation's thread.
fn thread(cols: u16, rows: u16) -> Desk {
    let mut desk = Desk::open(cols, rows);
    desk.keys("<enter>").serve();
    desk
}

#[test]
fn done_is_taken_back_by_the_same_key() {
    let mut desk = thread(80, 24);
    desk.keys("d");
    assert_eq!(standing(&desk, &world::row(0)), Standing::Done);
    assert_eq!(notice(&desk), ("Done here.".to_owned(), "U takes it back.".to_owned()));
    assert_eq!(kept(&mut desk).len(), 1);
    assert!(desk.text().contains("local: done"), "{}", desk.text());
    desk.keys("d");
    assert_eq!((standing(&desk, &world::row(0)), mark(&desk, 0)), (Standing::Here, None));
    assert_eq!(notice(&desk).0, "Not done any more.");
    assert!(!desk.text().contains("local:"));
}

#[test]
fn put_away_shows_what_the_words_mean_and_says_what_is_wrong() {
    let mut desk = thread(80, 24);
    desk.keys("w");
    assert_eq!(desk.model.place(), Place::Form);
    // The world's day is Sunday, 2026-08-16, 17:06.
    assert!(desk.text().contains("Mon 2026-08-17 09:00, in 15 h 53 min"), "{}", desk.text());
    desk.keys("2h");
    assert!(desk.text().contains("Sun 2026-08-16 19:06, in 2 h"), "{}", desk.text());
    desk.keys("x");
    assert!(desk.text().contains("not a time; 2h, 3d, fri 14:00, 2026-12-01"), "{}", desk.text());
    desk.keys("<enter>");
    assert_eq!((desk.model.place(), mark(&desk, 0)), (Place::Form, None));
    assert!(notice(&desk).1.contains("fri 14:00"));
    desk.keys("<backspace>");
    assert_eq!(notice(&desk).0, "", "what was said of other words is gone with them");
    desk.keys("<enter>");
    assert_eq!(standing(&desk, &world::row(0)), Standing::Away(Unix(world::NOW + 7_200)));
    assert_eq!(notice(&desk).0, "Away here until Sun 2026-08-16 19:06.");
    desk.keys("w");
    assert_eq!((desk.model.place(), mark(&desk, 0)), (Place::Thread, None));
    desk.keys("w<esc>");
    assert_eq!((desk.model.place(), mark(&desk, 0)), (Place::Thread, None));
}

#[test]
fn pins_and_private_notes() {
    let mut desk = thread(80, 24);
    desk.keys("pMasks<space>every<space>month<enter>");
    let kept_mark = mark(&desk, 0).unwrap();
    assert_eq!((kept_mark.pinned, kept_mark.note.as_str()), (true, "asks every month"));
    assert!(desk.text().contains("local: pinned"), "{}", desk.text());
    desk.keys("M<ctrl-u>once<enter>");
    assert_eq!(mark(&desk, 0).unwrap().note, "once");
    desk.keys("M<ctrl-u><enter>p");
    assert_eq!(mark(&desk, 0), None);
    assert_eq!(notice(&desk).0, "Not on top any more.");
    desk.keys("M<enter>");
    assert_eq!(mark(&desk, 0), None);
}

#[test]
fn the_time_is_up_and_it_is_said_once() {
    let mut desk = thread(80, 24);
    desk.keys("w30m<enter>");
    let due = desk.effects.iter().find_map(|effect| match effect {
        Effect::Timer(Timer::Due, millis) => Some(*millis),
        _ => None,
    });
    assert_eq!(due, Some(1_800_000));
    desk.seconds = 1_799;
    desk.event(Event::Minute);
    assert!(matches!(standing(&desk, &world::row(0)), Standing::Away(_)));
    desk.effects.clear();
    desk.seconds = 1_800;
    desk.event(Event::Timer(Timer::Due));
    assert_eq!(standing(&desk, &world::row(0)), Standing::Back);
    assert_eq!(notice(&desk).0, "1 came back: “Charged twice this month”.");
    assert_eq!(kept(&mut desk).len(), 1, "other windows and the next run know that it came back");
    desk.model.shell.notice = None;
    desk.event(Event::Minute);
    desk.event(Event::Timer(Timer::Due));
    assert_eq!(notice(&desk).0, "");
    assert!(desk.text().contains("local: came back 0 s ago, its time is up"), "{}", desk.text());
}

#[test]
fn a_customer_who_writes_again_is_back_wherever_that_is_seen() {
    let mut desk = thread(200, 60);
    desk.keys("d");
    // The thread tells what its row does not.
    desk.keys("r");
    let (id, _) = desk.asked.first().cloned().unwrap();
    let mut answer = world::thread(0);
    answer.row.updated_at = Some(Unix(world::NOW + 20));
    let mut last = answer.parts[0].clone();
    (last.created_at, last.author.kind) = (Some(Unix(world::NOW + 20)), AuthorKind::Customer);
    answer.parts.push(last);
    desk.seconds = 30;
    desk.end(id, End::Answer(Answer::Conversation(Box::new(answer))));
    desk.serve();
    assert_eq!(notice(&desk).0, "1 came back: “Charged twice this month”.");
    assert!(desk.text().contains("the customer wrote"), "{}", desk.text());
    assert_snapshot!("came_back_200", desk.screen());
    // Deciding anew is deciding about what is known now.
    desk.keys("d");
    assert_eq!(standing(&desk, &world::row(0)), Standing::Done);
}

#[test]
fn a_list_that_brings_a_newer_wait_brings_it_back() {
    let mut desk = Desk::open(120, 40);
    desk.keys("jjd");
    assert_eq!(standing(&desk, &world::row(2)), Standing::Done, "they did not wait");
    desk.seconds = 60;
    desk.keys("r");
    let (id, call) = desk.asked.first().cloned().unwrap();
    let End::Answer(Answer::Conversations(mut page)) = world::answer(&call) else { panic!() };
    page.items[2].waiting_since = Some(Unix(world::NOW + 50));
    desk.end(id, End::Answer(Answer::Conversations(page)));
    assert_eq!(notice(&desk).0, "1 came back: “Cannot log in since the update to v…”.");
    assert!(mark(&desk, 2).unwrap().back.is_some());
}

#[test]
fn a_customer_who_waits_already_and_writes_again_is_back_with_the_list() {
    let mut desk = Desk::open(120, 40);
    assert!(world::row(0).waiting_since.is_some());
    desk.keys("w3d<enter>");
    desk.seconds = 60;
    desk.keys("r");
    let (id, call) = desk.asked.first().cloned().unwrap();
    let End::Answer(Answer::Conversations(mut page)) = world::answer(&call) else { panic!() };
    let wrote = Some(Unix(world::NOW + 50));
    (page.items[0].contact_replied, page.items[0].updated_at) = (wrote, wrote);
    desk.end(id, End::Answer(Answer::Conversations(page)));
    assert_eq!(notice(&desk).0, "1 came back: “Charged twice this month”.");
    assert_eq!(mark(&desk, 0).unwrap().heard, wrote);
}

#[test]
fn what_another_window_decided_before_does_not_stand_after_ours() {
    let mut desk = Desk::open(120, 40);
    desk.keys("d");
    let [(number, _)] = &kept(&mut desk)[..] else { panic!() };
    let number = *number;
    let aside = switchboard::domain::triage::Aside {
        until: Some(Unix(world::NOW + 9_000)),
        at: Some(Unix(world::NOW - 10)),
        updated: Some(Unix(world::NOW)),
        ..Default::default()
    };
    let theirs = Change { aside: Some(aside), ..Change::of(world::conversation_id(0)) };
    desk.event(Event::Marks(Book::Read { whole: true, lines: vec![theirs] }));
    desk.event(Event::Marks(Book::Kept(number)));
    assert_eq!(standing(&desk, &world::row(0)), Standing::Done, "ours stands after theirs on the disk too");
}

#[test]
fn the_last_decisions_are_taken_back_whole_and_one_by_one() {
    let mut desk = Desk::open(120, 40);
    desk.keys("U");
    assert_eq!(notice(&desk).0, "Nothing was decided here since the start.");
    desk.keys("ddpw2h<enter>");
    let ids: Vec<_> = desk.model.shell.triage.marks().map(|(id, _)| id.clone()).collect();
    assert_eq!(ids.len(), 3, "a key that is held marks what comes next");
    desk.keys("U");
    assert!(notice(&desk).0.starts_with("Taken back: “"), "{}", notice(&desk).0);
    assert_eq!(notice(&desk).1, "U takes back what was decided before.");
    desk.keys("UUU");
    assert_eq!(desk.model.shell.triage.marks().count(), 0);
    assert_eq!(notice(&desk).1, "");
    // Many at once are one step.
    desk.keys("xjxjxd");
    assert_eq!(notice(&desk), ("3 conversations: Done here.".to_owned(), "U takes them back.".to_owned()));
    let other = Change {
        aside: Some(switchboard::domain::triage::Aside::default()),
        ..Change::of(world::conversation_id(1))
    };
    desk.event(Event::Marks(Book::Read { whole: false, lines: vec![other] }));
    desk.keys("U");
    assert_eq!(desk.model.shell.triage.marks().count(), 0);
}

#[test]
fn a_mark_that_takes_the_place_of_another_says_so() {
    let mut desk = thread(120, 40);
    desk.keys("dw2h<enter>");
    assert_eq!(notice(&desk).0, "Away here until Sun 2026-08-16 19:06, no longer done.");
    desk.keys("d");
    assert_eq!(notice(&desk).0, "Done here, no longer put away.");
    desk.keys("UU");
    assert_eq!(standing(&desk, &world::row(0)), Standing::Done);
}

#[test]
fn what_changes_nothing_is_nothing_to_take_back() {
    let mut desk = Desk::open(80, 24);
    desk.keys("Mask<space>Mo<enter>M<enter>U");
    assert_eq!(mark(&desk, 0), None);
    assert!(notice(&desk).0.starts_with("Taken back: "), "{:?}", notice(&desk));
}

#[test]
fn more_than_fifty_at_once_take_the_key_twice_and_a_held_key_is_not_twice() {
    let mut desk = Desk::open(120, 40);
    desk.keys("L");
    desk.serve();
    desk.keys("X");
    let chosen = desk.model.inbox.chosen_or_current().len();
    assert!(chosen > 50, "{chosen}");
    desk.keys("d");
    desk.pass(500);
    desk.keys("d");
    for _ in 0..60 {
        desk.pass(30);
        desk.keys("d");
    }
    assert_eq!(desk.model.shell.triage.marks().count(), 0);
    assert_eq!(notice(&desk).0, format!("{chosen} conversations: press d again to mark them done."));
    desk.pass(1_000);
    desk.keys("d");
    assert_eq!(desk.model.shell.triage.marks().count(), chosen);
    desk.keys("U");
    assert_eq!(desk.model.shell.triage.marks().count(), 0);
    assert_eq!(notice(&desk).0, format!("Taken back: {chosen} conversations are as they were."));
}

#[test]
fn the_me_of_the_config_is_nobodys_choice() {
    let me = switchboard::domain::id::AdminId::read("7002");
    let options = |demo| switchboard::app::Options { me: me.clone(), demo, ..Default::default() };
    let mut desk = Desk::with(options(false), 80, 24);
    let names = |desk: &Desk| desk.effects.iter().any(|effect| matches!(effect, Effect::KeepNames(..)));
    assert_eq!(
        (&desk.model.shell.roster.me, names(&desk)),
        (&me, false),
        "it is not put down as chosen here"
    );
    let chosen = switchboard::domain::id::AdminId::read("7001");
    let said = switchboard::domain::roster::Said::Me(chosen.clone());
    desk.event(Event::Names(Book::Read { whole: true, lines: vec![said] }));
    assert_eq!((&desk.model.shell.roster.me, names(&desk)), (&chosen, false));
    assert_eq!(Desk::with(options(true), 80, 24).model.shell.roster.me, None);
}

#[test]
fn marks_that_come_late_from_the_disk_join_what_was_decided_meanwhile() {
    let mut desk = Desk::open(120, 40);
    desk.keys("p");
    let aside = switchboard::domain::triage::Aside {
        done: Some(Unix(world::NOW - 9_000)),
        at: Some(Unix(world::NOW - 9_000)),
        waited: Some(Unix(world::NOW - 9_000)),
        ..Default::default()
    };
    let line = |number| Change { aside: Some(aside), ..Change::of(world::conversation_id(number)) };
    desk.event(Event::Marks(Book::Read { whole: true, lines: vec![line(0), line(5)] }));
    assert!(mark(&desk, 0).unwrap().pinned, "what is not on disk yet is not lost");
    assert_eq!(
        notice(&desk).0,
        "1 came back: “Charged twice this month”.",
        "who wrote since then is back at once"
    );
    assert_eq!(standing(&desk, &world::row(5)), Standing::Done);
}

#[test]
fn a_disk_that_says_no_is_said_once_and_gets_everything_later() {
    let mut desk = thread(80, 24);
    desk.keys("p");
    let [(number, _)] = &kept(&mut desk)[..] else { panic!() };
    let sentence = "The marks are not on disk: the disk is full. They hold while this window is open.";
    desk.event(Event::Marks(Book::Failed(*number, sentence.to_owned())));
    assert_eq!(notice(&desk).0, sentence);
    assert_snapshot!("marks_not_on_disk_80", desk.screen());
    desk.keys("q");
    assert!(notice(&desk).0.starts_with("Marks are not on disk and would be lost."));
    desk.keys("d");
    let [(number, lines)] = &kept(&mut desk)[..] else { panic!() };
    assert_eq!((lines.len(), lines[0].pinned), (2, Some(true)));
    desk.event(Event::Marks(Book::Kept(*number)));
    desk.keys("d");
    assert_eq!(kept(&mut desk)[0].1.len(), 1);
}

#[test]
fn the_marks_are_exported_to_a_file_that_is_named() {
    let mut desk = thread(80, 24);
    desk.keys("<esc><alt-m>");
    assert_eq!(notice(&desk).0, "Nothing is marked on this machine.");
    desk.keys("pj<alt-m>");
    assert_eq!(desk.model.place(), Place::Form);
    desk.keys("<enter>");
    let exported = desk.effects.iter().find_map(|effect| match effect {
        Effect::ExportMarks(path, web, marks) => Some((path.clone(), web.to_string(), marks.len())),
        _ => None,
    });
    let path = "switchboard-marks-2026-08-16-17-06.json".to_owned();
    assert_eq!(exported, Some((path.clone(), "https://app.intercom.com".to_owned(), 1)));
    let why = "x.json: there is a file of that name already; choose another name.";
    desk.event(Event::MarksExported(Err(why.to_owned())));
    assert_eq!(notice(&desk), (why.to_owned(), "The marks were not exported.".to_owned()));
    assert_eq!(desk.model.place(), Place::Form, "what was typed stays for another name");
    desk.keys("<enter>");
    desk.event(Event::MarksExported(Ok(path)));
    assert_eq!(notice(&desk).0, "The marks of this machine are in switchboard-marks-2026-08-16-17-06.json.");
    assert_eq!(desk.model.place(), Place::Inbox);
}

#[test]
fn a_window_that_gets_the_keyboard_looks_what_others_decided() {
    let mut desk = Desk::open(80, 24);
    desk.effects.clear();
    desk.event(Event::Focus(false));
    assert!(desk.effects.is_empty());
    desk.event(Event::Focus(true));
    assert!(matches!(desk.effects[..], [Effect::LookAtBooks]));
}

#[test]
fn marks_80() {
    let mut desk = thread(80, 24);
    desk.keys("pMknows<space>Ida,<space>call<space>first<enter>wmon<space>14:30<enter>");
    assert_snapshot!("thread_marked_80", desk.screen());
}

#[test]
fn until_80() {
    let mut desk = thread(80, 24);
    desk.keys("wfri<space>14:00");
    assert_snapshot!("until_80", desk.screen());
}

#[test]
fn marks_200() {
    let mut desk = thread(200, 60);
    desk.keys("<esc>pjMsee<space>ticket<space>40213<enter>j<enter>").serve();
    desk.keys("M<ctrl-u>renewal<space>is<space>in<space>May<enter>w3d<enter>");
    assert_snapshot!("thread_marked_200", desk.screen());
}
