//! The parts of reading a thread: the sheet of its lines, the window over them, finding, numbers, copying, and the way to
//! the next conversation.

pub mod ahead;
mod beside;
pub mod commands;
pub mod copying;
pub mod finding;
pub mod links;
mod seeking;
pub mod sheet;
pub mod standing;
pub mod window;
pub mod words;
