//! A scripted desk: the console without a terminal and without a session, and a small world that answers its calls.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;
use switchboard::app::key::script;
use switchboard::app::{Effect, Event, Model, Options, update};
use switchboard::domain::call::{Call, CallId, End, Fault, FaultKind, Report};
use switchboard::domain::link::{Link, Server, Tool};
use switchboard::domain::text::Clean;
use switchboard::domain::time::{Moment, Unix};

use super::world::{self, plain};

/// The console and what it asked for.
pub(crate) struct Desk {
    /// The console.
    pub(crate) model: Model,
    /// Calls that were asked and not answered, in order.
    pub(crate) asked: Vec<(CallId, Call)>,
    /// Calls that were cancelled.
    pub(crate) cancelled: Vec<CallId>,
    /// Every other effect.
    pub(crate) effects: Vec<Effect>,
    /// How far the clock on the wall went on.
    pub(crate) seconds: i64,
    millis: u64,
    size: (u16, u16),
}

impl Desk {
    /// A console that is not connected.
    pub(crate) fn new(cols: u16, rows: u16) -> Self {
        Self::with(plain(), cols, rows)
    }

    /// A console with options of its own.
    pub(crate) fn with(options: Options, cols: u16, rows: u16) -> Self {
        let model = Model::new(options, cols, rows);
        let mut desk = Self {
            model,
            asked: Vec::new(),
            cancelled: Vec::new(),
            effects: Vec::new(),
            seconds: 0,
            millis: 0,
            size: (cols, rows),
        };
        desk.event(Event::Resize(cols, rows));
        desk
    }

    /// A console that is connected and has its first rows.
    pub(crate) fn open(cols: u16, rows: u16) -> Self {
        let mut desk = Self::new(cols, rows);
        desk.up();
        desk.serve();
        desk
    }

    /// Something happens.
    pub(crate) fn event(&mut self, event: Event) {
        let unix = Unix(world::NOW + self.seconds + i64::try_from(self.millis / 1_000).unwrap());
        let at = Moment { unix, millis: self.millis, zone: 0 };
        for effect in update(&mut self.model, at, event) {
            match effect {
                Effect::Ask { id, call } => self.asked.push((id, call)),
                Effect::Cancel(id) => {
                    self.asked.retain(|(asked, _)| *asked != id);
                    self.cancelled.push(id);
                }
                other => self.effects.push(other),
            }
        }
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
        let tool = |name| Tool { name: Clean::fixed(name), ..Tool::default() };
        let tools = vec![tool("add_internal_note"), tool("create_article")];
        let server = Server { host: Clean::line("mcp.intercom.com"), tools, ..Server::default() };
        self.event(Event::Report(Report::Link(Link::Up(server))));
    }

    /// The link goes down, after every call under way ended unsent.
    pub(crate) fn down(&mut self) {
        let fault = offline();
        while let Some((id, _)) = self.asked.first().cloned() {
            self.end(id, End::NotSent(fault.clone()));
        }
        self.event(Event::Report(Report::Link(Link::Down { fault, retry_in: Some(4_000) })));
    }

    /// A call ends.
    pub(crate) fn end(&mut self, id: CallId, end: End) {
        self.asked.retain(|(asked, _)| *asked != id);
        self.event(Event::Report(Report::Ended { id, end }));
    }

    /// The oldest call ends.
    pub(crate) fn next(&mut self, end: End) {
        let (id, _) = self.asked.first().cloned().expect("a call under way");
        self.end(id, end);
    }

    /// The world answers the oldest call.
    pub(crate) fn serve_one(&mut self) {
        let (id, call) = self.asked.first().cloned().expect("a call under way");
        self.end(id, world::answer(&call));
    }

    /// The world answers until nothing is asked.
    pub(crate) fn serve(&mut self) -> &mut Self {
        while !self.asked.is_empty() {
            self.serve_one();
        }
        self
    }

    /// Time passes, and the console notices.
    pub(crate) fn wait(&mut self, millis: u64) {
        self.pass(millis);
        self.event(Event::Timer(switchboard::app::Timer::Progress));
    }

    /// Time passes, and nothing happens.
    pub(crate) fn pass(&mut self, millis: u64) {
        self.millis += millis;
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

    /// Reversed or underlined, as the cell at this place looks.
    pub(crate) fn modifier(&self, x: u16, y: u16) -> Modifier {
        self.screen().buffer()[(x, y)].modifier & (Modifier::REVERSED | Modifier::UNDERLINED)
    }

    /// The text of the first row that is shown reversed.
    pub(crate) fn cursor_line(&self) -> String {
        let screen = self.screen();
        let row = (0..self.size.1).find(|&y| self.modifier(0, y) == Modifier::REVERSED);
        let row = row.expect("a cursor");
        (0..self.size.0).map(|x| screen.buffer()[(x, row)].symbol()).collect()
    }

    /// Names of the calls under way.
    pub(crate) fn calls(&self) -> Vec<String> {
        self.asked.iter().map(|(_, call)| name(call)).collect()
    }
}

fn name(call: &Call) -> String {
    match call {
        Call::SearchConversations { query, cursor, per_page } => {
            let cursor = cursor.as_ref().map_or(String::new(), |cursor| format!(" from {}", cursor.0));
            format!("search {query}{cursor} by {per_page}")
        }
        Call::Count(query) => format!("count {query}"),
        Call::ConversationsById(ids) => format!("whole {}", ids.len()),
        Call::ConversationsOf { contact, .. } => format!("of {contact}"),
        Call::Conversation(id) => format!("thread {id}"),
        Call::Contact(id) => format!("contact {id}"),
        Call::Company(id) => format!("company {id}"),
        other => format!("{other:?}"),
    }
}

/// The link is lost.
pub(crate) fn offline() -> Fault {
    Fault::new(
        FaultKind::Offline,
        "The connection to mcp.intercom.com was lost.",
        "It is tried again by itself; R tries now.",
    )
}

/// The server refuses.
pub(crate) fn refused() -> End {
    End::Refused(Fault::new(
        FaultKind::Forbidden,
        "The token may not read conversations.",
        "Give it the permission \"Read conversations\" in Intercom's developer hub.",
    ))
}
