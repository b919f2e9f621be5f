//! The help: every command of the place below with all its keys.

use crate::app::command::{COMMANDS, Command};
use crate::app::keymap::Keymap;
use crate::app::list::Scroll;
use crate::app::place::Place;

/// One line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpRow {
    /// Keys, joined by blanks.
    pub keys: String,
    /// What they do.
    pub title: &'static str,
}

/// The help of one place.
#[derive(Debug)]
pub struct Help {
    /// The place it is about.
    pub place: Place,
    /// Its lines, in the table's order.
    pub rows: Vec<HelpRow>,
    /// The window over them.
    pub scroll: Scroll,
}

fn row(keymap: &Keymap, place: Place, command: Command, title: &'static str) -> Option<HelpRow> {
    let keys: Vec<String> = keymap.all(place, command).iter().map(ToString::to_string).collect();
    (!keys.is_empty()).then(|| HelpRow { keys: keys.join("  "), title })
}

impl Help {
    /// The help of `place`.
    pub fn of(place: Place, keymap: &Keymap) -> Self {
        let rows = COMMANDS.iter().filter_map(|spec| row(keymap, place, spec.command, spec.title));
        Self { place, rows: rows.collect(), scroll: Scroll::default() }
    }
}

/// Lines of text that fit into the help's box over `body`: all of them, or as many as there is room for.
pub fn height(body: ratatui::layout::Rect, help: &Help) -> u16 {
    let wanted = u16::try_from(help.rows.len()).unwrap_or(u16::MAX);
    wanted.min(body.height.saturating_sub(2))
}
