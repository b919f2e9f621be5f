//! What is kept, what is given up, and what belongs to others.

use std::fs;
use std::sync::Arc;

use serde_json::json;
use tokio::sync::Notify;

use super::world::{World, secret};
use crate::domain::account::Origin;
use crate::session::auth::{accounts, remote};

fn kept(world: &World) -> Vec<String> {
    let files =
        fs::read_dir(world.folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    files.filter(|name| !name.contains(".lock")).collect()
}

#[tokio::test]
async fn signing_out_tells_the_server_and_leaves_nothing() {
    let world = World::new().await;
    let origin = world.server.origin.clone();
    world.server.play().registered = json!({ "registration_client_uri": format!("{origin}/registered"), "registration_access_token": "manage-it" });
    let account = world.with(|options| options.at_once = false);
    account.sign_in().await.unwrap();
    world.server.taken();
    account.sign_out().await.unwrap();
    let seen = world.server.taken();
    let told: Vec<_> = seen
        .iter()
        .map(|one| (one.what.as_str(), one.form.get("token_type_hint").map(String::as_str)))
        .collect();
    assert_eq!(
        told,
        [
            ("POST /token", Some("refresh_token")),
            ("POST /token", Some("access_token")),
            ("DELETE /registered", None)
        ]
    );
    assert_eq!(seen[2].authorization.as_deref(), Some("Bearer manage-it"));
    assert!(kept(&world).is_empty() && accounts(&world.folder()).is_empty());
    assert_eq!(account.standing().origin, Origin::None);
    assert!(account.authorization().await.unwrap().is_none());
    assert!(world.account().authorization().await.unwrap().is_none());
}

#[tokio::test]
async fn a_registrations_token_goes_to_its_own_issuer_only() {
    let world = World::new().await;
    let other = super::server::Server::start().await;
    world.server.play().registered = json!({ "registration_client_uri": format!("{}/registered", other.origin),
        "registration_access_token": "manage-it" });
    let account = world.account();
    account.sign_in().await.unwrap();
    account.sign_out().await.unwrap();
    assert!(other.taken().is_empty());
}

#[tokio::test]
async fn a_server_that_cannot_be_told_keeps_nothing_alive_here() {
    let world = World::new().await;
    let metadata = "/.well-known/oauth-authorization-server";
    let nobody = "http://127.0.0.1:1/revoke";
    world.server.play().documents.get_mut(metadata).unwrap()["revocation_endpoint"] = json!(nobody);
    let account = world.account();
    account.sign_in().await.unwrap();
    let fault = account.sign_out().await.unwrap_err();
    assert!(fault.sentence.contains("Signed out here, but not at the server"), "{fault:?}");
    assert!(kept(&world).is_empty());
}

#[tokio::test]
async fn whoever_signs_out_at_a_silent_server_is_signed_out() {
    let world = World::new().await;
    let account = world.account();
    account.sign_in().await.unwrap();
    world.server.taken();
    world.server.play().gate = Some(Arc::default());
    let leaving = tokio::spawn({
        let account = account.clone();
        async move { account.sign_out().await }
    });
    while !world.server.asked().contains(&"POST /token".to_owned()) {
        tokio::task::yield_now().await;
    }
    assert!(
        kept(&world).is_empty() && accounts(&world.folder()).is_empty(),
        "before the server says anything"
    );
    leaving.abort();
    assert!(leaving.await.unwrap_err().is_cancelled());
    assert_eq!(account.standing().origin, Origin::None);
    for account in [account, world.account()] {
        assert!(account.authorization().await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_renewal_under_way_does_not_bring_a_forgotten_sign_in_back() {
    let world = World::new().await;
    let account = world.with(|options| options.at_once = false);
    account.sign_in().await.unwrap();
    world.server.taken();
    world.server.expire();
    let gate = Arc::new(Notify::new());
    world.server.play().gate = Some(Arc::clone(&gate));
    let sent = account.authorization().await.unwrap();
    let renewing = tokio::spawn({
        let account = account.clone();
        async move { account.challenged(401, &http::HeaderMap::new(), sent.as_ref()).await }
    });
    while !world.server.asked().contains(&"POST /token".to_owned()) {
        tokio::task::yield_now().await;
    }
    let leaving = tokio::spawn({
        let account = account.clone();
        async move { account.sign_out().await }
    });
    while !kept(&world).is_empty() {
        tokio::task::yield_now().await;
    }
    world.server.play().gate = None;
    gate.notify_one();
    assert_eq!(renewing.await.unwrap().unwrap_err().kind, crate::domain::call::FaultKind::SignIn);
    leaving.await.unwrap().unwrap();
    assert!(kept(&world).is_empty() && accounts(&world.folder()).is_empty());
    for account in [account, world.account()] {
        assert!(account.authorization().await.unwrap().is_none());
    }
    let seen = world.server.taken();
    let taken_back = seen.iter().filter(|seen| seen.form.contains_key("token_type_hint"));
    assert_eq!(taken_back.count(), 4, "the old pair and the new one: {seen:?}");
}

#[tokio::test]
async fn what_cannot_be_removed_is_told() {
    let world = World::new().await;
    let account = world.account();
    account.sign_in().await.unwrap();
    let secret = kept(&world).into_iter().find(|name| name.ends_with(".secret")).unwrap();
    let secret = world.folder().join(secret);
    fs::remove_file(&secret).unwrap();
    fs::create_dir(&secret).unwrap();
    let fault = account.sign_out().await.unwrap_err();
    assert!(fault.sentence.contains("could not be removed"), "{fault:?}");
    assert!(accounts(&world.folder()).is_empty() && account.authorization().await.unwrap().is_none());
}

#[tokio::test]
async fn a_typed_token_is_kept() {
    let world = World::new().await;
    let account = world.account();
    account.keep_token(&secret("  typed-token\n")).await.unwrap();
    let sent = world.account().authorization().await.unwrap().unwrap();
    assert_eq!(sent.value(), "Bearer typed-token");
    assert_eq!(accounts(&world.folder()).len(), 1);
    assert_eq!((account.standing().origin, account.standing().renews), (Origin::File, false));
    assert!(account.keep_token(&secret("two\nlines")).await.is_err());
    assert_eq!(account.authorization().await.unwrap().unwrap(), sent);
}

#[tokio::test]
async fn a_file_of_another_endpoint_is_not_used() {
    let world = World::new().await;
    world.account().keep_token(&secret("typed-token")).await.unwrap();
    let other = World::new().await;
    fs::create_dir_all(other.folder()).unwrap();
    other.account().keep_token(&secret("other-token")).await.unwrap();
    let file = |world: &World, ending: &str| {
        let name = kept(world).into_iter().find(|name| name.ends_with(ending)).unwrap();
        world.folder().join(name)
    };
    fs::copy(file(&world, ".secret"), file(&other, ".secret")).unwrap();
    assert!(other.account().authorization().await.unwrap().is_none());
}

#[tokio::test]
async fn torn_files_are_as_good_as_none() {
    let world = World::new().await;
    world.call(&world.account()).await.unwrap();
    for name in kept(&world) {
        fs::write(world.folder().join(name), "{\"endpoint\":").unwrap();
    }
    assert!(accounts(&world.folder()).is_empty());
    assert_eq!(world.call(&world.account()).await, Ok(2));
    assert_eq!(world.times_opened(), 2);
}

#[tokio::test]
async fn a_disk_that_takes_nothing_still_lets_one_work() {
    let world = World::new().await;
    fs::write(world.folder(), "a file where the folder should be").unwrap();
    let account = world.account();
    assert_eq!(world.call(&account).await, Ok(2));
    assert_eq!(account.standing().origin, Origin::None);
    let fault = account.sign_in().await.unwrap_err();
    assert!(fault.sentence.contains(&world.folder().display().to_string()), "{fault:?}");
}

#[tokio::test]
async fn the_bridges_sign_in_is_read_and_never_written() {
    let world = World::new().await;
    let issued = world.with(|options| options.folder = None);
    world.call(&issued).await.unwrap();
    let token = issued.authorization().await.unwrap().unwrap();
    let token = token.value().to_str().unwrap().replace("Bearer ", "");
    let bridge = world.folder.path().join("bridge");
    let folder = bridge.join("mcp-remote-0.1.38");
    fs::create_dir_all(&folder).unwrap();
    let digest = remote::prefix(&world.server.endpoint());
    let file = folder.join(format!("{digest}_tokens.json"));
    let text =
        json!({ "access_token": token, "refresh_token": "never-spend-this", "expires_in": 3600 }).to_string();
    fs::write(&file, &text).unwrap();
    world.server.taken();
    let account = world.with(|options| options.mcp_remote = Some(bridge.clone()));
    assert_eq!(world.call(&account).await, Ok(1));
    assert_eq!((account.standing().origin, account.standing().renews), (Origin::McpRemote, false));
    assert!(world.server.asked().is_empty());
    world.server.expire();
    assert_eq!(world.call(&account).await, Ok(2), "refused: our own sign-in");
    assert!(world.server.taken().iter().all(|seen| !seen.form.contains_key("refresh_token")));
    assert_eq!(account.standing().origin, Origin::File);
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
    account.sign_out().await.unwrap();
    assert!(account.authorization().await.unwrap().is_none(), "signed out is signed out");
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}
