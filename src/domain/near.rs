//! Which known name was meant by one that is not known. Names are a stranger's: only their first letters are compared.

/// Letters of a name that are compared.
const LETTERS: usize = 64;

/// The name that `typed` was most likely meant for: the same but for case and separators, else with few typing
/// mistakes, else one that begins or ends with it.
pub(crate) fn near<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = first(typed);
    names.filter_map(|name| score(&wanted, name)).min_by_key(|(score, _)| *score).map(|(_, name)| name)
}

/// The names that `typed` was most likely meant for, the likeliest first, at most `most`.
pub(crate) fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let wanted = first(typed);
    let mut scored: Vec<(usize, &str)> = names.filter_map(|name| score(&wanted, name)).collect();
    scored.sort_by_key(|(score, _)| *score);
    scored.into_iter().map(|(_, name)| name).take(most).collect()
}

/// Typing mistakes between what was typed and a name, many for one that only begins or ends with it; none where they have
/// nothing in common.
fn score<'a>(wanted: &[char], name: &'a str) -> Option<(usize, &'a str)> {
    let known = first(name);
    let mistakes = distance(wanted, &known);
    let part = wanted.len() >= 4 && (known.starts_with(wanted) || known.ends_with(wanted));
    let score = if mistakes <= wanted.len() / 4 + 1 { mistakes } else { usize::MAX };
    (!wanted.is_empty() && (score < usize::MAX || part)).then_some((score, name))
}

/// A name without case and separators, whole.
pub(crate) fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}

fn first(name: &str) -> Vec<char> {
    letters(name).take(LETTERS).collect()
}

/// Letters to add, leave out or replace to get from one to the other.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.iter().enumerate() {
        let mut corner = row[0];
        row[0] = line + 1;
        for (column, other) in to.iter().enumerate() {
            let replaced = corner + usize::from(letter != other);
            corner = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(corner + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let names = ["search", "search_conversations", "get_article", "get_contact", "船"];
        let table = [
            ("Search-Conversations", Some("search_conversations")),
            ("searchconversation", Some("search_conversations")),
            ("get_artcile", Some("get_article")),
            ("conversations", Some("search_conversations")),
            ("serch", Some("search")),
            ("delete_everything", None),
            ("", None),
            ("__", None),
        ];
        for (typed, meant) in table {
            assert_eq!(near(typed, names.into_iter()), meant, "{typed}");
        }
        let long = "x".repeat(1_000_000);
        assert_eq!(near(&long, [long.as_str()].into_iter()), Some(long.as_str()));
    }
}
