//! What somebody would try who wants another one's sign-in.

use reqwest::StatusCode;
use serde_json::json;

use crate::browser::{Browser, CALLBACK, VERIFIER, landing, pair};

const OTHER_REDIRECT: &str =
    "Invalid redirect URI. The redirect URI provided does not match any registered URI for this client.";

#[tokio::test]
async fn answers_go_to_registered_addresses_only() {
    let browser = Browser::open().await;
    let client = browser.client().await;
    for redirect in [
        "http://127.0.0.1:3335/oauth/callback",
        "http://localhost:3334/oauth/callback",
        "http://127.0.0.1:3334/oauth/callback/",
        "http://127.0.0.1:3334/oauth/callback?x=1",
        "https://evil.example/",
        "",
    ] {
        let reply = browser.authorize(&client, &[("redirect_uri", redirect)]).await;
        assert_eq!(reply.status(), StatusCode::BAD_REQUEST, "{redirect}");
        assert!(reply.headers().get("location").is_none());
        assert!(reply.text().await.unwrap().contains(OTHER_REDIRECT), "{redirect}");
    }
    let reply = browser.authorize("0123456789abcdef", &[]).await;
    assert_eq!(reply.status(), StatusCode::BAD_REQUEST);
    assert!(reply.headers().get("location").is_none());
    let mut twice = browser.authorize_url(&client, &[]);
    twice.query_pairs_mut().append_pair("redirect_uri", "https://evil.example/");
    let reply = browser.http.get(twice).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::BAD_REQUEST);
    assert_eq!(browser.running.tally().approved, 0);
}

#[tokio::test]
async fn a_consent_without_its_proof_is_refused_at_the_callback() {
    let browser = Browser::open().await;
    let client = browser.client().await;
    for (other, error) in [
        (("code_challenge", ""), "invalid_request"),
        (("code_challenge", "short"), "invalid_request"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("code_challenge_method", ""), "invalid_request"),
        (("response_type", "token"), "unsupported_response_type"),
        (("resource", "no address"), "invalid_target"),
    ] {
        let landed = landing(&browser.authorize(&client, &[other]).await);
        assert_eq!((landed["error"].as_str(), landed["state"].as_str()), (error, "st&te=1"), "{other:?}");
        assert!(!landed.contains_key("code"));
    }
}

#[tokio::test]
async fn names_and_parameters_are_no_html() {
    let browser = Browser::open().await;
    let url = format!("{}?<script>=1&<script>=2", browser.at("/authorize"));
    let page = browser.http.get(url).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script>"), "{page}");
}

#[tokio::test]
async fn a_code_is_good_for_its_own_client_verifier_and_redirect() {
    let browser = Browser::open().await;
    let (client, thief) = (browser.client().await, browser.client().await);
    let code = browser.code(&client).await;
    let attempt = async |client: &str, redirect: &str, verifier: &str| {
        browser
            .token(&[
                ("grant_type", "authorization_code"),
                ("client_id", client),
                ("code", &code),
                ("redirect_uri", redirect),
                ("code_verifier", verifier),
            ])
            .await
    };
    for (client, redirect, verifier, error) in [
        (thief.as_str(), CALLBACK, VERIFIER, "invalid_grant"),
        (client.as_str(), CALLBACK, "another-verifier-that-is-long-enough-0123456789", "invalid_grant"),
        (client.as_str(), CALLBACK, "", "invalid_request"),
        (client.as_str(), "http://127.0.0.1:3335/oauth/callback", VERIFIER, "invalid_grant"),
        (client.as_str(), "", VERIFIER, "invalid_grant"),
    ] {
        let (status, body) = attempt(client, redirect, verifier).await;
        assert_eq!((status, &body["error"]), (StatusCode::BAD_REQUEST, &json!(error)), "{body}");
    }
    let (status, _) = attempt(&client, CALLBACK, VERIFIER).await;
    assert_eq!(status, StatusCode::OK, "the thief's attempts did not spoil it");
}

