//! What is said of the open thread: how far one has read, what is not shown, and who said the last word.

use super::window::Below;
use crate::app::pane::inbox::coverage::grouped;
use crate::app::pane::inbox::reader::Reader;
use crate::domain::conversation::{Author, AuthorKind, Conversation, PartKind};
use crate::domain::text::fit;
use crate::domain::time::Unix;

/// Cells of what is searched for that the status line shows.
const SHOWN: usize = 24;

/// A number with its word.
pub(super) fn counted(number: usize, word: &str) -> String {
    format!("{} {word}{}", grouped(number as u64), if number == 1 { "" } else { "s" })
}

/// What kind of author that is.
pub fn kind(author: &Author) -> &'static str {
    match author.kind {
        AuthorKind::Customer => "customer",
        AuthorKind::Admin => "teammate",
        AuthorKind::Fin => "Fin",
        AuthorKind::Bot => "bot",
        AuthorKind::Team => "team",
        AuthorKind::Unknown => "unknown",
    }
}

/// Who said the last word that the customer can see, and when.
pub fn last_word(thread: &Conversation) -> Option<(&'static str, Option<Unix>)> {
    let last = thread.parts.iter().rev().find(|part| part.kind == PartKind::Message)?;
    Some((kind(&last.author), last.created_at))
}

impl Reader {
    /// How long the thread is, how far one has read, and what is not shown.
    pub fn status(&self) -> String {
        let Some(thread) = self.thread() else { return String::new() };
        let parts = thread.parts.len();
        let mut words = Vec::new();
        if let Some(find) = self.find.as_ref().filter(|find| !find.is_blank() && !self.types) {
            let sought = crate::domain::text::reveal(&find.words);
            words.push(format!("{} “{}”", find.said(), fit(&sought, SHOWN)));
        }
        words.extend(self.copying.as_ref().map(|copying| copying.said(parts)));
        let new = self.window.new_below(thread);
        if new > 0 {
            words.push(format!("{} new below", grouped(new as u64)));
        }
        let at = (self.window.mark + 1).min(parts);
        words.push(format!("part {} of {}", grouped(at as u64), grouped(parts as u64)));
        words.push(match self.window.below {
            Below::End => "end".into(),
            Below::Lines(lines) => format!("{} below", counted(lines, "line")),
            Below::Parts(parts) => format!("{} below", counted(parts, "part")),
        });
        let hidden = self.hidden();
        if hidden > 0 {
            words.push(format!("{} hidden", counted(hidden, "event")));
        }
        words.join(" · ")
    }
}
