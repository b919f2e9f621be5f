//! Signing in and out.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::desk::{Desk, World, seconds, word};
use crate::session::Request;

#[tokio::test(start_paused = true)]
async fn a_sign_in_is_told_step_by_step_and_the_link_goes_up() {
    let mut desk = Desk::open(World::default(), 1_000).await;
    seconds(1_000).await;
    assert_eq!(desk.heard(), ["Connecting", "Down Refused."]);
    desk.ask(Request::SignIn).await;
    desk.ask(Request::Redirected("http://127.0.0.1/?code=1".into())).await;
    seconds(300).await;
    assert_eq!(desk.heard(), ["Discovering", "Exchanging", "Done", "Connecting", "Up"]);
    assert_eq!(desk.log(), ["dial", "in", "http://127.0.0.1/?code=1", "dial"]);
}

#[tokio::test(start_paused = true)]
async fn calls_go_on_meanwhile_and_a_working_link_is_dialled_anew() {
    let mut desk = Desk::signed_in().await;
    desk.ask(Request::SignIn).await;
    seconds(5).await;
    desk.by_hand(1, "search").await;
    assert_eq!(desk.heard(), ["Connecting", "Up", "Discovering", "1 answered"]);
    seconds(300).await;
    assert_eq!(desk.heard(), ["Exchanging", "Done", "Connecting", "Up"]);
    assert_eq!(desk.log(), ["dial", "in", "search", "close", "dial"]);
}

#[tokio::test(start_paused = true)]
async fn what_may_change_something_ends_before_the_link_is_dialled_anew() {
    let mut desk = Desk::signed_in().await;
    desk.ask(Request::SignIn).await;
    seconds(190).await;
    desk.by_hand(1, "touch").await;
    seconds(20).await;
    desk.by_hand(2, "search").await;
    assert_eq!(desk.heard(), ["Connecting", "Up", "Discovering", "Exchanging", "Done"]);
    seconds(100).await;
    assert_eq!(desk.heard(), ["1 unknown", "Connecting", "Up", "2 answered"]);
    assert_eq!(desk.log(), ["dial", "in", "touch", "close", "dial", "search"]);
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_that_fails_is_told_once() {
    let mut desk = Desk::open(World { fails: true.into(), ..World::default() }, 1_000).await;
    seconds(1).await;
    desk.heard();
    desk.ask(Request::SignIn).await;
    assert_eq!(desk.heard(), ["Failed Refused."]);
    seconds(100).await;
    assert_eq!(desk.heard(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn a_second_sign_in_takes_the_place_of_the_first() {
    let mut desk = Desk::open(World::default(), 1_000).await;
    desk.ask(Request::SignIn).await;
    seconds(150).await;
    desk.ask(Request::SignIn).await;
    seconds(150).await;
    let heard = desk.heard();
    assert_eq!(heard, ["Connecting", "Down Refused.", "Discovering", "Discovering"], "the first one is gone");
    seconds(100).await;
    assert_eq!(desk.heard(), ["Exchanging", "Done", "Connecting", "Up"]);
}

#[tokio::test(start_paused = true)]
async fn closing_gives_a_sign_in_up_at_once() {
    let mut desk = Desk::open(World::default(), 1_000).await;
    desk.ask(Request::SignIn).await;
    desk.ask(Request::Close).await;
    let heard = desk.heard();
    assert_eq!(heard[2..], ["Discovering", "Failed The sign-in was given up.", "Closed"]);
    assert!(desk.begun.elapsed() < Duration::from_secs(1));
    seconds(300).await;
    assert!(!desk.world.signed_in.load(Ordering::SeqCst));
}

#[tokio::test(start_paused = true)]
async fn a_session_is_not_closed_while_a_token_is_renewed() {
    let mut desk = Desk::signed_in().await;
    desk.world.renews.store(7, Ordering::SeqCst);
    desk.heard();
    desk.ask(Request::Close).await;
    seconds(6).await;
    assert_eq!(desk.heard(), Vec::<String>::new());
    assert_eq!(desk.log(), ["dial", "close"], "the rest is over at once");
    seconds(2).await;
    assert_eq!(desk.heard(), ["Closed"]);
}

#[tokio::test(start_paused = true)]
async fn signing_out_ends_the_servers_session_first_and_nothing_is_dialled_before_it_is_done() {
    let mut desk = Desk::signed_in().await;
    seconds(1).await;
    desk.ask(Request::SignOut).await;
    desk.ask(Request::Reconnect).await;
    assert_eq!(desk.heard(), ["Connecting", "Up", "Down You are signed out."]);
    seconds(10).await;
    assert_eq!(desk.log(), ["dial", "close", "out", "dial"]);
    assert_eq!(desk.heard(), ["Connecting", "Down Refused."]);
}

#[tokio::test(start_paused = true)]
async fn signing_out_takes_the_place_of_a_sign_in_and_tells_what_did_not_work() {
    let mut desk = Desk::open(World::default(), 1_000).await;
    desk.ask(Request::SignIn).await;
    desk.world.fails.store(true, Ordering::SeqCst);
    desk.ask(Request::SignOut).await;
    seconds(10).await;
    let heard = desk.heard();
    let told =
        ["Discovering", "Failed The sign-in was given up.", "Down You are signed out.", "warning: Refused."];
    assert_eq!(heard[2..], told);
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_that_dialling_began_by_itself_has_the_time_a_person_needs() {
    let mut desk = Desk::open(World { at_once: true.into(), ..World::default() }, 1_000).await;
    seconds(300).await;
    assert_eq!(desk.heard(), ["Connecting", "Discovering", "Exchanging", "Done", "Up"]);
}

#[tokio::test(start_paused = true)]
async fn no_step_is_lost_on_a_reader_who_sleeps() {
    let mut desk = Desk::open(World { burst: 500.into(), ..World::default() }, 1).await;
    desk.ask(Request::SignIn).await;
    seconds(300).await;
    let mut heard = Vec::new();
    loop {
        let report = desk.reports.recv().await.unwrap();
        heard.push(word(&report));
        if heard.ends_with(&["Up".to_owned()]) {
            break;
        }
    }
    assert_eq!(heard.iter().filter(|word| *word == "Discovering").count(), 501);
    assert_eq!(heard[heard.len() - 4..], ["Discovering", "Exchanging", "Done", "Up"]);
}

#[tokio::test(start_paused = true)]
async fn a_refused_call_takes_the_link_down_until_somebody_signs_in() {
    let mut desk = Desk::signed_in().await;
    seconds(1).await;
    desk.world.signed_in.store(false, Ordering::SeqCst);
    desk.by_hand(1, "search").await;
    seconds(1_000).await;
    let heard = desk.heard();
    assert_eq!(heard.last().unwrap(), "Down Refused.");
    assert!(heard.iter().any(|word| word.contains("Refused(Fault { kind: SignIn")), "{heard:?}");
    desk.world.signed_in.store(true, Ordering::SeqCst);
    desk.ask(Request::Reconnect).await;
    assert_eq!(desk.heard(), ["Connecting", "Up"]);
}
