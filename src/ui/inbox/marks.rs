//! Marks and words for state, urgency, service level, assignee and author. Each mark differs by its sign, not only by
//! colour.

use ratatui::style::Style;

pub(super) use crate::app::pane::inbox::rows::names::assignee;
use crate::domain::conversation::{AuthorKind, Priority, Sla, State};
use crate::domain::triage::{Mark, Standing};
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

/// The sign of what was decided here about a conversation, one cell; blank when nothing was.
pub(super) fn local(mark: Option<&Mark>, standing: Standing, theme: &Theme) -> (&'static str, Style) {
    let pinned = mark.is_some_and(|mark| mark.pinned);
    match standing {
        Standing::Done => ("d", theme.dim),
        Standing::Away(_) => ("z", theme.dim),
        Standing::Back => ("↩", theme.warn),
        Standing::Here if pinned => ("▴", theme.accent),
        Standing::Here if mark.is_some_and(|mark| !mark.note.is_empty()) => ("✎", theme.dim),
        Standing::Here => (" ", theme.plain),
    }
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
