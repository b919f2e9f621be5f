//! Conversations, and the marks of this machine, as JSON files. Owns the fields that ask for a name and when they close; what is in
//! a file is the runtime's.

use super::Inbox;
use super::coverage::grouped;
use super::line::Purpose;
use super::rows::acting::counted;
use crate::app::effect::Effect;
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::conversation::ConversationRow;
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

    /// The name that stands in the field, which stays open until the file is there: what was typed is not lost by a name that
    /// cannot be. None when there is no name, or a file is being written already, which is said.
    fn file(&self, shell: &mut Shell) -> Option<String> {
        let path = self.line.as_ref()?.field.text().trim().to_owned();
        let wrong = match () {
            () if path.is_empty() => "Nothing was exported: the file has no name.",
            () if self.exporting.is_some() => "The file is being written.",
            () => return Some(path),
        };
        shell.say(Weight::Quiet, wrong);
        None
    }

    /// Enter in the field for rows.
    pub(super) fn export_to(&mut self, shell: &mut Shell) {
        let Some(path) = self.file(shell) else { return };
        let rows: Vec<ConversationRow> = self.listing.rows_to_export().cloned().collect();
        if rows.is_empty() {
            self.line = None;
            return shell.say(Weight::Quiet, "Nothing was exported: none of the chosen rows is loaded.");
        }
        self.exporting = Some(self.listing.chosen.len().saturating_sub(rows.len()));
        shell.effect(Effect::ExportRows(path, rows));
    }

    /// The file of rows is there, or not: the field that waits for it closes, or stays open for another name.
    pub(in crate::app) fn exported(&mut self, shell: &mut Shell, ended: Result<String, String>) {
        let left_out = self.exporting.take().unwrap_or_default();
        match ended {
            Ok(sentence) => {
                self.line.take_if(|line| line.purpose == Purpose::Export);
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

    /// Enter in the field for marks: every one of them is written.
    pub(super) fn export_marks_to(&mut self, shell: &mut Shell) {
        let Some(path) = self.file(shell) else { return };
        self.exporting = Some(0);
        let mut marks: Vec<(ConversationId, Mark)> =
            shell.triage.marks().map(|(id, mark)| (id.clone(), mark.clone())).collect();
        marks.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let web = Clean::line(shell.web());
        shell.effect(Effect::ExportMarks(path, web, marks));
    }

    /// The file of marks is there, or not.
    pub(in crate::app) fn marks_exported(&mut self, shell: &mut Shell, ended: Result<String, String>) {
        self.exporting = None;
        match ended {
            Ok(path) => {
                self.line.take_if(|line| line.purpose == Purpose::ExportMarks);
                shell.say(Weight::Good, &format!("The marks of this machine are in {path}."));
            }
            Err(sentence) => {
                let hint = Clean::fixed("The marks were not exported.");
                shell.tell(Weight::Bad, Clean::line(&sentence), hint);
            }
        }
    }
}
