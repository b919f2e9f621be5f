//! Opening an address in the person's browser, as the rest of the program does it.

use crate::browser::Unopened;

/// Opens an address, off the event path. Says in one sentence when that cannot be done.
pub(super) fn open(address: &str) -> Result<(), String> {
    crate::browser::open(address).map_err(|why| match why {
        Unopened::NoBrowser => {
            "No browser could be started; copy the link with y, or set $BROWSER.".to_owned()
        }
        Unopened::NoAddress | Unopened::Scheme(_) => why.to_string(),
    })
}
