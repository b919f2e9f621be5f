//! The journal's file: whole lines appended one at a time by any number of windows, and read from its end. A line that was
//! cut by a crash costs that line. Owns the locks that tell a living window from one that is gone.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};

use super::line::{Ended, Intent, Listed, Whole, Written};
use crate::domain::journal::{Entry, EntryId, Head, Told};

/// How long another window is waited for that holds the journal, in milliseconds, and how long between two tries.
const PATIENCE: u64 = 3_000;
const BETWEEN: u64 = 25;

/// How much of the end of the file is read for a list, in bytes.
const NEWEST: u64 = 64 * 1024 * 1024;
/// Entries listed at most, the newest ones.
const MOST: usize = 1_000;
/// Folders above the journal's own that may have been made with it.
const ABOVE: usize = 3;
/// A line that is longer is none of ours, in bytes.
const LONGEST: u64 = 32 * 1024 * 1024;

/// The file of one workspace.
pub(super) struct Paper {
    /// None where there is no home.
    folder: Option<PathBuf>,
    /// This window's name.
    window: String,
    /// Locked from the first entry on for as long as this window lives.
    alive: Option<File>,
    open: fn(&Path) -> io::Result<File>,
    /// Puts on disk that a folder has a file.
    pub(super) sync: fn(&Path) -> io::Result<()>,
    /// How long another window is waited for, in milliseconds.
    pub(super) patience: u64,
}

/// What a reading of the file found.
#[derive(Default)]
pub(super) struct Reading {
    /// The newest entries, oldest first, with where their lines begin.
    pub(super) heads: Vec<(Head, u64)>,
    /// Those whose fate nobody told and whose windows are gone.
    pub(super) unsettled: Vec<u64>,
    /// The file, where older entries are in it that were not read.
    pub(super) older_in: Option<PathBuf>,
}

/// Locks without waiting for ever: a window that was stopped may hold the journal as long as it likes.
#[expect(
    clippy::disallowed_methods,
    reason = "the journal's thread has nothing else to do, and no lock tells when it is free"
)]
fn lock(file: &File, how: FlockOperation, patience: u64) -> io::Result<()> {
    let mut waited = 0;
    loop {
        match flock(file, how) {
            Err(rustix::io::Errno::WOULDBLOCK) if waited < patience => {
                std::thread::sleep(Duration::from_millis(BETWEEN));
                waited += BETWEEN;
            }
            Err(rustix::io::Errno::WOULDBLOCK) => {
                let why = "the journal is locked by another window";
                return Err(io::Error::new(io::ErrorKind::WouldBlock, why));
            }
            other => return Ok(other?),
        }
    }
}

/// Puts on disk that a folder has what was made in it. A file system that cannot do that for folders does what it can.
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        other => other,
    }
}

/// Opens the file for appending, private, and makes it where it is not there.
pub(super) fn appending(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path)?;
    if file.metadata()?.is_file() {
        return Ok(file);
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "there is something else in its place"))
}

/// Appends one line and waits until it is on disk. `breaks` ends a line that was cut before.
pub(super) fn write_line(out: &mut impl Write, line: &Written<'_>, breaks: bool) -> io::Result<()> {
    let mut bytes = if breaks { vec![b'\n'] } else { Vec::new() };
    serde_json::to_writer(&mut bytes, line)?;
    bytes.push(b'\n');
    if bytes.len() as u64 > LONGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 32 MiB"));
    }
    out.write_all(&bytes)
}

fn ends_cut(file: &mut File, length: u64) -> io::Result<bool> {
    let mut last = [b'\n'];
    if length > 0 {
        file.seek(SeekFrom::Start(length - 1))?;
        file.read_exact(&mut last)?;
    }
    Ok(last != *b"\n")
}

impl Paper {
    pub(super) fn new(folder: Option<PathBuf>, window: String) -> Self {
        Self { folder, window, alive: None, open: appending, sync: sync_folder, patience: PATIENCE }
    }

    /// The same on another file.
    #[cfg(test)]
    pub(super) fn on(folder: PathBuf, window: &str, open: fn(&Path) -> io::Result<File>) -> Self {
        let mut paper = Self::new(Some(folder), window.to_owned());
        paper.open = open;
        paper
    }

    /// Where this window's lock is, which is also the name that its entries carry.
    fn lock_path(folder: &Path, window: &str) -> PathBuf {
        folder.join(format!("window-{window}.lock"))
    }

    /// Puts an intent on disk, before anything is sent.
    pub(super) fn intend(&mut self, entry: &Entry) -> io::Result<()> {
        let line = Intent::of(entry, &self.window);
        self.append(&Written::Intent(&line), true)
    }

    /// Puts an outcome on disk.
    pub(super) fn end(&mut self, id: &EntryId, told: &Told) -> io::Result<()> {
        self.append(&Written::Outcome(&Ended::of(id, told)), false)
    }

    /// Where the file system takes back what it could not take whole, no half line is left.
    fn append(&mut self, line: &Written<'_>, lives: bool) -> io::Result<()> {
        let no_home = || io::Error::new(io::ErrorKind::NotFound, "there is no home folder");
        let folder = self.folder.clone().ok_or_else(no_home)?;
        super::super::drafts::private_folder(&folder)?;
        let mut file = (self.open)(&path(&folder))?;
        // Let go when the file is closed.
        lock(&file, FlockOperation::NonBlockingLockExclusive, self.patience)?;
        if lives {
            self.live(&folder)?;
        }
        let length = file.metadata()?.len();
        let breaks = ends_cut(&mut file, length)?;
        let written = write_line(&mut file, line, breaks).and_then(|()| file.sync_data());
        // Its first line is not there before its name is.
        let written = written.and_then(|()| if length == 0 { self.born(&folder) } else { Ok(()) });
        if written.is_err() {
            let _ = file.set_len(length);
        }
        written
    }

