//! One process at a time: a lock on a file, which the system lets go when a process dies. Waits without blocking anybody.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};

use super::file;
use crate::domain::call::{Fault, FaultKind};

/// Between two tries.
const PAUSE: Duration = Duration::from_millis(10);

/// The lock, held until it is dropped. The file stays: removing it would let two processes hold one each.
pub(in crate::session::auth) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock, at most so long.
    pub(super) async fn take(folder: &Path, stem: &str, patience: Duration) -> Result<Self, Fault> {
        let path = folder.join(format!("{stem}.lock"));
        let opened = file::make_folder(folder).and_then(|()| {
            OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&path)
        });
        let file = opened.map_err(|_| unusable(folder))?;
        let locked = async {
            while flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
                tokio::time::sleep(PAUSE).await;
            }
        };
        tokio::time::timeout(patience, locked).await.map_err(|_| busy())?;
        Ok(Self { _file: file })
    }
}

fn unusable(folder: &Path) -> Fault {
    let sentence = format!("The folder for sign-ins, {}, cannot be used.", folder.display());
    Fault::new(FaultKind::SignIn, &sentence, "Check who may write there.")
}

fn busy() -> Fault {
    let sentence = "Another Switchboard is busy with this sign-in and does not finish.";
    Fault::new(FaultKind::TimedOut, sentence, "End the other one, then try again.")
}
