//! Words found in lines as they are laid out: where a line was broken makes no difference, bars and bullets are no words.
//! Upper and lower case are alike.

use std::ops::Range;

use super::line::{Joint, Line};

/// Words to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle(String);

/// Where words were found: bytes of one line's text, or of several where the words were broken.
pub type Found = Vec<(usize, Range<usize>)>;

/// A character as it is compared. Bytes stay where they are: a letter whose other case takes another number of them is
/// compared as it is.
fn folded(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) if one.len_utf8() == letter.len_utf8() => one,
        _ => letter,
    }
}

fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        let start = out.len();
        out.push_str(text);
        out[start..].make_ascii_lowercase();
    } else {
        out.extend(text.chars().map(folded));
    }
}

/// What a line looks like to a search.
#[derive(Clone, Debug)]
pub struct Searched {
    /// How it goes on from the line before.
    joint: Joint,
    /// Bytes at the left that are no words.
    margin: usize,
    text: String,
}

impl Searched {
    /// A line of its own.
    pub fn alone(text: &str) -> Self {
        Self { joint: Joint::Begins, margin: 0, text: text.to_owned() }
    }

    /// A line of rich text.
    pub fn of(line: &Line) -> Self {
        let text = line.text();
        Self { joint: line.joint, margin: line.margin.min(text.len()), text }
    }
}

impl Needle {
    /// The words as typed, runs of blanks as one; none where nothing but blanks was typed.
    pub fn of(words: &str) -> Option<Self> {
        let words: Vec<&str> = words.split_whitespace().collect();
        let mut needle = String::new();
        fold_into(&words.join(" "), &mut needle);
        (!needle.is_empty()).then_some(Self(needle))
    }

    /// Whether everything that holds this needle holds the other one too.
    pub fn narrows(&self, other: &Self) -> bool {
        self.0.contains(&other.0)
    }

    /// Where the words stand in these lines, in order; no two places share a letter.
    pub fn find(&self, lines: &[Searched]) -> Vec<Found> {
        let mut hay = String::new();
        let mut starts = Vec::with_capacity(lines.len());
        for line in lines {
            match line.joint {
                _ if starts.is_empty() => {}
                Joint::Begins => hay.push('\n'),
                Joint::Blank => hay.push(' '),
                Joint::Inside => {}
            }
            starts.push(hay.len());
            fold_into(line.text.get(line.margin..).unwrap_or_default(), &mut hay);
        }
        let places = hay.match_indices(self.0.as_str());
        places.map(|(from, words)| spread(from..from + words.len(), &starts, lines)).collect()
    }
}

/// A stretch of all lines' words as stretches of each line's text.
fn spread(place: Range<usize>, starts: &[usize], lines: &[Searched]) -> Found {
    let first = starts.partition_point(|start| *start <= place.start).saturating_sub(1);
    let mut found = Vec::with_capacity(1);
    for (at, (start, line)) in starts.iter().zip(lines).enumerate().skip(first) {
        if *start >= place.end {
            break;
        }
        let shift = |byte: usize| byte.saturating_sub(*start) + line.margin;
        let (from, to) = (shift(place.start), shift(place.end).min(line.text.len()));
        if from < to {
            found.push((at, from..to));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::html::parse;
    use crate::domain::rich::flow;

    fn found(html: &str, words: &str, width: u16) -> Vec<String> {
        let lines = flow(&parse(html), width, false);
        let searched: Vec<Searched> = lines.iter().map(Searched::of).collect();
        let places = Needle::of(words).unwrap().find(&searched);
        let text = |place: Found| {
            let parts = place.into_iter().map(|(line, at)| lines[line].text()[at].to_owned());
            parts.collect::<Vec<_>>().join("/")
        };
        places.into_iter().map(text).collect()
    }

    #[test]
    fn where_a_line_was_broken_makes_no_difference() {
        let html = "<ul><li>the second charge is still pending, the SECOND  charge</li></ul>";
        assert_eq!(found(html, "second charge", 80), ["second charge", "SECOND charge"]);
        assert_eq!(found(html, " Second  charge", 16), ["second/charge", "SECOND/charge"]);
        assert_eq!(found("<p>追跡番号も変わりません</p>", "番号も変わ", 8), ["番号/も変わ"]);
        assert_eq!(found("<blockquote>a<br>b</blockquote>", "a b", 20), [""; 0]);
        let address = "https://pay.example/invoices/2026-0419";
        assert_eq!(found(&format!("<p>{address}</p>"), "invoices", 24), ["invo/ices"]);
        assert_eq!(found("<p>GRÜSSE aus İstanbul, Straße</p>", "grüsse", 30), ["GRÜSSE"]);
    }

    #[test]
    fn nothing_is_searched_for_by_blanks() {
        assert_eq!(Needle::of(" \t "), None);
        assert!(Needle::of("abc").unwrap().narrows(&Needle::of("AB").unwrap()));
    }

    proptest! {
        #[test]
        fn as_many_places_at_every_width(words in "[ab ]{0,60}", needle in "[ab]{1,3}( [ab]{1,2})?", width in 1u16..40) {
            let html = format!("<p>{words}</p>");
            prop_assert_eq!(found(&html, &needle, width).len(), found(&html, &needle, 200).len());
        }
    }
}
