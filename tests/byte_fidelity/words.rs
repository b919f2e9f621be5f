//! The words that a person may change in a page's text: not those inside tags, addresses, references and macros.

use std::ops::Range;

use switchboard::domain::markdown::Page;

/// One chunk of a page's text.
pub(crate) struct Chunk {
    /// The number of its block.
    pub(crate) block: usize,
    /// Whether it shows the block's source.
    pub(crate) html: bool,
    /// Bytes of the page's text.
    pub(crate) words: Vec<Range<usize>>,
}

pub(crate) fn chunks(page: &Page) -> Vec<Chunk> {
    let starts: Vec<_> =
        std::iter::once(0).chain(page.text().match_indices('\n').map(|(at, _)| at + 1)).collect();
    let one = |block| {
        let lines = page.lines_of_block(block)?;
        let end = starts.get(lines.end).copied().unwrap_or(page.text().len() + 1) - 1;
        let text = &page.text()[starts[lines.start]..end];
        let fenced = text.starts_with("```");
        let html = text.lines().next().is_some_and(|line| line.starts_with("```") && line.ends_with("html"));
        let skipped = if fenced { text.find('\n')? } else { 0 };
        let at = starts[lines.start] + skipped;
        let words = words(&text[skipped..]).into_iter().map(|word| at + word.start..at + word.end).collect();
        Some(Chunk { block, html, words })
    };
    (0..).map_while(one).collect()
}

/// Runs of at least four small letters outside brackets.
fn words(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut start, mut closing) = (Vec::new(), None, None);
    let mut before = ' ';
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        if closing.is_none() && character.is_ascii_lowercase() {
            start = start.or(Some(at));
        } else if let Some(start) = start.take().filter(|start| at - start >= 4) {
            found.push(start..at);
        }
        match (closing, character) {
            (Some(mark), _) if mark == character => closing = None,
            (None, '<') => closing = Some('>'),
            (None, '(') if before == ']' => closing = Some(')'),
            (None, '&') => closing = Some(';'),
            (None, '{') => closing = Some('}'),
            _ => {}
        }
        before = character;
    }
    found
}
