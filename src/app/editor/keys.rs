//! What keys do in the text: motions and deletions by grapheme, by word and by row.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "an editor answers to its own keys and passes the rest on"
)]

use unicode_segmentation::UnicodeSegmentation;

use super::Editor;
use super::lines::Spot;
use super::steps::Run;
use super::wrapping::cells;
use crate::app::key::{Code, Key};

fn is_of_word(grapheme: &str) -> bool {
    grapheme.starts_with(char::is_alphanumeric)
}

impl Editor {
    fn before(&self) -> Spot {
        let (line, byte) = self.cursor();
        match self.line(line)[..byte].graphemes(true).next_back() {
            Some(grapheme) => (line, byte - grapheme.len()),
            None if line > 0 => (line - 1, self.line(line - 1).len()),
            None => (line, byte),
        }
    }

    fn after(&self) -> Spot {
        let (line, byte) = self.cursor();
        match self.line(line)[byte..].graphemes(true).next() {
            Some(grapheme) => (line, byte + grapheme.len()),
            None if line + 1 < self.lines() => (line + 1, 0),
            None => (line, byte),
        }
    }

    fn word_before(&self) -> Spot {
        let (line, byte) = self.cursor();
        let graphemes = self.line(line)[..byte].grapheme_indices(true).rev();
        let mut word = graphemes.skip_while(|(_, grapheme)| !is_of_word(grapheme));
        let Some((first, _)) = word.next() else {
            return if byte == 0 { self.before() } else { (line, 0) };
        };
        let rest = word.take_while(|(_, grapheme)| is_of_word(grapheme));
        (line, rest.last().map_or(first, |(at, _)| at))
    }

    fn word_after(&self) -> Spot {
        let (line, byte) = self.cursor();
        let rest = &self.line(line)[byte..];
        if rest.is_empty() {
            return self.after();
        }
        let mut past = rest.grapheme_indices(true).skip_while(|(_, grapheme)| !is_of_word(grapheme));
        let end = past.find(|(_, grapheme)| !is_of_word(grapheme)).map_or(rest.len(), |(at, _)| at);
        (line, byte + end)
    }

    fn line_edges(&self) -> (Spot, Spot) {
        let (line, _) = self.cursor();
        ((line, 0), (line, self.line(line).len()))
    }

    fn row_edges(&self) -> (Spot, Spot) {
        let (line, byte) = self.cursor();
        let row = self.wrapping.row(self.wrapping.row_of(line, byte), &self.text);
        let Some(row) = row else { return ((line, 0), (line, self.line(line).len())) };
        let text = self.line(line);
        let last = text[row.bytes.clone()].graphemes(true).next_back().map_or(0, str::len);
        let end = if row.is_last { row.bytes.end } else { row.bytes.end - last };
        ((line, row.bytes.start), (line, end))
    }

    /// Moves by rows on the screen and keeps to the column where moving began.
    fn move_rows(&mut self, down: bool, rows: usize) {
        let (line, byte) = self.cursor();
        let row = self.wrapping.row_of(line, byte);
        let start = self.row_edges().0.1;
        let column =
            self.goal.unwrap_or_else(|| self.line(line)[start..byte].graphemes(true).map(cells).sum());
        let last = self.wrapping.rows().saturating_sub(1);
        let to = if down { (row + rows).min(last) } else { row.saturating_sub(rows) };
        let spot = self.spot(to, column);
        self.step(spot);
        self.goal = Some(column);
    }

    /// The place in a row that is nearest to a column, in cells.
    fn spot(&self, row: usize, column: usize) -> Spot {
        let Some(at) = self.wrapping.row(row, &self.text) else { return self.cursor() };
        let text = self.line(at.line);
        let (mut used, mut byte) = (0, at.bytes.start);
        for grapheme in text[at.bytes.clone()].graphemes(true) {
            let wide = cells(grapheme);
            let ends_the_row = byte + grapheme.len() == at.bytes.end && !at.is_last;
            if used + wide > column || ends_the_row {
                break;
            }
            used += wide;
            byte += grapheme.len();
        }
        (at.line, byte)
    }

