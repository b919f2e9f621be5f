use proptest::prelude::*;

use super::*;
use crate::domain::conversation::{Tag, bare_row};
use crate::domain::id::{AdminId, TeamId};
use crate::domain::text::Clean;

const NOW: i64 = 1_786_900_000;
const AT: At = At { now: Unix(NOW), zone: 7200 };

fn section(board: &Board, topic: Topic) -> &Section {
    board.sections.iter().find(|section| section.topic == topic).unwrap()
}

fn counts(board: &Board, topic: Topic) -> Vec<(String, usize)> {
    let name = |key: &Kept| match key {
        Kept::Number(number) => number.to_string(),
        Kept::Word(word) => word.to_string(),
        Kept::None => "none".into(),
        Kept::Unknown => "unknown".into(),
    };
    section(board, topic).buckets.iter().map(|bucket| (name(&bucket.key), bucket.count)).collect()
}

fn waits(seconds: i64) -> ConversationRow {
    ConversationRow { waiting_since: Some(Unix(NOW - seconds)), ..bare_row(1) }
}

#[test]
fn waiting_falls_into_the_span_whose_end_it_has_not_reached() {
    let table = [
        (-5, 0),
        (0, 0),
        (3_599, 0),
        (3_600, 1),
        (14_399, 1),
        (14_400, 2),
        (86_399, 2),
        (86_400, 3),
        (259_199, 3),
        (259_200, 4),
        (NOW, 4),
    ];
    for (seconds, bucket) in table {
        let row = waits(seconds);
        assert!(belongs(Topic::Waiting, Key::Number(bucket), &row, AT), "{seconds}");
    }
    let extreme = ConversationRow { waiting_since: Some(Unix(i64::MIN)), ..bare_row(1) };
    assert!(belongs(Topic::Waiting, Key::Number(4), &extreme, AT));
    assert!(belongs(Topic::Waiting, Key::None, &bare_row(1), AT));
}

#[test]
fn hours_are_those_of_the_users_day() {
    let opened = |seconds| ConversationRow { created_at: Some(Unix(seconds)), ..bare_row(1) };
    for (seconds, zone, hour) in [(0, 0, 0), (0, 7200, 2), (0, -3600, 23), (-1, 0, 23), (82_800, 3600, 0)] {
        let at = At { now: Unix(NOW), zone };
        assert!(belongs(Topic::Hour, Key::Number(hour), &opened(seconds), at), "{seconds} {zone}");
    }
    for seconds in [i64::MIN, i64::MAX] {
        let board = count(&[opened(seconds)], AT);
        assert_eq!(section(&board, Topic::Hour).have, 1);
    }
}

#[test]
fn medians_and_nineties_are_lengths_that_occur() {
    let took = |first_reply| ConversationRow { first_reply, ..bare_row(1) };
    let times = |lengths: &[Option<i64>]| {
        let rows: Vec<ConversationRow> = lengths.iter().map(|length| took(*length)).collect();
        let board = count(&rows, AT);
        let section = section(&board, Topic::FirstReply);
        (section.times.map(|times| (times.median, times.p90)), section.known)
    };
    assert_eq!(times(&[]), (None, 0));
    assert_eq!(times(&[None, Some(-4)]), (None, 0));
    assert_eq!(times(&[Some(7), None]), (Some((7, 7)), 1));
    assert_eq!(times(&[Some(10), Some(1)]), (Some((1, 10)), 2));
    let ten: Vec<Option<i64>> = (1..=10).rev().map(Some).collect();
    assert_eq!(times(&ten), (Some((5, 9)), 10));
}

#[test]
fn words_come_with_the_most_first_and_what_is_missing_last() {
    let to = |id: Option<&str>| ConversationRow { admin: id.and_then(AdminId::read), ..bare_row(1) };
    let thin = ConversationRow { thin: true, ..to(Some("7")) };
    let rows = [to(Some("8")), to(None), to(Some("7")), to(Some("8")), to(None), thin];
    let expected = [("8", 2), ("7", 1), ("none", 2), ("unknown", 1)];
    let expected: Vec<(String, usize)> = expected.map(|(word, count)| (word.into(), count)).into();
    let board = count(&rows, AT);
    assert_eq!(counts(&board, Topic::Assignee), expected);
    let assignees = section(&board, Topic::Assignee);
    assert_eq!((assignees.known, assignees.have, board.rows), (5, 3, 6));
}

#[test]
fn a_tag_counts_once_for_a_row_that_has_it_twice() {
    let tag = |id: &str, name| Tag { id: id.into(), name: Clean::fixed(name) };
    let tags = vec![tag("1", "bug"), tag("", "billing"), tag("1", "bug")];
    let board = count(&[ConversationRow { tags, ..bare_row(1) }, bare_row(2)], AT);
    let expected = [("1", 1), ("billing", 1), ("none", 1)];
    assert_eq!(counts(&board, Topic::Tag), expected.map(|(word, count)| (word.into(), count)));
}

