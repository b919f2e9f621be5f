//! Drafts on disk: when they are kept, and what the disk said. Typing never waits for it.

use super::Articles;
use super::asking::Question;
use super::conflict::OWN_TEXT;
use super::desk::{Desk, Early, Stage};
use super::sheet::quoted;
use super::typing::DISK_ASKED;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::event::{Kept, StoredDraft, Timer};
use crate::app::notice::{Notice, Weight};
use crate::app::pane::Hold;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::change::Draft;
use crate::domain::id::ArticleId;
use crate::domain::text::Clean;
use crate::domain::time::long;

/// How long after the first change the draft is kept, in milliseconds; half of what is promised.
pub const KEEP_MILLIS: u64 = 500;

/// Asked before leaving with an edit that is nowhere else.
const WOULD_BE_LOST: &str = "Your edit is not on disk and would be lost. Quit again to leave anyway.";

/// Said where another window has an edit of the article that is opened.
const BESIDE: &str = "Another window is editing this article; this begins from the server's copy.";

/// What follows from that.
const BESIDE_HINT: &str = "What you type here is in this window only, while that one keeps its edit.";

/// What is said of an edit in place of "edit is kept." when the disk did not take it.
const IN_WINDOW: &str = "edit is in this window only: it is not on disk.";

/// How a draft stands with the disk.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four things that are independent of each other")]
pub struct Keeping {
    /// Something was typed that was not handed to the disk.
    pub dirty: bool,
    /// A timer is running.
    timer: bool,
    /// What was handed over last; none when nothing was.
    handed: Option<u64>,
    /// What the disk has, by that number.
    on_disk: Option<u64>,
    /// Whether the disk could be written the last time it said something; none before that.
    said: Option<bool>,
    /// Whether the fields differ from the server's copy, as far as that was looked at.
    pub changed: bool,
    /// The editor was left by somebody who was told that the edit is not on disk.
    pub(super) left_unkept: bool,
}

impl Keeping {
    /// Whether everything typed is on disk, or nothing needs to be.
    pub(super) fn is_safe(&self) -> bool {
        !self.dirty && self.on_disk == self.handed && self.said != Some(false)
    }

    /// Whether something was typed that the disk did not take.
    pub(super) fn is_nowhere_else(&self) -> bool {
        self.changed && self.said == Some(false)
    }

    /// What to say of it in the status line; empty for nothing.
    pub fn words(&self) -> &'static str {
        match (self.changed || self.dirty, self.said) {
            (false, _) => "",
            (true, Some(false)) => "modified, edit NOT on disk",
            (true, _) if self.is_safe() => "modified, edit kept on disk",
            (true, _) => "modified",
        }
    }
}

impl Desk {
    /// Something was typed: keep it soon.
    pub(super) fn touched(&mut self, shell: &mut Shell) {
        (self.keeping.dirty, self.typed_at) = (true, None);
        if !self.keeping.timer {
            self.keeping.timer = true;
            shell.timer(Timer::Keep, KEEP_MILLIS);
        }
    }

    /// What stands against leaving the program now.
    fn hold(&self) -> Option<Hold> {
        if self.keeping.said == Some(false) {
            return Some(Hold::Asks(WOULD_BE_LOST));
        }
        if self.typed_early() {
            return Some(Hold::Passes(DISK_ASKED));
        }
        (!self.keeping.is_safe()).then_some(Hold::Passes("Your edit is being put on disk…"))
    }

    /// Hands the draft to the disk under a number. False when nothing differs any more, so that none is needed.
    fn hand_over(&mut self, shell: &mut Shell, number: u64) -> bool {
        self.keeping.dirty = false;
        self.keeping.changed = self.is_changed();
        if !self.keeping.changed {
            (self.keeping.handed, self.keeping.on_disk, self.keeping.said) = (None, None, None);
            return false;
        }
        self.keeping.handed = Some(number);
        shell.effect(Effect::KeepDraft(number, Box::new(self.stored(shell.now.unix))));
        true
    }
}

fn age(shell: &Shell, stored: &StoredDraft) -> String {
    match shell.now.unix.0.saturating_sub(stored.kept_at) {
        ..60 => "a moment ago".into(),
        seconds => format!("{} ago", long(seconds)),
    }
}

impl Articles {
    /// Hands every draft that was touched to the disk, or takes it off the disk when nothing differs any more.
    pub(super) fn keep(&mut self, shell: &mut Shell) {
        let mut needless = Vec::new();
        for desk in self.desk.iter_mut().chain(&mut self.parked).filter(|desk| desk.keeping.dirty) {
            self.kept_numbers += 1;
            if desk.hand_over(shell, self.kept_numbers) {
                self.unsaved.insert(desk.base.row.id.clone());
            } else {
                needless.push(desk.base.row.id.clone());
            }
        }
        for id in needless {
            self.forget(shell, &id);
        }
    }

