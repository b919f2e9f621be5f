//! The demo server as a client sees it: raw HTTP, raw events, no code shared with the server or the client.

#[path = "demo_server/wire.rs"]
mod wire;

#[path = "demo_server/http.rs"]
mod http;
#[path = "demo_server/reading.rs"]
mod reading;
#[path = "demo_server/searching.rs"]
mod searching;
#[path = "demo_server/writing.rs"]
mod writing;
