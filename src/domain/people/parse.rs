//! Reading who is looked for: bare words are a name, an address is an address, the rest says itself.

use std::ops::Range;

use super::named::{Named, identified};
use super::words::{pair, words, wrong};
use super::{PeopleField, PeopleFilter, PeopleTerm};
use crate::domain::id::ContactId;
use crate::domain::query::{MOST_FILTERS, Wrong, unquoted};

/// Words that ask for what no tool can filter people by, and what to do instead.
const CANNOT: [(&[&str], &str); 4] = [
    (
        &["company", "companies", "company_id", "company_name"],
        "No tool finds people by their company; open the company and ask for its people there.",
    ),
    (
        &[
            "last_seen",
            "last_seen_at",
            "seen",
            "created",
            "created_at",
            "updated_at",
            "signed_up",
            "signed_up_at",
            "last_replied_at",
            "last_contacted_at",
        ],
        "People are not searched by time here; the list shows when each was last seen.",
    ),
    (
        &["state", "source_type", "assignee", "admin_assignee_id", "team_assignee_id", "priority", "q"],
        "That is about conversations; search for it in the Inbox.",
    ),
    (
        &["limit", "starting_after", "per_page"],
        "It is not needed here; the list loads further pages by itself.",
    ),
];

/// Reads a search for people; `owner` gives the id of a teammate by name, or a sentence, and `known` that of a tag or a
/// segment. Nothing typed asks for everybody.
///
/// # Errors
/// The first word that cannot be read, with what would be right.
pub fn people_filter(
    source: &str,
    owner: impl Fn(&str) -> Result<String, String>,
    known: impl Fn(Named, &str) -> Option<String>,
) -> Result<PeopleFilter, Wrong> {
    let mut reading =
        Reading { owner, known, terms: Vec::new(), name: Vec::new(), name_at: None, phone: None };
    for at in words(source)? {
        reading.take(&source[at.clone()], at)?;
    }
    reading.finish(source)
}

/// What has been read so far. Bare words and numbers wait for those that follow.
struct Reading<O, K> {
    owner: O,
    known: K,
    terms: Vec<PeopleTerm>,
    name: Vec<String>,
    name_at: Option<Range<usize>>,
    phone: Option<(String, Range<usize>)>,
}

impl<O, K> Reading<O, K>
where
    O: Fn(&str) -> Result<String, String>,
    K: Fn(Named, &str) -> Option<String>,
{
    fn take(&mut self, word: &str, at: Range<usize>) -> Result<(), Wrong> {
        if let Some((phone, whole)) = &mut self.phone
            && is_number(word)
        {
            phone.push_str(word);
            whole.end = at.end;
            return Ok(());
        }
        self.end_phone()?;
        match pair(word) {
            Some((field, value)) => self.pair(&field, value, at),
            None => self.bare(word, at),
        }
    }

    fn bare(&mut self, word: &str, at: Range<usize>) -> Result<(), Wrong> {
        let text = unquoted(word);
        let quoted = word.starts_with('"');
        match text.split_once('@').filter(|_| !quoted) {
            Some(("", domain)) => self.add(PeopleField::Domain, domain.to_owned(), at),
            Some(_) => self.add(PeopleField::Email, text, at),
            None if text.starts_with('+') && is_number(&text) && !quoted => {
                self.phone = Some((text, at));
                Ok(())
            }
            None => {
                let from = self.name_at.as_ref().map_or(at.start, |name| name.start);
                self.name_at = Some(from..at.end);
                self.name.extend((!text.is_empty()).then_some(text));
                Ok(())
            }
        }
    }

    fn pair(&mut self, field: &str, value: String, at: Range<usize>) -> Result<(), Wrong> {
        if field == "object_type" && value.eq_ignore_ascii_case("contacts") {
            return Ok(());
        }
        if let Some((_, why)) = CANNOT.iter().find(|(words, _)| words.contains(&field)) {
            return Err(wrong(at, format!("{field}: {why}")));
        }
        if field == "attribute" {
            return self.attribute(&value, at);
        }
        match PeopleField::WORDS.into_iter().find(|(word, _)| *word == field) {
            Some((_, PeopleField::Id)) => {
                let ids: Vec<&str> = value.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
                if ids.is_empty() {
                    return Err(wanting(&PeopleField::Id, at));
                }
                ids.into_iter().try_for_each(|id| self.add(PeopleField::Id, id.to_owned(), at.clone()))
            }
            Some((_, known)) => self.add(known, value, at),
            None => self.add(PeopleField::Attribute(field.to_owned()), value, at),
        }
    }

    fn attribute(&mut self, value: &str, at: Range<usize>) -> Result<(), Wrong> {
        let pair = value.split_once('=').map(|(name, value)| (name.trim(), value.trim()));
        match pair.filter(|(name, value)| !name.is_empty() && !value.is_empty()) {
            Some((name, value)) => self.add(PeopleField::Attribute(name.to_owned()), value.to_owned(), at),
            None => Err(wrong(at, "attribute: needs a name and a value, as in attribute:\"Plan tier\"=Pro.")),
        }
    }

    fn add(&mut self, field: PeopleField, value: String, at: Range<usize>) -> Result<(), Wrong> {
        let value = if field == PeopleField::Domain { value.trim_start_matches('@').into() } else { value };
        check(&field, &value, &at)?;
        let again = field != PeopleField::Id && self.terms.iter().any(|term| term.field == field);
        if again {
            return Err(wrong(
                at,
                format!("{} is there twice; one value is all that can be asked.", called(&field)),
            ));
        }
        let value = match (&field, ContactId::read(&value)) {
            (PeopleField::Id, Some(id)) => id.as_str().to_owned(),
            (PeopleField::Tag, _) => identified(Named::Tag, value, &at, &self.known)?,
            (PeopleField::Segment, _) => identified(Named::Segment, value, &at, &self.known)?,
            (PeopleField::Owner, _) => (self.owner)(&value).map_err(|sentence| wrong(at, sentence))?,
            _ => value,
        };
        self.terms.push(PeopleTerm { field, value });
        Ok(())
    }

    fn end_phone(&mut self) -> Result<(), Wrong> {
        let Some((phone, at)) = self.phone.take() else { return Ok(()) };
        self.add(PeopleField::Phone, phone, at)
    }

    fn finish(mut self, source: &str) -> Result<PeopleFilter, Wrong> {
        self.end_phone()?;
        if let Some(at) = self.name_at.take().filter(|_| !self.name.is_empty()) {
            let name = self.name.join(" ");
            self.add(PeopleField::Name, name, at)?;
        }
        let others = self.terms.iter().filter(|term| term.field != PeopleField::Id).count();
        if others > MOST_FILTERS {
            return Err(wrong(0..source.len(), "Intercom takes 15 conditions at most; leave some out."));
        }
        Ok(PeopleFilter { terms: self.terms })
    }
}

