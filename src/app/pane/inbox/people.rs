//! Contacts, companies and their conversations as far as this run has read them, and the calls for more. Refuses to lay
//! out.

use std::collections::HashMap;

use super::slot::Slot;
use crate::app::shell::Shell;
use crate::domain::call::{Answer, Call, CallId, End};
use crate::domain::company::Company;
use crate::domain::contact::Contact;
use crate::domain::conversation::{Author, AuthorKind, ConversationRow};
use crate::domain::id::{CompanyId, ContactId};
use crate::domain::page::Page;

/// The most records of one kind kept; the next one starts an empty shelf.
const KEPT: usize = 500;
/// Other conversations asked for.
const OTHERS: u16 = 20;
/// A shelf that holds nothing until it is asked for.
static NO_CONTACT: Slot<Box<Contact>> = Slot { value: None, call: None, fault: None };
static NO_COMPANY: Slot<Box<Company>> = Slot { value: None, call: None, fault: None };
static NO_OTHERS: Slot<Page<ConversationRow>> = Slot { value: None, call: None, fault: None };

#[derive(Clone, Debug)]
enum Asked {
    Contact(ContactId),
    Company(CompanyId),
    Others(ContactId),
}

/// Everybody read in this run.
#[derive(Debug, Default)]
pub struct People {
    /// Changes with everything that is shown of people.
    pub version: u64,
    contacts: HashMap<ContactId, Slot<Box<Contact>>>,
    companies: HashMap<CompanyId, Slot<Box<Company>>>,
    others: HashMap<ContactId, Slot<Page<ConversationRow>>>,
    calls: HashMap<CallId, Asked>,
}

fn slot<'a, K: Clone + Eq + std::hash::Hash, T>(
    slots: &'a mut HashMap<K, Slot<T>>,
    key: &K,
) -> &'a mut Slot<T> {
    if slots.len() >= KEPT && !slots.contains_key(key) {
        slots.retain(|_, slot| slot.call.is_some());
    }
    slots.entry(key.clone()).or_default()
}

fn named(contact: &Contact) -> Author {
    let id = contact.id.as_str().into();
    Author { kind: AuthorKind::Customer, id, name: contact.name.clone(), email: contact.email.clone() }
}

impl People {
    /// A contact, or what is known of the asking.
    pub fn contact(&self, id: &ContactId) -> &Slot<Box<Contact>> {
        self.contacts.get(id).unwrap_or(&NO_CONTACT)
    }

    /// A company, or what is known of the asking.
    pub fn company(&self, id: &CompanyId) -> &Slot<Box<Company>> {
        self.companies.get(id).unwrap_or(&NO_COMPANY)
    }

    /// Conversations of a contact, or what is known of the asking.
    pub fn others(&self, id: &ContactId) -> &Slot<Page<ConversationRow>> {
        self.others.get(id).unwrap_or(&NO_OTHERS)
    }

    /// Asks for a contact and its conversations, when they are wanting or shall be fresh.
    pub fn want_contact(&mut self, shell: &mut Shell, id: &ContactId, fresh: bool) {
        self.version += 1;
        let contact = slot(&mut self.contacts, id);
        if contact.is_wanting() || (fresh && contact.call.is_none()) {
            let call = shell.ask(Call::Contact(id.clone()));
            contact.asked(call);
            self.calls.insert(call, Asked::Contact(id.clone()));
        }
        let others = slot(&mut self.others, id);
        if others.is_wanting() || (fresh && others.call.is_none()) {
            let call = shell.ask(Call::ConversationsOf { contact: id.clone(), per_page: OTHERS });
            others.asked(call);
            self.calls.insert(call, Asked::Others(id.clone()));
        }
    }

    /// Asks for a company, when it is wanting or shall be fresh.
    pub fn want_company(&mut self, shell: &mut Shell, id: &CompanyId, fresh: bool) {
        let company = slot(&mut self.companies, id);
        if company.is_wanting() || (fresh && company.call.is_none()) {
            let call = shell.ask(Call::Company(id.clone()));
            company.asked(call);
            self.calls.insert(call, Asked::Company(id.clone()));
            self.version += 1;
        }
    }

    /// Cancels every call. False when there was none.
    pub fn cancel(&mut self, shell: &mut Shell) -> bool {
        let calls: Vec<(CallId, Asked)> = self.calls.drain().collect();
        for (call, asked) in &calls {
            shell.cancel(*call);
            match asked {
                Asked::Contact(id) => slot(&mut self.contacts, id).call = None,
                Asked::Company(id) => slot(&mut self.companies, id).call = None,
                Asked::Others(id) => slot(&mut self.others, id).call = None,
            }
            self.version += 1;
        }
        !calls.is_empty()
    }

    /// Takes the end of one of its calls. `Err` gives back what is not its own; `Ok` names a contact that came.
    pub fn ended(&mut self, shell: &mut Shell, call: CallId, end: End) -> Result<Option<ContactId>, End> {
        let Some(asked) = self.calls.remove(&call) else { return Err(end) };
        self.version += 1;
        let (fault, came) = match asked {
            Asked::Contact(id) => {
                let read = |answer| if let Answer::Contact(contact) = answer { Some(contact) } else { None };
                let slot = slot(&mut self.contacts, &id);
                let fault = slot.settle(end, read);
                if let Some(contact) = &slot.value {
                    shell.roster.learn(&named(contact));
                }
                (fault, Some(id))
            }
            Asked::Company(id) => {
                let read = |answer| if let Answer::Company(company) = answer { Some(company) } else { None };
                (slot(&mut self.companies, &id).settle(end, read), None)
            }
            Asked::Others(id) => {
                let read = |answer| if let Answer::Conversations(page) = answer { Some(page) } else { None };
                (slot(&mut self.others, &id).settle(end, read), None)
            }
        };
        if let Some(fault) = fault {
            shell.fault(&fault);
        }
        Ok(came)
    }
}
