//! The searches of this run, and where one is among them. Owns what is recalled; refuses to know which of them failed.

/// The most searches remembered in one run.
const REMEMBERED: usize = 200;

/// The searches of this run, the newest last.
#[derive(Debug, Default)]
pub(super) struct History {
    searches: Vec<String>,
    /// Which one is recalled, and what was typed before going there.
    at: Option<(usize, String)>,
}

impl History {
    /// Makes a search the newest one. False when it was there already.
    pub(super) fn remember(&mut self, text: &str) -> bool {
        let before = self.searches.len();
        self.forget(text);
        let is_new = self.searches.len() == before;
        self.searches.push(text.to_owned());
        if self.searches.len() > REMEMBERED {
            self.searches.remove(0);
        }
        is_new
    }

    /// A search is none to recall.
    pub(super) fn forget(&mut self, text: &str) {
        self.searches.retain(|old| old != text);
    }

    /// Something else stands in the line now: going back begins with the newest.
    pub(super) fn leave(&mut self) {
        self.at = None;
    }

    /// The search before the one in the line, or the one after it, which after the newest is what was typed.
    pub(super) fn recall(&mut self, older: bool, typed: &str) -> &str {
        let (at, typed) = self.at.take().unwrap_or_else(|| (self.searches.len(), typed.to_owned()));
        let at = if older { at.saturating_sub(1) } else { at + 1 };
        let at = at.min(self.searches.len());
        let (_, typed) = self.at.insert((at, typed));
        self.searches.get(at).unwrap_or(typed)
    }
}
