//! HTTP below the MCP library: one POST per message, one stream for what the server says by itself. Owns time and size
//! limits, the token and its renewal, redirects, and the rule that a write's bytes leave at most once.

mod delivery;
mod endpoint;
mod records;
mod reply;

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use futures::stream::BoxStream;
use http::{HeaderName, HeaderValue, Method};
use rmcp::model::{ClientJsonRpcMessage, ClientRequest};
use rmcp::transport::streamable_http_client::{
    StreamableHttpClient, StreamableHttpError, StreamableHttpPostResponse,
};
use sse_stream::{Error as SseError, Sse};
use tokio::time::{Instant, timeout};
use url::Url;

pub(super) use delivery::{Inflow, Letter};
pub(super) use endpoint::Endpoint;
use records::Records;

use super::failure::Failure;
use super::parameters;
use super::stream::{self, Of, Resumption};
use super::talk::{self, Talk};
use crate::domain::traffic::Channel;

/// Streams that may die young before no more are asked for.
const YOUNG_DEATHS: u32 = 2;
/// The same for streams that resume after an event, which a server may well end often.
const RESUMED_DEATHS: u32 = 6;
/// How long a server may think about `server/discover` before it counts as one that does not know it.
const DISCOVERY: Duration = Duration::from_secs(2);
/// How long a stream of changes may be silent: until the system finds out that nobody is there.
const LISTENING: Duration = Duration::from_secs(365 * 24 * 3_600);

type Error = StreamableHttpError<Failure>;

/// Headers that the library wants sent.
type Headers = HashMap<HeaderName, HeaderValue>;

/// The HTTP side of one session.
#[derive(Clone)]
pub(super) struct Http {
    pub(super) endpoint: Arc<Endpoint>,
    pub(super) talk: Arc<Talk>,
    state: Arc<Records>,
}

impl Http {
    pub(super) fn new(endpoint: Arc<Endpoint>) -> Self {
        let talk = Arc::new(Talk::new(Arc::clone(&endpoint.place)));
        Self { endpoint, talk, state: Arc::default() }
    }

    /// Sends one message and reads the head of the reply.
    async fn post(
        &self,
        message: ClientJsonRpcMessage,
        session: Option<Arc<str>>,
        headers: Headers,
    ) -> Result<StreamableHttpPostResponse, Failure> {
        // By a name of its own type: as plain text it is never found.
        let modern = headers.contains_key(&HeaderName::from_static("mcp-method"));
        let mut letter = self.letter(&message)?;
        letter.headers.extend(headers);
        letter.session.clone_from(&session);
        let id = talk::request_id(&message);
        self.talk.mailbox.expect(&message);
        let inflow = self.deliver(&letter).await?;
        let discovery = is_discovery(&message);
        let usual = self.endpoint.place.limits.idle_body;
        let idle = match method(&message) {
            "server/discover" => usual.min(DISCOVERY),
            "subscriptions/listen" => LISTENING,
            _ => usual,
        };
        let resumption = Resumption { session, headers: letter.headers, modern, idle };
        reply::read(self, inflow, id, resumption, discovery).await
    }

    /// A message made ready to be posted.
    pub(super) fn letter(&self, message: &ClientJsonRpcMessage) -> Result<Letter, Failure> {
        let handover = talk::leave(message)?;
        let body = serde_json::to_vec(message).map_err(|_| talk::unsendable())?;
        let (name, tool) = talk::names(message);
        let headers_within =
            if is_discovery(message) { DISCOVERY } else { self.endpoint.place.limits.headers };
        Ok(Letter {
            method: Method::POST,
            channel: Channel::Post,
            name,
            tool,
            headers: self.mirrored(message),
            session: None,
            body: Some(body),
            again: handover.is_none() && talk::request_id(message).is_some(),
            handover,
            headers_within,
        })
    }

    /// The arguments of a call that are to stand in headers, too.
    fn mirrored(&self, message: &ClientJsonRpcMessage) -> Headers {
        let ClientJsonRpcMessage::Request(request) = message else {
            return Headers::new();
        };
        let ClientRequest::CallToolRequest(call) = &request.request else {
            return Headers::new();
        };
        let tools = self.talk.mirrored.read().unwrap_or_else(PoisonError::into_inner);
        let mirrored = tools.get(&*call.params.name).map_or(&[][..], Vec::as_slice);
        let arguments = call.params.arguments.clone().unwrap_or_default();
        parameters::headers(mirrored, &arguments.into()).into_iter().collect()
    }

