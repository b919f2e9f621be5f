//! What became of a note: told by reading the conversation, never by sending again. A server may still be working when its
//! answer is lost, so that one reading without the note is not the last word.

use super::{Notes, Stage, is_blank};
use crate::app::command::Command;
use crate::app::effect::{Effect, Put};
use crate::app::event::Timer;
use crate::app::notice::Weight;
use crate::app::pane::inbox::Inbox;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::call::{Answer, Call, CallId, End, Fault, FaultKind};
use crate::domain::change::{Fate, NoteIntent};
use crate::domain::conversation::Conversation;
use crate::domain::id::ConversationId;
use crate::domain::journal::{About, Entry, Outcome, outcome_of};
use crate::domain::text::Clean;
use crate::domain::time::stamp;

/// How long after a reading without the note the next one is made, in milliseconds. One more is the last word.
const LOOK_AGAIN: [u64; 2] = [3_000, 10_000];

/// How often it is looked whether the next reading is due, in milliseconds. Others wait by the same timer.
const TICK: u64 = 1_000;

const NOT_SENT: &str = "The note was not sent; it is kept.";
const REFUSED: &str = "The server refused the note; it is kept.";
const NEVER_CAME: &str = "The note has not arrived; it is kept.";

/// A note of unknown fate.
#[derive(Debug)]
pub(super) struct Lost {
    pub(super) intent: Box<NoteIntent>,
    /// Under what the journal knows it.
    put: Option<Put>,
    /// It is of an earlier run of the program, and was sent then; empty otherwise.
    from: String,
    call: Option<CallId>,
    /// Readings without the note, or that failed.
    looked: usize,
    not_before: u64,
    /// Readings failed too often; a new link, or somebody who wants to send the next note, tries again.
    given_up: bool,
}

impl Lost {
    fn new(intent: Box<NoteIntent>, put: Option<Put>) -> Self {
        Self { intent, put, from: String::new(), call: None, looked: 0, not_before: 0, given_up: false }
    }

    /// Whether it is of an earlier run of the program, so that a later one finds out just as well.
    pub(super) fn is_recalled(&self) -> bool {
        !self.from.is_empty()
    }

    /// What is advised where it cannot be told what became of it.
    fn kept(&self) -> &'static str {
        if self.is_recalled() { "Its words are in the history." } else { "Your words are kept." }
    }

    /// Readings that failed too often count no more.
    fn start_over(&mut self) {
        if self.given_up {
            (self.given_up, self.looked, self.not_before) = (false, 0, 0);
        }
    }

    /// Puts the next reading off; false when it was looked often enough.
    fn look_again(&mut self, now: u64) -> bool {
        let Some(after) = LOOK_AGAIN.get(self.looked) else { return false };
        (self.looked, self.not_before) = (self.looked + 1, now.saturating_add(*after));
        true
    }
}

/// Puts down what became of a note, if the journal has it.
fn put_down(shell: &mut Shell, put: Option<Put>, outcome: Outcome) {
    if let Some(put) = put {
        shell.effect(Effect::Outcome(put, outcome, None));
    }
}

fn recalled_weight(fate: Fate) -> Weight {
    if matches!(fate, Fate::Landed | Fate::Altered) { Weight::Good } else { Weight::Bad }
}

fn recalled_words(shell: &Shell, fate: Fate, from: &str) -> String {
    match fate {
        Fate::Landed | Fate::Altered => format!("The note{from} did arrive."),
        Fate::NotLanded => {
            let history = shell.key(Place::Articles, Command::ShowHistory);
            format!("The note{from} did not arrive; its words are in the history ({history} in Articles).")
        }
        Fate::CannotTell => {
            format!("It cannot be told whether the note{from} arrived: a note much like it stands there.")
        }
    }
}

/// Whether another reading of the conversation cannot end otherwise.
fn is_final(kind: FaultKind) -> bool {
    use FaultKind as Kind;
    matches!(
        kind,
        Kind::NotFound | Kind::Forbidden | Kind::Invalid | Kind::NoTool | Kind::TooLarge | Kind::Version
    )
}

/// Whether it is what no other kind is made of: it may be of the moment, and it may be for ever.
fn is_of_no_kind(kind: FaultKind) -> bool {
    matches!(kind, FaultKind::Tool | FaultKind::Protocol)
}

/// The server said that it took the note, and no reading shows it. That is no leave to send it again.
fn note_not_shown(shell: &mut Shell, lost: &Lost) {
    put_down(shell, lost.put.clone(), Outcome::CannotTell);
    let sentence = "The server answered that it took the note; the conversation does not show it.";
    let hint = "Your words are kept; sending them again may add them twice.";
    shell.tell(Weight::Bad, Clean::fixed(sentence), Clean::fixed(hint));
}

impl Notes {
    /// Whether it is not known yet what became of the last note to a conversation.
    pub(super) fn is_lost(&self, conversation: &ConversationId) -> bool {
        self.lost.iter().any(|lost| lost.intent.note().conversation() == conversation)
    }