#[test]
fn shares_of_ratings_are_of_those_that_rated() {
    let rated = |rating| ConversationRow { rating, ..bare_row(1) };
    let rows = [rated(Some(5)), rated(Some(5)), rated(Some(1)), rated(None), rated(None)];
    let board = count(&rows, AT);
    let ratings = section(&board, Topic::Rating);
    let shares: Vec<Option<usize>> =
        ratings.buckets.iter().map(|bucket| ratings.share(bucket, board.rows)).collect();
    assert_eq!(shares, [Some(67), Some(0), Some(0), Some(0), Some(33), None]);
    let empty = count(&[], AT);
    assert!(
        empty.sections.iter().all(|section| section.buckets.iter().all(|b| section.share(b, 0).is_none()))
    );
}

#[test]
fn bars_and_sparklines() {
    let table = [
        (0, 8, 4, ""),
        (8, 8, 4, "████"),
        (4, 8, 4, "██"),
        (1, 1_000, 4, "▏"),
        (3, 8, 4, "█▌"),
        (5, 0, 4, "▏"),
        (9, 8, 2, "██"),
        (3, 8, 0, ""),
    ];
    for (count, most, cells, drawn) in table {
        assert_eq!(bar(count, most, cells), drawn, "{count} of {most}");
    }
    assert_eq!(spark(&[0, 1, 4, 8], 1), " ▁▄█");
    assert_eq!(spark(&[1, 1_000], 2), "▁▁██");
    assert_eq!(spark(&[0, 0], 1), "  ");
}

fn any_row() -> impl Strategy<Value = ConversationRow> {
    let times = (
        proptest::option::of(any::<i64>()),
        proptest::option::of(NOW - 400_000..NOW + 99),
        proptest::option::of(-10i64..900_000),
        proptest::option::of(-10i64..900_000),
    );
    let who =
        (proptest::option::of(0u8..4), proptest::option::of(0u8..3), proptest::collection::vec(0u8..4, 0..4));
    let rest = (0u8..5, proptest::option::of(0u8..8), 0u8..3, 0u8..4, any::<bool>(), 0u8..5);
    (times, who, rest).prop_map(|((created, waiting, reply, close), (admin, team, tags), rest)| {
        let (state, rating, channel, fin, thin, urgency) = rest;
        let words = ["", "email", "chat"];
        ConversationRow {
            created_at: created.map(Unix),
            waiting_since: waiting.map(Unix),
            first_reply: reply,
            first_close: close,
            admin: admin.and_then(|id| AdminId::read(&id.to_string())),
            team: team.and_then(|id| TeamId::read(&id.to_string())),
            tags: tags
                .into_iter()
                .map(|id| Tag { id: id.to_string().into(), name: Clean::default() })
                .collect(),
            state: [
                State::Open,
                State::Closed,
                State::Snoozed,
                State::Unsaid,
                State::Other(Clean::fixed("odd")),
            ][usize::from(state)]
            .clone(),
            rating,
            channel: Clean::fixed(words[usize::from(channel)]),
            fin: (fin > 0)
                .then(|| Fin { resolution: Clean::fixed(words[usize::from(fin - 1)]), ..Fin::default() }),
            priority: [Priority::None, Priority::Low, Priority::Medium, Priority::High, Priority::Urgent]
                [usize::from(urgency)],
            thin,
            ..bare_row(1)
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// What a bucket says is how many rows one finds by asking each of them.
    #[test]
    fn buckets_hold_what_they_say(rows in proptest::collection::vec(any_row(), 0..40), zone in -50_000i32..50_000) {
        let at = At { now: Unix(NOW), zone };
        let board = count(&rows, at);
        prop_assert_eq!(board.rows, rows.len());
        for section in &board.sections {
            for bucket in &section.buckets {
                let found = rows.iter().filter(|row| belongs(section.topic, bucket.key.key(), row, at)).count();
                prop_assert_eq!(found, bucket.count, "{:?} {:?}", section.topic, bucket);
            }
            let sum: usize = section.buckets.iter().map(|bucket| bucket.count).sum();
            if section.topic == Topic::Tag {
                prop_assert!(sum >= rows.len());
            } else {
                prop_assert_eq!(sum, rows.len(), "{:?}", section.topic);
            }
        }
    }

    /// Medians against the plain definition: the least length that at least so many do not exceed.
    #[test]
    fn times_are_as_defined(lengths in proptest::collection::vec(0i64..1_000, 1..60)) {
        let rows: Vec<ConversationRow> =
            lengths.iter().map(|length| ConversationRow { first_close: Some(*length), ..bare_row(1) }).collect();
        let board = count(&rows, AT);
        let times = section(&board, Topic::FirstClose).times.unwrap();
        for (found, percent) in [(times.median, 50), (times.p90, 90)] {
            let within = |limit: i64| lengths.iter().filter(|length| **length <= limit).count() * 100;
            prop_assert!(lengths.contains(&found) && within(found) >= percent * lengths.len());
            prop_assert!(lengths.iter().all(|other| *other >= found || within(*other) < percent * lengths.len()));
        }
    }

    #[test]
    fn bars_stay_in_their_cells(count in 0usize..5_000, most in 0usize..5_000, cells in 0usize..90) {
        let drawn = bar(count, most, cells);
        prop_assert!(drawn.chars().count() <= cells);
        prop_assert_eq!(drawn.is_empty(), count == 0 || cells == 0);
    }
}
