//! Times and lengths of time as the language writes them: `-3d`, `today`, `2026-01-31T09:30`, `1h30m`. Owns their reading;
//! knows no clock.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use crate::domain::time::Unix;

/// Beyond the year 9999 either way a number of seconds is a mistake.
const FARTHEST: i64 = 253_402_300_800;
const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A point in time or a stretch of it, Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// Unix seconds as typed.
    Exact(i64),
    /// A moment that moves with the clock: `now`, `-3d`.
    Moving(i64),
    /// From the first to the last second of a day or a minute.
    Span(i64, i64),
}

impl When {
    /// Its first second.
    pub(super) fn first(self) -> i64 {
        match self {
            Self::Exact(at) | Self::Moving(at) | Self::Span(at, _) => at,
        }
    }

    /// Its last second.
    pub(super) fn last(self) -> i64 {
        match self {
            Self::Exact(at) | Self::Moving(at) | Self::Span(_, at) => at,
        }
    }
}

/// Reads a point in time. Days and minutes are those of the zone, seconds east of UTC; whether it can be read depends on
/// neither `now` nor `zone`.
pub(super) fn when(value: &str, now: Unix, zone: i32) -> Option<When> {
    let word = value.trim().to_ascii_lowercase();
    let today = now.0.saturating_add(zone.into()).div_euclid(DAY);
    let begins = |day: i64| day.saturating_mul(DAY).saturating_sub(zone.into());
    let day = |days: i64| {
        let day = today.saturating_add(days);
        When::Span(begins(day), begins(day.saturating_add(1)).saturating_sub(1))
    };
    match word.as_str() {
        "now" => return Some(When::Moving(now.0)),
        "today" => return Some(day(0)),
        "yesterday" => return Some(day(-1)),
        "tomorrow" => return Some(day(1)),
        _ => {}
    }
    if let Some(back) = word.strip_prefix('-').filter(|rest| !whole(rest)) {
        return length(back).map(|seconds| When::Moving(now.0.saturating_sub(seconds)));
    }
    if let Some(ahead) = word.strip_prefix('+') {
        return length(ahead).map(|seconds| When::Moving(now.0.saturating_add(seconds)));
    }
    match word.parse::<i64>() {
        Ok(seconds) => (seconds.abs() < FARTHEST).then_some(When::Exact(seconds)),
        Err(_) => written(&word, zone),
    }
}

fn whole(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A day, or a minute or second of it.
fn written(word: &str, zone: i32) -> Option<When> {
    let offset = Offset::from_seconds(zone).unwrap_or(Offset::UTC);
    let since = |at: DateTime| offset.to_timestamp(at).ok().map(jiff::Timestamp::as_second);
    if word.len() == 10 {
        let first = since(word.parse::<Date>().ok()?.to_datetime(jiff::civil::Time::midnight()))?;
        return Some(When::Span(first, first + DAY - 1));
    }
    let (day, clock) = word.split_once(['t', ' '])?;
    let long = match clock.len() {
        5 => MINUTE,
        8 => 1,
        _ => return None,
    };
    if day.len() != 10 {
        return None;
    }
    let first = since(format!("{day}T{clock}").parse::<DateTime>().ok()?)?;
    Some(When::Span(first, first + long - 1))
}

/// Reads a length of time: `4h`, `1h30m`, `90`; units `s`, `m`, `h`, `d`, `w`; a bare number counts seconds. None for what is
/// none, and for more than 9,999 years.
pub(super) fn length(value: &str) -> Option<i64> {
    let value = value.trim();
    if whole(value) {
        return value.parse().ok().filter(|seconds| *seconds < FARTHEST);
    }
    let (mut seconds, mut rest) = (0_i64, value);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: i64 = rest[..digits].parse().ok()?;
        let unit = rest[digits..].chars().next()?;
        seconds = seconds.checked_add(number.checked_mul(seconds_of(unit)?)?)?;
        rest = &rest[digits + unit.len_utf8()..];
    }
    (!value.is_empty() && seconds < FARTHEST).then_some(seconds)
}

fn seconds_of(unit: char) -> Option<i64> {
    Some(match unit.to_ascii_lowercase() {
        's' => 1,
        'm' => MINUTE,
        'h' => HOUR,
        'd' => DAY,
        'w' => 7 * DAY,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fri 2026-11-20 17:00 UTC.
    const NOW: Unix = Unix(1_795_194_000);

    #[test]
    fn times_are_read() {
        let today = 1_795_132_800;
        let table = [
            ("-3d", 0, Some(When::Moving(NOW.0 - 3 * DAY))),
            ("+2h", 0, Some(When::Moving(NOW.0 + 2 * HOUR))),
            ("-1W", 0, Some(When::Moving(NOW.0 - 7 * DAY))),
            ("-1h30m", 0, Some(When::Moving(NOW.0 - 90 * MINUTE))),
            ("today", 0, Some(When::Span(today, today + DAY - 1))),
            ("today", 3600, Some(When::Span(today - 3600, today + DAY - 3601))),
            ("today", 9 * 3600, Some(When::Span(today + 15 * HOUR, today + 39 * HOUR - 1))),
            ("yesterday", 0, Some(When::Span(today - DAY, today - 1))),
            ("2026-11-20", 0, Some(When::Span(today, today + DAY - 1))),
            ("2026-11-20T09:30", 3600, Some(When::Span(today + 8 * HOUR + 1800, today + 8 * HOUR + 1859))),
            ("2026-11-20 09:30:05", 0, Some(When::Span(today + 34_205, today + 34_205))),
            ("1786900000", 0, Some(When::Exact(1_786_900_000))),
            ("-5", 0, Some(When::Exact(-5))),
        ];
        for (typed, zone, read) in table {
            assert_eq!(when(typed, NOW, zone), read, "{typed}");
        }
        for typed in [
            "",
            "-",
            "-d",
            "3d",
            "2026-13-01",
            "2026-1-1",
            "2026-11-20T9:30",
            "soon",
            "99999999999999",
            "-1y",
            "船",
        ] {
            assert_eq!(when(typed, NOW, 0), None, "{typed}");
        }
    }

    #[test]
    fn lengths_are_read() {
        let read = ["4h", "1h30m", "90", "2w", "1D"].map(|typed| length(typed).unwrap());
        assert_eq!(read, [14_400, 5_400, 90, 1_209_600, 86_400]);
        for typed in
            ["", "h", "4", "4y", "-4h", "4h3", "99999999999999d", "٣h"].into_iter().filter(|t| *t != "4")
        {
            assert_eq!(length(typed), None, "{typed}");
        }
    }
}
