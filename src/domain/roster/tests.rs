//! Which name stands.

use super::*;
use crate::domain::conversation::Tag;

fn author(kind: AuthorKind, id: &str, name: &str) -> Author {
    Author { kind, id: id.into(), name: Clean::line(name), email: Clean::default() }
}

fn admin(id: &str) -> AdminId {
    AdminId::read(id).unwrap()
}

#[test]
fn a_corrected_name_stays_whatever_passes_by() {
    let mut roster = Roster::default();
    roster.learn(&author(AuthorKind::Admin, "7", "Mo"));
    assert_eq!(roster.admin(&admin("7")), "Mo");
    assert!(roster.correct(Kind::Admin, "7", &Clean::fixed("Mo Farouk")));
    roster.learn(&author(AuthorKind::Admin, "7", "M."));
    roster.read(
        false,
        &[Said::Name {
            kind: Kind::Admin,
            id: "7".into(),
            name: Some(Clean::fixed("Mohammed")),
            by_hand: false,
        }],
    );
    assert_eq!(roster.admin(&admin("7")), "Mo Farouk");
    assert!(roster.forget(Kind::Admin, "7") && !roster.forget(Kind::Admin, "7"));
    assert_eq!(roster.admin(&admin("7")), "7");
    roster.learn(&author(AuthorKind::Admin, "7", "M."));
    assert_eq!(roster.admin(&admin("7")), "M.");
}

#[test]
fn kinds_do_not_mix_and_what_is_no_name_teaches_nothing() {
    let mut roster = Roster::default();
    roster.learn(&author(AuthorKind::Team, "7", "Tier 2"));
    roster.learn(&author(AuthorKind::Admin, "", "Nobody"));
    roster.learn(&author(AuthorKind::Admin, "8", ""));
    roster.learn(&author(AuthorKind::Bot, "9", "Operator"));
    assert_eq!(roster.team(&TeamId::read("7").unwrap()), "Tier 2");
    assert_eq!(
        (roster.admin(&admin("7")), roster.admins().count(), roster.called(Kind::Team).count()),
        ("7", 0, 1)
    );
    assert!(!roster.correct(Kind::Tag, "1", &Clean::line(&"x".repeat(2_000))));
    assert_eq!(roster.take_fresh().len(), 1);
}

#[test]
fn a_tag_that_has_its_id_for_a_name_is_no_name() {
    let mut roster = Roster::default();
    for (id, name) in [("12", "12"), ("13", "billing"), ("", "loose")] {
        let tag = Tag { id: id.into(), name: Clean::line(name) };
        if *tag.id != *tag.name {
            roster.learn_name(Kind::Tag, &tag.id, &tag.name);
        }
    }
    assert_eq!((roster.tag("12"), roster.tag("13"), roster.called(Kind::Tag).count()), ("12", "billing", 1));
}

#[test]
fn learning_the_same_twice_is_no_news_and_who_one_is_is_told_once() {
    let mut roster = Roster::default();
    for _ in 0..3 {
        roster.learn(&author(AuthorKind::Admin, "7", "Mo"));
    }
    roster.me = Some(admin("7"));
    assert_eq!(roster.take_fresh().len(), 2);
    assert_eq!(roster.take_fresh(), []);
    roster.me = None;
    let fresh = roster.take_fresh();
    assert_eq!(fresh, [Said::Me(None)]);
    roster.read(true, &[Said::Me(Some(admin("8")))]);
    assert_eq!((roster.me.clone(), roster.take_fresh()), (Some(admin("8")), Vec::new()));
    assert_eq!(roster.admin(&admin("7")), "Mo", "what was learnt here stays where the disk knows nothing");
}

#[test]
fn letters_are_those_of_the_name_that_stands() {
    let mut roster = Roster::default();
    roster.seen(Kind::Tag, "8");
    roster.learn_name(Kind::Tag, "9", &Clean::line("Zoë Ltd"));
    let letters =
        |roster: &Roster| roster.called(Kind::Tag).map(|one| one.letters.to_owned()).collect::<Vec<_>>();
    assert_eq!(letters(&roster), ["zoe ltd"]);
    assert!(roster.correct(Kind::Tag, "9", &Clean::fixed("ÉTÉ")));
    assert_eq!(letters(&roster), ["ete"]);
    assert!(roster.forget(Kind::Tag, "9") && letters(&roster).is_empty());
}

#[test]
fn there_is_an_end_to_it() {
    let mut roster = Roster::default();
    for number in 0..MOST + 5 {
        roster.learn(&author(AuthorKind::Customer, &number.to_string(), "x"));
        roster.learn(&author(AuthorKind::Admin, &number.to_string(), "x"));
    }
    assert_eq!(roster.admins().count(), MOST);
    roster.learn(&author(AuthorKind::Admin, "0", "y"));
    assert_eq!(roster.admin(&admin("0")), "y");
}

#[test]
fn two_spellings_that_alternate_are_news_twice_in_a_run() {
    let mut roster = Roster::default();
    for _ in 0..20 {
        roster.learn(&author(AuthorKind::Admin, "7", "Ana"));
        roster.learn(&author(AuthorKind::Admin, "7", "Ana Lopez"));
    }
    assert_eq!((roster.take_fresh().len(), roster.version()), (2, 2));
    assert_eq!(roster.admin(&admin("7")), "Ana Lopez");
    assert!(roster.correct(Kind::Admin, "7", &Clean::fixed("Ana L.")));
    assert!(roster.forget(Kind::Admin, "7"));
    roster.learn(&author(AuthorKind::Admin, "7", "Ana"));
    assert_eq!(roster.admin(&admin("7")), "Ana", "what was forgotten is learnt again");
}

#[test]
fn an_id_that_cannot_be_shown_as_it_is_is_none() {
    let mut roster = Roster::default();
    for id in ["a\u{202e}b", "a\u{1b}[2Jc", "c\u{200b}d", "a\nb", "\u{3164}", "\u{115f}"] {
        roster.seen(Kind::Tag, id);
        roster.learn_name(Kind::Tag, id, &Clean::fixed("billing"));
        assert!(!roster.correct(Kind::Tag, id, &Clean::fixed("billing")), "{id:?}");
    }
    assert_eq!((roster.every(Kind::Tag).count(), roster.version()), (0, 0));
}

#[test]
fn the_config_says_who_one_is_only_while_nobody_said_so_here() {
    let mut roster = Roster::default();
    roster.begin_as(Some(admin("7")));
    assert_eq!((roster.me.clone(), roster.take_fresh()), (Some(admin("7")), Vec::new()));
    roster.read(true, &[]);
    assert_eq!(roster.me, Some(admin("7")));
    roster.read(true, &[Said::Me(Some(admin("8")))]);
    assert_eq!((roster.me.clone(), roster.take_fresh()), (Some(admin("8")), Vec::new()));
}

#[test]
fn what_the_disk_says_is_newer_than_what_was_learnt_before() {
    let mut roster = Roster::default();
    roster.learn(&author(AuthorKind::Admin, "7", "Ida Berg"));
    roster.learn(&author(AuthorKind::Admin, "8", "Mo"));
    let name = Clean::fixed("Ida Holm");
    roster.read(true, &[Said::Name { kind: Kind::Admin, id: "7".into(), name: Some(name), by_hand: false }]);
    assert_eq!((roster.admin(&admin("7")), roster.admin(&admin("8"))), ("Ida Holm", "Mo"));
}
