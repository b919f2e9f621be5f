//! Listed is not permitted, and new or changed is not accepted: what is told of tools, and what is not sent.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use switchboard::domain::call::{Answer, CallId, End, FaultKind, Report};
use switchboard::domain::link::{Link, Permit, Server, Tool};
use switchboard::domain::text::Clean;
use switchboard::session::Request;
use switchboard::session::wire::{News, Offer, Reply, Trouble};
use tokio::time::sleep;

use super::planned::{Desk, Plan};
use super::{approved, echo, fault, listed, on_a_paused_clock, words};

fn offer(tools: &[(&str, &str)]) -> Arc<Offer> {
    let list = tools.iter().map(|(name, whole)| Tool {
        name: Clean::line(name),
        whole: (*whole).to_owned(),
        ..Tool::default()
    });
    let server = Server { tools: list.collect(), ..Server::default() };
    let schemas = tools.iter().map(|(name, _)| ((*name).to_owned(), json!({}))).collect();
    Arc::new(Offer { server, schemas })
}

/// The tools as a person saw them.
fn shown(tools: &[(&str, &str)]) -> Vec<Tool> {
    offer(tools).server.tools.clone()
}

const USUAL: [(&str, &str); 4] =
    [("get_article", "{}"), ("update_article", "{}"), ("touch", "{}"), ("search", "{}")];

fn plan(tools: &[(&str, &str)], replies: impl IntoIterator<Item = Result<Reply, Trouble>>) -> Arc<Plan> {
    let plan = Plan::of(replies);
    *plan.offer.lock().unwrap() = Some(offer(tools));
    plan
}

/// What was told of tools that cannot be called, each time the link was told.
fn told(desk: &mut Desk) -> Vec<Vec<(String, Permit)>> {
    let links = desk.heard().into_iter().filter_map(|report| match report {
        Report::Link(Link::Up(server)) => Some(server.tools),
        _ => None,
    });
    let held = |tools: Vec<Tool>| tools.into_iter().filter(|tool| tool.permit != Permit::Yes);
    links.map(|tools| held(tools).map(|tool| (tool.name.to_string(), tool.permit)).collect()).collect()
}

async fn open(
    tools: &[(&str, &str)],
    replies: impl IntoIterator<Item = Result<Reply, Trouble>>,
    folder: &Path,
) -> Desk {
    let desk = Desk::remembering(plan(tools, replies), folder);
    settled().await;
    desk
}

async fn settled() {
    sleep(Duration::from_millis(10)).await;
}

#[expect(clippy::unnecessary_wraps, reason = "a plan holds results")]
fn denied() -> Result<Reply, Trouble> {
    Ok(Reply { is_error: true, ..listed("token_unauthorized") })
}

#[test]
fn a_refused_tool_is_told_once_and_works_again_when_it_works() {
    on_a_paused_clock(async {
        let folder = tempfile::tempdir().unwrap();
        let replies = [denied(), denied(), denied(), Ok(echo("T"))];
        let mut desk = open(&USUAL, replies, folder.path()).await;
        assert_eq!(told(&mut desk), [vec![]]);
        desk.ask(1);
        settled().await;
        let refused = Permit::Refused(Clean::line("Intercom says: Because. (token_unauthorized)"));
        assert_eq!(told(&mut desk), [vec![("get_article".to_owned(), refused.clone())]]);
        desk.ask(2);
        desk.ask(3);
        settled().await;
        assert_eq!(told(&mut desk), Vec::<Vec<_>>::new(), "nothing changed");
        desk.by_hand(4, "search", "{}");
        settled().await;
        assert_eq!(told(&mut desk), Vec::<Vec<_>>::new(), "another tool works as before");
        desk.ask(5);
        settled().await;
        assert_eq!(told(&mut desk), [vec![]]);
    });
}

#[test]
fn a_refusal_by_hand_or_by_the_wire_counts_too_and_reconnecting_forgives() {
    on_a_paused_clock(async {
        let folder = tempfile::tempdir().unwrap();
        let scope = Err(Trouble::Refused(fault(FaultKind::Forbidden)));
        let unauthorized = Ok(Reply { is_error: true, ..listed("unauthorized") });
        for refusal in [scope, unauthorized, denied()] {
            let mut desk = open(&USUAL, [refusal], folder.path()).await;
            desk.by_hand(1, "touch", "{}");
            settled().await;
            let last = told(&mut desk).pop().unwrap();
            assert!(matches!(&last[..], [(tool, Permit::Refused(_))] if tool == "touch"), "{last:?}");
            desk.send(Request::Reconnect).await;
            settled().await;
            assert_eq!(told(&mut desk).pop(), Some(vec![]));
        }
    });
}

