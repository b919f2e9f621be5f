//! The session contract against a scripted server on a paused clock: thousands of random scripts of failing dials,
//! losses, slow answers, forgotten sessions, cancels, writes and full queues, and always the same few promises.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test says what it finds by failing"
)]

#[path = "session_contract/by_hand.rs"]
mod by_hand;
#[path = "session_contract/closing.rs"]
mod closing;
#[path = "session_contract/judge.rs"]
mod judge;
#[path = "session_contract/limits.rs"]
mod limits;
#[path = "session_contract/making.rs"]
mod making;
#[path = "session_contract/permits.rs"]
mod permits;
#[path = "session_contract/planned.rs"]
mod planned;
#[path = "session_contract/questions.rs"]
mod questions;
#[path = "session_contract/run.rs"]
mod run;
#[path = "session_contract/slowing.rs"]
mod slowing;
#[path = "session_contract/world.rs"]
mod world;
#[path = "session_contract/writing.rs"]
mod writing;

use proptest::prelude::*;
use run::{acts, approved, play};
use world::{echo, fault, listed, offer, words};

fn on_a_paused_clock(future: impl Future<Output = ()>) {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(future);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_200, ..ProptestConfig::default() })]

    #[test]
    fn every_script_keeps_the_contract(
        draws in prop::collection::vec(any::<u8>(), 20..120),
        acts in acts(),
        close_early in any::<bool>(),
        remembers in prop::bool::weighted(0.1),
    ) {
        let folder = remembers.then(|| tempfile::tempdir().unwrap());
        let folder = folder.as_ref().map(tempfile::TempDir::path);
        on_a_paused_clock(play(draws, acts, close_early, folder));
    }
}
