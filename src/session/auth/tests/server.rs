//! An MCP endpoint and an authorization server on one port, as good or as bad as a test wants them.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, Method, StatusCode, Uri, header};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use url::form_urlencoded;

use crate::session::auth::pkce;

/// A request that came, without those to the endpoint itself.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) what: String,
    pub(super) form: HashMap<String, String>,
    pub(super) json: Value,
    pub(super) authorization: Option<String>,
}

/// How the server plays.
pub(super) struct Play {
    /// `WWW-Authenticate` of a 401.
    pub(super) challenge: String,
    /// Documents by path.
    pub(super) documents: HashMap<String, Value>,
    /// Scopes that the endpoint wants; a token with fewer gets 403.
    pub(super) needs: Vec<String>,
    /// Put in front of every path of the authorization server.
    pub(super) prefix: String,
    /// Changes what the browser brings back.
    pub(super) answer: fn(&mut Vec<(String, String)>, &str),
    /// What `/register` says in place of taking the program.
    pub(super) refuses: Option<fn(&Value) -> Option<Value>>,
    /// Members that `/register` adds to its answer.
    pub(super) registered: Value,
    /// `expires_in` of tokens.
    pub(super) lifetime: Value,
    /// Refresh tokens are replaced with each use; else none comes back.
    pub(super) rotates: bool,
    /// No refresh tokens at all.
    pub(super) never_renews: bool,
    /// The last spent refresh token is taken once more, as some servers do.
    pub(super) has_grace: bool,
    /// The code of an error that the token endpoint answers for this grant type.
    pub(super) denies: Option<(&'static str, &'static str)>,
    /// `Retry-After` of a 429 that the token endpoint answers.
    pub(super) slowed: Option<&'static str>,
    /// Token replies wait for this.
    pub(super) gate: Option<Arc<Notify>>,
    pub(super) seen: Vec<Seen>,
    /// Refresh tokens that were spent twice.
    pub(super) spent_twice: usize,
    pub(super) count: usize,
    clients: HashSet<String>,
    codes: HashMap<String, (String, String)>,
    access: HashMap<String, String>,
    refresh: HashMap<String, String>,
    spent: HashSet<String>,
}

#[derive(Clone)]
pub(super) struct Server {
    pub(super) origin: String,
    play: Arc<Mutex<Play>>,
    arrived: Arc<Notify>,
}

impl Server {
    /// As Intercom is (no resource document, metadata at the origin), with tokens that last an hour.
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let server = Self { play: Arc::new(Mutex::new(Play::new(&origin))), origin, arrived: Arc::default() };
        let router = Router::new().fallback(answer).with_state(server.clone());
        tokio::spawn(axum::serve(listener, router).into_future());
        server
    }

    pub(super) fn play(&self) -> MutexGuard<'_, Play> {
        self.play.lock().unwrap()
    }

    pub(super) fn endpoint(&self) -> String {
        format!("{}/mcp", self.origin)
    }

    /// What was asked since the last time, as `GET /path`.
    pub(super) fn asked(&self) -> Vec<String> {
        self.taken().into_iter().map(|seen| seen.what).collect()
    }

    /// What was asked since the last time.
    pub(super) fn taken(&self) -> Vec<Seen> {
        std::mem::take(&mut self.play().seen)
    }

    /// Waits until something is asked.
    pub(super) async fn arrival(&self) {
        self.arrived.notified().await;
    }

    /// Metadata of an authorization server with this issuer, its endpoints here.
    pub(super) fn metadata(&self, issuer: &str) -> Value {
        metadata(&self.origin, issuer)
    }

    /// Puts a protected-resource document at this path.
    pub(super) fn resource(&self, path: &str, resource: &str, issuer: &str) {
        let document = json!({ "resource": resource, "authorization_servers": [issuer] });
        self.play().documents.insert(path.to_owned(), document);
    }

    /// Forgets all access tokens.
    pub(super) fn expire(&self) {
        self.play().access.clear();
    }

    /// Forgets all programs.
    pub(super) fn forget_clients(&self) {
        self.play().clients.clear();
    }
}

