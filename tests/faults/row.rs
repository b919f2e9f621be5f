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
pub(crate) type Check = Arc<dyn Fn(&Outcome) -> bool + Send + Sync>;
/// A program that plays the server over its standard input and output; it is told where to write down what it reads, and the
/// tool that the row's faults happen to.
pub(crate) type Program = fn(&Path, &str) -> Vec<String>;

/// As whom a row asks.
#[derive(Clone)]
pub(crate) enum Who {
    /// With a token from the environment.
    Token,
    /// Signed in by the browser, as this client.
    Browser(Client),
}

/// How a row's faulty call is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Read,
    Write,
}

/// What can be said of the order of what is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// It is the same each time.
    Kept,
    /// What is sent at once arrives in any order.
    Any,
    /// What follows the faulty calls depends on which of two things comes first.
    Open,
}

#[expect(clippy::struct_excessive_bools, reason = "each is one thing that a row may or may not do")]
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) family: &'static str,
    pub(crate) fault: &'static str,
    pub(crate) variant: &'static str,
    pub(crate) play: Play,
    pub(crate) program: Option<Program>,
    pub(crate) transport: Transport,
    pub(crate) who: Who,
    pub(crate) limits: Limits,
    /// Calls at once.
    pub(crate) asks: u64,
    /// Sessions of the same account at once.
    pub(crate) processes: usize,
    /// Each of them signs in, all at once.
    pub(crate) everybody: bool,
    pub(crate) signing: &'static str,
    pub(crate) read: String,
    pub(crate) write: Option<String>,
    /// How the next call ends; after a comma how one ends after dialling again. Alternatives stand between double bars.
    pub(crate) then: String,
    pub(crate) checks: Vec<(&'static str, Check)>,
    /// The client must end the connection that the server holds.
    pub(crate) hangs_up: bool,
    /// The person gives up as soon as the browser came back with what does not belong to the sign-in.
    pub(crate) gives_up: bool,
    pub(crate) order: Order,
    /// The server is told that nobody waits for the read any more. That notice leaves beside whatever follows.
    pub(crate) cancels: bool,
}

/// Within which every row must be through.
pub(crate) const LIMIT: Duration = Duration::from_secs(40);

pub(crate) fn row(fault: &'static str, variant: &'static str, play: Play) -> Row {
    let wide = Duration::from_secs(15);
    let limits = Limits {
        connect: wide,
        headers: wide,
        idle_body: wide,
        read_call: wide,
        write_call: wide,
        dial: wide,
        close: wide,
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
        everybody: false,
        signing: "signed in",
        read: "Answer".to_owned(),
        write: None,
        then: "Answer".to_owned(),
        checks: Vec::new(),
        hangs_up: false,
        gives_up: false,
        order: Order::Kept,
        cancels: false,
    }
}

impl Row {
    pub(crate) fn read(mut self, want: &str) -> Self {
        want.clone_into(&mut self.read);
        self
    }

    pub(crate) fn write(mut self, want: &str) -> Self {
        self.write = Some(want.to_owned());
        self
    }

    pub(crate) fn then(mut self, want: &str) -> Self {
        want.clone_into(&mut self.then);
        self
    }

    /// There is no connection, in these words, now nor after dialling again, and nothing is sent.
    pub(crate) fn down(self, words: &str) -> Self {
        let refused = format!("NotSent Offline: {words}");
        self.read(&refused).write(&refused).then(&format!("{refused} || {refused}, {refused}"))
    }

    pub(crate) fn check(
        mut self,
        words: &'static str,
        check: impl Fn(&Outcome) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.checks.push((words, Arc::new(check)));
        self
    }

    /// The limits that the row runs into, in milliseconds.
    pub(crate) fn limits(mut self, set: impl Fn(&mut Limits, Duration), millis: u64) -> Self {
        set(&mut self.limits, Duration::from_millis(millis));
        self
    }

    pub(crate) fn over(mut self, transport: Transport) -> Self {
        self.transport = transport;
        self
    }

    pub(crate) fn program(mut self, program: Program) -> Self {
        self.program = Some(program);
        self
    }

    pub(crate) fn signs_in(self) -> Self {
        self.signs_in_as(Client::default())
    }

    pub(crate) fn signs_in_as(mut self, client: Client) -> Self {
        self.who = Who::Browser(client);
        self
    }

    /// The sign-in fails in these words, and no request for a token is made.
    pub(crate) fn unsigned(self, words: &'static str) -> Self {
        self.signing(words).down("").check("no token was asked for", |o| o.paths("/token") == 0)
    }

    pub(crate) fn signing(mut self, want: &'static str) -> Self {
        self.signing = want;
        self
    }

    pub(crate) fn asks(mut self, asks: u64) -> Self {
        self.asks = asks;
        self
    }

    pub(crate) fn processes(mut self, processes: usize) -> Self {
        self.processes = processes;
        self
    }

    pub(crate) fn hangs_up(mut self) -> Self {
        self.hangs_up = true;
        self.check("the client hung up", |o| o.left > 0)
    }

    pub(crate) fn everybody_signs_in(mut self) -> Self {
        self.everybody = true;
        self
    }

    pub(crate) fn gives_up(mut self) -> Self {
        self.gives_up = true;
        self
    }

    pub(crate) fn cancels(mut self) -> Self {
        self.cancels = true;
        self
    }

    pub(crate) fn varies(mut self) -> Self {
        self.order = Order::Open;
        self
    }

    pub(crate) fn unordered(mut self) -> Self {
        self.order = Order::Any;
        self
    }

    pub(crate) fn name(&self, way: Way) -> String {
        format!("{} · {} · {way:?}", self.fault, self.variant)
    }
}

/// Whether what happened is what was wanted.
pub(crate) fn fits(want: &str, words: &str) -> bool {
    want.split(" | ").any(|want| match want.split_once(": ") {
        Some((start, inside)) => words.starts_with(start) && words.contains(inside),
        None => words.split(" “").next() == Some(want),
    })
}

/// An end in words.
pub(crate) fn words_of(end: &End) -> String {
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

pub(crate) fn fault_words(fault: &Fault) -> String {
    let kind: FaultKind = fault.kind;
    let wait = fault.wait.map(|wait| format!(" (wait {wait} s)")).unwrap_or_default();
    format!("{kind:?} “{}” → “{}”{wait}", fault.sentence, fault.hint)
}
