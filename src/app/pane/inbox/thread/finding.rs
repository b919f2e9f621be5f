//! Words found in a thread as one types. Owns the words, how often each part has them, and which place one is at; folded
//! words are found too, and unfolded when one comes to them.

use std::ops::Range;

use super::sheet::{Sheet, Spot};
use super::window::Window;
use crate::app::pane::inbox::coverage::grouped;
use crate::app::pane::inbox::happenings::sentence;
use crate::app::pane::inbox::lines::{Look, What};
use crate::domain::conversation::{Conversation, Part};
use crate::domain::rich::{Found, Needle, Searched};
use crate::domain::roster::Roster;

/// Bytes of bodies that are searched at once: about two milliseconds' worth.
const PORTION: usize = 100_000;
/// What searching a part costs besides its body, in bytes.
const LEAST: usize = 200;

/// A place in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Bytes of the line's text.
    pub at: Range<usize>,
    /// Whether it is the one that one went to.
    pub here: bool,
}

/// What the places in a part were found in: they are looked for again when it changes.
type Laid = (u64, Look, usize);

/// A search.
#[derive(Debug)]
pub struct Finding {
    /// The words as typed.
    pub words: String,
    needle: Option<Needle>,
    /// How often each part has them, once that is known.
    counts: Vec<Option<u32>>,
    unknown: usize,
    /// Where it begins.
    from: Spot,
    /// Where the window and the mark were before.
    pub origin: (Spot, usize),
    /// How many parts from there on were searched.
    searched: usize,
    /// The part and the place in it that one is at.
    at: Option<(usize, usize)>,
    /// Whether the last step went round the end.
    pub round: bool,
    places: Vec<(usize, Laid, Vec<Found>)>,
}

/// The lines of a part as they are searched.
fn searched(lines: &[What], part: &Part, roster: &Roster) -> Vec<Searched> {
    let line = |what: &What| match what {
        What::Words(line) => Searched::of(line),
        What::Author => Searched::alone(part.author.called()),
        What::File(at, _) => Searched::alone(part.attachments.get(*at).map_or("", |file| &file.name)),
        What::Link(_, address) => Searched::alone(address),
        What::Event => Searched::alone(&sentence(part, roster)),
        What::Gap | What::Cut(_) | What::Space | What::Folded(..) | What::Deleted | What::Events(_) => {
            Searched::alone("")
        }
    };
    lines.iter().map(line).collect()
}

impl Finding {
    /// A search from a line on that found nothing yet.
    pub fn of(words: &str, from: Spot, origin: (Spot, usize), parts: usize) -> Self {
        Self {
            words: words.to_owned(),
            needle: Needle::of(words),
            counts: vec![None; parts],
            unknown: parts,
            from,
            origin,
            searched: 0,
            at: None,
            round: false,
            places: Vec::new(),
        }
    }

    /// The same search for other words; parts without the words before have none of longer ones.
    #[must_use]
    pub fn retyped(&self, words: &str) -> Self {
        let mut next = Self::of(words, self.from, self.origin, self.counts.len());
        let narrower =
            next.needle.as_ref().zip(self.needle.as_ref()).is_some_and(|(new, old)| new.narrows(old));
        if narrower {
            for (new, old) in next.counts.iter_mut().zip(&self.counts).filter(|(_, old)| **old == Some(0)) {
                *new = *old;
                next.unknown -= 1;
            }
        }
        next
    }

    /// The same search in a fresher copy of so many parts.
    #[must_use]
    pub fn anew(&self, parts: usize) -> Self {
        Self { at: self.at, ..Self::of(&self.words, self.from, self.origin, parts) }
    }

    /// Whether there is anything to search for.
    pub fn is_blank(&self) -> bool {
        self.needle.is_none()
    }

    /// Whether every part was searched.
    pub fn is_done(&self) -> bool {
        self.unknown == 0 || self.needle.is_none()
    }

    fn count(&mut self, thread: &Conversation, sheet: &Sheet, roster: &Roster, at: usize) -> u32 {
        if let Some(count) = self.counts.get(at).copied().flatten() {
            return count;
        }
        let (Some(needle), Some(part)) = (&self.needle, thread.parts.get(at)) else { return 0 };
        let lines = sheet.unfolded(thread, at).lines;
        let places = needle.find(&searched(&lines, part, roster));
        let count = u32::try_from(places.len()).unwrap_or(u32::MAX);
        if let Some(slot) = self.counts.get_mut(at) {
            *slot = Some(count);
            self.unknown -= 1;
        }
        if self.at.is_none() && count > 0 {
            let below = |place: &Found| place.first().is_some_and(|(line, _)| *line >= self.from.line);
            let first = if at == self.from.part { places.iter().position(below) } else { Some(0) };
            self.at = first.map(|nth| (at, nth));
        }
        count
    }

