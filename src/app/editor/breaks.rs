//! Line breaks that are only for reading. Intercom keeps a body as one long line (intercom-mcp 7.1), which nobody can
//! edit; so each block is shown on a line of its own, and those breaks are taken out again when the text is read.
//!
//! The rule, as the editor's help line tells it: *line breaks between block tags are not sent, all others are*. In
//! detail, so that what nobody touched goes back byte for byte at any size: each break is known for what it is from its
//! beginning to its end, through every edit, undo and redo. Nothing is found out by comparing afterwards.
//! - A break that stood in the source is sent until it is deleted, and one of ours never is.
//! - A break typed or pasted next to one of the source is a break of that kind: who writes lines gets lines.
//! - Any other typed break is left out while it stands between two tags of blocks (`</p>` and `<p>`): Intercom would
//!   make an empty paragraph of it.
//!
//! A plain text, such as Markdown, knows no break between tags: all of its breaks are its own.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use super::lines::Lines;

/// A line longer than this, in bytes, is broken inside as well, for what is done with a line at each key.
const LONGEST: usize = 4_000;
/// So many bytes at the end of such a piece are searched for a blank or the end of a tag, to break it there.
const NEAR: usize = 1_000;
/// A line that grew longer than this, in bytes, is broken again; two lines that were broken can still be joined.
const TOO_LONG: usize = 8_200;
/// A character of more code points than these may be broken.
const LONG_CHARACTER: usize = 32;

const BLOCKS: [&str; 37] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "iframe",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tr",
    "ul",
];

/// What a line break is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// It stands in the source, or among lines of the source.
    Sent,
    /// It is only for reading.
    Ours,
    /// It was typed; the text around it says whether it is sent.
    Typed,
}

/// The breaks of a text: the one after each line, but for the last line.
#[derive(Clone, Debug, Default)]
pub(super) struct Breaks {
    after: Vec<Break>,
    /// Every break means something, as in Markdown.
    is_plain: bool,
}

fn is_block(name: &str) -> bool {
    let mut small = [0; 10];
    let Some(small) = small.get_mut(..name.len()) else { return false };
    small.copy_from_slice(name.as_bytes());
    small.make_ascii_lowercase();
    BLOCKS.binary_search_by(|block| block.as_bytes().cmp(small)).is_ok()
}

/// The name of the tag that `text` begins with, and whether it closes.
fn first_tag(text: &str) -> Option<(&str, bool)> {
    let inside = text.strip_prefix('<')?;
    let (inside, closes) = inside.strip_prefix('/').map_or((inside, false), |rest| (rest, true));
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
    (end > 0).then(|| (&inside[..end], closes))
}

/// The tag that `text` ends with.
fn last_tag(text: &str) -> Option<(&str, bool)> {
    let start = text.ends_with('>').then(|| text.rfind('<'))??;
    first_tag(&text[start..])
}

/// Whether a break between these two lines means nothing to a reader of HTML.
fn between_blocks(left: &str, right: &str) -> bool {
    let block = |tag: Option<(&str, bool)>| tag.is_some_and(|(name, _)| is_block(name));
    block(last_tag(left.trim_end())) && block(first_tag(right.trim_start()))
}

/// Whether a source is broken at `at`: after the end of a block and before the beginning of one.
fn breaks_at(source: &str, at: usize) -> bool {
    // What is quick to see comes first: a long text is asked this at each of its tags.
    let Some((begins, false)) = first_tag(&source[at..]) else { return false };
    let Some((ended, closes)) = last_tag(&source[..at]) else { return false };
    (closes || ended == "hr") && is_block(ended) && is_block(begins)
}

/// Where a piece without breaks is broken, in bytes from its start; where it `is_plain`, only because it is too long.
fn cuts(piece: &str, is_plain: bool) -> Vec<usize> {
    let tags = piece.match_indices("><").map(|(at, _)| at + 1);
    let tags = tags.filter(|&at| !is_plain && breaks_at(piece, at));
    let mut cuts: Vec<usize> = Vec::new();
    for cut in tags.chain([piece.len()]) {
        let mut start = cuts.last().copied().unwrap_or(0);
        while cut - start > LONGEST {
            start = fit_place(piece, start + LONGEST);
            cuts.push(start);
        }
        cuts.push(cut);
    }
    cuts.pop();
    cuts
}

/// The last place at or a little before `most` where a line may be broken: after a blank or a tag, or else between two
/// characters.
fn fit_place(piece: &str, most: usize) -> usize {
    let most = boundary(piece, most);
    let near = boundary(piece, most.saturating_sub(NEAR));
    piece[near..most].rfind([' ', '>']).map_or_else(|| between_characters(piece, most), |at| near + at + 1)
}

