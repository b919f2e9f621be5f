//! Places of the source in the text that is shown, and edits of the source that are steps of the text. Only for HTML, whose
//! lines are broken for reading; the source has no such breaks.

use std::ops::Range;

use super::Editor;
use super::breaks::Break;
use super::steps::Run;

impl Editor {
    /// Puts the cursor before a byte of the source, and that in view.
    pub fn go_to_source(&mut self, byte: usize) {
        let (line, within) = self.places(&[byte]).first().copied().unwrap_or_default();
        self.steps.rest();
        self.go(line, within);
        self.goal = None;
        self.show();
    }

    /// The lines of bytes of the source, from 0, and the bytes within; `bytes` in rising order. A byte after a break that
    /// is not sent is at the beginning of its line. Walks the text once.
    fn places(&self, bytes: &[usize]) -> Vec<(usize, usize)> {
        let lines = &self.text;
        let (mut line, mut start) = (0, 0);
        let mut places = Vec::with_capacity(bytes.len());
        for &byte in bytes {
            while let Some(text) = lines.get(line) {
                let sent = usize::from(self.breaks.is_sent(line, lines));
                let (end, is_last) = (start + text.len(), line + 1 == lines.len());
                if byte < end + sent || is_last {
                    break;
                }
                (line, start) = (line + 1, end + sent);
            }
            let within = byte.saturating_sub(start).min(self.line(line).len());
            places.push((line, within));
        }
        places
    }

    /// The lines of bytes of the source, from 0; `bytes` in rising order. Walks the text once.
    pub fn lines_of_source(&self, bytes: &[usize]) -> Vec<usize> {
        self.places(bytes).into_iter().map(|(line, _)| line).collect()
    }

    /// Marks lines, from 0 and in rising order, each with whether that is grave. The marks stay on their numbers until
    /// others come.
    pub fn flag(&mut self, lines: Vec<(usize, bool)>) {
        self.flags = lines;
    }

    /// For each row in view whether it begins a line that is marked, and then whether that is grave.
    pub fn flags(&self) -> impl Iterator<Item = Option<bool>> {
        let flag = |row: usize| {
            let at = self.wrapping.row(row, &self.text).filter(|at| at.bytes.start == 0)?;
            let from = self.flags.partition_point(|(line, _)| *line < at.line);
            let here = self.flags[from..].iter().take_while(|(line, _)| *line == at.line);
            here.map(|(_, grave)| *grave).max()
        };
        (self.top..self.top + self.height).map(flag)
    }

    /// Replaces ranges of the source, in order and apart from each other, as one step that can be undone. A break that is
    /// cut away between two blocks stays for reading, unsent. False when there is nothing to do.
    pub fn mend(&mut self, edits: &[(Range<usize>, &str)]) -> bool {
        if edits.is_empty() {
            return false;
        }
        let ends: Vec<usize> = edits.iter().flat_map(|(range, _)| [range.start, range.end]).collect();
        let places = self.places(&ends);
        self.steps.begin(Run::None);
        for ((_, text), places) in edits.iter().zip(places.chunks(2)).rev() {
            if let [from, to] = *places {
                self.mend_one(from, to, text);
            }
        }
        self.steps.rest();
        if let Some(&(line, byte)) = places.first() {
            let line = line.min(self.lines() - 1);
            self.go(line, byte.min(self.line(line).len()));
        }
        self.goal = None;
        self.show();
        true
    }

    fn mend_one(&mut self, from: (usize, usize), to: (usize, usize), text: &str) {
        if from != to {
            self.cut(from, to);
        }
        let whole = self.line(from.0);
        if text.is_empty() && from.0 < to.0 && from.1 > 0 && from.1 < whole.len() {
            self.go(from.0, from.1);
            return self.put("\n", vec![Break::Ours]);
        }
        if !text.is_empty() {
            self.go(from.0, from.1);
            self.put(text, vec![Break::Sent; text.matches('\n').count()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn editor(source: &str) -> Editor {
        let mut editor = Editor::of(source);
        editor.arrange(60, 12);
        editor
    }

    #[test]
    fn places_are_found_across_breaks_of_both_kinds() {
        let source = "<p>a</p><p>b</p>\n<p>c</p>";
        let mut editor = editor(source);
        for (byte, place) in
            [(0, (1, 1)), (8, (2, 1)), (11, (2, 4)), (16, (2, 9)), (17, (3, 1)), (99, (3, 9))]
        {
            editor.go_to_source(byte);
            assert_eq!(editor.position(), place, "{byte}");
        }
    }

    #[test]
    fn a_blank_between_blocks_goes_and_the_lines_stay() {
        let mut editor = editor("<p>a</p>\n  <p>b</p>");
        assert!(editor.mend(&[(8..11, "")]));
        assert_eq!((editor.source().as_str(), editor.lines()), ("<p>a</p><p>b</p>", 2));
        assert!(editor.undo());
        assert_eq!(editor.source(), "<p>a</p>\n  <p>b</p>");
        assert!(!editor.undo());
    }

    #[test]
    fn several_replacements_are_one_step() {
        let source = "<h2>a</h2><p>b</p><h3>c</h3>";
        let mut editor = editor(source);
        assert!(editor.mend(&[(2..3, "1"), (8..9, "1"), (20..21, "2"), (26..27, "2")]));
        assert_eq!(editor.source(), "<h1>a</h1><p>b</p><h2>c</h2>");
        assert!(editor.undo());
        assert_eq!(editor.source(), source);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn any_cut_is_the_cut_of_the_source(
            source in "(<p>|</p>|\r?\n|\r| |a|船){0,14}", from in 0usize..40, long in 0usize..12, text in "(|x|<hr>|\r|x\r\n)",
        ) {
            let floor = |at: usize| (0..=at.min(source.len())).rev().find(|&at| source.is_char_boundary(at)).unwrap();
            let (from, to) = (floor(from), floor(from + long));
            let mut editor = editor(&source);
            editor.mend(&[(from..to, &text)]);
            let mut wanted = source.clone();
            wanted.replace_range(from..to, &text);
            prop_assert_eq!(editor.source(), wanted);
            editor.undo();
            prop_assert_eq!(editor.source(), source);
        }
    }
}
