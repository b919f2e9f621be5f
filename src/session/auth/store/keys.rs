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

/// Forgets a record; false when it may still be there.
pub(super) fn remove(stem: &str) -> bool {
    is_gone(&keyring::Entry::new(SERVICE, stem).and_then(|entry| entry.delete_credential()))
}

/// What is not there needs no removing; a keyring that is locked or away keeps what it has.
fn is_gone(removed: &keyring::Result<()>) -> bool {
    matches!(removed, Ok(()) | Err(keyring::Error::NoEntry))
}

#[cfg(test)]
mod tests {
    use keyring::Error;

    use super::is_gone;

    #[test]
    fn only_what_is_gone_counts_as_gone() {
        assert!(is_gone(&Ok(())) && is_gone(&Err(Error::NoEntry)));
        assert!(!is_gone(&Err(Error::NoStorageAccess("locked".into()))));
        assert!(!is_gone(&Err(Error::PlatformFailure("away".into()))));
    }
}
