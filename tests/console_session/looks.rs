//! Whole screens.

use insta::assert_snapshot;
use switchboard::app::opening::{Start, Way};
use switchboard::domain::call::Report;
use switchboard::domain::link::{Kind, Link, Permit, Server};
use switchboard::domain::text::Clean;

use super::desk::Desk;
use super::world;

fn message(desk: &mut Desk, level: &str, words: &str) {
    desk.report(Report::Message(Clean::line(level), Clean::line(words)));
}

fn down(desk: &mut Desk, retry_in: Option<u64>) {
    desk.report(Report::Link(Link::Down { fault: world::offline(), retry_in }));
}

#[test]
fn overview_80() {
    assert_snapshot!(Desk::open(80, 24).screen());
}

#[test]
fn overview_120_with_messages_and_losses() {
    let mut desk = Desk::open(120, 40);
    down(&mut desk, Some(4_000));
    desk.wait(3_000);
    desk.up();
    desk.wait(125_000);
    message(&mut desk, "info", "Index of articles is rebuilt.");
    message(
        &mut desk,
        "error",
        "検索サービスが遅れています。しばらくしてからもう一度お試しください。 The search is late; results may be older than they look, for about ten minutes from now.",
    );
    message(&mut desk, "warning", "A second warning within the minute is kept, not told.");
    assert_snapshot!(desk.screen());
}

#[test]
fn overview_200() {
    assert_snapshot!(Desk::open(200, 60).screen());
}

#[test]
fn overview_before_anything() {
    let mut desk = Desk::new(80, 24);
    desk.keys("5");
    assert_snapshot!(desk.screen());
}

#[test]
fn overview_down() {
    let mut desk = Desk::open(80, 24);
    down(&mut desk, Some(14_000));
    desk.wait(2_000);
    assert_snapshot!(desk.screen());
}

#[test]
fn overview_wants_a_sign_in() {
    let mut desk = Desk::open(80, 24);
    desk.report(Report::Link(Link::Down { fault: world::signed_out(), retry_in: None }));
    assert_snapshot!(desk.screen());
}

#[test]
fn inbox_wants_a_sign_in() {
    let mut desk = Desk::new(80, 24);
    desk.report(Report::Link(Link::Down { fault: world::signed_out(), retry_in: None }));
    assert_snapshot!(desk.screen());
}

#[test]
fn overview_paused() {
    let mut desk = Desk::open(80, 24);
    desk.report(Report::Pause(Some(30)));
    desk.wait(18_000);
    assert_snapshot!(desk.screen());
    desk.report(Report::Pause(None));
    assert!(!desk.text().contains("paused by the server"), "{}", desk.text());
}

#[test]
fn tools_80() {
    assert_snapshot!(Desk::open(80, 24).keys("t").screen());
}

#[test]
fn tools_120() {
    assert_snapshot!(Desk::open(120, 40).keys("tGk").screen());
}

#[test]
fn tools_asked_to_accept() {
    assert_snapshot!(Desk::open(80, 24).keys("tA").screen());
}

#[test]
fn tool_80() {
    assert_snapshot!(Desk::open(80, 24).keys("tjj<enter>").screen());
}

#[test]
fn tool_refused_80() {
    assert_snapshot!(Desk::open(80, 24).keys("tGkkkkk<enter>").screen());
}

#[test]
fn no_tools_yet() {
    assert_snapshot!(Desk::new(80, 24).keys("5t").screen());
}

#[test]
fn traffic_empty() {
    assert_snapshot!(Desk::new(80, 24).keys("5w").screen());
}

#[test]
fn traffic_80() {
    assert_snapshot!(Desk::open(80, 24).keys("w").screen());
}

#[test]
fn traffic_120() {
    assert_snapshot!(Desk::open(120, 40).keys("wkk").screen());
}

#[test]
fn traffic_200() {
    assert_snapshot!(Desk::open(200, 60).keys("w").screen());
}

#[test]
fn traffic_typing_a_filter() {
    assert_snapshot!(Desk::open(80, 24).keys("w/").screen());
}

#[test]
fn traffic_narrowed() {
    assert_snapshot!(Desk::open(80, 24).keys("w/荷物 get_contact<enter>").screen());
}

#[test]
fn traffic_narrowed_to_nothing() {
    assert_snapshot!(Desk::open(80, 24).keys("w/zebra<enter>").screen());
}

