//! One HTTP exchange of the doctor's: a request that carries the sign-in to the endpoint's origin only, and the head of its
//! reply. Owns the client; follows redirects that keep origin and method, and nothing else.

use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use reqwest::{Client, Response};
use tokio::time::timeout;
use url::Url;

use super::budget::{self, Budget};
use super::case::Case;
use super::tls;
use super::trouble::Trouble;
use crate::domain::examination::Rung;
use crate::domain::traffic::Channel;
use crate::session::Limits;
use crate::session::auth::Authorization;
use crate::session::client::is_same_server;
use crate::session::tap::{Overheard, Tap};

/// Hops of a redirect that are followed, as the session does.
const MOST_HOPS: usize = 3;
/// Bytes of a reply that are read.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// Bytes of an error's body that are read for its words.
const ERROR_BODY: usize = 16 * 1024;

/// Sends requests to one endpoint.
pub(super) struct Http {
    pub(super) client: Client,
    pub(super) endpoint: Url,
    pub(super) authorization: Option<Authorization>,
    pub(super) tap: Tap,
    pub(super) limits: Limits,
    pub(super) budget: Budget,
}

/// A request.
pub(super) struct Outgoing<'a> {
    pub(super) method: Method,
    pub(super) address: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    /// The JSON-RPC method, for the traffic view.
    pub(super) label: &'a str,
    /// The tool, for the traffic view.
    pub(super) tool: &'a str,
    /// From here to the head of the reply.
    pub(super) limit: Duration,
}

/// The head of a reply, with its body still to come.
pub(super) struct Head {
    pub(super) status: u16,
    /// The media type in lower case, without parameters.
    pub(super) kind: String,
    pub(super) headers: HeaderMap,
    pub(super) response: Response,
    pub(super) overheard: Overheard,
}

/// No head came.
#[derive(Debug)]
pub(super) enum NoHead {
    /// For want of time.
    Silent,
    /// For this reason.
    Failed(Trouble),
}

impl Http {
    /// Sends, and reads the head of the reply.
    pub(super) async fn send(&self, outgoing: &Outgoing<'_>, case: &Case) -> Result<Head, NoHead> {
        let channel = match outgoing.method {
            Method::GET => Channel::Stream,
            Method::DELETE => Channel::Delete,
            _ => Channel::Post,
        };
        let mut address = outgoing.address.clone();
        for _ in 0..=MOST_HOPS {
            let mut overheard = self.tap.begin(channel, outgoing.label, outgoing.tool, &outgoing.body);
            let response = match timeout(outgoing.limit, self.request(outgoing, &address).send()).await {
                Ok(Ok(response)) => response,
                Ok(Err(error)) => {
                    let trouble = tls::of_request(&error, case);
                    overheard.trouble(trouble.cause);
                    return Err(NoHead::Failed(trouble));
                }
                Err(_) => {
                    overheard.trouble("no answer in time");
                    return Err(NoHead::Silent);
                }
            };
            overheard.status(response.status().as_u16());
            if !response.status().is_redirection() || response.status().as_u16() == 304 {
                return Ok(Head::of(response, overheard));
            }
            address = self.hop(&response, case).map_err(NoHead::Failed)?;
        }
        Err(NoHead::Failed(astray(case, "itself, again and again")))
    }

    fn request(&self, outgoing: &Outgoing<'_>, address: &Url) -> reqwest::RequestBuilder {
        let request = self.client.request(outgoing.method.clone(), address.clone());
        let mut request = request.headers(outgoing.headers.clone());
        if outgoing.method == Method::POST {
            request = request.header(header::CONTENT_TYPE, "application/json").body(outgoing.body.clone());
        }
        match &self.authorization {
            Some(authorization) if is_same_server(&self.endpoint, address) => {
                request.header(header::AUTHORIZATION, authorization.value())
            }
            _ => request,
        }
    }

