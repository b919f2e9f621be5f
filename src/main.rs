//! Arguments, config, hand over, exit code.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use switchboard::app::Options;
use switchboard::cli::{self, Arguments, Choice, Command, DemoServer, Exit, Refusal};
use switchboard::config::Config;
use switchboard::demo;
use switchboard::domain::account::Row;
use switchboard::domain::text::Clean;
use switchboard::domain::time::Unix;
use switchboard::runtime::{self, Launch, Record, Server, Source, Standard, Wanted};

fn main() -> ExitCode {
    let arguments = Arguments::read();
    let done = match &arguments.command {
        Some(Command::DemoServer(asked)) => serve(asked),
        Some(command) => cli::run(command, &arguments.shared, Unix(runtime::unix_now())),
        None => open(&arguments),
    };
    let Err(refusal) = done else { return ExitCode::SUCCESS };
    if !refusal.sentence.is_empty() {
        let _ = writeln!(std::io::stderr(), "switchboard: {}", Clean::line(&refusal.words()));
    }
    ExitCode::from(refusal.exit as u8)
}

fn open(arguments: &Arguments) -> Result<(), Refusal> {
    let config = cli::load(&arguments.shared)?;
    let source = source(arguments, cli::choose(&arguments.shared, &config)?);
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
    launch.doors = Arc::new(Doors(config));
    launch.record = cli::record(arguments.shared.record.as_deref())?.map(Record::new);
    runtime::run(launch).map_err(|error| Refusal::new(Exit::Error, error.to_string()))
}

/// For scripts; a person at a terminal gets the first screen.
fn nobody() -> Refusal {
    Refusal::new(
        Exit::SignIn,
        "There is no account to open yet: look around with `switchboard --demo`, or set INTERCOM_ACCESS_TOKEN to an Intercom access token.",
    )
}

fn source(arguments: &Arguments, choice: Choice) -> Source {
    match choice {
        Choice::Demo => Source::Demo(arguments.scale.and_then(|scale| usize::try_from(scale).ok())),
        Choice::Server(target) => Source::Server(Box::new(server(*target))),
        Choice::Nobody => Source::None,
    }
}

fn server(target: cli::Target) -> Server {
    let name = target.name().to_owned();
    Server::new(&name, move |tap| target.settings(tap).map_err(|refusal| refusal.words()))
}

/// Accounts chosen inside the console are opened with what the settings file says of signing in.
struct Doors(Config);

impl runtime::Doors for Doors {
    fn accounts(&self) -> Vec<Row> {
        Standard.accounts()
    }

    fn mcp_remote(&self) -> Option<url::Url> {
        Standard.mcp_remote()
    }

    fn open(&self, wanted: &Wanted) -> Result<Server, String> {
        let (name, endpoint) = wanted.place(&self.accounts())?;
        cli::kept(&name, endpoint, &self.0).map(server).map_err(|refusal| refusal.words())
    }

    fn remember(&self, name: &str) {
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
