//! A text in the person's own editor: `$VISUAL`, else `$EDITOR`, else vi, with the terminal as it was before us. The text lies
//! in a file that nobody else can read, in a folder of its own, so that what an editor puts beside it goes with it.
//!
//! The editor shares our process group, as with git: the terminal's Ctrl-Z stops both, and its Ctrl-C is the editor's alone.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use super::signals::Leaving;

/// A larger text is not taken back, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// How long an editor may take to end when we have to leave.
const GOODBYE: Duration = Duration::from_secs(1);

/// Variables of ours that are nobody else's business.
const SECRETS: [&str; 3] = ["INTERCOM_ACCESS_TOKEN", "SWITCHBOARD_TOKEN", "INTERCOM_AUTH_HEADER"];

/// A text on its way to an editor.
#[derive(Debug)]
pub(super) struct Outside {
    /// The text.
    pub(super) text: String,
    /// The name of the file.
    pub(super) name: String,
}

/// How it ended.
pub(super) enum Ended {
    /// The editor ended: what was saved, none when it is as it went; or a sentence.
    Back(Result<Option<String>, String>),
    /// We have to leave.
    Left,
}

/// The command line of the editor, as the shell takes it.
fn chosen() -> String {
    let of = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    of("VISUAL").or_else(|| of("EDITOR")).unwrap_or_else(|| "vi".to_owned())
}

/// The text in its file.
struct Lent {
    folder: TempDir,
    path: PathBuf,
}

impl Lent {
    fn with(outside: &Outside) -> io::Result<Self> {
        let private = fs::Permissions::from_mode(0o700);
        let folder = tempfile::Builder::new().prefix("switchboard-").permissions(private).tempdir()?;
        let path = folder.path().join(&outside.name);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        file.write_all(outside.text.as_bytes())?;
        Ok(Self { folder, path })
    }

    /// Leaves the file where it is, and says where.
    fn kept(self, why: &str) -> String {
        let _ = self.folder.keep();
        format!("{why} The text here stays as it was; what was saved is in {}.", self.path.display())
    }

    /// Reads what was saved.
    fn read(self, before: &str) -> Result<Option<String>, String> {
        let bytes = match bytes_of(&self.path) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Err(self.kept("What was saved is larger than 64 MiB, or no file.")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err("The editor left no file; the text stays as it was.".to_owned());
            }
            Err(error) => return Err(self.kept(&format!("What was saved cannot be read: {error}."))),
        };
        if bytes == before.as_bytes() {
            return Ok(None);
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(self.kept("What was saved is not UTF-8.")),
        }
    }

    /// The editor failed: says so, and where the file is if something was saved nevertheless.
    fn failed(self, why: &str, before: &str) -> String {
        let is_as_before = match bytes_of(&self.path) {
            Ok(Some(bytes)) => bytes == before.as_bytes(),
            Ok(None) => false,
            Err(_) => true,
        };
        if is_as_before { format!("{why} The text stays as it was.") } else { self.kept(why) }
    }
}

/// What is in a file; none when it is too large, or something else than a file.
fn bytes_of(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let about = fs::metadata(path)?;
    if !about.is_file() || about.len() > LARGEST {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= LARGEST).then_some(bytes))
}

/// Why an editor that ended so saved nothing; none when it ended well.
fn trouble(editor: &str, status: ExitStatus) -> Option<String> {
    match (status.code(), status.signal()) {
        (Some(0), _) => None,
        (Some(126 | 127), _) => Some(format!(
            "The editor \"{editor}\" could not be started; $VISUAL or $EDITOR names another one."
        )),
        (Some(code), _) => Some(format!("The editor \"{editor}\" ended with an error (exit code {code}).")),
        (None, signal) => {
            let signal = signal.map_or_else(String::new, |signal| format!(" (signal {signal})"));
            Some(format!("The editor \"{editor}\" was ended{signal}."))
        }
    }
}

/// Starts the editor as git does: its command line is the shell's to read.
fn start(editor: &str, path: &Path) -> io::Result<Child> {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{editor} \"$@\"")).arg(editor).arg(path);
    for name in SECRETS {
        command.env_remove(name);
    }
    command.spawn()
}

