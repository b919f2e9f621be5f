//! How a session is opened over HTTP: which era the server speaks is found out, remembered and not asked again, and the
//! oldest way of talking is tried where no other is. Owns the order of the attempts.

use std::sync::Arc;

use rmcp::model::ProtocolVersion;
use rmcp::service::{
    ClientInitializeError, ClientLifecycleMode, ClientServiceExt as _, RoleClient, RunningService,
};
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::transport::{StreamableHttpClientTransport, Transport as Carrier};

use super::era::{Era, Memory};
use super::failure::{self, Failure, What};
use super::http::{Endpoint, Http};
use super::news::Ear;
use super::offer::Known;
use super::oldest;
use super::open::Open;
use super::questions::Questions;
use super::talk::Talk;
use crate::domain::call::FaultKind;
use crate::session::Transport;
use crate::session::client::beside;

/// Revisions with a greeting that this program speaks, newest first.
const GREETED: [ProtocolVersion; 4] = [
    ProtocolVersion::V_2025_11_25,
    ProtocolVersion::V_2025_06_18,
    ProtocolVersion::V_2025_03_26,
    ProtocolVersion::V_2024_11_05,
];
/// All revisions, for sentences.
const OURS: &str = "2024-11-05 to 2026-07-28";

/// An endpoint and what is known of how it talks.
pub(super) struct Dial {
    pub(super) endpoint: Arc<Endpoint>,
    pub(super) transport: Transport,
    pub(super) memory: Memory,
}

/// Why a session of one era could not be opened.
pub(super) struct Missed {
    pub(super) failure: Failure,
    /// The server does not speak this era; another may do.
    pub(super) wrong_era: bool,
}

impl Dial {
    /// Opens a session.
    pub(super) async fn open(&self) -> Result<Open, Failure> {
        if self.transport == Transport::Sse {
            return self.oldest().await;
        }
        match self.memory.era().await {
            Some(Era::Legacy) => match self.legacy().await {
                Err(missed) if missed.wrong_era => self.probe().await.map_err(|_| missed.failure),
                other => other.map_err(|missed| missed.failure),
            },
            Some(Era::Oldest) if self.transport == Transport::Auto => match self.oldest().await {
                Err(failure) if !is_final(&failure) => self.probe().await,
                other => other,
            },
            Some(Era::Modern | Era::Oldest) | None => self.probe().await,
        }
    }

    /// Asks in the newest way first, and goes back through the eras.
    async fn probe(&self) -> Result<Open, Failure> {
        match self.modern().await {
            Ok(open) => return Ok(open),
            Err(missed) if !missed.wrong_era => return Err(missed.failure),
            Err(_) => {}
        }
        let missed = match self.legacy().await {
            Ok(open) => return Ok(open),
            Err(missed) => missed.failure,
        };
        let absent = matches!(missed.status, Some(404 | 405));
        if absent && self.transport == Transport::Auto {
            return self.oldest().await.map_err(|_| missed);
        }
        Err(missed)
    }

    async fn modern(&self) -> Result<Open, Missed> {
        let preferred_versions = vec![ProtocolVersion::V_2026_07_28];
        let open = self.streamable(ClientLifecycleMode::Discover { preferred_versions }).await?;
        self.memory.found(Era::Modern).await;
        Ok(open)
    }

    async fn legacy(&self) -> Result<Open, Missed> {
        let open = self.streamable(ClientLifecycleMode::Initialize).await?;
        self.memory.found(Era::Legacy).await;
        Ok(open)
    }

    async fn streamable(&self, mode: ClientLifecycleMode) -> Result<Open, Missed> {
        let http = Http::new(Arc::clone(&self.endpoint));
        let mut config = StreamableHttpClientTransportConfig::with_uri(self.endpoint.address.as_str());
        config.reinit_on_expired_session = false;
        config.allow_stateless = true;
        let transport = StreamableHttpClientTransport::with_client(http.clone(), config);
        let modern = matches!(mode, ClientLifecycleMode::Discover { .. });
        let service = begin(transport, &http.talk, mode).await?;
        let known = self.known("Streamable HTTP", modern);
        open(service, http.talk, known).await
    }

