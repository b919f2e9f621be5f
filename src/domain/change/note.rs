//! A note that only teammates see (intercom-mcp 3.9): its words, the HTML they are sent as, and what became of it. Owns these
//! rules; refuses leave to send it.

use std::collections::HashSet;

use super::fate::{CLOCKS_APART, Fate, same_words};
use crate::domain::conversation::{Conversation, Part, PartKind};
use crate::domain::diff::{self, Change};
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

    /// Whether anything but signs is in it, as it reads: entities are no words.
    fn has_words(&self) -> bool {
        diff::words("", &self.body)
            .rows
            .iter()
            .flat_map(|row| &row.pieces)
            .any(|piece| piece.text.contains(char::is_alphanumeric))
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
    /// The part that the server said it made of it, which may have no id; none while it said nothing.
    taken: Option<Box<str>>,
}

/// Whether two notes read alike to the last sign: of a note, an emoji may be all there is.
fn same_to_the_sign(a: &str, b: &str) -> bool {
    a == b || same_words(a, b) && diff::words(a, b).rows.iter().all(|row| row.kind == Change::Same)
}

impl NoteIntent {
    pub(super) fn new(note: Note, at: Unix) -> Self {
        Self { note, at, taken: None }
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

    /// The server said that it took the note, as this part of the conversation; empty where it named none.
    pub fn taken(&mut self, part: &str) {
        self.taken = Some(part.into());
    }

    /// Whether the server said that it took the note.
    pub fn is_taken(&self) -> bool {
        self.taken.is_some()
    }

    /// The part under the id that the server gave it.
    fn made<'a>(&self, parts: &'a [Part]) -> Option<&'a Part> {
        let id = self.taken.as_ref().filter(|id| !id.is_empty())?;
        parts.iter().find(|part| part.id == *id)
    }

    fn is_new_note(&self, part: &Part) -> bool {
        part.kind == PartKind::Note && (part.id.is_empty() || !self.note.known.contains(&part.id))
    }

    /// The fate, by the conversation as it reads now: it landed where the part is that the server named, or else a note that
    /// was not there before and has its words. That it is not there is no last word where the server said that it took it.
    pub fn settle(&self, thread: &Conversation) -> Fate {
        self.fate_among(&thread.parts)
    }

    fn fate_among(&self, parts: &[Part]) -> Fate {
        if let Some(part) = self.made(parts) {
            return if part.body.as_str() == self.note.body { Fate::Landed } else { Fate::Altered };
        }
        let news: Vec<&Part> = parts.iter().filter(|part| self.is_new_note(part)).collect();
        let body = self.note.body.as_str();
        let reads = |part: &&&Part| same_to_the_sign(body, part.body.as_str());
        let mine: Vec<&Part> = news.iter().filter(reads).copied().collect();
        let has_words = self.note.has_words();
        let oldest = self.at.0.saturating_sub(CLOCKS_APART);
        let timely = |part: &&&Part| part.created_at.is_none_or(|at| at.0 >= oldest);
        match mine.iter().find(timely) {
            Some(part) if part.body.as_str() == self.note.body => Fate::Landed,
            Some(_) => Fate::Altered,
            // The same words, and older than the sending: a clock that is far behind, or a colleague's.
            None if !mine.is_empty() => Fate::CannotTell,
            // The same words with other signs: the server's, or a colleague's.
            None if has_words && news.iter().any(|part| same_words(body, part.body.as_str())) => {
                Fate::CannotTell
            }
            None => Fate::NotLanded,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::conversation::Author;
    use crate::domain::text::Clean;

    fn reads(words: &str, body: &str) -> Fate {
        let sent = paragraphs::of(words, "<p>");
        let intent = NoteIntent::recalled(ConversationId::read("900").unwrap(), sent, Unix(1_000));
        let part = Part {
            id: "7".into(),
            kind: PartKind::Note,
            part_type: Clean::default(),
            author: Author::default(),
            body: body.into(),
            attachments: Vec::new(),
            created_at: Some(Unix(1_000)),
            assigned_to: None,
            redacted: false,
            detail: Clean::default(),
        };
        intent.fate_among(&[part])
    }

    #[test]
    fn signs_and_emoji_tell_notes_apart() {
        for (words, body, fate) in [
            ("👍", "<p>👍</p>", Fate::Landed),
            ("👍", "<p class=\"no-margin\">👍</p>", Fate::Altered),
            ("👍", "<p>👎</p>", Fate::NotLanded),
            ("👍", "<p>✅</p>", Fate::NotLanded),
            ("👍", "<p>👍🏽</p>", Fate::NotLanded),
            ("…", "<p>?</p>", Fate::NotLanded),
            ("Sent?", "<div>Sent?</div>", Fate::Altered),
            ("Sent?", "<p>Sent!</p>", Fate::CannotTell),
            ("Sent 👍", "<p>Sent 👎</p>", Fate::CannotTell),
            ("Sent", "<p>Paid</p>", Fate::NotLanded),
            ("a\n\nb & c", "<p>a</p>\n<p>b &amp; c</p>", Fate::Altered),
        ] {
            assert_eq!(reads(words, body), fate, "{words} {body}");
        }
    }
}
