//! The program's own source as text, for tests about what stands in it.

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

/// Path below `src`, and text without comments and unit tests.
pub(crate) fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let code = |text: String| -> String {
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("").to_owned();
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    };
    let name = |path: &Path| path.strip_prefix(&root).unwrap().display().to_string();
    let is_code = |path: &PathBuf| !path.display().to_string().contains("/tests");
    files(&root)
        .into_iter()
        .filter(is_code)
        .map(|path| (name(&path), code(fs::read_to_string(&path).unwrap())))
        .collect()
}
