//! The board of figures: what it shows, what it covers, and the rows behind each figure.

use insta::assert_snapshot;
use switchboard::app::Effect;
use switchboard::domain::call::{Answer, End};
use switchboard::domain::conversation::{ConversationRow, Fin};
use switchboard::domain::id::AdminId;
use switchboard::domain::insight::belongs;
use switchboard::domain::page::{Cursor, Next, Page};
use switchboard::domain::text::Clean;

use super::desk::Desk;
use super::world;

/// Rows that differ in everything that is counted.
fn row(number: u64) -> ConversationRow {
    let step = i64::try_from(number).unwrap();
    let fin = ["", "routed_to_team", "escalated", "assumed_resolution"];
    let fin = usize::try_from(number % 5).ok().and_then(|at| fin.get(at));
    ConversationRow {
        first_reply: (!number.is_multiple_of(3)).then_some(step * step * 9 + 60),
        first_close: number.is_multiple_of(4).then_some(step * 5_000),
        rating: (number.is_multiple_of(7)).then_some(u8::try_from(number % 5).unwrap() + 1),
        fin: fin.map(|word| Fin { resolution: Clean::fixed(word), last_answer: Clean::default() }),
        created_at: world::row(number)
            .created_at
            .map(|at| switchboard::domain::time::Unix(at.0 + step * 71_000)),
        admin: world::row(number).admin.filter(|_| number % 9 != 4).or_else(|| AdminId::read("7009")),
        ..world::row(number)
    }
}

fn open(cols: u16, rows: u16) -> Desk {
    let mut desk = Desk::new(cols, rows);
    desk.up();
    let items = (0..150).map(row).collect();
    let next = Some(Next::Cursor(Cursor("150".into())));
    desk.next(End::Answer(Answer::Conversations(Page { items, next, total: Some(434), skipped: 0 })));
    desk
}

fn shown(desk: &Desk) -> usize {
    desk.model.inbox.listing.results.shown().count()
}

#[test]
fn board_80() {
    let mut desk = open(80, 24);
    desk.keys("I");
    assert_snapshot!(desk.screen());
}

#[test]
fn board_200() {
    let mut desk = open(200, 60);
    desk.keys("<enter>").serve();
    desk.keys("<esc>I");
    assert_snapshot!(desk.screen());
}

#[test]
fn sections_and_buckets_80() {
    let mut desk = open(80, 24);
    desk.keys("I<tab><tab><shift-tab>jj");
    let first_reply = desk.text();
    assert!(first_reply.contains("▸ First reply after"), "{first_reply}");
    desk.keys("G<shift-tab><shift-tab>jj");
    assert_snapshot!(desk.screen());
}

#[test]
fn a_bucket_shows_its_rows_and_the_board_comes_back_where_one_was() {
    let mut desk = open(80, 24);
    desk.keys("Ijj<enter>");
    assert_snapshot!(desk.screen());
    let few = shown(&desk);
    desk.keys("I");
    let board = desk.text();
    assert!(board.contains("over 150 of 434 loaded"), "the board is of all rows again: {board}");
    let (section, bucket) = desk.model.inbox.insight.current().unwrap();
    assert_eq!((section.topic.spans().len(), bucket.count), (5, few));
    desk.keys("<esc>");
    assert_eq!(shown(&desk), 150);
}

#[test]
fn esc_in_the_list_shows_all_rows_again_with_the_cursor_where_it_was() {
    let mut desk = open(80, 24);
    desk.keys("jjjj");
    let before = desk.cursor_line();
    desk.keys("I<enter>");
    assert!(shown(&desk) < 150 && desk.text().contains("insight: waiting < 1 h"));
    desk.keys("<esc>");
    assert_eq!((shown(&desk), desk.cursor_line()), (150, before));
    assert!(!desk.text().contains("insight:"));
}

#[test]
fn every_bucket_shows_as_many_rows_as_it_says() {
    let mut desk = open(80, 24);
    desk.keys("I");
    let board = desk.model.inbox.insight.board.clone().unwrap();
    let buckets: usize = board.sections.iter().map(|section| section.buckets.len()).sum();
    let mut drilled = 0;
    for _ in 0..buckets {
        let (section, bucket) =
            desk.model.inbox.insight.current().map(|(s, b)| (s.clone(), b.clone())).unwrap();
        desk.keys("<enter>");
        if bucket.count > 0 {
            drilled += 1;
            let results = &desk.model.inbox.listing.results;
            assert_eq!(results.shown().count(), bucket.count, "{:?} {bucket:?}", section.topic);
            assert!(results.shown().all(|row| belongs(section.topic, bucket.key.key(), row, board.at)));
            assert_eq!(desk.calls(), [""; 0], "rows that alone are shown do not load more");
            desk.keys("I");
        } else {
            assert!(desk.text().contains("There is no conversation in this part."));
        }
        desk.keys("j");
    }
    assert!(drilled > 40, "{drilled}");
    let (section, bucket) = desk.model.inbox.insight.current().unwrap();
    assert_eq!((section.topic, &bucket.key), (board.sections[0].topic, &board.sections[0].buckets[0].key));
}

#[test]
fn a_filtered_list_is_counted_as_it_is_shown() {
    let mut desk = open(80, 24);
    desk.keys("finvoice<enter>I");
    let rows = desk.model.inbox.insight.board.as_ref().unwrap().rows;
    assert!(rows > 0 && rows < 150 && rows == shown(&desk));
    let text = desk.text();
    assert!(text.contains("state:open · filter “invoice”"), "{text}");
    assert!(text.contains(&format!("over {rows} in the list, 150 of 434 loaded")), "{text}");
}

#[test]
fn an_old_board_says_so_until_it_is_counted_again() {
    let mut desk = open(80, 24);
    desk.keys("GI");
    desk.serve();
    desk.wait(300_000);
    let text = desk.text();
    assert!(text.contains("over 150 of 434 loaded · counted 5m ago · the list changed since"), "{text}");
    desk.keys("r");
    assert!(desk.text().contains("over 300 of 434 loaded · counted just now"), "{}", desk.text());
}

#[test]
fn the_board_as_text() {
    let mut desk = open(80, 24);
    desk.keys("Iy");
    let copied = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str().to_owned()),
        _ => None,
    });
    assert_snapshot!(copied.unwrap());
}

#[test]
fn nothing_is_loaded() {
    let mut desk = Desk::new(80, 24);
    desk.keys("I");
    assert_snapshot!(desk.screen());
    desk.keys("jk<tab><enter>y<pagedown>G");
    assert!(desk.text().contains("Nothing is loaded"));
    desk.keys("<esc>");
    assert!(!desk.text().contains("Insight"));
}

#[test]
fn any_size_holds_the_board() {
    let mut desk = open(80, 24);
    desk.keys("I");
    for (cols, rows) in [(0, 0), (1, 1), (20, 5), (40, 10), (119, 24), (120, 24), (180, 50), (300, 90)] {
        desk.resize(cols, rows);
        desk.keys("<tab>jjj");
        desk.screen();
    }
}
