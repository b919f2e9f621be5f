//! Tables: boxed, columns shrunk to fit with their cells wrapped. Where that would leave columns too narrow to read, the
//! table is as wide as it needs and is seen through a window, or, where there is no way to move one, it is plain blocks.

use crate::domain::html::Block;

use super::flow::Table;
use super::layout::{Layout, filled, widest};
use super::line::{Line, Look, Span, Tone};

/// A column is never made narrower than this to save the box.
const LEAST_COLUMN: usize = 5;
/// Cells of the frame: this many per column, and one more.
const FRAME: usize = 3;
/// A column is never made narrower than this where the table can be wider than the text instead.
const READABLE_COLUMN: usize = 10;
/// Columns of a table that is wider than the text are never wider than this.
const WIDEST_COLUMN: usize = 48;
/// A table that is wider than the text has at most so many columns, and about so many cells: one line of a hostile table
/// must not cost more than a screen.
const MOST_COLUMNS: usize = 40;
const MOST_CELLS: usize = 320;

/// A row of cells of blocks.
type Cells = Vec<Vec<Block>>;

/// Writes a table.
pub(super) fn table(layout: &mut Layout, rows: &[Cells], header: bool) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let room = layout.room().saturating_sub(FRAME * columns + 1);
    if columns == 0 {
        return;
    }
    let may_widen = layout.may_widen && columns <= MOST_COLUMNS;
    if !may_widen && room / columns < LEAST_COLUMN {
        stacked(layout, rows);
        return;
    }
    let natural = laid(layout, rows, if may_widen { room.max(WIDEST_COLUMN) } else { room });
    let mut widths = vec![1; columns];
    for row in &natural {
        for (wide, cell) in widths.iter_mut().zip(row) {
            *wide = (*wide).max(widest(cell));
        }
    }
    let least: usize = widths.iter().map(|wide| (*wide).min(READABLE_COLUMN)).sum();
    let widens = may_widen && least > room;
    if widens {
        for wide in &mut widths {
            *wide = (*wide).min(WIDEST_COLUMN);
        }
        shrink(&mut widths, MOST_CELLS);
        layout.tables.push(seen_through(layout.room(), &widths));
        layout.emit_wide(Vec::new(), true);
    } else {
        shrink(&mut widths, room);
    }
    let fitted = refitted(layout, rows, natural, &widths);
    boxed(layout, &fitted, &widths, (header, widens));
}

/// The lines of every cell in at most `cells` cells. Headings in cells are noted where the table begins.
fn laid(layout: &mut Layout, rows: &[Cells], cells: usize) -> Vec<Vec<Vec<Line>>> {
    let line = layout.lines.len();
    let mut headings = Vec::new();
    let laid = rows.iter().map(|row| {
        let cells = row.iter().map(|cell| {
            let inside = layout.cell(cell, cells);
            headings.extend(inside.headings.into_iter().map(|heading| super::Heading { line, ..heading }));
            inside.lines
        });
        cells.collect()
    });
    let laid = laid.collect();
    layout.headings.extend(headings);
    laid
}

/// The lines of every cell in the width of its column.
fn refitted(
    layout: &Layout,
    rows: &[Cells],
    natural: Vec<Vec<Vec<Line>>>,
    widths: &[usize],
) -> Vec<Vec<Vec<Line>>> {
    let refit = |(row, natural): (&Cells, Vec<Vec<Line>>)| {
        let cells = row.iter().zip(natural).zip(widths);
        let fitted = cells.map(
            |((cell, lines), wide)| {
                if widest(&lines) <= *wide { lines } else { layout.cell(cell, *wide).lines }
            },
        );
        fitted.collect()
    };
    rows.iter().zip(natural).map(refit).collect()
}

/// A table with columns of these widths, seen through so many cells.
fn seen_through(room: usize, widths: &[usize]) -> Table {
    let mut columns = Vec::with_capacity(widths.len());
    let mut width = 0;
    for wide in widths {
        columns.push(width);
        width += wide + FRAME;
    }
    Table { width: width + 1, room, columns }
}

/// Rows below each other, for tables with more columns than room.
fn stacked(layout: &mut Layout, rows: &[Cells]) {
    for (position, row) in rows.iter().enumerate() {
        if position > 0 {
            layout.rule();
        }
        for cell in row {
            layout.blocks(cell, false);
        }
    }
}

/// Shares `room` out: columns narrower than an equal share keep their width, the others divide the rest.
fn shrink(widths: &mut [usize], room: usize) {
    if widths.iter().sum::<usize>() <= room {
        return;
    }
    let mut order: Vec<usize> = (0..widths.len()).collect();
    order.sort_by_key(|column| widths[*column]);
    let mut left = room;
    for (position, column) in order.iter().enumerate() {
        let share = left / (widths.len() - position);
        widths[*column] = widths[*column].min(share).max(1);
        left -= widths[*column];
    }
}

fn boxed(layout: &mut Layout, rows: &[Vec<Vec<Line>>], widths: &[usize], (header, widens): (bool, bool)) {
    let emit = |layout: &mut Layout, words| {
        if widens { layout.emit_wide(words, false) } else { layout.emit(words) }
    };
    let tall = rows.iter().skip(usize::from(header)).flatten().any(|cell| cell.len() > 1);
    emit(layout, frame(widths, ['┌', '┬', '┐']));
    for (position, row) in rows.iter().enumerate() {
        if position > 0 && (tall || (header && position == 1)) {
            emit(layout, frame(widths, ['├', '┼', '┤']));
        }
        let height = row.iter().map(Vec::len).max().unwrap_or(0).max(1);
        for line in 0..height {
            let words = cells(row, widths, line, header && position == 0);
            emit(layout, words);
        }
    }
    emit(layout, frame(widths, ['└', '┴', '┘']));
}

/// One line through all cells of a row.
fn cells(row: &[Vec<Line>], widths: &[usize], line: usize, strong: bool) -> Vec<Span> {
    let mark = Look::of(Tone::Mark);
    let mut spans = Vec::with_capacity(2 * row.len() + 2);
    // Empty cells and the frame between them are one span: hostile tables have many of them.
    let mut gap = String::from("│ ");
    for (column, wide) in widths.iter().enumerate() {
        match row.get(column).and_then(|cell| cell.get(line)).filter(|line| !line.spans.is_empty()) {
            Some(line) => {
                spans.push(mark.span(std::mem::take(&mut gap)));
                let words = filled(line.spans.clone(), *wide);
                spans.extend(words.into_iter().map(|span| Span { strong: span.strong || strong, ..span }));
            }
            None => gap.extend(std::iter::repeat_n(' ', *wide)),
        }
        gap.push_str(if column + 1 == widths.len() { " │" } else { " │ " });
    }
    spans.push(mark.span(gap));
    spans
}

/// A horizontal line of the box, with its left end, crossing and right end.
fn frame(widths: &[usize], [left, cross, right]: [char; 3]) -> Vec<Span> {
    let mut line = String::from(left);
    for (column, wide) in widths.iter().enumerate() {
        line.extend(std::iter::repeat_n('─', wide + 2));
        line.push(if column + 1 == widths.len() { right } else { cross });
    }
    vec![Look::of(Tone::Mark).span(line)]
}
