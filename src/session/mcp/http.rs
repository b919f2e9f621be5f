//! HTTP below the MCP library: one POST per message, one stream for what the server says by itself. Owns time and size
//! limits, the token, redirects, and the rule that a write's bytes leave at most once; refuses to repeat anything.

mod endpoint;
mod records;
mod reply;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures::stream::BoxStream;
use http::{HeaderName, HeaderValue};
use reqwest::{RequestBuilder, Response};
use rmcp::model::{ClientJsonRpcMessage, ClientRequest, GetExtensions as _, RequestId};
use rmcp::transport::streamable_http_client::{
    StreamableHttpClient, StreamableHttpError, StreamableHttpPostResponse,
};
use sse_stream::{Error as SseError, Sse};
use tokio::sync::Notify;
use tokio::time::{Instant, timeout};
use url::Url;

pub(super) use endpoint::Endpoint;
use records::Records;

use super::failure::{Failure, What};
use super::stream::{self, Of};
use crate::domain::call::FaultKind;
use crate::session::auth::Authorization;
use crate::session::tools;
use crate::session::wire::Handover;

/// Hops of a redirect that are followed; all on the same origin.
const MOST_HOPS: usize = 3;
/// Streams that may die young before no more are asked for.
const YOUNG_DEATHS: u32 = 2;
/// The same for streams that resume after an event, which a server may well end often.
const RESUMED_DEATHS: u32 = 6;

type Error = StreamableHttpError<Failure>;

/// The head of a reply, or why there is none and whether it is certain that nothing left.
type Sent = Result<Response, (Failure, bool)>;

/// The HTTP side of one session.
#[derive(Clone)]
pub(super) struct Http {
    pub(super) endpoint: Arc<Endpoint>,
    /// Told when the connection may be gone.
    pub(super) suspect: Arc<Notify>,
    state: Arc<Records>,
}

impl Http {
    pub(super) fn new(endpoint: Arc<Endpoint>) -> Self {
        Self { endpoint, suspect: Arc::default(), state: Arc::default() }
    }

    /// Sends one message and reads the head of the reply.
    async fn post(
        &self,
        message: ClientJsonRpcMessage,
        session: Option<Arc<str>>,
        headers: HashMap<HeaderName, HeaderValue>,
    ) -> Result<StreamableHttpPostResponse, Failure> {
        let handover = leave(&message)?;
        let id = request_id(&message);
        let body = serde_json::to_vec(&message).map_err(|_| unsendable())?;
        let in_session = session.is_some();
        let build = |address: Url| {
            let request = self.request(self.endpoint.client.post(address), session.as_deref(), &headers);
            request
                .header(http::header::CONTENT_TYPE, "application/json")
                .header(http::header::ACCEPT, "application/json, text/event-stream")
                .body(body.clone())
        };
        let mut sent = self.send(&build).await;
        if handover.is_none() && id.is_some() && broke(&sent) {
            sent = self.send(&build).await;
        }
        let response = sent.map_err(|(failure, never_left)| {
            if let Some(handover) = handover.filter(|_| never_left) {
                handover.never_left();
            }
            failure
        })?;
        reply::read(self, response, id, in_session).await
    }

    fn request(
        &self,
        request: RequestBuilder,
        session: Option<&str>,
        headers: &HashMap<HeaderName, HeaderValue>,
    ) -> RequestBuilder {
        let mut request = request;
        for (name, value) in headers {
            request = request.header(name, value);
        }
        if let Some(session) = session {
            request = request.header("mcp-session-id", session);
        }
        request
    }

    /// Sends, and follows redirects that keep method, body and origin. The flag: nothing can have left.
    async fn send(&self, build: &impl Fn(Url) -> RequestBuilder) -> Sent {
        let authorization = self.endpoint.account.authorization().await;
        let authorization = authorization.map_err(|fault| (Failure { what: What::SignIn, fault }, true))?;
        let mut address = self.endpoint.address.clone();
        for _ in 0..=MOST_HOPS {
            let sent = timeout(
                self.endpoint.limits.headers,
                signed(build(address.clone()), authorization.as_ref()).send(),
            );
            let response = match sent.await {
                Ok(Ok(response)) => response,
                Ok(Err(error)) => return Err(Failure::of_request(&error, &self.endpoint.host)),
                Err(_) => {
                    let fault = self.endpoint.silent(self.endpoint.limits.headers);
                    let what = What::Unclear;
                    return Err((Failure { what, fault }, false));
                }
            };
            if !response.status().is_redirection() {
                return Ok(response);
            }
            address = self.endpoint.hop(&response).map_err(|failure| (failure, false))?;
        }
        Err((self.endpoint.astray("itself, again and again"), false))
    }

