//! What is said of a view: its number, how fresh that is, why there is none, and what an empty list of it means.

use super::tally::{Count, Sureness};
use super::{Entry, Views};
use crate::app::command::Command;
use crate::app::pane::inbox::Inbox;
use crate::app::pane::inbox::coverage::grouped;
use crate::app::pane::inbox::listing::Listing;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::time::{Unix, ago, long};
use crate::domain::view::NEEDS_ME;

/// Cells from which on the searches stand beside the names of the views.
pub const SEARCHES: u16 = 66;

/// How a number is shown beside a view's name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// It is known.
    Known,
    /// The last try failed.
    Failed,
    /// It is not known, or not yet.
    #[default]
    Unknown,
}

impl Count {
    /// The number with how sure it is: `434`, `≤ 434`, `≥ 1`.
    pub fn words(&self) -> String {
        let number = grouped(self.number);
        match self.sureness {
            Sureness::Exact => number,
            Sureness::AtMost => format!("≤ {number}"),
            Sureness::AtLeast => format!("≥ {number}"),
        }
    }
}

impl Views {
    /// The number of a view, how fresh it is, and how both are to look: `434` and `2m`, `…` while it is counted for the
    /// first time, `–` where it is not known.
    pub fn number(&self, view: usize, now: Unix) -> (String, String, Shown) {
        let Some(entry) = self.entries.get(view) else { return Default::default() };
        let tally = &entry.tally;
        let look = if tally.fault.is_some() { Shown::Failed } else { Shown::Known };
        match &tally.left() {
            Some(count) => (count.words(), ago(now, count.at.unix), look),
            None if self.counter.counts() == Some(view) => ("…".into(), String::new(), Shown::Unknown),
            None if tally.fault.is_some() => ("–".into(), "!".into(), Shown::Failed),
            None => ("–".into(), String::new(), Shown::Unknown),
        }
    }
}

impl Views {
    /// What to call the search that the list shows: by the view that searches for it, else by its words.
    pub(in crate::app::pane::inbox) fn called<'a>(&'a self, listing: &'a Listing) -> &'a str {
        self.shown(listing).map_or_else(|| listing.words(), |view| self.entries[view].view.name.as_str())
    }
}

/// What is known of a number, in a sentence without its end.
fn told(entry: &Entry, now: Unix) -> String {
    let tally = &entry.tally;
    let counted = tally.left().map(|count| {
        let age = long(now.0.saturating_sub(count.at.unix.0));
        let why = match count.sureness {
            Sureness::Exact => "",
            Sureness::AtMost => " at most: a part of this view is cut here",
            Sureness::AtLeast => " at least: the server did not say how many",
        };
        let off = tally.taken_off().map_or_else(String::new, |words| format!(" after {words}"));
        format!("{}{off}{why}, counted {age} ago", grouped(count.number))
    });
    match (&tally.fault, counted) {
        (Some(fault), Some(counted)) => format!("{} The last number: {counted}", fault.sentence),
        (Some(fault), None) => format!("{} It is tried again later", fault.sentence),
        (None, Some(counted)) => counted,
        (None, None) => "not counted yet".into(),
    }
}

impl Inbox {
    /// What the status line says of the view under the cursor.
    pub(in crate::app::pane::inbox) fn views_status(&self, shell: &Shell) -> String {
        let at = self.views.list.cursor();
        let Some(entry) = self.views.entries.get(at) else {
            return self.views.unusable_at(at).map(|view| view.why.to_string()).unwrap_or_default();
        };
        if self.views.wants_me(at, shell) {
            return format!("{} · {}", entry.view.name, say_who(shell));
        }
        let told = told(entry, shell.now.unix);
        // The row itself shows the search where there is room.
        let says_it = self.areas.views.width >= SEARCHES;
        if says_it || entry.tally.fault.is_some() { told } else { format!("{} · {told}", entry.view.query) }
    }

    /// What the status line says of the list. On the first screen of somebody unknown, how to say who they are comes first.
    pub(in crate::app::pane::inbox) fn list_status(&self, shell: &Shell) -> String {
        let cells = shell.frame.body.width;
        let key = |command| shell.key(Place::Inbox, command);
        if !self.views.is_fresh() || shell.roster.me.is_some() {
            return self.listing.status(cells, &key);
        }
        let who =
            format!("{} says who you are, to see what needs you", shell.key(Place::Inbox, Command::SetMe));
        let room = cells.saturating_sub(u16::try_from(who.len()).unwrap_or(cells) + 3);
        format!("{who} · {}", self.listing.status(room, &key))
    }

    /// Why a list without a row is empty, and what to do, where all of a view is here and nothing is left of it.
    pub fn empty_view(&self, shell: &Shell) -> Option<(String, String)> {
        let listing = &self.listing;
        let hidden = listing.results.arranged.hidden();
        let all = listing.answered && !listing.is_searching() && listing.is_whole();
        let all = all && hidden.filtered == 0 && hidden.others == 0;
        let at = self.views.shown(listing).filter(|_| all)?;
        let key = |command| shell.key(Place::Inbox, command);
        let mine = self.views.entries[at].view.name.as_str() == NEEDS_ME;
        let done = if mine { shell.done_today() } else { 0 };
        let sentence = if mine { "Nothing needs you." } else { "Nothing is left in this view." };
        let said = match (done, hidden.away) {
            (0, 0) if mine => sentence.to_owned(),
            (0, 0) => "Nothing is in this view.".to_owned(),
            (0, _) => {
                format!(
                    "{sentence} What is done or put away here is not shown; {} shows it.",
                    key(Command::ShowAway)
                )
            }
            (done, 0) => format!("{sentence} {} done here today.", grouped(done)),
            (done, _) => {
                format!(
                    "{sentence} {} done here today; {} shows them.",
                    grouped(done),
                    key(Command::ShowAway)
                )
            }
        };
        let (next, views) = (key(Command::NextSaved), key(Command::ShowViews));
        Some((said, format!("{next} opens the next view, {views} shows all of them.")))
    }
}

/// What a view says that waits for somebody to say who they are.
pub fn say_who(shell: &Shell) -> String {
    format!("Say who you are: {}", shell.key(Place::Views, Command::SetMe))
}
