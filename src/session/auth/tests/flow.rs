//! The plain way: from the first refusal to a token, and what it costs later.

use serde_json::json;

use super::world::World;
use crate::domain::account::{Origin, Step};
use crate::domain::time::Unix;
use crate::session::auth::accounts;

const METADATA: &str = "GET /.well-known/oauth-authorization-server";

#[tokio::test]
async fn intercoms_shape_from_refusal_to_rows() {
    let world = World::new().await;
    let account = world.account();
    assert_eq!(world.call(&account).await, Ok(2));
    let seen = world.server.taken();
    let asked: Vec<&str> = seen.iter().map(|seen| seen.what.as_str()).collect();
    assert_eq!(
        asked,
        [
            "GET /.well-known/oauth-protected-resource/mcp",
            "GET /.well-known/oauth-protected-resource",
            METADATA,
            "POST /register",
            "GET /authorize",
            "POST /token",
        ]
    );
    let registered = &seen[3].json;
    assert_eq!(registered["application_type"], "native");
    assert_eq!(registered["grant_types"], json!(["authorization_code", "refresh_token"]));
    assert_eq!(registered["token_endpoint_auth_method"], "none");
    let redirect = registered["redirect_uris"][0].as_str().unwrap();
    assert!(redirect.starts_with("http://localhost:") && redirect.ends_with("/oauth/callback"), "{redirect}");
    assert_eq!(seen[4].form["redirect_uri"], redirect);
    assert_eq!(seen[4].form["code_challenge_method"], "S256");
    assert!(!seen[4].form.contains_key("scope") && !seen[4].form.contains_key("resource"));
    assert_eq!(seen[5].form["client_id"], seen[4].form["client_id"]);
    let pages = world.person.pages.lock().unwrap().clone();
    assert_eq!(pages.len(), 1);
    assert!(pages[0].0 == 200 && pages[0].1.contains("close this page"), "{pages:?}");
}

#[tokio::test]
async fn steps_are_told_in_order() {
    let world = World::new().await;
    let account = world.account();
    account.sign_in().await.unwrap();
    let steps = world.steps.lock().unwrap().clone();
    let [
        Step::Discovering,
        Step::Registering,
        Step::Browser { address, opened: true },
        Step::Exchanging,
        Step::Done(standing),
    ] = &steps[..]
    else {
        panic!("{steps:?}");
    };
    assert_eq!(address.as_str(), world.person.opened.lock().unwrap()[0]);
    assert_eq!(*standing, account.standing());
    assert_eq!(standing.origin, Origin::File);
    assert!(standing.renews && standing.since.is_some());
    let (since, until) = (standing.since.unwrap(), standing.until.unwrap());
    assert_eq!(until, Unix(since.0 + 3600));
    assert_eq!(standing.issuer.as_str(), world.server.origin);
}

#[tokio::test]
async fn a_stored_sign_in_asks_nobody() {
    let world = World::new().await;
    world.call(&world.account()).await.unwrap();
    world.server.taken();
    let next = world.account();
    assert_eq!(next.standing().origin, Origin::File, "known by the index before anything is opened");
    assert_eq!(world.call(&next).await, Ok(1));
    assert!(world.server.asked().is_empty());
    let rows = accounts(&world.folder());
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].name.as_str(), rows[0].origin), ("here", Origin::File));
    assert_eq!(rows[0].endpoint.as_str(), world.server.endpoint());
    assert!(rows[0].since.is_some());
}

#[tokio::test]
async fn an_expired_sign_in_asks_exactly_once() {
    let world = World::new().await;
    world.server.play().lifetime = json!(0);
    world.call(&world.account()).await.unwrap();
    world.server.taken();
    world.server.play().lifetime = json!("3600");
    let next = world.account();
    assert_eq!(world.call(&next).await, Ok(1));
    assert_eq!(world.call(&next).await, Ok(1));
    assert_eq!(world.server.asked(), ["POST /token"]);
}

#[tokio::test]
async fn a_refused_token_is_renewed_and_signed_in_anew_when_that_does_not_help() {
    let world = World::new().await;
    let account = world.account();
    world.call(&account).await.unwrap();
    world.server.taken();
    world.server.expire();
    assert_eq!(world.call(&account).await, Ok(2));
    assert_eq!(world.server.asked(), ["POST /token"]);
    // The renewed token is refused at once, and the one after it: renewing again would go on for ever.
    world.server.expire();
    assert_eq!((world.call(&account).await, world.times_opened()), (Ok(2), 1));
    world.server.expire();
    assert_eq!((world.call(&account).await, world.times_opened()), (Ok(2), 2));
}

#[tokio::test]
async fn without_leave_a_refusal_is_only_told() {
    let world = World::new().await;
    let account = world.with(|options| options.at_once = false);
    let fault = world.call(&account).await.unwrap_err();
    assert!(fault.sentence.contains("wants a sign-in"), "{fault:?}");
    assert!(fault.hint.contains("switchboard login") && fault.hint.contains("press s"), "{fault:?}");
    assert_eq!((world.times_opened(), world.server.asked().len()), (0, 0));
    account.sign_in().await.unwrap();
    assert_eq!(world.call(&account).await, Ok(1));
}

#[tokio::test]
async fn memory_only_leaves_no_files() {
    let world = World::new().await;
    let account = world.with(|options| options.folder = None);
    assert_eq!(world.call(&account).await, Ok(2));
    world.server.expire();
    assert_eq!(world.call(&account).await, Ok(2));
    assert_eq!(world.times_opened(), 1, "renewed from memory");
    assert!(!world.folder().exists());
}