    /// The file is new, and so may be its folder: both names have to be on disk. What lies above them may be nobody's to open.
    fn born(&self, folder: &Path) -> io::Result<()> {
        (self.sync)(folder)?;
        for above in folder.ancestors().skip(1).take(ABOVE) {
            let _ = (self.sync)(above);
        }
        Ok(())
    }

    /// Shows other windows that this one is there, from its first entry on. The journal is locked meanwhile, so that none of
    /// them finds the file before its lock.
    fn live(&mut self, folder: &Path) -> io::Result<()> {
        if self.alive.is_none() {
            let path = Self::lock_path(folder, &self.window);
            let lock = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)?;
            self::lock(&lock, FlockOperation::NonBlockingLockExclusive, self.patience)?;
            self.alive = Some(lock);
        }
        Ok(())
    }

    /// Whether the window that made an entry is still there, this one included.
    fn is_alive(&self, folder: &Path, window: &str) -> bool {
        if window == self.window {
            return true;
        }
        // A name that is none of ours leads nowhere.
        if EntryId::read(window).is_none() {
            return false;
        }
        let path = Self::lock_path(folder, window);
        let Ok(lock) = File::open(&path) else { return false };
        let taken = flock(&lock, FlockOperation::NonBlockingLockShared);
        if taken.is_ok() {
            let _ = std::fs::remove_file(path);
        }
        taken.is_err()
    }

    /// Reads the newest entries. No file is no entry; one that cannot be read is an error.
    pub(super) fn read(&self) -> io::Result<Reading> {
        let Some(folder) = &self.folder else { return Ok(Reading::default()) };
        let file = match File::open(path(folder)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Reading::default()),
            Err(error) => return Err(error),
        };
        if !file.metadata()?.is_file() {
            return Ok(Reading::default());
        }
        lock(&file, FlockOperation::NonBlockingLockShared, self.patience)?;
        let is_cut = file.metadata()?.len() > NEWEST;
        let mut found = Found::default();
        lines(file, NEWEST, |at, line| found.take(at, line))?;
        let older_in = (is_cut || found.cut).then(|| path(folder));
        Ok(Reading { older_in, ..found.reading(|window| self.is_alive(folder, window)) })
    }

    /// Reads the whole entry whose line begins there.
    pub(super) fn entry(&self, at: u64) -> io::Result<Option<Entry>> {
        let Some(folder) = &self.folder else { return Ok(None) };
        let mut file = File::open(path(folder))?;
        file.seek(SeekFrom::Start(at))?;
        let mut line = Vec::new();
        BufReader::new(file.take(LONGEST)).read_until(b'\n', &mut line)?;
        let Ok(Whole::Intent(intent)) = serde_json::from_slice(&line) else { return Ok(None) };
        Ok(intent.entry())
    }
}

impl Drop for Paper {
    fn drop(&mut self) {
        if let (Some(folder), Some(_)) = (&self.folder, self.alive.take()) {
            let _ = std::fs::remove_file(Self::lock_path(folder, &self.window));
        }
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join("writes.jsonl")
}

/// Every whole line of the last `newest` bytes, with where it begins. One line is held at a time.
pub(super) fn lines(mut file: File, newest: u64, mut take: impl FnMut(u64, &[u8])) -> io::Result<()> {
    let length = file.metadata()?.len();
    let mut at = length.saturating_sub(newest);
    file.seek(SeekFrom::Start(at))?;
    let mut file = BufReader::new(file);
    let mut line = Vec::new();
    let mut skip = at > 0;
    loop {
        line.clear();
        let read = (&mut file).take(LONGEST).read_until(b'\n', &mut line)? as u64;
        if read == 0 {
            return Ok(());
        }
        let is_whole = line.ends_with(b"\n");
        if is_whole && !skip {
            take(at, &line);
        }
        // What goes on after the longest line is none, either.
        skip = !is_whole;
        at += read;
    }
}

/// What was found so far.
#[derive(Default)]
struct Found {
    heads: std::collections::VecDeque<(Head, String, u64)>,
    told: HashMap<String, Told>,
    /// Older ones were let go.
    cut: bool,
}

impl Found {
    fn take(&mut self, at: u64, line: &[u8]) {
        match serde_json::from_slice(line) {
            Ok(Listed::Intent(named)) => {
                let Some(head) = named.head() else { return };
                self.heads.push_back((head, named.window, at));
                if self.heads.len() > MOST
                    && let Some((head, ..)) = self.heads.pop_front()
                {
                    self.cut = true;
                    self.told.remove(head.id.as_str());
                }
            }
            Ok(Listed::Outcome(ended)) => {
                self.told.insert(ended.id.clone(), ended.told());
            }
            Err(_) => {}
        }
    }

    fn reading(mut self, is_alive: impl Fn(&str) -> bool) -> Reading {
        let mut reading = Reading::default();
        let mut windows: HashMap<String, bool> = HashMap::new();
        for (mut head, window, at) in self.heads {
            head.told = self.told.remove(head.id.as_str());
            if head.told.is_none() && !*windows.entry(window).or_insert_with_key(|window| is_alive(window)) {
                reading.unsettled.push(at);
            }
            reading.heads.push((head, at));
        }
        reading
    }
}
