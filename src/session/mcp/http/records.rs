//! What one session's HTTP side remembers: how answers broke off, and how its streams fare. Bounded.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rmcp::model::RequestId;
use tokio::time::Instant;

use super::Http;
use crate::session::mcp::failure::Failure;

/// A stream that ends sooner than this died young.
const YOUNG: Duration = Duration::from_secs(5);
/// Failures of streams that are remembered.
const RECORDS: usize = 32;

#[derive(Default)]
pub(super) struct Records {
    failures: Mutex<VecDeque<(Option<RequestId>, Failure)>>,
    pub(super) young: AtomicU32,
    /// The server has no stream of its own, so an accepted request could never be answered.
    pub(super) no_stream: AtomicBool,
}

impl Http {
    /// Remembers what went wrong, and with which request when that is known.
    pub(super) fn note(&self, id: Option<RequestId>, failure: Failure) {
        let mut failures = self.state.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= RECORDS {
            failures.pop_front();
        }
        failures.push_back((id, failure));
    }

    /// Remembers how the answer to a request broke off.
    pub(in crate::session::mcp) fn record(&self, id: RequestId, failure: Failure) {
        self.note(Some(id), failure);
    }

    /// How the answer to a request broke off.
    pub(in crate::session::mcp) fn recorded(&self, id: &RequestId) -> Option<Failure> {
        let failures = self.state.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let found = failures.iter().rev().find(|(of, _)| of.as_ref() == Some(id));
        found.map(|(_, failure)| failure.clone())
    }

    /// The last thing that went wrong.
    pub(in crate::session::mcp) fn last(&self) -> Option<Failure> {
        let failures = self.state.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.back().map(|(_, failure)| failure.clone())
    }

    /// A stream of the server's own ended: perhaps the server did too.
    pub(in crate::session::mcp) fn stream_ended(&self, since: Instant) {
        if since.elapsed() < YOUNG {
            self.state.young.fetch_add(1, Ordering::Relaxed);
        }
        self.suspect.notify_one();
    }
}
