//! Asking a person on the terminal: before a call that may change something, and what the server wants to know. Owns the
//! prompts; refuses to ask where nobody is, and to take silence for a yes.

use std::io::Write as _;

use super::environment;
use super::output::{quote, tell};
use crate::domain::question::{Blank, Kind, Question, Reply, Wants};
use crate::domain::text::Clean;

/// How questions of the server are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answers {
    /// By a person.
    Terminal,
    /// With what the server proposes itself.
    Defaults,
    /// Not at all.
    None,
}

impl Answers {
    /// The server's own defaults when that was said, else a person when one is there.
    pub(super) fn new(defaults: bool) -> Self {
        match (defaults, environment::somebody_is_there()) {
            (true, _) => Self::Defaults,
            (false, true) => Self::Terminal,
            (false, false) => Self::None,
        }
    }

    /// Without a person, for what runs while nobody looks.
    pub(super) fn unattended(defaults: bool) -> Self {
        if defaults { Self::Defaults } else { Self::None }
    }

    /// The answer. Waits for a person where one is asked.
    pub(super) async fn to(self, question: Question) -> Reply {
        match self {
            Self::Defaults => defaults(&question.wants),
            Self::None => {
                tell("The server asks something — declined, nobody is here to answer:");
                quote(&question.message);
                Reply::Declined
            }
            Self::Terminal => {
                let asked = tokio::task::spawn_blocking(move || ask(&question)).await;
                asked.unwrap_or(Reply::Cancelled)
            }
        }
    }
}

/// Every field that has a default, with it. A page is never opened for nobody, and a needed field without a default cannot
/// be made up.
fn defaults(wants: &Wants) -> Reply {
    let Wants::Form(blanks) = wants else { return Reply::Declined };
    if blanks.iter().any(|blank| blank.required && blank.default.is_empty()) {
        return Reply::Declined;
    }
    let filled = blanks.iter().filter(|blank| !blank.default.is_empty());
    Reply::Filled(filled.map(|blank| (blank.name.clone(), blank.default.clone())).collect())
}

fn ask(question: &Question) -> Reply {
    tell("The server asks:");
    quote(&question.message);
    let answered = match &question.wants {
        Wants::Form(blanks) => {
            tell("Enter takes what stands in brackets, \"\" leaves it empty; Ctrl-D declines.");
            blanks.iter().map(|blank| Some((blank.name.clone(), fill(blank)?))).collect::<Option<Vec<_>>>()
        }
        Wants::Page(address) => {
            tell(&format!("Open this page yourself if you trust it: {address}"));
            yes("Done? [y/N] ").then(Vec::new)
        }
    };
    answered.map_or(Reply::Declined, Reply::Filled)
}

/// One field; none when the person declines.
fn fill(blank: &Blank) -> Option<String> {
    if !blank.description.is_empty() {
        quote(&blank.description);
    }
    for (value, title) in choices(&blank.kind) {
        quote(&format!("  {} — {title}", Clean::line(value)));
    }
    quote(&format!("{}{}", blank.title, in_brackets(blank)));
    loop {
        let value = value(blank, prompt("> ")?);
        let missing = blank.required && value.is_empty();
        let unfit = !value.is_empty() && !fits(&blank.kind, &value);
        if !missing && !unfit {
            return Some(value);
        }
        tell(&format!("  {} is needed.", wanted(&blank.kind)));
    }
}

/// What was meant by what was typed. An empty value is an answer too: it takes the server's default away.
fn value(blank: &Blank, typed: String) -> String {
    match (&*typed, &blank.kind) {
        ("", _) => blank.default.clone(),
        ("\"\"", _) => String::new(),
        (_, Kind::Many(_)) => typed.split(',').map(str::trim).collect::<Vec<_>>().join("\n"),
        _ => typed,
    }
}

fn in_brackets(blank: &Blank) -> String {
    let default = Clean::line(&blank.default.replace('\n', ","));
    let many = if matches!(blank.kind, Kind::Many(_)) { " (commas between)" } else { "" };
    let default = if default.is_empty() { String::new() } else { format!(" [{default}]") };
    format!("{many}{default}")
}

