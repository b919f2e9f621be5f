//! Where Esc leads.

use super::layout::Focus;
use super::{Inbox, Stop};
use crate::app::notice::Weight;
use crate::app::shell::Shell;

impl Inbox {
    /// One step back: out of the search line, out of what is under way, out of what is open. False at the root.
    pub(super) fn back(&mut self, shell: &mut Shell) -> bool {
        if self.leave_line(shell) {
            return true;
        }
        if self.leave_search_help() {
            return true;
        }
        if self.search.focused {
            self.search.leave();
            return true;
        }
        let finds = self.focus == Focus::Thread;
        if self.listing.stop(shell) || self.cancel(shell) || finds && self.leave_finding(false) {
            return true;
        }
        if self.focus == Focus::List && self.search.is_apart() {
            self.listing.forget();
            self.search.restore();
            return true;
        }
        if self.focus == Focus::List && self.listing.drop_filter(shell) {
            return true;
        }
        if self.focus == Focus::List && self.listing.drop_only(shell) {
            return true;
        }
        match self.focus {
            Focus::Company => {
                self.focus = self.customer.company_from;
                self.customer.company = None;
            }
            Focus::Contact => self.leave_contact(shell),
            Focus::Thread | Focus::List => return self.leave_thread(shell),
        }
        true
    }

    /// Goes back to the contact one came from, else to the list; with nothing open, cancels what the list waits for.
    fn leave_thread(&mut self, shell: &mut Shell) -> bool {
        if let Some(stop) = self.trail.pop().filter(|_| self.focus == Focus::Thread) {
            self.return_to(shell, stop);
            return true;
        }
        if self.reader.open.is_none() {
            return self.listing.cancel(shell) || self.leave_visit(shell);
        }
        self.trail.clear();
        self.reader.close(shell);
        self.customer.close(shell);
        self.focus = Focus::List;
        true
    }

    /// Back to the list with its cursor where it was: every page and the search line are left.
    pub fn to_root(&mut self, shell: &mut Shell) {
        self.drop_over(shell);
        (self.call, self.form) = (None, None);
        if self.search.focused {
            self.search.leave();
        }
        self.views.focused = false;
        self.trail.clear();
        self.wish = None;
        self.reader.close(shell);
        self.customer.close(shell);
        self.focus = Focus::List;
    }

    fn return_to(&mut self, shell: &mut Shell, stop: Stop) {
        match stop.thread {
            Some(id) => self.reader.open(shell, id, None),
            None => self.reader.close(shell),
        }
        self.customer.show(shell, stop.subject);
        self.customer.from = stop.from;
        self.face_contact(shell);
    }

    fn leave_contact(&mut self, shell: &mut Shell) {
        self.focus = self.customer.from;
        if self.areas.visible() == [false, false, true] {
            self.customer.close(shell);
            self.show_beside(shell);
        }
    }

    /// Cancels what this place waits for, once the screen says that it waits. False when there was nothing.
    fn cancel(&mut self, shell: &mut Shell) -> bool {
        if shell.waiting().is_none() {
            return false;
        }
        let cancelled = match self.focus {
            Focus::List => self.listing.cancel(shell),
            Focus::Thread => self.reader.cancel(shell),
            Focus::Contact | Focus::Company => self.customer.people.cancel(shell),
        };
        if cancelled {
            shell.say(Weight::Quiet, "Cancelled.");
        }
        cancelled
    }
}
