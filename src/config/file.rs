//! Reading `config.toml`. Every option with its default is described in `assets/config.toml`, which a test reads with this
//! very code.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Spanned;
use toml::de::{DeTable, Deserializer};

use super::keys;
use super::sign_in::{self, OAuth};
use super::views;
use crate::app::keymap::Keymap;
use crate::domain::id::AdminId;
use crate::domain::view::{Unusable, View};

/// What the file said, checked.
#[derive(Debug)]
pub struct Config {
    /// The MCP endpoint; none for Intercom's own in the US.
    pub url: Option<url::Url>,
    /// The account to open, by its name.
    pub account: Option<String>,
    /// A program to talk to over its standard input and output, with its arguments; never beside `url`.
    pub command: Option<Vec<String>>,
    /// The way of talking over HTTP.
    pub transport: Transport,
    /// How authorization servers know this program.
    pub oauth: OAuth,
    /// Where Intercom's web app is.
    pub web: Option<String>,
    /// No writes at all.
    pub read_only: bool,
    /// Colours, unless `NO_COLOR` is set.
    pub colour: bool,
    /// Which admin one is.
    pub me: Option<AdminId>,
    /// The name of the view to begin with.
    pub first_view: Option<String>,
    /// The person's own views.
    pub views: Vec<View>,
    /// Those that cannot be used, and why.
    pub unusable: Vec<Unusable>,
    /// Keys.
    pub keymap: Keymap,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            url: None,
            account: None,
            command: None,
            transport: Transport::Auto,
            oauth: OAuth::default(),
            web: None,
            read_only: false,
            colour: true,
            me: None,
            first_view: None,
            views: Vec::new(),
            unusable: Vec::new(),
            keymap: Keymap::standard(),
        }
    }
}

/// The ways of talking over HTTP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// Streamable HTTP, or HTTP+SSE where the server has nothing else
    #[default]
    Auto,
    /// Streamable HTTP only
    Streamable,
    /// HTTP+SSE only, for old servers
    Sse,
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
    account: Option<Spanned<String>>,
    command: Option<Spanned<Vec<String>>>,
    transport: Transport,
    oauth: sign_in::Written,
    web: Option<Spanned<String>>,
    read_only: bool,
    colour: Option<bool>,
    me: Option<Spanned<views::Me>>,
    view: Option<Spanned<String>>,
    /// Read one by one, so that a mistake costs one of them.
    views: IgnoredAny,
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
    match std::fs::read(path) {
        Ok(bytes) => parse_bytes(&bytes, &shown),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound && !named => Ok(Config::default()),
        Err(cause) => Err(ConfigError::Unreadable { path: shown, cause }),
    }
}

/// Reads what a file called `path` holds; names the line that is no text.
fn parse_bytes(bytes: &[u8], path: &str) -> Result<Config, ConfigError> {
    let wrong = |error: std::str::Utf8Error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        let sentence = "this is no UTF-8 text; save the file as UTF-8.".to_owned();
        ConfigError::Wrong { path: path.to_owned(), line, sentence }
    };
    parse(std::str::from_utf8(bytes).map_err(wrong)?, path)
}

/// Reads the text of a file called `path`.
pub fn parse(text: &str, path: &str) -> Result<Config, ConfigError> {
    let wrong = |path: &str, (at, sentence): Mistake| {
        let line = text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
        ConfigError::Wrong { path: path.to_owned(), line, sentence }
    };
    let table = DeTable::parse(text).map_err(|error| wrong(path, told(&error)))?;
    let views = table.get_ref().get("views").cloned();
    let written =
        Written::deserialize(Deserializer::from(table)).map_err(|error| wrong(path, told(&error)))?;
    // On the screen there is no room for folders.
    let name = Path::new(path).file_name().map_or(path.into(), std::ffi::OsStr::to_string_lossy);
    let own = views::views(views.as_ref(), |mistake| wrong(&name, mistake).to_string());
    check(written, own).map_err(|mistake| wrong(path, mistake))
}