    fn step(&mut self, to: Spot) {
        self.go(to.0, to.1);
        self.steps.rest();
        self.goal = None;
    }

    fn erase(&mut self, a: Spot, b: Spot, run: Run) {
        self.delete(a.min(b), a.max(b), run);
    }

    fn character(&mut self, c: char) {
        self.insert(c.encode_utf8(&mut [0; 4]), Run::Typing);
        if c.is_whitespace() {
            self.steps.rest();
        }
    }

    /// Takes a key; false when it means nothing to an editor.
    pub fn press(&mut self, key: Key) -> bool {
        let here = self.cursor();
        let by_word = key.ctrl || key.alt;
        let page = self.height.max(2) - 1;
        match key.code {
            Code::Char(c) if !key.ctrl && !key.alt => self.character(c),
            Code::Char(c) => return self.chord(c, key),
            Code::Enter => self.insert("\n", Run::None),
            Code::Backspace if by_word => self.erase(self.word_before(), here, Run::None),
            Code::Backspace => self.erase(self.before(), here, Run::Erasing),
            Code::Delete if by_word => self.erase(here, self.word_after(), Run::None),
            Code::Delete => self.erase(here, self.after(), Run::Erasing),
            Code::Left if by_word => self.step(self.word_before()),
            Code::Left => self.step(self.before()),
            Code::Right if by_word => self.step(self.word_after()),
            Code::Right => self.step(self.after()),
            Code::Home if key.ctrl => self.step((0, 0)),
            Code::Home => self.step(self.row_edges().0),
            Code::End if key.ctrl => self.step((self.lines() - 1, self.line(self.lines() - 1).len())),
            Code::End => self.step(self.row_edges().1),
            Code::Up => self.move_rows(false, 1),
            Code::Down => self.move_rows(true, 1),
            Code::PageUp => self.move_rows(false, page),
            Code::PageDown => self.move_rows(true, page),
            _ => return false,
        }
        self.show();
        true
    }

