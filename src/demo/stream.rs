//! Event streams: the replies to one POST, and the streams on which the server speaks of its own accord.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures::stream::{self, Stream, StreamExt as _};
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::fault::Fault;
use super::modern::{self, Subscription};
use super::rpc;
use super::server::Server;

/// How often a comment keeps a quiet stream alive.
const KEEPALIVE: Duration = Duration::from_secs(25);
/// How often a comment says that a tool is still running.
const STILL_RUNNING: Duration = Duration::from_secs(5);
/// How often comments come when a fault asks for many.
const RESTLESS: Duration = Duration::from_millis(100);

/// A comment, which clients must skip.
pub(super) const COMMENT: &[u8] = b": keepalive\n\n";

/// One message as a server-sent event.
pub(super) fn event(message: &Value) -> Bytes {
    // Compact JSON holds no line break, so one data line is enough.
    let message = serde_json::to_string(message).unwrap_or_else(|_| message.to_string());
    Bytes::from(format!("event: message\ndata: {message}\n\n"))
}

/// The answer to one request, after the wait that is switched on.
pub(crate) async fn answer(server: Arc<Server>, request: Value) -> Value {
    let wait = server.faults().find(|fault| if let Fault::Slow(wait) = fault { Some(*wait) } else { None });
    if let Some(wait) = wait {
        tokio::time::sleep(Duration::from_millis(wait)).await;
    }
    let id = request.get("id").cloned().unwrap_or_default();
    let answer = if server.is_modern() { modern::answer } else { rpc::answer };
    let answered = tokio::task::spawn_blocking(move || answer(&server, &request)).await;
    answered.unwrap_or_else(|_| rpc::error(&id, rpc::INTERNAL_ERROR, "Internal error"))
}

/// A body that answers requests in order, with comments while an answer takes long.
pub(crate) fn answers(server: Arc<Server>, requests: Vec<Value>) -> Body {
    let faults = server.faults();
    let calls = requests.iter().any(|request| rpc::request_method(request) == Some("tools/call"));
    if calls && faults.has(&Fault::SilentStream) {
        return silent(server.stopping());
    }
    let cut = faults.find(|fault| if let Fault::CutStreamAfter(bytes) = fault { Some(*bytes) } else { None });
    let restless = faults.has(&Fault::Keepalive);
    let pause = if restless { RESTLESS } else { STILL_RUNNING };
    let waiting = Answering { server, requests: requests.into_iter(), running: None, pause, opens: restless };
    let chunks = stream::unfold(waiting, |mut waiting| async move {
        let chunk = waiting.next().await?;
        Some((chunk, waiting))
    });
    match cut {
        None => Body::from_stream(chunks.map(Ok::<_, Infallible>)),
        Some(bytes) => Body::from_stream(broken(chunks, bytes)),
    }
}

struct Answering {
    server: Arc<Server>,
    requests: std::vec::IntoIter<Value>,
    running: Option<JoinHandle<Value>>,
    pause: Duration,
    /// Whether a comment is still to come first.
    opens: bool,
}

impl Answering {
    async fn next(&mut self) -> Option<Bytes> {
        if std::mem::take(&mut self.opens) {
            return Some(Bytes::from_static(COMMENT));
        }
        if self.running.is_none() {
            let request = self.requests.next()?;
            // On its own, so that a client that leaves does not undo what it asked for.
            self.running = Some(tokio::spawn(answer(Arc::clone(&self.server), request)));
        }
        let outcome = tokio::time::timeout(self.pause, self.running.as_mut()?).await;
        let message = match outcome {
            Err(_) => return Some(Bytes::from_static(COMMENT)),
            Ok(Ok(message)) => message,
            Ok(Err(_)) => rpc::error(&Value::Null, rpc::INTERNAL_ERROR, "Internal error"),
        };
        self.running = None;
        Some(event(&message))
    }
}

/// A stream that breaks after so many bytes: the connection closes without the end of the body.
fn broken(
    chunks: impl Stream<Item = Bytes> + Send + 'static,
    bytes: usize,
) -> impl Stream<Item = io::Result<Bytes>> {
    stream::unfold((Box::pin(chunks), Some(bytes)), |(mut chunks, left)| async move {
        let Some(left) = left else {
            // Lets what was said before reach the client.
            tokio::task::yield_now().await;
            return Some((Err(io::ErrorKind::ConnectionReset.into()), (chunks, Some(0))));
        };
        let mut chunk = chunks.next().await?;
        if chunk.len() <= left {
            let left = left - chunk.len();
            return Some((Ok(chunk), (chunks, Some(left))));
        }
        chunk.truncate(left);
        Some((Ok(chunk), (chunks, None)))
    })
}

/// A body that says nothing at all until the server stops.
fn silent(mut stopping: watch::Receiver<bool>) -> Body {
    Body::from_stream(stream::once(async move {
        drop(stopping.wait_for(|stop| *stop).await);
        Ok::<_, Infallible>(Bytes::new())
    }))
}

/// A body on which the server speaks of its own accord, until it stops: comments, and that the tools have changed.
pub(crate) fn idle(server: &Server) -> Body {
    let pause = if server.faults().has(&Fault::Keepalive) { RESTLESS } else { KEEPALIVE };
    Listening {
        stopping: server.stopping(),
        listed: server.listed(),
        pause,
        begun: false,
        subscription: None,
    }
    .body()
}

