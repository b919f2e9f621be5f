//! Opening an address in the person's browser. Only http and https, and never through a shell.

use crate::session::auth::Browser;

/// The browser of this machine.
#[derive(Clone, Copy, Debug)]
pub struct System;

impl Browser for System {
    fn open(&self, address: &str) -> bool {
        open(address).is_ok()
    }
}

/// Opens an address, off the event path. Says in one sentence when that cannot be done.
pub(super) fn open(address: &str) -> Result<(), String> {
    let parsed = url::Url::parse(address).map_err(|_| "This link is no address.".to_owned())?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return Err(format!("Only http and https links are opened; this one is {}.", parsed.scheme()));
    }
    webbrowser::open(parsed.as_str())
        .map_err(|_| "No browser could be started; copy the link with y, or set $BROWSER.".to_owned())
}
