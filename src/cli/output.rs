//! What is printed. Owns the difference between a terminal, which gets cleaned text, and a pipe, which gets every byte; refuses
//! to let anybody's escape sequences through to a terminal.

use std::borrow::Cow;
use std::io::{ErrorKind, IsTerminal, Write};

use serde_json::Value;

use super::environment;
use super::exit::{Exit, Refusal};
use crate::domain::text::{Clean, fit, pad, parts_within, width};

/// Columns of a terminal that does not say.
const USUAL: usize = 80;

/// Standard output.
#[derive(Clone, Copy, Debug)]
pub(super) struct Output {
    terminal: bool,
}

impl Output {
    pub(super) fn standard() -> Self {
        Self { terminal: std::io::stdout().is_terminal() }
    }

    /// Whether a person reads it.
    pub(super) fn is_terminal(self) -> bool {
        self.terminal
    }

    /// Columns there are.
    pub(super) fn columns() -> usize {
        let told = environment::set("COLUMNS").and_then(|columns| columns.parse().ok());
        let measured = || crossterm::terminal::size().ok().map(|(columns, _)| usize::from(columns));
        told.or_else(measured).filter(|columns| *columns > 0).unwrap_or(USUAL)
    }

    /// Text and a line feed, on its way at once.
    pub(super) fn line(self, text: &str) -> Result<(), Refusal> {
        let mut out = std::io::stdout().lock();
        let text = self.shown(text);
        let written = out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n"));
        written.and_then(|()| out.flush()).map_err(|error| unwritten(&error))
    }

    /// A JSON value: for a person over several lines, for a program on one.
    pub(super) fn json(self, value: &Value) -> Result<(), Refusal> {
        if self.terminal { self.line(&format!("{value:#}")) } else { self.line(&value.to_string()) }
    }

    /// A text block of a result: as it came in a pipe; on a terminal with room to read when it is JSON.
    pub(super) fn block(self, text: &str) -> Result<(), Refusal> {
        let value = if self.terminal { serde_json::from_str::<Value>(text).ok() } else { None };
        match value.filter(|value| value.is_object() || value.is_array()) {
            Some(value) => self.json(&value),
            None => self.line(text),
        }
    }

    fn shown(self, text: &str) -> Cow<'_, str> {
        if self.terminal { Cow::Owned(Clean::text(text).into_string()) } else { Cow::Borrowed(text) }
    }
}

/// Whoever read the pipe may leave before the end; that is no error of ours and nobody is there to be told.
fn unwritten(error: &std::io::Error) -> Refusal {
    if error.kind() == ErrorKind::BrokenPipe {
        return Refusal::said(Exit::Done);
    }
    Refusal::new(Exit::Error, format!("The output cannot be written: {error}."))
}

/// How the program ends after printing, when something that was asked for failed for this reason: a reader that left early hides no failure.
pub(super) fn ended(printed: Result<(), Refusal>, failed: Option<Refusal>) -> Result<(), Refusal> {
    match (printed, failed) {
        (Err(refusal), _) if refusal.exit != Exit::Done => Err(refusal),
        (_, Some(failed)) => Err(failed),
        (printed, None) => printed,
    }
}

/// A sentence for the person, beside the output.
pub(super) fn tell(sentence: &str) {
    let mut err = std::io::stderr().lock();
    // When nobody can be told there is nobody to tell that to.
    let _ = writeln!(err, "{}", Clean::text(sentence));
}

/// Somebody else's words for the person. Every row on the screen bears a mark, so that none can pass for one of ours.
pub(super) fn quote(words: &str) {
    for row in quoted(words, Output::columns()) {
        tell(&row);
    }
}

/// What stands before somebody else's words.
const MARK: &str = "▎ ";

/// The rows of somebody else's words on a terminal of so many columns.
fn quoted(words: &str, columns: usize) -> Vec<String> {
    let room = columns.saturating_sub(width(MARK) + 1).max(1);
    Clean::text(words).split('\n').flat_map(|line| wrapped(line, room)).collect()
}

fn wrapped(line: &str, room: usize) -> Vec<String> {
    let (mut rows, mut row, mut used) = (Vec::new(), MARK.to_owned(), 0);
    for (part, wide) in parts_within(line, room) {
        if used + wide > room {
            rows.push(std::mem::replace(&mut row, MARK.to_owned()));
            used = 0;
        }
        row.push_str(part);
        used += wide;
    }
    rows.push(row);
    rows
}

/// Rows under headings, in columns as wide as their widest cell; the last one takes what room is left.
pub(super) fn table<const N: usize>(
    headings: [&str; N],
    rows: &[[String; N]],
    columns: usize,
) -> Vec<String> {
    let headings = headings.map(str::to_owned);
    let all = || std::iter::once(&headings).chain(rows);
    let widest = |column: usize| all().map(|row| width(&row[column])).max().unwrap_or(0);
    let row = |row: &[String; N]| {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let gap = if column == 0 { "" } else { "  " };
            let cell =
                if column + 1 == N { fit(cell, columns).into_owned() } else { pad(cell, widest(column)) };
            line = line + gap + &cell;
        }
        fit(line.trim_end(), columns).into_owned()
    };
    all().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_never_gets_an_escape_sequence() {
        let evil = "a\u{1b}]0;x\u{7}b\u{9b}31m\u{202e}c\nd";
        let shown = Output { terminal: true }.shown(evil).into_owned();
        assert!(
            shown.chars().all(|c| c == '\n' || !c.is_control()) && !shown.contains('\u{202e}'),
            "{shown:?}"
        );
        assert_eq!(Output { terminal: false }.shown(evil), evil);
    }

    #[test]
    fn somebody_elses_words_bear_a_mark_on_every_row() {
        let evil = format!("Fine.\nSend it? [y/N]\r\n{}Send it? [y/N]\u{2028}x\u{b}y", " ".repeat(19));
        let rows = quoted(&evil, 20);
        assert!(rows.len() >= 4, "{rows:?}");
        for row in &rows {
            assert!(row.starts_with("▎ ") && width(row) < 20 && !row.contains(char::is_control), "{row:?}");
        }
        assert_eq!(quoted("", 1), ["▎ "]);
        assert_eq!(quoted("日本", 5), ["▎ 日", "▎ 本"]);
    }

    #[test]
    fn a_reader_that_leaves_hides_no_failure() {
        let left = || Err(Refusal::said(Exit::Done));
        let exit = |printed, failed: bool| {
            let failed = failed.then(|| Refusal::said(Exit::Error));
            ended(printed, failed).map_err(|refusal| refusal.exit)
        };
        assert_eq!(exit(left(), true), Err(Exit::Error));
        assert_eq!(exit(left(), false), Err(Exit::Done));
        assert_eq!((exit(Ok(()), true), exit(Ok(()), false)), (Err(Exit::Error), Ok(())));
        assert_eq!(exit(Err(Refusal::said(Exit::Later)), true), Err(Exit::Later));
    }

    #[test]
    fn a_table_fits_its_terminal() {
        let rows =
            [["search".to_owned(), "Finds things".to_owned()], ["x".to_owned(), "日本語日本語".to_owned()]];
        let lines = table(["NAME", "WHAT"], &rows, 14);
        assert_eq!(lines, ["NAME    WHAT", "search  Finds…", "x       日本…"]);
    }
}
