//! Contacts, companies and their conversations as far as this run has read them, and the calls for more. Refuses to lay
//! out.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use super::slot::Slot;
use crate::app::shell::Shell;
use crate::domain::call::{Answer, Call, CallId, Counted, End};
use crate::domain::company::Company;
use crate::domain::contact::Contact;
use crate::domain::conversation::ConversationRow;
use crate::domain::id::{CompanyId, ContactId};
use crate::domain::page::Page;
use crate::domain::query::{Filter, Operator, Query};
use crate::domain::time::Moment;

/// The most records of one kind kept.
const KEPT: usize = 500;
/// Other conversations asked for.
const OTHERS: u16 = 20;
/// A shelf that holds nothing until it is asked for.
static NO_CONTACT: Slot<Box<Contact>> = Slot::EMPTY;
static NO_COMPANY: Slot<Box<Company>> = Slot::EMPTY;
static NO_COUNT: Slot<Counted> = Slot::EMPTY;
static NO_OTHERS: Slot<Page<ConversationRow>> = Slot::EMPTY;

/// How long a record that was read counts as fresh, in milliseconds. An older one is shown while it is asked for anew.
const FRESH_MILLIS: u64 = 300_000;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Asked {
    Contact(ContactId),
    Company(CompanyId),
    Others(ContactId),
    /// How many of theirs are open.
    Open(ContactId),
}

/// Everybody read in this run.
#[derive(Debug, Default)]
pub struct People {
    /// Changes with everything that is shown of people.
    pub version: u64,
    contacts: Shelf<ContactId, Box<Contact>>,
    companies: Shelf<CompanyId, Box<Company>>,
    others: Shelf<ContactId, Page<ConversationRow>>,
    open: Shelf<ContactId, Counted>,
    calls: HashMap<CallId, Asked>,
    /// When records were read by themselves; those that only a list brought are not among them.
    read: HashMap<Asked, Moment>,
}

/// Whether there are more conversations than the page holds.
pub(super) fn is_partial(page: &Page<ConversationRow>) -> bool {
    page.next.is_some() || page.total.is_some_and(|total| total > page.items.len() as u64)
}

/// Records of one kind, the ones asked for last.
#[derive(Debug)]
struct Shelf<K, T> {
    slots: HashMap<K, Slot<T>>,
    /// Keys in the order in which they were wanted last.
    order: VecDeque<K>,
}

impl<K, T> Default for Shelf<K, T> {
    fn default() -> Self {
        Self { slots: HashMap::new(), order: VecDeque::new() }
    }
}

impl<K: Clone + Eq + Hash, T> Shelf<K, T> {
    fn get(&self, key: &K) -> Option<&Slot<T>> {
        self.slots.get(key)
    }

    /// The slot of a record. Where there are too many, the one wanted longest ago goes, unless it is being asked for: never
    /// the one that somebody looks at.
    fn slot(&mut self, key: &K) -> &mut Slot<T> {
        if self.order.back() != Some(key) {
            self.order.retain(|other| other != key);
            self.order.push_back(key.clone());
        }
        if self.order.len() > KEPT {
            let idle = |key: &K| self.slots.get(key).is_none_or(|slot| slot.call.is_none());
            if let Some(at) = self.order.iter().take(KEPT).position(idle)
                && let Some(oldest) = self.order.remove(at)
            {
                self.slots.remove(&oldest);
            }
        }
        self.slots.entry(key.clone()).or_default()
    }
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

    /// How many conversations of a contact are open, where the page of conversations does not tell.
    pub fn open(&self, id: &ContactId) -> &Slot<Counted> {
        self.open.get(id).unwrap_or(&NO_COUNT)
    }

    /// Lays down a contact that a list brought, until it is read itself.
    pub fn lay_contact(&mut self, contact: &Contact) {
        let slot = self.contacts.slot(&contact.id);
        if slot.value.is_none() {
            slot.value = Some(Box::new(contact.clone()));
            self.version += 1;
        }
    }

    /// Lays down a company that a list brought, until it is read itself.
    pub fn lay_company(&mut self, company: &Company) {
        let slot = self.companies.slot(&company.id);
        if slot.value.is_none() {
            slot.value = Some(Box::new(company.clone()));
            self.version += 1;
        }
    }

    /// Notes that a record was read, and forgets, now and then, what is not on the shelves any more.
    fn note_read(&mut self, asked: Asked, now: Moment) {
        if self.read.len() > 4 * KEPT {
            let Self { contacts, companies, others, read, .. } = self;
            read.retain(|asked, _| match asked {
                Asked::Contact(id) => contacts.get(id).is_some(),
                Asked::Company(id) => companies.get(id).is_some(),
                Asked::Others(id) => others.get(id).is_some(),
                Asked::Open(_) => false,
            });
        }
        self.read.insert(asked, now);
    }

    /// Whether a record was never read by itself, or too long ago.
    fn is_old(&self, asked: &Asked, now: Moment) -> bool {
        self.read.get(asked).is_none_or(|at| now.since(*at) >= FRESH_MILLIS)
    }

