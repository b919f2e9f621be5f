//! How much of a search is loaded, in words.

use super::listing::Listing;
use crate::app::command::Command;
use crate::domain::sort::Sort;

impl Listing {
    /// How much is loaded, and with which key there is more.
    pub fn coverage(&self, key: &dyn Fn(Command) -> String) -> String {
        if self.results.rows().is_empty() {
            return "nothing found".into();
        }
        let rows = self.results.rows().len() as u64;
        let total = self.results.total.filter(|&total| total >= rows);
        let loaded = match total {
            Some(total) => format!("{} of {}", grouped(rows), grouped(total)),
            None => grouped(rows),
        };
        // What is on top of a part in an order of ours is the first of the part only.
        let part =
            self.results.arranged.order().by != Sort::Server && !self.is_whole() && !self.fetches_rest();
        if self.all {
            format!("loading all… {loaded}, {} stops", key(Command::Back))
        } else if self.waits_at_end() {
            format!("{loaded} loaded, {} loads more", key(Command::Bottom))
        } else if self.rests() || part {
            format!("{loaded} loaded, {} loads all", key(Command::LoadAll))
        } else if total.is_none() && self.results.next().is_some() {
            format!("{loaded} loaded, more to come")
        } else {
            format!("{loaded} loaded")
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

/// An amount as the server wrote it, with commas between thousands when it is a plain number.
pub fn grouped_words(amount: &str) -> String {
    let (sign, digits) = amount.strip_prefix('-').map_or(("", amount), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let rest = digits.strip_prefix(whole).unwrap_or_default();
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    match whole.parse() {
        Ok(number) if plain(whole) && plain(part) && (whole == "0" || !whole.starts_with('0')) => {
            format!("{sign}{}{rest}", grouped(number))
        }
        Ok(_) | Err(_) => amount.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{grouped, grouped_words};

    #[test]
    fn amounts_are_set_apart_when_they_are_numbers() {
        let pairs = [
            ("4250", "4,250"),
            ("-4250.5", "-4,250.5"),
            ("900.5", "900.5"),
            ("0.5", "0.5"),
            ("007", "007"),
            ("", ""),
            ("-", "-"),
            ("4250 €", "4250 €"),
            ("1234.5.6", "1234.5.6"),
            ("+7", "+7"),
            ("船1", "船1"),
        ];
        for (amount, shown) in pairs {
            assert_eq!(grouped_words(amount), shown);
        }
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
