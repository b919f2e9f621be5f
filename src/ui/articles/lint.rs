//! Drawing the list of what Intercom will change or refuse, below the text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::pane::articles::linting::{Linting, verdict_word};
use crate::domain::lint::{Finding, Verdict};
use crate::domain::text::{Clean, width};
use crate::ui::cell::{clear, put, put_right, tint};
use crate::ui::theme::Theme;

/// Columns: the mark of what was added, the verdict, the block.
const ADDED: u16 = 2;
const VERDICT: u16 = 9;
const BLOCK: u16 = 10;

/// Draws the list, its heading first.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, linting: &Linting, theme: &Theme) {
    clear(buffer, area);
    heading(buffer, area, linting, theme);
    let list = Rect { y: area.y + area.height.min(1), height: area.height.saturating_sub(1), ..area };
    if linting.judged.list.is_empty() {
        put(
            buffer,
            list,
            2.min(list.width),
            0,
            "Nothing in this text is known to be changed or refused.",
            theme.good,
        );
        return;
    }
    for (y, at) in (0..list.height).zip(linting.list.view()) {
        let Some((finding, added)) = linting.judged.list.get(at) else { continue };
        row(buffer, list, y, (finding, *added), theme);
        if at == linting.list.cursor() {
            tint(buffer, list, y, theme.cursor);
        }
    }
}

fn heading(buffer: &mut Buffer, area: Rect, linting: &Linting, theme: &Theme) {
    put(buffer, area, 0, 0, &"─".repeat(usize::from(area.width)), theme.line);
    let x =
        put(buffer, area, 2, 0, " What Intercom will change or refuse ", theme.accent.patch(theme.strong))
            + 2;
    let words = linting.heading();
    if words.is_empty() {
        return;
    }
    let words = format!(" {words} ");
    let cells = u16::try_from(width(&words)).unwrap_or(u16::MAX);
    let at = area.width.saturating_sub(cells.saturating_add(2)).max(x + 1);
    put(buffer, Rect { width: area.width.saturating_sub(1), ..area }, at, 0, &words, theme.dim);
}

fn style_of(verdict: Verdict, theme: &Theme) -> Style {
    match verdict {
        Verdict::Refuses => theme.bad,
        Verdict::Changes => theme.warn,
        Verdict::Expires => theme.dim,
    }
}

fn row(buffer: &mut Buffer, list: Rect, y: u16, (finding, added): (&Finding, bool), theme: &Theme) {
    let words = if added { theme.plain } else { theme.dim };
    put(buffer, list, 0, y, if added { "+" } else { " " }, theme.accent);
    let verdict = finding.kind.verdict();
    put(buffer, list, ADDED, y, verdict_word(verdict), style_of(verdict, theme));
    put(buffer, list, ADDED + VERDICT, y, &format!("block {}", finding.block + 1), theme.dim);
    let from = ADDED + VERDICT + BLOCK;
    let repair = if finding.repair_words().is_some() { "r repairs" } else { "" };
    let cells = u16::try_from(width(repair)).unwrap_or(0);
    let room = if list.width > from + 40 { cells + u16::from(cells > 0) * 2 } else { 0 };
    if room > 0 {
        put_right(buffer, list, y, repair, theme.dim);
    }
    let sentence = Clean::line(&finding.sentence());
    put(buffer, Rect { width: list.width.saturating_sub(room), ..list }, from, y, &sentence, words);
}
