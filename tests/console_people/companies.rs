//! Companies: how the list and the pages look, what can be searched for, and the ways from there.

use insta::assert_snapshot;
use switchboard::app::place::Place;
use switchboard::domain::call::Call;

use super::desk::Desk;
use super::lists::asked;

fn open(cols: u16, rows: u16) -> Desk {
    let mut desk = Desk::open(cols, rows);
    desk.keys("3").serve();
    desk
}

#[test]
fn list_80() {
    assert_snapshot!(open(80, 24).screen());
}

#[test]
fn list_200() {
    assert_snapshot!(open(200, 60).screen());
}

#[test]
fn company_80() {
    assert_snapshot!(open(80, 24).keys("<enter>").serve().screen());
}

#[test]
fn company_200_with_people() {
    let mut desk = open(200, 60);
    desk.keys("2").serve();
    assert_snapshot!(desk.keys("3<enter>").serve().screen());
}

#[test]
fn by_exact_name() {
    let mut desk = open(80, 24);
    desk.keys("/Northwind<enter>");
    assert_eq!(asked(&desk), ["name:Northwind page 1 by 60"]);
    desk.serve();
    assert_snapshot!(desk.screen());
}

#[test]
fn letters_are_looked_for_in_what_is_loaded() {
    let mut desk = open(80, 24);
    desk.keys("/ny 1<enter>").serve();
    assert_snapshot!(desk.screen());
    // More of the list is looked through as it comes.
    let before = desk.model.companies.listing.rows.len();
    desk.keys("L").serve();
    assert!(desk.model.companies.listing.rows.len() > before);
    desk.keys("<esc>");
    assert_eq!(desk.model.companies.listing.rows.len(), 130);
}

#[test]
fn refreshing_what_was_narrowed_asks_for_the_same_again() {
    let mut desk = open(80, 24);
    desk.keys("/ny 1<enter>").serve();
    desk.keys("j");
    let (rows, said) = (desk.model.companies.listing.rows.len(), desk.text());
    let current = desk.model.companies.current().map(|company| company.id.clone());
    desk.keys("r");
    assert_eq!(asked(&desk), ["name:\"ny 1\" page 1 by 60"]);
    assert_eq!(desk.model.companies.listing.rows.len(), rows);
    assert_eq!(desk.model.companies.searched(), "ny 1");
    desk.serve();
    assert_eq!(desk.model.companies.current().map(|company| company.id.clone()), current);
    assert_eq!((desk.model.companies.listing.rows.len(), desk.text()), (rows, said));
}

#[test]
fn esc_from_narrowed_rows_gives_up_the_search_that_is_on_its_way() {
    let mut desk = open(80, 24);
    desk.keys("/ny 1<enter>").serve();
    desk.keys("r");
    assert!(desk.model.companies.listing.rows.narrowed.is_some() && !desk.asked.is_empty());
    desk.keys("<esc>");
    assert!(desk.asked.is_empty(), "{:?}", desk.calls());
}

#[test]
fn nothing_holds_the_letters() {
    assert_snapshot!(open(80, 24).keys("/zzz<enter>").serve().screen());
}

#[test]
fn by_names_of_segments_that_were_seen() {
    let mut desk = open(80, 24);
    desk.keys("/segment:paying tag:Enterprise<enter>");
    assert_eq!(asked(&desk), ["tag:901 segment:56 page 1 by 60"]);
    desk.serve();
    desk.keys("/<ctrl-u>tag:unheard<enter>");
    assert_eq!(desk.model.place(), Place::SearchLine);
    assert!(desk.text().contains("No tag called unheard"), "{}", desk.text());
}

#[test]
fn people_of_a_company_are_looked_for_by_its_domain() {
    let mut desk = open(80, 24);
    desk.keys("p");
    assert_eq!(desk.model.place(), Place::People);
    let (_, call) = desk.asked.first().unwrap();
    assert!(
        matches!(call, Call::SearchContacts { filter, .. } if filter.to_string() == "domain:lumen.example")
    );
    assert_eq!(desk.asked.len(), 1);
    desk.serve();
    assert_snapshot!(desk.screen());
}

#[test]
fn a_company_without_a_site_has_no_people_to_offer_until_some_are_read() {
    let mut desk = open(80, 24);
    desk.keys("jp");
    assert!(desk.text().contains("no e-mail domain"), "{}", desk.text());
    desk.keys("v");
    assert!(desk.text().contains("Nobody of this company is known"), "{}", desk.text());
    desk.keys("2").serve();
    desk.keys("3p");
    assert_eq!(desk.model.place(), Place::People);
}

#[test]
fn conversations_of_the_people_that_are_known() {
    let mut desk = open(80, 24);
    desk.keys("/Northwind<enter>").serve();
    desk.keys("2").serve();
    desk.keys("/x<enter>").serve();
    desk.keys("3<enter>").serve();
    desk.keys("v");
    assert_eq!(desk.model.place(), Place::Inbox);
    let calls = desk.calls();
    assert!(calls[0].starts_with("search contact_ids:in:c0,c1,c5"), "{calls:?}");
}

#[test]
fn a_person_of_the_company_opens_over_it() {
    let mut desk = open(200, 60);
    desk.keys("2").serve();
    desk.keys("3<enter>").serve();
    while desk.model.companies.cards.page().current().is_none_or(|line| line.target.is_none()) {
        desk.keys("j");
    }
    desk.keys("<enter>").serve();
    assert_eq!(desk.model.place(), Place::Contact);
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Company);
    desk.keys("3");
    assert_eq!(desk.model.place(), Place::Companies);
}
