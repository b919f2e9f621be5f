//! The pages that are open over a list, one on top of the other: contacts and companies, which lead to each other. Owns the
//! way back; what stands on a page belongs to the customer.

use crate::app::pane::inbox::customer::{Customer, Subject};
use crate::app::pane::inbox::layout::Focus;
use crate::app::pane::inbox::page::{Page, Target};
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::call::{CallId, End};
use crate::domain::id::CompanyId;
use ratatui::layout::Rect;

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Card {
    /// A contact's.
    Contact(Subject),
    /// A company's.
    Company(CompanyId),
}

/// The pages that are open; the last one is on the screen.
#[derive(Debug, Default)]
pub struct Cards {
    /// What stands on them.
    pub customer: Customer,
    open: Vec<Card>,
}

impl Cards {
    /// The page on the screen.
    pub fn top(&self) -> Option<&Card> {
        self.open.last()
    }

    /// Which of the two pages is on the screen; a contact's where none is.
    pub fn focus(&self) -> Focus {
        if matches!(self.top(), Some(Card::Company(_))) { Focus::Company } else { Focus::Contact }
    }

    /// Where keys go while a page is open.
    pub fn place(&self) -> Option<Place> {
        Some(match self.top()? {
            Card::Contact(_) => Place::Contact,
            Card::Company(_) => Place::Company,
        })
    }

    /// The page on the screen, as laid out.
    pub fn page(&self) -> &Page {
        self.customer.page(self.focus())
    }

    /// The same, to move in.
    pub fn page_mut(&mut self) -> &mut Page {
        match self.focus() {
            Focus::Company => &mut self.customer.company_page,
            Focus::List | Focus::Thread | Focus::Contact => &mut self.customer.contact_page,
        }
    }

    /// Opens a page on top of what is open.
    pub fn open(&mut self, shell: &mut Shell, card: Card) {
        self.open.push(card);
        self.show(shell);
    }

    /// Goes on where the line under the cursor of the page leads within these pages.
    pub fn follow(&mut self, shell: &mut Shell, target: &Target) {
        match target {
            Target::Company(id) => self.open(shell, Card::Company(id.clone())),
            Target::Contact(member) => self.open(shell, Card::Contact(Subject::member(member))),
            Target::Conversation(_) => {}
        }
    }

    /// Closes the page on the screen; false when none is open.
    pub fn back(&mut self, shell: &mut Shell) -> bool {
        if self.open.pop().is_none() {
            return false;
        }
        if self.open.is_empty() {
            self.customer.close(shell);
        } else {
            self.show(shell);
        }
        true
    }

    /// Closes every page, without asking for what those below lack.
    pub fn close(&mut self, shell: &mut Shell) {
        if !self.open.is_empty() {
            self.open.clear();
            self.customer.close(shell);
        }
    }

    fn show(&mut self, shell: &mut Shell) {
        match self.open.last().cloned() {
            Some(Card::Contact(subject)) => {
                self.customer.show(shell, subject);
                self.customer.all = true;
                self.customer.want_companies(shell, false);
            }
            Some(Card::Company(id)) => self.customer.open_company(shell, id, Focus::List),
            None => {}
        }
    }

    /// Asks for what the page on the screen lacks, or for all of it anew.
    pub fn want(&mut self, shell: &mut Shell, fresh: bool) {
        match self.open.last().cloned() {
            Some(Card::Contact(_)) => self.customer.want(shell, fresh),
            Some(Card::Company(id)) => self.customer.people.want_company(shell, &id, fresh),
            None => {}
        }
    }

    /// Takes the end of one of its calls; gives back what is not its own.
    pub fn ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Option<End> {
        match self.customer.people.ended(shell, id, end) {
            Ok(came) => {
                if came.is_some() {
                    self.customer.want_companies(shell, false);
                }
                None
            }
            Err(end) => Some(end),
        }
    }

    /// Lays out the page on the screen.
    pub fn arrange(&mut self, shell: &Shell, area: Rect) {
        let focus = self.focus();
        if self.top().is_some() {
            self.customer.arrange(shell, area.width, area.height, focus);
        }
    }
}
