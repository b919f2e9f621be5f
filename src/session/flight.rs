//! One call under way: a read is asked and decoded; a change of an article reads it again, compares, and is sent once; a new
//! article and a note are sent once.
//! Owns the order of those steps and their time limits; refuses to know of other calls and of the link's future.

pub(crate) mod by_hand;

use std::sync::Arc;
use std::time::Duration;

use super::decode::{self, Expected};
use super::memory::Pins;
use super::patience::Patience;
use super::tools;
use super::wire::{Handover, Line, Offer, Reply, Trouble};
use crate::domain::call::{Answer, Call, End, Fault, FaultKind};
use crate::domain::change::{Approved, Deed};
use crate::domain::text::Clean;
use crate::domain::time::long;
use by_hand::ByHand;

/// What is carried.
#[derive(Debug)]
pub(crate) enum Job {
    /// A read.
    Read(Call),
    /// A write, used up by sending.
    Write(Approved),
    /// A call by hand.
    ByHand(ByHand),
}

/// How a flight came down.
#[derive(Debug)]
pub(crate) enum Landing {
    /// It ended.
    End(End),
    /// The server forgot the session before acting; nothing happened. A write that was already spent comes as an end.
    Again(Job, Fault),
    /// The server turned it away unread, for its tools are not what they were; they were learnt anew.
    Outdated(Job, Fault),
    /// The connection is gone, and the call ended so.
    Lost(End, Fault),
    /// The server wants another sign-in, and the call ended so.
    SignIn(End, Fault),
    /// The server forgot the session, and the call ended so.
    Gone(End, Fault),
}

/// What a flight goes by: its time limits, and the tools that were accepted.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    /// For one read.
    pub(crate) read: Duration,
    /// For the sending step of a write.
    pub(crate) write: Duration,
    /// Whether a person is waited for meanwhile.
    pub(crate) patience: Arc<Patience>,
    /// The tools that were accepted; none accepts all.
    pub(crate) pins: Option<Arc<Pins>>,
}

impl Terms {
    /// Whether a tool is as it was accepted. One that was not is called by nobody.
    fn accepts(&self, tool: &str, offer: &Offer) -> Result<(), Fault> {
        self.pins.as_ref().map_or(Ok(()), |pins| tools::accepted(tool, offer, pins))
    }
}

/// How a flight came down, and what was learnt of the tools it used.
#[derive(Debug)]
pub(crate) struct Flown {
    /// How it came down.
    pub(crate) landing: Landing,
    /// The tools, in order.
    pub(crate) tried: Vec<Tried>,
}

/// A tool that was called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tried {
    /// Which.
    pub(crate) tool: String,
    /// It was not permitted, in these words; none when it worked.
    pub(crate) refused: Option<Clean>,
}

/// Carries a job to its landing. `handover` is used by all but reads.
pub(crate) async fn fly<L: Line>(line: Arc<L>, job: Job, terms: Terms, handover: Arc<Handover>) -> Flown {
    let mut tried = Vec::new();
    let landing = match job {
        Job::Read(call) => read(&*line, call, &terms, &mut tried).await,
        Job::Write(approved) => write(&*line, approved, &terms, &handover, &mut tried).await,
        Job::ByHand(call) => by_hand::carry(&*line, call, &terms, &handover, &mut tried).await,
    };
    Flown { landing, tried }
}

/// Notes what a call told about the permission for its tool. A no to this call alone tells nothing.
fn note(tried: &mut Vec<Tried>, tool: &str, reply: &Result<Reply, Trouble>) {
    let refused = match reply {
        Ok(reply) => match decode::refusal(reply) {
            None => None,
            Some(fault) if is_about_the_tool(tool, fault.kind) => Some(fault.sentence),
            Some(_) => return,
        },
        Err(Trouble::Refused(fault)) if fault.kind == FaultKind::Forbidden => Some(fault.sentence.clone()),
        Err(_) => return,
    };
    tried.push(Tried { tool: tool.to_owned(), refused });
}

/// Whether a no is one to the tool, whatever it is called with. Notes on tickets are refused in the words of a missing
/// permission (intercom-mcp 3.9).
fn is_about_the_tool(tool: &str, kind: FaultKind) -> bool {
    kind == FaultKind::SignIn || kind == FaultKind::Forbidden && tool != "add_internal_note"
}

/// One read that may fail in every way.
enum Failed {
    /// Its limit ran out.
    TimedOut(Fault),
    /// The server said no or something unreadable, or this server cannot be asked so.
    Refused(Fault),
    /// The connection or the session is the trouble.
    Line(Trouble),
}

