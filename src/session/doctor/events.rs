//! A reply that comes as a stream of events. Owns how it is read: within a size, within a time, and telling a stream that is
//! silent from one that only says it lives.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures::StreamExt as _;
use futures::stream::{BoxStream, unfold};
use serde_json::Value;
use sse_stream::{Sse, SseStream};
use tokio::time::{Instant, timeout_at};

use super::exchange::{Head, Stopped};

/// Bytes of one stream that are read.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// The events of one reply.
pub(super) struct Events {
    stream: BoxStream<'static, Result<Sse, sse_stream::Error>>,
    seen: Arc<AtomicUsize>,
    /// A `message` was read, as opposed to comments and other events.
    pub(super) spoke: bool,
}

#[derive(Debug, thiserror::Error)]
#[error("the stream broke")]
struct Broke;

impl Events {
    pub(super) fn of(head: Head) -> Self {
        let seen = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&seen);
        let bytes = unfold(Some((head, counter)), |reading| async move {
            let (mut head, counter) = reading?;
            let piece = match head.response.chunk().await {
                // A blank line at the end, so that a last event without one still counts.
                Ok(None) => return Some((Ok(Bytes::from_static(b"\n\n")), None)),
                Ok(Some(piece)) => piece,
                Err(_) => return Some((Err(Broke), None)),
            };
            head.overheard.received(&piece);
            let before = counter.fetch_add(piece.len(), Ordering::Relaxed);
            if before.saturating_add(piece.len()) > MOST_BYTES {
                return Some((Err(Broke), None));
            }
            Some((Ok(piece), Some((head, counter))))
        });
        Self { stream: SseStream::from_bytes_stream(bytes.boxed()).boxed(), seen, spoke: false }
    }

    /// The next event.
    pub(super) async fn next(&mut self, until: Instant) -> Result<Sse, Stopped> {
        let before = self.seen.load(Ordering::Relaxed);
        match timeout_at(until, self.stream.next()).await {
            Ok(Some(Ok(event))) => Ok(event),
            Ok(Some(Err(_)) | None) if self.seen.load(Ordering::Relaxed) > MOST_BYTES => {
                Err(Stopped::TooLarge)
            }
            Ok(Some(Err(_)) | None) => Err(Stopped::Cut),
            Err(_) => Err(Stopped::Silent { quiet: self.seen.load(Ordering::Relaxed) == before }),
        }
    }

    /// The reply to a request; whatever else comes is passed over.
    pub(super) async fn reply(&mut self, id: u64, limit: Duration) -> Result<Value, Stopped> {
        let until = Instant::now() + limit;
        loop {
            let event = self.next(until).await?;
            let is_message = event.event.as_deref().is_none_or(|name| name == "message");
            let data = event.data.filter(|data| is_message && !data.is_empty());
            let Some(message) = data.and_then(|data| serde_json::from_str::<Value>(&data).ok()) else {
                continue;
            };
            self.spoke = true;
            if let Some(reply) = pick(message, id) {
                return Ok(reply);
            }
        }
    }
}

/// The reply to `id` in a message, which older servers may send as one of several.
pub(super) fn pick(message: Value, id: u64) -> Option<Value> {
    if let Value::Array(messages) = message {
        return messages.into_iter().find(|message| answers(message, id));
    }
    answers(&message, id).then_some(message)
}

/// Whether a message is the reply: by its id, also as text; an error without an id can only be ours.
fn answers(message: &Value, id: u64) -> bool {
    let is_reply = message.get("result").is_some() || message.get("error").is_some();
    let ours = match message.get("id") {
        None | Some(Value::Null) => message.get("error").is_some(),
        Some(Value::String(text)) => text.parse() == Ok(id),
        Some(other) => other.as_u64() == Some(id),
    };
    is_reply && ours
}
