//! The help: every command of the place below with all its keys, and what its signs and its language mean.

use ratatui::layout::Rect;

use crate::app::command::{COMMANDS, Command, Spec};
use crate::app::keymap::Keymap;
use crate::app::list::Scroll;
use crate::app::model::Screen;
use crate::app::place::Place;
use crate::domain::rich::wrap;
use crate::domain::text::{Clean, width};

/// One line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpRow {
    /// Keys, joined by blanks; empty in a line that goes on.
    pub keys: String,
    /// What they do.
    pub title: String,
}

/// The most cells that keys take.
const KEYS: u16 = 31;
/// Blanks between keys and what they do, and beside both.
const BLANKS: u16 = 2;

/// The help of one place.
#[derive(Debug)]
pub struct Help {
    /// The place it is about.
    pub place: Place,
    /// Its lines, in the table's order, as they are shown.
    pub rows: Vec<HelpRow>,
    /// The window over them.
    pub scroll: Scroll,
    /// One for each command or sign.
    told: Vec<HelpRow>,
    /// Cells of a line that the rows were made for.
    cells: u16,
}

type Legend = &'static [(&'static str, &'static str)];

const SIGNS: Legend = &[
    ("● ◐ ○", "open, snoozed, closed"),
    ("· ?", "the state is not told; one that is not known here"),
    ("→", "the customer waits, since the time beside it"),
    ("!! ! + -", "priority: urgent, high, medium, low"),
    ("✓ ✗ ◔", "at the right, service level: hit, missed, running"),
    ("d z ↩", "before the name, local: done, put away, came back"),
    ("▴ ✎", "before the name, local: kept on top, has a note"),
    ("•", "new, or changed since you looked"),
    ("■ ▎", "chosen; open beside the list"),
];

const NUMBERS: Legend = &[
    ("434  2m", "so many, counted two minutes ago"),
    ("≤ 434", "at most: a part of the view is cut here"),
    ("≥ 1", "at least: the server does not say how many"),
    ("–  …", "not known; being counted"),
    ("– !", "it failed: the status line says why"),
];

const LANGUAGE: Legend = &[
    ("words", "free text; replies are not searched"),
    ("field:value", "equal; quotes around blanks and colons"),
    ("field:op:value", "eq neq gt lt gte lte contains in; or > < >= <="),
    ("state", "open, closed, snoozed"),
    ("assignee", "a name, an id, me, none or any; also team, tag"),
    ("waiting", ">4h, yes or no; cut here, as are sla and fin"),
    ("priority", "urgent high medium low none"),
    ("created_at", ">-3d, today, <2026-10-01; also updated_at"),
    ("rating", "<3, none or any"),
    ("channel", "chat, email, whatsapp, …"),
    ("source_author_email", "who opened it; also source_author_name"),
    ("source_subject", "also source_body, with contains"),
    ("Tab", "takes what is marked ▸, or lists every field"),
    ("↓", "into the list; Enter takes what is marked there"),
    ("↑ Ctrl-R", "what was searched before"),
];

/// The keys of the search form, which are its own.
const FORM: Legend = &[
    ("Tab ↑ ↓", "the next box, or the one before"),
    ("← → Space", "the next choice; a letter goes to it"),
    ("Space", "in an empty box for a name: the names known"),
    ("Backspace", "nothing chosen"),
    ("Enter", "search for what the boxes say"),
    ("Esc", "leave the search as it was"),
];

const PEOPLE: Legend = &[
    ("words", "a part of the name"),
    ("a@b.example", "the whole address; also email:"),
    ("@b.example", "everybody of a domain; also domain:"),
    ("+49 170 …", "the whole number; also phone:"),
    ("id: external_id:", "Intercom's id, your own id"),
    ("plan:\"Pro\"", "a custom attribute; any word that is no other field"),
    ("attribute:NAME=VALUE", "the same, for a name with blanks or one used here"),
    ("country: region: city:", "the last known place"),
    ("role: tag: segment:", "user or lead; by id, or by a name that was seen"),
    ("owner:", "a teammate by name or id, or me"),
    ("bounced:true", "mail to them came back"),
    ("(nothing)", "everybody"),
    ("↑ ↓", "what was searched before"),
];

const COMPANIES: Legend = &[
    ("words", "the exact name; else the letters, in what is loaded"),
    ("id:acct-77", "your own id for the company"),
    ("tag: segment:", "by id, or by a name that was seen on a company"),
    ("(nothing)", "all companies"),
    ("↑ ↓", "what was searched before"),
];

