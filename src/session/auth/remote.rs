//! mcp-remote's sign-in (0.1 and 0.15 layouts), read and never written: its refresh token is never spent, which would sign
//! out the program that owns it. Owns where its files are.

use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use md5::{Digest as _, Md5};
use serde_json::Value;
use url::Url;

use super::clock;
use super::tokens::Tokens;

/// Bytes of one of its files that are read.
const LARGEST: u64 = 64 * 1024;
/// Folders that are looked into: it had one for each of its versions.
const MOST_FOLDERS: usize = 200;

/// Its newest access token for exactly this endpoint that has not ended.
pub(super) fn find(folder: &Path, endpoint: &Url, now: i64) -> Option<Tokens> {
    let names: Vec<String> =
        spellings(endpoint).iter().map(|text| format!("{}_tokens.json", prefix(text))).collect();
    let folders = fs::read_dir(folder).ok()?.flatten().take(MOST_FOLDERS).map(|entry| entry.path());
    let ours = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("mcp-remote-"))
    };
    let files = folders
        .filter(ours)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)).collect::<Vec<_>>());
    let mut found: Vec<(i64, Tokens)> = files.filter_map(|file| read(&file)).collect();
    found.sort_by_key(|(written, _)| std::cmp::Reverse(*written));
    found.into_iter().map(|(_, tokens)| tokens).find(|tokens| !tokens.is_over(now))
}

/// A person may have left out the slash that an address without a path gets.
fn spellings(endpoint: &Url) -> Vec<String> {
    let whole = endpoint.to_string();
    let bare = whole.strip_suffix('/').filter(|_| endpoint.path() == "/").map(str::to_owned);
    std::iter::once(whole).chain(bare).collect()
}

/// What its files for an address begin with.
pub(super) fn prefix(address: &str) -> String {
    Md5::digest(address.as_bytes()).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A file's token with the moment it was written, Unix seconds. Newer files say when it ends, in milliseconds; of older ones
/// it is guessed from when they were written.
fn read(path: &Path) -> Option<(i64, Tokens)> {
    let mut text = String::new();
    let file = fs::File::open(path).ok()?;
    let written = clock::unix(file.metadata().ok()?.modified().ok()?);
    file.take(LARGEST).read_to_string(&mut text).ok()?;
    let value: Value = serde_json::from_str(&text).ok()?;
    let access = value.get("access_token")?.as_str()?.to_owned();
    let number = |name: &str| value.get(name).and_then(Value::as_i64);
    let said = number("expires_at").map(|milliseconds| milliseconds / 1000);
    let ends = said.or_else(|| number("expires_in").map(|seconds| written.saturating_add(seconds)));
    let tokens = Tokens::plain(access, written, ends);
    tokens.authorization().is_some().then_some((written, tokens))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn prefixes_are_those_of_the_bridge() {
        assert_eq!(prefix("https://mcp.intercom.com/mcp"), "2b6e236cccc0fbb64ea0556af272963f");
        assert_eq!(prefix("https://mcp.intercom.com/sse"), "3ba49181314b058915c2a74135eeb199");
        assert_eq!(prefix("https://mcp.eu.intercom.com/mcp"), "ebc6cc25dbb5db741c9c0c35064f102e");
    }

    fn put(folder: &Path, version: &str, address: &str, json: &str, written: u64) -> PathBuf {
        let folder = folder.join(version);
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{}_tokens.json", prefix(address)));
        fs::write(&path, json).unwrap();
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(written);
        fs::File::options().write(true).open(&path).unwrap().set_modified(at).unwrap();
        path
    }

    #[test]
    fn the_newest_that_has_not_ended_of_exactly_this_address() {
        let folder = tempfile::tempdir().unwrap();
        let url = "https://mcp.intercom.com/mcp";
        let endpoint = Url::parse(url).unwrap();
        let find = |now| find(folder.path(), &endpoint, now).map(|tokens| tokens.access);
        assert_eq!(find(0), None);
        put(folder.path(), "mcp-remote-0.1.38", url, r#"{"access_token":"old","expires_in":3600}"#, 1000);
        put(folder.path(), "mcp-remote-0.1.38", "https://other/mcp", r#"{"access_token":"other"}"#, 9000);
        put(folder.path(), "something-else", url, r#"{"access_token":"foreign"}"#, 9000);
        assert_eq!(find(4599).as_deref(), Some("old"));
        assert_eq!(find(4600), None);
        put(
            folder.path(),
            "mcp-remote-v1",
            url,
            r#"{"access_token":"new","expires_at":2000500,"expires_in":9}"#,
            1500,
        );
        assert_eq!(find(1999).as_deref(), Some("new"));
        assert_eq!(find(2000).as_deref(), Some("old"), "the newer one has ended");
        put(folder.path(), "mcp-remote-v2", url, "{ torn", 1700);
        assert_eq!(find(1999).as_deref(), Some("new"));
    }
}
