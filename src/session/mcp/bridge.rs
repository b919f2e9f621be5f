//! A program that talks MCP over its standard input and output, such as a bridge to a server elsewhere. Owns the process
//! from its start to its end, which is ours at the latest; nothing it writes reaches our own terminal.

use std::collections::HashMap;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex as StdMutex, MutexGuard, PoisonError};
use std::time::Duration;

use rmcp::model::{ClientJsonRpcMessage, RequestId, ServerJsonRpcMessage};
use rmcp::service::RoleClient;
use rmcp::transport::Transport;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, ChildStdin, Command};
use tokio::sync::{Mutex, mpsc, watch};
use tokio::time::timeout;

use super::failure::{Failure, What};
use super::talk::{self, Talk};
use crate::domain::call::FaultKind;
use crate::domain::traffic::Channel;
use crate::session::tap::{Overheard, whole_words};

/// How long the program may take to end by itself.
const ENDING: Duration = Duration::from_secs(1);
/// How long its exit and its last words are waited for once it closed its output.
const LAST_WORDS: Duration = Duration::from_millis(500);
/// Messages that may wait for the library.
const UNREAD: usize = 64;
/// Bytes of one line on its standard error that are kept.
const WORDS: usize = 4_096;
/// Bytes read at once.
const PIECE: usize = 64 * 1024;

/// The program's name, for sentences: never its arguments, which may hold secrets.
pub(super) fn name(command: &[String]) -> String {
    let program = command.first().map_or("", String::as_str);
    let name = Path::new(program).file_name().map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| program.to_owned())
}

/// A running program. Clones share it.
#[derive(Clone)]
pub(super) struct Bridge(Arc<Pipes>);

struct Pipes {
    talk: Arc<Talk>,
    child: Mutex<Option<Child>>,
    input: Mutex<Option<ChildStdin>>,
    messages: Mutex<mpsc::Receiver<ServerJsonRpcMessage>>,
    /// Requests whose replies are still to be overheard.
    heard: StdMutex<HashMap<RequestId, Overheard>>,
    /// The first line on its standard error.
    complaint: StdMutex<String>,
    /// Whether its end was told.
    over: watch::Sender<bool>,
}

