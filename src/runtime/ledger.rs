//! A small book on disk that several windows write into: whole lines of JSON, appended under a lock and read again by the
//! others. What a line means is its owner's; here are the lock, the file, its compaction, and what a crash left behind.

#[cfg(test)]
mod tests;

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read as _, Seek, SeekFrom, Write as _};
use std::marker::PhantomData;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rustix::fs::{FlockOperation, flock};

use super::drafts::private_folder;

/// How long another window is waited for that holds the book, in milliseconds, and how long between two tries.
const PATIENCE: u64 = 3_000;
const BETWEEN: u64 = 25;
/// A line that is longer is none of ours, in bytes.
const LONGEST: u64 = 64 * 1024;
/// Lines more than stand in the book before it is written anew, at start.
const SLACK: usize = 1_000;

/// One line of a book.
pub(super) trait Line: Sized + Clone {
    /// What the book's files are called.
    const NAME: &'static str;

    /// The line without its end.
    fn written(&self) -> io::Result<Vec<u8>>;

    /// None for a line that is none.
    fn read(line: &[u8]) -> Option<Self>;

    /// What stands after all of these lines.
    fn fold(lines: Vec<Self>) -> Vec<Self>;
}

/// What a reading brought.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct News<L> {
    /// The lines are all there are, not those after the last reading.
    pub(super) whole: bool,
    /// In the order of the file.
    pub(super) lines: Vec<L>,
    /// Lines that could not be read, and where they are kept now, if they are.
    pub(super) broken: Option<(usize, Option<PathBuf>)>,
}

impl<L> Default for News<L> {
    fn default() -> Self {
        Self { whole: false, lines: Vec::new(), broken: None }
    }
}

/// Which file: numbers are used again, moments of birth are not.
type Which = (u64, Option<SystemTime>);

fn which(file: &File) -> io::Result<Which> {
    let known = file.metadata()?;
    Ok((known.ino(), known.created().ok()))
}

/// The book of one workspace.
pub(super) struct Ledger<L> {
    /// None where there is no home.
    folder: Option<PathBuf>,
    /// How far the file was read, and which file that was.
    seen: Option<(Which, u64)>,
    patience: u64,
    line: PhantomData<L>,
}

/// What stands in a file from some byte on.
struct Found<L> {
    lines: Vec<L>,
    /// Byte for byte, with their ends.
    broken: Vec<Vec<u8>>,
    /// The end of the file, where no line has ended yet: somebody is writing it, or was cut off.
    cut: Vec<Vec<u8>>,
    /// Where the last whole line ends.
    end: u64,
}

/// Locks without waiting for ever: a window that was stopped may hold the book as long as it likes.
#[expect(
    clippy::disallowed_methods,
    reason = "the book's thread has nothing else to do, and no lock tells when it is free"
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
                return Err(io::Error::new(io::ErrorKind::WouldBlock, "another window holds them"));
            }
            other => return Ok(other?),
        }
    }
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600);
    options
}

