//! The first screen, accounts, the doctor, tools and traffic by keys.

use insta::assert_snapshot;
use switchboard::app::Event;
use switchboard::app::opening::{Start, Way};
use switchboard::app::place::Place;
use switchboard::domain::call::Report;
use switchboard::domain::text::Clean;

use super::desk::Desk;
use super::world;

const TOKEN: &str = "dG9rOnBsYW50ZWQtc2VjcmV0LXRva2Vu";

fn first() -> Desk {
    let mcp_remote = Some(Clean::line("https://mcp.eu.intercom.com/mcp"));
    let mut desk = Desk::begin(80, 24, Start { way: Way::First, mcp_remote, ..Start::default() });
    desk.done();
    desk
}

#[test]
fn every_way_to_begin_has_its_key_and_its_row() {
    let wanted = [
        ("u", "Open(SignIn(\"https://mcp.intercom.com/mcp\"))"),
        ("e", "Open(SignIn(\"https://mcp.eu.intercom.com/mcp\"))"),
        ("m", "Open(McpRemote(\"https://mcp.eu.intercom.com/mcp\"))"),
        ("d", "Open(Demo)"),
        ("<enter>", "Open(SignIn(\"https://mcp.intercom.com/mcp\"))"),
        ("jjjjj<enter>", "Open(Demo)"),
        ("amcp.example.com/mcp<enter>", "Open(SignIn(\"https://mcp.example.com/mcp\"))"),
    ];
    for (keys, effect) in wanted {
        let mut desk = first();
        desk.keys(if keys.starts_with('a') { "a<ctrl-u>" } else { "" });
        desk.keys(keys.trim_start_matches('a'));
        assert_eq!(desk.done(), [effect], "{keys}");
    }
}

#[test]
fn a_typed_token_is_hidden_and_asked_once() {
    let mut desk = first();
    desk.keys("t");
    desk.keys("<enter>");
    assert!(desk.text().contains("Type or paste the token first."));
    desk.event(Event::Paste(TOKEN.to_owned()));
    assert_snapshot!("first_token", desk.screen());
    assert!(!desk.text().contains("dG9r") && !format!("{:?}", desk.model).contains("dG9r"));
    desk.keys("<tab><down><enter>");
    let done = desk.done();
    assert!(
        done.len() == 1 && done[0].starts_with("Open(Token(\"https://mcp.eu.intercom.com/mcp\""),
        "{done:?}"
    );
    assert!(!done[0].contains("dG9r") && !format!("{:?}", desk.model).contains("dG9r"));
}

#[test]
fn a_wrong_address_is_said_and_stays() {
    let mut desk = first();
    desk.keys("a<ctrl-u>ftp://x<enter>");
    assert_snapshot!("first_address_wrong", desk.screen());
    assert_eq!(desk.done(), Vec::<String>::new());
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::First);
    desk.keys("<esc>12345D");
    assert_eq!(desk.model.place(), Place::First);
    desk.keys("q");
    assert_eq!(desk.done(), ["Quit"]);
}

#[test]
fn what_went_wrong_before_is_said() {
    let trouble = "The account europe is not on this machine any more.".to_owned();
    let desk = Desk::begin(80, 24, Start { way: Way::First, trouble, ..Start::default() });
    assert!(desk.text().contains("not on this machine any more"), "{}", desk.text());
}

#[test]
fn what_cannot_be_opened_is_said_where_it_was_chosen() {
    let mut desk = Desk::open(80, 24);
    desk.keys("aG<enter>u");
    desk.event(Event::Trouble("The settings file names a secret that is not set.".to_owned()));
    assert_eq!(desk.model.place(), Place::First);
    assert!(desk.text().contains("Another account") && desk.text().contains("a secret that is not set"));
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Accounts);
}

#[test]
fn accounts_are_switched_with_enter() {
    let mut desk = Desk::open(80, 24);
    desk.done();
    desk.keys("a<enter>");
    assert!(desk.text().contains("This account is open already."));
    desk.keys("j<enter>");
    assert_eq!(desk.done(), ["LookForAccounts", "Open(Account(\"europe\"))"]);
    assert!(desk.text().contains("Opening europe…") && desk.text().contains("Esc stays"), "{}", desk.text());
    desk.keys("G<enter>");
    assert_eq!(desk.model.place(), Place::First);
    assert_snapshot!("first_from_inside", desk.screen());
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Accounts);
}

#[test]
fn the_doctor_is_asked_from_anywhere_and_once() {
    for keys in ["1D", "2D", "D", "wD", "1:doctor<enter>"] {
        let mut desk = Desk::open(80, 24);
        desk.done();
        desk.keys(keys);
        assert_eq!((desk.done(), desk.model.place()), (vec!["Examine".to_owned()], Place::Doctor), "{keys}");
        desk.keys("D");
        assert_eq!(desk.done(), Vec::<String>::new());
        desk.report(Report::Examined);
        desk.keys("D");
        assert_eq!(desk.done(), ["Examine"]);
    }
}

#[test]
fn findings_are_copied() {
    let mut desk = Desk::open(80, 24);
    desk.keys("D");
    desk.find(world::findings());
    desk.report(Report::Examined);
    desk.done();
    desk.keys("y");
    let done = desk.done();
    assert!(done[0].starts_with("Copy") && done[0].contains("✗ sign-in"), "{done:?}");
}

