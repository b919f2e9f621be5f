//! What matches, where it is marked, and that typing on finds what typing anew finds.

use proptest::prelude::*;

use super::*;
use crate::domain::conversation::{Author, Tag, bare_row};
use crate::domain::text::Clean;

fn row(subject: &str, who: &str, preview: &str) -> ConversationRow {
    ConversationRow {
        subject: Clean::line(subject),
        preview: Clean::line(preview),
        author: Author { name: Clean::line(who), email: Clean::line("a@b.example"), ..Author::default() },
        tags: vec![Tag { id: "1".into(), name: Clean::line("needs engineering") }],
        ..bare_row(900_412)
    }
}

fn kept(typed: &str, row: &ConversationRow) -> bool {
    let mut filter = Filter::default();
    filter.set(typed, std::slice::from_ref(row), &Roster::default());
    filter.keeps(0)
}

#[test]
fn letters_may_stand_apart_where_they_begin_words() {
    let row = row("Re: Invoice 2026 has the wrong address", "Maëlle Kerviel", "Please correct the address");
    for typed in ["inv", "INVOICE", "rwadd", "maelle", "MAËLLE", "mk", "0412", "corr", "b.ex", "eng inv", ""]
    {
        assert!(kept(typed, &row), "{typed}");
    }
    for typed in ["zzz", "cta", "pcta", "inv zzz", "9412x"] {
        assert!(!kept(typed, &row), "{typed}");
    }
}

#[test]
fn other_scripts_are_found() {
    let row = row("配送が遅れています", "田中 花子", "ＦＵＬＬ Straße");
    for typed in ["遅れ", "花子", "田花", "straße", "配 子"] {
        assert!(kept(typed, &row), "{typed}");
    }
    assert!(!kept("船", &row));
}

#[test]
fn what_was_found_is_marked() {
    let row = row("Invoice für Zoë", "e\u{301}tude", "the invoice");
    let mut filter = Filter::default();
    filter.set("zoe invo etu eng", std::slice::from_ref(&row), &Roster::default());
    let hits = filter.hits(&row, &Roster::default());
    let texts = |text: &str, hits: &[Range<usize>]| -> Vec<String> {
        hits.iter().map(|hit| text[hit.clone()].to_owned()).collect()
    };
    assert_eq!(texts(&row.subject, &hits.subject), ["Invo", "Zoë"]);
    assert_eq!(texts(&row.author.name, &hits.who), ["e\u{301}tu"]);
    assert_eq!(texts(&row.preview, &hits.preview), ["invo"]);
    assert_eq!(texts(&row.tags[0].name, &hits.tags[0]), ["eng"]);
}

#[test]
fn rows_are_read_in_portions_and_then_no_more() {
    let rows: Vec<ConversationRow> = (0..2_500).map(|number| row(&format!("Row {number}"), "", "")).collect();
    let (mut filter, roster) = (Filter::default(), Roster::default());
    let portions = std::iter::from_fn(|| filter.read_on(&rows, &roster).then_some(())).count();
    assert_eq!(portions, 2, "the third is the last");
    filter.set("row 2499", &rows, &roster);
    assert_eq!((0..rows.len()).filter(|&number| filter.keeps(number)).collect::<Vec<_>>(), [2_499]);
}

proptest! {
    #[test]
    fn typing_on_finds_what_typing_anew_finds(
        subjects in proptest::collection::vec("[abcAÉ船 -]{0,14}", 1..12),
        typed in proptest::collection::vec("[abé船 ]|<", 0..8),
    ) {
        let rows: Vec<ConversationRow> =
            subjects.iter().map(|subject| row(subject, &subject.replace('a', "b"), subject)).collect();
        let roster = Roster::default();
        let (mut filter, mut text) = (Filter::default(), String::new());
        filter.read_on(&rows[..rows.len() / 2], &roster);
        for letter in typed {
            if letter == "<" { text.pop(); } else { text.push_str(&letter); }
            filter.set(&text, &rows, &roster);
            for (number, row) in rows.iter().enumerate() {
                prop_assert_eq!(filter.keeps(number), kept(&text, row), "{:?} {}", &text, number);
            }
        }
    }

    #[test]
    fn marks_are_whole_characters(text in "\\PC{0,20}", typed in "\\PC{0,6}") {
        let row = row(&text, &text, &text);
        let mut filter = Filter::default();
        filter.set(&typed, std::slice::from_ref(&row), &Roster::default());
        let hits = filter.hits(&row, &Roster::default());
        for hit in hits.subject.iter().chain(&hits.preview) {
            prop_assert!(row.subject.get(hit.clone()).is_some() && !hit.is_empty());
        }
    }
}
