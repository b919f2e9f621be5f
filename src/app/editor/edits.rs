//! Changing the text, there and back: every insertion and deletion is followed by the breaks, the rows and what can be
//! undone. Nothing else changes the text.

use super::Editor;
use super::breaks::{Break, cut_of, shortened};
use super::lines::{Spot, end_of};
use super::steps::{Group, Run, Step, joined};

impl Editor {
    /// Follows a step: its text came or went, and so did its breaks.
    fn follow(&mut self, step: &Step, came: bool) {
        let (line, count) = (step.at.0, step.breaks.len());
        let (went, breaks) = if came { (0, &step.breaks[..]) } else { (count, &[][..]) };
        self.breaks.replace(line, went, breaks);
        self.wrapping.splice(&self.text, line, went + 1, breaks.len() + 1);
        self.edits += 1;
        self.goal = None;
    }

    /// Inserts text at the cursor, and remembers that.
    fn come(&mut self, text: &str, breaks: Vec<Break>) {
        let step = Step { at: self.cursor(), text: text.to_owned(), breaks, came: true };
        self.text.insert(text);
        self.follow(&step, true);
        self.steps.push(step);
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
        if text.is_empty() {
            return;
        }
        let (line, _) = self.cursor();
        let (text, came) = shortened(text, came);
        let last = line + came.len();
        self.come(&text, came);
        // What was pasted is short by now; its ends may have become parts of lines that are not.
        self.settle(last);
        self.settle(line);
    }

    /// Breaks a line that grew too long, and goes on with the rest of it.
    fn settle(&mut self, line: usize) {
        let (mut line, mut cursor) = (line, self.cursor());
        let mut is_cut = false;
        loop {
            let here = (cursor.0 == line).then_some(cursor.1);
            let Some(cut) = cut_of(self.line(line), here) else { break };
            self.go(line, cut);
            self.come("\n", vec![Break::Ours]);
            if here.is_some_and(|byte| byte > cut) {
                cursor = (line + 1, cursor.1 - cut);
            } else if cursor.0 > line {
                cursor.0 += 1;
            }
            (line, is_cut) = (line + 1, true);
        }
        if is_cut {
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
    pub(super) fn delete(&mut self, from: Spot, to: Spot, run: Run) {
        if from != to {
            self.steps.begin(run);
            self.cut(from, to);
        }
    }

    /// Takes out what is between two places, as a part of the step that has begun.
    pub(super) fn cut(&mut self, from: Spot, to: Spot) {
        let breaks = self.breaks.kinds(from.0..to.0).to_vec();
        let text = self.text.delete(from, to);
        let step = Step { at: from, text, breaks, came: false };
        self.follow(&step, false);
        self.steps.push(step);
        self.settle(from.0);
    }

    /// Takes the last step of typing back: a word, a deletion, a paste. False when there is none.
    pub fn undo(&mut self) -> bool {
        let Some(group) = self.steps.take(true) else { return false };
        for step in joined(&group).iter().rev() {
            self.take(step, !step.came);
        }
        self.moved_in_time(true, group)
    }

    /// Takes the last undoing back. False when there is none.
    pub fn redo(&mut self) -> bool {
        let Some(group) = self.steps.take(false) else { return false };
        for step in &joined(&group) {
            self.take(step, step.came);
        }
        self.moved_in_time(false, group)
    }

    /// Lets the text of a step come or go.
    fn take(&mut self, step: &Step, comes: bool) {
        if comes {
            self.go(step.at.0, step.at.1);
            self.text.insert(&step.text);
        } else {
            self.text.delete(step.at, end_of(step.at, &step.text));
        }
        self.follow(step, comes);
    }

    fn moved_in_time(&mut self, back: bool, group: Group) -> bool {
        self.steps.put(back, group);
        self.show();
        true
    }
}