fn metadata(origin: &str, issuer: &str) -> Value {
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{origin}/authorize"),
        "token_endpoint": format!("{origin}/token"),
        "registration_endpoint": format!("{origin}/register"),
        "revocation_endpoint": format!("{origin}/token"),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "code_challenge_methods_supported": ["S256"],
    })
}

impl Play {
    fn new(origin: &str) -> Self {
        let document = metadata(origin, origin);
        Self {
            challenge: "Bearer realm=\"OAuth\", error=\"invalid_token\", \
                        error_description=\"Missing or invalid access token\""
                .into(),
            documents: HashMap::from([("/.well-known/oauth-authorization-server".to_owned(), document)]),
            needs: Vec::new(),
            prefix: String::new(),
            answer: |_, _| {},
            refuses: None,
            registered: json!({}),
            lifetime: json!(3600),
            rotates: true,
            never_renews: false,
            has_grace: false,
            denies: None,
            slowed: None,
            gate: None,
            seen: Vec::new(),
            spent_twice: 0,
            count: 0,
            clients: HashSet::new(),
            codes: HashMap::new(),
            access: HashMap::new(),
            refresh: HashMap::new(),
            spent: HashSet::new(),
        }
    }

    fn word(&mut self, kind: &str) -> String {
        self.count += 1;
        format!("{kind}-planted-{}", self.count)
    }

    fn mcp(&self, headers: &HeaderMap) -> Response {
        let bearer = header_text(headers).and_then(|text| text.strip_prefix("Bearer ").map(str::to_owned));
        let Some(granted) = bearer.and_then(|token| self.access.get(&token)) else {
            return (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, self.challenge.clone())])
                .into_response();
        };
        let granted: Vec<&str> = granted.split(' ').collect();
        if self.needs.iter().all(|scope| granted.contains(&scope.as_str())) {
            return "{}".into_response();
        }
        let wants = format!("Bearer error=\"insufficient_scope\", scope=\"{}\"", self.needs.join(" "));
        (StatusCode::FORBIDDEN, [(header::WWW_AUTHENTICATE, wants)]).into_response()
    }

    fn authorize(&mut self, form: &HashMap<String, String>, origin: &str) -> Response {
        let code = self.word("code");
        let get = |name: &str| form.get(name).cloned().unwrap_or_default();
        self.codes.insert(code.clone(), (get("code_challenge"), get("scope")));
        let mut pairs = vec![("code".to_owned(), code), ("state".to_owned(), get("state"))];
        (self.answer)(&mut pairs, origin);
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let target = format!("{}?{query}", get("redirect_uri"));
        (StatusCode::FOUND, [(header::LOCATION, target)]).into_response()
    }

    fn register(&mut self, body: &Value) -> Response {
        if let Some(no) = self.refuses.and_then(|refuses| refuses(body)) {
            return (StatusCode::BAD_REQUEST, no.to_string()).into_response();
        }
        let id = self.word("client");
        self.clients.insert(id.clone());
        let mut answer = json!({ "client_id": id, "redirect_uris": body["redirect_uris"],
            "token_endpoint_auth_method": body["token_endpoint_auth_method"] });
        if body["token_endpoint_auth_method"] != "none" {
            answer["client_secret"] = self.word("secret").into();
        }
        for (name, value) in self.registered.as_object().unwrap() {
            answer[name] = value.clone();
        }
        (StatusCode::CREATED, answer.to_string()).into_response()
    }

    fn token(&mut self, form: &HashMap<String, String>, headers: &HeaderMap) -> Response {
        let get = |name: &str| form.get(name).cloned().unwrap_or_default();
        let kind = get("grant_type");
        if let Some(wait) = self.slowed {
            return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, wait)]).into_response();
        }
        if let Some((_, error)) = self.denies.filter(|(denied, _)| *denied == kind) {
            return no(error);
        }
        let id = basic_id(headers).unwrap_or_else(|| get("client_id"));
        if id.starts_with("client-planted") && !self.clients.contains(&id) {
            return no("invalid_client");
        }
        let scope = match kind.as_str() {
            "authorization_code" => match self.codes.remove(&get("code")) {
                Some((challenge, scope)) if challenge == pkce::challenge(&get("code_verifier")) => scope,
                _ => return no("invalid_grant"),
            },
            "refresh_token" => match self.spend(&get("refresh_token")) {
                Some(scope) => scope,
                None => return no("invalid_grant"),
            },
            _ => return "".into_response(),
        };
        self.grant(&kind, &scope)
    }

    fn spend(&mut self, token: &str) -> Option<String> {
        if self.spent.contains(token) && !self.has_grace {
            self.spent_twice += 1;
            return None;
        }
        let scope = self.refresh.get(token)?.clone();
        if self.rotates {
            self.spent.insert(token.to_owned());
        }
        Some(scope)
    }

    fn grant(&mut self, kind: &str, scope: &str) -> Response {
        let access = self.word("access");
        self.access.insert(access.clone(), scope.to_owned());
        let mut answer =
            json!({ "access_token": access, "token_type": "bearer", "expires_in": self.lifetime });
        if !self.never_renews && (kind == "authorization_code" || self.rotates) {
            let refresh = self.word("refresh");
            self.refresh.insert(refresh.clone(), scope.to_owned());
            answer["refresh_token"] = refresh.into();
        }
        answer.to_string().into_response()
    }
}

