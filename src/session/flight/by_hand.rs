//! A call by hand: its arguments read, its tool held against what the server offers, sent once, and its end. Refuses the
//! tools that write articles and notes, whatever the server says of them.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

use super::{Job, Landing, Terms, Tried, given_up, late, not_taken, note};
use crate::domain::call::{Answer, End, Fault, FaultKind, Said};
use crate::session::tools;
use crate::session::wire::{Handover, Line, Offer, Reply, Trouble};

/// A tool and what it is called with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ByHand {
    /// The tool, as it was typed.
    pub(crate) tool: String,
    /// Its arguments.
    pub(crate) arguments: Map<String, Value>,
}

impl ByHand {
    /// Reads what was typed; blank text means no arguments.
    pub(crate) fn read(tool: String, arguments: &str) -> Result<Self, Fault> {
        tools::only_by_review(&tool)?;
        if arguments.trim().is_empty() {
            return Ok(Self { tool, arguments: Map::new() });
        }
        match serde_json::from_str(arguments) {
            Ok(Value::Object(arguments)) => Ok(Self { tool, arguments }),
            Ok(other) => Err(no_object(&other)),
            Err(error) => Err(unreadable(&error)),
        }
    }

    /// Whether it is known to change nothing.
    pub(crate) fn reads(&self, offer: &Offer) -> bool {
        tools::reads(&self.tool, offer)
    }
}

fn invalid(sentence: &str) -> Fault {
    Fault::new(FaultKind::Invalid, sentence, "Write them as {\"name\": \"value\"}.")
}

fn no_object(value: &Value) -> Fault {
    let what = match value {
        Value::Array(_) => "a list",
        Value::String(_) => "text",
        Value::Number(_) => "a number",
        Value::Null | Value::Bool(_) | Value::Object(_) => "a word",
    };
    invalid(&format!("The arguments are {what}, and a JSON object is wanted, so nothing was sent."))
}

/// Where and why the text is no JSON; the parser counts lines and columns from 1.
fn unreadable(error: &serde_json::Error) -> Fault {
    let (line, column) = (error.line(), error.column());
    let words = error.to_string();
    let why = words.split(" at line ").next().unwrap_or("");
    invalid(&format!(
        "The arguments are no JSON at line {line}, column {column} ({why}), so nothing was sent."
    ))
}

/// Carries a call to its landing.
pub(super) async fn carry<L: Line>(
    line: &L,
    call: ByHand,
    terms: &Terms,
    handover: &Arc<Handover>,
    tried: &mut Vec<Tried>,
) -> Landing {
    let offer = line.offer();
    if let Err(fault) = tools::by_hand(&call.tool, &call.arguments, &offer) {
        return Landing::End(End::Refused(fault));
    }
    if let Err(fault) = terms.accepts(&call.tool, &offer) {
        return Landing::End(End::NotSent(fault));
    }
    let reads = call.reads(&offer);
    let limit = if reads { terms.read } else { terms.write };
    let sending = line.call(&call.tool, call.arguments.clone(), Some(Arc::clone(handover)));
    let Some(reply) = terms.patience.within(limit, sending).await else {
        return Landing::End(out_of_time(reads, limit, &offer, handover));
    };
    note(tried, &call.tool, &reply);
    match reply {
        Ok(reply) => Landing::End(End::Answer(Answer::Said(Box::new(said(reply))))),
        Err(trouble) if reads => unread(trouble, call),
        Err(trouble) => troubled(trouble, call, handover),
    }
}

fn out_of_time(reads: bool, limit: Duration, offer: &Offer, handover: &Handover) -> End {
    let fault = late(&offer.server.host, limit);
    if reads { End::TimedOut(fault) } else { given_up(handover, fault) }
}

fn said(reply: Reply) -> Said {
    Said { whole: reply.whole.to_string(), texts: reply.texts, is_error: reply.is_error }
}

/// How a call ends that changes nothing.
fn unread(trouble: Trouble, call: ByHand) -> Landing {
    match trouble {
        Trouble::Refused(fault) | Trouble::Unclear(fault) => Landing::End(End::Refused(fault)),
        Trouble::Lost(fault) => Landing::Lost(End::NotSent(fault.clone()), fault),
        Trouble::SignIn(fault) => Landing::SignIn(End::Refused(fault.clone()), fault),
        Trouble::SessionGone(fault) => Landing::Again(Job::ByHand(call), fault),
        Trouble::Outdated(fault) => Landing::Outdated(Job::ByHand(call), fault),
    }
}

/// How a call ends that may change something. Only one that was turned away unread is carried again.
fn troubled(trouble: Trouble, call: ByHand, handover: &Handover) -> Landing {
    match trouble {
        Trouble::Refused(fault) => Landing::End(not_taken(handover, fault)),
        Trouble::Unclear(fault) => Landing::End(given_up(handover, fault)),
        Trouble::Lost(fault) => Landing::Lost(given_up(handover, fault.clone()), fault),
        Trouble::SignIn(fault) => Landing::SignIn(End::Refused(fault.clone()), fault),
        Trouble::SessionGone(fault) => Landing::Again(Job::ByHand(call), fault),
        Trouble::Outdated(fault) => Landing::Outdated(Job::ByHand(call), fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where_arguments_are_wrong() {
        let table = [
            (
                "{\"a\": }",
                "The arguments are no JSON at line 1, column 7 (expected value), so nothing was sent.",
            ),
            (
                "{\"a\": 1,\n\"b\" 2}",
                "The arguments are no JSON at line 2, column 5 (expected `:`), so nothing was sent.",
            ),
            ("[1]", "The arguments are a list, and a JSON object is wanted, so nothing was sent."),
            ("null", "The arguments are a word, and a JSON object is wanted, so nothing was sent."),
        ];
        for (typed, sentence) in table {
            let fault = ByHand::read("search".into(), typed).unwrap_err();
            assert_eq!((fault.kind, fault.sentence.as_str()), (FaultKind::Invalid, sentence));
        }
        assert!(ByHand::read("search".into(), &"[".repeat(100_000)).is_err(), "depth costs nothing");
        assert_eq!(ByHand::read("search".into(), " \n").unwrap().arguments, Map::new());
    }

    #[test]
    fn what_writes_articles_and_notes_never_goes_by_hand() {
        let names = [
            "create_article",
            "update_article",
            "add_internal_note",
            " Update_Article ",
            "update-article",
            "updateArticle",
            "intercom__create_article",
            "intercom.add_internal_note",
        ];
        for name in names {
            let fault = ByHand::read(name.into(), "{}").unwrap_err();
            assert_eq!(fault.kind, FaultKind::Forbidden, "{name}");
        }
        for name in ["get_article", "search_articles", "submit_mcp_feedback", "add", "article"] {
            assert!(ByHand::read(name.into(), "{}").is_ok(), "{name}");
        }
    }
}
