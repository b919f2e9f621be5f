//! `switchboard tools`: what the server offers and what may be called.

use serde_json::{Value, json};

use super::asking::yes;
use super::environment::somebody_is_there;
use super::exit::{Exit, Refusal};
use super::line::Line;
use super::output::{Output, quote, table, tell};
use crate::domain::link::{Kind, Link, Permit, Tool};
use crate::session::Request;

/// Lists the tools; shows and accepts what is new or changed first, when that is asked for.
pub(super) async fn run(line: &mut Line, accept: bool, json: bool) -> Result<(), Refusal> {
    if accept {
        self::accept(line).await?;
    }
    let output = Output::standard();
    let tools = &line.server.tools;
    if json {
        return output.json(&Value::Array(tools.iter().map(whole).collect()));
    }
    if !output.is_terminal() {
        return tools.iter().try_for_each(|tool| output.line(&whole(tool).to_string()));
    }
    let rows: Vec<[String; 4]> = tools.iter().map(row).collect();
    let lines = table(["NAME", "KIND", "MAY BE CALLED", "WHAT IT DOES"], &rows, Output::columns());
    lines.iter().try_for_each(|line| output.line(line))
}

/// Shows what is new or changed and takes exactly that, when a person on the terminal says so. Waits until the session says
/// that none of it is off any more.
async fn accept(line: &mut Line) -> Result<(), Refusal> {
    let shown: Vec<Tool> = line.server.tools.iter().filter(|tool| is_off(tool)).cloned().collect();
    if shown.is_empty() {
        tell("No tool is new or changed.");
        return Ok(());
    }
    shown.iter().for_each(show);
    if somebody_is_there() {
        let words = if shown.len() == 1 { "Accept it? [y/N] " } else { "Accept them? [y/N] " };
        let answered = tokio::task::spawn_blocking(move || yes(words)).await;
        if !answered.unwrap_or(false) {
            return Err(Refusal::new(Exit::Declined, "Nothing was accepted."));
        }
    }
    // What the server did meanwhile counts before the answer.
    line.catch_up().await?;
    if !still_so(&shown, &line.server.tools) {
        return Err(changed());
    }
    line.send(Request::AcceptTools(shown.clone()))?;
    while still_so(&shown, &line.server.tools) {
        line.hear().await?;
        if let Link::Down { fault, .. } = &line.link {
            return Err(Refusal::of(fault));
        }
    }
    let as_shown =
        |tool: &&Tool| shown.iter().any(|seen| (&seen.name, &seen.whole) == (&tool.name, &tool.whole));
    let count = line.server.tools.iter().filter(as_shown).filter(|tool| !is_off(tool)).count();
    if count < shown.len() {
        return Err(changed());
    }
    tell(&format!("Accepted {count} new or changed {}.", if count == 1 { "tool" } else { "tools" }));
    Ok(())
}

fn changed() -> Refusal {
    let sentence =
        "The server changed its tools meanwhile, so that what was shown is not what it offers now.";
    Refusal::new(Exit::Conflict, sentence).hint("Look at them again with `switchboard tools --accept`.")
}

/// Whether what is off now is what was shown.
fn still_so(shown: &[Tool], now: &[Tool]) -> bool {
    let off = now.iter().filter(|tool| is_off(tool));
    off.map(|tool| (&tool.name, &tool.whole)).eq(shown.iter().map(|tool| (&tool.name, &tool.whole)))
}

/// All that the server says of a tool.
fn show(tool: &Tool) {
    let what = if tool.permit == Permit::New { "is new" } else { "is not as it was accepted" };
    tell(&format!("{} {what}, and {}:", tool.name, kind(tool)));
    quote(&format!("{:#}", whole(tool)));
}

/// Whether it is not called until it is accepted.
pub(super) fn is_off(tool: &Tool) -> bool {
    matches!(tool.permit, Permit::New | Permit::Changed)
}

/// The definition as the server sent it.
fn whole(tool: &Tool) -> Value {
    let whole = serde_json::from_str(&tool.whole);
    whole.unwrap_or_else(|_| json!({ "name": tool.name.as_str(), "description": tool.description.as_str() }))
}

fn kind(tool: &Tool) -> &'static str {
    match tool.kind {
        Kind::Read => "reads",
        Kind::Write => "writes",
        Kind::Unknown => "may write",
    }
}

fn row(tool: &Tool) -> [String; 4] {
    let permit = match (&tool.permit, tool.kind) {
        (Permit::Refused(_), _) => "refused",
        (Permit::New, _) => "not yet: new",
        (Permit::Changed, _) => "not yet: changed",
        (Permit::Yes, Kind::Write) => "in a review",
        (Permit::Yes, Kind::Read | Kind::Unknown) => "yes",
    };
    let described = tool.description.split(['\n', '\r']).next().unwrap_or("");
    [tool.name.to_string(), kind(tool).to_owned(), permit.to_owned(), described.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Clean;

    fn tool(name: &str, whole: &str, permit: Permit) -> Tool {
        Tool { name: Clean::line(name), whole: whole.into(), permit, ..Tool::default() }
    }

    #[test]
    fn only_what_was_shown_is_accepted() {
        let shown = [tool("a", "1", Permit::New), tool("b", "2", Permit::Changed)];
        let with = |more: Tool| [shown.as_slice(), &[more]].concat();
        assert!(still_so(&shown, &shown) && still_so(&shown, &with(tool("c", "3", Permit::Yes))));
        assert!(!still_so(&shown, &with(tool("c", "3", Permit::New))), "one more");
        assert!(!still_so(&shown, &shown[..1]), "one less");
        assert!(!still_so(&shown, &[tool("a", "9", Permit::New), shown[1].clone()]), "another one");
    }
}
