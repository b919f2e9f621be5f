//! Values to offer for a field: what is known of it, names from the roster, usual times and lengths.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::super::names::{is_number, whose};
use super::super::{Field, Kind, Known, Operator, quoted};
use super::Offer;
use super::rank::{self, Scored, Scorer};
use crate::domain::roster::{Called, Kind as Whose};

const TIMES: [(&str, &str); 6] = [
    ("-1h", "an hour ago"),
    ("-1d", "a day ago"),
    ("-3d", "three days ago"),
    ("-1w", "a week ago"),
    ("-4w", "four weeks ago"),
    ("now", "this moment"),
];
const DAYS: [(&str, &str); 2] = [("today", "since midnight here"), ("yesterday", "the day before today")];
const AHEAD: [(&str, &str); 3] =
    [("tomorrow", "the day after today"), ("+2h", "in two hours"), ("+1w", "in a week")];
const LENGTHS: [(&str, &str); 6] = [
    ("1h", "an hour"),
    ("4h", "four hours"),
    ("30m", "half an hour"),
    ("1d", "a day"),
    ("3d", "three days"),
    ("1w", "a week"),
];
const UNITS: [(&str, &str); 4] = [("h", "hours"), ("d", "days"), ("m", "minutes"), ("w", "weeks")];
const COUNTS: [(&str, &str); 4] = [("0", "none"), ("1", "one"), ("2", "two"), ("5", "five")];

/// What could be the value, beside names. Without an operator those that need one bring it along.
pub(super) fn values(field: &Field, operator: Option<Operator>, typed: &str) -> Vec<Offer> {
    let bound = operator.is_some_and(|operator| {
        !matches!(operator, Operator::Equal | Operator::NotEqual | Operator::In | Operator::Contains)
    });
    let sign = if bound { "" } else { ">" };
    let mut found = Vec::new();
    if operator.is_none() || !bound {
        found.extend(listed(field.values));
    }
    match field.kind {
        Kind::Time | Kind::Due => {
            if !matches!(field.kind, Kind::Time) || field.name == "snoozed_until" {
                found.extend(listed(&AHEAD[..1]));
                found.extend(signed(if bound { "" } else { "<" }, &AHEAD[1..]));
            }
            found.extend(listed(&DAYS));
            if bound || operator.is_none() {
                found.extend(counted(sign, typed));
                found.extend(signed(sign, &TIMES));
            }
        }
        Kind::Length | Kind::Waiting if bound || operator.is_none() => {
            found.extend(counted(sign, typed));
            found.extend(signed(sign, &LENGTHS));
        }
        Kind::Length => found.extend(listed(&LENGTHS)),
        Kind::Count => found.extend(listed(&COUNTS)),
        Kind::Rating if bound => found.extend(listed(&[("2", "two"), ("3", "three"), ("4", "four")])),
        Kind::Rating if operator.is_none() => {
            found.extend(listed(&[("<3", "low"), (">3", "high")]));
        }
        Kind::Id | Kind::Ids if whose(field) == Some(Whose::Admin) => {
            found.push(Offer::new("me", "yourself"));
        }
        Kind::Assignee
        | Kind::Team
        | Kind::Tag
        | Kind::Id
        | Kind::Ids
        | Kind::Word
        | Kind::Text
        | Kind::Words
        | Kind::Flag
        | Kind::Waiting
        | Kind::Rating => {}
    }
    found
}

fn listed(values: &'static [(&str, &str)]) -> impl Iterator<Item = Offer> {
    values.iter().map(|(value, about)| Offer::new(*value, *about))
}

fn signed(sign: &'static str, values: &'static [(&str, &str)]) -> impl Iterator<Item = Offer> {
    values.iter().map(move |(value, about)| Offer::new(format!("{sign}{value}"), *about))
}

/// A number that was begun, with the units it could have.
fn counted(sign: &'static str, typed: &str) -> Vec<Offer> {
    let digits = typed.trim_start_matches(['-', '+']);
    let begun = !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !begun {
        return Vec::new();
    }
    let offer =
        |(unit, about): &(&str, &str)| Offer::new(format!("{sign}{typed}{unit}"), format!("{typed} {about}"));
    UNITS.iter().map(offer).collect()
}

/// The names that fit best, in the order of the alphabet where they fit equally. Every name is compared, but only those
/// given are made into offers.
pub(super) fn names(field: &Field, scorer: &mut Scorer, known: &Known<'_>) -> Vec<Scored> {
    let Some(whose) = whose(field) else { return Vec::new() };
    let by_id = matches!(field.kind, Kind::Id | Kind::Ids);
    // Where an id is put in, one can type it too.
    let ids = by_id && scorer.has_digits();
    let mut fitting: Vec<(u32, Called<'_>)> = Vec::new();
    for one in known.roster.called(whose) {
        let also = if ids { scorer.score(one.id) } else { None };
        fitting.extend(scorer.score(one.letters).max(also).map(|score| (score, one)));
    }
    if fitting.len() > rank::MOST {
        fitting.select_nth_unstable_by(rank::MOST, |one, other| order(one).cmp(&order(other)));
        fitting.truncate(rank::MOST);
    }
    fitting.sort_unstable_by(|one, other| order(one).cmp(&order(other)));
    let often = if by_id { HashMap::new() } else { often(&fitting, known.roster.called(whose)) };
    let offer = |(score, one): (u32, Called<'_>)| {
        let plain = !by_id && often.get(one.letters) == Some(&1) && is_plain(one.name);
        (score, Offer::new(quoted(if plain { one.name.trim() } else { one.id }), one.name))
    };
    fitting.into_iter().map(offer).collect()
}

/// The best first, then by name.
fn order<'a>((score, one): &(u32, Called<'a>)) -> (Reverse<u32>, &'a str, &'a str) {
    (Reverse(*score), one.name, one.id)
}

/// How many of all names are spelt like each of the fitting ones.
fn often<'a>(
    fitting: &[(u32, Called<'a>)],
    all: impl Iterator<Item = Called<'a>>,
) -> HashMap<&'a str, usize> {
    let mut often: HashMap<&str, usize> = fitting.iter().map(|(_, one)| (one.letters, 0)).collect();
    for one in all {
        if let Some(number) = often.get_mut(one.letters) {
            *number += 1;
        }
    }
    often
}

/// Whether a name would be read as itself.
fn is_plain(name: &str) -> bool {
    let name = name.trim();
    let word = ["me", "none", "any", ""].iter().any(|word| name.eq_ignore_ascii_case(word));
    !word && !name.contains(',') && !is_number(name)
}
