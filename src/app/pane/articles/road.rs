//! The road of an edit: editor, review, confirmation, write, read-back. Every step that the rules in `domain::change`
//! allow, and no other; the one place that sends a write.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each stage answers to its own ends and passes the rest on"
)]

use std::mem::replace;
use std::sync::Arc;

use super::Articles;
use super::desk::{Desk, Stage};
use super::dialog::is_readable;
use super::settling::Unsettled;
use super::sheet::Sheet;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::event::Timer;
use crate::app::key::{Code, Key};
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::article::Article;
use crate::domain::call::{Answer, Call, CallId, End, Fault, FaultKind};
use crate::domain::change::{Approved, Compared, Confirmation, Fate, Intent, QUIET_MILLIS, Review, Step};
use crate::domain::text::Clean;
use crate::domain::time::Moment;

/// Said instead of taking keys for a question that does not fit.
const TOO_SMALL: &str = "The window is too small to show the question; make it larger.";
/// The tool that writes.
const TOOL: &str = "update_article";

/// Why nothing can be saved now; none when it can.
pub(super) fn cannot_save(shell: &Shell) -> Option<&'static str> {
    if shell.options.read_only {
        return Some("Read-only: nothing is sent from here. The draft is kept.");
    }
    if !shell.is_up() {
        return Some("Not connected; the draft is kept.");
    }
    (!shell.offers(TOOL))
        .then_some("This server does not offer update_article, so nothing can be saved. The draft is kept.")
}

/// Whether a second press is one: the repeats of a held key come sooner, and each begins the moment anew.
fn meant(before: Option<Moment>, shell: &Shell) -> bool {
    before.is_some_and(|before| shell.now.since(before) >= QUIET_MILLIS)
}

impl Articles {
    /// Opens the editor over a copy, and asks the disk for a draft of it.
    pub(super) fn edit(&mut self, shell: &mut Shell, article: Arc<Article>) {
        if let Some(at) = self.parked.iter().position(|desk| desk.base.row.id == article.row.id) {
            self.desk = Some(self.parked.remove(at));
            return;
        }
        shell.effect(Effect::FindDraft(article.row.id.clone()));
        let mut desk = Desk::of(article);
        desk.early = Some(Vec::new());
        self.desk = Some(desk);
    }

    /// Asks for the server's copy, to review against.
    pub(super) fn review(&mut self, shell: &mut Shell) {
        self.keep(shell);
        let Some(desk) = &mut self.desk else { return };
        if self.unsettled.iter().any(|one| one.intent.id() == &desk.base.row.id) {
            return self.settle_again(shell);
        }
        if let Stage::Asking(call) = desk.stage {
            shell.cancel(call);
        }
        desk.stage = Stage::Asking(shell.ask(Call::Article(desk.base.row.id.clone())));
    }

    /// The server's copy is there.
    fn compare(&mut self, shell: &mut Shell, fresh: Article) {
        let Some(desk) = &mut self.desk else { return };
        match Review::compare(&desk.draft(), fresh) {
            Compared::Nothing => {
                desk.stage = Stage::Editing;
                shell.say(Weight::Quiet, "Nothing changed.");
            }
            Compared::Moved { fresh, .. } => self.conflict(fresh),
            Compared::Ready(review) => {
                let sheet = Sheet::review(&review);
                desk.stage = Stage::Reviewing(review, sheet);
            }
        }
    }

    fn conflict(&mut self, fresh: Arc<Article>) {
        if let Some(desk) = &mut self.desk {
            let sheet = Sheet::conflict(&desk.base, &fresh);
            desk.stage = Stage::Conflict { fresh, sheet, drops: None };
        }
    }

    /// Opens the confirmation over the review.
    pub(super) fn confirm(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        desk.stage = match replace(&mut desk.stage, Stage::Editing) {
            Stage::Reviewing(review, sheet) => {
                shell.effect(Effect::TellPainted);
                Stage::Confirming(Box::new(Confirmation::of(review)), sheet)
            }
            other => other,
        };
    }

