//! An open conversation with a server, whichever way it goes. Owns the rule that a lost session is opened anew once.

use futures::future::join_all;
use serde_json::{Map, Value};

use super::bridge::Bridge;
use super::case::Case;
use super::exchange::Http;
use super::greeting;
use super::legacy::Legacy;
use super::message::Message;
use super::streamable::{Refusal, Session};
use super::trouble::Trouble;

/// The ways of talking.
pub(super) enum Way {
    /// Streamable HTTP.
    Streamable(Box<Http>, Session),
    /// HTTP+SSE.
    Legacy(Box<Http>, Box<Legacy>),
    /// A program's input and output.
    Bridge(Box<Bridge>),
}

/// A conversation.
pub(super) struct Talk {
    way: Way,
    next: u64,
    /// The cause by which the session was lost, once it was.
    pub(super) lost: Option<&'static str>,
}

impl Talk {
    pub(super) fn new(way: Way) -> Self {
        Self { way, next: 10, lost: None }
    }

    fn id(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// A request and its result.
    pub(super) async fn ask(
        &mut self,
        case: &mut Case,
        method: &'static str,
        params: Value,
    ) -> Result<Value, Trouble> {
        let message = Message::request(self.id(), method, params);
        let first = self.once(case, &message).await;
        if self.renew(case, first.as_ref().err()).await? {
            return self.once(case, &message).await.map_err(|refusal| refusal.trouble);
        }
        first.map_err(|refusal| refusal.trouble)
    }

    /// Tool calls side by side, where the way of talking allows it.
    pub(super) async fn call(
        &mut self,
        case: &mut Case,
        calls: &[(String, Map<String, Value>)],
    ) -> Vec<Result<Value, Trouble>> {
        let messages: Vec<Message> =
            calls.iter().map(|(tool, arguments)| Message::call(self.id(), tool, arguments)).collect();
        let mut results = self.all(case, &messages).await;
        let mut lost = results.iter().filter_map(|result| result.as_ref().err());

        let lost = lost.find(|refusal| refusal.trouble.is_lost_session()).cloned();
        match self.renew(case, lost.as_ref()).await {
            Ok(true) => results = self.all(case, &messages).await,
            Ok(false) => {}
            Err(trouble) => return messages.iter().map(|_| Err(trouble.clone())).collect(),
        }
        results.into_iter().map(|result| result.map_err(|refusal| refusal.trouble)).collect()
    }

    async fn all(&mut self, case: &Case, messages: &[Message]) -> Vec<Result<Value, Refusal>> {
        if let Way::Streamable(http, session) = &self.way {
            return join_all(messages.iter().map(|message| streamed(http, session, case, message))).await;
        }
        let mut results = Vec::new();
        for message in messages {
            results.push(self.once(case, message).await);
        }
        results
    }

    async fn once(&mut self, case: &Case, message: &Message) -> Result<Value, Refusal> {
        match &mut self.way {
            Way::Streamable(http, session) => streamed(http, session, case, message).await,
            Way::Legacy(http, line) => line.ask(http, case, message).await,
            Way::Bridge(bridge) => bridge.ask(message).await.map_err(Refusal::from),
        }
    }

    /// Opens a lost session anew, once; false when there was none to open.
    async fn renew(&mut self, case: &mut Case, refusal: Option<&Refusal>) -> Result<bool, Trouble> {
        let lost = refusal.map(|refusal| &refusal.trouble).filter(|trouble| trouble.is_lost_session());
        let (Way::Streamable(http, session), Some(trouble), None) = (&mut self.way, lost, self.lost) else {
            return Ok(false);
        };
        self.lost = Some(trouble.cause);
        *session = greeting::initialize(http, case, None).await.map_err(|refusal| refusal.trouble)?;
        Ok(true)
    }

    /// Ends it politely, within a limit.
    pub(super) async fn end(self, case: &Case) {
        match self.way {
            Way::Streamable(http, session) if session.id.is_some() => {
                http.farewell(session.headers(None), case).await;
            }
            Way::Streamable(..) | Way::Legacy(..) => {}
            Way::Bridge(bridge) => bridge.end().await,
        }
    }
}

async fn streamed(http: &Http, session: &Session, case: &Case, message: &Message) -> Result<Value, Refusal> {
    let head = session.post(http, case, message).await?;
    session.read(head, http, case, message).await
}
