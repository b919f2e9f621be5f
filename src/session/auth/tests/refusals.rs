//! What a sign-in must not go on with.

use std::time::Duration;

use serde_json::{Value, json};

use super::server::Server;
use super::world::{World, client, secret, until_browser};
use crate::domain::account::Step;
use crate::domain::call::FaultKind;

const BELOW: &str = "/.well-known/oauth-protected-resource/mcp";
const METADATA: &str = "/.well-known/oauth-authorization-server";

fn change(server: &Server, member: &str, value: Value) {
    server.play().documents.get_mut(METADATA).unwrap()[member] = value;
}

/// The sentence of a sign-in that never got as far as the browser or as a registration.
async fn refused(world: &World) -> String {
    let fault = world.call(&world.account()).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::SignIn, "{fault:?}");
    assert_eq!(world.times_opened(), 0, "no browser: {fault:?}");
    let asked = world.server.asked();
    assert!(asked.iter().all(|what| what.starts_with("GET /.well-known/")), "{asked:?}");
    assert!(matches!(world.steps.lock().unwrap().last(), Some(Step::Failed(_))));
    fault.sentence.into_string()
}

#[tokio::test]
async fn a_resource_of_another_origin() {
    for resource in ["https://evil.example.com/mcp", "http://127.0.0.1:1/mcp", "{}/other", ""] {
        let world = World::new().await;
        let resource = resource.replace("{}", &world.server.origin);
        world.server.resource(BELOW, &resource, &world.server.origin);
        assert!(refused(&world).await.contains("another resource"), "{resource}");
    }
}

#[tokio::test]
async fn metadata_of_somebody_else() {
    let world = World::new().await;
    change(&world.server, "issuer", json!("https://attacker.example.com"));
    assert!(refused(&world).await.contains("somebody else's"));
    let world = World::new().await;
    let slashed = format!("{}/", world.server.origin);
    world.server.resource(BELOW, &world.server.endpoint(), &slashed);
    assert!(refused(&world).await.contains("somebody else's"), "a slash makes another issuer");
}

#[tokio::test]
async fn servers_without_proof_keys_and_unsafe_addresses() {
    for (member, value, words) in [
        ("code_challenge_methods_supported", json!(["plain"]), "PKCE"),
        ("code_challenge_methods_supported", json!(null), "PKCE"),
        ("authorization_endpoint", json!("http://elsewhere.example/a"), "no safe address"),
        ("token_endpoint", json!("javascript:alert(1)"), "no safe address"),
        ("registration_endpoint", json!(null), "client id"),
    ] {
        let world = World::new().await;
        change(&world.server, member, value);
        let account = world.account();
        let fault = world.call(&account).await.unwrap_err();
        assert!(format!("{} {}", fault.sentence, fault.hint).contains(words), "{fault:?}");
        assert_eq!(world.times_opened(), 0);
    }
    let world = World::new().await;
    world.server.resource(BELOW, &world.server.endpoint(), "http://elsewhere.example");
    assert!(refused(&world).await.contains("not safe"));
}

#[tokio::test]
async fn documents_that_are_too_large_or_elsewhere() {
    let world = World::new().await;
    world.server.play().documents.insert(METADATA.into(), json!({ "issuer": "x".repeat(2 << 20) }));
    let fault = world.call(&world.account()).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::TooLarge, "{fault:?}");
}

#[tokio::test]
async fn answers_that_belong_to_another_sign_in_change_nothing() {
    let mut world = World::new().await;
    world.person.works = false;
    let (account, mut steps) = world.watched(|_| {});
    let signing = tokio::spawn({
        let account = account.clone();
        async move { account.sign_in().await }
    });
    until_browser(&mut steps).await;
    let callback = world.opened("redirect_uri").unwrap();
    let state = world.opened("state").unwrap();
    let get = async |address: String| {
        let response = client().get(address).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    };
    for query in ["", "?code=stolen-planted", "?code=stolen-planted&state=wrong", "?error=no&state=wrong"] {
        let (status, page) = get(format!("{callback}{query}")).await;
        assert_eq!(status, 400, "{query}");
        assert!(!page.contains("planted") && page.contains("still waiting"), "{page}");
    }
    let Step::Stray(fault) = steps.recv().await.unwrap() else { panic!("not told") };
    assert!(
        fault.sentence.contains("still waiting") && !format!("{fault:?}").contains("planted"),
        "{fault:?}"
    );
    assert_eq!(get(callback.replace("/oauth/callback", "/other")).await.0, 404);
    assert!(steps.try_recv().is_err(), "once is enough: any page may send more");
    assert!(!signing.is_finished());
    assert!(!world.server.asked().contains(&"POST /token".to_owned()));
    // The right one still works, pasted by a person whose browser is on another machine.
    let address = world.person.opened.lock().unwrap()[0].clone();
    let quiet =
        reqwest::Client::builder().tls_certs_only([]).no_proxy().redirect(reqwest::redirect::Policy::none());
    let answer = quiet.build().unwrap().get(address).send().await.unwrap();
    let target = answer.headers()["location"].to_str().unwrap().to_owned();
    assert!(target.contains(&state));
    account.redirected(&secret(&target));
    signing.await.unwrap().unwrap();
    assert_eq!(world.call(&account).await, Ok(1));
    account.redirected(&secret("nobody waits for this"));
}

