//! The server's clock: the Unix second it was told at the start, plus what a monotonic clock says has passed.

use std::time::Instant;

/// A clock that starts at a chosen second and never goes backwards.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    began_at: i64,
    began: Instant,
}

impl Clock {
    /// A clock that shows `now` (Unix seconds) at this moment.
    #[expect(
        clippy::disallowed_methods,
        reason = "the server keeps its own time, as a server elsewhere would"
    )]
    pub(crate) fn starting_at(now: i64) -> Self {
        Self { began_at: now, began: Instant::now() }
    }

    /// The second the clock was started at; the shipped workspace's times are relative to it.
    pub(crate) fn began_at(&self) -> i64 {
        self.began_at
    }

    /// Unix seconds now.
    pub(crate) fn now(&self) -> i64 {
        let passed = i64::try_from(self.began.elapsed().as_secs()).unwrap_or(i64::MAX);
        self.began_at.saturating_add(passed)
    }
}