async fn ask<L: Line>(
    line: &L,
    call: &Call,
    terms: &Terms,
    tried: &mut Vec<Tried>,
) -> Result<Answer, Failed> {
    let offer = line.offer();
    let ask = tools::plan(call, &offer).map_err(Failed::Refused)?;
    let asking = line.call(ask.tool, ask.arguments, None);
    let Some(reply) = terms.patience.within(terms.read, asking).await else {
        return Err(Failed::TimedOut(late(&offer.server.host, terms.read)));
    };
    note(tried, ask.tool, &reply);
    let reply = reply.map_err(|trouble| match trouble {
        Trouble::Refused(fault) | Trouble::Unclear(fault) => Failed::Refused(fault),
        Trouble::Lost(_) | Trouble::SessionGone(_) | Trouble::SignIn(_) | Trouble::Outdated(_) => {
            Failed::Line(trouble)
        }
    })?;
    let answer = decode::answer(reply, &Expected::of(call, ask.tool)).map_err(Failed::Refused)?;
    let answer = if tools::unsaid(call, &offer).is_empty() { answer } else { of_more(answer) };
    is_what_was_asked(call, &answer).then_some(answer).ok_or_else(|| Failed::Refused(another()))
}

/// What the server counted is more than what was asked for: a condition could not be sent.
fn of_more(mut answer: Answer) -> Answer {
    if let Answer::Count(counted) = &mut answer {
        counted.wider = true;
    } else if let Answer::Conversations(page) = &mut answer {
        page.total = None;
    }
    answer
}

/// Whether an article is the one that was asked for: another would be edited, reviewed and saved in its place.
fn is_what_was_asked(call: &Call, answer: &Answer) -> bool {
    match (call, answer) {
        (Call::Article(id), Answer::Article(article)) => article.row.id == *id,
        _ => true,
    }
}

fn another() -> Fault {
    Fault::new(FaultKind::Protocol, "The server sent another article than the one asked for.", "Try again.")
}

fn late(host: &str, limit: Duration) -> Fault {
    let spent = long(i64::try_from(limit.as_secs()).unwrap_or(i64::MAX));
    Fault::new(
        FaultKind::TimedOut,
        &format!("{host} gave no answer within {spent}."),
        "Try again; a smaller page answers sooner.",
    )
}

async fn read<L: Line>(line: &L, call: Call, terms: &Terms, tried: &mut Vec<Tried>) -> Landing {
    match ask(line, &call, terms, tried).await {
        Ok(answer) => Landing::End(End::Answer(answer)),
        Err(Failed::TimedOut(fault)) => Landing::End(End::TimedOut(fault)),
        Err(Failed::Refused(fault)) => Landing::End(End::Refused(fault)),
        Err(Failed::Line(Trouble::SessionGone(fault))) => Landing::Again(Job::Read(call), fault),
        Err(Failed::Line(Trouble::Outdated(fault))) => Landing::Outdated(Job::Read(call), fault),
        Err(Failed::Line(Trouble::SignIn(fault))) => Landing::SignIn(End::Refused(fault.clone()), fault),
        Err(Failed::Line(Trouble::Lost(fault) | Trouble::Refused(fault) | Trouble::Unclear(fault))) => {
            Landing::Lost(End::NotSent(fault.clone()), fault)
        }
    }
}

async fn write<L: Line>(
    line: &L,
    approved: Approved,
    terms: &Terms,
    handover: &Arc<Handover>,
    tried: &mut Vec<Tried>,
) -> Landing {
    let Some(deed) = approved.deed().article().filter(|deed| !deed.is_new()) else {
        return send(line, &approved, terms, handover, tried).await;
    };
    let fresh = match ask(line, &Call::Article(deed.id().clone()), terms, tried).await {
        Ok(Answer::Article(fresh)) => fresh,
        Ok(_) => return Landing::End(End::NotSent(unreadable())),
        Err(failed) => return not_compared(failed, approved),
    };
    if !deed.still_holds(&fresh) {
        return Landing::End(End::Moved(fresh));
    }
    send(line, &approved, terms, handover, tried).await
}

fn unreadable() -> Fault {
    Fault::new(
        FaultKind::Protocol,
        "The article could not be read before the write, so nothing was sent.",
        "Open the article again.",
    )
}

/// The article could not be read again: nothing was sent, and the write may still be carried by the next session.
fn not_compared(failed: Failed, approved: Approved) -> Landing {
    match failed {
        Failed::TimedOut(fault) | Failed::Refused(fault) => Landing::End(End::NotSent(fault)),
        Failed::Line(Trouble::SessionGone(fault)) => Landing::Again(Job::Write(approved), fault),
        Failed::Line(Trouble::Outdated(fault)) => Landing::Outdated(Job::Write(approved), fault),
        Failed::Line(Trouble::SignIn(fault)) => Landing::SignIn(End::NotSent(fault.clone()), fault),
        Failed::Line(Trouble::Lost(fault) | Trouble::Refused(fault) | Trouble::Unclear(fault)) => {
            Landing::Lost(End::NotSent(fault.clone()), fault)
        }
    }
}

