//! Drawing the board of figures: bars and a sparkline in one calm colour, numbers and shares under each other.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::{inset, said};
use crate::app::model::Model;
use crate::app::pane::inbox::insight::Insight;
use crate::app::pane::inbox::insight::plan::{HEAD, Spot, places};
use crate::app::pane::inbox::insight::words;
use crate::domain::insight::{Board, bar};
use crate::domain::text::fit;
use crate::ui::cell::{put, put_right, tint};
use crate::ui::clip;
use crate::ui::theme::Theme;

/// Cells of a bucket's number with the blank before it.
const NUMBER: u16 = 8;
/// Cells of a share with the blank before it.
const SHARE: u16 = 7;
/// The widest column of labels, in cells.
const WIDEST_LABEL: u16 = 24;

/// Draws the board.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let insight = &model.inbox.insight;
    head(buffer, Rect { height: HEAD.min(area.height), ..area }, insight, model, theme);
    let below = Rect { y: area.y + HEAD.min(area.height), height: area.height.saturating_sub(HEAD), ..area };
    let Some(board) = insight.figures() else {
        let (sentence, hint) = insight.nothing(&model.shell);
        return said(buffer, below, (&sentence, theme.plain), &hint, theme);
    };
    for (spots, place) in insight.plan.columns.iter().zip(places(model.shell.frame.body)) {
        let room = clip(place, area);
        let shown = spots.iter().skip(insight.plan.top);
        for (y, spot) in (0..room.height).zip(shown) {
            let drawn = Drawn { board, insight, model, theme };
            drawn.spot(buffer, Rect { y: room.y + y, height: 1, ..room }, *spot);
        }
    }
}

fn head(buffer: &mut Buffer, area: Rect, insight: &Insight, model: &Model, theme: &Theme) {
    let room = inset(area);
    let x = put(buffer, room, 0, 0, "Insight", theme.accent.patch(theme.strong)) + 2;
    put(buffer, room, x, 0, &insight.about(), theme.strong);
    let style = if insight.is_old { theme.warn } else { theme.dim };
    put(buffer, room, 0, 1, &insight.standing(&model.shell), style);
    put(buffer, area, 0, 2, &"─".repeat(usize::from(area.width)), theme.line);
}

struct Drawn<'a> {
    board: &'a Board,
    insight: &'a Insight,
    model: &'a Model,
    theme: &'a Theme,
}

impl Drawn<'_> {
    fn spot(&self, buffer: &mut Buffer, row: Rect, spot: Spot) {
        match spot {
            Spot::Title(at) => self.title(buffer, row, at),
            Spot::Times(at) => {
                let times = self.board.sections.get(at).and_then(words::times).unwrap_or_default();
                put(buffer, row, 2, 0, &times, self.theme.plain);
            }
            Spot::Bucket(at, bucket) | Spot::Hour(at, bucket) => self.bucket(buffer, row, (at, bucket)),
            Spot::Spark(at) => self.spark(buffer, row, at),
            Spot::Axis(_) => self.axis(buffer, row),
            Spot::More(above, below) => {
                let side = |count: usize, sign: &str| {
                    if count > 0 { format!("{sign} {} more  ", words::number(count)) } else { String::new() }
                };
                put(buffer, row, 2, 0, &(side(above, "↑") + &side(below, "↓")), self.theme.dim);
            }
            Spot::Gap => {}
        }
    }

    fn title(&self, buffer: &mut Buffer, row: Rect, at: usize) {
        let Some(section) = self.board.sections.get(at) else { return };
        let here = self.insight.cursor.0 == at;
        let style = if here { self.theme.accent.patch(self.theme.strong) } else { self.theme.strong };
        let coverage = words::coverage(section, self.board.rows);
        let used = put_right(buffer, row, 0, &coverage, self.theme.dim);
        let left = Rect { width: row.width.saturating_sub(used + 1), ..row };
        put(buffer, left, 0, 0, if here { "▸" } else { " " }, style);
        put(buffer, left, 2, 0, words::title(section.topic), style);
    }

    fn bucket(&self, buffer: &mut Buffer, row: Rect, at: (usize, usize)) {
        let Some(section) = self.board.sections.get(at.0) else { return };
        let Some(bucket) = section.buckets.get(at.1) else { return };
        let labels = (row.width * 2 / 5).min(WIDEST_LABEL);
        let label = words::label(section.topic, &bucket.key, &self.model.shell.roster);
        let style = if bucket.count == 0 { self.theme.dim } else { self.theme.plain };
        put(buffer, row, 2, 0, &fit(&label, usize::from(labels)), style);
        let share = words::share(section.share(bucket, self.board.rows), bucket.count);
        put_right(buffer, row, 0, &share, self.theme.dim);
        let numbers = Rect { width: row.width.saturating_sub(SHARE), ..row };
        put_right(buffer, numbers, 0, &words::number(bucket.count), style);
        let from = labels + 4;
        let cells = row.width.saturating_sub(from + NUMBER + SHARE);
        // Those that have none would dwarf the others.
        if bucket.has_one() {
            let drawn = bar(bucket.count, section.most(), usize::from(cells));
            put(buffer, row, from, 0, &drawn, self.theme.accent);
        }
        if self.insight.cursor == at {
            tint(buffer, row, 0, self.theme.cursor);
        }
    }

    /// How many cells each hour has.
    fn each(row: Rect) -> u16 {
        (row.width.saturating_sub(2) / 24).clamp(1, 2)
    }

    fn spark(&self, buffer: &mut Buffer, row: Rect, at: usize) {
        let Some(section) = self.board.sections.get(at) else { return };
        let each = Self::each(row);
        put(buffer, row, 2, 0, &words::hours(section, usize::from(each)), self.theme.accent);
        let hour = u16::try_from(self.insight.cursor.1).unwrap_or(u16::MAX);
        if self.insight.cursor.0 == at && hour < 24 {
            let x = row.x + (2 + hour * each).min(row.width);
            let width = each.min(row.right().saturating_sub(x));
            tint(buffer, Rect { x, width, ..row }, 0, self.theme.plain.add_modifier(Modifier::REVERSED));
        }
    }

    fn axis(&self, buffer: &mut Buffer, row: Rect) {
        for hour in [0, 6, 12, 18] {
            let x = 2 + hour * Self::each(row);
            put(buffer, row, x, 0, &hour.to_string(), self.theme.dim);
        }
    }
}
