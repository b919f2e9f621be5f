//! Switchboard: a terminal support console for Intercom.

pub mod app;
pub mod domain;
pub mod ui;
pub mod cli;
pub mod config;
pub mod demo;
pub mod runtime;
pub mod session;
