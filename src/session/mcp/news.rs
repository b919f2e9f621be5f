//! What the server says and asks by itself: its questions are passed on, its words are told, changed tools are learnt
//! anew, and what this program does not offer is refused at once.
#![expect(deprecated, reason = "servers of older revisions still ask for roots and send log messages")]

use std::sync::Arc;

use rmcp::ClientHandler;
use rmcp::model::{
    ClientCapabilities, ClientConfig, CustomRequest, CustomResult, ElicitRequestParams, ElicitResult,
    ElicitationCapability, ErrorCode, ErrorData, FormElicitationCapability, Implementation, ListRootsResult,
    LoggingMessageNotificationParam, ProtocolVersion, UrlElicitationCapability,
};
use rmcp::service::{NotificationContext, RequestContext, RoleClient};
use serde_json::Value;

use super::questions::Questions;
use super::talk::Talk;
use crate::domain::text::Clean;
use crate::session::wire::News;

/// Who we say we are.
fn greeting() -> ClientConfig {
    let mut capabilities = ClientCapabilities::default();
    let elicitation = ElicitationCapability::new()
        .with_form(FormElicitationCapability::new())
        .with_url(UrlElicitationCapability::new());
    capabilities.elicitation = Some(elicitation);
    let mut greeting =
        ClientConfig::new(capabilities, Implementation::new("switchboard", env!("CARGO_PKG_VERSION")));
    greeting.protocol_version = ProtocolVersion::LATEST_WITH_INITIALIZE;
    greeting
}

/// Listens to the server.
pub(super) struct Ear {
    pub(super) questions: Arc<Questions>,
    talk: Arc<Talk>,
}

impl Ear {
    pub(super) fn new(talk: Arc<Talk>, questions: Arc<Questions>) -> Self {
        Self { questions, talk }
    }

    /// Asks a person; ends when the server withdraws the question. The parameters are those that came, not those that
    /// the library could read.
    async fn ask(&self, read: Option<Value>, context: &RequestContext<RoleClient>) -> Value {
        let params = self.talk.mailbox.asked(&context.id).or(read).unwrap_or_default();
        tokio::select! {
            answer = self.questions.ask(&params) => answer,
            () = context.ct.cancelled() => serde_json::json!({ "action": "cancel" }),
        }
    }
}

fn unknown(method: &str) -> ErrorData {
    ErrorData::new(ErrorCode::METHOD_NOT_FOUND, format!("{method} is not offered here"), None)
}

impl ClientHandler for Ear {
    fn get_info(&self) -> ClientConfig {
        greeting()
    }

    async fn create_elicitation(
        &self,
        request: ElicitRequestParams,
        context: RequestContext<RoleClient>,
    ) -> Result<ElicitResult, ErrorData> {
        let answer = self.ask(serde_json::to_value(request).ok(), &context).await;
        serde_json::from_value(answer).map_err(|_| ErrorData::internal_error("no answer", None))
    }

    async fn on_custom_request(
        &self,
        request: CustomRequest,
        context: RequestContext<RoleClient>,
    ) -> Result<CustomResult, ErrorData> {
        if request.method == "elicitation/create" {
            return Ok(CustomResult::new(self.ask(request.params, &context).await));
        }
        Err(unknown(&request.method))
    }

    async fn list_roots(&self, _: RequestContext<RoleClient>) -> Result<ListRootsResult, ErrorData> {
        Err(unknown("roots/list"))
    }

    async fn on_tool_list_changed(&self, _: NotificationContext<RoleClient>) {
        self.talk.changed.notify_one();
    }

    async fn on_logging_message(
        &self,
        params: LoggingMessageNotificationParam,
        _: NotificationContext<RoleClient>,
    ) {
        let level = serde_json::to_value(params.level).unwrap_or_default();
        let words = params.data.as_str().map_or_else(|| params.data.to_string(), str::to_owned);
        let words = self.talk.place.tap.secrets().hide(&words).into_owned();
        let level = Clean::line(level.as_str().unwrap_or(""));
        self.questions.tell(News::Message(level, Clean::line(&words)));
    }
}
