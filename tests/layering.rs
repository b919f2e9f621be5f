//! Who may know whom. Reads the source as text; that writing has one door is held in `writing_road`.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the source has to fail")]

#[path = "shared/source.rs"]
mod source;

use source::sources;

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
fn no_file_is_a_table_of_contents() {
    let long = |(name, text): &(String, String)| {
        let own = text.split("#[cfg(test)]").next().unwrap_or(text).lines().count();
        (own > 420).then(|| format!("src/{name}: {own} lines"))
    };
    let found: Vec<String> = sources().iter().filter_map(long).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
