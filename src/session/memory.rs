//! Which tools of a server were accepted, as they were then: a hash of each that is no known read, in a private file per
//! endpoint. Owns that file; refuses to decide what happens to a tool that is not as it was.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use tokio::time::timeout;

use super::{Address, tools};
use crate::domain::link::{Kind, Permit, Tool};

/// Letters of an address that stand in a file's name.
const LETTERS: usize = 80;
/// Bytes of the file that are read; a thousand tools need a tenth of it.
const LONGEST: u64 = 1024 * 1024;
/// How long a disk is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// The tools that were accepted: a hash of each that is no known read, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pins(BTreeMap<String, String>);

impl Pins {
    /// These tools as they are now, beside what was accepted before.
    pub(crate) fn with(&self, tools: &[Tool]) -> Self {
        let mut pins = self.0.clone();
        let pinned = tools.iter().filter(|tool| self.is_pinned(tool));
        pins.extend(pinned.map(|tool| (tool.name.to_string(), hash(tool))));
        Self(pins)
    }

    /// Whether a tool is as it was accepted.
    pub(crate) fn permit(&self, tool: &Tool) -> Permit {
        match self.0.get(tool.name.as_str()) {
            _ if !self.is_pinned(tool) => Permit::Yes,
            None => Permit::New,
            Some(known) if *known == hash(tool) => Permit::Yes,
            Some(_) => Permit::Changed,
        }
    }

    /// Our own reads are never pinned. The server's word that a tool is a read counts only from the first time on.
    fn is_pinned(&self, tool: &Tool) -> bool {
        let name = tool.name.as_str();
        !tools::is_read(name) && (tool.kind != Kind::Read || self.0.contains_key(name))
    }

    /// Reads what [`Self::text`] wrote. An odd entry costs that entry.
    fn read(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let tools = value.get("tools")?.as_object()?.iter();
        Some(Self(tools.filter_map(|(name, hash)| Some((name.clone(), hash.as_str()?.to_owned()))).collect()))
    }

    fn text(&self) -> String {
        format!("{:#}\n", json!({"version": 1, "tools": self.0}))
    }
}

/// A hash of a tool's words and whole definition. The order of its fields does not count.
fn hash(tool: &Tool) -> String {
    let whole = serde_json::from_str(&tool.whole)
        .map_or_else(|_| tool.whole.clone(), |whole| sorted(whole).to_string());
    let description = tool.description.as_str();
    let mut hash = Sha256::new();
    hash.update(description.len().to_le_bytes());
    hash.update(description);
    hash.update(whole);
    hex(&hash.finalize())
}

/// JSON with the fields of every object in order. As deep as the parser lets anything be, which is 128 levels.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.into_iter().map(|(name, value)| (name, sorted(value))).collect();
            fields.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(fields.into_iter().collect::<Map<_, _>>())
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// Where the pins of one endpoint are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    file: Option<PathBuf>,
    /// Counts what is to be written, and says what was, so that the newest stays.
    wanted: u64,
    written: Arc<Mutex<u64>>,
}

impl Memory {
    /// The memory for an address; without a folder nothing is remembered.
    pub(crate) fn new(folder: Option<&Path>, address: &Address) -> Self {
        let file = folder.map(|folder| folder.join(file_name(address)));
        Self { file, ..Self::default() }
    }

    /// What was accepted; none when this server was never seen.
    pub(crate) async fn load(&self) -> Result<Option<Pins>, String> {
        let Some(file) = self.file.clone() else {
            return Ok(None);
        };
        let read = tokio::task::spawn_blocking(move || load(&file));
        done(timeout(PATIENCE, read).await.map(Result::ok))
    }

    /// Writes down what is accepted, off the loop.
    pub(crate) fn save(&mut self, pins: Pins) -> Option<impl Future<Output = Result<(), String>> + use<>> {
        let file = self.file.clone()?;
        self.wanted += 1;
        let (number, written) = (self.wanted, Arc::clone(&self.written));
        Some(async move {
            let write = tokio::task::spawn_blocking(move || {
                let mut written = written.lock().unwrap_or_else(PoisonError::into_inner);
                if *written > number {
                    return Ok(());
                }
                *written = number;
                save(&file, &pins.text())
            });
            done(timeout(PATIENCE, write).await.map(Result::ok))
        })
    }
}

fn done<T>(result: Result<Option<io::Result<T>>, tokio::time::error::Elapsed>) -> Result<T, String> {
    match result {
        Ok(Some(result)) => result.map_err(|error| error.to_string()),
        Ok(None) => Err("it broke off".to_owned()),
        Err(_) => Err("the disk does not answer".to_owned()),
    }
}

/// A name of letters, digits, dots and hyphens that no two addresses share.
fn file_name(address: &Address) -> String {
    let (shown, whole) = match address {
        Address::Http { endpoint, .. } => {
            let port = endpoint.port().map(|port| format!("-{port}")).unwrap_or_default();
            let host = endpoint.host_str().unwrap_or("");
            (format!("{host}{port}{}", endpoint.path()), endpoint.to_string())
        }
        Address::Command(words) => (words.first().cloned().unwrap_or_default(), words.join("\0")),
    };
    let plain = |letter: char| if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '-' };
    let shown: String = shown.trim_matches(['/', '.']).chars().take(LETTERS).map(plain).collect();
    let hash = hex(&Sha256::digest(whole));
    format!("tools-{shown}-{}.json", &hash[..8])
}

fn load(file: &Path) -> io::Result<Option<Pins>> {
    let opened = match File::open(file) {
        Ok(opened) => opened,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut text = Vec::new();
    opened.take(LONGEST).read_to_end(&mut text)?;
    let pins = Pins::read(&String::from_utf8_lossy(&text));
    pins.map(Some).ok_or_else(|| io::Error::other("the file is damaged"))
}

/// Writes beside the file and puts it in its place at once. Only the owner can read it.
fn save(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(text.as_bytes())?;
    new.as_file().sync_all()?;
    new.persist(file)?;
    Ok(())
}

#[cfg(test)]
mod tests;
