//! Which offers fit what was typed, the best first.

use std::collections::HashSet;

use nucleo_matcher::{Config, Matcher};

use super::Offer;
use crate::domain::folded::{fold, letters};

/// The most offers given.
pub(super) const MOST: usize = 200;
/// Letters of what was typed that are compared.
const LETTERS: usize = 64;

/// Compares folded texts with what was typed.
pub(super) struct Scorer {
    typed: String,
    /// The letters of what was typed, where they are not all ASCII.
    wanted: Vec<char>,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Scorer {
    pub(super) fn of(typed: &str) -> Self {
        let mut config = Config::DEFAULT;
        (config.ignore_case, config.normalize) = (false, false); // Both sides are folded.
        let typed: String = fold(typed.trim()).take(LETTERS).collect();
        Self { typed, wanted: Vec::new(), matcher: Matcher::new(config), buffer: Vec::new() }
    }

    /// Whether nothing is typed, so that everything fits equally.
    pub(super) fn is_idle(&self) -> bool {
        self.typed.is_empty()
    }

    /// Whether a number is typed, or a part of one.
    pub(super) fn has_digits(&self) -> bool {
        self.typed.contains(|letter: char| letter.is_ascii_digit())
    }

    /// How well a folded text has the typed letters in their order, the closest highest; none when it has not.
    pub(super) fn score(&mut self, text: &str) -> Option<u32> {
        if self.is_idle() {
            return Some(0);
        }
        let Self { typed, wanted, matcher, buffer } = self;
        let score = matcher.fuzzy_match(letters(text, buffer), letters(typed, wanted))?;
        Some(u32::from(score) + if text.starts_with(typed.as_str()) { 1_000_000 } else { 0 })
    }
}

/// An offer with its score.
pub(super) type Scored = (u32, Offer);

/// The offers that have the typed letters in their order, closest first; all in their own order when nothing is typed.
pub(super) fn rank(typed: &str, offers: impl Iterator<Item = Offer>) -> Vec<Offer> {
    let mut scorer = Scorer::of(typed);
    best(scored(&mut scorer, offers))
}

/// Those that fit, in their own order.
pub(super) fn scored(scorer: &mut Scorer, offers: impl Iterator<Item = Offer>) -> Vec<Scored> {
    offers.filter_map(|offer| Some((scorer.score(&offer.insert)?, offer))).collect()
}

/// The best first; of equally good ones the usual comes first. What would be put in twice is offered once.
pub(super) fn best(mut scored: Vec<Scored>) -> Vec<Offer> {
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let mut seen = HashSet::new();
    let fresh = scored.into_iter().map(|(_, offer)| offer).filter(|offer| seen.insert(offer.insert.clone()));
    fresh.take(MOST).collect()
}
