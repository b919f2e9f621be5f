//! Whatever happens in whatever order, at whatever size: nothing panics, every place draws.

use proptest::prelude::*;
use switchboard::app::Event;
use switchboard::app::opening::{Start, Way};
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

const KEYS: [&str; 30] = [
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
    "?",
    ":",
    "<ctrl-d>",
    "<space>",
    "u",
];

fn happen(desk: &mut Desk, what: usize) {
    let report = match what {
        0..30 => {
            desk.keys(KEYS[what]);
            return;
        }
        30 => return desk.up(),
        31 => Report::Link(Link::Down { fault: world::offline(), retry_in: Some(3_000) }),
        32 => Report::Link(Link::Down { fault: world::signed_out(), retry_in: None }),
        33 => Report::Question(Box::new(world::form())),
        34 => Report::Question(Box::new(world::page("https://a.example/x"))),
        35 => Report::Unasked(QuestionId(7)),
        36 => Report::SignIn(Step::Discovering),
        37 => Report::SignIn(Step::Browser { address: Clean::line("https://a.example/?q"), opened: false }),
        38 => Report::SignIn(Step::Failed(world::offline())),
        39 => Report::SignIn(Step::Done(world::standing())),
        40 => Report::Exchange(Box::new(world::exchange(5, "tools/call", "search"))),
        41 => Report::Message(Clean::line("error"), Clean::line("words")),
        42 => {
            return desk.find(world::findings());
        }
        43 => Report::Examined,
        44 => Report::Pause(Some(5)),
        45 => return desk.wait(600),
        46 => return desk.event(Event::Paste("pasted words".into())),
        47 => return desk.resize(30, 8),
        48 => return desk.resize(120, 40),
        _ => return desk.resize(80, 24),
    };
    desk.report(report);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_breaks(events in proptest::collection::vec(0usize..50, 0..60)) {
        let mut desk = Desk::open(120, 30);
        for what in events {
            happen(&mut desk, what);
        }
        desk.screen();
    }
}
