//! What can be typed next: fields, operators and values at the cursor, the best first. Refuses the history of searches.

mod rank;
mod values;

use std::ops::Range;

use super::lex::{Word, item, unquoted, words};
use super::{FIELDS, Field, Known, Operator};
use rank::{Scorer, best, rank, scored};

/// Offers for one place of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that an offer replaces; empty where it is only put in.
    pub at: Range<usize>,
    /// Best first; never empty, at most 200.
    pub offers: Vec<Offer>,
}

/// Something that could stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What is put in: a field or an operator with its colon, a value in quotes where it needs them. A value at the end of
    /// the text has a blank behind it.
    pub insert: String,
    /// What it means, in a few words. Names are from the roster and clean.
    pub about: String,
}

impl Offer {
    fn new(insert: impl Into<String>, about: impl Into<String>) -> Self {
        Self { insert: insert.into(), about: about.into() }
    }
}

/// What could stand at the cursor, a byte position (one past the end counts as the end; one inside of a character as before
/// it). None in free text that is like no field, and where nothing is known.
pub fn complete(text: &str, cursor: usize, known: &Known<'_>) -> Option<Completion> {
    let cursor = (0..=cursor.min(text.len())).rev().find(|&at| text.is_char_boundary(at))?;
    let word = words(text).into_iter().find(|word| word.at.start <= cursor && cursor <= word.at.end);
    let Some(word) = word else { return fields(text, cursor..cursor, cursor) };
    match named(text, &word, cursor) {
        Place::Field(at) => fields(text, at, cursor),
        Place::Operator(field, at) => operators(text, field, at, cursor),
        Place::Value(field, at) => found(text, field, &word, at, cursor, known),
        Place::Nowhere => None,
    }
}

/// What stands at the cursor.
enum Place {
    Field(Range<usize>),
    Operator(&'static Field, Range<usize>),
    Value(&'static Field, Range<usize>),
    Nowhere,
}

fn named(text: &str, word: &Word, cursor: usize) -> Place {
    let Some(name) = word.name.clone() else {
        let quoted = text[word.at.clone()].starts_with('"');
        return if quoted { Place::Nowhere } else { Place::Field(word.at.clone()) };
    };
    let behind = word.sign.as_ref().map_or(word.value.start, |sign| sign.at.start);
    if cursor <= name.end {
        return Place::Field(name.start..behind);
    }
    let Some(field) = Field::named(&text[name].to_ascii_lowercase()) else { return Place::Nowhere };
    match &word.sign {
        Some(sign) if cursor < word.value.start => Place::Operator(field, sign.at.start..word.value.start),
        _ => Place::Value(field, word.value.clone()),
    }
}

fn completion(at: Range<usize>, offers: Vec<Offer>) -> Option<Completion> {
    (!offers.is_empty()).then_some(Completion { at, offers })
}

fn fields(text: &str, at: Range<usize>, cursor: usize) -> Option<Completion> {
    let all = FIELDS.iter().map(|field| Offer::new(format!("{}:", field.name), field.about));
    let words = Offer::new("q:", "free text, only the opening message is searched");
    completion(at.clone(), rank(&text[at.start..cursor], all.chain([words])))
}

fn operators(text: &str, field: &Field, at: Range<usize>, cursor: usize) -> Option<Completion> {
    let typed = &text[at.start..cursor];
    completion(at, rank(typed, words_of(field)))
}

fn words_of(field: &Field) -> impl Iterator<Item = Offer> {
    let takes = field.kind.operators().iter().filter(|operator| **operator != Operator::Equal);
    takes.map(|operator| Offer::new(format!("{}:", operator.word()), operator.about()))
}

/// Values; in a list the one at the cursor. Where nothing is typed yet, operators too.
fn found(
    text: &str,
    field: &Field,
    word: &Word,
    at: Range<usize>,
    cursor: usize,
    known: &Known<'_>,
) -> Option<Completion> {
    let operator = word.sign.as_ref().and_then(|sign| sign.read);
    let compared = matches!(operator, None | Some(Operator::Equal | Operator::NotEqual));
    let listed = operator == Some(Operator::In) || (compared && field.kind.takes_lists());
    let here = if listed { item(text, at.clone(), cursor) } else { at.clone() };
    let raw = &text[here.start..cursor];
    let typed = unquoted(raw);
    let mut scorer = Scorer::of(&typed);
    let fixed = values::values(field, operator, &typed).into_iter();
    let mut offers = scored(&mut scorer, fixed);
    offers.extend(values::names(field, &mut scorer, known));
    let mut offers = best(offers);
    let last = here.end == text.len();
    for offer in &mut offers {
        offer.insert.push_str(if last { " " } else { "" });
    }
    if word.sign.is_none() && here.start == at.start && !raw.starts_with('"') {
        offers.extend(rank(&typed, words_of(field)));
    }
    completion(here, offers)
}

impl Operator {
    /// What it means, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Equal => "is",
            Self::NotEqual => "is not",
            Self::Greater => "more, or later",
            Self::Less => "less, or earlier",
            Self::GreaterOrEqual => "as much or more",
            Self::LessOrEqual => "as much or less",
            Self::Contains => "has these words",
            Self::In => "is one of a list with commas",
        }
    }
}
