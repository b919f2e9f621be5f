//! JSON as text, made readable: one member to a line, indented. Works on text alone, so that it survives what is cut,
//! broken or no JSON at all, and any depth; refuses to judge whether it is valid. Also parts the events of a stream.

use std::fmt::Write as _;

/// Levels that are indented further; deeper ones stay there, so that no depth makes the text large.
const DEEPEST: usize = 24;
/// Blanks for a level.
const STEP: &str = "  ";

/// Text that is being laid out.
struct Printer<'a> {
    rest: &'a str,
    out: String,
    depth: usize,
    /// A line break is due before anything else but a closing bracket right after its opening one.
    opened: bool,
}

impl<'a> Printer<'a> {
    fn line(&mut self) {
        self.out.push('\n');
        for _ in 0..self.depth.min(DEEPEST) {
            self.out.push_str(STEP);
        }
    }

    /// Takes the next `bytes` bytes as they are.
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    fn open(&mut self, bracket: char) {
        self.settle();
        self.out.push(bracket);
        self.depth += 1;
        self.opened = true;
    }

    fn close(&mut self, bracket: char) {
        self.depth = self.depth.saturating_sub(1);
        if !std::mem::take(&mut self.opened) {
            self.line();
        }
        self.out.push(bracket);
    }

    /// The line break that an opening bracket left due.
    fn settle(&mut self) {
        if std::mem::take(&mut self.opened) {
            self.line();
        }
    }

    fn word(&mut self, word: &str) {
        self.settle();
        self.out.push_str(word);
    }

    /// One sign, string or word. Blanks between them are dropped.
    fn step(&mut self, first: char) {
        match first {
            '{' | '[' => self.open(first),
            '}' | ']' => self.close(first),
            ',' => {
                self.settle();
                self.out.push(',');
                self.line();
            }
            ':' => self.word(": "),
            _ => return self.longer(first),
        }
        self.take(1);
    }

    fn longer(&mut self, first: char) {
        if first.is_whitespace() {
            let blanks = self.rest.len() - self.rest.trim_start().len();
            let breaks = self.take(blanks).contains('\n');
            // Between two values at the top, such as the events of a stream, a line break says where one ends.
            if breaks && self.depth == 0 && !self.out.is_empty() && !self.rest.is_empty() {
                self.line();
            }
            return;
        }
        let end = if first == '"' { string_end(self.rest) } else { word_end(self.rest) };
        let word = self.take(end);
        self.word(word);
    }
}

/// Where a string ends that begins at the first byte, behind its closing quote; the end of the text when there is none.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Where a number or word ends that begins at the first byte.
fn word_end(text: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || matches!(c, '{' | '}' | '[' | ']' | ',' | ':' | '"');
    text.find(ends).unwrap_or(text.len()).max(text.chars().next().map_or(0, char::len_utf8))
}

/// JSON with one member to a line. What is no JSON comes back as it is.
pub fn pretty(text: &str) -> String {
    let text = text.trim();
    if !text.starts_with(['{', '[']) {
        return text.to_owned();
    }
    let mut printer =
        Printer { rest: text, out: String::with_capacity(text.len() * 2), depth: 0, opened: false };
    while let Some(first) = printer.rest.chars().next() {
        printer.step(first);
    }
    printer.out
}

/// The body of a reply: an event stream with the data of each event laid out by itself, or plain JSON.
pub fn pretty_body(text: &str) -> String {
    let is_field =
        |line: &str| ["data:", "event:", "id:", "retry:", ":"].iter().any(|name| line.starts_with(name));
    if !text.lines().find(|line| !line.is_empty()).is_some_and(is_field) {
        return pretty(text);
    }
    let (mut out, mut data) = (String::new(), String::new());
    for line in text.lines() {
        if let Some(words) = line.strip_prefix("data:") {
            let apart = if data.is_empty() { "" } else { "\n" };
            let _ = write!(data, "{apart}{}", words.strip_prefix(' ').unwrap_or(words));
        } else {
            flush(&mut out, &mut data);
            out.push_str(line);
            out.push('\n');
        }
    }
    flush(&mut out, &mut data);
    out.truncate(out.trim_end().len());
    out
}

fn flush(out: &mut String, data: &mut String) {
    if !data.is_empty() {
        out.push_str(&pretty(data));
        out.push('\n');
        data.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_member_to_a_line() {
        let seen = pretty(r#"{"a":[1,{"b":"x, {y} \" [z]"}],"c":{},"d":[ ],"e":null}"#);
        let wanted = "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x, {y} \\\" [z]\"\n    }\n  ],\n  \"c\": {},\n  \"d\": [],\n  \"e\": null\n}";
        assert_eq!(seen, wanted);
    }

    #[test]
    fn what_is_cut_or_no_json_stays_readable() {
        assert_eq!(pretty(r#"{"a":{"b":"cut he"#), "{\n  \"a\": {\n    \"b\": \"cut he");
        assert_eq!(pretty("]}{"), "]}{");
        assert_eq!(pretty("{}}}]x"), "{}\n}\n}\n]x");
        assert_eq!(pretty("<html> a,b"), "<html> a,b");
        assert_eq!(pretty("{\"a\":1}\n{\"b\":2}"), "{\n  \"a\": 1\n}\n{\n  \"b\": 2\n}");
    }

    #[test]
    fn events_of_a_stream_are_parted() {
        let stream = "event: message\nid: 1\ndata: {\"a\":\ndata: 1}\n\n: ping\ndata: plain\n\n";
        assert_eq!(pretty_body(stream), "event: message\nid: 1\n{\n  \"a\": 1\n}\n\n: ping\nplain");
        assert_eq!(pretty_body("{\"a\":1}"), "{\n  \"a\": 1\n}");
    }

    #[test]
    fn no_depth_makes_it_large() {
        let deep = "[".repeat(32_768);
        assert!(pretty(&deep).len() < 4 * 1024 * 1024);
        assert!(pretty(&"[]".repeat(10_000)).len() < 100_000);
    }

    fn without_blanks(text: &str) -> String {
        text.chars().filter(|c| !c.is_whitespace()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn nothing_but_blanks_is_added_or_lost(text in "[\\[\\]{},:\"\\\\ a1\n船]{0,60}") {
            prop_assert_eq!(without_blanks(&pretty(&text)), without_blanks(&text));
            pretty_body(&text);
        }
    }
}
