use proptest::prelude::*;

use super::*;
use crate::domain::conversation::{Author, Conversation, bare_row};
use crate::domain::text::{Clean, Raw};

fn row(subject: &str, preview: &str) -> ConversationRow {
    let author = Author {
        kind: AuthorKind::Customer,
        name: Clean::fixed("Ana Souza"),
        email: Clean::fixed("ana@lumen.example"),
        ..Author::default()
    };
    ConversationRow {
        subject: Clean::line(subject),
        preview: Clean::line(preview),
        author,
        ..bare_row(215_474_900_001)
    }
}

fn part(kind: AuthorKind, body: &str) -> Part {
    Part {
        id: "1".into(),
        kind: PartKind::Message,
        part_type: Clean::fixed("comment"),
        author: Author { kind, name: Clean::fixed("Ana Souza"), ..Author::default() },
        body: Raw::from(body),
        attachments: Vec::new(),
        created_at: None,
        assigned_to: None,
        redacted: false,
        detail: Clean::default(),
    }
}

fn thread(subject: &str, parts: Vec<Part>) -> Conversation {
    Conversation::of(row(subject, ""), parts)
}

#[test]
fn the_words_of_rows() {
    let table = [
        (
            "Charged twice this month",
            "Hello, my card shows two charges of 49 € for the same invoice",
            "charged invoice card",
        ),
        ("Re: Fwd: AW: Webhook signature", "", "signature webhook"),
        ("Hello", "Please help, thank you very much! Regards", ""),
        ("", "just a question about seats, do they roll over?", "seats roll"),
        (
            "Ana Souza from lumen.example",
            "mail me at ana@lumen.example or +55 11 5550 1234, order 4021398765",
            "order mail",
        ),
        ("配送が遅れています", "注文番号 40213 の荷物がまだ届きません", "配送 注文番号 荷物"),
        ("Экспорт в CSV пустой", "", "экспорт пустой csv"),
        ("see https://pay.example/invoices/2026 and www.pay.example", "", ""),
        ("L'export n’est pas complet", "", "complet export"),
        ("", "", ""),
    ];
    for (subject, preview, expected) in table {
        assert_eq!(of_row(&row(subject, preview)).join(" "), expected, "{subject} / {preview}");
    }
}

#[test]
fn a_thread_speaks_by_its_subject_its_opening_and_the_customers_last_word() {
    let quoted =
        "<p>The refund is still pending.</p><blockquote type=\"cite\"><p>gateway retried</p></blockquote>";
    let parts = vec![
        part(AuthorKind::Customer, "<p>Hello,</p><p>my card shows <b>two charges</b> of 49 €.</p>"),
        part(AuthorKind::Admin, "<p>Which browser plugin?</p>"),
        part(AuthorKind::Customer, "<p>Some middle talk</p>"),
        part(AuthorKind::Customer, quoted),
    ];
    let thread = thread("Charged twice", parts);
    let known = Known::of(&thread);
    assert_eq!(of_thread(&thread, &known).join(" "), "charged pending refund card");
}

#[test]
fn what_was_typed_is_taken_as_it_is() {
    assert_eq!(typed("  Refund refund the  CARD "), ["refund", "the", "card"]);
    assert_eq!(typed("a b c d e f g h").len(), MOST);
    assert!(typed(" ").is_empty());
}

#[test]
fn fewer_words_at_each_of_three_askings_and_then_each_of_the_others_alone() {
    assert!(fewer(0).is_empty());
    assert_eq!(fewer(1), std::iter::once(0..1).collect::<Vec<_>>());
    assert_eq!(fewer(2), [0..2, 0..1, 1..2]);
    assert_eq!(fewer(3), [0..3, 0..2, 0..1, 1..2, 2..3]);
    assert_eq!(fewer(6), [0..6, 0..3, 0..1, 1..2, 2..3, 3..4, 4..5, 5..6]);
}

#[test]
fn a_text_holds_words_in_any_case() {
    let words = ["refund", "карта", "card", "charged"].map(str::to_owned);
    assert_eq!(held(&words, "Refunds of charges to a КАРТА"), [true, true, false, true]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn words_are_few_distinct_and_without_people(text in "\\PC{0,200}", name in "[A-Z][a-z]{3,8}") {
        let mut row = row(&format!("{name} {text}"), &text);
        row.author.name = Clean::line(&name);
        let words = of_row(&row);
        prop_assert!(words.len() <= MOST);
        let mut distinct = words.clone();
        distinct.sort();
        distinct.dedup();
        prop_assert_eq!(distinct.len(), words.len());
        prop_assert!(words.iter().all(|word| is_telling(word) && !word.contains(char::is_whitespace)));
        prop_assert!(!words.contains(&name.to_lowercase()), "{:?}", words);
    }
}
