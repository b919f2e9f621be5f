//! Four eyes: a review saved to a file, and one opened from a file. Owns the line with the file's name, and the steps from
//! a file to a review; refuses whatever is not exactly what its author saw. What was opened is shown over a desk of its own,
//! which is no edit of ours until it is sent.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "answers to a few commands and keys and passes the rest on"
)]

use std::sync::Arc;

use super::Articles;
use super::desk::{Desk, Stage};
use super::road::cannot_save;
use super::sheet::{Facts, quoted};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::event::Handed;
use crate::app::field::Field;
use crate::app::key::{Code, Key};
use crate::app::notice::Weight;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::article::Article;
use crate::domain::call::{Answer, Call, CallId, End};
use crate::domain::change::{Compared, Review};
use crate::domain::four_eyes::{FourEyes, Refusal, Workspace};
use crate::domain::id::ArticleId;
use crate::domain::link::Link;
use crate::domain::text::Clean;
use crate::domain::time::stamp;

/// What the file of a review ends with.
pub const ENDING: &str = ".switchboard-review";

/// Said where an edit of one's own is on disk.
const KEPT: &str = "You keep an edit of this article yourself. It stays as it is: save it or throw it away, then open the review again.";

/// Said when a review from a file was left.
const LEFT: &str = "Nothing was sent; the review stays in its file.";

/// The line with a file's name.
#[derive(Debug)]
pub struct Form {
    /// Whether a review is saved there; else one is opened.
    pub saves: bool,
    /// The path as typed.
    pub path: Field,
}

/// How far a file has come.
#[derive(Debug, Default)]
enum Step {
    #[default]
    Nothing,
    /// It is being read.
    Reading,
    /// The disk is asked for an edit of the article.
    Looking(String, Box<FourEyes>),
    /// The article is being read.
    Asking(CallId, String, Box<FourEyes>),
}

/// What is handed over, and what was.
#[derive(Debug, Default)]
pub struct Handing {
    /// The line with the file's name.
    pub form: Option<Form>,
    /// A file to open as soon as the server can be asked.
    waiting: Option<String>,
    step: Step,
    /// The host that was reached last; empty before.
    host: String,
}

impl Handing {
    /// The workspace that is open; its host is empty before the server was reached for the first time.
    fn here(&self, shell: &Shell) -> Workspace {
        let host = match &shell.link {
            _ if shell.options.demo => "demo".into(),
            Link::Up(server) => server.host.to_string(),
            Link::Connecting { .. } | Link::Down { .. } | Link::Closed => self.host.clone(),
        };
        Workspace { host, account: shell.account.to_string() }
    }
}

/// What an account is called, in a sentence.
fn called(account: &str) -> String {
    if account.is_empty() { "one without a name".into() } else { quoted(account, 40) }
}

/// Where a review from a file comes from. Somebody else's name for the account may mean another workspace.
fn origin(handed: &FourEyes, path: &str, here: &Workspace, zone: i32) -> Vec<String> {
    let (name, saved) = (quoted(&handed.author, 40), stamp(handed.saved_at, zone));
    let origin = format!("Saved by {name} on {saved}, from the file {}.", quoted(path, 60));
    let (there, here) = (&handed.workspace.account, &here.account);
    let differs = (there != here)
        .then(|| format!("! Saved in account {}; this is account {}.", called(there), called(here)));
    std::iter::once(origin).chain(differs).collect()
}

