//! The pages after the first: when one is asked for by itself, when by a key, and what comes with it. Owns those rules; the rows'
//! own order and the end of paging belong to the rows.

use super::asking::After;
use super::{Listing, PER_PAGE, ask};
use crate::app::list::Move;
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::call::{Call, CallId, End};
use crate::domain::id::ConversationId;
use crate::domain::sort::Sort;

/// Pages that are asked for by themselves after a key while too few rows are shown; then only a key asks for more.
const BY_THEMSELVES: u8 = 5;

/// Rows up to which a search in an order of ours is loaded wholly by itself, since what is first in a part need not be first:
/// five pages.
const SORTED_WHOLLY: u64 = 750;

/// The call for the next page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Further {
    #[default]
    Idle,
    Asked(CallId),
    /// It brought nothing; the next movement may ask again.
    Failed,
}

impl Further {
    /// No call any more; which one there was.
    pub(super) fn take(&mut self) -> Option<CallId> {
        match std::mem::take(self) {
            Self::Asked(id) => Some(id),
            Self::Idle | Self::Failed => None,
        }
    }

    /// Lets a page that failed be asked for again.
    fn retry(&mut self) {
        if *self == Self::Failed {
            *self = Self::Idle;
        }
    }
}

impl Listing {
    /// Moves the cursor and asks for the next page when its end comes near. Going to the end asks for one page; the
    /// cursor follows it.
    pub fn go(&mut self, shell: &mut Shell, movement: Move) {
        self.results.go(movement);
        self.to_end = movement == Move::Bottom;
        self.go_on_anew(shell);
    }

    /// Puts the cursor on the row of a place, and asks for the next page when the end comes near.
    pub(in crate::app::pane::inbox) fn select(&mut self, shell: &mut Shell, place: usize) {
        self.results.select(place);
        self.go_on_anew(shell);
    }

    /// Whether rows may come below the last one that is shown.
    pub(in crate::app::pane::inbox) fn may_grow(&self) -> bool {
        self.results.next().is_some() && self.results.arranged.only().is_none()
    }

    /// Whether rows are under way.
    pub(in crate::app::pane::inbox) fn is_loading(&self) -> bool {
        matches!(self.page, Further::Asked(_)) || self.is_searching()
    }

    /// Loads every page, one after another.
    pub fn load_all(&mut self, shell: &mut Shell) {
        self.all = true;
        self.go_on_anew(shell);
    }

    /// A key asks for further pages, if too little is shown.
    pub(in crate::app::pane::inbox) fn go_on_anew(&mut self, shell: &mut Shell) {
        self.page.retry();
        self.pages = BY_THEMSELVES;
        self.go_on(shell);
    }

    /// Whether the end of what is shown is near, more could be loaded, and only a key will do it.
    pub fn rests(&self) -> bool {
        let near = self.results.list.is_near_end(self.height.max(1)) && self.results.next().is_some();
        near && self.pages == 0 && self.page == Further::Idle && !self.is_searching()
    }

    /// Whether the rest comes by itself, because an order of ours over a part may hide what is first, and it is not much.
    pub fn fetches_rest(&self) -> bool {
        let few = self.results.total.is_some_and(|total| total <= SORTED_WHOLLY)
            && (self.results.rows().len() as u64) < SORTED_WHOLLY;
        let grows = self.results.arranged.only().is_none();
        let ours = self.results.arranged.order().by != Sort::Server;
        few && grows && ours && self.page != Further::Failed && self.results.next().is_some()
    }

    fn go_on(&mut self, shell: &mut Shell) {
        // What comes is not among rows that alone are shown.
        let grows = self.results.arranged.only().is_none();
        let near = grows && self.pages > 0 && self.results.list.is_near_end(self.height.max(1));
        let idle = self.page == Further::Idle && self.pending.is_none();
        let rest = self.fetches_rest();
        let wanted = (self.all || near || rest) && idle;
        if let Some(cursor) = self.results.next().filter(|_| wanted).cloned() {
            self.pages = self.pages.saturating_sub(u8::from(!rest));
            self.page = Further::Asked(ask(shell, &self.results, Some(cursor)));
        } else if !self.is_loading() {
            self.all = false;
        }
    }

    pub(super) fn further(&mut self, shell: &mut Shell, end: End) {
        match Self::rows_of(shell, end) {
            Ok(Some(page)) => {
                let before = self.results.rows().len();
                let thin = self.results.add(page);
                self.fill(shell, &thin);
                self.looks.came(self.results.rows()[before..].iter());
                self.chosen.came(self.results.rows(), before);
                self.settle(shell);
                if self.to_end {
                    self.results.list.go(Move::Bottom);
                }
                if self.all || !self.to_end || self.fetches_rest() {
                    self.go_on(shell);
                }
            }
            Ok(None) => self.all = false,
            Err(fault) => {
                shell.fault(&fault);
                (self.all, self.page) = (false, Further::Failed);
            }
        }
    }

    pub(super) fn fill(&mut self, shell: &mut Shell, thin: &[ConversationId]) {
        for ids in thin.chunks(usize::from(PER_PAGE)) {
            self.whole.push(shell.ask(Call::ConversationsById(ids.to_vec())));
        }
    }

    pub(super) fn filled(&mut self, shell: &mut Shell, end: End) {
        match Self::rows_of(shell, end) {
            Ok(Some(page)) => match &mut self.pending {
                Some(pending) if matches!(pending.cursor, After::Stays(_)) => {
                    pending.fresh.replace(page.items.clone());
                    self.results.replace(page.items);
                }
                Some(_) | None => self.results.replace(page.items),
            },
            Ok(None) => {}
            Err(fault) => shell.fault(&fault),
        }
    }

    /// Whether the cursor is at the end of what is loaded by a key that can load one more page.
    pub fn waits_at_end(&self) -> bool {
        self.to_end && !matches!(self.page, Further::Asked(_)) && self.results.next().is_some()
    }

    /// Stops loading every page. False when that was not under way.
    pub fn stop(&mut self, shell: &mut Shell) -> bool {
        if !self.all {
            return false;
        }
        self.cancel(shell);
        shell.say(Weight::Quiet, "Stopped loading.");
        true
    }
}
