//! Whatever is pressed and whatever happens around the People and the Companies screen, in whatever order, at whatever size;
//! every end of every call.

use proptest::prelude::*;
use switchboard::app::place::Place;
use switchboard::domain::call::End;

use super::desk::{Desk, offline, refused};
use super::monkey::{Monkey, act};

/// The places of the two screens, and the Inbox that their conversations are shown in.
const PLACES: [Place; 6] =
    [Place::People, Place::Companies, Place::Contact, Place::Company, Place::SearchLine, Place::Inbox];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn nothing_breaks(acts in proptest::collection::vec(act(&PLACES), 0..60), companies in any::<bool>()) {
        let mut desk = Desk::open(120, 30);
        desk.keys(if companies { "3" } else { "2" });
        let mut monkey = Monkey::at(desk);
        for act in &acts {
            monkey.happen(act);
        }
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
    for (keys, place) in [
        ("2", Place::People),
        ("3", Place::Companies),
        ("2<enter>", Place::People),
        ("3<enter>", Place::Companies),
        ("2/ana<enter>", Place::People),
        ("3/x<enter>", Place::Companies),
        ("2G", Place::People),
        ("3G", Place::Companies),
    ] {
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
            assert_eq!(desk.model.place(), place, "{keys} {end:?}");
            assert!(
                desk.model.pane().status(&desk.model.shell).contains("loaded"),
                "{keys} {end:?}: {}",
                desk.text()
            );
        }
    }
}
