//! Tests of the search language as a whole: reading, printing, settling, cutting, completing, boxes.

mod anything;
mod cutting;
mod reading;
mod settling;

use super::*;
use crate::domain::conversation::{Author, AuthorKind, ConversationRow};
use crate::domain::id::{AdminId, ConversationId};
use crate::domain::text::Clean;

/// Fri 2026-11-20 17:00 UTC.
pub(super) const NOW: i64 = 1_795_194_000;

/// A roster with a few teammates, of whom the first is me.
pub(super) fn roster() -> Roster {
    let mut roster = Roster::default();
    roster.me = AdminId::read("7001001");
    let names =
        [("7001001", "Ida Berg"), ("7001002", "Omar Aziz"), ("7001003", "Ida Holm"), ("7001004", "船木 遥")];
    for (id, name) in names {
        let name = Clean::line(name);
        roster.learn(&Author { kind: AuthorKind::Admin, id: id.into(), name, email: Clean::default() });
    }
    roster
}

pub(super) fn known(roster: &Roster) -> Known<'_> {
    Known { now: Unix(NOW), zone: 3600, roster }
}

/// A row that says nothing.
pub(super) fn row() -> ConversationRow {
    ConversationRow::bare(ConversationId::read("900000000101").unwrap())
}
