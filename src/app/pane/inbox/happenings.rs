//! Events of a thread in words. Owns the sentences for Intercom's part types (intercom-mcp 6.2); an unknown type is shown
//! in Intercom's words.

use crate::domain::conversation::{Author, AuthorKind, Part};
use crate::domain::id::{AdminId, TeamId};
use crate::domain::roster::Roster;

/// How an event is told.
#[derive(Clone, Copy, Debug)]
enum Told {
    /// What its author did: the name comes first.
    Did(&'static str),
    /// What was done: "by" and the name come last.
    Done(&'static str),
    /// What happened by itself; the name is that of a machine and says nothing.
    Happened(&'static str),
}

use Told::{Did, Done, Happened};

/// Events by Intercom's word for them.
const KNOWN: &[(&str, Told)] = &[
    ("comment", Did("sent an empty message")),
    ("quick_reply", Did("chose a quick reply")),
    ("open", Did("opened this")),
    ("close", Did("closed this")),
    ("snoozed", Did("snoozed this")),
    ("unsnoozed", Did("woke this up")),
    ("timer_unsnooze", Happened("Woken up when its time came")),
    ("assignment", Did("changed the assignment")),
    ("assign_and_unsnooze", Did("changed the assignment and woke this up")),
    ("workflow_assignment", Happened("Assignment changed by a workflow")),
    ("away_mode_assignment", Happened("Assignment changed because of away mode")),
    ("default_assignment", Happened("Assignment changed by default")),
    ("participant_added", Did("added a participant")),
    ("participant_removed", Did("removed a participant")),
    ("conversation_rating_changed", Did("rated this")),
    ("conversation_rating_remark_added", Did("added words to the rating")),
    ("priority_changed", Done("Priority changed")),
    ("priority_changed_by_rule", Happened("Priority changed by a rule")),
    ("conversation_tags_updated", Done("Tags changed")),
    ("custom_action_started", Did("started an action")),
    ("custom_action_finished", Did("finished an action")),
    ("conversation_sla_applied_by_rule", Happened("SLA applied by a rule")),
    ("conversation_sla_applied_by_workflow", Happened("SLA applied by a workflow")),
    ("conversation_sla_removed", Done("SLA removed")),
    ("conversation_sla_target_missed", Happened("SLA target missed")),
    ("conversation_attribute_updated_by_user", Done("Attribute changed")),
    ("conversation_attribute_updated_by_admin", Done("Attribute changed")),
    ("conversation_attribute_updated_by_workflow", Happened("Attribute changed by a workflow")),
    ("attribute_collector", Did("asked for an attribute")),
    ("attribute_collected", Did("gave an attribute")),
    ("user_became_idle", Did("became idle")),
    ("resolution_bot_found_no_answer", Happened("The bot found no answer")),
    ("ticket_state_updated_by_admin", Done("Ticket state changed")),
];

fn told(who: &str, part_type: &str) -> String {
    match KNOWN.iter().find(|(word, _)| *word == part_type) {
        Some((_, Did(words))) => format!("{who} {words}"),
        Some((_, Done(words))) => format!("{words} by {who}"),
        Some((_, Happened(words))) => (*words).to_owned(),
        None => format!("{who} {}", part_type.replace('_', " ")),
    }
}

/// Whom an assignment went to: the server often gives an id only, which the roster may know.
fn receiver(to: &Author, roster: &Roster) -> String {
    if !to.name.is_empty() {
        return to.called().to_owned();
    }
    match to.kind {
        AuthorKind::Admin => AdminId::read(&to.id).map(|id| roster.admin(&id).to_owned()),
        AuthorKind::Team => TeamId::read(&to.id).map(|id| match roster.team(&id) {
            name if name == id.as_str() => format!("team {id}"),
            name => name.to_owned(),
        }),
        AuthorKind::Customer | AuthorKind::Fin | AuthorKind::Bot | AuthorKind::Unknown => None,
    }
    .unwrap_or_else(|| to.called().to_owned())
}

/// One sentence without its full stop: who did what. Clean, because everything in it is.
pub fn sentence(part: &Part, roster: &Roster) -> String {
    let who = part.author.called();
    let assigned = part.assigned_to.as_ref().filter(|_| part.part_type.contains("assign"));
    let mut words = match assigned {
        Some(to) => format!("{who} assigned this to {}", receiver(to, roster)),
        None => told(who, &part.part_type),
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
        assert_eq!(plain("timer_unsnooze"), "Woken up when its time came");
        assert_eq!(plain("conversation_sla_applied_by_rule"), "SLA applied by a rule");
        assert_eq!(plain("conversation_attribute_updated_by_admin"), "Attribute changed by Operator");
        assert_eq!(plain("close"), "Operator closed this");
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
