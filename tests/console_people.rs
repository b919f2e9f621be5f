//! The People and the Companies screen driven by keys, with a scripted desk behind them. Whole screens are compared.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "tests may fail loudly, and look at a few effects and calls among many"
)]

#[path = "console_people/anything.rs"]
mod anything;
#[path = "console_people/companies.rs"]
mod companies;
#[path = "console_inbox/desk.rs"]
mod desk;
#[path = "console_people/holes.rs"]
mod holes;
#[path = "console_inbox/world.rs"]
mod inbox_world;
#[path = "console_people/lists.rs"]
mod lists;
#[path = "console_inbox/monkey.rs"]
mod monkey;
#[path = "console_people/people.rs"]
mod people;
#[path = "console_people/world.rs"]
mod world;
