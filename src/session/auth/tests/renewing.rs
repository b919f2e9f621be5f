//! One renewal for many calls and many processes; each account here is as good as a process of its own.

use std::sync::Arc;

use serde_json::json;
use tokio::sync::Notify;

use super::world::{World, age};
use crate::domain::call::FaultKind;
use crate::session::auth::Account;

async fn expired(world: &World) -> Vec<Account> {
    world.call(&world.account()).await.unwrap();
    let accounts: Vec<Account> = (0..4).map(|_| world.account()).collect();
    for account in &accounts {
        assert_eq!(world.call(account).await, Ok(1));
    }
    world.server.taken();
    world.server.expire();
    accounts
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn four_processes_spend_each_refresh_token_once() {
    let world = World::new().await;
    let accounts = expired(&world).await;
    for _ in 0..3 {
        let calls = accounts.iter().flat_map(|account| [world.call(account), world.call(account)]);
        let ended = futures::future::join_all(calls).await;
        assert!(ended.iter().all(Result::is_ok), "{ended:?}");
        assert_eq!(world.server.asked(), ["POST /token"], "one for all");
        world.server.expire();
        accounts.iter().for_each(age);
    }
    assert_eq!((world.server.play().spent_twice, world.times_opened()), (0, 1));
}

#[tokio::test]
async fn many_calls_renew_ahead_of_time_once() {
    let world = World::new().await;
    world.server.play().lifetime = json!(0);
    world.call(&world.account()).await.unwrap();
    world.server.play().lifetime = json!(3600);
    world.server.taken();
    let account = world.account();
    let calls = (0..8).map(|_| account.authorization());
    let sent = futures::future::join_all(calls).await;
    let first = sent[0].as_ref().unwrap().as_ref().unwrap();
    assert!(sent.iter().all(|one| one.as_ref().unwrap().as_ref() == Some(first)));
    assert_eq!(world.server.asked(), ["POST /token"]);
}

#[tokio::test]
async fn an_old_refresh_token_stays_when_none_comes_back() {
    let world = World::new().await;
    world.server.play().rotates = false;
    let account = world.account();
    world.call(&account).await.unwrap();
    for _ in 0..2 {
        world.server.expire();
        age(&account);
        assert_eq!(world.call(&account).await, Ok(2));
    }
    assert_eq!((world.times_opened(), account.standing().renews), (1, true));
}

#[tokio::test]
async fn a_refused_renewal_drops_only_what_failed() {
    let world = World::new().await;
    let account = world.with(|options| options.at_once = false);
    account.sign_in().await.unwrap();
    let client = world.opened("client_id").unwrap();
    world.server.play().denies = Some(("refresh_token", "invalid_grant"));
    world.server.expire();
    let fault = world.call(&account).await.unwrap_err();
    assert!(fault.sentence.contains("no longer takes the sign-in"), "{fault:?}");
    assert!(crate::session::auth::accounts(&world.folder()).is_empty());
    world.server.taken();
    assert!(world.call(&account).await.is_err());
    assert!(world.server.asked().is_empty(), "the spent one is not tried again");
    account.sign_in().await.unwrap();
    assert_eq!(world.opened("client_id").unwrap(), client, "the registration is not what failed");
}

#[tokio::test]
async fn a_renewed_token_that_is_ended_at_once_is_renewed_once_more() {
    let world = World::new().await;
    let account = world.with(|options| options.at_once = false);
    account.sign_in().await.unwrap();
    world.server.taken();
    world.server.expire();
    assert_eq!(world.call(&account).await, Ok(2));
    // All at once, of one generation.
    world.server.expire();
    let calls = (0..3).map(|_| world.call(&account));
    let ended = futures::future::join_all(calls).await;
    assert!(ended.iter().all(Result::is_ok), "{ended:?}");
    assert_eq!(world.server.asked(), ["POST /token", "POST /token"]);
    // And no more than that: whoever ends every token at once is not asked for ever.
    world.server.taken();
    world.server.expire();
    let fault = world.call(&account).await.unwrap_err();
    assert!(fault.sentence.contains("no longer takes the sign-in"), "{fault:?}");
    assert!(world.server.asked().is_empty());
    assert_eq!((world.server.play().spent_twice, world.times_opened()), (0, 1));
}

#[tokio::test]
async fn a_hurry_in_which_nobody_could_be_asked_does_not_count() {
    let world = World::new().await;
    let account = world.with(|options| options.at_once = false);
    account.sign_in().await.unwrap();
    world.server.expire();
    assert_eq!(world.call(&account).await, Ok(2));
    world.server.expire();
    world.server.play().slowed = Some("120");
    let fault = world.call(&account).await.unwrap_err();
    assert_eq!((fault.kind, fault.wait), (FaultKind::RateLimited, Some(120)), "{fault:?}");
    world.server.play().slowed = None;
    assert_eq!(world.call(&account).await, Ok(2));
    assert_eq!(world.times_opened(), 1);
}

#[tokio::test]
async fn a_failing_server_costs_no_sign_in() {
    let world = World::new().await;
    let account = world.account();
    world.call(&account).await.unwrap();
    world.server.play().denies = Some(("refresh_token", "temporarily_unavailable"));
    world.server.expire();
    age(&account);
    // Refused for another reason: the person signs in, and nothing is lost meanwhile.
    assert_eq!(world.call(&account).await, Ok(2));
    assert_eq!(world.times_opened(), 2);
}

#[tokio::test]
async fn what_another_process_wrote_is_used_without_asking() {
    let world = World::new().await;
    let (one, other) = (world.account(), world.account());
    world.call(&one).await.unwrap();
    assert_eq!(world.call(&other).await, Ok(1));
    world.server.expire();
    age(&one);
    world.call(&one).await.unwrap();
    world.server.taken();
    assert_eq!(world.call(&other).await, Ok(2));
    assert!(world.server.asked().is_empty());
}

#[test]
fn killed_between_the_request_and_the_answer() {
    let after = tokio::runtime::Runtime::new().unwrap();
    let world = after.block_on(World::new());
    after.block_on(async { world.call(&world.account()).await.unwrap() });
    world.server.taken();
    world.server.play().has_grace = true;
    let gate = Arc::new(Notify::new());
    world.server.play().gate = Some(Arc::clone(&gate));
    world.server.expire();
    let before = tokio::runtime::Runtime::new().unwrap();
    let account = world.account();
    before.block_on(async {
        let sent = account.authorization().await.unwrap();
        let refused =
            tokio::spawn(
                async move { account.challenged(401, &http::HeaderMap::new(), sent.as_ref()).await },
            );
        loop {
            world.server.arrival().await;
            if world.server.asked().contains(&"POST /token".to_owned()) {
                break;
            }
        }
        drop(refused);
    });
    before.shutdown_background();
    world.server.play().gate = None;
    gate.notify_waiters();
    let next = world.account();
    assert_eq!(after.block_on(world.call(&next)), Ok(2), "the lock is free and the old pair is whole");
    assert_eq!(world.times_opened(), 1);
}

#[tokio::test]
async fn a_caller_that_gives_up_loses_no_tokens() {
    let world = World::new().await;
    let account = world.account();
    world.call(&account).await.unwrap();
    world.server.taken();
    world.server.expire();
    let gate = Arc::new(Notify::new());
    world.server.play().gate = Some(Arc::clone(&gate));
    let sent = account.authorization().await.unwrap();
    let caller = tokio::spawn({
        let account = account.clone();
        async move { account.challenged(401, &http::HeaderMap::new(), sent.as_ref()).await }
    });
    while world.server.play().seen.is_empty() {
        tokio::task::yield_now().await;
    }
    caller.abort();
    world.server.play().gate = None;
    gate.notify_one();
    assert!(world.call(&account).await.is_ok());
    assert_eq!((world.server.play().spent_twice, world.times_opened()), (0, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn four_processes_without_a_sign_in_open_one_browser() {
    let world = World::new().await;
    let accounts: Vec<Account> = (0..4).map(|_| world.account()).collect();
    let ended = futures::future::join_all(accounts.iter().map(|account| world.call(account))).await;
    assert!(ended.iter().all(Result::is_ok), "{ended:?}");
    assert_eq!(world.times_opened(), 1);
}

#[tokio::test]
async fn a_token_that_was_typed_elsewhere_is_used_after_a_refusal() {
    let world = World::new().await;
    let issued = world.with(|options| options.folder = None);
    world.call(&issued).await.unwrap();
    let good = issued.authorization().await.unwrap().unwrap();
    let good = good.value().to_str().unwrap().replace("Bearer ", "");
    let quiet = || world.with(|options| options.at_once = false);
    let (one, other) = (quiet(), quiet());
    one.keep_token(&super::world::secret("a-bad-token")).await.unwrap();
    assert!(world.call(&one).await.is_err());
    other.keep_token(&super::world::secret(&good)).await.unwrap();
    assert_eq!(world.call(&one).await, Ok(2));
}
