//! Stand-in until the session branch is merged.
use crate::domain::call::{Call, CallId, Report};
use crate::domain::change::Approved;
/// Settings.
#[derive(Debug)]
pub struct Settings {
    /// Endpoint.
    pub endpoint: url::Url,
    /// Token.
    pub token: Option<secrecy::SecretString>,
    /// Limits.
    pub limits: Limits,
}
/// Limits.
#[derive(Debug, Default)]
pub struct Limits {}
/// Request.
#[derive(Debug)]
pub enum Request {
    /// Ask.
    Ask {
        /// Id.
        id: CallId,
        /// Call.
        call: Call,
    },
    /// Write.
    Write {
        /// Id.
        id: CallId,
        /// Leave.
        approved: Approved,
    },
    /// Cancel.
    Cancel(CallId),
    /// Dial.
    Reconnect,
    /// Close.
    Close,
}
/// Unsent.
#[derive(Debug, thiserror::Error)]
#[error("full")]
pub struct Unsent(pub Box<Request>);
/// Error.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Endpoint.
    #[error("endpoint {0}")]
    Endpoint(String),
}
/// Session.
#[derive(Debug)]
pub struct Session(tokio::sync::mpsc::Sender<Report>);
impl Session {
    /// Sends.
    pub fn try_send(&self, _request: Request) -> Result<(), Unsent> {
        Ok(())
    }
}
/// Starts.
pub fn start(_settings: Settings, reports: tokio::sync::mpsc::Sender<Report>) -> Result<Session, StartError> {
    Ok(Session(reports))
}
