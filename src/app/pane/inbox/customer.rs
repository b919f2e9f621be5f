//! The customer: whose page is open, the pages of contact and company, and what is asked to fill them.

use super::contact_page;
use super::layout::Focus;
use super::page::{Made, Page, Target};
use super::people::People;
use crate::app::shell::Shell;
use crate::domain::contact::Contact;
use crate::domain::conversation::{Author, AuthorKind, ConversationRow};
use crate::domain::id::{CompanyId, ContactId, ConversationId};
use crate::domain::membership::Member;

/// Who a page is about, as far as the conversation tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The conversation one came from, when it was one.
    pub conversation: Option<ConversationId>,
    /// The contact, when the conversation names one.
    pub contact: Option<ContactId>,
    /// Who opened the conversation.
    pub author: Author,
}

impl Subject {
    /// The customer of a conversation: who opened it, where that is one of the people in it, else the first of them.
    pub fn of(row: &ConversationRow) -> Self {
        let author = Some(&row.author).filter(|author| author.kind == AuthorKind::Customer);
        let author = author.and_then(|author| ContactId::read(&author.id));
        let is_in_it = author.as_ref().is_some_and(|author| row.contacts.contains(author));
        let first = row.contacts.first().filter(|_| !is_in_it).cloned();
        let contact = first.or(author);
        Self { conversation: Some(row.id.clone()), contact, author: row.author.clone() }
    }

    /// Somebody from a list.
    pub fn person(contact: &Contact) -> Self {
        let (kind, id) = (AuthorKind::Customer, contact.id.as_str().into());
        let author = Author { kind, id, name: contact.name.clone(), email: contact.email.clone() };
        Self { conversation: None, contact: Some(contact.id.clone()), author }
    }

    /// Somebody of a company.
    pub fn member(member: &Member) -> Self {
        let (kind, id) = (AuthorKind::Customer, member.id.as_str().into());
        let author = Author { kind, id, name: member.called.clone(), email: member.email.clone() };
        Self { conversation: None, contact: Some(member.id.clone()), author }
    }
}

/// Contact and company.
#[derive(Debug, Default)]
pub struct Customer {
    /// Who the page is about.
    pub subject: Option<Subject>,
    /// The company whose page is open.
    pub company: Option<CompanyId>,
    /// Whether the page was asked for by a key, so that every company is wanted.
    pub all: bool,
    /// Where Esc on the contact's page leads.
    pub from: Focus,
    /// Where Esc on the company's page leads.
    pub company_from: Focus,
    /// What is known of people.
    pub people: People,
    /// The contact's page.
    pub contact_page: Page,
    /// The company's page.
    pub company_page: Page,
}

impl Customer {
    /// Shows somebody: what is known at once, the rest as it arrives. Calls for somebody else are cancelled. The same
    /// conversation again only adds what it now tells.
    pub fn show(&mut self, shell: &mut Shell, subject: Subject) {
        self.turn_to(shell, subject);
        self.want(shell, false);
    }

    /// The same, without asking for anything yet.
    pub(super) fn turn_to(&mut self, shell: &mut Shell, subject: Subject) {
        let old = self.subject.take();
        let same = old.filter(|old| old.conversation == subject.conversation);
        let contact = subject.contact.or_else(|| same.as_ref().and_then(|old| old.contact.clone()));
        let same = same.is_some_and(|old| old.contact == contact);
        if !same {
            self.people.cancel(shell);
            (self.company, self.all) = (None, false);
        }
        self.subject = Some(Subject { contact, ..subject });
    }

    /// Asks for what the pages lack, or for all of it anew.
    pub fn want(&mut self, shell: &mut Shell, fresh: bool) {
        if let Some(id) = self.subject.as_ref().and_then(|subject| subject.contact.clone()) {
            self.people.want_contact(shell, &id, fresh);
        }
        self.want_companies(shell, fresh);
    }

