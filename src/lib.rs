//! Switchboard: a terminal support console for Intercom.

pub mod app;
pub mod domain;
pub mod ui;
