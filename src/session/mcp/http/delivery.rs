//! One message on its way: sent with the sign-in, followed over redirects of its own origin, sent again when the sign-in
//! was renewed or, for a read, when the connection broke under it. Everything that passes is overheard.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode, header};
use reqwest::{RequestBuilder, Response};
use tokio::time::timeout;
use url::Url;

use super::{Headers, Http, reply};
use crate::domain::call::{Fault, FaultKind};
use crate::domain::traffic::Channel;
use crate::session::auth::Authorization;
use crate::session::mcp::failure::{Failure, What};
use crate::session::proxy;
use crate::session::tap::Overheard;
use crate::session::wire::Handover;

/// Hops of a redirect that are followed; all on the same origin.
const MOST_HOPS: usize = 3;
/// Sign-ins that one message may ask for: one to be known, others to be permitted more.
const MOST_CHALLENGES: usize = 3;

/// What is to be sent.
pub(in crate::session::mcp) struct Letter {
    pub(super) method: Method,
    pub(super) channel: Channel,
    /// The JSON-RPC method, for whoever overhears.
    pub(super) name: String,
    pub(super) tool: String,
    pub(super) headers: Headers,
    pub(super) session: Option<Arc<str>>,
    pub(super) body: Option<Vec<u8>>,
    /// Whether it may be sent once more when the connection broke under it.
    pub(super) again: bool,
    pub(super) handover: Option<Arc<Handover>>,
    /// How long its reply's head may take.
    pub(super) headers_within: Duration,
}

/// A reply as it comes in, overheard.
pub(in crate::session::mcp) struct Inflow {
    pub(super) response: Response,
    heard: Overheard,
}

impl Inflow {
    /// The next piece of the body; none at the end. The unit: it broke off.
    pub(in crate::session::mcp) async fn chunk(&mut self) -> Result<Option<Bytes>, ()> {
        let piece = self.response.chunk().await.map_err(|_| ())?;
        if let Some(bytes) = &piece {
            self.heard.received(bytes);
        }
        Ok(piece)
    }

    /// Whether it is a stream of events that was granted.
    pub(in crate::session::mcp) fn is_stream(&self) -> bool {
        self.response.status().is_success()
            && reply::media_type(&self.response) == "text/event-stream"
            && reply::coding(&self.response).is_none()
    }

    /// The status that answered.
    pub(in crate::session::mcp) fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// The address that answered.
    pub(in crate::session::mcp) fn address(&self) -> &Url {
        self.response.url()
    }

    /// Tells whoever overhears how it failed.
    pub(in crate::session::mcp) fn trouble(&mut self, words: &str) {
        self.heard.trouble(words);
    }
}

/// The head of a reply, or why there is none and whether it is certain that nothing left.
type Sent = Result<Inflow, (Failure, bool)>;

impl Http {
    /// Sends a message and brings the head of its reply, whatever that says. A write whose bytes certainly did not leave
    /// gets its leave back.
    pub(in crate::session::mcp) async fn deliver(&self, letter: &Letter) -> Result<Inflow, Failure> {
        for _ in 0..MOST_CHALLENGES {
            let authorization = self.signed_in(letter).await?;
            let inflow = self.sent(letter, authorization.as_ref()).await?;
            if !is_challenge(&inflow.response) {
                return Ok(inflow);
            }
            let handover = letter.handover.as_ref();
            if handover.is_some_and(|handover| !handover.turned_away()) {
                return Err(self.turned_away(inflow, authorization));
            }
            self.challenged(&inflow, authorization.as_ref()).await?;
            drop(inflow);
            if handover.is_some_and(|handover| !handover.begin()) {
                return Err(super::talk::unsendable());
            }
        }
        let authorization = self.signed_in(letter).await?;
        self.sent(letter, authorization.as_ref()).await
    }

    async fn signed_in(&self, letter: &Letter) -> Result<Option<Authorization>, Failure> {
        self.endpoint.account.authorization().await.map_err(|fault| {
            letter.handover.iter().for_each(|handover| handover.never_left());
            Failure::of(What::SignIn, fault)
        })
    }

    /// Asks for a better sign-in.
    async fn challenged(&self, inflow: &Inflow, sent: Option<&Authorization>) -> Result<(), Failure> {
        let status = inflow.response.status().as_u16();
        let asked = self.endpoint.account.challenged(status, inflow.response.headers(), sent).await;
        asked.map_err(|fault| {
            let what = if status == 403 { What::Refused } else { What::SignIn };
            Failure { status: Some(status), ..Failure::of(what, self.named(status, fault)) }
        })
    }

