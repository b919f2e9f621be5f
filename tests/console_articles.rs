//! The articles screen, driven by keys and looked at as a whole.

#[path = "console_articles/desk.rs"]
mod desk;
#[path = "console_articles/editing.rs"]
mod editing;
#[path = "console_articles/reading.rs"]
mod reading;
#[path = "console_articles/saving.rs"]
mod saving;
