//! Starting the console and its loop: wait for anything, take everything that waits, one frame, sleep.

use std::io;
use std::ops::ControlFlow;
use std::time::Duration;

use crossterm::event::EventStream;
use futures::StreamExt;
use secrecy::SecretString;
use tokio::sync::mpsc::{Receiver, channel};
use url::Url;

use super::clock::{Clock, unix_now};
use super::drafts::Drafts;
use super::effects::{Own, Reach};
use super::input::Input;
use super::signals::Leaving;
use super::terminal::Terminal;
use super::timers::Timers;
use crate::app::{Event, Model, Options, update};
use crate::demo;
use crate::domain::call::{CallId, End, Fault, FaultKind, Report};
use crate::domain::link::Link;
use crate::session::auth::Account;
use crate::session::secrets::Secrets;
use crate::session::{self, Request, Settings};

/// Events taken before a frame is drawn, at most: a held key or a burst of answers must not starve the screen.
const BATCH: usize = 256;
/// Reports and events that may wait for the loop.
const WAITING: usize = 256;

/// How long the server may take to hear that we leave.
const GOODBYE: Duration = Duration::from_secs(1);

/// Where the desk is.
#[derive(Debug)]
pub enum Source {
    /// The embedded workspace; grown to this many conversations when a number is given.
    Demo(Option<usize>),
    /// An MCP endpoint and the token for it.
    Server(Url, Option<SecretString>),
}

/// What to start.
#[derive(Debug)]
pub struct Launch {
    /// Where the desk is.
    pub source: Source,
    /// What does not change while the console runs.
    pub options: Options,
}

