//! What can be said on the command line. Owns the words and which of them go together; refuses to act, and every secret:
//! other people of the machine can read a command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::Transport;
use crate::demo;
use crate::domain::time::Unix;

/// A terminal support console for Intercom.
#[derive(Debug, Parser)]
#[command(name = "switchboard", version, about)]
pub struct Arguments {
    /// What to do instead of opening the console.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What all commands and the console share.
    #[command(flatten)]
    pub shared: Shared,
    /// Grow the demo workspace to this many conversations (at most 1,000,000)
    #[arg(long, value_name = "N", requires = "demo", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub scale: Option<u32>,
}

/// What all commands and the console share; before or after the command.
#[derive(Args, Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub struct Shared {
    /// Use the embedded demo workspace: no account, no network
    #[arg(long, global = true, conflicts_with = "url")]
    pub demo: bool,
    /// The MCP endpoint, instead of the one in the config file
    #[arg(long, global = true, value_name = "URL")]
    pub url: Option<String>,
    /// The account to use, by its name in `switchboard accounts`
    #[arg(long, global = true, value_name = "NAME")]
    pub account: Option<String>,
    /// How to talk to the endpoint
    #[arg(long, global = true, value_name = "HOW")]
    pub transport: Option<Transport>,
    /// Take every write away
    #[arg(long, global = true)]
    pub read_only: bool,
    /// Let a server that wants a sign-in open the browser
    #[arg(long, global = true)]
    pub sign_in: bool,
    /// Write everything that goes over the wire to this file, secrets removed
    #[arg(long, global = true, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// Use this config file instead of the standard one
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Print whole JSON values
    #[arg(long, global = true)]
    pub json: bool,
}

/// What to do instead of opening the console.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find out what is wrong between here and the server
    Doctor,
    /// List the tools the server offers
    Tools {
        /// Accept the tools as they are now, new and changed ones too
        #[arg(long)]
        accept: bool,
    },
    /// Call a tool, or many of them over one session
    Call(Call),
    /// Sign in with the browser, or keep a token
    Login {
        /// What to call the account; its host unless given
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// Read a token from the terminal or from standard input instead of opening the browser
        #[arg(long)]
        token: bool,
    },
    /// Forget a sign-in, at the server too
    Logout,
    /// List the accounts that are signed in on this machine
    Accounts {
        /// What to do with them.
        #[command(subcommand)]
        what: Option<Accounts>,
    },
    /// Open the console on a review that somebody saved to a file
    Review {
        /// The file
        file: PathBuf,
    },
    /// Say where the settings file is, and every setting with its default
    Config,
    /// Serve the demo workspace to other MCP clients on this machine until interrupted
    #[command(after_help = fault_list())]
    DemoServer(DemoServer),
}

/// How the demo workspace is served.
#[derive(Args, Debug)]
pub struct DemoServer {
    /// The port on 127.0.0.1; 0 takes any free one
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Grow the workspace to this many conversations (at most 1,000,000)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub scale: Option<u32>,
    /// Ask for a sign-in, as Intercom does
    #[arg(long)]
    pub guarded: bool,
    /// Agree to every sign-in at once, without a page
    #[arg(long, requires = "guarded")]
    pub approve: bool,
    /// Seconds an access token lives; an hour unless given
    #[arg(long, value_name = "N", requires = "guarded")]
    pub token_seconds: Option<u32>,
    /// Speak MCP 2026-07-28, without sessions, and nothing older
    #[arg(long)]
    pub modern: bool,
    /// Make something go wrong on purpose; can be given several times
    #[arg(long = "fault", value_name = "NAME[=ARG]")]
    pub faults: Vec<demo::Fault>,
}

/// The faults as `--help` lists them.
fn fault_list() -> String {
    let line = |(name, meaning): (&str, &str)| format!("\n  {name}\n          {meaning}");
    format!("Faults:{}", demo::Fault::NAMES.map(line).concat())
}

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub enum Accounts {
    /// Remember the account to open when none is named
    Use {
        /// Its name
        name: String,
    },
}

