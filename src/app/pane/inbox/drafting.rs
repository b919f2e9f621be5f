//! A new article from the open conversation: its words without the people in it.

use super::Inbox;
use crate::domain::anonymous::{self, Known};
use crate::domain::conversation::Conversation;

impl Inbox {
    /// Begins an article from the words of the open conversation.
    pub(super) fn begin_article(&mut self) {
        let Some(thread) = self.reader.thread() else { return };
        let known = self.known_people(thread);
        self.begun = Some((known.title(thread), anonymous::body(thread, &known)));
    }

    /// Everything that is known of the people in a conversation.
    pub(super) fn known_people(&self, thread: &Conversation) -> Known {
        let people = &self.customer.people;
        let mut known = Known::of(thread);
        for id in &thread.row.contacts {
            if let Some(contact) = &people.contact(id).value {
                known.learn_contact(contact);
                let companies = contact.companies.iter().filter_map(|id| people.company(id).value.as_ref());
                companies.for_each(|company| known.learn_company(company));
            }
        }
        known
    }
}
