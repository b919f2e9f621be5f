//! Triage marks in the Inbox: what is decided about conversations here, and what is said of it.

mod deciding;

use super::Inbox;
use super::coverage::grouped;
use super::layout::Focus;
use super::line::Purpose;
use crate::app::command::Command;
use crate::app::notice::Weight;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::id::ConversationId;
use crate::domain::text::{Clean, fit};
use crate::domain::time::long;
use crate::domain::triage::undo::Decided;
use crate::domain::triage::until::{FORMS, until};
use crate::domain::triage::words::when;
use crate::domain::triage::{Decision, Known, MOST, Standing};
pub(super) use deciding::Deciding;

/// Conversations that are named when they come back; of more there is the number.
const NAMED: usize = 3;
/// Cells of a subject in a sentence.
const SUBJECT: usize = 36;
/// Said where a command is about a conversation and there is none.
const NONE_HERE: &str = "There is no conversation here.";
/// The same where marks took all of them away.
const ALL_AWAY: &str = "Everything here is done or put away; show it first to take that back.";

impl Inbox {
    /// Decides about conversations, as one step that can be taken back. False when one of them could not be marked, which is
    /// said.
    pub fn mark(&mut self, shell: &mut Shell, ids: &[ConversationId], decision: &Decision) -> bool {
        let (now, mut marked, mut step) = (shell.now.unix, 0, Vec::new());
        for id in ids {
            let before = shell.triage.mark(id).cloned().unwrap_or_default();
            if shell.triage.decide(id, decision.clone(), self.known(id), now) {
                marked += 1;
                let after = shell.triage.mark(id).cloned().unwrap_or_default();
                // What is as it was is nothing to take back.
                step.extend((after != before).then(|| Decided { id: id.clone(), before, after }));
            }
        }
        self.deciding.steps.add(step);
        if marked < ids.len() {
            let (most, marked, of) =
                (grouped(MOST as u64), grouped(marked as u64), grouped(ids.len() as u64));
            let words =
                format!("{most} conversations are marked here, and no more can be: {marked} of {of} were.");
            shell.say(Weight::Bad, &words);
        }
        marked == ids.len()
    }

    /// What was seen of a conversation, in the list and in its thread.
    fn known(&self, id: &ConversationId) -> Known {
        let row = self.listing.results.row(id).or_else(|| self.other(id)).map(Known::of);
        let thread = self.reader.read_before(id).map(Known::of_thread);
        row.unwrap_or_default().or_newer(thread.unwrap_or_default())
    }

    /// The conversation that keys are about, by id.
    pub(super) fn one(&self) -> Option<ConversationId> {
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
        if command == Command::UndoMark {
            return self.deciding.steps.is_empty().then_some("Nothing was decided here since the start.");
        }
        let marks = matches!(command, Command::MarkDone | Command::Snooze | Command::Pin | Command::Memo);
        let hides = self.focus == Focus::List && self.listing.results.arranged.hidden().away > 0;
        let none = if hides { ALL_AWAY } else { NONE_HERE };
        let chosen = self.focus == Focus::List && !self.listing.chosen.is_empty();
        (marks && !chosen && self.one().is_none()).then_some(none)
    }

    /// Done, or not any more when all of them are.
    pub(super) fn mark_done(&mut self, shell: &mut Shell) {
        let ids = self.chosen_or_current();
        let done = !ids.iter().all(|id| self.stands(shell, id) == Standing::Done);
        let what = if done { "mark them done" } else { "mark them not done" };
        if !self.is_sure(shell, Command::MarkDone, ids.len(), what) {
            return;
        }
        let away = self.count(shell, &ids, |standing| matches!(standing, Standing::Away(_)));
        if self.mark(shell, &ids, &Decision::Done(done)) {
            let words = if done { "Done here" } else { "Not done any more" };
            self.say_marked(shell, &ids, &format!("{words}{}", instead(ids.len(), away, "put away")));
        }
    }

    /// How many of them stand so.
    fn count(&self, shell: &Shell, ids: &[ConversationId], so: impl Fn(Standing) -> bool) -> usize {
        ids.iter().filter(|id| so(self.stands(shell, id))).count()
    }

