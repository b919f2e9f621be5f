//! The workspace behind the tools: the shipped desk, grown on request, and what was written since the start.
//!
//! Records are compact and refer to the shipped stories; JSON is rendered only for what is asked. Every time is an
//! offset from the second the server was started at, so the demo never looks old.

mod article;
mod company;
mod conversation;
mod desk;
mod facts;
mod growth;
mod load;
mod person;
mod reading;
mod story;

use std::collections::HashMap;

use super::clock::Clock;

pub(crate) use article::Article;
pub(crate) use company::Company;
pub(crate) use conversation::{Note, Record};
pub(crate) use desk::{Desk, Named};
pub(crate) use load::{LoadError, load, load_empty};
pub(crate) use person::{Person, PersonSeed, written_id};
pub(crate) use story::{Author, Message, Part, Story};

/// Everything the server knows.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// The server's clock.
    pub(crate) clock: Clock,
    /// Admins, teams, tags, segments and collections.
    pub(crate) desk: Desk,
    /// Companies, most recent request first.
    pub(crate) companies: Vec<Company>,
    /// The contacts that ship; every contact is one of them or a variation of one.
    pub(crate) seeds: Vec<PersonSeed>,
    /// All contacts.
    pub(crate) people: Vec<Person>,
    /// The stories conversations tell.
    pub(crate) stories: Vec<Story>,
    /// All conversations.
    pub(crate) conversations: Vec<Record>,
    /// Articles in the order they were read or made.
    pub(crate) articles: Vec<Article>,
    /// Notes by conversation index.
    pub(crate) notes: HashMap<u32, Vec<Note>>,
    /// Conversation indices, most recently updated first.
    pub(crate) conversation_order: Vec<u32>,
    /// Contact indices, most recently updated first.
    pub(crate) person_order: Vec<u32>,
    conversation_ids: HashMap<u64, u32>,
    person_ids: HashMap<u128, u32>,
    /// How many records each query matched since the last write, by fingerprint.
    pub(crate) counts: HashMap<u64, usize>,
}

impl Workspace {
    /// The position of a conversation, by its id without prefix.
    pub(crate) fn conversation_at(&self, id: &str) -> Option<u32> {
        self.conversation_ids.get(&id.parse().ok()?).copied()
    }

    /// The position of a contact, by its id without prefix.
    pub(crate) fn person_at(&self, id: &str) -> Option<u32> {
        self.person_ids.get(&u128::from_str_radix(id, 16).ok()?).copied()
    }

    /// The company with this id.
    pub(crate) fn company(&self, id: &str) -> Option<&Company> {
        self.companies.iter().find(|company| company.id == id)
    }

    /// The article with this id.
    pub(crate) fn article(&self, id: &str) -> Option<&Article> {
        self.articles.iter().find(|article| article.id == id)
    }

    /// Marks that something was written: what was counted before is stale.
    pub(crate) fn changed(&mut self) {
        self.counts.clear();
    }

    /// Puts both indices in order; called once after loading.
    fn put_in_order(&mut self) {
        let mut conversations: Vec<u32> = indices(self.conversations.len());
        conversations
            .sort_by_cached_key(|&index| std::cmp::Reverse((self.conversation_updated(index), index)));
        self.conversation_order = conversations;
        let mut people: Vec<u32> = indices(self.people.len());
        people.sort_by_cached_key(|&index| std::cmp::Reverse((self.person_updated(index), index)));
        self.person_order = people;
        self.conversation_ids =
            (0..).zip(&self.conversations).map(|(index, record)| (record.id, index)).collect();
        self.person_ids = (0..).zip(&self.people).map(|(index, person)| (person.id, index)).collect();
    }
}

fn indices(length: usize) -> Vec<u32> {
    (0..u32::try_from(length).unwrap_or(u32::MAX)).collect()
}

#[cfg(test)]
mod tests;
