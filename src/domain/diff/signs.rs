//! Signs that stand for what HTML does: `#` for a heading, `[…](…)` for a link. While rows are compared they are characters of a
//! private plane, so that no text of somebody's is taken for one; on the screen they are signs again. Owns that; refuses to know
//! where they stand.

use std::borrow::Cow;

/// Where the signs begin, behind the stand-ins for what cannot be seen; no text that is compared has any of them.
const FIRST: u32 = 0x10_2000;
/// The last one.
const LAST: u32 = 0x10_FFFD;

/// A sign of ours for one that can be seen.
fn ours(sign: char) -> char {
    char::from_u32(FIRST + u32::from(sign)).filter(|ours| u32::from(*ours) <= LAST).unwrap_or(sign)
}

fn shown(ours: char) -> Option<char> {
    let code = u32::from(ours);
    (FIRST..=LAST).contains(&code).then(|| char::from_u32(code - FIRST)).flatten()
}

/// Every sign but blanks as one of ours.
pub(super) fn signs(text: &str) -> String {
    text.chars().map(|sign| if sign == ' ' { sign } else { ours(sign) }).collect()
}

/// A row as it is seen.
pub(super) fn seen(row: &str) -> Cow<'_, str> {
    if row.is_ascii() || !row.chars().any(|letter| shown(letter).is_some()) {
        return Cow::Borrowed(row);
    }
    row.chars().map(|letter| shown(letter).unwrap_or(letter)).collect::<String>().into()
}

/// Whether a sign of ours is this one.
pub(super) fn is(letter: char, sign: char) -> bool {
    shown(letter) == Some(sign)
}

/// Whether somebody wrote at the beginning of a line what reads like a sign of ours there.
pub(super) fn is_imitated(line: &str) -> bool {
    let behind_digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['#', '•', '│', '▌', '▾', '─'])
        || (behind_digits.len() < line.len() && behind_digits.starts_with(". "))
}
