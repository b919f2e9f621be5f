//! Values to offer for a field: what is known of it, names from the roster, usual times and lengths.

use std::collections::HashMap;

use super::super::names::{self, Whose};
use super::super::{Field, Kind, Known, Operator, quoted};
use super::Offer;

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

/// What could be the value. Without an operator those that need one bring it along.
pub(super) fn values(
    field: &Field,
    operator: Option<Operator>,
    typed: &str,
    known: &Known<'_>,
) -> Vec<Offer> {
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
        Kind::Assignee | Kind::Team | Kind::Tag => found.extend(named(field.kind, known)),
        Kind::Id | Kind::Ids => found.extend(by_id(field.name, known)),
        Kind::Word | Kind::Text | Kind::Words | Kind::Flag | Kind::Waiting | Kind::Rating => {}
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

/// Names; the id where several have the same, or one that would be read as something else.
fn named(kind: Kind, known: &Known<'_>) -> Vec<Offer> {
    let whose = if kind == Kind::Team {
        Whose::Teams
    } else if kind == Kind::Tag {
        Whose::Tags
    } else {
        Whose::Admins
    };
    let names = sorted(whose, known);
    let mut often: HashMap<String, usize> = HashMap::new();
    for (_, name) in &names {
        *often.entry(name.trim().to_lowercase()).or_default() += 1;
    }
    let offer = |(id, name): (&str, &str)| {
        let folded = name.trim().to_lowercase();
        let plain = often.get(&folded) == Some(&1)
            && !matches!(folded.as_str(), "me" | "none" | "any" | "")
            && !folded.contains(',')
            && !folded.bytes().all(|byte| byte.is_ascii_digit());
        let insert = if plain { quoted(name.trim()) } else { quoted(id) };
        Offer::new(insert, name)
    };
    names.into_iter().map(offer).collect()
}

fn sorted<'a>(whose: Whose, known: &Known<'a>) -> Vec<(&'a str, &'a str)> {
    let mut names = names::known(known.roster, whose);
    names.truncate(MOST);
    names.sort_unstable_by_key(|(id, name)| (*name, *id));
    names
}

/// Ids with the names behind them.
fn by_id(field: &str, known: &Known<'_>) -> Vec<Offer> {
    let whose = match field {
        "team_assignee_id" => Whose::Teams,
        "tag_ids" => Whose::Tags,
        "admin_assignee_id"
        | "teammate_ids"
        | "statistics_last_closed_by_id"
        | "conversation_rating_admin_id" => Whose::Admins,
        _ => return Vec::new(),
    };
    let me = (whose == Whose::Admins).then(|| Offer::new("me", "yourself"));
    let ids = sorted(whose, known).into_iter().map(|(id, name)| Offer::new(quoted(id), name));
    me.into_iter().chain(ids).collect()
}
