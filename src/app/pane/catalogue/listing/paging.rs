//! The pages after the first: when one is asked for by itself, when by a key, and what comes with it. The rows' own order and
//! the end of paging belong to the rows.

use super::{Listing, Record};
use crate::app::list::Move;
use crate::app::pane::further::Further;
use crate::app::shell::Shell;
use crate::domain::call::{End, FaultKind};

/// Ids that are asked for at once.
const IDS: usize = 150;

impl<R: Record> Listing<R> {
    /// Moves the cursor and asks for the next page when its end comes near. Going to the end asks for one page; the cursor
    /// follows it.
    pub fn go(&mut self, shell: &mut Shell, movement: Move) {
        self.rows.list.go(movement);
        self.page.retry();
        self.to_end = movement == Move::Bottom;
        self.go_on(shell);
    }

    /// Something else was done: the cursor follows no page that is still on its way.
    pub(in crate::app::pane::catalogue) fn stays(&mut self) {
        self.to_end = false;
    }

    /// Loads every page, one after another; those of the search that is under way, if one is.
    pub fn load_all(&mut self, shell: &mut Shell) {
        self.page.retry();
        self.all = true;
        self.go_on(shell);
    }

    pub(super) fn go_on(&mut self, shell: &mut Shell) {
        let near = self.rows.narrowed.is_none() && self.rows.list.is_near_end(self.height.max(1));
        let idle = self.page == Further::Idle && self.pending.is_none();
        let wanted = (self.all || near) && idle && self.answered;
        if let Some(next) = self.rows.next().filter(|_| wanted) {
            self.page = Further::Asked(shell.ask(R::call(&self.rows.filter, Some(next))));
        } else if self.pending.is_none() && !matches!(self.page, Further::Asked(_)) {
            self.all = false;
        }
    }

    pub(super) fn further(&mut self, shell: &mut Shell, end: End) {
        match Self::read(shell, end) {
            Ok(Some(page)) => {
                let thin = self.rows.add(page);
                self.complete(shell, &thin);
                self.rows.list.fit(self.rows.len(), self.height);
                if self.to_end {
                    self.rows.list.go(Move::Bottom);
                }
                if self.all || !self.to_end {
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

    /// Asks for whole rows in the place of thin ones.
    pub(super) fn complete(&mut self, shell: &mut Shell, thin: &[R::Id]) {
        let calls = thin.chunks(IDS).filter_map(R::whole);
        self.whole.extend(calls.map(|call| shell.ask(call)).collect::<Vec<_>>());
    }

    pub(super) fn filled(&mut self, shell: &mut Shell, end: End) {
        match Self::read(shell, end) {
            Ok(Some(page)) => {
                if let Some(pending) = &mut self.pending {
                    pending.fresh.replace(page.items.clone());
                }
                self.rows.replace(page.items);
            }
            Ok(None) => {}
            // What is there stays thin. Nobody asked for it, so that a tool that takes no ids is nobody's trouble.
            Err(fault) if matches!(fault.kind, FaultKind::Invalid | FaultKind::NoTool) => {}
            Err(fault) => shell.fault(&fault),
        }
    }

    /// Whether the cursor waits at the end of what is loaded, and a key loads one more page.
    pub fn waits_at_end(&self) -> bool {
        self.to_end && !matches!(self.page, Further::Asked(_)) && self.rows.next().is_some()
    }

    /// Whether more can be loaded.
    pub fn has_more(&self) -> bool {
        self.rows.next().is_some()
    }
}
