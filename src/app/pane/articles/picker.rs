//! Choosing an author or a place from what was seen, because no tool lists teammates or collections (intercom-mcp section
//! 10). Owns the list, what was typed to narrow it, and ids that are typed themselves. Refuses to know whether the server
//! will take an id: only a write tells.

#![expect(clippy::wildcard_enum_match_arm, reason = "answers to a few keys and passes the rest on")]

use std::collections::HashMap;

use super::Articles;
use super::desk::{Desk, Part, Stage};
use crate::app::field::Field;
use crate::app::key::{Code, Key};
use crate::app::list::{List, Move};
use crate::app::shell::Shell;
use crate::domain::article::{ArticleRow, Parent};
use crate::domain::id::AdminId;
use crate::domain::roster::{Kind, Roster};
use crate::domain::text::{Clean, fit};

/// The longest number that is taken as an id, in digits.
const LONGEST: usize = 20;

/// What a row of the list stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A teammate.
    Author(AdminId),
    /// A collection or a section.
    Parent(Parent),
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it stands for.
    pub choice: Choice,
    /// Its words; clean.
    pub words: String,
    /// What else is known of it; clean.
    pub beside: String,
    /// Whether it is what the article has now.
    pub current: bool,
}

/// A list to choose one of.
#[derive(Debug)]
pub struct Picker {
    /// The field it chooses for: the author or the parent.
    pub part: Part,
    /// What was typed.
    pub field: Field,
    /// The cursor over `shown`.
    pub list: List,
    all: Vec<Entry>,
    shown: Vec<Entry>,
}

impl Picker {
    fn over(part: Part, all: Vec<Entry>) -> Self {
        let current = all.iter().position(|option| option.current).unwrap_or(0);
        let mut list = List::default();
        list.fit(all.len(), 1);
        list.select(current);
        Self { part, field: Field::default(), list, shown: all.clone(), all }
    }

    /// What matches, in order: what was seen, and last what was typed.
    pub fn shown(&self) -> &[Entry] {
        &self.shown
    }

