//! Where files of the console live.

use std::path::PathBuf;

/// The folder for drafts of a workspace. `workspace` becomes one folder name of letters, digits, dots and hyphens.
pub(super) fn drafts(workspace: &str) -> Option<PathBuf> {
    let state = crate::config::places::state()?;
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    let name: String = workspace.chars().map(plain).take(100).collect();
    Some(state.join("drafts").join(name))
}
