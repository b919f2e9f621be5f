//! Whether a new article whose answer was lost was made: told from a page of the list and from articles with its title. Owns
//! that rule; refuses to ask for anything.

use super::fate::{CLOCKS_APART, Fate, Intent, same_but_blanks, same_words};
use crate::domain::article::{Article, ArticleRow};
use crate::domain::page::Page;
use crate::domain::text::Clean;

/// How an article with the title of a new one stands to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// It has every field that was sent: it is the one, or its twin.
    Same,
    /// It has the title and the author, and either the time and another text, or the text and another time, which clocks
    /// that are apart make: it may be the one.
    Perhaps,
    /// It is another one.
    Other,
}

/// How far apart clocks may be before an article that was made since counts as older than the sending, in seconds. Wider than
/// where a namesake is told from it: of what was not looked through nothing is known at all.
const SURELY_BEFORE: i64 = 3_600;

impl Intent {
    /// Articles of a page that may be the one that was sent: its title, and its author where both are known. Whatever their
    /// age: what the server's clock says of it may be wrong.
    pub fn candidates<'a>(&'a self, page: &'a Page<ArticleRow>) -> impl Iterator<Item = &'a ArticleRow> {
        let title = Clean::line(self.changes().title.as_deref().unwrap_or_default());
        page.items.iter().filter(move |row| row.title == title && self.is_by_its_author(row))
    }

    fn is_by_its_author(&self, row: &ArticleRow) -> bool {
        let sent = self.changes().author.as_ref();
        row.author.as_ref().is_none_or(|author| sent.is_none_or(|sent| sent == author))
    }

    /// Whether it is not older than the sending, with the clocks two minutes apart at most. One whose age was not said may be
    /// any age.
    fn is_of_its_time(&self, row: &ArticleRow) -> bool {
        row.created_at.is_none_or(|at| at.0 >= self.at().0.saturating_sub(CLOCKS_APART))
    }

    /// Whether a page and those before it hold every article that can have been made since the sending: it is the last one,
    /// or it is sorted by the latest change and ends with one from before.
    pub fn is_covered_by(&self, page: &Page<ArticleRow>) -> bool {
        let times: Vec<i64> = page.items.iter().filter_map(|row| row.updated_at).map(|at| at.0).collect();
        let whole = page.skipped == 0 && times.len() == page.items.len();
        let before = times.last().is_some_and(|last| *last < self.at().0.saturating_sub(SURELY_BEFORE));
        page.next.is_none() && page.skipped == 0
            || whole && before && times.is_sorted_by(|newer, older| newer >= older)
    }

    /// How an article that was read whole stands to the one that was sent.
    pub fn likeness(&self, found: &Article) -> Likeness {
        let sent = self.changes();
        let title = sent.title.as_deref().unwrap_or_default();
        if !same_but_blanks(title, found.title.as_str()) || !self.is_by_its_author(&found.row) {
            return Likeness::Other;
        }
        let titled = title == found.title.as_str();
        let reads = same_words(sent.body.as_deref().unwrap_or_default(), found.body.as_str());
        if !self.is_of_its_time(&found.row) {
            return if reads { Likeness::Perhaps } else { Likeness::Other };
        }
        let dated = found.row.created_at.is_some();
        if titled && reads && dated { Likeness::Same } else { Likeness::Perhaps }
    }

    /// The fate, once every candidate was read: it landed where exactly one is the same. With none of them at all it is not
    /// there so far.
    pub fn settle_new(&self, found: &[(Likeness, &Article)]) -> Fate {
        let same: Vec<&Article> =
            found.iter().filter(|(like, _)| *like == Likeness::Same).map(|(_, article)| *article).collect();
        match same[..] {
            [one] => self.read_back(one),
            [] if found.iter().all(|(like, _)| *like == Likeness::Other) => Fate::NotLanded,
            _ => Fate::CannotTell,
        }
    }
}
