//! The steps of a sign-in, told on standard error. Owns the words; refuses to print anything secret: an address to open
//! holds none.

use super::output;
use crate::domain::account::Step;

/// Says what a person has to know of a step.
pub(super) fn tell(step: &Step) {
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
