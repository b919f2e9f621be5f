//! Words of a block in Markdown. Elements without a mark of their own stay as they are written.

use super::chunks::code_span;
use super::escape::{self, Care, Place};
use super::spelling::certain;
use super::tags::value;
use crate::domain::html::{Nature, Piece, PieceKind};

/// Elements nest no deeper in words; the walk over them goes as deep.
const DEEPEST: usize = 24;

/// The pieces of a block, read one by one.
pub(super) struct Inline<'html> {
    pieces: Vec<Piece<'html>>,
    at: usize,
}

impl<'html> Inline<'html> {
    pub(super) fn new(pieces: Vec<Piece<'html>>) -> Self {
        Self { pieces, at: 0 }
    }

    /// The next piece, which stays.
    pub(super) fn peek(&self) -> Option<Piece<'html>> {
        self.pieces.get(self.at).copied()
    }

    /// The next piece.
    pub(super) fn next(&mut self) -> Option<Piece<'html>> {
        let piece = self.peek()?;
        self.at += 1;
        Some(piece)
    }

    /// Whether nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.at == self.pieces.len()
    }

    /// Passes the end tag called `name`, which must come next.
    pub(super) fn close(&mut self, name: &str) -> Option<&'html str> {
        let piece = self.next()?;
        matches!(piece.kind, PieceKind::End { name: found } if found.eq_ignore_ascii_case(name))
            .then_some(piece.source)
    }

    /// Writes everything up to the next end tag or block.
    pub(super) fn run(&mut self, out: &mut String, place: Place, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        while let Some(piece) = self.peek() {
            match piece.kind {
                PieceKind::End { .. } | PieceKind::Start { nature: Nature::Block, .. } => return Some(()),
                PieceKind::Start { nature: Nature::Opaque, .. } | PieceKind::Other => return None,
                PieceKind::Text => {
                    self.at += 1;
                    escape::push(&certain(piece.source)?, place, out);
                }
                PieceKind::Start { name, attributes, nature } => {
                    self.at += 1;
                    let element = Element { name, attributes, tag: piece.source };
                    if nature == Nature::Void {
                        self.void(element, out, place)?;
                    } else {
                        self.element(element, out, place, depth)?;
                    }
                }
            }
        }
        Some(())
    }

    fn void(&self, element: Element<'html>, out: &mut String, place: Place) -> Option<()> {
        let name = element.name.to_ascii_lowercase();
        let follows = self.peek().is_some_and(|piece| match piece.kind {
            PieceKind::Text => true,
            PieceKind::Start { nature, .. } => nature != Nature::Block,
            PieceKind::End { .. } | PieceKind::Other => false,
        });
        let plain = element.attributes.trim_matches(|mark: char| mark == '/' || mark == ' ').is_empty();
        if name == "img" {
            picture(element.tag, out, place)?;
        } else if name == "br" && plain && follows && place.care == Care::Light && !out.is_empty() {
            out.push_str("\\\n");
        } else {
            out.push_str(element.tag);
        }
        Some(())
    }

    fn element(
        &mut self,
        element: Element<'html>,
        out: &mut String,
        place: Place,
        depth: usize,
    ) -> Option<()> {
        let start = out.len();
        match &*element.name.to_ascii_lowercase() {
            "a" if value(element.tag, "href").is_some() => {
                if is_button(element.tag) {
                    return None;
                }
                let address = value(element.tag, "href").unwrap_or_default();
                escape::open_bracket(out);
                self.run(out, Place { bracketed: true, ..place }, depth + 1)?;
                self.close(element.name)?;
                out.push_str("](");
                destination(&address, out)?;
                out.push(')');
                return Some(());
            }
            "code" if element.attributes.is_empty() && self.code(out, place) => return Some(()),
            _ => {}
        }
        self.run(out, place, depth + 1)?;
        let end = self.close(element.name)?;
        let mark = self.mark(element, &out[..start], &out[start..], place);
        out.insert_str(start, mark.unwrap_or(element.tag));
        out.push_str(mark.unwrap_or(end));
        Some(())
    }

    /// The marks that may stand around words here, if any.
    fn mark(&self, element: Element<'_>, before: &str, words: &str, place: Place) -> Option<&'static str> {
        if place.care == Care::Heavy || !element.attributes.is_empty() {
            return None;
        }
        let (before, next) = (before.chars().next_back(), self.next_character());
        let (first, last) = (words.chars().next()?, words.chars().next_back()?);
        let opens = !first.is_whitespace() && (first.is_alphanumeric() || parts(before));
        let closes = !last.is_whitespace() && (last.is_alphanumeric() || parts(next));
        if !opens || !closes {
            return None;
        }
        let apart = |side: Option<char>| side.is_none_or(|side| !side.is_alphanumeric() && side != '_');
        match &*element.name.to_ascii_lowercase() {
            "b" | "strong" => (before != Some('*') && first != '*' && last != '*').then_some("**"),
            "i" | "em" if apart(before) && apart(next) && first != '_' && last != '_' => Some("_"),
            "i" | "em" => (before != Some('*') && first != '*' && last != '*').then_some("*"),
            _ => None,
        }
    }

    /// What stands behind the element just closed; none at the end.
    fn next_character(&self) -> Option<char> {
        let piece = self.peek()?;
        match piece.kind {
            PieceKind::Text => piece.source.chars().next(),
            PieceKind::Start { nature: Nature::Block, .. } => None,
            PieceKind::Start { name, .. } if name.eq_ignore_ascii_case("br") => Some('\n'),
            PieceKind::Start { .. } | PieceKind::End { .. } | PieceKind::Other => Some('<'),
        }
    }

    /// Code between grave accents, where nothing but text stands in it.
    fn code(&mut self, out: &mut String, place: Place) -> bool {
        let (Some(text), Some(end)) = (self.pieces.get(self.at), self.pieces.get(self.at + 1)) else {
            return false;
        };
        let ends = matches!(end.kind, PieceKind::End { name } if name.eq_ignore_ascii_case("code"));
        let words = certain(text.source).unwrap_or_default();
        let kept = !words.is_empty() && !words.contains(|character: char| character.is_control());
        if text.kind != PieceKind::Text || !ends || !kept || place.care == Care::Heavy {
            return false;
        }
        out.push_str(&code_span(&words));
        self.at += 2;
        true
    }
}

