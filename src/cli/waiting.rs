//! A word when something takes long, so that silence is not taken for a fault. Owns after how long; refuses to give up.

use std::io::IsTerminal as _;
use std::pin::pin;
use std::time::Duration;

use super::{output, steps};

/// How long nobody minds waiting without a word.
const AFTER: Duration = Duration::from_secs(2);

/// Carries out work that waits for `host`; says so on a terminal when it takes long, unless a sign-in said something already.
pub(super) async fn told<T>(host: &str, work: impl Future<Output = T>) -> T {
    let say = || {
        if std::io::stderr().is_terminal() && !steps::anything_told() {
            output::tell(&format!("Waiting for {host}…"));
        }
    };
    told_by(say, work).await
}

async fn told_by<T>(say: impl FnOnce(), work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    if let Ok(done) = tokio::time::timeout(AFTER, &mut work).await {
        return done;
    }
    say();
    work.await
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn only_what_takes_long_is_told() {
        for (seconds, expected) in [(1, false), (3, true)] {
            let said = Cell::new(false);
            let work = async {
                tokio::time::sleep(Duration::from_secs(seconds)).await;
                7
            };
            assert_eq!(told_by(|| said.set(true), work).await, 7);
            assert_eq!(said.get(), expected, "{seconds} s");
        }
    }
}
