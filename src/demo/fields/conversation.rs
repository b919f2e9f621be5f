//! Conversation fields.

use std::borrow::Cow;

use super::super::fact::{Fact, Kind};
use super::super::workspace::{Author, Record, Story, Workspace};
use super::{Field, field};

/// Every field, the common ones first.
pub(super) fn tables() -> impl Iterator<Item = &'static Field> {
    CORE.iter().chain(SOURCE).chain(STATISTICS).chain(RATING).chain(AGENT)
}

fn told<'a>(
    workspace: &'a Workspace,
    index: u32,
    tell: impl FnOnce(&'a Record, &'a Story) -> Fact<'a>,
) -> Fact<'a> {
    workspace.conversation(index).map_or(Fact::Absent, |(record, story)| tell(record, story))
}

fn at(workspace: &Workspace, index: u32, offset: impl FnOnce(&Story) -> Option<i64>) -> Fact<'_> {
    told(workspace, index, |record, story| Fact::number(offset(story).map(|offset| record.began_at + offset)))
}

fn amount(workspace: &Workspace, index: u32, amount: impl FnOnce(&Story) -> Option<i64>) -> Fact<'_> {
    told(workspace, index, |_, story| Fact::number(amount(story)))
}

static CORE: &[Field] = &[
    field("id", Kind::Text, |w, i| told(w, i, |record, _| Fact::Text(record.id.to_string().into()))),
    field("state", Kind::Text, |w, i| Fact::Text(w.conversation_state(i).into())),
    field("open", Kind::Flag, |w, i| Fact::Flag(w.conversation_state(i) == "open")),
    field("read", Kind::Flag, |w, i| told(w, i, |_, story| Fact::Flag(story.read))),
    field("priority", Kind::Text, |w, i| told(w, i, |_, story| Fact::Text(story.priority.as_str().into()))),
    field("created_at", Kind::Date, |w, i| at(w, i, |_| Some(0))),
    field("updated_at", Kind::Date, |w, i| Fact::Number(w.conversation_updated(i))),
    field("waiting_since", Kind::Date, |w, i| at(w, i, |story| story.facts.waiting)),
    field("snoozed_until", Kind::Date, |w, i| Fact::number(w.conversation_snoozed_until(i))),
    field("admin_assignee_id", Kind::Number, |w, i| amount(w, i, |story| story.admin_assignee_id)),
    field("team_assignee_id", Kind::Number, |w, i| amount(w, i, |story| story.team_assignee_id)),
    field("channel_initiated", Kind::Text, |w, i| {
        told(w, i, |_, story| Fact::Text(story.source_type.as_str().into()))
    }),
    field("contact_ids", Kind::List, |w, i| told(w, i, |record, _| Fact::list([w.person_id(record.person)]))),
    field("teammate_ids", Kind::List, |w, i| {
        told(w, i, |_, story| Fact::list(story.facts.teammates.iter().map(ToString::to_string)))
    }),
    field("tag_ids", Kind::List, |w, i| {
        told(w, i, |_, story| Fact::list(w.desk.tags_named(&story.tags).map(|tag| tag.id.as_str())))
    }),
];

static SOURCE: &[Field] = &[
    field("source_type", Kind::Text, |w, i| {
        told(w, i, |_, story| Fact::Text(story.source_type.as_str().into()))
    }),
    field("source_id", Kind::Text, |w, i| told(w, i, |record, _| Fact::Text(source_id(record).into()))),
    field("source_delivered_as", Kind::Text, |w, i| {
        told(w, i, |_, story| Fact::Text(story.delivered_as.as_str().into()))
    }),
    field("source_subject", Kind::Words, |w, i| {
        told(w, i, |_, story| Fact::Text(story.facts.subject_folded.as_str().into()))
    }),
    field("source_body", Kind::Words, |w, i| {
        told(w, i, |_, story| Fact::Text(story.facts.opening_folded.as_str().into()))
    }),
    field("source_author_id", Kind::Text, |w, i| told(w, i, |record, story| author(w, record, story).0)),
    field("source_author_type", Kind::Text, |w, i| told(w, i, |record, story| author_type(w, record, story))),
    field("source_author_name", Kind::Text, |w, i| told(w, i, |record, story| author(w, record, story).1)),
    field("source_author_email", Kind::Text, |w, i| told(w, i, |record, story| author(w, record, story).2)),
    field("source_url", Kind::Text, |_, _| Fact::Absent),
];

/// The id of a conversation's opening message.
pub(crate) fn source_id(record: &Record) -> String {
    format!("33{}", record.id % 1_000_000_000)
}

/// Id, name and email address of whoever wrote the opening message.
fn author<'a>(workspace: &'a Workspace, record: &Record, story: &'a Story) -> (Fact<'a>, Fact<'a>, Fact<'a>) {
    match story.opened_by(workspace.desk.me) {
        Author::Contact => (
            Fact::Text(workspace.person_id(record.person).into()),
            Fact::text(workspace.person_name(record.person)),
            Fact::text(workspace.person_email(record.person)),
        ),
        Author::Admin(id) => {
            let admin = workspace.desk.admin(id);
            (
                Fact::Text(id.to_string().into()),
                Fact::text(admin.map(|admin| admin.name.as_str())),
                Fact::text(admin.and_then(|admin| admin.email.as_deref())),
            )
        }
        Author::Fin | Author::Bot => (Fact::Absent, Fact::Text("Operator".into()), Fact::Absent),
    }
}

fn author_type<'a>(workspace: &'a Workspace, record: &Record, story: &'a Story) -> Fact<'a> {
    match story.opened_by(workspace.desk.me) {
        Author::Contact => Fact::text(workspace.person(record.person).map(|(_, seed)| seed.role.as_str())),
        Author::Admin(_) => Fact::Text("admin".into()),
        Author::Fin | Author::Bot => Fact::Text("bot".into()),
    }
}

