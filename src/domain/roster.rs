//! Names of admins, teams, tags and collections, which no tool lists (intercom-mcp section 10): learnt from what passes by,
//! put right by hand. Owns the pairs and what of them is news for the disk; unknown ids are shown as ids.

mod named;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::article::ArticleRow;
use super::conversation::{Author, AuthorKind, Conversation, ConversationRow};
use super::id::{AdminId, ContactId, TeamId};
use super::text::Clean;
pub use named::{Called, Kind, MOST, Name, Said};
use named::{Names, is_name};

/// Names by id.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    /// Which admin one is; none while nobody said.
    pub me: Option<AdminId>,
    names: [Names; Kind::ALL.len()],
    contacts: HashMap<Box<str>, Clean>,
    version: u64,
    fresh: Vec<Said>,
    kept_me: Option<AdminId>,
}

impl Roster {
    /// Begins as that admin, as the config says, while nobody said otherwise here: not news for the disk, whose word counts more.
    pub fn begin_as(&mut self, me: Option<AdminId>) {
        self.kept_me.clone_from(&me);
        self.me = me;
    }

    /// Learns one author's name. Blank names and kinds without ids teach nothing; a name put right by hand stays.
    pub fn learn(&mut self, author: &Author) {
        match author.kind {
            AuthorKind::Admin => self.learn_name(Kind::Admin, &author.id, &author.name),
            AuthorKind::Team => self.learn_name(Kind::Team, &author.id, &author.name),
            AuthorKind::Customer => {
                let known = self.contacts.get(&author.id) == Some(&author.name);
                if known || !is_name(&author.id, &author.name) {
                    return;
                }
                if self.contacts.len() < MOST || self.contacts.contains_key(&author.id) {
                    self.contacts.insert(author.id.clone(), author.name.clone());
                }
            }
            AuthorKind::Fin | AuthorKind::Bot | AuthorKind::Unknown => {}
        }
    }

    /// Learns a name that passed by. One that was put right by hand stays as it is.
    pub fn learn_name(&mut self, kind: Kind, id: &str, name: &Clean) {
        if self.names[kind.index()].learn(id, name) {
            self.news(Said::Name { kind, id: id.into(), name: Some(name.clone()), by_hand: false });
        }
    }

    /// An id passed by without a name: it can be given one by hand. Not news for the disk.
    pub fn seen(&mut self, kind: Kind, id: &str) {
        if self.names[kind.index()].seen(id) {
            self.version += 1;
        }
    }

    /// Learns what a conversation's row tells: its author, the names of its tags, and who has it.
    pub fn learn_row(&mut self, row: &ConversationRow) {
        self.learn(&row.author);
        row.admin.iter().for_each(|id| self.seen(Kind::Admin, id.as_str()));
        row.team.iter().for_each(|id| self.seen(Kind::Team, id.as_str()));
        for tag in &row.tags {
            if *tag.id == *tag.name {
                self.seen(Kind::Tag, &tag.id);
            } else {
                self.learn_name(Kind::Tag, &tag.id, &tag.name);
            }
        }
    }

    /// Learns what an article's row tells: whose name stands on it and where it hangs, by id.
    pub fn learn_article(&mut self, row: &ArticleRow) {
        row.author.iter().for_each(|id| self.seen(Kind::Admin, id.as_str()));
        // A section is told as a number like a collection's, and is another thing.
        let parent = row.parent.iter().filter(|parent| parent.kind.as_str() != "section");
        parent.for_each(|parent| self.seen(Kind::Collection, &parent.id));
    }

    /// Learns everybody who appears in a thread.
    pub fn learn_thread(&mut self, conversation: &Conversation) {
        self.learn_row(&conversation.row);
        conversation.teammates.iter().for_each(|author| self.learn(author));
        for part in &conversation.parts {
            self.learn(&part.author);
            part.assigned_to.iter().for_each(|author| self.learn(author));
        }
    }

    fn news(&mut self, said: Said) {
        self.version += 1;
        self.fresh.push(said);
    }

    /// Puts a name right by hand. What passes by never changes it again. False for what cannot be a name.
    pub fn correct(&mut self, kind: Kind, id: &str, name: &Clean) -> bool {
        let taken = self.names[kind.index()].correct(id, name);
        if taken {
            self.news(Said::Name { kind, id: id.into(), name: Some(name.clone()), by_hand: true });
        }
        taken
    }

