//! Words to find in the text: a field below it, and what the search said.

use super::Articles;
use super::desk::{Desk, Part};
use crate::app::command::Command;
use crate::app::editor::{Found, Needle};
use crate::app::field::Field;
use crate::app::key::{Code, Key};
use crate::app::place::Place;
use crate::app::shell::Shell;

/// A search under way.
#[derive(Debug)]
pub struct Finding {
    /// The words.
    pub field: Field,
    /// What was searched for before; Enter in an empty field searches for it again.
    pub before: String,
    /// What the search said; empty for nothing.
    pub said: &'static str,
    /// Where it began: every letter searches from here again.
    from: (usize, usize),
}

fn words(found: Found) -> &'static str {
    match found {
        Found::Here => "",
        Found::Wrapped => "went round the end",
        Found::Nowhere => "not found",
    }
}

impl Desk {
    /// Opens the field.
    pub(super) fn open_finding(&mut self) {
        let Some(editor) = self.body.editor() else { return };
        let from = editor.here();
        let before = std::mem::take(&mut self.found_before);
        (self.finding, self.part) =
            (Some(Finding { field: Field::default(), before, said: "", from }), Part::Body);
    }

    /// Closes the field; the cursor stays where the search went. False when it is not open.
    pub(super) fn close_finding(&mut self) -> bool {
        let Some(finding) = self.finding.take() else { return false };
        let typed = finding.field.text();
        self.found_before = if typed.is_empty() { finding.before } else { typed.to_owned() };
        if let Some(editor) = self.body.editor_mut() {
            editor.mark(None);
        }
        true
    }

    /// The words changed: search from where it began.
    fn find_typed(&mut self) {
        let (Some(finding), Some(editor)) = (&mut self.finding, self.body.editor_mut()) else { return };
        let needle = Needle::of(finding.field.text());
        let is_there = needle.is_some();
        editor.mark(needle);
        finding.said = if is_there { words(editor.find_from(finding.from)) } else { "" };
    }

    /// Goes on to the next place, or to the one before.
    fn find_on(&mut self, back: bool) {
        let (Some(finding), Some(editor)) = (&mut self.finding, self.body.editor_mut()) else { return };
        if finding.field.text().is_empty() {
            finding.field = Field::of(&finding.before);
            editor.mark(Needle::of(&finding.before));
        }
        if finding.field.text().is_empty() {
            return;
        }
        finding.said = words(if back { editor.find_previous() } else { editor.find_next() });
        finding.from = editor.here();
    }
}

impl Articles {
    /// A key in the field.
    pub(super) fn find_key(&mut self, shell: &mut Shell, key: Key) {
        let Some(desk) = &mut self.desk else { return };
        let finds = shell.options.keymap.command(Place::Editor, key) == Some(Command::FindText);
        let is_back = key.alt && key.code == Code::Char('N') || key.shift && key.code == Code::Function(3);
        match key.code {
            _ if is_back => return desk.find_on(true),
            _ if finds => return desk.find_on(false),
            Code::Enter | Code::Down => return desk.find_on(false),
            Code::Up => return desk.find_on(true),
            _ => {}
        }
        let Some(finding) = &mut desk.finding else { return };
        let before = finding.field.text().to_owned();
        finding.field.press(key);
        shell.say_if_cut(&mut finding.field, "The search");
        if finding.field.text() != before {
            desk.find_typed();
        }
    }

    /// Pasted text in the field.
    pub(super) fn find_paste(&mut self, shell: &mut Shell, text: &str) {
        let Some(desk) = &mut self.desk else { return };
        let Some(finding) = &mut desk.finding else { return };
        finding.field.insert(text);
        shell.say_if_cut(&mut finding.field, "The search");
        desk.find_typed();
    }
}
