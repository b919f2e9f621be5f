//! Which line of a text is which row of another one that says the same: by the words they begin with, in order. Rough, and
//! only used for where to look. Linear in both.

/// Letters that are compared.
const LETTERS: usize = 10;
/// Fewer letters than these say nothing.
const FEWEST: usize = 3;
/// Rows ahead that are looked at for the words of one line.
const AHEAD: usize = 200;
/// Bytes of a line that are looked at for its first letters.
const BYTES: usize = 400;

/// The first letters of a line, without tags and signs.
fn key(line: &str) -> String {
    let mut end = line.len().min(BYTES);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let mut inside = false;
    let shown = line[..end].chars().filter(|c| {
        inside |= *c == '<';
        let is_shown = !inside;
        inside &= *c != '>';
        is_shown
    });
    shown.filter(|c| c.is_alphabetic()).take(LETTERS).flat_map(char::to_lowercase).collect()
}

/// Lines of one text with the rows of the other that begin alike, both rising.
pub(super) fn pairs<'a, 'b>(
    lines: impl Iterator<Item = &'b str>,
    rows: impl Iterator<Item = &'a str>,
) -> Vec<(usize, usize)> {
    let rows: Vec<String> = rows.map(key).collect();
    let mut next = 0;
    let mut pairs = Vec::new();
    for (at, line) in lines.enumerate() {
        let wanted = key(line);
        if wanted.chars().count() < FEWEST {
            continue;
        }
        let ahead = rows.iter().enumerate().skip(next).take(AHEAD);
        let alike = |row: &str| {
            row.chars().count() >= FEWEST && (wanted.starts_with(row) || row.starts_with(&wanted))
        };
        if let Some((row, _)) = ahead.into_iter().find(|(_, row)| alike(row)) {
            pairs.push((at, row));
            next = row + 1;
        }
    }
    pairs
}

/// The row of a line, or of the last line before that has one.
pub(super) fn at(pairs: &[(usize, usize)], line: usize) -> Option<usize> {
    let before = pairs.partition_point(|(at, _)| *at <= line).checked_sub(1)?;
    Some(pairs[before].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_find_their_rows() {
        let lines = [
            "## Refunds",
            "",
            "1. Open **Billing**.",
            "```html",
            "<p class=\"x\">Yearly plans",
            "```",
            "```",
            "船が遅れ",
        ];
        let rows = ["Refunds", "", " 1. Open Billing.", "", "Yearly plans are", "船が遅れ"];
        let pairs = pairs(lines.into_iter(), rows.into_iter());
        assert_eq!(pairs, [(0, 0), (2, 2), (4, 4), (7, 5)]);
        assert_eq!((at(&pairs, 1), at(&pairs, 6), at(&[], 3)), (Some(0), Some(4), None));
    }
}
