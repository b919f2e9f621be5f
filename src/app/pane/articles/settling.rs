//! Writes whose fate is not known: found out by reading, never by sending again. They outlive the editor, because the link
//! may be down for long. A server may still be working when the answer is lost, so that one reading which shows the
//! article as before is not the last word.

mod arriving;

use std::sync::Arc;

use super::Articles;
use super::creating::Search;
use super::ends::{NOT_THERE, UNCHANGED, author_put};
use crate::app::command::Command;
use crate::app::effect::Put;
use crate::app::event::Timer;
use crate::app::notice::Weight;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::article::Article;
use crate::domain::call::{Answer, CallId, End, Fault, FaultKind};
use crate::domain::change::{Fate, Intent};
use crate::domain::id::ArticleId;
use crate::domain::journal::{Outcome, Seen, outcome_of};
use crate::domain::text::Clean;

/// How long after a reading that settled nothing the next one is made, in milliseconds. One more that shows the article
/// as before is the last word; one more that fails is told.
const LOOK_AGAIN: [u64; 2] = [3_000, 10_000];

/// The longest wait that a server may ask for, in milliseconds: the road of the article is closed meanwhile.
const LONGEST_WAIT: u64 = 60_000;

/// How often the time that is left is told anew, in milliseconds.
const TICK: u64 = 1_000;

/// Known between two readings that show the article as before.
const NOT_SO_FAR: &str = "Not arrived so far";

/// Said between two readings that show the article as before.
const LOOKING: &str = "Not arrived so far; looking again…";

/// Said of a write that did not arrive, where no edit is left that could be reviewed again.
const NEVER_CAME: &str = "The save has not arrived; the article stays as it was.";

/// Advised where it cannot be told whether a new article was made.
const MAKES_ANOTHER: &str = "Your edit is kept; saving it again would make another.";

/// Known of a write of an earlier run while it is looked for.
const RECALLED: &str = "Finding out whether an earlier save arrived…";

/// A write of unknown fate.
#[derive(Debug)]
pub struct Unsettled {
    /// What was sent.
    pub intent: Box<Intent>,
    fault: Fault,
    /// The server said that it took the write; the article could not be read back.
    taken: bool,
    /// Its draft was thrown away since.
    pub(super) dropped: bool,
    call: Option<CallId>,
    /// Readings that showed the article as before.
    as_before: usize,
    /// Readings that failed in a row.
    failed: usize,
    /// Not read again before this moment, in milliseconds.
    not_before: u64,
    /// Under what the journal knows it.
    put: Option<Put>,
    /// Of what and when, with a blank before it, where it is of an earlier run of the program; empty otherwise.
    pub(super) from: String,
    /// How far the search for a new article has come.
    pub(super) search: Search,
}

/// Whether another reading may end otherwise.
fn passes(kind: FaultKind) -> bool {
    use FaultKind as Kind;
    match kind {
        Kind::RateLimited
        | Kind::Server
        | Kind::TimedOut
        | Kind::Unreachable
        | Kind::Tls
        | Kind::SignIn
        | Kind::Offline
        | Kind::Busy => true,
        Kind::Forbidden
        | Kind::NotFound
        | Kind::Invalid
        | Kind::Protocol
        | Kind::Version
        | Kind::TooLarge
        | Kind::NoTool
        | Kind::Tool => false,
    }
}

impl Unsettled {
    /// A write whose answer was lost.
    pub(super) fn new(intent: Box<Intent>, fault: Fault) -> Self {
        Self {
            intent,
            fault,
            taken: false,
            dropped: false,
            call: None,
            as_before: 0,
            failed: 0,
            not_before: 0,
            put: None,
            from: String::new(),
            search: Search::default(),
        }
    }

    /// A write of an earlier run, whose answer nobody heard. One from long ago is read once.
    pub(super) fn recalled(intent: Box<Intent>, put: Put, from: String, is_old: bool) -> Self {
        let fault = Fault::new(FaultKind::Offline, "The program ended before its answer came.", "");
        let as_before = if is_old { LOOK_AGAIN.len() } else { 0 };
        Self { put: Some(put), from, as_before, ..Self::new(intent, fault) }
    }

    /// Whether it is of an earlier run of the program.
    pub(super) fn is_recalled(&self) -> bool {
        !self.from.is_empty()
    }

    /// A write that the server said it took, and that could not be read back.
    pub(super) fn taken(intent: Box<Intent>, fault: Fault) -> Self {
        Self { taken: true, ..Self::new(intent, fault) }
    }

