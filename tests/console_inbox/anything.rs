//! Whatever is pressed and whatever happens in the Inbox, in whatever order; every end of every call; every command of every
//! place does something or says why not.

use std::collections::HashSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use switchboard::app::Event;
use switchboard::app::command::{COMMANDS, Command};
use switchboard::app::place::Place;
use switchboard::domain::call::End;

use super::desk::{Desk, offline, refused};
use super::monkey::{Monkey, act};

/// The places of the Inbox.
const PLACES: [Place; 13] = [
    Place::Inbox,
    Place::Views,
    Place::Thread,
    Place::Contact,
    Place::Company,
    Place::SearchLine,
    Place::SearchForm,
    Place::ToolCall,
    Place::Answers,
    Place::Candidate,
    Place::Insight,
    Place::Note,
    Place::Help,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn nothing_breaks(acts in proptest::collection::vec(act(&PLACES), 0..60)) {
        let mut monkey = Monkey::at(Desk::open(120, 30));
        for act in &acts {
            monkey.happen(act);
        }
    }
}

/// What is never reached is not tested.
#[test]
fn the_monkey_gets_around() {
    let mut runner = TestRunner::deterministic();
    let mut seen = HashSet::new();
    for _ in 0..25 {
        let acts = proptest::collection::vec(act(&PLACES), 80).new_tree(&mut runner).unwrap().current();
        let mut monkey = Monkey::at(Desk::open(80, 24));
        for act in acts {
            monkey.happen(&act);
            seen.insert(monkey.desk.model.place());
        }
    }
    let missed: Vec<Place> = PLACES.into_iter().filter(|place| !seen.contains(place)).collect();
    assert_eq!(missed, [], "of {}", seen.len());
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
    for keys in ["", "r", "G", "<enter>", "c", "<enter>c", "cC", "a", "L", "]", "sv", "I"] {
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

/// Ways into the places of the Inbox, each with rows, and one without any.
const WAYS: [&str; 14] = [
    "",
    "v",
    "<enter>",
    "c",
    "cC",
    "=",
    "a",
    "a<enter>",
    "I",
    "X",
    "finv<enter>",
    "/<ctrl-u>state:snoozed<enter>",
    "<enter>i",
    "H",
];

fn at(way: &str) -> Desk {
    let mut desk = Desk::open(120, 30);
    for key in switchboard::app::key::script(way).unwrap() {
        desk.event(Event::Key(key));
        desk.serve();
    }
    desk.model.shell.notice = None;
    desk.effects.clear();
    desk
}

#[test]
fn every_key_does_something_or_says_why_not() {
    let mut mute = Vec::new();
    // At home there is nowhere to go.
    let home = |place, command| place == Place::Inbox && matches!(command, Command::Back | Command::GoInbox);
    for way in WAYS {
        let place = at(way).model.place();
        for spec in COMMANDS.iter().filter(|spec| {
            spec.scope.covers(place) && spec.command.movement().is_none() && !home(place, spec.command)
        }) {
            let mut desk = at(way);
            let Some(key) = desk.model.shell.options.keymap.shown(place, spec.command) else { continue };
            let before = desk.screen();
            desk.event(Event::Key(key));
            let seen = desk.screen().buffer() != before.buffer();
            if !seen && desk.effects.is_empty() && desk.asked.is_empty() && desk.model.shell.notice.is_none()
            {
                mute.push(format!("{place:?} after {way:?}: {key}, {}", spec.title));
            }
        }
    }
    assert_eq!(mute, [""; 0]);
}
