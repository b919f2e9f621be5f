//! Changing the text, there and back: every step of the library is followed by the breaks, the rows and what can be undone.
//! Nothing else changes the text.

use std::borrow::Cow;

use super::Editor;
use super::breaks::{Break, cut_of};
use super::steps::{Group, Run, Step};

/// A text as the library has to be given it: of each line it takes one carriage return off.
fn for_library(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let doubled =
        text.split('\n').map(|line| if line.ends_with('\r') { format!("{line}\r") } else { line.into() });
    Cow::Owned(doubled.collect::<Vec<String>>().join("\n"))
}

impl Editor {
    /// Follows a step of the library: from `line` on, `went` breaks went and others came.
    fn stepped(&mut self, line: usize, went: usize, came: Vec<Break>) {
        let went = self.breaks.replace(line, went, &came);
        self.wrapping.splice(self.area.lines(), line, went.len() + 1, came.len() + 1);
        self.steps.push(Step { line, went, came });
        self.edits += 1;
        self.goal = None;
    }

    /// Inserts text at the cursor; its lines end in line feeds.
    pub(super) fn insert(&mut self, text: &str, run: Run) {
        let (line, byte) = self.cursor();
        let kind = self.breaks.kind(line, byte == 0, byte == self.line(line).len());
        if !text.is_empty() {
            self.steps.begin(run);
            self.put(text, vec![kind; text.matches('\n').count()]);
        }
    }

    /// Puts text at the cursor, with what its breaks are, as a part of the step that has begun.
    pub(super) fn put(&mut self, text: &str, came: Vec<Break>) {
        let (line, _) = self.cursor();
        if self.area.insert_str(for_library(text)) {
            let last = line + came.len();
            self.stepped(line, 0, came);
            self.settle(line, last);
        }
    }

    /// Breaks lines that grew so long that the library could not go to their ends.
    fn settle(&mut self, from: usize, to: usize) {
        let mut cursor = self.cursor();
        let (mut line, mut last) = (from, to);
        while line <= last {
            let here = (cursor.0 == line).then_some(cursor.1);
            if let Some(cut) = cut_of(self.line(line), here) {
                self.go(line, cut);
                self.area.insert_str("\n");
                self.stepped(line, 0, vec![Break::Ours]);
                if here.is_some_and(|byte| byte > cut) {
                    cursor = (line + 1, cursor.1 - cut);
                } else if cursor.0 > line {
                    cursor.0 += 1;
                }
                last += 1;
            }
            line += 1;
        }
        if last > to {
            self.go(cursor.0, cursor.1);
        }
    }

    /// Inserts pasted text. Every kind of line end becomes a line feed: terminals send CR, and tmux makes CR of LF.
    pub fn paste(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        self.insert(&text, Run::None);
        self.show();
    }

    /// Deletes from one place to a later one.
    pub(super) fn delete(&mut self, from: (usize, usize), to: (usize, usize), run: Run) {
        if from != to {
            self.steps.begin(run);
            self.cut(from, to);
        }
    }

    /// Takes out what is between two places, as a part of the step that has begun.
    pub(super) fn cut(&mut self, from: (usize, usize), to: (usize, usize)) {
        let first = &self.line(from.0)[from.1..];
        let characters = if from.0 == to.0 {
            first[..to.1 - from.1].chars().count()
        } else {
            let between: usize = (from.0 + 1..to.0).map(|line| self.line(line).chars().count() + 1).sum();
            first.chars().count() + 1 + between + self.line(to.0)[..to.1].chars().count()
        };
        self.go(from.0, from.1);
        if self.area.delete_str(characters) {
            self.stepped(from.0, to.0 - from.0, Vec::new());
            self.settle(from.0, from.0);
        }
    }

    /// Takes the last step of typing back: a word, a deletion, a paste. False when there is none.
    pub fn undo(&mut self) -> bool {
        let Some(group) = self.steps.take(true) else { return false };
        for step in group.iter().rev() {
            self.area.undo();
            self.restep(step.line, &step.came, &step.went);
        }
        self.moved_in_time(true, group)
    }

    /// Takes the last undoing back. False when there is none.
    pub fn redo(&mut self) -> bool {
        let Some(group) = self.steps.take(false) else { return false };
        for step in &group {
            self.area.redo();
            self.restep(step.line, &step.went, &step.came);
        }
        self.moved_in_time(false, group)
    }

    fn restep(&mut self, line: usize, old: &[Break], new: &[Break]) {
        self.breaks.replace(line, old.len(), new);
        self.wrapping.splice(self.area.lines(), line, old.len() + 1, new.len() + 1);
    }

    fn moved_in_time(&mut self, back: bool, group: Group) -> bool {
        self.steps.put(back, group);
        self.goal = None;
        self.edits += 1;
        self.show();
        true
    }
}
