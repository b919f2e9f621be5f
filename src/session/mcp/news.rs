//! What the server says unasked. Only one thing matters: that its tools changed.

use std::sync::Arc;

use rmcp::ClientHandler;
use rmcp::model::ClientConfig;
use rmcp::service::{NotificationContext, RoleClient};
use tokio::sync::Notify;

/// Listens to the server's notifications.
pub(super) struct Ear {
    info: ClientConfig,
    /// Told when the tools changed.
    pub(super) changed: Arc<Notify>,
}

impl Ear {
    pub(super) fn new(info: ClientConfig) -> Self {
        Self { info, changed: Arc::default() }
    }
}

impl ClientHandler for Ear {
    fn get_info(&self) -> ClientConfig {
        self.info.clone()
    }

    async fn on_tool_list_changed(&self, _: NotificationContext<RoleClient>) {
        self.changed.notify_one();
    }
}
