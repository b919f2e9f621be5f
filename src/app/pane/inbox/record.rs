//! What can be done with the page of a contact or a company, wherever it is open: its JSON, its people, its conversations.
//! No tool finds people or conversations by company (intercom-mcp 3.4, 3.6); what is offered instead says so.

use super::Inbox;
use super::layout::Focus;
use super::people::People;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::notice::Weight;
use crate::app::pane::catalogue::Card;
use crate::app::shell::{Hand, Shell};
use crate::domain::conversation::Author;
use crate::domain::id::{CompanyId, ContactId};
use crate::domain::membership::Member;
use crate::domain::people::{PeopleField, PeopleFilter};
use crate::domain::query::{Filter, Operator, Query};
use crate::domain::record_json;
use crate::domain::text::Clean;

/// People of a company whose conversations are searched for at once.
const MOST_PEOPLE: usize = 50;

/// The record as JSON, when it was read.
pub(in crate::app::pane) fn json(people: &People, card: &Card) -> Option<String> {
    match card {
        Card::Contact(subject) => {
            people.contact(subject.contact.as_ref()?).value.as_deref().map(record_json::contact)
        }
        Card::Company(id) => people.company(id).value.as_deref().map(record_json::company),
    }
}

/// Whether the record was read.
pub(in crate::app::pane) fn is_read(people: &People, card: &Card) -> bool {
    match card {
        Card::Contact(subject) => {
            subject.contact.as_ref().is_some_and(|id| people.contact(id).value.is_some())
        }
        Card::Company(id) => people.company(id).value.is_some(),
    }
}

/// Puts JSON on the clipboard.
pub(in crate::app::pane) fn copy_json(shell: &mut Shell, json: &str) {
    shell.effect(Effect::Copy(Clean::text(json)));
    shell.say(Weight::Good, "Copied as JSON.");
}

/// Why a company's people cannot be looked for.
pub(in crate::app::pane) fn no_members(shell: &Shell, id: &CompanyId) -> Option<String> {
    shell.membership.domain(id).is_none().then(|| {
        "No tool lists a company's people, and no e-mail domain of this one is known to look by.".to_owned()
    })
}

/// Looks for a company's people by their e-mail domain, on the People screen.
pub(in crate::app::pane) fn show_members(shell: &mut Shell, id: &CompanyId) {
    let Some(domain) = shell.membership.domain(id) else { return };
    let words = PeopleFilter::of(PeopleField::Domain, &domain).to_string();
    shell.hand = Some(Hand::People(words));
    let said =
        format!("Everybody at @{domain}, whichever company they are in: no tool finds people by company.");
    shell.say(Weight::Quiet, &said);
}

fn members<'a>(shell: &'a Shell, card: &'a Card) -> Vec<&'a ContactId> {
    match card {
        Card::Contact(subject) => subject.contact.iter().collect(),
        Card::Company(id) => {
            let known = shell.membership.people(id).iter();
            known.map(|member: &Member| &member.id).take(MOST_PEOPLE).collect()
        }
    }
}

/// Why nobody's conversations can be looked for.
pub(in crate::app::pane) fn no_conversations(shell: &Shell, card: &Card) -> Option<String> {
    let none = members(shell, card).is_empty();
    none.then(|| match card {
        Card::Contact(_) => "The conversation names no contact.".to_owned(),
        Card::Company(_) => {
            "Nobody of this company is known yet; no tool finds conversations by company.".to_owned()
        }
    })
}

/// Whose conversations are looked for; empty when that is not known. Of a company it is never everybody.
fn whose(shell: &Shell, card: &Card) -> Clean {
    match card {
        Card::Contact(subject) => {
            let Author { name, email, .. } = &subject.author;
            if name.is_empty() { email.clone() } else { name.clone() }
        }
        Card::Company(id) => {
            let known = |name: &Clean| Clean::line(&format!("known people of {name}"));
            shell.membership.company(id).map(known).unwrap_or_default()
        }
    }
}

/// Looks for conversations in the Inbox: a contact's, or those of the people of a company that are known.
pub(in crate::app::pane) fn show_conversations(shell: &mut Shell, card: &Card) {
    let ids = members(shell, card);
    let operator = if ids.len() > 1 { Operator::In } else { Operator::Equal };
    let value = ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(",");
    let filter = Filter { field: "contact_ids".to_owned(), operator, value };
    let known = ids.len();
    let whose = whose(shell, card);
    shell.hand = Some(Hand::Conversations(Query { filters: vec![filter], ..Query::default() }, whose));
    if let Card::Company(id) = card {
        let all = shell.membership.people(id).len();
        let people = match all {
            1 => "the one person".to_owned(),
            _ if all > known => format!("{known} of the {all} people"),
            _ => format!("the {all} people"),
        };
        shell.say(
            Weight::Quiet,
            &format!("Of {people} of this company known so far; no tool finds them by company."),
        );
    }
}

impl Inbox {
    /// The page that keys are about.
    fn card(&self) -> Option<Card> {
        match self.focus {
            Focus::Contact => self.customer.subject.clone().map(Card::Contact),
            Focus::Company => self.customer.company.clone().map(Card::Company),
            Focus::List | Focus::Thread => None,
        }
    }

    pub(super) fn copy_json(&self, shell: &mut Shell) {
        if let Some(json) = self.card().and_then(|card| json(&self.customer.people, &card)) {
            copy_json(shell, &json);
        }
    }

    pub(super) fn show_members(&self, shell: &mut Shell) {
        if let Some(Card::Company(id)) = self.card() {
            show_members(shell, &id);
        }
    }

    pub(super) fn show_conversations(&self, shell: &mut Shell) {
        if let Some(card) = self.card() {
            show_conversations(shell, &card);
        }
    }

    /// Why a command about the page cannot be done now.
    pub(super) fn record_reason(&self, shell: &Shell, command: Command) -> Option<String> {
        let card = self.card()?;
        let people = &self.customer.people;
        match (command, &card) {
            (Command::CopyJson, card) => (!is_read(people, card)).then(|| "It is not here yet.".to_owned()),
            (Command::ShowMembers, Card::Company(id)) => no_members(shell, id),
            (Command::ShowConversations, card) => no_conversations(shell, card),
            _ => None,
        }
    }
}
