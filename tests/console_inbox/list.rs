//! The list: orders, the local filter, what is away, what is new, columns, and when pages are asked for.

use insta::assert_snapshot;
use switchboard::app::Event;
use switchboard::app::pane::inbox::rows::names::who;
use switchboard::domain::call::{Answer, End};
use switchboard::domain::conversation::{Author, AuthorKind, ConversationRow};
use switchboard::domain::id::ConversationId;
use switchboard::domain::page::{Cursor, Next, Page};
use switchboard::domain::roster::{Kind, Roster};
use switchboard::domain::sort::Sort;
use switchboard::domain::text::Clean;
use switchboard::domain::time::{Unix, ago, short};
use switchboard::domain::triage::Mark;
use switchboard::domain::view::Column;

use super::desk::Desk;
use super::world;

pub(crate) fn shown(desk: &Desk) -> Vec<ConversationId> {
    desk.model.inbox.listing.results.shown().map(|row| row.id.clone()).collect()
}

pub(crate) fn current(desk: &Desk) -> Option<ConversationId> {
    desk.model.inbox.listing.results.current().map(|row| row.id.clone())
}

/// What somebody decided here about a conversation, before the next key.
pub(crate) fn mark(desk: &mut Desk, id: &ConversationId, mark: Mark) {
    desk.model.shell.triage.put(id.clone(), mark);
}

pub(crate) fn done(desk: &mut Desk) {
    let id = current(desk).unwrap();
    let now = Some(Unix(world::NOW));
    mark(desk, &id, Mark { done: now, waited: now, updated: now, ..Mark::default() });
    desk.event(Event::Focus(true));
}

/// Answers the search that is under way with these rows, and more to come.
pub(crate) fn answer(desk: &mut Desk, items: Vec<ConversationRow>, next: Option<&str>) {
    let next = next.map(|text| Next::Cursor(Cursor(text.into())));
    desk.next(End::Answer(Answer::Conversations(Page { items, next, total: Some(1_434), skipped: 0 })));
}

#[test]
fn sorted_80() {
    let mut desk = Desk::open(80, 24);
    desk.keys("s");
    assert!(desk.text().contains("Now longest wait first."), "{}", desk.text());
    assert_eq!(current(&desk).as_ref(), shown(&desk).first(), "who has not moved sees what is first");
    desk.serve();
    let all = usize::try_from(world::ALL).unwrap();
    assert_eq!(shown(&desk).len(), all, "what is first in a part need not be first");
    assert_eq!(current(&desk).as_ref(), shown(&desk).first());
    assert_snapshot!(desk.screen());
}

#[test]
fn rows_begin_with_the_time_that_their_order_is_about() {
    let mut desk = Desk::open(120, 30);
    desk.keys("L").serve();
    let first_time = |desk: &Desk| -> String {
        desk.cursor_line()
            .split_whitespace()
            .find(|word| word.ends_with(['m', 'h', 'd', 'w']))
            .unwrap()
            .into()
    };
    let set = |desk: &mut Desk, by: Sort| {
        while desk.model.inbox.listing.order().by != by {
            desk.keys("s");
        }
        desk.keys("<home>");
        desk.model.inbox.listing.results.current().unwrap().clone()
    };
    let now = Unix(world::NOW);
    let row = set(&mut desk, Sort::Created);
    assert!(row.waiting_since.is_some() && row.waiting_since != row.created_at);
    assert_eq!(first_time(&desk), ago(now, row.created_at.unwrap()));
    assert!(desk.text().contains("newest first; the times are since they began"), "{}", desk.text());
    let row = set(&mut desk, Sort::Updated);
    assert_eq!(first_time(&desk), ago(now, row.updated_at.unwrap()));
    desk.keys("/<ctrl-u>state:closed<enter>");
    let replied = |number| ConversationRow { first_reply: Some(7_200), ..world::row(number) };
    answer(&mut desk, vec![replied(2), replied(3)], None);
    let row = set(&mut desk, Sort::FirstReply);
    assert_eq!(first_time(&desk), short(row.first_reply.unwrap()));
}

#[test]
fn who_moved_stays_with_a_conversation_and_is_told_its_row() {
    let mut desk = Desk::open(80, 24);
    let before = {
        desk.keys("jjj");
        current(&desk)
    };
    desk.keys("s");
    assert_eq!(current(&desk), before);
    let place = shown(&desk).iter().position(|id| Some(id) == before.as_ref()).unwrap() + 1;
    assert!(desk.text().contains(&format!("You are in row {place} of 150.")), "{}", desk.text());
    desk.serve();
    assert_eq!(current(&desk), before);
    desk.keys("<home>");
    assert_eq!(current(&desk).as_ref(), shown(&desk).first());
}

