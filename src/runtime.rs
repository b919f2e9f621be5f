//! Joins the layers: terminal in, `update`, effects out, one frame per batch of events. Sleeps when nothing happens.
//! Owns every clock, file, signal and byte on the terminal; refuses to decide anything.

mod browser;
mod clock;
mod drafts;
mod effects;
mod exports;
mod input;
mod journal;
mod keys;
mod launch;
mod ledger;
mod marks;
mod names;
mod new_file;
mod notebook;
mod orders;
mod outside;
mod places;
mod reviews;
mod scene;
mod signals;
mod stage;
mod terminal;
mod timers;

pub use clock::unix_now;
pub use launch::{Doors, Launch, Maker, Record, Server, Source, Standard, Wanted};
pub use signals::asked_to_leave;
pub use stage::{LaunchError, run};