    /// The server took it, and somebody did not wait for the reading.
    pub(super) fn not_waited_for(&mut self, intent: Box<NoteIntent>) {
        let put = self.put.take();
        self.lost.push(Lost::new(intent, put));
    }

    /// It is on the server: its words are needed no more, unless others were typed since.
    fn drop_words(&mut self, intent: &NoteIntent) {
        let note = intent.note();
        let is_it = |id: &ConversationId, source: &str| id == note.conversation() && source == note.words();
        self.kept.retain(|(id, text)| !is_it(id, &text.source()));
        self.open.take_if(|open| {
            is_it(&open.conversation, &open.text.source())
                || open.conversation == *note.conversation() && is_blank(&open.text)
        });
        self.told = "";
    }
}

impl Inbox {
    /// Takes the end of a call of a note; gives back what is not its own.
    pub(in crate::app::pane::inbox) fn note_ended(
        &mut self,
        shell: &mut Shell,
        id: CallId,
        end: End,
    ) -> Option<End> {
        if let Some(at) = self.notes.lost.iter().position(|lost| lost.call == Some(id)) {
            self.notes.lost[at].call = None;
            self.note_looked(shell, at, end);
            return None;
        }
        let Some(open) = &mut self.notes.open else { return Some(end) };
        match std::mem::replace(&mut open.stage, Stage::Writing) {
            Stage::Sending(call, intent, page) if call == id => match end {
                End::Answer(Answer::Noted(part)) => {
                    let mut intent = intent;
                    intent.taken(&part.id);
                    self.notes.put = Some(Put::Call(id));
                    let call = shell.ask(Call::Conversation(intent.note().conversation().clone()));
                    open.stage = Stage::ReadingBack(call, intent, page);
                }
                end => {
                    self.notes.put = Some(Put::Call(id));
                    self.note_not_answered(shell, intent, end);
                }
            },
            Stage::ReadingBack(call, intent, _) if call == id => {
                self.notes.not_waited_for(intent);
                self.note_looked(shell, self.notes.lost.len() - 1, end);
            }
            other => {
                open.stage = other;
                return Some(end);
            }
        }
        None
    }

    /// The server did not answer with the note.
    fn note_not_answered(&mut self, shell: &mut Shell, intent: Box<NoteIntent>, end: End) {
        let (words, fault) = match end {
            End::Refused(fault) => (REFUSED, fault),
            End::NotSent(fault) => (NOT_SENT, fault),
            End::Cancelled => (NOT_SENT, Fault::new(FaultKind::Offline, "", "")),
            // A time limit says nothing of the bytes that left before it; an answer of another kind says nothing at all.
            End::Unknown(fault) | End::TimedOut(fault) => return self.note_lost(shell, intent, &fault),
            End::Answer(_) | End::Moved(_) => {
                let fault = Fault::new(FaultKind::Protocol, "The server answered with something else.", "");
                return self.note_lost(shell, intent, &fault);
            }
        };
        self.notes.told = words;
        let why = fault.sentence.clone();
        let outcome = if words == REFUSED { Outcome::Refused(why) } else { Outcome::NotSent(why) };
        put_down(shell, self.notes.put.take(), outcome);
        let hint = format!("{} {}", fault.sentence, fault.hint);
        shell.tell(Weight::Bad, Clean::fixed(words), Clean::line(hint.trim()));
    }

    fn note_lost(&mut self, shell: &mut Shell, intent: Box<NoteIntent>, fault: &Fault) {
        let sentence = format!("It is not known yet whether the note arrived: {}", fault.sentence);
        let hint = "It is found out by reading; nothing is sent twice. Your words are kept.";
        shell.tell(Weight::Bad, Clean::line(&sentence), Clean::fixed(hint));
        self.notes.not_waited_for(intent);
        self.settle_notes(shell);
    }

    /// Reads every conversation whose note is of unknown fate and whose time has come, and sees to the others later.
    pub(in crate::app::pane::inbox) fn settle_notes(&mut self, shell: &mut Shell) {
        if !shell.is_up() {
            return;
        }
        let now = shell.now.millis;
        let open = self.notes.lost.iter_mut().filter(|lost| lost.call.is_none() && !lost.given_up);
        let mut later = None;
        for lost in open {
            if lost.not_before <= now {
                lost.call = Some(shell.ask(Call::Conversation(lost.intent.note().conversation().clone())));
            } else {
                let left = lost.not_before - now;
                later = Some(later.map_or(left, |soonest: u64| soonest.min(left)));
            }
        }
        if let Some(left) = later {
            shell.timer(Timer::Settle, left.min(TICK));
        }
    }

    /// Notes of an earlier run of the program whose fate nobody learnt.
    pub(in crate::app::pane::inbox) fn recall_notes(&mut self, shell: &mut Shell, entries: &[Entry]) {
        for entry in entries {
            let About::Conversation(id) = &entry.head.about else { continue };
            let intent = NoteIntent::recalled(id.clone(), entry.note.clone(), entry.head.at);
            let mut lost = Lost::new(Box::new(intent), Some(Put::Entry(entry.head.id.clone())));
            lost.from = format!(" to conversation {id} from {}", stamp(entry.head.at, shell.now.zone));
            self.notes.lost.push(lost);
        }
        self.settle_notes(shell);
    }