    /// What the box is called.
    pub fn title(&self) -> &'static str {
        if self.part == Part::Author { "Author" } else { "Parent" }
    }

    /// What can be typed, while nothing is.
    pub fn prompt(&self) -> &'static str {
        if self.part == Part::Author {
            "type letters to narrow the list, or an id to use it"
        } else {
            "type letters to narrow the list, or collection 123 to use it"
        }
    }

    /// What to type where nothing matches.
    pub fn nothing(&self) -> &'static str {
        if self.part == Part::Author {
            "Nobody seen so far has these letters. Type an id, a number, to use it."
        } else {
            "Nothing seen so far matches. Type collection 123 or section 45 to use it."
        }
    }

    fn narrow(&mut self) {
        let typed = self.field.text().to_lowercase();
        let fits = |option: &&Entry| {
            let words = format!("{} {}", option.words, option.beside).to_lowercase();
            typed.split_whitespace().all(|word| words.contains(word))
        };
        self.shown = self.all.iter().filter(fits).cloned().collect();
        for option in self.typed() {
            if self.all.iter().all(|known| known.choice != option.choice) {
                self.shown.push(option);
            }
        }
        self.list.fit(self.shown.len(), self.list.view().len().max(1));
        self.list.select(0);
    }

    /// What was typed, where it is an id itself.
    fn typed(&self) -> Vec<Entry> {
        let made = |choice, words| Entry { choice, words, beside: "as typed".into(), current: false };
        let mut words = self.field.text().split_whitespace();
        match (self.part, words.next(), words.next(), words.next()) {
            (Part::Author, Some(id), None, None) if is_number(id) => AdminId::read(id)
                .map(|id| made(Choice::Author(id.clone()), format!("use id {id}")))
                .into_iter()
                .collect(),
            (Part::Parent, Some(id), None, None) if is_number(id) => ["collection", "section"]
                .map(|kind| made(Choice::Parent(parent(kind, id)), format!("use {kind} {id}")))
                .into(),
            (Part::Parent, Some(kind), Some(id), None) if is_number(id) => ["collection", "section"]
                .into_iter()
                .filter(|known| known.starts_with(&kind.to_lowercase()))
                .map(|kind| made(Choice::Parent(parent(kind, id)), format!("use {kind} {id}")))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Tells how many rows fit.
    pub(super) fn fit(&mut self, height: usize) {
        self.list.fit(self.shown.len(), height);
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn parent(kind: &'static str, id: &str) -> Parent {
    Parent { id: id.into(), kind: Clean::fixed(kind) }
}

/// A teammate by the name that was seen, else by number: `teammate 11`.
pub fn teammate(id: &AdminId, roster: &Roster) -> String {
    let name = roster.admin(id);
    if name == id.as_str() { format!("teammate {id}") } else { name.to_owned() }
}

/// A parent by its kind and number, since no tool tells its name, and by the name that somebody gave it here: `collection
/// 77`, `Billing (collection 77)`, `section 5`.
pub fn parent_words(parent: &Parent, roster: &Roster) -> String {
    let kind = if parent.kind.is_empty() { "collection" } else { parent.kind.as_str() };
    let number = format!("{kind} {}", Clean::line(&parent.id));
    let name = roster.name(Kind::Collection, &parent.id).filter(|_| kind == "collection");
    name.map_or_else(|| number.clone(), |name| format!("{} ({number})", name.name))
}

/// How many of the articles that are loaded: nobody tells how many there are.
fn count(articles: usize) -> String {
    if articles == 0 { String::new() } else { format!("{articles} loaded") }
}

/// Everybody who was seen: who wrote most of the loaded articles first, then by name.
fn authors<'a>(rows: impl Iterator<Item = &'a ArticleRow>, roster: &Roster, desk: &Desk) -> Vec<Entry> {
    let mut seen: HashMap<AdminId, usize> =
        roster.admins().filter_map(|(id, _)| Some((AdminId::read(id)?, 0))).collect();
    seen.extend(desk.author.clone().filter(|id| !seen.contains_key(id)).map(|id| (id, 0)));
    for author in rows.filter_map(|row| row.author.as_ref()) {
        *seen.entry(author.clone()).or_default() += 1;
    }
    let mut seen: Vec<(AdminId, usize)> = seen.into_iter().collect();
    seen.sort_by(|(a, many), (b, few)| {
        few.cmp(many).then_with(|| roster.admin(a).cmp(roster.admin(b))).then_with(|| a.cmp(b))
    });
    let option = |(id, articles): (AdminId, usize)| {
        let words = teammate(&id, roster);
        let counted = count(articles);
        let comma = if counted.is_empty() { "" } else { " · " };
        let (beside, current) = (format!("{counted}{comma}id {id}"), desk.author.as_ref() == Some(&id));
        Entry { choice: Choice::Author(id), words, beside, current }
    };
    seen.into_iter().map(option).collect()
}

/// Every parent that was seen, the one with most of the loaded articles first.
fn parents<'a>(rows: impl Iterator<Item = &'a ArticleRow>, roster: &Roster, desk: &Desk) -> Vec<Entry> {
    let mut seen: HashMap<(&str, &str), (usize, &str)> = HashMap::new();
    if let Some(own) = &desk.parent {
        seen.insert((own.kind.as_str(), &own.id), (0, ""));
    }
    for row in rows {
        let Some(parent) = &row.parent else { continue };
        let (articles, title) = seen.entry((parent.kind.as_str(), &parent.id)).or_default();
        *articles += 1;
        if title.is_empty() {
            *title = row.title.as_str();
        }
    }
    let mut seen: Vec<_> = seen.into_iter().collect();
    seen.sort_by(|(a, (many, _)), (b, (few, _))| few.cmp(many).then_with(|| a.cmp(b)));
    let option = |((kind, id), (articles, title)): ((&str, &str), (usize, &str))| {
        let parent = Parent { id: id.into(), kind: Clean::line(kind) };
        let example = if title.is_empty() { String::new() } else { format!(", e.g. \"{}\"", fit(title, 36)) };
        let (words, beside) = (parent_words(&parent, roster), format!("{}{example}", count(articles)));
        let current = desk.parent.as_ref() == Some(&parent);
        Entry { choice: Choice::Parent(parent), words, beside, current }
    };
    seen.into_iter().map(option).collect()
}

impl Articles {
    /// Opens the list for the author or the parent, over what was seen until now.
    fn pick(&mut self, shell: &Shell) {
        let Some(desk) = &self.desk else { return };
        let rows = || self.shelf.seen();
        let all = match desk.part {
            Part::Author => authors(rows(), &shell.roster, desk),
            Part::Parent => parents(rows(), &shell.roster, desk),
            Part::Title | Part::Description | Part::State | Part::Body => return,
        };
        let picker = Picker::over(desk.part, all);
        if let Some(desk) = &mut self.desk {
            desk.picker = Some(picker);
        }
    }

    /// A key in the author's or the parent's field: Enter, the blank, or the first letters open the list. False when the
    /// key is none of these.
    pub(super) fn pick_key(&mut self, shell: &mut Shell, key: Key) -> bool {
        let Some(desk) = self.desk.as_ref().filter(|desk| desk.is_picking_part()) else { return false };
        if desk.picker.is_some() {
            self.picker_key(shell, key);
            return true;
        }
        let typed = key.typed().filter(|letter| *letter != ' ');
        let opens = typed.is_some() || key.typed() == Some(' ') || key.code == Code::Enter;
        if !opens || desk.early.is_some() || !matches!(desk.stage, Stage::Editing) {
            return false;
        }
        self.pick(shell);
        if typed.is_some() {
            self.picker_key(shell, key);
        }
        true
    }

    /// A key in the list.
    pub(super) fn picker_key(&mut self, shell: &mut Shell, key: Key) {
        let Some(picker) = self.desk.as_mut().and_then(|desk| desk.picker.as_mut()) else { return };
        let movement = match key.code {
            Code::Enter => return self.choose(shell),
            Code::Up => Some(Move::Up),
            Code::Down => Some(Move::Down),
            Code::PageUp => Some(Move::PageUp),
            Code::PageDown => Some(Move::PageDown),
            _ => None,
        };
        if let Some(movement) = movement {
            return picker.list.go(movement);
        }
        if picker.field.press(key) {
            picker.narrow();
            shell.say_if_cut(&mut picker.field, "The search");
        }
    }

    /// Closes the list, and nothing is chosen; false when it is not open.
    pub(super) fn close_picker(&mut self) -> bool {
        self.desk.as_mut().is_some_and(|desk| desk.picker.take().is_some())
    }

    /// Pasted text in the list.
    pub(super) fn picker_paste(&mut self, shell: &mut Shell, text: &str) {
        let Some(picker) = self.desk.as_mut().and_then(|desk| desk.picker.as_mut()) else { return };
        picker.field.insert(text);
        picker.narrow();
        shell.say_if_cut(&mut picker.field, "The search");
    }

    /// Takes what is under the cursor.
    fn choose(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        let chosen = desk.picker.as_ref().and_then(|picker| picker.shown.get(picker.list.cursor()));
        let Some(choice) = chosen.map(|option| option.choice.clone()) else { return };
        desk.picker = None;
        let changed = match choice {
            Choice::Author(author) => desk.author.replace(author.clone()) != Some(author),
            Choice::Parent(parent) => desk.parent.replace(parent.clone()) != Some(parent),
        };
        if changed {
            desk.touched(shell);
            self.told = None;
        }
    }
}
