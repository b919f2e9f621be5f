//! Whether a row satisfies what is cut here. Owns how each field is read off a row; knows nothing of the server.

use super::parse::list;
use super::settle::source_word;
use super::{Filter, Known, Operator, Settled};
use crate::domain::conversation::{ConversationRow, Priority, Sla, State};
use crate::domain::id::{AdminId, TeamId};

/// What a row says to a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Yes,
    No,
    /// There is no such thing: nobody waits, nobody rated.
    Absent,
    /// The row does not tell.
    Untold,
}

impl From<bool> for Verdict {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl Settled {
    /// Whether a row stays. A thin row (a hit of the one-string `search`) stays until the whole row is here: ask again then.
    /// Bounds include their end, as the server reads them (6.5).
    ///
    /// Beside what is cut, bounds that were sent are looked at once more, since a server whose schema lacks the operator
    /// is not asked for them; there a row stays that does not tell.
    pub fn keeps(&self, row: &ConversationRow, known: &Known<'_>) -> bool {
        if row.thin {
            return true;
        }
        let here = |filter: &Filter| matches!(judge(filter, row, known), Verdict::Yes | Verdict::Untold);
        let sent = |filter: &Filter| !filter.is_told_by_rows() || judge(filter, row, known) != Verdict::No;
        self.cut.iter().all(here) && self.sent.filters.iter().all(sent)
    }

