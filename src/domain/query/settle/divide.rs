//! One condition after another: to the server, to be cut here, or both.

use super::super::names::{Whose, ids, is_name};
use super::super::parse::{list, yes_or_no};
use super::super::when::{When, length, when};
use super::super::{Field, Filter, Kind, Known, Operator};

/// Fields that whole rows carry, so that a second condition on one can be cut here.
const CARRIED: [&str; 17] = [
    "state",
    "open",
    "read",
    "created_at",
    "updated_at",
    "admin_assignee_id",
    "team_assignee_id",
    "tag_ids",
    "contact_ids",
    "source_type",
    "source_author_name",
    "source_author_email",
    "conversation_rating_score",
    "statistics_time_to_admin_reply",
    "statistics_time_to_first_close",
    "ai_agent_participated",
    "ai_agent_resolution_state",
];

/// What has been divided so far.
pub(super) struct Division<'a> {
    known: &'a Known<'a>,
    /// For the server.
    pub(super) sent: Vec<Filter>,
    /// For here.
    pub(super) cut: Vec<Filter>,
    /// For the server too, where its tool names the field.
    pub(super) narrowing: Vec<Filter>,
}

fn with(field: &str, operator: Operator, value: impl Into<String>) -> Filter {
    Filter { field: field.to_owned(), operator, value: value.into() }
}

fn is_lower(filter: &Filter) -> bool {
    matches!(filter.operator, Operator::Greater | Operator::GreaterOrEqual)
}

fn is_upper(filter: &Filter) -> bool {
    matches!(filter.operator, Operator::Less | Operator::LessOrEqual)
}

impl<'a> Division<'a> {
    pub(super) fn new(known: &'a Known<'a>) -> Self {
        Self { known, sent: Vec::new(), cut: Vec::new(), narrowing: Vec::new() }
    }

    /// Divides one condition; a sentence where a name in it means nobody. A list with commas is `in`, as nobody means
    /// anything else by it; what is none of a list is none of each.
    pub(super) fn take(&mut self, filter: &Filter) -> Result<(), String> {
        if !self.is_list(filter) {
            return self.one(filter);
        }
        if filter.operator == Operator::Equal {
            return self.one(&Filter { operator: Operator::In, ..filter.clone() });
        }
        list(&filter.value).try_for_each(|value| self.one(&with(&filter.field, filter.operator, value)))
    }

    /// Whether several values stand where one is compared.
    fn is_list(&self, filter: &Filter) -> bool {
        let one = matches!(filter.operator, Operator::Equal | Operator::NotEqual);
        let whole = |whose| is_name(&filter.value, whose, self.known);
        one && list(&filter.value).nth(1).is_some()
            && match Field::named(&filter.field).map(|field| field.kind) {
                Some(Kind::Word) => true,
                Some(Kind::Assignee) => !whole(Whose::Admins),
                Some(Kind::Team) => !whole(Whose::Teams),
                Some(Kind::Tag) => !whole(Whose::Tags),
                _ => false,
            }
    }

    fn one(&mut self, filter: &Filter) -> Result<(), String> {
        let Some(field) = Field::named(&filter.field) else {
            self.send(filter.clone());
            return Ok(());
        };
        match field.kind {
            Kind::Assignee => return self.person(filter, Whose::Admins, "admin_assignee_id"),
            Kind::Team => return self.person(filter, Whose::Teams, "team_assignee_id"),
            Kind::Tag => return self.tag(filter),
            Kind::Id | Kind::Ids => return self.id(filter),
            Kind::Time => self.time(filter),
            Kind::Due => self.due(filter),
            Kind::Waiting => self.waiting(filter),
            Kind::Length => self.length(filter),
            Kind::Count => self.count(filter),
            Kind::Rating => self.rating(filter),
            Kind::Flag => {
                self.send(with(&filter.field, filter.operator, filter.value.to_ascii_lowercase()));
            }
            Kind::Word | Kind::Text | Kind::Words => self.word(filter),
        }
        Ok(())
    }