    /// The link is up: what failed before says nothing of it.
    pub(in crate::app::pane::inbox) fn settle_notes_anew(&mut self, shell: &mut Shell) {
        self.notes.lost.iter_mut().for_each(Lost::start_over);
        self.settle_notes(shell);
    }

    /// Somebody wants to send the next note: find out first.
    pub(in crate::app::pane::inbox) fn settle_note_again(&mut self, shell: &mut Shell) {
        let Some(open) = &self.notes.open else { return };
        let conversation = open.conversation.clone();
        let of_it = |lost: &&mut Lost| *lost.intent.note().conversation() == conversation;
        self.notes.lost.iter_mut().filter(of_it).for_each(Lost::start_over);
        self.settle_notes(shell);
        let left = self.notes.lost.iter().filter(|lost| *lost.intent.note().conversation() == conversation);
        let left = left.filter(|lost| lost.call.is_none()).map(|lost| lost.not_before).max();
        let how = match left.map(|at| at.saturating_sub(shell.now.millis).div_ceil(1_000)) {
            None => "the conversation is being read.".to_owned(),
            Some(seconds) if shell.is_up() => format!("the conversation is read again in {seconds} s."),
            Some(_) => "the conversation is read when there is a connection.".to_owned(),
        };
        shell.say(Weight::Quiet, &format!("First it is found out whether your last note arrived; {how}"));
    }

    fn note_looked(&mut self, shell: &mut Shell, at: usize, end: End) {
        match end {
            End::Answer(Answer::Conversation(thread)) => self.note_read(shell, at, thread),
            End::Refused(fault) | End::TimedOut(fault) | End::NotSent(fault) | End::Unknown(fault) => {
                self.note_unread(shell, at, &fault);
            }
            End::Answer(_) | End::Cancelled | End::Moved(_) => {
                let fault = Fault::new(FaultKind::Protocol, "The server answered with something else.", "");
                self.note_unread(shell, at, &fault);
            }
        }
    }

    fn note_unread(&mut self, shell: &mut Shell, at: usize, fault: &Fault) {
        let lost = &mut self.notes.lost[at];
        if !is_final(fault.kind) && lost.look_again(shell.now.millis) {
            return self.settle_notes(shell);
        }
        if is_final(fault.kind) || is_of_no_kind(fault.kind) {
            let lost = self.notes.lost.remove(at);
            put_down(shell, lost.put.clone(), Outcome::CannotTell);
            let sentence =
                format!("It cannot be told whether the note{} arrived: {}", lost.from, fault.sentence);
            return shell.tell(Weight::Bad, Clean::line(&sentence), Clean::fixed(lost.kept()));
        }
        lost.given_up = true;
        let sentence =
            format!("It is still not known whether the note{} arrived: {}", lost.from, fault.sentence);
        let key = shell.key(Place::Note, Command::Review);
        let hint = format!("{key} in the note, or a new connection, tries again; nothing is sent twice.");
        shell.tell(Weight::Bad, Clean::line(&sentence), Clean::line(&hint));
    }

    fn note_read(&mut self, shell: &mut Shell, at: usize, thread: Box<Conversation>) {
        let fate = self.notes.lost[at].intent.settle(&thread);
        let row = thread.row.clone();
        self.reader.learn(shell, thread);
        self.listing.results.refresh(&row);
        if fate == Fate::NotLanded && self.notes.lost[at].look_again(shell.now.millis) {
            let hint = "It is looked for again. Nothing is sent twice; your words are kept.";
            shell.tell(Weight::Bad, Clean::fixed("The note is not there so far."), Clean::fixed(hint));
            return self.settle_notes(shell);
        }
        let lost = self.notes.lost.remove(at);
        if fate == Fate::NotLanded && lost.intent.is_taken() {
            return note_not_shown(shell, &lost);
        }
        put_down(shell, lost.put.clone(), outcome_of(fate));
        match fate {
            _ if lost.is_recalled() => {
                let words = recalled_words(shell, fate, &lost.from);
                shell.say(recalled_weight(fate), &words);
            }
            Fate::Landed | Fate::Altered => {
                self.notes.drop_words(&lost.intent);
                shell.say(Weight::Good, "Noted. The conversation shows it; only teammates see it.");
            }
            Fate::NotLanded => {
                self.notes.told = NEVER_CAME;
                let hint =
                    format!("{} in the note reviews it again.", shell.key(Place::Note, Command::Review));
                shell.tell(Weight::Bad, Clean::fixed(NEVER_CAME), Clean::line(&hint));
            }
            Fate::CannotTell => {
                let sentence =
                    "It cannot be told whether the note arrived: a note much like it stands there.";
                shell.tell(Weight::Bad, Clean::fixed(sentence), Clean::fixed("Your words are kept."));
            }
        }
    }
}
