//! The console without a terminal, over a real session: keys in, frames out.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use switchboard::app::key::script;
use switchboard::app::{Effect, Event, Model, Options, update};
use switchboard::domain::call::Report;
use switchboard::domain::time::{Moment, Unix};
use switchboard::session::{Limits, Request, Session, start_on};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;

use super::server::Records;

/// Now, as everybody here has it: 2026-11-20.
const NOW: i64 = 1_795_190_000;

/// The console and its session.
pub(crate) struct Desk {
    pub(crate) model: Model,
    /// How many reads were asked.
    pub(crate) asked: usize,
    runtime: Runtime,
    session: Session,
    reports: mpsc::Receiver<Report>,
    millis: u64,
    size: (u16, u16),
}

impl Desk {
    /// A console that is connected and has what its first screen asks for.
    pub(crate) fn open(records: Records, cols: u16, rows: u16) -> Self {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let (sender, reports) = mpsc::channel(1_000);
        let session = runtime.block_on(async { start_on(records, Limits::default(), sender).unwrap() });
        let model = Model::new(Options::default(), cols, rows);
        let size = (cols, rows);
        let mut desk = Self { model, asked: 0, runtime, session, reports, millis: 0, size };
        desk.event(Event::Resize(cols, rows));
        desk.settle();
        desk
    }

    fn event(&mut self, event: Event) {
        let at = Moment { unix: Unix(NOW), millis: self.millis, zone: 0 };
        for effect in update(&mut self.model, at, event) {
            let request = match effect {
                Effect::Ask { id, call } => {
                    self.asked += 1;
                    Request::Ask { id, call }
                }
                Effect::Cancel(id) => Request::Cancel(id),
                // Disk, timers and the like: what is measured here does not need them.
                _ => continue,
            };
            let _ = self.runtime.block_on(async { self.session.try_send(request) });
        }
    }

    /// Lets everything come that is on its way.
    pub(crate) fn settle(&mut self) {
        loop {
            let next = async { tokio::time::timeout(Duration::from_millis(50), self.reports.recv()).await };
            let Ok(Some(report)) = self.runtime.block_on(next) else { return };
            self.event(Event::Report(report));
        }
    }

    /// Presses keys, then lets everything come.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        for key in script(keys).unwrap() {
            self.millis += 400;
            self.event(Event::Key(key));
        }
        self.settle();
        self
    }

    /// Another size.
    pub(crate) fn resize(&mut self, cols: u16, rows: u16) {
        self.size = (cols, rows);
        self.event(Event::Resize(cols, rows));
    }

    /// What is on the screen.
    pub(crate) fn frame(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        switchboard::ui::paint(&mut buffer, &self.model);
        buffer
    }
}
