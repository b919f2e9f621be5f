//! What is shown in place of pictures, films, files and frames.

use crate::domain::html::{Card, CardKind};

use super::fill::Fill;
use super::layout::number_after;
use super::line::{Look, Tone};

/// Writes a card as words, such as `▣ image · Departure board · 640×480 · downloads.intercomcdn.com [3]`.
pub(super) fn card(fill: &mut Fill, card: &Card) {
    let look = Look { link: card.link, ..Look::of(Tone::Card) };
    let dim = Look { link: card.link, ..Look::of(Tone::Dim) };
    fill.text(sign(card.kind), look);
    let size = card.size.map(|(width, height)| format!("{width}×{height}"));
    let parts = [(Some(card.label.as_str()), look), (size.as_deref(), dim), (Some(card.host.as_str()), dim)];
    for (part, look) in parts {
        if let Some(part) = part.filter(|part| !part.is_empty()) {
            fill.text(" · ", dim);
            fill.text(part, look);
        }
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