/// Words as a list: `title, summary and text`.
fn listed(words: &[&str]) -> String {
    match words {
        [] => "text".into(),
        [one] => (*one).into(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// What is in the way of a review from a file, in words.
fn refused(shell: &Shell, here: &Workspace, handed: &FourEyes, refusal: &Refusal) -> String {
    let saved = stamp(handed.saved_at, shell.now.zone);
    match refusal {
        Refusal::Elsewhere => format!(
            "This review is of another workspace: it is for {}, and open is {}.",
            handed.workspace.words(),
            here.words()
        ),
        Refusal::Moved(what) => {
            format!("The article changed since this review was saved on {saved}: its {}.", listed(what))
        }
        Refusal::OtherArticle => "The server answered with another article than the review is of.".into(),
        Refusal::Nothing => "This review changes nothing that the article does not have already.".into(),
    }
}

/// Why a review from a file cannot be sent now; none when it can.
fn cannot_confirm(shell: &Shell) -> Option<&'static str> {
    cannot_save(shell)?;
    Some(if shell.options.read_only {
        "Read-only: nothing is sent from here. The review stays in its file."
    } else if shell.is_up() {
        "This server does not offer update_article. Nothing was sent; the review stays in its file."
    } else {
        "Not connected. Nothing was sent; the review stays in its file."
    })
}

impl Desk {
    /// What a review of it is told beside its change.
    pub(super) fn facts<'a>(&self, shell: &'a Shell) -> Facts<'a> {
        Facts { origin: self.origin.clone(), ..Facts::of(shell) }
    }

    /// Whether it shows a review from a file.
    fn is_handed(&self) -> bool {
        !self.origin.is_empty()
    }
}

impl Articles {
    /// Opens a file as soon as the server can be asked.
    pub(crate) fn open_at_start(&mut self, path: String) {
        (self.handing.waiting, self.visited) = (Some(path), true);
    }

    /// The server can be asked.
    pub(super) fn handing_linked(&mut self, shell: &mut Shell) {
        self.handing.host = self.handing.here(shell).host;
        if let Some(path) = self.handing.waiting.take() {
            self.read_file(shell, path);
        }
    }

