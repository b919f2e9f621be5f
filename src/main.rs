//! Arguments, config, hand over, exit code.

use std::io::{IsTerminal as _, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use switchboard::app::Options;
use switchboard::cli::{self, Arguments, Choice, Command, DemoServer, Exit, Given, Refusal};
use switchboard::config::Config;
use switchboard::demo;
use switchboard::domain::account::Row;
use switchboard::domain::rich::wrap;
use switchboard::domain::text::Clean;
use switchboard::domain::time::Unix;
use switchboard::runtime::{self, Launch, Record, Server, Source, Standard, Wanted};

fn main() -> ExitCode {
    let arguments = Arguments::read();
    let done = match &arguments.command {
        Some(Command::DemoServer(asked)) => serve(asked),
        Some(Command::Review { file }) => open(&arguments, Some(file)),
        Some(command) => cli::run(command, &arguments.shared, Unix(runtime::unix_now()), mcp_remote),
        None => open(&arguments, None),
    };
    let Err(refusal) = done else { return ExitCode::SUCCESS };
    if !refusal.sentence.is_empty() {
        let words = format!("switchboard: {}", Clean::line(&refusal.words()));
        let _ = writeln!(std::io::stderr(), "{}", at_words(&words));
    }
    ExitCode::from(refusal.exit as u8)
}

/// A sentence for people, broken between words where a terminal would break within one. Scripts get one line.
fn at_words(words: &str) -> String {
    let cells = std::io::stderr().is_terminal().then(|| crossterm::terminal::size().ok()).flatten();
    cells.map_or_else(|| words.to_owned(), |(cells, _)| wrap(words, cells.max(20)).join("\n"))
}

fn open(arguments: &Arguments, review: Option<&Path>) -> Result<(), Refusal> {
    let shared = &arguments.shared;
    let config = cli::load(shared)?;
    let source = source(arguments, cli::choose(&Given { shared, config: &config, mcp_remote })?)?;
    cli::check_terminal()
        .map_err(|refusal| if matches!(source, Source::None) { nobody() } else { refusal })?;
    let plain = std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty());
    let standard = Options::default();
    let options = Options {
        read_only: config.read_only || arguments.shared.read_only,
        colour: config.colour && !plain,
        demo: arguments.shared.demo,
        web: config.web.as_deref().map_or(standard.web, Clean::line),
        keymap: config.keymap.clone(),
        views: config.views.clone(),
        unusable: config.unusable.clone(),
        first_view: config.first_view.clone(),
        me: config.me.clone(),
    };
    let mut launch = Launch::new(source, options);
    launch.review = review.map(|file| file.to_string_lossy().into_owned());
    launch.doors = Arc::new(Doors { config, sign_in: shared.sign_in });
    launch.record = cli::record(shared.record.as_deref())?.map(Record::new);
    runtime::run(launch).map_err(|error| Refusal::new(Exit::Error, error.to_string()))
}

fn mcp_remote() -> Option<url::Url> {
    runtime::Doors::mcp_remote(&Standard)
}

/// For scripts; a person at a terminal gets the first screen.
fn nobody() -> Refusal {
    Refusal::new(
        Exit::SignIn,
        "There is no account to open yet: sign in with `switchboard login`, set INTERCOM_ACCESS_TOKEN to an Intercom access token, or look around with `switchboard --demo`.",
    )
}

fn source(arguments: &Arguments, choice: Choice) -> Result<Source, Refusal> {
    Ok(match choice {
        Choice::Demo => Source::Demo(arguments.scale.and_then(|scale| usize::try_from(scale).ok())),
        Choice::Server(target) => {
            target.check()?;
            Source::Server(Box::new(server(*target)))
        }
        Choice::Nobody => Source::None,
    })
}

fn server(target: cli::Target) -> Server {
    // With a token of the environment none of this machine's accounts is open.
    let name = if target.has_token() { String::new() } else { target.name().to_owned() };
    Server::new(&name, move |tap| target.settings(tap).map_err(|refusal| refusal.words()))
}

/// Accounts chosen inside the console are opened with what the settings file says of signing in, and remembered for the next
/// start once they are signed in.
struct Doors {
    config: Config,
    sign_in: bool,
}

impl runtime::Doors for Doors {
    fn accounts(&self) -> Vec<Row> {
        Standard.accounts()
    }

    fn mcp_remote(&self) -> Option<url::Url> {
        mcp_remote()
    }

    fn open(&self, wanted: &Wanted) -> Result<Server, String> {
        let (name, endpoint) = wanted.place(&Standard.accounts())?;
        Ok(server(cli::kept(&name, endpoint, &self.config, self.sign_in)))
    }

    fn remember(&self, name: &str) {
        // Where it cannot be kept, the next start takes the newest account.
        let _ = cli::remember(name);
    }
}

fn serve(asked: &DemoServer) -> Result<(), Refusal> {
    let error = |sentence: String| Refusal::new(Exit::Error, sentence);
    let runtime = tokio::runtime::Runtime::new().map_err(|cause| error(cause.to_string()))?;
    let options = asked.options(Unix(runtime::unix_now()));
    runtime.block_on(async {
        let server = demo::start(options).await.map_err(|cause| error(cause.to_string()))?;
        let _ = writeln!(std::io::stdout(), "Serving the demo workspace at {} (Ctrl-C ends).", server.url());
        runtime::asked_to_leave().await.map_err(|cause| error(cause.to_string()))?;
        server.stop().await;
        Ok(())
    })
}
