//! Orders of a list of conversations. Owns which row comes first; refuses the list.

use super::conversation::{ConversationRow, Priority, Sla};

/// What rows are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// As the server gave them.
    #[default]
    Server,
    /// Who has waited longest; those who do not wait come last.
    Waiting,
    /// What changed last.
    Updated,
    /// What was opened last.
    Created,
    /// The slowest first reply; unknown ones come last.
    FirstReply,
    /// The most urgent.
    Priority,
    /// Missed, then at risk, then the rest.
    Sla,
}

/// An order, or the same from its other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Order {
    /// By what.
    pub by: Sort,
    /// The other end first.
    pub back: bool,
}

impl Sort {
    /// Every order, in the circle that a key walks.
    pub const ALL: [Self; 7] = [
        Self::Server,
        Self::Waiting,
        Self::Updated,
        Self::Created,
        Self::FirstReply,
        Self::Priority,
        Self::Sla,
    ];

    /// Its name in the config and on the screen: lower case, words joined by hyphens.
    pub fn word(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Waiting => "waiting",
            Self::Updated => "updated",
            Self::Created => "created",
            Self::FirstReply => "first-reply",
            Self::Priority => "priority",
            Self::Sla => "sla",
        }
    }
}

impl Sort {
    /// Where a row stands in this order: the lowest first. None when the row does not say, and for the server's own
    /// order, which no row knows.
    pub fn rank(self, row: &ConversationRow) -> Option<i64> {
        // `!` turns a number line round without overflow.
        match self {
            Self::Server => None,
            Self::Waiting => row.waiting_since.map(|since| since.0),
            Self::Updated => row.updated_at.map(|at| !at.0),
            Self::Created => row.created_at.map(|at| !at.0),
            Self::FirstReply => row.first_reply.map(|seconds| !seconds),
            Self::Priority => (!row.thin).then(|| urgency(row.priority)),
            Self::Sla => row.sla.as_ref().map(standing),
        }
    }

    /// The order after this one, in a circle.
    #[must_use]
    pub fn after(self) -> Self {
        let at = Self::ALL.iter().position(|sort| *sort == self).unwrap_or_default();
        Self::ALL[(at + 1) % Self::ALL.len()]
    }
}

/// The ranks of a row in every order, side by side: a list reads its rows once, and not again for each order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranks([i64; Sort::ALL.len()]);

/// The rank of a row that does not say.
const SILENT: i64 = i64::MAX;

impl Ranks {
    /// Those of a row.
    pub fn of(row: &ConversationRow) -> Self {
        Self(Sort::ALL.map(|sort| sort.rank(row).map_or(SILENT, |rank| rank.min(SILENT - 1))))
    }

    fn by(&self, sort: Sort) -> Option<i64> {
        Some(self.0[sort as usize]).filter(|rank| *rank != SILENT)
    }
}

/// Bits of a number, where it stands in one word with its rank.
const NUMBER: u32 = 24;

/// The numbers by their ranks, the lowest first. Where rank and number fit into one word, which real times do, words are sorted:
/// that takes half as long.
fn in_order(mut ranked: Vec<(i64, u32)>) -> Vec<u32> {
    let ranks = || ranked.iter().map(|(rank, _)| *rank);
    let (Some(least), Some(most)) = (ranks().min(), ranks().max()) else { return Vec::new() };
    let span = most.abs_diff(least);
    if span >> (u64::BITS - NUMBER) > 0 || ranked.len() >> NUMBER > 0 {
        ranked.sort_unstable();
        return ranked.into_iter().map(|(_, number)| number).collect();
    }
    let word = |(rank, number): &(i64, u32)| rank.abs_diff(least) << NUMBER | u64::from(*number);
    let mut words: Vec<u64> = ranked.iter().map(word).collect();
    words.sort_unstable();
    words.into_iter().filter_map(|word| u32::try_from(word & ((1 << NUMBER) - 1)).ok()).collect()
}

fn urgency(priority: Priority) -> i64 {
    match priority {
        Priority::Urgent => 0,
        Priority::High => 1,
        Priority::Medium => 2,
        Priority::Low => 3,
        Priority::None => 4,
    }
}

/// Missed, running, met, called off; a word that is not known may be any but the first.
fn standing(sla: &Sla) -> i64 {
    match sla.status.as_str() {
        "missed" => 0,
        "hit" => 2,
        "cancelled" => 3,
        _ => 1,
    }
}

impl Order {
    /// The numbers of the rows with these ranks in this order. Rows of the same rank stay in the server's order, and those that
    /// do not say come last, from whichever end one looks. Costs one sort.
    pub fn numbers(self, ranks: &[Ranks]) -> Vec<u32> {
        let all = 0..u32::try_from(ranks.len()).unwrap_or(u32::MAX);
        if self.by == Sort::Server {
            return if self.back { all.rev().collect() } else { all.collect() };
        }
        let (mut ranked, mut silent) = (Vec::with_capacity(ranks.len()), Vec::new());
        for (number, ranks) in all.zip(ranks) {
            match ranks.by(self.by) {
                Some(rank) => ranked.push((if self.back { !rank } else { rank }, number)),
                None => silent.push(number),
            }
        }
        let mut numbers = in_order(ranked);
        numbers.append(&mut silent);
        numbers
    }

