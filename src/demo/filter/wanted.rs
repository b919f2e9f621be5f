//! What a filter compares with, read from the text of a query.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::super::fact::Kind;
use super::super::refusal::Refusal;
use super::Operator;

const DAY: i64 = 86_400;

/// A value or several, of the field's kind.
#[derive(Debug, Clone)]
pub(super) enum Wanted {
    /// Any of these, in lower case.
    Texts(Vec<String>),
    /// `None` stands for no value, which is written 0 or null.
    Numbers(Vec<Option<i64>>),
    /// From the first second to the last.
    Span(i64, i64),
    /// Yes or no.
    Flag(bool),
}

impl Wanted {
    /// Reads a value for a field of some kind.
    ///
    /// # Errors
    /// A sentence that names the field and the value.
    pub(super) fn read(name: &str, kind: Kind, operator: Operator, value: &str) -> Result<Self, Refusal> {
        let several = operator == Operator::In;
        match kind {
            Kind::Text | Kind::Words | Kind::List if value.trim().is_empty() => {
                Err(Refusal::sentence(format!("Empty value for field '{name}'")))
            }
            Kind::Text | Kind::Words | Kind::List => {
                Ok(Self::Texts(each(several, value).map(str::to_lowercase).collect()))
            }
            Kind::Number => {
                let numbers = each(several, value).map(|value| number(name, value));
                numbers.collect::<Result<_, _>>().map(Self::Numbers)
            }
            Kind::Date if several => {
                let times = each(several, value).map(|value| date(name, value).map(|(first, _)| Some(first)));
                times.collect::<Result<_, _>>().map(Self::Numbers)
            }
            Kind::Date => date(name, value).map(|(first, last)| Self::Span(first, last)),
            Kind::Day => date(name, value).map(|(first, _)| whole_day(first)),
            Kind::Flag => flag(name, value),
        }
    }
}

/// The values of a list, or the one value.
fn each(several: bool, value: &str) -> impl Iterator<Item = &str> {
    value.splitn(if several { usize::MAX } else { 1 }, ',').map(str::trim)
}

fn whole_day(second: i64) -> Wanted {
    let day = second.div_euclid(DAY) * DAY;
    Wanted::Span(day, day + DAY - 1)
}

fn flag(name: &str, value: &str) -> Result<Wanted, Refusal> {
    match value {
        "true" => Ok(Wanted::Flag(true)),
        "false" => Ok(Wanted::Flag(false)),
        _ => Err(Refusal::sentence(format!(
            "Invalid value '{value}' for field '{name}': expected true or false"
        ))),
    }
}

fn number(name: &str, value: &str) -> Result<Option<i64>, Refusal> {
    if value == "null" || (value == "0" && name.ends_with("_assignee_id")) {
        return Ok(None);
    }
    value.parse().map(Some).map_err(|_| {
        Refusal::sentence(format!("Invalid value '{value}' for field '{name}': expected a number"))
    })
}

/// First and last second meant by Unix seconds or a day.
fn date(name: &str, value: &str) -> Result<(i64, i64), Refusal> {
    if let Ok(seconds) = value.parse::<i64>() {
        // Beyond the year 9999 either way it is a mistake, and the arithmetic stays far from its limits.
        if seconds.abs() < 253_402_300_800 {
            return Ok((seconds, seconds));
        }
    }
    let day = value.parse::<Date>().ok().filter(|_| value.len() == 10);
    let start =
        day.and_then(|day| day.to_zoned(TimeZone::UTC).ok()).map(|start| start.timestamp().as_second());
    start.map(|start| (start, start + DAY - 1)).ok_or_else(|| {
        Refusal::sentence(format!(
            "Invalid date '{value}' for field '{name}': use Unix seconds or YYYY-MM-DD"
        ))
    })
}