    /// Asks for a stream: the server's own, or the rest of one that broke off.
    pub(super) async fn ask_for_stream(
        &self,
        session: Option<Arc<str>>,
        last_event: Option<&str>,
        headers: Headers,
    ) -> Result<Inflow, Failure> {
        let mut headers = headers;
        headers.retain(|name, _| !name.as_str().starts_with("mcp-param-"));
        if let Some(value) = last_event.and_then(|id| HeaderValue::from_bytes(id.as_bytes()).ok()) {
            headers.insert(HeaderName::from_static("last-event-id"), value);
        }
        let letter = Letter {
            method: Method::GET,
            channel: Channel::Stream,
            name: "GET".to_owned(),
            tool: String::new(),
            headers,
            session,
            body: None,
            again: false,
            handover: None,
            headers_within: self.endpoint.place.limits.headers,
        };
        self.deliver(&letter).await
    }

    /// The same session posting at another address of the same origin.
    pub(super) fn at(&self, address: Url) -> Self {
        let endpoint = Arc::new(self.endpoint.beside(address));
        Self { endpoint, talk: Arc::clone(&self.talk), state: Arc::clone(&self.state) }
    }

    /// Posts a message whose answer comes elsewhere.
    pub(super) async fn drop_off(&self, message: &ClientJsonRpcMessage) -> Result<(), Failure> {
        let letter = self.letter(message)?;
        self.talk.mailbox.expect(message);
        let inflow = self.deliver(&letter).await?;
        reply::dropped_off(self, inflow).await
    }

    async fn get(
        &self,
        session: Option<Arc<str>>,
        last_event: Option<String>,
        headers: Headers,
    ) -> Result<BoxStream<'static, Result<Sse, SseError>>, Error> {
        let deaths = self.state.young.load(Ordering::Relaxed);
        let most = if last_event.is_some() { RESUMED_DEATHS } else { YOUNG_DEATHS };
        if deaths >= most {
            self.has_no_stream();
            return Err(StreamableHttpError::ServerDoesNotSupportSse);
        }
        let asked = self.ask_for_stream(session, last_event.as_deref(), headers).await;
        let inflow = asked.map_err(|failure| {
            self.talk.suspect.notify_one();
            StreamableHttpError::Client(failure)
        })?;
        if !inflow.is_stream() {
            self.has_no_stream();
            return Err(StreamableHttpError::ServerDoesNotSupportSse);
        }
        Ok(stream::events(inflow, self.clone(), Of::Common(Instant::now())))
    }
}

fn method(message: &ClientJsonRpcMessage) -> &str {
    match message {
        ClientJsonRpcMessage::Request(request) => request.request.method(),
        ClientJsonRpcMessage::Response(_)
        | ClientJsonRpcMessage::Notification(_)
        | ClientJsonRpcMessage::Error(_) => "",
    }
}

fn is_discovery(message: &ClientJsonRpcMessage) -> bool {
    method(message) == "server/discover"
}

impl StreamableHttpClient for Http {
    type Error = Failure;

    async fn post_message(
        &self,
        _: Arc<str>,
        message: ClientJsonRpcMessage,
        session_id: Option<Arc<str>>,
        _: Option<String>,
        custom_headers: Headers,
    ) -> Result<StreamableHttpPostResponse, Error> {
        let posted = self.post(message, session_id, custom_headers).await;
        posted.map_err(|failure| {
            self.talk.note(None, failure.clone());
            StreamableHttpError::Client(failure)
        })
    }

    async fn delete_session(
        &self,
        _: Arc<str>,
        session_id: Arc<str>,
        _: Option<String>,
        custom_headers: Headers,
    ) -> Result<(), Error> {
        let letter = Letter {
            method: Method::DELETE,
            channel: Channel::Delete,
            name: "DELETE".to_owned(),
            tool: String::new(),
            headers: custom_headers,
            session: Some(session_id),
            body: None,
            again: false,
            handover: None,
            headers_within: self.endpoint.place.limits.close,
        };
        let _ = timeout(self.endpoint.place.limits.close, self.once(&letter)).await;
        Ok(())
    }

    async fn get_stream(
        &self,
        _: Arc<str>,
        session_id: Option<Arc<str>>,
        last_event_id: Option<String>,
        _: Option<String>,
        custom_headers: Headers,
    ) -> Result<BoxStream<'static, Result<Sse, SseError>>, Error> {
        self.get(session_id, last_event_id, custom_headers).await
    }
}
