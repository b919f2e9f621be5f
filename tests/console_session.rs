//! The Session screen, the first screen and the server's questions, driven by keys and reports. Whole screens are compared.

#![expect(clippy::unwrap_used, reason = "tests may fail loudly")]

#[path = "console_session/anything.rs"]
mod anything;
#[path = "console_session/asking.rs"]
mod asking;
#[path = "console_session/beginning.rs"]
mod beginning;
#[path = "console_session/desk.rs"]
mod desk;
#[path = "console_session/looks.rs"]
mod looks;
#[path = "console_session/names.rs"]
mod names;
#[path = "console_session/signing.rs"]
mod signing;
#[path = "console_session/world.rs"]
mod world;
