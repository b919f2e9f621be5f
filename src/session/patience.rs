//! Time limits that do not run out while a person is at work: signing in, or answering the server's question. Owns since
//! when somebody is; refuses to wait for a person for ever.

use std::pin::pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, timeout};

/// How long a person has in the browser; consent pages of authorization servers last about as long.
pub(crate) const IN_BROWSER: Duration = Duration::from_secs(15 * 60);
/// How long a person is waited for: what they have in the browser, and a minute for what comes before and after it.
const LONGEST: Duration = Duration::from_secs(16 * 60);

/// Since when a person is at work.
#[derive(Debug, Default)]
pub(crate) struct Patience(Mutex<Work>);

#[derive(Debug, Default)]
struct Work {
    signing: Option<Instant>,
    answering: Option<Instant>,
}

impl Patience {
    /// A sign-in goes on, or none does.
    pub(crate) fn signing(&self, goes_on: bool) {
        self.change(|work| work.signing = goes_on.then(Instant::now));
    }

    /// The server waits for an answer, or does not any more.
    pub(crate) fn answering(&self, waits: bool) {
        self.change(|work| work.answering = waits.then(Instant::now));
    }

    fn change(&self, change: impl FnOnce(&mut Work)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn at_work(&self) -> bool {
        let work = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        [work.signing, work.answering].into_iter().flatten().any(|since| since.elapsed() < LONGEST)
    }

    /// What the future brings within the limit. One that runs out while a person is at work begins anew.
    pub(crate) async fn within<F: Future>(&self, limit: Duration, future: F) -> Option<F::Output> {
        let mut future = pin!(future);
        loop {
            match timeout(limit, &mut future).await {
                Ok(output) => return Some(output),
                Err(_) if self.at_work() && !limit.is_zero() => {}
                Err(_) => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_limit_waits_for_a_person_but_not_for_ever() {
        let limit = Duration::from_secs(90);
        let begun = Instant::now();
        let patience = Patience::default();
        assert_eq!(patience.within(limit, std::future::pending::<()>()).await, None);
        assert_eq!(begun.elapsed(), limit);
        patience.signing(true);
        assert_eq!(patience.within(limit, std::future::pending::<()>()).await, None);
        assert_eq!(begun.elapsed(), limit + limit * 11);
        assert!(begun.elapsed() > IN_BROWSER, "whoever may come back from the browser is waited for");
        patience.answering(true);
        let slow = tokio::time::sleep(limit * 2);
        assert_eq!(patience.within(limit, slow).await, Some(()));
        patience.answering(false);
        assert_eq!(patience.within(limit, tokio::time::sleep(limit * 2)).await, None);
    }
}
