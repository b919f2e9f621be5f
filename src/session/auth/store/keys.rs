//! The system keyring. It may be missing, locked or gone; then it just does not work and a file takes its place.

use super::Record;

/// Under which name the keyring shows our entries.
const SERVICE: &str = "switchboard";

/// The record of this account.
pub(super) fn get(stem: &str) -> Option<Record> {
    let text = keyring::Entry::new(SERVICE, stem).ok()?.get_password().ok()?;
    serde_json::from_str(&text).ok()
}

/// Keeps a record; false when there is no keyring that takes it.
pub(super) fn set(stem: &str, record: &Record) -> bool {
    let Ok(text) = serde_json::to_string(record) else { return false };
    keyring::Entry::new(SERVICE, stem).is_ok_and(|entry| entry.set_password(&text).is_ok())
}

/// Forgets a record.
pub(super) fn remove(stem: &str) {
    if let Ok(entry) = keyring::Entry::new(SERVICE, stem) {
        let _ = entry.delete_credential();
    }
}