    /// What to say of it in the status line, and when the next reading is, if one is to come.
    fn words(&self, shell: &Shell) -> String {
        // Short where a time follows: the line has other things to say beside it.
        let (known, short) = match (self.taken, self.as_before) {
            _ if self.is_recalled() && self.call.is_some() => (RECALLED, RECALLED),
            (_, 1..) if self.call.is_some() => (LOOKING, NOT_SO_FAR),
            (_, 1..) => (NOT_SO_FAR, NOT_SO_FAR),
            (true, 0) => ("saving was answered, not read back yet", "save answered, not read back"),
            (false, 0) => ("not known yet whether the last save arrived", "last save not known yet"),
        };
        match self.waits(shell.now.millis) {
            left @ 1.. if shell.is_up() => format!("{short}; looking again in {} s", left.div_ceil(1_000)),
            _ => known.into(),
        }
    }

    /// How long until the next reading, in milliseconds; 0 while it is read, and where none is to come.
    fn waits(&self, now: u64) -> u64 {
        if self.call.is_some() || self.is_given_up() { 0 } else { self.not_before.saturating_sub(now) }
    }

    /// What the article says beside the fate. The name on one that the write did not reach says nothing of the write.
    fn seen(&self, fate: Fate, found: &Article) -> Seen {
        let arrived = matches!(fate, Fate::Landed | Fate::Altered);
        let created = self.intent.is_new().then(|| found.row.id.clone());
        Seen { created, author: author_put(&self.intent, found).filter(|_| arrived).cloned() }
    }

    /// Whether reading failed so often that it is tried again only when somebody or a new link asks for it.
    fn is_given_up(&self) -> bool {
        self.failed > LOOK_AGAIN.len()
    }

    /// Readings that failed count no more, nor does the wait that they asked for.
    fn start_over(&mut self, now: u64) {
        if self.failed > 0 && self.call.is_none() {
            (self.failed, self.not_before) = (0, now);
        }
    }

    /// It reads as before: look again later. False when it was looked at often enough.
    fn look_again(&mut self, now: u64) -> bool {
        let Some(after) = LOOK_AGAIN.get(self.as_before) else { return false };
        (self.as_before, self.failed, self.not_before) = (self.as_before + 1, 0, now + after);
        true
    }

    /// Tells that the article reads as before, and that this is not the last word.
    fn tell_looking(&self, shell: &mut Shell) {
        let kept = if self.dropped { "." } else { "; your edit is kept." };
        let hint = format!("{} Nothing is sent twice{kept}", self.fault.sentence);
        shell.tell(Weight::Bad, Clean::fixed(LOOKING), Clean::line(&hint));
    }

    /// It could not be read: try again later. False when that was tried often enough.
    fn try_again(&mut self, now: u64, wait: Option<u64>) -> bool {
        let wait = wait.unwrap_or(0).saturating_mul(1_000).min(LONGEST_WAIT);
        let after = LOOK_AGAIN.get(self.failed).copied();
        self.not_before = now.saturating_add(after.unwrap_or(0).max(wait));
        self.failed += 1;
        after.is_some()
    }
}

impl Articles {
    /// Whether it is not known yet what became of a write of this article.
    pub(super) fn is_unsettled(&self, id: &ArticleId) -> bool {
        self.unsettled.iter().any(|lost| lost.intent.id() == id)
    }

    /// What to say of writes of unknown fate in the status line, of one article or of any; empty for nothing.
    pub(super) fn unsettled_words(&self, shell: &Shell, of: Option<&ArticleId>) -> String {
        let mut lost = self.unsettled.iter().filter(|lost| of.is_none_or(|id| lost.intent.id() == id));
        lost.next().map(|lost| lost.words(shell)).unwrap_or_default()
    }

    /// The draft of an article was thrown away, and with it what was typed since a write of unknown fate.
    pub(super) fn drop_lost(&mut self, id: &ArticleId) {
        let of_it = |lost: &&mut Unsettled| lost.intent.id() == id;
        self.unsettled.iter_mut().filter(of_it).for_each(|lost| lost.dropped = true);
    }

    /// Takes in a write of unknown fate, and reads the article when that is possible.
    pub(super) fn unsettle(&mut self, shell: &mut Shell, mut lost: Unsettled) {
        let (sentence, hint) = if lost.taken {
            lost.try_again(shell.now.millis, lost.fault.wait);
            let sentence = "The server took the save, but it could not be read back";
            (sentence, "The article is read again; until then your edit is kept.")
        } else {
            let hint = if lost.intent.is_new() {
                "The list is looked through for it; nothing is sent twice. Your edit is kept."
            } else {
                "It is found out by reading; nothing is sent twice. Your edit is kept."
            };
            ("It is not known yet whether the save arrived", hint)
        };
        let sentence = format!("{sentence}: {}", lost.fault.sentence);
        shell.tell(Weight::Bad, Clean::line(&sentence), Clean::fixed(hint));
        lost.put = self.under_way.remove(lost.intent.id()).map(Put::Call);
        self.unsettled.push(lost);
        self.settle(shell);
    }

