//! Where files of this program live on this machine.

use std::path::PathBuf;

/// The folder for what the program keeps by itself: drafts, sign-ins, what it learnt of servers.
pub fn state() -> Option<PathBuf> {
    let project = directories::ProjectDirs::from("", "", "switchboard")?;
    Some(project.state_dir().unwrap_or_else(|| project.data_local_dir()).to_path_buf())
}

/// The folder for private sign-in files.
pub fn sign_ins() -> Option<PathBuf> {
    state().map(|state| state.join("accounts"))
}

/// The folder for what is learnt of servers.
pub fn servers() -> Option<PathBuf> {
    state().map(|state| state.join("servers"))
}

/// Where mcp-remote keeps its sign-ins (intercom-mcp 8.3).
pub fn mcp_remote() -> Option<PathBuf> {
    let set = std::env::var_os("MCP_REMOTE_CONFIG_DIR").filter(|set| !set.is_empty());
    let home = || Some(directories::BaseDirs::new()?.home_dir().join(".mcp-auth"));
    set.map(PathBuf::from).or_else(home)
}