    /// Forgets a name, until it passes by again. False when it was not known.
    pub fn forget(&mut self, kind: Kind, id: &str) -> bool {
        let known = self.names[kind.index()].forget(id);
        if known {
            self.news(Said::Name { kind, id: id.into(), name: None, by_hand: true });
        }
        known
    }

    /// The admin's name, else the id.
    pub fn admin<'a>(&'a self, id: &'a AdminId) -> &'a str {
        self.name_or_id(Kind::Admin, id.as_str())
    }

    /// The team's name, else the id.
    pub fn team<'a>(&'a self, id: &'a TeamId) -> &'a str {
        self.name_or_id(Kind::Team, id.as_str())
    }

    /// The tag's name, else the id.
    pub fn tag<'a>(&'a self, id: &'a str) -> &'a str {
        self.name_or_id(Kind::Tag, id)
    }

    /// The collection's name, else the id.
    pub fn collection<'a>(&'a self, id: &'a str) -> &'a str {
        self.name_or_id(Kind::Collection, id)
    }

    fn name_or_id<'a>(&'a self, kind: Kind, id: &'a str) -> &'a str {
        self.name(kind, id).map_or(id, |name| name.name.as_str())
    }

    /// What is known of an id.
    pub fn name(&self, kind: Kind, id: &str) -> Option<&Name> {
        self.names[kind.index()].get(id)
    }

    /// The contact's name, when it was ever seen.
    pub fn contact(&self, id: &ContactId) -> Option<&Clean> {
        self.contacts.get(id.as_str())
    }

    /// Everything known of one kind, in no order; with ids that have no name yet, which is empty then.
    pub fn every(&self, kind: Kind) -> impl Iterator<Item = (&str, &Name)> {
        self.names[kind.index()].iter()
    }

    /// Everything known of one kind by name, in no order.
    pub fn names(&self, kind: Kind) -> impl Iterator<Item = (&str, &Name)> {
        self.every(kind).filter(|(_, name)| !name.name.is_empty())
    }

    /// Every admin known by name, in no order.
    pub fn admins(&self) -> impl Iterator<Item = (&str, &Clean)> {
        self.names(Kind::Admin).map(|(id, name)| (id, &name.name))
    }

    /// Everything of one kind that has a name, ready to be compared with what is typed; in no order.
    pub fn called(&self, kind: Kind) -> impl Iterator<Item = Called<'_>> {
        self.names[kind.index()].called()
    }

    /// A number that grows whenever a name of an admin, a team, a tag or a collection changed.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// What is new for the disk since the last call, in order; who one is among it.
    pub fn take_fresh(&mut self) -> Vec<Said> {
        if self.me != self.kept_me {
            self.kept_me.clone_from(&self.me);
            self.fresh.push(Said::Me(self.me.clone()));
        }
        std::mem::take(&mut self.fresh)
    }

    /// Everything that the disk has to know, by kind and id.
    pub fn whole(&self) -> Vec<Said> {
        let of = |kind| {
            let mut names: Vec<(&str, &Name)> = self.names(kind).collect();
            names.sort_unstable_by_key(|(id, _)| *id);
            names.into_iter().map(move |(id, name)| Said::Name {
                kind,
                id: id.into(),
                name: Some(name.name.clone()),
                by_hand: name.by_hand,
            })
        };
        let me = self.me.iter().map(|me| Said::Me(Some(me.clone())));
        me.chain(Kind::ALL.into_iter().flat_map(of)).collect()
    }

    /// Takes in what is on disk, in order: in place of everything that the disk knows, or after it. Names learnt meanwhile
    /// stay where the disk has none.
    pub fn read(&mut self, whole: bool, said: &[Said]) {
        self.version += 1;
        let before =
            if whole { std::mem::take(&mut self.names) } else { <[Names; Kind::ALL.len()]>::default() };
        for said in said {
            match said {
                Said::Me(me) => {
                    self.me.clone_from(me);
                    self.kept_me.clone_from(me);
                }
                Said::Name { kind, id, name: Some(name), by_hand } => {
                    self.names[kind.index()].put(id, name, *by_hand);
                }
                Said::Name { kind, id, name: None, .. } => drop(self.names[kind.index()].forget(id)),
            }
        }
        for (kind, before) in Kind::ALL.into_iter().zip(&before) {
            for (id, name) in before.iter() {
                let names = &mut self.names[kind.index()];
                if names.get(id).is_some_and(|known| !known.name.is_empty()) {
                    continue;
                }
                if name.name.is_empty() {
                    names.seen(id);
                } else {
                    names.learn(id, &name.name);
                }
            }
        }
    }
}
