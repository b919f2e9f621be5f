//! Starting the console and its loop: wait for anything, take everything that waits, one frame, sleep.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::EventStream;
use futures::StreamExt;
use tokio::sync::mpsc::Receiver;

use super::clock::Clock;
use super::effects::{Own, Reach};
use super::input::Input;
use super::keys::{Keys, leaves};
use super::launch::{Doors, Launch, Source};
use super::outside::{Ended, Outside};
use super::scene::{self, Begun, Scene};
use super::signals::{Leaving, Resized};
use super::terminal::Terminal;
use super::timers::Timers;
use crate::app::key::Code;
use crate::app::opening::{Opening, Start, Way};
use crate::app::{Event, Model, update};
use crate::demo;
use crate::domain::account::Step;
use crate::domain::call::{CallId, End, Fault, FaultKind, Report};
use crate::domain::link::Link;
use crate::session::{self, Request, Session};

/// Events taken before a frame is drawn, at most: a held key or a burst of answers must not starve the screen.
const BATCH: usize = 256;
/// Reports and events that may wait for the loop.
pub(super) const WAITING: usize = 256;

/// How long what still runs may take when we leave.
const GOODBYE: Duration = Duration::from_secs(1);
/// How long the session may take to end. It gives its server a second by itself; only a token that is being renewed at that
/// moment is waited for longer, for what it was renewed with is spent.
const ENDING: Duration = Duration::from_secs(6);

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
    /// An account that was chosen could not be opened; a sentence.
    #[error("{0}")]
    Account(String),
}

/// Runs the console until the person leaves. The terminal is given back however it ends.
pub fn run(launch: Launch) -> Result<(), LaunchError> {
    let clock = Clock::start();
    let mut terminal = Terminal::open()?;
    let (cols, rows) = Terminal::size();
    let mut model = Model::new(launch.options.clone(), cols, rows);
    model.shell.now = clock.now();
    if matches!(launch.source, Source::None) {
        model.begin(Start { way: Way::First, ..Start::default() });
    }
    terminal.draw(&model)?;
    drop(model);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let ended = runtime.block_on(sessions(launch, &mut terminal, clock));
    drop(terminal);
    runtime.shutdown_timeout(GOODBYE);
    ended
}

/// One session after another, as the person chooses them, until the person leaves. The terminal stays as it is in between.
async fn sessions(mut launch: Launch, terminal: &mut Terminal, clock: Clock) -> Result<(), LaunchError> {
    let mut keys = Keys {
        stream: EventStream::new(),
        leaving: Leaving::listen()?,
        resized: Resized::listen()?,
        input: Input::default(),
    };
    let first = std::mem::replace(&mut launch.source, Source::None);
    let mut begun = scene::begin(&launch, first).await?;
    begun.start.review = launch.review.take().unwrap_or_default();
    loop {
        let Some(next) = Box::pin(console(&launch, begun, terminal, clock, &mut keys)).await? else {
            return Ok(());
        };
        begun = next;
        // One that still has to be signed in to is remembered when it is.
        if begun.start.way == Way::Usual {
            remember(&launch.doors, begun.start.account.as_str());
        }
    }
}

/// Remembers an account that has a name, beside the loop.
fn remember(doors: &Arc<dyn Doors>, name: &str) {
    if name.is_empty() {
        return;
    }
    let (doors, name) = (Arc::clone(doors), name.to_owned());
    tokio::task::spawn_blocking(move || doors.remember(&name));
}

/// One session from its start to its end; gives the next one, which has begun.
async fn console(
    launch: &Launch,
    begun: Begun,
    terminal: &mut Terminal,
    clock: Clock,
    keys: &mut Keys,
) -> Result<Option<Begun>, LaunchError> {
    let Begun { start, demo, scene } = begun;
    let (cols, rows) = Terminal::size();
    let mut options = launch.options.clone();
    options.demo = demo.is_some();
    let mut model = Model::new(options, cols, rows);
    model.shell.now = clock.now();
    let signs_in = start.way == Way::SigningIn;
    model.begin(start);
    let Scene { session, mut reports, drafts, journal, marks, names, events, mut own_events } = scene;
    let reach = Reach { session, drafts, journal, marks, names, timers: Timers::default(), events };
    if signs_in && let Some(session) = &reach.session {
        let _ = session.try_send(Request::SignIn);
    }
    let mut stage = Stage {
        model,
        clock,
        reach,
        terminal,
        keys,
        tell_painted: false,
        told_gone: false,
        opening: None,
        lent: None,
        launch,
    };
    let ended = stage.play(&mut reports, &mut own_events).await;
    // Nobody takes them any more: whoever still tells something on the way out must not wait for that.
    drop(own_events);
    let goes_on = matches!(ended, Ok(Some(_)));
    let session = stage.strike(!goes_on);
    let goodbye = goodbye(session, reports, demo);
    if goes_on {
        // Nobody waits for the old server: the next session begins at once.
        tokio::spawn(goodbye);
    } else {
        goodbye.await;
    }
    Ok(ended?)
}

