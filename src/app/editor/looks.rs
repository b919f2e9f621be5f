//! How lines of Markdown look: which are headings, fences and fenced HTML, and where their signs are. For the rows in view
//! only; a fence that opens further above than is looked back loses its look, nothing else.

use std::ops::Range;

use super::lines::Lines;
use crate::domain::markdown::opens_html;

/// How many lines above the view are looked at.
const ABOVE: usize = 500;
/// Signs within a longer line, in bytes, are not looked for.
const LONG: usize = 4_000;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Running text.
    Text,
    /// A heading.
    Heading,
    /// The first or last line of a fenced block.
    Fence,
    /// A line of fenced code.
    Code,
    /// A line of HTML.
    Html,
}

/// The backticks that begin a fence, and the word behind them.
fn fence(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches(' ');
    let word = rest.trim_start_matches('`');
    let ticks = rest.len() - word.len();
    (ticks >= 3 && !word.contains('`')).then(|| (ticks, word.trim()))
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    matches!(line.len() - rest.len(), 1..=6) && (rest.is_empty() || rest.starts_with(' '))
}

/// What the lines of a range are.
pub(super) fn of(lines: &Lines, wanted: Range<usize>) -> Vec<Look> {
    let from = wanted.start.saturating_sub(ABOVE);
    let mut open: Option<(usize, Look)> = None;
    let mut looks = Vec::with_capacity(wanted.len());
    for (at, line) in (from..).zip(lines.range(from..wanted.end)) {
        let look = match (open, fence(line)) {
            (Some((ticks, _)), Some((closing, ""))) if closing >= ticks => {
                open = None;
                Look::Fence
            }
            (Some((_, inside)), _) => inside,
            (None, Some((ticks, _))) => {
                open = Some((ticks, if opens_html(line) { Look::Html } else { Look::Code }));
                Look::Fence
            }
            (None, None) if is_heading(line) => Look::Heading,
            (None, None) => Look::Text,
        };
        if at >= wanted.start {
            looks.push(look);
        }
    }
    looks
}

/// The bytes of the signs that open a line: marks of headings, quotes and items, with their blanks.
pub(super) fn opening(line: &str) -> usize {
    let mut rest = line;
    loop {
        let inside = rest.trim_start_matches(' ');
        let marked = inside.trim_start_matches(|c: char| c.is_ascii_digit());
        let counted = marked.len() < inside.len() && marked.starts_with(['.', ')']);
        let after = if counted { &marked[1..] } else { inside.trim_start_matches(['#', '>', '-', '*', '+']) };
        if after.len() == inside.len() || !after.starts_with(' ') {
            return line.len() - inside.len();
        }
        rest = after;
    }
}

/// The first line that has words of the text: not blank, no fence.
pub(super) fn first_words(lines: &Lines) -> usize {
    let has_words = |line: &str| !line.trim().is_empty() && fence(line).is_none();
    lines.iter().take(ABOVE).position(has_words).unwrap_or(0)
}

impl Look {
    /// Where the signs of a line are that stands for such a look.
    pub(super) fn signs(self, line: &str) -> Vec<Range<usize>> {
        match self {
            Self::Html | Self::Code => Vec::new(),
            Self::Fence => std::iter::once(0..line.len()).collect(),
            Self::Text | Self::Heading if line.len() > LONG => Vec::new(),
            Self::Text | Self::Heading => signs(line),
        }
    }
}

fn is_inside_word(line: &str, at: usize) -> bool {
    let before = line[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    before && line[at + 1..].chars().next().is_some_and(char::is_alphanumeric)
}

/// The signs of a line of text: what opens it, stars, underscores, backticks, backslashes, and the addresses of links.
fn signs(line: &str) -> Vec<Range<usize>> {
    let opening = opening(line);
    let mut signs = Vec::new();
    signs.push(0..opening);
    let mut skip = opening;
    for (at, sign) in line.char_indices().skip_while(|(at, _)| *at < opening) {
        if at < skip {
            continue;
        }
        match sign {
            '_' if is_inside_word(line, at) => {}
            '*' | '_' | '`' | '\\' | '[' => signs.push(at..at + 1),
            ']' if line[at..].starts_with("](") => {
                let end = line[at..].find(')').map_or(line.len(), |end| at + end + 1);
                signs.push(at..end);
                skip = end;
            }
            _ => {}
        }
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Lines {
        Lines::of(text.split('\n').map(str::to_owned).collect())
    }

    #[test]
    fn fences_know_what_they_hold() {
        let text = lines("# A\n```html\n<p>\n```\ntext\n````\n```\n````\n#no");
        let [text_, heading, fence, code, html] =
            [Look::Text, Look::Heading, Look::Fence, Look::Code, Look::Html];
        let all = [heading, fence, html, fence, text_, fence, code, fence, text_];
        assert_eq!(of(&text, 0..9), all);
        assert_eq!(of(&text, 6..40), all[6..]);
    }

    #[test]
    fn signs_are_found() {
        for (line, marked) in [
            ("## A *b*", "## ,*,*"),
            ("1. > - x [y](z) w", "1. > - ,[,](z)"),
            ("a-b 1.5 # c", ""),
            ("**b** `c`", "*,*,*,*,`,`"),
            ("_a_ b_c", "_,_"),
            ("[x](never", "[,](never"),
        ] {
            let found: Vec<&str> =
                signs(line).into_iter().filter(|range| !range.is_empty()).map(|range| &line[range]).collect();
            assert_eq!(found.join(","), marked, "{line}");
        }
    }

    #[test]
    fn the_first_words_are_no_fence() {
        assert_eq!(first_words(&lines("\n```html\n<p>x</p>")), 2);
        assert_eq!(first_words(&lines("")), 0);
    }
}
