//! The articles screen, driven by keys and looked at as a whole.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test that does not find what it needs has to fail"
)]

#[path = "console_articles/confirming.rs"]
mod confirming;
#[path = "console_articles/conflict.rs"]
mod conflict;
#[path = "console_articles/creating.rs"]
mod creating;
#[path = "console_articles/desk.rs"]
mod desk;
#[path = "shared/dice.rs"]
mod dice;
#[path = "console_articles/editing.rs"]
mod editing;
#[path = "console_articles/fields.rs"]
mod fields;
#[path = "console_articles/finding.rs"]
mod finding;
#[path = "console_articles/handing.rs"]
mod handing;
#[path = "console_articles/history.rs"]
mod history;
#[path = "console_articles/kept.rs"]
mod kept;
#[path = "console_articles/links.rs"]
mod links;
#[path = "console_articles/linting.rs"]
mod linting;
#[path = "console_articles/markdown_roads.rs"]
mod markdown_roads;
#[path = "console_articles/modes.rs"]
mod modes;
#[path = "console_articles/outline.rs"]
mod outline;
#[path = "console_articles/proposing.rs"]
mod proposing;
#[path = "console_articles/reading.rs"]
mod reading;
#[path = "console_articles/reviewing.rs"]
mod reviewing;
#[path = "console_articles/saving.rs"]
mod saving;
#[path = "console_articles/session.rs"]
mod session;
#[path = "console_articles/settling.rs"]
mod settling;
#[path = "console_articles/tables.rs"]
mod tables;
#[path = "console_articles/typed_since.rs"]
mod typed_since;
#[path = "console_articles/unread.rs"]
mod unread;