    /// Where a redirect leads, when it may be followed.
    fn hop(&self, response: &Response, case: &Case) -> Result<Url, Trouble> {
        let location = response.headers().get(header::LOCATION);
        let target =
            location.and_then(|value| value.to_str().ok()).and_then(|value| response.url().join(value).ok());
        let Some(target) = target else { return Err(astray(case, "an address that cannot be read")) };
        if is_same_server(&self.endpoint, &target) {
            let keeps = matches!(response.status().as_u16(), 307 | 308);
            return if keeps { Ok(target) } else { Err(astray(case, &shown(&target))) };
        }
        if target.host_str() == self.endpoint.host_str() {
            return Err(astray(case, &shown(&target)));
        }
        Err(Trouble::new(
            Rung::Http,
            "captive-portal",
            format!("{} sends us to another place, {}, which is not followed.", case.host, shown(&target)),
            "On a guest network (hotel, train), open a web page in the browser and sign in to the network, then try \
             again. If the server has moved, set the new address as the endpoint.",
        ))
    }

    /// Ends the probe's session; whatever the server says to that is fine.
    pub(super) async fn farewell(&self, headers: HeaderMap, case: &Case) {
        let outgoing = Outgoing {
            method: Method::DELETE,
            address: self.endpoint.clone(),
            headers,
            body: Vec::new(),
            label: "DELETE",
            tool: "",
            limit: budget::FAREWELL.min(self.limits.close),
        };
        let _ = timeout(outgoing.limit, self.send(&outgoing, case)).await;
    }
}

/// Without what may be secret in it.
fn shown(target: &Url) -> String {
    let mut target = target.clone();
    target.set_query(None);
    target.set_fragment(None);
    let _ = target.set_username("");
    let _ = target.set_password(None);
    target.into()
}

fn astray(case: &Case, target: &str) -> Trouble {
    Trouble::new(
        Rung::Http,
        "moved",
        format!("{} sends requests on to {target}, in a way that would change them.", case.host),
        "If the new address is right, set it as the endpoint.",
    )
}

impl Head {
    fn of(response: Response, overheard: Overheard) -> Self {
        let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
        Self {
            status: response.status().as_u16(),
            kind: kind.trim().to_ascii_lowercase(),
            headers: response.headers().clone(),
            response,
            overheard,
        }
    }

    /// A header as text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// As much of the body as comes in time, for its words.
    pub(super) async fn words(&mut self, limit: Duration) -> Vec<u8> {
        let mut bytes = Vec::new();
        let read = async {
            while let Ok(Some(piece)) = self.response.chunk().await {
                self.overheard.received(&piece);
                bytes.extend_from_slice(&piece);
                if bytes.len() >= ERROR_BODY {
                    return;
                }
            }
        };
        let _ = timeout(limit, read).await;
        bytes.truncate(ERROR_BODY);
        bytes
    }

    /// The whole body.
    pub(super) async fn body(&mut self, limit: Duration) -> Result<Vec<u8>, Stopped> {
        let mut bytes = Vec::new();
        let read = async {
            loop {
                match self.response.chunk().await {
                    Ok(Some(piece)) => {
                        self.overheard.received(&piece);
                        bytes.extend_from_slice(&piece);
                    }
                    Ok(None) => return Ok(()),
                    Err(_) => return Err(Stopped::Cut),
                }
                if bytes.len() > MOST_BYTES {
                    return Err(Stopped::TooLarge);
                }
            }
        };
        let read = timeout(limit, read).await;
        let quiet = bytes.is_empty();
        match read {
            Ok(Ok(())) => Ok(bytes),
            Ok(Err(stopped)) => Err(stopped),
            Err(_) => Err(Stopped::Silent { quiet }),
        }
    }
}

/// How a body ended without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    /// The stream ended, or broke.
    Cut,
    /// Nothing more came in time; `quiet`: nothing at all.
    Silent {
        /// No byte came.
        quiet: bool,
    },
    /// Larger than the doctor reads.
    TooLarge,
}

/// Headers from names we know and values that may come from the server.
pub(super) fn headers<'a>(pairs: impl IntoIterator<Item = (&'static str, &'a str)>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    headers
}
