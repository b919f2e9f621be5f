//! From the settings file to a session: where the file is, what it says, and `switchboard config`.

use std::path::PathBuf;

use super::arguments::Shared;
use super::exit::{Exit, Refusal};
use super::output::Output;
use crate::config::{self, Config};
use crate::demo;
use crate::domain::text::Clean;
use crate::domain::time::Unix;
use crate::session::Settings;
use crate::session::auth::Account;
use crate::session::tap::Tap;

/// The settings file, described: every option with its default.
const DESCRIBED: &str = include_str!("../../assets/config.toml");

/// The file that was named or the standard one, and whether it was named.
fn path(shared: &Shared) -> Option<(PathBuf, bool)> {
    match &shared.config {
        Some(path) => Some((path.clone(), true)),
        None => config::standard_path().map(|path| (path, false)),
    }
}

/// A refusal that speaks of `config.toml`, with the path that is meant.
pub(super) fn named_in(refusal: Refusal, shared: &Shared) -> Refusal {
    let Some((path, _)) = path(shared) else { return refusal };
    Refusal { hint: refusal.hint.replace("config.toml", &path.display().to_string()), ..refusal }
}

/// What the settings file says.
///
/// # Errors
/// It was named and cannot be read, or says something that is not allowed.
pub fn load(shared: &Shared) -> Result<Config, Refusal> {
    let Some((path, named)) = path(shared) else { return Ok(Config::default()) };
    config::load(&path, named).map_err(|error| Refusal::new(Exit::Usage, error.to_string()))
}

/// Says where the file is, and prints it as it would be with every default.
pub(super) fn describe(shared: &Shared) -> Result<(), Refusal> {
    let output = Output::standard();
    match path(shared) {
        Some((path, named)) if path.exists() => match config::load(&path, named) {
            Ok(config) => {
                output.line(&format!("# In use: {}\n", path.display()))?;
                for view in &config.unusable {
                    output.line(&format!("# The view \"{}\" cannot be used: {}\n", view.name, view.why))?;
                }
            }
            Err(error) => {
                let error = Clean::line(&error.to_string());
                output.line(&format!("# Cannot be used: {}\n# {error}\n", path.display()))?;
            }
        },
        Some((path, _)) => output.line(&format!("# Not there yet: {}\n", path.display()))?,
        None => output.line("# This machine names no folder for settings; use --config FILE.\n")?,
    }
    output.line(DESCRIBED.trim_end())
}

/// Starts the embedded workspace and says how to reach it. `now` is what it takes as the present.
pub(super) async fn demo(tap: Tap, now: Unix) -> Result<(Settings, demo::Running), Refusal> {
    let wrong = |words: String| Refusal::new(Exit::Error, words);
    let options = demo::Options { now: now.0, ..demo::Options::default() };
    let server = demo::start(options).await.map_err(|error| wrong(error.to_string()))?;
    let endpoint = url::Url::parse(&server.url()).map_err(|error| wrong(error.to_string()))?;
    Ok((Settings { tap, ..Settings::new(endpoint, Account::nobody()) }, server))
}