    /// Searches on for a while, from where it began to the end and then from the first part. True when a place was found
    /// to go to that was not there before.
    pub fn search(&mut self, thread: &Conversation, sheet: &Sheet, roster: &Roster) -> bool {
        self.search_until(thread, sheet, roster, PORTION)
    }

    fn search_until(&mut self, thread: &Conversation, sheet: &Sheet, roster: &Roster, bytes: usize) -> bool {
        let before = self.at;
        let parts = self.counts.len();
        let mut spent = 0;
        while self.searched < parts && spent < bytes && !self.is_done() {
            let at = (self.from.part.min(parts - 1) + self.searched) % parts;
            if self.counts[at].is_none() {
                spent += LEAST + thread.parts.get(at).map_or(0, |part| part.body.len());
                self.count(thread, sheet, roster, at);
            }
            self.searched += 1;
        }
        if self.at.is_none() && self.is_done() {
            // What is above the line where it began, in the same part, comes last.
            let first = self.counts.iter().position(|count| count.is_some_and(|count| count > 0));
            self.at = first.map(|part| (part, 0));
            self.round = self.at.is_some();
        }
        before.is_none() && self.at.is_some()
    }

    /// Goes to the next place or to the one before; the rest is searched first when that is not done. False when there is
    /// none.
    pub fn step(&mut self, thread: &Conversation, sheet: &Sheet, roster: &Roster, back: bool) -> bool {
        let fresh = self.search_until(thread, sheet, roster, usize::MAX);
        let Some((part, nth)) = self.at.filter(|_| !fresh) else { return self.at.is_some() };
        let count_of = |at: usize| self.counts.get(at).copied().flatten().unwrap_or(0) as usize;
        let parts = self.counts.len();
        let next = if back {
            let before = nth.checked_sub(1).map(|nth| (part, nth));
            let earlier = (0..part).rev().chain((part..parts).rev());
            before.or_else(|| {
                earlier
                    .map(|at| (at, count_of(at)))
                    .find(|(_, count)| *count > 0)
                    .map(|(at, count)| (at, count - 1))
            })
        } else {
            let after = (nth + 1 < count_of(part)).then_some((part, nth + 1));
            after.or_else(|| (part + 1..parts).chain(0..=part).find(|&at| count_of(at) > 0).map(|at| (at, 0)))
        };
        self.round = next.is_some_and(|next| (next <= (part, nth)) != back || next == (part, nth));
        self.at = next;
        next.is_some()
    }

    /// The places in a part as it is laid out.
    fn places(&mut self, thread: &Conversation, sheet: &Sheet, roster: &Roster, part: usize) -> &[Found] {
        let laid = (sheet.version, sheet.look(), sheet.laid(part).len());
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
        let count = self.counts.get(part).copied().flatten().unwrap_or(0) as usize;
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
        let at = self.at;
        let places = self.places(thread, sheet, roster, spot.part).iter().enumerate();
        let mut hits = Vec::new();
        for (nth, place) in places {
            let here = at == Some((spot.part, nth));
            let on_line = place.iter().filter(|(line, _)| *line == spot.line);
            hits.extend(on_line.map(|(_, at)| Hit { at: at.clone(), here }));
        }
        hits
    }

    /// What is said of it: `3 of 17`.
    pub fn said(&self) -> String {
        if self.needle.is_none() {
            return String::new();
        }
        let known =
            |counts: &[Option<u32>]| counts.iter().flatten().map(|&count| u64::from(count)).sum::<u64>();
        let all = known(&self.counts);
        let round = if self.round { ", went round" } else { "" };
        match self.at {
            _ if !self.is_done() => format!("searching… {} so far", grouped(all)),
            Some((part, nth)) => {
                let before = known(self.counts.get(..part).unwrap_or_default()) + nth as u64 + 1;
                format!("{} of {}{round}", grouped(before), grouped(all))
            }
            None => "not found".into(),
        }
    }
}