    /// What a shell's line editor does with them. Home and End go by rows on the screen, these by lines.
    fn chord(&mut self, c: char, key: Key) -> bool {
        let here = self.cursor();
        match (c, key.ctrl) {
            ('a', true) => self.step(self.line_edges().0),
            ('e', true) => self.step(self.line_edges().1),
            ('b', true) => self.step(self.before()),
            ('f', true) => self.step(self.after()),
            ('p', true) => self.move_rows(false, 1),
            ('n', true) => self.move_rows(true, 1),
            ('d', true) => self.erase(here, self.after(), Run::Erasing),
            // A line feed as a terminal sends it: pasted without brackets, or typed by a program.
            ('j', true) => self.insert("\n", Run::None),
            ('h', true) => self.erase(self.before(), here, Run::Erasing),
            ('w', true) => self.erase(self.word_before(), here, Run::None),
            ('u', true) => self.erase(self.line_edges().0, here, Run::None),
            ('b', false) => self.step(self.word_before()),
            ('f', false) => self.step(self.word_after()),
            ('d', false) => self.erase(here, self.word_after(), Run::None),
            _ => return false,
        }
        self.show();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::script;
    use proptest::prelude::*;

    fn typed(source: &str, keys: &str) -> Editor {
        let mut editor = Editor::of(source);
        editor.arrange(20, 5);
        script(keys).unwrap().into_iter().for_each(|key| {
            editor.press(key);
        });
        editor
    }

    fn shown(editor: &Editor) -> Vec<String> {
        let mark = |bit: super::super::Bit| if bit.cursor { format!("[{}]", bit.text) } else { bit.text };
        editor.view().map(|bits| bits.into_iter().map(mark).collect()).collect()
    }

    #[test]
    fn deletes_and_moves_by_what_is_seen_as_one_character() {
        assert_eq!(typed("", "a👩‍👩‍👧<backspace>b").source(), "ab");
        assert_eq!(typed("e\u{301}x", "<delete>").source(), "x");
        assert_eq!(typed("👩‍👩‍👧z", "<right><backspace>").source(), "z");
        assert_eq!(typed("ab", "<end><left>-").source(), "a-b");
    }

    #[test]
    fn words_and_lines() {
        assert_eq!(typed("one two", "<ctrl-end><ctrl-w>").source(), "one ");
        assert_eq!(typed("one two", "<ctrl-right>!").source(), "one! two");
        assert_eq!(typed("a\nb", "<down><backspace>").source(), "ab");
        assert_eq!(typed("a\nb", "<end><delete>").source(), "ab");
        assert_eq!(typed("a", "<ctrl-end><enter>b").source(), "a\nb");
        assert_eq!(typed("a", "<ctrl-end><ctrl-j>b").source(), "a\nb");
        assert_eq!(typed("ab", "<backspace><left><up><home>").source(), "ab");
        assert_eq!(typed("船 遅れ", "<ctrl-end><ctrl-w>").source(), "船 ");
    }

    #[test]
    fn words_are_made_of_whole_characters_and_never_hold_the_cursor() {
        assert_eq!(typed("cafe\u{301}s x", "<ctrl-right>!").source(), "cafe\u{301}s! x");
        assert_eq!(typed("xe\u{301} y", "<ctrl-right><ctrl-w>").source(), " y");
        assert_eq!(typed("  -- a", "<end><ctrl-left><ctrl-left>!").source(), "!  -- a");
        assert_eq!(typed("a\n  -- ", "<ctrl-end><ctrl-w><ctrl-w>").source(), "a");
        assert_eq!(typed("-- ", "<ctrl-right>!").source(), "-- !");
        assert_eq!(typed("one two\nthree", "<alt-f><alt-f><alt-f><alt-f>!").source(), "one two\nthree!");
        assert_eq!(typed("one two\nthree", "<ctrl-end><alt-b><alt-b><alt-b>!").source(), "one !two\nthree");
        assert_eq!(typed("one two", "<alt-d>").source(), " two");
        assert_eq!(typed("one two", "<ctrl-delete>").source(), " two");
        assert_eq!(typed("one two", "<ctrl-end><alt-backspace>").source(), "one ");
    }

    #[test]
    fn control_keys_go_by_lines_and_home_and_end_by_rows() {
        let long = "abcdefgh ijklmnop qrstuvwx";
        assert_eq!(typed(long, "<ctrl-end><home>!").source(), "abcdefgh ijklmnop !qrstuvwx");
        assert_eq!(typed(long, "<ctrl-end><ctrl-a>!").source(), format!("!{long}"));
        assert_eq!(typed(long, "<end>!").source(), "abcdefgh ijklmnop! qrstuvwx");
        assert_eq!(typed(long, "<ctrl-e>!").source(), format!("{long}!"));
        assert_eq!(typed(long, "<ctrl-end><ctrl-left><ctrl-u>").source(), "qrstuvwx");
        assert_eq!(typed("a\nb", "<ctrl-end><ctrl-u><ctrl-u>").source(), "a\n");
        assert_eq!(typed("a\nb\nc", "<ctrl-n><ctrl-n><ctrl-p><ctrl-f>!<ctrl-b><ctrl-h>").source(), "a\n!\nc");
        assert_eq!(typed("e\u{301}x", "<ctrl-d>").source(), "x");
        assert_eq!(typed("a\nb", "<ctrl-end>!<ctrl-home>!").source(), "!a\nb!");
    }

    #[test]
    fn pages_go_by_the_height_less_one_row() {
        let lines = "a\n".repeat(20);
        let line = |keys| typed(&lines, keys).position().0;
        assert_eq!((line("<pagedown>"), line("<pagedown><pagedown>")), (5, 9));
        assert_eq!((line("<ctrl-end><pageup>"), line("<pagedown><pageup><pageup>")), (17, 1));
        assert_eq!(line("<ctrl-end><pagedown>"), 21);
    }

    #[test]
    fn the_palettes_key_is_left_alone() {
        let mut editor = typed("one", "");
        assert!(!editor.press("ctrl-k".parse().unwrap()) && !editor.press("alt-z".parse().unwrap()));
        assert_eq!(editor.source(), "one");
    }

    #[test]
    fn moves_along_rows_and_keeps_the_column() {
        let editor = typed("abcdefgh ijklmnop qrstuvwx", "<right><right><right><down>");
        assert_eq!(shown(&editor), ["abcdefgh ijklmnop ", "qrs[t]uvwx"]);
        let editor = typed("abcdef\nx\nabcdef", "<end><down><down>!");
        assert_eq!(editor.source(), "abcdef\nx\nabcdef!");
    }

    #[test]
    fn undoes_a_word_at_a_time() {
        let mut editor = typed("x", "<ctrl-end> one two");
        assert!(editor.undo());
        assert_eq!(editor.source(), "x one ");
        assert!(editor.undo() && editor.undo());
        assert_eq!(editor.source(), "x");
        assert!(!editor.undo());
        assert!(editor.redo());
        assert_eq!(editor.source(), "x ");
    }

    #[test]
    fn pasted_line_ends_become_one_kind() {
        let mut editor = typed("", "");
        editor.paste("a\r\nb\rc\nd");
        assert_eq!(editor.source(), "a\nb\nc\nd");
        assert!(editor.undo());
        assert_eq!(editor.source(), "");
    }

    #[test]
    fn what_cannot_be_seen_is_spelt_out_and_kept() {
        let editor = typed("a\u{0}\tb\u{200B}\r\n", "<right>!");
        assert!(shown(&editor)[0].starts_with("a![‹NUL›]‹TAB›b"), "{:?}", shown(&editor));
        assert_eq!(editor.source(), "a!\u{0}\tb\u{200B}\r\n");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn the_text_is_what_a_plain_model_says(
            source in "[ab船\u{301}\n\r ]{0,40}",
            keys in prop::collection::vec(prop::sample::select(vec![
                "x", "<left>", "<right>", "<up>", "<down>", "<home>", "<end>", "<backspace>", "<delete>", "<enter>", "船", " ", "<pageup>", "<pagedown>",
            ]), 0..60),
            width in 4u16..20,
        ) {
            let mut editor = Editor::of(&source);
            editor.arrange(width, 4);
            for key in keys {
                let (line, byte) = editor.cursor();
                let at: usize = (0..line).map(|line| editor.line(line).len() + 1).sum::<usize>() + byte;
                let before = editor.joined();
                let pressed = script(key).unwrap()[0];
                editor.press(pressed);
                let after = editor.joined();
                let grapheme_before = before[..at].graphemes(true).next_back().map_or(0, |g| if g == "\r\n" { 1 } else { g.len() });
                let grapheme_after = before[at..].graphemes(true).next().map_or(0, |g| if g == "\r\n" { 1 } else { g.len() });
                let wanted = match pressed.code {
                    Code::Char(c) => format!("{}{c}{}", &before[..at], &before[at..]),
                    Code::Enter => format!("{}\n{}", &before[..at], &before[at..]),
                    Code::Backspace => format!("{}{}", &before[..at - grapheme_before], &before[at..]),
                    Code::Delete => format!("{}{}", &before[..at], &before[at + grapheme_after..]),
                    _ => before.clone(),
                };
                prop_assert_eq!(&after, &wanted);
                prop_assert_eq!(editor.view().filter(|row| row.iter().any(|bit| bit.cursor)).count(), 1);
            }
            while editor.undo() {}
            prop_assert_eq!(editor.source(), source);
        }
    }
}
