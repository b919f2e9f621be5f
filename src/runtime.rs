//! Joins the layers: terminal in, `update`, effects out, one frame per batch of events. Sleeps when nothing happens.
//! Owns every clock, file, signal and byte on the terminal; refuses to decide anything.

mod browser;
mod clock;
mod drafts;
mod effects;
mod input;
mod places;
mod signals;
mod stage;
mod terminal;
mod timers;

pub use clock::unix_now;
pub use signals::asked_to_leave;
pub use stage::{Launch, LaunchError, Source, run};
