//! The places that were found, in the lines as they are laid out: bringing one into view, and marking those that are.

use std::ops::Range;

use super::{Finding, searched};
use crate::app::pane::inbox::lines::Look;
use crate::app::pane::inbox::thread::sheet::{Sheet, Spot};
use crate::app::pane::inbox::thread::window::Window;
use crate::domain::conversation::Conversation;
use crate::domain::rich::Found;
use crate::domain::roster::Roster;

/// A place in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Bytes of the line's text.
    pub at: Range<usize>,
    /// Whether it is the one that one went to.
    pub here: bool,
}

/// What the places in a part were found in: the content, the look, the lines, and whether its links had their numbers. They
/// are looked for again when it changes.
pub(super) type Laid = (u64, Look, usize, bool);

impl Finding {
    /// The places in a part as it is laid out.
    fn places(&mut self, thread: &Conversation, sheet: &Sheet, roster: &Roster, part: usize) -> &[Found] {
        let laid = (sheet.version, sheet.look(), sheet.laid(part).len(), sheet.before(part).is_some());
        let known = self.places.iter().position(|(at, of, _)| *at == part && *of == laid);
        let at = known.unwrap_or_else(|| {
            let lines = thread.parts.get(part).map(|of| searched(sheet.laid(part), of, roster));
            let needle = self.needle.as_ref();
            let places = needle.zip(lines).map(|(needle, lines)| needle.find(&lines)).unwrap_or_default();
            self.places.retain(|(at, ..)| *at != part);
            if self.places.len() > 64 {
                self.places.clear();
            }
            self.places.push((part, laid, places));
            self.places.len() - 1
        });
        self.places.get(at).map_or(&[], |(_, _, places)| places)
    }

    /// Brings the place that one is at into view, unfolding it.
    pub fn land(&mut self, thread: &Conversation, sheet: &mut Sheet, window: &mut Window, roster: &Roster) {
        let Some((part, nth)) = self.at else { return };
        let count = self.count_of(part);
        sheet.lines(thread, part);
        if self.places(thread, sheet, roster, part).len() != count {
            sheet.unfold(part);
            sheet.lines(thread, part);
            self.places.clear();
        }
        let place = self.places(thread, sheet, roster, part).get(nth);
        if let Some((line, _)) = place.and_then(|place| place.first()) {
            let spot = Spot { part, line: *line };
            window.bring(thread, sheet, spot);
        }
    }

    /// The places in a line in view.
    pub fn hits(&mut self, thread: &Conversation, sheet: &Sheet, roster: &Roster, spot: Spot) -> Vec<Hit> {
        let at = self.at.filter(|_| !self.lost);
        let count = self.counts.get(spot.part).copied().flatten().map(|count| count as usize);
        let places = self.places(thread, sheet, roster, spot.part);
        // Folded, it shows only some of its places, and the number of the one that one is at says nothing.
        let is_whole = count.is_none_or(|count| count == places.len());
        let mut hits = Vec::new();
        for (nth, place) in places.iter().enumerate() {
            let here = is_whole && at == Some((spot.part, nth));
            let on_line = place.iter().filter(|(line, _)| *line == spot.line);
            hits.extend(on_line.map(|(_, at)| Hit { at: at.clone(), here }));
        }
        hits
    }
}
