//! The index of accounts: one file each, without a secret, so that they can be listed without asking a keyring.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Record, file};
use crate::domain::account::{Origin, Row, Standing};
use crate::domain::text::Clean;
use crate::domain::time::Unix;

/// How index files end.
const ENDING: &str = "account";
/// Files of a folder that are looked at.
const MOST: usize = 1_000;

/// What may be known of an account without opening it.
#[derive(Serialize, Deserialize)]
pub(in crate::session::auth) struct Entry {
    name: String,
    endpoint: String,
    in_keyring: bool,
    signed_in: bool,
    since: Option<i64>,
    until: Option<i64>,
    renews: bool,
    scopes: Vec<String>,
    issuer: String,
}

impl Entry {
    pub(super) fn of(name: &str, record: &Record) -> Self {
        let tokens = record.tokens.as_ref();
        let grant = tokens.and_then(|tokens| tokens.grant.as_ref());
        Self {
            name: name.to_owned(),
            endpoint: record.endpoint.clone(),
            in_keyring: false,
            signed_in: tokens.is_some(),
            since: tokens.map(|tokens| tokens.since),
            until: tokens.and_then(|tokens| tokens.expires),
            renews: tokens.is_some_and(super::Tokens::renews),
            scopes: tokens.map(|tokens| tokens.scopes.clone()).unwrap_or_default(),
            issuer: grant.map(|grant| grant.issuer.clone()).unwrap_or_default(),
        }
    }

    pub(super) fn read(folder: &Path, stem: &str) -> Option<Self> {
        file::read(&self::file(folder, stem))
    }

    pub(super) fn is_of(&self, endpoint: &str) -> bool {
        self.endpoint == endpoint
    }

    pub(super) fn is_in_keyring(&self) -> bool {
        self.in_keyring
    }

    pub(super) fn set_in_keyring(&mut self, in_keyring: bool) {
        self.in_keyring = in_keyring;
    }

    pub(super) fn standing(&self) -> Standing {
        if !self.signed_in {
            return Standing::default();
        }
        Standing {
            origin: self.origin(),
            since: self.since.map(Unix),
            until: self.until.map(Unix),
            renews: self.renews,
            scopes: self.scopes.iter().map(|scope| Clean::line(scope)).collect(),
            issuer: Clean::line(&self.issuer),
        }
    }

    fn origin(&self) -> Origin {
        if self.in_keyring { Origin::Keyring } else { Origin::File }
    }

    /// Whether a sign-in is there that is not over for good.
    fn is_good(&self, now: i64) -> bool {
        self.signed_in && (self.renews || self.until.is_none_or(|until| now < until))
    }

    fn row(&self) -> Row {
        Row {
            name: Clean::line(&self.name),
            endpoint: Clean::line(&self.endpoint),
            origin: self.origin(),
            since: self.since.map(Unix),
        }
    }
}

/// The index file of an account.
pub(super) fn file(folder: &Path, stem: &str) -> PathBuf {
    folder.join(format!("{stem}.{ENDING}"))
}

/// What the files of an account begin with: readable, and different for each name and endpoint.
pub(super) fn stem(name: &str, endpoint: &str) -> String {
    let safe = |character: char| match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' => character,
        _ => '_',
    };
    let mut stem: String = name.trim_start_matches('.').chars().take(40).map(safe).collect();
    let digest = Sha256::digest(format!("{name}\n{endpoint}").as_bytes());
    stem.push('-');
    for byte in &digest[..8] {
        let _ = write!(stem, "{byte:02x}");
    }
    stem
}

/// The accounts that are signed in, by name; of one name, the newest first.
pub(super) fn rows(folder: &Path, now: i64) -> Vec<Row> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let files = files.filter(|path| path.extension().is_some_and(|ending| ending == ENDING)).take(MOST);
    let mut entries: Vec<Entry> = files.filter_map(|path| file::read(&path)).collect();
    entries.retain(|entry| entry.is_good(now));
    entries.sort_by(|a, b| (&a.name, b.since, &a.endpoint).cmp(&(&b.name, a.since, &b.endpoint)));
    entries.iter().map(Entry::row).collect()
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn stems_are_safe_and_their_own() {
        let one = stem("mcp.intercom.com", "https://mcp.intercom.com/mcp");
        assert!(one.starts_with("mcp.intercom.com-"), "{one}");
        assert_ne!(one, stem("mcp.intercom.com", "https://mcp.intercom.com/sse"));
        let odd = stem("../../etc/pass wd", "x");
        assert!(!odd.contains('/') && !odd.starts_with('.'), "{odd}");
        assert_ne!(stem("a/b", "x"), stem("a_b", "x"));
    }
}
