//! The sessions of the demo server: opaque ids, a bounded number of them.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Beyond this many the one idle longest is dropped.
const MOST_SESSIONS: usize = 1_000;

/// Live sessions.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    live: Mutex<Live>,
}

#[derive(Debug, Default)]
struct Live {
    known: HashMap<String, Use>,
    uses: u64,
}

#[derive(Debug, Default)]
struct Use {
    /// When it was last used, in uses of any session.
    last: u64,
    /// How many requests it has answered.
    requests: u64,
}

impl Sessions {
    /// Opens a session and gives its id: 64 hexadecimal digits.
    pub(crate) fn open(&self) -> String {
        let id = random_id();
        let mut live = self.lock();
        if live.known.len() >= MOST_SESSIONS {
            let idle = live.known.iter().min_by_key(|(_, used)| used.last).map(|(id, _)| id.clone());
            if let Some(idle) = idle {
                live.known.remove(&idle);
            }
        }
        live.uses += 1;
        let last = live.uses;
        live.known.insert(id.clone(), Use { last, requests: 0 });
        id
    }

    /// Whether the session is live; it counts as used now.
    pub(crate) fn touch(&self, id: &str) -> bool {
        let mut live = self.lock();
        live.uses += 1;
        let uses = live.uses;
        live.known.get_mut(id).map(|used| used.last = uses).is_some()
    }

    /// Counts a request of a session; `false`, and the session is gone, when it had `most` of them already.
    pub(crate) fn spend(&self, id: &str, most: u64) -> bool {
        let mut live = self.lock();
        let Some(used) = live.known.get_mut(id) else { return false };
        used.requests += 1;
        let within = used.requests <= most;
        if !within {
            live.known.remove(id);
        }
        within
    }

    /// Ends all sessions.
    pub(crate) fn clear(&self) {
        self.lock().known.clear();
    }

    /// Ends a session; `false` when there is none.
    pub(crate) fn close(&self, id: &str) -> bool {
        self.lock().known.remove(id).is_some()
    }

    fn lock(&self) -> MutexGuard<'_, Live> {
        // A panic elsewhere cannot leave the map half changed.
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// 256 bits out of the standard library's randomly keyed hasher.
pub(crate) fn random_id() -> String {
    let mut id = String::with_capacity(64);
    for word in 0..4_u64 {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_u64(word);
        // Writing into a String cannot fail.
        let _ = write!(id, "{:016x}", hasher.finish());
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_when_it_is_spent() {
        let sessions = Sessions::default();
        let id = sessions.open();
        assert!(sessions.spend(&id, 2) && sessions.spend(&id, 2) && sessions.touch(&id));
        assert!(!sessions.spend(&id, 2) && !sessions.touch(&id));
    }

    #[test]
    fn the_longest_idle_session_goes_first() {
        let sessions = Sessions::default();
        let first = sessions.open();
        let second = sessions.open();
        assert_eq!(first.len(), 64);
        assert!(first.chars().all(|c| c.is_ascii_hexdigit()));
        for _ in 2..MOST_SESSIONS {
            sessions.open();
        }
        assert!(sessions.touch(&first));
        sessions.open();
        assert!(sessions.touch(&first), "it was used a moment ago");
        assert!(!sessions.touch(&second));
        assert!(sessions.close(&first));
        assert!(!sessions.close(&first));
    }
}
