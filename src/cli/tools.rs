//! `switchboard tools`: what the server offers and what may be called.

use serde_json::{Value, json};

use super::exit::Refusal;
use super::line::Line;
use super::output::{Output, table, tell};
use crate::domain::link::{Kind, Link, Permit, Tool};
use crate::session::Request;

/// Lists the tools; accepts them just as they were listed, when that is asked for.
pub(super) async fn run(line: &mut Line, accept: bool, json: bool) -> Result<(), Refusal> {
    list(&line.server.tools, json)?;
    if accept { self::accept(line).await } else { Ok(()) }
}

fn list(tools: &[Tool], json: bool) -> Result<(), Refusal> {
    let output = Output::standard();
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

/// Takes the tools that were listed and waits until the session knows of each: it is accepted, or not as it was listed any
/// more.
async fn accept(line: &mut Line) -> Result<(), Refusal> {
    let listed: Vec<Tool> = line.server.tools.iter().filter(|tool| is_off(tool)).cloned().collect();
    if listed.is_empty() {
        tell("No tool is new or changed.");
        return Ok(());
    }
    line.send(Request::AcceptTools(listed.clone()))?;
    while listed.iter().any(|tool| line.server.tools.contains(tool)) {
        line.hear().await?;
        if let Link::Down { fault, .. } = &line.link {
            return Err(Refusal::of(fault));
        }
    }
    let is_accepted = |tool: &&Tool| line.tool(&tool.name).is_some_and(|now| !is_off(now));
    let accepted = listed.iter().filter(is_accepted).count();
    tell(&format!("Accepted {accepted} new or changed {}.", if accepted == 1 { "tool" } else { "tools" }));
    if accepted < listed.len() {
        tell("The others are not offered as they were listed any more; list them again.");
    }
    Ok(())
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

fn row(tool: &Tool) -> [String; 4] {
    let kind = match tool.kind {
        Kind::Read => "reads",
        Kind::Write => "writes",
        Kind::Unknown => "may write",
    };
    let permit = match (&tool.permit, tool.kind) {
        (Permit::Refused(_), _) => "refused",
        (Permit::New, _) => "not yet: new",
        (Permit::Changed, _) => "not yet: changed",
        (Permit::Yes, Kind::Write) => "in a review",
        (Permit::Yes, Kind::Read | Kind::Unknown) => "yes",
    };
    let described = tool.description.split(['\n', '\r']).next().unwrap_or("");
    [tool.name.to_string(), kind.to_owned(), permit.to_owned(), described.to_owned()]
}