#[tokio::test]
async fn a_code_that_comes_twice_takes_back_what_it_opened() {
    let browser = Browser::open().await;
    let (client, thief) = (browser.client().await, browser.client().await);
    let code = browser.code(&client).await;
    let (_, body) = browser.exchange(&client, &code).await;
    let (access, refresh) = pair(&body);
    assert_eq!(browser.exchange(&thief, &code).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(browser.knock(&access).await, StatusCode::OK, "others cannot end the sign-in");
    let (status, body) = browser.exchange(&client, &code).await;
    assert_eq!((status, &body["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
    assert_eq!(browser.knock(&access).await, StatusCode::UNAUTHORIZED);
    assert_eq!(browser.refresh(&client, &refresh).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes() {
    let browser = Browser::open().await;
    let client = browser.client().await;
    let (early, late) = (browser.code(&client).await, browser.code(&client).await);
    browser.running.pass(300);
    assert_eq!(browser.exchange(&client, &early).await.0, StatusCode::OK);
    browser.running.pass(300);
    let (status, body) = browser.exchange(&client, &late).await;
    assert_eq!((status, &body["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
}

#[tokio::test]
async fn tokens_belong_to_their_client() {
    let browser = Browser::open().await;
    let (client, thief) = (browser.client().await, browser.client().await);
    let (access, refresh) = browser.sign_in(&client).await;
    let (status, body) = browser.refresh(&thief, &refresh).await;
    assert_eq!((status, &body["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
    for token in [&access, &refresh] {
        let (status, _) = browser.token(&[("token", token), ("client_id", &thief)]).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
    }
    assert_eq!(browser.knock(&access).await, StatusCode::OK);
    assert_eq!(browser.refresh(&client, &refresh).await.0, StatusCode::OK);
    assert_eq!(browser.running.tally().revoked, 0);
}

#[tokio::test]
async fn nothing_but_an_access_token_opens_the_server() {
    let browser = Browser::open().await;
    let registered = browser.register("client_secret_post").await;
    let client = browser.client().await;
    let code = browser.code(&client).await;
    assert_eq!(browser.knock(&code).await, StatusCode::UNAUTHORIZED);
    let (access, refresh) = browser.sign_in(&client).await;
    for no_token in [
        refresh.as_str(),
        client.as_str(),
        registered["client_secret"].as_str().unwrap(),
        registered["registration_access_token"].as_str().unwrap(),
        "",
        &access[..access.len() - 1],
        &format!("{access}x"),
    ] {
        assert_eq!(browser.knock(no_token).await, StatusCode::UNAUTHORIZED, "{no_token}");
    }
    assert_eq!(browser.knock(&access).await, StatusCode::OK);
    // A code is no refresh token, and a refresh token is no code.
    assert_eq!(browser.refresh(&client, &code).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(browser.exchange(&client, &refresh).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(browser.refresh(&client, &access).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_is_no_form_is_no_token_request() {
    let browser = Browser::open().await;
    let client = browser.client().await;
    let reply = browser.post_json("/token", &json!({"grant_type": "refresh_token"})).await;
    assert_eq!(reply.status(), StatusCode::BAD_REQUEST);
    for (form, error) in [
        (vec![("client_id", client.as_str())], "invalid_request"),
        (vec![("client_id", client.as_str()), ("grant_type", "password")], "unsupported_grant_type"),
        (vec![("client_id", client.as_str()), ("client_id", client.as_str())], "invalid_request"),
        (vec![("client_id", client.as_str()), ("grant_type", "refresh_token")], "invalid_request"),
    ] {
        let (status, body) = browser.token(&form).await;
        assert_eq!((status, &body["error"]), (StatusCode::BAD_REQUEST, &json!(error)));
    }
    let large = browser.form("/token", &[("code", "x".repeat(70_000))]);
    if let Ok(reply) = large.send().await {
        assert_eq!(reply.status(), StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn pages_elsewhere_cannot_use_a_browser_on_this_machine() {
    let browser = Browser::open().await;
    let client = browser.client().await;
    for (name, value) in [("origin", "https://evil.example"), ("host", "evil.example")] {
        for path in ["/register", "/token", "/authorize"] {
            let post = browser.http.post(browser.at(path)).header(name, value).body("{}");
            assert_eq!(post.send().await.unwrap().status(), StatusCode::FORBIDDEN, "{path}");
        }
        let get = browser.http.get(browser.authorize_url(&client, &[])).header(name, value);
        assert_eq!(get.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    }
}
