//! New files that a person named: private, whole or not at all, never over one that is there. Owns how a typed path is read,
//! how it is shown, and what is said when nothing was written.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::domain::text::{fit, reveal};

/// A path as it was typed: `~/` is the home folder.
pub(super) fn spelt_out(typed: &str) -> PathBuf {
    let home = typed.strip_prefix("~/").and_then(|rest| Some((directories::BaseDirs::new()?, rest)));
    home.map_or_else(|| PathBuf::from(typed), |(dirs, rest)| dirs.home_dir().join(rest))
}

/// A path for a sentence: one line, safe to show.
pub(super) fn shown(path: &Path) -> String {
    fit(&reveal(&path.display().to_string()), 200).into_owned()
}

/// Why nothing was read or written, as the end of a sentence that begins with the path.
#[expect(clippy::wildcard_enum_match_arm, reason = "the common causes get plain words, the rest their own")]
pub(super) fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AlreadyExists => "there is a file of that name already; choose another name".into(),
        io::ErrorKind::NotFound => "there is no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "it may not be read or written".into(),
        io::ErrorKind::IsADirectory => "it is a folder".into(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".into(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".into(),
        _ => error.to_string(),
    }
}

/// Writes a new file that only its owner can read, whole or not at all; one that is there stays as it is.
pub(super) fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write(path, |file| file.write_all(bytes))
}

/// The same, written piece by piece.
pub(super) fn write(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // `tempfile` makes files that only their owner can read.
    let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
    let mut pieces = io::BufWriter::new(temporary.as_file_mut());
    fill(&mut pieces)?;
    pieces.flush()?;
    drop(pieces);
    temporary.as_file().sync_data()?;
    temporary.persist_noclobber(path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_written_whole_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.json");
        let full = write(&path, |file| {
            file.write_all(&vec![b'x'; 100_000])?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert_eq!(cause(&full.unwrap_err()), "the disk is full");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        put(&path, b"1").unwrap();
        let again = put(&path, b"2").unwrap_err();
        assert_eq!(cause(&again), "there is a file of that name already; choose another name");
        assert_eq!(cause(&put(folder.path(), b"2").unwrap_err()), "it is a folder");
        assert_eq!(
            (std::fs::read(&path).unwrap(), std::fs::read_dir(folder.path()).unwrap().count()),
            (b"1".to_vec(), 1)
        );
    }
}
