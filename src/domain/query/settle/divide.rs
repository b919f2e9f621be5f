//! One condition after another: to the server, to be cut here, or both.

use super::super::keeps::priority;
use super::super::names::{ids, is_me, is_name, is_number, whose};
use super::super::parse::{list, yes_or_no};
use super::super::when::{length, when};
use super::super::{Field, Filter, Kind, Known, Operator};
use super::bounds::{bounds, is_beside, is_lower, is_narrower, is_upper, with};
use crate::domain::roster::Kind as Whose;

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

impl<'a> Division<'a> {
    pub(super) fn new(known: &'a Known<'a>) -> Self {
        Self { known, sent: Vec::new(), cut: Vec::new(), narrowing: Vec::new() }
    }

    /// Divides one condition; a sentence where a name in it means nobody. A list with commas is `in`, as nobody means
    /// anything else by it, and a list of one is no list; what is none of a list is none of each.
    pub(super) fn take(&mut self, filter: &Filter) -> Result<(), String> {
        let one = |operator, value: &str| with(&filter.field, operator, value);
        match (filter.operator, self.values(filter).as_slice()) {
            (Operator::Equal | Operator::In, [only]) => self.one(&one(Operator::Equal, only)),
            (Operator::Equal | Operator::In, several) => self.one(&one(Operator::In, &several.join(","))),
            (each, values) => values.iter().try_for_each(|value| self.one(&one(each, value))),
        }
    }

    /// The values of a condition: several where commas part them and the whole is no name.
    fn values<'f>(&self, filter: &'f Filter) -> Vec<&'f str> {
        let field = Field::named(&filter.field);
        let parts = filter.operator == Operator::In || field.is_some_and(|field| field.kind.takes_lists());
        let is_name = |whose| is_name(&filter.value, whose, self.known);
        let whole = !parts || (filter.value.contains(',') && field.and_then(whose).is_some_and(is_name));
        if whole { vec![&filter.value] } else { list(&filter.value).collect() }
    }

    fn one(&mut self, filter: &Filter) -> Result<(), String> {
        let Some(field) = Field::named(&filter.field) else {
            self.send(filter.clone());
            return Ok(());
        };
        match field.kind {
            Kind::Assignee => return self.named(filter, Whose::Admin, "admin_assignee_id"),
            Kind::Team => return self.named(filter, Whose::Team, "team_assignee_id"),
            Kind::Tag => return self.named(filter, Whose::Tag, "tag_ids"),
            Kind::Id | Kind::Ids => return self.id(filter, field),
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

    /// To the server; a second condition on a field is cut here where rows tell it. Of two bounds on one side the narrower
    /// one is meant. Of those on both sides the lower one is sent: it keeps old rows away (3.4).
    fn send(&mut self, filter: Filter) {
        if let Some(wider) = self.sent.iter_mut().find(|other| is_beside(other, &filter)) {
            if is_narrower(&filter, wider) {
                *wider = filter;
            }
            return;
        }
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

    /// By name: to the server under the field that takes the id, where there is one. Whether 0 asks for nobody is not known
    /// of the real server, so `none` is never sent.
    fn named(&mut self, filter: &Filter, whose: Whose, by_id: &str) -> Result<(), String> {
        let ids = ids(&filter.value, filter.operator == Operator::In, whose, self.known)?;
        if filter.operator == Operator::Equal && is_number(&ids) {
            self.send(with(by_id, Operator::Equal, ids));
        } else {
            self.cut(with(&filter.field, filter.operator, ids));
        }
        Ok(())
    }

    /// By id; names and `me` become ids where somebody's are taken. What has no id then, `none` or the name of a tag, is cut
    /// here.
    fn id(&mut self, filter: &Filter, field: &Field) -> Result<(), String> {
        let whose = whose(field).or_else(|| is_me(field, &filter.value).then_some(Whose::Admin));
        let Some(whose) = whose else {
            self.send(filter.clone());
            return Ok(());
        };
        let ids = ids(&filter.value, filter.operator == Operator::In, whose, self.known)?;
        let ours = match field.name {
            "admin_assignee_id" => Some("assignee"),
            "team_assignee_id" => Some("team"),
            "tag_ids" => Some("tag"),
            _ => None,
        };
        let without = list(&ids).find(|id| !is_number(id)).map(str::to_owned);
        match (without.as_deref(), ours) {
            (Some(_), Some(ours)) => self.cut(with(ours, filter.operator, ids)),
            (Some(word @ ("none" | "any")), None) => {
                return Err(format!("{} takes ids and names; it cannot be asked for {word}.", field.name));
            }
            _ => self.send(with(field.name, filter.operator, ids)),
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
        let not = filter.operator == Operator::NotEqual;
        match (filter.value.as_str(), not) {
            ("any", false) | ("none", true) => self.send(score(Operator::GreaterOrEqual, "1")),
            ("none", false) | ("any", true) => self.cut(with("rating", Operator::Equal, "none")),
            (value, _) => self.count(&score(filter.operator, value)),
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
            "priority"
                if list(&value).any(is_either)
                    || (!plain && list(&value).all(|word| priority(word).is_some())) =>
            {
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
