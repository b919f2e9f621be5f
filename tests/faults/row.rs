//! One row of the table: what the server does, and what must come of it.
//!
//! Ends are wanted by their words: the variant, the kind of its fault, and behind a colon words that its sentence holds, such
//! as `Refused Protocol: text/html`. Alternatives stand between bars.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use switchboard::domain::call::{Answer, End, Fault, FaultKind};
use switchboard::session::auth::Client;
use switchboard::session::{Limits, Transport};

use super::outcome::Outcome;
use super::server::Play;

/// Something that must be true of what happened.
pub type Check = Arc<dyn Fn(&Outcome) -> bool + Send + Sync>;
/// A program that plays the server over its standard input and output; it is told where to write down what it reads, and the
/// tool that the row's faults happen to.
pub type Program = fn(&Path, &str) -> Vec<String>;

/// As whom a row asks.
#[derive(Clone)]
pub enum Who {
    /// With a token from the environment.
    Token,
    /// Signed in by the browser, as this client.
    Browser(Client),
}

/// How a row's faulty call is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Read,
    Write,
}

#[derive(Clone)]
pub struct Row {
    pub family: &'static str,
    pub fault: &'static str,
    pub variant: &'static str,
    pub play: Play,
    pub program: Option<Program>,
    pub transport: Transport,
    pub who: Who,
    pub limits: Limits,
    /// Calls at once.
    pub asks: u64,
    /// Sessions of the same account at once.
    pub processes: usize,
    pub signing: &'static str,
    pub read: String,
    pub write: Option<String>,
    /// How the next call ends; after a comma how one ends after dialling again. Alternatives stand between double bars.
    pub then: String,
    pub checks: Vec<(&'static str, Check)>,
    /// What is sent at once arrives in any order.
    pub unordered: bool,
}

/// Within which every row must be through.
pub const LIMIT: Duration = Duration::from_secs(12);

pub fn row(fault: &'static str, variant: &'static str, play: Play) -> Row {
    let wide = Duration::from_secs(8);
    let limits = Limits {
        connect: wide,
        headers: wide,
        idle_body: wide,
        read_call: wide,
        write_call: wide,
        dial: wide,
        close: Duration::from_millis(500),
        max_body: 64 * 1024 * 1024,
    };
    Row {
        family: "",
        fault,
        variant,
        play,
        program: None,
        transport: Transport::Auto,
        who: Who::Token,
        limits,
        asks: 1,
        processes: 1,
        signing: "signed in",
        read: "Answer".to_owned(),
        write: None,
        then: "Answer".to_owned(),
        checks: Vec::new(),
        unordered: false,
    }
}

impl Row {
    pub fn read(mut self, want: &str) -> Self {
        want.clone_into(&mut self.read);
        self
    }

    pub fn write(mut self, want: &str) -> Self {
        self.write = Some(want.to_owned());
        self
    }

    pub fn then(mut self, want: &str) -> Self {
        want.clone_into(&mut self.then);
        self
    }

    /// There is no connection, in these words, now nor after dialling again, and nothing is sent.
    pub fn down(self, words: &str) -> Self {
        let refused = format!("NotSent Offline: {words}");
        self.read(&refused).write(&refused).then(&format!("{refused} || {refused}, {refused}"))
    }

    pub fn check(
        mut self,
        words: &'static str,
        check: impl Fn(&Outcome) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.checks.push((words, Arc::new(check)));
        self
    }

    /// The limits that the row runs into, in milliseconds.
    pub fn limits(mut self, set: impl Fn(&mut Limits, Duration), millis: u64) -> Self {
        set(&mut self.limits, Duration::from_millis(millis));
        self
    }

    pub fn over(mut self, transport: Transport) -> Self {
        self.transport = transport;
        self
    }

    pub fn program(mut self, program: Program) -> Self {
        self.program = Some(program);
        self
    }

    pub fn signs_in(self) -> Self {
        self.signs_in_as(Client::default())
    }

    pub fn signs_in_as(mut self, client: Client) -> Self {
        self.who = Who::Browser(client);
        self
    }

    /// The sign-in fails in these words, and no request for a token is made.
    pub fn unsigned(self, words: &'static str) -> Self {
        self.signing(words).down("").check("no token was asked for", |o| o.paths("/token") == 0)
    }

    pub fn signing(mut self, want: &'static str) -> Self {
        self.signing = want;
        self
    }

    pub fn asks(mut self, asks: u64) -> Self {
        self.asks = asks;
        self
    }

    pub fn processes(mut self, processes: usize) -> Self {
        self.processes = processes;
        self
    }

    pub fn unordered(mut self) -> Self {
        self.unordered = true;
        self
    }

    pub fn name(&self, way: Way) -> String {
        format!("{} · {} · {way:?}", self.fault, self.variant)
    }
}

/// Whether what happened is what was wanted.
pub fn fits(want: &str, words: &str) -> bool {
    want.split(" | ").any(|want| match want.split_once(": ") {
        Some((start, inside)) => words.starts_with(start) && words.contains(inside),
        None => words.split(" “").next() == Some(want),
    })
}

/// An end in words.
pub fn words_of(end: &End) -> String {
    match end {
        End::Answer(Answer::Written(_)) => "Written".to_owned(),
        End::Answer(_) => "Answer".to_owned(),
        End::Refused(fault) => format!("Refused {}", fault_words(fault)),
        End::TimedOut(fault) => format!("TimedOut {}", fault_words(fault)),
        End::Cancelled => "Cancelled".to_owned(),
        End::NotSent(fault) => format!("NotSent {}", fault_words(fault)),
        End::Moved(_) => "Moved".to_owned(),
        End::Unknown(fault) => format!("Unknown {}", fault_words(fault)),
    }
}

pub fn fault_words(fault: &Fault) -> String {
    let kind: FaultKind = fault.kind;
    let wait = fault.wait.map(|wait| format!(" (wait {wait} s)")).unwrap_or_default();
    format!("{kind:?} “{}” → “{}”{wait}", fault.sentence, fault.hint)
}