/// Waits for the editor; none when we have to leave.
async fn wait(child: &mut Child, leaving: &mut Leaving) -> Option<io::Result<ExitStatus>> {
    loop {
        tokio::select! {
            status = child.wait() => return Some(status),
            is_order = leaving.next_or_interrupt() => if is_order { return None },
        }
    }
}

/// Ends an editor that is still there.
async fn end(child: &mut Child) {
    let id = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    if let Some(id) = id {
        let _ = kill_process(id, Signal::HUP);
    }
    if tokio::time::timeout(GOODBYE, child.wait()).await.is_err() {
        let _ = child.kill().await;
    }
}

impl Outside {
    /// Lets the person edit. The terminal must be theirs, and nobody may read from it meanwhile.
    pub(super) async fn edit(self, leaving: &mut Leaving) -> Ended {
        let lent = match Lent::with(&self) {
            Ok(lent) => lent,
            Err(error) => {
                return Ended::Back(Err(format!(
                    "The text cannot be put into a file for the editor: {error}."
                )));
            }
        };
        let editor = chosen();
        let mut child = match start(&editor, &lent.path) {
            Ok(child) => child,
            Err(error) => return Ended::Back(Err(format!("The editor cannot be started: {error}."))),
        };
        let Some(ended) = wait(&mut child, leaving).await else {
            end(&mut child).await;
            // Nobody is left to tell; the file stays if something was saved.
            let _ = lent.failed("", &self.text);
            return Ended::Left;
        };
        Ended::Back(match ended {
            Ok(status) => match trouble(&editor, status) {
                None => lent.read(&self.text),
                Some(why) => Err(lent.failed(&why, &self.text)),
            },
            Err(error) => {
                Err(lent.failed(&format!("It is not known how the editor ended: {error}."), &self.text))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lent(text: &str) -> Lent {
        Lent::with(&Outside { text: text.to_owned(), name: "article-1.md".to_owned() }).unwrap()
    }

    #[test]
    fn nobody_else_can_read_the_file_and_it_goes_away() {
        let lent = lent("a");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&lent.path), mode(lent.folder.path())), (0o600, 0o700));
        let folder = lent.folder.path().to_owned();
        assert_eq!(lent.read("a"), Ok(None));
        assert!(!folder.exists());
    }

    #[test]
    fn what_was_saved_is_read_or_kept() {
        let saved = |bytes: &[u8]| {
            let lent = lent("a");
            fs::write(&lent.path, bytes).unwrap();
            let path = lent.path.clone();
            let came = lent.read("a");
            let is_there = path.exists();
            let _ = fs::remove_dir_all(path.parent().unwrap());
            (came, is_there, path)
        };
        assert_eq!(saved(b"b\n").0, Ok(Some("b\n".to_owned())));
        let (came, is_there, path) = saved(b"\xff");
        let told = came.unwrap_err();
        assert!(is_there && told.contains("not UTF-8") && told.contains(path.to_str().unwrap()), "{told}");
        let gone = lent("a");
        fs::remove_file(&gone.path).unwrap();
        assert!(gone.read("a").unwrap_err().contains("left no file"));
        let folder = lent("a");
        fs::remove_file(&folder.path).unwrap();
        fs::create_dir(&folder.path).unwrap();
        let path = folder.path.clone();
        assert!(folder.read("a").unwrap_err().contains("no file") && path.exists());
        let _ = fs::remove_dir_all(path.parent().unwrap());
    }

    #[test]
    fn a_failure_tells_where_the_changed_text_is() {
        let same = lent("a");
        let path = same.path.clone();
        assert_eq!(same.failed("Why.", "a"), "Why. The text stays as it was.");
        assert!(!path.exists());
        let changed = lent("a");
        fs::write(&changed.path, "b").unwrap();
        let path = changed.path.clone();
        assert!(changed.failed("Why.", "a").ends_with(&format!("is in {}.", path.display())));
        assert!(path.exists());
        let _ = fs::remove_dir_all(path.parent().unwrap());
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let large = lent("a");
        OpenOptions::new().write(true).open(&large.path).unwrap().set_len(LARGEST + 1).unwrap();
        assert_eq!(bytes_of(&large.path).unwrap(), None);
    }
}
