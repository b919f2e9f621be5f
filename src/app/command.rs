//! Every command, declared once: its name in the config, its words, its keys and the places where it works. Keys, help,
//! palette, footer and the README's table all come from here.

mod table;

use super::list::Move;
use super::place::Place;
pub use table::{COMMANDS, Command};

/// Where a command works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// In every place except the confirmation and the server's questions, whose keys are their own; where text is typed, by
    /// chords and named keys only.
    Everywhere,
    /// In these places.
    In(&'static [Place]),
}

impl Scope {
    /// Whether the scope covers a place.
    pub fn covers(self, place: Place) -> bool {
        match self {
            Self::Everywhere => !matches!(place, Place::Confirmation | Place::Question),
            Self::In(places) => places.contains(&place),
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// The command.
    pub command: Command,
    /// Its name in the config: lower case, words joined by hyphens.
    pub name: &'static str,
    /// What it does, in a few words that begin with a verb.
    pub title: &'static str,
    /// Default keys, the one to show first.
    pub keys: &'static [&'static str],
    /// Where it works.
    pub scope: Scope,
    /// One or two words for the hints line, which lists rows in this order; empty to stay out of it.
    pub hint: &'static str,
    /// Other words that a person may look for it by.
    pub also: &'static str,
}

impl Command {
    /// The movement it stands for; none for all others.
    #[expect(clippy::wildcard_enum_match_arm, reason = "six commands move, the rest does not")]
    pub fn movement(self) -> Option<Move> {
        Some(match self {
            Self::Up => Move::Up,
            Self::Down => Move::Down,
            Self::PageUp => Move::PageUp,
            Self::PageDown => Move::PageDown,
            Self::Top => Move::Top,
            Self::Bottom => Move::Bottom,
            _ => return None,
        })
    }
}

/// The row of a command.
pub fn spec(command: Command) -> &'static Spec {
    let found = COMMANDS.iter().find(|spec| spec.command == command);
    // Every variant is made by the row that describes it, so the first row is never the answer in practice.
    found.unwrap_or(&COMMANDS[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::Key;

    #[test]
    fn names_are_unique_and_keys_can_be_read() {
        let mut names: Vec<&str> = COMMANDS.iter().map(|spec| spec.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COMMANDS.len());
        for spec in COMMANDS {
            assert!(!spec.keys.is_empty(), "{} has no key", spec.name);
            spec.keys.iter().for_each(|key| assert!(key.parse::<Key>().is_ok(), "{key}"));
            assert_eq!(spec.command, super::spec(spec.command).command);
        }
    }
}