    /// The dialog is on the screen.
    pub(super) fn dialog_painted(&mut self, shell: &mut Shell) {
        if let Some(Desk { stage: Stage::Confirming(confirmation, _), .. }) = &mut self.desk {
            if !is_readable(confirmation, shell.frame.body) {
                return shell.say(Weight::Bad, TOO_SMALL);
            }
            confirmation.painted(shell.now);
            shell.timer(Timer::Arm, QUIET_MILLIS);
        }
    }

    /// The dialog may be armed by now; if not, look again.
    pub(super) fn dialog_timer(&self, shell: &mut Shell) {
        if let Some(Desk { stage: Stage::Confirming(confirmation, _), .. }) = &self.desk
            && let Some(left @ 1..) = confirmation.armed_in(shell.now)
        {
            shell.timer(Timer::Arm, left);
        }
    }

    /// A key in the dialog.
    pub(super) fn dialog_key(&mut self, shell: &mut Shell, key: Key) {
        let cancels = key.code == Code::Esc || (key.ctrl && key.code == Code::Char('c'));
        match key.typed() {
            _ if cancels => self.dialog_cancelled(shell),
            Some(letter) => self.dialog_letter(shell, letter),
            None => {
                let enter = key.code == Code::Enter;
                let words = if enter { "Enter does not confirm." } else { "That key does not confirm." };
                self.dialog_disturbed(shell, words);
            }
        }
    }

    /// Something came that is no letter: whatever was typed is forgotten and the quiet time starts again.
    pub(super) fn dialog_disturbed(&mut self, shell: &mut Shell, words: &str) {
        if let Some(Desk { stage: Stage::Confirming(confirmation, _), .. }) = &mut self.desk {
            confirmation.disturb(shell.now);
            shell.timer(Timer::Arm, QUIET_MILLIS);
            shell.say(Weight::Quiet, words);
        }
    }

    fn dialog_cancelled(&mut self, shell: &mut Shell) {
        shell.notice = None;
        let Some(desk) = &mut self.desk else { return };
        desk.stage = match replace(&mut desk.stage, Stage::Editing) {
            Stage::Confirming(confirmation, sheet) => match confirmation.cancel() {
                Some(review) => Stage::Reviewing(review, sheet),
                None => Stage::Editing,
            },
            other => other,
        };
    }

    fn dialog_letter(&mut self, shell: &mut Shell, letter: char) {
        let Some(Desk { stage: Stage::Confirming(confirmation, _), .. }) = &mut self.desk else { return };
        if !is_readable(confirmation, shell.frame.body) {
            return self.dialog_disturbed(shell, TOO_SMALL);
        }
        if confirmation.armed_in(shell.now).is_none() {
            shell.effect(Effect::TellPainted);
        }
        match confirmation.press(letter, shell.now) {
            Step::Confirmed(approved, intent) => self.send(shell, approved, intent),
            Step::TooSoon => shell.timer(Timer::Arm, QUIET_MILLIS),
            Step::NotFingers => {
                shell.timer(Timer::Arm, QUIET_MILLIS);
                shell.say(Weight::Quiet, "That came faster than fingers type, so it does not count.");
            }
            Step::Wrong => shell.say(Weight::Quiet, "Not the next letter; begin again."),
            Step::Further | Step::Spent => shell.notice = None,
        }
    }

    /// Sends what was confirmed, once. The only place that does.
    fn send(&mut self, shell: &mut Shell, approved: Approved, intent: Intent) {
        let reason = cannot_save(shell);
        let Some(desk) = &mut self.desk else { return };
        let Stage::Confirming(_, sheet) = replace(&mut desk.stage, Stage::Editing) else { return };
        if let Some(reason) = reason {
            return shell.say(Weight::Bad, reason);
        }
        self.keep(shell);
        let call = shell.write(approved);
        if let Some(desk) = &mut self.desk {
            desk.stage = Stage::Sending(call, Box::new(intent), sheet);
        }
    }

