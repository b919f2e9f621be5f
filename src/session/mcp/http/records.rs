//! How one session's own streams fare: those that die young are not asked for again.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::Http;

/// A stream that ends sooner than this died young.
const YOUNG: Duration = Duration::from_secs(5);

#[derive(Default)]
pub(super) struct Records {
    pub(super) young: AtomicU32,
    /// The server has no stream of its own, so an accepted request could never be answered.
    no_stream: AtomicBool,
    /// Told when that is found out.
    found_out: Notify,
}

impl Http {
    /// The server turned out to have no stream of its own.
    pub(super) fn has_no_stream(&self) {
        self.state.no_stream.store(true, Ordering::Relaxed);
        self.state.found_out.notify_waiters();
    }

    /// Whether the server may have a stream of its own.
    pub(in crate::session::mcp) fn may_have_stream(&self) -> bool {
        !self.state.no_stream.load(Ordering::Relaxed)
    }

    /// Waits until it is clear that there is none.
    pub(in crate::session::mcp) async fn without_stream(&self) {
        loop {
            let found_out = self.state.found_out.notified();
            if !self.may_have_stream() {
                return;
            }
            found_out.await;
        }
    }

    /// A stream of the server's own ended: perhaps the server did too.
    pub(in crate::session::mcp) fn stream_ended(&self, since: Instant) {
        if since.elapsed() < YOUNG {
            self.state.young.fetch_add(1, Ordering::Relaxed);
        }
        self.talk.suspect.notify_one();
    }
}
