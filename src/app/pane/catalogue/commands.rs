//! What each command does on the screen.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the screen answers to some commands and leaves the rest to others"
)]

use super::{Card, Catalogue, Record};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::notice::Weight;
use crate::app::pane::inbox::page::Target;
use crate::app::pane::inbox::record;
use crate::app::shell::{Hand, Shell};
use crate::domain::text::Clean;

impl<R: Record> Catalogue<R> {
    /// Does a command; false when there was nothing to do.
    pub(super) fn obey(&mut self, shell: &mut Shell, command: Command) -> bool {
        self.listing.stays();
        if let Some(movement) = command.movement() {
            match self.cards.top() {
                Some(_) => self.cards.page_mut().list.go(movement),
                None => self.listing.go(shell, movement),
            }
            return true;
        }
        match command {
            Command::Back => return self.back(shell),
            Command::Open => self.open(shell),
            Command::Search => {
                let words = self.searched().to_owned();
                self.line.begin(&words);
            }
            Command::Company => self.follow_to_company(shell),
            Command::LoadAll => self.listing.load_all(shell),
            Command::Refresh => self.refresh(shell),
            Command::Browse => self.with_address(shell, Effect::Browse),
            Command::CopyLink => {
                self.with_address(shell, Effect::Copy);
                shell.say(Weight::Good, "Link copied.");
            }
            Command::CopyId => {
                if let Some(id) = self.id_words() {
                    shell.effect(Effect::Copy(Clean::line(&id)));
                    shell.say(Weight::Good, "Id copied.");
                }
            }
            Command::CopyJson => self.copy_json(shell),
            Command::ShowMembers => {
                if let Some(Card::Company(id)) = self.subject() {
                    record::show_members(shell, &id);
                }
            }
            Command::ShowConversations => {
                if let Some(card) = self.subject() {
                    record::show_conversations(shell, &card);
                }
            }
            _ => return false,
        }
        true
    }

    /// What keys are about: the open page, else the row under the cursor.
    pub(super) fn subject(&self) -> Option<Card> {
        self.cards.top().cloned().or_else(|| self.current().map(Record::card))
    }

    fn open(&mut self, shell: &mut Shell) {
        if self.cards.top().is_none() {
            let Some(row) = self.listing.rows.current().cloned() else { return };
            row.lay_out(&mut self.cards);
            return self.cards.open(shell, row.card());
        }
        let Some(target) = self.cards.page().current().and_then(|line| line.target.clone()) else { return };
        match &target {
            Target::Conversation(id) => {
                let row = self.cards.customer.conversation(id).cloned();
                shell.hand = row.map(|row| Hand::Conversation(Box::new(row)));
            }
            Target::Company(_) | Target::Contact(_) => self.cards.follow(shell, &target),
        }
    }

    fn follow_to_company(&mut self, shell: &mut Shell) {
        if let Some(id) = self.cards.customer.company_at_cursor() {
            self.cards.open(shell, Card::Company(id));
        }
    }

    fn refresh(&mut self, shell: &mut Shell) {
        match self.cards.top() {
            Some(_) => self.cards.want(shell, true),
            None => self.listing.refresh(shell),
        }
    }

    /// One step back: out of the search line, out of what is under way, out of the page, out of the search. What nobody waited for
    /// long is cancelled last.
    fn back(&mut self, shell: &mut Shell) -> bool {
        if self.line.focused {
            self.line.leave();
            return true;
        }
        if self.cards.top().is_some() {
            let cancelled = shell.waiting().is_some() && self.cards.customer.people.cancel(shell);
            if cancelled {
                shell.say(Weight::Quiet, "Cancelled.");
            }
            return cancelled || self.cards.back(shell);
        }
        if self.listing.stop(shell) {
            return true;
        }
        if shell.waiting().is_some() && self.listing.cancel(shell) {
            shell.say(Weight::Quiet, "Cancelled.");
            return true;
        }
        self.listing.leave_search(shell) || self.listing.cancel(shell)
    }

    /// The address of what keys are about, in Intercom's web app.
    fn with_address(&self, shell: &mut Shell, effect: impl FnOnce(Clean) -> Effect) {
        let web = shell.web();
        let address = self.subject().and_then(|card| match card {
            Card::Contact(subject) => subject.contact.map(|id| id.page(web)),
            Card::Company(id) => Some(id.page(web)),
        });
        if let Some(address) = address {
            let effect = effect(Clean::line(&address));
            shell.effect(effect);
        }
    }

    fn id_words(&self) -> Option<String> {
        match self.subject()? {
            Card::Contact(subject) => subject.contact.map(|id| id.to_string()),
            Card::Company(id) => Some(id.to_string()),
        }
    }

    /// The whole record where it was read, else the row of the list.
    fn copy_json(&self, shell: &mut Shell) {
        let whole = self.subject().and_then(|card| record::json(&self.cards.customer.people, &card));
        let row = || self.current().filter(|_| self.cards.top().is_none()).map(Record::json);
        if let Some(json) = whole.or_else(row) {
            record::copy_json(shell, &json);
        }
    }
}