#[test]
fn a_no_to_one_call_says_nothing_of_the_tool() {
    on_a_paused_clock(async {
        let folder = tempfile::tempdir().unwrap();
        for kind in [FaultKind::Invalid, FaultKind::NotFound, FaultKind::Server, FaultKind::TimedOut] {
            let mut desk = open(&USUAL, [Err(Trouble::Refused(fault(kind)))], folder.path()).await;
            desk.by_hand(1, "touch", "{}");
            settled().await;
            assert_eq!(told(&mut desk), [vec![]]);
        }
    });
}

#[test]
fn the_first_sight_is_trusted_and_what_is_new_or_changed_later_is_held() {
    on_a_paused_clock(async {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = open(&USUAL, [], folder.path()).await;
        desk.by_hand(1, "touch", "{}");
        assert!(matches!(desk.end().await.1, End::Answer(Answer::Said(_))));
        drop(desk);
        settled().await;
        let later = [("get_article", "7"), ("update_article", "{\"a\":1}"), ("touch", "{}"), ("move", "{}")];
        let mut desk = open(&later, [Ok(echo("T"))], folder.path()).await;
        let held = vec![("update_article".to_owned(), Permit::Changed), ("move".to_owned(), Permit::New)];
        assert_eq!(told(&mut desk), [held]);
        desk.by_hand(1, "move", "{}");
        desk.write(2);
        desk.by_hand(3, "touch", "{}");
        let mut ends: Vec<_> = vec![desk.end().await, desk.end().await, desk.end().await];
        ends.sort_by_key(|(id, ..)| *id);
        for (_, end, _) in &ends[..2] {
            let End::NotSent(fault) = end else { panic!("{end:?}") };
            assert!(fault.hint.contains("switchboard tools --accept"), "{}", fault.hint);
        }
        assert!(matches!(ends[2].1, End::Answer(_)));
        let calls: Vec<String> = desk.calls().into_iter().map(|(tool, _)| tool).collect();
        assert!(!calls.contains(&"move".into()) && !calls.contains(&"update_article".into()), "{calls:?}");
    });
}

#[test]
fn what_was_accepted_stays_accepted() {
    on_a_paused_clock(async {
        let folder = tempfile::tempdir().unwrap();
        drop(open(&USUAL, [], folder.path()).await);
        settled().await;
        let later = [("get_article", "{}"), ("update_article", "{\"a\":1}"), ("move", "{}")];
        let mut desk = open(&later, [], folder.path()).await;
        assert_eq!(told(&mut desk)[0].len(), 2);
        desk.send(Request::AcceptTools(shown(&later))).await;
        settled().await;
        assert_eq!(told(&mut desk), [vec![]]);
        desk.send(Request::AcceptTools(shown(&later))).await;
        assert_eq!(told(&mut desk), Vec::<Vec<_>>::new());
        desk.by_hand(1, "move", "{}");
        assert!(matches!(desk.end().await.1, End::Answer(_)));
        drop(desk);
        settled().await;
        let mut desk = open(&later, [], folder.path()).await;
        assert_eq!(told(&mut desk), [vec![]]);
    });
}

#[test]
fn what_changed_after_it_was_shown_is_not_accepted() {
    on_a_paused_clock(async {
        let folder = tempfile::tempdir().unwrap();
        drop(open(&USUAL, [], folder.path()).await);
        settled().await;
        let seen = [("get_article", "{}"), ("update_article", "{\"a\":1}"), ("move", "{}")];
        let now = [("get_article", "{}"), ("update_article", "{\"evil\":1}"), ("move", "{}"), ("copy", "{}")];
        let mut desk = open(&seen, [], folder.path()).await;
        told(&mut desk);
        *desk.plan.offer.lock().unwrap() = Some(offer(&now));
        desk.send(Request::AcceptTools(shown(&seen))).await;
        settled().await;
        let held = vec![("update_article".to_owned(), Permit::Changed), ("copy".to_owned(), Permit::New)];
        assert_eq!(told(&mut desk), [held]);
        desk.send(Request::AcceptTools(Vec::new())).await;
        settled().await;
        assert_eq!(told(&mut desk)[0].len(), 2, "who waits hears that nothing was accepted");
    });
}

