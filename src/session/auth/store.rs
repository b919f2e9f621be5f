//! Where a sign-in is kept: the system keyring where that works and is wanted, else a file only its owner can read, else
//! memory. Owns the order in which things are written, so that a process that dies leaves the old or the new, never neither.

mod file;
mod index;
mod keys;
mod lock;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use super::Secrets;
use super::registration::Registration;
use super::tokens::Tokens;
use super::{clock, faults};
use crate::domain::account::{Origin, Row, Standing};
use crate::domain::call::{Fault, FaultKind};
pub(super) use index::Entry;
pub(super) use lock::Lock;

/// Longer than one request to a token endpoint may take.
const RENEWING: Duration = Duration::from_secs(45);
/// Longer than a person may take in the browser.
const SIGNING: Duration = Duration::from_secs(16 * 60);
/// For a disk, or for a keyring that asks a person to unlock it.
const BLOCKED: Duration = Duration::from_secs(60);

/// All that is kept of one account. Has no `Debug`.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Record {
    /// The endpoint it is for, so that a file that was moved or renamed helps nobody.
    pub(super) endpoint: String,
    pub(super) tokens: Option<Tokens>,
    pub(super) registrations: Vec<Registration>,
}

/// The store of one account.
pub(super) struct Store {
    place: Option<Place>,
    /// What holds instead of the disk: where there is none, or while it cannot be written.
    memory: Mutex<Option<Record>>,
    name: String,
    endpoint: String,
    secrets: Secrets,
}

/// Where on this machine.
#[derive(Clone)]
struct Place {
    folder: PathBuf,
    stem: String,
    keyring: bool,
}

impl Store {
    pub(super) fn new(
        name: &str,
        endpoint: &Url,
        folder: Option<PathBuf>,
        keyring: bool,
        secrets: Secrets,
    ) -> Self {
        let stem = index::stem(name, endpoint.as_str());
        Self {
            place: folder.map(|folder| Place { folder, stem, keyring }),
            memory: Mutex::default(),
            name: name.to_owned(),
            endpoint: endpoint.to_string(),
            secrets,
        }
    }

    /// What is kept now, and where. Another process may have written it.
    pub(super) async fn load(&self) -> (Record, Origin) {
        let (record, origin) = match (self.memory(), self.place.clone()) {
            (None, Some(place)) => blocking(move || place.load()).await.unwrap_or_default(),
            (memory, _) => (memory.unwrap_or_default(), Origin::None),
        };
        match self.ours(record) {
            Some(record) => (record, origin),
            None => (Record::default(), Origin::None),
        }
    }

    /// A record that is for this endpoint; its secrets are known from now on.
    fn ours(&self, record: Record) -> Option<Record> {
        let record = Some(record).filter(|record| record.endpoint == self.endpoint)?;
        let tokens = record.tokens.iter().flat_map(Tokens::secrets);
        let registrations = record.registrations.iter().flat_map(Registration::secrets);
        tokens.chain(registrations).for_each(|secret| self.secrets.learn(secret));
        Some(record)
    }

    /// Changes what is kept, under the lock of all processes.
    pub(super) async fn change(&self, change: impl FnOnce(&mut Record) + Send) -> Result<Origin, Fault> {
        let _lock = self.lock().await?;
        let (mut record, _) = self.load().await;
        change(&mut record);
        self.save(record).await
    }

    /// Keeps this, whole or not at all. Whoever calls holds the lock.
    pub(super) async fn save(&self, mut record: Record) -> Result<Origin, Fault> {
        record.endpoint.clone_from(&self.endpoint);
        // Even when the disk takes nothing, a new pair is used from here on: the old one is spent.
        self.remember(Some(record.clone()));
        let Some(place) = self.place.clone() else { return Ok(Origin::None) };
        let folder = place.folder.display().to_string();
        let mut entry = Entry::of(&self.name, &record);
        let saved = blocking(move || place.save(&record, &mut entry)).await;
        let origin = saved.and_then(Result::ok).ok_or_else(|| {
            let sentence =
                format!("The sign-in could not be kept in {folder}; it lasts until this program ends.");
            faults::refused_because(&sentence, "Check that there is room and that the folder can be written.")
        })?;
        self.remember(None);
        Ok(origin)
    }

