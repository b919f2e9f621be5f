//! The command line: what can be said to the program before anything is shown, and the commands that need no console.
//! Owns the words, the exit codes and what is printed; refuses to decide what a server's answer means.

mod account;
mod arguments;
mod asking;
mod batch;
mod call;
mod choice;
mod client;
mod doctor;
mod environment;
mod exit;
mod input;
mod line;
mod output;
mod place;
mod recording;
mod remembered;
mod reported;
mod secret;
mod settings;
mod steps;
mod tools;
mod typed;
mod waiting;

use url::Url;

use crate::demo;
use crate::domain::time::Unix;
use crate::session::tap::Tap;

pub use arguments::{Accounts, Arguments, Call, Command, DemoServer, Shared};
pub use choice::{Choice, Target, choose, kept};
pub use environment::check_terminal;
pub use exit::{Exit, Refusal};
pub use place::Given;
pub use recording::{record, tap};
pub use remembered::remember;
pub use settings::load;

use asking::Answers;
use line::Line;

/// Carries out a command that needs a session or a sign-in, and ends. `mcp_remote` finds the endpoint that mcp-remote is
/// signed in to.
///
/// # Errors
/// Why it could not; with the exit code.
pub fn run(
    command: &Command,
    shared: &Shared,
    now: Unix,
    mcp_remote: fn() -> Option<Url>,
) -> Result<(), Refusal> {
    if matches!(command, Command::Config) {
        // Also where the file cannot be used: this is how a person finds it.
        return settings::describe(shared);
    }
    let config = load(shared)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Refusal::new(Exit::Error, format!("No runtime: {error}.")))?;
    let ended = runtime.block_on(carry(command, &Given { shared, config: &config, mcp_remote }, now));
    // A thread that reads a terminal or a pipe may never come back; nobody waits for it.
    runtime.shutdown_background();
    ended
}

async fn carry(command: &Command, given: &Given<'_>, now: Unix) -> Result<(), Refusal> {
    let Given { shared, config, .. } = *given;
    let tap = tap(shared.record.as_deref())?;
    match command {
        Command::Tools { accept } => {
            let mut desk = Desk::open(given, tap, Answers::new(false), now).await?;
            let done = unless_interrupted(tools::run(&mut desk.line, *accept, shared.json)).await;
            desk.close(done).await
        }
        Command::Call(call) => {
            let read_only = shared.read_only || config.read_only;
            let allowed = call::Allowed { read_only, as_write: call.as_write };
            let answers = if call.batch.is_some() {
                Answers::unattended(call.defaults)
            } else {
                Answers::new(call.defaults)
            };
            let mut desk = Desk::open(given, tap, answers, now).await?;
            let done = match &call.batch {
                Some(file) => unless_interrupted(batch::run(&mut desk.line, file, allowed)).await,
                None => unless_interrupted(call::run(&mut desk.line, call, allowed, shared.json)).await,
            };
            desk.close(done).await
        }
        Command::Login { name, token } => account::login(given, tap, name.as_deref(), *token).await,
        Command::Logout => account::logout(given, tap).await,
        Command::Accounts { what: Some(Accounts::Use { name }) } => account::choose(given, name),
        Command::Accounts { what: None } => account::list(shared.json, now),
        Command::Config => settings::describe(shared),
        Command::Doctor => look(given, tap, now).await,
        Command::DemoServer(_) => Err(Refusal::new(Exit::Usage, "The demo server is served by itself.")),
        Command::Review { .. } => Err(Refusal::new(Exit::Usage, "A review is opened in the console.")),
    }
}

/// Ctrl-C gives up, and still lets the session say goodbye to the server.
async fn unless_interrupted(work: impl Future<Output = Result<(), Refusal>>) -> Result<(), Refusal> {
    tokio::select! {
        biased;
        // Looked at first, so that Ctrl-C is ours before the work asks anything.
        Ok(()) = tokio::signal::ctrl_c() => {
            Err(Refusal::new(Exit::Declined, "Interrupted; what was already sent may have been carried out."))
        }
        done = work => done,
    }
}

async fn look(given: &Given<'_>, tap: Tap, now: Unix) -> Result<(), Refusal> {
    let json = given.shared.json;
    match choice::or_first(given, choose)? {
        Choice::Nobody => Err(choice::nobody()),
        Choice::Server(target) => doctor::run(target.for_command().settings(tap)?, json).await,
        Choice::Demo => {
            let (settings, server) = settings::demo(tap, now).await?;
            let done = doctor::run(settings, json).await;
            server.stop().await;
            done
        }
    }
}

/// A line, and the embedded server when that is where it leads.
struct Desk {
    line: Line,
    demo: Option<demo::Running>,
}

impl Desk {
    async fn open(given: &Given<'_>, tap: Tap, answers: Answers, now: Unix) -> Result<Self, Refusal> {
        match choose(given)? {
            Choice::Nobody => Err(choice::nobody()),
            Choice::Server(target) => {
                let line = Line::open(target.for_command().settings(tap)?, answers).await?;
                Ok(Self { line, demo: None })
            }
            Choice::Demo => {
                let (settings, server) = settings::demo(tap, now).await?;
                let line = Line::open(settings, answers).await?;
                Ok(Self { line, demo: Some(server) })
            }
        }
    }

    async fn close(self, done: Result<(), Refusal>) -> Result<(), Refusal> {
        self.line.close().await;
        if let Some(demo) = self.demo {
            demo.stop().await;
        }
        done
    }
}
