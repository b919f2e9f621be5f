//! Reviews in files: one JSON object, its last line a checksum over everything before it, so that a file that was changed by a
//! single byte is known for one. Owns the form; what a review means is in `domain::four_eyes`. The checksum tells accidents
//! and careless hands; it is no signature, and nothing is sent without somebody's own confirmation.

#[cfg(test)]
mod tests;

use std::fs;
use std::io::{self, Read as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::new_file::{cause, put, shown, spelt_out};
use crate::app::event::Handed;
use crate::domain::article::{ArticleState, Parent};
use crate::domain::change::{Changes, Version};
use crate::domain::four_eyes::{FourEyes, Workspace, hexadecimal};
use crate::domain::id::{AdminId, ArticleId};
use crate::domain::text::{Clean, fit};
use crate::domain::time::Unix;

/// The first bytes of every such file.
const MARK: &str = "{\n  \"format\": \"switchboard-review\",\n";
/// What stands around the checksum, which ends the file.
const BEFORE: &str = ",\n  \"checksum\": \"";
const AFTER: &str = "\"\n}\n";
/// Hexadecimal digits of the checksum.
const DIGITS: usize = 64;
/// The version that is written, and the only one that is read.
const VERSION: u32 = 1;
/// Files larger than this are neither written nor read, in bytes.
const LARGEST: u64 = 8 * 1024 * 1024;
/// Articles with a longer text, before or after, are neither written nor read, in bytes: what is held against the article
/// and laid out must not keep anybody waiting.
const LONGEST: usize = 2 * 1024 * 1024;
/// Bytes of any other field.
const FIELD: usize = 64 * 1024;
/// Said of files that are larger.
const TOO_LARGE: &str = "it is larger than 8 MiB, which is more than a review may have";
/// Cells of a person's name.
const NAME: usize = 60;

/// The file's form, without its checksum.
#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    version: u32,
    workspace: Place,
    article: String,
    saved_by: String,
    /// RFC 3339, for people; the number counts.
    saved_at: String,
    saved_unix: i64,
    base_hash: String,
    base: Whole,
    changes: Fields,
}

/// What every version has, to be able to say that one is too new.
#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

#[derive(Serialize, Deserialize)]
struct Place {
    host: String,
    account: String,
}

/// A whole copy; no summary where the server did not say one.
#[derive(Serialize, Deserialize)]
struct Whole {
    title: String,
    summary: Option<String>,
    body: String,
    state: State,
    author: Option<String>,
    parent: Option<Named>,
}

/// Fields that change; those that are not there stay.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<State>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<Named>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Published,
    Draft,
}

#[derive(Serialize, Deserialize)]
struct Named {
    id: String,
    kind: String,
}

impl From<ArticleState> for State {
    fn from(state: ArticleState) -> Self {
        match state {
            ArticleState::Published => Self::Published,
            ArticleState::Draft => Self::Draft,
        }
    }
}

impl From<State> for ArticleState {
    fn from(state: State) -> Self {
        match state {
            State::Published => Self::Published,
            State::Draft => Self::Draft,
        }
    }
}

fn named(parent: &Parent) -> Named {
    Named { id: parent.id.to_string(), kind: parent.kind.to_string() }
}

fn parent(named: Named) -> Parent {
    Parent { id: named.id.into(), kind: Clean::line(&named.kind) }
}

/// An id from a file; the error is one of a form that no server gives.
fn admin(id: Option<String>) -> Result<Option<AdminId>, NoId> {
    id.map(|id| AdminId::read(&id).filter(|read| read.as_str() == id).ok_or(NoId)).transpose()
}

/// Something in place of an id.
struct NoId;

impl File {
    fn of(review: &FourEyes) -> Self {
        let FourEyes { workspace, article, base, changes, .. } = review;
        Self {
            format: "switchboard-review".into(),
            version: VERSION,
            workspace: Place { host: workspace.host.clone(), account: workspace.account.clone() },
            article: article.to_string(),
            saved_by: review.author.clone(),
            saved_at: jiff::Timestamp::from_second(review.saved_at.0).unwrap_or_default().to_string(),
            saved_unix: review.saved_at.0,
            base_hash: review.base_hash.clone(),
            base: Whole {
                title: base.title.clone(),
                summary: review.summary_said.then(|| base.description.clone()),
                body: base.body.clone(),
                state: base.state.into(),
                author: base.author.as_ref().map(AdminId::to_string),
                parent: base.parent.as_ref().map(named),
            },
            changes: Fields {
                title: changes.title.clone(),
                summary: changes.description.clone(),
                body: changes.body.clone(),
                state: changes.state.map(State::from),
                author: changes.author.as_ref().map(AdminId::to_string),
                parent: changes.parent.as_ref().map(named),
            },
        }
    }

