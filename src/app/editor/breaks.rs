//! Line breaks that are only for reading. Intercom keeps a body as one long line (intercom-mcp 7.1), which nobody can
//! edit; so each block is shown on a line of its own, and those breaks are taken out again when the text is read.
//!
//! The rule, as the editor's help line tells it: *line breaks between block tags are not sent, all others are*. In
//! detail, so that what nobody touched goes back byte for byte:
//! - A break that stood in the source is sent as long as one of its two lines is still there unchanged; one of ours is
//!   not. Which is which is remembered per line, never guessed.
//! - A line edited in place keeps the break before and after it as they were.
//! - Between lines that are new, a break is left out if it stands between two tags of blocks (`</p>` and `<p>`):
//!   Intercom would make an empty paragraph of it.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A line longer than this, in bytes, is broken at any blank as well; the text area cannot jump beyond 65,535 characters.
const LONGEST: usize = 32_000;
/// Above this product of line counts the lines in the middle are judged as new, because comparing them would take long.
const MOST_WORK: usize = 4_000_000;

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

/// The text as it was opened: its lines as shown, and which breaks between them are ours.
#[derive(Clone, Debug, Default)]
pub(super) struct Breaks {
    lines: Vec<String>,
    /// Whether the break after a line is ours; one less than there are lines.
    ours: Vec<bool>,
}

fn is_block(name: &str) -> bool {
    BLOCKS.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
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
    let ends =
        last_tag(&source[..at]).is_some_and(|(name, closes)| is_block(name) && (closes || name == "hr"));
    ends && first_tag(&source[at..]).is_some_and(|(name, closes)| is_block(name) && !closes)
}

/// Where a piece without breaks is broken, in bytes from its start.
fn cuts(piece: &str) -> Vec<usize> {
    let tags = piece.match_indices("><").map(|(at, _)| at + 1).filter(|&at| breaks_at(piece, at));
    let mut cuts: Vec<usize> = Vec::new();
    for cut in tags.chain([piece.len()]) {
        let mut start = cuts.last().copied().unwrap_or(0);
        while cut - start > LONGEST {
            start = blank_before(piece, start, start + LONGEST);
            cuts.push(start);
        }
        cuts.push(cut);
    }
    cuts.pop();
    cuts
}

/// The last place before `most` where a line may be broken.
fn blank_before(piece: &str, start: usize, most: usize) -> usize {
    let mut most = most;
    while !piece.is_char_boundary(most) {
        most -= 1;
    }
    piece[start..most].rfind(' ').map_or(most, |at| start + at + 1)
}

impl Breaks {
    /// Breaks a source into the lines to show.
    pub(super) fn of(source: &str) -> Self {
        let mut breaks = Self::default();
        for (number, piece) in source.split('\n').enumerate() {
            if number > 0 {
                breaks.ours.push(false);
            }
            let mut start = 0;
            for cut in cuts(piece) {
                breaks.lines.push(piece[start..cut].to_owned());
                breaks.ours.push(true);
                start = cut;
            }
            breaks.lines.push(piece[start..].to_owned());
        }
        breaks
    }

    /// The lines to show.
    pub(super) fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The source that edited lines stand for.
    pub(super) fn source(&self, edited: &[String]) -> String {
        let known = self.matched(edited);
        let mut source = String::with_capacity(edited.iter().map(|line| line.len() + 1).sum());
        for (at, line) in edited.iter().enumerate() {
            source.push_str(line);
            if let Some(next) = edited.get(at + 1) {
                let ours = self.is_ours(known[at], known[at + 1]);
                if !ours.unwrap_or_else(|| between_blocks(line, next)) {
                    source.push('\n');
                }
            }
        }
        source
    }

    /// Whether the break between two edited lines, given as the lines they were, is one of ours; none when that is for
    /// the text to say.
    fn is_ours(&self, left: Option<usize>, right: Option<usize>) -> Option<bool> {
        if let (Some(left), Some(right)) = (left, right)
            && right == left + 1
        {
            return self.ours.get(left).copied();
        }
        let after = left.and_then(|left| self.ours.get(left));
        let before = right.and_then(|right| self.ours.get(right.checked_sub(1)?));
        let was_sent = after == Some(&false) || before == Some(&false);
        was_sent.then_some(false)
    }

