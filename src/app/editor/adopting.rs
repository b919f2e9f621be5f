//! A text that comes back from another editor, as one step: lines that are as before stay as they are, with what their
//! breaks are; only the others are replaced.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::Editor;
use super::breaks::{Break, Breaks};
use super::steps::Run;

/// Lines of both sides whose product is larger are compared one by one, or else replaced as a whole.
const MOST: usize = 4_000_000;

/// The lines that differ, as ranges of both sides in order.
fn differing(old: &[&str], new: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
    let head = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let most = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(old, new)| old == new).count();
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    if (old_end - head).saturating_mul(new_end - head) > MOST {
        return by_number(old, new, head..old_end, head..new_end);
    }
    let operations = capture_diff_slices(Algorithm::Myers, &old[head..old_end], &new[head..new_end]);
    let changed = operations.iter().filter(|operation| operation.tag() != DiffTag::Equal);
    let shift = |range: Range<usize>| range.start + head..range.end + head;
    changed.map(|operation| (shift(operation.old_range()), shift(operation.new_range()))).collect()
}

/// The lines that differ from those of the same number, where there are as many; otherwise all.
fn by_number(
    old: &[&str],
    new: &[&str],
    of: Range<usize>,
    into: Range<usize>,
) -> Vec<(Range<usize>, Range<usize>)> {
    if of != into {
        return vec![(of, into)];
    }
    of.filter(|&at| old[at] != new[at]).map(|at| (at..at + 1, at..at + 1)).collect()
}

impl Editor {
    /// Takes another text for the lines that are shown, as one step that can be undone. False when it is the same.
    pub fn adopt(&mut self, text: &str) -> bool {
        let new: Vec<&str> = text.split('\n').collect();
        self.adopt_lines(&new, None, text)
    }

    /// Takes another source, as one step that can be undone where that can be; the source may come out with other breaks,
    /// so it is to be looked at. False when the lines are the same.
    pub fn adopt_source(&mut self, source: &str) -> bool {
        let (breaks, lines) = if self.breaks.is_plain() { Breaks::plain(source) } else { Breaks::of(source) };
        let new: Vec<&str> = lines.iter().map(String::as_str).collect();
        self.adopt_lines(&new, Some(&breaks), source)
    }

    fn adopt_lines(&mut self, new: &[&str], breaks: Option<&Breaks>, text: &str) -> bool {
        let old: Vec<&str> = self.text.iter().collect();
        let differing = differing(&old, new);
        let Some((first, _)) = differing.first().cloned() else { return false };
        self.steps.begin(Run::None);
        // From the end, so that the lines before keep their numbers.
        for (old, lines) in differing.into_iter().rev() {
            self.replace_lines(old, new, lines, breaks);
        }
        self.steps.rest();
        if !self.shows(new) {
            self.begin_anew(text);
        }
        self.go(first.start, 0);
        self.show();
        true
    }

    /// Whether these are the lines, but for breaks of lines that were too long.
    fn shows(&self, lines: &[&str]) -> bool {
        let bytes = lines.iter().flat_map(|line| line.bytes());
        self.text.iter().flat_map(|line| line.bytes()).eq(bytes)
    }

    /// Holds a text that could not be taken over in steps; what was done before cannot be undone then.
    fn begin_anew(&mut self, text: &str) {
        let fresh = if self.breaks.is_plain() { Self::plain(text) } else { Self::of(text) };
        let (edits, height, needle) = (self.edits + 1, self.height, self.needle.take());
        *self = Self { height, edits, needle, ..fresh };
    }

    fn replace_lines(&mut self, old: Range<usize>, new: &[&str], of: Range<usize>, breaks: Option<&Breaks>) {
        let (last, text) = (self.lines() - 1, new[of.clone()].join("\n"));
        let end = |line: usize| (line, self.line(line).len());
        let inner = of.start..of.end.saturating_sub(1);
        let (from, to, text, kinds) = match (old.is_empty(), of.is_empty()) {
            (false, false) => ((old.start, 0), end(old.end - 1), text, inner),
            (true, _) if old.start > last => {
                (end(last), end(last), format!("\n{text}"), of.start.saturating_sub(1)..inner.end)
            }
            (true, _) => ((old.start, 0), (old.start, 0), format!("{text}\n"), of),
            (false, true) if old.end > last => (end(old.start.saturating_sub(1)), end(last), text, 0..0),
            (false, true) => ((old.start, 0), (old.end, 0), text, 0..0),
        };
        let count = text.matches('\n').count();
        let known = breaks.map(|breaks| breaks.kinds(kinds).to_vec()).filter(|kinds| kinds.len() == count);
        let breaks = known.unwrap_or_else(|| self.kinds_of(from.0..to.0, count));
        if from != to {
            self.cut(from, to);
        }
        if !text.is_empty() {
            self.go(from.0, from.1);
            self.put(&text, breaks);
        }
    }

