//! Overhears the wire for the traffic view and for `--record`. Owns what is kept of an exchange: bodies are cut at
//! [`KEPT`] bytes and secrets replaced before anything leaves. Never waits: when nobody keeps up, exchanges are dropped and
//! counted.

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::secrets::Secrets;
use crate::domain::call::Report;
use crate::domain::text::Clean;
use crate::domain::time::Unix;
use crate::domain::traffic::{Body, Channel, Exchange, KEPT};

/// Names whose values are secrets wherever they stand in JSON or a form.
const SECRET_NAMES: [&str; 10] = [
    "access_token",
    "refresh_token",
    "id_token",
    "token",
    "client_secret",
    "code",
    "code_verifier",
    "client_assertion",
    "registration_access_token",
    "authorization",
];

/// Listens on the wire. Clones share everything.
#[derive(Clone, Default)]
pub struct Tap(Arc<Inner>);

#[derive(Default)]
struct Inner {
    secrets: Secrets,
    count: AtomicU64,
    dropped: AtomicU64,
    reports: Option<mpsc::Sender<Report>>,
    record: Option<Mutex<Box<dyn Write + Send>>>,
}

impl std::fmt::Debug for Tap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tap")
    }
}

impl Tap {
    /// A tap that tells `reports` and writes JSON Lines to `record`; either may be missing.
    pub fn new(
        secrets: Secrets,
        reports: Option<mpsc::Sender<Report>>,
        record: Option<Box<dyn Write + Send>>,
    ) -> Self {
        let record = record.map(Mutex::new);
        Self(Arc::new(Inner { secrets, reports, record, ..Inner::default() }))
    }

    /// The register of secrets that everything goes through.
    pub fn secrets(&self) -> &Secrets {
        &self.0.secrets
    }

    /// Exchanges that nobody took.
    pub fn dropped(&self) -> u64 {
        self.0.dropped.load(Ordering::Relaxed)
    }

    /// A request is about to leave. Told when the returned value is dropped, however that happens.
    pub fn begin(&self, channel: Channel, method: &str, tool: &str, sent: &[u8]) -> Overheard {
        let listens = self.0.reports.is_some() || self.0.record.is_some();
        Overheard {
            tap: listens.then(|| self.clone()),
            channel,
            method: method.to_owned(),
            tool: tool.to_owned(),
            at: now(),
            since: Instant::now(),
            sent: if listens { Kept::of(sent) } else { Kept::default() },
            received: Kept::default(),
            status: None,
            trouble: String::new(),
        }
    }

    fn tell(&self, exchange: Exchange) {
        if let Some(record) = &self.0.record {
            let mut record = record.lock().unwrap_or_else(PoisonError::into_inner);
            let line = line(&exchange);
            // A full disk must not stop the session; the recording just ends.
            let _ = writeln!(record, "{line}").and_then(|()| record.flush());
        }
        if let Some(reports) = &self.0.reports
            && reports.try_send(Report::Exchange(Box::new(exchange))).is_err()
        {
            self.0.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn body(&self, kept: &Kept) -> Body {
        let text = String::from_utf8_lossy(whole_words(kept));
        let text = without_secrets(&text);
        Body { text: self.0.secrets.hide(&text).into_owned(), size: kept.size }
    }
}

/// The first bytes of a body, and how many there were.
#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    size: usize,
}

impl Kept {
    fn of(bytes: &[u8]) -> Self {
        let mut kept = Self::default();
        kept.add(bytes);
        kept
    }

    fn add(&mut self, bytes: &[u8]) {
        let room = KEPT.saturating_sub(self.bytes.len());
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.size = self.size.saturating_add(bytes.len());
    }
}

/// What is kept, without the torn word at its end: it may be the beginning of a secret, which is known only whole.
fn whole_words(kept: &Kept) -> &[u8] {
    let delimiter = |byte: &u8| byte.is_ascii_whitespace() || b"\",&{}[]<>".contains(byte);
    let is_cut = kept.size > kept.bytes.len();
    let last = kept.bytes.iter().rposition(delimiter).filter(|_| is_cut);
    last.map_or(&kept.bytes, |last| &kept.bytes[..=last])
}

/// An exchange under way. Dropping it tells.
pub struct Overheard {
    tap: Option<Tap>,
    channel: Channel,
    method: String,
    tool: String,
    at: Unix,
    since: Instant,
    sent: Kept,
    received: Kept,
    status: Option<u16>,
    trouble: String,
}

impl Overheard {
    /// The head of the reply came.
    pub fn status(&mut self, status: u16) {
        self.status = Some(status);
    }

    /// Some of the reply's body came.
    pub fn received(&mut self, bytes: &[u8]) {
        if self.tap.is_some() {
            self.received.add(bytes);
        }
    }

