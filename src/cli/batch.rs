//! `switchboard call --batch`: JSON Lines of calls in, JSON Lines of results out, over one session. Owns the order: results come
//! in the order of the lines, reads overtake each other on the wire, and what may change something travels alone. A line that
//! is no call costs that line.

use std::collections::VecDeque;
use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value, json};
use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, sleep_until};

use super::call::{Allowed, Leave, said, unasked};
use super::exit::{Exit, Refusal};
use super::input::{self, Input};
use super::line::{Heard, Line};
use super::output::{self, Output};
use super::reported;
use crate::domain::call::{CallId, End};
use crate::domain::link::Link;

/// Calls under way or waiting to be printed at once. The session sends six at a time.
const AHEAD: usize = 12;
/// How long calls wait for a lost link to come back before they are sent to their certain end.
const PATIENCE: Duration = Duration::from_secs(30);

/// A call of the batch that was read and not printed.
struct Asked {
    id: Option<Value>,
    tool: Value,
    since: Instant,
    call: Option<CallId>,
    /// Nothing else is under way beside it.
    alone: bool,
    /// How it ended, and after how many tenths of a millisecond.
    done: Option<(Outcome, u128)>,
}

enum Outcome {
    Result { whole: Value, is_error: bool },
    Error(Refusal),
}

struct Batch<'a> {
    line: &'a mut Line,
    allowed: Allowed,
    output: Output,
    asked: VecDeque<Asked>,
    /// A call that has to wait for others or for the link.
    held: Option<Item>,
    /// Since when the link is down.
    down: Option<Instant>,
    failed: bool,
}

/// One readable line.
struct Item {
    id: Option<Value>,
    tool: String,
    arguments: String,
    leave: Leave,
}

/// Carries every call of the file.
///
/// # Errors
/// The input or output broke; or, at the end, at least one call failed.
pub(super) async fn run(line: &mut Line, file: &Path, allowed: Allowed) -> Result<(), Refusal> {
    let mut lines = input::lines(file)?;
    let output = Output::standard();
    let asked = VecDeque::new();
    let mut batch = Batch { line, allowed, output, asked, held: None, down: None, failed: false };
    let done = batch.all(&mut lines).await;
    output::ended(done, batch.failed.then(|| Refusal::said(Exit::Error)))
}

impl Batch<'_> {
    async fn all(&mut self, lines: &mut Receiver<Input>) -> Result<(), Refusal> {
        let mut more = true;
        while more || self.held.is_some() || !self.asked.is_empty() {
            let takes = more && self.held.is_none() && self.asked.len() < AHEAD;
            let patience = self.down.filter(|_| self.held.is_some()).map(|since| since + PATIENCE);
            tokio::select! {
                biased;
                heard = self.line.hear() => self.heard(heard?),
                given = lines.recv(), if takes => match given {
                    Some(given) => self.take(given)?,
                    None => more = false,
                },
                () = sleep_until(patience.unwrap_or_else(Instant::now)), if patience.is_some() => {
                    self.down = None;
                }
            }
            self.go_on()?;
        }
        Ok(())
    }

    fn heard(&mut self, heard: Heard) {
        match heard {
            Heard::Ended(call, end) => {
                if let Some(asked) = self.asked.iter_mut().find(|asked| asked.call == Some(call)) {
                    asked.done = Some((outcome(end), asked.since.elapsed().as_micros() / 100));
                }
            }
            Heard::Link => {
                self.down = match &self.line.link {
                    Link::Up(_) | Link::Closed | Link::Down { retry_in: None, .. } => None,
                    Link::Connecting { .. } | Link::Down { retry_in: Some(_), .. } => {
                        self.down.or_else(|| Some(Instant::now()))
                    }
                };
            }
            Heard::Other => {}
        }
    }

    fn take(&mut self, given: Input) -> Result<(), Refusal> {
        let (id, tool, read) = match given {
            Input::Line(number, text) => read(number, &text),
            Input::TooLong(number) => (None, Value::Null, Err(no_call(number, "it is too long"))),
            Input::Broken(error) => {
                return Err(Refusal::new(Exit::Error, format!("The calls cannot be read: {error}.")));
            }
        };
        match read.and_then(|(name, arguments)| Ok((self.leave(&name)?, name, arguments))) {
            Ok((leave, tool, arguments)) => self.held = Some(Item { id, tool, arguments, leave }),
            Err(refusal) => self.refuse(id, tool, refusal),
        }
        Ok(())
    }

    fn leave(&self, name: &str) -> Result<Leave, Refusal> {
        match self.allowed.leave(name, self.line.tool(name))? {
            Leave::Needed => Err(unasked(name)),
            leave @ (Leave::Free | Leave::Given) => Ok(leave),
        }
    }

    fn refuse(&mut self, id: Option<Value>, tool: Value, refusal: Refusal) {
        let done = Some((Outcome::Error(refusal), 0));
        self.asked.push_back(Asked { id, tool, since: Instant::now(), call: None, alone: false, done });
    }

    /// Prints what is ready, then sends what may leave now.
    fn go_on(&mut self) -> Result<(), Refusal> {
        self.print()?;
        let busy = self.asked.iter().any(|asked| asked.done.is_none());
        let alone = self.asked.iter().any(|asked| asked.alone && asked.done.is_none());
        let blocked = |item: &Item| alone || self.down.is_some() || item.leave == Leave::Given && busy;
        let Some(item) = self.held.take_if(|item| !blocked(item)) else { return Ok(()) };
        let alone = item.leave == Leave::Given;
        match self.line.begin(&item.tool, item.arguments) {
            Ok(call) => {
                let tool = Value::String(item.tool);
                let since = Instant::now();
                self.asked.push_back(Asked { id: item.id, tool, since, call: Some(call), alone, done: None });
            }
            Err(refusal) => self.refuse(item.id, Value::String(item.tool), refusal),
        }
        self.print()
    }

    fn print(&mut self) -> Result<(), Refusal> {
        while self.asked.front().is_some_and(|asked| asked.done.is_some()) {
            let Some(asked) = self.asked.pop_front() else { break };
            let Some((outcome, tenths)) = asked.done else { break };
            self.failed |= !matches!(outcome, Outcome::Result { is_error: false, .. });
            self.output.line(&printed(asked.id, asked.tool, outcome, tenths).to_string())?;
        }
        Ok(())
    }
}

