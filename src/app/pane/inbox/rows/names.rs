//! What the list calls people: who wrote, and who has it. Owns where a name is taken from; refuses to learn any.

use std::borrow::Cow;

use crate::domain::conversation::ConversationRow;
use crate::domain::roster::Roster;
use crate::domain::text::Clean;

/// The customer's name: the row's own, else one learnt from anywhere, else what the row calls its author. Empty for a row of
/// which nothing else is known yet.
pub fn who<'a>(row: &'a ConversationRow, roster: &'a Roster) -> &'a str {
    let learnt = || row.contacts.first().and_then(|id| roster.contact(id)).map(Clean::as_str);
    let own = Some(row.author.name.as_str()).filter(|name| !name.is_empty());
    let rest = if row.thin { "" } else { row.author.called() };
    own.or_else(learnt).unwrap_or(rest)
}

/// The team's name, else its number; none when there is no team.
pub fn team<'a>(row: &'a ConversationRow, roster: &'a Roster) -> Option<Cow<'a, str>> {
    let id = row.team.as_ref()?;
    let name = roster.team(id);
    Some(if name == id.as_str() { format!("team {id}").into() } else { name.into() })
}

/// Who has the conversation: the admin's name, else the team; none when it is unassigned.
pub fn assignee<'a>(row: &'a ConversationRow, roster: &'a Roster) -> Option<Cow<'a, str>> {
    row.admin.as_ref().map(|id| Cow::Borrowed(roster.admin(id))).or_else(|| team(row, roster))
}
