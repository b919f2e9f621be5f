//! The command line against the demo server: what is printed, what is sent, how it ends. Everything runs in a home of its own.

#[cfg(test)]
#[path = "cli/batch.rs"]
mod batch;
#[cfg(test)]
#[path = "cli/calls.rs"]
mod calls;
#[cfg(test)]
#[path = "cli/doctor.rs"]
mod doctor;
#[cfg(test)]
#[path = "cli/places.rs"]
mod places;
#[cfg(test)]
#[path = "cli/sign_in.rs"]
mod sign_in;
#[cfg(test)]
#[path = "cli/terminal.rs"]
mod terminal;
#[cfg(test)]
#[path = "cli/world.rs"]
mod world;
