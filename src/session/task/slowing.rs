//! What a server's "slow down" (429) and "not now" (503 with a time) do: no tool call leaves before the time it named, a
//! read that was put off is tried once more, a write never. Owns how long is waited; refuses to guess at limits that the
//! server did not name.

use std::time::Duration;

use tokio::time::Instant;

use super::{Flight, State, Task, Waiting, ending};
use crate::domain::call::{CallId, End, FaultKind, Report};
use crate::session::wire::Wire;

/// The pause when the server named none.
const UNSAID: u64 = 5;
/// The longest pause after which a read is tried again by itself, in seconds.
const PATIENCE: u64 = 30;
/// The longest pause that is believed, in seconds.
const LONGEST: u64 = 3_600;

/// What a call has used of its second chances.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chances {
    /// It was turned away unread, by a server that had forgotten the session or changed its tools; it is not repeated a
    /// second time for that.
    pub(super) repeated: bool,
    /// It was put off once, and must be done by then.
    pub(super) due: Option<Instant>,
}

impl Chances {
    /// How long a read that leaves now may take.
    pub(super) fn limit(self, now: Instant, whole: Duration) -> Duration {
        self.due.map_or(whole, |due| due.saturating_duration_since(now).min(whole))
    }
}

impl<W: Wire> Task<W> {
    /// Whether calls are held back now.
    pub(super) fn is_held(&mut self) -> bool {
        self.tell_pause();
        self.held.is_some()
    }

    /// A call ended by itself. The server's wish to be asked more slowly is kept; a read that was put off by it may
    /// wait for its second try.
    pub(super) fn ended(&mut self, id: CallId, flight: Flight, end: End) {
        let Some(pause) = pause_of(&end) else {
            self.end(id, end);
            return;
        };
        let until = Instant::now() + Duration::from_secs(pause.min(LONGEST));
        self.held = self.held.max(Some(until));
        self.tell_pause();
        let due = flight.since + self.limits.read_call;
        let worth = pause <= PATIENCE && flight.chances.due.is_none() && self.held < Some(due);
        match flight.kind.read_again().filter(|_| worth && self.takes_calls()) {
            Some(job) => {
                let chances = Chances { due: Some(due), ..flight.chances };
                self.queue.push_front(Waiting { id, job, chances });
            }
            None => self.end(id, end),
        }
        self.dismiss();
    }

    /// Reports a pause when one begins or grows, and its end. Nothing else changes anything for who counts down.
    pub(super) fn tell_pause(&mut self) {
        let now = Instant::now();
        self.held = self.held.filter(|until| *until > now);
        let told = std::mem::replace(&mut self.told_held, self.held);
        let left = self.held.map(|until| until - now);
        let seconds = left.map(|left| u64::try_from(left.as_millis().div_ceil(1_000)).unwrap_or(LONGEST));
        if told != self.held {
            self.outbox.push_back(Report::Pause(seconds));
        }
    }

    /// When a pause that was told is over.
    pub(super) fn pause_ends(&self) -> Option<Instant> {
        self.told_held
    }

    fn takes_calls(&self) -> bool {
        matches!(self.state, State::Up { .. } | State::Dialling { .. })
    }

    /// Ends those whose wait would be longer than their own time limit: better told now than in an hour.
    pub(super) fn dismiss(&mut self) {
        let now = Instant::now();
        let Some(until) = self.held.filter(|until| *until > now) else {
            return;
        };
        let whole = self.limits.read_call;
        let stay = |waiting: &Waiting| until <= now + waiting.chances.limit(now, whole);
        let (stay, leave) = std::mem::take(&mut self.queue).into_iter().partition(stay);
        self.queue = stay;
        for waiting in leave {
            self.end(waiting.id, End::NotSent(ending::slowed(until - now)));
        }
    }
}

/// Seconds of pause that an end asks for. A failure that names no time asks for none.
fn pause_of(end: &End) -> Option<u64> {
    let (End::Refused(fault) | End::NotSent(fault) | End::Unknown(fault)) = end else {
        return None;
    };
    match fault.wait {
        None if fault.kind == FaultKind::RateLimited => Some(UNSAID),
        wait => wait.filter(|_| matches!(fault.kind, FaultKind::RateLimited | FaultKind::Server)),
    }
}
