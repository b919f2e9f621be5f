//! Words found in a thread as one types. Owns the words, how often each part has them, and which place one is at; folded
//! words are found too, and unfolded when one comes to them.

mod places;

use super::sheet::{Sheet, Spot};
use super::window::Shift;
use crate::app::pane::inbox::coverage::grouped;
use crate::app::pane::inbox::happenings::sentence;
use crate::app::pane::inbox::lines::What;
use crate::domain::conversation::{Conversation, Part};
use crate::domain::rich::{Found, Needle, Searched};
use crate::domain::roster::Roster;
pub use places::Hit;
use places::Laid;

/// Bytes of bodies that are searched at once: about two milliseconds' worth.
const PORTION: usize = 100_000;
/// What searching a part costs besides its body, in bytes.
const LEAST: usize = 200;

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
    /// A step that is not done yet, because parts on its way are not searched: whether it goes back.
    step: Option<bool>,
    /// The place that one was at went away with a fresher copy: the window stays, and the next step goes to the first place
    /// that was found instead.
    lost: bool,
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
            step: None,
            lost: false,
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

    /// The same search in a fresher copy, whose parts stand elsewhere by `shift`. The place that one is at is kept as long as
    /// it is there.
    #[must_use]
    pub fn anew(&self, thread: &Conversation, sheet: &Sheet, roster: &Roster, shift: Shift) -> Self {
        let moved = |spot: Spot| match shift.of(spot.part) {
            Some(part) => Spot { part, ..spot },
            None => Spot::default(),
        };
        let origin = (moved(self.origin.0), shift.of(self.origin.1).unwrap_or(0));
        let next = Self::of(&self.words, moved(self.from), origin, thread.parts.len());
        let at = self.at.and_then(|(part, nth)| Some((shift.of(part)?, nth)));
        let at = at.filter(|(part, nth)| *nth < next.all(thread, sheet, roster, *part));
        let lost = self.lost || self.at.is_some() && at.is_none();
        Self { at, round: self.round, step: self.step, lost, ..next }
    }

    /// How many places a part has.
    fn all(&self, thread: &Conversation, sheet: &Sheet, roster: &Roster, at: usize) -> usize {
        let (Some(needle), Some(part)) = (&self.needle, thread.parts.get(at)) else { return 0 };
        needle.find(&searched(&sheet.unfolded(thread, at).lines, part, roster)).len()
    }

    /// Whether the window stays where it is though something is found.
    pub fn is_lost(&self) -> bool {
        self.lost
    }

    /// Whether there is anything to search for.
    pub fn is_blank(&self) -> bool {
        self.needle.is_none()
    }

    /// Whether every part was searched and none has the words.
    pub fn is_nowhere(&self) -> bool {
        self.rests() && self.at.is_none()
    }

    /// Whether there is nothing more to do by itself.
    pub fn rests(&self) -> bool {
        self.is_done() && self.step.is_none()
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

    /// Searches on for a while: the way of a step first, else from where it began to the end and then from the first part.
    /// True when there is a place to go to that was not there before.
    pub fn search(&mut self, thread: &Conversation, sheet: &mut Sheet, roster: &Roster) -> bool {
        if sheet.number_on(thread) || self.needle.is_none() {
            return false; // Places are told apart by lines, and those of links have numbers.
        }
        if let Some(back) = self.step.filter(|_| self.at.is_some()) {
            return self.walk(thread, sheet, roster, back) == Some(true);
        }
        let before = self.at;
        let parts = self.counts.len();
        let mut spent = 0;
        while self.searched < parts && spent < PORTION && !self.is_done() {
            let at = (self.from.part.min(parts - 1) + self.searched) % parts;
            spent += self.spend(thread, sheet, roster, at);
            self.searched += 1;
        }
        if self.at.is_none() && self.is_done() {
            // What is above the line where it began, in the same part, comes last.
            let first = self.counts.iter().position(|count| count.is_some_and(|count| count > 0));
            self.at = first.map(|part| (part, 0));
            self.round = self.at.is_some();
        }
        let came = before.is_none() && self.at.is_some();
        if came || self.is_done() {
            self.step = None; // The first place is where a step before it led.
        }
        came
    }

    /// Searches a part if that was not done; what it cost, in bytes.
    fn spend(&mut self, thread: &Conversation, sheet: &Sheet, roster: &Roster, at: usize) -> usize {
        if self.counts.get(at).copied().flatten().is_some() {
            return 0;
        }
        self.count(thread, sheet, roster, at);
        LEAST + thread.parts.get(at).map_or(0, |part| part.body.len())
    }

    /// Goes to the next place or to the one before, searching what is on the way for a while. None when the rest of the way
    /// is searched later; false when there is no place.
    pub fn step(
        &mut self,
        thread: &Conversation,
        sheet: &mut Sheet,
        roster: &Roster,
        back: bool,
    ) -> Option<bool> {
        if std::mem::take(&mut self.lost) && self.at.is_some() {
            return Some(true);
        }
        self.step = Some(back);
        if self.at.is_some() && !sheet.number_on(thread) {
            return self.walk(thread, sheet, roster, back);
        }
        let came = self.search(thread, sheet, roster);
        if came || self.rests() { Some(self.at.is_some()) } else { None }
    }

    fn walk(&mut self, thread: &Conversation, sheet: &Sheet, roster: &Roster, back: bool) -> Option<bool> {
        let (part, nth) = self.at?;
        let parts = self.counts.len();
        // In a fresher copy the part that one is at was not searched yet.
        let mut spent = self.spend(thread, sheet, roster, part);
        let mut next = self.within(part, nth, back);
        for by in 1..=parts {
            if next.is_some() {
                break;
            }
            let at = if back { (part + parts - by) % parts } else { (part + by) % parts };
            if spent >= PORTION {
                self.step = Some(back);
                return None;
            }
            spent += self.spend(thread, sheet, roster, at);
            next = self.end_of(at, back).map(|nth| (at, nth));
        }
        self.step = None;
        self.round = next.is_some_and(|next| (next <= (part, nth)) != back || next == (part, nth));
        self.at = next;
        Some(next.is_some())
    }

    fn count_of(&self, part: usize) -> usize {
        self.counts.get(part).copied().flatten().unwrap_or(0) as usize
    }

    /// The place after or before one in the same part.
    fn within(&self, part: usize, nth: usize, back: bool) -> Option<(usize, usize)> {
        let next = if back { nth.checked_sub(1) } else { Some(nth + 1) };
        next.filter(|next| *next < self.count_of(part)).map(|next| (part, next))
    }

    /// The first place of a part, or the last when one comes from below.
    fn end_of(&self, part: usize, back: bool) -> Option<usize> {
        let last = self.count_of(part).checked_sub(1)?;
        Some(if back { last } else { 0 })
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
            _ if !self.rests() => {
                let done = (self.counts.len() - self.unknown) as u64;
                let parts = self.counts.len() as u64;
                format!("searching… {} so far, {} of {} parts", grouped(all), grouped(done), grouped(parts))
            }
            Some(_) if self.lost => format!("{} in all", grouped(all)),
            Some((part, nth)) => {
                let before = known(self.counts.get(..part).unwrap_or_default()) + nth as u64 + 1;
                format!("{} of {}{round}", grouped(before), grouped(all))
            }
            None => "not found".into(),
        }
    }
}
