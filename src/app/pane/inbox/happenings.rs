//! Events of a thread in words. Owns the sentences for Intercom's part types (intercom-mcp 6.2); an unknown type is shown
//! as Intercom wrote it.

use crate::domain::conversation::Part;

/// What an event with nobody on its receiving end is called.
const KNOWN: &[(&str, &str)] = &[
    ("open", "opened this"),
    ("close", "closed this"),
    ("snoozed", "snoozed this"),
    ("unsnoozed", "woke this up"),
    ("timer_unsnooze", "woke this up when its time came"),
    ("assignment", "changed the assignment"),
    ("assign_and_unsnooze", "changed the assignment and woke this up"),
    ("workflow_assignment", "changed the assignment by a workflow"),
    ("away_mode_assignment", "changed the assignment because of away mode"),
    ("default_assignment", "changed the assignment by default"),
    ("participant_added", "added a participant"),
    ("participant_removed", "removed a participant"),
    ("conversation_rating_changed", "rated this"),
    ("conversation_rating_remark_added", "added words to the rating"),
    ("priority_changed", "changed the priority"),
    ("priority_changed_by_rule", "changed the priority by a rule"),
    ("conversation_tags_updated", "changed the tags"),
    ("custom_action_started", "started an action"),
    ("custom_action_finished", "finished an action"),
    ("user_became_idle", "became idle"),
    ("resolution_bot_found_no_answer", "found no answer"),
    ("ticket_state_updated_by_admin", "changed the state of the ticket"),
    ("conversation_attribute_updated_by_admin", "changed an attribute"),
    ("conversation_attribute_updated_by_workflow", "changed an attribute by a workflow"),
];

fn did(part_type: &str) -> String {
    let known = KNOWN.iter().find(|(word, _)| *word == part_type);
    known.map_or_else(|| part_type.replace('_', " "), |(_, words)| (*words).to_owned())
}

/// One sentence without its full stop: who did what. Clean, because everything in it is.
pub fn sentence(part: &Part) -> String {
    let who = part.author.called();
    let assigned = part.assigned_to.as_ref().filter(|_| part.part_type.contains("assign"));
    let mut words = match assigned {
        Some(to) => format!("{who} assigned this to {}", to.called()),
        None => format!("{who} {}", did(&part.part_type)),
    };
    if !part.detail.is_empty() {
        words.push_str(": ");
        words.push_str(&part.detail);
    }
    words
}
