//! Reading the search language: fields, operators, values and free text, and the sentences for what cannot be read.

use std::ops::Range;

use super::fields::is_foreign;
use super::habits;
use super::lex::{Sign, Word, closed, unquoted, words};
use super::names::{unseen, whose};
use super::when::{length, when};
use super::{Field, Filter, Kind, Known, Operator, Query, Wrong};
use crate::domain::near::nearest;
use crate::domain::roster::Kind as Whose;
use crate::domain::time::Unix;

/// Longest query taken, in bytes; the search line cannot hold a book.
const LONGEST: usize = 4096;

/// Reads a query about conversations. Bare words are free text. `object_type:conversations` may be written and is
/// implied; `limit:` and `starting_after:` belong to paging and are refused, because the list pages by itself. Whether the
/// names in it mean anybody is told by [`check`](super::check).
pub fn parse(source: &str) -> Result<Query, Wrong> {
    located(source).map(|(query, _)| query)
}

/// Reads a query, with the bytes of the value of each condition.
pub(super) fn located(source: &str) -> Result<(Query, Vec<Range<usize>>), Wrong> {
    if source.len() > LONGEST {
        return Err(wrong(0..source.len(), "The query is longer than 4,096 bytes."));
    }
    let (mut query, mut places) = (Query::default(), Vec::new());
    let mut texts: Vec<String> = Vec::new();
    for word in words(source) {
        closed(source, &word)?;
        match read(source, &word)? {
            Piece::Words(text) => texts.push(text),
            Piece::Filter(filter) => {
                query.filters.push(filter);
                places.push(word.value);
            }
            Piece::Nothing => {}
        }
    }
    texts.retain(|text| !text.is_empty());
    query.text = texts.join(" ");
    Ok((query, places))
}

/// What can be read and is yet likely not meant, in its order: values that nobody knows of a field whose values are known,
/// tags that were never seen, words that join conditions elsewhere. They are asked for as they are where somebody insists,
/// since the server may know more (intercom-mcp 12, rule 7). Nothing where the query cannot be read.
pub fn remarks(source: &str, known: &Known<'_>) -> Vec<Wrong> {
    let Ok((query, places)) = located(source) else { return Vec::new() };
    let odd = |(filter, at): (&Filter, Range<usize>)| {
        let field = Field::named(&filter.field)?;
        if whose(field) == Some(Whose::Tag) {
            let name = unseen(&filter.value, known)?;
            return Some(wrong(at, format!("No tag called {name} was seen yet.")));
        }
        let odd = list(&filter.value).find(|value| !field.knows(value))?;
        let known: Vec<&str> = field.values.iter().map(|(value, _)| *value).take(7).collect();
        let sentence = format!("{odd} is no value that is known of {} ({}).", field.name, known.join(", "));
        Some(wrong(at, sentence))
    };
    let words = words(source);
    let joining = words.iter().filter_map(|word| habits::joining(source, word));
    let mut all: Vec<Wrong> = query.filters.iter().zip(places).filter_map(odd).chain(joining).collect();
    all.sort_by_key(|remark| remark.at.start);
    all
}

pub(super) fn wrong(at: Range<usize>, sentence: impl Into<String>) -> Wrong {
    Wrong { at, sentence: sentence.into() }
}

enum Piece {
    Words(String),
    Filter(Filter),
    Nothing,
}

fn read(source: &str, word: &Word) -> Result<Piece, Wrong> {
    let value = unquoted(&source[word.value.clone()]);
    let Some(name) = word.name.clone() else {
        return habits::field(source, word).map_or(Ok(Piece::Words(value)), Err);
    };
    let field = source[name.clone()].to_ascii_lowercase();
    match field.as_str() {
        "q" if value.is_empty() => Err(wrong(word.at.clone(), "q: needs words, as in q:\"charged twice\".")),
        "q" => Ok(Piece::Words(value)),
        "object_type" if value.eq_ignore_ascii_case("conversations") => Ok(Piece::Nothing),
        "object_type" => {
            Err(wrong(word.at.clone(), "The Inbox searches conversations; leave object_type out."))
        }
        "limit" | "starting_after" => {
            let sentence = format!("{field}: is not needed here; the list loads further pages by itself.");
            Err(wrong(word.at.clone(), sentence))
        }
        _ => {
            let kind = kind_of(&field, name)?;
            let operator = operator(&field, kind, word.sign.as_ref(), source)?;
            let filter = Filter { field, operator, value };
            fits(&filter, kind, word).map(|()| Piece::Filter(filter))
        }
    }
}

/// The kind of a field; none for one that only the server may know.
fn kind_of(field: &str, at: Range<usize>) -> Result<Option<Kind>, Wrong> {
    if let Some(known) = Field::named(field) {
        return Ok(Some(known.kind));
    }
    if is_foreign(field) {
        return Ok(None);
    }
    let meant = nearest(field, super::FIELDS.iter().map(|field| field.name), 3);
    let hint = match meant.as_slice() {
        [] => "Fields are state, assignee, waiting, created_at and more".to_owned(),
        [rest @ .., last] if !rest.is_empty() => format!("Did you mean {} or {last}?", rest.join(", ")),
        names => format!("Did you mean {}?", names.join("")),
    };
    let end = if hint.ends_with('?') { "" } else { "." };
    Err(wrong(at, format!("{field} is no field. {hint}{end} Put words that have a colon in quotes.")))
}

