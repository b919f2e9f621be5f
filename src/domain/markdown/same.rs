//! When two sources of a block count as equal, and when markup keeps to itself.
//!
//! Equal besides equal bytes, and nothing else:
//! - `<b>` and `<strong>`, `<i>` and `<em>`;
//! - a character and any reference to it (`&nbsp;`, U+00A0, `&#39;`), in words and in attributes;
//! - quotation marks around an attribute's value, blanks between attributes, letter case of names;
//! - `<br>` and `<br/>`.

use super::tags::all;
use crate::domain::html::{Nature, PieceKind, decoded, pieces};

/// Elements open at once in markup that is taken as markup.
const DEEPEST: usize = 64;

/// A piece as it counts.
#[derive(Debug, PartialEq, Eq)]
enum Counted {
    Words(String),
    Start(String, Vec<(String, String)>),
    End(String),
    Other(String),
}

/// Whether two sources are equal.
pub(super) fn same(one: &str, other: &str) -> bool {
    one == other || counted(one) == counted(other)
}

fn counted(html: &str) -> Vec<Counted> {
    let mut all_counted = Vec::new();
    for piece in pieces(html) {
        let counted = match piece.kind {
            PieceKind::Text => {
                let words = decoded(piece.source);
                if let Some(Counted::Words(before)) = all_counted.last_mut() {
                    before.push_str(&words);
                    continue;
                }
                Counted::Words(words.into_owned())
            }
            PieceKind::Start { name, nature, .. } if nature != Nature::Opaque => {
                Counted::Start(usual(name), all(piece.source))
            }
            PieceKind::End { name } => Counted::End(usual(name)),
            PieceKind::Start { .. } | PieceKind::Other => Counted::Other(piece.source.to_owned()),
        };
        all_counted.push(counted);
    }
    all_counted
}

fn usual(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    match &*name {
        "strong" => "b".to_owned(),
        "em" => "i".to_owned(),
        _ => name,
    }
}

/// Whether everything that `html` opens it closes, in order: then it cannot swallow what stands behind it.
pub(super) fn is_closed(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    for piece in pieces(html) {
        match piece.kind {
            PieceKind::Start { name, nature: Nature::Block | Nature::Inline, .. } => {
                if !is_rule(name) {
                    open.push(name);
                }
                if open.len() > DEEPEST {
                    return false;
                }
            }
            PieceKind::Start { name, nature: Nature::Opaque, .. } if !ends_itself(name, piece.source) => {
                open.push(name)
            }
            PieceKind::End { name } => {
                if !open.pop().is_some_and(|opened| opened.eq_ignore_ascii_case(name)) {
                    return false;
                }
            }
            PieceKind::Text if opens_something(piece.source) => return false,
            PieceKind::Start { .. } | PieceKind::Text | PieceKind::Other => {}
        }
    }
    open.is_empty()
}

fn is_rule(name: &str) -> bool {
    name.eq_ignore_ascii_case("hr")
}

/// Whether an element whose content is no markup was read with its end tag. Films and sounds end by a tag of their own.
fn ends_itself(name: &str, source: &str) -> bool {
    let end = format!("</{}", name.to_ascii_lowercase());
    source.to_ascii_lowercase().contains(&end)
}

/// Whether a text holds the beginning of a tag that never ends.
fn opens_something(text: &str) -> bool {
    let after = text.split('<').skip(1);
    after
        .into_iter()
        .any(|after| after.starts_with(|next: char| next.is_ascii_alphabetic() || "/!?".contains(next)))
}