/// The body of a `subscriptions/listen`.
pub(crate) fn subscribed(server: &Server, subscription: Subscription) -> Body {
    let pause = if server.faults().has(&Fault::Keepalive) { RESTLESS } else { KEEPALIVE };
    let subscription = Some(subscription);
    Listening { stopping: server.stopping(), listed: server.listed(), pause, begun: false, subscription }
        .body()
}

struct Listening {
    stopping: watch::Receiver<bool>,
    listed: watch::Receiver<u64>,
    pause: Duration,
    begun: bool,
    subscription: Option<Subscription>,
}

impl Listening {
    fn body(self) -> Body {
        Body::from_stream(stream::unfold(Some(self), |listening| async move {
            let mut listening = listening?;
            match listening.next().await {
                Some(chunk) => Some((Ok::<_, Infallible>(chunk), Some(listening))),
                None => Some((Ok(event(&listening.subscription?.ended())), None)),
            }
        }))
    }

    async fn next(&mut self) -> Option<Bytes> {
        if !std::mem::replace(&mut self.begun, true) {
            // Something goes out at once, so that the client sees the stream is open.
            let comment = Bytes::from_static(COMMENT);
            return Some(self.subscription.as_ref().map_or(comment, |asked| event(&asked.acknowledged())));
        }
        let hears = self.subscription.as_ref().is_none_or(Subscription::wants_tools);
        let changed = tokio::select! {
            biased;
            // A stop, or a vanished sender, ends the stream.
            _ = self.stopping.wait_for(|stop| *stop) => return None,
            Ok(()) = self.listed.changed(), if hears => true,
            () = tokio::time::sleep(self.pause) => false,
        };
        Some(if changed { event(&self.tools_changed()) } else { Bytes::from_static(COMMENT) })
    }

    fn tools_changed(&self) -> Value {
        let plain = || json!({"jsonrpc": "2.0", "method": "notifications/tools/list_changed"});
        self.subscription.as_ref().map_or_else(plain, Subscription::tools_changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listening(stopping: watch::Receiver<bool>, listed: watch::Receiver<u64>) -> Listening {
        Listening { stopping, listed, pause: KEEPALIVE, begun: false, subscription: None }
    }

    #[tokio::test(start_paused = true)]
    async fn an_idle_stream_comments_every_25_seconds_until_the_stop() {
        let (stop, stopping) = watch::channel(false);
        let mut body = listening(stopping, watch::channel(0).1).body().into_data_stream();
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
        let mut body = listening(stopping, watch::channel(0).1).body().into_data_stream();
        assert!(body.next().await.is_some());
        drop(stop);
        assert!(body.next().await.is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn comments_fill_the_wait_for_a_slow_answer() {
        let server = Server::unserved_with(vec![Fault::Slow(350), Fault::Keepalive]);
        let ping = json!({"jsonrpc": "2.0", "id": 4, "method": "ping"});
        let mut body = answers(server, vec![ping]).into_data_stream();
        let began = tokio::time::Instant::now();
        for passed in [0, 100, 200, 300] {
            assert_eq!(body.next().await.unwrap().unwrap(), COMMENT);
            assert_eq!(began.elapsed().as_millis() / 100 * 100, passed);
        }
        assert!(body.next().await.unwrap().unwrap().starts_with(b"event: message"));
        assert!(body.next().await.is_none());
        assert_eq!(began.elapsed().as_millis() / 10 * 10, 350);
    }

    #[tokio::test(start_paused = true)]
    async fn a_stream_breaks_at_its_byte_and_not_before() {
        for (limit, whole) in [(0, ""), (3, "abc"), (5, "abcde"), (4, "abcd")] {
            let chunks = stream::iter(["abc", "def"].map(|text| Bytes::from_static(text.as_bytes())));
            let mut body = Box::pin(broken(chunks, limit));
            let mut heard = String::new();
            let error = loop {
                match body.next().await.unwrap() {
                    Ok(chunk) => heard.push_str(std::str::from_utf8(&chunk).unwrap()),
                    Err(error) => break error,
                }
            };
            assert_eq!((heard.as_str(), error.kind()), (whole, io::ErrorKind::ConnectionReset));
        }
        let all = broken(stream::iter([Bytes::from_static(b"abc")]), 3).collect::<Vec<_>>().await;
        assert!(matches!(all.as_slice(), [Ok(chunk)] if chunk == "abc"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_changed_list_is_told_at_once() {
        let (_stop, stopping) = watch::channel(false);
        let (changed, listed) = watch::channel(0);
        let mut body = listening(stopping, listed).body().into_data_stream();
        assert_eq!(body.next().await.unwrap().unwrap(), COMMENT);
        changed.send_modify(|times| *times += 1);
        let began = tokio::time::Instant::now();
        let told = body.next().await.unwrap().unwrap();
        assert!(told.starts_with(b"event: message\ndata: {") && began.elapsed().is_zero());
        assert!(std::str::from_utf8(&told).unwrap().contains("notifications/tools/list_changed"));
    }
}
