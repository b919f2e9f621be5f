//! Switchboard.
pub mod demo;