    /// What the breaks are that come in the place of others: the same where there are as many, otherwise as their
    /// neighbours are, like typed ones.
    fn kinds_of(&self, lines: Range<usize>, count: usize) -> Vec<Break> {
        let old = self.breaks.kinds(lines.clone());
        if old.len() == count {
            return old.to_vec();
        }
        let around = self.breaks.kinds(lines.start.saturating_sub(1)..lines.end + 1);
        let is_among_lines = self.breaks.is_plain() || around.contains(&Break::Sent);
        vec![if is_among_lines { Break::Sent } else { Break::Typed }; count]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn adopted(source: &str, change: impl Fn(&str) -> String) -> Editor {
        let mut editor = Editor::of(source);
        editor.arrange(80, 24);
        let text = change(&editor.joined());
        editor.adopt(&text);
        assert_eq!(editor.joined(), text);
        editor
    }

    #[test]
    fn lines_that_are_as_before_keep_their_breaks() {
        let source = "<p>a</p><p>b</p>\n<p>c</p><p>d</p>";
        assert_eq!(adopted(source, |text| text.replace('b', "B")).source(), source.replace('b', "B"));
        let longer = adopted(source, |text| text.replace("<p>d</p>", "<p>d</p>\n<p>e</p>"));
        assert_eq!(longer.source(), format!("{source}<p>e</p>"));
        let shorter = adopted(source, |text| text.replace("<p>a</p>\n", ""));
        assert_eq!(shorter.source(), "<p>b</p>\n<p>c</p><p>d</p>");
        assert_eq!(adopted(source, |_| String::new()).source(), "");
        assert_eq!(adopted("", |_| "x\ny".into()).source(), "x\ny");
    }

    #[test]
    fn a_source_is_adopted_with_its_breaks() {
        let long = format!("<p>{}</p>", "long words ".repeat(1_000));
        let source = format!("<p>a</p>{long}\n<p>b</p>");
        let mut editor = Editor::of(&source);
        editor.arrange(80, 24);
        let other = source.replace("<p>a</p>", "<p>a</p><p>x</p>").replacen("long words", "short", 9);
        assert!(editor.adopt_source(&other) && editor.source() == other);
        assert!(editor.undo() && editor.source() == source && !editor.undo());
        let more = format!("{source}\n<p>c</p><p>d</p>");
        assert!(editor.adopt_source(&more) && editor.source() == more);
        assert!(editor.adopt_source(&source) && editor.source() == source);
        assert!(!editor.adopt_source(&source));
    }

    #[test]
    fn one_undo_takes_it_back() {
        let mut editor =
            adopted("<p>a</p><p>b</p>\n<p>c</p>", |text| format!("<p>new</p>\n{}", text.replace('c', "C")));
        assert_eq!(editor.source(), "<p>new</p><p>a</p><p>b</p>\n<p>C</p>");
        assert!(editor.undo());
        assert_eq!(editor.source(), "<p>a</p><p>b</p>\n<p>c</p>");
        assert!(!editor.undo() && editor.redo());
        assert!(!editor.adopt(&editor.joined()));
    }

    #[test]
    fn carriage_returns_of_other_lines_stay() {
        let changed = |text: &str| {
            let text = text.replacen("one", "first", 1);
            let at = text.rfind("one").unwrap();
            format!("{}last{}", &text[..at], &text[at + 3..])
        };
        for (line, count) in
            [("<p>one</p>\r\n", 3), ("<p>one</p>\r\n", 2_100), ("<p>one</p>\n<p>two</p>\r\r\n", 2_100)]
        {
            let source = line.repeat(count);
            assert!(adopted(&source, changed).source() == changed(&source), "{count} of {line:?}");
        }
        assert_eq!(adopted("a\r\nb\r\nc", |text| text.replace('b', "B")).source(), "a\r\nB\r\nc");
    }

    #[test]
    fn a_text_that_begins_anew_is_that_text() {
        let mut editor = Editor::plain("a");
        editor.arrange(10, 4);
        let before = editor.edits();
        editor.begin_anew("b\r\nc");
        editor.arrange(10, 4);
        assert!(editor.shows(&["b\r", "c"]) && !editor.shows(&["b", "c"]) && editor.edits() > before);
        assert_eq!((editor.source().as_str(), editor.view().count()), ("b\r\nc", 2));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn any_text_is_adopted_and_taken_back(before in "([ab\r]{0,2}\n){0,8}[ab\r]?", after in "([ab\r]{0,2}\n){0,8}[ab\r]?") {
            let mut editor = Editor::plain(&before);
            editor.arrange(10, 4);
            let changed = editor.adopt(&after);
            prop_assert_eq!(changed, before != after);
            prop_assert_eq!(editor.source(), after);
            if changed {
                prop_assert!(editor.undo());
            }
            prop_assert_eq!(editor.source(), before);
            prop_assert!(!editor.undo());
        }
    }
}
