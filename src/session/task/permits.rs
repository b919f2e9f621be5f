//! What may be called: tools that the server refused, tools that are not as they were accepted. Owns what is known of
//! that; refuses nothing itself, flights do when they leave.

use std::sync::Arc;

use super::{Done, State, Task};
use crate::domain::call::Report;
use crate::domain::link::{Link, Permit, Server};
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
    /// The memory failed, and that was said.
    forgetful: bool,
}

impl Accepted {
    pub(super) fn new(settings: &Settings) -> Self {
        let memory = Memory::new(settings.memory.as_deref(), &settings.address);
        Self { memory, pins: None, unsaved: false, forgetful: false }
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

    /// What was read from memory while the line was opened.
    pub(super) fn remembered(&mut self, loaded: Result<Option<Pins>, String>) {
        match loaded {
            Ok(Some(pins)) if !self.accepted.unsaved => self.accepted.pins = Some(Arc::new(pins)),
            Ok(_) => {}
            Err(why) => self.forgetful("read", &why),
        }
    }

    /// The first sight of a server's tools accepts them all. One that offers none was not seen yet.
    pub(super) fn first_sight(&mut self) {
        if self.accepted.pins.is_none() {
            self.accept();
        }
    }

    /// Takes the tools as they are now.
    pub(super) fn accept_tools(&mut self) {
        let before = self.accepted.pins.clone();
        self.accept();
        if before.is_some() && before != self.accepted.pins {
            self.tell_up();
        }
    }

    fn accept(&mut self) {
        let State::Up { line, .. } = &self.state else { return };
        let offer = line.offer();
        if offer.server.tools.is_empty() {
            return;
        }
        let known = self.accepted.pins.as_deref().cloned().unwrap_or_default();
        let pins = known.with(&offer.server.tools);
        if let Some(save) = self.accepted.memory.save(pins.clone()) {
            self.accepted.pins = Some(Arc::new(pins));
            self.accepted.unsaved = true;
            self.tasks.spawn(async move { Done::Saved(save.await) });
        }
    }

    pub(super) fn saved(&mut self, result: Result<(), String>) {
        match result {
            Ok(()) => self.accepted.unsaved = false,
            Err(why) => self.forgetful("written", &why),
        }
    }

    /// The memory fails. Said once; the session goes on with what it knows.
    fn forgetful(&mut self, what: &str, why: &str) {
        if !std::mem::replace(&mut self.accepted.forgetful, true) {
            let words = format!(
                "Which tools were accepted could not be {what}: {why}. The session goes on with those of now."
            );
            self.outbox.push_back(Report::Message(Clean::line("warning"), Clean::line(&words)));
        }
    }
}