    /// To the server; a second condition on a field is cut here where rows tell it. Of two bounds the lower one is sent:
    /// it keeps old rows away (3.4).
    fn send(&mut self, filter: Filter) {
        let same = self.sent.iter_mut().find(|other| other.field == filter.field);
        let Some(other) = same.filter(|_| CARRIED.contains(&filter.field.as_str())) else {
            self.sent.push(filter);
            return;
        };
        if *other == filter {
            return;
        }
        let swaps = is_lower(&filter) && is_upper(other);
        let second = if swaps { std::mem::replace(other, filter) } else { filter };
        self.cut(second);
    }

    fn cut(&mut self, filter: Filter) {
        if !self.cut.contains(&filter) {
            self.cut.push(filter);
        }
    }

    /// One that only spares rows; one for each field.
    fn narrow(&mut self, filter: Filter) {
        let taken = self.narrowing.iter().chain(&self.sent).any(|other| other.field == filter.field);
        if !taken {
            self.narrowing.push(filter);
        }
    }

    /// Whether 0 asks for nobody is not known of the real server, so `none` is never sent.
    fn person(&mut self, filter: &Filter, whose: Whose, named: &str) -> Result<(), String> {
        let ids = ids(&filter.value, filter.operator == Operator::In, whose, self.known)?;
        let plain = filter.operator == Operator::Equal && ids.bytes().all(|byte| byte.is_ascii_digit());
        if plain {
            self.send(with(named, Operator::Equal, ids));
        } else {
            self.cut(with(&filter.field, filter.operator, ids));
        }
        Ok(())
    }

    fn tag(&mut self, filter: &Filter) -> Result<(), String> {
        let ids = ids(&filter.value, filter.operator == Operator::In, Whose::Tags, self.known)?;
        let plain = filter.operator == Operator::Equal && ids.bytes().all(|byte| byte.is_ascii_digit());
        if plain {
            self.send(with("tag_ids", Operator::Equal, ids));
        } else {
            self.cut(with("tag", filter.operator, ids));
        }
        Ok(())
    }

    /// Ids as typed; `me` and names become ids where teammates or teams are meant.
    fn id(&mut self, filter: &Filter) -> Result<(), String> {
        let whose = match filter.field.as_str() {
            "admin_assignee_id"
            | "teammate_ids"
            | "statistics_last_closed_by_id"
            | "conversation_rating_admin_id" => Whose::Admins,
            "team_assignee_id" => Whose::Teams,
            "source_author_id" if filter.value.eq_ignore_ascii_case("me") => Whose::Admins,
            _ => {
                self.send(filter.clone());
                return Ok(());
            }
        };
        let ids = ids(&filter.value, true, whose, self.known)?;
        let ours = match filter.field.as_str() {
            "admin_assignee_id" => Some("assignee"),
            "team_assignee_id" => Some("team"),
            _ => None,
        };
        match ours.filter(|_| list(&ids).any(|id| matches!(id, "none" | "any"))) {
            Some(field) => self.cut(with(field, filter.operator, ids)),
            None => self.send(with(&filter.field, filter.operator, ids)),
        }
        Ok(())
    }

    fn time(&mut self, filter: &Filter) {
        let Some(time) = when(&filter.value, self.known.now, self.known.zone) else { return };
        for bound in bounds(&filter.field, filter.operator, time) {
            // What is to come has not been opened or changed: that end cuts nothing.
            let past = matches!(filter.field.as_str(), "created_at" | "updated_at");
            let empty = past && is_upper(&bound) && time.last() >= self.known.now.0;
            match filter.field.as_str() {
                "waiting_since" | "snoozed_until" => self.both(bound),
                _ if empty && filter.operator == Operator::Equal => {}
                _ => self.send(bound),
            }
        }
    }

    /// Cut here, and sent where the tool names the field: these are searchable (6.5), though no page names the arguments.
    fn both(&mut self, filter: Filter) {
        self.narrow(filter.clone());
        self.cut(filter);
    }

    fn due(&mut self, filter: &Filter) {
        let now = self.known.now.0.to_string();
        match yes_or_no(&filter.value).filter(|_| filter.operator == Operator::Equal) {
            Some(true) => self.both(with("snoozed_until", Operator::Less, now)),
            Some(false) => self.both(with("snoozed_until", Operator::Greater, now)),
            None => self.time(&with("snoozed_until", filter.operator, filter.value.as_str())),
        }
    }

