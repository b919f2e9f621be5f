//! What the journal is told of writes, and what it remembers of those of an earlier run: they are settled by reading, as any
//! other write whose answer was lost.

use std::sync::Arc;

use super::Articles;
use super::desk::Desk;
use super::settling::Unsettled;
use super::sheet::quoted;
use crate::app::effect::{Effect, Put};
use crate::app::event::StoredDraft;
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::article::Article;
use crate::domain::change::Intent;
use crate::domain::id::ArticleId;
use crate::domain::journal::{Entry, Outcome, Seen};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Unix, stamp};

/// A write older than this has arrived or never will, in seconds.
const LONG_AGO: i64 = 60;

/// When something happened: the time on the same day, the day and the time on any other.
pub(super) fn when(at: Unix, now: Moment) -> String {
    let (then, today) = (stamp(at, now.zone), stamp(now.unix, now.zone));
    match then.split_once(' ') {
        Some((day, time)) if today.starts_with(day) => time.to_owned(),
        _ => then,
    }
}

impl Articles {
    /// Puts down what became of the write of an article, if one of this session is not told yet.
    pub(super) fn remember_outcome(&mut self, shell: &mut Shell, id: &ArticleId, outcome: Outcome) {
        self.remember_seen(shell, id, outcome, None);
    }

    /// The same where the article was read, with what it said beside the outcome.
    pub(super) fn remember_seen(
        &mut self,
        shell: &mut Shell,
        id: &ArticleId,
        outcome: Outcome,
        seen: Option<Seen>,
    ) {
        if let Some(call) = self.under_way.remove(id) {
            self.put_down(shell, Put::Call(call), outcome, seen);
        }
    }

    /// Puts down what became of a write.
    pub(super) fn put_down(&mut self, shell: &mut Shell, put: Put, outcome: Outcome, seen: Option<Seen>) {
        shell.effect(Effect::Outcome(put, outcome, seen));
        self.list_writes_again(shell);
    }

    /// Writes of windows that are gone, whose fate nobody learnt.
    pub(super) fn recalled(&mut self, shell: &mut Shell, entries: &[Entry]) {
        for entry in entries {
            // Notes are the Inbox's.
            if let Some(intent) = entry.intent() {
                self.recall(shell, entry, intent);
            }
        }
        self.settle(shell);
    }

    fn recall(&mut self, shell: &mut Shell, entry: &Entry, intent: Intent) {
        let title = quoted(&entry.head.title, 30);
        let from = format!(" of {title} from {}", when(entry.head.at, shell.now));
        let age = shell.now.unix.0.saturating_sub(entry.head.at.0);
        let sentence = format!("It is not known yet whether the save{from} arrived.");
        let hint = "It is found out once there is a connection; nothing is sent twice.";
        shell.tell(Weight::Bad, Clean::line(&sentence), Clean::fixed(hint));
        let put = Put::Entry(entry.head.id.clone());
        self.unsettled.push(Unsettled::recalled(Box::new(intent), put, from, age > LONG_AGO));
    }

    /// A write of an earlier run arrived, and the article reads so: its draft goes if it holds nothing else. The disk is asked
    /// what it holds; of a new article always, for what is left under its local id would be made again.
    pub(super) fn drop_what_landed(&mut self, shell: &mut Shell, intent: Intent, found: Arc<Article>) {
        if intent.is_new() || self.unsaved.contains(intent.id()) {
            shell.effect(Effect::FindDraft(intent.id().clone()));
            self.landed.push((intent, found));
        }
    }

    /// The disk said what it holds of an article.
    pub(super) fn found_landed(&mut self, shell: &mut Shell, id: &ArticleId, stored: Option<&StoredDraft>) {
        let Some(at) = self.landed.iter().position(|(intent, _)| intent.id() == id) else { return };
        let (intent, found) = self.landed.remove(at);
        let is_open = self.desk.iter().chain(&self.parked).any(|desk| desk.base.row.id == *id);
        let is_sent = |stored: &StoredDraft| intent.is_all_of(&stored.over(Arc::clone(intent.base())));
        match stored {
            _ if is_open && intent.is_new() => self.goes_on_in(shell, &intent, &found),
            Some(stored) if !is_open && is_sent(stored) => self.forget(shell, id),
            Some(stored) if !is_open && intent.is_new() => {
                let mut desk = Desk::of(Arc::clone(intent.base()));
                desk.restore(stored.clone());
                self.parked.push(desk);
                self.goes_on_in(shell, &intent, &found);
            }
            _ => {}
        }
    }

    /// What was typed after a new article was sent is an edit of the one that is there, under the server's id.
    fn goes_on_in(&mut self, shell: &mut Shell, intent: &Intent, found: &Arc<Article>) {
        let made = &found.row.id;
        let is_in_the_way = self.unsaved.contains(made)
            || self.desk.iter().chain(&self.parked).any(|desk| desk.base.row.id == *made);
        if is_in_the_way {
            self.parked.retain(|desk| desk.base.row.id != *intent.id());
            let sentence =
                format!("The new article is there as article {made}, of which another edit is kept.");
            let hint =
                "The edit that it was made from is kept, too; saving that one would make another article.";
            return shell.tell(Weight::Bad, Clean::line(&sentence), Clean::fixed(hint));
        }
        self.follow_birth(shell, intent, found);
        self.forget(shell, intent.id());
        if self.kept.is_some() {
            shell.effect(Effect::ListDrafts);
        }
        let sentence = format!(
            "The new article is there as article {made}; what you typed after it is kept as an edit of it."
        );
        shell.say(Weight::Good, &sentence);
    }
}
