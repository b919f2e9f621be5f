//! The conversations beside the one that is read: gone to by a key, asked for ahead, and not skipped when one goes away.

use switchboard::app::place::Place;
use switchboard::app::{Event, Timer};
use switchboard::domain::call::{Call, End, Fault, FaultKind, Report};
use switchboard::domain::page::Cursor;
use switchboard::domain::time::Unix;

use super::desk::{Desk, refused};
use super::threads::came;
use super::world::{self, NOW};

/// One rests on the conversation that is open.
pub(crate) fn rest(desk: &mut Desk) {
    desk.wait(150);
    desk.event(Event::Timer(Timer::Ahead));
}

#[test]
fn the_next_conversation_is_there_before_one_goes_to_it() {
    let mut desk = Desk::open(80, 24);
    desk.keys("j<enter>").serve();
    desk.event(Event::Timer(Timer::Ahead));
    assert_eq!(desk.calls(), [""; 0], "not before one rests");
    rest(&mut desk);
    assert_eq!(desk.calls(), ["thread 900000000002", "thread 900000000000"]);
    desk.wait(5_000);
    assert!(!desk.text().contains("loading"), "nobody waits for them");
    desk.serve().keys("J");
    assert_eq!((desk.calls(), desk.text().contains("Cannot log in")), (vec![], true));
    assert_eq!(desk.model.inbox.listing.results.list.cursor(), 2, "the list's cursor follows");
    rest(&mut desk);
    assert_eq!(desk.calls(), ["thread 900000000003"], "one of two is there already");
    desk.serve().keys("KK");
    assert!(desk.text().contains("Charged twice"), "{}", desk.text());
    assert_eq!(desk.calls(), [""; 0]);
    desk.keys("K");
    assert!(desk.text().contains("This is the first conversation of the list."));
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Inbox);
}

/// The id of the conversation that is open, by its number in the world.
fn open(desk: &Desk) -> u64 {
    let id = desk.model.inbox.reader.open.as_ref().expect("an open conversation");
    id.as_str().parse::<u64>().unwrap() - 900_000_000_000
}

#[test]
fn nobody_is_skipped_when_the_open_one_goes_away() {
    for away in ["d", "w3d<enter>"] {
        for ahead in [false, true] {
            let mut desk = Desk::open(80, 24);
            desk.keys("<enter>").serve();
            let mut read = vec![open(&desk)];
            for _ in 0..4 {
                if ahead {
                    rest(&mut desk);
                    desk.serve();
                }
                desk.keys(away).keys("J").serve();
                desk.pass(400);
                read.push(open(&desk));
            }
            assert_eq!(read, [0, 1, 2, 3, 4], "{away}, ahead: {ahead}");
        }
        let mut desk = Desk::open(80, 24);
        desk.keys("jj<enter>").serve().keys(away).keys("K").serve();
        assert_eq!(open(&desk), 1, "{away}");
        desk.keys("J").serve();
        assert_eq!(open(&desk), 3, "{away}: what went away is not gone back to");
        let mut desk = Desk::open(80, 24);
        desk.keys("<enter>").serve().keys(away).keys("K");
        assert!(desk.text().contains("This is the first conversation of the list."), "{}", desk.text());
        desk.keys("rJ").serve();
        assert_eq!(open(&desk), 1, "{away}, and after a refresh");
    }
}

#[test]
fn neighbours_of_what_went_away_are_asked_for_ahead() {
    let mut desk = Desk::open(80, 24);
    desk.keys("jj<enter>").serve().keys("d");
    rest(&mut desk);
    assert_eq!(desk.calls(), ["thread 900000000003", "thread 900000000001"]);
}

#[test]
fn a_refreshed_list_still_knows_where_the_open_one_stood() {
    let mut desk = Desk::open(160, 40);
    desk.keys("jj<enter>").serve().keys("d<tab>");
    while desk.model.place() != Place::Inbox {
        desk.keys("<tab>");
    }
    desk.keys("r").serve().keys("jjj<tab>");
    assert_eq!(desk.model.place(), Place::Thread, "{}", desk.text());
    desk.keys("J").serve();
    assert_eq!(open(&desk), 3, "wherever the cursor of the list is");
}

