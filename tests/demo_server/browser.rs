//! Somebody who signs in by hand: registers, agrees, exchanges. Follows no redirect on its own.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::{Client, RequestBuilder, Response, StatusCode, Url, redirect};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use switchboard::demo::{Options, Running, start};

use crate::wire::{initialize, options};

/// Where the answers are sent; nobody listens there.
pub(crate) const CALLBACK: &str = "http://127.0.0.1:3334/oauth/callback";
/// What the challenge is made of.
pub(crate) const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-0123456789";

/// A server that wants a sign-in, and a browser.
pub(crate) struct Browser {
    pub(crate) running: Running,
    pub(crate) http: Client,
}

pub(crate) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

impl Browser {
    /// A server that agrees at once.
    pub(crate) async fn open() -> Self {
        Self::with(Options { sign_in: true, approve_at_once: true, ..options() }).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let http = Client::builder().no_proxy().redirect(redirect::Policy::none()).build().unwrap();
        Self { running: start(options).await.unwrap(), http }
    }

    pub(crate) fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

    pub(crate) async fn post_json(&self, path: &str, body: &Value) -> Response {
        let post = self.http.post(self.at(path)).header("content-type", "application/json");
        post.body(body.to_string()).send().await.unwrap()
    }

    /// A form that is about to be posted.
    pub(crate) fn form<V: AsRef<str>>(&self, path: &str, fields: &[(&str, V)]) -> RequestBuilder {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let post = self.http.post(self.at(path));
        post.header("content-type", "application/x-www-form-urlencoded").body(body)
    }

    /// A registration of this kind.
    pub(crate) async fn register(&self, method: &str) -> Value {
        let asked = json!({
            "redirect_uris": [CALLBACK], "client_name": "Test <client>", "token_endpoint_auth_method": method,
            "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
        });
        let reply = self.post_json("/register", &asked).await;
        assert_eq!(reply.status(), StatusCode::CREATED);
        reply.json().await.unwrap()
    }

    /// The id of a new client without a secret.
    pub(crate) async fn client(&self) -> String {
        self.register("none").await["client_id"].as_str().unwrap().to_owned()
    }

    /// The address of the consent page, with some parameters replaced (or, when empty, left out).
    pub(crate) fn authorize_url(&self, client: &str, other: &[(&str, &str)]) -> Url {
        let challenge = challenge(VERIFIER);
        let resource = self.running.url();
        let standard = [
            ("response_type", "code"),
            ("client_id", client),
            ("redirect_uri", CALLBACK),
            ("state", "st&te=1"),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
            ("resource", resource.as_str()),
        ];
        let mut url: Url = self.at("/authorize").parse().unwrap();
        for (name, value) in standard {
            let value = other.iter().find(|(other, _)| *other == name).map_or(value, |(_, value)| value);
            if !value.is_empty() {
                url.query_pairs_mut().append_pair(name, value);
            }
        }
        url
    }

    pub(crate) async fn authorize(&self, client: &str, other: &[(&str, &str)]) -> Response {
        self.http.get(self.authorize_url(client, other)).send().await.unwrap()
    }

    /// A code for a client.
    pub(crate) async fn code(&self, client: &str) -> String {
        let landed = landing(&self.authorize(client, &[]).await);
        assert_eq!(landed.get("state").unwrap(), "st&te=1");
        landed["code"].clone()
    }

    pub(crate) async fn token(&self, form: &[(&str, &str)]) -> (StatusCode, Value) {
        answer(self.form("/token", form).send().await.unwrap()).await
    }

    pub(crate) async fn exchange(&self, client: &str, code: &str) -> (StatusCode, Value) {
        self.token(&[
            ("grant_type", "authorization_code"),
            ("client_id", client),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ])
        .await
    }

    pub(crate) async fn refresh(&self, client: &str, token: &str) -> (StatusCode, Value) {
        let form = [("grant_type", "refresh_token"), ("client_id", client), ("refresh_token", token)];
        self.token(&form).await
    }

    /// The access token and the refresh token of a sign-in.
    pub(crate) async fn sign_in(&self, client: &str) -> (String, String) {
        let (status, body) = self.exchange(client, &self.code(client).await).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        pair(&body)
    }

    /// The status of `initialize` with a token.
    pub(crate) async fn knock(&self, token: &str) -> StatusCode {
        let post = self.http.post(self.running.url()).bearer_auth(token);
        let post = post.header("accept", "application/json, text/event-stream");
        let post = post.header("content-type", "application/json");
        post.body(initialize("2025-11-25").to_string()).send().await.unwrap().status()
    }
}

pub(crate) async fn answer(reply: Response) -> (StatusCode, Value) {
    (reply.status(), reply.json().await.unwrap())
}

pub(crate) fn pair(body: &Value) -> (String, String) {
    let text = |key: &str| body[key].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

/// What the browser would bring to the callback.
pub(crate) fn landing(reply: &Response) -> std::collections::HashMap<String, String> {
    assert_eq!(reply.status(), StatusCode::FOUND);
    let location = reply.headers().get("location").unwrap().to_str().unwrap();
    assert!(location.starts_with(&format!("{CALLBACK}?")), "{location}");
    Url::parse(location).unwrap().query_pairs().into_owned().collect()
}
