//! Whatever the server sends, through the real session and onto the screen: records without fields, and text that wants to
//! do more than be read. Records are made from examples of Intercom's REST description 2.16 (MIT), one of each kind.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test says what it finds by failing"
)]

#[path = "shapes/desk.rs"]
mod desk;
#[path = "shared/dice.rs"]
mod dice;
#[path = "shapes/frame.rs"]
mod frame;
#[path = "shapes/hostile.rs"]
mod hostile;
#[path = "shapes/missing.rs"]
mod missing;
#[path = "shapes/server.rs"]
mod server;
