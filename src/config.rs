//! The person's own settings: where the file is, what it may say, and errors that name file, line and key.

mod file;
mod keys;
pub mod places;

pub use file::{Config, ConfigError, load, parse, standard_path};
