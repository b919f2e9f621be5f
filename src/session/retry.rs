//! When to dial again: 1, 2, 4 … 30 s, each shortened by up to a quarter so that many consoles do not knock at once.
//! A pure function of the attempt and a seed; refuses to know the time.

use std::time::Duration;

/// The longest pause between two dials.
const LONGEST: u64 = 30_000;

/// How long to wait after dial number `attempt` (from 1) failed. `asked` is what the server itself asked for, in
/// seconds; the wait is never shorter than that, and never longer than an hour.
pub(crate) fn pause(attempt: u32, seed: u64, asked: Option<u64>) -> Duration {
    let doublings = attempt.saturating_sub(1).min(5);
    let base = (1_000_u64 << doublings).min(LONGEST);
    let shortened = base - scatter(seed ^ u64::from(attempt)) % (base / 4 + 1);
    let asked = asked.unwrap_or(0).min(3_600) * 1_000;
    Duration::from_millis(shortened.max(asked))
}

/// Spreads a seed over all bits (the finaliser of splitmix64).
fn scatter(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_up_to_thirty_seconds_with_at_most_a_quarter_off() {
        let table = [
            (0, 1_000),
            (1, 1_000),
            (2, 2_000),
            (3, 4_000),
            (4, 8_000),
            (5, 16_000),
            (6, 30_000),
            (7, 30_000),
            (u32::MAX, 30_000),
        ];
        for (attempt, base) in table {
            for seed in 0..200 {
                let millis = pause(attempt, seed, None).as_millis();
                assert!((base * 3 / 4..=base).contains(&millis), "{attempt}: {millis}");
            }
        }
    }

    #[test]
    fn seeds_spread_the_pauses() {
        let seen: std::collections::HashSet<_> = (0..50).map(|seed| pause(5, seed, None)).collect();
        assert!(seen.len() > 40);
    }

    #[test]
    fn never_sooner_than_the_server_asked() {
        assert_eq!(pause(1, 7, Some(90)), Duration::from_secs(90));
        assert_eq!(pause(1, 7, Some(u64::MAX)), Duration::from_secs(3_600));
        assert!(pause(6, 7, Some(1)) > Duration::from_secs(20));
    }
}