/// The last byte at or before `most` at which something begins that is seen as one character. Looks at a little of the piece
/// only, so it may take the middle of a very long character for its end.
fn between_characters(piece: &str, most: usize) -> usize {
    let near = boundary(piece, most.saturating_sub(NEAR));
    let after = boundary(piece, piece.len().min(most + NEAR));
    let places = (near + 1..=most).rev().filter(|&at| piece.is_char_boundary(at)).take(LONG_CHARACTER);
    let is_one = |at: &usize| {
        GraphemeCursor::new(at - near, after - near, true).is_boundary(&piece[near..after], 0).unwrap_or(true)
    };
    places.into_iter().find(is_one).unwrap_or(most)
}

/// The last byte at or before `most` at which a code point begins.
fn boundary(piece: &str, most: usize) -> usize {
    (0..=most).rev().find(|&at| piece.is_char_boundary(at)).unwrap_or(0)
}

/// Where a line that grew too long is broken, in bytes; never at `cursor`, or Backspace there would do nothing for ever.
pub(super) fn cut_of(line: &str, cursor: Option<usize>) -> Option<usize> {
    if line.len() <= TOO_LONG {
        return None;
    }
    let cut = fit_place(line, LONGEST);
    Some(if Some(cut) == cursor { fit_place(line, cut - 1) } else { cut })
}

/// A text to insert and what its breaks are, with breaks of ours where lines of it are too long.
pub(super) fn shortened(text: &str, kinds: Vec<Break>) -> (Cow<'_, str>, Vec<Break>) {
    if text.len() <= LONGEST || text.split('\n').all(|line| line.len() <= LONGEST) {
        return (Cow::Borrowed(text), kinds);
    }
    let (mut short, mut breaks, mut kinds) =
        (String::with_capacity(text.len() + 64), Vec::new(), kinds.into_iter());
    for line in text.split_inclusive('\n') {
        let mut start = 0;
        for cut in cuts(line.trim_end_matches('\n'), true) {
            short.push_str(&line[start..cut]);
            short.push('\n');
            breaks.push(Break::Ours);
            start = cut;
        }
        short.push_str(&line[start..]);
        breaks.extend(line.ends_with('\n').then(|| kinds.next()).flatten());
    }
    (Cow::Owned(short), breaks)
}

impl Breaks {
    /// Breaks a source into the lines to show.
    pub(super) fn of(source: &str) -> (Self, Vec<String>) {
        Self::cut(source, false)
    }

    /// The lines of a text whose breaks are all its own; only one that is too long is broken.
    pub(super) fn plain(text: &str) -> (Self, Vec<String>) {
        Self::cut(text, true)
    }

    fn cut(source: &str, is_plain: bool) -> (Self, Vec<String>) {
        let (mut breaks, mut lines) = (Vec::new(), Vec::new());
        for (number, piece) in source.split('\n').enumerate() {
            if number > 0 {
                breaks.push(Break::Sent);
            }
            let mut start = 0;
            for cut in cuts(piece, is_plain) {
                lines.push(piece[start..cut].to_owned());
                breaks.push(Break::Ours);
                start = cut;
            }
            lines.push(piece[start..].to_owned());
        }
        (Self { after: breaks, is_plain }, lines)
    }

    /// What a break is that is typed into a line, at its very beginning, at its very end or between.
    pub(super) fn kind(&self, line: usize, at_start: bool, at_end: bool) -> Break {
        let is_sent = |at: Option<usize>| at.and_then(|at| self.after.get(at)) == Some(&Break::Sent);
        let among_lines = (at_end && is_sent(Some(line))) || (at_start && is_sent(line.checked_sub(1)));
        if among_lines || self.is_plain { Break::Sent } else { Break::Typed }
    }

    /// Whether every break means something.
    pub(super) fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// What the breaks after some lines are.
    pub(super) fn kinds(&self, lines: Range<usize>) -> &[Break] {
        let end = lines.end.min(self.after.len());
        &self.after[lines.start.min(end)..end]
    }

    /// Puts breaks in the place of the `old` ones from `line` on; gives those back.
    pub(super) fn replace(&mut self, line: usize, old: usize, new: &[Break]) -> Vec<Break> {
        let from = line.min(self.after.len());
        let to = (from + old).min(self.after.len());
        self.after.splice(from..to, new.iter().copied()).collect()
    }

    /// The source that lines stand for.
    pub(super) fn source(&self, lines: &Lines) -> String {
        let mut source = String::with_capacity(lines.bytes());
        let mut lines = lines.iter().enumerate().peekable();
        while let Some((at, line)) = lines.next() {
            source.push_str(line);
            if lines.peek().is_some_and(|(_, next)| self.is_sent_between(at, line, next)) {
                source.push('\n');
            }
        }
        source
    }

    /// The line that is shown where a line of the source begins, both from 0; only for a plain text.
    pub(super) fn line_of_source(&self, line: usize) -> usize {
        let sent = self.after.iter().enumerate().filter(|(_, kind)| **kind != Break::Ours);
        line.checked_sub(1)
            .map_or(0, |before| sent.map(|(at, _)| at + 1).nth(before).unwrap_or(self.after.len()))
    }

