//! Opening an address in a person's browser. Owns which program is started and that it is started beside us: without a
//! shell, without our terminal. Refuses everything but http and https.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::session::auth::Browser;

/// The browser of the person at this machine: `$BROWSER` where it is set, else the desktop's own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Desktop;

impl Browser for Desktop {
    fn open(&self, address: &str) -> bool {
        open(address).is_ok()
    }
}

/// Why no browser was started.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unopened {
    /// It is no address.
    #[error("This link is no address.")]
    NoAddress,
    /// It is neither http nor https; its scheme.
    #[error("Only http and https links are opened; this one is {0}.")]
    Scheme(String),
    /// There is no display, or nothing that could be started.
    #[error("No browser could be started; set $BROWSER to the one you use.")]
    NoBrowser,
}

/// Starts the browser at an address, without waiting for it.
pub fn open(address: &str) -> Result<(), Unopened> {
    let parsed = url::Url::parse(address).map_err(|_| Unopened::NoAddress)?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return Err(Unopened::Scheme(parsed.scheme().to_owned()));
    }
    let chosen = std::env::var("BROWSER").ok().filter(|set| !set.trim().is_empty());
    let started = match chosen {
        Some(programs) => programs.split(':').any(|program| start(program.trim(), parsed.as_str())),
        None => has_display() && desktop(parsed.as_str()),
    };
    if started { Ok(()) } else { Err(Unopened::NoBrowser) }
}

/// What `$BROWSER` says of one program, with the address in it: words apart by blanks; `%s` stands for the address, which else
/// comes last. A program whose path has blanks in it is one word.
fn words(written: &str, address: &str) -> Vec<String> {
    if Path::new(written).is_file() {
        return vec![written.to_owned(), address.to_owned()];
    }
    let mut words: Vec<String> = written.split_whitespace().map(str::to_owned).collect();
    let named = words.iter().skip(1).any(|word| word.contains("%s"));
    if named {
        words.iter_mut().skip(1).for_each(|word| *word = word.replace("%s", address));
    } else {
        words.push(address.to_owned());
    }
    words
}

/// Starts one program with the address as its own argument. It outlives us and never touches our terminal.
fn start(written: &str, address: &str) -> bool {
    if written.is_empty() {
        return false;
    }
    let words = words(written, address);
    let Some((program, arguments)) = words.split_first() else { return false };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let Ok(mut child) = command.spawn() else { return false };
    // Somebody has to take note of its end, or it stays in the table of processes for as long as we run.
    std::thread::spawn(move || child.wait());
    true
}

fn desktop(address: &str) -> bool {
    let options = webbrowser::BrowserOptions::new().with_suppress_output(true).clone();
    webbrowser::open_browser_with_options(webbrowser::Browser::Default, address, &options).is_ok()
}

/// Without a display a "browser" would be one for the terminal, which is ours.
fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(target_os = "macos", target_os = "windows")) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_opened() {
        assert_eq!(open("file:///etc/passwd"), Err(Unopened::Scheme("file".into())));
        assert_eq!(open("javascript:alert(1)"), Err(Unopened::Scheme("javascript".into())));
        assert_eq!(open("-x"), Err(Unopened::NoAddress));
    }

    #[test]
    fn a_browser_may_have_arguments() {
        let address = "https://example.com/?a=%20b";
        assert_eq!(words("firefox", address), ["firefox", address]);
        assert_eq!(words("firefox --new-window", address), ["firefox", "--new-window", address]);
        assert_eq!(words("open  --url=%s -g", address), ["open", &format!("--url={address}"), "-g"]);
        let folder = tempfile::tempdir().unwrap();
        let spaced = folder.path().join("my browser");
        std::fs::write(&spaced, "").unwrap();
        let spaced = spaced.to_str().unwrap();
        assert_eq!(words(spaced, address), [spaced, address]);
    }

    #[test]
    fn a_program_that_is_not_there_is_no_browser() {
        assert!(!start("/nowhere/browser", "https://example.com"));
        assert!(!start("", "https://example.com"));
    }
}
