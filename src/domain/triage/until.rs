//! What a person types for "until when": a length of time, a day, a time of day, or a day and a time. Days begin where the
//! person is, by the distance to UTC that their machine had at start. Owns no clock.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::Offset;

use crate::domain::time::{Unix, local};

/// The hour of a day for which no time is given.
const MORNING: i8 = 9;
/// Longest time ahead, in seconds: five years. More is a slip.
const LONGEST: i64 = 5 * 366 * 86_400;
/// Said of words that are no time.
const WRONG: &str = "not a time";
/// Said of a time that is too far away.
const FAR: &str = "more than five years away";
/// What can be typed, by example.
pub const FORMS: &str = "2h, 3d, fri 14:00, 2026-12-01";

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// A day as it was typed.
#[derive(Clone, Copy)]
enum Day {
    Today,
    Tomorrow,
    Next(Weekday),
    On(Date),
}

/// When the words mean: `30m`, `2h`, `3d`, `1w` from `now`; `today`, `tomorrow`, a day of the week, `2026-12-01` or `1.12.2026`, each with
/// a time such as `14:00` behind it, else at 9:00; a time alone is the next such time. A day of the week is the next one;
/// today is it only with a time that is still ahead. Nothing at all is tomorrow at 9:00. `zone` is in seconds east of UTC.
///
/// # Errors
/// A few words that say what is wrong, in lower case and without a full stop.
pub fn until(text: &str, now: Unix, zone: i32) -> Result<Unix, &'static str> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let at = match words[..] {
        [number, unit] if number.bytes().all(|byte| byte.is_ascii_digit()) => length(number, unit, now)?,
        [one] if one.starts_with(|c: char| c.is_ascii_digit()) && !one.contains([':', '-', '.']) => {
            let digits = one.find(|c: char| !c.is_ascii_digit()).ok_or(WRONG)?;
            let (number, unit) = one.split_at(digits);
            length(number, unit, now)?
        }
        _ => on_calendar(&words, now, zone)?,
    };
    match at.0.saturating_sub(now.0) {
        ..=0 => Err("that is over"),
        1..=LONGEST => Ok(at),
        _ => Err(FAR),
    }
}

fn length(number: &str, unit: &str, now: Unix) -> Result<Unix, &'static str> {
    let seconds = match unit {
        "m" | "min" | "mins" | "minute" | "minutes" => 60,
        "h" | "hour" | "hours" => 3_600,
        "d" | "day" | "days" => 86_400,
        "w" | "week" | "weeks" => 7 * 86_400,
        _ => return Err(WRONG),
    };
    let number: i64 = number.parse().unwrap_or(i64::MAX);
    Ok(Unix(now.0.saturating_add(number.saturating_mul(seconds))))
}

fn on_calendar(words: &[&str], now: Unix, zone: i32) -> Result<Unix, &'static str> {
    let here = local(now, zone).ok_or(WRONG)?;
    let (day, at) = match *words {
        [] => (Some(Day::Tomorrow), None),
        [one] => match time(one) {
            None => (Some(day(one)?), None),
            at => (None, at),
        },
        [first, second] => (Some(day(first)?), Some(time(second).ok_or(WRONG)?)),
        _ => return Err(WRONG),
    };
    let then = moment(here, day, at).ok_or(WRONG)?;
    // Only the last days of the calendar are no moment.
    Offset::from_seconds(zone)
        .unwrap_or(Offset::UTC)
        .to_timestamp(then)
        .map(|at| Unix(at.as_second()))
        .map_err(|_| FAR)
}

/// None where the calendar ends.
fn moment(here: DateTime, day: Option<Day>, at: Option<Time>) -> Option<DateTime> {
    let time = at.unwrap_or(Time::midnight().with().hour(MORNING).build().ok()?);
    let on = |date: Date| date.to_datetime(time);
    let today = on(here.date());
    let tomorrow = on(here.date().checked_add(1.day()).ok()?);
    Some(match day {
        None if today > here => today,
        None | Some(Day::Tomorrow) => tomorrow,
        Some(Day::Today) => today,
        Some(Day::Next(weekday)) if at.is_some() && weekday == here.weekday() && today > here => today,
        Some(Day::Next(weekday)) => on(here.date().nth_weekday(1, weekday).ok()?),
        Some(Day::On(date)) => on(date),
    })
}

fn day(word: &str) -> Result<Day, &'static str> {
    match word {
        "today" => return Ok(Day::Today),
        "tomorrow" | "tom" => return Ok(Day::Tomorrow),
        _ => {}
    }
    let named = DAYS.iter().find(|(name, _)| word.len() >= 3 && name.starts_with(word));
    named.map(|(_, weekday)| Day::Next(*weekday)).or_else(|| on(word)).ok_or(WRONG)
}

