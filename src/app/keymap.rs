//! Which key does what where. Built from the command table and the user's own keys; finds clashes.

use std::collections::HashMap;

use super::command::{COMMANDS, Command, Spec};
use super::key::{Code, Key};
use super::place::Place;

/// Keys by place.
#[derive(Clone, Debug)]
pub struct Keymap {
    commands: HashMap<(Place, Key), Command>,
    keys: HashMap<Command, Vec<Key>>,
}

/// Two commands on one key in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The key.
    pub key: Key,
    /// Where.
    pub place: Place,
    /// The command that already has it.
    pub first: Command,
    /// The command that wants it.
    pub second: Command,
}

fn default_keys(spec: &Spec) -> Vec<Key> {
    spec.keys.iter().filter_map(|key| key.parse().ok()).collect()
}

/// Keys that belong to typing and can be no command where text is typed.
pub fn types_text(key: Key) -> bool {
    let named = matches!(
        key.code,
        Code::Left | Code::Right | Code::Home | Code::End | Code::Backspace | Code::Delete
    );
    key.typed().is_some() || named
}

impl Keymap {
    /// The table's own keys.
    pub fn standard() -> Self {
        let (keymap, clashes) = Self::with(&HashMap::new());
        debug_assert!(clashes.is_empty(), "{clashes:?}");
        keymap
    }

    /// The table's keys, with some commands' keys replaced. Returns every clash found, in table order; the first command
    /// keeps the key.
    pub fn with(changed: &HashMap<Command, Vec<Key>>) -> (Self, Vec<Clash>) {
        let mut keymap = Self { commands: HashMap::new(), keys: HashMap::new() };
        let mut clashes = Vec::new();
        for spec in COMMANDS {
            let keys = changed.get(&spec.command).cloned().unwrap_or_else(|| default_keys(spec));
            for key in &keys {
                clashes.extend(keymap.bind(spec, *key));
            }
            keymap.keys.insert(spec.command, keys);
        }
        (keymap, clashes)
    }

    fn bind(&mut self, spec: &Spec, key: Key) -> Vec<Clash> {
        let mut clashes = Vec::new();
        let usable = |place: &&Place| spec.scope.covers(**place) && !(place.takes_text() && types_text(key));
        for &place in Place::ALL.iter().filter(usable) {
            let first = *self.commands.entry((place, key)).or_insert(spec.command);
            if first != spec.command {
                clashes.push(Clash { key, place, first, second: spec.command });
            }
        }
        clashes
    }

    /// What a key does in a place.
    pub fn command(&self, place: Place, key: Key) -> Option<Command> {
        self.commands.get(&(place, key)).copied()
    }

    /// The key to show for a command in a place: its first one that works there.
    pub fn shown(&self, place: Place, command: Command) -> Option<Key> {
        let works = |key: &&Key| self.command(place, **key) == Some(command);
        self.keys.get(&command)?.iter().find(works).copied()
    }

    /// Every key of a command in a place.
    pub fn all(&self, place: Place, command: Command) -> Vec<Key> {
        let works = |key: &&Key| self.command(place, **key) == Some(command);
        self.keys.get(&command).map(|keys| keys.iter().filter(works).copied().collect()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_no_clash() {
        assert_eq!(Keymap::with(&HashMap::new()).1, []);
    }

    #[test]
    fn text_places_keep_printable_keys() {
        let keymap = Keymap::standard();
        for key in ["q", "?", "1", "h", ":", "left"] {
            assert_eq!(keymap.command(Place::Editor, key.parse().unwrap()), None, "{key}");
        }
        assert_eq!(keymap.command(Place::Editor, "ctrl-s".parse().unwrap()), Some(Command::Review));
        assert_eq!(keymap.command(Place::Inbox, "q".parse().unwrap()), Some(Command::Quit));
    }

    #[test]
    fn the_confirmation_has_no_commands() {
        let keymap = Keymap::standard();
        assert!(keymap.commands.keys().all(|(place, _)| *place != Place::Confirmation));
    }

    #[test]
    fn a_clash_names_both() {
        let changed = HashMap::from([(Command::Search, vec!["q".parse().unwrap()])]);
        let clashes = Keymap::with(&changed).1;
        assert!(
            clashes
                .iter()
                .any(|c| c.first == Command::Search && c.second == Command::Quit && c.place == Place::Inbox)
        );
    }
}
