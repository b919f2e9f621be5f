//! The local filter: which of the loaded rows hold the words that are typed, letter by letter. Every word has to be found in one
//! part of the row. In subject, names and tags its letters may stand apart, as long as the gaps are made up for by letters
//! that begin words or follow each other; in address, id and first words they may not, because three letters stand
//! somewhere in almost any sentence. Owns that rule and what it found; refuses to order by it.

use std::ops::Range;

use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::folded::{Letters, parts};
use super::names::{assignee, who};
use crate::domain::conversation::ConversationRow;
use crate::domain::folded::{fold, fold_with_bytes, letters};
use crate::domain::roster::Roster;

/// What the matcher gives for one letter, before what gaps cost and beginnings of words earn.
const LETTER: u16 = 16;

/// Whether a row holds the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    /// Letters are missing; more letters cannot help.
    No,
    /// The letters are there, too far apart; more letters may bring them together.
    Apart,
    /// It does.
    Yes,
}

/// A word that is looked for.
#[derive(Debug)]
struct Word {
    text: String,
    letters: Vec<char>,
}

impl Word {
    fn of(typed: &str) -> Option<Self> {
        let letters: Vec<char> = fold(typed).collect();
        (!letters.is_empty()).then(|| Self { text: letters.iter().collect(), letters })
    }

    fn needle(&self) -> Utf32Str<'_> {
        if self.text.is_ascii() {
            Utf32Str::Ascii(self.text.as_bytes())
        } else {
            Utf32Str::Unicode(&self.letters)
        }
    }

    /// The least that a match has to be worth.
    fn enough(&self) -> u16 {
        u16::try_from(self.letters.len()).unwrap_or(u16::MAX).saturating_mul(LETTER)
    }
}

/// Where the words are in a row that is drawn: bytes of each text.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Hits {
    /// In the subject.
    pub subject: Vec<Range<usize>>,
    /// In the first words.
    pub preview: Vec<Range<usize>>,
    /// In the person's name.
    pub who: Vec<Range<usize>>,
    /// In the assignee's name.
    pub assignee: Vec<Range<usize>>,
    /// In each tag.
    pub tags: Vec<Vec<Range<usize>>>,
}

/// The filter, and what it found.
#[derive(Debug)]
pub struct Filter {
    typed: String,
    words: Vec<Word>,
    letters: Letters,
    /// By number of the row; shorter than the rows when the rest was not looked at yet.
    found: Vec<Found>,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Default for Filter {
    fn default() -> Self {
        let mut config = Config::DEFAULT;
        (config.ignore_case, config.normalize) = (false, false); // Both sides are folded.
        Self {
            typed: String::new(),
            words: Vec::new(),
            letters: Letters::default(),
            found: Vec::new(),
            matcher: Matcher::new(config),
            buffer: Vec::new(),
        }
    }
}

impl Filter {
    /// What is typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether nothing is looked for, so that every row is shown.
    pub fn is_blank(&self) -> bool {
        self.words.is_empty()
    }

    /// Other words, for these rows. Rows that lack letters of the words before are not looked at again when only letters were
    /// added at the end.
    pub(super) fn set(&mut self, typed: &str, rows: &[ConversationRow], roster: &Roster) {
        let narrows = typed.starts_with(&self.typed);
        typed.clone_into(&mut self.typed);
        self.words = typed.split_whitespace().filter_map(Word::of).collect();
        if !narrows {
            self.found.clear();
        }
        for (number, row) in rows.iter().enumerate().take(self.found.len()) {
            if self.found[number] != Found::No {
                self.found[number] = self.look(number, row, roster);
            }
        }
        self.look_on(rows, roster);
    }

    /// Looks at rows that came since.
    pub(super) fn look_on(&mut self, rows: &[ConversationRow], roster: &Roster) {
        for (number, row) in rows.iter().enumerate().skip(self.found.len()) {
            let found = self.look(number, row, roster);
            self.found.push(found);
        }
    }

    /// Reads some more rows before words are looked for. False when every one was read.
    pub(super) fn read_on(&mut self, rows: &[ConversationRow], roster: &Roster) -> bool {
        self.letters.read_on(rows, roster)
    }

