//! Arguments, config, hand over, exit code.

use std::io::Write;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use switchboard::app::Options;
use switchboard::cli::{self, Arguments, Choice, Command, DemoServer, Exit, Given, Refusal};
use switchboard::config::Config;
use switchboard::demo;
use switchboard::domain::account::Row;
use switchboard::domain::text::Clean;
use switchboard::domain::time::Unix;
use switchboard::runtime::{self, Doors as _, Launch, Record, Server, Source, Standard, Wanted};

fn main() -> ExitCode {
    let arguments = Arguments::read();
    let done = match &arguments.command {
        Some(Command::DemoServer(asked)) => serve(asked),
        Some(command) => cli::run(command, &arguments.shared, Unix(runtime::unix_now()), mcp_remote),
        None => open(&arguments),
    };
    let Err(refusal) = done else { return ExitCode::SUCCESS };
    if !refusal.sentence.is_empty() {
        let _ = writeln!(std::io::stderr(), "switchboard: {}", Clean::line(&refusal.words()));
    }
    ExitCode::from(refusal.exit as u8)
}

fn open(arguments: &Arguments) -> Result<(), Refusal> {
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
    };
    let mut launch = Launch::new(source, options);
    let doors = Arc::new(Doors { config, sign_in: shared.sign_in, opened: Mutex::default() });
    launch.doors = doors.clone();
    launch.record = cli::record(shared.record.as_deref())?.map(Record::new);
    let ended = runtime::run(launch);
    doors.remember(&Standard.accounts());
    ended.map_err(|error| Refusal::new(Exit::Error, error.to_string()))
}

fn mcp_remote() -> Option<url::Url> {
    runtime::Doors::mcp_remote(&Standard)
}

/// For scripts; a person at a terminal gets the first screen.
fn nobody() -> Refusal {
    Refusal::new(
        Exit::SignIn,
        "There is no account to open yet: look around with `switchboard --demo`, or set INTERCOM_ACCESS_TOKEN to an Intercom access token.",
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
    /// Chosen, and not yet seen to be signed in.
    opened: Mutex<Option<String>>,
}

impl Doors {
    fn opened(&self) -> MutexGuard<'_, Option<String>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember(&self, rows: &[Row]) {
        let is_there = |name: &mut String| rows.iter().any(|row| row.name.as_str() == name);
        if let Some(name) = self.opened().take_if(is_there) {
            // Where it cannot be kept, the next start takes the newest account.
            let _ = cli::remember(&name);
        }
    }
}

impl runtime::Doors for Doors {
    fn accounts(&self) -> Vec<Row> {
        let rows = Standard.accounts();
        self.remember(&rows);
        rows
    }

    fn mcp_remote(&self) -> Option<url::Url> {
        mcp_remote()
    }

    fn open(&self, wanted: &Wanted) -> Result<Server, String> {
        let (name, endpoint) = wanted.place(&Standard.accounts())?;
        self.opened().replace(name.clone());
        Ok(server(cli::kept(&name, endpoint, &self.config, self.sign_in)))
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
