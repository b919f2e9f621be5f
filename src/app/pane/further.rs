//! The call for the next page of a list: there is one at most, and one that failed is asked for again by a key alone.

use crate::domain::call::CallId;

/// The call for the next page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::app::pane) enum Further {
    /// There is none.
    #[default]
    Idle,
    /// This one is under way.
    Asked(CallId),
    /// It brought nothing; the next movement may ask again.
    Failed,
}

impl Further {
    /// No call any more; which one there was.
    pub(in crate::app::pane) fn take(&mut self) -> Option<CallId> {
        match std::mem::take(self) {
            Self::Asked(id) => Some(id),
            Self::Idle | Self::Failed => None,
        }
    }

    /// Lets a page that failed be asked for again.
    pub(in crate::app::pane) fn retry(&mut self) {
        if *self == Self::Failed {
            *self = Self::Idle;
        }
    }
}