    /// Asks for the companies of the contact, as far as those are known: the first, or all when the page was asked for.
    pub fn want_companies(&mut self, shell: &mut Shell, fresh: bool) {
        let most = if self.all { usize::MAX } else { 1 };
        let companies: Vec<CompanyId> =
            self.contact().iter().flat_map(|contact| &contact.companies).take(most).cloned().collect();
        for id in &companies {
            self.people.want_company(shell, id, fresh);
        }
    }

    /// The contact, when it is here.
    pub fn contact(&self) -> Option<&Contact> {
        let id = self.subject.as_ref()?.contact.as_ref()?;
        self.people.contact(id).value.as_deref()
    }

    /// The company under the cursor of the contact's page, else the first.
    pub fn company_at_cursor(&self) -> Option<CompanyId> {
        let target = self.contact_page.current().and_then(|line| line.target.clone());
        match target {
            Some(Target::Company(id)) => Some(id),
            Some(Target::Conversation(_) | Target::Contact(_)) | None => {
                self.contact()?.companies.first().cloned()
            }
        }
    }

    /// The page of a contact or of a company.
    pub fn page(&self, focus: Focus) -> &Page {
        match focus {
            Focus::Company => &self.company_page,
            Focus::List | Focus::Thread | Focus::Contact => &self.contact_page,
        }
    }

    /// One of the contact's conversations, as the page knows it.
    pub fn conversation(&self, id: &ConversationId) -> Option<&ConversationRow> {
        let contact = self.subject.as_ref()?.contact.as_ref()?;
        let page = self.people.others(contact).value.as_ref()?;
        page.items.iter().find(|row| row.id == *id)
    }

    /// Opens a company's page.
    pub fn open_company(&mut self, shell: &mut Shell, id: CompanyId, from: Focus) {
        self.people.want_company(shell, &id, false);
        (self.company, self.company_from) = (Some(id), from);
    }

    /// Forgets whose page is open and cancels what was asked for it.
    pub fn close(&mut self, shell: &mut Shell) {
        self.people.cancel(shell);
        (self.subject, self.company) = (None, None);
    }

    /// Rebuilds the page that is on the screen when what it shows has changed.
    pub fn arrange(&mut self, shell: &Shell, cols: u16, rows: u16, focus: Focus) {
        if cols == 0 {
            return;
        }
        let (width, zone) = (cols.saturating_sub(2), shell.now.zone);
        let version = (self.people.version, shell.membership.version + shell.roster.version());
        let people = &self.people;
        if let (Focus::Company, Some(id)) = (focus, &self.company) {
            let made = Made { of: (None, Some(id.clone()), None), version, width, zone };
            return self.company_page.arrange(made, rows, shell.now, |draft| {
                contact_page::company(draft, people.company(id), id, shell);
            });
        }
        let Some(subject) = &self.subject else { return };
        let of = (subject.contact.clone(), None, subject.conversation.clone());
        let made = Made { of, version, width, zone };
        self.contact_page.arrange(made, rows, shell.now, |draft| {
            contact_page::contact(draft, people, subject, shell);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::conversation::bare_row;

    #[test]
    fn of_several_people_the_one_who_wrote_is_the_customer() {
        let contact = |id: &str| ContactId::read(id).unwrap();
        let wrote = |kind| Author { kind, id: "c2".into(), ..Author::default() };
        let of = |kind, contacts: &[&str]| {
            let contacts = contacts.iter().map(|id| contact(id)).collect();
            Subject::of(&ConversationRow { author: wrote(kind), contacts, ..bare_row(1) }).contact
        };
        assert_eq!(of(AuthorKind::Customer, &["c1", "c2"]), Some(contact("c2")));
        assert_eq!(
            of(AuthorKind::Customer, &["c1"]),
            Some(contact("c1")),
            "an id of another kind is no contact"
        );
        assert_eq!(of(AuthorKind::Customer, &[]), Some(contact("c2")));
        assert_eq!(of(AuthorKind::Admin, &["c1", "c2"]), Some(contact("c1")));
        assert_eq!(of(AuthorKind::Admin, &[]), None);
    }
}