#[tokio::test]
async fn giving_up_frees_the_port_and_is_no_end() {
    let mut world = World::new().await;
    world.person.works = false;
    let (account, mut steps) = world.watched(|_| {});
    let signing = tokio::spawn({
        let account = account.clone();
        async move { account.sign_in().await }
    });
    until_browser(&mut steps).await;
    signing.abort();
    assert!(signing.await.unwrap_err().is_cancelled());
    let callback = world.opened("redirect_uri").unwrap();
    let is_gone = async || client().get(&callback).send().await.is_err();
    tokio::time::timeout(Duration::from_secs(10), async {
        while !is_gone().await {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_person_who_declines_is_not_asked_again_by_itself() {
    let world = World::new().await;
    world.server.play().answer = |pairs, _| {
        pairs.remove(0);
        pairs.push(("error".into(), "access_denied".into()));
    };
    let account = world.account();
    let fault = world.call(&account).await.unwrap_err();
    assert!(fault.sentence.contains("declined"), "{fault:?}");
    assert_eq!(world.person.pages.lock().unwrap()[0].0, 400);
    assert!(world.call(&account).await.is_err());
    assert_eq!(world.times_opened(), 1);
    world.server.play().answer = |_, _| {};
    account.sign_in().await.unwrap();
    assert_eq!(world.call(&account).await, Ok(1));
}

#[tokio::test]
async fn parallel_refusals_open_one_browser() {
    let world = World::new().await;
    let account = world.account();
    let calls = (0..5).map(|_| world.call(&account));
    assert!(futures::future::join_all(calls).await.iter().all(Result::is_ok));
    assert_eq!(world.times_opened(), 1);
    // The same when it fails: who waited shares the failure.
    let world = World::new().await;
    world.server.play().answer = |pairs, _| pairs.push(("error".into(), "server_error".into()));
    let account = world.account();
    let calls = (0..5).map(|_| world.call(&account));
    assert!(futures::future::join_all(calls).await.iter().all(Result::is_err));
    assert_eq!(world.times_opened(), 1);
}

#[tokio::test]
async fn a_refused_callback_is_registered_in_another_form() {
    let world = World::new().await;
    world.server.play().refuses = Some(|body| {
        let is_localhost = body["redirect_uris"][0].as_str().unwrap().contains("localhost");
        is_localhost
            .then(|| json!({ "error": "invalid_redirect_uri", "error_description": "Invalid redirect URI" }))
    });
    world.call(&world.account()).await.unwrap();
    assert!(world.opened("redirect_uri").unwrap().starts_with("http://127.0.0.1:"));
    let world = World::new().await;
    world.server.play().refuses =
        Some(|_| Some(json!({ "error": "invalid_client_metadata", "error_description": "We know you not" })));
    let fault = world.call(&world.account()).await.unwrap_err();
    assert!(fault.sentence.contains("We know you not") && fault.hint.contains("client id"), "{fault:?}");
    let registrations = world.server.asked().into_iter().filter(|what| what == "POST /register").count();
    assert_eq!(registrations, 1);
}

#[tokio::test]
async fn a_registration_is_used_again_and_made_anew_when_the_port_changed_or_it_is_unknown() {
    let world = World::new().await;
    let sign_in = async || {
        world.account().sign_in().await.unwrap();
        world.opened("client_id").unwrap()
    };
    let first = sign_in().await;
    assert_eq!(sign_in().await, first);
    // The server forgot it, and says so at the token endpoint.
    world.server.forget_clients();
    let second = sign_in().await;
    assert_ne!(second, first);
    // Its port is taken by somebody else.
    let port = url::Url::parse(&world.opened("redirect_uri").unwrap()).unwrap().port().unwrap();
    let squatter = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    let third = sign_in().await;
    assert_ne!(third, second);
    drop(squatter);
    // A port that was set must be had.
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let fault = world.with(|options| options.client.port = Some(port)).sign_in().await.unwrap_err();
    assert!(fault.sentence.contains(&port.to_string()), "{fault:?}");
}

#[tokio::test]
async fn a_registration_that_a_browser_never_came_back_from_is_made_anew() {
    let mut world = World::new().await;
    world.account().sign_in().await.unwrap();
    let first = world.opened("client_id").unwrap();
    world.person.works = false;
    let (account, mut steps) = world.watched(|_| {});
    let signing = tokio::spawn(async move { account.sign_in().await });
    until_browser(&mut steps).await;
    assert_eq!(world.opened("client_id").unwrap(), first);
    signing.abort();
    let _ = signing.await;
    world.person.works = true;
    world.account().sign_in().await.unwrap();
    assert_ne!(world.opened("client_id").unwrap(), first, "perhaps the page said that it is unknown");
}

#[tokio::test]
async fn a_sign_in_by_hand_takes_the_place_of_one_that_waits() {
    let mut world = World::new().await;
    world.person.works = false;
    let (account, mut steps) = world.watched(|_| {});
    let sent = account.authorization().await.unwrap();
    let refused = {
        let account = account.clone();
        tokio::spawn(async move { account.challenged(401, &http::HeaderMap::new(), sent.as_ref()).await })
    };
    until_browser(&mut steps).await;
    let signing = tokio::spawn({
        let account = account.clone();
        async move { account.sign_in().await }
    });
    until_browser(&mut steps).await;
    assert!(refused.await.unwrap().unwrap_err().sentence.contains("newer one"));
    let (callback, state) = (world.opened("redirect_uri").unwrap(), world.opened("state").unwrap());
    let page = client().get(format!("{callback}?state={state}&error=server_error")).send().await.unwrap();
    assert_eq!(page.status().as_u16(), 400);
    assert!(signing.await.unwrap().is_err());
}
