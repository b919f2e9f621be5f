//! The real program in a real terminal: a few walks from outside, with the embedded workspace.

#[cfg(test)]
#[path = "shared/dice.rs"]
mod dice;
#[cfg(test)]
#[path = "pty/kept.rs"]
mod kept;
#[cfg(test)]
#[path = "pty/monkey.rs"]
mod monkey;
#[cfg(test)]
#[path = "pty/outside.rs"]
mod outside;
#[cfg(test)]
#[path = "pty/refusals.rs"]
mod refusals;
#[cfg(test)]
#[path = "pty/sessions.rs"]
mod sessions;
#[cfg(test)]
#[path = "pty/terminal.rs"]
mod terminal;
#[cfg(test)]
#[path = "pty/walks.rs"]
mod walks;
