//! Tools called by hand: what is refused before anything is sent, and how each answer ends a read and all else.

use serde_json::json;
use switchboard::domain::call::{Answer, CallId, End, FaultKind, Said};
use switchboard::session::Request;
use switchboard::session::wire::{Reply, Trouble};
use tokio::time::{Duration, sleep};

use super::planned::{Desk, never_answered, never_left};
use super::{fault, on_a_paused_clock, words};

/// A tool of which nothing is known.
const TOUCH: &str = "touch";
/// A tool that is known to change nothing.
const SEARCH: &str = "search";

async fn end_of(tool: &str, answer: Result<Reply, Trouble>) -> (End, Vec<String>) {
    let mut desk = Desk::of([answer]);
    desk.by_hand(1, tool, "{}");
    let (_, end, _) = desk.end().await;
    sleep(Duration::from_secs(300)).await;
    (end, desk.calls().into_iter().map(|(tool, _)| tool).collect())
}

#[test]
fn the_whole_result_comes_back_errors_too() {
    on_a_paused_clock(async {
        for is_error in [false, true] {
            let whole = json!({"content": [{"type": "text", "text": "done"}], "x": 1});
            let reply = Reply { whole: whole.clone(), is_error, ..words("done") };
            let (end, calls) = end_of(TOUCH, Ok(reply)).await;
            let said = Said { texts: vec!["done".into()], whole: whole.to_string(), is_error };
            assert_eq!((end, calls), (End::Answer(Answer::Said(Box::new(said))), vec![TOUCH.to_owned()]));
        }
    });
}

#[test]
fn what_writes_articles_or_notes_is_refused_and_nothing_sent() {
    on_a_paused_clock(async {
        for tool in
            ["create_article", "update_article", "add_internal_note", "Update-Article", "x__update_article"]
        {
            let (end, calls) = end_of(tool, Ok(words("done"))).await;
            let End::Refused(fault) = end else { panic!("{end:?}") };
            assert_eq!((fault.kind, calls), (FaultKind::Forbidden, vec![]));
        }
    });
}

#[test]
fn what_cannot_be_sent_is_told_and_nothing_sent() {
    on_a_paused_clock(async {
        let mut desk = Desk::of([]);
        desk.by_hand(1, "get_artcle", "{}");
        desk.by_hand(2, TOUCH, "{\"a\": 1");
        desk.by_hand(3, TOUCH, "[]");
        let mut ends = Vec::new();
        for _ in 0..3 {
            let (id, End::Refused(fault), 0) = desk.end().await else { panic!("not refused at once") };
            ends.push((id, fault.kind, fault.hint.to_string()));
        }
        ends.sort_by_key(|(id, ..)| *id);
        assert_eq!(ends[0], (1, FaultKind::NoTool, "Did you mean get_article?".into()));
        assert_eq!((ends[1].1, ends[2].1), (FaultKind::Invalid, FaultKind::Invalid));
        assert_eq!(desk.calls(), []);
    });
}

#[test]
fn all_but_reads_end_unknown_when_they_may_have_left() {
    on_a_paused_clock(async {
        let lost = || fault(FaultKind::Unreachable);
        let unclear = || fault(FaultKind::Server);
        for (tool, reads) in [(TOUCH, false), (SEARCH, true)] {
            let (end, _) = end_of(tool, Err(Trouble::Lost(lost()))).await;
            assert_eq!(end, if reads { End::NotSent(lost()) } else { End::Unknown(lost()) });
            let (end, _) = end_of(tool, Err(Trouble::Unclear(unclear()))).await;
            assert_eq!(end, if reads { End::Refused(unclear()) } else { End::Unknown(unclear()) });
            let (end, calls) = end_of(tool, Err(never_answered())).await;
            assert!(
                if reads { matches!(end, End::TimedOut(_)) } else { matches!(end, End::Unknown(_)) },
                "{end:?}"
            );
            assert_eq!(calls, [tool]);
            let (end, _) = end_of(tool, Err(never_left())).await;
            assert!(matches!(end, End::NotSent(_)), "{end:?}");
            let refused = fault(FaultKind::Invalid);
            let (end, calls) = end_of(tool, Err(Trouble::Refused(refused.clone()))).await;
            assert_eq!((end, calls), (End::Refused(refused), vec![tool.to_owned()]));
        }
    });
}

#[test]
fn what_a_forgotten_session_turned_away_is_sent_once_more() {
    on_a_paused_clock(async {
        let gone = || Err(Trouble::SessionGone(fault(FaultKind::Protocol)));
        for tool in [TOUCH, SEARCH] {
            let (end, calls) = end_of(tool, gone()).await;
            assert!(matches!(end, End::Answer(Answer::Said(_))), "{end:?}");
            assert_eq!(calls, [tool, tool]);
            let mut desk = Desk::of([gone(), gone()]);
            desk.by_hand(1, tool, "");
            let (_, end, _) = desk.end().await;
            assert!(matches!(end, End::NotSent(_)), "{end:?}");
            assert_eq!(desk.calls().len(), 2);
        }
    });
}

#[test]
fn only_a_read_can_be_stopped_once_it_left() {
    on_a_paused_clock(async {
        for (tool, reads) in [(TOUCH, false), (SEARCH, true)] {
            let mut desk = Desk::of([Err(never_answered())]);
            desk.by_hand(1, tool, "{}");
            sleep(Duration::from_secs(3)).await;
            desk.session.try_send(Request::Cancel(CallId(1))).unwrap();
            let (_, end, at) = desk.end().await;
            if reads {
                assert_eq!((end, at), (End::Cancelled, 3));
            } else {
                assert!(matches!(end, End::Unknown(_)) && at == 90, "{end:?} at {at}");
            }
        }
    });
}

#[test]
fn reconnecting_waits_for_what_may_change_something() {
    on_a_paused_clock(async {
        let mut desk = Desk::of([Err(never_answered())]);
        desk.by_hand(1, TOUCH, "{}");
        sleep(Duration::from_secs(3)).await;
        desk.session.try_send(Request::Reconnect).unwrap();
        let (_, end, at) = desk.end().await;
        assert!(matches!(end, End::Unknown(_)) && at == 90, "{end:?} at {at}");
        let mut desk = Desk::of([Err(never_answered())]);
        desk.by_hand(1, SEARCH, "{}");
        sleep(Duration::from_secs(3)).await;
        desk.session.try_send(Request::Reconnect).unwrap();
        let (_, end, at) = desk.end().await;
        assert!(matches!(end, End::Answer(Answer::Said(_))) && at == 3, "{end:?} at {at}");
    });
}

#[test]
fn a_call_that_may_change_something_is_not_tried_again_after_a_pause() {
    on_a_paused_clock(async {
        let slower = || Err(Trouble::Refused(fault(FaultKind::RateLimited)));
        let (end, calls) = end_of(TOUCH, slower()).await;
        assert!(matches!(end, End::Refused(_)) && calls.len() == 1, "{end:?}");
        let (end, calls) = end_of(SEARCH, slower()).await;
        assert!(matches!(end, End::Answer(_)) && calls.len() == 2, "{end:?}");
    });
}
