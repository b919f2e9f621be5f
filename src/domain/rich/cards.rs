//! What is shown in place of pictures, films, files and frames.

use crate::domain::html::{Card, CardKind};

use super::fill::Fill;
use super::layout::number_after;
use super::line::{Look, Tone};

/// Writes a card as words, such as `▣ image: Departure board (downloads.intercomcdn.com) [3]`.
pub(super) fn card(fill: &mut Fill, card: &Card) {
    let look = Look { link: card.link, ..Look::of(Tone::Card) };
    fill.text(sign(card.kind), look);
    if !card.label.is_empty() {
        fill.glued(":", look);
        fill.text(" ", look);
        fill.text(&card.label, look);
    }
    if !card.host.is_empty() {
        fill.text(" ", look);
        fill.text(&format!("({})", card.host), Look { link: card.link, ..Look::of(Tone::Dim) });
    }
    if let Some(number) = card.link {
        number_after(fill, number);
    }
}

fn sign(kind: CardKind) -> &'static str {
    match kind {
        CardKind::Image => "▣ image",
        CardKind::Video => "▶ video",
        CardKind::Attachment => "▤ file",
        CardKind::Frame => "▢ frame",
    }
}
