//! A note that only teammates see (intercom-mcp 3.9): its words, the HTML they are sent as, and what became of it. Owns these
//! rules; refuses leave to send it.

use std::collections::HashSet;

use super::fate::{CLOCKS_APART, Fate, same_words};
use crate::domain::conversation::{Conversation, Part, PartKind};
use crate::domain::id::ConversationId;
use crate::domain::paragraphs;
use crate::domain::time::Unix;

/// A note as it was shown before sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    conversation: ConversationId,
    words: String,
    body: String,
    /// Parts that were there before.
    known: HashSet<Box<str>>,
}

impl Note {
    /// A note to a conversation as it was read; none when there are no words.
    pub fn of(thread: &Conversation, words: &str) -> Option<Self> {
        let body = paragraphs::of(words, "<p>");
        let known = thread.parts.iter().map(|part| part.id.clone()).filter(|id| !id.is_empty()).collect();
        let words = words.to_owned();
        (!body.is_empty()).then(|| Self { conversation: thread.row.id.clone(), words, body, known })
    }

    /// The conversation.
    pub fn conversation(&self) -> &ConversationId {
        &self.conversation
    }

    /// As typed.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// As it is sent.
    pub fn body(&self) -> &str {
        &self.body
    }
}

/// A note that was sent, for telling its fate afterwards. Cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteIntent {
    note: Note,
    at: Unix,
}

impl NoteIntent {
    pub(super) fn new(note: Note, at: Unix) -> Self {
        Self { note, at }
    }

    /// What the journal remembers of a note of another run of the program. An intent cannot be sent, so that recalling one gives
    /// no leave to write.
    pub fn recalled(conversation: ConversationId, body: String, at: Unix) -> Self {
        Self::new(Note { conversation, words: String::new(), body, known: HashSet::new() }, at)
    }

    /// What was sent.
    pub fn note(&self) -> &Note {
        &self.note
    }

    fn is_new_note(&self, part: &Part) -> bool {
        part.kind == PartKind::Note && (part.id.is_empty() || !self.note.known.contains(&part.id))
    }

    /// The fate, by the conversation as it reads now: it landed where a note that was not there before has its words.
    pub fn settle(&self, thread: &Conversation) -> Fate {
        let news = thread.parts.iter().filter(|part| self.is_new_note(part));
        let mine: Vec<&Part> = news.filter(|part| same_words(&self.note.body, part.body.as_str())).collect();
        let oldest = self.at.0.saturating_sub(CLOCKS_APART);
        let timely = |part: &&&Part| part.created_at.is_none_or(|at| at.0 >= oldest);
        match mine.iter().find(timely) {
            Some(part) if part.body.as_str() == self.note.body => Fate::Landed,
            Some(_) => Fate::Altered,
            // The same words, and older than the sending: a clock that is far behind, or a colleague's.
            None if !mine.is_empty() => Fate::CannotTell,
            None => Fate::NotLanded,
        }
    }
}
