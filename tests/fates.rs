//! Faults at every step of a write, against the real program in a real terminal: what it tells is what happened, at most one
//! write arrives, and the edit is on disk unless it landed. A go-between does the harm, so that each fault strikes at one
//! step and no other; the program is killed where a fault says so, and asked again when it is started again.

#[cfg(test)]
#[expect(dead_code, reason = "the other test file uses the rest")]
#[path = "pty/terminal.rs"]
mod terminal;

#[cfg(test)]
#[path = "fates/between.rs"]
mod between;
#[cfg(test)]
#[path = "fates/cases.rs"]
mod cases;