fn operator(field: &str, kind: Option<Kind>, sign: Option<&Sign>, source: &str) -> Result<Operator, Wrong> {
    let Some(sign) = sign else { return Ok(Operator::Equal) };
    let every = Operator::ALL.map(|(operator, _)| operator);
    let taken = match kind {
        Some(kind) => kind.operators(),
        None => &every,
    };
    if let Some(read) = sign.read.filter(|read| taken.contains(read)) {
        return Ok(read);
    }
    let words: Vec<&str> = taken.iter().map(|operator| operator.word()).collect();
    let typed = &source[sign.at.clone()];
    let rule = format!("{field} takes {}", words.join(", "));
    let sentence = match sign.read {
        Some(_) => format!("{rule}, not {typed}."),
        None => format!("{typed} is no operator: {rule}. Put a value that has a colon in quotes."),
    };
    Err(wrong(sign.at.clone(), sentence))
}

/// Whether a value fits the field's kind; names are looked up later.
fn fits(filter: &Filter, kind: Option<Kind>, word: &Word) -> Result<(), Wrong> {
    let Filter { field, operator, value } = filter;
    let listed = *operator == Operator::In || kind.is_some_and(Kind::takes_lists);
    if value.is_empty() || (listed && list(value).next().is_none()) {
        let example = Field::named(field).map_or("open", Field::example);
        return Err(wrong(word.at.clone(), format!("{field}: needs a value, as in {field}:{example}.")));
    }
    let Some(kind) = kind else { return Ok(()) };
    if stands_alone(kind, *operator, value) {
        let sentence = format!("{value} has no more and no less: write {field}:{value}.");
        return Err(wrong(word.value.clone(), sentence));
    }
    if reads(filter, kind, word)? {
        return Ok(());
    }
    Err(wrong(word.value.clone(), format!("{field} takes {}, not {value}.", kind.takes())))
}

/// Whether a word is no number or time, which alone have more and less.
fn stands_alone(kind: Kind, operator: Operator, value: &str) -> bool {
    let compares = !matches!(operator, Operator::Equal | Operator::NotEqual);
    let says = matches!(kind, Kind::Due | Kind::Waiting) && value != "now" && yes_or_no(value).is_some();
    compares && (says || (kind == Kind::Rating && is_rated_or_not(value)))
}

fn is_rated_or_not(value: &str) -> bool {
    matches!(value, "none" | "any")
}

fn reads(filter: &Filter, kind: Kind, word: &Word) -> Result<bool, Wrong> {
    let Filter { field, operator, value } = filter;
    let plain = *operator == Operator::Equal;
    Ok(match kind {
        Kind::Word | Kind::Text | Kind::Words | Kind::Assignee | Kind::Team | Kind::Tag => true,
        Kind::Id | Kind::Ids => Field::named(field).and_then(whose).is_some() || list(value).all(is_id),
        Kind::Flag => is_flag(value),
        Kind::Due if plain && yes_or_no(value).is_some() => true,
        Kind::Time | Kind::Due => time_fits(field, plain, value, word)?,
        Kind::Waiting if plain => yes_or_no(value).is_some(),
        Kind::Length | Kind::Waiting => length(value).is_some(),
        Kind::Count => value.parse::<i64>().is_ok(),
        Kind::Rating if is_rated_or_not(value) => true,
        Kind::Rating => value.parse::<u8>().is_ok_and(|score| (1..=5).contains(&score)),
    })
}

/// A moment is no stretch: being equal to it is never meant.
fn time_fits(field: &str, plain: bool, value: &str, word: &Word) -> Result<bool, Wrong> {
    let read = when(value, Unix(0), 0);
    if read.is_none() && length(value).is_some() {
        let sentence =
            format!("{field} is a point in time: write -{value} for that long ago, +{value} for the future.");
        return Err(wrong(word.value.clone(), sentence));
    }
    if plain && matches!(read, Some(super::when::When::Moving(_))) {
        let sentence = format!(
            "{value} is one second: write {field}:>{value} for everything since, {field}:<{value} for before."
        );
        return Err(wrong(word.value.clone(), sentence));
    }
    Ok(read.is_some())
}

/// The values of a list, or the only one.
pub(super) fn list(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim).filter(|one| !one.is_empty())
}

fn is_id(value: &str) -> bool {
    crate::domain::id::ConversationId::read(value).is_some()
}

fn is_flag(value: &str) -> bool {
    value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false")
}

/// What `yes`, `no`, `true` and `false` say.
pub(super) fn yes_or_no(value: &str) -> Option<bool> {
    match value.to_ascii_lowercase().as_str() {
        "yes" | "true" | "now" => Some(true),
        "no" | "false" => Some(false),
        _ => None,
    }
}
