//! Where files of the console live.

use std::path::PathBuf;

/// The folder for drafts of a workspace. `workspace` becomes one folder name of letters, digits, dots and hyphens.
pub(super) fn drafts(workspace: &str) -> Option<PathBuf> {
    of("drafts", workspace)
}

/// The folder for the journal of a workspace, named as the one for its drafts.
pub(super) fn journal(workspace: &str) -> Option<PathBuf> {
    of("journal", workspace)
}

/// The folder for the triage marks of a workspace, likewise.
pub(super) fn marks(workspace: &str) -> Option<PathBuf> {
    of("marks", workspace)
}

/// The folder for the names learnt of a workspace, likewise.
pub(super) fn names(workspace: &str) -> Option<PathBuf> {
    of("names", workspace)
}

fn of(what: &str, workspace: &str) -> Option<PathBuf> {
    let state = crate::config::places::state()?;
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    let name: String = workspace.chars().map(plain).take(100).collect();
    Some(state.join(what).join(name))
}
