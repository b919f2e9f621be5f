//! The table as text: for the snapshot without times, for people with them.

use std::fmt::Write as _;

use switchboard::domain::call::End;

use super::outcome::Outcome;
use super::request::Seen;
use super::row::{Order, Row, Way, words_of};

/// How the table is to be read.
pub(crate) const LEGEND: &str = "Each request sent, in order: its method and tool, and in brackets the headers that matter: \
s a session id, a date the MCP-Protocol-Version, e an id to resume after, a Authorization.\n\
opens = POST server/discover (2026-07-28 a) → POST initialize (a) → POST tools/list (s 2025-11-25 a). Beside = sent beside those, in any order, each told once, without pings, and only where the link held.\n";

/// How a session with a server of the legacy era opens.
const OPENING: [&str; 3] =
    ["POST server/discover (2026-07-28 a)", "POST initialize (a)", "POST tools/list (s 2025-11-25 a)"];

/// One row as it was carried out.
pub(crate) struct Told<'a> {
    pub(crate) row: &'a Row,
    pub(crate) outcome: &'a Outcome,
    /// Why it is not yet as it should be.
    pub(crate) pending: Option<&'a str>,
}

impl Told<'_> {
    /// The row; with times for people.
    pub(crate) fn text(&self, times: bool) -> String {
        let mut out = String::new();
        let way = if self.outcome.way == Way::Read { "read " } else { "write" };
        if let Some(reason) = self.pending
            && !times
        {
            return format!("  {way} PENDING: {reason}\n");
        }
        self.head(&mut out, way, times);
        if self.row.order == Order::Open && !times {
            out.push_str("        next   and what was sent: depends on which of two things comes first\n");
        } else {
            self.tail(&mut out, times);
        }
        if let Some(reason) = self.pending {
            let _ = writeln!(out, "        PENDING: {reason}");
        }
        self.outcome.portless(&out)
    }

    fn tail(&self, out: &mut String, times: bool) {
        let then: Vec<String> = self.outcome.then.iter().map(words_of).collect();
        let took = if times { format!(" [row {} ms]", self.outcome.took.as_millis()) } else { String::new() };
        let _ = writeln!(out, "        next   {}{took}", then.join(", then "));
        let (mut sent, mut beside) = sent(self.outcome, self.row.order);
        if !times {
            // How often, whether a doubtful line was asked if it still answers, and what still reached a lost one, depends on
            // which of two things came first.
            beside.dedup();
            beside.retain(|one| !one.contains(" ping"));
            if self.outcome.then.iter().any(|end| matches!(end, End::NotSent(_))) {
                beside.clear();
            }
        }
        if sent.is_empty() {
            sent.push("nothing".to_owned());
        }
        let _ = writeln!(out, "        sent   {}", counted(opened(sent)).join(" → "));
        if !beside.is_empty() {
            let _ = writeln!(out, "        beside {}", counted(beside).join(", "));
        }
    }

    fn head(&self, out: &mut String, way: &str, times: bool) {
        if !self.outcome.signing.is_empty() {
            let _ = writeln!(out, "        sign-in {}", self.outcome.signing);
        }
        if self.outcome.link != "up" {
            let _ = writeln!(out, "        link   {}", self.outcome.link);
        }
        for (end, took) in &self.outcome.first {
            let took = if times { format!(" [{} ms]", took.as_millis()) } else { String::new() };
            let _ = writeln!(out, "  {way} {}{took}", words_of(end));
        }
    }
}

/// What was sent in order, and what beside it.
fn sent(outcome: &Outcome, order: Order) -> (Vec<String>, Vec<String>) {
    let (beside, sent): (Vec<&Seen>, Vec<&Seen>) = outcome.seen.iter().partition(|seen| is_beside(seen));
    let mut sent: Vec<String> = sent.into_iter().map(words).collect();
    if order == Order::Any {
        sent.sort();
    }
    let mut beside: Vec<String> = beside.into_iter().map(words).collect();
    beside.sort();
    (sent, beside)
}

fn is_beside(seen: &Seen) -> bool {
    let resumes = seen.header("last-event-id").is_some();
    let own_stream = seen.http == "GET" && seen.bare_path() == "/mcp" && !resumes;
    let aside = seen.rpc.starts_with("notifications/") || matches!(seen.rpc.as_str(), "ping" | "answer");
    own_stream || aside || seen.http == "DELETE"
}

/// With the ordinary opening of a session in one word.
fn opened(sent: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for one in sent {
        out.push(one);
        if out.ends_with(&OPENING.map(str::to_owned)) {
            out.truncate(out.len() - OPENING.len());
            out.push("opens".to_owned());
        }
    }
    out
}

/// Neighbours that are the same, counted.
fn counted(all: Vec<String>) -> Vec<String> {
    let mut out: Vec<(String, usize)> = Vec::new();
    for one in all {
        match out.last_mut() {
            Some((last, count)) if *last == one => *count += 1,
            _ => out.push((one, 1)),
        }
    }
    out.into_iter().map(|(one, count)| if count > 1 { format!("{one} ×{count}") } else { one }).collect()
}

fn words(seen: &Seen) -> String {
    if seen.http == "LINE" && seen.rpc.is_empty() {
        return "the end of its input".to_owned();
    }
    let mut name = seen.http.clone();
    let there = if seen.elsewhere { "OTHER" } else { "" };
    if !there.is_empty() || !matches!(seen.bare_path(), "/mcp" | "") {
        let _ = write!(name, " {there}{}", seen.bare_path());
    }
    for word in [&seen.rpc, &seen.tool] {
        if !word.is_empty() {
            let _ = write!(name, " {word}");
        }
    }
    let flags = [
        seen.header("mcp-session-id").map(|_| "s".to_owned()),
        seen.header("mcp-protocol-version").map(str::to_owned),
        seen.header("last-event-id").map(|id| format!("e {id}")),
        seen.header("authorization").map(|_| "a".to_owned()),
    ];
    let flags: Vec<String> = flags.into_iter().flatten().collect();
    if flags.is_empty() { name } else { format!("{name} ({})", flags.join(" ")) }
}