    fn is_sent_between(&self, at: usize, line: &str, next: &str) -> bool {
        match self.after.get(at) {
            Some(Break::Sent) => true,
            Some(Break::Ours) => false,
            Some(Break::Typed) | None => !between_blocks(line, next),
        }
    }

    /// Whether the break after a line is in the source; none is after the last one.
    pub(super) fn is_sent(&self, at: usize, lines: &Lines) -> bool {
        let pair = lines.get(at).zip(lines.get(at + 1));
        pair.is_some_and(|(line, next)| self.is_sent_between(at, line, next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_can_be_searched() {
        assert!(BLOCKS.is_sorted() && BLOCKS.iter().all(|name| is_block(name)));
        assert!(is_block("BlockQuote") && !is_block("blockquotes") && !is_block("b") && !is_block(""));
    }

    #[test]
    fn blocks_stand_on_lines_of_their_own() {
        let (breaks, lines) =
            Breaks::of("<h1>A</h1><p>b <b>c</b></p><ul><li>d</li><li>e</li></ul><hr><p>f</p>\n<p>g</p>tail");
        let shown = [
            "<h1>A</h1>",
            "<p>b <b>c</b></p>",
            "<ul><li>d</li>",
            "<li>e</li></ul>",
            "<hr>",
            "<p>f</p>",
            "<p>g</p>tail",
        ];
        assert_eq!(lines, shown);
        let [ours, sent] = [Break::Ours, Break::Sent];
        assert_eq!(breaks.after, [ours, ours, ours, ours, ours, sent]);
    }

    #[test]
    fn long_lines_are_broken_and_come_back() {
        let source = format!("<p>{}</p>{}", "long words ".repeat(9_000), "船".repeat(40_000));
        let (breaks, lines) = Breaks::of(&source);
        assert!(lines.iter().all(|line| line.len() <= LONGEST));
        assert_eq!(breaks.source(&Lines::of(lines)), source);
    }

    #[test]
    fn a_line_that_grew_is_not_broken_at_the_cursor() {
        assert_eq!(cut_of(&"x".repeat(TOO_LONG), None), None);
        let long = "word ".repeat(20_000);
        assert_eq!(cut_of(&long, None), Some(LONGEST));
        assert_eq!(cut_of(&long, Some(LONGEST)), Some(LONGEST - 5));
        assert_eq!(cut_of(&"x".repeat(TOO_LONG + 1), Some(LONGEST)), Some(LONGEST - 1));
    }

    #[test]
    fn a_cut_leaves_something_on_both_sides() {
        let long = "x".repeat(TOO_LONG);
        for line in [format!(" {long}"), format!("船 {long}"), format!("  {long}"), "船".repeat(3_000)] {
            for cursor in (0..9).chain(LONGEST - 9..LONGEST + 9).chain([line.len()]) {
                let cut = cut_of(&line, Some(cursor)).unwrap();
                let fits = 0 < cut && cut < line.len() && cut != cursor && line.is_char_boundary(cut);
                assert!(fits, "{cut} at {cursor} of {:?}", &line[..6]);
            }
        }
    }

    #[test]
    fn a_long_line_is_cut_after_a_tag_or_a_blank_or_between_characters() {
        let marks = format!("x{}", "e\u{301}".repeat(3_000));
        for (line, end) in
            [("<div>".repeat(2_000), "<div>"), ("a b ".repeat(3_000), " "), (marks, "e\u{301}")]
        {
            let cut = cut_of(&line, None).unwrap();
            assert!(line[..cut].ends_with(end) && cut <= LONGEST && cut + NEAR > LONGEST, "{cut}");
        }
    }

    #[test]
    fn a_text_to_insert_is_shortened() {
        let long = "x".repeat(LONGEST + 1);
        let pasted = format!("a\n{long}\r\n\n{long}");
        let (text, breaks) = shortened(&pasted, vec![Break::Typed, Break::Sent, Break::Typed]);
        let rest = &long[1..];
        assert!(text == format!("a\n{rest}\nx\r\n\n{rest}\nx"));
        let [sent, ours, typed] = [Break::Sent, Break::Ours, Break::Typed];
        assert_eq!(breaks, [typed, ours, sent, typed, ours]);
        assert_eq!(shortened("a\n", vec![typed]), (Cow::Borrowed("a\n"), vec![typed]));
    }

    #[test]
    fn a_line_of_a_plain_source_is_found_behind_breaks_of_ours() {
        let (breaks, _) = Breaks::plain(&format!("{}\nb\nc", "word ".repeat(2_000)));
        let lines: Vec<usize> = (0..5).map(|line| breaks.line_of_source(line)).collect();
        assert_eq!(lines, [0, 3, 4, 4, 4]);
    }
}
