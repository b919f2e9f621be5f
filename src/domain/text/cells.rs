//! How many terminal cells text takes, and text cut or filled to a number of cells. Counts by grapheme cluster, as
//! the drawing library lays out.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::characters::{Kind, kind};

/// The cells `text` takes on one line. Control characters take none.
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.len();
    }
    text.graphemes(true).map(grapheme_width).sum()
}

/// The cells one grapheme cluster takes.
pub(crate) fn grapheme_width(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) { 0 } else { grapheme.width() }
}

/// `text` in at most `cells` cells: cut at a grapheme, with `…` as the last cell when something was cut.
pub fn fit(text: &str, cells: usize) -> Cow<'_, str> {
    let (mut used, mut kept) = (0, 0);
    for (at, grapheme) in text.grapheme_indices(true) {
        let wide = grapheme_width(grapheme);
        if used + wide > cells {
            return cut(text, kept, cells);
        }
        used += wide;
        if used < cells {
            kept = at + grapheme.len();
        }
    }
    Cow::Borrowed(text)
}

/// The first `kept` bytes and an ellipsis, if there is a cell for it.
fn cut(text: &str, kept: usize, cells: usize) -> Cow<'_, str> {
    if cells == 0 { Cow::Borrowed("") } else { Cow::Owned(format!("{}…", &text[..kept])) }
}

/// `text` cut like [`fit`], then filled with blanks at the right to exactly `cells` cells.
pub fn pad(text: &str, cells: usize) -> String {
    let mut padded = fit(text, cells).into_owned();
    let blanks = cells.saturating_sub(width(&padded));
    padded.extend(std::iter::repeat_n(' ', blanks));
    padded
}

/// The smallest parts of `text` with their cells, none wider than `cells`, which is at least 1: graphemes, and the
/// characters of graphemes that are wider (a chain of joined consonants is one grapheme, however long). A character
/// of two cells where there is only one is shown as `…`; joiners join nothing there and are left out.
pub(crate) fn parts_within(text: &str, cells: usize) -> impl Iterator<Item = (&str, usize)> {
    text.graphemes(true).flat_map(move |grapheme| {
        let wide = grapheme_width(grapheme);
        let whole = (wide <= cells).then_some((grapheme, wide));
        let broken = if whole.is_some() { "" } else { grapheme };
        let showable = broken
            .char_indices()
            .filter(|(_, character)| !matches!(kind(*character), Kind::Joiner | Kind::Style));
        let characters = showable.map(move |(at, character)| {
            let wide = character.width().unwrap_or(0);
            if wide > cells { ("…", 1) } else { (&broken[at..at + character.len_utf8()], wide) }
        });
        whole.into_iter().chain(characters)
    })
}
