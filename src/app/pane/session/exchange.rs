//! One exchange that is open: both bodies laid out as readable JSON. Holds its own copy, so that it stays when the ring
//! drops it.

use super::sizes::{bytes, millis};
use super::tools::json;
use crate::app::list::Scroll;
use crate::app::rows::{Look, Row, entry};
use crate::domain::json_text::pretty_body;
use crate::domain::text::Clean;
use crate::domain::time::stamp;
use crate::domain::traffic::{Body, Channel, Exchange};

/// An open exchange.
#[derive(Debug)]
pub struct Opened {
    /// What went over the wire.
    pub exchange: Exchange,
    cells: u16,
    /// Laid out.
    pub rows: Vec<Row>,
    /// The window over it.
    pub scroll: Scroll,
}

/// A way of talking, in words.
pub fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Post => "request",
        Channel::Stream => "stream",
        Channel::Delete => "end of session",
        Channel::SignIn => "sign-in",
        Channel::Bridge => "bridge",
    }
}

/// What was asked: the method, and the tool when one was called.
pub fn called(exchange: &Exchange) -> String {
    if exchange.tool.is_empty() {
        exchange.method.to_string()
    } else {
        format!("{} {}", exchange.method, exchange.tool)
    }
}

/// Day and time to the second.
fn second(exchange: &Exchange, zone: i32) -> String {
    format!("{}:{:02}", stamp(exchange.at, zone), exchange.at.0.rem_euclid(60))
}

fn heading(what: &str, body: &Body) -> String {
    match (body.size, body.text.is_empty()) {
        (0, _) => format!("{what}: nothing"),
        (size, true) => format!("{what}: {}, no longer kept to save memory", bytes(size)),
        (size, false) if body.is_cut() => {
            format!("{what}: {}, of which the first {} are kept", bytes(size), bytes(body.text.len()))
        }
        (size, false) => format!("{what}: {}", bytes(size)),
    }
}

impl Opened {
    /// Opens an exchange.
    pub fn of(exchange: Exchange) -> Self {
        Self { exchange, cells: 0, rows: Vec::new(), scroll: Scroll::default() }
    }

    /// Lays it out for a size; nothing when that is done already.
    pub(super) fn arrange(&mut self, cells: u16, height: u16, zone: i32) {
        if self.cells != cells {
            self.rows = rows(&self.exchange, cells, zone);
            self.cells = cells;
        }
        self.scroll.fit(self.rows.len(), usize::from(height));
    }

    /// All of it as text, for the clipboard.
    pub fn text(&self, zone: i32) -> Clean {
        let exchange = &self.exchange;
        let head = format!("{} at {}", called(exchange), second(exchange, zone));
        let parts = [("Sent", &exchange.sent), ("Received", &exchange.received)];
        let bodies =
            parts.map(|(what, body)| format!("{}\n{}", heading(what, body), pretty_body(&body.text)));
        Clean::text(&format!("{head}\n\n{}\n", bodies.join("\n\n")))
    }
}

fn rows(exchange: &Exchange, cells: u16, zone: i32) -> Vec<Row> {
    let mut rows = vec![Row::of(called(exchange), Look::Strong)];
    let words =
        format!("{}, {} number {}", second(exchange, zone), channel(exchange.channel), exchange.number);
    entry(&mut rows, "At", &words, Look::Plain, cells);
    let status = exchange.status.map_or("no status".to_owned(), |status| format!("status {status}"));
    entry(&mut rows, "Answer", &format!("{status} after {}", millis(exchange.tenths)), Look::Plain, cells);
    if !exchange.trouble.is_empty() {
        entry(&mut rows, "Trouble", &exchange.trouble, Look::Bad, cells);
    }
    for (what, body) in [("Sent", &exchange.sent), ("Received", &exchange.received)] {
        rows.push(Row::blank());
        rows.push(Row::of(heading(what, body), Look::Dim));
        if !body.text.is_empty() {
            json(&mut rows, &pretty_body(&body.text), cells);
        }
    }
    rows
}
