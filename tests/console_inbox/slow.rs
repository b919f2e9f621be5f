//! A server that takes its time: whatever is under way, the next key is answered at once, and Esc gives it up.

use switchboard::app::place::Place;

use super::desk::Desk;

/// Long enough for the screen to say that something is under way.
const LATE: u64 = 400;

#[test]
fn the_list_is_moved_in_and_typed_over_while_it_waits() {
    for start in ["r", "L", "G", "]", "/<ctrl-u>state:closed<enter>"] {
        let mut desk = Desk::open(80, 24);
        desk.keys("jj").keys(start);
        assert!(!desk.asked.is_empty(), "{start}");
        desk.wait(LATE);
        let before = desk.cursor_line();
        desk.keys("k");
        assert_ne!(desk.cursor_line(), before, "{start}");
        desk.keys("/zebra");
        assert!(desk.text().contains(" zebra"), "{start}: {}", desk.text());
        desk.keys("<esc><esc>");
        let cancelled = desk.cancelled.len();
        desk.keys("<esc>");
        assert_eq!((desk.asked.len(), desk.model.place()), (0, Place::Inbox), "{start}: {:?}", desk.calls());
        assert!(cancelled + desk.cancelled.len() > 0, "{start}");
    }
}

#[test]
fn what_is_opened_is_there_before_its_answer() {
    for (start, place) in [("<enter>", Place::Thread), ("c", Place::Contact), ("a", Place::Answers)] {
        let mut desk = Desk::open(80, 24);
        desk.keys(start);
        assert_eq!(desk.model.place(), place);
        assert!(!desk.asked.is_empty(), "{start}");
        desk.wait(LATE);
        desk.keys("jkGg");
        let looks = |desk: &Desk| desk.calls().iter().any(|call| call.starts_with("SearchArticles"));
        assert_eq!(looks(&desk), start == "a");
        desk.keys("<esc>");
        assert!(!looks(&desk) && desk.model.place() == place, "{start}: given up first");
        desk.keys("<esc>");
        assert_eq!(desk.model.place(), Place::Inbox, "{start}");
        desk.keys("j");
        assert_eq!(desk.model.inbox.listing.results.list.cursor(), 1, "{start}");
    }
}
