//! Arguments, config, hand over, exit code.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use switchboard::app::Options;
use switchboard::cli::{Arguments, Command, Console, Exit, Refusal, check_terminal, token};
use switchboard::config::{self, Config};
use switchboard::demo;
use switchboard::domain::text::Clean;
use switchboard::runtime::{self, Launch, Server, Source, Who};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Some(Command::DemoServer { port, scale }) => serve(port, scale),
        None => open(&arguments.console),
    };
    let Err(refusal) = done else { return ExitCode::SUCCESS };
    let _ = writeln!(std::io::stderr(), "switchboard: {}", refusal.sentence);
    ExitCode::from(refusal.exit as u8)
}

fn open(console: &Console) -> Result<(), Refusal> {
    let config = settings(console)?;
    let source = source(console, &config)?;
    check_terminal()?;
    let plain = std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty());
    let standard = Options::default();
    let options = Options {
        read_only: config.read_only || console.read_only,
        colour: config.colour && !plain,
        demo: console.demo,
        web: config.web.as_deref().map_or(standard.web, Clean::line),
        keymap: config.keymap,
    };
    runtime::run(Launch::new(source, options)).map_err(|error| Refusal::new(Exit::Error, error.to_string()))
}

fn settings(console: &Console) -> Result<Config, Refusal> {
    let (path, named) = match &console.config {
        Some(path) => (Some(path.clone()), true),
        None => (config::standard_path(), false),
    };
    let Some(path) = path else { return Ok(Config::default()) };
    config::load(&path, named).map_err(|error| Refusal::new(Exit::Usage, error.to_string()))
}

const US_ENDPOINT: &str = "https://mcp.intercom.com/mcp";

fn source(console: &Console, config: &Config) -> Result<Source, Refusal> {
    if console.demo {
        return Ok(Source::Demo(console.scale.and_then(|scale| usize::try_from(scale).ok())));
    }
    let given = console.url.as_deref().map(endpoint).transpose()?;
    let chosen = given.or_else(|| config.url.clone());
    let token = token();
    let Some(url) = chosen else {
        let Some(token) = token else { return Ok(Source::None) };
        let server = Server::new(endpoint(US_ENDPOINT)?, Who::Bearer(token));
        return Ok(Source::Server(Box::new(server)));
    };
    Ok(Source::Server(Box::new(Server::new(url, token.map_or(Who::Nobody, Who::Bearer)))))
}

fn endpoint(written: &str) -> Result<url::Url, Refusal> {
    let wrong = |why: String| Refusal::new(Exit::Usage, format!("\"{written}\" is no MCP endpoint: {why}."));
    let url = url::Url::parse(written).map_err(|error| wrong(error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("it must begin with http:// or https://".into()));
    }
    Ok(url)
}

fn serve(port: u16, scale: Option<u32>) -> Result<(), Refusal> {
    let error = |sentence: String| Refusal::new(Exit::Error, sentence);
    let runtime = tokio::runtime::Runtime::new().map_err(|cause| error(cause.to_string()))?;
    let scale = scale.and_then(|scale| usize::try_from(scale).ok());
    runtime.block_on(async {
        let options = demo::Options { port, scale, now: runtime::unix_now(), token: None };
        let server = demo::start(options).await.map_err(|cause| error(cause.to_string()))?;
        let _ = writeln!(std::io::stdout(), "Serving the demo workspace at {} (Ctrl-C ends).", server.url());
        runtime::asked_to_leave().await.map_err(|cause| error(cause.to_string()))?;
        server.stop().await;
        Ok(())
    })
}
