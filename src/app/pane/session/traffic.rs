//! What went over the wire: a ring of exchanges with bounded memory, and which of them are shown. One more costs the same,
//! however many there are; nothing is laid out until it is opened.

use std::collections::VecDeque;

use crate::app::field::Field;
use crate::app::list::{List, Move};
use crate::domain::traffic::Exchange;

/// Exchanges kept.
pub const MOST: usize = 2_000;
/// Bytes of bodies kept; the oldest go first.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// Words that are looked for; each is a walk over all of it.
const MOST_WORDS: usize = 8;

/// The traffic.
#[derive(Debug, Default)]
pub struct Traffic {
    kept: VecDeque<Box<Exchange>>,
    /// Exchanges that left the ring.
    gone: u64,
    /// How many at the front have no body any more.
    bare: usize,
    bytes: usize,
    /// What the list is narrowed to; the words, lower case, and what has them by its number from the beginning of time.
    narrowed: Option<(Vec<String>, VecDeque<u64>)>,
    /// The words being typed.
    pub line: Option<Field>,
    /// The cursor over what is shown.
    pub list: List,
    /// Whether the cursor is not kept at the newest.
    stays: bool,
}

fn body_bytes(exchange: &Exchange) -> usize {
    exchange.sent.text.len() + exchange.received.text.len()
}

/// Whether `text` has `word`, which is lower case, whatever the case of ASCII letters.
fn has(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    word.is_empty() || text.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
}

fn matches(exchange: &Exchange, words: &[String]) -> bool {
    let status = exchange.status.map(|status| status.to_string()).unwrap_or_default();
    words.iter().all(|word| {
        let short = [exchange.method.as_str(), &exchange.tool, &status, &exchange.trouble];
        short
            .into_iter()
            .chain([exchange.sent.text.as_str(), &exchange.received.text])
            .any(|text| has(text, word))
    })
}

impl Traffic {
    /// Keeps an exchange.
    pub fn add(&mut self, exchange: Box<Exchange>) {
        let number = self.gone + self.kept.len() as u64;
        if let Some((words, shown)) = &mut self.narrowed
            && matches(&exchange, words)
        {
            shown.push_back(number);
        }
        self.bytes += body_bytes(&exchange);
        self.kept.push_back(exchange);
        if self.kept.len() > MOST {
            self.forget();
        }
        while self.bytes > MOST_BYTES && self.bare < self.kept.len() {
            let oldest = &mut self.kept[self.bare];
            self.bytes -= body_bytes(oldest);
            (oldest.sent.text, oldest.received.text) = (String::new(), String::new());
            self.bare += 1;
        }
    }

    /// Drops the oldest.
    fn forget(&mut self) {
        let Some(oldest) = self.kept.pop_front() else { return };
        self.bytes -= body_bytes(&oldest);
        self.bare = self.bare.saturating_sub(1);
        self.gone += 1;
        let shown = match &mut self.narrowed {
            None => true,
            Some((_, shown)) => {
                shown.front().is_some_and(|first| *first < self.gone) && shown.pop_front().is_some()
            }
        };
        if shown {
            self.list.dropped(1);
        }
    }

    /// Exchanges kept.
    pub fn count(&self) -> usize {
        self.kept.len()
    }

    /// Exchanges shown.
    pub fn shown(&self) -> usize {
        self.narrowed.as_ref().map_or(self.kept.len(), |(_, shown)| shown.len())
    }

    /// The one in a row of the list.
    pub fn at(&self, row: usize) -> Option<&Exchange> {
        let index = match &self.narrowed {
            None => row,
            Some((_, shown)) => usize::try_from(shown.get(row)?.checked_sub(self.gone)?).ok()?,
        };
        self.kept.get(index).map(Box::as_ref)
    }

    /// The one under the cursor.
    pub fn picked(&self) -> Option<&Exchange> {
        self.at(self.list.cursor())
    }

    /// The words that the list is narrowed to.
    pub fn words(&self) -> Option<String> {
        self.narrowed.as_ref().map(|(words, _)| words.join(" "))
    }

    /// Whether the newest is kept in view.
    pub fn follows(&self) -> bool {
        !self.stays
    }

    /// Moves the cursor; at the newest it follows.
    pub(super) fn go(&mut self, movement: Move) {
        self.list.go(movement);
        self.stays = self.list.cursor() + 1 < self.shown();
    }

    /// Opens the line that words are typed into.
    pub(super) fn open_line(&mut self) {
        self.line = Some(Field::of(&self.words().unwrap_or_default()));
    }

    /// Shows only what has the typed words; all of it when there are none.
    pub(super) fn narrow(&mut self) {
        let typed = self.line.take().unwrap_or_default();
        let words = typed.text().split_whitespace().take(MOST_WORDS);
        let words: Vec<String> = words.map(str::to_ascii_lowercase).collect();
        let all = (self.gone..).zip(&self.kept);
        let found = all.filter(|(_, exchange)| matches(exchange, &words)).map(|(number, _)| number).collect();
        self.narrowed = (!words.is_empty()).then_some((words, found));
        self.stays = false;
    }

