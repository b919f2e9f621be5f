//! The Inbox driven by keys, with a scripted desk behind it. Whole screens are compared.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "tests may fail loudly, and look at a few effects and calls among many"
)]

#[path = "console_inbox/answers.rs"]
mod answers;
#[path = "console_inbox/anything.rs"]
mod anything;
#[path = "console_inbox/arranged.rs"]
mod arranged;
#[path = "console_inbox/beginning.rs"]
mod beginning;
#[path = "console_inbox/choosing.rs"]
mod choosing;
#[path = "console_inbox/copying.rs"]
mod copying;
#[path = "console_inbox/counting.rs"]
mod counting;
#[path = "console_inbox/desk.rs"]
mod desk;
#[path = "shared/dice.rs"]
mod dice;
#[path = "console_inbox/finding.rs"]
mod finding;
#[path = "console_inbox/form.rs"]
mod form;
#[path = "console_inbox/helping.rs"]
mod helping;
#[path = "console_inbox/insight.rs"]
mod insight;
#[path = "console_inbox/list.rs"]
mod list;
#[path = "console_inbox/looks.rs"]
mod looks;
#[path = "console_inbox/monkey.rs"]
mod monkey;
#[path = "console_inbox/neighbours.rs"]
mod neighbours;
#[path = "console_inbox/note.rs"]
mod note;
#[path = "console_inbox/paging.rs"]
mod paging;
#[path = "console_inbox/reading.rs"]
mod reading;
#[path = "console_inbox/searching.rs"]
mod searching;
#[path = "console_inbox/slow.rs"]
mod slow;
#[path = "console_inbox/thread.rs"]
mod thread;
#[path = "console_inbox/threads.rs"]
mod threads;
#[path = "console_inbox/triage.rs"]
mod triage;
#[path = "console_inbox/views.rs"]
mod views;
#[path = "console_inbox/world.rs"]
mod world;
