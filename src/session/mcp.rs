//! The MCP library's only home: sessions over Streamable HTTP. The library keeps the protocol, [`http`] below it owns
//! every byte. Refuses to decide anything about calls: it says what happened and whether bytes left.

mod answer;
mod failure;
mod http;
mod news;
mod offer;
mod stream;
mod waiting;

use std::sync::Arc;
use std::time::Duration;

use rmcp::model::{
    CallToolRequest, CallToolRequestParams, ClientCapabilities, ClientConfig, ClientRequest, Implementation,
    RequestId,
};
use rmcp::service::{Peer, PeerRequestOptions, RequestHandle, RoleClient, RunningService};
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use serde_json::{Map, Value};
use tokio::sync::Mutex;
use url::Url;

use super::auth::Account;
use super::tap::Tap;
use super::wire::{Handover, Line, News, Offer, Reply, Trouble, Wire};
use super::{Limits, StartError};
use crate::domain::call::Fault;
use failure::{Failure, What};
use http::{Endpoint, Http};
use news::Ear;

/// How long a check may take whether the other side still answers.
const CHECK: Duration = Duration::from_secs(5);

/// An MCP endpoint that sessions can be opened at.
pub(super) struct Mcp {
    endpoint: Arc<Endpoint>,
}

impl Mcp {
    /// Prepares the HTTP client; nothing is sent yet.
    pub(super) fn new(
        endpoint: Url,
        account: Account,
        tap: Tap,
        limits: &Limits,
    ) -> Result<Self, StartError> {
        let endpoint = Endpoint::new(endpoint, account, tap, limits)?;
        Ok(Self { endpoint: Arc::new(endpoint) })
    }
}

impl Wire for Mcp {
    type Line = Open;

    async fn dial(&self) -> Result<Open, Fault> {
        let http = Http::new(Arc::clone(&self.endpoint));
        let mut config = StreamableHttpClientTransportConfig::with_uri(self.endpoint.address.as_str());
        config.reinit_on_expired_session = false;
        config.allow_stateless = true;
        config.max_sse_event_size = self.endpoint.limits.max_body;
        let transport = StreamableHttpClientTransport::with_client(http.clone(), config);
        let ear = Ear::new(greeting());
        let changed = Arc::clone(&ear.changed);
        let service =
            rmcp::serve_client(ear, transport).await.map_err(|error| failure::of_greeting(&error, &http))?;
        let peer = service.peer().clone();
        let offer = offer::learn(&peer, &http).await?;
        Ok(Open {
            peer,
            http,
            changed,
            offer: std::sync::RwLock::new(Arc::new(offer)),
            service: Mutex::new(Some(service)),
        })
    }

    fn host(&self) -> &str {
        &self.endpoint.host
    }
}

/// Who we say we are.
fn greeting() -> ClientConfig {
    ClientConfig::new(
        ClientCapabilities::default(),
        Implementation::new("switchboard", env!("CARGO_PKG_VERSION")),
    )
}

/// An open session.
pub(super) struct Open {
    peer: Peer<RoleClient>,
    http: Http,
    changed: Arc<tokio::sync::Notify>,
    offer: std::sync::RwLock<Arc<Offer>>,
    service: Mutex<Option<RunningService<RoleClient, Ear>>>,
}

impl Line for Open {
    fn offer(&self) -> Arc<Offer> {
        let offer = self.offer.read();
        let offer = offer.unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(&offer)
    }

    async fn call(
        &self,
        tool: &str,
        arguments: Map<String, Value>,
        handover: Option<Arc<Handover>>,
    ) -> Result<Reply, Trouble> {
        let params = CallToolRequestParams::new(tool.to_owned()).with_arguments(arguments);
        let mut request = CallToolRequest::new(params);
        let stops = handover.as_ref().is_none_or(|handover| handover.stops());
        if let Some(handover) = handover {
            request.extensions.insert(handover);
        }
        let request = ClientRequest::CallToolRequest(request);
        let sent = self.peer.send_request_with_option(request, PeerRequestOptions::no_options());
        let handle = sent.await.map_err(|_| Trouble::Lost(self.http.endpoint.gone()))?;
        let mut pending = Pending::new(handle, stops);
        let (id, result) = pending.result().await;
        match result {
            Ok(result) => Ok(answer::reply(result)),
            Err(error) => {
                let failure = failure::of_service(error, &self.http, id.as_ref());
                Err(self.trouble(failure).await)
            }
        }
    }