    /// Why a command of ours cannot be done now.
    pub(super) fn handing_blocked(&self, shell: &Shell, command: Command) -> Option<&'static str> {
        let stage = self.desk.as_ref().map(|desk| &desk.stage);
        let review = match stage {
            Some(Stage::Reviewing(review, _)) => Some(review),
            _ => None,
        };
        let is_handed = self.desk.as_ref().is_some_and(Desk::is_handed);
        match command {
            Command::Send if is_handed && review.is_some() => cannot_confirm(shell),
            Command::OpenReview if !shell.is_up() => {
                Some("Not connected: a review is held against the article first.")
            }
            Command::RevertBlock | Command::SaveReview if review.is_none() => {
                Some("This is no review any more.")
            }
            Command::RevertBlock if is_handed => {
                Some("This review is from a file: it is confirmed as its author saw it, or not at all.")
            }
            Command::SaveReview if self.handing.here(shell).host.is_empty() => {
                Some("The server was not reached yet, and a review names the workspace that it is of.")
            }
            Command::SaveReview if is_handed => Some("This review is in a file already."),
            Command::SaveReview if review.is_some_and(|review| review.is_new()) => Some(
                "A new article is not handed over as a file: the server has no copy to hold it against. Save it as a draft instead.",
            ),
            _ => None,
        }
    }

    /// A command of ours; false when it is none.
    pub(super) fn handing_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        let path = match (command, &self.desk) {
            (Command::SaveReview, Some(desk)) => format!("{}{ENDING}", desk.base.row.id),
            (Command::OpenReview, None) => String::new(),
            (Command::Back, _) => return self.stop_opening(shell),
            _ => return false,
        };
        let saves = command == Command::SaveReview;
        self.handing.form = Some(Form { saves, path: Field::of(&path) });
        true
    }

    /// Nobody waits for the file any more. False when nobody did.
    fn stop_opening(&mut self, shell: &mut Shell) -> bool {
        match std::mem::take(&mut self.handing.step) {
            Step::Nothing => return false,
            Step::Reading | Step::Looking(..) => {}
            Step::Asking(call, ..) => shell.cancel(call),
        }
        shell.say(Weight::Quiet, "The review was not opened.");
        true
    }

    /// A key for the line. False when there is none.
    pub(super) fn form_key(&mut self, shell: &mut Shell, key: Key) -> bool {
        let Some(form) = &mut self.handing.form else { return false };
        if key.code == Code::Enter {
            self.form_done(shell);
        } else {
            form.path.press(key);
            shell.say_if_cut(&mut form.path, "The path");
        }
        true
    }

    /// Pasted text for the line. False when there is none.
    pub(super) fn form_paste(&mut self, shell: &mut Shell, text: &str) -> bool {
        let Some(form) = &mut self.handing.form else { return false };
        form.path.insert(text.trim());
        shell.say_if_cut(&mut form.path, "The path");
        true
    }

    fn form_done(&mut self, shell: &mut Shell) {
        let Some(form) = self.handing.form.take_if(|form| !form.path.text().trim().is_empty()) else {
            let back = shell.key(Place::Form, Command::Back);
            return shell.say(Weight::Quiet, &format!("Type the path of the file, or leave with {back}."));
        };
        let path = form.path.text().trim().to_owned();
        if form.saves { self.save_file(shell, path) } else { self.read_file(shell, path) }
    }

    fn save_file(&mut self, shell: &mut Shell, path: String) {
        let Some(Desk { stage: Stage::Reviewing(review, _), .. }) = &self.desk else { return };
        if let Some(review) = FourEyes::of(review, self.handing.here(shell), shell.now.unix) {
            shell.effect(Effect::SaveReview(path, Box::new(review)));
        }
    }

    fn read_file(&mut self, shell: &mut Shell, path: String) {
        self.stop_opening(shell);
        self.handing.step = Step::Reading;
        shell.say(Weight::Quiet, "Reading the review…");
        shell.effect(Effect::OpenReview(path));
    }

    /// The disk said something about a file.
    pub(crate) fn file_told(&mut self, shell: &mut Shell, handed: Handed) {
        match handed {
            Handed::Saved(path) => {
                let sentence = Clean::line(&format!("The review is in {path}. Nothing was sent."));
                let key = shell.key(Place::Articles, Command::OpenReview);
                let hint = format!("Somebody else opens it with {key}, or with `switchboard review FILE`.");
                shell.tell(Weight::Good, sentence, Clean::line(&hint));
            }
            Handed::NotSaved(sentence) => {
                shell.tell(Weight::Bad, Clean::line(&sentence), Clean::fixed("The review was not saved."));
            }
            Handed::NotOpened(_) | Handed::Opened(..) if !matches!(self.handing.step, Step::Reading) => {}
            Handed::NotOpened(sentence) => {
                self.handing.step = Step::Nothing;
                shell.say(Weight::Bad, &sentence);
            }
            Handed::Opened(path, review) => self.was_read(shell, path, review),
        }
    }

    /// What of ours is in the way of a review of this article.
    fn in_the_way(&self, id: &ArticleId) -> Option<&'static str> {
        if self.desk.is_some() {
            return Some("An edit is open here; close it first, then open the review again.");
        }
        if self.is_unsettled(id) {
            return Some(
                "The fate of your last save of this article is not known yet; open the review after that.",
            );
        }
        self.has_parked(id).then_some(KEPT)
    }

    fn was_read(&mut self, shell: &mut Shell, path: String, review: Box<FourEyes>) {
        self.handing.step = Step::Nothing;
        let here = self.handing.here(shell);
        if let Err(refusal) = review.belongs_to(&here) {
            return shell.say(Weight::Bad, &refused(shell, &here, &review, &refusal));
        }
        if let Some(reason) = self.in_the_way(&review.article) {
            return shell.say(Weight::Bad, reason);
        }
        // What another window left is on disk alone.
        shell.effect(Effect::FindDraft(review.article.clone()));
        self.handing.step = Step::Looking(path, review);
    }

    /// The disk said whether there is an edit of the article.
    pub(super) fn found_for_handing(&mut self, shell: &mut Shell, id: &ArticleId, is_kept: bool) {
        match std::mem::take(&mut self.handing.step) {
            Step::Looking(_, review) if review.article == *id && is_kept => shell.say(Weight::Bad, KEPT),
            Step::Looking(path, review) if review.article == *id => {
                let call = shell.ask(Call::Article(id.clone()));
                self.handing.step = Step::Asking(call, path, review);
            }
            step => self.handing.step = step,
        }
    }

    /// Takes the end of the call for the article; gives back what belongs to somebody else.
    pub(super) fn handing_ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Option<End> {
        match &self.handing.step {
            Step::Asking(call, ..) if *call == id => {}
            _ => return Some(end),
        }
        let Step::Asking(_, path, review) = std::mem::take(&mut self.handing.step) else { return Some(end) };
        match end {
            End::Answer(Answer::Article(fresh)) => self.hold_against(shell, &path, &review, Arc::from(fresh)),
            End::Refused(fault) | End::TimedOut(fault) | End::NotSent(fault) | End::Unknown(fault) => {
                shell.fault(&fault);
            }
            End::Answer(_) | End::Moved(_) | End::Cancelled => {}
        }
        None
    }

    /// Shows the review, when the article still is the one that it was made on.
    fn hold_against(&mut self, shell: &mut Shell, path: &str, handed: &FourEyes, fresh: Arc<Article>) {
        self.show(&fresh);
        let kept_since = self.unsaved.contains(&handed.article).then_some(KEPT);
        if let Some(reason) = self.in_the_way(&handed.article).or(kept_since) {
            return shell.say(Weight::Bad, reason);
        }
        let here = self.handing.here(shell);
        let draft = match handed.draft_on(fresh.clone()) {
            Ok(draft) => draft,
            Err(refusal) => {
                let sentence = Clean::line(&refused(shell, &here, handed, &refusal));
                let name = quoted(&handed.author, 40);
                let hint = Clean::line(&format!("Nothing was opened. Ask {name} for a new one."));
                return shell.tell(Weight::Bad, sentence, hint);
            }
        };
        // What was read is what `draft` lies over, so that the comparison says the same as the check above.
        let Compared::Ready(review) = Review::compare(&draft, (*fresh).clone()) else {
            return shell.say(Weight::Bad, &refused(shell, &here, handed, &Refusal::Nothing));
        };
        let mut desk = Desk::of(fresh);
        desk.origin = origin(handed, path, &here, shell.now.zone);
        desk.lay(&draft);
        self.open_desk(shell, desk);
        self.taken_back.clear();
        self.show_review(shell, review);
        shell.notice = None;
    }

    /// Leaves a review that is from a file. False when the one on the desk is not.
    pub(super) fn leave_handed(&mut self, shell: &mut Shell) -> bool {
        if self.desk.take_if(|desk| desk.is_handed()).is_none() {
            return false;
        }
        shell.say(Weight::Quiet, LEFT);
        true
    }

    /// What was opened is about to be sent: from here on it is an edit of ours, on disk like any other, so that no end of
    /// the write can lose it.
    pub(super) fn adopt(&mut self, shell: &mut Shell) {
        if let Some(desk) = &mut self.desk
            && desk.is_handed()
        {
            desk.origin.clear();
            desk.touched(shell);
        }
    }

    /// What was confirmed cannot be sent after all: a review from a file is on the screen again as it was opened, since it
    /// is no edit that could be kept. False when the one on the desk is not from a file.
    pub(super) fn stays_in_file(&mut self, shell: &mut Shell) -> bool {
        let Some(desk) = self.desk.as_mut().filter(|desk| desk.is_handed()) else { return false };
        let sentence = cannot_confirm(shell).unwrap_or(LEFT);
        match Review::compare(&desk.draft(), (*desk.base).clone()) {
            Compared::Ready(review) => self.show_review(shell, review),
            Compared::Nothing | Compared::Moved(_) => self.desk = None,
        }
        shell.say(Weight::Bad, sentence);
        true
    }
}
