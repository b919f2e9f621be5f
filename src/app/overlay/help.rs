//! The help: every command of the place below with all its keys, and what its signs and its language mean.

use crate::app::command::{COMMANDS, Command};
use crate::app::keymap::Keymap;
use crate::app::list::Scroll;
use crate::app::model::Screen;
use crate::app::place::Place;

/// One line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpRow {
    /// Keys, joined by blanks.
    pub keys: String,
    /// What they do.
    pub title: &'static str,
}

/// The help of one place.
#[derive(Debug)]
pub struct Help {
    /// The place it is about.
    pub place: Place,
    /// Its lines, in the table's order.
    pub rows: Vec<HelpRow>,
    /// The window over them.
    pub scroll: Scroll,
}

type Legend = &'static [(&'static str, &'static str)];

const SIGNS: Legend = &[
    ("● ◐ ○", "open, snoozed, closed"),
    ("→", "the customer waits, since the time beside it"),
    ("!! ! + -", "priority: urgent, high, medium, low"),
    ("✓ ✗ ◔", "service level: hit, missed, running"),
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
    ("role: owner: tag: segment:", "user or lead; ids"),
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

fn row(keymap: &Keymap, place: Place, command: Command, title: &'static str) -> Option<HelpRow> {
    let keys: Vec<String> = keymap.all(place, command).iter().map(ToString::to_string).collect();
    (!keys.is_empty()).then(|| HelpRow { keys: keys.join("  "), title })
}

impl Help {
    /// The help of `place` on a screen.
    pub fn of(place: Place, screen: Screen, keymap: &Keymap) -> Self {
        let commands = COMMANDS.iter().filter_map(|spec| row(keymap, place, spec.command, spec.title));
        let legend =
            legend(place, screen).iter().map(|(sign, title)| HelpRow { keys: (*sign).into(), title });
        // Where one types, what can be typed matters more than the keys.
        let rows = if place.takes_text() {
            legend.chain(commands).collect()
        } else {
            commands.chain(legend).collect()
        };
        Self { place, rows, scroll: Scroll::default() }
    }
}

/// Lines of text that fit into the help's box over `body`: all of them, or as many as there is room for.
pub fn height(body: ratatui::layout::Rect, help: &Help) -> u16 {
    let wanted = u16::try_from(help.rows.len()).unwrap_or(u16::MAX);
    wanted.min(body.height.saturating_sub(2))
}
