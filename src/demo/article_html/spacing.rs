//! White space between block tags: Intercom stores an empty paragraph for it.

use super::replace::Token;

const GAP: &str = "<p class=\"no-margin\"></p>";

/// Replaces white space between two block tags by an empty paragraph; drops it at the ends of the body and inside
/// lists and tables, where no paragraph can stand.
pub(super) fn paragraphs_for_gaps(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut spaced = Vec::with_capacity(tokens.len());
    let mut inside_code = 0_usize;
    let mut rest = tokens.into_iter().peekable();
    while let Some(token) = rest.next() {
        match &token {
            Token::Open("pre", _) => inside_code += 1,
            Token::Close(name, _) if name == "pre" => inside_code = inside_code.saturating_sub(1),
            Token::Text(text) if inside_code == 0 && text.trim().is_empty() => {
                if let Some(kept) = gap(spaced.last(), rest.peek(), token) {
                    spaced.push(kept);
                }
                continue;
            }
            Token::Text(_) | Token::Open(..) | Token::Close(..) => {}
        }
        spaced.push(token);
    }
    spaced
}

fn gap<'a>(before: Option<&Token<'a>>, after: Option<&Token<'a>>, space: Token<'a>) -> Option<Token<'a>> {
    match (before.map(is_block), after.map(is_block)) {
        (None | Some(true), None) | (None, Some(true)) => None,
        (Some(true), Some(true))
            if before.is_some_and(within_list) || after.is_some_and(ends_within_list) =>
        {
            None
        }
        (Some(true), Some(true)) => Some(Token::Text(GAP.to_owned())),
        _ => Some(space),
    }
}

fn is_block(token: &Token<'_>) -> bool {
    let name = match token {
        Token::Text(text) => return text == GAP,
        Token::Open(name, _) => name,
        Token::Close(name, _) => name.as_str(),
    };
    matches!(
        name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "table"
            | "thead"
            | "tbody"
            | "tr"
            | "td"
            | "th"
            | "div"
            | "pre"
            | "blockquote"
            | "hr"
            | "details"
            | "summary"
            | "iframe"
    )
}

fn within_list(before: &Token<'_>) -> bool {
    match before {
        Token::Open(name, _) => matches!(*name, "ul" | "ol" | "table" | "thead" | "tbody" | "tr"),
        Token::Close(name, _) => {
            matches!(name.as_str(), "li" | "thead" | "tbody" | "tr" | "td" | "th")
        }
        Token::Text(_) => false,
    }
}

fn ends_within_list(after: &Token<'_>) -> bool {
    match after {
        Token::Open(name, _) => matches!(*name, "li" | "thead" | "tbody" | "tr" | "td" | "th"),
        Token::Close(name, _) => matches!(name.as_str(), "ul" | "ol" | "table" | "thead" | "tbody" | "tr"),
        Token::Text(_) => false,
    }
}
