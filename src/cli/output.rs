//! What is printed. Owns the difference between a terminal, which gets cleaned text, and a pipe, which gets every byte; refuses
//! to let anybody's escape sequences through to a terminal.

use std::borrow::Cow;
use std::io::{ErrorKind, IsTerminal, Write};

use serde_json::Value;

use super::environment;
use super::exit::{Exit, Refusal};
use crate::domain::text::Clean;

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

/// A sentence for the person, beside the output.
pub(super) fn tell(sentence: &str) {
    let mut err = std::io::stderr().lock();
    // When nobody can be told there is nobody to tell that to.
    let _ = writeln!(err, "{}", Clean::text(sentence));
}

/// Rows under headings, in columns as wide as their widest cell; the last one takes what room is left.
pub(super) fn table<const N: usize>(
    headings: [&str; N],
    rows: &[[String; N]],
    columns: usize,
) -> Vec<String> {
    use crate::domain::text::{fit, pad, width};
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
    fn a_table_fits_its_terminal() {
        let rows =
            [["search".to_owned(), "Finds things".to_owned()], ["x".to_owned(), "日本語日本語".to_owned()]];
        let lines = table(["NAME", "WHAT"], &rows, 14);
        assert_eq!(lines, ["NAME    WHAT", "search  Finds…", "x       日本…"]);
    }
}