/// `2026-12-01`, or `1.12.2026`, which no other order of the three is written with dots.
fn on(word: &str) -> Option<Day> {
    let (mut numbers, dotted) = (word.split(['-', '.']), word.contains('.'));
    let (first, month, last) = (numbers.next()?, numbers.next()?, numbers.next()?);
    if dotted && word.contains('-') {
        return None;
    }
    let (year, day) = if dotted { (last, first) } else { (first, last) };
    let is_whole = year.len() == 4 && numbers.next().is_none();
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?;
    let (month, day): (i8, i8) = (number(month)?, number(day)?);
    Date::new(year.parse().ok()?, month, day).ok().filter(|_| is_whole).map(Day::On)
}

/// `9:00`, `14:30`.
fn time(word: &str) -> Option<Time> {
    let (hour, minute) = word.split_once(':')?;
    let digits =
        |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour, 2) || !digits(minute, 2) || minute.len() != 2 {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// The day of the week at a moment, in three letters; empty outside the calendar.
pub(super) fn weekday(at: Unix, zone: i32) -> String {
    local(at, zone).map_or_else(String::new, |local| local.strftime("%a").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::stamp;
    use proptest::prelude::*;

    /// Friday 2026-11-20 10:30 in a zone two hours east.
    const NOW: Unix = Unix(1_795_163_400);
    const ZONE: i32 = 7_200;

    #[test]
    fn what_people_type() {
        assert_eq!((stamp(NOW, ZONE), weekday(NOW, ZONE)), ("2026-11-20 10:30".to_owned(), "Fri".to_owned()));
        for (typed, meant) in [
            ("", "2026-11-21 09:00"),
            ("  ", "2026-11-21 09:00"),
            ("30m", "2026-11-20 11:00"),
            ("2h", "2026-11-20 12:30"),
            (" 2 H ", "2026-11-20 12:30"),
            ("2 hours", "2026-11-20 12:30"),
            ("3d", "2026-11-23 10:30"),
            ("1w", "2026-11-27 10:30"),
            ("90min", "2026-11-20 12:00"),
            ("tomorrow", "2026-11-21 09:00"),
            ("Tomorrow  9:00", "2026-11-21 09:00"),
            ("tomorrow 14:05", "2026-11-21 14:05"),
            ("today 17:00", "2026-11-20 17:00"),
            ("17:00", "2026-11-20 17:00"),
            ("9:00", "2026-11-21 09:00"),
            ("10:30", "2026-11-21 10:30"),
            ("mon", "2026-11-23 09:00"),
            ("MONDAY", "2026-11-23 09:00"),
            ("thurs 8:15", "2026-11-26 08:15"),
            ("fri", "2026-11-27 09:00"),
            ("fri 14:00", "2026-11-20 14:00"),
            ("fri 10:00", "2026-11-27 10:00"),
            ("2026-12-01", "2026-12-01 09:00"),
            ("2026-12-01 09:00", "2026-12-01 09:00"),
            ("2026-12-01 23:59", "2026-12-01 23:59"),
            ("2028-02-29", "2028-02-29 09:00"),
            ("12.12.2026", "2026-12-12 09:00"),
            ("1.12.2026 14:00", "2026-12-01 14:00"),
        ] {
            assert_eq!(until(typed, NOW, ZONE).map(|at| stamp(at, ZONE)), Ok(meant.to_owned()), "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_time_and_what_is_over() {
        for (typed, said) in [
            ("soon", WRONG),
            ("2", WRONG),
            ("2x", WRONG),
            ("2 x", WRONG),
            ("mo", WRONG),
            ("mond ay", WRONG),
            ("25:00", WRONG),
            ("9:0", WRONG),
            ("9:60", WRONG),
            ("tomorrow noon", WRONG),
            ("fri 14:00 please", WRONG),
            ("2026-02-30", WRONG),
            ("2026-13-01", WRONG),
            ("2026-12-01-02", WRONG),
            ("26-12-01", WRONG),
            ("2026-+1-01", WRONG),
            ("-3d", WRONG),
            ("月曜", WRONG),
            ("today", "that is over"),
            ("today 10:30", "that is over"),
            ("2026-11-20", "that is over"),
            ("1999-01-01", "that is over"),
            ("0m", "that is over"),
            ("2099-01-01", FAR),
            ("9999-12-31", FAR),
            ("31.12.9999 23:59", FAR),
            ("1.5h", WRONG),
            ("12.12", WRONG),
            ("12.12.26", WRONG),
            ("12-12.2026", WRONG),
            ("2026.12.12", WRONG),
            ("99999999999999999999999d", "more than five years away"),
        ] {
            assert_eq!(until(typed, NOW, ZONE), Err(said), "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_ahead_or_refused(
            typed in "([0-9:\\- ]|today|tomorrow|mon|[a-zé月]){0,12}",
            now in any::<i64>(),
            zone in any::<i32>(),
        ) {
            if let Ok(at) = until(&typed, Unix(now), zone) {
                prop_assert!(at.0 > now && at.0.saturating_sub(now) <= LONGEST);
            }
        }
    }
}
