//! The table of fields, the usual ones first. Names and values of the server: intercom-mcp 3.4, 6 and 6.5.

use super::Kind::{
    Assignee, Count, Due, Flag, Id, Ids, Length, Rating, Tag, Team, Text, Time, Waiting, Word, Words,
};
use super::{Field, Kind, Reach};

type Values = &'static [(&'static str, &'static str)];

/// An argument of `search_conversations`.
const fn argument(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { name, kind, reach: Reach::Argument, about, values: &[] }
}

/// A field that only the one-string search is known to take.
const fn searchable(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { name, kind, reach: Reach::Searchable, about, values: &[] }
}

/// A field of our own.
const fn ours(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { name, kind, reach: Reach::Ours, about, values: &[] }
}

impl Field {
    const fn of(self, values: Values) -> Self {
        Self { values, ..self }
    }
}

const STATES: Values =
    &[("open", "somebody has to do something"), ("closed", "done"), ("snoozed", "comes back by itself")];
const FLAGS: Values = &[("true", "yes"), ("false", "no")];
const PRIORITIES: Values = &[
    ("urgent", "most urgent"),
    ("high", "also the older word priority"),
    ("medium", "in between"),
    ("low", "least"),
    ("none", "also the older word not_priority"),
    ("priority", "the older word for high"),
    ("not_priority", "the older word for none"),
];
const LEVELS: Values = &[
    ("risk", "running while the customer waits"),
    ("missed", "too late"),
    ("active", "running"),
    ("hit", "kept"),
    ("cancelled", "taken away"),
    ("none", "no service level"),
    ("any", "some service level"),
];
/// The server's words for what came of Fin's part, behind four of ours that hold in both REST versions (section 6).
const OUTCOMES: Values = &[
    ("handed-over", "Fin gave it to people: routed_to_team, escalated or procedure_handoff"),
    ("resolved", "assumed_resolution or confirmed_resolution"),
    ("any", "Fin took part"),
    ("none", "without Fin"),
    ("escalated", "handed over, the newer word"),
    ("routed_to_team", "handed over, the older word"),
    ("assumed_resolution", "the customer said no more"),
    ("confirmed_resolution", "the customer said yes"),
    ("negative_feedback", "the customer was not content"),
    ("procedure_handoff", "handed over by a procedure"),
    ("abandoned", "the customer left"),
];
const RESOLUTIONS: Values = OUTCOMES.split_at(4).1;
/// The word that the guide uses for the Messenger, then the server's own (3.4).
const CHANNELS: Values = &[
    ("chat", "the Messenger, which the server calls conversation"),
    ("email", "e-mail"),
    ("whatsapp", "WhatsApp"),
    ("sms", "text message"),
    ("phone_call", "call"),
    ("phone_switch", "from a call to the Messenger"),
    ("facebook", "Facebook"),
    ("instagram", "Instagram"),
    ("twitter", "Twitter"),
    ("push", "push message"),
    ("conversation", "the Messenger"),
];
const SOURCES: Values = CHANNELS.split_at(1).1;
const ORIGINS: Values = &[
    ("customer_initiated", "the customer"),
    ("admin_initiated", "a teammate"),
    ("automated", "an automation"),
    ("campaigns_initiated", "a campaign"),
    ("operator_initiated", "a bot"),
];
const AUTHORS: Values = &[
    ("user", "a customer with an account"),
    ("lead", "a customer without one"),
    ("contact", "a customer"),
    ("admin", "a teammate"),
    ("bot", "a bot"),
    ("team", "a team"),
];