    /// One step back on the road. Never cancels what may be on its way.
    pub(super) fn road_back(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        match &desk.stage {
            Stage::Editing => return self.leave_editor(shell),
            Stage::Asking(call) => {
                shell.cancel(*call);
                shell.say(Weight::Quiet, "The review was cancelled.");
            }
            // Blocked with a reason: what may be on its way cannot be called back.
            Stage::Sending(..) => return,
            Stage::ReadingBack(call, ..) => {
                shell.cancel(*call);
                self.landed(shell, None);
                return shell.say(Weight::Good, "Saved. It was not read back.");
            }
            Stage::Altered(_) => {
                self.desk = None;
                return;
            }
            Stage::Reviewing(..) | Stage::Confirming(..) | Stage::Conflict { .. } => {}
        }
        desk.stage = Stage::Editing;
    }

    /// Leaves the editor; the draft stays on disk. Until the disk says so, so does the edit.
    fn leave_editor(&mut self, shell: &mut Shell) {
        self.keep(shell);
        let Some(desk) = self.desk.take() else { return };
        if !desk.keeping.changed {
            return;
        }
        let hint = Clean::fixed("e on this article brings it back.");
        shell.tell(Weight::Quiet, Clean::fixed("The draft is kept."), hint);
        if !desk.keeping.is_safe() {
            self.parked.push(desk);
        }
    }

    /// Throws the draft away, at the second asking.
    pub(super) fn discard(&mut self, shell: &mut Shell) {
        self.keep(shell);
        let Some(desk) = &mut self.desk else { return };
        if desk.keeping.changed && !meant(desk.discards.replace(shell.now), shell) {
            return shell.say(
                Weight::Bad,
                "Press again after a moment to throw the draft away. Any other key keeps it.",
            );
        }
        if let Stage::Asking(call) = desk.stage {
            shell.cancel(call);
        }
        let (id, changed) = (desk.base.row.id.clone(), desk.keeping.changed);
        self.desk = None;
        self.forget(shell, &id);
        if changed {
            shell.say(Weight::Quiet, "The draft was thrown away. The article is as it was.");
        }
    }

    /// Lays what was typed over their copy, and reviews that.
    pub(super) fn keep_mine(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        if let Stage::Conflict { fresh, .. } = replace(&mut desk.stage, Stage::Editing) {
            let mut draft = desk.draft();
            draft.rebase(fresh);
            desk.lay(&draft);
            desk.keeping.dirty = true;
            self.review(shell);
        }
    }

    /// Drops what was typed, at the second asking.
    pub(super) fn take_theirs(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        let Stage::Conflict { fresh, drops, .. } = &mut desk.stage else { return };
        if !meant(drops.replace(shell.now), shell) {
            return shell.say(
                Weight::Bad,
                "Press t again after a moment to drop your edit, from the draft file too.",
            );
        }
        let fresh = fresh.clone();
        let id = fresh.row.id.clone();
        *desk = Desk::of(fresh.clone());
        self.forget(shell, &id);
        self.show(&fresh);
        shell.say(Weight::Quiet, "Your edit was dropped. The editor holds their copy.");
    }

    /// Takes the end of the call that the edit waits for.
    pub(super) fn road_ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Option<End> {
        let Some(desk) = &mut self.desk else { return Some(end) };
        match &desk.stage {
            Stage::Asking(call) if *call == id => self.asked(shell, end),
            Stage::Sending(call, ..) if *call == id => self.sent(shell, end),
            Stage::ReadingBack(call, ..) if *call == id => self.read_back(shell, end),
            _ => return Some(end),
        }
        None
    }

    fn asked(&mut self, shell: &mut Shell, end: End) {
        if let Some(desk) = &mut self.desk {
            desk.stage = Stage::Editing;
        }
        match end {
            End::Answer(Answer::Article(fresh)) => self.compare(shell, *fresh),
            End::Refused(fault) | End::TimedOut(fault) | End::NotSent(fault) | End::Unknown(fault) => {
                shell.fault(&fault);
            }
            End::Answer(_) | End::Moved(_) | End::Cancelled => {}
        }
    }

