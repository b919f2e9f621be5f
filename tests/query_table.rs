//! A table of queries: what is read, printed back, sent and cut here, and which conversations of a real server over real
//! HTTP that brings, compared with a plain look at all there are.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what it finds by failing")]

#[path = "query_table/desk.rs"]
mod desk;
#[path = "query_table/rows.rs"]
mod rows;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use desk::{Desk, known, roster};
use rows::{ROWS, WRONG};
use switchboard::domain::conversation::ConversationRow;
use switchboard::domain::query::check;

/// Everything that is there, whole.
async fn everything(desk: &mut Desk) -> Vec<ConversationRow> {
    let roster = roster();
    let (_, settled) = check("", &known(&roster)).unwrap();
    desk.found(&settled, &roster).await
}

#[tokio::test]
async fn every_query_finds_what_a_plain_look_finds() {
    let mut desk = Desk::open(Vec::new()).await;
    let all = everything(&mut desk).await;
    assert!(all.len() > 300 && all.iter().all(|row| !row.thin));
    let roster = roster();
    let mut brought = 0;
    for (typed, holds) in ROWS {
        let (_, settled) = check(typed, &known(&roster)).unwrap_or_else(|wrong| panic!("{typed}: {wrong}"));
        let found: BTreeSet<String> =
            desk.found(&settled, &roster).await.iter().map(|row| row.id.to_string()).collect();
        let expected: BTreeSet<String> =
            all.iter().filter(|row| holds(row)).map(|row| row.id.to_string()).collect();
        assert_eq!(found, expected, "{typed}");
        brought += usize::from(!found.is_empty());
    }
    assert!(ROWS.len() >= 60 && brought * 10 >= ROWS.len() * 8, "{brought} of {} bring rows", ROWS.len());
}

/// As above on a server with the values of REST 2.16: priority levels, 0 for nobody (intercom-mcp section 6).
#[tokio::test]
async fn both_versions_of_the_values_are_understood() {
    let mut desk = Desk::open(vec![switchboard::demo::Fault::Rest216]).await;
    let all = everything(&mut desk).await;
    let roster = roster();
    for (typed, holds) in
        ROWS.iter().filter(|(typed, _)| typed.contains("priority") || typed.contains("none"))
    {
        let (_, settled) = check(typed, &known(&roster)).unwrap();
        let found = desk.found(&settled, &roster).await.len();
        assert_eq!(found, all.iter().filter(|row| holds(row)).count(), "{typed}");
    }
}

#[tokio::test]
async fn what_is_sent() {
    let mut desk = Desk::open(Vec::new()).await;
    let roster = roster();
    let mut table = String::new();
    for (typed, _) in ROWS {
        let (query, settled) = check(typed, &known(&roster)).unwrap();
        let sent = desk.explain(&settled).await;
        let cut = settled.cut_words();
        writeln!(table, "{typed}\n  = {query}\n  > {sent}").unwrap();
        if !cut.is_empty() {
            writeln!(table, "  ! {cut}").unwrap();
        }
    }
    for typed in WRONG {
        let wrong = check(typed, &known(&roster)).unwrap_err();
        writeln!(table, "{typed}\n  x {:?} {wrong}", &typed[wrong.at.clone()]).unwrap();
    }
    insta::assert_snapshot!(table);
}
