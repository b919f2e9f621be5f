//! The ways that servers describe, name and prove things.

use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;

use super::server::Server;
use super::world::World;

const ROOT: &str = "/.well-known/oauth-protected-resource";
const BELOW: &str = "/.well-known/oauth-protected-resource/mcp";
const METADATA: &str = "/.well-known/oauth-authorization-server";

fn challenge(server: &Server, parameters: &str) {
    server.play().challenge = format!("Bearer {parameters}");
}

/// Moves the metadata of the authorization server, and gives it this issuer.
fn moved(server: &Server, path: &str, issuer: &str) {
    let metadata = server.metadata(issuer);
    let mut play = server.play();
    play.documents.remove(METADATA);
    play.documents.insert(path.to_owned(), metadata);
}

fn change(server: &Server, member: &str, value: Value) {
    server.play().documents.get_mut(METADATA).unwrap()[member] = value;
}

#[tokio::test]
async fn the_challenge_names_the_document_and_no_other_is_asked_for() {
    let world = World::new().await;
    let origin = world.server.origin.clone();
    world.server.resource("/custom/where.json", &format!("{origin}/mcp"), &format!("{origin}/tenant1"));
    moved(&world.server, "/tenant1/.well-known/openid-configuration", &format!("{origin}/tenant1"));
    challenge(&world.server, &format!("resource_metadata=\"{origin}/custom/where.json\""));
    assert_eq!(world.call(&world.account()).await, Ok(2));
    let asked = world.server.asked();
    assert_eq!(
        asked[..4],
        [
            "GET /custom/where.json",
            "GET /.well-known/oauth-authorization-server/tenant1",
            "GET /.well-known/openid-configuration/tenant1",
            "GET /tenant1/.well-known/openid-configuration",
        ]
    );
    assert!(!asked.contains(&format!("GET {METADATA}")), "never the root of an issuer with a path");
}

#[tokio::test]
async fn a_resource_goes_out_byte_for_byte() {
    for resource in ["", "/", "/mcp", "/mcp/"] {
        let world = World::new().await;
        let resource = format!("{}{resource}", world.server.origin);
        world.server.resource(BELOW, &resource, &world.server.origin);
        world.call(&world.account()).await.unwrap();
        let seen = world.server.taken();
        let with_resource = seen.iter().filter(|seen| seen.form.get("resource") == Some(&resource));
        assert_eq!(with_resource.count(), 2, "{resource}: in authorize and token request");
        world.server.expire();
        world.call(&world.account()).await.unwrap();
        assert_eq!(world.server.taken()[0].form["resource"], resource, "and when it is renewed");
    }
}

#[tokio::test]
async fn the_document_below_goes_before_the_one_at_the_root() {
    let world = World::new().await;
    let origin = world.server.origin.clone();
    world.server.resource(ROOT, &origin, &origin);
    world.server.resource(BELOW, &world.server.endpoint(), &origin);
    world.call(&world.account()).await.unwrap();
    assert!(!world.server.asked().contains(&format!("GET {ROOT}")));
    assert_eq!(world.opened("resource"), Some(world.server.endpoint()));
}

#[tokio::test]
async fn a_sign_in_that_no_refusal_began_asks_the_endpoint_first() {
    let world = World::new().await;
    let origin = world.server.origin.clone();
    world.server.resource("/custom", &origin, &origin);
    challenge(&world.server, &format!("resource_metadata=\"{origin}/custom\", scope=\"a b\""));
    world.account().sign_in().await.unwrap();
    assert_eq!(world.opened("scope").as_deref(), Some("a b"));
    assert_eq!(world.server.asked()[0], "GET /custom");
}

#[tokio::test]
async fn without_any_document_the_paths_are_those_of_2025_03_26() {
    let world = World::new().await;
    world.server.play().documents.clear();
    world.server.play().registered =
        json!({ "client_secret": "ignored-secret", "token_endpoint_auth_method": null });
    assert_eq!(world.call(&world.account()).await, Ok(2));
    let asked = world.server.asked();
    assert_eq!(asked[asked.len() - 3..], ["POST /register", "GET /authorize", "POST /token"]);
}

