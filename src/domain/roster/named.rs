//! Names of one kind by id, and the rule which of two names of one id stands.

use std::collections::{HashMap, HashSet};

use crate::domain::folded::fold;
use crate::domain::id::AdminId;
use crate::domain::text::Clean;

/// The most names kept of one kind; a workspace has hundreds of admins, not tens of thousands.
pub const MOST: usize = 20_000;
/// The longest name kept, in bytes; what is longer is no name.
const LONGEST: usize = 1_024;
/// The longest id, in bytes.
const LONGEST_ID: usize = 128;

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A teammate.
    Admin,
    /// A team.
    Team,
    /// A tag.
    Tag,
    /// A collection of articles.
    Collection,
}

impl Kind {
    /// Those that have names, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Admin, Self::Team, Self::Tag, Self::Collection];

    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Admin => "teammate",
            Self::Team => "team",
            Self::Tag => "tag",
            Self::Collection => "collection",
        }
    }

    pub(super) fn index(self) -> usize {
        match self {
            Self::Admin => 0,
            Self::Team => 1,
            Self::Tag => 2,
            Self::Collection => 3,
        }
    }
}

/// A name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The words.
    pub name: Clean,
    /// Somebody put it right; what passes by does not change it.
    pub by_hand: bool,
}

/// Somebody or something that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Called<'roster> {
    /// The id.
    pub id: &'roster str,
    /// The name.
    pub name: &'roster str,
    /// The name folded, without blanks around it: made once, since every key of a search compares all of them.
    pub letters: &'roster str,
}

/// What is new: one line of the file on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// About a name.
    Name {
        /// Of what.
        kind: Kind,
        /// Its id.
        id: Box<str>,
        /// The name; none when it is forgotten.
        name: Option<Clean>,
        /// Somebody said so, not what passed by.
        by_hand: bool,
    },
    /// Which admin one is oneself; none for nobody any more.
    Me(Option<AdminId>),
}

/// Whether it can be an id. One that cannot be shown as it is could pass for another one, and is none.
fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= LONGEST_ID && Clean::line(id).as_str() == id
}

/// Whether both can stand in a roster.
pub(super) fn is_name(id: &str, name: &Clean) -> bool {
    is_id(id) && !name.is_empty() && name.len() <= LONGEST
}

/// A name with its letters as they are compared.
#[derive(Clone, Debug)]
struct Entry {
    name: Name,
    letters: Box<str>,
}

impl Entry {
    fn of(name: Clean, by_hand: bool) -> Self {
        let letters: String = fold(name.trim()).collect();
        Self { name: Name { name, by_hand }, letters: letters.into() }
    }
}

/// Names by id.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    names: HashMap<Box<str>, Entry>,
    /// Whose name changed in this run by what passed by.
    changed: HashSet<Box<str>>,
}

impl Names {
    pub(super) fn get(&self, id: &str) -> Option<&Name> {
        self.names.get(id).map(|entry| &entry.name).filter(|name| !name.name.is_empty())
    }

    /// An id without a name. True when it was not known.
    pub(super) fn seen(&mut self, id: &str) -> bool {
        let is_new = self.names.len() < MOST && !self.names.contains_key(id) && is_id(id);
        if is_new {
            self.names.insert(id.into(), Entry::of(Clean::default(), false));
        }
        is_new
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Name)> {
        self.names.iter().map(|(id, entry)| (&**id, &entry.name))
    }

    pub(super) fn called(&self) -> impl Iterator<Item = Called<'_>> {
        let named = self.names.iter().filter(|(_, entry)| !entry.name.name.is_empty());
        named.map(|(id, Entry { name, letters })| Called { id, name: &name.name, letters })
    }

    /// Puts a name there, whatever was there. False for what is no name, and where there is no room.
    fn takes(&mut self, id: &str, name: &Clean, by_hand: bool) -> bool {
        let room = self.names.len() < MOST || self.names.contains_key(id);
        let taken = room && is_name(id, name);
        if taken {
            self.names.insert(id.into(), Entry::of(name.clone(), by_hand));
        }
        taken
    }

    /// Learns what passes by. True when that was news. A name changes once in a run: a row and a thread that spell it
    /// differently would change it with every page, and each time it would be news for the disk.
    pub(super) fn learn(&mut self, id: &str, name: &Clean) -> bool {
        let old = self.get(id);
        let is_other = old.is_some();
        if old.is_some_and(|old| old.by_hand || old.name == *name || self.changed.contains(id)) {
            return false;
        }
        let taken = self.takes(id, name, false);
        if taken && is_other {
            self.changed.insert(id.into());
        }
        taken
    }

    pub(super) fn correct(&mut self, id: &str, name: &Clean) -> bool {
        self.takes(id, name, true)
    }

    /// Takes what the disk says. What another window learnt does not change what was put right by hand.
    pub(super) fn put(&mut self, id: &str, name: &Clean, by_hand: bool) {
        if by_hand || !self.get(id).is_some_and(|old| old.by_hand) {
            self.takes(id, name, by_hand);
        }
    }

    pub(super) fn forget(&mut self, id: &str) -> bool {
        let had = self.get(id).is_some();
        if let Some(entry) = self.names.get_mut(id) {
            *entry = Entry::of(Clean::default(), false);
        }
        had
    }
}
