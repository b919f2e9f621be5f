//! Which offers fit what was typed, the best first.

use std::collections::HashSet;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::Offer;

/// The most offers given.
const MOST: usize = 200;
/// Letters of what was typed that are compared.
const LETTERS: usize = 64;

/// The offers that have the typed letters in their order, closest first; all in their own order when nothing is typed. What
/// is put in counts, and so does what `also` gives: a name behind an id.
pub(super) fn rank(
    typed: &str,
    offers: impl Iterator<Item = Offer>,
    also: impl Fn(&Offer) -> &str,
) -> Vec<Offer> {
    let typed: String = typed.trim().chars().take(LETTERS).collect();
    if typed.is_empty() {
        return offers.take(MOST).collect();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let atom = Atom::new(&typed, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy, false);
    let mut buffer = Vec::new();
    let mut score = |text: &str| atom.score(Utf32Str::new(text, &mut buffer), &mut matcher);
    let mut scored: Vec<(u32, Offer)> = Vec::new();
    for offer in offers {
        let best = score(&offer.insert).max(score(also(&offer)));
        let begins = begins(&offer.insert, &typed) || begins(also(&offer), &typed);
        if let Some(best) = best {
            scored.push((u32::from(best) + if begins { 1_000_000 } else { 0 }, offer));
        }
    }
    // Stable: of equally good ones the usual comes first.
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let mut seen = HashSet::new();
    let fresh = scored.into_iter().map(|(_, offer)| offer).filter(|offer| seen.insert(offer.insert.clone()));
    fresh.take(MOST).collect()
}

fn begins(text: &str, typed: &str) -> bool {
    let mut text = text.trim_start_matches('"').chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|letter| text.next() == Some(letter))
}
