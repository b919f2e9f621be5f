//! The search form: from the line and back, and what it searches for.

use insta::assert_snapshot;
use switchboard::app::place::Place;

use super::desk::Desk;

fn typed(desk: &Desk) -> &str {
    desk.model.inbox.search.field.text()
}

#[test]
fn form_80() {
    let mut desk = Desk::open(80, 24);
    assert_snapshot!(desk.keys("F").screen());
}
