//! The faults that are on now, and what they have to count.

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use super::fault::{Fault, Scope};

/// The faults that are on.
#[derive(Debug)]
pub(crate) struct Faults {
    on: RwLock<Vec<Fault>>,
    counted: Mutex<Counted>,
}

#[derive(Debug, Default)]
struct Counted {
    /// POSTs since the start, for faults that strike every so often.
    posts: u64,
    /// When the current window of the rate limit began and what passed in it.
    window: Option<(i64, u64)>,
}

/// What a POST meets before it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strike {
    /// Nothing.
    Passes,
    /// A server error.
    ServerError,
    /// Too many requests.
    RateLimited {
        /// How many may pass in a window.
        limit: u64,
        /// Seconds until the next window, at least 1.
        wait: i64,
    },
}

impl Faults {
    /// These faults are on; of two that exclude each other the later one.
    pub(crate) fn new(given: Vec<Fault>) -> Self {
        let faults = Self { on: RwLock::default(), counted: Mutex::default() };
        for fault in given {
            faults.switch(fault, true);
        }
        faults
    }

    /// Switches a fault on or off.
    pub(crate) fn switch(&self, fault: Fault, on: bool) {
        let mut faults = self.on.write().unwrap_or_else(PoisonError::into_inner);
        faults.retain(|other| !other.is_replaced_by(&fault));
        if on {
            faults.push(fault);
        }
    }

    /// Whether exactly this fault is on.
    pub(crate) fn has(&self, fault: &Fault) -> bool {
        self.find(|other| (other == fault).then_some(())).is_some()
    }

    /// Whether the sign-in lacks a scope.
    pub(crate) fn forbids(&self, scope: Scope) -> bool {
        self.has(&Fault::Forbids(scope))
    }

    /// The first thing found in a fault that is on.
    pub(crate) fn find<T>(&self, wanted: impl FnMut(&Fault) -> Option<T>) -> Option<T> {
        self.on.read().unwrap_or_else(PoisonError::into_inner).iter().find_map(wanted)
    }

    /// What a POST that arrives at `now` (Unix seconds) meets; it is counted.
    pub(crate) fn strike(&self, now: i64) -> Strike {
        let every =
            self.find(|fault| if let Fault::ServerErrorEvery(every) = fault { Some(*every) } else { None });
        let limit = self.find(|fault| {
            if let Fault::RateLimit { calls, seconds } = fault { Some((*calls, *seconds)) } else { None }
        });
        let mut counted = self.counted();
        counted.posts += 1;
        if let Some((calls, seconds)) = limit
            && let Some(wait) = counted.limited(now, calls, i64::from(seconds))
        {
            return Strike::RateLimited { limit: calls, wait };
        }
        let struck = every.is_some_and(|every| counted.posts.is_multiple_of(every));
        drop(counted);
        if struck || self.spend_once() { Strike::ServerError } else { Strike::Passes }
    }

    /// Whether the one-time server error was due; it is not any more.
    fn spend_once(&self) -> bool {
        if !self.has(&Fault::ServerErrorOnce) {
            return false;
        }
        let mut faults = self.on.write().unwrap_or_else(PoisonError::into_inner);
        let before = faults.len();
        faults.retain(|fault| *fault != Fault::ServerErrorOnce);
        faults.len() < before
    }

    fn counted(&self) -> MutexGuard<'_, Counted> {
        // Plain numbers: nothing can be left half changed.
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counted {
    /// Seconds to wait when the window is full; otherwise the call is counted in it.
    fn limited(&mut self, now: i64, calls: u64, seconds: i64) -> Option<i64> {
        let (began, passed) = self.window.filter(|(began, _)| now < began + seconds).unwrap_or((now, 0));
        if passed >= calls {
            self.window = Some((began, passed));
            return Some((began + seconds - now).max(1));
        }
        self.window = Some((began, passed + 1));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_begins_with_its_first_call() {
        let faults = Faults::new(vec![Fault::RateLimit { calls: 2, seconds: 10 }]);
        assert_eq!(faults.strike(100), Strike::Passes);
        assert_eq!(faults.strike(107), Strike::Passes);
        assert_eq!(faults.strike(107), Strike::RateLimited { limit: 2, wait: 3 });
        assert_eq!(faults.strike(109), Strike::RateLimited { limit: 2, wait: 1 });
        assert_eq!(faults.strike(110), Strike::Passes);
    }

    #[test]
    fn errors_come_every_so_often_or_once() {
        let faults = Faults::new(vec![Fault::ServerErrorEvery(3)]);
        let met: Vec<bool> = (0..6).map(|_| faults.strike(0) == Strike::ServerError).collect();
        assert_eq!(met, [false, false, true, false, false, true]);
        faults.switch(Fault::ServerErrorEvery(1), false);
        assert_eq!(faults.strike(0), Strike::Passes);
        faults.switch(Fault::ServerErrorOnce, true);
        assert_eq!((faults.strike(0), faults.strike(0)), (Strike::ServerError, Strike::Passes));
    }

    #[test]
    fn the_later_of_two_counts_and_scopes_add_up() {
        let faults = Faults::new(vec![
            Fault::Tools(6),
            Fault::Tools(13),
            Fault::Forbids(Scope::Articles),
            Fault::Forbids(Scope::Notes),
        ]);
        assert!(faults.has(&Fault::Tools(13)) && !faults.has(&Fault::Tools(6)));
        assert!(faults.forbids(Scope::Articles) && faults.forbids(Scope::Notes));
        assert!(!faults.forbids(Scope::People));
        faults.switch(Fault::Forbids(Scope::Notes), false);
        assert!(faults.forbids(Scope::Articles) && !faults.forbids(Scope::Notes));
    }
}
