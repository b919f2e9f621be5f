//! One misbehaviour at a time, and what is told about it.

mod faults;
mod others;
mod server;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::SecretString;

use super::*;
use server::{Play, Server};

const TOKEN: &str = "tok-secret-0123456789";

fn limits() -> Limits {
    Limits::default()
}

/// For plays that stay silent: nobody should wait longer than needed for what never comes.
fn short() -> Limits {
    let short = Duration::from_millis(600);
    Limits { headers: short, idle_body: short, ..Limits::default() }
}

fn patient(address: &str, token: Option<&str>, limits: Limits) -> Patient {
    let tap = Tap::default();
    let account = token.map_or_else(Account::nobody, |token| {
        Account::bearer(&SecretString::from(token.to_owned()), tap.secrets()).unwrap()
    });
    let address = Address::Http { endpoint: address.parse().unwrap(), transport: Transport::Auto };
    Patient { address, account, limits, tap, memory: None }
}

async fn findings(patient: Patient, environment: &Environment<'_>) -> Vec<Finding> {
    let told = Mutex::new(Vec::new());
    let sound = examine_in(patient, environment, &|finding| told.lock().unwrap().push(finding)).await;
    let told = told.into_inner().unwrap();
    whole(&told);
    assert_eq!(sound, told.iter().all(|finding| finding.verdict != Verdict::Bad));
    told
}

/// What holds for every examination: each rung once and in order, nothing tried above what broke, words for everything.
fn whole(told: &[Finding]) {
    let rungs: Vec<Rung> = told.iter().map(|finding| finding.rung).collect();
    assert_eq!(rungs, Rung::ALL);
    let bad = told.iter().position(|finding| finding.verdict == Verdict::Bad);
    let above = bad.map_or(&[][..], |bad| &told[bad + 1..]);
    assert!(above.iter().all(|finding| finding.verdict == Verdict::Skipped), "{told:?}");
    for finding in told {
        assert!(!finding.sentence.is_empty(), "{finding:?}");
        assert!(finding.sentence.ends_with(['.', '!', '?', '…']), "{finding:?}");
        let wrong = matches!(finding.verdict, Verdict::Bad | Verdict::Notice);
        assert_eq!(wrong, !finding.cause.is_empty() && !finding.hint.is_empty(), "{finding:?}");
        let words = format!("{}{}", finding.sentence, finding.hint);
        assert!(!words.contains(TOKEN), "a secret was told: {words}");
    }
}

fn no_environment(_: &str) -> Option<String> {
    None
}

/// The rung that a cause was told on; what breaks comes first.
fn caused<'a>(told: &'a [Finding], cause: &str) -> Option<&'a Finding> {
    told.iter().find(|finding| finding.cause == cause)
}

fn lines(told: &[Finding], port: u16) -> String {
    let lines = told.iter().filter(|finding| !finding.cause.is_empty()).map(|finding| {
        let Finding { rung, verdict, sentence, hint, cause, .. } = finding;
        format!("  {}: {verdict:?} {cause}\n    {sentence}\n    {hint}\n", rung.title())
    });
    let lines = lines.collect::<String>();
    // How far two clocks are apart depends on the day this runs.
    let lines = lines.replace(&days(&lines), "N days");
    lines.replace(&format!("127.0.0.1:{port}"), "HOST").replace(&port.to_string(), "PORT")
}

fn days(lines: &str) -> String {
    let before = lines.split(" days").next().unwrap_or_default();
    let digits = before.chars().rev().take_while(char::is_ascii_digit).count();
    format!("{} days", &before[before.len() - digits..])
}
