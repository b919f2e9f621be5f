//! The only clock of the console.

use std::time::Instant;

use crate::domain::time::{Moment, Unix};

/// Stamps events.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    started: Instant,
    zone: i32,
}

/// The wall clock, Unix seconds.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
pub fn unix_now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

impl Clock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    pub(super) fn start() -> Self {
        let zone = jiff::tz::TimeZone::system().to_offset(jiff::Timestamp::now()).seconds();
        Self { started: Instant::now(), zone }
    }

    pub(super) fn now(&self) -> Moment {
        let millis = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        Moment { unix: Unix(unix_now()), millis, zone: self.zone }
    }
}
