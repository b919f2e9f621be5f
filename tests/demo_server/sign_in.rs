//! Signing in as the hosted server is known to offer it.

use reqwest::StatusCode;
use serde_json::{Value, json};
use switchboard::demo::{Fault, Options, Tally};

use crate::browser::{Browser, CALLBACK, VERIFIER, answer, landing, pair};
use crate::wire::{NOW, options};

#[tokio::test]
async fn discovery_finds_what_the_hosted_server_publishes_and_nothing_else() {
    let browser = Browser::open().await;
    let get = async |path: &str| browser.http.get(browser.at(path)).send().await.unwrap();
    let (status, document) = answer(get("/.well-known/oauth-authorization-server").await).await;
    let origin = browser.at("");
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        document,
        json!({
            "issuer": origin,
            "authorization_endpoint": format!("{origin}/authorize"),
            "token_endpoint": format!("{origin}/token"),
            "registration_endpoint": format!("{origin}/register"),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
            "revocation_endpoint": format!("{origin}/token"),
            "code_challenge_methods_supported": ["S256"],
        })
    );
    for absent in [
        "/.well-known/oauth-protected-resource",
        "/.well-known/oauth-protected-resource/mcp",
        "/.well-known/oauth-authorization-server/mcp",
        "/.well-known/openid-configuration",
    ] {
        assert_eq!(get(absent).await.status(), StatusCode::NOT_FOUND, "{absent}");
    }
    for guarded in ["/mcp", "/mcp/.well-known/oauth-authorization-server", "/sse"] {
        let reply = get(guarded).await;
        assert_eq!(reply.status(), StatusCode::UNAUTHORIZED, "{guarded}");
        assert_eq!(
            reply.headers().get("www-authenticate").unwrap(),
            "Bearer realm=\"OAuth\", error=\"invalid_token\", error_description=\"Missing or invalid access token\""
        );
        let body: Value = reply.json().await.unwrap();
        assert_eq!(
            body,
            json!({"error": "invalid_token", "error_description": "Missing or invalid access token"})
        );
    }
}

#[tokio::test]
async fn the_issuer_is_the_origin_the_client_named() {
    let browser = Browser::open().await;
    let port = browser.running.address.port();
    let url = format!("http://localhost:{port}/.well-known/oauth-authorization-server");
    let document: Value = browser.http.get(url).send().await.unwrap().json().await.unwrap();
    assert_eq!(document["issuer"], format!("http://localhost:{port}"));
}

