//! Event streams: the replies to one POST, and the idle stream of a GET.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures::stream;
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::rpc;
use super::server::Server;

/// How often a comment keeps a quiet stream alive.
const KEEPALIVE: Duration = Duration::from_secs(25);
/// How often a comment says that a tool is still running.
const STILL_RUNNING: Duration = Duration::from_secs(5);

const COMMENT: &[u8] = b": keepalive\n\n";

/// One message as a server-sent event.
fn event(message: &Value) -> Bytes {
    // Compact JSON holds no line break, so one data line is enough.
    let message = serde_json::to_string(message).unwrap_or_else(|_| message.to_string());
    Bytes::from(format!("event: message\ndata: {message}\n\n"))
}

/// A body that answers requests in order, with comments while an answer takes long.
pub(crate) fn answers(server: Arc<Server>, requests: Vec<Value>) -> Body {
    let waiting = Answering { server, requests: requests.into_iter(), running: None };
    Body::from_stream(stream::unfold(waiting, |mut waiting| async move {
        let chunk = waiting.next().await?;
        Some((Ok::<_, Infallible>(chunk), waiting))
    }))
}

struct Answering {
    server: Arc<Server>,
    requests: std::vec::IntoIter<Value>,
    running: Option<(Value, JoinHandle<Value>)>,
}

impl Answering {
    async fn next(&mut self) -> Option<Bytes> {
        if self.running.is_none() {
            let request = self.requests.next()?;
            let id = request.get("id").cloned().unwrap_or_default();
            let server = Arc::clone(&self.server);
            self.running = Some((id, tokio::task::spawn_blocking(move || rpc::answer(&server, &request))));
        }
        let (id, task) = self.running.as_mut()?;
        let outcome = tokio::time::timeout(STILL_RUNNING, task).await;
        let message = match outcome {
            Err(_) => return Some(Bytes::from_static(COMMENT)),
            Ok(Ok(message)) => message,
            Ok(Err(_)) => rpc::error(id, -32_603, "Internal error"),
        };
        self.running = None;
        Some(event(&message))
    }
}

/// A body that says nothing but comments, until the server stops.
pub(crate) fn idle(stopping: watch::Receiver<bool>) -> Body {
    // The first comment goes out at once, so that the client sees the stream is open.
    Body::from_stream(stream::unfold((stopping, Duration::ZERO), |(mut stopping, pause)| async move {
        // A stop, or a vanished sender, ends the stream; until then the pause runs out.
        let stopped = tokio::time::timeout(pause, stopping.wait_for(|stop| *stop)).await.is_ok();
        (!stopped).then(|| (Ok::<_, Infallible>(Bytes::from_static(COMMENT)), (stopping, KEEPALIVE)))
    }))
}

#[cfg(test)]
mod tests {
    use futures::StreamExt as _;
    use serde_json::json;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_idle_stream_comments_every_25_seconds_until_the_stop() {
        let (stop, stopping) = watch::channel(false);
        let mut body = idle(stopping).into_data_stream();
        let began = tokio::time::Instant::now();
        for passed in [0, 25, 50] {
            assert_eq!(body.next().await.unwrap().unwrap(), COMMENT);
            assert_eq!(began.elapsed().as_secs(), passed);
        }
        stop.send_replace(true);
        assert!(body.next().await.is_none());
        assert_eq!(began.elapsed().as_secs(), 50, "it did not wait for the next comment");
    }

    #[tokio::test(start_paused = true)]
    async fn a_long_running_tool_is_kept_alive_by_comments() {
        let server = Server::unserved();
        let holder = Arc::clone(&server);
        let (holds, held) = std::sync::mpsc::sync_channel(1);
        let (release, released) = std::sync::mpsc::sync_channel::<()>(1);
        let holding = std::thread::spawn(move || {
            holder.with_workspace(|_| {
                holds.send(()).unwrap();
                released.recv().unwrap();
            })
        });
        held.recv().unwrap();
        let call =
            json!({"jsonrpc": "2.0", "id": 4, "method": "tools/call", "params": {"name": "list_articles"}});
        let mut body = answers(server, vec![call]).into_data_stream();
        for _ in 0..2 {
            let (chunk, ()) = tokio::join!(body.next(), tokio::time::advance(STILL_RUNNING * 2));
            assert_eq!(chunk.unwrap().unwrap(), COMMENT);
        }
        release.send(()).unwrap();
        holding.join().unwrap().unwrap();
        let chunk = body.next().await.unwrap().unwrap();
        assert!(
            chunk.starts_with(b"event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":4,\"result\""),
            "{chunk:?}"
        );
        assert!(body.next().await.is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn a_vanished_server_ends_idle_streams() {
        let (stop, stopping) = watch::channel(false);
        let mut body = idle(stopping).into_data_stream();
        assert!(body.next().await.is_some());
        drop(stop);
        assert!(body.next().await.is_none());
    }
}
