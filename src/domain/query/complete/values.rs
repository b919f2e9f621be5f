//! Values to offer for a field: what is known of it, names from the roster, usual times and lengths.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::super::names::{self, Whose};
use super::super::{Field, Kind, Known, Operator, quoted};
use super::Offer;
use super::rank::{self, Scored, Scorer};

/// The most names looked at; a workspace has hundreds.
const MOST: usize = 20_000;

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
    if (field.kind, operator) == (Kind::Rating, Some(Operator::NotEqual)) {
        // A score is other than a score; none and any are asked for alone.
        found.retain(|offer| !matches!(offer.insert.as_str(), "none" | "any"));
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
        Kind::Id | Kind::Ids if whose(field) == Some(Whose::Admins) => {
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

/// Whose names a field takes, if it takes any.
fn whose(field: &Field) -> Option<Whose> {
    match (field.kind, field.name) {
        (Kind::Assignee, _)
        | (
            Kind::Id | Kind::Ids,
            "admin_assignee_id"
            | "teammate_ids"
            | "statistics_last_closed_by_id"
            | "conversation_rating_admin_id",
        ) => Some(Whose::Admins),
        (Kind::Team, _) | (Kind::Id | Kind::Ids, "team_assignee_id") => Some(Whose::Teams),
        (Kind::Tag, _) | (Kind::Id | Kind::Ids, "tag_ids") => Some(Whose::Tags),
        _ => None,
    }
}

/// The names that fit best, in the order of the alphabet where they fit equally. Every name is compared, but only those
/// given are made into offers.
pub(super) fn names(field: &Field, scorer: &mut Scorer, known: &Known<'_>) -> Vec<Scored> {
    let Some(whose) = whose(field) else { return Vec::new() };
    let by_id = matches!(field.kind, Kind::Id | Kind::Ids);
    let mut all = names::known(known.roster, whose);
    all.truncate(MOST);
    // Where an id is put in, one can type it too.
    let ids = by_id && scorer.has_digits();
    let mut fitting: Vec<(u32, &str, &str)> = Vec::new();
    for &(id, name) in &all {
        let also = if ids { scorer.score(id) } else { None };
        fitting.extend(scorer.score(name).max(also).map(|score| (score, name, id)));
    }
    let order = |&(score, name, id): &(u32, _, _)| (Reverse(score), name, id);
    if fitting.len() > rank::MOST {
        fitting.select_nth_unstable_by(rank::MOST, |one, other| order(one).cmp(&order(other)));
        fitting.truncate(rank::MOST);
    }
    fitting.sort_unstable_by(|one, other| order(one).cmp(&order(other)));
    let often = if by_id { HashMap::new() } else { often(&fitting, &all) };
    let offer = |(score, name, id): (u32, &str, &str)| {
        let plain = !by_id && often.get(&folded(name)) == Some(&1) && is_plain(name);
        (score, Offer::new(if plain { quoted(name.trim()) } else { quoted(id) }, name))
    };
    fitting.into_iter().map(offer).collect()
}

/// How many of all names are like each of the fitting ones.
fn often(fitting: &[(u32, &str, &str)], all: &[(&str, &str)]) -> HashMap<u64, usize> {
    let mut often: HashMap<u64, usize> = fitting.iter().map(|(_, name, _)| (folded(name), 0)).collect();
    for (_, name) in all {
        if let Some(number) = often.get_mut(&folded(name)) {
            *number += 1;
        }
    }
    often
}

/// A number for a name without its case and outer blanks (FNV-1a). Two names with the same number are offered by their ids.
fn folded(name: &str) -> u64 {
    let letters = name.trim().chars().flat_map(char::to_lowercase);
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, letter| {
        (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Whether a name would be read as itself.
fn is_plain(name: &str) -> bool {
    let name = name.trim();
    let word = ["me", "none", "any", ""].iter().any(|word| name.eq_ignore_ascii_case(word));
    !word && !name.contains(',') && !name.bytes().all(|byte| byte.is_ascii_digit())
}
