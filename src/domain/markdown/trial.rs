//! Turns blocks into chunks and chunks into blocks, and proves each text before it is shown.

use std::borrow::Cow;

use super::addressed::Shelf;
use super::chunks::{chunks, fence, fenced_html};
use super::escape::Care;
use super::origin::Origin;
use super::{events, render, same, unix, writer};
use crate::domain::html::{PieceKind, decoded, pieces};

/// The longest source of an empty paragraph that is shown as one line, in bytes.
const LONGEST_EMPTY: usize = 200;

/// The text of every block, in order.
pub(super) fn texts(blocks: &[&str]) -> Vec<String> {
    let mut above: Option<(String, bool)> = None;
    let mut texts = Vec::with_capacity(blocks.len());
    for block in blocks {
        let list = writer::list_kind(block.trim_ascii());
        // Two lists of one kind would be one list: every second one has the other marks.
        let other = matches!((&above, &list), (Some((above, false)), Some(list)) if above == list);
        let text = proven(block, other);
        above = list.filter(|_| text.is_some()).map(|list| (list, other));
        texts.push(text.unwrap_or_else(|| fenced(block)));
    }
    texts
}

/// A block's source behind a fence. Carriage returns become line feeds, as in any reader of HTML.
pub(super) fn fenced(block: &str) -> String {
    fence("html", &unix(block))
}

/// The Markdown of a block, if it gives the block again.
fn proven(block: &str, other: bool) -> Option<String> {
    let core = block.trim_ascii();
    if !writer::may_begin(core) || !same::is_closed(core) {
        return None;
    }
    let origin = Origin::of(block);
    let tried = [Care::Light, Care::Heavy].into_iter().filter_map(|care| writer::markdown(core, care, other));
    let empty = is_empty_paragraph(core).then(|| core.to_owned());
    tried.chain(empty).find(|text| gives(text, block, &origin))
}

fn gives(text: &str, block: &str, origin: &Origin<'_>) -> bool {
    let found = chunks(text);
    let [chunk] = &found[..] else {
        return false;
    };
    chunk.bytes == (0..text.len())
        && !text.contains('\r')
        && fenced_html(text).is_none()
        && same::same(&dressed(text, origin, &Shelf::default()), block)
}

/// Whether this is a paragraph in which nothing can be seen: an empty line, as people make them.
fn is_empty_paragraph(core: &str) -> bool {
    let unseen = |text: &str| decoded(text).chars().all(|character| character.is_whitespace());
    core.len() <= LONGEST_EMPTY
        && !core.contains(['\n', '\r'])
        && core.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("<p"))
        && pieces(core).all(|piece| match piece.kind {
            PieceKind::Text => unseen(piece.source),
            PieceKind::Start { name, .. } => ["p", "br"].iter().any(|known| name.eq_ignore_ascii_case(known)),
            PieceKind::End { .. } => true,
            PieceKind::Other => false,
        })
}

/// The HTML that a chunk stands for.
pub(super) fn html<'html>(chunk: &str, origin: Option<&'html str>, shelf: &Shelf<'html>) -> String {
    if let Some(source) = fenced_html(chunk) {
        return source.to_owned();
    }
    dressed(chunk, &origin.map(Origin::of).unwrap_or_default(), shelf)
}

/// Markdown as HTML in the dress of its origin. Tags among the words count as tags if they close all they open.
fn dressed<'html>(chunk: &str, origin: &Origin<'html>, shelf: &Shelf<'html>) -> String {
    let events = events::events(chunk);
    let (before, after) = origin.around;
    let mut core: Cow<'_, str> = render::html(&events, origin, shelf, true).into();
    if !same::is_closed(&core) {
        core = render::html(&events, origin, shelf, false).into();
    }
    [before, &core, after].concat()
}
