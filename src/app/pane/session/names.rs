//! The names of teammates, teams, tags and collections, which no tool lists: what was learnt, what was put right by hand, and
//! ids that were seen without a name. Laid out anew only when something changed.

use super::{Session, View};
use crate::app::effect::Effect;
use crate::app::field::Field;
use crate::app::key::{Code, Key};
use crate::app::list::List;
use crate::app::notice::Weight;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::roster::{Kind, Roster};
use crate::domain::text::Clean;

/// One name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Of what.
    pub kind: Kind,
    /// Its id.
    pub id: Box<str>,
    /// The name; empty while only the id was seen.
    pub name: Clean,
    /// Somebody put it right.
    pub by_hand: bool,
    /// It is the teammate one is.
    pub me: bool,
}

impl Row {
    /// Where the name is from.
    pub fn origin(&self) -> &'static str {
        match (self.by_hand, self.name.is_empty(), self.me) {
            (true, _, true) => "corrected here, you",
            (true, _, false) => "corrected here",
            (false, true, true) => "id only, you",
            (false, true, false) => "id only",
            (false, false, true) => "learnt, you",
            (false, false, false) => "learnt",
        }
    }
}

/// What the line at the bottom is for.
#[derive(Debug)]
pub enum Asks {
    /// The right name of this id.
    Name(Kind, Box<str>),
    /// Words that the rows have to have.
    Words,
}

/// The view.
#[derive(Debug, Default)]
pub struct Names {
    /// What is shown, by kind and name.
    pub rows: Vec<Row>,
    /// How many there are, shown or not.
    pub count: usize,
    /// The cursor.
    pub list: List,
    /// The line at the bottom, when one is open.
    pub line: Option<(Asks, Field)>,
    /// What the list is narrowed to, lower case; empty for everything.
    pub words: String,
    /// What the rows are of.
    built: Option<(u64, String, Option<Box<str>>)>,
}

impl Names {
    /// The row under the cursor.
    pub fn picked(&self) -> Option<&Row> {
        self.rows.get(self.list.cursor())
    }

    /// Where keys go.
    pub(super) fn place(&self) -> Place {
        match &self.line {
            Some((Asks::Name(..), _)) => Place::Form,
            Some((Asks::Words, _)) => Place::SearchLine,
            None => Place::Names,
        }
    }

    /// Opens the line to narrow the list.
    pub(super) fn search(&mut self) {
        self.line = Some((Asks::Words, Field::of(&self.words)));
    }

    fn correct(&mut self) {
        let Some(row) = self.picked() else { return };
        self.line = Some((Asks::Name(row.kind, row.id.clone()), Field::of(&row.name)));
    }

    /// Out of the line, then out of what is narrowed. False when there is neither.
    pub(super) fn back(&mut self) -> bool {
        let had = self.line.take().is_some();
        had || !std::mem::take(&mut self.words).is_empty()
    }

    /// Lays out what changed. Costs a comparison when nothing did.
    pub(super) fn arrange(&mut self, roster: &Roster, height: u16) {
        let me = roster.me.as_ref().map(|me| me.as_str().into());
        let is_built = self.built.as_ref().is_some_and(|(version, words, whose)| {
            *version == roster.version() && *words == self.words && *whose == me
        });
        if !is_built {
            let on = self.picked().map(|row| (row.kind, row.id.clone()));
            self.build(roster);
            self.built = Some((roster.version(), self.words.clone(), me));
            if let Some(at) = on.and_then(|(kind, id)| self.place_of(kind, &id)) {
                self.list.fit(self.rows.len(), usize::from(self.room(height)));
                self.list.select(at);
            }
        }
        self.list.fit(self.rows.len(), usize::from(self.room(height)));
    }

    fn place_of(&self, kind: Kind, id: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.kind == kind && *row.id == *id)
    }

    /// Rows of the list: the names of the columns stand above it, the line below.
    pub fn room(&self, height: u16) -> u16 {
        height.saturating_sub(1 + u16::from(self.line.is_some()))
    }

    fn build(&mut self, roster: &Roster) {
        let of = |kind| roster.every(kind).map(move |(id, name)| (kind, id, name));
        let every = Kind::ALL.into_iter().flat_map(of);
        self.rows.clear();
        self.count = 0;
        for (kind, id, name) in every {
            self.count += 1;
            let has = |text: &str| text.to_lowercase().contains(&self.words);
            if has(&name.name) || has(id) || kind.word().contains(&self.words) {
                let me = kind == Kind::Admin && roster.me.as_ref().is_some_and(|me| me.as_str() == id);
                let (id, name, by_hand) = (id.into(), name.name.clone(), name.by_hand);
                self.rows.push(Row { kind, id, name, by_hand, me });
            }
        }
        self.rows.sort_by_cached_key(|row| {
            (row.kind, row.name.is_empty(), row.name.to_lowercase(), row.id.len(), row.id.clone())
        });
    }
}

