//! How calls on the road end: the copy to review against, the write, the read-back. Each end leads to one stage.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each stage answers to its own ends and passes the rest on"
)]

use std::mem::replace;
use std::sync::Arc;

use super::Articles;
use super::conflict::Cause;
use super::desk::Stage;
use super::picker::teammate;
use super::settling::Unsettled;
use super::sheet::Sheet;
use crate::app::command::Command;
use crate::app::notice::Weight;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::article::Article;
use crate::domain::call::{Answer, Call, CallId, End, Fault, FaultKind};
use crate::domain::change::{Fate, Intent};
use crate::domain::id::{AdminId, ArticleId};
use crate::domain::journal::{Outcome, Seen, outcome_of};
use crate::domain::text::Clean;

/// Said when the server took a write and the article reads as before.
pub(super) const UNCHANGED: &str = "Not saved: the server answered, but the article reads as before.";

/// Said when everything that was sent reads back.
const AS_REVIEWED: &str = "Saved. It reads back exactly as reviewed.";

/// Said when everything that was sent reads back but the summary, of which the server says nothing.
const SUMMARY_UNSAID: &str = "Saved. This server does not read the summary back.";

/// Said when the summary is known by the answer to the write alone.
const BY_ECHO: &str = "Saved. The server's answer has the new summary, its reading leaves it out.";

/// Said where nothing was sent at all.
const NOTHING_SENT: &str = "Not saved: nothing was sent. Your edit is kept.";

/// Said where the server said no.
const REFUSED: &str = "Not saved: the server refused it. Your edit is kept.";

/// Why a write was not sent that the server's copy moved under.
const MOVED: &str = "The article changed on the server after the review.";

/// Told where the copy moved between the review and the write.
const ABANDONED: &str = "Not sent: the article was changed on the server meanwhile.";

/// Said of a save that is not there.
pub(super) const NOT_THERE: &str = "The last save did not arrive. Your edit is kept.";

impl Articles {
    /// Tells that a write did not arrive, now and until something is done about it.
    pub(super) fn tell_unsaved(&mut self, shell: &mut Shell, id: &ArticleId, sentence: &'static str) {
        let hint =
            format!("Your edit is kept; {} reviews it again.", shell.key(Place::Editor, Command::Review));
        shell.tell(Weight::Bad, Clean::fixed(sentence), Clean::line(&hint));
        self.told = Some((id.clone(), NOT_THERE));
    }

    /// Tells that nothing was saved and why. Unlike the fault alone, this does not end with the link coming up: a fate has
    /// to be read.
    fn not_saved(&mut self, shell: &mut Shell, id: ArticleId, words: &'static str, fault: &Fault) {
        let hint = format!("{} {}", fault.sentence, fault.hint);
        shell.tell(Weight::Bad, Clean::fixed(words), Clean::line(hint.trim()));
        let why = fault.sentence.clone();
        let outcome = if words == REFUSED { Outcome::Refused(why) } else { Outcome::NotSent(why) };
        self.remember_outcome(shell, &id, outcome);
        self.told = Some((id, words));
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
        let Stage::Sending(call, intent, sheet) = replace(&mut desk.stage, Stage::Editing) else { return };
        self.under_way.insert(intent.id().clone(), call);
        match end {
            End::Answer(Answer::Written(echo)) => {
                let Some(desk) = &mut self.desk else { return };
                let mut intent = intent;
                if intent.is_new() {
                    intent.made(echo.row.id.clone());
                }
                desk.echo = echo.description_said.then_some(echo.description);
                desk.stage = Stage::ReadingBack(shell.ask(Call::Article(echo.row.id)), intent, sheet);
            }
            End::Moved(fresh) => {
                self.remember_outcome(shell, intent.id(), Outcome::NotSent(Clean::fixed(MOVED)));
                self.conflict(shell, Arc::from(fresh));
                shell.say(Weight::Bad, ABANDONED);
            }
            End::Refused(fault) => self.not_saved(shell, intent.id().clone(), REFUSED, &fault),
            End::NotSent(fault) => self.not_saved(shell, intent.id().clone(), NOTHING_SENT, &fault),
            End::Cancelled => {
                shell.say(Weight::Bad, NOTHING_SENT);
                let why = Clean::fixed("It was cancelled.");
                self.remember_outcome(shell, intent.id(), Outcome::NotSent(why));
                self.told = Some((intent.id().clone(), NOTHING_SENT));
            }
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
            End::Answer(Answer::Article(mut found)) => {
                let echo = desk.echo.take().filter(|_| !found.description_said);
                let sent = intent.changes().description.is_some() && !intent.is_new();
                let Some(echo) = echo.filter(|_| sent) else {
                    return self.was_read_back(shell, intent, Arc::from(found));
                };
                found.row.description = Clean::line(echo.as_str());
                (found.description, found.description_said) = (echo, true);
                self.was_read_back(shell, intent, Arc::from(found));
                // What the answer to the write said stands in for what the reading left out, and is told as that.
                if shell.notice.as_ref().is_some_and(|notice| notice.sentence.as_str() == AS_REVIEWED) {
                    shell.say(Weight::Good, BY_ECHO);
                }
            }
            End::Refused(fault) | End::TimedOut(fault) | End::NotSent(fault) | End::Unknown(fault) => {
                self.unsettle(shell, Unsettled::taken(intent, fault));
            }
            End::Answer(_) | End::Moved(_) | End::Cancelled => {
                let fault = Fault::new(FaultKind::Protocol, "The server answered with something else.", "");
                self.unsettle(shell, Unsettled::taken(intent, fault));
            }
        }
    }

