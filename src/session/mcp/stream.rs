//! Replies that come as a stream of events: the size of one event and the silence between two pieces are limited, an
//! error without an id gets the id of its request, and the way a stream ends is recorded.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::StreamExt as _;
use futures::stream::{BoxStream, unfold};
use rmcp::model::RequestId;
use serde_json::Value;
use sse_stream::{Error as SseError, Sse, SseStream};
use tokio::time::{Instant, timeout};

use super::failure::{Failure, What};
use super::http::Http;

/// Events longer than this are taken to be results and not looked into for a missing id.
const ERROR_AT_MOST: usize = 64 * 1024;

/// What a stream belongs to.
pub(super) enum Of {
    /// The answer to one request.
    Request(RequestId),
    /// What the server says by itself, or a resumed answer; open since then.
    Common(Instant),
}

struct Reading {
    response: Option<reqwest::Response>,
    /// Bytes since the last event was complete.
    pending: usize,
    http: Http,
    of: Arc<Of>,
}

/// The events of a reply.
pub(super) fn events(
    response: reqwest::Response,
    http: Http,
    of: Of,
) -> BoxStream<'static, Result<Sse, SseError>> {
    let of = Arc::new(of);
    let reading = Reading { response: Some(response), pending: 0, http, of: Arc::clone(&of) };
    let bytes = unfold(reading, |mut reading| async move {
        let piece = reading.piece().await?;
        Some((piece, reading))
    });
    SseStream::from_bytes_stream(bytes.boxed())
        .map(move |event| event.map(|event| repaired(event, &of)))
        .boxed()
}

impl Reading {
    /// The next piece; none at the end. A stream that ends is closed with a blank line, so that a last event without
    /// one still counts.
    async fn piece(&mut self) -> Option<Result<Bytes, Failure>> {
        let response = self.response.as_mut()?;
        let idle = self.http.endpoint.limits.idle_body;
        let read = match *self.of {
            Of::Request(_) => timeout(idle, response.chunk()).await,
            Of::Common(_) => Ok(response.chunk().await),
        };
        let failure = match read {
            Ok(Ok(Some(bytes))) => {
                self.pending = pending(self.pending, &bytes);
                if self.pending <= self.http.endpoint.limits.max_body {
                    return Some(Ok(bytes));
                }
                Some(self.http.endpoint.too_large())
            }
            Ok(Ok(None)) => None,
            Ok(Err(_)) => Some(self.http.endpoint.cut()),
            Err(_) => Some(self.silent(idle)),
        };
        self.response = None;
        self.ended(failure.as_ref());
        Some(failure.map_or_else(|| Ok(Bytes::from_static(b"\n\n")), Err))
    }

    fn silent(&self, idle: Duration) -> Failure {
        Failure { what: What::Unclear, fault: self.http.endpoint.silent(idle) }
    }

    fn ended(&self, failure: Option<&Failure>) {
        match &*self.of {
            Of::Request(id) => {
                let failure = failure.cloned();
                let failure = failure.unwrap_or_else(|| self.http.endpoint.cut());
                self.http.record(id.clone(), failure);
            }
            Of::Common(since) => self.http.stream_ended(*since),
        }
    }
}

/// Bytes after the last blank line.
fn pending(before: usize, bytes: &[u8]) -> usize {
    let blank = |pair: &[u8]| matches!(pair, b"\n\n" | b"\r\r") || pair == b"\n\r";
    match bytes.windows(2).rposition(blank) {
        Some(at) => bytes.len() - at - 2,
        None => before.saturating_add(bytes.len()),
    }
}

fn repaired(mut event: Sse, of: &Of) -> Sse {
    let Of::Request(id) = of else {
        return event;
    };
    if let Some(data) = event.data.as_deref().filter(|data| data.len() <= ERROR_AT_MOST)
        && data.contains("\"error\"")
        && let Some(better) = with_id(data.as_bytes(), id)
    {
        event.data = Some(better.to_string());
    }
    event
}

/// The error message with the request's id and a whole code put in; none when there was nothing to put right.
pub(super) fn with_id(message: &[u8], id: &RequestId) -> Option<Value> {
    let mut message: Value = serde_json::from_slice(message).ok()?;
    let fields = message.as_object_mut()?;
    let error = fields.get_mut("error")?.as_object_mut()?;
    let odd_code = !error.get("code").is_some_and(Value::is_i64);
    if odd_code {
        error.insert("code".to_owned(), Value::from(-32603));
    }
    if !error.get("message").is_some_and(Value::is_string) {
        error.insert("message".to_owned(), Value::from("no reason given"));
    }
    let nameless = fields.get("id").is_none_or(Value::is_null);
    if nameless {
        fields.insert("id".to_owned(), serde_json::to_value(id).ok()?);
        fields.insert("jsonrpc".to_owned(), Value::from("2.0"));
    }
    (nameless || odd_code).then_some(message)
}