    /// Shows all of it again. False when that is so already.
    pub(super) fn widen(&mut self) -> bool {
        let had = self.narrowed.take().is_some();
        self.stays &= !had;
        had
    }

    /// Tells how many rows fit.
    pub(super) fn arrange(&mut self, height: u16) {
        let shown = self.shown();
        let rows = self.height(height);
        self.list.fit(shown, usize::from(rows));
        if !self.stays {
            self.list.select(shown.saturating_sub(1));
        }
    }

    /// Rows for exchanges in a view of this height: without the line of names above, and that of the words below.
    pub fn height(&self, height: u16) -> u16 {
        height.saturating_sub(1 + 2 * u16::from(self.line.is_some() || self.narrowed.is_some()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Clean;
    use crate::domain::time::Unix;
    use crate::domain::traffic::{Body, Channel};
    use proptest::prelude::*;

    fn exchange(number: u64, size: usize) -> Box<Exchange> {
        let body = |size: usize| Body { text: "x".repeat(size), size };
        Box::new(Exchange {
            number,
            at: Unix(0),
            channel: Channel::Post,
            method: Clean::fixed("tools/call"),
            tool: Clean::line(if number.is_multiple_of(3) { "Search" } else { "fetch" }),
            sent: body(10),
            status: Some(200),
            received: body(size),
            tenths: 1,
            trouble: Clean::default(),
        })
    }

    fn narrowed(words: &str) -> Traffic {
        let mut traffic = Traffic { line: Some(Field::of(words)), ..Traffic::default() };
        traffic.narrow();
        traffic
    }

    #[test]
    fn memory_is_bounded_and_the_oldest_bodies_go_first() {
        let mut traffic = Traffic::default();
        (1..=3_000).for_each(|number| traffic.add(exchange(number, 32 * 1024)));
        assert_eq!(traffic.count(), MOST);
        let held: usize = traffic.kept.iter().map(|one| body_bytes(one)).sum();
        assert!(held == traffic.bytes && held <= MOST_BYTES, "{held}");
        assert_eq!(traffic.at(0).map(|one| (one.number, one.received.text.len())), Some((1_001, 0)));
        let newest = traffic.at(MOST - 1).unwrap();
        assert_eq!(
            (newest.number, newest.received.text.len(), newest.received.size),
            (3_000, 32_768, 32_768)
        );
    }

    #[test]
    fn the_row_under_the_cursor_stays_while_others_come_and_go() {
        for mut traffic in [Traffic::default(), narrowed("SEARCH")] {
            (1..=3_000).for_each(|number| traffic.add(exchange(number, 8)));
            traffic.arrange(21);
            assert!(traffic.follows());
            assert_eq!(traffic.picked().unwrap().number, 3_000);
            (0..30).for_each(|_| traffic.go(Move::Up));
            let (picked, view) = (traffic.picked().unwrap().number, traffic.list.view().start);
            let first = traffic.at(view).unwrap().number;
            (3_001..=3_300).for_each(|number| {
                traffic.add(exchange(number, 8));
                traffic.arrange(21);
            });
            assert_eq!(traffic.picked().unwrap().number, picked);
            assert_eq!(traffic.at(traffic.list.view().start).unwrap().number, first);
            traffic.go(Move::Bottom);
            assert!(traffic.follows());
        }
    }

    #[test]
    fn words_are_looked_for_everywhere() {
        let mut traffic = Traffic::default();
        (1..=9).for_each(|number| traffic.add(exchange(number, 8)));
        for (words, found) in [
            ("search 200 a b c d e f zebra", 0),
            ("search 200 x x x x x x zebra", 3),
            ("search 200", 3),
            ("xxxxxxxx", 9),
            ("404", 0),
            ("Tools/CALL fetch", 6),
            ("", 9),
        ] {
            traffic.line = Some(Field::of(words));
            traffic.narrow();
            assert_eq!(traffic.shown(), found, "{words}");
        }
        assert!(!traffic.widen());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn narrowed_is_what_one_would_find_by_looking(sizes in proptest::collection::vec(0usize..40_000, 0..40), early in any::<bool>()) {
            let mut traffic = if early { narrowed("search") } else { Traffic::default() };
            (1..).zip(&sizes).for_each(|(number, size)| traffic.add(exchange(number, *size)));
            if !early {
                traffic.line = Some(Field::of("search"));
                traffic.narrow();
            }
            let shown: Vec<u64> = (0..traffic.shown()).map(|row| traffic.at(row).unwrap().number).collect();
            let wanted: Vec<u64> = (1..=sizes.len() as u64).filter(|number| number.is_multiple_of(3)).collect();
            prop_assert_eq!(shown, wanted);
        }
    }
}
