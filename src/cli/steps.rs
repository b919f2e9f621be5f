//! The steps of a sign-in, told on standard error. Owns the words; refuses to print anything secret: an address to open
//! holds none.

use std::sync::atomic::{AtomicBool, Ordering};

use super::output;
use crate::domain::account::Step;

/// Whether a step was told; the program carries out one command.
static TOLD: AtomicBool = AtomicBool::new(false);

/// Whether a person was told something of a sign-in already.
pub(super) fn anything_told() -> bool {
    TOLD.load(Ordering::Relaxed)
}

/// Says what a person has to know of a step.
pub(super) fn tell(step: &Step) {
    TOLD.fetch_or(matches!(step, Step::Browser { .. } | Step::Stray(_)), Ordering::Relaxed);
    match step {
        Step::Browser { address, opened: true } => {
            output::tell(&format!(
                "Your browser opens to sign in. If it does not, open this address: {address}"
            ));
        }
        Step::Browser { address, opened: false } => {
            output::tell(&format!("Open this address in a browser to sign in:\n{address}"));
        }
        Step::Stray(fault) => output::tell(&format!("{} {}", fault.sentence, fault.hint)),
        Step::Done(standing) => output::tell(&format!("Signed in, kept in {}.", standing.origin.words())),
        // What failed is told by whoever waited for it.
        Step::Discovering | Step::Registering | Step::Exchanging | Step::Failed(_) => {}
    }
}