    async fn news(&self) -> News {
        loop {
            tokio::select! {
                () = self.http.suspect.notified() => {
                    if let Some(news) = self.check().await {
                        return news;
                    }
                }
                () = self.changed.notified() => {
                    if self.learn().await {
                        return News::Tools;
                    }
                }
            }
        }
    }

    async fn close(&self) {
        if let Some(service) = self.service.lock().await.take() {
            let _ = service.cancel().await;
        }
    }
}

impl Open {
    /// A broken connection may be one broken stream or the whole server: asking tells them apart.
    async fn trouble(&self, failure: Failure) -> Trouble {
        let fault = failure.fault;
        match failure.what {
            What::Refused => Trouble::Refused(fault),
            What::Unclear => Trouble::Unclear(fault),
            What::Lost => Trouble::Lost(fault),
            What::SessionGone => Trouble::SessionGone(fault),
            What::SignIn => Trouble::SignIn(fault),
            What::Broken => match self.check().await {
                Some(News::Lost(_)) => Trouble::Lost(fault),
                Some(News::SessionGone(_)) => {
                    self.http.suspect.notify_one();
                    Trouble::Unclear(fault)
                }
                Some(News::Tools | News::Question(_) | News::Unasked(_) | News::Message(..)) | None => {
                    Trouble::Unclear(fault)
                }
            },
        }
    }

    /// Asks whether the other side still answers. None: it does.
    async fn check(&self) -> Option<News> {
        let ping = ClientRequest::PingRequest(rmcp::model::PingRequest::default());
        let asked = tokio::time::timeout(CHECK, self.peer.send_request(ping)).await;
        let Ok(answered) = asked else {
            return Some(News::Lost(self.http.endpoint.silent(CHECK)));
        };
        let failure = failure::of_service(answered.err()?, &self.http, None);
        match failure.what {
            What::Refused | What::Unclear => None,
            What::Lost | What::Broken | What::SignIn => Some(News::Lost(failure.fault)),
            What::SessionGone => Some(News::SessionGone(failure.fault)),
        }
    }

    /// Learns the tools again; false when that failed and the old ones stay.
    async fn learn(&self) -> bool {
        let limit = self.http.endpoint.limits.dial;
        let learnt = tokio::time::timeout(limit, offer::learn(&self.peer, &self.http)).await;
        let Ok(Ok(offer)) = learnt else {
            return false;
        };
        let place = self.offer.write();
        *place.unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(offer);
        true
    }
}

/// A request whose answer is awaited. Dropped before it came, it is cancelled on the wire when that is allowed.
struct Pending {
    handle: Option<RequestHandle<RoleClient>>,
    stops: bool,
}

impl Pending {
    fn new(handle: RequestHandle<RoleClient>, stops: bool) -> Self {
        Self { handle: Some(handle), stops }
    }

    async fn result(&mut self) -> (Option<RequestId>, answer::Result) {
        let Some(handle) = &mut self.handle else {
            return (None, Err(rmcp::ServiceError::TransportClosed));
        };
        let result = (&mut handle.rx).await;
        let id = handle.id.clone();
        self.handle = None;
        let result = result.unwrap_or(Err(rmcp::ServiceError::TransportClosed));
        (Some(id), result)
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        let Some(handle) = self.handle.take().filter(|_| self.stops) else {
            return;
        };
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(handle.cancel(Some("no longer wanted".to_owned())));
        }
    }
}

#[cfg(test)]
mod tests;