    /// What stands against leaving the program now: a write under way, or a draft that is nowhere else.
    pub(super) fn hold(&self, shell: &Shell) -> Option<Hold> {
        if shell.is_writing() {
            let sentence = "A save is under way; its fate is not known yet. Quit again to leave anyway.";
            return Some(Hold::Asks(sentence));
        }
        if self.has_own() {
            return Some(Hold::Asks(OWN_TEXT));
        }
        let desks = self.desk.iter().chain(&self.parked);
        let held = desks.filter_map(Desk::hold).max_by_key(|hold| matches!(hold, Hold::Asks(_)));
        let is_read_back = |desk: &Desk| matches!(desk.stage, Stage::ReadingBack(..));
        match held {
            Some(Hold::Asks(_)) => held,
            // What an earlier run left is found out by a later one just as well.
            _ if self.unsettled.iter().any(|lost| !lost.is_recalled())
                || self.desk.as_ref().is_some_and(is_read_back) =>
            {
                Some(Hold::Asks("The fate of the last save is not known yet. Quit again to leave anyway."))
            }
            _ => held,
        }
    }

    /// Lets go of edits that were left and are on disk, but for those whose last write is of unknown fate.
    pub(super) fn release(&mut self) {
        let mut parked = std::mem::take(&mut self.parked);
        parked.retain(|desk| !desk.keeping.is_safe() || self.is_unsettled(&desk.base.row.id));
        self.parked = parked;
    }

    /// The draft of an article is no longer needed.
    pub(super) fn forget(&mut self, shell: &mut Shell, id: &ArticleId) {
        self.unsaved.remove(id);
        self.decided.remove(id);
        self.parked.retain(|desk| desk.base.row.id != *id);
        shell.effect(Effect::ForgetDraft(id.clone()));
    }

    /// The time to keep has come.
    pub(super) fn keep_now(&mut self, shell: &mut Shell) {
        if let Some(desk) = &mut self.desk {
            desk.keeping.timer = false;
        }
        self.keep(shell);
    }

    /// The disk said something.
    pub(super) fn disk(&mut self, shell: &mut Shell, kept: &Kept) {
        match kept {
            Kept::Saved(number) => {
                if let Some(desk) = self.handed(*number) {
                    (desk.keeping.said, desk.keeping.on_disk) = (Some(true), Some(*number));
                }
                self.take_leaving(shell);
                self.release();
            }
            Kept::Failed(number, sentence) => self.not_kept(shell, *number, sentence),
            Kept::Found(id, stored) => {
                self.disk_has(shell, id, stored.is_some());
                self.found_draft(shell, id, stored.as_deref());
                // What was opened meanwhile holds its words now.
                self.found_landed(shell, id, stored.as_deref());
            }
            Kept::Elsewhere(id) => {
                self.disk_has(shell, id, true);
                self.begin_beside(shell, id);
                self.found_landed(shell, id, None);
            }
            Kept::Drafts(rows) => self.take_drafts(shell, rows),
            Kept::Unsettled(entries) => self.recalled(shell, entries),
            Kept::OlderWrites(file) => self.take_older(file),
            Kept::Writes(of, heads) => self.take_writes(of.as_ref(), heads),
            Kept::Write(id, entry) => self.take_write(shell, id, entry.as_deref()),
            Kept::Waiting(drafts) => self.waiting_drafts(shell, drafts),
        }
    }

    /// The edit whose text was handed over last under this number.
    fn handed(&mut self, number: u64) -> Option<&mut Desk> {
        self.desk.iter_mut().chain(&mut self.parked).find(|desk| desk.keeping.handed == Some(number))
    }

    /// The disk could not be written: say so, and bring back an edit that was left in good faith. What is open stays.
    fn not_kept(&mut self, shell: &mut Shell, number: u64, sentence: &str) {
        // A later text of the same draft was handed over since; the disk will say what became of that.
        let Some(desk) = self.handed(number) else { return };
        // Handed over again with the next change, or on leaving.
        (desk.keeping.said, desk.keeping.changed, desk.keeping.dirty) = (Some(false), true, true);
        // The question that leaving asks says the same, and has to stay until it is answered.
        let asks = |notice: &Notice| notice.sentence.as_str() == WOULD_BE_LOST;
        if shell.notice.as_ref().is_some_and(asks) {
            return;
        }
        let title = quoted(desk.title.text(), 40);
        let Some(at) = self.parked.iter().position(|desk| desk.keeping.handed == Some(number)) else {
            if self.desk.as_ref().is_some_and(|desk| desk.question == Some(Question::LeaveUnkept)) {
                return self.ask_to_leave(shell, sentence);
            }
            return shell.say(Weight::Bad, sentence);
        };
        if self.desk.is_none() && !self.parked[at].keeping.left_unkept {
            let desk = self.parked.remove(at);
            // Somebody who left is typing for another place by now.
            self.desk = Some(desk);
            return self.ask_to_leave(shell, sentence);
        }
        shell.say(Weight::Bad, &format!("{title}: {sentence}"));
    }

