//! What the server offers: each tool with what calling it may do and whether it can be called, and what Switchboard uses and
//! the server does not offer. A definition is laid out only when it is opened.

use crate::app::list::{List, Scroll};
use crate::app::rows::{Look, Row, entry, wrapped};
use crate::domain::json_text::pretty;
use crate::domain::link::{Kind, Permit, Server, Tool};
use crate::domain::text::Clean;

/// What Switchboard uses, and what is missing without it.
const USED: [(&str, &str); 9] = [
    ("search_conversations", "conversations cannot be searched by field"),
    ("get_conversation", "conversations cannot be read"),
    ("search", "free text cannot be searched"),
    ("get_contact", "customers cannot be shown"),
    ("get_company", "companies cannot be shown"),
    ("list_articles", "articles cannot be listed"),
    ("search_articles", "articles cannot be searched"),
    ("get_article", "articles cannot be read"),
    ("update_article", "articles cannot be saved"),
];

/// A definition that is open.
#[derive(Debug)]
pub struct Definition {
    /// Which tool, by its place in the list.
    pub at: usize,
    /// Laid out for this width.
    cells: u16,
    /// Its rows.
    pub rows: Vec<Row>,
    /// The window over them.
    pub scroll: Scroll,
}

/// The tools.
#[derive(Debug, Default)]
pub struct Tools {
    /// What the server offers, in its order.
    pub offered: Vec<Tool>,
    /// What it does not offer and we use: name, and what that means.
    pub missing: Vec<(&'static str, &'static str)>,
    /// The cursor over both, one after the other.
    pub list: List,
    /// The definition that is open.
    pub open: Option<Definition>,
    /// Whether to accept the tools is being asked.
    pub asks: bool,
}

/// What calling a tool may do, in a word.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Read => "read",
        Kind::Write => "write",
        Kind::Unknown => "unknown",
    }
}

/// Whether it can be called, in words; none when it can.
pub fn permit(permit: &Permit) -> Option<String> {
    match permit {
        Permit::Yes => None,
        Permit::Refused(words) if words.is_empty() => Some("refused by the server".to_owned()),
        Permit::Refused(words) => Some(format!("refused: {words}")),
        Permit::New => Some("new; not called until accepted with A".to_owned()),
        Permit::Changed => Some("changed; not called until accepted with A".to_owned()),
    }
}

impl Tools {
    /// The server told what it offers.
    pub fn learn(&mut self, server: &Server) {
        // Whoever is being asked answers for what they saw.
        self.asks &= self.offered == server.tools;
        self.offered.clone_from(&server.tools);
        let missing = USED.iter().filter(|(name, _)| !server.offers(name));
        self.missing = missing.copied().collect();
        self.open = None;
        self.asks &= self.unaccepted() != (0, 0);
    }

    /// Tools that are new and that changed.
    pub fn unaccepted(&self) -> (usize, usize) {
        let count = |wanted: &Permit| self.offered.iter().filter(|tool| tool.permit == *wanted).count();
        (count(&Permit::New), count(&Permit::Changed))
    }

    /// The tool under the cursor; none when there is none or it is missing.
    pub fn picked(&self) -> Option<&Tool> {
        self.offered.get(self.list.cursor())
    }

    /// The tool whose definition is open.
    pub fn opened(&self) -> Option<&Tool> {
        self.open.as_ref().and_then(|open| self.offered.get(open.at))
    }

    /// Opens the definition under the cursor.
    pub(super) fn open(&mut self) {
        if self.picked().is_some() {
            let at = self.list.cursor();
            self.open = Some(Definition { at, cells: 0, rows: Vec::new(), scroll: Scroll::default() });
        }
    }

    /// What is asked before the tools are accepted.
    pub fn question(&self) -> String {
        let (new, changed) = self.unaccepted();
        let parts = [(new, "new"), (changed, "changed")].into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, what)| format!("{count} {what}")).collect();
        let (tools, they) = if new + changed == 1 { ("tool", "it reads") } else { ("tools", "they read") };
        format!("Accept {} {tools} as {they} now?", parts.join(" and "))
    }

    /// Lays out what depends on the size.
    pub(super) fn arrange(&mut self, cells: u16, height: u16) {
        let asked = if self.asks { 2 } else { 0 };
        self.list.fit(self.offered.len() + self.missing.len(), usize::from(height.saturating_sub(asked)));
        let offered = &self.offered;
        if let Some(open) = &mut self.open {
            if open.cells != cells {
                open.rows = offered.get(open.at).map(|tool| definition(tool, cells)).unwrap_or_default();
                open.cells = cells;
            }
            open.scroll.fit(open.rows.len(), usize::from(height.saturating_sub(asked)));
        }
    }
}

fn definition(tool: &Tool, cells: u16) -> Vec<Row> {
    let mut rows = vec![Row::of(tool.name.as_str(), Look::Strong)];
    let may = match tool.kind {
        Kind::Read => "read: calling it changes nothing",
        Kind::Write => "write: called only from a review that was confirmed",
        Kind::Unknown => "unknown: it may change something, so it is called by hand only",
    };
    entry(&mut rows, "Kind", may, Look::Plain, cells);
    let (words, look) = match permit(&tool.permit) {
        Some(words) => (words, Look::Warn),
        None => ("may be called, as far as is known".to_owned(), Look::Plain),
    };
    entry(&mut rows, "Permit", &words, look, cells);
    if !tool.description.is_empty() {
        entry(&mut rows, "Says", &tool.description, Look::Plain, cells);
    }
    rows.push(Row::blank());
    rows.push(Row::of("Its definition, as the server sent it:", Look::Dim));
    json(&mut rows, &pretty(&tool.whole), cells);
    rows
}

/// Rows of pretty JSON. A name before its colon is set off; a long line goes on below its own indent.
pub(super) fn json(rows: &mut Vec<Row>, text: &str, cells: u16) {
    for line in Clean::text(text).split('\n') {
        let words = line.trim_start_matches(' ');
        let indent = (line.len() - words.len()).min(usize::from(cells / 2));
        let before = " ".repeat(indent);
        let from = rows.len();
        wrapped(rows, &before, words, Look::Plain, cells);
        if let Some(row) = rows.get_mut(from) {
            name_apart(row, words);
        }
    }
}

/// Gives the name of a member its own look, when the first row of the line holds all of it.
fn name_apart(row: &mut Row, words: &str) {
    let Some(end) = words.starts_with('"').then(|| words.find("\": ")).flatten() else { return };
    let Some(piece) = row.0.pop() else { return };
    match piece.text.split_at_checked(end + 1) {
        Some((name, rest)) if words.starts_with(name) => {
            *row = std::mem::take(row).and(name, Look::Accent).and(rest, piece.look);
        }
        _ => row.0.push(piece),
    }
}