#[test]
fn a_large_search_in_an_order_of_ours_says_that_its_top_is_of_a_part() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:closed<enter>");
    answer(&mut desk, (0..150).map(world::row).collect(), Some("more"));
    desk.keys("sj");
    assert!(desk.asked.is_empty());
    assert!(desk.text().contains("150 of 1,434 loaded, L loads all"), "{}", desk.text());
}

#[test]
fn a_part_in_an_order_of_ours_says_which_time_it_shows() {
    let mut desk = Desk::open(120, 30);
    desk.keys("/<ctrl-u>state:closed<enter>");
    answer(&mut desk, (0..150).map(world::row).collect(), Some("more"));
    desk.keys("sssj");
    assert_eq!(desk.model.inbox.listing.order().by, Sort::Created);
    let text = desk.text();
    assert!(text.contains("newest first over the 150 of 1,434 loaded"), "{text}");
    assert!(text.contains("the times are since they began"), "{text}");
}

#[test]
fn bounds_that_were_sent_are_looked_at_again() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>rating:>3<enter>");
    answer(&mut desk, (0..30).map(world::row).collect(), None);
    let rows = desk.model.inbox.listing.results.shown();
    assert!(rows.map(|row| row.rating).all(|rating| rating.is_none()));
    assert_eq!(shown(&desk).len(), 25, "a server that is not asked for the bound sends others, too");
}

#[test]
fn a_search_that_fails_leaves_the_order() {
    let mut desk = Desk::open(80, 24);
    let before = desk.model.inbox.listing.order();
    desk.keys("]");
    assert_ne!(desk.model.inbox.listing.order(), before, "the view has another");
    desk.next(super::desk::refused());
    assert_eq!(desk.model.inbox.listing.order(), before);
    let rows = shown(&desk);
    desk.keys("<esc>r").serve();
    assert_eq!(shown(&desk), rows);
}

#[test]
fn nothing_is_decided_about_rows_of_the_search_before() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:closed<enter>");
    for key in ["d", "w", "p", "x", "X", "M", "s", "S", "f", "E", "L"] {
        desk.keys(key);
        assert!(
            desk.text().contains("These are old rows: wait for the answer, or Esc"),
            "{key}: {}",
            desk.text()
        );
        assert!(desk.model.inbox.line.is_none(), "{key}");
    }
    let decided =
        |desk: &Desk| (desk.model.shell.triage.marks().count(), desk.model.inbox.listing.chosen.len());
    assert_eq!(decided(&desk), (0, 0));
    assert_eq!(desk.calls().len(), 1, "and the search goes on");
    desk.keys("<esc>xp");
    assert_eq!(decided(&desk), (1, 1), "given up, the rows are the list's again");
    desk.keys("rp");
    assert_eq!(decided(&desk), (0, 1), "the same search is about the same rows");
}

#[test]
fn rows_that_could_not_be_read_are_said() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:closed<enter>");
    let items = (0..3).map(world::row).collect();
    desk.next(End::Answer(Answer::Conversations(Page { items, next: None, total: Some(5), skipped: 2 })));
    assert!(desk.text().contains("3 of 5 loaded · 2 could not be read"), "{}", desk.text());
}

#[test]
fn every_page_is_loaded_after_a_refresh_that_is_under_way() {
    let mut desk = Desk::open(80, 24);
    desk.keys("rL").serve();
    assert_eq!(shown(&desk).len(), usize::try_from(world::ALL).unwrap());
    for end in [super::desk::refused(), End::Cancelled] {
        desk.keys("r");
        answer(&mut desk, (0..150).map(world::row).collect(), Some("150"));
        desk.keys("rL");
        desk.next(end);
        assert!(!desk.text().contains("loading all"), "{}", desk.text());
        desk.keys("<esc>");
    }
}

