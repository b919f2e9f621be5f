//! HTTP for sign-ins: one request, one small reply. Owns its limits in time and size, and that redirects lead nowhere else;
//! refuses to know what is asked. All of it is overheard without its secrets.

use std::sync::OnceLock;
use std::time::Duration;

use http::HeaderMap;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, LOCATION};
use reqwest::{Client, Method, RequestBuilder, Response};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use url::Url;

use super::addresses;
use crate::domain::call::{Fault, FaultKind};
use crate::domain::traffic::Channel;
use crate::session::tap::{Overheard, Tap};
use crate::session::{Limits, client, proxy};

/// Bytes of one reply; documents of sign-ins have a few thousand.
const MOST: usize = 1024 * 1024;
/// For one request from start to end, unless the limits are shorter.
const LONGEST: Duration = Duration::from_secs(20);
/// Redirects of a document that are followed, all on its own origin.
const MOST_HOPS: usize = 3;
/// Members of a JSON reply that are secrets.
const SECRET: [&str; 6] = [
    "access_token",
    "refresh_token",
    "id_token",
    "client_secret",
    "registration_access_token",
    "device_code",
];

/// Asks authorization servers. Its clients are built when they are first needed.
pub(super) struct Net {
    tap: Tap,
    limits: Limits,
    plain: OnceLock<Client>,
    here: OnceLock<Client>,
    secure: OnceLock<Client>,
}

/// A reply, read whole.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Reply {
    /// The body as JSON; `Null` when it is none.
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Whether the server took the request.
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Who asks.
pub(super) enum As<'a> {
    /// Nobody.
    Nobody,
    /// A client by HTTP Basic; already encoded.
    Basic(&'a SecretString),
    /// The bearer of a token.
    Bearer(&'a SecretString),
}

impl Net {
    pub(super) fn new(tap: Tap, limits: Limits) -> Self {
        Self { tap, limits, plain: OnceLock::new(), here: OnceLock::new(), secure: OnceLock::new() }
    }

    /// The tap, for what must be hidden.
    pub(super) fn tap(&self) -> &Tap {
        &self.tap
    }

    /// How long one request may take.
    pub(super) fn limit(&self) -> Duration {
        self.limits.headers.min(LONGEST)
    }

    /// Reads a document, following redirects on its own origin.
    pub(super) async fn document(&self, address: &Url) -> Result<Reply, Fault> {
        let mut address = address.clone();
        for _ in 0..MOST_HOPS {
            let request = self.client(&address)?.get(address.clone()).header(ACCEPT, "application/json");
            let reply = self.ask(request, Method::GET, &address, b"").await?;
            let target = reply.headers.get(LOCATION).and_then(|value| value.to_str().ok());
            let target = target.and_then(|target| address.join(target).ok());
            match target {
                Some(target) if (300..400).contains(&reply.status) && target.origin() == address.origin() => {
                    address = target;
                }
                _ => return Ok(reply),
            }
        }
        Err(fault(&address, FaultKind::Protocol, "sends us in circles"))
    }

    /// Posts a form.
    pub(super) async fn form(
        &self,
        address: &Url,
        form: &[(&str, &str)],
        who: As<'_>,
    ) -> Result<Reply, Fault> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        self.post(address, body, "application/x-www-form-urlencoded", who).await
    }

    /// Posts JSON.
    pub(super) async fn json(&self, address: &Url, body: &Value, who: As<'_>) -> Result<Reply, Fault> {
        self.post(address, body.to_string(), "application/json", who).await
    }

    /// Deletes what is there.
    pub(super) async fn delete(&self, address: &Url, who: As<'_>) -> Result<Reply, Fault> {
        let request = signed(self.client(address)?.delete(address.clone()), &who);
        self.ask(request, Method::DELETE, address, b"").await
    }

    async fn post(&self, address: &Url, body: String, kind: &str, who: As<'_>) -> Result<Reply, Fault> {
        let request = self.client(address)?.post(address.clone());
        let request =
            request.header(CONTENT_TYPE, kind).header(ACCEPT, "application/json, text/event-stream;q=0.1");
        let request = signed(request, &who).body(body.clone());
        self.ask(request, Method::POST, address, body.as_bytes()).await
    }

    async fn ask(
        &self,
        request: RequestBuilder,
        method: Method,
        address: &Url,
        sent: &[u8],
    ) -> Result<Reply, Fault> {
        let what = format!("{method} {}", address.path());
        let mut overheard = self.tap.begin(Channel::SignIn, &what, "", sent);
        let reply = tokio::time::timeout(self.limit(), self.read(request, address, &mut overheard)).await;
        let reply =
            reply.unwrap_or_else(|_| Err(fault(address, FaultKind::TimedOut, "did not answer in time")));
        if let Err(fault) = &reply {
            overheard.trouble(&fault.sentence);
        }
        reply
    }

    async fn read(
        &self,
        request: RequestBuilder,
        address: &Url,
        overheard: &mut Overheard,
    ) -> Result<Reply, Fault> {
        let mut response = request.send().await.map_err(|error| unreachable(address, &error))?;
        overheard.status(response.status().as_u16());
        let body = match body(&mut response).await {
            Ok(Some(body)) => body,
            Ok(None) => return Err(fault(address, FaultKind::TooLarge, "answered with more than 1 MiB")),
            Err(_) => {
                return Err(fault(address, FaultKind::Unreachable, "broke off in the middle of its answer"));
            }
        };
        let reply = Reply { status: response.status().as_u16(), headers: response.headers().clone(), body };
        self.learn(&reply);
        overheard.received(&reply.body);
        Ok(reply)
    }

    /// Secrets are known before anything of a reply can be seen.
    fn learn(&self, reply: &Reply) {
        let body = reply.json();
        for secret in SECRET.iter().filter_map(|name| body.get(name)?.as_str()) {
            self.tap.secrets().learn(secret);
        }
    }

    fn client(&self, address: &Url) -> Result<&Client, Fault> {
        // A client depends on the scheme, and on whether the address is on this machine.
        let here = client::is_loopback(address);
        let place = match (address.scheme(), here) {
            ("http", true) => &self.plain,
            (_, true) => &self.here,
            (_, false) => &self.secure,
        };
        if let Some(client) = place.get() {
            return Ok(client);
        }
        let built = client::client(address, &self.limits).map_err(|error| {
            Fault::new(FaultKind::Tls, &error.to_string(), "Check the certificates of this machine.")
        })?;
        Ok(place.get_or_init(|| built))
    }
}

