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
    /// When each was last used, in uses of any session.
    used: HashMap<String, u64>,
    uses: u64,
}

impl Sessions {
    /// Opens a session and gives its id: 64 hexadecimal digits.
    pub(crate) fn open(&self) -> String {
        let id = random_id();
        let mut live = self.lock();
        if live.used.len() >= MOST_SESSIONS {
            let idle = live.used.iter().min_by_key(|(_, used)| **used).map(|(id, _)| id.clone());
            if let Some(idle) = idle {
                live.used.remove(&idle);
            }
        }
        live.uses += 1;
        let uses = live.uses;
        live.used.insert(id.clone(), uses);
        id
    }

    /// Whether the session is live; it counts as used now.
    pub(crate) fn touch(&self, id: &str) -> bool {
        let mut live = self.lock();
        live.uses += 1;
        let uses = live.uses;
        live.used.get_mut(id).map(|used| *used = uses).is_some()
    }

    /// Ends a session; `false` when there is none.
    pub(crate) fn close(&self, id: &str) -> bool {
        self.lock().used.remove(id).is_some()
    }

    fn lock(&self) -> MutexGuard<'_, Live> {
        // A panic elsewhere cannot leave the map half changed.
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// 256 bits out of the standard library's randomly keyed hasher.
fn random_id() -> String {
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