#[test]
fn exchange_80() {
    assert_snapshot!(Desk::open(80, 24).keys("wkkkk<enter>").screen());
}

#[test]
fn exchange_120_that_is_cut() {
    assert_snapshot!(Desk::open(120, 40).keys("w<enter>").screen());
}

#[test]
fn exchange_without_an_answer() {
    assert_snapshot!(Desk::open(80, 24).keys("wkk<enter>").screen());
}

#[test]
fn accounts_80() {
    assert_snapshot!(Desk::open(80, 24).keys("a").screen());
}

#[test]
fn accounts_200() {
    assert_snapshot!(Desk::open(200, 60).keys("aj").screen());
}

#[test]
fn accounts_none() {
    let mut desk = Desk::begin(80, 24, Start::default());
    assert_snapshot!(desk.keys("5a").screen());
}

#[test]
fn doctor_not_asked() {
    assert_snapshot!(Desk::open(80, 24).keys("a<tab>").screen());
}

#[test]
fn doctor_looking() {
    let mut desk = Desk::open(80, 24);
    desk.keys("D");
    desk.find(world::findings().into_iter().take(3));
    assert_snapshot!(desk.screen());
}

#[test]
fn doctor_failed() {
    let mut desk = Desk::open(80, 24);
    desk.keys("1D");
    desk.find(world::findings());
    desk.report(Report::Examined);
    assert_snapshot!(desk.screen());
}

#[test]
fn doctor_120_holds() {
    use switchboard::domain::examination::{Rung, Verdict};
    let mut desk = Desk::open(120, 40);
    desk.keys("D");
    for rung in Rung::ALL {
        desk.report(Report::Finding(Box::new(world::finding(rung, Verdict::Good, "Holds.", ""))));
    }
    desk.report(Report::Examined);
    assert_snapshot!(desk.screen());
}

#[test]
fn help_and_palette() {
    assert_snapshot!("help", Desk::open(80, 24).keys("w?").screen());
    assert_snapshot!("palette", Desk::open(80, 24).keys("t:ac").screen());
}

#[test]
fn hostile_words() {
    let evil = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}txt\u{200b}\u{9b}31m";
    let mut desk = Desk::new(80, 24);
    let server = Server {
        host: Clean::line("mcp.intercom.com"),
        name: Clean::line(&format!("{evil}{}", "A".repeat(300))),
        tools: vec![switchboard::domain::link::Tool {
            name: Clean::line(&format!("x{evil}")),
            description: Clean::text(&format!("one\ntwo {evil} {}", "船".repeat(200))),
            whole: format!("{{\"a\":\"{evil}\"}}"),
            kind: Kind::Unknown,
            permit: Permit::Refused(Clean::line(evil)),
        }],
        ..world::server()
    };
    desk.report(Report::Link(Link::Up(server)));
    let mut exchange = world::exchange(1, "tools/call", "x");
    exchange.received.text = format!("data: {{\"a\":\"{evil}\"}}\n\n{evil}\r\n\u{b}\u{85}");
    exchange.sent.text = evil.repeat(30);
    desk.report(Report::Exchange(Box::new(exchange)));
    message(&mut desk, &format!("warning{evil}"), &format!("{evil} words"));
    desk.keys("5");
    assert_snapshot!("hostile_overview", desk.screen());
    assert_snapshot!("hostile_tool", desk.keys("t<enter>").screen());
    assert_snapshot!("hostile_exchange", desk.keys("<esc>w<enter>").screen());
    for keys in ["5", "t", "w", "<enter>"] {
        desk.keys(keys);
        let unsafe_ones = |c: char| (c.is_control() && c != '\n') || ('\u{200b}'..='\u{202e}').contains(&c);
        assert!(!desk.text().contains(unsafe_ones), "{}", desk.text());
    }
}

#[test]
fn first_screen() {
    assert_snapshot!("first_80", Desk::begin(80, 24, Start { way: Way::First, ..Start::default() }).screen());
    let start = Start {
        mcp_remote: Some(Clean::line("https://mcp.eu.intercom.com/mcp")),
        ..world::start(Way::First)
    };
    let mut desk = Desk::begin(120, 40, start);
    assert_snapshot!("first_120", desk.keys("jjjj").screen());
}