/// Every field, the usual ones first.
pub const FIELDS: &[Field] = &[
    argument("state", Word, "where it stands").of(STATES),
    ours("assignee", Assignee, "who has it").of(&[
        ("me", "yourself"),
        ("none", "nobody"),
        ("any", "somebody"),
    ]),
    ours("waiting", Waiting, "how long the customer waits")
        .of(&[("yes", "the customer waits"), ("no", "the last word is ours")]),
    argument("priority", Word, "how urgent").of(PRIORITIES),
    ours("sla", Word, "how its service level stands").of(LEVELS),
    ours("team", Team, "which team has it").of(&[("none", "no team"), ("any", "some team")]),
    ours("tag", Tag, "a tag it carries").of(&[("none", "no tag"), ("any", "some tag")]),
    argument("created_at", Time, "when it was opened"),
    argument("updated_at", Time, "when anything last happened"),
    ours("channel", Word, "how it came in").of(CHANNELS),
    ours("fin", Word, "what became of it with Fin").of(OUTCOMES),
    ours("rating", Rating, "how the customer rated it").of(&[
        ("1", "worst"),
        ("5", "best"),
        ("none", "not rated"),
        ("any", "rated"),
    ]),
    ours("due", Due, "when a snoozed one comes back")
        .of(&[("yes", "its time is up"), ("no", "its time is to come")]),
    searchable("source_body", Words, "words of the first message; replies are not searched"),
    searchable("source_subject", Words, "words of the subject"),
    argument("source_author_email", Text, "address of who opened it"),
    argument("source_author_name", Text, "name of who opened it"),
    argument("source_type", Word, "how it came in, in the server's words").of(SOURCES),
    argument("read", Flag, "whether somebody opened it in Intercom").of(FLAGS),
    argument("open", Flag, "whether it is open").of(FLAGS),
    searchable("snoozed_until", Time, "when it comes back"),
    searchable("waiting_since", Time, "since when the customer waits"),
    argument("admin_assignee_id", Id, "who has it, by id"),
    argument("team_assignee_id", Id, "which team has it, by id"),
    argument("tag_ids", Ids, "tags it carries, by id"),
    argument("contact_ids", Ids, "who it is with, by id"),
    searchable("teammate_ids", Ids, "teammates who took part, by id"),
    searchable("id", Id, "the conversation itself"),
    argument("statistics_time_to_admin_reply", Length, "until a teammate first replied"),
    argument("statistics_time_to_first_close", Length, "until it was first closed"),
    argument("statistics_time_to_assignment", Length, "until it was first assigned"),
    searchable("statistics_time_to_last_close", Length, "until it was last closed"),
    searchable("statistics_median_time_to_reply", Length, "usual time until a reply"),
    searchable("statistics_first_contact_reply_at", Time, "when: the customer's first reply"),
    searchable("statistics_first_assignment_at", Time, "when: first assigned"),
    searchable("statistics_first_admin_reply_at", Time, "when: a teammate's first reply"),
    searchable("statistics_first_close_at", Time, "when: first closed"),
    searchable("statistics_last_assignment_at", Time, "when: last assigned"),
    searchable(
        "statistics_last_assignment_admin_reply_at",
        Time,
        "when: first reply after the last assignment",
    ),
    searchable("statistics_last_contact_reply_at", Time, "when: the customer's last reply"),
    searchable("statistics_last_admin_reply_at", Time, "when: a teammate's last reply"),
    searchable("statistics_last_close_at", Time, "when: last closed"),
    searchable("statistics_last_closed_by_id", Id, "who closed it last, by id"),
    searchable("statistics_count_reopens", Count, "how often it was reopened"),
    searchable("statistics_count_assignments", Count, "how often it was assigned"),
    searchable("statistics_count_conversation_parts", Count, "how many parts it has"),
    argument("conversation_rating_score", Count, "the rating, 1 to 5"),
    searchable("conversation_rating_remark", Words, "words beside the rating"),
    searchable("conversation_rating_requested_at", Time, "when a rating was asked for"),
    searchable("conversation_rating_replied_at", Time, "when it was rated"),
    searchable("conversation_rating_contact_id", Id, "who rated it, by id"),
    searchable("conversation_rating_admin_id", Id, "who was rated, by id"),
    argument("ai_agent_participated", Flag, "whether Fin took part").of(FLAGS),
    argument("ai_agent_resolution_state", Word, "what became of it with Fin, in the server's words")
        .of(RESOLUTIONS),
    searchable("ai_agent_last_answer_type", Word, "how Fin answered last")
        .of(&[("ai_answer", "by itself"), ("custom_answer", "with a prepared answer")]),
    searchable("ai_agent_rating", Count, "how Fin was rated"),
    searchable("ai_agent_rating_remark", Words, "words beside Fin's rating"),
    searchable("ai_agent_source_type", Word, "what started Fin"),
    searchable("ai_agent_source_title", Text, "what started Fin, by title"),
    searchable("source_id", Id, "the first message, by id"),
    searchable("source_delivered_as", Word, "who began it").of(ORIGINS),
    searchable("source_author_id", Id, "who opened it, by id"),
    searchable("source_author_type", Word, "what kind of person opened it").of(AUTHORS),
    searchable("source_url", Text, "the page it began on"),
    searchable("channel_initiated", Word, "through which channel it began").of(SOURCES),
];
