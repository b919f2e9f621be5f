//! The server's questions while they are open, and all other news of a session. Owns who waits for which answer and for
//! how long; refuses to read forms and to answer by itself.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::form;
use crate::domain::question::{Question, QuestionId, Reply};
use crate::domain::text::Clean;
use crate::session::wire::News;

/// How long a question waits for its answer.
const PATIENCE: Duration = Duration::from_secs(300);
/// Questions that may be open at once.
const MOST_OPEN: usize = 8;
/// News that may wait to be read.
const UNREAD: usize = 64;

/// Questions are counted through all sessions.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// The open questions of one session, and its news.
pub(super) struct Questions {
    open: Mutex<HashMap<QuestionId, oneshot::Sender<Reply>>>,
    news: mpsc::Sender<News>,
    unread: tokio::sync::Mutex<mpsc::Receiver<News>>,
}

/// An open question. Dropped without an answer, it is taken back.
struct Asked<'a> {
    questions: &'a Questions,
    id: QuestionId,
}

impl Drop for Asked<'_> {
    fn drop(&mut self) {
        if self.questions.open().remove(&self.id).is_some() {
            self.questions.tell(News::Unasked(self.id));
        }
    }
}

impl Questions {
    pub(super) fn new() -> Arc<Self> {
        let (news, unread) = mpsc::channel(UNREAD);
        Arc::new(Self { open: Mutex::default(), news, unread: tokio::sync::Mutex::new(unread) })
    }

    fn open(&self) -> MutexGuard<'_, HashMap<QuestionId, oneshot::Sender<Reply>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells something, unless too much of it is unread already.
    pub(super) fn tell(&self, news: News) {
        let _ = self.news.try_send(news);
    }

    /// The next news.
    pub(super) async fn news(&self) -> News {
        match self.unread.lock().await.recv().await {
            Some(news) => news,
            None => std::future::pending().await,
        }
    }

    /// Asks what a server's `elicitation/create` asks, and brings the result for it. What cannot be asked is declined, and
    /// what nobody answers in time is cancelled.
    pub(super) async fn ask(&self, params: &Value) -> Value {
        let Some(wants) = form::wants(params) else {
            return json!({ "action": "decline" });
        };
        let message = params.get("message").and_then(Value::as_str).unwrap_or("");
        let id = QuestionId(NEXT.fetch_add(1, Ordering::Relaxed));
        let (sender, receiver) = oneshot::channel();
        let asked = {
            let mut open = self.open();
            if open.len() >= MOST_OPEN {
                return json!({ "action": "cancel" });
            }
            open.insert(id, sender);
            Asked { questions: self, id }
        };
        let question = Question { id, message: Clean::line(message), wants: wants.clone() };
        if self.news.try_send(News::Question(Box::new(question))).is_err() {
            return json!({ "action": "cancel" });
        }
        let reply = timeout(PATIENCE, receiver).await;
        drop(asked);
        form::answer(&wants, &reply.ok().and_then(Result::ok).unwrap_or(Reply::Cancelled))
    }

    /// An answer from a person; one for a question that is not open any more is ignored.
    pub(super) fn answer(&self, id: QuestionId, reply: Reply) {
        if let Some(sender) = self.open().remove(&id) {
            let _ = sender.send(reply);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question() -> Value {
        json!({"message": "how\u{1b}[2J many?", "requestedSchema": {"properties": {"n": {"type": "integer"}}}})
    }

    #[tokio::test]
    async fn an_answer_finds_its_question() {
        let questions = Questions::new();
        let asking = Arc::clone(&questions);
        let asked = tokio::spawn(async move { asking.ask(&question()).await });
        let News::Question(open) = questions.news().await else { panic!("no question") };
        assert!(!open.message.contains('\u{1b}'));
        questions.answer(QuestionId(u64::MAX), Reply::Declined);
        questions.answer(open.id, Reply::Filled(vec![("n".to_owned(), "3".to_owned())]));
        assert_eq!(asked.await.unwrap(), json!({"action": "accept", "content": {"n": 3}}));
        assert!(questions.open().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn what_nobody_answers_is_cancelled_and_taken_back() {
        let questions = Questions::new();
        assert_eq!(questions.ask(&question()).await, json!({"action": "cancel"}));
        let News::Question(open) = questions.news().await else { panic!("no question") };
        assert_eq!(questions.news().await, News::Unasked(open.id));
        let page = json!({"mode": "url", "url": "https://h.example/", "message": ""});
        let mut asking = Box::pin(questions.ask(&page));
        assert!(timeout(Duration::from_secs(1), &mut asking).await.is_err());
        drop(asking);
        let News::Question(open) = questions.news().await else { panic!("no question") };
        assert_eq!(questions.news().await, News::Unasked(open.id));
    }

    #[tokio::test]
    async fn what_cannot_be_asked_is_declined() {
        assert_eq!(Questions::new().ask(&json!({"message": "?"})).await, json!({"action": "decline"}));
    }
}
