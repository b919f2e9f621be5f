//! An open session: calls with the rounds of questions they may need, news, the check whether the other side is still
//! there, and the polite end.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use rmcp::model::{
    CallToolRequest, CallToolRequestParams, ClientRequest, DiscoverRequest, DiscoverRequestParams,
    InputResponses, PingRequest,
};
use rmcp::service::{Peer, RoleClient, RunningService};
use serde_json::{Map, Value};
use tokio::sync::Mutex;
use tokio::task::AbortHandle;
use tokio::time::timeout;

use super::failure::{Failure, What};
use super::news::Ear;
use super::offer::{self, Known};
use super::questions::Questions;
use super::talk::Talk;
use super::{answer, following, pending};
use crate::domain::call::Fault;
use crate::domain::question::{QuestionId, Reply as Answered};
use crate::domain::text::Clean;
use crate::session::wire::{Handover, Line, News, Offer, Reply, Trouble};

/// How long a check may take whether the other side still answers.
const CHECK: Duration = Duration::from_secs(5);
/// Rounds of questions within one call.
const MOST_ROUNDS: usize = 10;

/// An open session.
pub(in crate::session) struct Open {
    peer: Peer<RoleClient>,
    talk: Arc<Talk>,
    known: Known,
    questions: Arc<Questions>,
    offer: RwLock<Arc<Offer>>,
    service: Mutex<Option<RunningService<RoleClient, Ear>>>,
    following: Option<AbortHandle>,
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Some(following) = &self.following {
            following.abort();
        }
    }
}

impl Open {
    /// A session that was just opened; learns its tools.
    pub(super) async fn new(
        service: RunningService<RoleClient, Ear>,
        talk: Arc<Talk>,
        known: Known,
    ) -> Result<Self, Failure> {
        let mut open = Self {
            peer: service.peer().clone(),
            talk,
            known,
            questions: Arc::clone(&service.service().questions),
            offer: RwLock::default(),
            service: Mutex::new(Some(service)),
            following: None,
        };
        open.learn().await?;
        if open.known.modern {
            open.following = following::follow(&open.peer, &open.talk);
        }
        Ok(open)
    }

    /// Learns the tools.
    async fn learn(&self) -> Result<(), Failure> {
        let learnt = offer::learn(&self.peer, &self.talk, &self.known).await?;
        *self.offer.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(learnt.offer);
        for (tool, reason) in learnt.left_out {
            let words = format!("The tool {tool} was left out: {reason}.");
            self.questions.tell(News::Message(Clean::line("warning"), Clean::line(&words)));
        }
        Ok(())
    }

    /// One round of a call.
    async fn round(
        &self,
        params: CallToolRequestParams,
        handover: Option<&Arc<Handover>>,
    ) -> Result<Value, Failure> {
        let mut request = CallToolRequest::new(params);
        let stops = handover.is_none_or(|handover| handover.stops());
        if let Some(handover) = handover {
            request.extensions.insert(Arc::clone(handover));
        }
        pending::ask(&self.peer, &self.talk, ClientRequest::CallToolRequest(request), stops).await
    }

    /// One round of a call; one of the newest era that lost its answer is asked anew, for that era resumes nothing. Only a
    /// read may be, and once.
    async fn answered(
        &self,
        params: &CallToolRequestParams,
        handover: Option<&Arc<Handover>>,
    ) -> Result<Value, Failure> {
        let answered = self.round(params.clone(), handover).await;
        let lost = matches!(&answered, Err(failure) if failure.what == What::Cut);
        if lost && self.known.modern && handover.is_none() {
            return self.round(params.clone(), None).await;
        }
        answered
    }

    /// Answers what a call needs to know before it can be completed (MCP 2026-07-28: `input_required`).
    async fn answers(&self, result: &Value) -> Result<Option<InputResponses>, Failure> {
        let Some(requests) = result.get("inputRequests").and_then(Value::as_object) else {
            return Ok(None);
        };
        let mut answers = InputResponses::new();
        for (name, request) in requests {
            let method = request.get("method").and_then(Value::as_str).unwrap_or("nothing");
            if method != "elicitation/create" {
                let what = format!(
                    "asks for {} before it answers, which is not offered here",
                    self.talk.place.hide(method)
                );
                return Err(self.talk.place.not_mcp(&what));
            }
            let params = request.get("params").cloned().unwrap_or_default();
            answers.insert(name.clone(), self.questions.ask(&params).await);
        }
        Ok(Some(answers))
    }

    async fn result(
        &self,
        mut params: CallToolRequestParams,
        handover: Option<&Arc<Handover>>,
    ) -> Result<Value, Failure> {
        for _ in 0..MOST_ROUNDS {
            let result = self.answered(&params, handover).await?;
            if result.get("resultType").and_then(Value::as_str) != Some("input_required") {
                return Ok(result);
            }
            if handover.is_some_and(|handover| !handover.turned_away()) {
                return Err(self.talk.place.not_mcp("asks something back instead of carrying out the write"));
            }
            params.input_responses = self.answers(&result).await?;
            params.request_state = result.get("requestState").and_then(Value::as_str).map(str::to_owned);
        }
        Err(self.talk.place.not_mcp("asks again and again instead of answering"))
    }

