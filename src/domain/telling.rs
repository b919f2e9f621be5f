//! The words that tell most about what a conversation asks: what one would type to find an article that answers it. Names,
//! addresses, numbers and ids are taken out first, then the words that are in every letter. Owns the choice; refuses to search.

mod everyday;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::anonymous::{self, Known};
use super::conversation::{AuthorKind, Conversation, ConversationRow, Part, PartKind};

/// The most words that are chosen.
pub const MOST: usize = 6;

/// Bytes of each message that are looked at; what is asked is said at the beginning.
const READ: usize = 8 * 1024;

/// What stands for something that was taken out.
const HOLES: [&str; 7] = ["[customer]", "[teammate]", "[company]", "[link]", "[e-mail]", "[phone]", "[id]"];

/// How much a word counts by where it stands.
const IN_SUBJECT: u32 = 5;
const IN_LAST: u32 = 3;
const IN_OPENING: u32 = 2;
/// A word that is said more often than this counts no more.
const SAID: u32 = 3;

/// The words for a conversation of which a list tells: its subject and first words.
pub fn of_row(row: &ConversationRow) -> Vec<String> {
    let mut known = Known::default();
    known.learn_row(row);
    let mut scale = Scale::default();
    scale.read(&known.taken_out(&row.subject), IN_SUBJECT);
    scale.read(&known.taken_out(&row.preview), IN_OPENING);
    scale.chosen()
}

/// The words for a whole conversation: its subject, the opening message, and what the customer said last.
pub fn of_thread(thread: &Conversation, known: &Known) -> Vec<String> {
    let said = |part: &&Part| part.kind == PartKind::Message && !part.redacted;
    let opening = thread.parts.iter().position(|part| said(&part));
    let last = thread.parts.iter().rposition(|part| said(&part) && part.author.kind == AuthorKind::Customer);
    let words = |at: usize| known.taken_out(&anonymous::said(thread.parts[at].body.as_str(), READ));
    let mut scale = Scale::default();
    scale.read(&known.taken_out(&thread.row.subject), IN_SUBJECT);
    if let Some(opening) = opening {
        scale.read(&words(opening), IN_OPENING);
    }
    if let Some(last) = last.filter(|last| Some(*last) != opening) {
        scale.read(&words(last), IN_LAST);
    }
    scale.chosen()
}

/// The words of a text that a person typed: each once, in their order.
pub fn typed(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word = word.to_lowercase();
        if !words.contains(&word) && words.len() < MOST {
            words.push(word);
        }
    }
    words
}

/// Which words to ask for in turn while nothing is found: all of them, half of them, the one that tells most, and then each of
/// the others alone, because the one that tells most may be in a language that no article is written in.
pub fn fewer(words: usize) -> Vec<Range<usize>> {
    let mut first = vec![words, words.div_ceil(2), words.min(1)];
    first.dedup();
    first.retain(|step| *step > 0);
    let alone = (1..words).map(|at| at..at + 1);
    first.into_iter().map(|step| 0..step).chain(alone).collect()
}

/// Which of the words a text holds, in any case: as words, within longer ones, or in another form.
pub fn held(words: &[String], text: &str) -> Vec<bool> {
    let text = text.to_lowercase();
    let form = |word: &str| text.unicode_words().any(|other| is_form(word, other));
    words.iter().map(|word| text.contains(word.as_str()) || form(word)).collect()
}

/// Words with what they weigh.
#[derive(Debug, Default)]
struct Scale {
    /// Weight, times said, and place of the first, from 0.
    words: HashMap<String, (u32, u32, usize)>,
}

impl Scale {
    fn read(&mut self, text: &str, weight: u32) {
        let text = HOLES.iter().fold(text.to_owned(), |text, hole| text.replace(hole, " ; "));
        for chunk in text.split_whitespace().filter(|chunk| !is_address(chunk)) {
            for word in chunk.unicode_words().flat_map(parts) {
                self.weigh(&word.to_lowercase(), weight);
            }
            unspaced(chunk, |run| self.weigh(run, weight));
        }
    }

    fn weigh(&mut self, word: &str, weight: u32) {
        if !is_telling(word) {
            return;
        }
        let place = self.words.len();
        let (sum, said, _) = self.words.entry(word.to_owned()).or_insert((0, 0, place));
        if *said < SAID {
            (*sum, *said) = (*sum + weight, *said + 1);
        }
    }

    /// The words that weigh most, the first of equals first. Long words tell a little more than short ones.
    fn chosen(self) -> Vec<String> {
        let mut words: Vec<(u32, usize, String)> = self
            .words
            .into_iter()
            .map(|(word, (sum, _, place))| (sum * 4 + length(&word), place, word))
            .collect();
        words.sort_by(|(one, first, _), (other, second, _)| other.cmp(one).then(first.cmp(second)));
        let mut chosen: Vec<String> = Vec::new();
        for (_, _, word) in words {
            if chosen.len() < MOST && !chosen.iter().any(|other| is_form(other, &word)) {
                chosen.push(word);
            }
        }
        chosen
    }
}

/// Whether two words are likely forms of one: they begin alike and differ in a short ending only.
fn is_form(one: &str, other: &str) -> bool {
    let alike = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let longer = one.chars().count().max(other.chars().count());
    alike >= 4 && alike + 3 >= longer && !one.chars().any(is_unspaced)
}

/// Letters of a word, as far as they add to what it tells.
fn length(word: &str) -> u32 {
    let letters = word.chars().map(|letter| if is_unspaced(letter) { 3 } else { 1 }).sum::<usize>();
    u32::try_from(letters.min(10)).unwrap_or(10)
}

/// Whether a piece of text is an address, a path or a handle, of which parts would be no words.
fn is_address(chunk: &str) -> bool {
    chunk.contains("://") || chunk.starts_with("www.") || chunk.contains('@')
}

/// A word without what hangs on it by an apostrophe: `l'export`, `customer's`.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let long = word.split(['\'', '’']).max_by_key(|part| part.len()).unwrap_or(word);
    long.split('_').filter(|part| !part.chars().any(is_unspaced))
}

/// Whether a letter is of a script that puts nothing between words.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Runs of letters that carry meaning where nothing parts words: Chinese characters, and katakana, two at least.
fn unspaced(chunk: &str, mut each: impl FnMut(&str)) {
    let kind = |letter: char| match letter {
        '\u{30a1}'..='\u{30fa}' | '\u{30fc}' => 1,
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => 2,
        _ => 0,
    };
    let mut start = 0;
    while let Some(first) = chunk[start..].chars().next() {
        let kind_here = kind(first);
        let end =
            chunk[start..].find(|letter| kind(letter) != kind_here).map_or(chunk.len(), |end| start + end);
        let run = &chunk[start..end];
        if kind_here > 0 && (2..=8).contains(&run.chars().count()) {
            each(run);
        }
        start = end;
    }
}

/// Whether a word may tell anything: it has letters enough, is no number, and is not in every letter.
fn is_telling(word: &str) -> bool {
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    let enough = letters >= 3 || letters == 2 && word.chars().any(is_unspaced);
    enough && word.len() <= 40 && !everyday::is_everyday(word)
}