#[tokio::test]
async fn without_sign_in_there_is_no_sign_in() {
    let browser = Browser::with(options()).await;
    for path in ["/.well-known/oauth-authorization-server", "/authorize"] {
        let reply = browser.http.get(browser.at(path)).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/register", "/token"] {
        assert_eq!(browser.post_json(path, &json!({})).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(browser.knock("anything").await, StatusCode::OK);
    assert_eq!(browser.running.tally(), Tally::default());
}

#[tokio::test]
async fn protected_resource_documents_can_be_published() {
    let faults = vec![Fault::ResourceMetadata];
    let browser = Browser::with(Options { sign_in: true, faults, ..options() }).await;
    let reply = browser.http.get(browser.running.url()).send().await.unwrap();
    let challenge = reply.headers().get("www-authenticate").unwrap().to_str().unwrap().to_owned();
    let document = browser.at("/.well-known/oauth-protected-resource/mcp");
    assert!(challenge.ends_with(&format!(", resource_metadata=\"{document}\"")), "{challenge}");
    let document: Value = browser.http.get(document).send().await.unwrap().json().await.unwrap();
    assert_eq!(document["resource"], browser.running.url());
    assert_eq!(document["authorization_servers"], json!([browser.at("")]));
}

#[tokio::test]
async fn a_registration_says_what_was_registered() {
    let browser = Browser::open().await;
    let mut public = browser.register("none").await;
    let id = public["client_id"].as_str().unwrap().to_owned();
    assert_eq!(id.len(), 16);
    let access = public.as_object_mut().unwrap().remove("registration_access_token").unwrap();
    assert_eq!(access.as_str().unwrap().len(), 32);
    let issued = public.as_object_mut().unwrap().remove("client_id_issued_at").unwrap();
    assert!(issued.as_i64().unwrap() >= NOW);
    assert_eq!(
        public,
        json!({
            "client_id": id, "redirect_uris": [CALLBACK], "client_name": "Test <client>",
            "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
            "token_endpoint_auth_method": "none",
            "registration_client_uri": browser.at(&format!("/register/{id}")),
        })
    );
    for method in ["client_secret_basic", "client_secret_post"] {
        let confidential = browser.register(method).await;
        assert_eq!(confidential["client_secret"].as_str().unwrap().len(), 32);
        assert_eq!(confidential["token_endpoint_auth_method"], method);
    }
}

#[tokio::test]
async fn redirects_elsewhere_are_refused_in_the_documented_words() {
    let browser = Browser::open().await;
    let asked = json!({"redirect_uris": ["http://localhost:1/", "https://evil.example/callback"]});
    let (status, body) = answer(browser.post_json("/register", &asked).await).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(body["error"], "invalid_redirect_uri");
    assert_eq!(
        body["error_description"],
        "Redirect URI https://evil.example/callback is not in the allowlist, reach out to Intercom Customer Support"
    );
    for wrong in [json!({}), json!({"redirect_uris": []}), json!({"redirect_uris": [5]})] {
        let (status, body) = answer(browser.post_json("/register", &wrong).await).await;
        assert_eq!((status, &body["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_redirect_uri")));
    }
    let wrong = json!({"redirect_uris": [CALLBACK], "token_endpoint_auth_method": "private_key_jwt"});
    let (_, body) = answer(browser.post_json("/register", &wrong).await).await;
    assert_eq!(body["error"], "invalid_client_metadata");
    let reply = browser.http.post(browser.at("/register")).body("{").send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::BAD_REQUEST);
    assert_eq!(browser.running.tally().registered, 0);
}

#[tokio::test]
async fn the_page_names_the_client_and_where_the_answer_goes() {
    let browser = Browser::with(Options { sign_in: true, ..options() }).await;
    let client = browser.client().await;
    let reply = browser.authorize(&client, &[]).await;
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.headers().get("x-frame-options").unwrap(), "DENY");
    // With `no-referrer` a browser's form comes from the origin `null`, which is refused.
    assert_eq!(reply.headers().get("referrer-policy").unwrap(), "same-origin");
    let page = reply.text().await.unwrap();
    assert!(page.contains("Test &lt;client&gt; wants to open the demo workspace"), "{page}");
    assert!(page.contains(CALLBACK) && !page.contains("<client>"));
    assert_eq!(browser.running.tally().approved, 0);
    let decide = async |ticket: &str, decision: &str| {
        let form = [("ticket", ticket), ("decision", decision)];
        browser.form("/authorize", &form).header("origin", browser.at("")).send().await.unwrap()
    };
    let approved = landing(&decide(&ticket(&page), "approve").await);
    assert_eq!(approved["state"], "st&te=1");
    assert_eq!(approved.len(), 2, "code and state, no iss: {approved:?}");
    let (status, _) = browser.exchange(&client, &approved["code"]).await;
    assert_eq!(status, StatusCode::OK);

    let again = decide(&ticket(&page), "approve").await;
    assert_eq!(again.status(), StatusCode::BAD_REQUEST);
    assert!(again.text().await.unwrap().contains("Authorization could not be completed"));

    let page = browser.authorize(&client, &[]).await.text().await.unwrap();
    let denied = landing(&decide(&ticket(&page), "deny").await);
    assert_eq!((denied["error"].as_str(), denied["state"].as_str()), ("access_denied", "st&te=1"));

    let page = browser.authorize(&client, &[]).await.text().await.unwrap();
    browser.running.pass(900);
    let late = decide(&ticket(&page), "approve").await;
    assert_eq!(late.status(), StatusCode::BAD_REQUEST);
    assert!(late.text().await.unwrap().contains("Authorization could not be completed"));
}

