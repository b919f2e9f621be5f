//! What a mark says of a conversation, in words. All of it says that it is ours: "local".

use super::until::weekday;
use super::{Mark, Standing, Triage};
use crate::domain::conversation::ConversationRow;
use crate::domain::text::reveal;
use crate::domain::time::{Moment, Unix, long, stamp};

/// A moment ahead as a person would say it: `Sat 2026-11-21 09:00`.
pub fn when(at: Unix, zone: i32) -> String {
    format!("{} {}", weekday(at, zone), stamp(at, zone))
}

impl Triage {
    /// How a conversation stands, in words that say that it is local; none for most.
    pub fn words(&self, row: &ConversationRow, now: Moment) -> Option<String> {
        self.mark(&row.id).and_then(|mark| standing(mark, self.standing(row, now.unix), now))
    }

    /// The private note about it as one line, which says that it is local; none for most.
    pub fn note(&self, row: &ConversationRow) -> Option<String> {
        self.mark(&row.id).and_then(note)
    }
}

/// How it stands, in words that say that it is local: `local: done 3 min ago, pinned`. None when there is nothing to say.
fn standing(mark: &Mark, standing: Standing, now: Moment) -> Option<String> {
    let ago = |at: Option<Unix>| {
        at.map(|at| format!(" {} ago", long(now.unix.0.saturating_sub(at.0)))).unwrap_or_default()
    };
    let stands = match standing {
        Standing::Here => String::new(),
        Standing::Done => format!("done{}", ago(mark.done)),
        Standing::Away(until) => format!("away until {}", when(until, now.zone)),
        Standing::Back => format!("came back{}, {}", ago(mark.back), why(mark)),
    };
    let pinned = if mark.pinned { "pinned" } else { "" };
    let parts: Vec<&str> = [stands.as_str(), pinned].into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| format!("local: {}", parts.join(", ")))
}

/// Why a conversation came back.
fn why(mark: &Mark) -> &'static str {
    match (mark.heard, mark.until) {
        (Some(_), _) => "the customer wrote",
        (None, Some(until)) if mark.back.is_none_or(|back| until <= back) => "its time is up",
        (None, _) => "something happened while the customer waits",
    }
}

/// The private note as one line; none when there is none.
fn note(mark: &Mark) -> Option<String> {
    (!mark.note.is_empty()).then(|| format!("local note: {}", reveal(&mark.note)))
}
