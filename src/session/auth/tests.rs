//! Sign-ins against an authorization server that plays every part, on loopback.

mod flow;
mod server;
mod world;