const SOURCE: Legend = &[
    ("Markdown", "blocks that you leave alone are sent byte for byte"),
    ("```html", "opens a block of HTML, ``` ends it"),
    ("HTML", "line breaks between block tags are not sent"),
    ("Space", "on State: switches between live and draft"),
];

/// What the reading before a write catches, and what it cannot.
const WINDOW: Legend = &[
    ("before a write", "the article is read once more; if it moved,"),
    ("", "nothing is sent: both changes merge anew"),
    ("what remains", "a change in the instant after that reading"),
    ("", "cannot be seen, and would be overwritten;"),
    ("", "the history keeps what that reading found"),
];

fn legend(place: Place, screen: Screen) -> Legend {
    match (place, screen) {
        (Place::Inbox | Place::Thread, _) => SIGNS,
        (Place::SearchLine, Screen::Inbox) => LANGUAGE,
        (Place::SearchLine, Screen::People) => PEOPLE,
        (Place::SearchLine, Screen::Companies) => COMPANIES,
        (Place::SearchForm, _) => FORM,
        (Place::Views, _) => NUMBERS,
        (Place::Editor, _) => SOURCE,
        (Place::Review | Place::Conflict, _) => WINDOW,
        _ => &[],
    }
}

fn row(keymap: &Keymap, place: Place, spec: &Spec) -> Option<HelpRow> {
    let keys: Vec<String> = keymap.all(place, spec.command).iter().map(ToString::to_string).collect();
    (!keys.is_empty()).then(|| HelpRow { keys: keys.join("  "), title: spec.title.to_owned() })
}

/// Whether a place's own words say what a command does there, or it can never be done on this screen.
fn is_left_out(place: Place, screen: Screen, command: Command) -> bool {
    (command == Command::ShowForm && place == Place::SearchLine && screen != Screen::Inbox)
        || (command == Command::Back && place == Place::SearchForm)
}

impl Help {
    /// The help of `place` on a screen.
    pub fn of(place: Place, screen: Screen, keymap: &Keymap) -> Self {
        let told = COMMANDS.iter().filter(|spec| !is_left_out(place, screen, spec.command));
        let commands = told.filter_map(|spec| row(keymap, place, spec));
        let legend = legend(place, screen)
            .iter()
            .map(|(sign, title)| HelpRow { keys: (*sign).into(), title: (*title).to_owned() });
        // Where one types, what can be typed matters more than the keys.
        let told: Vec<HelpRow> = if place.takes_text() {
            legend.chain(commands).collect()
        } else {
            commands.chain(legend).collect()
        };
        Self { place, rows: told.clone(), scroll: Scroll::default(), told, cells: 0 }
    }

    /// Cells of the column of keys in a body of so many.
    pub fn keys(&self, cells: u16) -> u16 {
        let keys = self.told.iter().map(|row| width(&row.keys)).max().unwrap_or(0);
        // In a narrow window the words matter more than the last of many keys.
        u16::try_from(keys).unwrap_or(KEYS).min(KEYS).min(cells * 2 / 5)
    }

    /// Cells of the whole box: as many as the longest words need, if there is room.
    pub fn width(&self, cells: u16) -> u16 {
        let words = self.told.iter().map(|row| width(&row.title)).max().unwrap_or(0);
        let words = u16::try_from(words).unwrap_or(cells).max(36);
        self.keys(cells).saturating_add(words).saturating_add(2 * BLANKS + 2).min(cells)
    }

    /// Lays the lines out for a body: words that are too long go on below.
    pub fn arrange(&mut self, body: Rect) {
        if self.cells != body.width {
            self.cells = body.width;
            let room = self.width(body.width).saturating_sub(self.keys(body.width) + 2 * BLANKS + 2);
            self.rows = self.told.iter().flat_map(|row| laid(row, room)).collect();
        }
        self.scroll.fit(self.rows.len(), usize::from(height(body, self)));
    }
}

/// A row as lines of so many cells.
fn laid(row: &HelpRow, room: u16) -> Vec<HelpRow> {
    let keys = std::iter::once(row.keys.as_str()).chain(std::iter::repeat(""));
    let words = wrap(&Clean::line(&row.title), room.max(1)).into_iter();
    keys.zip(words).map(|(keys, title)| HelpRow { keys: keys.to_owned(), title }).collect()
}

/// Lines of text that fit into the help's box over `body`: all of them, or as many as there is room for.
pub fn height(body: Rect, help: &Help) -> u16 {
    let wanted = u16::try_from(help.rows.len()).unwrap_or(u16::MAX);
    wanted.min(body.height.saturating_sub(2))
}