    /// The server said that it took the write, and the article reads so now.
    fn was_read_back(&mut self, shell: &mut Shell, intent: Box<Intent>, found: Arc<Article>) {
        match intent.read_back(&found) {
            fate @ (Fate::Landed | Fate::Altered) => {
                let created = intent.on_server().filter(|_| intent.is_new()).cloned();
                let seen = Seen { created, author: author_put(&intent, &found).cloned() };
                self.remember_seen(shell, intent.id(), outcome_of(fate), Some(seen));
                self.arrived(shell, &intent, fate, found);
            }
            Fate::NotLanded => self.look_later(shell, intent),
            Fate::CannotTell => {
                self.remember_outcome(shell, intent.id(), Outcome::CannotTell);
                self.untold(shell, found);
            }
        }
    }

    /// Shows what the article reads, when that says neither that a write arrived nor that it did not.
    fn untold(&mut self, shell: &mut Shell, found: Arc<Article>) {
        self.show(&found);
        self.lay_together(shell, found, Cause::Untold);
        shell.say(Weight::Bad, "It cannot be told whether the save arrived. Your edit is kept.");
    }

    /// The write arrived, byte for byte or in the server's own HTML: no draft is needed, and the article is shown as it
    /// reads now.
    pub(super) fn arrived(&mut self, shell: &mut Shell, intent: &Intent, fate: Fate, found: Arc<Article>) {
        if intent.is_new() {
            return self.born(shell, intent, fate, found);
        }
        let desk = self.desk.take();
        self.told = None;
        self.forget(shell, &found.row.id);
        self.show(&found);
        self.shelf.home.lift(&found.row.id);
        let stamped = stamped(shell, intent, &found);
        if fate == Fate::Landed {
            let unsaid = intent.changes().description.is_some() && !found.description_said;
            return match stamped {
                Some(name) => {
                    let hint = if unsaid { "This server does not read the summary back." } else { "" };
                    shell.tell(Weight::Good, Clean::line(&format!("Saved. {name}")), Clean::fixed(hint));
                }
                None => shell.say(Weight::Good, if unsaid { SUMMARY_UNSAID } else { AS_REVIEWED }),
            };
        }
        if let Some(mut desk) = desk {
            desk.stage = Stage::Altered(Sheet::altered(intent, &found));
            (desk.keeping, desk.base) = (super::keeping::Keeping::default(), found);
            self.desk = Some(desk);
        }
        let sentence = Clean::fixed("Saved. The server keeps it otherwise than it was sent.");
        shell.tell(Weight::Good, sentence, Clean::line(&stamped.unwrap_or_default()));
    }
}

/// Whose name is on the article now, where the review said another; none where it is the one that the review said. No
/// tool sends who writes, and Intercom may put the name of whoever authorised the connection (intercom-mcp 3.8).
pub(super) fn author_put<'a>(intent: &Intent, found: &'a Article) -> Option<&'a AdminId> {
    let said = intent.changes().author.as_ref().or(intent.base().row.author.as_ref())?;
    found.row.author.as_ref().filter(|now| *now != said)
}

/// The sentence for that name.
pub(super) fn stamped(shell: &Shell, intent: &Intent, found: &Article) -> Option<String> {
    let now = author_put(intent, found)?;
    Some(format!("The name on it is now {}.", teammate(now, &shell.roster)))
}