/// A call, or many.
#[derive(Args, Debug)]
pub struct Call {
    /// The tool
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    pub tool: Option<String>,
    /// Its arguments: key=value by the tool's schema, key:=JSON for anything; a repeated key makes a list
    #[arg(value_name = "KEY=VALUE")]
    pub pairs: Vec<String>,
    /// Its arguments as a JSON object, or - to read them from standard input; `--json {…}` means the same
    #[arg(long, value_name = "JSON", conflicts_with_all = ["pairs", "batch"])]
    pub arguments: Option<String>,
    /// Read calls from a file, or - for standard input: {"tool":…,"arguments":{…},"id":…} on each line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["pairs", "tool"])]
    pub batch: Option<PathBuf>,
    /// Send what may change something without asking; never articles and notes
    #[arg(long)]
    pub as_write: bool,
    /// Answer questions of the server with its own defaults
    #[arg(long)]
    pub defaults: bool,
}

impl DemoServer {
    /// The same for the server itself. `now` is what it takes as the present.
    pub fn options(&self, now: Unix) -> demo::Options {
        demo::Options {
            port: self.port,
            scale: self.scale.and_then(|scale| usize::try_from(scale).ok()),
            now: now.0,
            token: None,
            sign_in: self.guarded,
            approve_at_once: self.approve,
            token_seconds: self.token_seconds,
            modern: self.modern,
            faults: self.faults.clone(),
        }
    }
}

impl Arguments {
    /// Reads the program's own command line; ends the program when it asks for help or cannot be understood.
    pub fn read() -> Self {
        Self::parse_from(spelt_out(std::env::args_os().collect()))
    }
}

/// `--json {…}` after `call` gives arguments; `--json` alone asks for whole JSON values. The first becomes `--arguments`.
fn spelt_out(words: Vec<OsString>) -> Vec<OsString> {
    if !words.iter().any(|word| word == "call") {
        return words;
    }
    let object = |word: &OsString| word.to_str().is_some_and(|word| word.trim_start().starts_with('{'));
    let follows: Vec<bool> = words.iter().skip(1).map(object).chain([false]).collect();
    let renamed = words.into_iter().zip(follows).map(|(word, object_follows)| {
        let joined = word.to_str().and_then(|word| word.strip_prefix("--json="));
        match joined {
            Some(object) => format!("--arguments={object}").into(),
            None if word == "--json" && object_follows => "--arguments".into(),
            None => word,
        }
    });
    renamed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(spelt_out(line.split(' ').map(OsString::from).collect()))
    }

    fn call(line: &str) -> (Call, bool) {
        let arguments = read(line).unwrap();
        match arguments.command {
            Some(Command::Call(call)) => (call, arguments.shared.json),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_definition_is_sound() {
        <Arguments as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn shared_options_stand_before_or_after_the_command() {
        for line in ["switchboard --url http://x --json tools", "switchboard tools --json --url http://x"] {
            let arguments = read(line).unwrap();
            assert_eq!(arguments.shared.url.as_deref(), Some("http://x"), "{line}");
            assert!(arguments.shared.json, "{line}");
        }
        assert!(read("switchboard --demo --url http://x").is_err());
        assert!(read("switchboard --scale 5").is_err());
    }

    #[test]
    fn json_is_for_arguments_before_an_object_and_for_output_elsewhere() {
        let (given, whole) = call(r#"switchboard call search --json {"a":1}"#);
        assert_eq!((given.arguments.as_deref(), whole), (Some(r#"{"a":1}"#), false));
        let (given, whole) = call(r#"switchboard call search --json={"a":1} --json"#);
        assert_eq!((given.arguments.as_deref(), whole), (Some(r#"{"a":1}"#), true));
        let (given, whole) = call("switchboard call --json search query=x");
        assert_eq!((given.tool.as_deref(), given.pairs.len(), whole), (Some("search"), 1, true));
    }

    #[test]
    fn a_batch_has_no_tool() {
        assert!(read("switchboard call --batch -").is_ok());
        assert!(read("switchboard call --batch - search").is_err());
        assert!(read("switchboard call").is_err());
    }
}