async fn send<L: Line>(
    line: &L,
    approved: &Approved,
    terms: &Terms,
    handover: &Arc<Handover>,
    tried: &mut Vec<Tried>,
) -> Landing {
    let offer = line.offer();
    let asked = tools::write(approved, &offer);
    let asked = asked.and_then(|ask| terms.accepts(ask.tool, &offer).map(|()| ask));
    let ask = match asked {
        Ok(ask) => ask,
        Err(fault) => return Landing::End(End::NotSent(fault)),
    };
    let sending = line.call(ask.tool, ask.arguments, Some(Arc::clone(handover)));
    let reply = terms.patience.within(terms.write, sending).await;
    if let Some(reply) = &reply {
        note(tried, ask.tool, reply);
    }
    match reply {
        Some(Ok(reply)) => Landing::End(acknowledged(approved, reply, handover)),
        Some(Err(trouble)) => troubled(trouble, handover, approved.deed()),
        None => Landing::End(given_up(handover, late(&offer.server.host, terms.write))),
    }
}

/// How a write ends that is given up: by whether anything can have left.
pub(crate) fn given_up(handover: &Handover, fault: Fault) -> End {
    if handover.withdraw() { End::NotSent(fault) } else { End::Unknown(fault) }
}

/// Whether a fault of this kind means that the server turned a write away and did not act. All others come from
/// something that broke on the way, perhaps after it acted.
fn turned_away(kind: FaultKind) -> bool {
    match kind {
        FaultKind::Invalid
        | FaultKind::NotFound
        | FaultKind::Forbidden
        | FaultKind::SignIn
        | FaultKind::RateLimited
        | FaultKind::NoTool => true,
        FaultKind::Unreachable
        | FaultKind::Tls
        | FaultKind::Server
        | FaultKind::Protocol
        | FaultKind::Version
        | FaultKind::TooLarge
        | FaultKind::Offline
        | FaultKind::Busy
        | FaultKind::TimedOut
        | FaultKind::Tool => false,
    }
}

/// How a write ends that the server did not answer with what it made of it.
fn not_taken(handover: &Handover, fault: Fault) -> End {
    if turned_away(fault.kind) { End::Refused(fault) } else { given_up(handover, fault) }
}

/// What is known of the reasons for which Intercom refuses notes (intercom-mcp 3.9), in place of the general hint.
fn explained(deed: &Deed, end: End) -> End {
    let End::Refused(fault) = end else { return end };
    let hint = match (deed, fault.kind) {
        (Deed::Note { .. }, FaultKind::Forbidden) => {
            "Intercom takes no notes on tickets. Elsewhere the connection lacks the permission: sign out and in again."
        }
        (Deed::Note { .. }, FaultKind::SignIn) => {
            "The sign-in may be older than the permission to write notes: sign out and in again."
        }
        (Deed::Note { .. } | Deed::Article(_), _) => return End::Refused(fault),
    };
    End::Refused(Fault { hint: Clean::fixed(hint), ..fault })
}

fn troubled(trouble: Trouble, handover: &Handover, deed: &Deed) -> Landing {
    match trouble {
        Trouble::Refused(fault) => Landing::End(explained(deed, not_taken(handover, fault))),
        Trouble::Outdated(fault) => Landing::End(End::Refused(fault)),
        Trouble::Unclear(fault) => Landing::End(given_up(handover, fault)),
        Trouble::Lost(fault) => Landing::Lost(given_up(handover, fault.clone()), fault),
        Trouble::SignIn(fault) => Landing::SignIn(explained(deed, End::Refused(fault.clone())), fault),
        Trouble::SessionGone(fault) => {
            let told = Fault::new(
                fault.kind,
                &format!("{} It refused the write unread, so nothing changed.", fault.sentence),
                "Save again; a new session is being opened.",
            );
            Landing::Gone(End::NotSent(told), fault)
        }
    }
}

/// The server answered the write. Only the article as the server now has it, or the note, says that the write was taken.
fn acknowledged(approved: &Approved, reply: Reply, handover: &Handover) -> End {
    let coded = decode::is_coded_refusal(&reply);
    let deed = approved.deed();
    let answer = match deed {
        Deed::Article(new) if new.is_new() => {
            let title = new.changes.title.as_deref().unwrap_or_default();
            decode::created(reply, title).map(Answer::Written)
        }
        Deed::Article(changed) => decode::echo(reply, changed.id()).map(Answer::Written),
        Deed::Note { .. } => decode::noted(reply).map(Answer::Noted),
    };
    match answer {
        Ok(answer) => End::Answer(answer),
        Err(fault) if coded => explained(deed, not_taken(handover, fault)),
        Err(fault) => given_up(handover, fault),
    }
}