#[test]
fn a_memory_that_cannot_be_read_accepts_nothing_and_is_not_written_over() {
    on_a_paused_clock(async {
        let folder = tempfile::tempdir().unwrap();
        drop(open(&USUAL, [], folder.path()).await);
        settled().await;
        let file = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
        let good = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, "torn {").unwrap();
        let mut desk = open(&USUAL, [], folder.path()).await;
        let held = vec![("update_article".to_owned(), Permit::New), ("touch".to_owned(), Permit::New)];
        assert_eq!(told(&mut desk), std::slice::from_ref(&held));
        desk.by_hand(1, "touch", "{}");
        desk.write(2);
        for _ in 0..2 {
            let (_, end, _) = desk.end().await;
            assert!(matches!(end, End::NotSent(_)), "{end:?}");
        }
        desk.happens(News::Tools).await;
        assert_eq!((told(&mut desk), std::fs::read_to_string(&file).unwrap()), (vec![held], "torn {".into()));
        // What can be read again counts again.
        std::fs::write(&file, &good).unwrap();
        desk.send(Request::Reconnect).await;
        settled().await;
        assert_eq!(told(&mut desk).pop(), Some(vec![]));
        drop(desk);
        std::fs::write(&file, "torn {").unwrap();
        let desk = open(&USUAL, [], folder.path()).await;
        desk.send(Request::AcceptTools(shown(&USUAL))).await;
        settled().await;
        assert_eq!(std::fs::read_to_string(&file).unwrap(), good, "a person accepted them");
    });
}

#[test]
fn a_tool_that_changes_while_connected_is_held_from_then_on() {
    on_a_paused_clock(async {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = open(&USUAL, [], folder.path()).await;
        told(&mut desk);
        let now = [("get_article", "{}"), ("update_article", "{}"), ("touch", "{\"evil\":true}")];
        *desk.plan.offer.lock().unwrap() = Some(offer(&now));
        desk.by_hand(1, "touch", "{}");
        assert!(matches!(desk.end().await.1, End::NotSent(_)), "even before that is told");
        desk.happens(News::Tools).await;
        assert_eq!(told(&mut desk), [vec![("touch".to_owned(), Permit::Changed)]]);
    });
}

#[test]
fn a_server_without_tools_was_not_seen_yet() {
    on_a_paused_clock(async {
        let folder = tempfile::tempdir().unwrap();
        let desk = open(&[], [], folder.path()).await;
        drop(desk);
        settled().await;
        let mut desk = open(&USUAL, [], folder.path()).await;
        assert_eq!(told(&mut desk), [vec![]]);
    });
}

#[test]
fn a_disk_that_fails_is_said_once_and_stops_nothing() {
    on_a_paused_clock(async {
        let folder = tempfile::tempdir().unwrap();
        let blocked = folder.path().join("file");
        std::fs::write(&blocked, "").unwrap();
        let mut desk = open(&USUAL, [], &blocked).await;
        desk.send(Request::AcceptTools(shown(&USUAL))).await;
        desk.send(Request::Reconnect).await;
        sleep(Duration::from_secs(5)).await;
        let messages =
            desk.heard().into_iter().filter(|report| matches!(report, Report::Message(..))).count();
        assert_eq!(messages, 1);
        desk.by_hand(1, "touch", "{}");
        assert!(matches!(desk.end().await.1, End::Answer(_)));
    });
}

#[test]
fn without_a_memory_everything_is_accepted() {
    on_a_paused_clock(async {
        let mut desk = Desk::of([Ok(words("done"))]);
        desk.by_hand(1, "touch", "{}");
        assert!(matches!(desk.end().await.1, End::Answer(_)));
        let request = Request::Write { id: CallId(2), approved: approved("new") };
        desk.send(request).await;
        assert!(!matches!(desk.end().await.1, End::NotSent(_)));
    });
}
