//! Marks and words for state, urgency, service level, assignee and author. Each mark differs by its sign, not only by
//! colour.

use std::borrow::Cow;

use ratatui::style::Style;

use crate::domain::conversation::{AuthorKind, ConversationRow, Priority, Sla, State};
use crate::domain::id::TeamId;
use crate::domain::roster::Roster;
use crate::ui::theme::Theme;

/// The mark of a state.
pub(super) fn state(state: &State, theme: &Theme) -> (&'static str, Style) {
    match state {
        State::Open => ("●", theme.good),
        State::Snoozed => ("◐", theme.accent),
        State::Closed => ("○", theme.dim),
        State::Unsaid => ("·", theme.dim),
        State::Other(_) => ("?", theme.warn),
    }
}

/// A state in words.
pub(super) fn state_word(state: &State) -> &str {
    match state {
        State::Open => "open",
        State::Snoozed => "snoozed",
        State::Closed => "closed",
        State::Unsaid => "state unknown",
        State::Other(word) => word,
    }
}

/// The mark of a priority, at most two cells.
pub(super) fn priority(priority: Priority, theme: &Theme) -> (&'static str, Style) {
    match priority {
        Priority::Urgent => ("!!", theme.bad),
        Priority::High => ("!", theme.warn),
        Priority::Medium => ("+", theme.plain),
        Priority::Low => ("-", theme.dim),
        Priority::None => ("", theme.plain),
    }
}

/// A priority in words; empty for none.
pub(super) fn priority_word(priority: Priority) -> &'static str {
    match priority {
        Priority::Urgent => "urgent",
        Priority::High => "high priority",
        Priority::Medium => "medium priority",
        Priority::Low => "low priority",
        Priority::None => "",
    }
}

/// The mark of a service level, one cell.
pub(super) fn sla(sla: Option<&Sla>, theme: &Theme) -> (&'static str, Style) {
    match sla.map(|sla| sla.status.as_str()) {
        None => ("", theme.plain),
        Some("missed") => ("✗", theme.bad),
        Some("hit") => ("✓", theme.good),
        Some("cancelled") => ("–", theme.dim),
        Some(_) => ("◔", theme.warn),
    }
}

/// Who has the conversation: the admin's name, else the team's, as far as they are known; none when it is unassigned.
pub(super) fn assignee<'a>(row: &'a ConversationRow, roster: &'a Roster) -> Option<Cow<'a, str>> {
    let team = || row.team.as_ref().map(|id| team(id, roster));
    row.admin.as_ref().map(|id| Cow::Borrowed(roster.admin(id))).or_else(team)
}

/// A team by its name, else by its number: `team 5`.
fn team<'a>(id: &'a TeamId, roster: &'a Roster) -> Cow<'a, str> {
    let name = roster.team(id);
    if name == id.as_str() { Cow::Owned(format!("team {id}")) } else { Cow::Borrowed(name) }
}

/// The sign and the word of an author's kind.
pub(super) fn author(kind: AuthorKind, theme: &Theme) -> (&'static str, &'static str, Style) {
    match kind {
        AuthorKind::Customer => ("●", "customer", theme.accent),
        AuthorKind::Admin => ("◇", "teammate", theme.good),
        AuthorKind::Fin => ("✦", "Fin", theme.plain),
        AuthorKind::Bot => ("▪", "bot", theme.plain),
        AuthorKind::Team => ("◇", "team", theme.good),
        AuthorKind::Unknown => ("·", "unknown", theme.dim),
    }
}
