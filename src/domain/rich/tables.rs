//! Tables: boxed, columns shrunk to fit with their cells wrapped, and as plain blocks where even that has no room.

use crate::domain::html::Block;

use super::layout::{Layout, blocks, filled, widest};
use super::line::{Line, Look, Span, Tone};

/// A column is never made narrower than this to save the box.
const LEAST_COLUMN: usize = 5;
/// Cells of the frame: this many per column, and one more.
const FRAME: usize = 3;

/// A row of cells of blocks.
type Cells = Vec<Vec<Block>>;

/// Writes a table.
pub(super) fn table(layout: &mut Layout, rows: &[Cells], header: bool) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let room = layout.room().saturating_sub(FRAME * columns + 1);
    if columns == 0 {
        return;
    }
    if room / columns < LEAST_COLUMN {
        stacked(layout, rows);
        return;
    }
    let fold = layout.folds_history();
    let natural: Vec<Vec<Vec<Line>>> =
        rows.iter().map(|row| row.iter().map(|cell| blocks(cell, room, fold)).collect()).collect();
    let mut widths = vec![1; columns];
    for row in &natural {
        for (wide, cell) in widths.iter_mut().zip(row) {
            *wide = (*wide).max(widest(cell));
        }
    }
    shrink(&mut widths, room);
    let fitted = rows.iter().zip(natural).map(|(row, natural)| {
        let cells = row.iter().zip(natural).zip(&widths);
        cells
            .map(
                |((cell, lines), wide)| {
                    if widest(&lines) <= *wide { lines } else { blocks(cell, *wide, fold) }
                },
            )
            .collect()
    });
    boxed(layout, &fitted.collect::<Vec<_>>(), &widths, header);
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

fn boxed(layout: &mut Layout, rows: &[Vec<Vec<Line>>], widths: &[usize], header: bool) {
    let tall = rows.iter().skip(usize::from(header)).flatten().any(|cell| cell.len() > 1);
    layout.emit(frame(widths, ['┌', '┬', '┐']));
    for (position, row) in rows.iter().enumerate() {
        if position > 0 && (tall || (header && position == 1)) {
            layout.emit(frame(widths, ['├', '┼', '┤']));
        }
        let height = row.iter().map(Vec::len).max().unwrap_or(0).max(1);
        for line in 0..height {
            let words = cells(row, widths, line, header && position == 0);
            layout.emit(words);
        }
    }
    layout.emit(frame(widths, ['└', '┴', '┘']));
}

/// One line through all cells of a row.
fn cells(row: &[Vec<Line>], widths: &[usize], line: usize, strong: bool) -> Vec<Span> {
    let mark = Look::of(Tone::Mark);
    let mut spans = vec![mark.span("│ ")];
    for (column, wide) in widths.iter().enumerate() {
        let words = row.get(column).and_then(|cell| cell.get(line)).map(|line| line.spans.clone());
        let mut words = filled(words.unwrap_or_default(), *wide);
        for span in &mut words {
            span.strong |= strong;
        }
        spans.extend(words);
        spans.push(mark.span(if column + 1 == widths.len() { " │" } else { " │ " }));
    }
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