    fn memory(&self) -> Option<Record> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn remember(&self, record: Option<Record>) {
        *self.memory.lock().unwrap_or_else(PoisonError::into_inner) = record;
    }

    /// Forgets everything and gives what there was, and whether all of it is gone from here. What was begun on the disk goes
    /// on when the future is dropped.
    pub(super) async fn leave(&self) -> (Record, bool) {
        let memory = self.memory();
        self.remember(None);
        let (kept, is_gone) = match self.place.clone() {
            Some(place) => blocking(move || place.leave()).await.unwrap_or_default(),
            None => (Record::default(), true),
        };
        (self.ours(memory.unwrap_or(kept)).unwrap_or_default(), is_gone)
    }

    /// The lock of all processes on this account; none where nothing is shared.
    pub(super) async fn lock(&self) -> Result<Option<Lock>, Fault> {
        match &self.place {
            Some(place) => Lock::take(&place.folder, &place.stem, RENEWING).await.map(Some),
            None => Ok(None),
        }
    }

    /// The turn of one process to open a browser by itself; none where nothing is shared.
    pub(super) async fn browser_turn(&self) -> Result<Option<Lock>, Fault> {
        let Some(place) = &self.place else { return Ok(None) };
        let stem = format!("{}.browser", place.stem);
        // A folder that cannot be used is told when the sign-in is to be kept, not before.
        match Lock::take(&place.folder, &stem, SIGNING).await {
            Err(fault) if fault.kind != FaultKind::TimedOut => Ok(None),
            turn => turn.map(Some),
        }
    }

    /// How we stand by the index alone, without a secret. Reads one small file.
    pub(super) fn standing(&self) -> Standing {
        let entry = self.place.as_ref().and_then(|place| Entry::read(&place.folder, &place.stem));
        entry.filter(|entry| entry.is_of(&self.endpoint)).map(|entry| entry.standing()).unwrap_or_default()
    }
}

impl Place {
    fn load(&self) -> (Record, Origin) {
        let entry = Entry::read(&self.folder, &self.stem);
        if entry.is_some_and(|entry| entry.is_in_keyring())
            && self.keyring
            && let Some(record) = keys::get(&self.stem)
        {
            return (record, Origin::Keyring);
        }
        match file::read(&self.secret_file()) {
            Some(record) => (record, Origin::File),
            None => (Record::default(), Origin::None),
        }
    }

    /// The secret first, then the index that says where it is, then the place it was before.
    fn save(&self, record: &Record, entry: &mut Entry) -> std::io::Result<Origin> {
        file::make_folder(&self.folder)?;
        let in_keyring = self.keyring && keys::set(&self.stem, record);
        if !in_keyring {
            file::write(&self.secret_file(), record)?;
        }
        entry.set_in_keyring(in_keyring);
        file::write(&index::file(&self.folder, &self.stem), entry)?;
        if in_keyring {
            let _ = std::fs::remove_file(self.secret_file());
        }
        Ok(if in_keyring { Origin::Keyring } else { Origin::File })
    }

    /// Takes all away, the files first: they say that somebody is signed in, and a keyring may wait for a person. What stands
    /// in the keyring goes, whether it is used now or not.
    fn leave(&self) -> (Record, bool) {
        let entry = Entry::read(&self.folder, &self.stem);
        let mut record = file::read(&self.secret_file()).unwrap_or_default();
        let files = [self.secret_file(), index::file(&self.folder, &self.stem)];
        let left = files.iter().filter(|path| !file::remove(path)).count();
        let mut is_gone = left == 0;
        if entry.is_some_and(|entry| entry.is_in_keyring()) {
            record = keys::get(&self.stem).unwrap_or(record);
            is_gone &= keys::remove(&self.stem);
        }
        (record, is_gone)
    }

    fn secret_file(&self) -> PathBuf {
        self.folder.join(format!("{}.secret", self.stem))
    }
}

/// The accounts that are signed in, by name; of one name, the newest first.
pub(super) fn rows(folder: &Path) -> Vec<Row> {
    index::rows(folder, clock::now())
}

/// Runs what may wait for a disk or for a keyring beside the runtime.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::time::timeout(BLOCKED, tokio::task::spawn_blocking(work)).await.ok()?.ok()
}
