//! Threads and people: what is asked, what stays, where Esc leads.

use ratatui::style::{Color, Modifier};
use switchboard::app::Effect;
use switchboard::app::place::Place;
use switchboard::domain::call::{Answer, End};
use switchboard::domain::conversation::{Author, AuthorKind};
use switchboard::domain::text::Clean;

use super::desk::{Desk, refused};
use super::world;

#[test]
fn a_thread_opens_at_its_last_message() {
    let mut desk = Desk::open(80, 24);
    desk.keys("<enter>");
    assert_eq!(desk.calls(), ["thread 900000000000"]);
    desk.serve();
    assert!(desk.text().contains("still pending"));
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Inbox);
}

#[test]
fn reopening_shows_it_at_once_and_asks_again_when_it_is_old() {
    let mut desk = Desk::open(80, 24);
    desk.keys("<enter>").serve().keys("<esc><enter>");
    assert!(desk.text().contains("still pending"));
    assert_eq!(desk.calls(), [""; 0], "it came just now");
    desk.keys("r");
    assert_eq!(desk.calls(), ["thread 900000000000"], "but refreshing always asks");
    desk.serve().keys("<esc>").wait(15_000);
    desk.keys("<enter>");
    assert!(desk.text().contains("still pending"));
    assert_eq!(desk.calls(), ["thread 900000000000"]);
    desk.next(refused());
    assert!(desk.text().contains("still pending"), "a failure leaves what was on the screen");
}

#[test]
fn coming_back_finds_the_list_as_it_was() {
    for (cols, rows) in [(80, 24), (120, 40), (200, 60)] {
        for keys in ["gjjjj", "G<pageup>", "<pagedown>jjk"] {
            let mut desk = Desk::open(cols, rows);
            desk.keys(keys).serve();
            let before = desk.model.inbox.listing.results.list;
            desk.keys("<enter>").serve().keys("c").serve().keys("<esc><esc>");
            assert_eq!(desk.model.place(), Place::Inbox);
            assert_eq!(desk.model.inbox.listing.results.list, before, "{cols}x{rows} {keys}");
        }
    }
}

#[test]
fn another_thread_cancels_the_one_under_way() {
    let mut desk = Desk::open(120, 40);
    desk.keys("<enter><tab>j<enter>");
    assert_eq!((desk.calls(), desk.cancelled.len()), (vec!["thread 900000000001".to_owned()], 1));
}

#[test]
fn a_wide_screen_asks_for_the_customer_at_once() {
    let mut desk = Desk::open(200, 60);
    desk.keys("<enter>");
    assert_eq!(desk.calls(), ["thread 900000000000", "contact c0", "of c0"]);
    desk.serve_one();
    assert_eq!(desk.calls(), ["contact c0", "of c0"], "the thread names the same contact");
    desk.serve_one();
    assert_eq!(desk.calls(), ["of c0", "company lumen"]);
    desk.serve();
    assert_eq!(desk.model.place(), Place::Thread);
    desk.keys("<tab>");
    assert_eq!(desk.model.place(), Place::Contact);
    assert_eq!(desk.calls(), ["company north"], "every company once the page is looked at");
    desk.keys("<tab>");
    assert_eq!(desk.model.place(), Place::Views);
    desk.keys("<tab>");
    assert_eq!(desk.model.place(), Place::Inbox);
}

#[test]
fn esc_returns_to_where_one_came_from() {
    let mut desk = Desk::open(80, 24);
    desk.keys("c").serve().keys("C").serve();
    assert_eq!(desk.model.place(), Place::Company);
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Contact);
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Inbox);
    desk.keys("<enter>").serve().keys("c").serve().keys("<esc>");
    assert_eq!(desk.model.place(), Place::Thread);
    desk.keys("C");
    assert_eq!(desk.model.place(), Place::Company);
    assert!(desk.text().contains("Lumen Ótica"));
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Thread);
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Inbox);
}

#[test]
fn people_are_asked_for_once_in_a_run_and_again_by_refresh() {
    let mut desk = Desk::open(80, 24);
    desk.keys("c").serve().keys("<esc>c");
    assert_eq!(desk.calls(), [""; 0]);
    desk.keys("r");
    assert_eq!(desk.calls(), ["contact c0", "of c0", "company lumen", "company north"]);
}

