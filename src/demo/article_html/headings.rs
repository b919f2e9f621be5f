//! Headings: each gets an id, and levels are renumbered so that the shallowest is `h1`.
//!
//! Stored headings all have ids. A body in which every heading has one has been stored before and keeps its levels.

use std::fmt::Write as _;

use super::replace::Token;
use super::scan::{Piece, pieces};

/// The deepest level the editor offers.
const DEEPEST: u8 = 4;

/// Joins the tokens with renumbered headings.
pub(super) fn renumbered(tokens: Vec<Token<'_>>) -> String {
    let fresh = tokens.iter().any(is_fresh);
    let shallowest = tokens.iter().filter_map(opened_level).min().filter(|_| fresh).unwrap_or(1);
    let mut html = String::new();
    let mut ordinal = 0;
    for token in tokens {
        match token {
            Token::Text(text) => html.push_str(&text),
            Token::Open(name, raw) => match level(name) {
                Some(level) => {
                    ordinal += 1;
                    push_heading(&mut html, &raw, shifted(level, shallowest), ordinal);
                }
                None => html.push_str(&raw),
            },
            Token::Close(name, raw) => match level(&name) {
                Some(level) => {
                    // Writing into a String cannot fail.
                    let _ = write!(html, "</h{}>", shifted(level, shallowest));
                }
                None => html.push_str(&raw),
            },
        }
    }
    html
}

/// Whether this opens a heading that has no id yet.
fn is_fresh(token: &Token<'_>) -> bool {
    match token {
        Token::Open(name, raw) => level(name).is_some() && !is_identified(raw),
        Token::Text(_) | Token::Close(..) => false,
    }
}

fn is_identified(raw: &str) -> bool {
    match pieces(raw).first() {
        Some(Piece::Open(tag)) => tag.attribute("id").is_some_and(|id| !id.is_empty()),
        _ => false,
    }
}

fn opened_level(token: &Token<'_>) -> Option<u8> {
    match token {
        Token::Open(name, _) => level(name),
        Token::Text(_) | Token::Close(..) => None,
    }
}

fn level(name: &str) -> Option<u8> {
    let digit = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&digit).then_some(digit)
}

fn shifted(level: u8, shallowest: u8) -> u8 {
    (level + 1).saturating_sub(shallowest).clamp(1, DEEPEST)
}

fn push_heading(html: &mut String, raw: &str, level: u8, ordinal: u64) {
    let Some(Piece::Open(tag)) = pieces(raw).first().copied() else {
        return;
    };
    let written = if is_identified(raw) {
        write!(html, "<h{level}{}>", tag.rest())
    } else {
        let id = heading_id(html, ordinal);
        write!(html, "<h{level} id=\"h_{id:010x}\"{}>", tag.rest())
    };
    debug_assert!(written.is_ok(), "writing into a String cannot fail");
}

/// Ten hexadecimal digits that depend on what stands before the heading: stable, and different within a body.
fn heading_id(before: &str, ordinal: u64) -> u64 {
    let seed = before.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (seed ^ ordinal.wrapping_mul(0x9e37_79b9_7f4a_7c15)) & 0xff_ffff_ffff
}
