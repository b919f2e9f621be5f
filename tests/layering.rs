//! Who may know whom, and that writing has one door. Reads the source as text.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the source has to fail")]

use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found
}

/// Path below `src` and text without comments.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let code = |text: String| {
        let plain = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        plain.collect::<Vec<_>>().join("\n")
    };
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        (name, code(fs::read_to_string(path).unwrap()))
    };
    files(&root).into_iter().map(read).collect()
}

fn layer(name: &str) -> &str {
    name.split('/').next().unwrap().trim_end_matches(".rs")
}

/// What each layer must not name, words apart by blanks. `demo` shares nothing of
/// the client's.
const FORBIDDEN: [(&str, &str); 7] = [
    ("domain", "crate::app crate::ui crate::session crate::runtime crate::demo crate::cli crate::config"),
    ("session", "crate::app crate::ui crate::runtime crate::demo crate::cli crate::config ratatui crossterm"),
    ("app", "crate::session crate::ui crate::runtime crate::demo crate::cli crate::config crossterm tokio"),
    ("ui", "crate::session crate::runtime crate::demo crate::cli crate::config crossterm tokio"),
    ("cli", "crate::app crate::ui crate::runtime"),
    ("config", "crate::ui crate::session crate::runtime crate::demo tokio"),
    ("demo", "crate::app crate::ui crate::session crate::runtime crate::config rmcp crossterm ratatui"),
];

/// What the pure layers must not name either.
const IMPURE: &str =
    "tokio ratatui::Terminal crossterm serde_json std::fs reqwest rmcp std::net std::process";

fn forbidden(layer: &str) -> impl Iterator<Item = &'static str> {
    let own = FORBIDDEN.iter().find(|(name, _)| *name == layer).map_or("", |(_, words)| words);
    let pure = if matches!(layer, "domain" | "app" | "ui") { IMPURE } else { "" };
    own.split(' ').chain(pure.split(' ')).filter(|word| !word.is_empty())
}

#[test]
fn layers_know_only_what_they_may() {
    let mut broken = Vec::new();
    for (name, text) in sources() {
        let known = forbidden(layer(&name)).filter(|word| text.contains(word));
        broken.extend(known.map(|word| format!("src/{name} knows {word}")));
        let entrance = matches!(layer(&name), "runtime" | "main" | "lib");
        if layer(&name) == "ui" && text.contains("&mut Model") {
            broken.push(format!("src/{name} can change the model"));
        }
        if !entrance && text.contains("crate::runtime") {
            broken.push(format!("src/{name} knows crate::runtime"));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn rmcp_lives_behind_one_door() {
    let knows = |(name, text): &(String, String)| text.contains("rmcp") && !name.starts_with("session/mcp");
    let strangers: Vec<String> = sources().into_iter().filter(knows).map(|(name, _)| name).collect();
    assert_eq!(strangers, Vec::<String>::new());
}

#[test]
fn leave_to_write_is_made_in_one_place() {
    let mut makers = Vec::new();
    for (name, text) in sources() {
        let named = ["impl Approved {", "struct Approved {", "-> Approved {"];
        let named: usize = named.iter().map(|form| text.matches(form).count()).sum();
        let made = text.matches("Approved {").count() - named;
        makers.extend((0..made).map(|_| name.clone()));
    }
    assert_eq!(makers, ["domain/change/confirmation.rs"]);
}

#[test]
fn no_file_is_a_table_of_contents() {
    let long = |(name, text): &(String, String)| {
        let own = text.split("#[cfg(test)]").next().unwrap_or(text).lines().count();
        (own > 420).then(|| format!("src/{name}: {own} lines"))
    };
    let found: Vec<String> = sources().iter().filter_map(long).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