    /// Asks until when, or takes it back when all of them are put away.
    pub(super) fn put_away(&mut self, shell: &mut Shell) {
        let ids = self.chosen_or_current();
        if !ids.iter().all(|id| matches!(self.stands(shell, id), Standing::Away(_))) {
            self.marking = ids;
            return self.ask_until(shell, "");
        }
        let sure = self.is_sure(shell, Command::Snooze, ids.len(), "have them here again");
        if sure && self.mark(shell, &ids, &Decision::Until(None)) {
            self.say_marked(shell, &ids, "Not put away any more");
        }
    }

    fn ask_until(&mut self, shell: &mut Shell, words: &str) {
        self.open_line(Purpose::Until, words);
        self.until_typed(shell);
    }

    /// Says what the words for the time mean, or which there are.
    pub(super) fn until_typed(&mut self, shell: &mut Shell) {
        // What was said of other words means nothing any more.
        let complaint = self.deciding.complaint.take();
        if shell.notice.as_ref().is_some_and(|notice| Some(notice.number) == complaint) {
            shell.notice = None;
        }
        let many = match self.marking.len() {
            0 | 1 => String::new(),
            many => format!("{} conversations: ", grouped(many as u64)),
        };
        let Some(line) = &mut self.line else { return };
        let (now, zone) = (shell.now.unix, shell.now.zone);
        line.said = match until(line.field.text(), now, zone) {
            Ok(at) => {
                let more = if line.field.text().is_empty() { format!("; or {FORMS}") } else { String::new() };
                format!("{many}{}, in {}{more}", when(at, zone), long(at.0.saturating_sub(now.0)))
            }
            Err(why) => format!("{why}; {FORMS}"),
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
                shell.tell(Weight::Bad, sentence, Clean::line(&format!("Try {FORMS}.")));
                self.deciding.complaint = shell.notice.as_ref().map(|notice| notice.number);
                return;
            }
        };
        let ids = std::mem::take(&mut self.marking);
        let done = self.count(shell, &ids, |standing| standing == Standing::Done);
        if self.mark(shell, &ids, &Decision::Until(Some(at))) {
            let words = format!("Away here until {}{}", when(at, zone), instead(ids.len(), done, "done"));
            self.say_marked(shell, &ids, &words);
        }
    }

    /// On top, or not any more when all of them are.
    pub(super) fn pin(&mut self, shell: &mut Shell) {
        let ids = self.chosen_or_current();
        let pinned = !ids.iter().all(|id| shell.triage.mark(id).is_some_and(|mark| mark.pinned));
        let what = if pinned { "keep them on top" } else { "keep them on top no more" };
        if self.is_sure(shell, Command::Pin, ids.len(), what)
            && self.mark(shell, &ids, &Decision::Pinned(pinned))
        {
            let words = if pinned { "On top here" } else { "Not on top any more" };
            self.say_marked(shell, &ids, words);
        }
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
            names.push(format!("and {} more", grouped((ids.len() - NAMED) as u64)));
        }
        let words = format!("{} came back: {}.", grouped(ids.len() as u64), names.join(", "));
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

    fn where_asked(&self) -> Place {
        match self.focus {
            Focus::Thread => Place::Thread,
            Focus::List | Focus::Contact | Focus::Company => Place::Inbox,
        }
    }

    /// Says what was decided, and how it is taken back.
    fn say_marked(&self, shell: &mut Shell, ids: &[ConversationId], words: &str) {
        let key = shell.key(self.where_asked(), Command::UndoMark);
        let it = if ids.len() == 1 { "it" } else { "them" };
        let hint = format!("{key} takes {it} back.");
        shell.tell(Weight::Good, Clean::line(&counted(words, ids.len())), Clean::line(&hint));
    }
}

/// What a decision took the place of, behind its words: a mark that goes is said to go.
fn instead(all: usize, were: usize, what: &str) -> String {
    match (all, were) {
        (_, 0) => String::new(),
        (1, _) => format!(", no longer {what}"),
        _ => format!(", {} of them no longer {what}", grouped(were as u64)),
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
