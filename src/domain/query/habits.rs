//! What people are used to from other search languages and other keyboards. Owns the sentences that say how it is written
//! here; refuses to judge what this language knows.

use super::lex::Word;
use super::parse::wrong;
use super::{Field, Wrong};

/// How conditions go together.
const TOGETHER: &str =
    "all conditions must hold, and commas part what may be instead, as in state:open,snoozed";

/// A field that is written in another way: it would be free text, which nobody means.
pub(super) fn field(source: &str, word: &Word) -> Option<Wrong> {
    wide_colon(source, word).or_else(|| mark_before(source, word))
}

/// A field with the colon that keyboards for Chinese and Japanese give: it would be free text, which nobody means.
fn wide_colon(source: &str, word: &Word) -> Option<Wrong> {
    let text = &source[word.at.clone()];
    let (at, name) = text.find('：').map(|at| (at, text[..at].to_ascii_lowercase()))?;
    let known = name == "q" || Field::named(&name).is_some();
    let from = word.at.start + at;
    let sentence =
        format!("This is a wide colon: write {name}: with a plain one, or put the word in quotes.");
    known.then(|| wrong(from..from + '：'.len_utf8(), sentence))
}

/// A field with what means "not" or "together" before it in other search languages: it would be free text, which nobody means.
fn mark_before(source: &str, word: &Word) -> Option<Wrong> {
    let (mark, rest) = source[word.at.clone()].split_at_checked(1)?;
    let (name, _) = rest.split_once(':')?;
    Field::named(&name.to_ascii_lowercase())?;
    let sentence = match mark {
        "-" | "!" => {
            format!("{mark} means nothing here: what is not is asked for with !=, as in state:!=closed.")
        }
        "(" => format!("Brackets mean nothing here: {TOGETHER}."),
        _ => return None,
    };
    Some(wrong(word.at.start..word.at.start + mark.len(), sentence))
}

/// A word that puts conditions together in other search languages.
pub(super) fn joining(source: &str, word: &Word) -> Option<Wrong> {
    let text = &source[word.at.clone()];
    let joins = word.name.is_none() && matches!(text, "AND" | "OR" | "NOT");
    joins.then(|| wrong(word.at.clone(), format!("{text} is looked for as a word: {TOGETHER}.")))
}
