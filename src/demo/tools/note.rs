//! `add_internal_note`.

use serde_json::Value;

use super::super::arguments::Arguments;
use super::super::refusal::Refusal;
use super::super::workspace::{Note, Workspace};
use super::super::{article_html, render};
use super::conversations;

/// Adds a note by the connected admin and gives the new part; a snoozed conversation that somebody else has wakes.
pub(super) fn add(workspace: &mut Workspace, arguments: &Arguments<'_>) -> Result<Value, Refusal> {
    let index = conversations::find(workspace, &arguments.identifier("conversation_id"))?;
    let Some((record, story)) = workspace.conversation(index) else {
        return Err(Refusal::rest("not_found", "Conversation not found"));
    };
    if story.ticket {
        return Err(Refusal::rest("token_unauthorized", "Not authorized to access resource"));
    }
    let (id, number) = (record.id, story.parts.len() + workspace.notes_of(index).len());
    let asleep = workspace.conversation_state(index) == "snoozed";
    let anothers = story.admin_assignee_id.is_some_and(|admin| admin != workspace.desk.me);
    let note = Note {
        kind: if asleep && anothers { "note_and_unsnooze" } else { "note" },
        body: article_html::stored_note(arguments.text("body").unwrap_or(""))?,
        author: workspace.desk.me,
        at: workspace.clock.now(),
    };
    let part = render::conversation::note(workspace, id, number, &note);
    workspace.add_note(index, note);
    Ok(part)
}
