//! The keys of the form: between boxes, through choices, and into what is typed.

#![expect(clippy::wildcard_enum_match_arm, reason = "a few keys move, the rest is typed")]

use super::Form;
use crate::app::field::Field;
use crate::app::key::{Code, Key};
use crate::app::list::Move;
use crate::app::pane::inbox::Inbox;
use crate::app::pane::inbox::search::known;
use crate::app::shell::Shell;
use crate::domain::query::form::{Entry, Kind};
use crate::domain::query::{Known, unquoted};

impl Inbox {
    /// A key of the form that is no command.
    pub(in crate::app::pane::inbox) fn form_key(&mut self, shell: &mut Shell, key: Key) {
        let Some(form) = &mut self.form else { return };
        match key.code {
            Code::Enter if form.offers.is_moved() => form.take(shell),
            Code::Enter => self.form_enter(shell),
            Code::Tab if form.offers.is_open() && !key.shift => form.take(shell),
            Code::Tab => form.step(shell, !key.shift),
            Code::Up | Code::Down => {
                let down = key.code == Code::Down;
                if !form.offers.go(down) {
                    form.step(shell, down);
                }
            }
            Code::PageUp => form.go(shell, Move::Top),
            Code::PageDown => form.go(shell, Move::Bottom),
            _ if form.is_typed() => form.type_key(shell, key),
            _ => form.choose(shell, key),
        }
    }

    /// Pasted text for the form.
    pub(in crate::app::pane::inbox) fn form_paste(&mut self, shell: &mut Shell, text: &str) {
        let Some(form) = self.form.as_mut().filter(|form| form.is_typed()) else { return };
        form.field.insert(text);
        form.edited(shell);
    }
}

impl Form {
    /// The next box or the one before, round and round.
    fn step(&mut self, shell: &Shell, on: bool) {
        let (here, last) = (self.list.cursor(), self.boxes.entries().len().saturating_sub(1));
        self.go(
            shell,
            match (here, on) {
                (0, false) => Move::Bottom,
                (_, false) => Move::Up,
                (here, true) if here == last => Move::Top,
                (_, true) => Move::Down,
            },
        );
    }

    fn go(&mut self, shell: &Shell, movement: Move) {
        self.list.go(movement);
        self.entered();
        if self.is_stale {
            // Whoever leaves a box has finished it.
            self.write(&known(shell));
        }
    }

    fn type_key(&mut self, shell: &mut Shell, key: Key) {
        if key.code == Code::Char(' ') && self.field.text().is_empty() && self.takes_name() {
            return self.list_names(&known(shell));
        }
        let before = self.field.text().to_owned();
        if !self.field.press(key) {
            return;
        }
        if self.field.text() == before {
            self.offers.hide();
        } else {
            self.edited(shell);
        }
    }

    fn edited(&mut self, shell: &mut Shell) {
        shell.say_if_cut(&mut self.field, "The box");
        let value = self.field.text().trim().to_owned();
        self.set(shell, &value);
        self.offer(&known(shell));
    }

    /// Looks for what could stand in the box.
    fn offer(&mut self, known: &Known<'_>) {
        let Some((text, cursor)) = self.here().map(|entry| as_typed(entry, &self.field)) else { return };
        if self.takes_language() {
            self.offers.typed(&text, cursor, known);
        } else {
            self.offers.typed_value(&text, cursor, known);
        }
    }

    /// Whether the box takes a name of somebody or something.
    fn takes_name(&self) -> bool {
        self.here().is_some_and(|entry| entry.kind == Kind::Name)
    }

    /// Opens the list of all that the box could hold.
    fn list_names(&mut self, known: &Known<'_>) {
        let Some((text, cursor)) = self.here().map(|entry| as_typed(entry, &self.field)) else { return };
        self.offers.ask_value(&text, cursor, known);
    }

    /// Whether the box takes the search language itself.
    fn takes_language(&self) -> bool {
        self.here().is_some_and(|entry| entry.prefix.is_empty())
    }

    /// Puts what is marked in the list into the box.
    fn take(&mut self, shell: &mut Shell) {
        let Some((at, insert)) = self.offers.take() else { return };
        if self.takes_language() {
            self.field.replace(at, &insert);
            return self.edited(shell);
        }
        let Some(entry) = self.here() else { return };
        let (mut text, prefix) = (as_typed(entry, &self.field).0, entry.prefix.len());
        if text.get(at.clone()).is_none() {
            return;
        }
        text.replace_range(at, &insert);
        let value = text.get(prefix..).map(unquoted).unwrap_or_default();
        self.field = Field::of(&value);
        self.set(shell, &value);
    }

    /// Goes through the choices; a letter goes to the next that begins with it, and Backspace chooses nothing.
    fn choose(&mut self, shell: &mut Shell, key: Key) {
        let Some(entry) = self.here() else { return };
        let value = match key.code {
            Code::Right | Code::Char(' ') => other(entry, true),
            Code::Left => other(entry, false),
            Code::Backspace | Code::Delete => "",
            Code::Char(letter) if key.typed().is_some() => match beginning(entry, letter) {
                Some(value) => value,
                None => return,
            },
            _ => return,
        };
        self.set(shell, value);
    }
}

/// The box as it would be typed, and the cursor in that.
fn as_typed(entry: &Entry, field: &Field) -> (String, usize) {
    let quotes = !entry.prefix.is_empty() && field.text().contains(char::is_whitespace);
    let quote = if quotes { "\"" } else { "" };
    let text = format!("{}{quote}{}", entry.prefix, field.text());
    (text, entry.prefix.len() + quote.len() + field.cursor())
}

/// The choice after the one that is chosen, or the one before; nothing is the first of all.
fn other(entry: &Entry, on: bool) -> &'static str {
    let all: Vec<&'static str> =
        std::iter::once("").chain(entry.choices.iter().map(|(value, _)| *value)).collect();
    let here = all.iter().position(|value| *value == entry.value).unwrap_or(0);
    let step = if on { 1 } else { all.len() - 1 };
    all[(here + step) % all.len()]
}

/// The next choice with this first letter.
fn beginning(entry: &Entry, letter: char) -> Option<&'static str> {
    let values: Vec<&'static str> = entry.choices.iter().map(|(value, _)| *value).collect();
    let after = values.iter().position(|value| *value == entry.value).map_or(0, |here| here + 1);
    let fits = |value: &&&'static str| value.starts_with(letter.to_ascii_lowercase());
    values[after..].iter().chain(&values[..after]).find(fits).copied()
}
