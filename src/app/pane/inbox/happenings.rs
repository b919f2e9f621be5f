//! Events of a thread in words. Owns the sentences for Intercom's part types (intercom-mcp 6.2); an unknown type is shown
//! as Intercom wrote it.

use crate::domain::conversation::{Author, AuthorKind, Part};
use crate::domain::id::AdminId;
use crate::domain::roster::Roster;

/// What the author of an event did, by Intercom's word for it.
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
    ("conversation_sla_applied_by_rule", "applied a service level by a rule"),
    ("conversation_sla_applied_by_workflow", "applied a service level by a workflow"),
    ("conversation_sla_removed", "took the service level away"),
    ("conversation_sla_target_missed", "missed the service level"),
    ("conversation_attribute_updated_by_user", "changed an attribute"),
    ("attribute_collector", "asked for an attribute"),
    ("attribute_collected", "gave an attribute"),
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

/// Whom an assignment went to: the server often gives an id only, which the roster may know.
fn receiver(to: &Author, roster: &Roster) -> String {
    let id = AdminId::read(&to.id).filter(|_| to.name.is_empty());
    match (id, to.kind) {
        (Some(id), AuthorKind::Admin) => roster.admin(&id).to_owned(),
        (Some(id), AuthorKind::Team) => format!("team {id}"),
        _ => to.called().to_owned(),
    }
}

/// One sentence without its full stop: who did what. Clean, because everything in it is.
pub fn sentence(part: &Part, roster: &Roster) -> String {
    let who = part.author.called();
    let assigned = part.assigned_to.as_ref().filter(|_| part.part_type.contains("assign"));
    let mut words = match assigned {
        Some(to) => format!("{who} assigned this to {}", receiver(to, roster)),
        None => format!("{who} {}", did(&part.part_type)),
    };
    if !part.detail.is_empty() {
        words.push_str(" (");
        words.push_str(&part.detail);
        words.push(')');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::conversation::kind_of;
    use crate::domain::text::{Clean, Raw};

    fn event(part_type: &'static str) -> Part {
        Part {
            id: "".into(),
            kind: kind_of(part_type, false),
            part_type: Clean::fixed(part_type),
            author: Author { kind: AuthorKind::Bot, name: Clean::fixed("Operator"), ..Author::default() },
            body: Raw::default(),
            attachments: Vec::new(),
            created_at: None,
            assigned_to: None,
            redacted: false,
            detail: Clean::default(),
        }
    }

    #[test]
    fn words_for_known_and_unknown_events() {
        let roster = Roster::default();
        let plain = |part_type| sentence(&event(part_type), &roster);
        assert_eq!(plain("timer_unsnooze"), "Operator woke this up when its time came");
        assert_eq!(plain("moon_phase_changed"), "Operator moon phase changed");
        let detail = Part { detail: Clean::fixed("action: closed"), ..event("custom_action_finished") };
        assert_eq!(sentence(&detail, &roster), "Operator finished an action (action: closed)");
    }

    #[test]
    fn an_assignment_names_its_receiver_when_anybody_told() {
        let mut roster = Roster::default();
        let to = |kind, name| Author { kind, id: "7".into(), name: Clean::fixed(name), ..Author::default() };
        let said =
            |to, roster: &Roster| sentence(&Part { assigned_to: Some(to), ..event("assignment") }, roster);
        assert_eq!(said(to(AuthorKind::Team, ""), &roster), "Operator assigned this to team 7");
        assert_eq!(said(to(AuthorKind::Admin, ""), &roster), "Operator assigned this to 7");
        roster.learn(&to(AuthorKind::Admin, "Mo"));
        assert_eq!(said(to(AuthorKind::Admin, ""), &roster), "Operator assigned this to Mo");
        assert_eq!(said(to(AuthorKind::Unknown, ""), &roster), "Operator assigned this to Unknown");
    }
}
