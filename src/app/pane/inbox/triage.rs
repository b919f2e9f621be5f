//! Triage marks in the Inbox: what is decided about conversations here, and what is said of it.

use super::Inbox;
use super::coverage::grouped;
use super::layout::Focus;
use super::line::Purpose;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::id::ConversationId;
use crate::domain::text::{Clean, fit};
use crate::domain::time::{long, stamp};
use crate::domain::triage::until::until;
use crate::domain::triage::words::when;
use crate::domain::triage::{Decision, Known, MOST, Mark, Standing};

/// Conversations that are named when they come back; of more there is the number.
const NAMED: usize = 3;
/// Cells of a subject in a sentence.
const SUBJECT: usize = 36;
/// Said where a command is about a conversation and there is none.
const NONE_HERE: &str = "There is no conversation here.";
/// The same where marks took all of them away.
const ALL_AWAY: &str = "Everything here is done or put away; show it first to take that back.";

impl Inbox {
    /// Decides about conversations. False when one of them could not be marked, which is said.
    pub fn mark(&mut self, shell: &mut Shell, ids: &[ConversationId], decision: &Decision) -> bool {
        let now = shell.now.unix;
        let all = ids.iter().all(|id| shell.triage.decide(id, decision.clone(), self.known(id), now));
        if !all {
            let most = grouped(MOST as u64);
            shell.say(Weight::Bad, &format!("{most} conversations are marked here, and no more can be."));
        }
        all
    }

    /// What was seen of a conversation, in the list and in its thread.
    fn known(&self, id: &ConversationId) -> Known {
        let row = self.listing.results.row(id).or_else(|| self.other(id)).map(Known::of);
        let thread = self.reader.read_before(id).map(Known::of_thread);
        row.unwrap_or_default().or_newer(thread.unwrap_or_default())
    }

    /// The conversation that keys are about, by id.
    fn one(&self) -> Option<ConversationId> {
        match self.focus {
            Focus::List => self.listing.results.current().map(|row| row.id.clone()),
            Focus::Thread => self.reader.open.clone(),
            Focus::Contact | Focus::Company => None,
        }
    }

    /// How a conversation stands, by all that is known of it here.
    fn stands(&self, shell: &Shell, id: &ConversationId) -> Standing {
        let row = self.listing.results.row(id).or_else(|| self.other(id));
        let row = row.or_else(|| self.reader.read_before(id).map(|thread| &thread.row));
        row.map_or_else(
            || shell.triage.standing_of(id, shell.now.unix),
            |row| shell.triage.standing(row, shell.now.unix),
        )
    }

