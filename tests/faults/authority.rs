//! The authorization server beside the misbehaving one: it signs in whoever asks, and counts every token it gave. All that
//! it gives out are planted secrets.

use std::io;

use serde_json::{Value, json};

use super::visit::Visit;

/// What was given out and what of it still counts.
#[derive(Default)]
pub(crate) struct Authority {
    issued: usize,
    /// Access tokens that still count.
    pub(crate) access: Vec<String>,
    /// Refresh tokens that still count.
    pub(crate) refresh: Vec<String>,
    /// Every secret that was given out or sent here.
    pub(crate) planted: Vec<String>,
    /// Refresh tokens in the order they were used.
    pub(crate) used: Vec<String>,
}

pub(crate) const CLIENT_SECRET: &str = "planted-client/secret+1=";

/// What a token reply holds besides the tokens.
#[derive(Clone)]
pub(crate) struct Grant {
    pub(crate) expires_in: Value,
    pub(crate) with_refresh: bool,
}

impl Default for Grant {
    fn default() -> Self {
        Self { expires_in: json!(3600), with_refresh: true }
    }
}

impl Visit {
    /// Whether the request bears a token that counts.
    pub(crate) fn signed(&self) -> bool {
        let authority = self.world.authority.lock().unwrap();
        authority.access.iter().any(|token| token == self.seen.bearer())
    }

    /// No access token counts any more.
    pub(crate) fn revoke(&self) {
        self.world.authority.lock().unwrap().access.clear();
    }

    pub(crate) fn hint(&self) -> String {
        let origin = self.origin();
        format!(
            "www-authenticate: Bearer resource_metadata=\"{origin}/.well-known/oauth-protected-resource/mcp\"\r\n"
        )
    }

    pub(crate) async fn unsigned(&mut self) -> io::Result<()> {
        let hint = self.hint();
        self.status(401, &hint).await
    }

    /// Behaves, to those who are signed in.
    pub(crate) async fn guarded(&mut self) -> io::Result<()> {
        if self.authorized(&Grant::default()).await? {
            return Ok(());
        }
        if self.signed() { self.usual().await } else { self.unsigned().await }
    }

    /// Behaves as an authorization server; false when the request is for nobody there.
    pub(crate) async fn authorized(&mut self, grant: &Grant) -> io::Result<bool> {
        let origin = self.origin();
        match self.seen.bare_path().to_owned().as_str() {
            "/mcp" => return Ok(false),
            "/.well-known/oauth-protected-resource/mcp" => {
                let resource = format!("{origin}/mcp");
                self.json(200, &json!({"resource": resource, "authorization_servers": [origin]})).await?;
            }
            "/.well-known/oauth-authorization-server" => {
                let document = self.metadata();
                self.json(200, &document).await?;
            }
            "/register" => self.register().await?,
            "/authorize" => self.approve("").await?,
            "/token" => self.token(grant).await?,
            "/revoke" => self.status(200, "").await?,
            _ => self.status(404, "").await?,
        }
        Ok(true)
    }

    pub(crate) fn metadata(&self) -> Value {
        let origin = self.origin();
        json!({"issuer": origin, "authorization_endpoint": format!("{origin}/authorize"),
            "token_endpoint": format!("{origin}/token"), "registration_endpoint": format!("{origin}/register"),
            "revocation_endpoint": format!("{origin}/revoke"),
            "response_types_supported": ["code"], "grant_types_supported": ["authorization_code", "refresh_token"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "code_challenge_methods_supported": ["S256"]})
    }

    async fn register(&mut self) -> io::Result<()> {
        self.plant(CLIENT_SECRET);
        let uris = self.seen.json["redirect_uris"].clone();
        let client = json!({"client_id": "client-1", "client_secret": CLIENT_SECRET, "client_secret_expires_at": 0,
            "redirect_uris": uris, "token_endpoint_auth_method": "client_secret_post"});
        self.json(201, &client).await
    }

    /// Sends the browser back at once, with more or other values in the address.
    pub(crate) async fn approve(&mut self, more: &str) -> io::Result<()> {
        let code = self.next("code");
        let state = self.seen.query("state").unwrap_or_default();
        let answer = if more.contains("state=") { String::new() } else { format!("&state={state}") };
        let back = self.seen.query("redirect_uri").unwrap_or_default();
        let code: String = url::form_urlencoded::byte_serialize(code.as_bytes()).collect();
        let location = format!("location: {back}?code={code}{answer}{more}\r\n");
        self.status(302, &location).await
    }

    /// Gives tokens for a code or a refresh token.
    pub(crate) async fn token(&mut self, grant: &Grant) -> io::Result<()> {
        for name in ["code_verifier", "code", "client_secret"] {
            if let Some(secret) = self.seen.form(name) {
                self.plant(&secret);
            }
        }
        if !self.spent(grant) {
            return self.json(400, &json!({"error": "invalid_grant"})).await;
        }
        let first = self.seen.form("code").is_some();
        let access = self.next("access");
        let mut tokens =
            json!({"access_token": access, "token_type": "Bearer", "expires_in": grant.expires_in});
        if grant.expires_in.is_null() {
            tokens.as_object_mut().unwrap().remove("expires_in");
        }
        self.world.authority.lock().unwrap().access.push(access);
        if first || grant.with_refresh {
            let refresh = self.next("refresh");
            tokens["refresh_token"] = json!(refresh);
            self.world.authority.lock().unwrap().refresh.push(refresh);
        }
        self.json(200, &tokens).await
    }

    /// Takes the refresh token of the request, if there is one; false when it does not count.
    fn spent(&self, grant: &Grant) -> bool {
        let Some(refresh) = self.seen.form("refresh_token") else {
            return true;
        };
        let mut authority = self.world.authority.lock().unwrap();
        let at = authority.refresh.iter().position(|token| *token == refresh);
        if let Some(at) = at.filter(|_| grant.with_refresh) {
            authority.refresh.remove(at);
        }
        authority.used.push(refresh);
        at.is_some()
    }

    /// A secret of its own kind, never given out before.
    fn next(&self, kind: &str) -> String {
        let mut authority = self.world.authority.lock().unwrap();
        authority.issued += 1;
        let secret = format!("planted-{kind}/{}+x=", authority.issued);
        authority.planted.push(secret.clone());
        secret
    }

    fn plant(&self, secret: &str) {
        self.world.authority.lock().unwrap().planted.push(secret.to_owned());
    }
}
