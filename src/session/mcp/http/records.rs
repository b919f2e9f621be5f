//! How one session's own streams fare: those that die young are not asked for again.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use super::Http;

/// A stream that ends sooner than this died young.
const YOUNG: Duration = Duration::from_secs(5);

#[derive(Default)]
pub(super) struct Records {
    pub(super) young: AtomicU32,
    /// The server has no stream of its own, so an accepted request could never be answered.
    pub(super) no_stream: AtomicBool,
}

impl Http {
    /// A stream of the server's own ended: perhaps the server did too.
    pub(in crate::session::mcp) fn stream_ended(&self, since: Instant) {
        if since.elapsed() < YOUNG {
            self.state.young.fetch_add(1, Ordering::Relaxed);
        }
        self.talk.suspect.notify_one();
    }
}
