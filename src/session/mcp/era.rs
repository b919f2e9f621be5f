//! Which era of the protocol a server was found to speak, remembered between runs so that it is not probed each time. One
//! small file per endpoint; a file that is missing or odd means that nothing is known.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use url::Url;

/// Bytes of a file that are read.
const LONGEST: u64 = 4_096;
/// Seconds after which a server found to speak only the oldest way is asked for a newer one again: one bad moment must not
/// decide for ever.
const OLDEST_HOLDS: i64 = 24 * 3_600;
/// For a slow disk; without its answer nothing is known.
const PATIENCE: Duration = Duration::from_secs(1);

/// How a server talks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Era {
    /// Without greetings and sessions (2026-07-28).
    Modern,
    /// With `initialize` (2025-11-25 and older).
    Legacy,
    /// HTTP+SSE (2024-11-05).
    Oldest,
}

impl Era {
    const ALL: [Self; 3] = [Self::Modern, Self::Legacy, Self::Oldest];

    fn word(self) -> &'static str {
        match self {
            Self::Modern => "modern",
            Self::Legacy => "legacy",
            Self::Oldest => "http-sse",
        }
    }
}

/// Where the era of one endpoint is remembered; without a folder nothing is.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    file: Option<PathBuf>,
}

impl Memory {
    /// In this folder, for this endpoint.
    pub(super) fn new(folder: Option<&Path>, endpoint: &Url) -> Self {
        Self { file: folder.map(|folder| folder.join(name(endpoint))) }
    }

    /// What was found last time.
    pub(super) async fn era(&self) -> Option<Era> {
        let file = self.file.clone()?;
        let now = now();
        timeout(PATIENCE, spawn_blocking(move || read(&file, now))).await.ok()?.ok()?
    }

    /// Remembers what was found. That it cannot be written costs one probe next time and is not told.
    pub(super) async fn found(&self, era: Era) {
        let Some(file) = self.file.clone() else { return };
        let now = now();
        let written = spawn_blocking(move || {
            if read(&file, now) != Some(era) {
                let _ = write(&file, &json!({ "era": era.word(), "at": now }).to_string());
            }
        });
        let _ = timeout(PATIENCE, written).await;
    }
}

fn read(file: &Path, now: i64) -> Option<Era> {
    let about = std::fs::metadata(file).ok()?;
    if !about.is_file() || about.len() > LONGEST {
        return None;
    }
    let value: Value = serde_json::from_slice(&std::fs::read(file).ok()?).ok()?;
    let word = value.get("era")?.as_str()?;
    let era = Era::ALL.into_iter().find(|era| era.word() == word)?;
    let at = value.get("at").and_then(Value::as_i64).unwrap_or_default();
    let holds = (0..OLDEST_HOLDS).contains(&now.saturating_sub(at));
    (era != Era::Oldest || holds).then_some(era)
}

/// Unix seconds.
#[expect(
    clippy::disallowed_methods,
    reason = "what is remembered between runs has a date by the wall clock only"
)]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

fn write(file: &Path, text: &str) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
    fresh.write_all(text.as_bytes())?;
    fresh.persist(file)?;
    Ok(())
}

/// The file's name: the host for people, and a digest of the whole address, whose query may hold a secret.
fn name(endpoint: &Url) -> String {
    let host = endpoint.host_str().unwrap_or("");
    let fits = |character: char| character.is_ascii_alphanumeric() || character == '.';
    let host: String = host.chars().map(|character| if fits(character) { character } else { '-' }).collect();
    let mut name = format!("era-{host}-");
    for byte in &Sha256::digest(endpoint.as_str())[..8] {
        let _ = write!(name, "{byte:02x}");
    }
    name.push_str(".json");
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_way_is_remembered_for_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("era.json");
        let says = |text: &str, now: i64| {
            std::fs::write(&file, text).unwrap();
            read(&file, now)
        };
        let oldest = r#"{"era": "http-sse", "at": 1000}"#;
        assert_eq!(says(oldest, 1_000 + OLDEST_HOLDS - 1), Some(Era::Oldest));
        assert_eq!(says(oldest, 1_000 + OLDEST_HOLDS), None);
        assert_eq!(says(oldest, 999), None, "the clock was set back");
        assert_eq!(says(r#"{"era": "http-sse"}"#, 1_000_000_000), None, "without a date");
        assert_eq!(says(r#"{"era": "legacy", "at": 1000}"#, i64::MAX), Some(Era::Legacy));
    }

    #[tokio::test]
    async fn remembers_by_endpoint_and_takes_odd_files_for_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let deeper = folder.path().join("servers");
        let one: Url = "https://user@[::1]:8443/mcp?key=secret".parse().unwrap();
        let other: Url = "https://[::1]:8443/other".parse().unwrap();
        let memory = Memory::new(Some(&deeper), &one);
        assert_eq!(memory.era().await, None);
        for era in Era::ALL {
            memory.found(era).await;
            assert_eq!(Memory::new(Some(&deeper), &one).era().await, Some(era));
        }
        assert_eq!(Memory::new(Some(&deeper), &other).era().await, None);
        for odd in ["", "{", "[]", "{\"era\": 7}", "{\"era\": \"future\"}"] {
            std::fs::write(memory.file.as_ref().unwrap(), odd).unwrap();
            assert_eq!(memory.era().await, None, "{odd}");
        }
        assert_eq!(Memory::new(None, &one).era().await, None);
    }

    #[test]
    fn names_hold_no_query() {
        let name = name(&"https://h.example:1/mcp?key=s3cret".parse().unwrap());
        assert!(name.starts_with("era-h.example-") && !name.contains("s3cret"), "{name}");
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c)), "{name}");
    }
}