#[test]
fn what_is_away_is_shown_and_hidden_where_it_was() {
    let mut desk = Desk::open(80, 24);
    let before = shown(&desk);
    desk.keys("jjdpjw3d<enter>x");
    let left: Vec<ConversationId> = shown(&desk);
    assert_eq!(left.len(), before.len() - 2);
    let here = current(&desk);
    desk.keys("H");
    assert_eq!(current(&desk), here, "the cursor stays");
    let mut all = shown(&desk);
    assert_eq!(all.remove(0), before[3], "pinned");
    assert_eq!(all, before.iter().filter(|id| **id != before[3]).cloned().collect::<Vec<_>>());
    desk.keys("gxHj");
    assert_eq!((shown(&desk), desk.model.inbox.listing.chosen.len()), (left, 2));
    assert!(desk.text().contains("2 away"), "{}", desk.text());
}

#[test]
fn the_filter_learns_names() {
    let mut desk = Desk::open(80, 24);
    desk.keys("fzelda");
    assert_eq!(shown(&desk).len(), 0);
    assert!(desk.model.shell.roster.correct(Kind::Admin, "7002", &Clean::fixed("Zelda Moor")));
    desk.event(Event::Focus(true));
    assert!(shown(&desk).len() > 10);
    assert!(desk.model.inbox.listing.hits.iter().all(|hits| !hits.assignee.is_empty()));
}

#[test]
fn who_of_us_wrote_first_is_not_the_customer() {
    let row =
        ConversationRow { author: Author { kind: AuthorKind::Admin, ..world::customer(3) }, ..world::row(0) };
    let mut roster = Roster::default();
    assert_eq!(who(&row, &roster), "to a customer");
    roster.learn(&world::customer(0));
    assert_eq!(who(&row, &roster), "Ana Souza");
}

#[test]
fn all_done_says_where_they_are() {
    let mut desk = Desk::open(80, 24);
    desk.keys("Xd");
    desk.wait(1_000);
    desk.keys("d");
    assert!(desk.text().contains("Everything here is done or put away"), "{}", desk.text());
}

#[test]
fn the_field_is_whole_in_40_columns() {
    let mut desk = Desk::open(40, 12);
    desk.keys("wtomorrow");
    let screen = desk.text();
    assert!(screen.contains("Until: tomorrow"), "{screen}");
}

#[test]
fn orders_go_round_and_turn() {
    let mut desk = Desk::open(80, 24);
    for by in Sort::ALL.into_iter().skip(1).chain([Sort::Server]) {
        desk.keys("s");
        assert_eq!(desk.model.inbox.listing.order().by, by);
    }
    let plain = shown(&desk);
    desk.keys("S");
    assert_eq!(shown(&desk), plain.into_iter().rev().collect::<Vec<_>>());
}

#[test]
fn filtered_80() {
    assert_snapshot!(Desk::open(80, 24).keys("finv").screen());
}

#[test]
fn filtered_200() {
    assert_snapshot!(Desk::open(200, 60).keys("fida bug").screen());
}

#[test]
fn a_filter_is_kept_by_enter_and_cleared_by_esc() {
    let mut desk = Desk::open(80, 24);
    desk.keys("jj");
    let before = current(&desk);
    desk.keys("fexport");
    assert_ne!(current(&desk), before);
    desk.keys("<ctrl-u>");
    assert_eq!(current(&desk), before, "the cursor comes back with its row");
    desk.keys("export<enter>").serve();
    let screen = desk.text();
    assert!(screen.contains("match “export”"), "{screen}");
    assert!(shown(&desk).len() > 18);
    desk.keys("<esc>");
    assert!(!desk.text().contains("match “"));
    desk.keys("fcsv<esc>");
    assert_eq!(desk.model.inbox.listing.results.shown_len(), desk.model.inbox.listing.results.rows().len());
    desk.keys("f<enter>j");
    assert!(desk.model.inbox.listing.results.arranged.filter().is_none());
}

#[test]
fn arrows_move_while_one_types() {
    let mut desk = Desk::open(80, 24);
    desk.keys("finv<down><down>");
    assert_eq!(desk.model.inbox.listing.results.list.cursor(), 2);
    assert_eq!(desk.model.inbox.line.as_ref().unwrap().field.text(), "inv");
}

#[test]
fn nothing_matches_80() {
    assert_snapshot!(Desk::open(80, 24).keys("fqqq").screen());
}

#[test]
fn everything_away_80() {
    let mut desk = Desk::open(80, 24);
    desk.keys("r");
    desk.next(End::Answer(Answer::Conversations(Page {
        items: (0..3).map(world::row).collect(),
        next: None,
        total: Some(3),
        skipped: 0,
    })));
    (0..3).for_each(|_| done(&mut desk));
    assert_snapshot!(desk.screen());
    desk.keys("H");
    assert_eq!(shown(&desk).len(), 3);
}