/// Why the console could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum LaunchError {
    /// The terminal said no.
    #[error("The terminal cannot be used: {0}.")]
    Terminal(#[from] io::Error),
    /// The embedded server did not start.
    #[error("The demo workspace did not start: {0}")]
    Demo(#[from] demo::StartError),
    /// The session did not start.
    #[error("The session did not start: {0}")]
    Session(#[from] session::StartError),
}

/// Runs the console until the person leaves. The terminal is given back however it ends.
pub fn run(launch: Launch) -> Result<(), LaunchError> {
    let clock = Clock::start();
    let mut terminal = Terminal::open()?;
    let (cols, rows) = Terminal::size();
    let mut model = Model::new(launch.options, cols, rows);
    model.shell.now = clock.now();
    terminal.draw(&model)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let ended = runtime.block_on(console(launch.source, model, &mut terminal, clock));
    drop(terminal);
    runtime.shutdown_timeout(GOODBYE);
    ended
}

async fn console(
    source: Source,
    model: Model,
    terminal: &mut Terminal,
    clock: Clock,
) -> Result<(), LaunchError> {
    let workspace = workspace(&source);
    let (settings, server) = match source {
        Source::Demo(scale) => {
            let server =
                demo::start(demo::Options { scale, now: unix_now(), ..demo::Options::default() }).await?;
            let endpoint =
                Url::parse(&server.url()).map_err(|_| session::StartError::Endpoint(server.url()))?;
            (Settings::new(endpoint, Account::nobody()), Some(server))
        }
        Source::Server(endpoint, token) => {
            let bearer = |token| Account::bearer(&token, &Secrets::default());
            let account = token.map_or_else(|| Ok(Account::nobody()), bearer)?;
            (Settings::new(endpoint, account), None)
        }
    };
    let (reporter, mut reports) = channel(WAITING);
    let (events, mut own_events) = channel(WAITING);
    let session = session::start(settings, reporter)?;
    let drafts = Drafts::start(super::places::drafts(&workspace), events.clone())?;
    let reach = Reach { session, drafts, timers: Timers::default(), events };
    let mut stage = Stage { model, clock, reach, terminal, input: Input::default(), tell_painted: false };
    let ended = stage.play(&mut reports, &mut own_events).await;
    stage.leave(&mut reports).await;
    if let Some(server) = server {
        server.stop().await;
    }
    Ok(ended?)
}

/// What drafts are kept apart by: the endpoint's host, and its port when that is not the usual one.
fn workspace(source: &Source) -> String {
    match source {
        Source::Demo(_) => "demo".to_owned(),
        Source::Server(url, _) => {
            let port = url.port().map(|port| format!("-{port}")).unwrap_or_default();
            format!("{}{port}", url.host_str().unwrap_or("server"))
        }
    }
}

struct Stage<'a> {
    model: Model,
    clock: Clock,
    reach: Reach,
    terminal: &'a mut Terminal,
    input: Input,
    tell_painted: bool,
}

type Step = io::Result<ControlFlow<()>>;

impl Stage<'_> {
    /// Plays until somebody leaves. A terminal that is gone, or that cannot be written, is somebody leaving.
    async fn play(&mut self, reports: &mut Receiver<Report>, own: &mut Receiver<Event>) -> io::Result<()> {
        let ended = self.turns(reports, own).await;
        let _ = self.take(Event::Leave);
        ended
    }

    async fn turns(&mut self, reports: &mut Receiver<Report>, own: &mut Receiver<Event>) -> io::Result<()> {
        let mut keys = EventStream::new();
        let mut leaving = Leaving::listen()?;
        // The terminal may have changed its size before anybody listened.
        let (cols, rows) = Terminal::size();
        if self.take(Event::Resize(cols, rows))?.is_break() || self.paint()?.is_break() {
            return Ok(());
        }
        let (mut session_lives, mut told_gone) = (true, false);
        loop {
            // Signals and timers first: they are rare, and a flood of keys must not keep them waiting.
            let event = tokio::select! {
                biased;
                () = leaving.next() => Some(Event::Leave),
                timer = self.reach.timers.next() => Some(timer.map_or(Event::Minute, Event::Timer)),
                given = keys.next() => match given {
                    Some(given) => self.input.read(given?),
                    None => return Ok(()),
                },
                report = reports.recv(), if session_lives => {
                    session_lives = report.is_some();
                    report.map(Event::Report)
                }
                event = own.recv() => event,
            };
            if !std::mem::replace(&mut told_gone, !session_lives) && !session_lives {
                for event in session_gone(&self.model.shell.unended()) {
                    let _ = self.take(event)?;
                }
                self.terminal.draw(&self.model)?;
            }
            let Some(event) = event else { continue };
            // What was pressed before a timer ran out counts before it: a key takes a confirmation back.
            if matches!(event, Event::Timer(_)) && self.drain(&mut keys, reports, own).await?.is_break() {
                return Ok(());
            }
            if self.take(event)?.is_break() || self.drain(&mut keys, reports, own).await?.is_break() {
                return Ok(());
            }
            if self.paint()?.is_break() {
                return Ok(());
            }
        }
    }

    /// Gives the terminal back, waits until the drafts are on disk, and lets the session say goodbye to the server, within a
    /// second.
    async fn leave(self, reports: &mut Receiver<Report>) {
        self.terminal.give_back();
        let Reach { session, drafts, .. } = self.reach;
        drop(drafts);
        let _ = session.try_send(Request::Close);
        let closed = async {
            while let Some(report) = reports.recv().await {
                if report == Report::Link(Link::Closed) {
                    return;
                }
            }
        };
        let _ = tokio::time::timeout(GOODBYE, closed).await;
    }

    /// Takes what already waits, keys first, without waiting for more. Polled with this task's own waker: the key stream
    /// keeps the first waker it is given, so that looking with another would leave it deaf.
    async fn drain(
        &mut self,
        keys: &mut EventStream,
        reports: &mut Receiver<Report>,
        own: &mut Receiver<Event>,
    ) -> Step {
        for _ in 0..BATCH {
            let event = tokio::select! {
                biased;
                Some(given) = keys.next() => self.input.read(given?),
                Some(report) = reports.recv() => Some(Event::Report(report)),
                Some(event) = own.recv() => Some(event),
                () = std::future::ready(()) => return Ok(ControlFlow::Continue(())),
            };
            if let Some(event) = event
                && self.take(event)?.is_break()
            {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// One event through `update`, and everything that it wants done.
    fn take(&mut self, event: Event) -> Step {
        // Two changes of size may arrive as one that changes nothing, with the screen torn in between.
        if matches!(event, Event::Resize(..)) {
            self.terminal.forget();
        }
        let mut waiting = vec![event];
        while let Some(event) = waiting.pop() {
            let at = self.clock.now();
            for effect in update(&mut self.model, at, event) {
                let Some(own) = self.reach.perform(effect, &mut waiting) else { continue };
                if self.own(own)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn own(&mut self, own: Own) -> Step {
        match own {
            Own::Copy(text) => self.terminal.copy(text.as_str())?,
            Own::TellPainted => self.tell_painted = true,
            Own::Redraw => self.terminal.forget(),
            Own::Suspend => self.terminal.suspend()?,
            Own::Quit => return Ok(ControlFlow::Break(())),
        }
        Ok(ControlFlow::Continue(()))
    }

    /// One frame; and the news that it is there, when somebody waits for that.
    fn paint(&mut self) -> Step {
        self.terminal.draw(&self.model)?;
        if !std::mem::take(&mut self.tell_painted) {
            return Ok(ControlFlow::Continue(()));
        }
        let step = self.take(Event::Painted)?;
        self.terminal.draw(&self.model)?;
        Ok(step)
    }
}

/// What a session that is gone cannot say any more: that it is gone, and how its calls end.
fn session_gone(unended: &[(CallId, bool)]) -> Vec<Event> {
    let fault = Fault::new(
        FaultKind::Offline,
        "The session stopped unexpectedly; this is a fault of Switchboard.",
        "Drafts are kept. Quit with q and start again.",
    );
    let end = |write: bool| if write { End::Unknown(fault.clone()) } else { End::NotSent(fault.clone()) };
    let ends = unended.iter().map(|(id, write)| Report::Ended { id: *id, end: end(*write) });
    let down = Report::Link(Link::Down { fault: fault.clone(), retry_in: None });
    ends.chain([down]).map(Event::Report).collect()
}
