//! What an edit adds. What was in the server's copy before has been taken once, so that it is no news: findings are held
//! against those of the copy, first by what stands around them, then by what they are.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use super::walk::walked;
use super::{Finding, Findings, Kind, MOST};

/// Bytes looked at on both sides of a place to know it again.
const AROUND: usize = 48;

/// A body's findings as a list shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Those that the edit adds come first; within, what is refused before what is changed, in the order of the body. Each
    /// with whether it was added. At most [`MOST`].
    pub list: Vec<(Finding, bool)>,
    /// How many there are, kept or not.
    pub total: usize,
    /// How many of them were added.
    pub added: usize,
    /// How many of those added Intercom refuses.
    pub refused: usize,
}

/// What a finding is, wherever it stands.
fn sort_of(html: &str, finding: &Finding) -> (Kind, u64) {
    let mut hasher = DefaultHasher::new();
    if finding.kind == Kind::Heading {
        finding.subject.hash(&mut hasher);
    } else if finding.kind != Kind::Gap {
        html.get(finding.range.clone()).unwrap_or_default().hash(&mut hasher);
    }
    (finding.kind, hasher.finish())
}

/// What stands around it, as bytes: a character may be cut.
fn place_of(html: &str, finding: &Finding) -> u64 {
    let mut hasher = DefaultHasher::new();
    let (bytes, range) = (html.as_bytes(), &finding.range);
    let from = range.start.saturating_sub(AROUND);
    let to = range.end.saturating_add(AROUND).min(bytes.len());
    bytes.get(from..to).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}

/// Whether each finding of `new` is one that `old` does not account for.
fn news(old: &str, new: &str, found: &[Finding]) -> Vec<bool> {
    let mut places: HashMap<(Kind, u64, u64), usize> = HashMap::new();
    let mut sorts: HashMap<(Kind, u64), usize> = HashMap::new();
    for finding in walked(old) {
        let (kind, sort) = sort_of(old, &finding);
        *places.entry((kind, sort, place_of(old, &finding))).or_default() += 1;
        *sorts.entry((kind, sort)).or_default() += 1;
    }
    let mut added = vec![true; found.len()];
    for by_place in [true, false] {
        for (finding, added) in found.iter().zip(&mut added).filter(|(_, added)| **added) {
            let (kind, sort) = sort_of(new, finding);
            let left = sorts.entry((kind, sort)).or_default();
            let place = places.entry((kind, sort, place_of(new, finding))).or_default();
            if *left > 0 && (*place > 0 || !by_place) {
                (*left, *place, *added) = (*left - 1, place.saturating_sub(1), false);
            }
        }
    }
    added
}

fn all_added(old: &str, new: &str) -> Vec<Finding> {
    let found = walked(new);
    let added = news(old, new, &found);
    found.into_iter().zip(added).filter(|(_, added)| *added).map(|(finding, _)| finding).collect()
}

/// What `new` holds that `old` does not account for, in the order of the body.
pub fn added(old: &str, new: &str) -> Findings {
    Findings::first(all_added(old, new))
}

/// Everything in `new`, held against `old`.
pub fn judged(old: &str, new: &str) -> Judged {
    let found = walked(new);
    let is_new = news(old, new, &found);
    let mut list: Vec<(Finding, bool)> = found.into_iter().zip(is_new).collect();
    let is_refused = |finding: &Finding| finding.kind.verdict() == super::Verdict::Refuses;
    let (total, added) = (list.len(), list.iter().filter(|(_, added)| *added).count());
    let refused = list.iter().filter(|(finding, added)| *added && is_refused(finding)).count();
    list.sort_by_key(|(finding, added)| (!added, finding.kind.verdict()));
    list.truncate(MOST);
    Judged { list, total, added, refused }
}

/// What Intercom is known to do with what `new` holds more than `old`: one sentence for each kind.
pub fn warnings(old: &str, new: &str) -> Vec<&'static str> {
    let mut kinds: Vec<Kind> = all_added(old, new).iter().map(|finding| finding.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.into_iter().map(Kind::sentence).collect()
}
