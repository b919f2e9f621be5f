//! Which columns a row has, and where they begin: those that the view wants, else the usual ones for the width. Owns the cells of
//! each; refuses to draw.

use crate::domain::sort::Sort;
use crate::domain::view::Column;

/// Cells before the first column: signs, the age, and what was decided here, with a blank on both sides of that.
pub(super) const LEAD: u16 = 10;
/// The least that the subject is worth showing in; other columns give way before.
const LEAST: u16 = 12;

/// A column, from the left edge of the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Which.
    pub(super) column: Column,
    /// Where it begins.
    pub(super) x: u16,
    /// How wide it is.
    pub(super) cells: u16,
}

/// The usual columns of a list that is so wide.
fn usual(cells: u16) -> &'static [Column] {
    use Column::{Assignee, Priority, Sla, Subject, Tags, Who};
    match cells {
        ..34 => &[Subject],
        34..46 => &[Who, Subject],
        46..110 => &[Who, Subject, Priority, Sla],
        110..140 => &[Who, Subject, Assignee, Priority, Sla],
        _ => &[Who, Subject, Assignee, Tags, Priority, Sla],
    }
}

/// How wide a column is in a list that is so wide; the subject has what the others leave.
fn wide(column: Column, cells: u16) -> u16 {
    let by_width = |small, middle, large| match cells {
        ..110 => small,
        110..140 => middle,
        _ => large,
    };
    match column {
        Column::Subject => 0,
        Column::Who if cells < 46 => 10,
        Column::Who if cells < 64 => 12,
        Column::Who => by_width(16, 20, 24),
        Column::Assignee | Column::Team => by_width(12, 14, 18),
        Column::Tags => by_width(12, 16, 22),
        Column::Fin => by_width(12, 16, 18),
        Column::Channel => 12, // "conversation"
        Column::Created | Column::Updated | Column::FirstReply | Column::Rating => 4,
        Column::Priority => 2,
        Column::Sla => 1,
    }
}

/// Blank cells before a column. The two signs at the edge stand close together.
fn gap(before: Option<Column>, column: Column) -> u16 {
    match (before, column) {
        (None, _) => 0,
        (Some(Column::Priority), Column::Sla) => 1,
        (Some(_), _) => 2,
    }
}

/// What stands over a column, in as many cells as it has: times are told apart by it. Short ones have a word that fits.
pub(super) fn head(column: Column) -> &'static str {
    match column {
        Column::Who => "who",
        Column::Subject => "subject",
        Column::Assignee => "assigned to",
        Column::Team => "team",
        Column::Tags => "tags",
        Column::Priority => "pr",
        Column::Sla => "s",
        Column::Rating => "rate",
        Column::Fin => "Fin",
        Column::Channel => "channel",
        Column::Created => "made",
        Column::Updated => "upd",
        Column::FirstReply => "1st",
    }
}

/// The time that an order is about, which then stands at the beginning of a row; none where that tells who waits.
pub(super) fn time(by: Sort) -> Option<Column> {
    match by {
        Sort::Created => Some(Column::Created),
        Sort::Updated => Some(Column::Updated),
        Sort::FirstReply => Some(Column::FirstReply),
        Sort::Server | Sort::Waiting | Sort::Priority | Sort::Sla => None,
    }
}

/// Whether what is in a column stands at its right.
pub(super) fn is_right(column: Column) -> bool {
    use Column::{Created, FirstReply, Priority, Sla, Updated};
    matches!(column, Created | FirstReply | Priority | Sla | Updated)
}

fn used(columns: &[Column], cells: u16) -> u16 {
    let before = std::iter::once(None).chain(columns.iter().copied().map(Some));
    before.zip(columns).map(|(before, &column)| gap(before, column) + wide(column, cells)).sum()
}

/// The columns of a list of `cells` cells, of which rows have `room`. Columns that do not fit are left out from the right,
/// the subject last.
pub(super) fn places(cells: u16, room: u16, wanted: &[Column]) -> Vec<Place> {
    let mut columns: Vec<Column> = Vec::new();
    for &column in if wanted.is_empty() { usual(cells) } else { wanted } {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    let flexible = |columns: &[Column]| if columns.contains(&Column::Subject) { LEAST } else { 0 };
    let free = room.saturating_sub(LEAD);
    // The usual columns are known to fit, or to be all that there is.
    while !wanted.is_empty() && columns.len() > 1 && used(&columns, cells) + flexible(&columns) > free {
        let last = columns.iter().rposition(|column| *column != Column::Subject).unwrap_or_default();
        columns.remove(last);
    }
    let rest = free.saturating_sub(used(&columns, cells));
    let (mut x, mut before) = (LEAD, None);
    let mut places = Vec::with_capacity(columns.len());
    for column in columns {
        x += gap(before, column);
        let cells = if column == Column::Subject { rest } else { wide(column, cells) };
        places.push(Place { column, x, cells });
        (x, before) = (x + cells, Some(column));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_subject_has_what_the_others_leave() {
        let at = |cells: u16| -> Vec<(u16, u16)> {
            places(cells, cells - 2, &[]).iter().map(|place| (place.x, place.cells)).collect()
        };
        assert_eq!(at(80), [(10, 16), (28, 44), (74, 2), (77, 1)]);
        assert_eq!(at(120), [(10, 20), (32, 64), (98, 14), (114, 2), (117, 1)]);
    }

    #[test]
    fn what_a_view_wants_gives_way_from_the_right() {
        let wanted = [Column::Rating, Column::Subject, Column::Fin, Column::Updated];
        let shown = |cells: u16| -> Vec<Column> {
            places(cells, cells - 2, &wanted).iter().map(|place| place.column).collect()
        };
        assert_eq!(shown(80), wanted);
        assert_eq!(shown(44), wanted[..3]);
        assert_eq!(shown(30), wanted[..2]);
    }

    proptest! {
        #[test]
        fn columns_stay_in_the_row_and_apart(cells in 0u16..300, wanted in proptest::collection::vec(0usize..13, 0..14)) {
            let wanted: Vec<Column> = wanted.into_iter().map(|at| Column::ALL[at]).collect();
            let room = cells.saturating_sub(2);
            let places = places(cells, room, &wanted);
            prop_assert!(places.windows(2).all(|pair| pair[0].x + pair[0].cells < pair[1].x));
            let end = places.last().map_or(0, |last| last.x + last.cells);
            prop_assert!(end <= room || places.len() == 1 || wanted.is_empty() && cells < 36, "{places:?}");
        }
    }
}
