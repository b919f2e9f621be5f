//! What may be called by hand: which tools never, which are not there, which arguments they do not take. Owns the sentences
//! for that; `required` lists are the server's business, they are wrong on the real one (intercom-mcp 3.4).

use serde_json::{Map, Value};

use super::schema::Schema;
use super::{WRITES, is_read};
use crate::domain::call::{Fault, FaultKind};
use crate::domain::link::{Kind, Permit};
use crate::domain::near::{letters, near};
use crate::session::memory::Pins;
use crate::session::wire::Offer;

/// Letters of a name that are shown.
const SHOWN: usize = 60;
/// Names of a list that are shown.
const LISTED: usize = 12;

/// Refuses `create_article`, `update_article` and `add_internal_note`, also under a bridge's prefix, however long that is,
/// or in another spelling.
pub(crate) fn only_by_review(tool: &str) -> Result<(), Fault> {
    let typed: String = letters(tool).collect();
    let writes = WRITES.iter().any(|write| typed.ends_with(&letters(write).collect::<String>()));
    if writes { Err(forbidden(tool)) } else { Ok(()) }
}

fn forbidden(tool: &str) -> Fault {
    let tool = cut(tool);
    Fault::new(
        FaultKind::Forbidden,
        &format!("{tool} is not called by hand: writes of articles and notes go only through a review."),
        "Open the article in the console, edit it, and save it there.",
    )
}

/// Whether a tool is known to change nothing, by our list or by the server's mark.
pub(crate) fn reads(tool: &str, offer: &Offer) -> bool {
    is_read(tool) || kind(tool, offer) == Some(Kind::Read)
}

fn kind(tool: &str, offer: &Offer) -> Option<Kind> {
    offer.server.tools.iter().find(|one| one.name.as_str() == tool).map(|one| one.kind)
}

/// Whether a tool can be called by hand with these arguments.
pub(crate) fn by_hand(tool: &str, arguments: &Map<String, Value>, offer: &Offer) -> Result<(), Fault> {
    only_by_review(tool)?;
    if kind(tool, offer) == Some(Kind::Write) {
        return Err(forbidden(tool));
    }
    let Some(schema) = offer.schemas.get(tool) else {
        return Err(not_offered(tool, offer));
    };
    let schema = Schema::of(schema);
    match arguments.keys().find(|name| !schema.takes(name)) {
        Some(name) => Err(not_taken(tool, name, &schema)),
        None => Ok(()),
    }
}

/// Whether a tool is as it was accepted. What is offered without being listed was never accepted.
pub(crate) fn accepted(tool: &str, offer: &Offer, pins: &Pins) -> Result<(), Fault> {
    let listed = offer.server.tools.iter().find(|one| one.name.as_str() == tool);
    let changed = match listed.map(|tool| pins.permit(tool)) {
        Some(Permit::Yes | Permit::Refused(_)) => return Ok(()),
        None if is_read(tool) => return Ok(()),
        Some(Permit::New) | None => "is new there",
        Some(Permit::Changed) => "is not as it was when it was accepted",
    };
    let sentence = format!("The tool {} of {} {changed}, so nothing was sent.", cut(tool), offer.server.host);
    Err(Fault::new(
        FaultKind::Forbidden,
        &sentence,
        "Read what it does and accept it on the Session screen or with `switchboard tools --accept`, then try again.",
    ))
}

fn not_offered(tool: &str, offer: &Offer) -> Fault {
    let hint = match near(tool, offer.schemas.keys().map(String::as_str)) {
        Some(meant) => format!("Did you mean {}?", cut(meant)),
        None => "The Session screen and `switchboard tools` list what is offered.".to_owned(),
    };
    let sentence =
        format!("{} does not offer the tool {}, so nothing was sent.", offer.server.host, cut(tool));
    Fault::new(FaultKind::NoTool, &sentence, &hint)
}

fn not_taken(tool: &str, name: &str, schema: &Schema<'_>) -> Fault {
    let known: Vec<&str> = schema.listed().collect();
    let hint = match near(name, known.iter().copied()) {
        Some(meant) => format!("Did you mean {}?", cut(meant)),
        None if known.is_empty() => "It takes no arguments at all.".to_owned(),
        None => format!("It takes {}.", list(&known)),
    };
    let sentence = format!("The tool {} takes no argument {}, so nothing was sent.", cut(tool), cut(name));
    Fault::new(FaultKind::Invalid, &sentence, &hint)
}

fn list(names: &[&str]) -> String {
    let mut shown: Vec<String> = names.iter().take(LISTED).map(|name| cut(name)).collect();
    if names.len() > LISTED {
        shown.push(format!("{} more", names.len() - LISTED));
    }
    shown.join(", ")
}

fn cut(name: &str) -> String {
    let mut shown: String = name.chars().take(SHOWN).collect();
    if shown.len() < name.len() {
        shown.push('…');
    }
    shown
}
