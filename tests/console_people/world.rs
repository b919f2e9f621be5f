//! The small workspace with its lists of people and companies.

use switchboard::domain::call::{Answer, Call, End, Fault, FaultKind};
use switchboard::domain::company::Company;
use switchboard::domain::contact::Contact;
use switchboard::domain::conversation::Tag;
use switchboard::domain::id::{CompanyId, ContactId};
use switchboard::domain::page::{Cursor, Next, Page};
use switchboard::domain::people::{CompanyFilter, PeopleField, PeopleFilter};
use switchboard::domain::text::Clean;
use switchboard::domain::time::Unix;

use super::inbox_world as inbox;
pub(crate) use super::inbox_world::{NOW, plain};

/// People in the workspace.
pub(crate) const PEOPLE: u64 = 400;
/// Companies in the workspace.
pub(crate) const COMPANIES: u64 = 130;

const NAMES: [&str; 5] =
    ["Lumen Ótica", "Northwind", "川 商事", "Brume & Fils", "A company with quite a long name, Ltd"];

pub(crate) fn person(number: u64) -> Contact {
    let id = ContactId::read(&format!("c{number}")).unwrap();
    let whole = inbox::contact(&id);
    let seen = (number % 4 != 3).then(|| Unix(NOW - 600 * i64::try_from(number * number + 1).unwrap()));
    let phone = if number.is_multiple_of(3) { whole.phone.clone() } else { Clean::default() };
    Contact { last_seen_at: seen, phone, companies: companies_of(number), ..whole }
}

fn companies_of(number: u64) -> Vec<CompanyId> {
    match number % 5 {
        0 => vec![company(0).id, company(1).id],
        1 | 2 => vec![company(number % 5).id],
        _ => Vec::new(),
    }
}

fn thin(number: u64) -> Contact {
    let whole = person(number);
    let (nothing, empty) = (Vec::new(), Clean::default());
    Contact {
        phone: empty.clone(),
        location: empty,
        owner: None,
        companies: nothing,
        companies_total: None,
        last_seen_at: None,
        attributes: Vec::new(),
        tags: Vec::new(),
        thin: true,
        ..whole
    }
}

pub(crate) fn company(number: u64) -> Company {
    let id = CompanyId::read(&format!("k{number}")).unwrap();
    let at = usize::try_from(number).unwrap();
    let name = NAMES.get(at).map_or_else(|| format!("Company {number}"), |name| (*name).to_owned());
    let tag = |id: &str, name: &'static str| Tag { id: id.into(), name: Clean::fixed(name) };
    Company {
        id: id.clone(),
        company_id: Clean::line(&format!("acct-{number}")),
        name: Clean::line(&name),
        plan: Clean::fixed(["Business", "Team", "", "Pro"][at % 4]),
        monthly_spend: Clean::line(&(number * 1_225).to_string()),
        user_count: (number % 7 != 3).then_some(number * 3 + 1),
        website: Clean::fixed(["https://www.lumen.example", "", "north.example"][at % 3]),
        last_request_at: (number % 6 != 5).then(|| Unix(NOW - 7_000 * i64::try_from(number + 1).unwrap())),
        tags: if number.is_multiple_of(4) { vec![tag("901", "enterprise")] } else { Vec::new() },
        segments: vec![tag("55", "Active"), tag("56", "Paying")],
        ..inbox::company(&id)
    }
}

fn people(filter: &PeopleFilter, from: u64, rows: u64) -> Page<Contact> {
    let ids: Vec<&str> = filter.values(&PeopleField::Id).collect();
    if !ids.is_empty() {
        let items = (0..PEOPLE).map(person).filter(|person| ids.contains(&person.id.as_str())).collect();
        return Page { items, next: None, total: None, skipped: 0 };
    }
    let make = if filter.is_empty() { thin } else { person };
    let words = filter.to_string();
    let total = match words.as_str() {
        "" => PEOPLE,
        words if words.contains("nobody") => 0,
        _ => 3,
    };
    let to = (from + rows).min(total);
    let next = (to < total).then(|| Next::Cursor(Cursor(to.to_string().into())));
    Page { items: (from..to).map(make).collect(), next, total: Some(total), skipped: 0 }
}

fn companies(filter: &CompanyFilter, page: u64, rows: u64) -> Option<Page<Company>> {
    if !filter.name.is_empty() || !filter.company_id.is_empty() {
        let exact = |company: &Company| {
            [(&filter.name, &company.name), (&filter.company_id, &company.company_id)]
                .into_iter()
                .all(|(wanted, has)| wanted.is_empty() || wanted == has.as_str())
        };
        let found = (0..COMPANIES).map(company).find(exact)?;
        return Some(Page { items: vec![found], next: None, total: None, skipped: 0 });
    }
    let (from, to) = ((page - 1) * rows, (page * rows).min(COMPANIES));
    let next = (to < COMPANIES).then(|| Next::Number(u32::try_from(page).unwrap() + 1));
    Some(Page { items: (from..to).map(company).collect(), next, total: Some(COMPANIES), skipped: 0 })
}

/// What the workspace answers.
pub(crate) fn answer(call: &Call) -> End {
    End::Answer(match call {
        Call::SearchContacts { filter, cursor, per_page } => {
            let from = cursor.as_ref().map_or(0, |cursor| cursor.0.parse().unwrap());
            Answer::Contacts(people(filter, from, u64::from(*per_page)))
        }
        Call::ListCompanies { filter, page, per_page } => {
            match companies(filter, u64::from(*page), u64::from(*per_page)) {
                Some(page) => Answer::Companies(page),
                None => {
                    return End::Refused(Fault::new(
                        FaultKind::NotFound,
                        "Company Not Found",
                        "It may have been deleted.",
                    ));
                }
            }
        }
        Call::Contact(id) => Answer::Contact(Box::new(person(id.as_str()[1..].parse().unwrap()))),
        Call::Company(id) => Answer::Company(Box::new(company(id.as_str()[1..].parse().unwrap()))),
        other => return inbox::answer(other),
    })
}
