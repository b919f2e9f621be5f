//! A session as a command needs it: wait until it is up, call, hear what comes by itself, end it. Owns the reading of reports;
//! refuses to try again what the session gave up.

use tokio::sync::mpsc::{Receiver, channel};

use super::asking::Answers;
use super::exit::{Exit, Refusal};
use super::{output, steps, waiting};
use crate::domain::call::{CallId, End, Report};
use crate::domain::link::{Link, Server, Tool};
use crate::session::{self, Address, Request, Session, Settings};

/// Reports that may wait for us.
const WAITING: usize = 256;

/// An open session.
pub(super) struct Line {
    session: Session,
    reports: Receiver<Report>,
    answers: Answers,
    /// What is known of the server.
    pub(super) server: Server,
    /// How the link stands.
    pub(super) link: Link,
    calls: u64,
}

/// What a command waits for.
#[derive(Debug)]
pub(super) enum Heard {
    /// A call ended.
    Ended(CallId, End),
    /// The link changed.
    Link,
    /// Something else, which was dealt with.
    Other,
}

impl Line {
    /// Opens a session and waits until it is up.
    ///
    /// # Errors
    /// The first try failed; why.
    pub(super) async fn open(settings: Settings, answers: Answers) -> Result<Self, Refusal> {
        let host = host(&settings.address);
        let (reporter, reports) = channel(WAITING);
        let session = session::start(settings, reporter)
            .map_err(|error| Refusal::new(Exit::Error, format!("The session did not start: {error}.")))?;
        let dialling = Link::Connecting { attempt: 1 };
        let mut line =
            Self { session, reports, answers, server: Server::default(), link: dialling, calls: 0 };
        if let Some(refusal) = waiting::told(&host, line.rise()).await? {
            line.close().await;
            return Err(refusal);
        }
        Ok(line)
    }

    /// Waits until the session is up; why not, when the first try failed.
    async fn rise(&mut self) -> Result<Option<Refusal>, Refusal> {
        while !matches!(self.link, Link::Up(_)) {
            self.hear().await?;
            if let Link::Down { fault, .. } = &self.link {
                return Ok(Some(Refusal::of(fault)));
            }
        }
        Ok(None)
    }

    /// A tool the server offers.
    pub(super) fn tool(&self, name: &str) -> Option<&Tool> {
        self.server.tools.iter().find(|tool| tool.name.as_str() == name)
    }

    /// Hands a request to the session.
    pub(super) fn send(&self, request: Request) -> Result<(), Refusal> {
        self.session.try_send(request).map_err(|_| gone())
    }

    /// Sends a call by hand; its end is heard under this id.
    pub(super) fn begin(&mut self, tool: &str, arguments: String) -> Result<CallId, Refusal> {
        self.calls += 1;
        let id = CallId(self.calls);
        self.send(Request::ByHand { id, tool: tool.to_owned(), arguments })?;
        Ok(id)
    }

    /// One call from its beginning to its end.
    pub(super) async fn call(&mut self, tool: &str, arguments: String) -> Result<End, Refusal> {
        let wanted = self.begin(tool, arguments)?;
        loop {
            if let Heard::Ended(id, end) = self.hear().await?
                && id == wanted
            {
                return Ok(end);
            }
        }
    }

    /// Takes what was reported already, without waiting for more.
    pub(super) async fn catch_up(&mut self) -> Result<(), Refusal> {
        while !self.reports.is_empty() {
            self.hear().await?;
        }
        Ok(())
    }

    /// Waits for the next thing and deals with what is not the command's: questions, sign-ins, messages. May be dropped
    /// while it waits; nothing is lost.
    pub(super) async fn hear(&mut self) -> Result<Heard, Refusal> {
        let report = self.reports.recv().await.ok_or_else(gone)?;
        match report {
            Report::Ended { id, end } => return Ok(Heard::Ended(id, end)),
            Report::Link(link) => {
                if let Link::Up(server) = &link {
                    self.server.clone_from(server);
                }
                self.link = link;
                return Ok(Heard::Link);
            }
            Report::Question(question) => {
                let id = question.id;
                let reply = self.answers.to(*question).await;
                self.send(Request::Answer(id, reply))?;
            }
            Report::SignIn(step) => steps::tell(&step),
            Report::Pause(Some(_)) => output::tell("The server asks for a pause; calls wait for it."),
            Report::Pause(None)
            | Report::Exchange(_)
            | Report::Unasked(_)
            | Report::Message(..)
            | Report::Finding(_)
            | Report::Explained(..)
            | Report::Examined => {}
        }
        Ok(Heard::Other)
    }

    /// Ends the session politely. The session itself limits how long that takes.
    pub(super) async fn close(mut self) {
        if self.session.try_send(Request::Close).is_err() {
            return;
        }
        while let Some(report) = self.reports.recv().await {
            if report == Report::Link(Link::Closed) {
                return;
            }
        }
    }
}

/// What is waited for, as a person knows it.
pub(super) fn host(address: &Address) -> String {
    match address {
        Address::Http { endpoint, .. } => endpoint.host_str().unwrap_or_default().to_owned(),
        Address::Command(words) => words.first().cloned().unwrap_or_default(),
    }
}

fn gone() -> Refusal {
    Refusal::new(Exit::Error, "The session stopped unexpectedly; this is a fault of Switchboard.")
}
