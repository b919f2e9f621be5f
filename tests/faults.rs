//! Every fault that clients of real servers have met, against a server that misbehaves on purpose: how each call ended, in
//! which words, what was sent. No call without an end, no write sent twice, no hang, no secret written anywhere.
//!
//! `cargo test --test faults -- --nocapture` prints the table with times.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that does not find what it needs has to fail")]

mod faults {
    pub(crate) mod authority;
    pub(crate) mod bodies;
    pub(crate) mod bridge;
    pub(crate) mod browser;
    pub(crate) mod desk;
    pub(crate) mod eras;
    pub(crate) mod framing;
    pub(crate) mod legacy;
    pub(crate) mod limits;
    pub(crate) mod outcome;
    pub(crate) mod pending;
    pub(crate) mod planted;
    pub(crate) mod redirects;
    pub(crate) mod request;
    pub(crate) mod row;
    pub(crate) mod run;
    pub(crate) mod server;
    pub(crate) mod sessions;
    pub(crate) mod signing;
    pub(crate) mod streams;
    pub(crate) mod table;
    pub(crate) mod usual;
    pub(crate) mod visit;
}

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use faults::outcome::Outcome;
use faults::pending::PENDING;
use faults::row::{Row, Way};
use faults::table::{LEGEND, Told};
use futures::StreamExt as _;

/// Rows that run at the same time.
const AT_ONCE: usize = 8;

fn rows() -> Vec<Row> {
    use faults::{bodies, bridge, eras, framing, legacy, limits, redirects, sessions, signing, streams};
    let families: [(&'static str, Vec<Row>); 10] = [
        ("sessions", sessions::rows()),
        ("streams", streams::rows()),
        ("framing", framing::rows()),
        ("bodies", bodies::rows()),
        ("redirects", redirects::rows()),
        ("limits", limits::rows()),
        ("sign-in", signing::rows()),
        ("HTTP+SSE", legacy::rows()),
        ("eras", eras::rows()),
        ("bridge", bridge::rows()),
    ];
    let named =
        |(family, rows): (&'static str, Vec<Row>)| rows.into_iter().map(move |row| Row { family, ..row });
    families.into_iter().flat_map(named).collect()
}

async fn outcomes(rows: &[Row]) -> Vec<(Row, Outcome)> {
    let ways = |row: &Row| {
        let write = row.write.as_ref().map(|_| (row.clone(), Way::Write));
        [Some((row.clone(), Way::Read)), write].into_iter().flatten()
    };
    let runs: Vec<(Row, Way)> = rows.iter().flat_map(ways).collect();
    let runs = runs.into_iter().enumerate().map(|(place, (row, way))| async move {
        let shared = Arc::new(row);
        let its = Arc::clone(&shared);
        let outcome = tokio::spawn(async move { faults::run::run(&its, way).await }).await.unwrap();
        (place, (*shared).clone(), outcome)
    });
    let mut told: Vec<_> = futures::stream::iter(runs).buffer_unordered(AT_ONCE).collect().await;
    told.sort_by_key(|(place, ..)| *place);
    told.into_iter().map(|(_, row, outcome)| (row, outcome)).collect()
}

fn pending(row: &Row, way: Way) -> Option<&'static str> {
    let name = row.name(way);
    PENDING.iter().find(|(known, _)| *known == name).map(|(_, reason)| *reason)
}

/// The table, and all that is not as it should be.
fn table(told: &[(Row, Outcome)], times: bool) -> (String, Vec<String>) {
    let (mut out, mut wrong, mut last) = (LEGEND.to_owned(), Vec::new(), (String::new(), String::new()));
    for (row, outcome) in told {
        let heads = (row.family.to_owned(), format!("{} · {}", row.fault, row.variant));
        if heads.0 != last.0 {
            let _ = writeln!(out, "\n== {}", heads.0);
        }
        if heads.1 != last.1 {
            let _ = writeln!(out, "\n{}", heads.1);
        }
        last = heads;
        let pending = pending(row, outcome.way);
        out.push_str(&Told { row, outcome, pending }.text(times));
        let complaints = outcome.complaints(row);
        let name = row.name(outcome.way);
        match (pending, complaints.is_empty()) {
            (None, false) => wrong.push(format!("{name}\n    {}", complaints.join("\n    "))),
            (Some(_), true) => wrong.push(format!("{name}\n    is as it should be: strike it from PENDING")),
            (Some(_), false) | (None, true) => {}
        }
    }
    (out, wrong)
}

#[test]
fn every_fault_is_met() {
    let only = std::env::var("FAULTS").unwrap_or_default();
    let rows: Vec<Row> = rows().into_iter().filter(|row| row.name(Way::Read).contains(&only)).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    let told = runtime.block_on(outcomes(&rows));
    let (printed, _) = table(&told, true);
    println!("{printed}");
    // A fault counts once every row of it is as it should be.
    let open: BTreeSet<&str> = told
        .iter()
        .filter(|(row, outcome)| pending(row, outcome.way).is_some())
        .map(|(row, _)| row.fault)
        .collect();
    let faults: BTreeSet<&str> =
        rows.iter().map(|row| row.fault).filter(|fault| !open.contains(fault)).collect();
    println!(
        "{} faults in {} rows, {} runs, {} pending",
        faults.len(),
        rows.len(),
        told.len(),
        PENDING.len()
    );
    let (snapshot, wrong) = table(&told, false);
    assert!(wrong.is_empty(), "{} not as they should be:\n{}", wrong.len(), wrong.join("\n"));
    if only.is_empty() {
        for (name, _) in PENDING {
            let known = told.iter().any(|(row, outcome)| row.name(outcome.way) == *name);
            assert!(known, "there is no row {name}");
        }
        assert!(faults.len() >= 45, "{} faults", faults.len());
        insta::with_settings!({snapshot_path => "faults/snapshots", prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!("faults", snapshot);
        });
    }
}
