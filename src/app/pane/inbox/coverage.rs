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
            Some(total) if self.rests() => format!("{loaded} of {} loaded, L loads all", grouped(total)),
            None if self.rests() => format!("{loaded} loaded, L loads all"),
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
