//! `switchboard doctor`: prints the ladder as it is climbed. Owns how a finding looks; refuses to judge one.

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use super::exit::{Exit, Refusal};
use super::output::Output;
use crate::domain::examination::{Finding, Rung, Verdict};
use crate::domain::text::pad;
use crate::session::Settings;
use crate::session::doctor::{Patient, examine};

/// Cells of the longest rung's title.
const TITLE: usize = 10;
/// Where a hint stands: under the sentence.
const INDENT: usize = 2 + TITLE + 1 + 11;

/// Examines a server.
///
/// # Errors
/// Something is wrong with it; that was printed.
pub(super) async fn run(settings: Settings, json: bool) -> Result<(), Refusal> {
    let Settings { address, account, limits, tap, memory } = settings;
    let output = Output::standard();
    let findings = Mutex::new(Vec::new());
    let printed = Mutex::new(Ok(()));
    let exit = Mutex::new(Exit::Error);
    let patient = Patient { address, account, limits, tap, memory };
    let sound = examine(patient, |finding: Finding| {
        if finding.verdict == Verdict::Bad {
            *exit.lock().unwrap_or_else(PoisonError::into_inner) = ends(&finding);
        }
        if json {
            findings.lock().unwrap_or_else(PoisonError::into_inner).push(value(&finding));
            return;
        }
        let mut printed = printed.lock().unwrap_or_else(PoisonError::into_inner);
        if printed.is_ok() {
            *printed = rows(&finding).iter().try_for_each(|row| output.line(row));
        }
    });
    let sound = sound.await;
    printed.into_inner().unwrap_or_else(PoisonError::into_inner)?;
    if json {
        let findings = findings.into_inner().unwrap_or_else(PoisonError::into_inner);
        output.json(&json!({ "ok": sound, "findings": findings }))?;
    }
    let exit = exit.into_inner().unwrap_or_else(PoisonError::into_inner);
    if sound { Ok(()) } else { Err(Refusal::said(exit)) }
}

/// How the program ends for a rung that broke: what may be different later is no error of anybody's.
fn ends(finding: &Finding) -> Exit {
    let passes = matches!(
        (finding.rung, finding.cause),
        (Rung::Name | Rung::Tcp, _)
            | (_, "rate-limited")
            | (
                Rung::Tls | Rung::Http,
                "tls-no-answer"
                    | "tls-cut"
                    | "connection-cut"
                    | "no-answer"
                    | "slow-answer"
                    | "slow"
                    | "gateway"
                    | "server-error"
            )
    );
    if finding.rung == Rung::SignIn {
        Exit::SignIn
    } else if passes {
        Exit::Later
    } else {
        Exit::Error
    }
}

fn value(finding: &Finding) -> Value {
    let tenths = u32::try_from(finding.tenths).unwrap_or(u32::MAX);
    json!({
        "rung": finding.rung.title(),
        "verdict": word(finding.verdict),
        "sentence": finding.sentence.as_str(),
        "hint": finding.hint.as_str(),
        "cause": finding.cause,
        "milliseconds": f64::from(tenths) / 10.0,
    })
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Good => "good",
        Verdict::Notice => "notice",
        Verdict::Bad => "bad",
        Verdict::Skipped => "skipped",
    }
}

fn mark(verdict: Verdict) -> char {
    match verdict {
        Verdict::Good => '✓',
        Verdict::Notice => '!',
        Verdict::Bad => '✗',
        Verdict::Skipped => '–',
    }
}

/// The finding, and what to do about it under its sentence.
fn rows(finding: &Finding) -> Vec<String> {
    let took = match finding.verdict {
        Verdict::Skipped => String::new(),
        Verdict::Good | Verdict::Notice | Verdict::Bad => {
            format!("{}.{} ms", finding.tenths / 10, finding.tenths % 10)
        }
    };
    let title = pad(finding.rung.title(), TITLE);
    let row = format!("{} {title} {took:>10} {}", mark(finding.verdict), finding.sentence);
    let hint = format!("{:INDENT$}{}", "", finding.hint);
    let told = if finding.hint.is_empty() { None } else { Some(hint) };
    std::iter::once(row.trim_end().to_owned()).chain(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::{Clean, width};

    fn finding(verdict: Verdict, hint: &str) -> Finding {
        let sentence = Clean::line("Something.");
        Finding { rung: Rung::Tcp, verdict, sentence, hint: Clean::line(hint), cause: "", tenths: 123 }
    }

    #[test]
    fn a_hint_stands_under_its_sentence() {
        assert!(Rung::ALL.iter().all(|rung| width(rung.title()) <= TITLE));
        let rows = rows(&finding(Verdict::Bad, "Do this."));
        assert_eq!(rows, ["✗ connection    12.3 ms Something.", "                        Do this."]);
        assert_eq!(super::rows(&finding(Verdict::Skipped, "")), ["– connection            Something."]);
    }

    #[test]
    fn a_rung_and_its_cause_decide_how_it_ends() {
        let ended = |rung, cause| ends(&Finding { rung, cause, ..finding(Verdict::Bad, "") });
        assert_eq!(ended(Rung::SignIn, "sign-in-wanted"), Exit::SignIn);
        assert_eq!(ended(Rung::Name, "name-unknown"), Exit::Later);
        assert_eq!(ended(Rung::Tcp, "refused"), Exit::Later);
        assert_eq!(ended(Rung::Tls, "tls-no-answer"), Exit::Later);
        assert_eq!(ended(Rung::Tls, "certificate-expired"), Exit::Error);
        assert_eq!(ended(Rung::Http, "no-answer"), Exit::Later);
        assert_eq!(ended(Rung::Http, "wrong-path"), Exit::Error);
        assert_eq!(ended(Rung::Read, "rate-limited"), Exit::Later);
    }

    #[test]
    fn scripts_get_plain_words() {
        let value = value(&finding(Verdict::Notice, ""));
        assert_eq!(
            value.to_string(),
            r#"{"rung":"connection","verdict":"notice","sentence":"Something.","hint":"","cause":"","milliseconds":12.3}"#
        );
    }
}
