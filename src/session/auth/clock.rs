//! The wall clock of sign-ins. Nothing else here reads it.

use std::time::{SystemTime, UNIX_EPOCH};

/// Unix seconds now; 0 when the clock stands before 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "tokens end by the wall clock, whatever happens to the program meanwhile"
)]
pub(super) fn now() -> i64 {
    unix(SystemTime::now())
}

/// Unix seconds of a moment; 0 when it is before 1970.
pub(super) fn unix(at: SystemTime) -> i64 {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
