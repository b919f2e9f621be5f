//! The command line against the demo server: what is printed, what is sent, how it ends. Everything runs in a home of its own.

#[path = "cli/batch.rs"]
mod batch;
#[path = "cli/calls.rs"]
mod calls;
#[path = "cli/places.rs"]
mod places;
#[path = "cli/terminal.rs"]
mod terminal;
#[path = "cli/world.rs"]
mod world;