fn no(error: &str) -> Response {
    let body = json!({ "error": error, "error_description": "no, said the server" });
    (StatusCode::BAD_REQUEST, body.to_string()).into_response()
}

fn header_text(headers: &HeaderMap) -> Option<String> {
    Some(headers.get(header::AUTHORIZATION)?.to_str().unwrap().to_owned())
}

fn basic_id(headers: &HeaderMap) -> Option<String> {
    let text = header_text(headers)?;
    let decoded = STANDARD.decode(text.strip_prefix("Basic ")?).unwrap();
    Some(String::from_utf8(decoded).unwrap().split(':').next().unwrap().to_owned())
}

async fn answer(
    State(server): State<Server>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.path().to_owned();
    if path.starts_with("/mcp") {
        return server.play().mcp(&headers);
    }
    let text = if method == Method::GET { uri.query().unwrap_or_default().as_bytes() } else { &body };
    let form: HashMap<String, String> = form_urlencoded::parse(text).into_owned().collect();
    let json = serde_json::from_slice(&body).unwrap_or_default();
    let gate = {
        let mut play = server.play();
        let authorization = header_text(&headers);
        let seen = Seen { what: format!("{method} {path}"), form: form.clone(), json, authorization };
        play.seen.push(seen);
        play.gate.clone().filter(|_| path.ends_with("/token"))
    };
    server.arrived.notify_one();
    let mut response = {
        let mut play = server.play();
        let json = serde_json::from_slice(&body).unwrap_or_default();
        let bare = path.strip_prefix(play.prefix.as_str()).unwrap_or(&path).to_owned();
        match (method.as_str(), bare.as_str()) {
            ("GET", "/authorize") => play.authorize(&form, &server.origin),
            ("POST", "/token") => play.token(&form, &headers),
            ("POST", "/register") => play.register(&json),
            ("DELETE", "/registered") => StatusCode::NO_CONTENT.into_response(),
            _ => match play.documents.get(&path) {
                Some(document) => document.to_string().into_response(),
                None => StatusCode::NOT_FOUND.into_response(),
            },
        }
    };
    if let Some(gate) = gate {
        gate.notified().await;
    }
    response.headers_mut().insert(header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    response
}