fn choices(kind: &Kind) -> &[(String, Clean)] {
    match kind {
        Kind::One(choices) | Kind::Many(choices) => choices,
        Kind::Text | Kind::Number | Kind::Whole | Kind::Truth => &[],
    }
}

fn fits(kind: &Kind, value: &str) -> bool {
    match kind {
        Kind::Text => true,
        Kind::Number => value.parse::<f64>().is_ok_and(f64::is_finite),
        Kind::Whole => value.parse::<i64>().is_ok(),
        Kind::Truth => matches!(value, "true" | "false"),
        Kind::One(choices) => choices.iter().any(|(choice, _)| choice == value),
        Kind::Many(choices) => value.lines().all(|value| choices.iter().any(|(choice, _)| choice == value)),
    }
}

fn wanted(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text => "An answer",
        Kind::Number => "A number",
        Kind::Whole => "A whole number",
        Kind::Truth => "true or false",
        Kind::One(_) => "One of these",
        Kind::Many(_) => "A choice of these",
    }
}

/// A line that a person typed; none when there will be none.
pub(super) fn prompt(words: &str) -> Option<String> {
    // Not locked while a person thinks: others have something to say meanwhile.
    let mut err = std::io::stderr();
    forget_keys();
    write!(err, "{words}").and_then(|()| err.flush()).ok()?;
    let mut typed = String::new();
    match std::io::stdin().read_line(&mut typed) {
        Ok(0) | Err(_) => {
            let _ = writeln!(err);
            None
        }
        Ok(_) => Some(typed.trim().to_owned()),
    }
}

/// Keys that were typed before anybody knew what would be asked answer nothing.
fn forget_keys() {
    #[cfg(unix)]
    {
        use rustix::termios::{QueueSelector, tcflush};
        // What is no terminal has no such keys.
        let _ = tcflush(std::io::stdin(), QueueSelector::IFlush);
    }
}

/// Whether a person said yes. Anything but y or yes is a no.
pub(super) fn yes(words: &str) -> bool {
    prompt(words).is_some_and(|typed| matches!(&*typed.to_lowercase(), "y" | "yes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blank(name: &str, required: bool, default: &str) -> Blank {
        let title = Clean::line(name);
        Blank {
            name: name.into(),
            title,
            description: Clean::default(),
            required,
            kind: Kind::Text,
            default: default.into(),
        }
    }

    #[test]
    fn defaults_fill_what_they_can_and_decline_what_they_cannot() {
        let form = Wants::Form(vec![blank("a", true, "x"), blank("b", false, "")]);
        assert_eq!(defaults(&form), Reply::Filled(vec![("a".into(), "x".into())]));
        assert_eq!(defaults(&Wants::Form(vec![blank("a", true, "")])), Reply::Declined);
        assert_eq!(defaults(&Wants::Page(Clean::line("https://x"))), Reply::Declined);
    }

    #[test]
    fn a_default_can_be_taken_and_taken_away() {
        let text = blank("a", false, "x");
        let typed = |words: &str| value(&text, words.to_owned());
        assert_eq!((typed(""), typed("\"\""), typed("y")), ("x".into(), String::new(), "y".into()));
        let many = Blank { kind: Kind::Many(Vec::new()), ..blank("a", false, "x\ny") };
        assert_eq!(value(&many, "p, q".to_owned()), "p\nq");
        assert_eq!(value(&many, "\"\"".to_owned()), "");
    }

    #[test]
    fn values_are_held_against_their_kind() {
        let choices = || vec![("a".to_owned(), Clean::line("A")), ("b".to_owned(), Clean::line("B"))];
        let good = [
            (Kind::Whole, "5"),
            (Kind::Number, "1.5"),
            (Kind::Truth, "true"),
            (Kind::Many(choices()), "a\nb"),
        ];
        let bad =
            [(Kind::Whole, "1.5"), (Kind::Number, "inf"), (Kind::Truth, "yes"), (Kind::One(choices()), "c")];
        assert!(good.iter().all(|(kind, value)| fits(kind, value)));
        assert!(bad.iter().all(|(kind, value)| !fits(kind, value)));
    }
}
