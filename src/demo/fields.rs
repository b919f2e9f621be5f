//! The fields a search can name: Intercom's searchable REST fields with dots written as underscores.

mod contact;
mod conversation;

pub(crate) use conversation::source_id;

use super::fact::{Fact, Kind};
use super::workspace::Workspace;

/// What is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Conversations.
    Conversations,
    /// Contacts.
    Contacts,
}

impl Subject {
    /// The word used for it in queries and texts.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Conversations => "conversations",
            Self::Contacts => "contacts",
        }
    }
}

type Read = for<'a> fn(&'a Workspace, u32) -> Fact<'a>;

/// A searchable field.
#[derive(Debug)]
pub(crate) struct Field {
    /// The name in queries.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) kind: Kind,
    read: Read,
}

const fn field(name: &'static str, kind: Kind, read: Read) -> Field {
    Field { name, kind, read }
}

/// A field somebody named: a known one, or a custom attribute of contacts.
#[derive(Debug, Clone)]
pub(crate) enum Named {
    /// One of the tables.
    Known(&'static Field),
    /// A contact's custom attribute, compared as text.
    Attribute(String),
}

impl Named {
    /// What it holds.
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Known(field) => field.kind,
            Self::Attribute(_) => Kind::Text,
        }
    }

    /// Its value for one record.
    pub(crate) fn read<'a>(&self, workspace: &'a Workspace, index: u32) -> Fact<'a> {
        match self {
            Self::Known(field) => (field.read)(workspace, index),
            Self::Attribute(name) => contact::attribute(workspace, index, name),
        }
    }
}

/// The field with this name, if the subject has it.
pub(crate) fn find(subject: Subject, name: &str) -> Option<Named> {
    let known = match subject {
        Subject::Conversations => conversation::tables().find(|field| field.name == name),
        Subject::Contacts => contact::FIELDS.iter().find(|field| field.name == name),
    };
    if let Some(field) = known {
        return Some(Named::Known(field));
    }
    match subject {
        Subject::Contacts => {
            name.strip_prefix("custom_attributes_").map(|name| Named::Attribute(name.to_owned()))
        }
        Subject::Conversations => None,
    }
}

/// Free text: whether every word, in lower case, occurs in the record's main texts.
pub(crate) fn mentions(subject: Subject, workspace: &Workspace, index: u32, words: &str) -> bool {
    match subject {
        Subject::Conversations => conversation::mentions(workspace, index, words),
        Subject::Contacts => contact::mentions(workspace, index, words),
    }
}
