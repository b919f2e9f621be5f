//! The seam between the session's rules and whatever carries them: dial, call, news. The MCP client stands behind it
//! in earnest, a script in tests. Owns the record of whether a write's bytes left; refuses every decision.

use std::sync::atomic::{AtomicU8, Ordering};

use serde_json::{Map, Value};

use super::auth::Account;
use crate::domain::call::{Fault, FaultKind};
use crate::domain::link::Server;
use crate::domain::question::{self, Question, QuestionId};
use crate::domain::text::Clean;

/// Can open sessions.
pub trait Wire: Send + Sync + 'static {
    /// An open session.
    type Line: Line;

    /// Opens a session and learns what the server offers. Dropping the future gives up.
    fn dial(&self) -> impl Future<Output = Result<Self::Line, Fault>> + Send;

    /// Host and port, for sentences.
    fn host(&self) -> &str;

    /// As whom sessions are opened; none where nobody can sign in.
    fn account(&self) -> Option<Account> {
        None
    }
}

/// An open session.
pub trait Line: Send + Sync + 'static {
    /// What the server offers, as last learnt.
    fn offer(&self) -> std::sync::Arc<Offer>;

    /// Calls a tool. Without a handover it must be a read, and dropping the future cancels it on the wire. With one it
    /// is a write: its bytes may only leave after [`Handover::begin`] said yes, and dropping the future cancels nothing,
    /// unless the handover [`stops`](Handover::stops).
    fn call(
        &self,
        tool: &str,
        arguments: Map<String, Value>,
        handover: Option<std::sync::Arc<Handover>>,
    ) -> impl Future<Output = Result<Reply, Trouble>> + Send;

    /// Waits for the next thing that happens to the session by itself.
    fn news(&self) -> impl Future<Output = News> + Send;

    /// Asks whether the other side is still there; takes a few seconds at most. None: it is. Where there is no cheap way to
    /// ask, the session counts as gone, and a new one is opened.
    fn check(&self) -> impl Future<Output = Option<News>> + Send {
        let fault =
            Fault::new(FaultKind::Protocol, "The session may be old.", "A new one is opened by itself.");
        std::future::ready(Some(News::SessionGone(fault)))
    }

    /// Answers a question that came as [`News::Question`]; one that is not open any more is ignored. Never waits.
    fn answer(&self, _question: QuestionId, _reply: question::Reply) {}

    /// Ends the session politely.
    fn close(&self) -> impl Future<Output = ()> + Send;
}

/// What happened to a session by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The tools changed; [`Line::offer`] has the new ones.
    Tools,
    /// The server asks something.
    Question(Box<Question>),
    /// Nobody waits for the answer to this question any more.
    Unasked(QuestionId),
    /// The server says something: its level and its words, cleaned.
    Message(Clean, Clean),
    /// The connection is gone.
    Lost(Fault),
    /// The connection works, but the server does not know the session any more.
    SessionGone(Fault),
}

/// Why a call brought no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The server said no to this call.
    Refused(Fault),
    /// This call failed alone, and whether the server acted on it is open.
    Unclear(Fault),
    /// The connection is gone. Whether the server acted is told by the handover.
    Lost(Fault),
    /// The server does not know the session any more; it did not act on this call.
    SessionGone(Fault),
    /// The server wants another sign-in; it did not act on this call.
    SignIn(Fault),
    /// What was known of the tool was old, so the server did not act on this call. The tools were learnt anew.
    Outdated(Fault),
}

/// A tool's result.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Reply {
    /// `structuredContent`, when there was any.
    pub structured: Option<Value>,
    /// The text blocks, in order.
    pub texts: Vec<String>,
    /// The tool reports an error.
    pub is_error: bool,
    /// The whole result as it came; only for calls by hand, `Null` for all others.
    pub whole: Value,
}

/// What a server offers.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Offer {
    /// Who it is, with the tools for showing.
    pub server: Server,
    /// The input schema of each tool by name, as the server sent it.
    pub schemas: std::collections::HashMap<String, Value>,
}

const HERE: u8 = 0;
const HANDED: u8 = 1;
const WITHDRAWN: u8 = 2;

/// Whether a write's bytes have left. The side that hands them over and the side that gives up agree here, so that
/// "not sent" is never said of a write that leaves a moment later.
///
/// A call by hand has one too. It may be sent again when the server turned it away unread, for want of a sign-in or of a
/// session; a write never is.
#[derive(Debug, Default)]
pub struct Handover {
    state: AtomicU8,
    by_hand: bool,
    stops: bool,
}

impl Handover {
    /// For a call by hand.
    pub fn by_hand() -> Self {
        Self { by_hand: true, ..Self::default() }
    }

    /// For a call by hand of a tool that is known to change nothing: dropping it cancels it on the wire.
    pub fn reading() -> Self {
        Self { by_hand: true, stops: true, ..Self::default() }
    }

    /// Whether dropping the call cancels it on the wire.
    pub fn stops(&self) -> bool {
        self.stops
    }

    /// Whether it is for a call by hand, whose whole result is wanted.
    pub fn is_by_hand(&self) -> bool {
        self.by_hand
    }

    /// The server turned it away unread (401, 403, 404 of a session). True when it may begin once more.
    pub fn turned_away(&self) -> bool {
        self.by_hand && self.step(HANDED, HERE)
    }

    /// The wire is about to send: true exactly once, and never after [`Self::withdraw`] succeeded.
    pub fn begin(&self) -> bool {
        self.step(HERE, HANDED)
    }

    /// The wire found out that nothing left after all: no connection was made.
    pub fn never_left(&self) {
        self.step(HANDED, HERE);
    }

    /// The session gives up. True when nothing has left and nothing will; false when it may have left.
    pub fn withdraw(&self) -> bool {
        self.step(HERE, WITHDRAWN) || self.state.load(Ordering::Acquire) == WITHDRAWN
    }

    fn step(&self, from: u8, to: u8) -> bool {
        self.state.compare_exchange(from, to, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn begins_once_and_never_after_withdrawing() {
        let sent = Handover::default();
        assert!(sent.begin());
        assert!(!sent.begin());
        assert!(!sent.withdraw());
        let kept = Handover::default();
        assert!(kept.withdraw());
        assert!(kept.withdraw());
        assert!(!kept.begin());
    }

    #[test]
    fn only_what_was_called_by_hand_begins_again() {
        let write = Handover::default();
        assert!(write.begin() && !write.turned_away() && !write.begin());
        let call = Handover::by_hand();
        assert!(call.begin() && call.turned_away() && call.begin());
    }

    #[test]
    fn what_never_left_can_be_withdrawn() {
        let handover = Handover::default();
        assert!(handover.begin());
        handover.never_left();
        assert!(handover.withdraw());
        assert!(!handover.begin());
    }
}