    /// Takes in a write that the server said it took, and that reads as before: a copy that is behind says so, too.
    pub(super) fn look_later(&mut self, shell: &mut Shell, intent: Box<Intent>) {
        let fault = Fault::new(FaultKind::Protocol, "The server answered the save.", "");
        let mut lost = Unsettled::taken(intent, fault);
        lost.look_again(shell.now.millis);
        lost.tell_looking(shell);
        lost.put = self.under_way.remove(lost.intent.id()).map(Put::Call);
        self.unsettled.push(lost);
        self.settle(shell);
    }

    /// Reads every article whose write is of unknown fate and whose time has come, and sees to the others later.
    pub(super) fn settle(&mut self, shell: &mut Shell) {
        if !shell.is_up() {
            return;
        }
        let now = shell.now.millis;
        let is_due =
            |lost: &&mut Unsettled| lost.call.is_none() && !lost.is_given_up() && lost.not_before <= now;
        for lost in self.unsettled.iter_mut().filter(is_due) {
            lost.call = Some(shell.ask(lost.question()));
        }
        let later = self.unsettled.iter().map(|lost| lost.waits(now)).filter(|left| *left > 0).min();
        if let Some(later) = later {
            // By whole seconds left, as they are told.
            shell.timer(Timer::Settle, (later - 1) % TICK + 1);
        }
    }

    /// Somebody wants to go on: find out first.
    pub(super) fn settle_again(&mut self, shell: &mut Shell, id: &ArticleId) {
        let now = shell.now.millis;
        let of_it = |lost: &&mut Unsettled| lost.intent.id() == id;
        self.unsettled.iter_mut().filter(of_it).for_each(|lost| lost.start_over(now));
        self.settle(shell);
        let is_read = |lost: &Unsettled| lost.intent.id() == id && lost.call.is_some();
        if self.unsettled.iter().any(is_read) {
            let sentence = "First it is found out whether the last save arrived; the article is being read.";
            return shell.say(Weight::Quiet, sentence);
        }
        shell.say(Weight::Quiet, &self.unsettled_words(shell, Some(id)));
    }

    /// The link is up: what failed before says nothing of it.
    pub(super) fn settle_anew(&mut self, shell: &mut Shell) {
        self.unsettled.iter_mut().for_each(|lost| lost.start_over(shell.now.millis));
        self.settle(shell);
    }

    /// Takes the end of a read that settles a write.
    pub(super) fn settle_ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Option<End> {
        let Some(at) = self.unsettled.iter().position(|lost| lost.call == Some(id)) else { return Some(end) };
        self.unsettled[at].call = None;
        match end {
            End::Answer(answer) if self.unsettled[at].intent.on_server().is_none() => {
                self.searched(shell, at, answer);
            }
            End::Answer(Answer::Article(found)) => self.looked(shell, at, Arc::from(found)),
            End::Refused(fault) if !passes(fault.kind) => self.not_there(shell, at, &fault),
            End::Refused(fault) | End::TimedOut(fault) | End::NotSent(fault) | End::Unknown(fault) => {
                self.not_read(shell, at, fault.wait);
            }
            End::Answer(_) | End::Cancelled | End::Moved(_) => self.not_read(shell, at, None),
        }
        self.release();
        None
    }

    /// The server says that there is nothing to read. A copy that is behind says so of a new article, too.
    fn not_there(&mut self, shell: &mut Shell, at: usize, fault: &Fault) {
        let lost = &mut self.unsettled[at];
        let is_gone = fault.kind == FaultKind::NotFound;
        if is_gone && lost.intent.on_server().is_none() && lost.search.pass_over() {
            return self.search_on(shell, at);
        }
        // Faults of no other kind may be of the moment.
        let may_come = matches!(fault.kind, FaultKind::Tool | FaultKind::Protocol)
            || is_gone && lost.taken && lost.intent.is_new();
        if may_come && lost.try_again(shell.now.millis, fault.wait) {
            return self.settle(shell);
        }
        let lost = self.unsettled.remove(at);
        let made = lost.intent.on_server().filter(|_| lost.intent.is_new()).cloned();
        let seen = made.clone().map(|made| Seen { created: Some(made), author: None });
        self.put_lost(shell, &lost, Outcome::CannotTell, seen);
        if let Some(made) = made {
            return self.made_unread(shell, &lost, made, fault);
        }
        let sentence = format!("It cannot be told whether the save{} arrived: {}", lost.from, fault.sentence);
        let hint = match (lost.dropped, lost.intent.is_new()) {
            (true, _) => "",
            (false, true) => MAKES_ANOTHER,
            (false, false) => "Your edit is kept; the next review reads the article again.",
        };
        shell.tell(Weight::Bad, Clean::line(&sentence), Clean::fixed(hint));
    }

