//! The `[keys]` table: command names to lists of keys, checked against the command table.

use std::collections::{BTreeMap, HashMap};

use toml::Spanned;

use super::file::{Keys, Mistake};
use crate::app::command::{COMMANDS, Command, spec};
use crate::app::key::Key;
use crate::app::keymap::{Clash, Keymap, types_text};
use crate::app::place::Place;

type Written = BTreeMap<Spanned<String>, Spanned<Keys>>;

/// The keymap with the person's own keys; the first mistake, if any.
pub(super) fn keymap(written: &Written) -> Result<Keymap, Mistake> {
    let mut changed = HashMap::new();
    let mut places: HashMap<Command, usize> = HashMap::new();
    for (name, keys) in written {
        let command = command(name)?;
        let read: Result<Vec<Key>, String> = keys.get_ref().written().iter().map(|key| key.parse()).collect();
        let read = read.and_then(|keys| usable(command, keys));
        changed.insert(command, read.map_err(|sentence| (keys.span().start, sentence))?);
        places.insert(command, name.span().start);
    }
    let (keymap, clashes) = Keymap::with(&changed);
    match clashes.first() {
        None => Ok(keymap),
        Some(clash) => Err(told(*clash, &places)),
    }
}

/// Refuses keys that could never do what they are given for.
fn usable(command: Command, keys: Vec<Key>) -> Result<Vec<Key>, String> {
    let spec = spec(command);
    if command == Command::Quit && keys.is_empty() {
        return Err("\"quit\" needs a key, or there is no way out.".to_owned());
    }
    let places: Vec<Place> = Place::ALL.into_iter().filter(|place| spec.scope.covers(*place)).collect();
    let only_text = places.iter().all(|place| place.takes_text());
    match keys.iter().find(|key| only_text && types_text(**key)) {
        Some(key) => {
            let place = places.first().map_or("", |place| place.title());
            Err(format!(
                "\"{key}\" types text in {place}, so that \"{}\" needs a chord such as ctrl-{key}.",
                spec.name
            ))
        }
        None => Ok(keys),
    }
}

fn command(name: &Spanned<String>) -> Result<Command, Mistake> {
    let written = name.get_ref().as_str();
    if let Some(found) = COMMANDS.iter().find(|spec| spec.name == written) {
        return Ok(found.command);
    }
    let near = COMMANDS.iter().map(|spec| (distance(spec.name, written), spec.name)).min();
    let advice = match near {
        Some((away, name)) if away <= 2 => format!("did you mean \"{name}\"?"),
        _ => "the help (?) lists them all.".to_owned(),
    };
    Err((name.span().start, format!("\"{written}\" is no command; {advice}")))
}

fn told(clash: Clash, places: &HashMap<Command, usize>) -> Mistake {
    let (wanting, having) = if places.contains_key(&clash.second) {
        (clash.second, clash.first)
    } else {
        (clash.first, clash.second)
    };
    let at = places.get(&wanting).copied().unwrap_or(0);
    let (key, place) = (clash.key.to_string(), clash.place.title());
    let sentence = format!(
        "\"{key}\" in {place} already means \"{}\"; give \"{}\" another key, or change both.",
        spec(having).name,
        spec(wanting).name
    );
    (at, sentence)
}

/// How many letters differ, are missing or too many.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, to) in b.iter().enumerate() {
            let best = (diagonal + usize::from(from != *to)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row[b.len()]
}
