//! The deliberate act between a review and a write, and the only maker of `Approved`.
//!
//! It answers to single key presses with their times. Until it has been painted and nothing was pressed for
//! `QUIET_MILLIS`, it takes nothing. Pasted text, text that arrives faster than fingers, held keys and wrong letters put
//! it back to the start. What was demanded counts only when nothing follows it for `SETTLE_MILLIS`: words that somebody
//! meant for another window go on. Enter is not among its keys at all.

use super::deed::{ArticleDeed, Deed};
use super::fate::Intent;
use super::note::{Note, NoteIntent};
use super::review::Review;
use crate::domain::time::Moment;

/// How long nothing may be pressed after the dialog was painted before it takes a key, in milliseconds. Longer than the
/// first pause of a held key (500 on most systems), so that a key held from before never counts.
pub const QUIET_MILLIS: u64 = 700;
/// How long nothing may follow the last letter before it confirms, in milliseconds. Longer than the gap between two keys
/// of somebody who types a sentence.
pub const SETTLE_MILLIS: u64 = 250;
/// Two keys closer than this, in milliseconds, were not typed by fingers: a paste without brackets.
const FINGERS_MILLIS: u64 = 10;
/// The same key again within this, in milliseconds, is a held key.
const HELD_MILLIS: u64 = 60;

/// What has to be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// One letter: the change stays among teammates.
    Letter(char),
    /// A word: readers see the change.
    Word(&'static str),
}

impl Demand {
    fn text(self) -> String {
        match self {
            Self::Letter(letter) => letter.to_string(),
            Self::Word(word) => word.to_owned(),
        }
    }
}

/// Leave to write once what a review showed. Cannot be copied, cannot be made anywhere else, and is used up by sending.
#[derive(Debug)]
pub struct Approved {
    deed: Deed,
}

impl Approved {
    /// What may be done.
    pub fn deed(&self) -> &Deed {
        &self.deed
    }
}

/// What a key did.
#[derive(Debug)]
pub enum Step {
    /// Not armed yet; the quiet time starts again.
    TooSoon,
    /// Came too fast or held; all that was typed is forgotten and the quiet time starts again.
    NotFingers,
    /// Not the next letter, or one too many; all that was typed is forgotten and the quiet time starts again.
    Wrong,
    /// The next letter; more to come.
    Further,
    /// The whole demand was typed; it confirms when nothing follows it.
    Complete,
}

/// Why letters that were pressed are not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// They came before the question could have been read.
    Early,
    /// They came faster than fingers type, or from a held key.
    Fast,
}

/// What is asked about.
#[derive(Debug)]
enum About {
    Article(Box<Review>),
    Note(Box<Note>),
}

impl About {
    fn deed(&self) -> Deed {
        match self {
            Self::Article(review) => {
                let (base, changes) = (review.base().clone(), review.changes().clone());
                Deed::Article(ArticleDeed { base, changes })
            }
            Self::Note(note) => {
                Deed::Note { conversation: note.conversation().clone(), body: note.body().to_owned() }
            }
        }
    }
}

/// The dialog's state.
#[derive(Debug)]
pub struct Confirmation {
    about: Option<About>,
    demand: Demand,
    typed: String,
    quiet_since: Option<Moment>,
    last: Option<(char, Moment)>,
    missed: Option<Missed>,
}

fn demand_of(review: &Review) -> Demand {
    match (review.is_live(), review.becomes_live()) {
        (_, true) => Demand::Word("publish"),
        (true, false) => Demand::Word("unpublish"),
        (false, false) => Demand::Letter('y'),
    }
}

impl Confirmation {
    /// Opens unarmed on a review.
    pub fn of(review: Box<Review>) -> Self {
        Self::about(demand_of(&review), About::Article(review))
    }

    /// Opens unarmed on a note, which stays among teammates.
    pub fn of_note(note: Box<Note>) -> Self {
        Self::about(Demand::Letter('y'), About::Note(note))
    }

    fn about(demand: Demand, about: About) -> Self {
        Self { about: Some(about), demand, typed: String::new(), quiet_since: None, last: None, missed: None }
    }

    /// What has to be typed.
    pub fn demand(&self) -> Demand {
        self.demand
    }

    /// What has been typed of it.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// The review it stands on; none once spent, and for a note.
    pub fn review(&self) -> Option<&Review> {
        if let Some(About::Article(review)) = &self.about { Some(review) } else { None }
    }

