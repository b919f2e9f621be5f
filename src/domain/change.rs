//! The road of a write, by type: `Draft` (what somebody typed) → `Review` (held against a fresh copy of the server's
//! article) → `Confirmation` (the deliberate act) → `Approved` (the only thing the session will send) → `Fate` (what
//! became of it). Owns every rule of that road; refuses to send anything and to know what time it is.

mod birth;
mod confirmation;
mod deed;
mod draft;
mod fate;
mod note;
mod review;
#[cfg(test)]
mod tests;
mod version;

pub use birth::Likeness;
pub use confirmation::{Approved, Confirmation, Demand, Missed, QUIET_MILLIS, SETTLE_MILLIS, Step};
pub use deed::{ArticleDeed, Deed};
pub use draft::{Changes, Draft, Missing};
pub use fate::{Fate, Intent};
pub use note::{Note, NoteIntent};
pub use review::{Compared, Review};
pub use version::Version;
