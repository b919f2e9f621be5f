//! HTTP+SSE (MCP 2024-11-05): one stream that says where to post, and then carries all answers. Nothing resumes there:
//! when the stream ends the session is lost. Refuses to post to another origin.

use std::collections::HashMap;
use std::time::Duration;

use rmcp::model::{ClientJsonRpcMessage, ServerJsonRpcMessage};
use rmcp::service::RoleClient;
use rmcp::transport::Transport;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use tokio::time::timeout;
use url::Url;

use super::events::{Event, Events};
use super::failure::{Failure, What};
use super::http::{Http, Inflow};
use crate::domain::call::FaultKind;

/// How long the server may take to say where to post.
const ENDPOINT: Duration = Duration::from_secs(10);
/// Messages that may wait for the library.
const UNREAD: usize = 64;

/// A session over HTTP+SSE.
pub(super) struct Oldest {
    posting: Http,
    messages: mpsc::Receiver<ServerJsonRpcMessage>,
    reader: AbortHandle,
}

impl Drop for Oldest {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

/// Asks for the stream and waits until it says where to post.
pub(super) async fn connect(http: &Http) -> Result<Oldest, Failure> {
    let inflow = http.ask_for_stream(None, None, HashMap::default()).await?;
    if !inflow.is_stream() {
        return Err(no_stream(http, &inflow));
    }
    let mut stream =
        Stream { inflow, events: Events::new(http.endpoint.place.limits.max_body), ready: Vec::new() };
    let said = timeout(ENDPOINT, stream.endpoint()).await.ok().flatten();
    let target = said.and_then(|said| stream.inflow.address().join(said.trim()).ok());
    let target = target.ok_or_else(|| http.endpoint.place.not_mcp("did not say where to post (HTTP+SSE)"))?;
    if target.origin() != http.endpoint.address.origin() {
        return Err(elsewhere(http, &target));
    }
    let (sender, messages) = mpsc::channel(UNREAD);
    let posting = http.at(target);
    let reader = tokio::spawn(stream.run(http.clone(), sender)).abort_handle();
    Ok(Oldest { posting, messages, reader })
}

fn no_stream(http: &Http, inflow: &Inflow) -> Failure {
    let status = inflow.status();
    let host = &http.endpoint.place.host;
    let sentence = format!("{host} has no HTTP+SSE server at this path ({status}).");
    let failure = Failure::new(What::Refused, FaultKind::Protocol, &sentence, "Check the address.");
    Failure { status: Some(status), ..failure }
}

fn elsewhere(http: &Http, target: &Url) -> Failure {
    let place = &http.endpoint.place;
    let origin = target.origin().ascii_serialization();
    let what = format!("wants messages posted elsewhere, to {}; that is not done", place.hide(&origin));
    let failure = place.not_mcp(&what);
    Failure { what: What::Refused, ..failure }
}

struct Stream {
    inflow: Inflow,
    events: Events,
    ready: Vec<Event>,
}

impl Stream {
    /// More events; false at the end.
    async fn more(&mut self) -> bool {
        match self.inflow.chunk().await {
            Ok(Some(bytes)) => self.events.push(&bytes, &mut self.ready).is_ok(),
            Ok(None) | Err(()) => false,
        }
    }

    /// The address in the first `endpoint` event.
    async fn endpoint(&mut self) -> Option<String> {
        loop {
            let at = self.ready.iter().position(|event| event.kind == "endpoint");
            if let Some(at) = at {
                return Some(self.ready.drain(..=at).next_back()?.data);
            }
            if !self.more().await {
                return None;
            }
        }
    }

    async fn run(mut self, http: Http, messages: mpsc::Sender<ServerJsonRpcMessage>) {
        loop {
            for event in std::mem::take(&mut self.ready) {
                if !matches!(event.kind.as_str(), "" | "message") || event.data.trim().is_empty() {
                    continue;
                }
                let sorted = http.talk.mailbox.sort(event.data.as_bytes(), None);
                if !sorted.odd.is_empty() {
                    self.inflow.trouble(sorted.odd);
                }
                for message in sorted.messages {
                    if messages.send(message).await.is_err() {
                        return;
                    }
                }
            }
            if !self.more().await {
                break;
            }
        }
        http.talk.note(None, Failure { what: What::Lost, ..http.endpoint.place.cut() });
        http.talk.suspect.notify_one();
    }
}

impl Transport<RoleClient> for Oldest {
    type Error = Failure;

    fn send(
        &mut self,
        message: ClientJsonRpcMessage,
    ) -> impl Future<Output = Result<(), Failure>> + Send + 'static {
        let posting = self.posting.clone();
        async move { posting.drop_off(&message).await }
    }

    async fn receive(&mut self) -> Option<ServerJsonRpcMessage> {
        self.messages.recv().await
    }

    async fn close(&mut self) -> Result<(), Failure> {
        self.reader.abort();
        self.messages.close();
        Ok(())
    }
}