pub(super) fn told(error: &toml::de::Error) -> Mistake {
    (error.span().map_or(0, |span| span.start), in_words(error.message()))
}

/// What the reader of the file says, in the words of people. What it says of the syntax is of use to nobody.
fn in_words(message: &str) -> String {
    let ours =
        ["unknown ", "invalid type", "duplicate ", "missing field", "a key such as ", "a number, such as "];
    if !ours.iter().any(|begin| message.starts_with(begin)) {
        let advice =
            "write NAME = VALUE, with texts in quotes, such as url = \"https://mcp.intercom.com/mcp\".";
        return format!("this cannot be read; {advice}");
    }
    let message = message.replace('`', "\"").replace('\n', " ");
    let message = message.replace("expected a boolean", "expected true or false");
    let message =
        message.replace("expected i64", "expected a number").replace("expected a string", "expected a text");
    format!("{message}.")
}

fn check(written: Written, (views, unusable): (Vec<View>, Vec<Unusable>)) -> Result<Config, Mistake> {
    let keymap = keys::keymap(&written.keys)?;
    if let (Some(_), Some(command)) = (&written.url, &written.command) {
        let sentence = "\"command\" and \"url\" exclude each other; keep the one that is meant.";
        return Err((command.span().start, sentence.to_owned()));
    }
    Ok(Config {
        url: written.url.map(|url| address(&url)).transpose()?,
        account: written.account.map(name).transpose()?,
        command: written.command.map(program).transpose()?,
        transport: written.transport,
        oauth: sign_in::check(written.oauth)?,
        web: written
            .web
            .map(|web| address(&web).map(|url| url.as_str().trim_end_matches('/').into()))
            .transpose()?,
        read_only: written.read_only,
        colour: written.colour.unwrap_or(true),
        me: views::me(written.me)?,
        first_view: views::first(written.view, (&views, &unusable))?,
        views,
        unusable,
        keymap,
    })
}

fn name(written: Spanned<String>) -> Result<String, Mistake> {
    let start = written.span().start;
    let name = written.into_inner().trim().to_owned();
    if name.is_empty() { Err((start, "\"account\" needs a name.".to_owned())) } else { Ok(name) }
}

fn program(written: Spanned<Vec<String>>) -> Result<Vec<String>, Mistake> {
    let start = written.span().start;
    let command = written.into_inner();
    if command.first().is_some_and(|program| !program.is_empty()) {
        return Ok(command);
    }
    Err((start, "\"command\" needs a program, such as [\"npx\", \"mcp-remote\", \"https://…\"].".to_owned()))
}

/// Why a text is no address, after a colon, without a full stop.
pub(crate) fn no_address(error: url::ParseError) -> String {
    if error == url::ParseError::RelativeUrlWithoutBase {
        return "it must begin with http:// or https://".to_owned();
    }
    error.to_string()
}

