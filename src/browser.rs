//! Opening an address in a person's browser. Owns which program is started and that it is started beside us: without a
//! shell, without our terminal. Refuses everything but http and https.

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

/// Starts one program with the address as its one argument. It outlives us and never touches our terminal.
fn start(program: &str, address: &str) -> bool {
    if program.is_empty() {
        return false;
    }
    let mut command = Command::new(program);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
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
    fn a_program_that_is_not_there_is_no_browser() {
        assert!(!start("/nowhere/browser", "https://example.com"));
        assert!(!start("", "https://example.com"));
    }
}