impl Session {
    /// Opens a field with the name under the cursor.
    pub(super) fn correct_name(&mut self) {
        self.names.correct();
    }

    /// Forgets the name under the cursor.
    pub(super) fn forget_name(&mut self, shell: &mut Shell) {
        let Some(row) = self.names.picked().cloned() else { return };
        shell.roster.forget(row.kind, &row.id);
        let words = format!("{} {} has no name here any more.", capital(row.kind), Clean::line(&row.id));
        shell.tell(Weight::Good, Clean::line(&words), Clean::fixed("It is learnt again when it passes by."));
    }

    /// Copies the name and the id under the cursor.
    pub(super) fn copy_name(&self, shell: &mut Shell) {
        let Some(row) = self.names.picked() else { return };
        let text =
            if row.name.is_empty() { row.id.to_string() } else { format!("{} ({})", row.name, row.id) };
        shell.effect(Effect::Copy(Clean::line(&text)));
        shell.say(Weight::Good, "The name and its id are on the clipboard.");
    }

    /// Why a command of this view cannot be done now.
    pub(super) fn no_name(&self) -> Option<&'static str> {
        self.names.picked().is_none().then_some("There is no name here.")
    }

    pub(super) fn no_name_to_forget(&self) -> Option<&'static str> {
        let named = self.names.picked().is_some_and(|row| !row.name.is_empty());
        (!named).then_some("There is no name here to forget.")
    }

    /// A key of the line at the bottom; false when none is open.
    pub(super) fn names_key(&mut self, shell: &mut Shell, key: Key) -> bool {
        if self.view != View::Names {
            return false;
        }
        let Some((asks, field)) = &mut self.names.line else { return false };
        if key.code != Code::Enter {
            field.press(key);
            let words = matches!(asks, Asks::Words).then(|| field.text().to_lowercase());
            shell.say_if_cut(field, "The line");
            if let Some(words) = words {
                self.names.words = words;
            }
            return true;
        }
        if let Some((Asks::Name(kind, id), field)) = self.names.line.take() {
            Self::name_typed(shell, kind, &id, &field);
        }
        true
    }

    fn name_typed(shell: &mut Shell, kind: Kind, id: &str, field: &Field) {
        let name = Clean::line(field.text().trim());
        if name.is_empty() {
            let hint = format!(
                "{} forgets a name.",
                shell.key(Place::Names, crate::app::command::Command::ForgetName)
            );
            return shell.tell(
                Weight::Quiet,
                Clean::fixed("Nothing was typed; nothing changed."),
                Clean::line(&hint),
            );
        }
        if !shell.roster.correct(kind, id, &name) {
            return shell.say(Weight::Bad, "That is too long for a name; nothing changed.");
        }
        let words = format!("{} {} is {name} here from now on.", capital(kind), Clean::line(id));
        shell.say(Weight::Good, &words);
    }

    /// Pasted text; false when no line is open.
    pub(super) fn names_paste(&mut self, shell: &mut Shell, text: &str) -> bool {
        if self.view != View::Names {
            return false;
        }
        let Some((asks, field)) = &mut self.names.line else { return false };
        field.insert(text);
        let words = matches!(asks, Asks::Words).then(|| field.text().to_lowercase());
        shell.say_if_cut(field, "The line");
        if let Some(words) = words {
            self.names.words = words;
        }
        true
    }

    /// How many names there are, and how many of them are shown.
    pub(super) fn names_status(&self) -> String {
        let (shown, all) = (self.names.rows.len(), self.names.count);
        if self.names.words.is_empty() {
            super::sizes::several(all, "name")
        } else {
            format!("{shown} of {all} names")
        }
    }
}

fn capital(kind: Kind) -> &'static str {
    match kind {
        Kind::Admin => "Teammate",
        Kind::Team => "Team",
        Kind::Tag => "Tag",
        Kind::Collection => "Collection",
    }
}