fn signed(request: RequestBuilder, who: &As<'_>) -> RequestBuilder {
    let value = match who {
        As::Nobody => return request,
        As::Basic(encoded) => format!("Basic {}", encoded.expose_secret()),
        As::Bearer(token) => format!("Bearer {}", token.expose_secret()),
    };
    match http::HeaderValue::from_str(&value) {
        Ok(mut value) => {
            value.set_sensitive(true);
            request.header(AUTHORIZATION, value)
        }
        Err(_) => request,
    }
}

/// The body, or none when it is too large. A stream of events is not waited for.
async fn body(response: &mut Response) -> reqwest::Result<Option<Vec<u8>>> {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mut body = Vec::new();
    if kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("text/event-stream")) {
        return Ok(Some(body));
    }
    while let Some(piece) = response.chunk().await? {
        body.extend_from_slice(&piece);
        if body.len() > MOST {
            return Ok(None);
        }
    }
    Ok(Some(body))
}

/// A fault that begins with the host's name.
pub(super) fn fault(address: &Url, kind: FaultKind, did: &str) -> Fault {
    let sentence = format!("{} {did}.", addresses::host(address));
    Fault::new(kind, &sentence, "Check the network and try to sign in again.")
}

fn unreachable(address: &Url, error: &reqwest::Error) -> Fault {
    let did = match (error.is_connect(), proxy::through(address)) {
        (true, Some(through)) => format!("could not be reached {through}"),
        (true, None) => "could not be reached for the sign-in".to_owned(),
        (false, _) => "broke the connection".to_owned(),
    };
    fault(address, FaultKind::Unreachable, &did)
}