    /// For each edited line the line it was, if it was one.
    fn matched(&self, edited: &[String]) -> Vec<Option<usize>> {
        let (old, new) = (&self.lines, edited);
        let same = |(a, b): &(&String, &String)| a == b;
        let head = old.iter().zip(new).take_while(same).count();
        let (old_rest, new_rest) = (&old[head..], &new[head..]);
        let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(same).count();
        let (old_middle, new_middle) =
            (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
        let mut known: Vec<Option<usize>> = (0..head).map(Some).collect();
        known.extend(middle(old_middle, new_middle).into_iter().map(|at| at.map(|at| at + head)));
        known.extend((old.len() - tail..old.len()).map(Some));
        known
    }
}

fn middle(old: &[String], new: &[String]) -> Vec<Option<usize>> {
    let mut known = vec![None; new.len()];
    if old.len().saturating_mul(new.len()) > MOST_WORK {
        return known;
    }
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => pair(&mut known, old_index, new_index, len),
            DiffOp::Replace { old_index, old_len, new_index, new_len } if old_len == new_len => {
                pair(&mut known, old_index, new_index, new_len);
            }
            DiffOp::Replace { .. } | DiffOp::Insert { .. } | DiffOp::Delete { .. } => {}
        }
    }
    known
}

fn pair(known: &mut [Option<usize>], old: usize, new: usize, len: usize) {
    for at in 0..len {
        known[new + at] = Some(old + at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edited(source: &str, change: impl Fn(&mut Vec<String>)) -> String {
        let breaks = Breaks::of(source);
        let mut lines = breaks.lines().to_vec();
        change(&mut lines);
        breaks.source(&lines)
    }

    #[test]
    fn the_names_can_be_searched() {
        assert!(BLOCKS.is_sorted());
    }

    #[test]
    fn blocks_stand_on_lines_of_their_own() {
        let breaks =
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
        assert_eq!(breaks.lines(), shown);
        assert_eq!(breaks.ours, [true, true, true, true, true, false]);
    }

    #[test]
    fn a_new_block_takes_no_break_along() {
        let after = edited("<p>a</p><p>b</p>", |lines| lines.insert(1, "<p>new</p>".into()));
        assert_eq!(after, "<p>a</p><p>new</p><p>b</p>");
    }

    #[test]
    fn typed_breaks_inside_a_block_are_sent() {
        let after = edited("<p>a</p><pre>b</pre>", |lines| {
            lines[1] = "<pre>b".into();
            lines.push("c</pre>".into());
        });
        assert_eq!(after, "<p>a</p><pre>b\nc</pre>");
    }

    #[test]
    fn breaks_of_the_source_stay_around_a_new_block_and_far_from_it() {
        let source = "<p>a</p>\n<p>b</p>\n<p>c</p>\n<p>d</p>";
        let after = edited(source, |lines| {
            lines.insert(1, "<p>new</p>".into());
            lines[4].push('!');
        });
        assert_eq!(after, "<p>a</p>\n<p>new</p>\n<p>b</p>\n<p>c</p>\n<p>d</p>!");
    }

    #[test]
    fn a_broken_tag_changes_its_own_line_only() {
        let after = edited("<p>a</p><div><p>b</p></div><p>c</p>", |lines| lines[1] = "<div><p>b".into());
        assert_eq!(after, "<p>a</p><div><p>b<p>c</p>");
    }

    #[test]
    fn long_lines_are_broken_and_come_back() {
        let source = format!("<p>{}</p>{}", "long words ".repeat(9_000), "船".repeat(40_000));
        let breaks = Breaks::of(&source);
        assert!(breaks.lines().iter().all(|line| line.len() <= LONGEST));
        assert_eq!(breaks.source(breaks.lines()), source);
    }

    fn sources() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "<p>",
            "</p>",
            "<div class=\"x\">",
            "</div>",
            "<hr>",
            "<ul><li>",
            "</li>",
            "<li>",
            "</ul>",
            "word ",
            "\n",
            "\r\n",
            "\r",
            "<b>",
            "</b>",
            "<br>",
            "\u{0}",
            "\u{1b}",
            "船",
            "<",
            ">",
            "\t",
            "<!-- -->",
            "<pre>",
            "</pre>",
            "e\u{301}",
        ]);
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn what_nobody_touched_comes_back_byte_for_byte(source in sources()) {
            let breaks = Breaks::of(&source);
            prop_assert!(breaks.lines().iter().all(|line| !line.contains('\n')));
            prop_assert_eq!(breaks.source(breaks.lines()), source);
        }

        #[test]
        fn a_word_in_a_line_changes_that_word_only(source in sources(), pick in any::<prop::sample::Index>()) {
            let breaks = Breaks::of(&source);
            let mut lines = breaks.lines().to_vec();
            let at = pick.index(lines.len());
            lines[at].push_str("WORD");
            let joined = breaks.source(&lines);
            prop_assert_eq!(joined.replacen("WORD", "", 1), source);
        }

        #[test]
        fn no_edit_loses_or_invents_anything_but_breaks(source in sources(), cut in 0usize..20, paste in sources()) {
            let breaks = Breaks::of(&source);
            let mut lines = breaks.lines().to_vec();
            let at = cut.min(lines.len());
            lines.splice(at..at, paste.split('\n').map(str::to_owned));
            let wanted: String = lines.concat();
            prop_assert_eq!(breaks.source(&lines).replace('\n', ""), wanted);
        }
    }
}
