//! Whatever happens in whatever order: nothing panics, one call of a kind is under way, every screen draws.

use proptest::prelude::*;
use switchboard::app::place::Place;
use switchboard::domain::call::{Call, End};

use super::desk::{Desk, offline, refused};

const KEYS: [&str; 22] = [
    "j",
    "k",
    "G",
    "g",
    "<enter>",
    "<esc>",
    "c",
    "C",
    "<tab>",
    "e",
    "z",
    "L",
    "r",
    "/",
    "x",
    " priority:",
    "<up>",
    "<ctrl-u>",
    "<pagedown>",
    "y",
    "o",
    "n",
];

fn happen(desk: &mut Desk, what: usize) {
    match what {
        0..22 => drop(desk.keys(KEYS[what])),
        22..28 if !desk.asked.is_empty() => desk.serve_one(),
        28 if !desk.asked.is_empty() => desk.next(refused()),
        29 if !desk.asked.is_empty() => desk.next(End::TimedOut(offline())),
        30 if !desk.asked.is_empty() => desk.next(End::Cancelled),
        31 => desk.down(),
        32 => desk.up(),
        33 => desk.wait(300),
        34 => desk.resize(200, 50),
        35 => desk.resize(110, 30),
        36 => desk.resize(80, 24),
        37 => desk.resize(9, 5),
        _ => {}
    }
}

fn count(desk: &Desk, is: impl Fn(&Call) -> bool) -> usize {
    desk.asked.iter().filter(|(_, call)| is(call)).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_breaks(events in proptest::collection::vec(0usize..38, 0..60)) {
        let mut desk = Desk::open(120, 30);
        for what in events {
            happen(&mut desk, what);
            let searches = count(&desk, |call| matches!(call, Call::SearchConversations { .. }));
            let threads = count(&desk, |call| matches!(call, Call::Conversation(_)));
            let contacts = count(&desk, |call| matches!(call, Call::Contact(_)));
            prop_assert!(searches.max(threads).max(contacts) <= 1, "{:?}", desk.calls());
            let inbox = &desk.model.inbox;
            prop_assert!(desk.model.place() != Place::Thread || inbox.reader.open.is_some());
            prop_assert!(desk.model.place() != Place::Contact || inbox.customer.subject.is_some());
            prop_assert!(desk.model.place() != Place::Company || inbox.customer.company.is_some());
            prop_assert!(inbox.listing.all || inbox.listing.results.rows().len() < 435);
        }
        desk.screen();
    }
}

#[test]
fn every_end_of_every_call_leaves_a_desk_that_works() {
    let ends = || {
        [
            refused(),
            End::TimedOut(offline()),
            End::NotSent(offline()),
            End::Cancelled,
            End::Unknown(offline()),
        ]
    };
    for keys in ["", "r", "G", "<enter>", "c", "<enter>c", "cC"] {
        for end in ends() {
            let mut desk = Desk::open(80, 24);
            desk.keys(keys);
            while !desk.asked.is_empty() {
                desk.next(end.clone());
            }
            desk.screen();
            desk.keys("r").serve();
            desk.screen();
            desk.keys("<esc><esc><esc>");
            assert_eq!(desk.model.place(), Place::Inbox, "{keys} {end:?}");
        }
    }
}