    pub(super) fn not_read(&mut self, shell: &mut Shell, at: usize, wait: Option<u64>) {
        if self.unsettled[at].try_again(shell.now.millis, wait) {
            return self.settle(shell);
        }
        let review = shell.key(Place::Editor, Command::Review);
        let hint = format!("{review} in the editor, or a new connection, tries again.");
        let sentence = format!("It is still not known whether the save{} arrived.", self.unsettled[at].from);
        shell.tell(Weight::Bad, Clean::line(&sentence), Clean::line(&hint));
    }

    fn looked(&mut self, shell: &mut Shell, at: usize, found: Arc<Article>) {
        let lost = &self.unsettled[at];
        let fate = if lost.taken { lost.intent.read_back(&found) } else { lost.intent.settle(&found) };
        self.fate_known(shell, at, fate, Some(found));
    }

    /// What a reading says of a write, and the article where that is there.
    pub(super) fn fate_known(
        &mut self,
        shell: &mut Shell,
        at: usize,
        fate: Fate,
        found: Option<Arc<Article>>,
    ) {
        let lost = &mut self.unsettled[at];
        if fate == Fate::NotLanded && lost.look_again(shell.now.millis) {
            lost.tell_looking(shell);
            return self.settle(shell);
        }
        let lost = self.unsettled.remove(at);
        let seen = found.as_deref().map(|found| lost.seen(fate, found));
        self.put_lost(shell, &lost, outcome_of(fate), seen);
        match fate {
            Fate::Landed | Fate::Altered => {
                if let Some(found) = found {
                    self.settled_landed(shell, &lost, fate, found);
                }
            }
            Fate::NotLanded if lost.is_recalled() => self.recalled_not_landed(shell, &lost),
            Fate::NotLanded if lost.dropped => {
                let sentence = if lost.taken { UNCHANGED } else { NEVER_CAME };
                shell.tell(Weight::Bad, Clean::fixed(sentence), Clean::default());
            }
            Fate::NotLanded => {
                let sentence = if lost.taken { UNCHANGED } else { "The save has not arrived." };
                self.tell_unsaved(shell, lost.intent.id(), sentence);
            }
            Fate::CannotTell if lost.intent.is_new() => {
                let sentence =
                    "It cannot be told whether the new article was created: look for its title in the list.";
                let hint = if lost.dropped { "" } else { MAKES_ANOTHER };
                shell.tell(Weight::Bad, Clean::fixed(sentence), Clean::fixed(hint));
            }
            Fate::CannotTell => {
                let sentence = format!(
                    "It cannot be told whether the save{} arrived: the article reads neither as before nor as sent.",
                    lost.from
                );
                let review = shell.key(Place::Editor, Command::Review);
                let hint = if lost.dropped {
                    String::new()
                } else {
                    format!("Your edit is kept; {review} shows how the article reads now.")
                };
                shell.tell(Weight::Bad, Clean::line(&sentence), Clean::line(&hint));
            }
        }
    }

    fn put_lost(&mut self, shell: &mut Shell, lost: &Unsettled, outcome: Outcome, seen: Option<Seen>) {
        if let Some(put) = lost.put.clone() {
            self.put_down(shell, put, outcome, seen);
        }
    }

    fn recalled_not_landed(&mut self, shell: &mut Shell, lost: &Unsettled) {
        let id = lost.intent.id();
        let is_kept = self.unsaved.contains(id) && !lost.dropped;
        let kept = if is_kept { "; your edit is kept" } else { "" };
        let sentence = format!("The save{} did not arrive{kept}.", lost.from);
        let edit = shell.key(Place::Articles, Command::Edit);
        let review = shell.key(Place::Editor, Command::Review);
        let hint =
            if is_kept { format!("{edit} brings it back; {review} reviews it.") } else { String::new() };
        shell.tell(Weight::Bad, Clean::line(&sentence), Clean::line(&hint));
        self.told = Some((id.clone(), if is_kept { NOT_THERE } else { NEVER_CAME }));
    }
}
