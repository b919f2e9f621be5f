//! Reading `config.toml`. Every option with its default is described in `assets/config.toml`, which a test reads with this
//! very code.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::keys;
use crate::app::keymap::Keymap;

/// What the file said, checked.
#[derive(Debug)]
pub struct Config {
    /// The MCP endpoint; none for Intercom's own in the US.
    pub url: Option<url::Url>,
    /// Where Intercom's web app is.
    pub web: Option<String>,
    /// No writes at all.
    pub read_only: bool,
    /// Colours, unless `NO_COLOR` is set.
    pub colour: bool,
    /// Keys.
    pub keymap: Keymap,
}

impl Default for Config {
    fn default() -> Self {
        Self { url: None, web: None, read_only: false, colour: true, keymap: Keymap::standard() }
    }
}

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{path} cannot be read: {cause}.")]
    Unreadable {
        /// Which file.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// It says something that is not allowed.
    #[error("{path}, line {line}: {sentence}")]
    Wrong {
        /// Which file.
        path: String,
        /// From 1.
        line: usize,
        /// What is wrong and what would be right.
        sentence: String,
    },
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    url: Option<Spanned<String>>,
    web: Option<Spanned<String>>,
    read_only: bool,
    colour: Option<bool>,
    keys: BTreeMap<Spanned<String>, Spanned<Keys>>,
}

/// One key, or a list of them.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a key such as \"ctrl-s\", or a list of keys")]
pub(super) enum Keys {
    /// `"c"`
    One(String),
    /// `["c", "f5"]`
    Many(Vec<String>),
}

impl Keys {
    pub(super) fn written(&self) -> &[String] {
        match self {
            Self::One(key) => std::slice::from_ref(key),
            Self::Many(keys) => keys,
        }
    }
}

/// A mistake before its line is known: byte offset and sentence.
pub(super) type Mistake = (usize, String);

/// Where the file is looked for when none is named.
pub fn standard_path() -> Option<PathBuf> {
    let project = directories::ProjectDirs::from("", "", "switchboard")?;
    Some(project.config_dir().join("config.toml"))
}

/// Reads a file. One that does not exist is an error only when it was `named` by the person.
pub fn load(path: &Path, named: bool) -> Result<Config, ConfigError> {
    let shown = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => parse(&text, &shown),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound && !named => Ok(Config::default()),
        Err(cause) => Err(ConfigError::Unreadable { path: shown, cause }),
    }
}

/// Reads the text of a file called `path`.
pub fn parse(text: &str, path: &str) -> Result<Config, ConfigError> {
    let wrong = |(at, sentence): Mistake| {
        let line = text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
        ConfigError::Wrong { path: path.to_owned(), line, sentence }
    };
    let written: Written = toml::from_str(text).map_err(|error| wrong(told(&error)))?;
    check(written).map_err(wrong)
}

fn told(error: &toml::de::Error) -> Mistake {
    let message = error.message().replace('`', "\"").replace('\n', " ");
    (error.span().map_or(0, |span| span.start), format!("{message}."))
}

fn check(written: Written) -> Result<Config, Mistake> {
    let keymap = keys::keymap(&written.keys)?;
    Ok(Config {
        url: written.url.map(|url| address(&url)).transpose()?,
        web: written
            .web
            .map(|web| address(&web).map(|url| url.as_str().trim_end_matches('/').into()))
            .transpose()?,
        read_only: written.read_only,
        colour: written.colour.unwrap_or(true),
        keymap,
    })
}

fn address(written: &Spanned<String>) -> Result<url::Url, Mistake> {
    let start = written.span().start;
    let url = url::Url::parse(written.get_ref())
        .map_err(|error| (start, format!("\"{}\" is no address: {error}.", written.get_ref())))?;
    if matches!(url.scheme(), "http" | "https") {
        return Ok(url);
    }
    Err((start, format!("\"{}\" must begin with http:// or https://.", written.get_ref())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(text: &str) -> String {
        parse(text, "config.toml").unwrap_err().to_string()
    }

    #[test]
    fn the_described_file_is_the_default() {
        let config = parse(include_str!("../../assets/config.toml"), "config.toml").unwrap();
        let default = Config::default();
        assert_eq!(
            (config.url, config.read_only, config.colour),
            (default.url, default.read_only, default.colour)
        );
    }

    #[test]
    fn mistakes_name_file_line_and_key() {
        let unknown = sentence("read_only = true\ncolor = true\n");
        assert!(unknown.starts_with("config.toml, line 2: unknown field \"color\""), "{unknown}");
        assert!(sentence("url = \"ftp://x\"").contains("line 1: \"ftp://x\" must begin with http"));
        assert!(
            sentence("\n\n[keys]\nserach = [\"/\"]")
                .contains("line 4: \"serach\" is no command; did you mean \"search\"?")
        );
        assert!(sentence("[keys]\nsearch = [\"ctrl-\"]").contains("line 2: \"ctrl-\" is no key"));
        assert!(sentence("[keys]\nsearch = 3").contains("a list of keys"));
        assert!(sentence("[keys]\nreview = \"a\"").contains("line 2: \"a\" types text in Editor"));
        assert!(sentence("[keys]\nquit = []").contains("line 2: \"quit\" needs a key"));
        assert!(parse("[keys]\nsearch = \"f3\"\nbrowse = []", "config.toml").is_ok());
        assert!(sentence("[keys]\nsearch = [\"q\"]").contains("\"q\" in Inbox already means \"quit\""));
        assert!(sentence("read_only = 3").contains("line 1"));
        assert!(sentence("read_only = ").contains("line 1"));
    }
}
