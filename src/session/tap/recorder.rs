//! Writes a recording beside the session: a thread of its own, so that a slow disk or a pipe that nobody reads holds nothing
//! up. What does not find room in the queue is left out and counted, and the recording says so.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::domain::traffic::{Body, Exchange};

/// Exchanges that may wait to be written; each holds at most two bodies as they are kept.
const WAITING: usize = 256;
/// Room beside them for those who wait for the end.
const ENDS: usize = 16;
/// How long the end of the process waits for what is not written yet.
const FINISHING: Duration = Duration::from_secs(1);

enum Order {
    Line(Box<Exchange>),
    /// Say when everything before this is written.
    Tell(SyncSender<()>),
}

#[derive(Default)]
struct Counts {
    waiting: AtomicUsize,
    left_out: AtomicU64,
}

/// A recording that is being written. Dropping it finishes it.
pub(super) struct Recorder {
    orders: SyncSender<Order>,
    counts: Arc<Counts>,
}

impl Recorder {
    pub(super) fn start(record: Box<dyn Write + Send>) -> Self {
        let (orders, taken) = sync_channel(WAITING + ENDS);
        let counts = Arc::<Counts>::default();
        let its = Arc::clone(&counts);
        // Without a thread there is no recording, and every line of it counts as left out.
        let _ = std::thread::Builder::new().name("recording".to_owned()).spawn(move || {
            write_all(record, &taken, &its);
        });
        Self { orders, counts }
    }

    /// Has an exchange written, when there is room.
    pub(super) fn write(&self, exchange: Exchange) {
        let full = self.counts.waiting.fetch_add(1, Ordering::AcqRel) >= WAITING;
        if full || self.orders.try_send(Order::Line(Box::new(exchange))).is_err() {
            self.counts.waiting.fetch_sub(1, Ordering::AcqRel);
            self.counts.left_out.fetch_add(1, Ordering::AcqRel);
        }
    }

    /// Exchanges that found no room.
    pub(super) fn left_out(&self) -> u64 {
        self.counts.left_out.load(Ordering::Acquire)
    }

    /// Waits until everything is written, within bounds. False when it is not.
    pub(super) fn finish(&self) -> bool {
        let (tell, told) = sync_channel(1);
        self.orders.try_send(Order::Tell(tell)).is_ok() && told.recv_timeout(FINISHING).is_ok()
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.finish();
    }
}

/// A full disk must not stop the session: what cannot be written is missing, and that is all.
fn write_all(mut record: Box<dyn Write + Send>, orders: &Receiver<Order>, counts: &Counts) {
    let mut told = 0;
    while let Ok(order) = orders.recv() {
        let left_out = counts.left_out.load(Ordering::Acquire);
        if left_out > told {
            let _ = writeln!(record, "{}", json!({ "left_out": left_out - told }));
            told = left_out;
        }
        match order {
            Order::Line(exchange) => {
                let _ = writeln!(record, "{}", line(&exchange)).and_then(|()| record.flush());
                counts.waiting.fetch_sub(1, Ordering::AcqRel);
            }
            Order::Tell(told) => {
                let _ = record.flush();
                let _ = told.send(());
            }
        }
    }
}

/// One line of a recording.
fn line(exchange: &Exchange) -> Value {
    let body = |body: &Body| json!({ "bytes": body.size, "text": body.text });
    json!({
        "number": exchange.number,
        "at": exchange.at.0,
        "channel": format!("{:?}", exchange.channel),
        "method": exchange.method.as_str(),
        "tool": exchange.tool.as_str(),
        "status": exchange.status,
        "milliseconds": u32::try_from(exchange.tenths).map_or(f64::MAX, f64::from) / 10.0,
        "sent": body(&exchange.sent),
        "received": body(&exchange.received),
        "trouble": exchange.trouble.as_str(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::domain::traffic::Channel;
    use crate::session::secrets::Secrets;
    use crate::session::tap::Tap;

    /// A pipe whose reader takes nothing until it is told to.
    struct Stuck {
        go: Receiver<()>,
        written: Arc<Mutex<Vec<u8>>>,
        goes: bool,
    }

    impl Write for Stuck {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            if !self.goes {
                let _ = self.go.recv();
                self.goes = true;
            }
            self.written.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_nobody_reads_holds_nothing_up_and_is_counted() {
        let (tell, go) = sync_channel(1);
        let written = Arc::<Mutex<Vec<u8>>>::default();
        let stuck = Stuck { go, written: Arc::clone(&written), goes: false };
        let tap = Tap::new(Secrets::default(), None, Some(Box::new(stuck)));
        for _ in 0..WAITING + 10 {
            drop(tap.begin(Channel::Post, "ping", "", b"{}"));
        }
        assert_eq!(tap.unrecorded(), 10);
        tell.send(()).unwrap();
        assert!(tap.finish());
        drop(tap.begin(Channel::Post, "last", "", b"{}"));
        drop(tap);
        let text = String::from_utf8(written.lock().unwrap().clone()).unwrap();
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), WAITING + 2, "all that had room, the last one, and what is missing");
        assert_eq!(lines.iter().filter(|line| line["left_out"] == 10).count(), 1);
        assert_eq!(lines.last().unwrap()["method"], "last");
    }
}
