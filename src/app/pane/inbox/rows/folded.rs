//! Rows as letters to look for letters in: folded, kept in one piece of text while a filter is open. Owns which parts of a row
//! are looked at; refuses to know what is looked for.

use std::ops::Range;

use super::names::{assignee, who};
use crate::domain::conversation::ConversationRow;
use crate::domain::folded::fold_into;
use crate::domain::roster::Roster;

/// Between the parts in which letters may stand apart and those in which they may not. Clean text has no such character.
const WHOLE: char = '\0';
/// Between parts.
const NEXT: char = '\n';

/// So many rows are read at a time while nobody types.
const PORTION: usize = 1_000;

/// The letters of rows, by number, made when they are first wanted.
#[derive(Debug, Default)]
pub(super) struct Letters {
    all: String,
    at: Vec<Option<Range<u32>>>,
}

impl Letters {
    /// The row with this number changed.
    pub(super) fn forget(&mut self, number: usize) {
        if let Some(at) = self.at.get_mut(number) {
            *at = None;
        }
    }

    /// The letters of a row: of subject, person, assignee and each tag, in which letters may stand apart, and of address, id
    /// and first words, in which they may not.
    pub(super) fn of(&mut self, number: usize, row: &ConversationRow, roster: &Roster) -> (&str, &str) {
        if self.at.len() <= number {
            self.at.resize(number + 1, None);
        }
        let known = self.at[number].clone();
        let range = known.unwrap_or_else(|| {
            let range = self.write(row, roster);
            self.at[number] = Some(range.clone());
            range
        });
        let text = self.all.get(range.start as usize..range.end as usize).unwrap_or_default();
        text.split_once(WHOLE).unwrap_or((text, ""))
    }

    /// Reads the next rows. False when every one was read.
    pub(super) fn read_on(&mut self, rows: &[ConversationRow], roster: &Roster) -> bool {
        let from = self.at.len();
        for (number, row) in rows.iter().enumerate().skip(from).take(PORTION) {
            self.of(number, row, roster);
        }
        if from == 0 && !self.at.is_empty() {
            // As much as all rows will take if they are like these, so that nothing is moved while it grows.
            self.at.reserve_exact(rows.len() - self.at.len());
            self.all.reserve(self.all.len() / self.at.len() * (rows.len() - self.at.len()));
        }
        self.at.len() < rows.len()
    }

    fn write(&mut self, row: &ConversationRow, roster: &Roster) -> Range<u32> {
        let from = self.all.len();
        fold_into(&mut self.all, &row.subject);
        let assignee = assignee(row, roster);
        let names = [who(row, roster), assignee.as_deref().unwrap_or_default()];
        for part in names.into_iter().chain(row.tags.iter().map(|tag| tag.name.as_str())) {
            self.all.push(NEXT);
            fold_into(&mut self.all, part);
        }
        self.all.push(WHOLE);
        for part in [row.author.email.as_str(), row.id.as_str(), row.preview.as_str()] {
            self.all.push(NEXT);
            fold_into(&mut self.all, part);
        }
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        byte(from)..byte(self.all.len())
    }
}

/// The parts of letters.
pub(super) fn parts(letters: &str) -> impl Iterator<Item = &str> {
    letters.split(NEXT)
}
