//! Conversations and marks as JSON files, each an array with one object to a line. What may be shown of a conversation is
//! decided elsewhere: the file says what the program knows, escaped as JSON escapes. Owns what is said of the file.

use serde::Serialize;

use super::new_file::{cause, shown, spelt_out, write};
use crate::app::effect::Excerpt;
use crate::app::pane::inbox::coverage::grouped;
use crate::domain::id::ConversationId;
use crate::domain::triage::Mark;

mod marks;
mod rows;
#[cfg(test)]
mod tests;

/// Writes rows to a new file. Waits for the disk.
///
/// # Errors
/// A sentence that says why there is no file.
pub(super) fn rows(typed: &str, excerpt: &Excerpt) -> Result<String, String> {
    let rows = excerpt.rows().map(|row| rows::exported(row, &excerpt.roster));
    array(typed, "conversation", rows)
}

/// Writes marks to a new file, with links into the web app at this address. Waits for the disk.
///
/// # Errors
/// A sentence that says why there is no file.
pub(super) fn marks(typed: &str, web: &str, marks: &[(ConversationId, Mark)]) -> Result<String, String> {
    array(typed, "mark", marks.iter().map(|(id, mark)| marks::exported(web, id, mark)))
}

fn array(typed: &str, one: &str, items: impl Iterator<Item = impl Serialize>) -> Result<String, String> {
    let path = spelt_out(typed);
    let mut count = 0_u64;
    let written = write(&path, |file| {
        for item in items {
            file.write_all(if count == 0 { b"[\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *file, &item)?;
            count += 1;
        }
        file.write_all(if count == 0 { b"[]\n" } else { b"\n]\n" })
    });
    let place = shown(&path);
    let (verb, plural) = if count == 1 { ("is", "") } else { ("are", "s") };
    let done = written.map(|()| format!("{} {one}{plural} {verb} in {place}.", grouped(count)));
    done.map_err(|error| format!("Nothing was exported to {place}: {}.", cause(&error)))
}
