//! Saying what a call would send, made by the very function that sends. Sends nothing.

use serde_json::Value;

use super::{State, Task};
use crate::domain::call::{Call, Fault, FaultKind, Report};
use crate::session::tools;
use crate::session::wire::{Line as _, Offer, Wire};

impl<W: Wire> Task<W> {
    /// Explains a call by what the line offers.
    pub(super) fn explain(&mut self, number: u64, call: &Call) {
        let said = match &self.state {
            State::Up { line, .. } => explained(call, &line.offer()),
            State::Dialling { .. } | State::Down { .. } | State::Closed => Err(unknown()),
        };
        self.outbox.push_back(Report::Explained(number, said));
    }
}

/// The tool's name, then its arguments over several lines, then what the tool cannot be told.
fn explained(call: &Call, offer: &Offer) -> Result<String, Fault> {
    let ask = tools::plan(call, offer)?;
    let arguments = Value::Object(ask.arguments);
    let mut said = format!("{} {arguments:#}", ask.tool);
    let unsaid = tools::unsaid(call, offer);
    if !unsaid.is_empty() {
        let words =
            format!("\nNot sent, since the tool has no operator for it; cut here: {}", unsaid.join(" "));
        said.push_str(&words);
    }
    Ok(said)
}

fn unknown() -> Fault {
    Fault::new(
        FaultKind::Offline,
        "Which tool will be used is not known while there is no connection.",
        "It is shown as soon as the server has listed its tools.",
    )
}