/// A start tag within words.
#[derive(Clone, Copy)]
struct Element<'html> {
    name: &'html str,
    attributes: &'html str,
    tag: &'html str,
}

/// Whether a mark may open behind, or close before, this character although the words begin or end with a mark.
fn parts(side: Option<char>) -> bool {
    side.is_none_or(|side| !side.is_alphanumeric())
}

/// Whether a link is drawn as a button or a file: then its look matters, and stays in sight.
fn is_button(tag: &str) -> bool {
    value(tag, "class").is_some_and(|class| class.contains("h2b-"))
}

fn picture(tag: &str, out: &mut String, place: Place) -> Option<()> {
    let alternative = value(tag, "alt").unwrap_or_default();
    if alternative.contains(['\n', '\r']) {
        return None;
    }
    out.push_str("![");
    let mut words = String::from("[");
    escape::push(&alternative, Place { bracketed: true, ..place }, &mut words);
    out.push_str(&words[1..]);
    out.push_str("](");
    destination(&value(tag, "src").unwrap_or_default(), out)?;
    out.push(')');
    Some(())
}

/// An address as it stands in the brackets of a link.
fn destination(address: &str, out: &mut String) -> Option<()> {
    if address.contains(|character: char| character.is_control()) {
        return None;
    }
    let plain = !address.is_empty() && !address.contains([' ', '<', '>', '(', ')', '\\', '\u{A0}']);
    let mut written = String::with_capacity(address.len());
    for (at, character) in address.char_indices() {
        let refers = character == '&' && escape::is_reference(&address[at + 1..]);
        if matches!(character, '<' | '>' | '\\') || refers {
            written.push('\\');
        }
        written.push(character);
    }
    let (before, after) = if plain { ("", "") } else { ("<", ">") };
    out.push_str(&[before, &written, after].concat());
    Some(())
}