    /// Why a command about marks cannot be done now.
    pub(super) fn marking_reason(&self, shell: &Shell, command: Command) -> Option<&'static str> {
        if command == Command::ExportMarks {
            return shell.triage.marks().next().is_none().then_some("Nothing is marked on this machine.");
        }
        let marks = matches!(command, Command::MarkDone | Command::Snooze | Command::Pin | Command::Memo);
        let hides = self.focus == Focus::List && self.listing.results.arranged.hidden().away > 0;
        let none = if hides { ALL_AWAY } else { NONE_HERE };
        (marks && self.chosen_or_current().is_empty()).then_some(none)
    }

    /// Done, or not any more when all of them are.
    pub(super) fn mark_done(&mut self, shell: &mut Shell) {
        let ids = self.chosen_or_current();
        let done = !ids.iter().all(|id| self.stands(shell, id) == Standing::Done);
        if !self.mark(shell, &ids, &Decision::Done(done)) {
            return;
        }
        let words = if done { "Done here" } else { "Not done any more" };
        self.say_marked(shell, &ids, words, Command::MarkDone, done);
    }

    /// Asks until when, or takes it back when all of them are put away.
    pub(super) fn put_away(&mut self, shell: &mut Shell) {
        let ids = self.chosen_or_current();
        if !ids.iter().all(|id| matches!(self.stands(shell, id), Standing::Away(_))) {
            self.marking = ids;
            return self.ask_until(shell, "");
        }
        if self.mark(shell, &ids, &Decision::Until(None)) {
            self.say_marked(shell, &ids, "Not put away any more", Command::Snooze, false);
        }
    }

    fn ask_until(&mut self, shell: &Shell, words: &str) {
        self.open_line(Purpose::Until, words);
        self.until_typed(shell);
    }

    /// Says what the words for the time mean.
    pub(super) fn until_typed(&mut self, shell: &Shell) {
        let Some(line) = &mut self.line else { return };
        let (now, zone) = (shell.now.unix, shell.now.zone);
        line.said = match until(line.field.text(), now, zone) {
            Ok(at) => format!("{}, in {}", when(at, zone), long(at.0.saturating_sub(now.0))),
            Err(why) => why.to_owned(),
        };
    }

    /// Puts away until what was typed.
    pub(super) fn until_done(&mut self, shell: &mut Shell, words: &str) {
        let (now, zone) = (shell.now.unix, shell.now.zone);
        let at = match until(words, now, zone) {
            Ok(at) => at,
            Err(why) => {
                self.ask_until(shell, words);
                let sentence = Clean::line(&format!("\"{words}\": {why}."));
                let hint = "Try 2h, 3d, tomorrow 9:00, fri 14:00 or 2026-12-01; nothing is tomorrow at 9:00.";
                return shell.tell(Weight::Bad, sentence, Clean::fixed(hint));
            }
        };
        let ids = std::mem::take(&mut self.marking);
        if self.mark(shell, &ids, &Decision::Until(Some(at))) {
            let words = format!("Away here until {}", when(at, zone));
            self.say_marked(shell, &ids, &words, Command::Snooze, true);
        }
    }

    /// On top, or not any more when all of them are.
    pub(super) fn pin(&mut self, shell: &mut Shell) {
        let ids = self.chosen_or_current();
        let pinned = !ids.iter().all(|id| shell.triage.mark(id).is_some_and(|mark| mark.pinned));
        if !self.mark(shell, &ids, &Decision::Pinned(pinned)) {
            return;
        }
        let words = if pinned { "On top here" } else { "Not on top any more" };
        let hint = if pinned {
            format!("{} takes it back.", shell.key(self.where_asked(), Command::Pin))
        } else {
            String::new()
        };
        shell.tell(Weight::Good, Clean::line(&counted(words, ids.len())), Clean::line(&hint));
    }

    /// Opens the private note of the conversation.
    pub(super) fn open_memo(&mut self, shell: &Shell) {
        let Some(id) = self.one() else { return };
        let words = shell.triage.mark(&id).map(|mark| mark.note.clone()).unwrap_or_default();
        self.marking = vec![id];
        self.open_line(Purpose::Memo, &words);
        if let Some(line) = &mut self.line {
            "stays on this machine".clone_into(&mut line.said);
        }
    }

    /// Keeps the private note; an empty one goes.
    pub(super) fn memo_done(&mut self, shell: &mut Shell, words: &str) {
        let ids = std::mem::take(&mut self.marking);
        let note = words.trim();
        let had = ids.iter().any(|id| shell.triage.mark(id).is_some_and(|mark| !mark.note.is_empty()));
        if (note.is_empty() && !had) || !self.mark(shell, &ids, &Decision::Note(note.to_owned())) {
            return;
        }
        shell.say(
            Weight::Good,
            if note.is_empty() {
                "The private note is gone."
            } else {
                "The private note is kept on this machine."
            },
        );
    }

    /// Asks for a file for the marks.
    pub(super) fn ask_export(&mut self, shell: &Shell) {
        let day = stamp(shell.now.unix, shell.now.zone);
        let day = day.split(' ').next().unwrap_or_default();
        self.open_line(Purpose::ExportMarks, &format!("switchboard-marks-{day}.json"));
    }

    /// Writes every mark to the file that was named.
    pub(super) fn export_done(&mut self, shell: &mut Shell, path: &str) {
        if path.trim().is_empty() {
            return shell.say(Weight::Quiet, "No file was named; nothing was written.");
        }
        let mut marks: Vec<(ConversationId, Mark)> =
            shell.triage.marks().map(|(id, mark)| (id.clone(), mark.clone())).collect();
        marks.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let web = Clean::line(shell.web());
        shell.effect(Effect::ExportMarks(path.trim().to_owned(), web, marks));
    }

    /// Says which conversations came back, once.
    pub(in crate::app) fn say_back(&mut self, shell: &mut Shell) {
        // What went wrong is read first.
        if !shell.triage.has_returned()
            || shell.notice.as_ref().is_some_and(|notice| notice.weight == Weight::Bad)
        {
            return;
        }
        let ids = shell.triage.take_returned();
        let mut names: Vec<String> = ids.iter().take(NAMED).map(|id| self.called(id)).collect();
        if ids.len() > NAMED {
            names.push(format!("and {} more", ids.len() - NAMED));
        }
        let words = format!("{} came back: {}.", ids.len(), names.join(", "));
        shell.tell(Weight::Good, Clean::line(&words), Clean::default());
    }

    /// The marks were read anew: rows that came before them may bring conversations back.
    pub(in crate::app) fn look_over_marks(&mut self, shell: &mut Shell) {
        let ids: Vec<ConversationId> = shell.triage.marks().map(|(id, _)| id.clone()).collect();
        for row in ids.iter().filter_map(|id| self.listing.results.row(id)) {
            shell.triage.see(row, shell.now.unix);
        }
    }

    /// What to call a conversation in a sentence.
    fn called(&self, id: &ConversationId) -> String {
        let thread = || self.reader.read_before(id).map(|thread| &thread.row);
        let row = self.listing.results.row(id).or_else(thread);
        let words = row.map(|row| [row.subject.as_str(), row.preview.as_str()]);
        let words = words.into_iter().flatten().find(|words| !words.is_empty());
        words.map_or_else(|| format!("conversation {id}"), |words| format!("“{}”", fit(words, SUBJECT)))
    }

    fn where_asked(&self) -> crate::app::place::Place {
        match self.focus {
            Focus::Thread => crate::app::place::Place::Thread,
            Focus::List | Focus::Contact | Focus::Company => crate::app::place::Place::Inbox,
        }
    }

    /// Says what was decided, and how it is taken back: by the same key where the conversation is still seen.
    fn say_marked(
        &self,
        shell: &mut Shell,
        ids: &[ConversationId],
        words: &str,
        command: Command,
        gone: bool,
    ) {
        let place = self.where_asked();
        let key = shell.key(place, command);
        let it = if ids.len() == 1 { "it" } else { "them" };
        // What is done stays in sight only where that is shown; what goes away is chosen no longer.
        let at_hand = self.listing.results.arranged.shows_away();
        let hint = match self.focus {
            _ if !gone => String::new(),
            Focus::List if !at_hand && ids.len() > 1 => {
                let [shows, all] =
                    [Command::ShowAway, Command::ChooseAll].map(|command| shell.key(place, command));
                format!("{shows} shows them again; {all} and {key} take back what is done.")
            }
            Focus::List if !at_hand => {
                let shows = shell.key(place, Command::ShowAway);
                format!("{shows} shows {it} again; {key} on {it} takes that back.")
            }
            Focus::List | Focus::Thread | Focus::Contact | Focus::Company => {
                format!("{key} takes {it} back.")
            }
        };
        shell.tell(Weight::Good, Clean::line(&counted(words, ids.len())), Clean::line(&hint));
    }
}

/// A sentence, with the number in front when it is about more than one.
fn counted(words: &str, count: usize) -> String {
    if count == 1 {
        format!("{words}.")
    } else {
        format!("{} conversations: {words}.", grouped(count as u64))
    }
}
