//! The triage marks on disk: one line for what changed about one conversation.

use std::io;

use serde::{Deserialize, Serialize};

use super::ledger::Line;
use super::notebook::{Notebook, Told};
use crate::app::Event;
use crate::app::event::Book;
use crate::domain::id::ConversationId;
use crate::domain::time::Unix;
use crate::domain::triage::{Aside, Change, Triage};

/// The book of marks.
pub(super) type Marks = Notebook<Change>;

/// The file's form; a member that is not there did not change.
#[derive(Serialize, Deserialize)]
struct Form {
    conversation: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    aside: Option<AsideForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pinned: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// Unix seconds; an object without any member is the decision that it is here again.
#[derive(Serialize, Deserialize)]
struct AsideForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    done: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    waited: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    heard: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    back: Option<i64>,
}

impl From<Aside> for AsideForm {
    fn from(Aside { done, until, waited, updated, at, heard, back }: Aside) -> Self {
        let [done, until, waited, updated, at, heard, back] =
            [done, until, waited, updated, at, heard, back].map(|at| at.map(|at| at.0));
        Self { done, until, waited, updated, at, heard, back }
    }
}

impl From<AsideForm> for Aside {
    fn from(AsideForm { done, until, waited, updated, at, heard, back }: AsideForm) -> Self {
        let [done, until, waited, updated, at, heard, back] =
            [done, until, waited, updated, at, heard, back].map(|at| at.map(Unix));
        Self { done, until, waited, updated, at, heard, back }
    }
}

impl Line for Change {
    const NAME: &'static str = "marks";

    fn written(&self) -> io::Result<Vec<u8>> {
        let form = Form {
            conversation: self.id.to_string(),
            aside: self.aside.map(AsideForm::from),
            pinned: self.pinned,
            note: self.note.clone(),
        };
        Ok(serde_json::to_vec(&form)?)
    }

    fn read(line: &[u8]) -> Option<Self> {
        let Form { conversation, aside, pinned, note } = serde_json::from_slice(line).ok()?;
        let id = ConversationId::read(&conversation)?;
        Some(Self { id, aside: aside.map(Aside::from), pinned, note })
    }

    fn fold(lines: Vec<Self>) -> Vec<Self> {
        Triage::folded(&lines)
    }
}

impl Told for Change {
    const CALLED: &'static str = "The marks";

    fn event(book: Book<Self>) -> Event {
        Event::Marks(book)
    }
}
