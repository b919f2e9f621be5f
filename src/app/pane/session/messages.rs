//! What the server said by itself: the last 200 messages, and which of them are worth a notice.

use std::collections::VecDeque;

use crate::app::notice::Weight;
use crate::app::rows::{Look, Row, wrapped};
use crate::app::shell::Shell;
use crate::domain::text::{Clean, fit, pad};
use crate::domain::time::{Moment, Unix, stamp};

/// Messages kept.
const KEPT: usize = 200;
/// Notices are this far apart, in milliseconds.
const APART: u64 = 60_000;
/// Graphemes of one message that are laid out.
const LONGEST: usize = 400;

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// When it came.
    pub at: Unix,
    /// The server's level for it (RFC 5424).
    pub level: Clean,
    /// Its words.
    pub words: Clean,
}

/// The messages.
#[derive(Debug, Default)]
pub struct Messages {
    kept: VecDeque<Message>,
    /// How many there ever were.
    pub count: u64,
    told: Option<Moment>,
    /// Laid out: for which width and count.
    laid: (u16, u64, Vec<Row>),
}

fn look(level: &str) -> Look {
    match level {
        "warning" => Look::Warn,
        "error" | "critical" | "alert" | "emergency" => Look::Bad,
        "debug" => Look::Dim,
        _ => Look::Plain,
    }
}

impl Messages {
    /// Keeps a message; a warning or worse is told, once a minute at most and never over another notice.
    pub fn add(&mut self, shell: &mut Shell, level: Clean, words: Clean) {
        let matters = matches!(look(&level), Look::Warn | Look::Bad);
        let due = self.told.is_none_or(|told| shell.now.since(told) >= APART);
        if matters && due && shell.notice.is_none() {
            self.told = Some(shell.now);
            let said = fit(&words, 200).into_owned();
            shell.tell(Weight::Quiet, Clean::line(&format!("The server says: {said}")), Clean::default());
        }
        self.count += 1;
        self.kept.push_back(Message { at: shell.now.unix, level, words });
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
    }

    /// The messages as they were laid out, newest first.
    pub fn rows(&self) -> &[Row] {
        &self.laid.2
    }

    /// Lays the messages out for a width, when that is not done yet; returns their rows.
    pub fn lay(&mut self, cells: u16, zone: i32) -> usize {
        if (self.laid.0, self.laid.1) != (cells, self.count) {
            let mut rows = Vec::new();
            for message in self.kept.iter().rev() {
                let time = stamp(message.at, zone);
                let mut own = Vec::new();
                let words = fit(&message.words, LONGEST);
                wrapped(&mut own, "                  ", &words, look(&message.level), cells);
                let head = format!("{} {} ", time.get(11..).unwrap_or_default(), pad(&message.level, 10));
                if let Some(first) = own.first_mut().and_then(|row| row.0.first_mut()) {
                    first.text = pad(&head, 18);
                }
                rows.append(&mut own);
            }
            self.laid = (cells, self.count, rows);
        }
        self.laid.2.len()
    }
}
