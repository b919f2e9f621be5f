//! The search line and what happens to a search.

use switchboard::app::place::Place;
use switchboard::domain::call::{Answer, End, Fault, FaultKind};
use switchboard::domain::page::Page;

use super::desk::{Desk, offline, refused};

pub(crate) fn typed(desk: &Desk) -> &str {
    desk.model.inbox.search.field.text()
}

#[test]
fn the_first_search_is_asked_when_the_link_comes_up() {
    let mut desk = Desk::new(80, 24);
    assert_eq!(desk.calls(), [""; 0]);
    desk.up();
    assert_eq!(desk.calls(), ["search state:open by 150"]);
}

#[test]
fn a_newer_search_cancels_the_one_it_replaces() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>priority:urgent<enter>");
    desk.keys("/<ctrl-u>state:closed<enter>");
    assert_eq!(desk.calls(), ["search state:closed by 150"]);
    assert_eq!(desk.cancelled.len(), 1);
    desk.serve();
    assert!(desk.text().contains("150 of 434 loaded · state:closed"));
}

#[test]
fn what_cannot_be_read_is_not_sent() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/ priority:<enter>");
    assert_eq!((desk.calls().len(), desk.model.place()), (0, Place::SearchLine));
    assert!(desk.text().contains("^^^^^^^^^"));
    desk.keys("urgent<enter>");
    assert_eq!(desk.calls(), ["search state:open priority:urgent by 150"]);
}

#[test]
fn esc_restores_the_last_query() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>half<esc>");
    assert_eq!((typed(&desk), desk.model.place()), ("state:open", Place::Inbox));
}

#[test]
fn the_history_of_this_run() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:closed<enter>/<ctrl-u>priority:high<enter>/<ctrl-u>x<up><up>");
    assert_eq!(typed(&desk), "state:closed");
    desk.keys("<down><down>");
    assert_eq!(typed(&desk), "x");
}

#[test]
fn a_failed_search_leaves_the_rows() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:closed<enter>");
    desk.next(refused());
    assert_eq!(desk.model.inbox.listing.results.rows().len(), 150);
    assert!(desk.text().contains("may not read conversations"));
}

#[test]
fn esc_cancels_a_slow_search_first() {
    let mut desk = Desk::open(80, 24);
    desk.keys("r");
    desk.wait(300);
    desk.keys("<esc>");
    assert_eq!((desk.calls().len(), desk.cancelled.len()), (0, 1));
    desk.keys("<esc><esc>");
    assert!(!desk.effects.iter().any(|effect| matches!(effect, switchboard::app::Effect::Quit)));
}

#[test]
fn a_lost_link_asks_again_for_what_is_on_the_screen() {
    let mut desk = Desk::new(80, 24);
    desk.up();
    desk.down();
    desk.up();
    assert_eq!(desk.calls(), ["search state:open by 150"]);
    desk.serve().keys("<enter>");
    desk.down();
    desk.up();
    assert_eq!(desk.calls(), ["thread 900000000000"]);
}

#[test]
fn pasted_text_goes_into_the_line_only_when_it_has_the_cursor() {
    let mut desk = Desk::open(80, 24);
    desk.event(switchboard::app::Event::Paste("x\ny".into()));
    assert_eq!(typed(&desk), "state:open");
    desk.keys("/");
    desk.event(switchboard::app::Event::Paste(" a\nb".into()));
    assert_eq!(typed(&desk), "state:open a b");
}

#[test]
fn a_search_that_is_too_long_says_so() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>");
    desk.event(switchboard::app::Event::Paste("a".repeat(4_096)));
    assert!(!desk.text().contains("too long"));
    desk.keys("b");
    assert!(desk.text().contains("The search is too long: cut at 4,096 bytes."));
}

#[test]
fn a_search_that_was_not_sent_is_asked_when_the_link_is_back() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:closed<enter>");
    desk.down();
    assert!(desk.model.inbox.listing.words() == "state:open");
    desk.up();
    assert_eq!(desk.calls(), ["search state:closed by 150"]);
}

#[test]
fn a_line_longer_than_the_screen_keeps_its_cursor_in_view() {
    let mut desk = Desk::open(40, 12);
    desk.keys("/<ctrl-u>").keys(&"船 word ".repeat(20)).keys("END");
    assert!(desk.text().contains("word END"));
}

/// The server cannot read the search.
fn invalid() -> End {
    let sentence = "Invalid arguments for tool search_conversations: the field \"foo\" is not one that can be searched; \
                    use one of state, priority, source_type or assignee.";
    End::Refused(Fault::new(FaultKind::Invalid, sentence, "Change the search and press Enter."))
}

pub(crate) fn line(desk: &Desk) -> String {
    desk.text().lines().nth(1).unwrap_or_default().to_owned()
}

#[test]
fn a_refused_search_stays_for_mending_and_says_what_the_list_shows() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:closed<enter>").serve();
    desk.keys("/<ctrl-u>source_foo:bar<enter>");
    desk.next(invalid());
    desk.keys("j");
    assert!(
        line(&desk).contains("/ source_foo:bar") && line(&desk).contains("list: state:closed"),
        "{}",
        line(&desk)
    );
    desk.keys("/<backspace>");
    assert_eq!((typed(&desk), desk.model.place()), ("source_foo:ba", Place::SearchLine));
    desk.keys("<esc>");
    assert_eq!(typed(&desk), "state:closed");
    assert!(!line(&desk).contains("list:"));
    desk.keys("/<up>");
    assert_eq!(typed(&desk), "state:closed", "what failed is not recalled");
}

