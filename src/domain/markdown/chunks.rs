//! Cuts an edited text into chunks, each of which stands for one block or more. Works by lines, knows fences and lists,
//! and reads nothing else: what a chunk means is decided chunk by chunk, so that nothing typed in one changes another.

use std::collections::HashMap;
use std::ops::Range;

/// A chunk: its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    /// Bytes of the text, without the line feed after the last line.
    pub(super) bytes: Range<usize>,
    /// Lines of the text, counted from 0.
    pub(super) lines: Range<usize>,
}

/// The chunks of `text` in order. Blank lines outside fences belong to none. Lines end with a line feed alone.
pub(super) fn chunks(text: &str) -> Vec<Chunk> {
    let lines = lines(text);
    let mut ends = Ends::of(&lines);
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if is_blank(lines[at].0) {
            at += 1;
            continue;
        }
        let end = end_of_chunk(&lines, at, &mut ends);
        found.push(Chunk { bytes: lines[at].1..lines[end - 1].1 + lines[end - 1].0.len(), lines: at..end });
        at = end;
    }
    found
}

/// The source inside a chunk that is a fence of HTML.
pub(super) fn fenced_html(chunk: &str) -> Option<&str> {
    let (first, rest) = chunk.split_once('\n').unwrap_or((chunk, ""));
    let fence = Fence::opened_by(first).filter(|fence| fence.html)?;
    let closing = rest.rfind('\n').map_or(0, |at| at + 1);
    if fence.closed_by(&rest[closing..]) {
        return Some(rest[..closing].strip_suffix('\n').unwrap_or(""));
    }
    Some(rest)
}

/// Whether a line opens a fence whose lines are sent as HTML, as they stand: ` ```html `, in any case of letters.
pub fn opens_html(line: &str) -> bool {
    Fence::opened_by(line).is_some_and(|fence| fence.html)
}

/// A block's source as a fence, longer than any run of its marks inside.
pub(crate) fn fence(language: &str, source: &str) -> String {
    let marks = "`".repeat(longest_run(source).max(2) + 1);
    format!("{marks}{language}\n{source}\n{marks}")
}

/// Words as code among others, within more marks than stand in them.
pub(crate) fn code_span(words: &str) -> String {
    let marks = "`".repeat(longest_run(words) + 1);
    let blank = words.starts_with(' ') && words.ends_with(' ') && !words.trim_matches(' ').is_empty();
    let pad = if blank || words.starts_with('`') || words.ends_with('`') { " " } else { "" };
    [&marks, pad, words, pad, &marks].concat()
}

/// The length of the longest run of grave accents.
pub(super) fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}

fn lines(text: &str) -> Vec<(&str, usize)> {
    let mut start = 0;
    let line = |line| {
        let at = start;
        start += str::len(line) + 1;
        (line, at)
    };
    text.split('\n').map(line).collect()
}

/// The line after the last of the chunk that begins with line `start`.
fn end_of_chunk(lines: &[(&str, usize)], start: usize, ends: &mut Ends) -> usize {
    if let Some(fence) = Fence::opened_by(lines[start].0) {
        return fence.end(lines, start, ends);
    }
    let list = Marker::of(lines[start].0);
    let mut at = start + 1;
    while let Some((line, _)) = lines.get(at) {
        if is_blank(line) {
            let Some(next) = list.and_then(|marker| continued(lines, at, marker)) else {
                return at;
            };
            at = next;
        } else if interrupts(line, list.is_some()) {
            return at;
        }
        at += 1;
    }
    at
}

/// Whether a fence begins here that is no part of the list or paragraph above.
fn interrupts(line: &str, in_list: bool) -> bool {
    Fence::opened_by(line).is_some_and(|fence| !in_list || fence.indent < 2)
}

/// The line at which a list goes on behind the blank lines from `at`.
fn continued(lines: &[(&str, usize)], at: usize, marker: Marker) -> Option<usize> {
    let next = (at..lines.len()).find(|line| !is_blank(lines[*line].0))?;
    let line = lines[next].0;
    let inside = line.starts_with('\t') || indent(line) >= 2;
    (inside || Marker::of(line) == Some(marker)).then_some(next)
}

fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
}

fn indent(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b' ').count()
}

