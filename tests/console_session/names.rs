//! Names: what was learnt, put right by hand, forgotten; and which ids have none.

use insta::assert_snapshot;
use switchboard::app::event::Book;
use switchboard::app::place::Place;
use switchboard::app::{Effect, Event};
use switchboard::domain::conversation::{Author, AuthorKind};
use switchboard::domain::id::AdminId;
use switchboard::domain::roster::{Kind, Said};
use switchboard::domain::text::Clean;

use super::desk::Desk;

fn learn(desk: &mut Desk, kind: AuthorKind, id: &str, name: &str) {
    let author = Author { kind, id: id.into(), name: Clean::line(name), email: Clean::default() };
    desk.model.shell.roster.learn(&author);
}

fn filled(cols: u16, rows: u16) -> Desk {
    let mut desk = Desk::open(cols, rows);
    for (id, name) in
        [("7001", "Ida Berg"), ("7002", "Mo Farouk"), ("7003", "渡辺 船"), ("7004", "\u{202e}evil")]
    {
        learn(&mut desk, AuthorKind::Admin, id, name);
    }
    learn(&mut desk, AuthorKind::Team, "814865", "Tier 2");
    let roster = &mut desk.model.shell.roster;
    roster.learn_name(Kind::Tag, "12", &Clean::fixed("billing"));
    roster.seen(Kind::Collection, "5005");
    roster.seen(Kind::Admin, "7009");
    roster.me = AdminId::read("7002");
    desk.keys("n");
    desk
}

fn notice(desk: &Desk) -> String {
    desk.model.shell.notice.as_ref().map(|notice| notice.sentence.to_string()).unwrap_or_default()
}

#[test]
fn names_80() {
    assert_snapshot!(filled(80, 24).screen());
}

#[test]
fn names_200_after_a_correction() {
    let mut desk = filled(200, 60);
    desk.keys("e<ctrl-u>Ida<space>B.<enter>");
    assert_snapshot!(desk.screen());
}

#[test]
fn names_while_one_is_corrected_80() {
    let mut desk = filled(80, 24);
    desk.keys("je<ctrl-u>Mohammed");
    assert_eq!(desk.model.place(), Place::Form);
    assert_snapshot!(desk.screen());
}

#[test]
fn no_names_80() {
    let mut desk = Desk::open(80, 24);
    desk.keys("n");
    assert_snapshot!(desk.screen());
    desk.keys("e");
    assert_eq!(notice(&desk), "There is no name here.");
}

#[test]
fn a_corrected_name_is_put_down_and_stays() {
    let mut desk = filled(80, 24);
    desk.effects.clear();
    desk.keys("e<ctrl-u>Ida<space>B.<enter>");
    let kept = desk
        .effects
        .iter()
        .find_map(|effect| if let Effect::KeepNames(_, lines) = effect { Some(lines.clone()) } else { None });
    let said = Said::Name {
        kind: Kind::Admin,
        id: "7001".into(),
        name: Some(Clean::fixed("Ida B.")),
        by_hand: true,
    };
    assert_eq!(kept, Some(vec![said]));
    learn(&mut desk, AuthorKind::Admin, "7001", "Ida Berg");
    assert_eq!(desk.model.shell.roster.admin(&AdminId::read("7001").unwrap()), "Ida B.");
    desk.keys("x");
    assert!(desk.text().contains("(no name yet)"));
    assert_eq!(notice(&desk), "Teammate 7001 has no name here any more.");
}

#[test]
fn nothing_typed_changes_nothing_and_esc_leaves() {
    let mut desk = filled(80, 24);
    desk.keys("e<ctrl-u><enter>");
    assert_eq!(notice(&desk), "Nothing was typed; nothing changed.");
    desk.keys("eX<esc>");
    assert_eq!(desk.model.shell.roster.admin(&AdminId::read("7001").unwrap()), "Ida Berg");
    assert_eq!(desk.model.place(), Place::Names);
}

#[test]
fn the_list_is_narrowed_as_one_types() {
    let mut desk = filled(80, 24);
    desk.keys("/BILL");
    let shown =
        |desk: &Desk| desk.model.session.names.rows.iter().map(|row| row.id.to_string()).collect::<Vec<_>>();
    assert_eq!(shown(&desk), ["12"]);
    desk.keys("<enter>y");
    assert!(desk.done().iter().any(|effect| effect.contains("billing (12)")));
    desk.keys("/<ctrl-u>zebra<enter>");
    assert!(desk.text().contains("No name has these words."));
    desk.keys("<esc>");
    assert_eq!(shown(&desk).len(), 8);
}

#[test]
fn who_one_is_comes_back_from_the_disk() {
    let mut desk = Desk::open(80, 24);
    desk.event(Event::Names(Book::Read { whole: true, lines: vec![Said::Me(AdminId::read("7001"))] }));
    assert_eq!(desk.model.shell.roster.me, AdminId::read("7001"));
    assert!(desk.done().iter().all(|effect| !effect.contains("KeepNames")));
}

#[test]
fn an_id_that_would_pass_for_another_one_has_no_row() {
    let mut desk = filled(80, 24);
    let before = desk.model.session.names.count;
    for id in ["a\u{202e}b\u{1b}[2Jc\u{200b}d", "\u{3164}", "\u{115f}12"] {
        desk.model.shell.roster.seen(Kind::Tag, id);
        desk.model.shell.roster.learn_name(Kind::Tag, id, &Clean::fixed("billing"));
        let said =
            Said::Name { kind: Kind::Tag, id: id.into(), name: Some(Clean::fixed("b")), by_hand: true };
        desk.event(Event::Names(Book::Read { whole: false, lines: vec![said] }));
    }
    assert_eq!(desk.model.session.names.count, before);
}
