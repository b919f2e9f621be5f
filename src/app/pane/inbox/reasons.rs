//! Why a command cannot be done now, and what the status line says of the thread.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the Inbox has reasons about some commands; others are never blocked here"
)]

use super::Inbox;
use super::customer::Subject;
use super::layout::Focus;
use super::page::Target;
use super::search_line::Standing;
use super::slot::Slot;
use crate::app::command::Command;
use crate::app::pane::articles::creating::cannot_create;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::call::{Fault, FaultKind};
use crate::domain::contact::Contact;
use crate::domain::id::{CompanyId, ContactId};
use crate::domain::time::long;

/// Said when everything is known and there is no company.
pub(super) const NO_COMPANY: &str = "No company of this customer is known.";

impl Inbox {
    /// Why a command cannot be done now.
    pub(super) fn reason(&self, command: Command) -> Option<&'static str> {
        let unless = |can: bool, reason| (!can).then_some(reason);
        match command {
            Command::Open if matches!(self.focus, Focus::Contact | Focus::Company) => {
                self.nowhere_to_follow()
            }
            Command::Open => {
                unless(self.listing.results.current().is_some(), "There is no conversation here.")
            }
            Command::ShowAnswers | Command::Contact => {
                unless(self.current().is_some(), "There is no conversation here.")
            }
            Command::Company => self.no_company(),
            Command::Events | Command::Quotes if self.reader.thread().is_none() => {
                Some("The conversation is not here yet.")
            }
            Command::Events => unless(self.reader.has_events(), "Nothing happened besides the messages."),
            Command::Quotes => unless(self.reader.may_have_quotes(), "Nothing is quoted here."),
            Command::FilterLoaded | Command::Sort | Command::SortBack if self.shows_nothing() => {
                Some("No row is shown here.")
            }
            Command::FilterLoaded
            | Command::Sort
            | Command::SortBack
            | Command::Choose
            | Command::ChooseAll
            | Command::Export
            | Command::ShowAway => self.listing.reason(command),
            Command::LoadAll => unless(self.listing.results.next().is_some(), "Every page is loaded."),
            Command::Browse | Command::CopyLink | Command::CopyId => {
                let chosen = self.focus == Focus::List && !self.listing.chosen.is_empty();
                let many = chosen && command != Command::Browse;
                unless(self.id().is_some() || many, "There is nothing under the cursor.")
            }
            Command::NextPane => {
                let panes = self.areas.visible().into_iter().filter(|visible| *visible).count();
                let panes = panes + usize::from(self.is_beside_views());
                unless(panes > 1, "There is no other pane; a wider window shows more.")
            }
            _ => None,
        }
    }

    /// Why nothing is decided about the rows of another search than the one that is under way: they may be gone, or stand
    /// elsewhere, before the key is seen to work.
    pub(super) fn old_rows_reason(&self, shell: &Shell, command: Command) -> Option<String> {
        use Command::{
            Choose, ChooseAll, Export, FilterLoaded, LoadAll, MarkDone, Memo, Pin, Snooze, Sort, SortBack,
        };
        let decides = matches!(command, Choose | ChooseAll | MarkDone | Memo | Pin | Snooze);
        let acts = decides || matches!(command, Export | FilterLoaded | LoadAll | Sort | SortBack);
        let behind = acts && self.focus == Focus::List && self.listing.is_replaced();
        let back = || shell.key(Place::Inbox, Command::Back);
        behind.then(|| format!("These are old rows: wait for the answer, or {} keeps them.", back()))
    }

    /// Whether rows are there and none of them is shown, though nobody filters.
    fn shows_nothing(&self) -> bool {
        let results = &self.listing.results;
        results.shown_len() == 0 && !results.rows().is_empty() && results.arranged.filter().is_none()
    }

    /// Why nothing can be written from here.
    pub(super) fn writing_reason(&self, shell: &Shell, command: Command) -> Option<&'static str> {
        match command {
            Command::AddNote => self.no_note(shell),
            Command::DraftFrom => cannot_create(shell)
                .or_else(|| self.reader.thread().is_none().then_some("The conversation is not here yet.")),
            _ => None,
        }
    }

    fn nowhere_to_follow(&self) -> Option<&'static str> {
        let target = self.customer.page(self.focus).current().and_then(|line| line.target.as_ref());
        let company = || self.focus == Focus::Contact && self.customer.company_at_cursor().is_some();
        let leads = matches!(target, Some(Target::Conversation(_) | Target::Contact(_))) || company();
        (!leads).then_some("This line leads nowhere.")
    }

    /// The company that keys are about, as far as it is known: under the cursor of the contact's page, else the first.
    pub(super) fn company(&self) -> Option<CompanyId> {
        if self.focus == Focus::Contact {
            return self.customer.company_at_cursor();
        }
        let contact = self.contact()?;
        self.customer.people.contact(&contact).value.as_ref()?.companies.first().cloned()
    }

    /// The contact that keys are about.
    fn contact(&self) -> Option<ContactId> {
        if self.focus == Focus::Contact {
            return self.customer.subject.as_ref()?.contact.clone();
        }
        self.open_row().map(Subject::of)?.contact
    }

    fn contact_slot(&self) -> Option<&Slot<Box<Contact>>> {
        self.contact().map(|id| self.customer.people.contact(&id))
    }

    /// Whether the contact that keys are about was read.
    pub(super) fn is_customer_here(&self) -> bool {
        self.contact_slot().is_some_and(|slot| slot.value.is_some())
    }

    /// Why no company can be opened. While the customer is on the way nothing is in the way: it opens when they are here.
    fn no_company(&self) -> Option<&'static str> {
        let slot = self.contact_slot();
        match slot {
            _ if self.company().is_some() => None,
            Some(slot) if slot.value.is_none() && slot.call.is_some() => None,
            Some(slot) if slot.value.is_none() && self.focus == Focus::Contact => {
                Some("The customer was not loaded; a refresh asks for them again.")
            }
            Some(slot) if slot.value.is_none() => Some("The customer is not here yet; show them first."),
            Some(_) | None => Some(NO_COMPANY),
        }
    }
}

impl Inbox {
    /// What stands beside the search line while it is not the list's.
    pub fn search_note(&self, shell: &Shell) -> Option<String> {
        match self.search.standing {
            _ if self.is_behind(shell) && shell.is_up() && self.search.standing != Standing::Refused => {
                Some("Searching…".into())
            }
            Standing::Shown | Standing::Asked => None,
            Standing::Unsent if self.listing.is_replaced() => {
                let results = &self.listing.results;
                let age = shell.now.unix.0.saturating_sub(results.answered_at.0);
                let age = if age < 60 { String::new() } else { format!(", as of {} ago", long(age)) };
                Some(format!("below: {}{age}", self.views.called(&self.listing)))
            }
            Standing::Unsent => Some("not searched yet".into()),
            Standing::Refused => Some(format!("list: {}", self.listing.words())),
        }
    }

    /// Whether the rows are those of another search than the line's, for longer than an answer takes.
    pub fn is_behind(&self, shell: &Shell) -> bool {
        let waits = self.search.standing == Standing::Unsent || shell.waiting().is_some();
        self.listing.is_replaced() && waits
    }

    /// What the server has against the search in the line, as long as that was not seen and rows are in the way.
    pub fn search_fault(&self) -> Option<&Fault> {
        let told = self.search.standing == Standing::Refused && !self.search.seen;
        let fault = self.listing.fault.as_ref().filter(|fault| fault.kind == FaultKind::Invalid);
        fault.filter(|_| told && !self.listing.results.rows().is_empty())
    }
}
