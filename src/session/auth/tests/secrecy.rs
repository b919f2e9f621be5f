//! Nothing of a sign-in is seen that must not be: not in recordings, faults, debug output, the index, nor by other users.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::json;

use super::world::{World, secret};
use crate::session::auth::Account;
use crate::session::secrets::Secrets;

/// Everything the server gives out has this in it.
const PLANTED: &str = "planted";

#[tokio::test]
async fn recordings_faults_and_debug_hold_no_secret() {
    let world = World::new().await;
    let origin = world.server.origin.clone();
    world.server.play().registered = json!({ "registration_client_uri": format!("{origin}/registered"), "registration_access_token": "manage-planted" });
    let methods = "token_endpoint_auth_methods_supported";
    let metadata = "/.well-known/oauth-authorization-server";
    world.server.play().documents.get_mut(metadata).unwrap()[methods] = json!(["client_secret_post"]);
    let account = world.account();
    world.call(&account).await.unwrap();
    world.server.expire();
    world.call(&account).await.unwrap();
    let state = world.opened("state").unwrap();
    let verifiers: Vec<String> =
        world.server.taken().into_iter().filter_map(|seen| seen.form.get("code_verifier").cloned()).collect();
    let sent = account.authorization().await.unwrap();
    let debug = format!("{account:?} {sent:?} {:?} {:?}", world.secrets, account.standing());
    let steps = format!("{:?}", world.steps.lock().unwrap());
    account.sign_out().await.unwrap();
    assert!(world.tap.finish());
    let record = String::from_utf8(world.record.0.lock().unwrap().clone()).unwrap();
    assert!(
        record.lines().count() >= 9
            && record.contains("POST /token")
            && record.contains("DELETE /registered")
    );
    assert!(record.contains("‹hidden›"));
    for text in [&record, &debug, &steps] {
        // Ids of programs are no secrets; they are in the address that a person sees.
        let text = text.replace("client-planted", "client");
        assert!(!text.contains(PLANTED), "{text}");
        for verifier in &verifiers {
            assert!(!text.contains(verifier));
        }
    }
    assert!(!record.contains(&state));
    assert_eq!(verifiers.len(), 1);
}

#[tokio::test]
async fn a_servers_words_are_shown_without_secrets() {
    let world = World::new().await;
    world.server.play().answer = |pairs, _| {
        let code = pairs[0].1.clone();
        pairs[0].1 = format!("{code}x");
    };
    let fault = world.call(&world.account()).await.unwrap_err();
    assert!(fault.sentence.contains("no, said the server"), "{fault:?}");
    assert!(!format!("{fault:?}").contains(PLANTED));
}

#[tokio::test]
async fn files_are_their_owners_only_and_the_index_holds_no_secret() {
    let world = World::new().await;
    world.call(&world.account()).await.unwrap();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&world.folder()), 0o700);
    let files: Vec<_> = std::fs::read_dir(world.folder()).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 4, "{files:?}");
    for path in &files {
        assert_eq!(mode(path), 0o600, "{path:?}");
        let text = std::fs::read_to_string(path).unwrap();
        let is_secret = path.extension().unwrap() == "secret";
        assert_eq!(text.contains("access-planted"), is_secret, "{path:?}");
    }
}

#[tokio::test]
async fn fixed_tokens_say_where_they_stand_and_never_what_they_are() {
    let secrets = Secrets::default();
    let headers = http::HeaderMap::new();
    let account = Account::bearer_of("SWITCHBOARD_TOKEN", &secret(" planted-token\n"), &secrets).unwrap();
    let sent = account.authorization().await.unwrap().unwrap();
    assert_eq!(sent.value(), "Bearer planted-token");
    assert!(sent.value().is_sensitive());
    let fault = account.challenged(401, &headers, Some(&sent)).await.unwrap_err();
    assert!(
        fault.sentence.contains("SWITCHBOARD_TOKEN") && !format!("{fault:?} {account:?}").contains(PLANTED)
    );
    let account = Account::header(&secret("Bearer planted-other"), &secrets).unwrap();
    assert_eq!(account.authorization().await.unwrap().unwrap().value(), "Bearer planted-other");
    let fault = account.challenged(403, &headers, None).await.unwrap_err();
    assert!(fault.sentence.contains("INTERCOM_AUTH_HEADER"), "{fault:?}");
    assert_eq!(secrets.hide("x planted-token planted-other"), "x ‹hidden› ‹hidden›");
    assert!(Account::bearer(&secret("a\nb"), &secrets).is_err());
    assert!(account.sign_in().await.is_err() && account.sign_out().await.is_err());
}

#[tokio::test]
async fn tokens_are_known_as_secrets_from_the_moment_they_come() {
    let world = World::new().await;
    let account = world.account();
    account.sign_in().await.unwrap();
    let sent = account.authorization().await.unwrap().unwrap();
    let hidden = world.secrets.hide(sent.value().to_str().unwrap()).into_owned();
    assert_eq!(hidden, "Bearer ‹hidden›");
}