#[test]
fn a_conversation_without_contact_shows_its_author() {
    let mut desk = Desk::open(80, 24);
    desk.keys("<enter>");
    let mut thread = world::thread(0);
    thread.row.contacts.clear();
    thread.row.author = Author {
        kind: AuthorKind::Unknown,
        id: "".into(),
        name: Clean::fixed("Somebody"),
        email: Clean::fixed("some@body.example"),
    };
    desk.next(End::Answer(Answer::Conversation(Box::new(thread))));
    desk.keys("c");
    assert!(desk.text().contains("some@body.example"));
    assert_eq!(desk.calls(), [""; 0]);
    desk.keys("C");
    assert!(desk.text().contains("No company of this customer is known."));
}

#[test]
fn links_of_what_is_open() {
    let mut desk = Desk::open(80, 24);
    desk.keys("yY").keys("c").serve().keys("o").keys("C").serve().keys("y");
    let copied: Vec<String> = desk
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Copy(text) | Effect::Browse(text) => Some(text.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(
        copied,
        [
            "https://app.intercom.com/a/inbox/_/inbox/conversation/900000000000",
            "900000000000",
            "https://app.intercom.com/a/apps/_/users/c0",
            "https://app.intercom.com/a/apps/_/companies/lumen",
        ]
    );
}

#[test]
fn events_and_quotes_fold_and_the_place_stays() {
    let mut desk = Desk::open(80, 24);
    desk.keys("<enter>").serve();
    desk.keys("g");
    let before = desk.model.inbox.reader.view()[0].part;
    desk.keys("e");
    assert_eq!(desk.model.inbox.reader.view()[0].part, before);
    assert!(desk.text().contains("2 events hidden"));
    desk.keys("G");
    assert!(desk.text().contains("··· 5 quoted lines, z shows them"), "{}", desk.text());
    let top = desk.model.inbox.reader.view()[0];
    desk.keys("z");
    assert_eq!(desk.model.inbox.reader.view()[0], top);
    assert!(desk.text().contains("On Monday Ida Berg wrote:"), "{}", desk.text());
}

#[test]
fn a_long_thread_is_laid_out_as_it_is_looked_at() {
    let mut desk = Desk::open(80, 24);
    desk.keys("<enter>");
    let mut thread = world::thread(0);
    let parts = thread.parts.clone();
    thread.parts = parts.iter().cycle().take(500).cloned().collect();
    thread.parts_total = Some(537);
    desk.next(End::Answer(Answer::Conversation(Box::new(thread))));
    let before = desk.model.inbox.reader.view().to_vec();
    let laid = |desk: &Desk| {
        let sheet = desk.model.inbox.reader.sheet().unwrap();
        (0..500).filter(|&part| !sheet.laid(part).is_empty()).count()
    };
    assert!(laid(&desk) < 20, "as much as is looked at");
    desk.keys("kj");
    assert_eq!(desk.model.inbox.reader.view(), before);
    desk.keys("g");
    assert!(desk.text().contains("37 older parts are not sent by the server"));
}

#[test]
fn another_conversation_of_the_customer_leads_back_to_them() {
    let mut desk = Desk::open(80, 40);
    desk.keys("<enter>").serve().keys("c").serve();
    while !desk.cursor_line().contains("Cannot log in") {
        desk.keys("j");
    }
    desk.keys("<enter>");
    assert_eq!(desk.calls(), ["thread 900000000002"]);
    desk.serve().keys("<esc>");
    assert_eq!(desk.model.place(), Place::Contact);
    assert!(desk.text().contains("ana@lumen.example"));
    desk.keys("<esc>");
    assert_eq!((desk.model.place(), desk.text().contains("Charged twice")), (Place::Thread, true));
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Inbox);
}

#[test]
fn the_cursor_says_which_pane_has_the_keys() {
    let mut desk = Desk::open(120, 40);
    assert_eq!(desk.modifier(3, 3), Modifier::REVERSED);
    desk.keys("<enter>").serve();
    assert_eq!(desk.modifier(3, 3), Modifier::UNDERLINED);
    desk.keys("<tab>");
    assert_eq!(desk.modifier(3, 3), Modifier::REVERSED);
    desk.keys("/");
    assert_eq!(desk.modifier(3, 3), Modifier::UNDERLINED);
}