    fn waiting(&mut self, filter: &Filter) {
        let plain = filter.operator == Operator::Equal;
        if let Some(waits) = yes_or_no(&filter.value).filter(|_| plain) {
            if waits {
                self.narrow(with("waiting_since", Operator::Greater, "0"));
            }
            return self.cut(with("waiting", Operator::Equal, if waits { "yes" } else { "no" }));
        }
        let Some(seconds) = length(&filter.value) else { return };
        // The longer the wait, the earlier it began.
        let turned = if is_lower(filter) { Operator::Less } else { Operator::Greater };
        let since = self.known.now.0.saturating_sub(seconds);
        self.narrow(with("waiting_since", turned, since.to_string()));
        self.cut(with("waiting", filter.operator, seconds.to_string()));
    }

    fn length(&mut self, filter: &Filter) {
        if let Some(seconds) = length(&filter.value) {
            self.send(with(&filter.field, filter.operator, seconds.to_string()));
        }
    }

    /// The server reads `>` and `<` as "or equal" (6.5), which matters for small numbers.
    fn count(&mut self, filter: &Filter) {
        let Ok(number) = filter.value.parse::<i64>() else { return };
        let (operator, number) = if filter.operator == Operator::Greater {
            (Operator::GreaterOrEqual, number.saturating_add(1))
        } else if filter.operator == Operator::Less {
            (Operator::LessOrEqual, number.saturating_sub(1))
        } else {
            (filter.operator, number)
        };
        self.send(with(&filter.field, operator, number.to_string()));
    }

    fn rating(&mut self, filter: &Filter) {
        let score = |operator, value: &str| with("conversation_rating_score", operator, value);
        match filter.value.as_str() {
            "any" => self.send(score(Operator::GreaterOrEqual, "1")),
            "none" => self.cut(with("rating", Operator::Equal, "none")),
            value => self.count(&score(filter.operator, value)),
        }
    }

    fn word(&mut self, filter: &Filter) {
        let value = filter.value.to_ascii_lowercase();
        let plain = filter.operator == Operator::Equal;
        match filter.field.as_str() {
            "sla" => self.cut(with("sla", filter.operator, value)),
            "fin" => {
                if plain && value != "none" {
                    self.narrow(with("ai_agent_participated", Operator::Equal, "true"));
                }
                self.cut(with("fin", filter.operator, value));
            }
            "channel" => {
                let words: Vec<&str> = list(&value).map(source_word).collect();
                self.send(with("source_type", filter.operator, words.join(",")));
            }
            "priority" if list(&value).any(is_either) || (!plain && list(&value).all(is_priority)) => {
                self.cut(with("priority", filter.operator, value));
            }
            "state" => self.send(with("state", filter.operator, value)),
            _ => self.send(filter.clone()),
        }
    }
}

/// The Messenger is `chat` in the guide's prose and `conversation` in the data (3.4).
pub(in super::super) fn source_word(word: &str) -> &str {
    if matches!(word, "chat" | "messenger") { "conversation" } else { word }
}

/// A priority that the value sets of the two REST versions spell differently (section 6).
fn is_either(word: &str) -> bool {
    matches!(word, "high" | "priority" | "none" | "not_priority")
}

fn is_priority(word: &str) -> bool {
    is_either(word) || matches!(word, "urgent" | "medium" | "low")
}

/// The conditions in seconds that a time stands for. Bounds include their end, as the server reads them (6.5).
fn bounds(field: &str, operator: Operator, time: When) -> Vec<Filter> {
    let bound = |operator, at: i64| with(field, operator, at.to_string());
    match (operator, time) {
        (Operator::Greater | Operator::GreaterOrEqual | Operator::Less, _) => {
            vec![bound(operator, time.first())]
        }
        (Operator::LessOrEqual, _) => vec![bound(operator, time.last())],
        (_, When::Span(first, last)) => {
            vec![bound(Operator::Greater, first), bound(Operator::Less, last)]
        }
        (_, When::Exact(at) | When::Moving(at)) => vec![bound(operator, at)],
    }
}