#[tokio::test]
async fn programs_prove_themselves_as_the_server_wants() {
    for (offered, sent) in
        [("client_secret_basic", "basic"), ("client_secret_post", "post"), ("none", "none")]
    {
        let world = World::new().await;
        change(&world.server, "token_endpoint_auth_methods_supported", json!([offered]));
        world.call(&world.account()).await.unwrap();
        let seen = world.server.taken();
        let (register, token) = (&seen[3], seen.last().unwrap());
        assert_eq!(register.json["token_endpoint_auth_method"], offered);
        let basic = token.authorization.as_deref().is_some_and(|text| text.starts_with("Basic "));
        let way = match (basic, token.form.contains_key("client_secret")) {
            (true, false) => "basic",
            (false, true) => "post",
            (false, false) => "none",
            (true, true) => "both",
        };
        assert_eq!(way, sent);
        assert_eq!(token.form.contains_key("client_id"), !basic);
    }
}

#[tokio::test]
async fn a_server_that_names_no_method_takes_basic() {
    let world = World::new().await;
    let metadata = "token_endpoint_auth_methods_supported";
    world.server.play().documents.get_mut(METADATA).unwrap().as_object_mut().unwrap().remove(metadata);
    world.call(&world.account()).await.unwrap();
    assert!(world.server.taken().last().unwrap().authorization.as_deref().unwrap().starts_with("Basic "));
}

#[tokio::test]
async fn fixed_ids_and_documents_need_no_registration() {
    let world = World::new().await;
    let account = world.with(|options| {
        options.client.id = Some("fixed".into());
        options.client.secret = Some(SecretString::from("fixed-secret"));
    });
    world.call(&account).await.unwrap();
    assert!(!world.server.asked().contains(&"POST /register".to_owned()));
    assert_eq!(world.opened("client_id").as_deref(), Some("fixed"));

    let world = World::new().await;
    let document = "https://client.example/metadata.json";
    let account =
        |world: &World| world.with(|options| options.client.document = Some(Url::parse(document).unwrap()));
    change(&world.server, "client_id_metadata_document_supported", json!(true));
    world.call(&account(&world)).await.unwrap();
    assert!(!world.server.asked().contains(&"POST /register".to_owned()));
    assert_eq!(world.opened("client_id").as_deref(), Some(document));

    let world = World::new().await;
    world.call(&account(&world)).await.unwrap();
    assert!(world.server.asked().contains(&"POST /register".to_owned()), "the server takes no documents");
}

#[tokio::test]
async fn scopes_come_from_the_challenge_then_the_document_then_nobody() {
    let world = World::new().await;
    let origin = world.server.origin.clone();
    world.server.resource(BELOW, &origin, &origin);
    world.server.play().documents.get_mut(BELOW).unwrap()["scopes_supported"] = json!(["c", "d"]);
    change(&world.server, "scopes_supported", json!(["a", "b", "c", "d", "offline_access"]));
    world.account().sign_in().await.unwrap();
    assert_eq!(world.opened("scope").as_deref(), Some("c d offline_access"));
    assert_eq!(world.opened("prompt").as_deref(), Some("consent"));
    challenge(&world.server, "scope=\"a offline_access\"");
    change(&world.server, "scopes_supported", json!(["a"]));
    world.account().sign_in().await.unwrap();
    assert_eq!(world.opened("scope").as_deref(), Some("a"));
    assert_eq!(world.opened("prompt"), None);
}

