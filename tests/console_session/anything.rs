//! Whatever happens in whatever order, at whatever size: nothing panics, every place draws.

use proptest::prelude::*;
use switchboard::app::Event;
use switchboard::app::opening::{Start, Way};
use switchboard::app::pane::session::View;
use switchboard::app::place::Place;
use switchboard::domain::account::Step;
use switchboard::domain::call::Report;
use switchboard::domain::link::Link;
use switchboard::domain::question::QuestionId;
use switchboard::domain::text::Clean;

use super::desk::Desk;
use super::world;

fn sizes(desk: &mut Desk, name: &str) {
    for (cols, rows) in (0..=40).flat_map(|cols| (0..=12).map(move |rows| (cols, rows))) {
        desk.resize(cols, rows);
        let screen = desk.screen();
        let odd = |cell: &ratatui::buffer::Cell| cell.symbol().contains(char::is_control);
        assert!(!screen.buffer().content.iter().any(odd), "{name} {cols}x{rows}");
    }
}

#[test]
fn every_size_draws() {
    for keys in [
        "",
        "t",
        "tA",
        "t<enter>",
        "w",
        "w/x",
        "w/x<enter>",
        "w<enter>",
        "a",
        "aG<enter>",
        "aG<enter>t",
        "D",
        "s",
    ] {
        let mut desk = Desk::open(200, 60);
        desk.keys(keys);
        desk.find(world::findings());
        sizes(&mut desk, keys);
    }
    let mut desk = Desk::open(200, 60);
    desk.report(Report::Question(Box::new(world::form())));
    desk.wait(600);
    sizes(&mut desk, "question");
    let mut desk = Desk::open(200, 60);
    desk.keys("s");
    desk.step(Step::Browser {
        address: Clean::line("https://a.example/very/long/address?with=query"),
        opened: false,
    });
    desk.keys("pabc");
    sizes(&mut desk, "signing");
    let mut desk = Desk::begin(80, 24, Start { way: Way::First, ..Start::default() });
    sizes(&mut desk, "first");
}

const KEYS: [&str; 34] = [
    "j",
    "k",
    "G",
    "g",
    "<enter>",
    "<esc>",
    "<tab>",
    "<shift-tab>",
    "o",
    "t",
    "w",
    "a",
    "D",
    "s",
    "S",
    "A",
    "y",
    "p",
    "/",
    "x",
    "<pagedown>",
    "<up>",
    "1",
    "2",
    "3",
    "4",
    "5",
    "?",
    ":",
    "<ctrl-d>",
    "<space>",
    "u",
    "<ctrl-k>doctor<enter>",
    "<ctrl-k>show the t<enter>",
];

fn happen(desk: &mut Desk, what: usize) {
    let report = match what {
        0..32 => {
            desk.keys(KEYS[what]);
            return;
        }
        32 => return desk.up(),
        33 => Report::Link(Link::Down { fault: world::offline(), retry_in: Some(3_000) }),
        34 => Report::Link(Link::Down { fault: world::signed_out(), retry_in: None }),
        35 => Report::Question(Box::new(world::form())),
        36 => Report::Question(Box::new(world::page("https://a.example/x"))),
        37 => Report::Unasked(QuestionId(7)),
        38 => Report::SignIn(Step::Discovering),
        39 => Report::SignIn(Step::Browser { address: Clean::line("https://a.example/?q"), opened: false }),
        40 => Report::SignIn(Step::Failed(world::offline())),
        41 => Report::SignIn(Step::Done(world::standing())),
        42 => Report::Exchange(Box::new(world::exchange(5, "tools/call", "search"))),
        43 => Report::Message(Clean::line("error"), Clean::line("words")),
        44 => {
            return desk.find(world::findings());
        }
        45 => Report::Examined,
        46 => Report::Pause(Some(5)),
        47 => return desk.wait(600),
        48 => return desk.event(Event::Paste("pasted words".into())),
        49 => return desk.resize(30, 8),
        50 => return desk.resize(120, 40),
        _ => return desk.resize(80, 24),
    };
    desk.report(report);
}

/// What a server or an account could suffer from is asked for in its own place only, where the question can be seen.
fn held(before: (Place, View), done: &[String], what: usize) {
    let own: Vec<&String> = done
        .iter()
        .filter(|effect| match effect.split('(').next().unwrap() {
            "AcceptTools" => before != (Place::Form, View::Tools),
            "SignOut" => what != KEYS.iter().position(|key| *key == "S").unwrap(),
            "Answer" => before.0 != Place::Question,
            _ => false,
        })
        .collect();
    assert!(own.is_empty(), "{own:?} in {before:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_breaks(events in proptest::collection::vec(0usize..52, 0..60)) {
        let mut desk = Desk::open(120, 30);
        for what in events {
            let before = (desk.model.place(), desk.model.session.view);
            desk.done();
            happen(&mut desk, what);
            held(before, &desk.done(), what);
        }
        desk.screen();
    }
}