    /// Asks what to do with an edit that was to be left and that the disk does not take; the sentence says why.
    fn ask_to_leave(&mut self, shell: &mut Shell, sentence: &str) {
        self.put_question(shell, Question::LeaveUnkept);
        let words = Clean::fixed(Question::LeaveUnkept.words());
        shell.tell(Weight::Bad, words, Clean::line(sentence));
    }

    /// The disk has the edit by now, so that nothing has to be asked: the editor is left, as was wished.
    fn take_leaving(&mut self, shell: &mut Shell) {
        let asks =
            |desk: &Desk| desk.question == Some(Question::LeaveUnkept) && !desk.keeping.is_nowhere_else();
        if self.desk.as_ref().is_some_and(asks) {
            self.take_question(shell);
            self.leave_editor(shell, false);
        }
    }

    /// Whether the edit that sentences speak of is in this window only.
    pub(super) fn is_unkept(&self) -> bool {
        let unkept = |desk: &Desk| desk.keeping.is_nowhere_else();
        self.desk.as_ref().map_or_else(|| self.parked.iter().any(unkept), unkept)
    }

    /// No sentence on the screen says of an edit that the disk did not take that it is kept.
    pub fn say_where_it_is(&self, shell: &mut Shell) {
        let Some(notice) = shell.notice.as_mut().filter(|_| self.is_unkept()) else { return };
        for words in [&mut notice.sentence, &mut notice.hint] {
            if words.as_str().contains(" edit is kept") {
                let honest = words.as_str().replace("edit is kept.", IN_WINDOW);
                *words =
                    Clean::line(&honest.replace("edit is kept", "edit is in this window only, not on disk"));
            }
        }
    }

    fn found_draft(&mut self, shell: &mut Shell, id: &ArticleId, stored: Option<&StoredDraft>) {
        let Some(desk) = self.desk.as_mut().filter(|desk| desk.base.row.id == *id && desk.early.is_some())
        else {
            return;
        };
        let is_restored = stored.is_some();
        if let Some(stored) = stored {
            let server = Draft::of(desk.base.clone());
            desk.restore(stored.clone());
            let changed = desk.draft().changes_from(server.base());
            if changed.is_empty() {
                desk.lay(&server);
                self.forget(shell, id);
            } else {
                // Kept anew at once, so that no other window takes the edit up meanwhile.
                (desk.keeping.changed, desk.keeping.said, desk.keeping.dirty) = (true, Some(true), true);
                self.unsaved.insert(id.clone());
                let sentence = format!("Your edit from {} is back in the editor.", age(shell, stored));
                let hint = Clean::fixed("Ctrl-S reviews it; Ctrl-X throws it away.");
                shell.tell(Weight::Quiet, Clean::line(&sentence), hint);
            }
        }
        self.replay(shell);
        if is_restored {
            self.keep(shell);
        }
    }

    /// Another window edits the article. Its words stay there: here one begins from the server's copy.
    fn begin_beside(&mut self, shell: &mut Shell, id: &ArticleId) {
        let waits = |desk: &Desk| desk.base.row.id == *id && desk.early.is_some();
        if self.desk.as_ref().is_some_and(waits) {
            shell.tell(Weight::Bad, Clean::fixed(BESIDE), Clean::fixed(BESIDE_HINT));
            self.replay(shell);
        }
    }

    /// Takes what was typed while the disk was asked.
    fn replay(&mut self, shell: &mut Shell) {
        let early = self.desk.as_mut().and_then(|desk| desk.early.take()).unwrap_or_default();
        if let Some(desk) = &mut self.desk {
            desk.lint_short();
        }
        for input in early {
            match input {
                Early::Key(key) => self.type_key(shell, key),
                Early::Paste(text) => self.type_paste(shell, &text),
            }
        }
    }

    fn waiting_drafts(&mut self, shell: &mut Shell, drafts: &[StoredDraft]) {
        self.unsaved.extend(drafts.iter().map(|draft| draft.article.clone()));
        let sentence = match drafts {
            [] => return,
            [draft] => {
                let title = crate::domain::text::fit(&Clean::line(&draft.fields.title), 40).into_owned();
                format!("1 unsaved edit, from {}: \"{title}\".", age(shell, draft))
            }
            more => format!("{} unsaved edits of articles.", more.len()),
        };
        let (go, list) =
            (shell.key(Place::Inbox, Command::GoArticles), shell.key(Place::Articles, Command::ShowDrafts));
        let hint = format!("{go} opens Articles, where ✎ marks them; {list} there lists them.");
        shell.tell(Weight::Quiet, Clean::line(&sentence), Clean::line(&hint));
    }
}
