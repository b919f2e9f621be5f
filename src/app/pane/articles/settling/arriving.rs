//! A write whose fate was not known arrived after all: what becomes of the editor, of an edit that was dropped or typed on, and what
//! is told. Owns those; finding out is done elsewhere.

use std::sync::Arc;

use super::super::Articles;
use super::super::desk::Desk;
use super::super::ends::stamped;
use super::Unsettled;
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::article::Article;
use crate::domain::change::Fate;
use crate::domain::text::Clean;

impl Articles {
    /// It arrived after all. What was typed since stays, over the copy that reads so now.
    pub(super) fn settled_landed(
        &mut self,
        shell: &mut Shell,
        lost: &Unsettled,
        fate: Fate,
        found: Arc<Article>,
    ) {
        if lost.intent.is_new() {
            return self.settled_born(shell, lost, fate, found);
        }
        if lost.dropped {
            return self.arrived_beside(shell, lost, &found);
        }
        let desk = self.desk.as_mut().filter(|desk| desk.base.row.id == found.row.id);
        let Some(desk) = desk else { return self.arrived_away(shell, lost, &found) };
        let draft = desk.draft();
        if lost.intent.is_all_of(&draft) {
            return self.arrived(shell, &lost.intent, fate, found);
        }
        if !draft.is_changed() {
            return self.arrived_beside(shell, lost, &found);
        }
        desk.follow(&lost.intent, Arc::clone(&found));
        self.show(&found);
        self.shelf.home.lift(&found.row.id);
        self.keep(shell);
        tell_arrived(shell, lost, &found, "The save did arrive. What you typed since is still here.");
    }

    /// It arrived, and its draft was thrown away meanwhile. What is typed now began from the copy before it, so that the
    /// next review has to show both sides; an editor that nothing was typed in follows.
    fn arrived_beside(&mut self, shell: &mut Shell, lost: &Unsettled, found: &Arc<Article>) {
        let untouched = |desk: &&mut Desk| desk.base.row.id == found.row.id && !desk.draft().is_changed();
        if let Some(desk) = self.desk.as_mut().filter(untouched) {
            desk.become_copy(found.clone());
        }
        self.show(found);
        tell_arrived(shell, lost, found, &format!("The save{} did arrive.", lost.from));
    }

    /// It arrived, and the editor was left meanwhile: the draft goes only if it holds nothing else.
    fn arrived_away(&mut self, shell: &mut Shell, lost: &Unsettled, found: &Arc<Article>) {
        let intent = &lost.intent;
        self.show(found);
        self.shelf.home.lift(&found.row.id);
        let Some(desk) = self.parked.iter_mut().find(|desk| desk.base.row.id == found.row.id) else {
            if lost.is_recalled() {
                self.drop_what_landed(shell, (**intent).clone(), Arc::clone(found));
            }
            return tell_arrived(shell, lost, found, &format!("The save{} did arrive.", lost.from));
        };
        if intent.is_all_of(&desk.draft()) {
            self.forget(shell, &found.row.id);
            return tell_arrived(shell, lost, found, "The save did arrive.");
        }
        desk.follow(intent, Arc::clone(found));
        self.keep(shell);
        let sentence = "The save did arrive. What you typed after it is still in your edit.";
        tell_arrived(shell, lost, found, sentence);
    }
}

/// Tells that a write arrived, and whose name is on the article where that is news.
fn tell_arrived(shell: &mut Shell, lost: &Unsettled, found: &Article, sentence: &str) {
    let name = stamped(shell, &lost.intent, found).unwrap_or_default();
    shell.tell(Weight::Good, Clean::line(sentence), Clean::line(&name));
}
