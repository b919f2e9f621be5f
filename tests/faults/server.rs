//! The misbehaving server: raw TCP, so that every byte and every ending is the play's own. Owns what was seen; refuses to
//! judge it.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::future::BoxFuture;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::authority::Authority;
use super::request::{self, Seen};
use super::visit::Visit;

/// What a play does with one request.
pub(crate) type Acted<'a> = BoxFuture<'a, io::Result<()>>;
/// Deals with every request of a row. An error drops the connection.
pub(crate) type Play = Arc<dyn for<'a> Fn(&'a mut Visit) -> Acted<'a> + Send + Sync>;

/// A play from a closure.
pub(crate) fn play(act: impl for<'a> Fn(&'a mut Visit) -> Acted<'a> + Send + Sync + 'static) -> Play {
    Arc::new(act)
}

/// A play whose fault happens to the first request for the row's tool.
pub(crate) fn once(act: impl for<'a> Fn(&'a mut Visit) -> Acted<'a> + Send + Sync + 'static) -> Play {
    play(move |v| if v.first() { act(v) } else { Box::pin(v.usual()) })
}

/// A play whose fault happens to every request for the row's tool.
pub(crate) fn always(act: impl for<'a> Fn(&'a mut Visit) -> Acted<'a> + Send + Sync + 'static) -> Play {
    play(move |v| if v.hit() { act(v) } else { Box::pin(v.usual()) })
}

/// A play whose fault happens to every request of a JSON-RPC method.
pub(crate) fn on(
    method: &'static str,
    act: impl for<'a> Fn(&'a mut Visit) -> Acted<'a> + Send + Sync + 'static,
) -> Play {
    play(move |v| if v.rpc(method) { act(v) } else { Box::pin(v.usual()) })
}

/// What one server has seen and remembers.
pub(crate) struct World {
    pub(crate) port: u16,
    /// The port of another origin, which only records.
    pub(crate) other: u16,
    /// The tool that the row's faults happen to.
    pub(crate) target: &'static str,
    pub(crate) play: Play,
    pub(crate) sessions: AtomicUsize,
    /// Connections that the client ended while the play held them.
    pub(crate) left: AtomicUsize,
    pub(crate) authority: Mutex<Authority>,
    seen: Mutex<Vec<Seen>>,
    changed: Notify,
}

impl World {
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn count(&self, is: impl Fn(&Seen) -> bool) -> usize {
        self.seen.lock().unwrap().iter().filter(|seen| is(seen)).count()
    }

    pub(crate) fn tell(&self) {
        self.changed.notify_waiters();
    }

    /// Waits until something is so, at most for `limit`; whether it became so.
    pub(crate) async fn until(&self, limit: Duration, is: impl Fn(&Self) -> bool) -> bool {
        let wait = async {
            loop {
                let changed = self.changed.notified();
                if is(self) {
                    return;
                }
                changed.await;
            }
        };
        tokio::time::timeout(limit, wait).await.is_ok()
    }

    fn note(&self, mut seen: Seen) -> Seen {
        let mut all = self.seen.lock().unwrap();
        if seen.tool == self.target {
            seen.turn = all.iter().filter(|before| before.turn > 0).count() + 1;
        }
        all.push(seen.clone());
        drop(all);
        self.tell();
        seen
    }
}

/// A server at two origins: its own, and one that nobody should come to.
pub(crate) struct Server {
    pub(crate) world: Arc<World>,
    tasks: Vec<JoinHandle<()>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Server {
    pub(crate) async fn start(target: &'static str, play: Play) -> Self {
        let here = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let there = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let world = Arc::new(World {
            port: here.local_addr().unwrap().port(),
            other: there.local_addr().unwrap().port(),
            target,
            play,
            sessions: AtomicUsize::new(0),
            left: AtomicUsize::new(0),
            authority: Mutex::default(),
            seen: Mutex::default(),
            changed: Notify::new(),
        });
        let tasks = [(here, false), (there, true)]
            .map(|(listener, elsewhere)| tokio::spawn(listen(listener, Arc::clone(&world), elsewhere)));
        Self { world, tasks: tasks.into() }
    }

    pub(crate) fn address(&self) -> url::Url {
        format!("http://127.0.0.1:{}/mcp", self.world.port).parse().unwrap()
    }
}

/// Takes connections; they end with the listener.
async fn listen(listener: TcpListener, world: Arc<World>, elsewhere: bool) {
    let mut connections = tokio::task::JoinSet::new();
    while let Ok((socket, _)) = listener.accept().await {
        socket.set_nodelay(true).unwrap();
        connections.spawn(connection(socket, Arc::clone(&world), elsewhere));
    }
}

async fn connection(mut socket: TcpStream, world: Arc<World>, elsewhere: bool) {
    let mut read = Vec::new();
    while let Some(mut seen) = request::read(&mut socket, &mut read).await {
        seen.elsewhere = elsewhere;
        let seen = world.note(seen);
        let play = Arc::clone(&world.play);
        let mut visit = Visit::new(seen, Arc::clone(&world), socket);
        if play(&mut visit).await.is_err() || !visit.stays {
            return;
        }
        socket = visit.socket;
    }
}

impl World {
    /// The name of the next session.
    pub(crate) fn next_session(&self) -> String {
        format!("session-{}", self.sessions.fetch_add(1, Ordering::SeqCst) + 1)
    }
}
