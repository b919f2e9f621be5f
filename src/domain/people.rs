//! What people and companies can be searched by, as a person types it. Owns the two small languages, with positions for
//! what is wrong, and their normal forms; refuses to send anything and to know which tool takes what.

mod company;
mod named;
mod parse;
mod words;

pub use company::{CompanyFilter, company_filter};
pub use named::Named;
pub use parse::people_filter;

use std::fmt;

use super::query::quoted;

/// What a contact can be searched by (intercom-mcp 3.6, 6.5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PeopleField {
    /// Intercom's id; may be there several times, any of them counts.
    Id,
    /// Part of the name.
    Name,
    /// The whole address.
    Email,
    /// What stands behind the @.
    Domain,
    /// The whole number.
    Phone,
    /// Country of the last known place.
    Country,
    /// Region of the last known place.
    Region,
    /// City of the last known place.
    City,
    /// Whether mail to them came back: `true` or `false`.
    Bounced,
    /// `user` or `lead`.
    Role,
    /// The id of the admin who owns the relationship.
    Owner,
    /// The customer's own id.
    ExternalId,
    /// The id of a tag.
    Tag,
    /// The id of a segment.
    Segment,
    /// A custom attribute by its name, whole value.
    Attribute(String),
}

impl PeopleField {
    /// The words of the language, the first one of each field to print.
    pub const WORDS: [(&'static str, Self); 21] = [
        ("id", Self::Id),
        ("ids", Self::Id),
        ("name", Self::Name),
        ("email", Self::Email),
        ("mail", Self::Email),
        ("domain", Self::Domain),
        ("email_domain", Self::Domain),
        ("phone", Self::Phone),
        ("country", Self::Country),
        ("region", Self::Region),
        ("city", Self::City),
        ("bounced", Self::Bounced),
        ("has_hard_bounced", Self::Bounced),
        ("role", Self::Role),
        ("owner", Self::Owner),
        ("owner_id", Self::Owner),
        ("external_id", Self::ExternalId),
        ("tag", Self::Tag),
        ("tag_id", Self::Tag),
        ("segment", Self::Segment),
        ("segment_id", Self::Segment),
    ];

    /// The word of the language, or the name of the attribute.
    pub fn word(&self) -> &str {
        if let Self::Attribute(name) = self {
            return name;
        }
        Self::WORDS.iter().find(|(_, field)| field == self).map_or("name", |(word, _)| word)
    }
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleTerm {
    /// What is compared.
    pub field: PeopleField,
    /// With what; never blank.
    pub value: String,
}

/// Who is looked for; all conditions must hold. The default is everybody.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PeopleFilter {
    /// The conditions, in the order they were typed.
    pub terms: Vec<PeopleTerm>,
}

impl PeopleFilter {
    /// Whether it asks for everybody.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// A search for one value of a field.
    pub fn of(field: PeopleField, value: &str) -> Self {
        Self { terms: vec![PeopleTerm { field, value: value.to_owned() }] }
    }

    /// The values of a field.
    pub fn values<'a>(&'a self, field: &'a PeopleField) -> impl Iterator<Item = &'a str> {
        self.terms.iter().filter(move |term| term.field == *field).map(|term| term.value.as_str())
    }
}

impl fmt::Display for PeopleTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, value) = (self.field.word(), quoted(&self.value));
        if let PeopleField::Attribute(name) = &self.field {
            return write!(f, "attribute:{}={value}", quoted(name));
        }
        write!(f, "{word}:{value}")
    }
}

/// Prints the search in its normal form; reading that again gives the same search.
impl fmt::Display for PeopleFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.terms.iter().map(PeopleTerm::to_string).collect();
        f.write_str(&words.join(" "))
    }
}