#[test]
fn the_end_of_what_is_loaded_is_not_the_last_conversation() {
    let mut desk = Desk::open(80, 24);
    desk.keys("G");
    let (page, _) = desk.asked.remove(0);
    desk.keys("<enter>").serve();
    assert_eq!(open(&desk), 149);
    desk.keys("J");
    assert!(desk.text().contains("Loading more of the list…"), "{}", desk.text());
    let call = switchboard::domain::query::parse("state:open").unwrap();
    let from = Some(Cursor("150".into()));
    let answer = world::answer(&Call::SearchConversations { query: call, cursor: from, per_page: 150 });
    desk.end(page, answer);
    assert_eq!(open(&desk), 150);
    assert!(!desk.text().contains("Loading more"), "{}", desk.text());
    desk.serve().keys("K").serve();
    assert_eq!(open(&desk), 149);
    // A page that cannot be had, and a wish that is given up.
    let mut desk = Desk::open(80, 24);
    desk.keys("G");
    let (page, _) = desk.asked.remove(0);
    desk.keys("<enter>").serve().keys("J<esc>");
    assert_eq!((desk.model.place(), open(&desk)), (Place::Thread, 149));
    desk.keys("J");
    desk.end(page, refused());
    assert!(desk.text().contains("may not read"), "{}", desk.text());
    desk.keys("J").serve();
    assert_eq!(open(&desk), 150, "it is asked for again");
}

#[test]
fn whoever_holds_the_key_asks_for_the_last_one_only() {
    for (cols, rows) in [(80, 24), (200, 60)] {
        let mut desk = Desk::open(cols, rows);
        desk.keys("<enter>").serve();
        let before = desk.cancelled.len();
        for _ in 0..60 {
            desk.keys("J");
            desk.pass(30);
            desk.event(Event::Timer(Timer::Ahead));
        }
        assert!(desk.calls().len() <= 2, "{:?}", desk.calls());
        assert!(desk.cancelled.len() - before <= 4, "{:?}", desk.cancelled);
        rest(&mut desk);
        assert_eq!(open(&desk), 60);
        assert!(desk.calls().contains(&"thread 900000000060".to_owned()), "{:?}", desk.calls());
        desk.serve();
        assert!(desk.model.inbox.reader.thread().is_some(), "{}", desk.text());
    }
}

#[test]
fn a_call_that_found_no_room_is_made_again() {
    let mut desk = Desk::open(80, 24);
    desk.keys("<enter>");
    let fault = Fault::new(FaultKind::Busy, "Too much is under way already; nothing was sent.", "");
    desk.next(End::NotSent(fault));
    assert!(!desk.text().contains("Too much"), "{}", desk.text());
    rest(&mut desk);
    assert_eq!(desk.calls(), ["thread 900000000000"]);
}

#[test]
fn whoever_moves_on_gives_up_what_was_asked_ahead() {
    let mut desk = Desk::open(80, 24);
    desk.keys("jj<enter>").serve();
    rest(&mut desk);
    assert_eq!(desk.calls(), ["thread 900000000003", "thread 900000000001"]);
    desk.keys("J");
    assert_eq!(desk.calls(), ["thread 900000000003"], "the one gone to is waited for, the other is given up");
    assert_eq!(desk.cancelled.len(), 1);
    desk.wait(300);
    assert!(desk.text().contains("oading…"), "{}", desk.text());
    desk.serve();
    rest(&mut desk);
    desk.keys("<esc>");
    assert_eq!((desk.calls(), desk.model.place()), (vec![], Place::Inbox));
}

#[test]
fn nothing_is_asked_ahead_offline_or_in_a_pause_and_failures_are_not_told() {
    let mut desk = Desk::open(80, 24);
    desk.keys("j<enter>").serve();
    desk.event(Event::Report(Report::Pause(Some(30))));
    rest(&mut desk);
    assert_eq!(desk.calls(), [""; 0]);
    desk.event(Event::Report(Report::Pause(None)));
    rest(&mut desk);
    assert_eq!(desk.calls().len(), 2);
    desk.next(refused());
    assert!(!desk.text().contains("may not read"), "{}", desk.text());
    desk.down();
    rest(&mut desk);
    assert_eq!(desk.calls(), [""; 0]);
}

#[test]
fn what_changed_since_is_asked_for_again() {
    let mut desk = Desk::open(80, 24);
    desk.keys("<enter>").serve();
    rest(&mut desk);
    let mut old = world::thread(1);
    old.row.updated_at = Some(Unix(NOW - 99_999_999));
    came(&mut desk, old);
    desk.keys("J");
    assert_eq!(desk.calls(), ["thread 900000000001"], "the list knows of something newer");
    assert!(desk.text().contains("配"), "and what is there is shown meanwhile");
}
