//! Arguments, config, hand over, exit code.

use std::io::Write;
use std::process::ExitCode;

use switchboard::app::Options;
use switchboard::cli::{self, Arguments, Choice, Command, DemoServer, Exit, Refusal};
use switchboard::demo;
use switchboard::domain::text::Clean;
use switchboard::domain::time::Unix;
use switchboard::runtime::{self, Launch, Source};

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
    let source = source(arguments, cli::choose(&arguments.shared, &config)?)?;
    cli::check_terminal()?;
    let plain = std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty());
    let standard = Options::default();
    let options = Options {
        read_only: config.read_only || arguments.shared.read_only,
        colour: config.colour && !plain,
        demo: arguments.shared.demo,
        web: config.web.as_deref().map_or(standard.web, Clean::line),
        keymap: config.keymap,
    };
    runtime::run(Launch { source, options }).map_err(|error| Refusal::new(Exit::Error, error.to_string()))
}

fn source(arguments: &Arguments, choice: Choice) -> Result<Source, Refusal> {
    match choice {
        Choice::Demo => Ok(Source::Demo(arguments.scale.and_then(|scale| usize::try_from(scale).ok()))),
        Choice::Server(target) => match target.plain() {
            Some((endpoint, token)) => Ok(Source::Server(endpoint, token)),
            None => Err(Refusal::new(
                Exit::Usage,
                "The console does not talk to a bridge yet; name an address with --url.",
            )),
        },
        Choice::Nobody => Err(Refusal::new(
            Exit::SignIn,
            "There is no account to open yet: look around with `switchboard --demo`, or set INTERCOM_ACCESS_TOKEN to an Intercom access token.",
        )),
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
