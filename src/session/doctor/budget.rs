//! Time for the examination. Owns the one deadline that every step shares, and how much of it a step may take.

use std::time::Duration;

use tokio::time::Instant;

/// For everything up to the last finding. With [`FAREWELL`] it stays below the 5 s that are promised.
pub(super) const WHOLE: Duration = Duration::from_millis(4_200);
/// For the end of the probe's session, when the verdict is out.
pub(super) const FAREWELL: Duration = Duration::from_millis(700);
/// For looking up a name.
pub(super) const NAME: Duration = Duration::from_secs(1);
/// For a bare connection.
pub(super) const TCP: Duration = Duration::from_secs(1);
/// For a connection with everything that makes it secure.
pub(super) const TLS: Duration = Duration::from_millis(1_200);
/// For the head of the reply to a GET, which some servers hold back.
pub(super) const STREAM: Duration = Duration::from_secs(1);
/// For a sign-in that has to be renewed first.
pub(super) const SIGN_IN: Duration = Duration::from_secs(2);
/// From a request to the head of its reply, and from there to its end.
pub(super) const REPLY: Duration = Duration::from_millis(2_500);
/// For what should come at once or not at all.
pub(super) const AT_ONCE: Duration = Duration::from_millis(700);

/// The deadline of one examination.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    until: Instant,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { until: Instant::now() + WHOLE }
    }

    /// What is left.
    pub(super) fn left(self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }

    /// Whether a step gets so little that its running out says nothing about the server.
    pub(super) fn rushes(self, usual: Duration, limit: Duration) -> bool {
        self.left() < usual.min(limit) / 2
    }

    /// For one step: what it usually gets, never more than the user's own limit or than what is left.
    pub(super) fn of(self, usual: Duration, limit: Duration) -> Duration {
        usual.min(limit).min(self.left())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn no_step_outlives_the_whole() {
        assert!(WHOLE + FAREWELL < Duration::from_secs(5));
        let budget = Budget::new();
        assert_eq!(budget.of(NAME, Duration::from_secs(10)), NAME);
        assert_eq!(budget.of(NAME, Duration::from_millis(3)), Duration::from_millis(3));
        tokio::time::advance(Duration::from_secs(4)).await;
        assert_eq!(budget.of(NAME, Duration::from_secs(10)), Duration::from_millis(200));
        assert!(budget.rushes(NAME, Duration::from_secs(10)));
        assert!(!budget.rushes(NAME, Duration::from_millis(300)), "the person's own limit is meant");
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(budget.of(NAME, Duration::from_secs(10)), Duration::ZERO);
    }
}
