//! A one-line field of ours in the Inbox: what is typed there, and what for. Owns the field and who is told of it; what
//! follows from the words belongs to the one who opened it.

use super::Inbox;
use crate::app::field::Field;
use crate::app::key::{Code, Key};
use crate::app::shell::Shell;

/// What the words are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To filter what is loaded, as one types.
    Filter,
    /// To find words in the thread, as one types.
    Find,
    /// A time until which a conversation is put away.
    Until,
    /// A private note.
    Memo,
    /// A file for rows as JSON.
    Export,
    /// A file for the marks as JSON.
    ExportMarks,
    /// The number of a link.
    Link,
    /// Other words to look for an article by.
    Words,
}

impl Purpose {
    /// What stands before the field.
    pub fn label(self) -> &'static str {
        match self {
            Self::Filter => "Filter:",
            Self::Find => "Find:",
            Self::Until => "Until:",
            Self::Memo => "Private note:",
            Self::Export => "Rows to file:",
            Self::ExportMarks => "Marks to file:",
            Self::Link => "Link number:",
            Self::Words => "Words:",
        }
    }
}

/// The field, and what is said beside it.
#[derive(Debug)]
pub struct Line {
    /// What for.
    pub purpose: Purpose,
    /// The words.
    pub field: Field,
    /// What is said of them; empty for nothing.
    pub said: String,
}

impl Inbox {
    /// Opens the field with words in it.
    pub(super) fn open_line(&mut self, purpose: Purpose, words: &str) {
        self.line = Some(Line { purpose, field: Field::of(words), said: String::new() });
    }

    /// Takes a key of the field: Enter is for the one who opened it.
    pub(super) fn line_key(&mut self, shell: &mut Shell, key: Key) {
        let Some(line) = &mut self.line else { return };
        if key.code == Code::Enter {
            return self.line_done(shell);
        }
        let taken = match line.purpose {
            Purpose::Link => self.link_key(shell, key),
            Purpose::Filter => self.filter_moves(shell, key),
            Purpose::Find
            | Purpose::Until
            | Purpose::Memo
            | Purpose::Export
            | Purpose::ExportMarks
            | Purpose::Words => false,
        };
        if taken {
            return;
        }
        let Some(line) = &mut self.line else { return };
        if line.field.press(key) {
            shell.say_if_cut(&mut line.field, "The line");
            self.line_typed(shell);
        }
    }

    /// Takes pasted text.
    pub(super) fn line_paste(&mut self, shell: &mut Shell, text: &str) {
        let Some(line) = &mut self.line else { return };
        line.field.insert(text);
        shell.say_if_cut(&mut line.field, "The line");
        self.line_typed(shell);
    }

    /// The words changed.
    fn line_typed(&mut self, shell: &mut Shell) {
        let Some(line) = &self.line else { return };
        match line.purpose {
            Purpose::Filter => self.filter_typed(shell),
            Purpose::Find => self.find_typed(shell),
            Purpose::Link => self.link_typed(),
            Purpose::Until => self.until_typed(shell),
            Purpose::Memo | Purpose::Export | Purpose::ExportMarks | Purpose::Words => {}
        }
    }

    /// Enter was pressed. The field closes, unless who it is for opens it again.
    fn line_done(&mut self, shell: &mut Shell) {
        let Some(line) = self.line.take() else { return };
        match line.purpose {
            Purpose::Filter => self.filter_done(shell),
            Purpose::Export => {
                self.line = Some(line);
                self.export_to(shell);
            }
            Purpose::Find => self.find_done(shell),
            Purpose::Link => {
                self.line = Some(line);
                self.use_link(shell, false);
            }
            Purpose::Until => self.until_done(shell, line.field.text()),
            Purpose::Memo => self.memo_done(shell, line.field.text()),
            Purpose::ExportMarks => {
                self.line = Some(line);
                self.export_marks_to(shell);
            }
            Purpose::Words => self.words_done(shell, line.field.text()),
        }
    }

    /// Leaves the field with Esc. False when none is open.
    pub(super) fn leave_line(&mut self, shell: &mut Shell) -> bool {
        let Some(line) = self.line.take() else { return false };
        match line.purpose {
            Purpose::Filter => drop(self.listing.drop_filter(shell)),
            Purpose::Find => drop(self.leave_finding(true)),
            Purpose::Until
            | Purpose::Memo
            | Purpose::Export
            | Purpose::ExportMarks
            | Purpose::Link
            | Purpose::Words => {}
        }
        true
    }
}
