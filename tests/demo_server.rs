//! The demo server as a client sees it: raw HTTP, raw events, no code shared with the server or the client.

#[cfg(test)]
#[path = "demo_server/wire.rs"]
mod wire;

#[cfg(test)]
#[path = "demo_server/browser.rs"]
mod browser;

#[cfg(test)]
#[path = "demo_server/attacks.rs"]
mod attacks;
#[cfg(test)]
#[path = "demo_server/faults.rs"]
mod faults;
#[cfg(test)]
#[path = "demo_server/http.rs"]
mod http;
#[cfg(test)]
#[path = "demo_server/legacy.rs"]
mod legacy;
#[cfg(test)]
#[path = "demo_server/modern.rs"]
mod modern;
#[cfg(test)]
#[path = "demo_server/reading.rs"]
mod reading;
#[cfg(test)]
#[path = "demo_server/searching.rs"]
mod searching;
#[cfg(test)]
#[path = "demo_server/sign_in.rs"]
mod sign_in;
#[cfg(test)]
#[path = "demo_server/writing.rs"]
mod writing;