#[test]
fn one_key_a_row_empties_the_list() {
    let mut desk = Desk::open(80, 24);
    let before = shown(&desk);
    desk.keys("jj");
    done(&mut desk);
    assert_eq!(current(&desk), Some(before[3].clone()), "the next row");
    done(&mut desk);
    assert_eq!(current(&desk), Some(before[4].clone()));
    assert!(desk.text().contains("2 away"), "{}", desk.text());
    desk.keys("G").serve().keys("G").serve().keys("G");
    let last = shown(&desk);
    done(&mut desk);
    assert_eq!(current(&desk), last.get(last.len() - 2).cloned(), "else the row above");
}

#[test]
fn pinned_rows_come_first() {
    let mut desk = Desk::open(80, 24);
    let id = world::conversation_id(40);
    mark(&mut desk, &id, Mark { pinned: true, ..Mark::default() });
    desk.keys("s");
    assert_eq!(shown(&desk)[0], id);
    desk.keys("g");
    assert!(desk.cursor_line().contains('▴'), "{}", desk.cursor_line());
}

#[test]
fn a_refresh_marks_what_is_new_and_what_changed() {
    let mut desk = Desk::open(80, 24);
    desk.keys("r");
    let mut rows: Vec<ConversationRow> = (0..150).map(world::row).collect();
    rows[4].updated_at = Some(Unix(world::NOW));
    rows.insert(0, ConversationRow { updated_at: Some(Unix(world::NOW + 5)), ..world::row(9_000) });
    // It only moved up from a page that was not loaded.
    rows.push(world::row(400));
    answer(&mut desk, rows.clone(), Some("150"));
    assert!(desk.text().contains("1 new, 1 changed."), "{}", desk.text());
    assert_eq!(desk.text().matches('•').count(), 2);
    assert_snapshot!(desk.screen());
    desk.keys("gjjjjj<enter>").serve().keys("<esc>");
    assert_eq!(desk.text().matches('•').count(), 1, "opened: its mark goes");
    // The thread is as it was before.
    rows[5].updated_at = world::row(4).updated_at;
    desk.keys("r");
    answer(&mut desk, rows, Some("150"));
    assert!(desk.text().contains("Nothing new."), "{}", desk.text());
    assert_eq!(desk.text().matches('•').count(), 0, "seen before this refresh: the mark goes");
}

#[test]
fn what_changed_since_it_was_on_the_screen_is_marked_in_another_search() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:closed<enter>");
    let mut rows: Vec<ConversationRow> = (0..30).map(world::row).collect();
    rows[1].updated_at = Some(Unix(world::NOW));
    rows[25].updated_at = Some(Unix(world::NOW));
    answer(&mut desk, rows, None);
    assert_eq!(desk.text().matches('•').count(), 1);
    desk.keys("G");
    assert_eq!(desk.text().matches('•').count(), 0, "that one was never on the screen");
}

#[test]
fn few_rows_ask_for_some_pages_and_then_for_a_key() {
    let mut desk = Desk::open(80, 24);
    desk.keys("fcsv");
    assert_eq!(desk.calls().len(), 0, "nothing is asked for while one types");
    desk.keys("<esc>fqqq<enter>");
    let mut pages = 0;
    while !desk.asked.is_empty() {
        pages += 1;
        let from = 1_000 + pages * 10;
        answer(&mut desk, (from..from + 10).map(world::row).collect(), Some(&format!("page {pages}")));
    }
    assert_eq!(pages, 5);
    let screen = desk.text();
    assert!(screen.contains("L loads all"), "{screen}");
    desk.keys("L");
    assert_eq!(desk.asked.len(), 1);
}

#[test]
fn pages_sorted_in_leave_the_cursor_on_its_conversation() {
    let mut desk = Desk::open(80, 24);
    desk.keys("sSG");
    let before = current(&desk);
    desk.keys("k");
    let near = current(&desk);
    assert_ne!(before, near);
    desk.serve();
    assert_eq!(current(&desk), near);
    assert!(desk.cursor_line().trim_end().len() > 20);
}

#[test]
fn columns_of_a_view_120() {
    let mut options = world::plain();
    options.views[0].columns =
        vec![Column::Rating, Column::Who, Column::Subject, Column::Team, Column::Channel, Column::Updated];
    let mut desk = Desk::with(options, 120, 30);
    desk.up();
    desk.serve();
    desk.keys("j");
    assert_snapshot!(desk.screen());
}
