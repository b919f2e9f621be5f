//! `Retry-After`: seconds, or a date (RFC 9110 10.2.3).

/// Longest header read, in bytes.
const LONGEST: usize = 128;

/// Seconds to wait by a `Retry-After` value; `now` in Unix seconds. A date in the past is 0.
pub(in crate::session) fn seconds(value: &str, now: i64) -> Option<u64> {
    let value = value.trim();
    if value.is_empty() || value.len() > LONGEST {
        return None;
    }
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(value.parse().unwrap_or(u64::MAX));
    }
    let then = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    Some(u64::try_from(then.as_second().saturating_sub(now)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn reads_seconds_and_dates() {
        let now = 1_786_900_000; // Sun, 16 Aug 2026 17:06:40 GMT
        let table = [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("Sun, 16 Aug 2026 17:07:10 GMT", Some(30)),
            ("Sun, 16 Aug 2026 17:00:00 GMT", Some(0)),
            ("soon", None),
            ("-5", None),
            ("", None),
        ];
        for (value, wait) in table {
            assert_eq!(seconds(value, now), wait, "{value}");
        }
    }
}
