//! What the list calls people: who wrote, and who has it. Owns where a name is taken from; refuses to learn any.

use std::borrow::Cow;

use crate::domain::conversation::{AuthorKind, ConversationRow};
use crate::domain::id::AdminId;
use crate::domain::roster::Roster;
use crate::domain::text::Clean;

/// Whom the row is about where it was not the customer who began and nothing tells who the customer is.
const TO_SOMEBODY: &str = "to a customer";

/// The customer's name: the row's own when the customer wrote first, else one learnt from anywhere. Who of us began is never the
/// customer. Empty for a row of which nothing else is known yet.
pub fn who<'a>(row: &'a ConversationRow, roster: &'a Roster) -> &'a str {
    let learnt = || row.contacts.first().and_then(|id| roster.contact(id)).map(Clean::as_str);
    match row.author.kind {
        AuthorKind::Admin | AuthorKind::Team | AuthorKind::Bot | AuthorKind::Fin => {
            learnt().unwrap_or(TO_SOMEBODY)
        }
        AuthorKind::Customer | AuthorKind::Unknown => {
            let own = Some(row.author.name.as_str()).filter(|name| !name.is_empty());
            let rest = if row.thin { "" } else { row.author.called() };
            own.or_else(learnt).unwrap_or(rest)
        }
    }
}

/// The team's name, else its number; none when there is no team.
pub fn team<'a>(row: &'a ConversationRow, roster: &'a Roster) -> Option<Cow<'a, str>> {
    let id = row.team.as_ref()?;
    let name = roster.team(id);
    Some(if name == id.as_str() { format!("team {id}").into() } else { name.into() })
}

/// Who has the conversation: the admin's name, else their number, else the team; none when it is unassigned.
pub fn assignee<'a>(row: &'a ConversationRow, roster: &'a Roster) -> Option<Cow<'a, str>> {
    row.admin.as_ref().map(|id| admin(id, roster)).or_else(|| team(row, roster))
}

/// The admin's name, else what the number is of.
pub fn admin<'a>(id: &'a AdminId, roster: &'a Roster) -> Cow<'a, str> {
    let name = roster.admin(id);
    if name == id.as_str() { format!("teammate {id}").into() } else { name.into() }
}
