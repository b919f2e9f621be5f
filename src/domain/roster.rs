//! Names of admins, teams and collections, which no tool lists (intercom-mcp section 10): learnt from what passes by.
//! Owns the pairs; unknown ids are shown as ids.

use std::collections::HashMap;

use super::conversation::{Author, AuthorKind, Conversation};
use super::id::{AdminId, ContactId};
use super::text::Clean;

/// The most names kept of one kind; a workspace has hundreds of admins, not tens of thousands.
const MOST: usize = 20_000;

/// Names by id.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    /// Which admin one is; none while nobody said.
    pub me: Option<AdminId>,
    admins: HashMap<Box<str>, Clean>,
    contacts: HashMap<Box<str>, Clean>,
}

impl Roster {
    /// Learns one author's name. Blank names and kinds without ids teach nothing.
    pub fn learn(&mut self, author: &Author) {
        let names = match author.kind {
            AuthorKind::Admin => &mut self.admins,
            AuthorKind::Customer => &mut self.contacts,
            AuthorKind::Fin | AuthorKind::Bot | AuthorKind::Team | AuthorKind::Unknown => return,
        };
        if author.id.is_empty() || author.name.is_empty() || names.len() >= MOST {
            return;
        }
        names.insert(author.id.clone(), author.name.clone());
    }

    /// Learns everybody who appears in a thread.
    pub fn learn_thread(&mut self, conversation: &Conversation) {
        self.learn(&conversation.row.author);
        conversation.teammates.iter().for_each(|author| self.learn(author));
        for part in &conversation.parts {
            self.learn(&part.author);
            part.assigned_to.iter().for_each(|author| self.learn(author));
        }
    }

    /// The admin's name, else the id.
    pub fn admin<'a>(&'a self, id: &'a AdminId) -> &'a str {
        self.admins.get(id.as_str()).map_or(id.as_str(), Clean::as_str)
    }

    /// The contact's name, when it was ever seen.
    pub fn contact(&self, id: &ContactId) -> Option<&Clean> {
        self.contacts.get(id.as_str())
    }

    /// Every admin known by name, in no order.
    pub fn admins(&self) -> impl Iterator<Item = (&str, &Clean)> {
        self.admins.iter().map(|(id, name)| (&**id, name))
    }
}
