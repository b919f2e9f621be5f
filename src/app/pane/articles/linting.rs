//! The list of what Intercom will change or refuse in the text being typed: when it is made, what is said of it, and the
//! ways from it into the text. Owns the list and its cursor; what is found is `domain::lint`'s. It is made on opening, when
//! the draft is kept and when it is asked for, never between a key and its frame.

#![expect(clippy::wildcard_enum_match_arm, reason = "answers to a few commands and passes the rest on")]

use std::ops::Range;

use super::Articles;
use super::desk::{Desk, Part, Stage};
use crate::app::command::Command;
use crate::app::editor::Editor;
use crate::app::list::List;
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::lint::{self, Finding, Judged, Verdict};

/// A longer body, in bytes, is not looked at on opening and when typing rests: that would hold up a key.
const LONGEST_AT_ONCE: usize = 128 * 1024;

/// What was found, and the list over it.
#[derive(Debug, Default)]
pub struct Linting {
    /// What was found the last time somebody looked.
    pub judged: Judged,
    /// The cursor over the findings.
    pub list: List,
    /// Whether the list is open.
    pub open: bool,
}

impl Linting {
    /// What the status line says of it and of the key that lists it; empty for nothing.
    pub(super) fn words(&self, key: &str) -> String {
        let Judged { total, added, refused, .. } = self.judged;
        let changed = self.count(|finding, is_added| is_added && finding.kind.verdict() == Verdict::Changes);
        if refused > 0 {
            format!("Intercom refuses {refused} ({key})")
        } else if changed > 0 {
            format!("Intercom changes {changed} ({key})")
        } else if added > 0 {
            format!("{added} will expire ({key})")
        } else if total > 0 {
            let warnings = if total == 1 { "1 warning".to_owned() } else { format!("{total} warnings") };
            format!("{warnings} from before ({key})")
        } else {
            String::new()
        }
    }

    fn count(&self, is_one: impl Fn(&Finding, bool) -> bool) -> usize {
        self.judged.list.iter().filter(|(finding, added)| is_one(finding, *added)).count()
    }

    /// The heading of the list.
    pub fn heading(&self) -> String {
        let Judged { total, added, .. } = self.judged;
        let kept = self.judged.list.len();
        let beyond = if kept < total { format!("; the first {kept} of {total}") } else { String::new() };
        match (total, added) {
            (0, _) => String::new(),
            (_, 0) => format!("{total} from before{beyond}"),
            (_, _) if added == total => format!("{total} added{beyond}"),
            (..) => format!("{added} added, {} from before{beyond}", total - added),
        }
    }

    /// Rows that the list wants, with its heading.
    pub(super) fn rows(&self) -> u16 {
        u16::try_from(self.judged.list.len().max(1) + 1).unwrap_or(u16::MAX)
    }

    /// The finding under the cursor.
    pub fn picked(&self) -> Option<&Finding> {
        self.judged.list.get(self.list.cursor()).map(|(finding, _)| finding)
    }

    /// Tells how many rows fit.
    pub(super) fn fit(&mut self, height: u16) {
        self.list.fit(self.judged.list.len(), usize::from(height));
    }
}

/// What Intercom does with it, in one word for a list.
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Refuses => "refused",
        Verdict::Changes => "changed",
        Verdict::Expires => "expires",
    }
}

impl Desk {
    /// Looks at the text anew. Walks it twice.
    pub(super) fn lint(&mut self) {
        let html = self.body.source();
        self.linting.judged = lint::judged(self.base.body.as_str(), &html);
        let rows = self.linting.list.view().len().max(1);
        self.linting.list.fit(self.linting.judged.list.len(), rows);
        self.flag();
    }

    /// Marks the lines of the text that have findings, as far as they were found.
    pub(super) fn flag(&mut self) {
        let marked = self.linting.judged.list.iter().map(|(finding, _)| finding);
        let flag = |finding: &Finding| match finding.kind.verdict() {
            Verdict::Refuses => Some((finding.range.start, true)),
            Verdict::Changes => Some((finding.range.start, false)),
            Verdict::Expires => None,
        };
        let mut places: Vec<(usize, bool)> = marked.filter_map(flag).collect();
        places.sort_unstable();
        self.body.flag(&places);
    }

    /// The same on opening and when typing rests, unless the text is so long that this would be noticed.
    pub(super) fn lint_short(&mut self) {
        let typed = self.body.editor().map_or(0, Editor::bytes);
        if self.base.body.as_str().len().max(typed) <= LONGEST_AT_ONCE {
            self.lint();
        }
    }

    /// Goes to a finding in the text.
    fn go_to(&mut self, finding: &Finding) {
        self.part = Part::Body;
        self.body.go_to_source(finding.range.start);
    }

    /// Repairs a finding in the text. False when it is not there any more.
    fn mend(&mut self, finding: &Finding) -> bool {
        let html = self.body.source();
        let edits = lint::edits(&html, finding);
        if edits.is_empty() || !lint::holds(&html, finding) {
            return false;
        }
        let edits: Vec<(Range<usize>, &str)> =
            edits.iter().map(|edit| (edit.range.clone(), edit.text.as_str())).collect();
        self.body.mend(&edits, &lint::repair(&html, finding));
        true
    }

    /// Whether the list is on the screen.
    pub fn shows_lint(&self) -> bool {
        self.linting.open && matches!(self.stage, Stage::Editing)
    }

    /// Why a command of the list cannot be done now.
    pub(super) fn lint_blocked(&self, command: Command) -> Option<&'static str> {
        let picked = self.linting.picked();
        match (command, picked) {
            (Command::Open | Command::Repair, None) => Some("There is nothing to go to."),
            (Command::Repair, Some(finding)) if finding.repair_words().is_none() => {
                Some("Nothing can be done here without altering what readers see; that is yours to decide.")
            }
            _ => None,
        }
    }
}

impl Articles {
    /// Opens the list, over the text as it is now.
    pub(super) fn show_lint(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        desk.lint();
        desk.linting.list.select(0);
        (desk.linting.open, desk.part) = (true, Part::Body);
    }

    /// Closes the list; false when it is not open.
    pub(super) fn close_lint(&mut self) -> bool {
        self.desk.as_mut().is_some_and(|desk| std::mem::take(&mut desk.linting.open))
    }

    /// A command while the list is open; false when it is none of its.
    pub(super) fn lint_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        let Some(desk) = self.desk.as_mut().filter(|desk| desk.shows_lint()) else { return false };
        match command {
            Command::Back => desk.linting.open = false,
            Command::Open => {
                let picked = desk.linting.picked().cloned();
                desk.linting.open = false;
                if let Some(finding) = picked {
                    desk.go_to(&finding);
                }
            }
            Command::Repair => self.repair(shell),
            _ => match command.movement() {
                Some(movement) => desk.linting.list.go(movement),
                None => return false,
            },
        }
        true
    }

    /// Repairs what is under the cursor, as one step that can be undone.
    fn repair(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        let Some(finding) = desk.linting.picked().cloned() else { return };
        if !desk.mend(&finding) {
            desk.lint();
            return shell.say(Weight::Quiet, "The text changed meanwhile; the list was made anew.");
        }
        desk.touched(shell);
        desk.lint();
        self.told = None;
        let undo = shell.key(crate::app::place::Place::Editor, Command::Undo);
        shell.say(Weight::Good, &format!("Repaired; {undo} in the text takes it back."));
    }
}
