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

/// How well a command fits what was typed, the best first: beginnings of words that are shown, of other words that one may look
/// for it by, letters within the words that are shown.
fn fits(spec: &Spec, typed: &str) -> Option<u8> {
    let (title, typed) = (spec.title.to_lowercase(), typed.to_lowercase());
    let fit = |word: &str| match word {
        _ if begins_a_word(&title, word) => Some(0),
        _ if begins_a_word(spec.also, word) || begins_a_word(spec.name, word) => Some(1),
        _ => title.contains(word).then_some(2),
    };
    let fits: Option<Vec<u8>> = typed.split_whitespace().map(fit).collect();
    fits.map(|fits| fits.into_iter().max().unwrap_or_default())
}

fn begins_a_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|other| other.starts_with(word))
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

    /// What matches, the best first, else in the table's order.
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
        let fits = |at: usize| Some((fits(self.offers[at].spec, typed)?, at));
        let mut found: Vec<(u8, usize)> = (0..self.offers.len()).filter_map(fits).collect();
        found.sort_unstable();
        self.shown = found.into_iter().map(|(_, at)| at).collect();
        self.list.select(0);
    }
}

/// Rows of commands that fit into the palette's box over `body`; constant while one types, so that the box does not jump.
pub fn height(body: ratatui::layout::Rect) -> u16 {
    body.height.saturating_sub(4).min(14)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_by_the_words_that_people_know_them_by() {
        use Command::{
            ChooseAll, Export, FilterLoaded, MarkDone, Memo, Pin, SetMe, ShowAnswers, ShowAway, ShowForm,
            ShowInsight, ShowViews, Snooze, SortBack, UndoMark,
        };
        let found = |typed: &str| {
            let mut palette = Palette::over(Place::Inbox, |_| (None, None));
            palette.field = Field::of(typed);
            palette.narrow();
            palette.picked().map(|offer| offer.spec.command)
        };
        for (typed, command) in [
            ("snooze", Snooze),
            ("Later", Snooze),
            ("close", MarkDone),
            ("mine", ShowViews),
            ("who am i", SetMe),
            ("unassigned", ShowViews),
            ("export", Export),
            ("filter", FilterLoaded),
            ("insight", ShowInsight),
            ("statistics", ShowInsight),
            ("help center", ShowAnswers),
            ("pin", Pin),
            ("memo", Memo),
            ("undo", UndoMark),
            ("hidden", ShowAway),
            ("select all", ChooseAll),
            ("boxes", ShowForm),
            ("reverse sort", SortBack),
        ] {
            assert_eq!(found(typed), Some(command), "{typed}");
        }
        assert_eq!(found("xylophone"), None);
    }
}