fn outcome(end: End) -> Outcome {
    match said(end) {
        Ok(said) => {
            let is_error = reported::error("", &said).is_some();
            let whole = serde_json::from_str(&said.whole).unwrap_or(Value::String(said.whole));
            Outcome::Result { whole, is_error }
        }
        Err(refusal) => Outcome::Error(refusal),
    }
}

fn printed(id: Option<Value>, tool: Value, outcome: Outcome, tenths: u128) -> Value {
    let mut line = Map::new();
    line.extend(id.map(|id| ("id".to_owned(), id)));
    line.insert("tool".to_owned(), tool);
    match outcome {
        Outcome::Result { whole, .. } => line.insert("result".to_owned(), whole),
        Outcome::Error(Refusal { kind, sentence, hint, .. }) => {
            line.insert("error".to_owned(), json!({ "kind": kind, "sentence": sentence, "hint": hint }))
        }
    };
    let tenths = u32::try_from(tenths).unwrap_or(u32::MAX);
    line.insert("milliseconds".to_owned(), json!(f64::from(tenths) / 10.0));
    Value::Object(line)
}

fn no_call(number: u64, why: &str) -> Refusal {
    Refusal::new(Exit::Usage, format!("Line {number} is no call: {why}."))
        .hint("Write {\"tool\": \"name\", \"arguments\": {…}} on one line.")
}

type Read = (Option<Value>, Value, Result<(String, String), Refusal>);

/// The id and the tool as far as they can be read, and the tool with its arguments or why not.
fn read(number: u64, text: &str) -> Read {
    let mut object = match serde_json::from_str(text) {
        Ok(Value::Object(object)) => object,
        Ok(_) => return (None, Value::Null, Err(no_call(number, "it is no JSON object"))),
        Err(error) => {
            let why = error.to_string();
            let why = why.split(" at line ").next().unwrap_or_default();
            let why = format!("it is no JSON at column {} ({why})", error.column());
            return (None, Value::Null, Err(no_call(number, &why)));
        }
    };
    let id = object.remove("id");
    let tool = object.remove("tool").unwrap_or_default();
    let arguments = object.remove("arguments").unwrap_or_else(|| Value::Object(Map::new()));
    let unknown = object.keys().next().map(|key| format!("it has an unknown \"{key}\""));
    let read = match (&tool, arguments, unknown) {
        (_, _, Some(why)) => Err(no_call(number, &why)),
        (Value::String(name), Value::Object(arguments), None) => {
            Ok((name.clone(), Value::Object(arguments).to_string()))
        }
        (Value::String(_), _, None) => Err(no_call(number, "its \"arguments\" are no JSON object")),
        _ => Err(no_call(number, "it has no \"tool\"")),
    };
    (id, tool, read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_far_as_they_can_be() {
        let (id, tool, read_one) = read(1, r#"{"id":[1],"tool":"search","arguments":{"b":1,"a":2}}"#);
        assert_eq!((id, tool), (Some(json!([1])), json!("search")));
        assert_eq!(read_one.unwrap().1, r#"{"b":1,"a":2}"#);
        assert_eq!(read(1, r#"{"tool":"x"}"#).2.unwrap(), ("x".to_owned(), "{}".to_owned()));
        let cases = [
            ("{", "no JSON at column"),
            ("[]", "no JSON object"),
            ("{}", "no \"tool\""),
            (r#"{"tool":3}"#, "no \"tool\""),
            (r#"{"tool":"x","arguments":[]}"#, "\"arguments\" are no JSON object"),
            (r#"{"tool":"x","args":{}}"#, "unknown \"args\""),
        ];
        for (text, words) in cases {
            let told = read(7, text).2.unwrap_err();
            assert!(
                told.sentence.starts_with("Line 7 is no call: ") && told.sentence.contains(words),
                "{told:?}"
            );
        }
    }

    #[test]
    fn a_printed_line_keeps_the_id_and_names_the_error() {
        let refusal = Refusal::new(Exit::Declined, "No.").hint("Then not.");
        let line = printed(Some(json!("a")), json!("x"), Outcome::Error(refusal), 12);
        let expected = r#"{"id":"a","tool":"x","error":{"kind":"declined","sentence":"No.","hint":"Then not."},"milliseconds":1.2}"#;
        assert_eq!(line.to_string(), expected);
    }
}
