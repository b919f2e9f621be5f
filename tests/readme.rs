//! The README's table of keys is written from the command table. Set `UPDATE_README` to write it anew.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the README has to fail")]

use switchboard::app::command::{COMMANDS, Scope, Spec};
use switchboard::app::key::Key;

const START: &str = "<!-- keys: written from the command table; `cargo test` says when it is stale -->\n";
const END: &str = "<!-- /keys -->";

fn places(spec: &Spec) -> String {
    match spec.scope {
        Scope::Everywhere => "everywhere".into(),
        Scope::In(places) => places.iter().map(|place| place.title()).collect::<Vec<_>>().join(", "),
    }
}

fn row(spec: &Spec) -> String {
    let shown = |key: &&str| format!("`{}`", key.parse::<Key>().unwrap());
    let keys: Vec<String> = spec.keys.iter().map(|key| shown(key)).collect();
    format!("| {} | {} | {} | `{}` |\n", keys.join(" "), spec.title, places(spec), spec.name)
}

#[test]
fn the_table_of_keys_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let (before, rest) = readme.split_once(START).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let rows: String = COMMANDS.iter().map(row).collect();
    let fresh = format!("{before}{START}\n| Keys | What | Where | Name |\n|---|---|---|---|\n{rows}\n{END}{after}");
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, &fresh).unwrap();
    }
    assert!(readme == fresh, "README.md is stale: run UPDATE_README=1 cargo test --test readme, twice");
}
