//! Sleeping computers and connections that are dead and do not say so.

use std::sync::atomic::Ordering;

use super::desk::{Desk, World, fault, seconds};
use crate::domain::call::FaultKind;
use crate::session::Request;
use crate::session::wire::News;

async fn asleep(desk: &Desk, hours: u64) {
    seconds(60).await;
    desk.world.slept.fetch_add(hours * 3_600, Ordering::SeqCst);
}

fn gone() -> crate::domain::call::Fault {
    crate::domain::call::Fault::new(FaultKind::Unreachable, "Gone.", "")
}

#[tokio::test(start_paused = true)]
async fn after_a_sleep_the_line_is_asked_before_the_next_call_and_only_then() {
    let mut desk = Desk::signed_in().await;
    asleep(&desk, 8).await;
    seconds(3_600).await;
    assert_eq!(desk.log(), ["dial"], "nothing ticks");
    desk.by_hand(1, "search").await;
    desk.by_hand(2, "search").await;
    assert_eq!(desk.log(), ["check"]);
    seconds(2).await;
    assert_eq!(desk.log(), ["search", "search"]);
    desk.by_hand(3, "search").await;
    assert_eq!(desk.log(), ["search"]);
    assert_eq!(desk.heard(), ["Connecting", "Up", "1 answered", "2 answered", "3 answered"]);
}

#[tokio::test(start_paused = true)]
async fn what_waits_for_a_check_goes_to_the_new_line_when_the_old_one_is_gone() {
    for news in [News::Lost(gone()), News::SessionGone(gone())] {
        let mut desk = Desk::signed_in().await;
        asleep(&desk, 1).await;
        desk.world.checks.lock().unwrap().push_back(Some(news));
        desk.by_hand(1, "search").await;
        seconds(2).await;
        assert_eq!(desk.log(), ["dial", "check", "dial", "search"]);
        assert_eq!(desk.heard(), ["Connecting", "Up", "Connecting", "Up", "1 answered"]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_waits_for_a_check_can_be_cancelled_and_closing_does_not_wait() {
    let mut desk = Desk::signed_in().await;
    asleep(&desk, 1).await;
    desk.by_hand(1, "touch").await;
    desk.ask(Request::Cancel(crate::domain::call::CallId(1))).await;
    let begun = tokio::time::Instant::now();
    desk.ask(Request::Close).await;
    let heard = desk.heard();
    assert!(heard[2].contains("Cancelled") && heard[3] == "Closed", "{heard:?}");
    assert!(begun.elapsed().as_millis() < 100);
    assert_eq!(desk.log(), ["dial", "check", "close"]);
}

#[tokio::test(start_paused = true)]
async fn a_call_without_an_answer_puts_the_line_in_doubt() {
    let mut desk = Desk::signed_in().await;
    desk.by_hand(1, "touch").await;
    seconds(200).await;
    assert_eq!(desk.log(), ["dial", "touch"]);
    desk.by_hand(2, "search").await;
    seconds(2).await;
    assert_eq!(desk.log(), ["check", "search"]);
    assert_eq!(desk.heard(), ["Connecting", "Up", "1 unknown", "2 answered"]);
}

#[tokio::test(start_paused = true)]
async fn after_a_sleep_nobody_waits_for_the_next_try() {
    let mut desk =
        Desk::open(World { at_once: true.into(), fails: true.into(), ..World::default() }, 1_000).await;
    assert_eq!(desk.log(), ["dial", "in"]);
    asleep(&desk, 1).await;
    desk.by_hand(1, "search").await;
    assert_eq!(desk.log(), Vec::<String>::new(), "only a person can help here: {}", fault().sentence);
    assert!(desk.heard().last().unwrap().contains("NotSent"));
}
