//! Whom a name means: teammates, teams and tags by the roster, `me`, `none`, `any`. Owns the sentences for names that mean
//! nobody or several; refuses to guess.

use super::Known;
use super::parse::list;
use crate::domain::roster::Roster;

/// The most names put into a sentence.
const SHOWN: usize = 4;

/// What is named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    Admins,
    Teams,
    Tags,
}

/// Ids with their names, in no order.
pub(super) fn known(roster: &Roster, whose: Whose) -> Vec<(&str, &str)> {
    match whose {
        Whose::Admins => roster.admins().map(|(id, name)| (id, name.as_str())).collect(),
        Whose::Teams => roster.teams().map(|(id, name)| (id, name.as_str())).collect(),
        Whose::Tags => roster.tags().map(|(id, name)| (id, name.as_str())).collect(),
    }
}

/// What a value means, or with `several` the values of a list, with commas again: ids, `none`, `any`. A sentence for the first that means nobody or
/// several. A tag that is not known by its id stays a name, since rows carry the names of their tags.
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
    match id(value, Whose::Admins, known) {
        Ok(word) if matches!(word.as_str(), "none" | "any") => {
            Err("Intercom looks for one owner: write a name, an id or me.".to_owned())
        }
        found => found,
    }
}

fn id(value: &str, whose: Whose, known: &Known<'_>) -> Result<String, String> {
    let folded = value.to_lowercase();
    match folded.as_str() {
        "none" | "any" => return Ok(folded),
        "me" if whose == Whose::Admins => return me(known),
        _ if value.bytes().all(|byte| byte.is_ascii_digit()) => return Ok(numbered(value, whose, known)),
        _ => {}
    }
    let mut best: (u8, Vec<(&str, &str)>) = (0, Vec::new());
    for (id, name) in self::known(known.roster, whose) {
        let closeness = closeness(&folded, &name.to_lowercase());
        if closeness > best.0 {
            best = (closeness, Vec::new());
        }
        if closeness > 0 && closeness == best.0 {
            best.1.push((id, name));
        }
    }
    best.1.sort_unstable_by_key(|(id, name)| (*name, *id));
    match best.1.as_slice() {
        [(id, _)] => Ok((*id).to_owned()),
        // Rows carry the names of their tags: part of a name is as good as none.
        [] if whose == Whose::Tags => Ok(value.to_owned()),
        [] => Err(nobody(value, whose)),
        several => Err(ambiguous(value, several)),
    }
}

/// Digits are an id, unless they are no known id and the name of exactly one: a tag may be called 2024.
fn numbered(value: &str, whose: Whose, known: &Known<'_>) -> String {
    let all = self::known(known.roster, whose);
    let mut called = all.iter().filter(|(_, name)| name.trim() == value);
    let is_id = all.iter().any(|(id, _)| *id == value);
    match (called.next(), called.next()) {
        (Some((id, _)), None) if !is_id => (*id).to_owned(),
        _ => value.to_owned(),
    }
}

/// Whether a value with commas in it is a name as a whole.
pub(super) fn is_name(value: &str, whose: Whose, known: &Known<'_>) -> bool {
    let wanted = value.to_lowercase();
    self::known(known.roster, whose).iter().any(|(_, name)| name.trim().to_lowercase() == wanted)
}

/// Whether a value is a name that no tag has, not even in part.
pub(super) fn is_unseen(value: &str, known: &Known<'_>) -> bool {
    let whole = |value: &str| {
        matches!(ids(value, false, Whose::Tags, known), Ok(id)
            if id == value
                && !id.bytes().all(|byte| byte.is_ascii_digit())
                && !known.roster.tags().any(|(known, _)| known == id)
                && !matches!(id.as_str(), "none" | "any"))
    };
    whole(value) && list(value).any(whole)
}

/// Letters without their accents.
fn unaccented(text: &str) -> String {
    text.chars().map(nucleo_matcher::chars::normalize).collect()
}

/// How well a name fits, both in lower case: letter by letter, else without accents: the same, a whole word of it, its
/// beginning, the beginning of one of its words.
fn closeness(wanted: &str, name: &str) -> u8 {
    match fits(wanted, name) {
        0 => fits(&unaccented(wanted), &unaccented(name)),
        exactly => exactly + 4,
    }
}

fn fits(wanted: &str, name: &str) -> u8 {
    if name == wanted {
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
        Whose::Teams => ("team", "team_assignee_id"),
        Whose::Admins | Whose::Tags => ("teammate", "admin_assignee_id"),
    };
    format!(
        "No {kind} called {value} was seen yet; names are learnt from what passes by. Its id works always, as in {field}:7001001."
    )
}

fn ambiguous(value: &str, several: &[(&str, &str)]) -> String {
    let mut names: Vec<String> =
        several.iter().take(SHOWN).map(|(id, name)| format!("{name} ({id})")).collect();
    if several.len() > SHOWN {
        names.push(format!("{} more", several.len() - SHOWN));
    }
    format!("{value} could be {}; write more of the name, or the id.", names.join(", "))
}
