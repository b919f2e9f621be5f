//! The promises: one end for everything that was taken, writes sent at most once and told as they were, questions settled once.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::Ordering;

use switchboard::domain::call::{Answer, CallId, End, FaultKind};
use switchboard::domain::link::Link;
use switchboard::domain::question::QuestionId;

use super::run::Heard;
use super::world::{Trace, World};

/// Holds everything that was heard, of those requests that were taken, against the promises.
pub(crate) fn judge(
    heard: &Heard,
    sent: &[CallId],
    titles: &HashMap<CallId, String>,
    forbidden: &BTreeSet<CallId>,
    world: &World,
) {
    judge_ends(heard, sent, titles, world);
    judge_forbidden(heard, forbidden);
    judge_questions(heard, world);
    judge_links(&heard.links);
    assert!(world.most_in_flight.load(Ordering::Relaxed) <= 6 + 6, "few calls in flight");
}

fn judge_ends(heard: &Heard, sent: &[CallId], titles: &HashMap<CallId, String>, world: &World) {
    let ended: Vec<CallId> = heard.ends.keys().copied().collect();
    assert_eq!(ended, sent, "exactly those that were taken end");
    let writes = world.writes.lock().unwrap();
    for (id, ends) in &heard.ends {
        assert_eq!(ends.len(), 1, "one end for {id:?}: {ends:?}");
        let trace = titles.get(id).map(|title| writes.get(title).copied().unwrap_or_default());
        match trace {
            None => judge_read(&ends[0]),
            Some(trace) => judge_write(&ends[0], trace),
        }
    }
}

fn judge_read(end: &End) {
    let fits = matches!(
        end,
        End::Answer(Answer::Article(_))
            | End::Refused(_)
            | End::TimedOut(_)
            | End::Cancelled
            | End::NotSent(_)
    );
    assert!(fits, "no end for a read: {end:?}");
}

fn judge_forbidden(heard: &Heard, forbidden: &BTreeSet<CallId>) {
    for (id, ends) in heard.ends.iter().filter(|(id, _)| forbidden.contains(id)) {
        assert!(matches!(ends[0], End::Refused(_) | End::NotSent(_)), "{id:?}: {ends:?}");
    }
}

/// Each question is asked once, and answered or withdrawn once.
fn judge_questions(heard: &Heard, world: &World) {
    let answers = world.answers.lock().unwrap();
    let mut settled: Vec<QuestionId> = answers.iter().chain(&heard.unasked).copied().collect();
    settled.sort_unstable();
    assert_eq!(settled, heard.asked, "answered {answers:?}, withdrawn {:?}", heard.unasked);
}

fn judge_write(end: &End, trace: Trace) {
    // A read by hand may be put off once (429, 503) and turned away unread once (session, tools); what may write, only the latter.
    let most = match (trace.by_hand, trace.reads) {
        (false, _) => 1,
        (true, false) => 2,
        (true, true) => 3,
    };
    assert!(trace.handed <= most, "sent once: {trace:?}");
    assert!(trace.acted <= 1, "done once: {trace:?}");
    match end {
        // What the server says of a call by hand is not judged, but passed on.
        End::Answer(Answer::Said(_)) => assert!(trace.by_hand, "{end:?}"),
        End::Unknown(_) if trace.by_hand => assert!(trace.handed >= 1, "{end:?}"),
        // It may have been turned away unread once before.
        End::Cancelled if trace.by_hand && !trace.reads => assert_eq!(trace.acted, 0, "{end:?}"),
        // A read that is broken off may have been acted on.
        _ if trace.reads => {}
        End::Answer(Answer::Written(_)) => assert_eq!(trace.acted, 1, "{end:?}"),
        End::Refused(_) | End::NotSent(_) => assert_eq!(trace.acted, 0, "{end:?}"),
        End::Cancelled | End::Moved(_) => assert_eq!(trace.handed, 0, "{end:?}"),
        End::Unknown(_) => assert_eq!(trace.handed, 1, "{end:?}"),
        End::Answer(_) | End::TimedOut(_) => panic!("no end for a write: {end:?}"),
    }
}

fn judge_links(links: &[(Link, bool)]) {
    let (last, _) = links.last().expect("at least one");
    assert_eq!(*last, Link::Closed);
    for (link, pause) in &links[..links.len() - 1] {
        let longest = if *pause { 3_600_000 } else { 30_000 };
        match link {
            Link::Connecting { attempt } => assert!(*attempt >= 1),
            Link::Up(_) => {}
            Link::Down { fault, retry_in } => {
                assert_eq!(retry_in.is_none(), fault.kind == FaultKind::SignIn, "{link:?}");
                assert!(retry_in.is_none_or(|millis| (700..=longest).contains(&millis)));
            }
            Link::Closed => panic!("closed before the end"),
        }
    }
}
