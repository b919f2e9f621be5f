//! Reading which companies are asked for: bare words are an exact name, the rest is what `list_companies` takes
//! (intercom-mcp 3.7).

use std::fmt;
use std::ops::Range;

use super::named::{Named, identified};
use super::words::{pair, words, wrong};
use crate::domain::query::{Wrong, quoted, unquoted};

/// Which companies are asked for; what is empty is not asked. The default is all.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CompanyFilter {
    /// The exact name.
    pub name: String,
    /// The customer's own id for the company.
    pub company_id: String,
    /// The id of a tag.
    pub tag: String,
    /// The id of a segment.
    pub segment: String,
}

impl CompanyFilter {
    /// Whether it asks for all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The conditions with the names of `list_companies`' arguments, without those that are not asked.
    pub fn arguments(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = [
            ("name", self.name.as_str()),
            ("company_id", self.company_id.as_str()),
            ("tag_id", self.tag.as_str()),
            ("segment_id", self.segment.as_str()),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty())
    }

    fn slot(&mut self, field: &str) -> Option<&mut String> {
        Some(match field {
            "name" => &mut self.name,
            "id" | "company_id" => &mut self.company_id,
            "tag" | "tag_id" => &mut self.tag,
            "segment" | "segment_id" => &mut self.segment,
            _ => return None,
        })
    }
}

/// Prints the search in its normal form; reading that again gives the same search.
impl fmt::Display for CompanyFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words =
            [("name", &self.name), ("id", &self.company_id), ("tag", &self.tag), ("segment", &self.segment)];
        let words = words.into_iter().filter(|(_, value)| !value.is_empty());
        let words: Vec<String> = words.map(|(word, value)| format!("{word}:{}", quoted(value))).collect();
        f.write_str(&words.join(" "))
    }
}

/// Reads a search for companies; `known` gives the id of a tag or segment by its name. Nothing typed asks for all.
///
/// # Errors
/// The first word that cannot be read, with what would be right.
pub fn company_filter(
    source: &str,
    known: impl Fn(Named, &str) -> Option<String>,
) -> Result<CompanyFilter, Wrong> {
    let mut filter = CompanyFilter::default();
    let mut name: Vec<String> = Vec::new();
    let mut whole = 0..source.len();
    for at in words(source)? {
        let word = &source[at.clone()];
        let Some((field, value)) = pair(word) else {
            whole = if name.is_empty() { at } else { whole.start..at.end };
            name.extend(Some(unquoted(word)).filter(|word| !word.is_empty()));
            continue;
        };
        let value = match field.as_str() {
            "tag" | "tag_id" => identified(Named::Tag, value, &at, &known)?,
            "segment" | "segment_id" => identified(Named::Segment, value, &at, &known)?,
            _ => value,
        };
        put(&mut filter, &field, value, at)?;
    }
    if !name.is_empty() {
        put(&mut filter, "name", name.join(" "), whole)?;
    }
    Ok(filter)
}

fn put(filter: &mut CompanyFilter, field: &str, value: String, at: Range<usize>) -> Result<(), Wrong> {
    let Some(slot) = filter.slot(field) else {
        return Err(wrong(
            at,
            format!(
                "{field}: no tool finds companies by it; a name, id:, tag: and segment: are all there is."
            ),
        ));
    };
    if value.is_empty() {
        let example = if matches!(field, "name") { "\"Lumen Ótica\"" } else { "acct-77" };
        return Err(wrong(at, format!("{field}: needs a value, as in {field}:{example}.")));
    }
    if !slot.is_empty() {
        return Err(wrong(at, format!("{field}: is there twice; one value is all that can be asked.")));
    }
    *slot = value;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known(kind: Named, name: &str) -> Option<String> {
        (kind == Named::Segment && name.eq_ignore_ascii_case("paying")).then(|| "55".to_owned())
    }

    #[test]
    fn reads_what_people_type() {
        let table = [
            ("", ""),
            ("Lumen Ótica", "name:\"Lumen Ótica\""),
            ("id:acct-77", "id:acct-77"),
            ("company_id:acct-77 tag:123", "id:acct-77 tag:123"),
            ("segment:Paying", "segment:55"),
            ("name:\"a b\"", "name:\"a b\""),
        ];
        for (typed, normal) in table {
            assert_eq!(company_filter(typed, known).unwrap().to_string(), normal, "{typed}");
        }
    }

    #[test]
    fn points_at_the_word_that_is_wrong() {
        let table = [
            ("Lumen plan:Pro", 6..14, "no tool"),
            ("id:", 0..3, "needs a value"),
            ("x tag:vip", 2..9, "No tag called vip"),
            ("a name:b", 0..1, "twice"),
            ("\"a", 0..2, "never closed"),
        ];
        for (typed, at, says) in table {
            let wrong = company_filter(typed, known).unwrap_err();
            assert_eq!(wrong.at, at, "{typed}");
            assert!(wrong.sentence.contains(says), "{typed}: {}", wrong.sentence);
        }
    }

    proptest! {
        #[test]
        fn printing_is_stable(typed in "[a-z:\"= .0-9é船-]{0,48}") {
            if let Ok(filter) = company_filter(&typed, known) {
                let printed = filter.to_string();
                prop_assert_eq!(company_filter(&printed, known), Ok(filter), "{}", printed);
            }
        }
    }
}