    fn sent(&mut self, shell: &mut Shell, end: End) {
        let Some(desk) = &mut self.desk else { return };
        let Stage::Sending(_, intent, sheet) = replace(&mut desk.stage, Stage::Editing) else { return };
        match end {
            End::Answer(Answer::Written(_)) => {
                desk.stage = Stage::ReadingBack(shell.ask(Call::Article(intent.id().clone())), intent, sheet);
            }
            End::Moved(fresh) => self.conflict(Arc::from(fresh)),
            End::Refused(fault) | End::NotSent(fault) => shell.fault(&fault),
            End::Cancelled => shell.say(Weight::Quiet, "Nothing was sent. The draft is kept."),
            // A time limit says nothing of the bytes that left before it; an answer of another kind says nothing at all.
            End::Unknown(fault) | End::TimedOut(fault) => self.unsettle(shell, Unsettled::new(intent, fault)),
            End::Answer(_) => {
                let fault =
                    Fault::new(FaultKind::Protocol, "The server answered the save with something else.", "");
                self.unsettle(shell, Unsettled::new(intent, fault));
            }
        }
    }

    fn read_back(&mut self, shell: &mut Shell, end: End) {
        let Some(desk) = &mut self.desk else { return };
        let Stage::ReadingBack(_, intent, _) = replace(&mut desk.stage, Stage::Editing) else { return };
        match end {
            End::Answer(Answer::Article(found)) => self.arrived(shell, &intent, Arc::from(found)),
            End::Refused(fault) | End::TimedOut(fault) | End::NotSent(fault) | End::Unknown(fault) => {
                self.landed(shell, None);
                let sentence = format!("Saved, but it could not be read back: {}", fault.sentence);
                shell.tell(Weight::Bad, Clean::line(&sentence), fault.hint);
            }
            End::Answer(_) | End::Moved(_) | End::Cancelled => {
                self.landed(shell, None);
                shell.say(Weight::Good, "Saved. It was not read back.");
            }
        }
    }

    /// The write is known to have arrived, and the article reads so now.
    pub(super) fn arrived(&mut self, shell: &mut Shell, intent: &Intent, found: Arc<Article>) {
        let fate = intent.read_back(&found);
        let desk = self.desk.take();
        self.landed(shell, Some(found.clone()));
        if fate == Fate::Landed {
            return shell.say(Weight::Good, "Saved. It reads back exactly as reviewed.");
        }
        if let Some(mut desk) = desk {
            desk.stage = Stage::Altered(Sheet::altered(intent, &found));
            (desk.keeping, desk.base) = (super::keeping::Keeping::default(), found);
            self.desk = Some(desk);
        }
        shell.say(Weight::Good, "Saved. The server keeps it otherwise than it was sent.");
    }

    /// The edit is done: no draft is needed, and the article is shown as it reads now.
    fn landed(&mut self, shell: &mut Shell, found: Option<Arc<Article>>) {
        let edited = self.desk.take().map(|desk| desk.base.row.id.clone());
        if let Some(id) = found.as_ref().map(|found| found.row.id.clone()).or(edited) {
            self.forget(shell, &id);
        }
        match (found, &mut self.reader) {
            (Some(found), _) => self.show(&found),
            (None, Some(reader)) if shell.is_up() => reader.ask(shell),
            (None, _) => {}
        }
    }

    /// Asking twice means twice in a row: any other command takes the first asking back.
    fn calm(&mut self, command: Command) {
        let Some(desk) = &mut self.desk else { return };
        desk.discards.take_if(|_| command != Command::Discard);
        if let Stage::Conflict { drops, .. } = &mut desk.stage {
            drops.take_if(|_| command != Command::TakeTheirs);
        }
    }

    /// A command on the road; false when it is none of ours.
    pub(super) fn road_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        self.calm(command);
        match command {
            Command::Review => self.review(shell),
            Command::Send => self.confirm(shell),
            Command::Discard => self.discard(shell),
            Command::KeepMine => self.keep_mine(shell),
            Command::TakeTheirs => self.take_theirs(shell),
            Command::Back => self.road_back(shell),
            _ => return self.desk_run(shell, command),
        }
        true
    }
}