    /// The note it stands on; none once spent, and for an article.
    pub fn note(&self) -> Option<&Note> {
        if let Some(About::Note(note)) = &self.about { Some(note) } else { None }
    }

    /// Gives the review back, unapproved.
    pub fn cancel(self) -> Option<Box<Review>> {
        if let Some(About::Article(review)) = self.about { Some(review) } else { None }
    }

    /// Gives the note back, unapproved.
    pub fn cancel_note(self) -> Option<Box<Note>> {
        if let Some(About::Note(note)) = self.about { Some(note) } else { None }
    }

    /// Whether all of it has been typed.
    pub fn is_complete(&self) -> bool {
        self.about.is_some() && self.typed == self.demand.text()
    }

    /// The dialog can be read on the screen. The first call starts the quiet time; later ones change nothing.
    pub fn painted(&mut self, at: Moment) {
        self.quiet_since.get_or_insert(at);
    }

    /// Whether it takes keys at `at`.
    pub fn is_armed(&self, at: Moment) -> bool {
        self.quiet_since.is_some_and(|since| at.since(since) >= QUIET_MILLIS)
    }

    /// For how many milliseconds more it takes no keys; none before it was painted, 0 once it is armed.
    pub fn armed_in(&self, at: Moment) -> Option<u64> {
        Some(QUIET_MILLIS.saturating_sub(at.since(self.quiet_since?)))
    }

    /// Why the letters that came last were not taken; none once one was, and where nothing of the kind happened.
    pub fn missed(&self) -> Option<Missed> {
        self.missed
    }

    /// Any input that is not a typed letter: paste, a chord, a control key. Forgets what was typed and starts the quiet
    /// time again.
    pub fn disturb(&mut self, at: Moment) {
        self.missed = None;
        self.start_over(at);
    }

    fn start_over(&mut self, at: Moment) {
        self.typed.clear();
        self.last = None;
        if let Some(since) = &mut self.quiet_since {
            *since = at;
        }
    }

    /// A letter was pressed.
    pub fn press(&mut self, letter: char, at: Moment) -> Step {
        if !self.is_armed(at) {
            self.start_over(at);
            // What follows a burst while it is unarmed is the rest of the burst.
            self.missed.get_or_insert(Missed::Early);
            return Step::TooSoon;
        }
        let last = self.last.replace((letter, at));
        let fast = last.is_some_and(|(before, then)| {
            let gap = at.since(then);
            gap < FINGERS_MILLIS || (before == letter && gap < HELD_MILLIS)
        });
        if fast {
            self.start_over(at);
            self.missed = Some(Missed::Fast);
            return Step::NotFingers;
        }
        self.missed = None;
        self.typed.push(letter);
        self.weigh(at)
    }

    fn weigh(&mut self, at: Moment) -> Step {
        if !self.demand.text().starts_with(&self.typed) {
            self.disturb(at);
            return Step::Wrong;
        }
        if self.is_complete() { Step::Complete } else { Step::Further }
    }

    /// For how many milliseconds more nothing may follow before it confirms; none while letters are missing.
    pub fn settles_in(&self, at: Moment) -> Option<u64> {
        let (_, last) = self.last.filter(|_| self.is_complete())?;
        Some(SETTLE_MILLIS.saturating_sub(at.since(last)))
    }

    /// Time passed. The whole demand was typed and nothing followed it: the confirmation is spent, and this is the leave
    /// to write. None otherwise.
    fn spend(&mut self, at: Moment, wanted: fn(&About) -> bool) -> Option<(Approved, About)> {
        self.settles_in(at).filter(|left| *left == 0)?;
        let about = self.about.take_if(|about| wanted(about))?;
        Some((Approved { deed: about.deed() }, about))
    }

    /// Leave to write an article, once, as soon as the whole demand was typed and nothing followed it.
    pub fn settled(&mut self, at: Moment) -> Option<(Approved, Intent)> {
        let (approved, about) = self.spend(at, |about| matches!(about, About::Article(_)))?;
        let About::Article(review) = about else { return None };
        let intent = Intent::new(review.base().clone(), review.changes().clone(), at.unix);
        Some((approved, intent))
    }

    /// The same for a note.
    pub fn settled_note(&mut self, at: Moment) -> Option<(Approved, NoteIntent)> {
        let (approved, about) = self.spend(at, |about| matches!(about, About::Note(_)))?;
        let About::Note(note) = about else { return None };
        Some((approved, NoteIntent::new(*note, at.unix)))
    }
}
