//! A map that forgets what came first when it is full.

use std::collections::{HashMap, VecDeque};

/// Values by name, a bounded number of them.
#[derive(Debug)]
pub(super) struct Bounded<T> {
    kept: HashMap<String, T>,
    /// Names in the order they came; some may be gone.
    order: VecDeque<String>,
    most: usize,
}

impl<T> Bounded<T> {
    /// Room for `most` values.
    pub(super) fn new(most: usize) -> Self {
        Self { kept: HashMap::new(), order: VecDeque::new(), most }
    }

    /// Keeps a value; the oldest goes when there is no room.
    pub(super) fn insert(&mut self, name: String, value: T) {
        self.order.push_back(name.clone());
        self.kept.insert(name, value);
        while self.kept.len() > self.most {
            let Some(oldest) = self.order.pop_front() else { return };
            self.kept.remove(&oldest);
        }
        if self.order.len() > self.most * 2 {
            self.order.retain(|name| self.kept.contains_key(name));
        }
    }

    /// The value of a name.
    pub(super) fn get(&self, name: &str) -> Option<&T> {
        self.kept.get(name)
    }

    /// The value of a name, to be changed.
    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.kept.get_mut(name)
    }

    /// Takes a value out.
    pub(super) fn remove(&mut self, name: &str) -> Option<T> {
        self.kept.remove(name)
    }

    /// Keeps only what fits.
    pub(super) fn retain(&mut self, mut fits: impl FnMut(&T) -> bool) {
        self.kept.retain(|_, value| fits(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_goes_first_and_nothing_piles_up() {
        let mut bounded = Bounded::new(2);
        for number in 0..3 {
            bounded.insert(number.to_string(), number);
        }
        assert_eq!((bounded.get("0"), bounded.get("1"), bounded.get("2")), (None, Some(&1), Some(&2)));
        for number in 3..100 {
            bounded.insert(number.to_string(), number);
            assert_eq!(bounded.remove(&number.to_string()), Some(number));
        }
        assert!(bounded.order.len() <= 5, "{}", bounded.order.len());
    }
}