    /// HTTP+SSE: here, or beside an address that ends in `/mcp`.
    async fn oldest(&self) -> Result<Open, Failure> {
        let here = self.oldest_at(&self.endpoint, "HTTP+SSE").await;
        let failure = match here {
            Ok(open) => return Ok(open),
            Err(failure) if is_final(&failure) => return Err(failure),
            Err(failure) => failure,
        };
        let Some(beside) = beside(&self.endpoint.address) else {
            return Err(failure);
        };
        let endpoint = Arc::new(self.endpoint.beside(beside));
        self.oldest_at(&endpoint, "HTTP+SSE at /sse").await.map_err(|_| failure)
    }

    async fn oldest_at(&self, endpoint: &Arc<Endpoint>, name: &str) -> Result<Open, Failure> {
        let http = Http::new(Arc::clone(endpoint));
        let transport = oldest::connect(&http).await?;
        let service = begin(transport, &http.talk, ClientLifecycleMode::Initialize).await;
        let service = service.map_err(|missed| missed.failure)?;
        let open =
            open(service, http.talk, self.known(name, false)).await.map_err(|missed| missed.failure)?;
        self.memory.found(Era::Oldest).await;
        Ok(open)
    }

    fn known(&self, transport: &str, modern: bool) -> Known {
        Known {
            region: self.endpoint.region(),
            transport: transport.to_owned(),
            account: Some(self.endpoint.account.clone()),
            modern,
            mirrors: modern,
        }
    }
}

/// Whether another way of talking would fail just so.
fn is_final(failure: &Failure) -> bool {
    matches!(failure.what, What::Lost | What::SignIn)
        || matches!(failure.fault.kind, FaultKind::Forbidden | FaultKind::RateLimited)
}

/// Greets, or asks what the server speaks.
pub(super) async fn begin<T: Carrier<RoleClient> + 'static>(
    transport: T,
    talk: &Arc<Talk>,
    mode: ClientLifecycleMode,
) -> Result<RunningService<RoleClient, Ear>, Missed> {
    let ear = Ear::new(Arc::clone(talk), Questions::new());
    let greets = mode == ClientLifecycleMode::Initialize;
    ear.serve_with_lifecycle(transport, mode).await.map_err(|error| missed(&error, talk, greets))
}

/// Learns the tools of a session that was begun.
pub(super) async fn open(
    service: RunningService<RoleClient, Ear>,
    talk: Arc<Talk>,
    known: Known,
) -> Result<Open, Missed> {
    let open = Open::new(service, talk, known).await;
    open.map_err(|failure| Missed { failure, wrong_era: false })
}

/// What a failed beginning means for the era.
fn missed(error: &ClientInitializeError, talk: &Talk, greets: bool) -> Missed {
    if let Some(theirs) = talk.mailbox.unknown_version() {
        let fault = failure::no_version(&talk.place.host, &talk.place.hide(&theirs), OURS);
        return Missed { failure: Failure::of(What::Refused, fault), wrong_era: false };
    }
    #[expect(clippy::wildcard_enum_match_arm, reason = "the library's list of errors is open")]
    match error {
        ClientInitializeError::NoCompatibleProtocolVersion { server_supported, .. } => {
            let wrong_era = server_supported.iter().any(|version| GREETED.contains(version));
            let theirs: Vec<&str> = server_supported.iter().map(ProtocolVersion::as_str).take(8).collect();
            let theirs = if theirs.is_empty() { "of another revision".to_owned() } else { theirs.join(", ") };
            let fault = failure::no_version(&talk.place.host, &talk.place.hide(&theirs), OURS);
            Missed { failure: Failure::of(What::Refused, fault), wrong_era }
        }
        ClientInitializeError::JsonRpcError(said) => {
            let modern = (-32022..=-32020).contains(&said.code.0);
            let wrong_era = if greets { modern || said.code.0 == -32601 } else { !modern };
            Missed { failure: failure::of_greeting(error, talk), wrong_era }
        }
        _ => {
            let failure = failure::of_greeting(error, talk);
            let wrong_era = !is_final(&failure);
            Missed { failure, wrong_era }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_way_is_beside_mcp_only() {
        let at = |address: &str| beside(&address.parse().unwrap()).map(String::from);
        assert_eq!(at("https://h/mcp").as_deref(), Some("https://h/sse"));
        assert_eq!(at("https://h/a/mcp/?x=1").as_deref(), Some("https://h/a/sse?x=1"));
        assert_eq!(at("https://h/sse"), None);
    }
}
