//! Whom a name means: teammates, teams and tags by the roster, `me`, `none`, `any`. Owns the sentences for names that mean
//! nobody or several; refuses to guess.

use super::parse::list;
use super::{Field, Kind, Known};
use crate::domain::folded::fold;
use crate::domain::roster::{Called, Kind as Whose};

/// The most names put into a sentence.
const SHOWN: usize = 4;

/// Whose names may stand for ids in a field, if anybody's.
pub(super) fn whose(field: &Field) -> Option<Whose> {
    match (field.kind, field.name) {
        (Kind::Assignee, _)
        | (
            _,
            "admin_assignee_id"
            | "teammate_ids"
            | "statistics_last_closed_by_id"
            | "conversation_rating_admin_id",
        ) => Some(Whose::Admin),
        (Kind::Team, _) | (_, "team_assignee_id") => Some(Whose::Team),
        (Kind::Tag, _) | (_, "tag_ids") => Some(Whose::Tag),
        _ => None,
    }
}

/// Whether this value of a field is oneself.
pub(super) fn is_me(field: &Field, value: &str) -> bool {
    let takes = whose(field) == Some(Whose::Admin) || field.name == "source_author_id";
    takes && value.eq_ignore_ascii_case("me")
}

/// What a value means, or with `several` the values of a list, with commas again: ids, `none`, `any`. A sentence for the
/// first that means nobody or several. A tag that is not known by its id stays a name, since rows carry the names of their tags.
pub(super) fn ids(value: &str, several: bool, whose: Whose, known: &Known<'_>) -> Result<String, String> {
    if !several {
        return id(value, whose, known);
    }
    let found: Result<Vec<String>, String> = list(value).map(|one| id(one, whose, known)).collect();
    Ok(found?.join(","))
}

/// The id of a teammate by name, by id or `me`.
///
/// # Errors
/// A sentence where it means nobody or several, or no single person.
pub fn teammate(value: &str, known: &Known<'_>) -> Result<String, String> {
    match id(value, Whose::Admin, known) {
        Ok(word) if matches!(word.as_str(), "none" | "any") => {
            Err("Intercom looks for one owner: write a name, an id or me.".to_owned())
        }
        found => found,
    }
}

fn id(value: &str, whose: Whose, known: &Known<'_>) -> Result<String, String> {
    let wanted = Wanted::of(value);
    match wanted.lower.as_str() {
        word @ ("none" | "any") => return Ok(word.to_owned()),
        "me" if whose == Whose::Admin => return me(known),
        _ if is_number(value) => return Ok(numbered(value, whose, known)),
        _ => {}
    }
    let mut best: (u8, Vec<Called<'_>>) = (1, Vec::new());
    for one in known.roster.called(whose) {
        let closeness = wanted.closeness(&one);
        if closeness > best.0 {
            best = (closeness, Vec::new());
        }
        if closeness == best.0 {
            best.1.push(one);
        }
    }
    best.1.sort_unstable_by_key(|one| (one.name, one.id));
    match best.1.as_slice() {
        [one] => Ok(one.id.to_owned()),
        // Rows carry the names of their tags, so that one whose id is not known can be told by its name.
        [] if whose == Whose::Tag => Ok(value.to_owned()),
        [] => Err(nobody(value, whose)),
        several => Err(ambiguous(value, several)),
    }
}

/// Whether a value is an id, or a name of nothing but digits.
pub(super) fn is_number(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits are an id, unless they are no known id and the name of exactly one: a tag may be called 2024.
fn numbered(value: &str, whose: Whose, known: &Known<'_>) -> String {
    let is_id = known.roster.called(whose).any(|one| one.id == value);
    let mut called = known.roster.called(whose).filter(|one| one.letters == value);
    match (called.next(), called.next()) {
        (Some(one), None) if !is_id => one.id.to_owned(),
        _ => value.to_owned(),
    }
}

/// Whether a value with commas in it is a name as a whole.
pub(super) fn is_name(value: &str, whose: Whose, known: &Known<'_>) -> bool {
    let wanted = Wanted::of(value);
    known.roster.called(whose).any(|one| one.letters == wanted.letters)
}

/// The first value that is a name which no tag has, not even in part; none where the whole is one.
pub(super) fn unseen<'v>(value: &'v str, known: &Known<'_>) -> Option<&'v str> {
    let is_unseen = |value: &str| {
        matches!(id(value, Whose::Tag, known), Ok(id)
            if id == value
                && !is_number(value)
                && !known.roster.called(Whose::Tag).any(|one| one.id == value)
                && !matches!(value, "none" | "any"))
    };
    is_unseen(value).then(|| list(value).find(|one| is_unseen(one))).flatten()
}

/// A name that is looked for.
struct Wanted {
    /// In lower case.
    lower: String,
    /// Folded.
    letters: String,
}

impl Wanted {
    fn of(value: &str) -> Self {
        Self { lower: value.to_lowercase(), letters: fold(value.trim()).collect() }
    }

    /// How well a name fits: letter by letter, else without accents: the same, a whole word of it, its beginning, the
    /// beginning of one of its words. 0 when not at all.
    fn closeness(&self, one: &Called<'_>) -> u8 {
        match fits(&self.letters, one.letters) {
            0 => 0,
            alike => match fits(&self.lower, &one.name.to_lowercase()) {
                0 => alike,
                exactly => exactly + 4,
            },
        }
    }
}

fn fits(wanted: &str, name: &str) -> u8 {
    if wanted.is_empty() {
        0
    } else if name == wanted {
        4
    } else if name.split_whitespace().any(|word| word == wanted) {
        3
    } else if name.starts_with(wanted) {
        2
    } else {
        u8::from(name.split_whitespace().any(|word| word.starts_with(wanted)))
    }
}

fn me(known: &Known<'_>) -> Result<String, String> {
    let me = known.roster.me.as_ref();
    me.map(|id| id.as_str().to_owned()).ok_or_else(|| {
        "Nobody has said yet which teammate “me” is; say it once, or write a name or an id.".to_owned()
    })
}

fn nobody(value: &str, whose: Whose) -> String {
    let (kind, field) = match whose {
        Whose::Team => (whose, "team_assignee_id"),
        Whose::Admin | Whose::Tag | Whose::Collection => (Whose::Admin, "admin_assignee_id"),
    };
    format!(
        "No {} called {value} was seen yet; names are learnt from what passes by. Its id works always, as in {field}:7001001.",
        kind.word()
    )
}

fn ambiguous(value: &str, several: &[Called<'_>]) -> String {
    let mut names: Vec<String> =
        several.iter().take(SHOWN).map(|one| format!("{} ({})", one.name, one.id)).collect();
    if several.len() > SHOWN {
        names.push(format!("{} more", several.len() - SHOWN));
    }
    format!("{value} could be {}; write more of the name, or the id.", names.join(", "))
}
