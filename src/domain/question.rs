//! A question the server asks while a call is under way (MCP: elicitation). Owns the form as plain values; refuses JSON.
//! The words are the server's: they are shown as such, and an answer never confirms a write.

use super::text::Clean;

/// Names one question for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QuestionId(pub u64);

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Names it in the answer.
    pub id: QuestionId,
    /// The server's words.
    pub message: Clean,
    /// What is wanted.
    pub wants: Wants,
}

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wants {
    /// Values for fields, in the server's order.
    Form(Vec<Blank>),
    /// That a page is opened; http or https. Only the person opens it.
    Page(Clean),
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// Its name in the answer, byte for byte.
    pub name: String,
    /// What to call it; the name when the server gave no title.
    pub title: Clean,
    /// The server's explanation; may be empty.
    pub description: Clean,
    /// Whether an answer needs it.
    pub required: bool,
    /// What may be filled in.
    pub kind: Kind,
    /// What stands there at first; empty for nothing, several lines for several choices.
    pub default: String,
}

/// What may be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// `true` or `false`.
    Truth,
    /// One of these: value as sent, and its title.
    One(Vec<(String, Clean)>),
    /// Any of these, one to a line.
    Many(Vec<(String, Clean)>),
}

/// How a question was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// With these values, by name, as typed; checked against the kinds by the session, which declines what does not fit.
    Filled(Vec<(String, String)>),
    /// No.
    Declined,
    /// Not now.
    Cancelled,
}