fn ticket(page: &str) -> String {
    page.split("name=\"ticket\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn tokens_open_the_server_until_they_expire_and_refresh_tokens_rotate() {
    let options = Options { token_seconds: Some(600), ..options() };
    let browser = Browser::with(Options { sign_in: true, approve_at_once: true, ..options }).await;
    let client = browser.client().await;
    let (status, body) = browser.exchange(&client, &browser.code(&client).await).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!((&body["expires_in"], &body["token_type"]), (&json!(600), &json!("bearer")));
    assert!(body.get("scope").is_none());
    let (access, refresh) = pair(&body);
    assert_eq!(access.split(':').count(), 3, "user:grant:secret");
    assert_eq!(browser.knock(&access).await, StatusCode::OK);
    browser.running.pass(300);
    assert_eq!(browser.knock(&access).await, StatusCode::OK);
    browser.running.pass(300);
    assert_eq!(browser.knock(&access).await, StatusCode::UNAUTHORIZED);

    let (_, second) = browser.refresh(&client, &refresh).await;
    let (access2, refresh2) = pair(&second);
    assert_ne!((&access2, &refresh2), (&access, &refresh));
    // The answer may have been lost: the one before is good until the new one is used.
    let (status, third) = browser.refresh(&client, &refresh).await;
    assert_eq!(status, StatusCode::OK);
    let (access3, refresh3) = pair(&third);
    let (status, _) = browser.refresh(&client, &refresh2).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "it was replaced without being used");
    let (status, _) = browser.refresh(&client, &refresh3).await;
    assert_eq!(status, StatusCode::OK);
    let (status, body) = browser.refresh(&client, &refresh).await;
    assert_eq!((status, &body["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
    assert_eq!(browser.knock(&access2).await, StatusCode::OK, "handed-out tokens live on");
    assert_eq!(browser.knock(&access3).await, StatusCode::OK);
    let expected = Tally { registered: 1, approved: 1, exchanged: 1, refreshed: 3, ..Tally::default() };
    assert_eq!(browser.running.tally(), expected);
}

#[tokio::test]
async fn a_scope_that_was_asked_for_comes_back() {
    let browser = Browser::open().await;
    let client = browser.client().await;
    let mut url = browser.authorize_url(&client, &[]);
    url.query_pairs_mut().append_pair("scope", "read write");
    let code = landing(&browser.http.get(url).send().await.unwrap())["code"].clone();
    let (_, body) = browser.exchange(&client, &code).await;
    assert_eq!(body["scope"], "read write");
    let (_, body) = browser.refresh(&client, &pair(&body).1).await;
    assert_eq!(body["scope"], "read write");
}

#[tokio::test]
async fn clients_with_a_secret_show_it_either_way() {
    let browser = Browser::open().await;
    for method in ["client_secret_basic", "client_secret_post"] {
        let client = browser.register(method).await;
        let text = |key: &str| client[key].as_str().unwrap().to_owned();
        let (id, secret) = (text("client_id"), text("client_secret"));
        let code = browser.code(&id).await;
        let form = |more: &[(&'static str, String)]| {
            let mut form = vec![
                ("grant_type", "authorization_code".to_owned()),
                ("code", code.clone()),
                ("redirect_uri", CALLBACK.to_owned()),
                ("code_verifier", VERIFIER.to_owned()),
            ];
            form.extend_from_slice(more);
            browser.form("/token", &form)
        };
        let named = ("client_id", id.clone());
        for wrong in [
            form(std::slice::from_ref(&named)),
            form(&[named.clone(), ("client_secret", "wrong".to_owned())]),
            form(&[]).basic_auth(&id, Some("wrong")),
            form(&[]),
            form(&[("client_id", "other".to_owned())]).basic_auth(&id, Some(&secret)),
        ] {
            let reply = wrong.send().await.unwrap();
            assert_eq!(reply.headers().get("www-authenticate").unwrap(), "Basic realm=\"OAuth\"");
            let (status, body) = answer(reply).await;
            assert_eq!((status, &body["error"]), (StatusCode::UNAUTHORIZED, &json!("invalid_client")));
        }
        let right = if method == "client_secret_basic" {
            form(&[]).basic_auth(&id, Some(&secret))
        } else {
            form(&[named, ("client_secret", secret)])
        };
        let reply = right.send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::OK);
        assert_eq!(reply.headers().get("cache-control").unwrap(), "no-store");
    }
}

#[tokio::test]
async fn tokens_are_taken_back_at_the_same_address() {
    let browser = Browser::open().await;
    let client = browser.client().await;
    let (access, refresh) = browser.sign_in(&client).await;
    let revoke = async |token: &str| browser.token(&[("token", token), ("client_id", &client)]).await.0;
    assert_eq!(revoke(&access).await, StatusCode::OK);
    assert_eq!(browser.knock(&access).await, StatusCode::UNAUTHORIZED);
    let (status, body) = browser.refresh(&client, &refresh).await;
    assert_eq!(status, StatusCode::OK, "taking back an access token leaves the sign-in");
    let (access, refresh) = pair(&body);
    assert_eq!(revoke(&refresh).await, StatusCode::OK);
    assert_eq!(browser.knock(&access).await, StatusCode::UNAUTHORIZED);
    assert_eq!(browser.refresh(&client, &refresh).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(revoke("nobody:knows:this").await, StatusCode::OK);
    assert_eq!(browser.running.tally().revoked, 2);
}

#[tokio::test]
async fn a_registration_can_be_removed_with_all_it_opened() {
    let browser = Browser::open().await;
    let registered = browser.register("none").await;
    let client = registered["client_id"].as_str().unwrap();
    let (access, refresh) = browser.sign_in(client).await;
    let uri = registered["registration_client_uri"].as_str().unwrap();
    let key = registered["registration_access_token"].as_str().unwrap();
    let delete = || browser.http.delete(uri);
    for wrong in [delete(), delete().bearer_auth("wrong"), delete().bearer_auth(&access)] {
        assert_eq!(wrong.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    }
    assert_eq!(browser.knock(&access).await, StatusCode::OK);
    let gone = delete().bearer_auth(key).send().await.unwrap();
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
    assert_eq!(browser.knock(&access).await, StatusCode::UNAUTHORIZED);
    let (status, body) = browser.refresh(client, &refresh).await;
    assert_eq!((status, &body["error"]), (StatusCode::UNAUTHORIZED, &json!("invalid_client")));
    assert_eq!(browser.authorize(client, &[]).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(delete().bearer_auth(key).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_fixed_token_is_good_beside_a_sign_in() {
    let options = Options { token: Some("fixed".to_owned()), ..options() };
    let browser = Browser::with(Options { sign_in: true, approve_at_once: true, ..options }).await;
    let (access, _) = browser.sign_in(&browser.client().await).await;
    assert_eq!(browser.knock("fixed").await, StatusCode::OK);
    assert_eq!(browser.knock(&access).await, StatusCode::OK);
    assert_eq!(browser.knock("other").await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_owner_can_take_sign_ins_back() {
    let browser = Browser::open().await;
    let client = browser.client().await;
    let (access, refresh) = browser.sign_in(&client).await;
    browser.running.expire_tokens();
    assert_eq!(browser.knock(&access).await, StatusCode::UNAUTHORIZED);
    let (status, body) = browser.refresh(&client, &refresh).await;
    assert_eq!(status, StatusCode::OK);
    browser.running.revoke_sign_ins();
    assert_eq!(browser.knock(&pair(&body).0).await, StatusCode::UNAUTHORIZED);
    assert_eq!(browser.refresh(&client, &pair(&body).1).await.0, StatusCode::BAD_REQUEST);
}
