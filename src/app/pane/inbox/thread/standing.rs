//! Where the conversation that is read stands among the rows that are shown; when its row goes away, where it stood. Owns
//! the rule that nobody is skipped: after it comes what now stands where it was. Refuses to know why it went.

use crate::domain::id::ConversationId;

/// The conversation that was read last from the list.
#[derive(Debug, Default)]
pub struct Stand {
    id: Option<ConversationId>,
    /// Before which place it stood, once it is not shown any more.
    gap: Option<usize>,
}

/// The places beside a conversation that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beside {
    /// The one before it; none when it is the first.
    pub above: Option<usize>,
    /// The one after it; there need not be a row.
    pub below: usize,
}

impl Beside {
    /// Beside a row that is shown.
    pub fn row(place: usize) -> Self {
        Self { above: place.checked_sub(1), below: place + 1 }
    }

    /// Beside a row that went away.
    pub fn gap(place: usize) -> Self {
        Self { above: place.checked_sub(1), below: place }
    }
}

impl Stand {
    /// Another conversation is read.
    pub fn read(&mut self, id: &ConversationId) {
        *self = Self { id: Some(id.clone()), gap: None };
    }

    /// Which one.
    pub fn id(&self) -> Option<&ConversationId> {
        self.id.as_ref()
    }

    /// Before which place it stood, when it is not shown.
    pub fn left(&self) -> Option<usize> {
        self.gap
    }

    /// The rows are arranged anew: there were `before` of them, it stood at `was` and stands at `now`, when it is shown;
    /// `place_of` tells for a place before where that row is now.
    pub fn settle(
        &mut self,
        before: usize,
        was: Option<usize>,
        now: Option<usize>,
        place_of: impl Fn(usize) -> Option<usize>,
    ) {
        if now.is_some() {
            self.gap = None;
            return;
        }
        let Some(at) = was.or(self.gap) else { return };
        let below = (at..before).find_map(&place_of);
        let above = || (0..at.min(before)).rev().find_map(&place_of).map(|place| place + 1);
        self.gap = Some(below.or_else(above).unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stood_after_it_is_next() {
        let mut stand = Stand::default();
        stand.settle(5, Some(2), None, |place| {
            (place != 2).then(|| if place < 2 { place } else { place - 1 })
        });
        assert_eq!(stand.left(), Some(2));
        // The one above goes, too, and then everything below.
        stand.settle(4, None, None, |place| (place != 1).then(|| if place < 1 { place } else { place - 1 }));
        assert_eq!(stand.left(), Some(1));
        stand.settle(3, None, None, |place| (place == 0).then_some(0));
        assert_eq!(stand.left(), Some(1));
        stand.settle(1, None, Some(0), |_| None);
        assert_eq!(stand.left(), None);
    }
}
