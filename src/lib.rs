//! Switchboard.

pub mod domain;
