//! Tests of the query string.

use proptest::prelude::*;

use super::*;

fn refused(text: &str) -> String {
    parse(text).unwrap_err().text()
}

#[test]
fn tokens_are_cut_at_colons_and_quotes() {
    let found =
        tokens("state:open  source_body:contains:\"two \\\"words\\\" here\" q:\"a:b\" x:https://a.example/b")
            .unwrap();
    let read: Vec<_> = found
        .iter()
        .map(|token| (token.name.as_str(), token.operator.as_deref(), token.value.as_str()))
        .collect();
    assert_eq!(
        read,
        [
            ("state", None, "open"),
            ("source_body", Some("contains"), "two \"words\" here"),
            ("q", None, "a:b"),
            ("x", None, "https://a.example/b"),
        ]
    );
}

#[test]
fn the_object_type_is_needed_once() {
    assert!(refused("state:open").contains("must include object_type"));
    assert!(refused("").contains("must include object_type"));
    assert!(refused("object_type:tickets").contains("'tickets'"));
    assert!(refused("object_type:contacts object_type:contacts").contains("only once"));
}

#[test]
fn mistakes_are_named() {
    let with = |rest: &str| refused(&format!("object_type:conversations {rest}"));
    assert_eq!(with("colour:red"), "Unknown field 'colour' for object_type:conversations");
    assert_eq!(
        with("state:like:open"),
        "Unknown operator 'like' for field 'state': use eq, neq, gt, lt, gte, lte, contains or in"
    );
    assert_eq!(with("state:gt:open"), "Operator 'gt' is not supported for field 'state'");
    assert_eq!(
        with("created_at:gt:yesterday"),
        "Invalid date 'yesterday' for field 'created_at': use Unix seconds or YYYY-MM-DD"
    );
    assert_eq!(with("read:maybe"), "Invalid value 'maybe' for field 'read': expected true or false");
    assert_eq!(
        with("admin_assignee_id:me"),
        "Invalid value 'me' for field 'admin_assignee_id': expected a number"
    );
    assert!(with("limit:151").contains("from 1 to 150"));
    assert!(with("limit:0").contains("from 1 to 150"));
    assert!(with("refund").contains("Unexpected 'refund'"));
    assert!(with("q:\"refund").contains("Unclosed quote"));
    assert!(with("state:").contains("Missing value for 'state'"));
    assert!(with(&"state:open ".repeat(16)).contains("composite query"));
}

#[test]
fn the_cursor_is_no_part_of_the_query() {
    let first = parse("object_type:contacts limit:7").unwrap();
    let second = parse("object_type:contacts limit:7 starting_after:abc").unwrap();
    assert_eq!(first.limit, 7);
    assert_eq!(second.starting_after.as_deref(), Some("abc"));
    assert_eq!(first.without_cursor, second.without_cursor);
}

proptest! {
    #[test]
    fn no_query_panics(text in "(object_type:contacts )?[a-z_:\"\\\\ 0-9ø-]{0,40}") {
        drop(parse(&text));
    }
}
