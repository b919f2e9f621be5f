//! The palette: commands of the place below, found by typing, with their keys and, when blocked, the reason. Owns the words by
//! which a command is found besides its own.

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

/// Words that people have for a command and that neither its title nor its name has.
const ALSO: &[(Command, &str)] = &[
    (Command::Open, "read enter"),
    (Command::Search, "find query"),
    (Command::SetMe, "who am i my name login"),
    (Command::MarkDone, "close resolve archive finish"),
    (Command::Snooze, "later remind defer postpone"),
    (Command::Pin, "star top"),
    (Command::Memo, "comment remark"),
    (Command::UndoMark, "revert"),
    (Command::ShowAway, "hidden snoozed archived"),
    (Command::FilterLoaded, "narrow"),
    (Command::Sort, "order"),
    (Command::SortBack, "reverse ascending descending"),
    (Command::Choose, "select mark"),
    (Command::ChooseAll, "select mark"),
    (Command::Export, "save download"),
    (Command::ExportMarks, "save download"),
    (Command::ShowForm, "advanced boxes"),
    (Command::ShowCall, "mcp arguments query"),
    (Command::ShowAnswers, "help center suggest"),
    (Command::ShowInsight, "statistics stats figures charts board report dashboard"),
    (Command::FindInThread, "search"),
    (Command::Events, "fold hide"),
    (Command::AddNote, "comment"),
    (Command::LoadAll, "more everything"),
    (Command::Refresh, "reload update"),
    (Command::Browse, "intercom web"),
    (Command::CopyLink, "url address"),
    (Command::Contact, "person user profile"),
    (Command::ShowMembers, "contacts users"),
    (Command::CorrectName, "rename edit"),
    (Command::ForgetName, "delete remove"),
    (Command::Edit, "change write"),
    (Command::NewArticle, "create write"),
    (Command::ShowHistory, "journal log undo"),
    (Command::ShowOutline, "headings contents"),
    (Command::Review, "save send publish"),
    (Command::Send, "save publish confirm"),
    (Command::Discard, "delete drop"),
    (Command::GoInbox, "conversations"),
    (Command::GoPeople, "contacts users customers"),
    (Command::GoArticles, "help center"),
    (Command::GoSession, "connection"),
    (Command::Examine, "diagnose check health"),
    (Command::Reconnect, "dial link network"),
    (Command::SignIn, "login account"),
    (Command::SignOut, "logout account"),
    (Command::Help, "shortcuts bindings"),
    (Command::Redraw, "refresh screen"),
    (Command::Suspend, "background"),
    (Command::Quit, "exit leave"),
];

/// How near a command is to what was typed: its title has every word, or its name and the words for it have what the title
/// lacks. None when a word is nowhere.
fn nearness(spec: &Spec, typed: &str) -> Option<u8> {
    let typed = typed.to_lowercase();
    let title = spec.title.to_lowercase();
    let also = ALSO.iter().find(|(command, _)| *command == spec.command).map_or("", |(_, words)| words);
    let others = [spec.name, also, &spec.hint.to_lowercase()].join(" ");
    let missing = typed.split_whitespace().filter(|word| !title.contains(word));
    let found = missing.map(|word| others.split([' ', '-']).any(|other| other.starts_with(word)));
    found.into_iter().try_fold(0, |_, found| found.then_some(1))
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

    /// What matches: by its title, then by other words for it; both in the table's order.
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
        let near = |(at, offer): (usize, &Offer)| Some((nearness(offer.spec, typed)?, at));
        let mut found: Vec<(u8, usize)> = self.offers.iter().enumerate().filter_map(near).collect();
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

    fn found(place: Place, typed: &str) -> Vec<Command> {
        let mut palette = Palette::over(place, |_| (None, None));
        palette.field.insert(typed);
        palette.narrow();
        palette.shown().map(|offer| offer.spec.command).collect()
    }

    #[test]
    fn commands_are_found_by_the_words_that_people_have_for_them() {
        use Command::{
            Browse, Examine, Export, GoPeople, Help, LastCustomer, MarkDone, Memo, NextThread, Pin, Quit,
            Refresh, SetMe, ShowAnswers, ShowInsight, Snooze, UndoMark,
        };
        let table = [
            (Place::Inbox, "snooze", Snooze),
            (Place::Inbox, "later", Snooze),
            (Place::Inbox, "undo", UndoMark),
            (Place::Inbox, "pin", Pin),
            (Place::Inbox, "resolve", MarkDone),
            (Place::Inbox, "note", Memo),
            (Place::Inbox, "stats", ShowInsight),
            (Place::Inbox, "chart", ShowInsight),
            (Place::Inbox, "save json", Export),
            (Place::Inbox, "who am i", SetMe),
            (Place::Inbox, "reload", Refresh),
            (Place::Inbox, "Intercom", Browse),
            (Place::Inbox, "EXIT", Quit),
            (Place::Inbox, "contacts", GoPeople),
            (Place::Thread, "next conv", NextThread),
            (Place::Thread, "help center", ShowAnswers),
            (Place::Thread, "last word", LastCustomer),
            (Place::Thread, "diagnose", Examine),
            (Place::People, "shortcuts", Help),
        ];
        for (place, typed, command) in table {
            let found = found(place, typed);
            assert!(found.contains(&command), "{typed}: {found:?}");
        }
        assert_eq!(found(Place::Inbox, "no such thing"), []);
    }

    #[test]
    fn every_command_is_found_by_its_name_and_what_the_title_says_comes_first() {
        for spec in COMMANDS.iter().filter(|spec| !is_motion(spec.command)) {
            let place = Place::ALL.into_iter().find(|place| spec.scope.covers(*place)).unwrap();
            for typed in [spec.name.replace('-', " "), spec.title.to_owned()] {
                assert!(found(place, &typed).contains(&spec.command), "{typed}");
            }
        }
        assert_eq!(found(Place::Inbox, "search").first(), Some(&Command::Search));
        assert_eq!(found(Place::Inbox, "people").first(), Some(&Command::GoPeople));
    }
}