/// Lets the session say goodbye to its server, and ends the embedded one.
async fn goodbye(session: Option<Session>, mut reports: Receiver<Report>, demo: Option<demo::Running>) {
    if let Some(session) = session {
        let _ = session.try_send(Request::Close);
        let closed = async {
            while let Some(report) = reports.recv().await {
                if report == Report::Link(Link::Closed) {
                    return;
                }
            }
        };
        let _ = tokio::time::timeout(ENDING, closed).await;
    }
    if let Some(server) = demo {
        server.stop().await;
    }
}

struct Stage<'a> {
    model: Model,
    clock: Clock,
    reach: Reach,
    terminal: &'a mut Terminal,
    keys: &'a mut Keys,
    tell_painted: bool,
    /// It was told that the session is gone.
    told_gone: bool,
    /// What is to be opened in place of this.
    opening: Option<Opening>,
    /// What the terminal is to be lent for.
    lent: Option<Outside>,
    launch: &'a Launch,
}

/// What became of an opening.
enum Opened {
    /// The next session has begun.
    Next(Box<Begun>),
    /// This one goes on; a sentence says why, unless the person chose so.
    Back(Option<String>),
    /// Somebody leaves.
    Left,
}

type Turn = io::Result<ControlFlow<()>>;

impl Stage<'_> {
    /// Plays until somebody leaves. A terminal that is gone, or that cannot be written, is somebody leaving. Gives the session that follows, when one does.
    async fn play(
        &mut self,
        reports: &mut Receiver<Report>,
        own: &mut Receiver<Event>,
    ) -> io::Result<Option<Begun>> {
        let ended = self.turns_and_openings(reports, own).await;
        self.opening = None;
        let _ = self.take(Event::Leave);
        ended
    }

    async fn turns_and_openings(
        &mut self,
        reports: &mut Receiver<Report>,
        own: &mut Receiver<Event>,
    ) -> io::Result<Option<Begun>> {
        loop {
            self.turns(reports, own).await?;
            if let Some(lent) = self.lent.take() {
                if self.lend(lent).await?.is_break() {
                    return Ok(None);
                }
                continue;
            }
            let Some(opening) = self.opening.take() else { return Ok(None) };
            match self.open(opening, reports, own).await? {
                Opened::Next(begun) => return Ok(Some(*begun)),
                Opened::Left => return Ok(None),
                Opened::Back(sentence) => {
                    let words = sentence.unwrap_or_else(|| "Nothing else was opened.".to_owned());
                    let _ = self.take(Event::Trouble(words))?;
                }
            }
        }
    }

    /// Lends the terminal to the person's own editor until that ends. The session goes on; what it reports waits.
    async fn lend(&mut self, lent: Outside) -> Turn {
        self.keys.let_go();
        let modes = self.terminal.lend()?;
        let ended = lent.edit(&mut self.keys.leaving).await;
        self.terminal.take_back(modes)?;
        self.keys.leaving.forget_interrupt().await;
        match ended {
            Ended::Back(came) => self.take(Event::EditedOutside(came)),
            Ended::Left => Ok(ControlFlow::Break(())),
        }
    }

    /// Opens something else while this session stays as it is. Keys do nothing meanwhile but go back or leave; what was typed
    /// was meant for neither.
    async fn open(
        &mut self,
        opening: Opening,
        reports: &mut Receiver<Report>,
        own: &mut Receiver<Event>,
    ) -> io::Result<Opened> {
        let mut begun = Box::pin(scene::open(self.launch, opening));
        let mut session_lives = self.reach.session.is_some();
        loop {
            self.terminal.draw(&self.model)?;
            let event = tokio::select! {
                biased;
                () = self.keys.leaving.next() => return Ok(Opened::Left),
                () = self.keys.resized.next() => {
                    let (cols, rows) = Terminal::size();
                    Some(Event::Resize(cols, rows))
                }
                given = self.keys.stream.next() => match given.map(|given| given.map(|given| self.keys.input.read(given))) {
                    None => return Ok(Opened::Left),
                    Some(Err(error)) => return Err(error),
                    Some(Ok(Some(Event::Key(key)))) if leaves(key) => return Ok(Opened::Left),
                    Some(Ok(Some(Event::Key(key)))) if key.code == Code::Esc => return Ok(Opened::Back(None)),
                    Some(Ok(_)) => None,
                },
                begun = &mut begun => {
                    let back = |sentence| Opened::Back(Some(sentence));
                    return Ok(begun.map_or_else(back, |begun| Opened::Next(Box::new(begun))));
                }
                timer = self.reach.timers.next() => Some(timer.map_or(Event::Minute, Event::Timer)),
                report = reports.recv(), if session_lives => {
                    session_lives = report.is_some();
                    report.map(Event::Report)
                }
                event = own.recv() => event,
            };
            if let Some(event) = event
                && self.take(event)?.is_break()
            {
                return Ok(Opened::Left);
            }
        }
    }

    async fn turns(&mut self, reports: &mut Receiver<Report>, own: &mut Receiver<Event>) -> io::Result<()> {
        // The terminal may have changed its size before anybody listened.
        let (cols, rows) = Terminal::size();
        if self.take(Event::Resize(cols, rows))?.is_break() || self.paint()?.is_break() {
            return Ok(());
        }
        let has_session = self.reach.session.is_some();
        let mut session_lives = has_session;
        loop {
            // Signals and timers first: they are rare, and a flood of keys must not keep them waiting.
            let event = tokio::select! {
                biased;
                () = self.keys.leaving.next() => Some(Event::Leave),
                () = self.keys.resized.next() => {
                    let (cols, rows) = Terminal::size();
                    Some(Event::Resize(cols, rows))
                }
                timer = self.reach.timers.next() => Some(timer.map_or(Event::Minute, Event::Timer)),
                given = self.keys.stream.next() => match given {
                    Some(given) => self.keys.input.read(given?),
                    None => return Ok(()),
                },
                report = reports.recv(), if session_lives => {
                    session_lives = report.is_some();
                    report.map(Event::Report)
                }
                event = own.recv() => event,
            };
            if has_session && !session_lives && !std::mem::replace(&mut self.told_gone, true) {
                for event in session_gone(&self.model.shell.unended()) {
                    let _ = self.take(event)?;
                }
                self.terminal.draw(&self.model)?;
            }
            let Some(event) = event else { continue };
            // What was pressed before a timer ran out counts before it: a key takes a confirmation back.
            if matches!(event, Event::Timer(_)) && self.drain(reports, own).await?.is_break() {
                return Ok(());
            }
            if self.take(event)?.is_break() || self.drain(reports, own).await?.is_break() {
                return Ok(());
            }
            if self.paint()?.is_break() {
                return Ok(());
            }
        }
    }

    /// Waits until the drafts and the journal are on disk, after giving the terminal back when nothing follows; returns the session.
    fn strike(self, gives_back: bool) -> Option<Session> {
        if gives_back {
            self.terminal.give_back();
        }
        let Reach { session, drafts, journal, marks, names, .. } = self.reach;
        drop((drafts, marks, names));
        // Nobody else holds the session once the journal has ended.
        drop(journal);
        session.and_then(Arc::into_inner)
    }

    /// Takes what already waits, keys first, without waiting for more. Polled with this task's own waker: the key stream
    /// keeps the first waker it is given, so that looking with another would leave it deaf.
    async fn drain(&mut self, reports: &mut Receiver<Report>, own: &mut Receiver<Event>) -> Turn {
        for _ in 0..BATCH {
            let event = tokio::select! {
                biased;
                Some(given) = self.keys.stream.next() => self.keys.input.read(given?),
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
    fn take(&mut self, event: Event) -> Turn {
        // Two changes of size may arrive as one that changes nothing, with the screen torn in between.
        if matches!(event, Event::Resize(..)) {
            self.terminal.forget();
        }
        if matches!(event, Event::Report(Report::SignIn(Step::Done(_)))) {
            remember(&self.launch.doors, self.model.session.accounts.open.as_str());
            self.look_for_accounts();
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
        // Everything else that was wanted is done first: this session may go on.
        Ok(if self.opening.is_some() || self.lent.is_some() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        })
    }

    /// A sign-in may have made an account. Reading files does not happen here.
    fn look_for_accounts(&self) {
        let (doors, events) = (Arc::clone(&self.launch.doors), self.reach.events.clone());
        tokio::task::spawn_blocking(move || {
            let _ = events.blocking_send(Event::Accounts(doors.accounts()));
        });
    }

    fn own(&mut self, own: Own) -> Turn {
        match own {
            Own::Copy(text) => self.terminal.copy(text.as_str())?,
            Own::TellPainted => self.tell_painted = true,
            Own::Redraw => self.terminal.forget(),
            Own::Suspend => self.terminal.suspend()?,
            Own::LookForAccounts => self.look_for_accounts(),
            Own::Lend(outside) => self.lent = Some(outside),
            Own::Open(opening) => self.opening = Some(opening),
            Own::Quit => return Ok(ControlFlow::Break(())),
        }
        Ok(ControlFlow::Continue(()))
    }

    /// One frame; and the news that it is there, when somebody waits for that.
    fn paint(&mut self) -> Turn {
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
