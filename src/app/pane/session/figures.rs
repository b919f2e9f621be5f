//! Numbers about the session: how long calls take, how many requests there were, what the server asked us to wait, how
//! often the link came again. Each exchange costs the same, however many there were.

use std::collections::VecDeque;

use crate::domain::link::Link;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::traffic::{Channel, Exchange};

/// Calls that latency is told of.
const CALLS: usize = 50;
/// Seconds that requests are counted for.
const SECONDS: usize = 60;

/// Median, the time that 95 of 100 calls keep within, and how many calls they are of. Tenths of a millisecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latency {
    /// Half of the calls were quicker.
    pub median: u64,
    /// 95 of 100 calls were not slower.
    pub p95: u64,
    /// Calls it is of.
    pub calls: usize,
}

/// The numbers.
#[derive(Debug)]
pub struct Figures {
    calls: VecDeque<u64>,
    /// Requests in each of the last seconds, by the second modulo their number; the second itself beside it.
    seconds: [(u64, u32); SECONDS],
    /// How often the server asked for a pause, and when last.
    pub pauses: u64,
    /// When it did last.
    pub paused: Option<Moment>,
    /// How often the link came up again.
    pub reconnects: u64,
    /// Why it was lost last, and when.
    pub lost: Option<(Moment, Clean)>,
    up: bool,
    was_up: bool,
}

impl Default for Figures {
    fn default() -> Self {
        Self {
            calls: VecDeque::new(),
            seconds: [(0, 0); SECONDS],
            pauses: 0,
            paused: None,
            reconnects: 0,
            lost: None,
            up: false,
            was_up: false,
        }
    }
}

impl Figures {
    /// Counts an exchange.
    pub fn add(&mut self, exchange: &Exchange, now: Moment) {
        if matches!(exchange.channel, Channel::Post | Channel::Bridge) {
            let second = now.millis / 1_000;
            let slot = usize::try_from(second % SECONDS as u64).unwrap_or(0);
            let counted = if self.seconds[slot].0 == second { self.seconds[slot].1 } else { 0 };
            self.seconds[slot] = (second, counted.saturating_add(1));
        }
        if !exchange.tool.is_empty() && exchange.trouble.is_empty() {
            self.calls.push_back(exchange.tenths);
            if self.calls.len() > CALLS {
                self.calls.pop_front();
            }
        }
    }

    /// The server asked for a pause, or for a longer one.
    pub fn pause(&mut self, now: Moment) {
        self.pauses += 1;
        self.paused = Some(now);
    }

    /// The link changed.
    pub fn link(&mut self, link: &Link, now: Moment) {
        let up = matches!(link, Link::Up(_));
        if up && !self.up && self.was_up {
            self.reconnects += 1;
        }
        if let Link::Down { fault, .. } = link {
            self.lost = Some((now, fault.sentence.clone()));
        }
        self.up = up;
        self.was_up |= up;
    }

    /// Requests in the last minute.
    pub fn requests(&self, now: Moment) -> u32 {
        let second = now.millis / 1_000;
        let recent = self.seconds.iter().filter(|(at, _)| second.saturating_sub(*at) < SECONDS as u64);
        recent.map(|(_, count)| count).sum()
    }

    /// How long calls take; none before the first one.
    pub fn latency(&self) -> Option<Latency> {
        let mut sorted: Vec<u64> = self.calls.iter().copied().collect();
        sorted.sort_unstable();
        let at = |hundredths: usize| {
            sorted.get((sorted.len() * hundredths).div_ceil(100).saturating_sub(1)).copied()
        };
        Some(Latency { median: at(50)?, p95: at(95)?, calls: sorted.len() })
    }

    /// The last calls as a row of bars, oldest first; the tallest is the slowest.
    pub fn bars(&self) -> String {
        const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
        let most = self.calls.iter().copied().max().unwrap_or(0).max(1);
        let bar = |tenths: &u64| BARS[usize::try_from(tenths.saturating_mul(7) / most).unwrap_or(0).min(7)];
        self.calls.iter().map(bar).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::traffic::Body;

    pub(super) fn call(tenths: u64) -> Exchange {
        Exchange {
            number: 1,
            at: crate::domain::time::Unix(0),
            channel: Channel::Post,
            method: Clean::fixed("tools/call"),
            tool: Clean::fixed("search"),
            sent: Body::default(),
            status: Some(200),
            received: Body::default(),
            tenths,
            trouble: Clean::default(),
        }
    }

    fn at(millis: u64) -> Moment {
        Moment { millis, ..Moment::default() }
    }

    #[test]
    fn latency_of_the_last_fifty_only() {
        let mut figures = Figures::default();
        assert_eq!((figures.latency(), figures.bars().as_str()), (None, ""));
        (0..30).for_each(|_| figures.add(&call(9_999), at(0)));
        (1..=50).for_each(|tenths| figures.add(&call(tenths), at(0)));
        assert_eq!(figures.latency(), Some(Latency { median: 25, p95: 48, calls: 50 }));
        assert_eq!(figures.bars().chars().count(), 50);
        assert!(figures.bars().starts_with('▁') && figures.bars().ends_with('█'));
    }

    #[test]
    fn requests_are_forgotten_after_a_minute() {
        let mut figures = Figures::default();
        (0..300).for_each(|n| figures.add(&call(1), at(n * 1_000)));
        assert_eq!(figures.requests(at(299_000)), 60);
        assert_eq!(figures.requests(at(329_000)), 30);
        assert_eq!(figures.requests(at(900_000)), 0);
    }

    #[test]
    fn coming_up_at_first_is_no_reconnect() {
        let mut figures = Figures::default();
        let up = Link::Up(crate::domain::link::Server::default());
        figures.link(&up, at(0));
        figures.link(&up, at(1));
        figures.link(&Link::Connecting { attempt: 2 }, at(2));
        figures.link(&up, at(3));
        assert_eq!(figures.reconnects, 1);
    }
}
