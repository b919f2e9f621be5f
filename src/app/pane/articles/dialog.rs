//! The words of the confirmation for a width, and whether a window can show all of them. What cannot be read in full
//! cannot be confirmed.

use ratatui::layout::Rect;

use super::sheet::{Facts, Sheet, quoted};
use crate::app::shell::Shell;
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
    /// Where it is; empty where that is not known.
    pub workspace: Vec<String>,
    /// What the write does.
    pub consequence: Vec<String>,
    /// What changes, in numbers.
    pub summary: Vec<String>,
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
pub fn words(dialog: &Confirmation, sheet: &Sheet, body: Rect) -> Option<Words> {
    let review = dialog.review()?;
    let inside = width(body).saturating_sub(4);
    let room = TITLE.min(usize::from(inside).saturating_sub(20));
    let article = match (review.is_new(), &review.changes().title) {
        (true, Some(title)) => format!("New article {}", quoted(title, room)),
        _ => format!("Article {} {}", review.base().row.id, quoted(review.base().title.as_str(), room)),
    };
    let place = if sheet.workspace.is_empty() { String::new() } else { format!("In {}", sheet.workspace) };
    Some(Words {
        article,
        workspace: if place.is_empty() { Vec::new() } else { wrap(&place, inside) },
        consequence: wrap(review.consequence(), inside),
        summary: wrap(&format!("Changes: {}.", sheet.summary()), inside),
        demand: wrap(&demand_words(dialog.demand()), inside),
    })
}

/// The workspace that is open, in words; empty while nothing is known of it.
pub fn workspace(shell: &Shell) -> String {
    Facts::of(shell).workspace
}

/// Columns of the dialog, its edge included.
pub fn width(body: Rect) -> u16 {
    body.width.min(WIDEST)
}

impl Words {
    /// Rows of the dialog, its edge included: its words, what is typed, the way out, and room between them.
    pub fn rows(&self) -> u16 {
        u16::try_from(self.workspace.len() + self.consequence.len() + self.summary.len() + self.demand.len())
            .unwrap_or(u16::MAX)
            .saturating_add(7)
    }

    /// Whether a body shows all of it.
    pub fn fit(&self, body: Rect) -> bool {
        body.width >= NARROWEST && body.height >= self.rows()
    }
}

/// Rows of a change that stay in view beside the dialog where there is room.
const BESIDE: u16 = 2;

/// Where the dialog lies in a body: below the first change on the page or above it, so that both are seen; in the middle
/// where there is no room for that.
pub fn place(words: &Words, sheet: &Sheet, body: Rect) -> Rect {
    let (cols, rows) = (width(body), words.rows().min(body.height));
    let x = body.x + (body.width - cols) / 2;
    let left = body.height - rows;
    let change = sheet.first_in_view().and_then(|row| u16::try_from(row).ok());
    let y = match change {
        Some(row) if row + BESIDE <= left => left,
        Some(row) if row >= rows => 0,
        Some(_) | None => left / 2,
    };
    Rect::new(x, body.y + y, cols, rows)
}

/// Whether the question can be read in a body.
pub(super) fn is_readable(dialog: &Confirmation, sheet: &Sheet, body: Rect) -> bool {
    words(dialog, sheet, body).is_some_and(|words| words.fit(body))
}
