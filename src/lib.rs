//! Switchboard: a terminal support console for Intercom.

pub mod domain;
pub mod session;