/// None when there is no such file.
fn there(path: &Path) -> io::Result<Option<File>> {
    match File::open(path) {
        Ok(file) if file.metadata()?.is_file() => Ok(Some(file)),
        Ok(_) => Err(io::Error::new(io::ErrorKind::InvalidInput, "there is something else in their place")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Reads lines, one at a time in memory.
fn lines<L: Line>(mut file: File, from: u64) -> io::Result<Found<L>> {
    file.seek(SeekFrom::Start(from))?;
    let mut file = BufReader::new(file);
    let mut found = Found { lines: Vec::new(), broken: Vec::new(), cut: Vec::new(), end: from };
    let (mut line, mut at) = (Vec::new(), from);
    loop {
        line.clear();
        let read = (&mut file).take(LONGEST).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(found);
        }
        at += read as u64;
        if !line.ends_with(b"\n") {
            found.cut.push(line.clone());
            continue;
        }
        found.end = at;
        match L::read(line.trim_ascii()).filter(|_| found.cut.is_empty()) {
            Some(line) => found.lines.push(line),
            None if line.trim_ascii().is_empty() && found.cut.is_empty() => {}
            None => {
                found.broken.append(&mut found.cut);
                found.broken.push(line.clone());
            }
        }
    }
}

fn bytes<L: Line>(lines: &[L]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for line in lines {
        bytes.extend(line.written()?);
        bytes.push(b'\n');
    }
    Ok(bytes)
}

fn ends_cut(file: &mut File, length: u64) -> io::Result<bool> {
    let mut last = [b'\n'];
    if length > 0 {
        file.seek(SeekFrom::Start(length - 1))?;
        file.read_exact(&mut last)?;
    }
    Ok(last != *b"\n")
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

impl<L: Line> Ledger<L> {
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, seen: None, patience: PATIENCE, line: PhantomData }
    }

    fn path(folder: &Path) -> PathBuf {
        folder.join(format!("{}.jsonl", L::NAME))
    }

    /// The file that is locked in place of the book, which may be replaced by another one.
    fn locked(&self, folder: &Path, how: FlockOperation) -> io::Result<File> {
        let path = folder.join(format!("{}.lock", L::NAME));
        let file = private().open(&path).or_else(|error| match there(&path) {
            Ok(Some(file)) => Ok(file),
            Ok(None) | Err(_) => Err(error),
        })?;
        lock(&file, how, self.patience)?;
        Ok(file)
    }

    /// Everything, at start. What grew much longer than what stands in it is written anew, and so is one with broken lines,
    /// which are kept aside.
    pub(super) fn begin(&mut self) -> io::Result<News<L>> {
        let Some(folder) = self.folder.clone() else { return Ok(News { whole: true, ..News::default() }) };
        let Some(file) = there(&Self::path(&folder))? else {
            return Ok(News { whole: true, ..News::default() });
        };
        // Where nothing can be locked, nothing can be written, and what is there can still be read.
        let Ok(_lock) = self.locked(&folder, FlockOperation::NonBlockingLockExclusive) else {
            return self.news(file, 0);
        };
        // Another window may have replaced it while we waited.
        let file = there(&Self::path(&folder))?.unwrap_or(file);
        let which = which(&file)?;
        let mut found: Found<L> = lines(file, 0)?;
        // Nobody writes while we hold the lock: what has no end was cut off.
        found.broken.append(&mut found.cut);
        let (count, broken) = (found.lines.len(), found.broken.len());
        let kept = L::fold(found.lines);
        self.seen = Some((which, found.end));
        let aside = if broken > 0 { put_aside::<L>(&folder, &found.broken).ok() } else { None };
        // What is broken leaves the book only once it is safe elsewhere.
        let mends = broken > 0 && aside.is_some();
        if mends || (broken == 0 && count > kept.len() + SLACK) {
            // A disk that does not take it has lost nothing.
            let _ = self.replace(&folder, &kept);
        }
        let broken = (broken > 0).then_some((broken, aside));
        Ok(News { whole: true, lines: kept, broken })
    }

    fn news(&mut self, file: File, from: u64) -> io::Result<News<L>> {
        let which = which(&file)?;
        let found: Found<L> = lines(file, from)?;
        self.seen = Some((which, found.end));
        let broken = (from == 0 && !found.broken.is_empty()).then_some((found.broken.len(), None));
        Ok(News { whole: from == 0, lines: found.lines, broken })
    }

    /// What others put down since the last look.
    pub(super) fn look(&mut self) -> io::Result<News<L>> {
        let Some(folder) = self.folder.clone() else { return Ok(News::default()) };
        let Some(file) = there(&Self::path(&folder))? else { return Ok(News::default()) };
        // What cannot be locked can be read all the same, up to its last whole line.
        let _lock = self.locked(&folder, FlockOperation::NonBlockingLockShared).ok();
        let file = there(&Self::path(&folder))?.unwrap_or(file);
        self.newer(file)
    }

    fn newer(&mut self, file: File) -> io::Result<News<L>> {
        let (which, length) = (which(&file)?, file.metadata()?.len());
        let same = self.seen.filter(|(seen, end)| *seen == which && *end <= length);
        match same {
            Some((_, end)) if end == length => Ok(News::default()),
            Some((_, end)) => self.news(file, end),
            None => self.news(file, 0),
        }
    }

    /// Appends lines and waits until they are on disk. Gives what others put down before them. What the file system could not
    /// take whole leaves nothing behind.
    pub(super) fn append(&mut self, new: &[L]) -> io::Result<News<L>> {
        let no_home = || io::Error::new(io::ErrorKind::NotFound, "there is no home folder");
        let folder = self.folder.clone().ok_or_else(no_home)?;
        private_folder(&folder)?;
        let _lock = self.locked(&folder, FlockOperation::NonBlockingLockExclusive)?;
        let path = Self::path(&folder);
        let before = self.seen;
        let news = there(&path)?.map_or_else(|| Ok(News::default()), |file| self.newer(file))?;
        let put_down = self.put_down(&folder, &path, new);
        if put_down.is_err() {
            // What others put down is told nobody then, and is still to be read.
            self.seen = before;
        }
        put_down.map(|()| news)
    }

    /// Whoever calls holds the lock.
    fn put_down(&mut self, folder: &Path, path: &Path, new: &[L]) -> io::Result<()> {
        let mut file = OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path)?;
        let length = file.metadata()?.len();
        let mut bytes = bytes(new)?;
        if ends_cut(&mut file, length)? {
            bytes.insert(0, b'\n');
        }
        let written = file.write_all(&bytes).and_then(|()| file.sync_data());
        let written = written.and_then(|()| if length == 0 { sync_folder(folder) } else { Ok(()) });
        if let Err(error) = written {
            let _ = file.set_len(length);
            return Err(error);
        }
        self.seen = Some((which(&file)?, length + bytes.len() as u64));
        Ok(())
    }

    /// Writes the book anew. Whoever calls holds its lock.
    fn replace(&mut self, folder: &Path, lines: &[L]) -> io::Result<()> {
        // `tempfile` makes files that only their owner can read.
        let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
        let bytes = bytes(lines)?;
        temporary.write_all(&bytes)?;
        temporary.as_file().sync_data()?;
        let file = temporary.persist(Self::path(folder)).map_err(|error| error.error)?;
        self.seen = Some((which(&file)?, bytes.len() as u64));
        sync_folder(folder)
    }
}

/// Keeps broken lines in a file beside the book.
fn put_aside<L: Line>(folder: &Path, broken: &[Vec<u8>]) -> io::Result<PathBuf> {
    let path = folder.join(format!("{}.unreadable", L::NAME));
    let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(&path)?;
    for line in broken {
        file.write_all(line)?;
        if !line.ends_with(b"\n") {
            file.write_all(b"\n")?;
        }
    }
    file.sync_data()?;
    sync_folder(folder)?;
    Ok(path)
}