    /// Names changed: every row has to be read anew.
    pub(super) fn forget(&mut self) {
        (self.letters, self.found) = (Letters::default(), Vec::new());
    }

    /// A row changed.
    pub(super) fn look_again(&mut self, number: usize, row: &ConversationRow, roster: &Roster) {
        self.letters.forget(number);
        if number < self.found.len() {
            self.found[number] = self.look(number, row, roster);
        }
    }

    /// Whether the row with this number holds the words.
    pub(super) fn keeps(&self, number: usize) -> bool {
        self.found.get(number).is_none_or(|found| *found == Found::Yes)
    }

    fn look(&mut self, number: usize, row: &ConversationRow, roster: &Roster) -> Found {
        let Self { words, letters, matcher, buffer, .. } = self;
        if words.is_empty() {
            return Found::Yes;
        }
        let (apart, whole) = letters.of(number, row, roster);
        let mut least = Found::Yes;
        for word in words.iter() {
            least = least.min(search(matcher, buffer, word, apart, whole));
            if least == Found::No {
                break;
            }
        }
        least
    }

    /// Where the words are in a row. Costs a search in each of its texts, so only rows that are drawn are asked for.
    pub(in crate::app::pane::inbox) fn hits(&mut self, row: &ConversationRow, roster: &Roster) -> Hits {
        let assignee = assignee(row, roster);
        Hits {
            subject: self.apart(&row.subject),
            preview: self.whole(&row.preview),
            who: self.apart(who(row, roster)),
            assignee: self.apart(assignee.as_deref().unwrap_or_default()),
            tags: row.tags.iter().map(|tag| self.apart(&tag.name)).collect(),
        }
    }

    fn apart(&mut self, text: &str) -> Vec<Range<usize>> {
        let mut marked = Vec::new();
        let letters: Vec<char> = fold(text).collect();
        for word in &self.words {
            let mut at = Vec::new();
            let worth = self.matcher.fuzzy_indices(
                Utf32Str::Unicode(&letters),
                Utf32Str::Unicode(&word.letters),
                &mut at,
            );
            if worth.is_some_and(|worth| worth >= word.enough()) {
                marked.extend(at.into_iter().map(|letter| letter as usize));
            }
        }
        ranges(text, marked)
    }

    fn whole(&self, text: &str) -> Vec<Range<usize>> {
        let letters: Vec<char> = fold(text).collect();
        let mut marked = Vec::new();
        for word in &self.words {
            let length = word.letters.len();
            let at = letters.windows(length).position(|window| window == word.letters);
            marked.extend(at.into_iter().flat_map(|at| at..at + length));
        }
        ranges(text, marked)
    }
}

fn search(matcher: &mut Matcher, buffer: &mut Vec<char>, word: &Word, apart: &str, whole: &str) -> Found {
    // Letters that follow each other are always enough, and quicker to find.
    if apart.contains(&word.text) || whole.contains(&word.text) {
        return Found::Yes;
    }
    let mut best = Found::No;
    for part in parts(apart) {
        match matcher.fuzzy_match(letters(part, buffer), word.needle()) {
            Some(worth) if worth >= word.enough() => return Found::Yes,
            Some(_) => best = Found::Apart,
            None => {}
        }
    }
    best
}

/// Bytes of the characters with these numbers, counted in folded text; neighbours are joined.
fn ranges(text: &str, mut letters: Vec<usize>) -> Vec<Range<usize>> {
    letters.sort_unstable();
    letters.dedup();
    let begins: Vec<usize> = fold_with_bytes(text).map(|(at, _)| at).collect();
    let mut joined: Vec<Range<usize>> = Vec::new();
    for letter in letters {
        let Some(&from) = begins.get(letter) else { continue };
        let to = begins.get(letter + 1).copied().unwrap_or(text.len());
        match joined.last_mut() {
            Some(last) if last.end == from => last.end = to,
            Some(_) | None => joined.push(from..to),
        }
    }
    joined
}

#[cfg(test)]
mod tests;
