//! Sign-ins against an authorization server that plays every part, on loopback.

mod files;
mod flow;
mod refusals;
mod renewing;
mod secrecy;
mod server;
mod ways;
mod world;
