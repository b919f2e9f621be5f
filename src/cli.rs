//! The command line: what can be said to the program before anything is shown.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use secrecy::SecretString;

use crate::demo::Fault;

/// A terminal support console for Intercom.
#[derive(Debug, Parser)]
#[command(name = "switchboard", version, about, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// What to do instead of opening the console.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How to open the console.
    #[command(flatten)]
    pub console: Console,
}

/// How to open the console.
#[derive(Args, Debug)]
pub struct Console {
    /// Open the embedded demo workspace: no account, no network
    #[arg(long, conflicts_with = "url")]
    pub demo: bool,
    /// Grow the demo workspace to this many conversations (at most 1,000,000)
    #[arg(long, value_name = "N", requires = "demo", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub scale: Option<u32>,
    /// The MCP endpoint, instead of the one in the config file
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Take every write away
    #[arg(long)]
    pub read_only: bool,
    /// Use this config file instead of the standard one
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// What to do instead of opening the console.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the demo workspace to other MCP clients on this machine until interrupted
    #[command(after_help = fault_list())]
    DemoServer(DemoServer),
}

/// How the demo server is started.
#[derive(Args, Debug)]
pub struct DemoServer {
    /// The port on 127.0.0.1; 0 takes any free one
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Grow the workspace to this many conversations (at most 1,000,000)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub scale: Option<u32>,
    /// Let nobody in who has not signed in, as Intercom does (OAuth: registration, consent page, tokens)
    #[arg(long)]
    pub sign_in: bool,
    /// Agree to every sign-in without showing the consent page
    #[arg(long, requires = "sign_in")]
    pub approve_at_once: bool,
    /// How long the access tokens of a sign-in live, in seconds [default: 3600]
    #[arg(long, value_name = "N", requires = "sign_in")]
    pub token_seconds: Option<u32>,
    /// Speak MCP 2026-07-28, without sessions, and nothing older
    #[arg(long)]
    pub modern: bool,
    /// Make something go wrong on purpose; can be given several times
    #[arg(long = "fault", value_name = "NAME[=ARG]")]
    pub faults: Vec<Fault>,
}

/// The faults as `--help` lists them.
fn fault_list() -> String {
    let line = |(name, meaning): (&str, &str)| format!("\n  {name}\n          {meaning}");
    format!("Faults:{}", Fault::NAMES.map(line).concat())
}

/// How the program ends, for scripts (`product.md`, Command line).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Something went wrong.
    Error = 1,
    /// Asked for something that cannot be.
    Usage = 2,
    /// There is no sign-in.
    SignIn = 3,
}

/// A sentence for the person and how the program ends.
#[derive(Debug)]
pub struct Refusal {
    /// One sentence that says what happened, and what to do next.
    pub sentence: String,
    /// The exit code.
    pub exit: Exit,
}

impl Refusal {
    /// A refusal with this exit code.
    pub fn new(exit: Exit, sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), exit }
    }
}

/// The token from the environment: `INTERCOM_ACCESS_TOKEN`, else `SWITCHBOARD_TOKEN`. Blank counts as unset. Never from the
/// command line, where every user of the machine could read it.
pub fn token() -> Option<SecretString> {
    let set = ["INTERCOM_ACCESS_TOKEN", "SWITCHBOARD_TOKEN"].into_iter().find_map(|name| {
        let value = std::env::var(name).ok()?;
        (!value.trim().is_empty()).then(|| value.trim().to_owned())
    });
    set.map(SecretString::from)
}

/// Whether a console can be shown: both ends are a terminal, and one that can move its cursor.
pub fn check_terminal() -> Result<(), Refusal> {
    use std::io::IsTerminal;
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Refusal::new(
            Exit::Usage,
            "Switchboard needs a terminal for its console, and its input or output is not one; run it without a pipe.",
        ));
    }
    if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        return Err(Refusal::new(
            Exit::Usage,
            "This terminal says it is \"dumb\" (TERM=dumb) and cannot show a console; use a terminal that can move its cursor, or set TERM.",
        ));
    }
    Ok(())
}