static STATISTICS: &[Field] = &[
    field("statistics_time_to_assignment", Kind::Number, |w, i| amount(w, i, |s| s.facts.first_assignment)),
    field("statistics_time_to_admin_reply", Kind::Number, |w, i| amount(w, i, |s| s.facts.first_admin_reply)),
    field("statistics_time_to_first_close", Kind::Number, |w, i| amount(w, i, |s| s.facts.first_close)),
    field("statistics_time_to_last_close", Kind::Number, |w, i| amount(w, i, |s| s.facts.last_close)),
    field("statistics_median_time_to_reply", Kind::Number, |w, i| amount(w, i, |s| s.facts.median_reply)),
    field("statistics_first_contact_reply_at", Kind::Date, |w, i| at(w, i, |s| s.facts.first_contact_reply)),
    field("statistics_first_assignment_at", Kind::Date, |w, i| at(w, i, |s| s.facts.first_assignment)),
    field("statistics_first_admin_reply_at", Kind::Date, |w, i| at(w, i, |s| s.facts.first_admin_reply)),
    field("statistics_first_close_at", Kind::Date, |w, i| at(w, i, |s| s.facts.first_close)),
    field("statistics_last_assignment_at", Kind::Date, |w, i| at(w, i, |s| s.facts.last_assignment)),
    field("statistics_last_assignment_admin_reply_at", Kind::Date, |w, i| {
        at(w, i, |s| s.facts.last_assignment_admin_reply)
    }),
    field("statistics_last_contact_reply_at", Kind::Date, |w, i| at(w, i, |s| s.facts.last_contact_reply)),
    field("statistics_last_admin_reply_at", Kind::Date, |w, i| at(w, i, |s| s.facts.last_admin_reply)),
    field("statistics_last_close_at", Kind::Date, |w, i| at(w, i, |s| s.facts.last_close)),
    field("statistics_last_closed_by_id", Kind::Number, |w, i| amount(w, i, |s| s.facts.last_closed_by)),
    field("statistics_count_reopens", Kind::Number, |w, i| amount(w, i, |s| Some(s.facts.reopens))),
    field("statistics_count_assignments", Kind::Number, |w, i| amount(w, i, |s| Some(s.facts.assignments))),
    field("statistics_count_conversation_parts", Kind::Number, |w, i| {
        let added = w.notes_of(i).len();
        amount(w, i, |s| i64::try_from(s.parts.len() + added).ok())
    }),
];

static RATING: &[Field] = &[
    field("conversation_rating_score", Kind::Number, |w, i| {
        amount(w, i, |story| story.rating.as_ref().map(|(score, _)| *score))
    }),
    field("conversation_rating_remark", Kind::Words, |w, i| {
        told(w, i, |_, story| {
            let remark = story.rating.as_ref().and_then(|(_, remark)| remark.as_deref());
            Fact::text(remark.map(str::to_lowercase))
        })
    }),
    field("conversation_rating_requested_at", Kind::Date, |w, i| at(w, i, rated_after)),
    field("conversation_rating_replied_at", Kind::Date, |w, i| at(w, i, rated_after)),
    field("conversation_rating_contact_id", Kind::Text, |w, i| {
        told(w, i, |record, story| Fact::text(story.rating.as_ref().map(|_| w.person_id(record.person))))
    }),
    field("conversation_rating_admin_id", Kind::Number, |w, i| {
        amount(w, i, |story| story.rating.as_ref().and(story.admin_assignee_id))
    }),
];

fn rated_after(story: &Story) -> Option<i64> {
    story.rating.as_ref().map(|_| story.facts.rated.unwrap_or(story.facts.updated))
}

static AGENT: &[Field] = &[
    field("ai_agent_participated", Kind::Flag, |w, i| told(w, i, |_, story| Fact::Flag(story.fin.is_some()))),
    field("ai_agent_resolution_state", Kind::Text, |w, i| {
        told(w, i, |_, story| Fact::text(story.fin.as_ref().and_then(|fin| fin.resolution_state.as_deref())))
    }),
    field("ai_agent_last_answer_type", Kind::Text, |w, i| {
        told(w, i, |_, story| Fact::text(story.fin.as_ref().and_then(|fin| fin.last_answer_type.as_deref())))
    }),
    field("ai_agent_source_type", Kind::Text, |w, i| {
        told(w, i, |_, story| Fact::text(story.fin.as_ref().map(|_| "workflow")))
    }),
    field("ai_agent_rating", Kind::Number, |_, _| Fact::Absent),
    field("ai_agent_rating_remark", Kind::Words, |_, _| Fact::Absent),
    field("ai_agent_source_title", Kind::Text, |_, _| Fact::Absent),
];

/// Free text looks at title, subject, opening message and the author's name and address; never at replies.
pub(super) fn mentions(workspace: &Workspace, index: u32, words: &str) -> bool {
    let Some((record, story)) = workspace.conversation(index) else {
        return false;
    };
    let title = story.title.as_deref().unwrap_or("").to_lowercase();
    let mut person: Option<[Cow<'_, str>; 2]> = None;
    words.split_whitespace().all(|word| {
        title.contains(word)
            || story.facts.subject_folded.contains(word)
            || story.facts.opening_folded.contains(word)
            || person
                .get_or_insert_with(|| {
                    [workspace.person_name(record.person), workspace.person_email(record.person)]
                        .map(|text| text.map_or("".into(), |text| text.to_lowercase().into()))
                })
                .iter()
                .any(|text| text.contains(word))
    })
}