#[tokio::test]
async fn more_scopes_are_asked_for_once_and_the_old_ones_kept() {
    let world = World::new().await;
    challenge(&world.server, "scope=\"basic\"");
    let account = world.account();
    world.call(&account).await.unwrap();
    world.server.play().needs = vec!["write".into()];
    assert_eq!(world.call(&account).await, Ok(2));
    assert_eq!(world.opened("scope").as_deref(), Some("basic write"));
    assert_eq!(
        account.standing().scopes.iter().map(crate::domain::text::Clean::as_str).collect::<Vec<_>>(),
        ["basic", "write"]
    );
    // A server that grants and still refuses is not asked for ever.
    let fault = {
        let sent = account.authorization().await.unwrap();
        let mut headers = http::HeaderMap::new();
        let says = "Bearer error=\"insufficient_scope\", scope=\"write\"";
        headers.insert("www-authenticate", http::HeaderValue::from_static(says));
        account.challenged(403, &headers, sent.as_ref()).await.unwrap_err()
    };
    assert!(fault.sentence.contains("the permission write"), "{fault:?}");
    assert_eq!(world.times_opened(), 2);
}

#[tokio::test]
async fn without_leave_more_scopes_are_only_told_and_then_asked_for_by_hand() {
    let world = World::new().await;
    challenge(&world.server, "scope=\"basic\"");
    let account = world.with(|options| options.at_once = false);
    account.sign_in().await.unwrap();
    world.server.play().needs = vec!["write".into()];
    let fault = world.call(&account).await.unwrap_err();
    assert_eq!(fault.kind, crate::domain::call::FaultKind::Forbidden);
    assert!(fault.sentence.contains("write"), "{fault:?}");
    account.sign_in().await.unwrap();
    assert_eq!(world.opened("scope").as_deref(), Some("basic write"));
    assert_eq!(world.call(&account).await, Ok(1));
}

#[tokio::test]
async fn another_authorization_server_gets_its_own_registration() {
    let world = World::new().await;
    let other = Server::start().await;
    world.server.resource(BELOW, &world.server.endpoint(), &world.server.origin);
    challenge(&world.server, "scope=\"basic\"");
    let account = world.account();
    world.call(&account).await.unwrap();
    let old = world.opened("client_id").unwrap();
    // The other one gives other names, so that a name of the first would be seen.
    other.play().count = 2000;
    world.server.resource(BELOW, &world.server.endpoint(), &other.origin);
    world.server.expire();
    world.server.play().denies = Some(("refresh_token", "invalid_grant"));
    // Its tokens are not known to the endpoint here; what was asked for is what counts.
    let fault = world.call(&account).await.unwrap_err();
    assert!(fault.sentence.contains("several sign-ins"), "{fault:?}");
    let seen = other.taken();
    assert!(seen.iter().any(|seen| seen.what == "POST /register"));
    assert!(seen.iter().all(|seen| !format!("{seen:?}").contains(&old)), "{seen:?}");
    assert_eq!(world.times_opened(), 3, "at most three in a row");
    let kept = std::fs::read_dir(world.folder())
        .unwrap()
        .flatten()
        .map(|file| std::fs::read_to_string(file.path()).unwrap());
    assert!(kept.collect::<String>().contains(&old), "the old registration is kept for its own server");
}

#[tokio::test]
async fn an_issuer_must_be_named_by_those_who_promise_it() {
    for (promises, brings, good) in [
        (true, Some(""), true),
        (false, Some(""), true),
        (false, None, true),
        (true, None, false),
        (true, Some("/"), false),
        (false, Some("/"), false),
    ] {
        let world = World::new().await;
        change(&world.server, "authorization_response_iss_parameter_supported", json!(promises));
        world.server.play().answer = match brings {
            None => |_, _| {},
            Some("") => |pairs, origin| pairs.push(("iss".into(), origin.into())),
            Some(_) => |pairs, origin| pairs.push(("iss".into(), format!("{origin}/"))),
        };
        let ended = world.call(&world.account()).await;
        assert_eq!(ended.is_ok(), good, "{promises} {brings:?} {ended:?}");
        assert_eq!(world.server.asked().contains(&"POST /token".to_owned()), good);
    }
}