/// Digits and what people write between them.
fn is_number(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | '/' | '.'))
}

fn called(field: &PeopleField) -> String {
    let word = field.word();
    if matches!(field, PeopleField::Attribute(_)) {
        format!("The attribute {word}")
    } else {
        format!("{word}:")
    }
}

fn example(field: &PeopleField) -> &'static str {
    match field {
        PeopleField::Id => "66aa0000bb11cc22dd33ee44",
        PeopleField::Name => "\"Ana Souza\"",
        PeopleField::Email => "ana@lumen.example",
        PeopleField::Domain => "lumen.example",
        PeopleField::Phone => "+5511955501234",
        PeopleField::Country => "Brazil",
        PeopleField::Region => "Bavaria",
        PeopleField::City => "\"São Paulo\"",
        PeopleField::Bounced => "true",
        PeopleField::Role => "lead",
        PeopleField::Owner | PeopleField::Tag | PeopleField::Segment => "7001001",
        PeopleField::ExternalId => "user-40213",
        PeopleField::Attribute(_) => "Pro",
    }
}

fn wanting(field: &PeopleField, at: Range<usize>) -> Wrong {
    let word = field.word();
    wrong(at, format!("{word}: needs a value, as in {word}:{}.", example(field)))
}

fn check(field: &PeopleField, value: &str, at: &Range<usize>) -> Result<(), Wrong> {
    if value.is_empty() {
        return Err(wanting(field, at.clone()));
    }
    let host = || !value.contains('@') && !value.contains(char::is_whitespace);
    let rules: [(PeopleField, &dyn Fn() -> bool, &str); 4] = [
        (
            PeopleField::Email,
            &|| is_address(value),
            "email: wants a whole address; @lumen.example finds everybody of a domain.",
        ),
        (
            PeopleField::Domain,
            &host,
            "domain: wants what stands behind the @ alone, as in domain:lumen.example.",
        ),
        (
            PeopleField::Id,
            &|| ContactId::read(value).is_some(),
            "id: wants Intercom's id, letters and digits; external_id: takes your own.",
        ),
        (PeopleField::Bounced, &|| matches!(value, "true" | "false"), "bounced: is true or false."),
    ];
    let broken = rules.iter().find(|(of, holds, _)| of == field && !holds());
    broken.map_or(Ok(()), |(_, _, complaint)| Err(wrong(at.clone(), *complaint)))
}

fn is_address(value: &str) -> bool {
    let parts = value.split_once('@');
    parts.is_some_and(|(who, host)| !who.is_empty() && !host.is_empty() && !host.contains('@'))
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
