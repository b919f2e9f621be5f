//! The person's own settings: where the file is, what it may say, and errors that name file, line and key.

mod file;
mod keys;
pub mod places;
mod sign_in;
mod views;

pub(crate) use file::no_address;
pub use file::{Config, ConfigError, Transport, load, parse, standard_path};
pub use sign_in::OAuth;