    /// Counts the open conversations of a contact, when there are more than the page holds.
    fn count_open(&mut self, shell: &mut Shell, id: &ContactId) {
        let page = self.others.get(id).and_then(|slot| slot.value.as_ref());
        let count = self.open.slot(id);
        if !page.is_some_and(is_partial) || count.call.is_some() {
            return;
        }
        let equal = |field: &str, value: &str| Filter {
            field: field.to_owned(),
            operator: Operator::Equal,
            value: value.to_owned(),
        };
        let filters = vec![equal("contact_ids", id.as_str()), equal("state", "open")];
        let query = Query { filters, ..Query::default() };
        let call = shell.ask(Call::Count(query));
        count.asked(call);
        self.calls.insert(call, Asked::Open(id.clone()));
    }

    /// Asks for a contact and its conversations, when they are wanting, old, or shall be fresh.
    pub fn want_contact(&mut self, shell: &mut Shell, id: &ContactId, fresh: bool) {
        self.version += 1;
        let asked = Asked::Contact(id.clone());
        let wants = fresh || self.is_old(&asked, shell.now);
        let contact = self.contacts.slot(id);
        if contact.call.is_none() && (wants || contact.value.is_none()) {
            let call = shell.ask(Call::Contact(id.clone()));
            contact.asked(call);
            self.calls.insert(call, asked);
        }
        let asked = Asked::Others(id.clone());
        let wants = fresh || self.is_old(&asked, shell.now);
        let others = self.others.slot(id);
        if others.call.is_none() && (wants || others.value.is_none()) {
            let call = shell.ask(Call::ConversationsOf { contact: id.clone(), per_page: OTHERS });
            others.asked(call);
            self.calls.insert(call, asked);
        }
    }

    /// Asks for a company, when it is wanting, old, or shall be fresh.
    pub fn want_company(&mut self, shell: &mut Shell, id: &CompanyId, fresh: bool) {
        let asked = Asked::Company(id.clone());
        let wants = fresh || self.is_old(&asked, shell.now);
        let company = self.companies.slot(id);
        if company.call.is_none() && (wants || company.value.is_none()) {
            let call = shell.ask(Call::Company(id.clone()));
            company.asked(call);
            self.calls.insert(call, asked);
            self.version += 1;
        }
    }

    /// Cancels every call. False when there was none.
    pub fn cancel(&mut self, shell: &mut Shell) -> bool {
        let calls: Vec<(CallId, Asked)> = self.calls.drain().collect();
        for (call, asked) in &calls {
            shell.cancel(*call);
            match asked {
                Asked::Contact(id) => self.contacts.slot(id).give_up(),
                Asked::Company(id) => self.companies.slot(id).give_up(),
                Asked::Others(id) => self.others.slot(id).give_up(),
                Asked::Open(id) => self.open.slot(id).give_up(),
            }
            self.version += 1;
        }
        !calls.is_empty()
    }

    /// Takes the end of one of its calls. `Err` gives back what is not its own; `Ok` names a contact that came.
    pub fn ended(&mut self, shell: &mut Shell, call: CallId, end: End) -> Result<Option<ContactId>, End> {
        let Some(asked) = self.calls.remove(&call) else { return Err(end) };
        self.version += 1;
        if matches!(end, End::Answer(_)) {
            self.note_read(asked.clone(), shell.now);
        }
        let (fault, came) = match asked {
            Asked::Contact(id) => {
                let read = |answer| if let Answer::Contact(contact) = answer { Some(contact) } else { None };
                let slot = self.contacts.slot(&id);
                let fault = slot.settle(end, read);
                if let Some(contact) = &slot.value {
                    shell.learn_contact(contact);
                }
                (fault, Some(id))
            }
            Asked::Company(id) => {
                let read = |answer| if let Answer::Company(company) = answer { Some(company) } else { None };
                let slot = self.companies.slot(&id);
                let fault = slot.settle(end, read);
                if let Some(company) = &slot.value {
                    shell.learn_company(company);
                }
                (fault, None)
            }
            Asked::Open(id) => {
                let read = |answer| if let Answer::Count(counted) = answer { Some(counted) } else { None };
                (self.open.slot(&id).settle(end, read), None)
            }
            Asked::Others(id) => {
                let read = |answer| if let Answer::Conversations(page) = answer { Some(page) } else { None };
                let slot = self.others.slot(&id);
                let fault = slot.settle(end, read);
                slot.value.iter().for_each(|page| shell.learn_rows(&page.items));
                self.count_open(shell, &id);
                (fault, None)
            }
        };
        if let Some(fault) = fault {
            shell.fault(&fault);
        }
        Ok(came)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_looked_at_stays_and_the_oldest_goes() {
        let mut shelf: Shelf<usize, u8> = Shelf::default();
        for key in 0..3 * KEPT {
            shelf.slot(&key).value = Some(1);
            shelf.slot(&1);
        }
        assert_eq!(shelf.slots.len(), KEPT);
        assert_eq!(shelf.order.len(), KEPT);
        let kept = |key| shelf.get(&key).is_some_and(|slot| slot.value.is_some());
        assert!(kept(1) && kept(3 * KEPT - 1) && !kept(0) && !kept(2));
    }
}
