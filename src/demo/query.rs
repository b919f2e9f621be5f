//! The query string of the `search` tool: object type, filters, free text and paging in one line.

use std::fmt::Write as _;

use super::fields::Subject;
use super::filter::{Filter, Operator, Query};
use super::paging::{DEFAULT_PAGE, MOST_PER_PAGE};
use super::refusal::Refusal;

/// A parsed query string.
#[derive(Debug)]
pub(crate) struct Line {
    /// What is asked for.
    pub(crate) query: Query,
    /// Page size.
    pub(crate) limit: usize,
    /// The cursor.
    pub(crate) starting_after: Option<String>,
    /// The query without its cursor, the same for every page.
    pub(crate) without_cursor: String,
}

/// A token: a name, maybe an operator's word, and a value.
#[derive(Debug, PartialEq, Eq)]
struct Token {
    name: String,
    operator: Option<String>,
    value: String,
}

/// Parses a query string.
///
/// # Errors
/// One plain sentence that names the token.
pub(crate) fn parse(text: &str) -> Result<Line, Refusal> {
    let tokens = tokens(text)?;
    let subject = subject(&tokens)?;
    let mut line = Line {
        query: Query { subject, filters: Vec::new(), words: String::new() },
        limit: DEFAULT_PAGE,
        starting_after: None,
        without_cursor: String::new(),
    };
    for token in &tokens {
        take(&mut line, token)?;
    }
    line.query = line.query.checked()?;
    Ok(line)
}

fn subject(tokens: &[Token]) -> Result<Subject, Refusal> {
    let mut named = tokens.iter().filter(|token| token.name == "object_type");
    let Some(token) = named.next() else {
        return Err(Refusal::sentence(
            "Query must include object_type:conversations or object_type:contacts",
        ));
    };
    if named.next().is_some() {
        return Err(Refusal::sentence("Query must include object_type only once"));
    }
    match token.value.as_str() {
        "conversations" => Ok(Subject::Conversations),
        "contacts" => Ok(Subject::Contacts),
        other => Err(Refusal::sentence(format!(
            "Unsupported object_type '{other}': use object_type:conversations or object_type:contacts"
        ))),
    }
}

fn take(line: &mut Line, token: &Token) -> Result<(), Refusal> {
    if token.name == "starting_after" {
        line.starting_after = Some(token.value.clone());
        return Ok(());
    }
    // Writing into a String cannot fail.
    let _ = write!(line.without_cursor, "{token:?}");
    match token.name.as_str() {
        "object_type" => {}
        "q" => {
            line.query.words.push(' ');
            line.query.words.push_str(&token.value.to_lowercase());
        }
        "limit" => line.limit = limit(&token.value)?,
        name => {
            let word = token.operator.as_deref().unwrap_or("eq");
            let Some(operator) = Operator::named(word) else {
                return Err(Refusal::sentence(format!(
                    "Unknown operator '{word}' for field '{name}': use eq, neq, gt, lt, gte, lte, contains or in"
                )));
            };
            line.query.filters.push(Filter::new(line.query.subject, name, operator, word, &token.value)?);
        }
    }
    Ok(())
}

fn limit(value: &str) -> Result<usize, Refusal> {
    value.parse().ok().filter(|limit| (1..=MOST_PER_PAGE).contains(limit)).ok_or_else(|| {
        Refusal::sentence(format!("Invalid limit '{value}': use a number from 1 to {MOST_PER_PAGE}"))
    })
}

fn tokens(text: &str) -> Result<Vec<Token>, Refusal> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (token, after) = token(rest)?;
        tokens.push(token);
        rest = after.trim_start();
    }
    Ok(tokens)
}

fn token(rest: &str) -> Result<(Token, &str), Refusal> {
    let word_end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let Some(colon) = rest.find(':').filter(|&colon| colon > 0 && colon < word_end) else {
        let word = rest.get(..word_end).unwrap_or(rest);
        return Err(Refusal::sentence(format!(
            "Unexpected '{word}' in query: use field:value, field:operator:value or q:\"words\""
        )));
    };
    let (name, after) = rest.split_at(colon);
    let after = after.get(1..).unwrap_or("");
    let (operator, after) = operator(name, after);
    let (value, after) = value(name, after)?;
    Ok((Token { name: name.to_owned(), operator, value }, after))
}

/// The word before a second colon. `q`, cursors and addresses such as `https://…` have none.
fn operator<'a>(name: &str, after: &'a str) -> (Option<String>, &'a str) {
    let end = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
    let special = matches!(name, "q" | "limit" | "starting_after" | "object_type");
    match after.get(end..).and_then(|rest| rest.strip_prefix(':')) {
        Some(rest) if end > 0 && !special && !rest.starts_with("//") => {
            (after.get(..end).map(str::to_owned), rest)
        }
        _ => (None, after),
    }
}

fn value<'a>(name: &str, after: &'a str) -> Result<(String, &'a str), Refusal> {
    let Some(quoted) = after.strip_prefix('"') else {
        let (value, rest) = after.split_at(after.find(char::is_whitespace).unwrap_or(after.len()));
        if value.is_empty() {
            return Err(Refusal::sentence(format!("Missing value for '{name}'")));
        }
        return Ok((value.to_owned(), rest));
    };
    let mut value = String::new();
    let mut escaped = false;
    for (index, character) in quoted.char_indices() {
        match character {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return Ok((value, quoted.get(index + 1..).unwrap_or(""))),
            _ => {
                if escaped && !matches!(character, '"' | '\\') {
                    value.push('\\');
                }
                escaped = false;
                value.push(character);
            }
        }
    }
    Err(Refusal::sentence(format!("Unclosed quote in the value of '{name}'")))
}

#[cfg(test)]
mod tests;