    /// A write that was turned away unread: it is over, and the sign-in is renewed for the next one.
    fn turned_away(&self, mut inflow: Inflow, sent: Option<Authorization>) -> Failure {
        let status = inflow.response.status().as_u16();
        inflow.trouble("turned away");
        let http = self.clone();
        tokio::spawn(async move {
            if http.challenged(&inflow, sent.as_ref()).await.is_err() {
                http.talk.suspect.notify_one();
            }
        });
        let kind = if status == 403 { FaultKind::Forbidden } else { FaultKind::SignIn };
        let host = &self.endpoint.place.host;
        let sentence = format!(
            "{host} wanted another sign-in ({status}) and turned the write away unread; nothing changed."
        );
        let failure = Failure::new(What::Refused, kind, &sentence, "Save again once you are signed in.");
        Failure { status: Some(status), ..failure }
    }

    /// The fault with the server's name in it.
    fn named(&self, status: u16, fault: Fault) -> Fault {
        let host = &self.endpoint.place.host;
        if fault.sentence.contains(host.as_str()) {
            return fault;
        }
        let told = fault.sentence.contains(&format!("({status})"));
        let status = if told { String::new() } else { format!(" ({status})") };
        let sentence = format!("{host} refused the sign-in{status}. {}", fault.sentence.as_str());
        Fault { wait: fault.wait, ..Fault::new(fault.kind, &sentence, fault.hint.as_str()) }
    }

    /// Sends with a sign-in; a read whose connection broke goes once more, on a fresh one. Often an idle connection had
    /// just been closed by the server.
    async fn sent(&self, letter: &Letter, authorization: Option<&Authorization>) -> Result<Inflow, Failure> {
        let mut sent = self.followed(letter, authorization).await;
        if letter.again && matches!(&sent, Err((failure, _)) if failure.what == What::Broken) {
            sent = self.followed(letter, authorization).await;
        }
        sent.map_err(|(failure, never_left)| {
            if never_left {
                letter.handover.iter().for_each(|handover| handover.never_left());
            }
            failure
        })
    }

    /// Sends, and follows redirects that keep method, body and origin. The flag: nothing can have left.
    async fn followed(&self, letter: &Letter, authorization: Option<&Authorization>) -> Sent {
        let mut address = self.endpoint.address.clone();
        for _ in 0..=MOST_HOPS {
            let inflow = self.exchanged(letter, authorization, address).await?;
            if !inflow.response.status().is_redirection() {
                return Ok(inflow);
            }
            address = self.endpoint.hop(&inflow.response).map_err(|failure| (failure, false))?;
        }
        Err((self.endpoint.astray("itself, again and again"), false))
    }

    /// Sends once, without renewing anything.
    pub(super) async fn once(&self, letter: &Letter) -> Sent {
        let authorization = self.endpoint.account.authorization().await;
        let authorization = authorization.map_err(|fault| (Failure::of(What::SignIn, fault), true))?;
        self.exchanged(letter, authorization.as_ref(), self.endpoint.address.clone()).await
    }

    async fn exchanged(&self, letter: &Letter, authorization: Option<&Authorization>, address: Url) -> Sent {
        let place = &self.endpoint.place;
        let body = letter.body.as_deref().unwrap_or_default();
        let mut heard = place.tap.begin(letter.channel, &letter.name, &letter.tool, body);
        let request = self.request(letter, authorization, address);
        let (failure, never_left) = match timeout(letter.headers_within, request.send()).await {
            Ok(Ok(response)) => {
                heard.status(response.status().as_u16());
                return Ok(Inflow { response, heard });
            }
            Ok(Err(error)) => {
                let through = proxy::through(&self.endpoint.address);
                Failure::of_request(&error, &place.host, through.as_deref())
            }
            Err(_) => (Failure::of(What::Unclear, place.silent(letter.headers_within)), false),
        };
        heard.trouble(failure.fault.sentence.as_str());
        Err((failure, never_left))
    }

    fn request(
        &self,
        letter: &Letter,
        authorization: Option<&Authorization>,
        address: Url,
    ) -> RequestBuilder {
        let mut request = self.endpoint.client.request(letter.method.clone(), address);
        for (name, value) in &letter.headers {
            request = request.header(name, value);
        }
        if let Some(session) = &letter.session {
            request = request.header("mcp-session-id", &**session);
        }
        if let Some(authorization) = authorization {
            request = request.header(header::AUTHORIZATION, authorization.value());
        }
        match &letter.body {
            Some(body) => request
                .header(header::CONTENT_TYPE, "application/json")
                .header(header::ACCEPT, "application/json, text/event-stream")
                .body(body.clone()),
            None if letter.method == Method::GET => request.header(header::ACCEPT, "text/event-stream"),
            None => request,
        }
    }
}

/// Whether a reply wants another sign-in: 401, or 403 for want of scope.
fn is_challenge(response: &Response) -> bool {
    let wants_scope = || {
        let challenges = response.headers().get_all(header::WWW_AUTHENTICATE);
        challenges.iter().any(|value| value.as_bytes().windows(18).any(|part| part == b"insufficient_scope"))
    };
    match response.status() {
        StatusCode::UNAUTHORIZED => true,
        StatusCode::FORBIDDEN => wants_scope(),
        _ => false,
    }
}