    /// A call whose headers did not fit the tool any more: the tools are learnt anew, by now where it may be sent again.
    async fn outdated(&self, fault: Fault, handover: Option<&Arc<Handover>>) -> Trouble {
        if !self.known.modern {
            return Trouble::Refused(fault);
        }
        if handover.is_some_and(|handover| !handover.turned_away()) {
            self.talk.changed.notify_one();
            return Trouble::Refused(fault);
        }
        match timeout(self.talk.place.limits.dial, self.learn()).await {
            Ok(Ok(())) => {
                self.questions.tell(News::Tools);
                Trouble::Outdated(fault)
            }
            Ok(Err(_)) | Err(_) => Trouble::Refused(fault),
        }
    }

    /// A broken connection may be one broken stream or the whole server: asking tells them apart.
    async fn trouble(&self, failure: Failure, handover: Option<&Arc<Handover>>) -> Trouble {
        let fault = failure.fault;
        match failure.what {
            What::Refused => Trouble::Refused(fault),
            What::Outdated => self.outdated(fault, handover).await,
            What::Unclear => Trouble::Unclear(fault),
            What::Lost => Trouble::Lost(fault),
            What::SessionDoubted
                if handover.is_some_and(|handover| handover.is_by_hand() && !handover.stops()) =>
            {
                // Words alone do not make sure that it did not act, and what may change something is not sent twice.
                self.talk.suspect.notify_one();
                Trouble::Unclear(fault)
            }
            What::SessionGone | What::SessionDoubted => Trouble::SessionGone(fault),
            What::SignIn => Trouble::SignIn(fault),
            What::Broken | What::Cut => match self.still_there().await {
                Some(News::Lost(_)) => Trouble::Lost(fault),
                Some(News::SessionGone(_)) => {
                    self.talk.suspect.notify_one();
                    Trouble::Unclear(fault)
                }
                Some(News::Tools | News::Question(_) | News::Unasked(_) | News::Message(..)) | None => {
                    Trouble::Unclear(fault)
                }
            },
        }
    }

    /// Asks whether the other side still answers. None: it does.
    async fn still_there(&self) -> Option<News> {
        let request = if self.known.modern {
            ClientRequest::DiscoverRequest(DiscoverRequest::new(DiscoverRequestParams {}))
        } else {
            ClientRequest::PingRequest(PingRequest::default())
        };
        let Ok(answered) = timeout(CHECK, pending::ask(&self.peer, &self.talk, request, true)).await else {
            return Some(News::Lost(self.silent()));
        };
        let failure = answered.err()?;
        match failure.what {
            What::Refused | What::Unclear | What::Outdated => None,
            What::Lost | What::Broken | What::Cut | What::SignIn => Some(News::Lost(failure.fault)),
            What::SessionGone | What::SessionDoubted => Some(News::SessionGone(failure.fault)),
        }
    }

    fn silent(&self) -> Fault {
        self.talk.place.silent(CHECK)
    }
}

impl Line for Open {
    fn offer(&self) -> Arc<Offer> {
        Arc::clone(&self.offer.read().unwrap_or_else(PoisonError::into_inner))
    }

    async fn call(
        &self,
        tool: &str,
        arguments: Map<String, Value>,
        handover: Option<Arc<Handover>>,
    ) -> Result<Reply, Trouble> {
        let params = CallToolRequestParams::new(tool.to_owned()).with_arguments(arguments);
        let whole = handover.as_ref().is_some_and(|handover| handover.is_by_hand());
        match self.result(params, handover.as_ref()).await {
            Ok(result) => Ok(answer::reply(result, whole)),
            Err(failure) => Err(self.trouble(failure, handover.as_ref()).await),
        }
    }

    async fn news(&self) -> News {
        loop {
            tokio::select! {
                () = self.talk.suspect.notified() => {
                    if let Some(news) = self.still_there().await {
                        return news;
                    }
                }
                () = self.talk.changed.notified() => {
                    let limit = self.talk.place.limits.dial;
                    if let Ok(Ok(())) = timeout(limit, self.learn()).await {
                        return News::Tools;
                    }
                }
                news = self.questions.news() => return news,
            }
        }
    }

    async fn check(&self) -> Option<News> {
        self.still_there().await
    }

    fn answer(&self, question: QuestionId, reply: Answered) {
        self.questions.answer(question, reply);
    }

    async fn close(&self) {
        if let Some(following) = &self.following {
            following.abort();
        }
        if let Some(service) = self.service.lock().await.take() {
            let _ = service.cancel().await;
        }
    }
}
