//! What is read, printed back, coloured and complained about.

use super::*;
use crate::domain::conversation::Tag;

#[test]
fn reads_every_form_and_prints_the_normal_one() {
    let table = [
        ("state:open", "state:open"),
        ("  state:open   priority:urgent ", "state:open priority:urgent"),
        ("STATE:eq:open", "state:open"),
        ("source_body:contains:\"card declined\"", "source_body:contains:\"card declined\""),
        ("waiting:>4h", "waiting:gt:4h"),
        ("waiting>4h", "waiting:gt:4h"),
        ("rating:<=2 rating:!=1", "rating:lte:2 rating:neq:1"),
        ("created_at:>\"2026-01-31 09:30\"", "created_at:gt:\"2026-01-31 09:30\""),
        ("created_at:>2026-01-31T09:30", "created_at:gt:\"2026-01-31T09:30\""),
        ("object_type:conversations state:open", "state:open"),
        ("refund card", "q:\"refund card\""),
        ("q:\"charged twice\" state:closed", "state:closed q:\"charged twice\""),
        ("source_url:http://a.example/x", "source_url:\"http://a.example/x\""),
        ("see http://a.example/x 12:30", "q:\"see http://a.example/x 12:30\""),
        ("\"Re: order\"", "q:\"Re: order\""),
        ("船 遅れ 件名:x", "q:\"船 遅れ 件名:x\""),
        ("5\" screen", "q:\"5\\\" screen\""),
        ("tag:\">4h\"", "tag:\">4h\""),
        ("source_subject:\"a \\\"b\\\" \\\\ c\"", "source_subject:\"a \\\"b\\\" \\\\ c\""),
        ("assignee:in:\"Ida Berg\",me", "assignee:in:\"Ida Berg,me\""),
        ("statistics_something_new:gt:5", "statistics_something_new:gt:5"),
        ("", ""),
    ];
    for (typed, normal) in table {
        assert_eq!(parse(typed).unwrap().to_string(), normal, "{typed}");
    }
}

#[test]
fn points_at_what_is_wrong_and_says_what_would_be_right() {
    let table = [
        ("state:open q:\"no end", 13..20, "never closed"),
        ("state: x", 0..6, "state:open"),
        ("created_at:gt:", 0..14, "created_at:>-3d"),
        ("a limit:5", 2..9, "by itself"),
        ("starting_after:abc", 0..18, "by itself"),
        ("object_type:contacts", 0..20, "conversations"),
        ("a stae:open", 2..6, "Did you mean state"),
        ("create_at:>-1d", 0..9, "created_at"),
        ("colour:red", 0..6, "is no field"),
        ("state:like:open", 6..10, "eq, neq, in"),
        ("state:>open", 6..7, "not >"),
        ("read:neq:true", 5..8, "read takes eq"),
        ("read:maybe", 5..10, "true or false"),
        ("created_at:gt:soon", 14..18, "2026-01-31"),
        ("created_at:>3d", 12..14, "-3d"),
        ("created_at:-3d", 11..14, "created_at:>-3d"),
        ("created_at:2026-02-30", 11..21, "today"),
        ("waiting:4h", 8..10, "waiting:>4h"),
        ("statistics_time_to_admin_reply:>soon", 32..36, "4h"),
        ("rating:9", 7..8, "1 to 5"),
        ("statistics_count_reopens:>many", 26..30, "whole number"),
        ("q:", 0..2, "charged twice"),
        ("contact_ids:in:a/b", 15..18, "ids"),
        ("assignee:in:,", 0..13, "needs a value"),
        ("x state:,,", 2..10, "needs a value"),
        ("due:>yes", 5..8, "write due:yes"),
        ("waiting:<no", 9..11, "write waiting:no"),
        ("rating:>none", 8..12, "write rating:none"),
        ("a -state:open", 2..3, "state:!=closed"),
        ("!read:true", 0..1, "!="),
        ("(state:open OR state:closed)", 0..1, "Brackets"),
    ];
    for (typed, at, says) in table {
        let wrong = parse(typed).unwrap_err();
        assert_eq!(wrong.at, at, "{typed}: {}", wrong.sentence);
        assert!(wrong.sentence.contains(says), "{typed}: {}", wrong.sentence);
    }
    assert!(parse(&"x".repeat(5_000)).is_err());
}

#[test]
fn values_that_nobody_knows_are_remarked() {
    let mut roster = roster();
    roster.learn_row(&ConversationRow {
        tags: vec![Tag { id: "9".into(), name: Clean::line("billing, paid") }],
        ..row()
    });
    let known = known(&roster);
    assert_eq!(remarks("tag:\"billing, paid\" tag:bill tag:none tag:17 tag:bill,9", &known), []);
    let unseen = remarks("tag:nope tag:blah", &known);
    assert_eq!((unseen.len(), unseen[0].at.clone()), (2, 4..8));
    for typed in ["tag:bill,nope", "tag_ids:9,nope"] {
        assert_eq!(remarks(typed, &known)[0].sentence, "No tag called nope was seen yet.", "{typed}");
    }
    let joined = remarks("refund OR state:pending", &known);
    assert_eq!(joined.iter().map(|remark| remark.at.clone()).collect::<Vec<_>>(), [7..9, 16..23]);
    assert!(joined[0].sentence.starts_with("OR is looked for as a word"), "{}", joined[0].sentence);
    assert_eq!(remarks("\"OR\" or state:open,", &known), []);
    let remarks = remarks("state:pending channel:chat priority:in:urgent,blocker", &known);
    let said: Vec<_> = remarks.iter().map(|remark| (remark.at.clone(), remark.sentence.as_str())).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(said[0].0, 6..13);
    assert!(said[0].1.starts_with("pending is no value that is known of state (open, closed, snoozed)"));
    assert!(said[1].1.starts_with("blocker"));
}

#[test]
fn pieces_are_told_apart() {
    use TokenKind::{Field, Odd, Operator, Unknown, Value, Words, Wrong};

    let text = "state:gt:x waiting:>4h state:pending a\"b statistics_new:1 stae:x q:\"x y\" limit:5 \"open";
    let found: Vec<(&str, TokenKind)> =
        tokens(text).into_iter().map(|token| (&text[token.at], token.kind)).collect();
    assert_eq!(
        found,
        [
            ("state:", Field),
            ("gt:", Operator),
            ("x", Wrong),
            ("waiting:", Field),
            (">", Operator),
            ("4h", Value),
            ("state:", Field),
            ("pending", Odd),
            ("a\"b", Words),
            ("statistics_new:", Unknown),
            ("1", Value),
            ("stae:", Wrong),
            ("x", Wrong),
            ("q:", Field),
            ("\"x y\"", Words),
            ("limit:", Wrong),
            ("5", Wrong),
            ("\"open", Wrong),
        ]
    );
}

#[test]
fn a_wide_colon_is_said() {
    let wrong = parse("refund state：open").unwrap_err();
    assert_eq!(wrong.at, 12..15);
    assert!(wrong.sentence.contains("write state:"), "{}", wrong.sentence);
    // Words with one are words where no field is meant.
    for words in ["\"state：open\"", "件名：返金", "x：y", "-5", "(see below)", "-x:y", "\"-state:open\""]
    {
        assert!(parse(words).is_ok(), "{words}");
    }
}
