//! Overhears the wire for the traffic view and for `--record`. Owns what is kept of an exchange: bodies are cut at
//! [`KEPT`](crate::domain::traffic::KEPT) bytes and secrets replaced before anything leaves. Never waits: when nobody keeps
//! up, exchanges are dropped and counted.

mod hidden;
mod kept;
mod recorder;

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::sync::mpsc;
use tokio::time::Instant;

use super::secrets::Secrets;
use crate::domain::call::Report;
use crate::domain::text::Clean;
use crate::domain::time::Unix;
use crate::domain::traffic::{Body, Channel, Exchange};
use kept::Kept;
pub(crate) use kept::whole_words;
use recorder::Recorder;

/// Listens on the wire. Clones share everything.
#[derive(Clone, Default)]
pub struct Tap(Arc<Inner>);

#[derive(Default)]
struct Inner {
    secrets: Secrets,
    count: AtomicU64,
    dropped: AtomicU64,
    reports: Option<mpsc::Sender<Report>>,
    recorder: Option<Recorder>,
}

impl std::fmt::Debug for Tap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tap")
    }
}

impl Tap {
    /// A tap that tells `reports` and writes JSON Lines to `record`; either may be missing. It is written beside the
    /// session, by a thread of its own, and to its end when the last clone goes: see [`Self::finish`].
    pub fn new(
        secrets: Secrets,
        reports: Option<mpsc::Sender<Report>>,
        record: Option<Box<dyn Write + Send>>,
    ) -> Self {
        let recorder = record.map(Recorder::start);
        Self(Arc::new(Inner { secrets, reports, recorder, ..Inner::default() }))
    }

    /// The register of secrets that everything goes through.
    pub fn secrets(&self) -> &Secrets {
        &self.0.secrets
    }

    /// Exchanges that nobody took.
    pub fn dropped(&self) -> u64 {
        self.0.dropped.load(Ordering::Relaxed)
    }

    /// Exchanges that are missing in the recording, because it is written too slowly.
    pub fn unrecorded(&self) -> u64 {
        self.0.recorder.as_ref().map_or(0, Recorder::left_out)
    }

    /// Waits until what was overheard so far stands in the recording, a second at most. False: it does not.
    pub fn finish(&self) -> bool {
        self.0.recorder.as_ref().is_none_or(Recorder::finish)
    }

    /// The words without known secrets, tokens and values of secret names.
    pub fn hide(&self, words: &str) -> String {
        self.0.secrets.hide(&hidden::without_secrets(words)).into_owned()
    }

    /// A request is about to leave. Told when the returned value is dropped, however that happens.
    pub fn begin(&self, channel: Channel, method: &str, tool: &str, sent: &[u8]) -> Overheard {
        let listens = self.0.reports.is_some() || self.0.recorder.is_some();
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
        if let Some(recorder) = &self.0.recorder {
            recorder.write(exchange.clone());
        }
        if let Some(reports) = &self.0.reports
            && reports.try_send(Report::Exchange(Box::new(exchange))).is_err()
        {
            self.0.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn body(&self, kept: &Kept) -> Body {
        let text = String::from_utf8_lossy(kept.whole());
        Body { text: self.hide(&text), size: kept.size }
    }
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
    use crate::domain::traffic::KEPT;

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
