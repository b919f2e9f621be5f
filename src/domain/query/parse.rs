//! Reading the search language: words, quotes, operators, and the special words that this program adds by itself.

use std::ops::Range;

use super::{Filter, Operator, Query, Wrong};

/// Longest query taken, in bytes; the search line cannot hold a book.
const LONGEST: usize = 4096;

/// Reads a query about conversations. Bare words are free text. `object_type:conversations` may be written and is
/// implied; `limit:` and `starting_after:` belong to paging and are refused, because the list pages by itself.
pub fn parse(source: &str) -> Result<Query, Wrong> {
    if source.len() > LONGEST {
        return Err(wrong(0..source.len(), "The query is longer than 4,096 bytes."));
    }
    let mut query = Query::default();
    let mut texts: Vec<String> = Vec::new();
    for at in words(source)? {
        take(&mut query, &mut texts, source, at)?;
    }
    texts.join(" ").trim().clone_into(&mut query.text);
    Ok(query)
}

fn wrong(at: Range<usize>, sentence: impl Into<String>) -> Wrong {
    Wrong { at, sentence: sentence.into() }
}

/// Splits at blanks outside quotes. An open quote is an error at the quote.
fn words(source: &str) -> Result<Vec<Range<usize>>, Wrong> {
    let mut found = Vec::new();
    let (mut start, mut quote) = (None, None);
    for (at, c) in source.char_indices() {
        match c {
            '"' if quote.is_some() => quote = None,
            '"' => {
                quote = Some(at);
                start.get_or_insert(at);
            }
            c if c.is_whitespace() && quote.is_none() => found.extend(start.take().map(|s| s..at)),
            _ => {
                start.get_or_insert(at);
            }
        }
    }
    if let Some(at) = quote {
        return Err(wrong(at..source.len(), "This quote is never closed; add a \" at the end."));
    }
    found.extend(start.map(|s| s..source.len()));
    Ok(found)
}

fn take(query: &mut Query, texts: &mut Vec<String>, source: &str, at: Range<usize>) -> Result<(), Wrong> {
    let word = &source[at.clone()];
    let colon = word.find(':').filter(|&i| is_field(&word[..i]));
    let Some(colon) = colon else {
        texts.push(word.replace('"', ""));
        return Ok(());
    };
    let (field, rest) = (word[..colon].to_ascii_lowercase(), &word[colon + 1..]);
    match field.as_str() {
        "q" => texts.push(rest.replace('"', "")),
        "object_type" => return object_type(rest, at),
        "limit" | "starting_after" => {
            return Err(wrong(
                at,
                format!("{field}: is not needed here; the list loads further pages by itself."),
            ));
        }
        _ => query.filters.push(filter(field, rest, at)?),
    }
    Ok(())
}

fn is_field(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
}

fn object_type(rest: &str, at: Range<usize>) -> Result<(), Wrong> {
    let kind = rest.trim_matches('"');
    if kind.eq_ignore_ascii_case("conversations") {
        return Ok(());
    }
    Err(wrong(at, "The Inbox searches conversations; leave object_type out."))
}

fn filter(field: String, rest: &str, at: Range<usize>) -> Result<Filter, Wrong> {
    let split = rest.split_once(':').and_then(|(word, value)| {
        let word = word.to_ascii_lowercase();
        let found = Operator::ALL.iter().find(|(_, known)| *known == word);
        found.map(|(operator, _)| (*operator, value))
    });
    let (operator, value) = split.unwrap_or((Operator::Equal, rest));
    let value = value.replace('"', "");
    if value.trim().is_empty() {
        return Err(wrong(at, format!("{field}: needs a value, as in {field}:{}.", example(&field))));
    }
    Ok(Filter { field, operator, value })
}

fn example(field: &str) -> &'static str {
    match super::plan::FIELDS.iter().find(|known| known.name == field).map(|known| known.shape) {
        Some(super::Shape::Comparison) if field.ends_with("_at") => "gt:2026-01-31",
        Some(super::Shape::Comparison) => "gt:3600",
        Some(super::Shape::Boolean) => "true",
        Some(super::Shape::Number) => "7001001",
        Some(super::Shape::Text | super::Shape::List) if field == "state" => "open",
        _ => "\"some words\"",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn printed(source: &str) -> String {
        parse(source).unwrap().to_string()
    }

    #[test]
    fn reads_the_documented_forms() {
        let table = [
            ("state:open", "state:open"),
            ("  state:open   priority:urgent ", "state:open priority:urgent"),
            ("source_body:contains:\"card declined\"", "source_body:contains:\"card declined\""),
            ("statistics_time_to_admin_reply:gt:3600", "statistics_time_to_admin_reply:gt:3600"),
            ("object_type:conversations state:eq:open", "state:open"),
            ("refund card", "q:\"refund card\""),
            ("q:\"charged twice\" state:closed", "state:closed q:\"charged twice\""),
            ("source_url:http://a.example/x", "source_url:\"http://a.example/x\""),
            ("船 遅れ", "q:\"船 遅れ\""),
            ("STATE:open", "state:open"),
            ("state:in:open,snoozed", "state:in:open,snoozed"),
            ("", ""),
        ];
        for (typed, normal) in table {
            assert_eq!(printed(typed), normal, "{typed}");
        }
    }

    #[test]
    fn points_at_the_word_that_is_wrong() {
        let table = [
            ("state:open q:\"no end", 13..20, "never closed"),
            ("state: x", 0..6, "state:open"),
            ("a limit:5", 2..9, "by itself"),
            ("object_type:contacts", 0..20, "conversations"),
        ];
        for (typed, at, says) in table {
            let wrong = parse(typed).unwrap_err();
            assert_eq!(wrong.at, at, "{typed}");
            assert!(wrong.sentence.contains(says), "{}", wrong.sentence);
        }
    }

    proptest! {
        #[test]
        fn printing_is_stable(source in "[a-z_:\" .@0-9é船-]{0,60}") {
            if let Ok(query) = parse(&source) {
                let once = query.to_string();
                prop_assert_eq!(&parse(&once).map(|q| q.to_string()), &Ok(once.clone()));
            }
        }

        #[test]
        fn nothing_typed_panics(source in "\\PC{0,80}") {
            let _ = parse(&source);
        }
    }
}
