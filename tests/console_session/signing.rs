//! Signing in and out.

use insta::assert_snapshot;
use switchboard::app::opening::Way;
use switchboard::app::place::Place;
use switchboard::app::{Event, Timer};
use switchboard::domain::account::{Origin, Standing, Step};
use switchboard::domain::call::Report;
use switchboard::domain::link::Link;
use switchboard::domain::text::Clean;

use super::desk::Desk;
use super::world;

const ADDRESS: &str = "https://mcp.intercom.com/authorize?response_type=code&client_id=8a7fQ2mPz0LkXw3e&redirect_uri=http%3A%2F%2F127.0.0.1%3A41234%2Fcallback&code_challenge=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU&code_challenge_method=S256&state=Zm9vYmFyYmF6";
const PLANTED: &str = "http://127.0.0.1:41234/callback?code=PLANTEDSECRETCODE&state=Zm9vYmFyYmF6";

fn waiting(cols: u16, rows: u16, opened: bool) -> Desk {
    let mut desk = Desk::open(cols, rows);
    desk.report(Report::Link(Link::Down { fault: world::signed_out(), retry_in: None }));
    desk.keys("s");
    desk.step(Step::Discovering);
    desk.step(Step::Registering);
    desk.step(Step::Browser { address: Clean::line(ADDRESS), opened });
    desk
}

#[test]
fn steps_are_shown_as_they_come() {
    let mut desk = Desk::open(80, 24);
    desk.done();
    desk.keys("s");
    assert_eq!(desk.done(), ["SignIn"]);
    assert_snapshot!("signing_begins", desk.screen());
    let mut desk = waiting(80, 24, true);
    assert_snapshot!("signing_browser_80", desk.screen());
    desk.step(Step::Exchanging);
    assert_snapshot!("signing_exchanging", desk.screen());
    desk.step(Step::Done(world::standing()));
    assert_eq!(desk.model.place(), Place::Overview);
    assert!(desk.text().contains("Signed in."));
    assert_snapshot!("signing_headless_120", waiting(120, 40, false).screen());
}

#[test]
fn the_whole_address_is_on_the_screen_and_on_the_clipboard() {
    for (cols, rows) in [(80, 24), (40, 24), (200, 60)] {
        let mut desk = waiting(cols, rows, false);
        let shown: String = desk.text().chars().filter(|c| !c.is_whitespace() && *c != '"').collect();
        assert!(shown.contains(ADDRESS), "{cols}: {}", desk.text());
        desk.done();
        desk.keys("yo");
        let done = desk.done();
        assert!(done[0].starts_with("Copy") && done[0].contains(ADDRESS), "{done:?}");
        assert!(done[1].starts_with("Browse") && done[1].contains(ADDRESS), "{done:?}");
    }
}

#[test]
fn a_failed_step_says_what_to_do() {
    let mut desk = waiting(80, 24, true);
    desk.step(Step::Failed(world::offline()));
    assert_snapshot!(desk.screen());
    desk.done();
    desk.keys("s");
    assert_eq!(desk.done(), ["SignIn"]);
    desk.step(Step::Failed(world::offline()));
    desk.keys("<esc>");
    assert_eq!((desk.done(), desk.model.place()), (vec![], Place::Overview));
    desk.keys("s");
    desk.step(Step::Failed(world::offline()));
    desk.keys("D");
    assert_eq!(desk.model.place(), Place::Doctor);
}

#[test]
fn the_address_pasted_back_is_told_to_nobody() {
    for keyed in [false, true] {
        let mut desk = waiting(80, 24, false);
        if keyed {
            desk.keys("p");
            desk.keys(PLANTED);
        } else {
            desk.event(Event::Paste(format!("{PLANTED}\n")));
        }
        assert_eq!(desk.model.place(), Place::Form);
        let (screen, debug) = (desk.text(), format!("{:?}", desk.model));
        assert!(
            !screen.contains("PLANTED") && !debug.contains("PLANTED") && !debug.contains("41234/callback?")
        );
        if !keyed {
            assert_snapshot!("signing_pasted", desk.screen());
        }
        desk.done();
        desk.keys("<enter>");
        let done = desk.done();
        assert!(
            done.len() == 1 && done[0].starts_with("Redirected(") && !done[0].contains("PLANTED"),
            "{done:?}"
        );
        assert!(!format!("{:?}", desk.model).contains("PLANTED"));
    }
}

#[test]
fn nothing_is_pasted_back_where_nothing_waits_for_it() {
    let mut desk = Desk::open(80, 24);
    desk.event(Event::Paste(PLANTED.to_owned()));
    desk.keys("s");
    desk.event(Event::Paste(PLANTED.to_owned()));
    desk.keys("p");
    assert!(desk.text().contains("There is no browser to wait for now."));
    assert!(!format!("{:?}", desk.model).contains("PLANTED"));
}