    /// It failed.
    pub fn trouble(&mut self, words: &str) {
        words.clone_into(&mut self.trouble);
    }
}

impl Drop for Overheard {
    fn drop(&mut self) {
        let Some(tap) = self.tap.take() else { return };
        let tenths = self.since.elapsed().as_micros() / 100;
        let hide = |words: &str| Clean::line(&tap.secrets().hide(words));
        let exchange = Exchange {
            number: tap.0.count.fetch_add(1, Ordering::Relaxed) + 1,
            at: self.at,
            channel: self.channel,
            method: hide(&self.method),
            tool: hide(&self.tool),
            sent: tap.body(&self.sent),
            status: self.status,
            received: tap.body(&self.received),
            tenths: u64::try_from(tenths).unwrap_or(u64::MAX),
            trouble: hide(&self.trouble),
        };
        tap.tell(exchange);
    }
}

/// One line of a recording.
fn line(exchange: &Exchange) -> Value {
    let body = |body: &Body| json!({ "bytes": body.size, "text": body.text });
    json!({
        "number": exchange.number,
        "at": exchange.at.0,
        "channel": format!("{:?}", exchange.channel),
        "method": exchange.method.as_str(),
        "tool": exchange.tool.as_str(),
        "status": exchange.status,
        "milliseconds": u32::try_from(exchange.tenths).map_or(f64::MAX, f64::from) / 10.0,
        "sent": body(&exchange.sent),
        "received": body(&exchange.received),
        "trouble": exchange.trouble.as_str(),
    })
}

/// JSON or a form with the values of secret names replaced. Works on text that was cut, which no parser reads any more:
/// whatever follows such a name up to the end of its string is replaced.
fn without_secrets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, value, after)) = next_secret(rest) {
        out.push_str(before);
        if !value.is_empty() {
            out.push_str(super::secrets::HIDDEN);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Splits before and after the first value that stands behind a secret name: `"name": "value"` or `name=value`.
fn next_secret(text: &str) -> Option<(&str, &str, &str)> {
    let starts = SECRET_NAMES.iter().flat_map(|name| {
        text.match_indices(name).filter_map(move |(at, _)| value_behind(text, at, at + name.len()))
    });
    let (from, to) = starts.min()?;
    Some((&text[..from], &text[from..to], &text[to..]))
}

/// The range of the value behind a name that stands at `at..end`, if one does.
fn value_behind(text: &str, at: usize, end: usize) -> Option<(usize, usize)> {
    let (before, after) = (text.get(..at)?, text.get(end..)?);
    if let Some(quoted) = after.strip_prefix('"').filter(|_| before.ends_with('"')) {
        let value = quoted.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        let from = text.len() - value.len();
        return Some((from, from + end_of_string(value)));
    }
    let begins = before.is_empty() || before.ends_with(['&', '?', '\n']);
    let value = after.strip_prefix('=').filter(|_| begins)?;
    let from = text.len() - value.len();
    let length = value.find(['&', ' ', '\n', '"']).unwrap_or(value.len());
    Some((from, from + length))
}

fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    text.len()
}

#[expect(
    clippy::disallowed_methods,
    reason = "a recording says when things happened; no event carries that moment here"
)]
fn now() -> Unix {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Unix(since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_behind_secret_names_are_gone() {
        let table = [
            (
                r#"{"access_token":"abc","expires_in":3600}"#,
                r#"{"access_token":"‹hidden›","expires_in":3600}"#,
            ),
            (r#"{"refresh_token" : "a\"b", "scope":"x"}"#, r#"{"refresh_token" : "‹hidden›", "scope":"x"}"#),
            (r#"{"access_token":"cut of"#, r#"{"access_token":"‹hidden›"#),
            (
                "grant_type=authorization_code&code=xyz&code_verifier=v&a=1",
                "grant_type=authorization_code&code=‹hidden›&code_verifier=‹hidden›&a=1",
            ),
            (r#"{"text":"the code of conduct"}"#, r#"{"text":"the code of conduct"}"#),
            (r#"{"error":{"code":-32600}}"#, r#"{"error":{"code":-32600}}"#),
        ];
        for (text, expected) in table {
            assert_eq!(without_secrets(text), expected);
        }
    }

    #[test]
    fn an_exchange_is_told_without_secrets_and_with_its_size() {
        let secrets = Secrets::default();
        secrets.learn("a-secret-token");
        let (reports, mut heard) = mpsc::channel(1);
        let tap = Tap::new(secrets, Some(reports), None);
        let mut overheard = tap.begin(Channel::Post, "tools/call", "search", b"{}");
        overheard.status(200);
        overheard.received(&vec![b' '; KEPT - 4]);
        overheard.received(b"a-secret-token and more");
        overheard.trouble("a-secret-token was refused");
        drop(overheard);
        let Ok(Report::Exchange(exchange)) = heard.try_recv() else { panic!("nothing was told") };
        assert_eq!((exchange.number, exchange.status, exchange.received.size), (1, Some(200), KEPT + 19));
        assert!(exchange.received.is_cut());
        assert_eq!(exchange.received.text.trim(), "", "a torn secret is no word");
        assert_eq!(exchange.trouble.as_str(), "‹hidden› was refused");
        drop(tap.begin(Channel::Post, "a", "", b""));
        drop(tap.begin(Channel::Post, "b", "", b""));
        assert_eq!(tap.dropped(), 1);
    }
}
