//! Which piece of what is typed is what, for colouring it while it is typed. Never fails; refuses to judge the whole.

use std::ops::Range;

use super::fields::is_foreign;
use super::lex::{Word, unquoted, words};
use super::parse::list;
use super::{Field, parse};

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// The name of a field, with its colon.
    Field,
    /// A name that is no known field, with its colon; the server may know it.
    Unknown,
    /// An operator: a sign, or a word with its colon.
    Operator,
    /// What a field is compared with.
    Value,
    /// A value that nobody knows of a field whose values are known. It is sent as it is.
    Odd,
    /// Free text.
    Words,
    /// Cannot be read.
    Wrong,
}

/// A piece of what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes.
    pub at: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// The pieces of a text in their order; blanks between them belong to none. Every word is judged by itself; one that has not
/// got its value yet is not wrong.
pub fn tokens(text: &str) -> Vec<Token> {
    words(text).iter().flat_map(|word| pieces(text, word)).collect()
}

fn pieces(text: &str, word: &Word) -> Vec<Token> {
    let name = word.name.clone().map(|at| text[at].to_ascii_lowercase());
    let Some(name) = name else {
        let reads = parse(&text[word.at.clone()]).is_ok();
        let kind = if reads { TokenKind::Words } else { TokenKind::Wrong };
        return vec![Token { at: word.at.clone(), kind }];
    };
    let sign = word.sign.as_ref();
    let (begin, end) = (word.at.start, word.value.start);
    let named = sign.map_or(end, |sign| sign.at.start);
    let mut found = vec![Token { at: begin..named, kind: kind_of(&name) }];
    if let Some(sign) = sign {
        let kind = if sign.read.is_some() { TokenKind::Operator } else { TokenKind::Wrong };
        found.push(Token { at: named..end, kind });
    }
    if !word.value.is_empty() {
        found.push(Token { at: word.value.clone(), kind: value_kind(text, word, &name) });
    }
    found
}

fn kind_of(name: &str) -> TokenKind {
    match name {
        "q" | "object_type" => TokenKind::Field,
        "limit" | "starting_after" => TokenKind::Wrong,
        name if Field::named(name).is_some() => TokenKind::Field,
        name if is_foreign(name) => TokenKind::Unknown,
        _ => TokenKind::Wrong,
    }
}

fn value_kind(text: &str, word: &Word, name: &str) -> TokenKind {
    if parse(&text[word.at.clone()]).is_err() {
        return TokenKind::Wrong;
    }
    if name == "q" {
        return TokenKind::Words;
    }
    let value = unquoted(&text[word.value.clone()]);
    let known = |field: &Field| list(&value).all(|one| field.knows(one));
    if Field::named(name).is_none_or(known) { TokenKind::Value } else { TokenKind::Odd }
}