#[test]
fn esc_leaves_the_field_then_the_sign_in() {
    let mut desk = waiting(80, 24, true);
    desk.keys("pabc");
    desk.done();
    desk.keys("<esc>");
    assert_eq!((desk.done(), desk.model.place()), (vec![], Place::SignIn));
    desk.keys("<esc>");
    assert_eq!((desk.done(), desk.model.place()), (vec!["GiveUpSignIn".to_owned()], Place::Overview));
    // What was under way when it was given up does not bring it back.
    desk.step(Step::Exchanging);
    desk.step(Step::Failed(world::offline()));
    assert_eq!(desk.model.place(), Place::Overview);
    desk.keys("s");
    desk.step(Step::Discovering);
    assert_eq!(desk.model.place(), Place::SignIn);
}

#[test]
fn a_sign_in_that_the_console_began_with_leads_to_the_inbox() {
    let mut desk = Desk::begin(80, 24, world::start(Way::SigningIn));
    assert_eq!(desk.model.place(), Place::SignIn);
    desk.step(Step::Discovering);
    desk.step(Step::Done(world::standing()));
    assert_eq!(desk.model.place(), Place::Inbox);
    desk.up();
    desk.keys("5s");
    desk.step(Step::Done(world::standing()));
    assert_eq!(desk.model.place(), Place::Overview);
}

#[test]
fn a_sign_in_that_nobody_asked_for_is_told_elsewhere() {
    let mut desk = Desk::new(80, 24);
    desk.step(Step::Discovering);
    assert_eq!(desk.model.place(), Place::Inbox);
    assert!(desk.text().contains("Signing in to mcp.intercom.com with the browser."));
    desk.keys("5");
    assert_eq!(desk.model.place(), Place::SignIn);
}

#[test]
fn signing_out_is_asked_twice() {
    let mut desk = Desk::open(80, 24);
    desk.done();
    desk.keys("SS");
    assert_eq!(desk.done(), Vec::<String>::new());
    assert_snapshot!("signing_out", desk.screen());
    desk.wait(400);
    desk.keys("j");
    desk.keys("S");
    assert_eq!(desk.done(), Vec::<String>::new());
    desk.wait(400);
    desk.keys("S");
    assert_eq!(desk.done(), ["SignOut"]);
}

#[test]
fn what_cannot_be_signed_out_says_why() {
    for (origin, words) in [
        (Origin::Environment, "environment"),
        (Origin::McpRemote, "mcp-remote"),
        (Origin::None, "Nobody is signed in"),
    ] {
        let mut desk = Desk::new(80, 24);
        let standing = Standing { origin, ..world::standing() };
        let server = switchboard::domain::link::Server { standing, ..world::server() };
        desk.report(Report::Link(Link::Up(server)));
        desk.done();
        desk.keys("5S");
        desk.wait(400);
        desk.keys("S");
        assert_eq!(desk.done(), Vec::<String>::new());
        assert!(desk.text().contains(words), "{}", desk.text());
    }
}

#[test]
fn signing_out_is_forgotten_after_a_while_and_elsewhere() {
    for keys in ["", "15"] {
        let mut desk = Desk::open(80, 24);
        desk.done();
        desk.keys("S");
        desk.wait(if keys.is_empty() { 10_001 } else { 400 });
        desk.keys(keys);
        desk.keys("S");
        assert_eq!(desk.done(), Vec::<String>::new(), "{keys}");
        desk.wait(9_000);
        desk.keys("S");
        assert_eq!(desk.done(), ["SignOut"], "{keys}");
    }
}

#[test]
fn the_accounts_are_looked_for_when_they_are_shown_and_after_signing_out() {
    let mut desk = Desk::open(80, 24);
    desk.done();
    desk.keys("a");
    assert_eq!(desk.done(), ["LookForAccounts"]);
    desk.keys("S");
    desk.wait(400);
    desk.keys("S");
    assert_eq!(desk.done(), ["SignOut"]);
    desk.event(Event::Timer(Timer::Accounts));
    assert_eq!(desk.done(), ["LookForAccounts"]);
    let left = world::accounts().into_iter().skip(1).collect();
    desk.event(Event::Accounts(left));
    desk.event(Event::Timer(Timer::Accounts));
    assert_eq!(desk.done(), Vec::<String>::new(), "it is gone");
}

#[test]
fn a_sign_in_after_one_that_was_given_up_is_shown() {
    let mut desk = waiting(80, 24, true);
    desk.keys("<esc>");
    desk.step(Step::Failed(world::offline()));
    assert_eq!(desk.model.place(), Place::Overview);
    desk.step(Step::Discovering);
    assert_eq!(desk.model.place(), Place::SignIn);
}

#[test]
fn a_sign_in_waits_for_somebody_who_types() {
    for (keys, place) in [("w/ab", Place::SearchLine), ("tA", Place::Form)] {
        let mut desk = Desk::open(80, 24);
        desk.keys(keys);
        desk.step(Step::Discovering);
        desk.step(Step::Browser { address: Clean::line(ADDRESS), opened: true });
        assert_eq!(desk.model.place(), place);
        assert!(desk.text().contains("Signing in to mcp.intercom.com"), "{}", desk.text());
        desk.keys("<esc>");
        assert_eq!(desk.model.place(), Place::SignIn);
        assert!(desk.text().contains("✓ Asking the server"), "{}", desk.text());
    }
    let mut desk = Desk::open(80, 24);
    desk.keys("w/ab");
    desk.step(Step::Discovering);
    desk.step(Step::Done(world::standing()));
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Traffic);
}
