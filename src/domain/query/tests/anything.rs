//! Whatever is typed: nothing panics, printing is stable, completing goes on, boxes lose nothing.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// A query that can be read, of every kind of word.
pub(crate) fn readable() -> impl Strategy<Value = String> {
    let value = "[a-z0-9船é]{1,6}( [a-z\\\\\":<>,]{1,5})?";
    let filter = (select(FIELDS.to_vec()), any::<prop::sample::Index>(), any::<prop::sample::Index>(), value);
    let word = filter.prop_map(|(field, operator, pick, free)| {
        let operators = field.kind.operators();
        let operator = operators[operator.index(operators.len())];
        let from = |values: &[&str]| values[pick.index(values.len())].to_owned();
        let plain = operator == Operator::Equal;
        let value = match field.kind {
            Kind::Flag => from(&["true", "false"]),
            Kind::Time if plain => from(&["today", "2026-01-31", "1786900000", "2026-01-31T09:30"]),
            Kind::Due | Kind::Time => from(&["-3d", "yesterday", "+2h", "2026-01-31 09:30"]),
            Kind::Waiting if plain => from(&["yes", "no"]),
            Kind::Length | Kind::Waiting => from(&["4h", "1h30m", "90"]),
            Kind::Count | Kind::Rating => from(&["1", "2", "5"]),
            Kind::Id | Kind::Ids => from(&["7001001", "me"]),
            Kind::Word | Kind::Text | Kind::Words | Kind::Assignee | Kind::Team | Kind::Tag => free,
        };
        let value = if matches!(field.kind, Kind::Due) && plain { "today".to_owned() } else { value };
        Filter { field: field.name.to_owned(), operator, value: value.trim().to_owned() }.to_string()
    });
    let free = "[a-z船]{1,5}";
    prop::collection::vec(prop_oneof![4 => word, 1 => free], 0..5).prop_map(|words| words.join("  "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn printing_is_stable(source in "[a-z_:\\\\\"<>=!, .@0-9é船-]{0,60}") {
        if let Ok(query) = parse(&source) {
            let once = query.to_string();
            prop_assert_eq!(parse(&once), Ok(query.clone()), "{}", once);
            prop_assert_eq!(parse(&query.typed()), Ok(query));
        }
    }

    #[test]
    fn what_can_be_read_is_printed_and_settled(source in readable()) {
        let query = parse(&source).unwrap();
        prop_assert_eq!(parse(&query.to_string()), Ok(query.clone()));
        prop_assert_eq!(parse(&query.typed()), Ok(query.clone()));
        let roster = roster();
        if let Ok(settled) = query.settled(&known(&roster)) {
            let sent = settled.sent.to_string();
            prop_assert_eq!(parse(&sent).map(|sent| sent.to_string()), Ok(sent));
            prop_assert_eq!(settled.cut.is_empty(), settled.cut_words().is_empty());
        }
    }

    #[test]
    fn nothing_typed_panics(source in "\\PC{0,80}", cursor in 0..90_usize, now in any::<i64>(), zone in any::<i32>()) {
        let roster = roster();
        let known = Known { now: Unix(now), zone, roster: &roster };
        let mut end = 0;
        for token in tokens(&source) {
            prop_assert!(token.at.start >= end && token.at.end <= source.len() && !token.at.is_empty());
            prop_assert!(source.get(token.at.clone()).is_some());
            end = token.at.end;
        }
        if let Err(wrong) = check(&source, &known) {
            prop_assert!(source.get(wrong.at).is_some());
        }
        if let Some(completion) = complete(&source, cursor, &known) {
            prop_assert!(source.get(completion.at).is_some() && !completion.offers.is_empty());
        }
        let _ = remarks(&source, &known);
        let _ = parse(&source).map(|query| (query.times(&known), Boxes::of(&query)));
    }

    /// Behind what can be read, any offer for any beginning leads on, and soon to something that can be read.
    #[test]
    fn completing_goes_on(before in readable(), begun in "[a-z]{0,3}", picks in prop::collection::vec(0..40_usize, 4)) {
        let roster = roster();
        let mut text = format!("{before} {begun}").trim_start().to_owned();
        for pick in picks {
            let Some(completion) = complete(&text, text.len(), &known(&roster)) else { break };
            let offer = &completion.offers[pick % completion.offers.len()];
            text.replace_range(completion.at, &offer.insert);
            if text.ends_with(' ') {
                prop_assert!(parse(&text).is_ok(), "{}: {:?}", text, parse(&text));
                break;
            }
            prop_assert!(text.ends_with(':') , "{}", text);
            let wrong = tokens(&text).into_iter().any(|token| token.kind == TokenKind::Wrong);
            prop_assert!(!wrong, "{}", text);
        }
    }

    #[test]
    fn boxes_lose_nothing(source in readable()) {
        let query = parse(&source).unwrap();
        let back = form::Boxes::of(&query).query().unwrap();
        let sorted = |query: &Query| {
            let mut lines: Vec<String> = query.filters.iter().map(Filter::to_string).collect();
            lines.sort();
            lines
        };
        prop_assert_eq!((sorted(&back), &back.text), (sorted(&query), &query.text));
    }
}

use form::Boxes;

#[test]
fn boxes_say_which_one_is_wrong() {
    let mut boxes = Boxes::of(&parse("state:open waiting:>4h state:closed refund").unwrap());
    let titles: Vec<(&str, &str)> = boxes
        .entries()
        .iter()
        .filter(|entry| !entry.value.is_empty())
        .map(|entry| (entry.title, entry.value.as_str()))
        .collect();
    assert_eq!(
        titles,
        [
            ("State", "open"),
            ("Waiting longer than", "4h"),
            ("Words", "refund"),
            ("Anything else", "state:closed")
        ]
    );
    let number = boxes.entries().iter().position(|entry| entry.title == "Opened since").unwrap();
    boxes.set(number, "3d");
    let (wrong, sentence) = boxes.query().unwrap_err();
    assert!(wrong == number && sentence.contains("-3d"), "{sentence}");
    boxes.set(number, "-3d");
    assert_eq!(
        boxes.query().unwrap().to_string(),
        "state:open waiting:gt:4h created_at:gt:-3d state:closed q:refund"
    );
}

#[test]
fn what_is_likeliest_is_offered_first() {
    let roster = roster();
    let first = |text: &str| {
        let found = complete(text, text.len(), &known(&roster));
        let offers = found.map(|found| found.offers).unwrap_or_default();
        offers.into_iter().take(3).map(|offer| offer.insert).collect::<Vec<_>>().join("|")
    };
    let table = [
        ("", "state:|assignee:|waiting:"),
        ("sta", "state:|statistics_time_to_admin_reply:|statistics_time_to_first_close:"),
        ("state:", "open |closed |snoozed "),
        ("state:cl", "closed "),
        ("assignee:o", "\"Omar Aziz\" |none |\"Ida Holm\" "),
        ("assignee:\"id", "\"Ida Berg\" |\"Ida Holm\" "),
        ("assignee:in:me,oma", "\"Omar Aziz\" "),
        ("assignee:me,oma", "\"Omar Aziz\" "),
        ("state:open,cl", "closed "),
        ("assignee:\"Berg, I", ""),
        ("assignee:ÓMÁR", "\"Omar Aziz\" "),
        ("admin_assignee_id:be", "7001001 "),
        ("waiting:>4", "4h |4d |4m "),
        ("created_at:>-", "-1h |-1d |-3d "),
        ("source_body:", "contains:|neq:"),
        ("source_body:contains:", ""),
        ("priority:ur", "urgent "),
        ("rating:neq:n", "none |any "),
        ("xyzzy", ""),
        ("\"in quotes", ""),
    ];
    for (text, offers) in table {
        assert_eq!(first(text), offers, "{text}");
    }
    let among = complete("state:open,cl,snoozed x", 13, &known(&roster)).unwrap();
    assert_eq!((among.at, among.offers[0].insert.as_str()), (11..13, "closed"));
    let inside = complete("state:open prio:high", 13, &known(&roster)).unwrap();
    assert_eq!((inside.at, inside.offers[0].insert.as_str()), (11..16, "priority:"));
}
