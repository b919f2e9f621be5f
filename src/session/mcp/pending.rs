//! A request whose answer is awaited. Dropped before it came, it is cancelled on the wire when that is allowed, and
//! nothing of it stays in the mailbox.

use std::sync::Arc;

use rmcp::ServiceError;
use rmcp::model::ClientRequest;
use rmcp::service::{Peer, PeerRequestOptions, RequestHandle, RoleClient};
use serde_json::Value;

use super::failure::{self, Failure};
use super::talk::Talk;

struct Pending {
    handle: Option<RequestHandle<RoleClient>>,
    talk: Arc<Talk>,
    stops: bool,
}

/// Sends a request and waits for its result, which comes as the server sent it. `stops`: dropping the future tells the
/// server that nobody waits any more.
pub(super) async fn ask(
    peer: &Peer<RoleClient>,
    talk: &Arc<Talk>,
    request: ClientRequest,
    stops: bool,
) -> Result<Value, Failure> {
    let sent = peer.send_request_with_option(request, PeerRequestOptions::no_options()).await;
    let handle = sent.map_err(|error| failure::of_service(error, talk, None))?;
    Pending { handle: Some(handle), talk: Arc::clone(talk), stops }.result().await
}

impl Pending {
    async fn result(mut self) -> Result<Value, Failure> {
        let closed = || Err(ServiceError::TransportClosed);
        let Some(handle) = &mut self.handle else {
            return Err(failure::of_service(ServiceError::TransportClosed, &self.talk, None));
        };
        let result = (&mut handle.rx).await.unwrap_or_else(|_| closed());
        let id = handle.id.clone();
        self.handle = None;
        let kept = self.talk.mailbox.result(&id);
        self.talk.mailbox.forget(&id);
        match result {
            Ok(result) => Ok(kept.or_else(|| serde_json::to_value(result).ok()).unwrap_or_default()),
            Err(error) => Err(failure::of_service(error, &self.talk, Some(&id))),
        }
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        let Some(handle) = self.handle.take() else {
            return;
        };
        self.talk.mailbox.forget(&handle.id);
        if let (true, Ok(runtime)) = (self.stops, tokio::runtime::Handle::try_current()) {
            runtime.spawn(handle.cancel(Some("no longer wanted".to_owned())));
        }
    }
}
