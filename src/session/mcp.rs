//! The MCP library's only home: sessions over Streamable HTTP, HTTP+SSE or a program's pipes. The library keeps the
//! protocol, what lies below it owns every byte. Refuses to decide anything about calls: it says what happened and whether
//! bytes left.

mod answer;
mod bridge;
mod dialling;
mod era;
mod events;
mod failure;
mod following;
mod form;
mod http;
mod mailbox;
mod news;
mod offer;
mod oldest;
mod open;
mod parameters;
mod pending;
mod place;
mod questions;
mod stream;
mod talk;
pub(super) mod waiting;

use std::path::Path;
use std::sync::Arc;

use rmcp::model::ProtocolVersion;
use rmcp::service::ClientLifecycleMode;

use super::auth::Account;
use super::tap::Tap;
use super::wire::Wire;
use super::{Address, Limits, StartError};
use crate::domain::call::Fault;
use crate::domain::link::Region;
use dialling::{Dial, Missed};
use era::Memory;
use failure::Failure;
use http::Endpoint;
use offer::Known;
use open::Open;
use place::Place;
use talk::Talk;

/// A server that sessions can be opened with.
pub(super) struct Mcp(Way);

enum Way {
    Http(Dial),
    Command { command: Vec<String>, place: Arc<Place> },
}

impl Mcp {
    /// Prepares the way there; nothing is sent yet. `memory` is the folder in which it is remembered how servers talk.
    pub(super) fn new(
        address: Address,
        account: Account,
        tap: Tap,
        limits: &Limits,
        memory: Option<&Path>,
    ) -> Result<Self, StartError> {
        match address {
            Address::Http { endpoint, transport } => {
                let memory = Memory::new(memory, &endpoint);
                let endpoint = Arc::new(Endpoint::new(endpoint, account, tap, limits)?);
                Ok(Self(Way::Http(Dial { endpoint, transport, memory })))
            }
            Address::Command(command) => {
                tap.secrets().learn_command(&command);
                let place = Place { host: bridge::name(&command), limits: limits.clone(), tap };
                Ok(Self(Way::Command { command, place: Arc::new(place) }))
            }
        }
    }
}

impl Wire for Mcp {
    type Line = Open;

    async fn dial(&self) -> Result<Open, Fault> {
        let open = match &self.0 {
            Way::Http(dial) => dial.open().await,
            Way::Command { command, place } => through(command, place).await,
        };
        open.map_err(|failure| failure.fault)
    }

    fn host(&self) -> &str {
        match &self.0 {
            Way::Http(dial) => &dial.endpoint.place.host,
            Way::Command { place, .. } => &place.host,
        }
    }

    fn account(&self) -> Option<Account> {
        match &self.0 {
            Way::Http(dial) => Some(dial.endpoint.account.clone()),
            Way::Command { .. } => None,
        }
    }
}

/// Opens a session with a program. It is greeted first: bridges take seconds to start and all of them know `initialize`;
/// one of the newest era says that it does not, and is then asked in its own way.
async fn through(command: &[String], place: &Arc<Place>) -> Result<Open, Failure> {
    let talk = Arc::new(Talk::new(Arc::clone(place)));
    let bridge = bridge::start(command, &talk)?;
    let running = bridge.clone();
    let begun = dialling::begin(bridge.clone(), &talk, ClientLifecycleMode::Initialize).await;
    let (service, modern) = match begun {
        Ok(service) => (Ok(service), false),
        Err(Missed { wrong_era: true, .. }) => {
            let preferred_versions = vec![ProtocolVersion::V_2026_07_28];
            let mode = ClientLifecycleMode::Discover { preferred_versions };
            (dialling::begin(bridge, &talk, mode).await, true)
        }
        Err(missed) => (Err(missed), false),
    };
    let known =
        Known { region: Region::Other, transport: "stdio".to_owned(), account: None, modern, mirrors: false };
    let opened = match service {
        Ok(service) => dialling::open(service, talk, known).await,
        Err(missed) => Err(missed),
    };
    if opened.is_err() {
        running.close().await;
    }
    opened.map_err(|missed| missed.failure)
}

#[cfg(test)]
mod tests;
