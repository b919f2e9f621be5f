//! Which tag of the original a link or a picture gets: the one with the same address, wherever it stood; else the one whose
//! address was changed.

use std::cell::OnceCell;
use std::collections::{BTreeMap, VecDeque};

use super::origin::Origin;

/// All links and pictures of a body, by kind and address. Read when first asked.
#[derive(Debug, Default)]
pub(super) struct Shelf<'html> {
    body: &'html str,
    origin: OnceCell<BTreeMap<(Kind, String), &'html str>>,
}

/// What has an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Link,
    Image,
}

impl<'html> Shelf<'html> {
    pub(super) fn of(body: &'html str) -> Self {
        Self { body, origin: OnceCell::new() }
    }

    fn find(&self, kind: Kind, address: &str) -> Option<&'html str> {
        let read = || {
            let all = Origin::of(self.body);
            let links = all.links.into_iter().map(|(address, tag)| ((Kind::Link, address), tag));
            let images = all.images.into_iter().map(|(address, tag)| ((Kind::Image, address), tag));
            links.chain(images).collect()
        };
        self.origin.get_or_init(read).get(&(kind, address.to_owned())).copied()
    }
}

/// The tag for each of the `wanted` addresses, out of those the block `had`, or the rest of the body has.
pub(super) fn tags<'html>(
    kind: Kind,
    wanted: &[String],
    had: &[(String, &'html str)],
    shelf: &Shelf<'html>,
) -> Vec<Option<&'html str>> {
    let mut waiting: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
    for (at, (address, _)) in had.iter().enumerate() {
        waiting.entry(address).or_default().push_back(at);
    }
    let mut used = vec![false; had.len()];
    let mut found: Vec<Option<&'html str>> = Vec::new();
    for address in wanted {
        // The last of them dresses all further ones, too.
        let same = waiting.get_mut(&**address);
        let at = same.and_then(|same| if same.len() > 1 { same.pop_front() } else { same.front().copied() });
        if let Some(at) = at {
            used[at] = true;
        }
        found.push(at.map(|at| had[at].1).or_else(|| shelf.find(kind, address)));
    }
    let left: Vec<_> = (0..had.len()).filter(|at| !used[*at]).collect();
    if left.len() == found.iter().filter(|tag| tag.is_none()).count() {
        let missing = found.iter_mut().filter(|tag| tag.is_none());
        for (tag, at) in missing.zip(left) {
            *tag = Some(had[at].1);
        }
    }
    found
}