#[test]
fn what_failed_is_recalled_once_it_worked() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:closed<enter>").serve();
    desk.keys("/<ctrl-u>priority:high<enter>");
    desk.next(End::TimedOut(offline()));
    desk.keys("r").serve();
    // One that worked once stays, though it fails now.
    desk.keys("/<ctrl-u>state:closed<enter>");
    desk.next(refused());
    desk.keys("<esc>/<ctrl-u><up>");
    assert_eq!(typed(&desk), "state:closed");
    desk.keys("<up>");
    assert_eq!(typed(&desk), "priority:high");
    // One that fails with nothing on the screen is none to recall, either.
    let mut desk = Desk::new(80, 24);
    desk.up();
    desk.keys("/<ctrl-u>source_foo:bar<enter>");
    desk.next(invalid());
    desk.keys("/<ctrl-u>x<up>");
    assert_eq!(typed(&desk), "x");
    // Until it works when it is tried again.
    desk.keys("<esc>r").serve();
    desk.keys("/<ctrl-u>x<up>");
    assert_eq!(typed(&desk), "source_foo:bar");
}

#[test]
fn a_search_that_finds_nothing_is_spelt_alike_above_and_below_and_says_where_to_go() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:snoozed ");
    desk.event(switchboard::app::Event::Paste("a\u{200d}b\u{200b}".into()));
    desk.keys("<enter>");
    let nothing = Page { items: Vec::new(), next: None, total: Some(0), skipped: 0 };
    desk.next(End::Answer(Answer::Conversations(nothing)));
    let text = desk.text();
    assert_eq!(text.matches("state:snoozed a‹ZWJ›b‹ZWSP›").count(), 2, "{text}");
    assert!(text.contains("/ changes the search; ↑ there brings earlier ones. v shows the views."), "{text}");
}

#[test]
fn esc_outside_the_line_gives_a_refused_search_up() {
    let mut desk = Desk::open(80, 24);
    for end in [refused(), End::TimedOut(offline())] {
        desk.keys("/<ctrl-u>source_foo:bar<enter>");
        desk.next(end);
        assert!(line(&desk).contains("list: state:open"));
        desk.keys("<esc>");
        assert_eq!((typed(&desk), desk.model.place()), ("state:open", Place::Inbox));
    }
}

#[test]
fn refreshing_tries_a_search_that_failed_again() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:closed<enter>");
    desk.next(End::TimedOut(offline()));
    desk.keys("r");
    assert_eq!(desk.calls(), ["search state:closed by 150"]);
    desk.serve();
    assert_eq!((typed(&desk), desk.model.inbox.listing.words()), ("state:closed", "state:closed"));
    desk.keys("/<ctrl-u>source_foo:bar<enter>");
    desk.next(invalid());
    desk.keys("r");
    assert_eq!((desk.calls(), typed(&desk)), (vec!["search state:closed by 150".to_owned()], "state:closed"));
}

#[test]
fn a_cancelled_search_gives_the_line_back_to_the_list() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>priority:high<enter>");
    assert_eq!(typed(&desk), "priority:high");
    desk.wait(300);
    desk.keys("<esc>");
    assert_eq!(typed(&desk), "state:open");
    desk.keys("/<up>");
    assert_eq!(typed(&desk), "priority:high");
}

#[test]
fn leaving_the_line_shows_what_is_under_way() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>priority:high<enter>/xyz<esc>");
    assert_eq!(typed(&desk), "priority:high");
    desk.serve();
    assert_eq!((typed(&desk), desk.model.inbox.listing.words()), ("priority:high", "priority:high"));
}

#[test]
fn a_search_without_a_link_says_that_it_waits() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:closed<enter>");
    desk.down();
    assert!(line(&desk).contains("/ state:closed") && line(&desk).contains("below: Everything open"));
    desk.up();
    desk.serve();
    assert!(!line(&desk).contains("below: "));
    desk.keys("/<ctrl-u>state:open<enter>");
    desk.down();
    desk.keys("<esc>");
    assert_eq!(typed(&desk), "state:closed");
    desk.up();
    assert_eq!(desk.calls(), [""; 0], "what was given up is not asked for");
}

#[test]
fn free_text_is_shown_as_it_was_typed() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>refund<enter>").serve();
    assert!(desk.text().contains(" · refund · in Intercom's order"), "{}", desk.text());
}

#[test]
fn the_servers_complaint_is_shown_whole_until_the_next_key() {
    let mut desk = Desk::open(80, 24);
    let before = desk.model.inbox.listing.results.list;
    desk.keys("/<ctrl-u>source_foo:bar<enter>");
    desk.next(invalid());
    let whole = |desk: &Desk| desk.text().contains("priority, source_type or assignee.");
    assert!(whole(&desk), "{}", desk.text());
    desk.keys("/");
    assert!(whole(&desk));
    desk.keys("x");
    assert!(!whole(&desk));
    desk.keys("<enter>");
    desk.next(invalid());
    assert!(whole(&desk));
    desk.keys("<esc>");
    assert!(!whole(&desk));
    assert_eq!(desk.model.inbox.listing.results.list, before);
}

#[test]
fn whoever_comes_back_to_the_tab_is_not_typing() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>stat<alt-5>1");
    assert_eq!((typed(&desk), desk.model.place()), ("state:open", Place::Inbox));
}

#[test]
fn what_is_typed_is_another_word_of_the_search() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/sta");
    assert_eq!(typed(&desk), "state:open sta");
    desk.keys("<esc><esc>");
    assert_eq!((typed(&desk), desk.model.place()), ("state:open", Place::Inbox));
    desk.keys("/<enter>");
    assert_eq!((typed(&desk), desk.calls()), ("state:open", vec!["search state:open by 150".to_owned()]));
}
