//! Whatever happens in whatever order, at whatever size: nothing panics, one call of a kind is under way, every screen
//! draws, and every command that a place has does something or says why not.

use proptest::prelude::*;
use switchboard::domain::call::{Call, End};

use super::desk::{Desk, offline, refused};

const KEYS: [&str; 27] = [
    "j",
    "k",
    "G",
    "g",
    "<enter>",
    "<esc>",
    "C",
    "<tab>",
    "L",
    "r",
    "/",
    "x",
    " plan:",
    "<up>",
    "<ctrl-u>",
    "<pagedown>",
    "y",
    "o",
    "Y",
    "J",
    "p",
    "v",
    "2",
    "3",
    "1",
    "@a.b",
    "l",
];

fn happen(desk: &mut Desk, what: usize) {
    match what {
        0..27 => drop(desk.keys(KEYS[what])),
        27..33 if !desk.asked.is_empty() => desk.serve_one(),
        33 if !desk.asked.is_empty() => desk.next(refused()),
        34 if !desk.asked.is_empty() => desk.next(End::TimedOut(offline())),
        35 if !desk.asked.is_empty() => desk.next(End::Cancelled),
        36 => desk.down(),
        37 => desk.up(),
        38 => desk.wait(300),
        39 => desk.resize(200, 50),
        40 => desk.resize(110, 30),
        41 => desk.resize(80, 24),
        42 => desk.resize(9, 5),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn nothing_breaks(events in proptest::collection::vec(0usize..43, 0..60)) {
        let mut desk = Desk::open(120, 30);
        desk.keys("2");
        for what in events {
            happen(&mut desk, what);
            let lists = desk.asked.iter().filter(|(_, call)| matches!(call, Call::ListCompanies { .. })).count();
            prop_assert!(lists <= 1, "{:?}", desk.calls());
        }
        desk.screen();
    }
}

#[test]
fn every_size() {
    for keys in ["2", "3", "2<enter>", "3<enter>", "2/x:", "3/plan:x<enter>", "3/zz<enter>"] {
        let mut desk = Desk::open(80, 24);
        desk.keys(keys);
        desk.serve();
        for (cols, rows) in (0..=40).flat_map(|cols| (0..=12).map(move |rows| (cols, rows))) {
            desk.resize(cols, rows);
            desk.screen();
        }
        desk.resize(80, 24);
        desk.screen();
    }
}

#[test]
fn every_end_of_every_call_leaves_a_desk_that_works() {
    let ends = [refused(), End::TimedOut(offline()), End::NotSent(offline()), End::Cancelled];
    for keys in ["2", "3", "2<enter>", "3<enter>", "2/ana<enter>", "3/x<enter>", "2G", "3G"] {
        for end in &ends {
            let mut desk = Desk::open(80, 24);
            desk.keys(keys);
            while !desk.asked.is_empty() {
                desk.next(end.clone());
            }
            desk.screen();
            desk.keys("r").serve();
            desk.screen();
            desk.keys("<esc><esc><esc><esc>").serve();
            assert!(!desk.text().contains("search x"), "{keys} {end:?}");
        }
    }
}
