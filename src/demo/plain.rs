//! Plain text out of HTML, only as far as searching and result snippets need it.

use super::article_html::scan::{Piece, pieces};

/// The words of an HTML text: tags become spaces, the common entities are decoded, white space is collapsed.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for piece in pieces(html) {
        match piece {
            Piece::Text(words) => text.push_str(words),
            Piece::Open(tag) => push_gap(&mut text, tag.name()),
            Piece::Close { name, .. } => push_gap(&mut text, &name.to_ascii_lowercase()),
            Piece::Aside(_) => {}
        }
    }
    let decoded = decode(&text);
    decoded.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn push_gap(text: &mut String, name: &str) {
    if !matches!(name, "b" | "i" | "em" | "strong" | "a" | "code" | "u" | "span") {
        text.push(' ');
    }
}

fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    // The ampersand comes last, so that `&amp;lt;` stays the text `&lt;`.
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

/// The first `limit` characters, with an ellipsis when something was cut.
pub(crate) fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
    }
}

/// Whether every word of `wanted` occurs somewhere in `text`. Both must be lower case already.
pub(crate) fn holds_all(text: &str, wanted: &str) -> bool {
    wanted.split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_separate_words_but_emphasis_does_not() {
        assert_eq!(plain("<p>One<br>two</p><p>th<b>r</b>ee &amp;lt; 4</p>"), "One two three &lt; 4");
    }

    #[test]
    fn shorten_cuts_at_characters() {
        assert_eq!(shorten("blåbær", 3), "blå…");
        assert_eq!(shorten("blå", 3), "blå");
    }
}