    /// What comes first, for a sentence.
    pub fn words(self) -> &'static str {
        match (self.by, self.back) {
            (Sort::Server, false) => "in Intercom's order",
            (Sort::Server, true) => "in Intercom's order, turned round",
            (Sort::Waiting, false) => "longest wait first",
            (Sort::Waiting, true) => "shortest wait first",
            (Sort::Updated, false) => "latest change first",
            (Sort::Updated, true) => "oldest change first",
            (Sort::Created, false) => "newest first",
            (Sort::Created, true) => "oldest first",
            (Sort::FirstReply, false) => "slowest first reply first",
            (Sort::FirstReply, true) => "quickest first reply first",
            (Sort::Priority, false) => "most urgent first",
            (Sort::Priority, true) => "least urgent first",
            (Sort::Sla, false) => "missed SLA first",
            (Sort::Sla, true) => "missed SLA last",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::conversation::bare_row;
    use crate::domain::text::Clean;
    use crate::domain::time::Unix;
    use proptest::prelude::*;

    fn ranks(rows: &[ConversationRow]) -> Vec<Ranks> {
        rows.iter().map(Ranks::of).collect()
    }

    #[test]
    fn every_order_has_a_rank_of_its_own() {
        assert!(Sort::ALL.iter().enumerate().all(|(at, sort)| *sort as usize == at));
    }

    #[test]
    fn ranks_too_far_apart_for_one_word_are_sorted_as_well() {
        let far = [Some(i64::MAX), Some(i64::MIN), None, Some(0), Some(i64::MIN)];
        let row = |at: Option<i64>| ConversationRow { waiting_since: at.map(Unix), ..bare_row(1) };
        let rows = far.map(row);
        assert_eq!(Order { by: Sort::Waiting, back: false }.numbers(&ranks(&rows)), [1, 4, 3, 0, 2]);
        assert_eq!(Order { by: Sort::Waiting, back: true }.numbers(&ranks(&rows)), [0, 3, 1, 4, 2]);
    }

    fn row((at, urgency, sla): (Option<i8>, u8, u8)) -> ConversationRow {
        let seconds = at.map(i64::from);
        let priorities = [Priority::None, Priority::Low, Priority::Medium, Priority::High, Priority::Urgent];
        let status =
            [None, Some("missed"), Some("active"), Some("hit"), Some("cancelled")][usize::from(sla % 5)];
        ConversationRow {
            waiting_since: seconds.map(Unix),
            updated_at: seconds.map(Unix),
            created_at: seconds.map(Unix),
            first_reply: seconds,
            priority: priorities[usize::from(urgency % 5)],
            sla: status.map(|status| Sla { name: Clean::default(), status: Clean::fixed(status) }),
            thin: urgency > 200,
            ..bare_row(1)
        }
    }

    proptest! {
        #[test]
        fn orders_are_stable_and_silent_rows_come_last(
            rows in proptest::collection::vec((proptest::option::of(any::<i8>()), any::<u8>(), any::<u8>()), 0..40),
            by in 0usize..7,
            back: bool,
        ) {
            let rows: Vec<ConversationRow> = rows.into_iter().map(row).collect();
            let order = Order { by: Sort::ALL[by], back };
            let numbers = order.numbers(&ranks(&rows));
            let mut sorted = numbers.clone();
            sorted.sort_unstable();
            prop_assert!(sorted.into_iter().eq(0..u32::try_from(rows.len()).unwrap()));
            for pair in numbers.windows(2) {
                let [a, b] = [pair[0], pair[1]];
                match (order.by.rank(&rows[a as usize]), order.by.rank(&rows[b as usize])) {
                    (Some(one), Some(other)) if one != other => prop_assert_eq!(one < other, !back),
                    (Some(_), Some(_)) => prop_assert!(a < b),
                    (None, Some(_)) => prop_assert!(false, "a silent row in front"),
                    (None, None) if order.by == Sort::Server => prop_assert_eq!(a < b, !back),
                    (None, None) => prop_assert!(a < b),
                    (Some(_), None) => {}
                }
            }
        }
    }

    #[test]
    fn the_first_is_the_one_that_needs_somebody() {
        let of = |sort: Sort, rows: &[(Option<i8>, u8, u8)]| {
            let rows: Vec<ConversationRow> = rows.iter().copied().map(row).collect();
            Order { by: sort, back: false }.numbers(&ranks(&rows))
        };
        let times = [(Some(5), 0, 0), (None, 0, 0), (Some(3), 0, 0)];
        assert_eq!(of(Sort::Waiting, &times), [2, 0, 1]);
        for newest in [Sort::Updated, Sort::Created, Sort::FirstReply] {
            assert_eq!(of(newest, &times), [0, 2, 1]);
        }
        assert_eq!(
            of(Sort::Priority, &[(None, 0, 0), (None, 4, 0), (None, 1, 0), (None, 204, 0)]),
            [1, 2, 0, 3]
        );
        assert_eq!(of(Sort::Sla, &[(None, 0, 0), (None, 0, 3), (None, 0, 2), (None, 0, 1)]), [3, 2, 1, 0]);
    }
}