    async fn get(
        &self,
        session: Option<Arc<str>>,
        last_event: Option<String>,
        headers: HashMap<HeaderName, HeaderValue>,
    ) -> Result<BoxStream<'static, Result<Sse, SseError>>, Error> {
        let deaths = self.state.young.load(Ordering::Relaxed);
        let most = if last_event.is_some() { RESUMED_DEATHS } else { YOUNG_DEATHS };
        if deaths >= most {
            self.state.no_stream.store(true, Ordering::Relaxed);
            return Err(StreamableHttpError::ServerDoesNotSupportSse);
        }
        let build = |address: Url| {
            let request = self.endpoint.client.get(address);
            let request = self.request(request, session.as_deref(), &headers);
            let request = request.header(http::header::ACCEPT, "text/event-stream");
            match &last_event {
                Some(id) => request.header("last-event-id", id),
                None => request,
            }
        };
        let response = self.send(&build).await.map_err(|(failure, _)| {
            self.suspect.notify_one();
            StreamableHttpError::Client(failure)
        })?;
        if !response.status().is_success() || reply::media_type(&response) != "text/event-stream" {
            self.state.no_stream.store(true, Ordering::Relaxed);
            return Err(StreamableHttpError::ServerDoesNotSupportSse);
        }
        let of = Of::Common(Instant::now());
        Ok(stream::events(response, self.clone(), of))
    }
}

fn signed(request: RequestBuilder, authorization: Option<&Authorization>) -> RequestBuilder {
    match authorization {
        Some(authorization) => request.header(http::header::AUTHORIZATION, authorization.value()),
        None => request,
    }
}

/// Leave to send: a write's bytes go out once, with a handover that has not been used; all else must be a read.
fn leave(message: &ClientJsonRpcMessage) -> Result<Option<Arc<Handover>>, Failure> {
    let ClientJsonRpcMessage::Request(request) = message else {
        return Ok(None);
    };
    let ClientRequest::CallToolRequest(call) = &request.request else {
        return Ok(None);
    };
    let handover = request.request.extensions().get::<Arc<Handover>>().cloned();
    let allowed = match &handover {
        Some(handover) => handover.begin(),
        None => tools::is_read(&call.params.name),
    };
    allowed.then_some(handover).ok_or_else(unsendable)
}

/// A write without leave, or one that has left before.
fn unsendable() -> Failure {
    Failure::new(
        What::Unclear,
        FaultKind::Protocol,
        "The request was held back: a write is sent only once.",
        "",
    )
}

/// Whether a connection broke under a request: often an idle one that the server had just closed. A read may then be
/// sent once more on a fresh connection.
fn broke(sent: &Sent) -> bool {
    matches!(sent, Err((failure, _)) if failure.what == What::Broken)
}

fn request_id(message: &ClientJsonRpcMessage) -> Option<RequestId> {
    match message {
        ClientJsonRpcMessage::Request(request) => Some(request.id.clone()),
        ClientJsonRpcMessage::Response(_)
        | ClientJsonRpcMessage::Notification(_)
        | ClientJsonRpcMessage::Error(_) => None,
    }
}

impl StreamableHttpClient for Http {
    type Error = Failure;

    async fn post_message(
        &self,
        _: Arc<str>,
        message: ClientJsonRpcMessage,
        session_id: Option<Arc<str>>,
        _: Option<String>,
        custom_headers: HashMap<HeaderName, HeaderValue>,
    ) -> Result<StreamableHttpPostResponse, Error> {
        let posted = self.post(message, session_id, custom_headers).await;
        posted.map_err(|failure| {
            self.note(None, failure.clone());
            StreamableHttpError::Client(failure)
        })
    }

    async fn delete_session(
        &self,
        _: Arc<str>,
        session_id: Arc<str>,
        _: Option<String>,
        custom_headers: HashMap<HeaderName, HeaderValue>,
    ) -> Result<(), Error> {
        let request = self.endpoint.client.delete(self.endpoint.address.clone());
        let request = self.request(request, Some(&session_id), &custom_headers);
        let authorization = self.endpoint.account.authorization().await.ok().flatten();
        let request = signed(request, authorization.as_ref());
        let _ = timeout(self.endpoint.limits.close, request.send()).await;
        Ok(())
    }

    async fn get_stream(
        &self,
        _: Arc<str>,
        session_id: Option<Arc<str>>,
        last_event_id: Option<String>,
        _: Option<String>,
        custom_headers: HashMap<HeaderName, HeaderValue>,
    ) -> Result<BoxStream<'static, Result<Sse, SseError>>, Error> {
        self.get(session_id, last_event_id, custom_headers).await
    }
}

#[cfg(test)]
mod tests {
    use rmcp::model::{CallToolRequest, CallToolRequestParams};

    use super::*;

    fn call(tool: &'static str, handover: Option<Arc<Handover>>) -> ClientJsonRpcMessage {
        let mut request = CallToolRequest::new(CallToolRequestParams::new(tool));
        if let Some(handover) = handover {
            request.extensions.insert(handover);
        }
        let request = ClientRequest::CallToolRequest(request);
        ClientJsonRpcMessage::request(request, RequestId::Number(1))
    }

    #[test]
    fn a_write_leaves_once_and_only_with_leave() {
        assert!(leave(&call("get_article", None)).is_ok());
        assert!(leave(&call("update_article", None)).is_err());
        assert!(leave(&call("get_everything", None)).is_err());
        let message = call("update_article", Some(Arc::default()));
        assert!(leave(&message).is_ok());
        assert!(leave(&message.clone()).is_err(), "the library may repeat a message");
        let withdrawn = Arc::new(Handover::default());
        assert!(withdrawn.withdraw());
        assert!(leave(&call("update_article", Some(withdrawn))).is_err());
    }
}
