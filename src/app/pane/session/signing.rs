//! A sign-in with the browser: its steps, the address to open, and the field for the address it ended at, which is a secret.

use crate::app::hidden::Hidden;
use crate::app::list::Scroll;
use crate::app::rows::{Look, Row, wrapped};
use crate::domain::account::Step;
use crate::domain::call::Fault;
use crate::domain::text::{Clean, width};

/// A sign-in.
#[derive(Debug, Default)]
pub struct Signing {
    /// Where: the host, as far as known.
    pub at: Clean,
    /// What was done, in words; the last is under way.
    steps: Vec<&'static str>,
    /// The address to open, and whether a browser was started for it.
    pub page: Option<(Clean, bool)>,
    /// The address that the browser ended at, being typed.
    pub paste: Option<Hidden>,
    /// What came back that did not belong to it.
    stray: Option<Fault>,
    /// Why it failed.
    pub fault: Option<Fault>,
    /// Laid out.
    pub rows: Vec<Row>,
    /// The window over it.
    pub scroll: Scroll,
}

fn words(step: &Step) -> Option<&'static str> {
    Some(match step {
        Step::Discovering => "Asking the server how to sign in",
        Step::Registering => "Registering this program there",
        Step::Browser { .. } => "Waiting for you to sign in with the browser",
        Step::Exchanging => "The browser came back; asking for the token",
        Step::Stray(_) | Step::Done(_) | Step::Failed(_) => return None,
    })
}

impl Signing {
    /// A sign-in that begins.
    pub fn begin(at: Clean) -> Self {
        Self { at, ..Self::default() }
    }

    /// A step was made.
    pub(super) fn step(&mut self, step: Step) {
        if let Some(words) = words(&step)
            && self.steps.last() != Some(&words)
        {
            self.steps.push(words);
        }
        match step {
            Step::Browser { address, opened } => self.page = Some((address, opened)),
            Step::Stray(fault) => self.stray = Some(fault),
            Step::Exchanging => (self.paste, self.stray) = (None, None),
            Step::Failed(fault) => {
                (self.fault, self.paste) = (Some(fault), None);
            }
            Step::Discovering | Step::Registering | Step::Done(_) => {}
        }
    }

    /// Whether the browser is being waited for.
    pub fn waits(&self) -> bool {
        self.fault.is_none()
            && self.page.is_some()
            && self.steps.last().is_some_and(|last| last.starts_with("Waiting"))
    }

    fn lay(&self, cells: u16) -> Vec<Row> {
        let at = if self.at.is_empty() { String::new() } else { format!(" to {}", self.at) };
        let mut rows = Vec::new();
        wrapped(&mut rows, "", &format!("Signing in{at}"), Look::Strong, cells);
        rows.push(Row::blank());
        for (number, step) in self.steps.iter().enumerate() {
            let last = number + 1 == self.steps.len();
            let (mark, look) = match (last, &self.fault) {
                (false, _) => ("✓ ", Look::Good),
                (true, None) => ("◌ ", Look::Accent),
                (true, Some(_)) => ("✗ ", Look::Bad),
            };
            rows.push(Row::of(mark, look).and(*step, if last { Look::Plain } else { Look::Dim }));
        }
        if self.steps.is_empty() && self.fault.is_none() {
            rows.push(Row::of("◌ ", Look::Accent).and("Beginning", Look::Plain));
        }
        if let Some(fault) = &self.fault {
            failed(&mut rows, fault, cells);
        } else if self.waits() {
            self.page_rows(&mut rows, cells);
        }
        rows
    }

    fn page_rows(&self, rows: &mut Vec<Row>, cells: u16) {
        let Some((address, opened)) = &self.page else { return };
        if let Some(stray) = &self.stray {
            rows.push(Row::blank());
            wrapped(rows, "", &format!("{} {}", stray.sentence, stray.hint), Look::Warn, cells);
        }
        let said = if *opened {
            "The browser was opened at this address; sign in there."
        } else {
            "No browser could be started here. Open this address in any browser:"
        };
        rows.push(Row::blank());
        wrapped(rows, "", said, Look::Plain, cells);
        rows.push(Row::blank());
        rows.extend(broken(address, cells).into_iter().map(|part| Row::of(part, Look::Accent)));
        rows.push(Row::blank());
        let hint = "If the browser ends at a page that it cannot show, copy the address of that page, press p, \
                    paste it and press Enter.";
        wrapped(rows, "", hint, Look::Dim, cells);
        if let Some(paste) = &self.paste {
            rows.push(Row::blank());
            rows.push(
                Row::of("Address  ", Look::Dim)
                    .and("› ", Look::Accent)
                    .and(paste.shown(), Look::Plain)
                    .and("▏", Look::Dim),
            );
        }
    }

    pub(super) fn arrange(&mut self, cells: u16, height: u16) {
        self.rows = self.lay(cells);
        self.scroll.fit(self.rows.len(), usize::from(height));
        if self.paste.is_some() {
            self.scroll.go(crate::app::list::Move::Bottom);
        }
    }
}

fn failed(rows: &mut Vec<Row>, fault: &Fault, cells: u16) {
    rows.push(Row::blank());
    wrapped(rows, "", &fault.sentence, Look::Bad, cells);
    if !fault.hint.is_empty() {
        wrapped(rows, "", &fault.hint, Look::Plain, cells);
    }
    rows.push(Row::blank());
    rows.push(
        Row::of("s", Look::Accent)
            .and(" tries again, ", Look::Dim)
            .and("Esc", Look::Accent)
            .and(" leaves this.", Look::Dim),
    );
}

/// An address cut where the row ends and nowhere else, so that what a terminal selects is the address.
pub(in crate::app) fn broken(address: &str, cells: u16) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut used = 0;
    for (part, wide) in crate::domain::text::parts_within(address, usize::from(cells.max(1))) {
        if used + wide > usize::from(cells.max(1)) {
            parts.push(String::new());
            used = 0;
        }
        if let Some(last) = parts.last_mut() {
            last.push_str(part);
        }
        used += wide;
    }
    debug_assert!(parts.iter().all(|part| width(part) <= usize::from(cells.max(1))));
    parts
}
