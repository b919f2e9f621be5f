//! Behaviour: what a key, an answer or a timer does. `update` is pure: it changes the model and returns what is to be
//! done, as data. Refuses the session, the terminal, files and the clock; the moment comes with every event.

pub mod command;
pub mod editor;
pub mod effect;
pub mod event;
pub mod field;
pub mod hidden;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod list;
mod local;
pub mod model;
pub mod notice;
pub mod opening;
pub mod overlay;
pub mod pane;
pub mod place;
pub mod rows;
pub mod shell;
pub mod update;

pub use effect::Effect;
pub use event::{Event, Timer};
pub use model::{Model, Screen};
pub use shell::{Options, Shell};
pub use update::update;
