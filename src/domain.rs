//! The desk's own values: what a support console is about, with no wire, terminal, clock or file in it.

pub mod diff;
pub mod html;
pub mod rich;
pub mod text;