    /// The same as values; none when an id is none, or when it does not hang together.
    fn review(self) -> Option<FourEyes> {
        let article = ArticleId::read(&self.article).filter(|read| read.as_str() == self.article)?;
        let (base, changes) = (self.base, self.changes);
        let review = FourEyes {
            workspace: Workspace { host: self.workspace.host, account: self.workspace.account },
            article,
            summary_said: base.summary.is_some(),
            base: Version {
                title: base.title,
                description: base.summary.unwrap_or_default(),
                body: base.body,
                state: base.state.into(),
                author: admin(base.author).ok()?,
                parent: base.parent.map(parent),
            },
            base_hash: self.base_hash,
            changes: Changes {
                title: changes.title,
                description: changes.summary,
                body: changes.body,
                state: changes.state.map(ArticleState::from),
                author: admin(changes.author).ok()?,
                parent: changes.parent.map(parent),
            },
            author: Clean::line(&self.saved_by).into_string(),
            saved_at: Unix(self.saved_unix),
        };
        review.is_sound().then_some(review)
    }
}

/// Why a review is too large to be handed over; none when it is not.
fn too_large(review: &FourEyes) -> Option<&'static str> {
    let (base, changes) = (&review.base, &review.changes);
    let texts = [Some(&base.body), changes.body.as_ref()];
    let fields =
        [Some(&base.title), Some(&base.description), changes.title.as_ref(), changes.description.as_ref()];
    let exceeds = |texts: &[Option<&String>], most| texts.iter().flatten().any(|text| text.len() > most);
    if exceeds(&texts, LONGEST) {
        return Some("its text is larger than 2 MiB, which is more than a review in a file may have");
    }
    exceeds(&fields, FIELD).then_some("its title or summary is larger than 64 KiB")
}

fn checksum(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The bytes of a review's file.
fn written(review: &FourEyes) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(&File::of(review))?;
    // The object ends in a line feed and a brace, which the checksum goes in front of.
    bytes.truncate(bytes.len().saturating_sub("\n}".len()));
    let digits = checksum(&bytes);
    bytes.extend_from_slice([BEFORE, &digits, AFTER].concat().as_bytes());
    if let Some(why) = too_large(review) {
        return Err(io::Error::other(why));
    }
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other(TOO_LARGE));
    }
    Ok(bytes)
}

/// The review in these bytes.
///
/// # Errors
/// Why there is none, as the end of a sentence that begins with the file.
fn read(bytes: &[u8]) -> Result<FourEyes, &'static str> {
    const CHANGED: &str = "was changed since it was saved, so it is not what its author saw";
    const ODD: &str = "is a review whose contents do not fit together";
    if !bytes.starts_with(MARK.as_bytes()) {
        return Err("is not a review that Switchboard saved");
    }
    let end = BEFORE.len() + DIGITS + AFTER.len();
    let (head, tail) = bytes.split_at(bytes.len().checked_sub(end).ok_or(CHANGED)?);
    if tail != [BEFORE, &checksum(head), AFTER].concat().as_bytes() {
        return Err(CHANGED);
    }
    let whole = [head, b"\n}"].concat();
    let Versioned { version } = serde_json::from_slice(&whole).map_err(|_| ODD)?;
    if version != VERSION {
        return Err("was saved by another version of Switchboard, whose reviews this one does not know");
    }
    let file: File = serde_json::from_slice(&whole).map_err(|_| ODD)?;
    let review = file.review().ok_or(ODD)?;
    too_large(&review).map_or(Ok(review), |_| {
        Err("is of an article that is too large for a review in a file: texts may have 2 MiB, titles 64 KiB")
    })
}

/// Who sits here, as the system calls them.
fn author() -> String {
    let set = ["USER", "LOGNAME", "USERNAME"].into_iter().filter_map(|name| std::env::var(name).ok());
    let name = set.map(|name| Clean::line(&name)).find(|name| !name.is_empty());
    name.map_or_else(|| "unknown".into(), |name| fit(&name, NAME).into_owned())
}

/// Saves a review to a new file, under the name of who sits here. Waits for the disk.
pub(super) fn save(typed: &str, review: FourEyes) -> Handed {
    let path = spelt_out(typed);
    let review = FourEyes { author: author(), ..review };
    match written(&review).and_then(|bytes| put(&path, &bytes)) {
        Ok(()) => Handed::Saved(shown(&path)),
        Err(error) => Handed::NotSaved(format!("{}: {}.", shown(&path), cause(&error))),
    }
}

fn taken(path: &Path) -> io::Result<Vec<u8>> {
    // Opening a pipe would wait for somebody to write into it.
    let waits_for_nobody = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or_default();
    let file = fs::OpenOptions::new().read(true).custom_flags(waits_for_nobody).open(path)?;
    // A pipe or a device has no end, and would keep us for ever.
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is no ordinary file"));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other(TOO_LARGE));
    }
    Ok(bytes)
}

/// Reads a review from a file. Waits for the disk.
pub(super) fn open(typed: &str) -> Handed {
    let path = spelt_out(typed);
    let read = taken(&path).map_err(|error| format!("{}: {}.", shown(&path), cause(&error)));
    match read.and_then(|bytes| read_all(&path, &bytes)) {
        Ok(review) => Handed::Opened(shown(&path), Box::new(review)),
        Err(sentence) => Handed::NotOpened(sentence),
    }
}

fn read_all(path: &Path, bytes: &[u8]) -> Result<FourEyes, String> {
    read(bytes).map_err(|why| format!("{} {why}. Nothing was opened.", shown(path)))
}
