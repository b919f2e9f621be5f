//! Points in time and how long ago they were, in words. Owns no clock: "now" is always handed in.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// Unix seconds, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Unix(pub i64);

/// When an event happened, as the runtime stamped it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Moment {
    /// The wall clock.
    pub unix: Unix,
    /// Milliseconds on a clock that never goes back; its zero means nothing.
    pub millis: u64,
    /// Seconds to add to UTC for the user's own time zone.
    pub zone: i32,
}

impl Moment {
    /// Milliseconds from `earlier` to here; 0 when `earlier` is later.
    pub fn since(self, earlier: Self) -> u64 {
        self.millis.saturating_sub(earlier.millis)
    }
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A length of time in at most four cells: `now`, `12m`, `3h`, `5d`, `8w`, `2y`. Negative lengths count as none.
pub fn short(seconds: i64) -> String {
    match seconds {
        ..MINUTE => "now".into(),
        MINUTE..HOUR => format!("{}m", seconds / MINUTE),
        HOUR..DAY => format!("{}h", seconds / HOUR),
        _ if seconds < 28 * DAY => format!("{}d", seconds / DAY),
        _ if seconds < 365 * DAY => format!("{}w", seconds / (7 * DAY)),
        _ => format!("{}y", (seconds / (365 * DAY)).min(999)),
    }
}

/// How long ago `then` was, in at most four cells; the future counts as `now`.
pub fn ago(now: Unix, then: Unix) -> String {
    short(now.0.saturating_sub(then.0))
}

/// A length of time in words for a sentence: `2 h 10 min`, `3 days`.
pub fn long(seconds: i64) -> String {
    let seconds = seconds.max(0);
    match seconds {
        ..MINUTE => format!("{seconds} s"),
        MINUTE..HOUR => format!("{} min", seconds / MINUTE),
        HOUR..DAY if seconds % HOUR < MINUTE => format!("{} h", seconds / HOUR),
        HOUR..DAY => format!("{} h {} min", seconds / HOUR, seconds % HOUR / MINUTE),
        _ if seconds < 2 * DAY => "1 day".into(),
        _ => format!("{} days", seconds / DAY),
    }
}

/// The calendar and the clock of a zone, seconds east of UTC, at a moment; none before year 0 and where the calendar ends.
pub(crate) fn local(at: Unix, zone: i32) -> Option<DateTime> {
    let offset = Offset::from_seconds(zone).unwrap_or(Offset::UTC);
    let local = offset.to_datetime(Timestamp::from_second(at.0).ok()?);
    (local.year() >= 0).then_some(local)
}

/// What stands for a moment that no calendar has.
const NEVER: &str = "----------------";

/// Weekday, day and time in the user's zone: `Tue 17 Nov 2026 14:02`. Years outside 0 to 9999 are shown as dashes.
pub fn day_and_time(at: Unix, zone: i32) -> String {
    let words = |local: DateTime| local.strftime("%a %-d %b %Y %H:%M").to_string();
    local(at, zone).map_or_else(|| NEVER.into(), words)
}

/// Day and time in the user's zone: `2026-11-20 09:41`. Years outside 0 to 9999 are shown as dashes.
pub fn stamp(at: Unix, zone: i32) -> String {
    let Some(t) = local(at, zone) else { return NEVER.into() };
    format!("{:04}-{:02}-{:02} {:02}:{:02}", t.year(), t.month(), t.day(), t.hour(), t.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_is_never_wider_than_four_cells() {
        let edges =
            [i64::MIN, -1, 0, 59, 60, 3599, 3600, 86_399, 86_400, 2_419_199, 2_419_200, 31_536_000, i64::MAX];
        let seen: Vec<String> = edges.iter().map(|&s| short(s)).collect();
        assert_eq!(
            seen,
            ["now", "now", "now", "now", "1m", "59m", "1h", "23h", "1d", "27d", "4w", "1y", "999y"]
        );
    }

    #[test]
    fn words_for_sentences() {
        assert_eq!(
            [long(-5), long(61), long(7800), long(7200), long(90_000)],
            ["0 s", "1 min", "2 h 10 min", "2 h", "1 day"]
        );
    }

    #[test]
    fn stamps_in_the_users_zone() {
        assert_eq!(stamp(Unix(1_786_900_000), 7200), "2026-08-16 19:06");
        assert_eq!(stamp(Unix(i64::MAX), 0), "----------------");
        assert_eq!(day_and_time(Unix(1_786_900_000), 7200), "Sun 16 Aug 2026 19:06");
        assert_eq!(day_and_time(Unix(i64::MIN), 0), "----------------");
    }
}
