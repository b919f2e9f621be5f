//! What may be called: tools that the server refused, tools that are not as they were accepted. Owns what is known of
//! that; refuses nothing itself, flights do when they leave.

use std::sync::Arc;

use super::{Done, State, Task};
use crate::domain::call::Report;
use crate::domain::link::{Link, Permit, Server, Tool};
use crate::domain::text::Clean;
use crate::session::Settings;
use crate::session::flight::Tried;
use crate::session::memory::{Memory, Pins};
use crate::session::wire::{Line as _, Wire};

/// The tools that were accepted, and the memory of them.
pub(super) struct Accepted {
    pub(super) memory: Memory,
    /// None accepts all.
    pub(super) pins: Option<Arc<Pins>>,
    /// They are not on disk yet.
    unsaved: bool,
    /// What is on disk could not be read: nothing is taken as accepted, and nothing is written over it by itself.
    unread: bool,
    /// The memory failed, and that was said.
    forgetful: bool,
}

impl Accepted {
    pub(super) fn new(settings: &Settings) -> Self {
        let memory = Memory::new(settings.memory.as_deref(), &settings.address);
        Self { memory, pins: None, unsaved: false, unread: false, forgetful: false }
    }
}

impl<W: Wire> Task<W> {
    /// What the server offers, with what is known of each tool.
    fn present(&self, line: &W::Line) -> Server {
        let mut server = line.offer().server.clone();
        for tool in &mut server.tools {
            let held = self.accepted.pins.as_ref().map_or(Permit::Yes, |pins| pins.permit(tool));
            let refused = self.refused.get(tool.name.as_str());
            match (held, refused) {
                (Permit::Yes, None) => {}
                (Permit::Yes, Some(words)) => tool.permit = Permit::Refused(words.clone()),
                (held, _) => tool.permit = held,
            }
        }
        server
    }

    /// Tells what the server offers, while there is a link.
    pub(super) fn tell_up(&mut self) {
        if let State::Up { line, .. } = &self.state {
            let server = self.present(line);
            self.tell(Link::Up(server));
        }
    }

    /// Keeps which tools were refused and which work. Told only when that changed.
    pub(super) fn learn(&mut self, tried: Vec<Tried>) {
        let mut changed = false;
        for Tried { tool, refused } in tried {
            changed |= match refused {
                None => self.refused.remove(&tool).is_some(),
                Some(_) if self.refused.contains_key(&tool) => false,
                Some(words) => self.refused.insert(tool, words).is_none(),
            };
        }
        if changed {
            self.tell_up();
        }
    }

    /// Somebody asked for another try: what was refused may be permitted now.
    pub(super) fn forgive(&mut self) {
        if !std::mem::take(&mut self.refused).is_empty() {
            self.tell_up();
        }
    }

    /// What was read from memory while the line was opened. When that failed, every tool that may be pinned counts as new: what
    /// a person once accepted must not be replaced by whatever is offered now.
    pub(super) fn remembered(&mut self, loaded: Result<Option<Pins>, String>) {
        match loaded {
            Ok(_) if self.accepted.unsaved => {}
            Ok(None) if !self.accepted.unread => {}
            Ok(pins) => {
                self.accepted.pins = pins.map(Arc::new);
                self.accepted.unread = false;
            }
            Err(why) => {
                if self.accepted.pins.is_none() {
                    self.accepted.pins = Some(Arc::default());
                    self.accepted.unread = true;
                }
                self.forgetful("read", &why, "Until they are accepted again, only known reads are called");
            }
        }
    }

    /// The first sight of a server's tools accepts them all. One that offers none was not seen yet.
    pub(super) fn first_sight(&mut self) {
        if self.accepted.pins.is_none() {
            self.accept(&self.offered());
        }
    }

    /// Takes the tools that a person was shown and that are still offered just so. Whoever waits for the others hears of them.
    pub(super) fn accept_tools(&mut self, shown: &[Tool]) {
        let before = self.accepted.pins.clone();
        let mut offered = self.offered();
        offered.retain(|tool| shown.iter().any(|shown| is_as_shown(tool, shown)));
        self.accept(&offered);
        let Some(pins) = self.accepted.pins.clone() else { return };
        let are_held = self.offered().iter().any(|tool| pins.permit(tool) != Permit::Yes);
        if are_held || before.is_some_and(|before| before != pins) {
            self.tell_up();
        }
    }

    fn offered(&self) -> Vec<Tool> {
        match &self.state {
            State::Up { line, .. } => line.offer().server.tools.clone(),
            State::Dialling { .. } | State::Down { .. } | State::Closed => Vec::new(),
        }
    }

    fn accept(&mut self, tools: &[Tool]) {
        if tools.is_empty() {
            return;
        }
        let known = self.accepted.pins.as_deref().cloned().unwrap_or_default();
        let pins = known.with(tools);
        if let Some(save) = self.accepted.memory.save(pins.clone()) {
            self.accepted.pins = Some(Arc::new(pins));
            self.accepted.unsaved = true;
            self.accepted.unread = false;
            self.tasks.spawn(async move { Done::Saved(save.await) });
        }
    }

    pub(super) fn saved(&mut self, result: Result<(), String>) {
        match result {
            Ok(()) => self.accepted.unsaved = false,
            Err(why) => self.forgetful("written", &why, "The session goes on with those of now"),
        }
    }

    /// The memory fails. Said once, with what follows from it.
    fn forgetful(&mut self, what: &str, why: &str, then: &str) {
        if !std::mem::replace(&mut self.accepted.forgetful, true) {
            let words = format!("Which tools were accepted could not be {what}: {why}. {then}.");
            self.outbox.push_back(Report::Message(Clean::line("warning"), Clean::line(&words)));
        }
    }
}

/// Whether a tool is offered in the very words in which it was shown.
fn is_as_shown(tool: &Tool, shown: &Tool) -> bool {
    tool.name == shown.name && tool.description == shown.description && tool.whole == shown.whole
}
