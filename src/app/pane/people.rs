//! The People screen: who can be searched for, and how a contact is listed. Refuses to draw.

use super::catalogue::{Card, Cards, Catalogue, Record, Words};
use super::inbox::customer::Subject;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::call::{Answer, Call, Fault, FaultKind};
use crate::domain::contact::Contact;
use crate::domain::folded::fold;
use crate::domain::id::ContactId;
use crate::domain::page::{Next, Page};
use crate::domain::people::{Named, PeopleField, PeopleFilter, PeopleTerm, people_filter};
use crate::domain::query::{Known, Wrong, teammate};
use crate::domain::record_json;
use crate::domain::roster::Kind;

/// Rows of every page: the largest the server gives (intercom-mcp 3.6).
pub const PER_PAGE: u16 = 150;

/// The id of a tag or a segment that was seen with this name, in any spelling.
pub(super) fn seen(shell: &Shell, kind: Named, name: &str) -> Option<String> {
    let letters: String = fold(name).collect();
    let tags = || shell.roster.called(Kind::Tag).find(|tag| tag.letters == letters);
    let id = match kind {
        Named::Tag => tags().map(|tag| tag.id),
        Named::Segment => shell.membership.segment(&name.to_lowercase()),
    };
    id.map(str::to_owned)
}

/// The screen.
pub type People = Catalogue<Contact>;

impl Record for Contact {
    type Id = ContactId;
    type Filter = PeopleFilter;
    const WORDS: Words = Words { one: "person", many: "people", most: None };
    const PLACE: Place = Place::People;

    fn id(&self) -> &ContactId {
        &self.id
    }

    fn called(&self) -> &str {
        Contact::called(self)
    }

    fn is_thin(&self) -> bool {
        self.thin
    }

    fn card(&self) -> Card {
        Card::Contact(Subject::person(self))
    }

    fn lay_out(&self, cards: &mut Cards) {
        if !self.thin {
            cards.customer.people.lay_contact(self);
        }
    }

    fn json(&self) -> String {
        record_json::contact(self)
    }

    fn learn(&self, shell: &mut Shell) {
        shell.learn_contact(self);
    }

    fn read(typed: &str, shell: &Shell) -> Result<PeopleFilter, Wrong> {
        let known = Known { now: shell.now.unix, zone: shell.now.zone, roster: &shell.roster };
        people_filter(typed, |owner| teammate(owner, &known), |kind, name| seen(shell, kind, name))
    }

    fn call(filter: &PeopleFilter, next: Option<&Next>) -> Call {
        let cursor = next.and_then(|next| match next {
            Next::Cursor(cursor) => Some(cursor.clone()),
            Next::Number(_) => None,
        });
        Call::SearchContacts { filter: filter.clone(), cursor, per_page: PER_PAGE }
    }

    fn whole(thin: &[ContactId]) -> Option<Call> {
        let term = |id: &ContactId| PeopleTerm { field: PeopleField::Id, value: id.to_string() };
        let filter = PeopleFilter { terms: thin.iter().map(term).collect() };
        Some(Call::SearchContacts { filter, cursor: None, per_page: PER_PAGE })
    }

    fn page(answer: Answer) -> Option<Page<Self>> {
        if let Answer::Contacts(page) = answer { Some(page) } else { None }
    }

    fn is_none(fault: &Fault) -> bool {
        fault.kind == FaultKind::NotFound
    }

    fn letters(_: &PeopleFilter) -> Option<&str> {
        None
    }

    fn holds(&self, letters: &str) -> bool {
        [&self.name, &self.email].into_iter().any(|text| text.to_lowercase().contains(letters))
    }

    fn caveat(filter: &PeopleFilter) -> &'static str {
        let has = |holds: fn(&PeopleField) -> bool| filter.terms.iter().any(|term| holds(&term.field));
        if has(|field| matches!(field, PeopleField::Attribute(_))) {
            "by an attribute of your own"
        } else if has(|field| *field == PeopleField::Domain) {
            "by e-mail domain"
        } else {
            ""
        }
    }
}
