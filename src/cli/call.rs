//! `switchboard call TOOL`: one call by hand, and what has to hold before any call by hand leaves. Refuses to send what may
//! change something unless a person or a flag said so.

use serde_json::Value;

use super::arguments::Call;
use super::asking::yes;
use super::environment::somebody_is_there;
use super::exit::{Exit, Refusal};
use super::line::Line;
use super::output::{Output, ended, quote, tell};
use super::tools::is_off;
use super::{reported, typed};
use crate::domain::call::{Answer, End, Said};
use crate::domain::link::{Kind, Tool};
use crate::domain::text::Clean;

/// What calls may do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowed {
    /// Nothing but reads.
    pub(super) read_only: bool,
    /// What may change something, without asking.
    pub(super) as_write: bool,
}

/// How far a tool may go by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leave {
    /// It changes nothing.
    Free,
    /// It may change something, and that was said to be fine.
    Given,
    /// It may change something, and somebody has to say so.
    Needed,
}

impl Allowed {
    /// Whether this tool may be called by hand.
    ///
    /// # Errors
    /// It never may, or not with these options.
    pub(super) fn leave(self, name: &str, tool: Option<&Tool>) -> Result<Leave, Refusal> {
        // The session knows best what to say of a tool that is not there.
        let Some(tool) = tool else { return Ok(Leave::Free) };
        let name = Clean::line(name);
        let refused = |sentence: String| Refusal::new(Exit::Declined, sentence);
        if tool.kind == Kind::Write {
            return Err(refused(format!(
                "{name} writes an article or a note, and that goes only through a review."
            ))
            .hint("Open the console, edit, and save it there."));
        }
        if is_off(tool) {
            return Err(refused(format!(
                "{name} is new or was changed by the server, so it is not called yet."
            ))
            .hint("Look at it with `switchboard tools`, then accept it with `switchboard tools --accept`."));
        }
        match (tool.kind, self) {
            (Kind::Read, _) => Ok(Leave::Free),
            (_, Self { read_only: true, .. }) => {
                Err(refused(format!("{name} may change something, and this is read-only.")))
            }
            (_, Self { as_write: true, .. }) => Ok(Leave::Given),
            (_, Self { as_write: false, .. }) => Ok(Leave::Needed),
        }
    }
}

/// Not sent, because nobody could be asked.
pub(super) fn unasked(name: &str) -> Refusal {
    let name = Clean::line(name);
    let sentence =
        format!("{name} may change something and there is no terminal to ask on, so it was not sent.");
    Refusal::new(Exit::Declined, sentence).hint("Call it with --as-write if that is wanted.")
}

/// Carries the call and prints what came back.
pub(super) async fn run(line: &mut Line, call: &Call, allowed: Allowed, json: bool) -> Result<(), Refusal> {
    let name = call.tool.as_deref().unwrap_or_default();
    let leave = allowed.leave(name, line.tool(name))?;
    let arguments = arguments(line, call, name).await?;
    if leave == Leave::Needed {
        ask(line, name, &arguments).await?;
    }
    let end = line.call(name, arguments).await?;
    print(name, &said(end)?, json)
}

/// What a tool said, or why it said nothing.
pub(super) fn said(end: End) -> Result<Said, Refusal> {
    if let End::Answer(Answer::Said(said)) = end { Ok(*said) } else { Err(Refusal::of_end(&end)) }
}

/// The text of a JSON object.
async fn arguments(line: &Line, call: &Call, name: &str) -> Result<String, Refusal> {
    match call.arguments.as_deref() {
        Some("-") => {
            let read = tokio::task::spawn_blocking(|| std::io::read_to_string(std::io::stdin()));
            let read = read.await.unwrap_or_else(|error| Err(std::io::Error::other(error)));
            read.map_err(|error| Refusal::new(Exit::Error, format!("The arguments cannot be read: {error}.")))
        }
        Some(text) => Ok(text.to_owned()),
        None => {
            let whole = line.tool(name).and_then(|tool| serde_json::from_str::<Value>(&tool.whole).ok());
            let schema = whole.as_ref().and_then(|whole| whole.get("inputSchema")).unwrap_or(&Value::Null);
            typed::arguments(schema, &call.pairs).map(|arguments| Value::Object(arguments).to_string())
        }
    }
}

/// Asks a person, while the session goes on.
async fn ask(line: &Line, name: &str, arguments: &str) -> Result<(), Refusal> {
    if !somebody_is_there() {
        return Err(unasked(name));
    }
    tell(&format!(
        "{} may change something at {}. It would be called with",
        Clean::line(name),
        line.server.host
    ));
    // All of them: nobody can agree to what they do not see.
    quote(arguments);
    let answered = tokio::task::spawn_blocking(|| yes("Send it? [y/N] ")).await;
    if answered.unwrap_or(false) { Ok(()) } else { Err(Refusal::new(Exit::Declined, "Nothing was sent.")) }
}

fn print(name: &str, said: &Said, json: bool) -> Result<(), Refusal> {
    ended(show(said, json), reported::error(name, said))
}

fn show(said: &Said, json: bool) -> Result<(), Refusal> {
    let output = Output::standard();
    let whole = || serde_json::from_str::<Value>(&said.whole).unwrap_or_default();
    match (json, &*said.texts) {
        (true, _) if output.is_terminal() => output.json(&whole())?,
        (true, _) => output.line(&said.whole)?,
        (false, []) => {
            let whole = whole();
            whole.get("structuredContent").map_or(Ok(()), |structured| output.json(structured))?;
        }
        (false, texts) => texts.iter().try_for_each(|text| output.block(text))?,
    }
    if !json {
        mention(said, &whole());
    }
    Ok(())
}

/// Blocks that are no text are not lost silently.
fn mention(said: &Said, whole: &Value) {
    let blocks = whole.get("content").and_then(Value::as_array).map_or(0, Vec::len);
    let others = blocks.saturating_sub(said.texts.len());
    if others > 0 {
        let blocks = if others == 1 { "one block that is no text" } else { "blocks that are no text" };
        tell(&format!("The result also holds {blocks}; --json shows everything."));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::link::Permit;

    fn tool(kind: Kind, permit: Permit) -> Tool {
        Tool { kind, permit, ..Tool::default() }
    }

    fn leave(kind: Kind, permit: Permit, read_only: bool, as_write: bool) -> Option<Leave> {
        Allowed { read_only, as_write }.leave("x", Some(&tool(kind, permit))).ok()
    }

    #[test]
    fn only_reads_are_free_and_articles_never_are() {
        assert_eq!(leave(Kind::Read, Permit::Yes, true, false), Some(Leave::Free));
        assert_eq!(leave(Kind::Unknown, Permit::Yes, false, false), Some(Leave::Needed));
        assert_eq!(leave(Kind::Unknown, Permit::Yes, false, true), Some(Leave::Given));
        assert_eq!(leave(Kind::Unknown, Permit::Yes, true, true), None);
        assert_eq!(leave(Kind::Write, Permit::Yes, false, true), None);
        assert_eq!(leave(Kind::Read, Permit::Changed, false, true), None);
        assert_eq!(leave(Kind::Unknown, Permit::New, false, true), None);
    }
}
