//! The words of the confirmation for a width, and whether a window can show all of them. What cannot be read in full
//! cannot be confirmed.

use ratatui::layout::Rect;

use super::sheet::quoted;
use crate::domain::change::{Confirmation, Demand};
use crate::domain::rich::wrap;

/// The widest the dialog gets, and the narrowest that can be read, in cells with its edge.
const WIDEST: u16 = 72;
const NARROWEST: u16 = 36;
/// Cells of the title shown; the words around it are ours.
const TITLE: usize = 50;

/// The dialog's words above the line that is typed into.
#[derive(Debug)]
pub struct Words {
    /// Which article, on one row.
    pub article: String,
    /// What the write does.
    pub consequence: Vec<String>,
    /// What has to be typed.
    pub demand: Vec<String>,
}

fn demand_words(demand: Demand) -> String {
    match demand {
        Demand::Word(word) => format!("To save it, type the word {word}, letter by letter."),
        Demand::Letter(letter) => format!("To save it, press {letter}."),
    }
}

/// The dialog's words in a body; none once the confirmation is spent.
pub fn words(dialog: &Confirmation, body: Rect) -> Option<Words> {
    let review = dialog.review()?;
    let inside = width(body).saturating_sub(4);
    let title = quoted(review.base().title.as_str(), TITLE.min(usize::from(inside).saturating_sub(20)));
    Some(Words {
        article: format!("Article {} {title}", review.base().row.id),
        consequence: wrap(review.consequence(), inside),
        demand: wrap(&demand_words(dialog.demand()), inside),
    })
}

/// Columns of the dialog, its edge included.
pub fn width(body: Rect) -> u16 {
    body.width.min(WIDEST)
}

impl Words {
    /// Rows of the dialog, its edge included: its words, what is typed, the way out, and room between them.
    pub fn rows(&self) -> u16 {
        u16::try_from(self.consequence.len() + self.demand.len()).unwrap_or(u16::MAX).saturating_add(8)
    }

    /// Whether a body shows all of it.
    pub fn fit(&self, body: Rect) -> bool {
        body.width >= NARROWEST && body.height >= self.rows()
    }
}

/// Whether the question can be read in a body.
pub(super) fn is_readable(dialog: &Confirmation, body: Rect) -> bool {
    words(dialog, body).is_some_and(|words| words.fit(body))
}
