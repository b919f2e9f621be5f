//! How much of a search is loaded, in words.

use super::listing::Listing;

impl Listing {
    /// How much is loaded.
    pub fn coverage(&self) -> String {
        if self.results.rows().is_empty() {
            return "nothing found".into();
        }
        let loaded = grouped(self.results.rows().len() as u64);
        let total = self.results.total.filter(|&total| total >= self.results.rows().len() as u64);
        match total {
            _ if self.all => match total {
                Some(total) => format!("loading all… {loaded} of {}, Esc stops", grouped(total)),
                None => format!("loading all… {loaded}, Esc stops"),
            },
            Some(total) if self.waits_at_end() => {
                format!("{loaded} of {} loaded, G loads more", grouped(total))
            }
            Some(total) => format!("{loaded} of {} loaded", grouped(total)),
            None if self.waits_at_end() => format!("{loaded} loaded, G loads more"),
            None if self.results.next().is_some() => format!("{loaded} loaded, more to come"),
            None => format!("{loaded} loaded"),
        }
    }
}

/// A number with commas between thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
