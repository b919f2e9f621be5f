//! The Companies screen: which companies can be asked for, and how one is listed. Refuses to draw.

use super::catalogue::{Card, Cards, Catalogue, Record, Words};
use super::people::seen;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::call::{Answer, Call, Fault, FaultKind};
use crate::domain::company::Company;
use crate::domain::id::CompanyId;
use crate::domain::page::{Next, Page};
use crate::domain::people::{CompanyFilter, company_filter};
use crate::domain::query::Wrong;
use crate::domain::record_json;

/// Rows of every page: the largest the server gives (intercom-mcp 3.7).
pub const PER_PAGE: u16 = 60;
/// Where the server's paging stops (intercom-mcp 3.7).
const MOST: usize = 10_000;

/// The screen.
pub type Companies = Catalogue<Company>;

impl Record for Company {
    type Id = CompanyId;
    type Filter = CompanyFilter;
    const WORDS: Words = Words { one: "company", many: "companies", most: Some(MOST) };
    const PLACE: Place = Place::Companies;

    fn id(&self) -> &CompanyId {
        &self.id
    }

    fn called(&self) -> &str {
        Company::called(self)
    }

    fn is_thin(&self) -> bool {
        false
    }

    fn card(&self) -> Card {
        Card::Company(self.id.clone())
    }

    fn lay_out(&self, cards: &mut Cards) {
        cards.customer.people.lay_company(self);
    }

    fn json(&self) -> String {
        record_json::company(self)
    }

    fn learn(&self, shell: &mut Shell) {
        shell.learn_company(self);
    }

    fn read(typed: &str, shell: &Shell) -> Result<CompanyFilter, Wrong> {
        company_filter(typed, |kind, name| seen(shell, kind, name))
    }

    fn call(filter: &CompanyFilter, next: Option<&Next>) -> Call {
        let page = next.map_or(1, |next| match next {
            Next::Number(page) => *page,
            Next::Cursor(_) => 1,
        });
        Call::ListCompanies { filter: filter.clone(), page, per_page: PER_PAGE }
    }

    fn whole(_: &[CompanyId]) -> Option<Call> {
        None
    }

    fn page(answer: Answer) -> Option<Page<Self>> {
        if let Answer::Companies(page) = answer { Some(page) } else { None }
    }

    fn is_none(fault: &Fault) -> bool {
        fault.kind == FaultKind::NotFound
    }

    fn letters(filter: &CompanyFilter) -> Option<&str> {
        Some(filter.name.as_str()).filter(|name| !name.is_empty())
    }

    fn holds(&self, letters: &str) -> bool {
        self.name.to_lowercase().contains(letters)
    }

    fn caveat(filter: &CompanyFilter) -> &'static str {
        if filter.name.is_empty() { "" } else { "exact name" }
    }
}