    /// Whether rows have to be looked at: something is cut here, or bounds were sent that a server may not be asked for.
    pub fn judges_rows(&self) -> bool {
        !self.cut.is_empty() || self.sent.filters.iter().any(Filter::is_told_by_rows)
    }
}

impl Filter {
    /// Whether it is a comparison that every whole row tells, so that a server need not be asked.
    pub fn is_told_by_rows(&self) -> bool {
        matches!(
            self.field.as_str(),
            "created_at"
                | "updated_at"
                | "statistics_time_to_admin_reply"
                | "statistics_time_to_first_close"
                | "conversation_rating_score"
        )
    }
}

fn judge(filter: &Filter, row: &ConversationRow, known: &Known<'_>) -> Verdict {
    let stamp = |at: Option<crate::domain::time::Unix>| at.map(|at| at.0);
    match filter.field.as_str() {
        "created_at" => told(compared(filter, stamp(row.created_at))),
        "updated_at" => told(compared(filter, stamp(row.updated_at))),
        "waiting_since" => compared(filter, stamp(row.waiting_since)),
        "snoozed_until" => compared(filter, stamp(row.snoozed_until)),
        "waiting" => waiting(filter, row, known),
        "statistics_time_to_admin_reply" => compared(filter, row.first_reply),
        "statistics_time_to_first_close" => compared(filter, row.first_close),
        "conversation_rating_score" => compared(filter, row.rating.map(i64::from)),
        "rating" => row.rating.is_none().into(),
        "assignee" | "admin_assignee_id" => {
            any(filter, |wanted| assigned(row.admin.as_ref().map(AdminId::as_str), wanted)).into()
        }
        "team" | "team_assignee_id" => {
            any(filter, |wanted| assigned(row.team.as_ref().map(TeamId::as_str), wanted)).into()
        }
        "tag" | "tag_ids" => any(filter, |wanted| tagged(row, wanted)).into(),
        "contact_ids" => {
            let is = |wanted: &str| row.contacts.iter().any(|id| id.as_str().eq_ignore_ascii_case(wanted));
            any(filter, is).into()
        }
        "priority" => any(filter, |wanted| priority(wanted) == Some(row.priority)).into(),
        "sla" => any(filter, |wanted| sla(row, wanted)).into(),
        "fin" | "ai_agent_resolution_state" => any(filter, |wanted| fin(row, wanted)).into(),
        "ai_agent_participated" => any(filter, |wanted| (wanted == "true") == row.fin.is_some()).into(),
        "read" => row.read.map_or(Verdict::Untold, |read| any(filter, |w| (w == "true") == read).into()),
        "open" | "state" => state(filter, &row.state),
        _ => author(filter, row),
    }
}

fn told(verdict: Verdict) -> Verdict {
    if verdict == Verdict::Absent { Verdict::Untold } else { verdict }
}

/// Channel and author: texts.
fn author(filter: &Filter, row: &ConversationRow) -> Verdict {
    let text = match filter.field.as_str() {
        "source_type" => row.channel.as_str(),
        "source_author_name" => row.author.name.as_str(),
        "source_author_email" => row.author.email.as_str(),
        _ => return Verdict::Untold,
    };
    if text.is_empty() {
        return Verdict::Untold;
    }
    let text = text.to_lowercase();
    let part = filter.operator == Operator::Contains;
    let holds = |wanted: &str| if part { text.contains(wanted) } else { text == source_word(wanted) };
    any(filter, holds).into()
}

/// Whether one of the wanted values fits; turned around for `neq`. Lists are for `in` only. Values are compared in lower case.
fn any(filter: &Filter, mut fits: impl FnMut(&str) -> bool) -> bool {
    let value = filter.value.to_lowercase();
    let found = if filter.operator == Operator::In { list(&value).any(fits) } else { fits(&value) };
    found != (filter.operator == Operator::NotEqual)
}

fn compared(filter: &Filter, number: Option<i64>) -> Verdict {
    let Ok(wanted) = filter.value.parse::<i64>() else { return Verdict::Untold };
    let Some(number) = number else {
        return if filter.operator == Operator::NotEqual { Verdict::Yes } else { Verdict::Absent };
    };
    match filter.operator {
        Operator::Greater | Operator::GreaterOrEqual => number >= wanted,
        Operator::Less | Operator::LessOrEqual => number <= wanted,
        Operator::NotEqual => number != wanted,
        Operator::Equal | Operator::Contains | Operator::In => number == wanted,
    }
    .into()
}

fn waiting(filter: &Filter, row: &ConversationRow, known: &Known<'_>) -> Verdict {
    match filter.value.as_str() {
        "yes" => row.waiting_since.is_some().into(),
        "no" => row.waiting_since.is_none().into(),
        _ => compared(filter, row.waiting_since.map(|since| known.now.0.saturating_sub(since.0))),
    }
}

/// 0 is nobody, as null is (intercom-mcp 12, rule 7).
fn assigned(id: Option<&str>, wanted: &str) -> bool {
    match wanted {
        "none" | "0" => id.is_none(),
        "any" => id.is_some(),
        wanted => id == Some(wanted),
    }
}

fn tagged(row: &ConversationRow, wanted: &str) -> bool {
    match wanted {
        "none" => row.tags.is_empty(),
        "any" => !row.tags.is_empty(),
        wanted => row.tags.iter().any(|tag| &*tag.id == wanted || tag.name.as_str().to_lowercase() == wanted),
    }
}

/// What a word of either value set means (section 6); none for one that nobody knows.
pub(super) fn priority(word: &str) -> Option<Priority> {
    Some(match word {
        "none" | "not_priority" => Priority::None,
        "low" => Priority::Low,
        "medium" => Priority::Medium,
        "high" | "priority" => Priority::High,
        "urgent" => Priority::Urgent,
        _ => return None,
    })
}

/// At risk is one that runs while the customer waits: when it will be missed is not told (6.1).
fn sla(row: &ConversationRow, wanted: &str) -> bool {
    let status = |sla: &Sla| sla.status.as_str().to_lowercase();
    let status = row.sla.as_ref().map(status);
    match wanted {
        "none" => status.is_none(),
        "any" => status.is_some(),
        "risk" => status.as_deref() == Some("active") && row.waiting_since.is_some(),
        wanted => status.as_deref() == Some(wanted),
    }
}

/// Words of both REST versions (section 6) under one.
fn fin(row: &ConversationRow, wanted: &str) -> bool {
    let Some(fin) = &row.fin else { return wanted == "none" };
    let said = fin.resolution.as_str().to_lowercase();
    match wanted {
        "any" => true,
        "handed-over" => matches!(said.as_str(), "routed_to_team" | "escalated" | "procedure_handoff"),
        "resolved" => matches!(said.as_str(), "assumed_resolution" | "confirmed_resolution"),
        wanted => said == wanted,
    }
}

fn state(filter: &Filter, state: &State) -> Verdict {
    let word = match state {
        State::Open => "open",
        State::Closed => "closed",
        State::Snoozed => "snoozed",
        State::Other(word) => &word.as_str().to_lowercase(),
        State::Unsaid => return Verdict::Untold,
    };
    match filter.field.as_str() {
        "open" => any(filter, |wanted| (wanted == "true") == (word == "open")).into(),
        _ => any(filter, |wanted| wanted == word).into(),
    }
}
