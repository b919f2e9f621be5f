//! The account to open when none is named. Owns one small file with its name; refuses anything secret.

use std::io::Write as _;
use std::path::PathBuf;

use super::exit::{Exit, Refusal};
use crate::config::places;

fn file() -> Option<PathBuf> {
    places::state().map(|state| state.join("account"))
}

/// Its name, when one was chosen.
pub(super) fn default() -> Option<String> {
    let name = std::fs::read_to_string(file()?).ok()?;
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Remembers it.
///
/// # Errors
/// It cannot be written down.
pub fn remember(name: &str) -> Result<(), Refusal> {
    let unkept = |why: String| Refusal::new(Exit::Error, format!("The choice cannot be remembered: {why}."));
    let file = file().ok_or_else(|| unkept("this machine names no home folder".into()))?;
    keep(&file, name).map_err(|error| unkept(error.to_string()))
}

/// Replaced whole, so that another process never reads half a name.
fn keep(file: &std::path::Path, name: &str) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(file);
    std::fs::create_dir_all(folder)?;
    let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
    writeln!(fresh, "{name}")?;
    fresh.persist(file)?;
    Ok(())
}

/// Forgets it when it is this one.
pub(super) fn forget(name: &str) {
    if let Some(file) = file().filter(|_| default().as_deref() == Some(name)) {
        // When it stays, the next start finds no such account and goes on.
        let _ = std::fs::remove_file(file);
    }
}