#[test]
fn tools_are_accepted_by_two_keys() {
    let mut desk = Desk::open(80, 24);
    desk.done();
    for keys in ["tAn", "tA<enter>", "tA<esc>"] {
        desk.keys(keys);
        assert_eq!((desk.done(), desk.model.place()), (vec![], Place::Tools), "{keys}");
    }
    desk.keys("Ay");
    let done = desk.done();
    assert!(done.len() == 1 && done[0].starts_with("AcceptTools([Tool {"), "{done:?}");
    let mut desk = Desk::new(80, 24);
    desk.keys("5tA");
    assert!(desk.text().contains("No tool waits to be accepted."));
}

#[test]
fn an_exchange_is_opened_scrolled_and_copied() {
    let mut desk = Desk::open(80, 24);
    desk.keys("wkkkk<enter>");
    assert_eq!(desk.model.place(), Place::Exchange);
    desk.keys("G");
    assert!(desk.text().contains("isError"), "{}", desk.text());
    desk.done();
    desk.keys("y");
    let done = desk.done();
    assert!(done[0].starts_with("Copy") && done[0].contains("荷物が届かない"), "{done:?}");
    // It stays while the ring goes on.
    for number in 1..3_000 {
        desk.report(Report::Exchange(Box::new(world::exchange(number, "ping", ""))));
    }
    assert!(desk.text().contains("isError"));
    desk.keys("<esc>/ping 200<enter><esc>");
    assert_eq!(desk.model.place(), Place::Traffic);
}

#[test]
fn what_the_screen_does_not_show_changes_no_cell() {
    let mut desk = Desk::open(80, 24);
    desk.keys("1");
    let before = desk.text();
    for number in 0..500 {
        desk.report(Report::Exchange(Box::new(world::exchange(number, "tools/call", "search"))));
    }
    assert_eq!(desk.text(), before);
    desk.keys("5wkkkkkkkkkkkkkkkkkkkkkk");
    let row = |desk: &Desk| desk.text().lines().nth(8).map(str::to_owned);
    let shown = row(&desk);
    desk.report(Report::Exchange(Box::new(world::exchange(9_000, "tools/call", "search"))));
    assert_eq!(row(&desk), shown);
}

#[test]
fn a_warning_is_told_once_a_minute() {
    let mut desk = Desk::open(80, 24);
    desk.keys("1");
    let say = |desk: &mut Desk, words: &str| {
        desk.report(Report::Message(Clean::line("warning"), Clean::line(words)));
    };
    say(&mut desk, "first words");
    assert!(desk.text().contains("The server says: first words"));
    desk.wait(30_000);
    say(&mut desk, "second words");
    assert!(!desk.text().contains("second words"));
    desk.wait(30_000);
    say(&mut desk, "third words");
    assert!(desk.text().contains("third words"));
    desk.keys("5G");
    assert!(["first words", "second words", "third words"].iter().all(|words| desk.text().contains(words)));
}

/// What was asked is only answered where it is seen: `y` in another view, or for other tools, accepts nothing.
#[test]
fn tools_are_accepted_only_where_they_are_asked_about() {
    for keys in [
        "tA<ctrl-k>doctor<enter>w/yy<enter>",
        "tA<ctrl-k>doctor<enter>y",
        "tA<ctrl-k>doctor<enter>ty",
        "tA<alt-1>3wty",
    ] {
        let mut desk = Desk::open(80, 24);
        desk.done();
        desk.keys(keys);
        assert!(!desk.done().contains(&"AcceptTools".to_owned()), "{keys}");
        assert_ne!(desk.model.place(), Place::Form, "{keys}");
    }
}

#[test]
fn tools_that_changed_while_they_were_asked_about_are_asked_about_again() {
    use switchboard::domain::link::{Kind, Link, Permit};
    let mut desk = Desk::open(80, 24);
    desk.keys("tA");
    desk.up();
    assert_eq!(desk.model.place(), Place::Form, "the same tools");
    let mut server = world::server();
    server.tools.push(world::tool("delete_workspace", Kind::Write, Permit::New, "Deletes everything"));
    desk.report(Report::Link(Link::Up(server)));
    desk.done();
    desk.keys("y");
    assert_eq!((desk.done(), desk.model.place()), (vec![], Place::Tools));
}

#[test]
fn links_lead_to_the_web_app_of_the_servers_region() {
    use switchboard::domain::link::{Link, Region, Server};
    let mut desk = Desk::open(80, 24);
    assert_eq!(desk.model.shell.web(), "https://app.intercom.com");
    desk.report(Report::Link(Link::Up(Server { region: Region::Eu, ..world::server() })));
    assert_eq!(desk.model.shell.web(), "https://app.eu.intercom.com");
    desk.report(Report::Link(Link::Down { fault: world::offline(), retry_in: None }));
    assert_eq!(desk.model.shell.web(), "https://app.eu.intercom.com");
    desk.model.shell.options.web = Clean::line("https://desk.example.com");
    assert_eq!(desk.model.shell.web(), "https://desk.example.com");
}