pub(super) fn address(written: &Spanned<String>) -> Result<url::Url, Mistake> {
    let start = written.span().start;
    let url = url::Url::parse(written.get_ref()).map_err(|error| {
        (start, format!("\"{}\" is no address: {}.", written.get_ref(), no_address(error)))
    })?;
    if url.password().is_some() {
        // Not repeated: it would end up wherever errors do.
        return Err((
            start,
            "an address with a password in it is not taken; leave name and password out.".into(),
        ));
    }
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
        assert_eq!((config.account, config.command), (default.account, default.command));
        assert_eq!((config.transport, config.oauth), (default.transport, default.oauth));
        assert_eq!((config.me, config.first_view, config.views), (None, None, Vec::new()));
    }

    #[test]
    fn every_option_is_described() {
        let described = include_str!("../../assets/config.toml");
        let uncommented: String = described
            .lines()
            .map(|line| {
                let set = |line: &&str| line.contains(" = ") || *line == "[[views]]";
                line.strip_prefix("# ").filter(set).unwrap_or(line)
            })
            .filter(|line| !line.starts_with("command =") && !line.starts_with("search ="))
            .fold(String::new(), |text, line| text + line + "\n");
        let config = parse(&uncommented, "config.toml").unwrap();
        assert!(config.url.is_some() && config.account.is_some() && config.web.is_some());
        assert!(config.oauth.client_id.is_some() && config.oauth.client_secret_env.is_some());
        assert!(config.oauth.client_document.is_some() && config.oauth.callback_port.is_some());
        assert!(config.me.is_some() && config.first_view.is_some());
        assert!(config.views.iter().all(|view| !view.columns.is_empty()) && !config.views.is_empty());
        for option in ["command = [", "transport = ", "keyring = ", "read_only = ", "colour = "] {
            assert!(described.contains(option), "{option}");
        }
    }

    #[test]
    fn where_to_go_and_how_to_sign_in() {
        let text = "command = [\"npx\", \"mcp-remote\"]\ntransport = \"sse\"\n[oauth]\nkeyring = false";
        let config = parse(text, "config.toml").unwrap();
        assert_eq!(config.command.unwrap(), ["npx", "mcp-remote"]);
        assert_eq!((config.transport, config.oauth.keyring), (Transport::Sse, false));
        assert!(sentence("\ncommand = []").contains("line 2: \"command\" needs a program"));
        assert!(sentence("account = \" \"").contains("line 1: \"account\" needs a name"));
        assert!(sentence("url = \"http://x\"\ncommand = [\"x\"]").contains("line 2: \"command\" and"));
        assert!(sentence("transport = \"udp\"").contains("line 1: unknown variant \"udp\""));
        assert!(sentence("[oauth]\nclient = 1").contains("line 2: unknown field \"client\""));
        for port in ["0", "-1", "65536"] {
            let told = sentence(&format!("[oauth]\ncallback_port = {port}"));
            assert!(told.contains("line 2: \"callback_port\" is a number from 1 to 65535."), "{told}");
        }
        assert!(sentence("[oauth]\nclient_document = \"http://x/y\"").contains("https://"));
        assert!(sentence("[oauth]\nclient_secret_env = \"s3cr3t=\"").contains("name of a variable"));
    }

    #[test]
    fn what_is_no_text_names_its_line() {
        let told = |bytes: &[u8]| parse_bytes(bytes, "config.toml").unwrap_err().to_string();
        assert!(
            told(b"read_only = true\nweb = \"\xff\"").starts_with("config.toml, line 2: this is no UTF-8")
        );
        assert!(told(b"\xfe").contains("line 1:"));
        assert!(parse_bytes("# \u{e9}\n".as_bytes(), "config.toml").is_ok());
    }

    #[test]
    fn a_password_in_an_address_is_not_taken_and_not_repeated() {
        let told = sentence("\nurl = \"https://me:s3cret@example.com/mcp\"");
        assert!(told.contains("line 2: an address with a password") && !told.contains("s3cret"), "{told}");
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
        assert!(sentence("[keys]\nfind = \"a\"").contains("line 2: \"a\" types text in Editor"));
        assert!(sentence("[keys]\nquit = []").contains("line 2: \"quit\" needs a key"));
        assert!(parse("[keys]\nsearch = \"f3\"\nbrowse = []", "config.toml").is_ok());
        assert!(sentence("[keys]\nsearch = [\"q\"]").contains("\"q\" in Inbox already means \"quit\""));
        let told = sentence("url = \"127.0.0.1:9401/mcp\"");
        assert!(
            told.contains("line 1: \"127.0.0.1:9401/mcp\" is no address: it must begin with http"),
            "{told}"
        );
        assert!(
            sentence("read_only = 3")
                .contains("line 1: invalid type: integer \"3\", expected true or false.")
        );
        for text in ["read_only = ", "url = https://x", "[keys", "= 3"] {
            assert!(sentence(text).contains("line 1: this cannot be read; write NAME"), "{}", sentence(text));
        }
    }
}
