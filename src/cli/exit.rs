//! How the program ends, for scripts. The one place that knows which fault means which exit code.

use crate::domain::call::{End, Fault, FaultKind};

/// How the program ends (`product.md`, Command line).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Something went wrong.
    Error = 1,
    /// Asked for something that cannot be.
    Usage = 2,
    /// There is no sign-in, or it was refused.
    SignIn = 3,
    /// The server cannot be reached or wants us to come back: try later.
    Later = 4,
    /// There is no such record or tool.
    NotFound = 5,
    /// What it was built on has changed.
    Conflict = 6,
    /// It was declined, by a person or for want of one.
    Declined = 7,
}

impl Exit {
    /// The exit code for a fault of this kind.
    pub fn of(kind: FaultKind) -> Self {
        match kind {
            FaultKind::SignIn => Self::SignIn,
            FaultKind::Invalid => Self::Usage,
            FaultKind::NotFound | FaultKind::NoTool => Self::NotFound,
            FaultKind::Unreachable
            | FaultKind::RateLimited
            | FaultKind::Server
            | FaultKind::Offline
            | FaultKind::Busy
            | FaultKind::TimedOut => Self::Later,
            FaultKind::Tls
            | FaultKind::Forbidden
            | FaultKind::Protocol
            | FaultKind::Version
            | FaultKind::TooLarge
            | FaultKind::Tool => Self::Error,
        }
    }
}

/// A fault's kind as scripts read it.
pub(super) fn word(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Unreachable => "unreachable",
        FaultKind::Tls => "tls",
        FaultKind::SignIn => "sign-in",
        FaultKind::Forbidden => "forbidden",
        FaultKind::NotFound => "not-found",
        FaultKind::Invalid => "invalid",
        FaultKind::RateLimited => "rate-limited",
        FaultKind::Server => "server",
        FaultKind::Protocol => "protocol",
        FaultKind::Version => "version",
        FaultKind::TooLarge => "too-large",
        FaultKind::Offline => "offline",
        FaultKind::Busy => "busy",
        FaultKind::TimedOut => "timed-out",
        FaultKind::NoTool => "no-tool",
        FaultKind::Tool => "tool",
    }
}

/// Sentences for the person and how the program ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// A short name of the cause for scripts.
    pub(super) kind: &'static str,
    /// One sentence that says what happened; empty when everything was said already.
    pub sentence: String,
    /// What to do next; may be empty.
    pub hint: String,
    /// The exit code.
    pub exit: Exit,
}

impl Refusal {
    /// A refusal with this exit code. What to do next is in the sentence.
    pub fn new(exit: Exit, sentence: impl Into<String>) -> Self {
        let kind = match exit {
            Exit::Done => "done",
            Exit::Error => "error",
            Exit::Usage => "usage",
            Exit::SignIn => "sign-in",
            Exit::Later => "later",
            Exit::NotFound => "not-found",
            Exit::Conflict => "conflict",
            Exit::Declined => "declined",
        };
        Self { kind, sentence: sentence.into(), hint: String::new(), exit }
    }

    /// With what to do next.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// Everything was said already.
    pub(super) fn said(exit: Exit) -> Self {
        Self::new(exit, "")
    }

    /// The fault of a link or a call.
    pub(super) fn of(fault: &Fault) -> Self {
        Self {
            kind: word(fault.kind),
            sentence: fault.sentence.to_string(),
            hint: fault.hint.to_string(),
            exit: Exit::of(fault.kind),
        }
    }

    /// The end of a call by hand that is no answer to it.
    pub(super) fn of_end(end: &End) -> Self {
        match end {
            End::Answer(_) => Self::new(Exit::Error, "The session answered something else than was asked."),
            End::Refused(fault) | End::TimedOut(fault) | End::NotSent(fault) => Self::of(fault),
            End::Unknown(fault) => Self::open(fault),
            End::Cancelled => Self::new(Exit::Declined, "The call was cancelled."),
            End::Moved(_) => Self::new(Exit::Conflict, "It was changed by somebody else meanwhile."),
        }
    }

    /// Nobody can say whether it happened: neither "try later" nor "not found" would be true.
    fn open(fault: &Fault) -> Self {
        let sentence = format!("{} The call may or may not have been carried out.", fault.sentence);
        Self { kind: "unknown", sentence, ..Self::new(Exit::Error, "") }
            .hint("Look at what it changes before calling again.")
    }

    /// Sentence and hint on one line.
    pub fn words(&self) -> String {
        let stop = if self.sentence.is_empty() || self.sentence.ends_with(['.', '!', '?', '…']) {
            ""
        } else {
            "."
        };
        match &*self.hint {
            "" => self.sentence.clone(),
            hint => format!("{}{stop} {hint}", self.sentence),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_code_and_its_word() {
        let table = [
            (FaultKind::Unreachable, 4, "unreachable"),
            (FaultKind::Tls, 1, "tls"),
            (FaultKind::SignIn, 3, "sign-in"),
            (FaultKind::Forbidden, 1, "forbidden"),
            (FaultKind::NotFound, 5, "not-found"),
            (FaultKind::Invalid, 2, "invalid"),
            (FaultKind::RateLimited, 4, "rate-limited"),
            (FaultKind::Server, 4, "server"),
            (FaultKind::Protocol, 1, "protocol"),
            (FaultKind::Version, 1, "version"),
            (FaultKind::TooLarge, 1, "too-large"),
            (FaultKind::Offline, 4, "offline"),
            (FaultKind::Busy, 4, "busy"),
            (FaultKind::TimedOut, 4, "timed-out"),
            (FaultKind::NoTool, 5, "no-tool"),
            (FaultKind::Tool, 1, "tool"),
        ];
        for (kind, code, name) in table {
            assert_eq!((Exit::of(kind) as u8, word(kind)), (code, name), "{kind:?}");
        }
    }

    #[test]
    fn a_sentence_ends_before_its_hint_begins() {
        let words = |sentence: &str| Refusal::new(Exit::Error, sentence).hint("Try again.").words();
        assert_eq!(words("It failed (500)"), "It failed (500). Try again.");
        assert_eq!(words("It failed."), "It failed. Try again.");
    }

    #[test]
    fn an_open_end_is_neither_later_nor_missing() {
        let fault = Fault::new(FaultKind::TimedOut, "No answer came.", "Try again.");
        let refusal = Refusal::of_end(&End::Unknown(fault));
        assert_eq!((refusal.exit, refusal.kind), (Exit::Error, "unknown"));
        assert!(refusal.words().contains("may or may not"), "{}", refusal.words());
        assert!(!refusal.words().contains("Try again"));
    }
}
