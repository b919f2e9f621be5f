//! The palette: commands of the place below, found by typing, with their keys and, when blocked, the reason.

use crate::app::command::{COMMANDS, Command, Spec};
use crate::app::field::Field;
use crate::app::key::Key;
use crate::app::list::List;
use crate::app::place::Place;

/// One command offered.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its row of the table.
    pub spec: &'static Spec,
    /// Its key in the place below, when it has one.
    pub key: Option<Key>,
    /// Why it cannot be done now.
    pub blocked: Option<String>,
}

/// The open palette.
#[derive(Debug)]
pub struct Palette {
    /// What was typed.
    pub field: Field,
    /// The cursor over `shown`.
    pub list: List,
    offers: Vec<Offer>,
    shown: Vec<usize>,
}

/// Commands that mean nothing when picked from a list.
fn is_motion(command: Command) -> bool {
    use Command::{Back, Bottom, Down, PageDown, PageUp, Palette, Top, Up};
    matches!(command, Up | Down | PageUp | PageDown | Top | Bottom | Palette | Back)
}

fn matches(title: &str, typed: &str) -> bool {
    let title = title.to_lowercase();
    typed.to_lowercase().split_whitespace().all(|word| title.contains(word))
}

impl Palette {
    /// The palette over `place`. `offer` gives the key and the reason of a command.
    pub fn over(place: Place, offer: impl Fn(Command) -> (Option<Key>, Option<String>)) -> Self {
        let specs = COMMANDS.iter().filter(|spec| spec.scope.covers(place) && !is_motion(spec.command));
        let offers: Vec<Offer> = specs
            .map(|spec| {
                let (key, blocked) = offer(spec.command);
                Offer { spec, key, blocked }
            })
            .collect();
        let shown = (0..offers.len()).collect();
        Self { field: Field::default(), list: List::default(), offers, shown }
    }

    /// What matches, in the table's order.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = &Offer> {
        self.shown.iter().map(|&at| &self.offers[at])
    }

    /// The command under the cursor.
    pub fn picked(&self) -> Option<&Offer> {
        self.shown.get(self.list.cursor()).map(|&at| &self.offers[at])
    }

    /// Narrows to what was typed.
    pub fn narrow(&mut self) {
        let typed = self.field.text();
        let fits = |at: &usize| matches(self.offers[*at].spec.title, typed);
        self.shown = (0..self.offers.len()).filter(fits).collect();
        self.list.select(0);
    }
}

/// Rows of commands that fit into the palette's box over `body`; constant while one types, so that the box does not jump.
pub fn height(body: ratatui::layout::Rect) -> u16 {
    body.height.saturating_sub(4).min(14)
}
