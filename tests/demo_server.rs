//! The demo server as a client sees it: raw HTTP, raw events, no code shared with the server or the client.

#[cfg(test)]
#[path = "demo_server/wire.rs"]
mod wire;

#[cfg(test)]
#[path = "demo_server/http.rs"]
mod http;
#[cfg(test)]
#[path = "demo_server/reading.rs"]
mod reading;
#[cfg(test)]
#[path = "demo_server/searching.rs"]
mod searching;
#[cfg(test)]
#[path = "demo_server/writing.rs"]
mod writing;
