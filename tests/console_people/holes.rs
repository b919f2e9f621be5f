//! Contacts and companies with fields missing: every row shows something that tells it apart, every page draws.

use proptest::prelude::*;
use switchboard::domain::call::{Answer, Call, End};
use switchboard::domain::company::Company;
use switchboard::domain::contact::Contact;
use switchboard::domain::page::Page;
use switchboard::domain::text::Clean;

use super::desk::Desk;
use super::world;

/// A field that is there, or is not, by one bit.
fn hole<T: Default>(bits: u32, bit: u32, value: T) -> T {
    if bits & (1 << bit) == 0 { T::default() } else { value }
}

fn person(number: u64, bits: u32) -> Contact {
    let whole = world::person(number);
    Contact {
        external_id: hole(bits, 0, whole.external_id),
        role: hole(bits, 1, whole.role),
        name: hole(bits, 2, whole.name),
        email: hole(bits, 3, whole.email),
        phone: hole(bits, 4, whole.phone),
        owner: hole(bits, 5, whole.owner),
        companies: hole(bits, 6, whole.companies),
        companies_total: hole(bits, 7, whole.companies_total),
        location: hole(bits, 8, whole.location),
        device: hole(bits, 9, whole.device),
        created_at: hole(bits, 10, whole.created_at),
        signed_up_at: hole(bits, 11, whole.signed_up_at),
        last_seen_at: hole(bits, 12, whole.last_seen_at),
        last_replied_at: hole(bits, 13, whole.last_replied_at),
        last_contacted_at: hole(bits, 14, whole.last_contacted_at),
        bounced: hole(bits, 15, true),
        unsubscribed: hole(bits, 16, true),
        tags: hole(bits, 17, whole.tags),
        attributes: hole(bits, 18, whole.attributes),
        ..whole
    }
}

fn company(number: u64, bits: u32) -> Company {
    let whole = world::company(number);
    Company {
        company_id: hole(bits, 0, whole.company_id),
        name: hole(bits, 1, whole.name),
        plan: hole(bits, 2, whole.plan),
        monthly_spend: hole(bits, 3, whole.monthly_spend),
        size: hole(bits, 4, whole.size),
        user_count: hole(bits, 5, whole.user_count),
        session_count: hole(bits, 6, whole.session_count),
        website: hole(bits, 7, whole.website),
        industry: hole(bits, 8, whole.industry),
        created_at: hole(bits, 9, whole.created_at),
        last_request_at: hole(bits, 10, whole.last_request_at),
        tags: hole(bits, 11, whole.tags),
        segments: hole(bits, 12, whole.segments),
        attributes: hole(bits, 13, whole.attributes),
        ..whole
    }
}

/// The world, with these records in its lists and on their pages.
fn serve(desk: &mut Desk, people: &[Contact], companies: &[Company]) {
    while let Some((id, call)) = desk.asked.first().cloned() {
        let end = match &call {
            Call::SearchContacts { .. } => End::Answer(Answer::Contacts(page(people.to_vec()))),
            Call::ListCompanies { .. } => End::Answer(Answer::Companies(page(companies.to_vec()))),
            Call::Contact(wanted) => {
                let found = people.iter().find(|contact| contact.id == *wanted).cloned();
                End::Answer(Answer::Contact(Box::new(found.unwrap_or_else(|| world::person(0)))))
            }
            Call::Company(wanted) => {
                let found = companies.iter().find(|company| company.id == *wanted).cloned();
                End::Answer(Answer::Company(Box::new(found.unwrap_or_else(|| world::company(0)))))
            }
            other => world::answer(other),
        };
        desk.end(id, end);
    }
}

fn page<T>(items: Vec<T>) -> Page<T> {
    Page { items, next: None, total: None, skipped: 0 }
}

fn lines(desk: &Desk) -> Vec<String> {
    desk.text().lines().map(str::to_owned).collect()
}

/// Rows of the list on a screen of 24 rows begin here.
const FIRST: usize = 4;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn every_row_shows_who_it_is(bits in proptest::collection::vec(any::<u32>(), 1..8), cols in 40u16..210) {
        let rows = || (0u64..).zip(&bits);
        let people: Vec<Contact> = rows().map(|(number, bits)| person(number, *bits)).collect();
        let companies: Vec<Company> = rows().map(|(number, bits)| company(number, *bits)).collect();
        let mut desk = Desk::open(cols, 24);
        for (key, called) in [
            ("2", people.iter().map(|one| one.called().to_owned()).collect::<Vec<_>>()),
            ("3", companies.iter().map(|one| one.called().to_owned()).collect()),
        ] {
            desk.keys(key);
            serve(&mut desk, &people, &companies);
            let shown = lines(&desk);
            for (at, called) in called.iter().enumerate() {
                let first: String = called.chars().take(2).collect();
                prop_assert!(!first.trim().is_empty(), "somebody is called nothing");
                let row = &shown[FIRST + at];
                prop_assert!(row.contains(&first), "{row:?} shows nothing of {called:?}");
            }
            for _ in 0..bits.len() {
                desk.keys("<enter>");
                serve(&mut desk, &people, &companies);
                desk.screen();
                desk.keys("J<esc>j");
            }
        }
    }
}

#[test]
fn a_name_of_which_nothing_is_left_is_no_name() {
    let taken_out = Clean::line("\u{202e}\u{1b}[2J\u{200b}");
    let nobody = Contact { name: taken_out.clone(), ..person(3, 1 << 3) };
    let nothing = Company { name: taken_out.clone(), company_id: taken_out, ..company(3, 0) };
    assert_eq!((nobody.called(), nothing.called()), (nobody.email.as_str(), "k3"));
    let mut desk = Desk::open(80, 24);
    desk.keys("2");
    serve(&mut desk, &[nobody], &[]);
    assert!(desk.cursor_line().contains("(no name)"), "{}", desk.cursor_line());
    desk.keys("3");
    serve(&mut desk, &[], &[nothing]);
    assert!(desk.cursor_line().contains("k3"), "{}", desk.cursor_line());
}

#[test]
fn nothing_but_an_id_is_still_somebody() {
    let nobody = Contact { thin: true, ..person(3, 0) };
    let nothing = company(3, 0);
    let mut desk = Desk::open(80, 24);
    desk.keys("2");
    serve(&mut desk, &[nobody], &[]);
    assert!(desk.cursor_line().contains("c3"), "{}", desk.cursor_line());
    desk.keys("3");
    serve(&mut desk, &[], &[nothing]);
    assert!(desk.cursor_line().contains("k3"), "{}", desk.cursor_line());
}
