//! What a person does to the console: keys, signals, the window's size. The same for every session.

use std::time::Duration;

use crossterm::event::EventStream;

use super::input::Input;
use super::signals::{Leaving, Resized};
use crate::app::key::{Code, Key};

/// How long the thread that reads keys may take to let go of the terminal.
const LETTING_GO: Duration = Duration::from_millis(20);

/// What a person does to us; the same for every session.
pub(super) struct Keys {
    pub(super) stream: EventStream,
    pub(super) leaving: Leaving,
    pub(super) resized: Resized,
    pub(super) input: Input,
}

impl Keys {
    /// Stops reading the terminal, so that somebody else can. What was typed ahead was meant for neither.
    pub(super) fn let_go(&mut self) {
        drop(std::mem::replace(&mut self.stream, EventStream::new()));
        self.input = Input::default();
        // Waits for the reader's thread to let go of the terminal, too.
        let mut patience = LETTING_GO;
        while crossterm::event::poll(patience).unwrap_or(false) && crossterm::event::read().is_ok() {
            patience = Duration::ZERO;
        }
    }
}

/// Whether a key leaves from where no commands are: as everywhere else, by its usual name.
pub(super) fn leaves(key: Key) -> bool {
    key.ctrl && matches!(key.code, Code::Char('c' | 'q'))
}