/// What a list item begins with: the bullet itself, or the mark behind the number.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Marker(u8);

impl Marker {
    fn of(line: &str) -> Option<Self> {
        let inside = line.trim_start_matches(' ');
        if line.len() - inside.len() > 3 || is_rule(inside) {
            return None;
        }
        let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
        let mark = *inside.as_bytes().get(digits)?;
        let known = if digits == 0 { b"-+*".contains(&mark) } else { digits <= 9 && b".)".contains(&mark) };
        let alone = inside.as_bytes().get(digits + 1).is_none_or(|byte| matches!(byte, b' ' | b'\t'));
        (known && alone).then_some(Self(mark))
    }
}

/// Whether a line is a rule such as `* * *`.
fn is_rule(line: &str) -> bool {
    let marks = line.bytes().filter(|byte| !matches!(byte, b' ' | b'\t'));
    ["-", "*"]
        .iter()
        .any(|mark| marks.clone().count() >= 3 && marks.clone().all(|byte| mark.as_bytes() == [byte]))
}

/// The line that opens a fence.
#[derive(Clone, Copy)]
struct Fence {
    indent: usize,
    mark: u8,
    length: usize,
    html: bool,
}

impl Fence {
    fn opened_by(line: &str) -> Option<Self> {
        let indent = indent(line);
        let inside = &line[indent..];
        let mark = *inside.as_bytes().first().filter(|mark| matches!(mark, b'`' | b'~'))?;
        let length = inside.bytes().take_while(|byte| *byte == mark).count();
        let said = &inside[length..];
        let opens = indent <= 3 && length >= 3 && (mark == b'~' || !said.contains('`'));
        opens.then(|| Self {
            indent,
            mark,
            length,
            html: mark == b'`' && said.trim().eq_ignore_ascii_case("html"),
        })
    }

    fn closed_by(self, line: &str) -> bool {
        let indent = indent(line);
        let run = line[indent..].bytes().take_while(|byte| *byte == self.mark).count();
        indent <= 3 && run >= self.length && is_blank(&line[indent + run..])
    }

    /// The line after the last of this fence. One that nobody closes ends where the next block of HTML begins, or at the
    /// first blank line: what stands below it must not become part of it.
    fn end(self, lines: &[(&str, usize)], start: usize, ends: &mut Ends) -> usize {
        let first_blank = |end: usize| (start + 1..end).find(|line| is_blank(lines[*line].0)).unwrap_or(end);
        match ends.below(self, lines, start) {
            Some(line) if self.closed_by(lines[line].0) => line + 1,
            Some(line) => first_blank(line),
            None => first_blank(lines.len()),
        }
    }

    /// Whether a line closes this fence, or opens one of HTML that is as long: nobody closed this one then.
    fn ended_by(self, line: &str) -> bool {
        let next = |other: Self| other.html && other.length >= self.length;
        self.closed_by(line) || Self::opened_by(line).is_some_and(next)
    }
}

/// Where fences end. Fences that nobody closes would each be looked for to the end of the text; what was looked through
/// once is not looked through again.
struct Ends {
    /// The lines that have the marks of a fence.
    marked: Vec<usize>,
    /// For a mark and a length, the first of the marked lines that was not looked at or ends such a fence.
    from: HashMap<(u8, usize), usize>,
}

impl Ends {
    fn of(lines: &[(&str, usize)]) -> Self {
        let is_marked =
            |line: &str| ["```", "~~~"].iter().any(|marks| line.trim_start_matches(' ').starts_with(marks));
        let marked = (0..lines.len()).filter(|at| is_marked(lines[*at].0)).collect();
        Self { marked, from: HashMap::new() }
    }

    /// The first line below `start` that ends this fence. Asked from top to bottom.
    fn below(&mut self, fence: Fence, lines: &[(&str, usize)], start: usize) -> Option<usize> {
        let below = self.marked.partition_point(|line| *line <= start);
        let from = self.from.entry((fence.mark, fence.length)).or_default();
        let mut rest = below.max(*from)..self.marked.len();
        *from = rest.find(|at| fence.ended_by(lines[self.marked[*at]].0)).unwrap_or(self.marked.len());
        self.marked.get(*from).copied()
    }
}
