//! A program that talks MCP over its standard input and output: whether it starts, answers, and what it complains of. Ends
//! every program it started, with those that they started.

use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::time::{Instant, timeout, timeout_at};

use super::budget::{self, Budget};
use super::events::pick;
use super::message::Message;
use super::status::said;
use super::trouble::Trouble;
use crate::domain::examination::Rung;
use crate::domain::traffic::Channel;
use crate::session::secrets::HIDDEN;
use crate::session::tap::{Tap, whole_words};

/// Bytes of complaints that are kept.
const COMPLAINTS: usize = 4 * 1024;
/// Bytes that are read from a program at most.
const MOST_BYTES: u64 = 16 * 1024 * 1024;
/// For complaints to arrive when the program has ended.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// Words by which a line of an error output is told from chatter.
const TELLING: [&str; 8] =
    ["error", "fatal", "failed", "cannot", "could not", "not found", "denied", "authoriz"];

/// A program that was started.
pub(super) struct Bridge {
    name: String,
    child: Child,
    input: Option<ChildStdin>,
    output: Lines<BufReader<tokio::io::Take<ChildStdout>>>,
    complaints: Arc<Mutex<Vec<u8>>>,
    listener: tokio::task::JoinHandle<()>,
    tap: Tap,
    budget: Budget,
    /// For one answer, as the person has it.
    limit: Duration,
    /// Its process group.
    group: Option<u32>,
}

impl Bridge {
    /// Starts the program.
    pub(super) fn start(
        words: &[String],
        tap: Tap,
        budget: Budget,
        limit: Duration,
    ) -> Result<Self, Trouble> {
        let Some((name, arguments)) = words.split_first() else {
            return Err(Trouble::new(
                Rung::Protocol,
                "program-missing",
                "The command of this account is empty.",
                "Name the program to start, for example: npx mcp-remote https://mcp.intercom.com/mcp.",
            ));
        };
        let mut command = Command::new(name);
        command.args(arguments).kill_on_drop(true);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command.spawn().map_err(|error| not_started(name, &error))?;
        let (Some(input), Some(output), Some(errors)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(not_started(name, &std::io::Error::other("no pipes")));
        };
        let complaints = Arc::default();
        let listener = tokio::spawn(listen(errors, Arc::clone(&complaints)));
        let output = BufReader::new(output.take(MOST_BYTES)).lines();
        let group = child.id();
        Ok(Self {
            name: name.clone(),
            limit,
            group,
            child,
            input: Some(input),
            output,
            complaints,
            listener,
            tap,
            budget,
        })
    }

    /// Writes a message; waits for the reply to a request.
    pub(super) async fn ask(&mut self, message: &Message) -> Result<Value, Trouble> {
        let mut bytes = message.bytes(false);
        let mut overheard = self.tap.begin(Channel::Bridge, message.method, &message.tool, &bytes);
        bytes.push(b'\n');
        let until = Instant::now() + self.budget.of(budget::WHOLE, self.limit);
        let written = match &mut self.input {
            Some(input) => {
                timeout_at(until, async { input.write_all(&bytes).await.and(input.flush().await) }).await
            }
            None => return Err(self.ended().await),
        };
        if !matches!(written, Ok(Ok(()))) {
            overheard.trouble("could not be written");
            return Err(self.ended().await);
        }
        let Some(id) = message.id else { return Ok(Value::Null) };
        let mut strange = false;
        loop {
            let line = match timeout_at(until, self.output.next_line()).await {
                Ok(Ok(Some(line))) => line,
                Ok(Ok(None) | Err(_)) => return Err(self.ended().await),
                Err(_) => return Err(self.silent(strange)),
            };
            overheard.received(line.as_bytes());
            let Ok(said) = serde_json::from_str::<Value>(&line) else {
                strange |= !line.trim().is_empty();
                continue;
            };
            if let Some(mut reply) = pick(said, id) {
                return match reply.get("error") {
                    Some(error) => Err(super::silent::refused(error, &self.name)),
                    None => Ok(reply.get_mut("result").map(Value::take).unwrap_or_default()),
                };
            }
        }
    }

    /// What the program complained of: the first line of its error output that sounds like trouble or like a sign-in, or
    /// else the first of all.
    fn complaint(&self) -> String {
        let complaints = self.complaints.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = if complaints.len() < COMPLAINTS { &complaints } else { whole_words(&complaints) };
        let text = self.tap.hide(&String::from_utf8_lossy(kept));
        let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
        let telling = |line: &&str| {
            let lower = line.to_lowercase();
            // A line about a sign-in that was handed over says what was tried, not what went wrong.
            !line.contains(HIDDEN) && TELLING.iter().any(|word| lower.contains(word))
        };
        lines().find(telling).or_else(|| lines().next()).unwrap_or_default().to_owned()
    }

    async fn ended(&mut self) -> Trouble {
        let status = timeout(LAST_WORDS, self.child.wait()).await;
        let _ = timeout(LAST_WORDS, &mut self.listener).await;
        let how = match status {
            Ok(Ok(status)) => match status.code() {
                Some(code) => format!("ended with code {code}"),
                None => "was ended by the system".to_owned(),
            },
            _ => "closed its output".to_owned(),
        };
        let complaint = self.complaint();
        let what =
            if complaint.is_empty() { String::new() } else { " It says".to_owned() + &said(&complaint) };
        Trouble::new(
            Rung::Protocol,
            "program-ended",
            format!("The program {} {how} before it answered.{what}", self.name),
            "Run the command by hand in a terminal to see what it needs.",
        )
    }

    fn silent(&self, strange: bool) -> Trouble {
        if strange {
            return Trouble::new(
                Rung::Protocol,
                "not-mcp",
                format!("The program {} writes something that is not MCP on its output.", self.name),
                "Check that the command is an MCP server or bridge; for npx, add -y so that it asks nothing.",
            );
        }
        let complaint = self.complaint();
        let what =
            if complaint.is_empty() { String::new() } else { " It says".to_owned() + &said(&complaint) };
        Trouble::new(
            Rung::Protocol,
            "program-silent",
            format!("The program {} started and has not answered.{what}", self.name),
            "It may still be downloading, or wait for a sign-in in the browser: run the command by hand once, then try \
             again.",
        )
    }

    /// Closes its input, which ends a well-behaved program, and then ends whatever is left.
    pub(super) async fn end(mut self) {
        drop(self.input.take());
        let _ = timeout(budget::FAREWELL, self.child.wait()).await;
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        self.listener.abort();
        // `npx` starts the real program as a child of its own: both are in one group.
        #[cfg(unix)]
        if let Some(group) =
            self.group.and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw)
        {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }
}

async fn listen(mut errors: ChildStderr, complaints: Arc<Mutex<Vec<u8>>>) {
    let mut piece = [0_u8; 1024];
    while let Ok(length) = errors.read(&mut piece).await {
        if length == 0 {
            return;
        }
        let mut kept = complaints.lock().unwrap_or_else(PoisonError::into_inner);
        let room = COMPLAINTS.saturating_sub(kept.len());
        kept.extend_from_slice(&piece[..length.min(room)]);
    }
}

fn not_started(name: &str, error: &std::io::Error) -> Trouble {
    if error.kind() == std::io::ErrorKind::NotFound {
        return Trouble::new(
            Rung::Protocol,
            "program-missing",
            format!("The program {name} was not found on this machine."),
            "Install it, or write its full path into the command; npx comes with Node.js.",
        );
    }
    Trouble::new(
        Rung::Protocol,
        "program-not-started",
        format!("The program {name} could not be started ({error})."),
        "Check that the file may be executed.",
    )
}
