//! The articles screen, driven by keys and looked at as a whole.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test that does not find what it needs has to fail"
)]

#[path = "console_articles/creating.rs"]
mod creating;
#[path = "console_articles/desk.rs"]
mod desk;
#[path = "console_articles/editing.rs"]
mod editing;
#[path = "console_articles/history.rs"]
mod history;
#[path = "console_articles/kept.rs"]
mod kept;
#[path = "console_articles/reading.rs"]
mod reading;
#[path = "console_articles/saving.rs"]
mod saving;
#[path = "console_articles/session.rs"]
mod session;
