//! `--record FILE`. Owns how the file is opened: for its owner only, whatever was there before.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::exit::{Exit, Refusal};
use crate::session::secrets::Secrets;
use crate::session::tap::Tap;

/// A tap that writes to the file that was asked for, if any.
pub fn tap(record: Option<&Path>) -> Result<Tap, Refusal> {
    Ok(Tap::new(Secrets::default(), None, self::record(record)?))
}

/// The file that was asked for, if any, ready to be written.
pub fn record(record: Option<&Path>) -> Result<Option<Box<dyn Write + Send>>, Refusal> {
    let record = record.map(|path| {
        open(path).map_err(|error| {
            Refusal::new(
                Exit::Error,
                format!("{} cannot be written for the recording: {error}.", path.display()),
            )
        })
    });
    Ok(record.transpose()?.map(|file| Box::new(file) as Box<dyn Write + Send>))
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    if file.metadata()?.is_file() {
        file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    }
    Ok(file)
}
