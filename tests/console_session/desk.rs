//! The console without a terminal and without a session; everything it asks for is kept.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use switchboard::app::key::script;
use switchboard::app::opening::{Start, Way};
use switchboard::app::{Effect, Event, Model, Options, Timer, update};
use switchboard::domain::account::Step;
use switchboard::domain::call::{End, Report};
use switchboard::domain::examination::Finding;
use switchboard::domain::link::Link;
use switchboard::domain::time::{Moment, Unix};

use super::world;

/// The console and what it asked for.
pub(crate) struct Desk {
    /// The console.
    pub(crate) model: Model,
    /// Every effect, oldest first.
    pub(crate) effects: Vec<Effect>,
    millis: u64,
    size: (u16, u16),
    /// Whether a frame that was asked about is painted at once.
    pub(crate) paints: bool,
}

impl Desk {
    /// A console that begins like this.
    pub(crate) fn begin(cols: u16, rows: u16, start: Start) -> Self {
        let mut model = Model::new(Options::default(), cols, rows);
        model.shell.now = Moment { unix: Unix(world::NOW), millis: 0, zone: 0 };
        model.begin(start);
        let mut desk = Self { model, effects: Vec::new(), millis: 0, size: (cols, rows), paints: true };
        desk.event(Event::Resize(cols, rows));
        desk
    }

    /// A console that opened an account and is not connected yet.
    pub(crate) fn new(cols: u16, rows: u16) -> Self {
        Self::begin(cols, rows, world::start(Way::Usual))
    }

    /// A console with a working link for twelve minutes and some traffic, at the Session screen.
    pub(crate) fn open(cols: u16, rows: u16) -> Self {
        let mut desk = Self::new(cols, rows);
        desk.up();
        desk.wait(12 * 60_000);
        for one in world::traffic() {
            desk.report(Report::Exchange(Box::new(one)));
        }
        desk.wait(20_000);
        desk.keys("5");
        desk
    }

    /// Something happens.
    pub(crate) fn event(&mut self, event: Event) {
        let unix = Unix(world::NOW + i64::try_from(self.millis / 1_000).unwrap());
        let at = Moment { unix, millis: self.millis, zone: 0 };
        let effects = update(&mut self.model, at, event);
        let asked: Vec<_> = effects
            .iter()
            .filter_map(|effect| if let Effect::Ask { id, .. } = effect { Some(*id) } else { None })
            .collect();
        let paints = effects.iter().any(|effect| matches!(effect, Effect::TellPainted));
        self.effects.extend(effects);
        if paints && self.paints {
            self.event(Event::Painted);
        }
        // What other screens ask is none of these tests' business.
        for id in asked {
            self.event(Event::Report(Report::Ended { id, end: End::Cancelled }));
        }
    }

    /// The session tells something.
    pub(crate) fn report(&mut self, report: Report) {
        self.event(Event::Report(report));
    }

    /// The doctor tries rungs.
    pub(crate) fn find(&mut self, findings: impl IntoIterator<Item = Finding>) {
        for finding in findings {
            self.report(Report::Finding(Box::new(finding)));
        }
    }

    /// A step of a sign-in.
    pub(crate) fn step(&mut self, step: Step) {
        self.report(Report::SignIn(step));
    }

    /// Keys are pressed.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        for key in script(keys).unwrap() {
            self.event(Event::Key(key));
        }
        self
    }

    /// The link comes up.
    pub(crate) fn up(&mut self) {
        self.report(Report::Link(Link::Up(world::server())));
    }

    /// Time passes, and the console notices.
    pub(crate) fn wait(&mut self, millis: u64) {
        self.millis += millis;
        self.event(Event::Timer(Timer::Asked));
        let told = self.model.shell.notice.as_ref().map(|notice| (notice.number, notice.lasts()));
        if let Some((number, lasts)) = told
            && millis >= lasts
        {
            self.event(Event::Timer(Timer::Notice(number)));
        }
    }

    /// The window gets another size.
    pub(crate) fn resize(&mut self, cols: u16, rows: u16) {
        self.size = (cols, rows);
        self.event(Event::Resize(cols, rows));
    }

    /// What is on the screen.
    pub(crate) fn screen(&self) -> TestBackend {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        terminal.draw(|frame| switchboard::ui::draw(frame, &self.model)).unwrap();
        terminal.backend().clone()
    }

    /// The same as text.
    pub(crate) fn text(&self) -> String {
        self.screen().to_string()
    }

    /// The effects since the last look that are no timers, as text.
    pub(crate) fn done(&mut self) -> Vec<String> {
        let effects = std::mem::take(&mut self.effects);
        let quiet =
            |effect: &Effect| matches!(effect, Effect::Timer(..) | Effect::TellPainted | Effect::Ask { .. });
        effects.iter().filter(|effect| !quiet(effect)).map(|effect| format!("{effect:?}")).collect()
    }
}
