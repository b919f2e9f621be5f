//! Nobody publishes by accident: one door to writing in the source, and whatever comes in, a write follows only the
//! letters that were demanded, typed one by one by fingers. And whatever happens, what was typed is somewhere.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test that does not find what it needs has to fail"
)]

#[path = "writing_road/by_hand.rs"]
mod by_hand;
#[expect(dead_code, reason = "the other test files use the rest")]
#[path = "console_articles/desk.rs"]
mod desk;
#[path = "writing_road/dialog.rs"]
mod dialog;
#[path = "shared/dice.rs"]
mod dice;
#[path = "writing_road/doors.rs"]
mod doors;
#[path = "shared/source.rs"]
mod source;
#[path = "writing_road/typed.rs"]
mod typed;