#[test]
fn every_line_of_an_internal_note_has_the_bar_and_the_look() {
    let mut desk = Desk::open(40, 40);
    desk.keys("<enter>").serve();
    let screen = desk.screen();
    let note: Vec<u16> = (0..40).filter(|&y| screen.buffer()[(1, y)].symbol() == "▌").collect();
    assert!(note.len() >= 4, "{}", desk.text());
    for y in note {
        assert!([1, 3].iter().all(|&x| screen.buffer()[(x, y)].fg == Color::Yellow), "row {y}");
    }
}

#[test]
fn what_is_hostile_never_reaches_the_screen() {
    let mut desk = Desk::open(80, 24);
    desk.keys("<enter>");
    let mut thread = world::thread(0);
    thread.parts[8].body = "<p>a&#27;[2Jb \u{202e}c <a href=\"javascript:x\">click</a></p>".into();
    desk.next(End::Answer(Answer::Conversation(Box::new(thread))));
    let text = desk.text();
    assert!(!text.contains(['\u{1b}', '\u{202e}']));
    assert!(text.contains("javascript:x"), "the address is shown beside the words");
}

#[test]
fn the_root_is_the_list_with_its_cursor() {
    for keys in ["/abc", "<enter>", "<enter>c", "<enter>cC", "c"] {
        let mut desk = Desk::open(80, 24);
        desk.keys("jjj");
        let before = desk.model.inbox.listing.results.list;
        desk.keys(keys);
        desk.keys("<alt-1>");
        assert_eq!(
            (desk.model.place(), desk.model.inbox.search.field.text()),
            (Place::Inbox, "state:open"),
            "{keys}"
        );
        assert_eq!(desk.model.inbox.listing.results.list, before, "{keys}");
        assert!(!desk.model.inbox.search.focused && desk.model.inbox.reader.open.is_none());
    }
}

#[test]
fn a_company_asked_for_too_early_opens_when_it_is_known() {
    let mut desk = Desk::open(80, 24);
    desk.keys("cC");
    assert!(!desk.text().contains("No company"), "{}", desk.text());
    desk.serve();
    assert_eq!(desk.model.place(), Place::Company);
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Contact);
    let mut desk = Desk::open(200, 60);
    desk.keys("<enter>C").serve();
    assert_eq!(desk.model.place(), Place::Company);
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Thread);
    let mut desk = Desk::open(80, 24);
    desk.keys("<enter>").serve().keys("C");
    assert!(desk.text().contains("The customer is not here yet; show them first."), "{}", desk.text());
    desk.keys("<esc>c");
    desk.next(refused());
    desk.keys("C");
    assert!(
        desk.text().contains("The customer was not loaded; a refresh asks for them again."),
        "{}",
        desk.text()
    );
}

#[test]
fn another_key_forgets_the_company_asked_for_too_early() {
    let mut desk = Desk::open(80, 24);
    desk.keys("cCj").serve();
    assert_eq!(desk.model.place(), Place::Contact);
    let mut desk = Desk::open(80, 24);
    desk.keys("jcC").serve();
    assert_eq!(desk.model.place(), Place::Contact);
    assert!(desk.text().contains("No company of this customer is known."), "{}", desk.text());
}

#[test]
fn a_thread_says_that_it_was_cancelled() {
    let mut desk = Desk::open(80, 24);
    desk.keys("<enter>");
    desk.wait(300);
    desk.keys("<esc>");
    assert!(desk.text().contains("Loading this conversation was cancelled."), "{}", desk.text());
    desk.keys("r").serve();
    assert!(desk.text().contains("still pending"));
}

#[test]
fn nothing_to_fold_is_said() {
    let mut desk = Desk::open(80, 24);
    desk.keys("<enter>");
    let mut thread = world::thread(0);
    thread.parts.truncate(1);
    desk.next(End::Answer(Answer::Conversation(Box::new(thread))));
    desk.keys("z");
    assert!(desk.text().contains("Nothing is quoted here."));
    desk.keys("e");
    assert!(desk.text().contains("Nothing happened besides the messages."));
}

#[test]
fn a_value_is_not_broken_in_mid_word() {
    let mut desk = Desk::open(200, 60);
    desk.keys("<enter>").serve().keys("<tab>");
    desk.resize(38, 30);
    assert!(desk.text().contains("ana@lumen.example"), "{}", desk.text());
    desk.resize(26, 30);
    assert!(desk.text().contains("  ana@lumen.example"), "{}", desk.text());
}