/// Starts the program.
pub(super) fn start(command: &[String], talk: &Arc<Talk>) -> Result<Bridge, Failure> {
    let cannot = |why: &str| broken(talk, &format!("could not be started: {why}"));
    let (program, arguments) = command.split_first().ok_or_else(|| cannot("there is no command"))?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.kill_on_drop(true);
    // A group of its own: what it starts ends with it, and the terminal's interrupt is for us alone.
    #[cfg(unix)]
    command.process_group(0);
    let mut child = command.spawn().map_err(|error| cannot(&error.to_string()))?;
    let (input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (sender, messages) = mpsc::channel(UNREAD);
    let pipes = Arc::new(Pipes {
        talk: Arc::clone(talk),
        child: Mutex::new(Some(child)),
        input: Mutex::new(input),
        messages: Mutex::new(messages),
        heard: StdMutex::default(),
        complaint: StdMutex::default(),
        over: watch::Sender::new(false),
    });
    let complaining = errors.map(|errors| tokio::spawn(complaints(errors, Arc::downgrade(&pipes))));
    if let Some(output) = output {
        let pipes = Arc::downgrade(&pipes);
        tokio::spawn(async move {
            let too_large = read_lines(output, &pipes, &sender).await;
            if let Some(complaining) = complaining {
                let _ = timeout(LAST_WORDS, complaining).await;
            }
            if let Some(pipes) = pipes.upgrade() {
                pipes.ended(too_large).await;
            }
        });
    }
    Ok(Bridge(pipes))
}

impl Bridge {
    /// Ends the program.
    pub(super) async fn close(&self) {
        self.0.close().await;
    }
}

impl Drop for Pipes {
    fn drop(&mut self) {
        kill_group(self.child.get_mut().as_ref().and_then(Child::id));
    }
}

fn broken(talk: &Talk, what: &str) -> Failure {
    let sentence = format!("The command {} {what}", talk.place.hide(&talk.place.host));
    let sentence = if sentence.ends_with('.') { sentence } else { format!("{sentence}.") };
    let hint = "Try the command in a terminal; check its name and arguments.";
    Failure::new(What::Lost, FaultKind::Unreachable, &sentence, hint)
}

/// Hands every line of the output on. True when one was larger than is taken.
async fn read_lines(
    mut output: impl AsyncRead + Unpin,
    pipes: &std::sync::Weak<Pipes>,
    messages: &mpsc::Sender<ServerJsonRpcMessage>,
) -> bool {
    let mut line = Vec::new();
    let mut piece = vec![0; PIECE];
    loop {
        let read = output.read(&mut piece).await.unwrap_or(0);
        let Some(pipes) = pipes.upgrade().filter(|_| read > 0) else {
            return false;
        };
        for part in piece[..read].split_inclusive(|byte| *byte == b'\n') {
            line.extend_from_slice(part);
            if line.len() > pipes.talk.place.limits.max_body {
                return true;
            }
            if line.last() == Some(&b'\n') {
                for message in pipes.take_in(line.trim_ascii()) {
                    if messages.send(message).await.is_err() {
                        return false;
                    }
                }
                line.clear();
            }
        }
    }
}

/// Overhears the standard error, line by line.
async fn complaints(mut errors: impl AsyncRead + Unpin, pipes: std::sync::Weak<Pipes>) {
    let mut line = Vec::new();
    let mut piece = vec![0; WORDS];
    loop {
        let read = errors.read(&mut piece).await.unwrap_or(0);
        let Some(pipes) = pipes.upgrade() else { return };
        for part in piece[..read].split_inclusive(|byte| *byte == b'\n') {
            line.extend_from_slice(&part[..part.len().min((WORDS + 1).saturating_sub(line.len()))]);
            if part.last() == Some(&b'\n') {
                pipes.complained(kept(&line));
                line.clear();
            }
        }
        if read == 0 {
            return pipes.complained(kept(&line));
        }
    }
}

/// What is kept of a line: a torn word may be the beginning of a secret.
fn kept(line: &[u8]) -> &[u8] {
    if line.len() > WORDS { whole_words(line) } else { line }
}

impl Pipes {
    fn heard(&self) -> MutexGuard<'_, HashMap<RequestId, Overheard>> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a request until its reply comes, and those no more that nobody waits for.
    fn hear(&self, id: Option<RequestId>, heard: Overheard) {
        let mut open = self.heard();
        open.retain(|id, _| self.talk.mailbox.expects(id));
        open.extend(id.map(|id| (id, heard)));
    }

    fn complained(&self, line: &[u8]) {
        let line = line.trim_ascii();
        if line.is_empty() {
            return;
        }
        let mut first = self.complaint.lock().unwrap_or_else(PoisonError::into_inner);
        if first.is_empty() {
            *first = String::from_utf8_lossy(line).into_owned();
        }
        self.talk.place.tap.begin(Channel::Bridge, "stderr", "", &[]).received(line);
    }

    fn take_in(&self, line: &[u8]) -> Vec<ServerJsonRpcMessage> {
        if line.is_empty() {
            return Vec::new();
        }
        let (sorted, heard) = {
            // Both at once: what the mailbox waits for no more is dropped by whoever sends next.
            let mut open = self.heard();
            let sorted = self.talk.mailbox.sort(line, None);
            let answered = sorted.messages.iter().find_map(answered);
            let heard = answered.and_then(|id| open.remove(id));
            (sorted, heard)
        };
        let mut heard = heard.unwrap_or_else(|| self.talk.place.tap.begin(Channel::Bridge, "line", "", &[]));
        heard.received(line);
        heard.trouble(sorted.odd);
        sorted.messages
    }

    /// The output ended: why is told before anybody notices.
    async fn ended(&self, too_large: bool) {
        let mut child = self.child.lock().await;
        let Some(its) = child.as_mut() else { return };
        let group = its.id();
        let status = timeout(LAST_WORDS, its.wait()).await.ok().and_then(Result::ok);
        if status.is_some() {
            // What it started would outlive it, and has no name any more once it is waited for.
            kill_group(group);
        }
        drop(child);
        let complaint = self.complaint.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let failure = if too_large {
            self.talk.place.too_large()
        } else {
            broken(&self.talk, &format!("{}{}", end(status), self.said(&complaint)))
        };
        self.heard().clear();
        self.talk.note(None, failure);
        self.over.send_replace(true);
        self.talk.suspect.notify_one();
    }

    fn said(&self, complaint: &str) -> String {
        if complaint.is_empty() {
            String::new()
        } else {
            format!(": {}", self.talk.place.hide(&self.talk.place.tap.hide(complaint)))
        }
    }

    async fn send(&self, message: ClientJsonRpcMessage) -> Result<(), Failure> {
        let handover = talk::leave(&message)?;
        let mut line = serde_json::to_vec(&message).map_err(|_| talk::unsendable())?;
        let (name, tool) = talk::names(&message);
        let heard = self.talk.place.tap.begin(Channel::Bridge, &name, &tool, &line);
        self.talk.mailbox.expect(&message);
        self.hear(talk::request_id(&message), heard);
        line.push(b'\n');
        let mut input = self.input.lock().await;
        let Some(pipe) = input.as_mut() else {
            if let Some(handover) = handover {
                handover.never_left();
            }
            return Err(Failure::of(What::Lost, self.talk.place.gone()));
        };
        let written = async {
            pipe.write_all(&line).await?;
            pipe.flush().await
        };
        if written.await.is_ok() {
            return Ok(());
        }
        drop(input);
        // It has most likely ended: why is known in a moment.
        let _ = timeout(LAST_WORDS * 3, self.over.subscribe().wait_for(|over| *over)).await;
        Err(self.talk.last().unwrap_or_else(|| Failure::of(What::Lost, self.talk.place.gone())))
    }

    /// Closes its input, waits a second, and then kills it with all it started. One that reads no more holds up whoever
    /// writes to it, and is killed at once.
    async fn close(&self) {
        match timeout(ENDING, self.input.lock()).await {
            Ok(mut input) => *input = None,
            Err(_) => kill_group(self.child.lock().await.as_ref().and_then(Child::id)),
        }
        let Some(mut child) = self.child.lock().await.take() else {
            return;
        };
        let group = child.id();
        let ended = timeout(ENDING, child.wait()).await;
        kill_group(group);
        if ended.is_err() {
            let _ = child.kill().await;
        }
    }
}

#[cfg(unix)]
fn kill_group(group: Option<u32>) {
    let group = group.and_then(|id| rustix::process::Pid::from_raw(id.cast_signed()));
    if let Some(group) = group {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
}

#[cfg(not(unix))]
fn kill_group(_: Option<u32>) {}

fn end(status: Option<ExitStatus>) -> String {
    match status.map(|status| status.code()) {
        Some(Some(code)) => format!("ended with code {code}"),
        Some(None) => "was ended from outside".to_owned(),
        None => "closed its output".to_owned(),
    }
}

fn answered(message: &ServerJsonRpcMessage) -> Option<&RequestId> {
    match message {
        ServerJsonRpcMessage::Response(response) => Some(&response.id),
        ServerJsonRpcMessage::Error(error) => error.id.as_ref(),
        ServerJsonRpcMessage::Request(_) | ServerJsonRpcMessage::Notification(_) => None,
    }
}

impl Transport<RoleClient> for Bridge {
    type Error = Failure;

    fn send(
        &mut self,
        message: ClientJsonRpcMessage,
    ) -> impl Future<Output = Result<(), Failure>> + Send + 'static {
        let pipes = Arc::clone(&self.0);
        async move { pipes.send(message).await }
    }

    async fn receive(&mut self) -> Option<ServerJsonRpcMessage> {
        self.0.messages.lock().await.recv().await
    }

    async fn close(&mut self) -> Result<(), Failure> {
        self.0.close().await;
        Ok(())
    }
}
