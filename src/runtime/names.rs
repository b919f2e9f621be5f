//! The names on disk: one line for what was learnt, put right or forgotten, and for who one is.

use std::io;

use serde::{Deserialize, Serialize};

use super::ledger::Line;
use super::notebook::{Notebook, Told};
use crate::app::Event;
use crate::app::event::Book;
use crate::domain::id::AdminId;
use crate::domain::roster::{Kind, Roster, Said};
use crate::domain::text::Clean;

/// The book of names.
pub(super) type Names = Notebook<Said>;

/// The file's form. `me` is who one is, and stands alone; a name that is not there is forgotten.
#[derive(Serialize, Deserialize)]
struct Form {
    kind: KindForm,
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    by_hand: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum KindForm {
    Admin,
    Team,
    Tag,
    Collection,
    Me,
}

impl Line for Said {
    const NAME: &'static str = "names";

    fn written(&self) -> io::Result<Vec<u8>> {
        let form = match self {
            Self::Me(me) => Form {
                kind: KindForm::Me,
                id: me.as_ref().map(AdminId::to_string).unwrap_or_default(),
                name: None,
                by_hand: false,
            },
            Self::Name { kind, id, name, by_hand } => Form {
                kind: match kind {
                    Kind::Admin => KindForm::Admin,
                    Kind::Team => KindForm::Team,
                    Kind::Tag => KindForm::Tag,
                    Kind::Collection => KindForm::Collection,
                },
                id: id.to_string(),
                name: name.as_ref().map(Clean::to_string),
                by_hand: *by_hand,
            },
        };
        Ok(serde_json::to_vec(&form)?)
    }

    fn read(line: &[u8]) -> Option<Self> {
        let Form { kind, id, name, by_hand } = serde_json::from_slice(line).ok()?;
        let kind = match kind {
            KindForm::Me if id.is_empty() => return Some(Self::Me(None)),
            KindForm::Me => return AdminId::read(&id).map(|id| Self::Me(Some(id))),
            KindForm::Admin => Kind::Admin,
            KindForm::Team => Kind::Team,
            KindForm::Tag => Kind::Tag,
            KindForm::Collection => Kind::Collection,
        };
        // What lies on disk may have been written by anybody.
        let name = name.map(|name| Clean::line(&name));
        Some(Self::Name { kind, id: id.into(), name, by_hand })
    }

    fn fold(lines: Vec<Self>) -> Vec<Self> {
        let mut roster = Roster::default();
        roster.read(true, &lines);
        roster.whole()
    }
}

impl Told for Said {
    const CALLED: &'static str = "The names";

    fn event(book: Book<Self>) -> Event {
        Event::Names(book)
    }
}
