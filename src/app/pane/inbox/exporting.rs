//! Conversations, and the marks of this machine, as JSON files. Owns the fields that ask for a name and when they close; what is in
//! a file is the runtime's.

use super::Inbox;
use super::coverage::grouped;
use super::line::Purpose;
use super::listing::Listing;
use super::rows::acting::counted;
use crate::app::effect::{Effect, Excerpt};
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::id::ConversationId;
use crate::domain::text::Clean;
use crate::domain::time::stamp;
use crate::domain::triage::Mark;

/// A name for a file. The time in it keeps one export of a day from meeting another.
fn new_name(what: &str, shell: &Shell) -> String {
    let at = stamp(shell.now.unix, shell.now.zone).replace([' ', ':'], "-");
    format!("{what}-{at}.json")
}

impl Inbox {
    /// Asks for a file for rows.
    pub(super) fn open_export(&mut self, shell: &Shell) {
        self.open_line(Purpose::Export, &new_name("conversations", shell));
        let chosen = self.listing.chosen.len();
        let rows = if chosen == 0 { self.listing.results.shown_len() } else { self.listing.chosen.loaded() };
        if let Some(line) = &mut self.line {
            line.said = if rows < chosen {
                format!("{} of {} chosen are loaded", grouped(rows as u64), grouped(chosen as u64))
            } else {
                counted(rows, "conversation", "")
            };
        }
    }

    /// Enter in the field of a file, which stays open until the file is there: what was typed is not lost by a name that cannot
    /// be. Once is enough: a second file of the same name would be refused.
    pub(super) fn export_to(&mut self, shell: &mut Shell) {
        let Some(line) = &self.line else { return };
        let (purpose, path) = (line.purpose, line.field.text().trim().to_owned());
        if path.is_empty() {
            return shell.say(Weight::Quiet, "Nothing was exported: the file has no name.");
        }
        if self.exporting.is_some() {
            return shell.say(Weight::Quiet, "The file is being written.");
        }
        let effect = if purpose == Purpose::ExportMarks {
            Some(marks_to(shell, path))
        } else {
            self.listing.rows_to(shell, path)
        };
        if let Some((effect, left_out)) = effect {
            self.exporting = Some(left_out);
            shell.effect(effect);
        } else {
            self.line = None;
            shell.say(Weight::Quiet, "Nothing was exported: none of the chosen rows is loaded.");
        }
    }

    /// The file is there, or not: a field that waits for it closes, or stays open for another name.
    pub(in crate::app) fn exported(&mut self, shell: &mut Shell, ended: Result<String, String>) {
        let left_out = self.exporting.take().unwrap_or_default();
        match ended {
            Ok(sentence) => {
                self.line.take_if(|line| matches!(line.purpose, Purpose::Export | Purpose::ExportMarks));
                let hint = match left_out {
                    0 => String::new(),
                    1 => "1 that was chosen is not loaded, and not in it.".into(),
                    many => {
                        format!("{} that were chosen are not loaded, and not in it.", grouped(many as u64))
                    }
                };
                shell.tell(Weight::Good, Clean::line(&sentence), Clean::line(&hint));
            }
            Err(sentence) => shell.say(Weight::Bad, &sentence),
        }
    }

    /// Asks for a file for the marks.
    pub(super) fn ask_export(&mut self, shell: &Shell) {
        self.open_line(Purpose::ExportMarks, &new_name("switchboard-marks", shell));
    }
}

impl Listing {
    /// What writes the rows of an export to a file, and how many were chosen that are not loaded; none when no row is left.
    fn rows_to(&self, shell: &Shell, path: String) -> Option<(Effect, usize)> {
        let numbers = self.rows_to_export();
        let left_out = self.chosen.len().saturating_sub(numbers.len());
        let any = !numbers.is_empty();
        let excerpt = || Excerpt::of(self.results.shared(), numbers, shell.roster.clone());
        any.then(|| (Effect::ExportRows(path, Box::new(excerpt())), left_out))
    }
}

/// What writes every mark to a file; nothing is left out.
fn marks_to(shell: &Shell, path: String) -> (Effect, usize) {
    let mut marks: Vec<(ConversationId, Mark)> =
        shell.triage.marks().map(|(id, mark)| (id.clone(), mark.clone())).collect();
    marks.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    (Effect::ExportMarks(path, Clean::line(shell.web()), marks), 0)
}
