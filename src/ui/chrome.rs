//! The frame around every place: tabs and link above, status and hints below.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::cell::{put, put_right};
use super::theme::Theme;
use crate::app::command::{COMMANDS, Command, Spec};
use crate::app::model::{Model, Screen};
use crate::app::notice::{Notice, Weight};
use crate::app::overlay::Overlay;
use crate::app::pane::inbox::line::Purpose;
use crate::app::place::Place;
use crate::domain::call::FaultKind;
use crate::domain::link::Link;
use crate::domain::rich::wrap;
use crate::domain::text::{fit, width};

/// Draws header, status and hints.
pub fn draw(buffer: &mut Buffer, model: &Model, theme: &Theme) {
    let frame = model.shell.frame;
    let area = buffer.area;
    header(buffer, frame.header.intersection(area), model, theme);
    status(buffer, frame.status.intersection(area), model, theme);
    hints(buffer, frame.hints.intersection(area), model, theme);
}

const BRAND: &str = " Switchboard";

fn header(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    if model.first.is_some() {
        put(buffer, area, 0, 0, BRAND, theme.strong);
        return;
    }
    let tabs: usize = Screen::ALL.iter().map(|screen| width(screen.title()) + 4).sum();
    let ([long, short], style) = link(model, theme);
    // The tabs lead to what can still be done without a link, whose words give way.
    let words = if width(&long) + 2 + tabs < usize::from(area.width) { long } else { short };
    let link_cells = u16::try_from(width(&words)).unwrap_or(area.width);
    put_right(buffer, area, 0, &words, style);
    let room = Rect { width: area.width.saturating_sub(link_cells + 2), ..area };
    // Where one is comes before what the program is called.
    let named = usize::from(room.width) >= tabs + BRAND.len() + 2;
    let mut x = if named { put(buffer, room, 0, 0, BRAND, theme.strong) + 2 } else { 1 };
    let all = usize::from(room.width) > tabs;
    for (number, screen) in (1..).zip(Screen::ALL).filter(|(_, screen)| all || *screen == model.screen) {
        let (mark, style) = if screen == model.screen {
            (theme.accent, theme.accent.patch(theme.strong))
        } else {
            (theme.dim, theme.plain)
        };
        x += put(buffer, room, x, 0, &format!("{number} "), mark);
        x += put(buffer, room, x, 0, screen.title(), style) + 2;
    }
    if model.shell.options.read_only {
        put(buffer, room, x, 0, "read-only", theme.warn);
    }
}

/// How the link stands, in long words and in short ones.
fn link(model: &Model, theme: &Theme) -> ([String; 2], Style) {
    let shell = &model.shell;
    let one = |words: String| [words.clone(), words];
    let waits =
        |what: &str, left: u64| [format!("{what}, next try in {left} s "), format!("{what} {left} s ")];
    match &shell.link {
        Link::Connecting { attempt: 1 } => (one("◌ connecting ".into()), theme.dim),
        Link::Connecting { .. } => (["◌ connecting again ", "◌ connecting "].map(str::to_owned), theme.warn),
        Link::Up(_) if shell.paused().is_some() => {
            let left = shell.paused().unwrap_or(0);
            let words = [format!("◐ paused by the server, {left} s "), format!("◐ paused {left} s ")];
            (words, theme.warn)
        }
        Link::Up(_) if shell.options.demo => {
            (["● demo workspace ", "● demo "].map(str::to_owned), theme.good)
        }
        Link::Up(server) => (one(format!("● {} ", server.host)), theme.good),
        Link::Down { .. } if shell.wants_sign_in() => {
            let key = shell.key(model.place(), Command::GoSession);
            ([format!("○ sign in: press {key} "), format!("○ sign in: {key} ")], theme.bad)
        }
        Link::Down { retry_in: None, .. } => (one("○ not connected ".into()), theme.bad),
        Link::Down { retry_in: Some(millis), fault } => {
            let left = millis.saturating_sub(shell.now.since(shell.link_at)).div_ceil(1_000);
            // A server that wants a pause is there.
            if fault.kind == FaultKind::RateLimited {
                (waits("◐ paused", left), theme.warn)
            } else {
                (waits("○ offline", left), theme.bad)
            }
        }
        Link::Closed => (one("○ closed ".into()), theme.dim),
    }
}

fn status(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let shell = &model.shell;
    let room = Rect { x: area.x + area.width.min(1), width: area.width.saturating_sub(2), ..area };
    if let Some(notice) = &shell.notice {
        let style = match notice.weight {
            Weight::Quiet => theme.plain,
            Weight::Good => theme.good,
            Weight::Bad => theme.bad,
        };
        let mark = match notice.weight {
            Weight::Quiet => "· ",
            Weight::Good => "✓ ",
            Weight::Bad => "! ",
        };
        let x = put(buffer, room, 0, 0, mark, style);
        put(buffer, room, x, 0, &sentence(notice, room.width).0, style);
        return;
    }
    let told_below = model.screen == Screen::Session && model.session.tells_link(&shell.link);
    if let Link::Down { fault, .. } = &shell.link
        && !told_below
        && model.first.is_none()
    {
        let fate = model.pane().fate();
        let told = if fate.is_empty() { fault.sentence.as_str() } else { fate };
        put(buffer, room, 0, 0, &format!("! {told}"), theme.bad);
        return;
    }
    let said = model.pane().status(shell);
    let [short, long] = under_way(model);
    // What one is told, and its keys, come before the key that cancels.
    let fits = width(&said) + 1 + width(&long) <= usize::from(room.width);
    let under_way = if fits { long } else { short };
    let cells = u16::try_from(width(&under_way)).unwrap_or(0);
    put_right(buffer, room, 0, &under_way, theme.accent);
    let left = Rect { width: room.width.saturating_sub(cells + 1), ..room };
    put(buffer, left, 0, 0, &said, theme.dim);
}

/// What is being waited for, in short, and with what can be done about it.
fn under_way(model: &Model) -> [String; 2] {
    let key = |command| model.shell.key(model.place(), command);
    let both = |words: String, can: &str| [words.clone(), words + can];
    match model.shell.waiting() {
        None => Default::default(),
        Some(millis) if model.shell.is_writing() => both(format!("saving… {} s", millis / 1_000), ""),
        Some(millis) if millis < 2_000 => both("loading…".into(), ""),
        Some(millis) if millis < 10_000 || model.place().takes_text() => {
            both(format!("loading… {} s", millis / 1_000), &format!(", {} cancels", back_key(model)))
        }
        // The link still counts as up, but a server that is silent for so long may have stopped.
        Some(millis) => {
            both(format!("no answer {} s", millis / 1_000), &format!(", {} examines", key(Command::Examine)))
        }
    }
}

/// The key that leads back. Questions, which no command reaches, have their own.
fn back_key(model: &Model) -> String {
    let shown = model.shell.options.keymap.shown(model.place(), Command::Back);
    shown.map_or_else(|| "Esc".to_owned(), |key| key.to_string())
}

fn hints(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let room = Rect { x: area.x + area.width.min(1), width: area.width.saturating_sub(2), ..area };
    let told = model.shell.notice.as_ref().map(|notice| sentence(notice, room.width).1);
    if let Some(hint) = told.filter(|hint| !hint.is_empty()) {
        put(buffer, room, 0, 0, &hint, theme.plain);
        return;
    }
    if let Some(hint) = down_hint(model).filter(|hint| !hint.is_empty()) {
        down(buffer, room, model, theme, &hint);
        return;
    }
    let hints = fitting(shown(model).collect(), usize::from(room.width));
    keys(buffer, room, theme, &hints);
}

fn keys(buffer: &mut Buffer, room: Rect, theme: &Theme, hints: &[Hint]) {
    let mut x = 0;
    for (key, words) in hints {
        x += put(buffer, room, x, 0, key, theme.accent) + 1;
        x += put(buffer, room, x, 0, words, theme.dim) + 2;
    }
}

/// What to do about a link that is down, and at the right the keys for it, where they are keys.
fn down(buffer: &mut Buffer, room: Rect, model: &Model, theme: &Theme, hint: &str) {
    let (place, keymap) = (model.place(), &model.shell.options.keymap);
    let ways = [(Command::Reconnect, "connect"), (Command::Examine, "doctor")];
    let way =
        |(command, words): (Command, &'static str)| Some((keymap.shown(place, command)?.to_string(), words));
    let ways: Vec<Hint> = ways.into_iter().filter_map(way).filter(|_| !place.takes_text()).collect();
    let cells: usize = ways.iter().map(|(key, words)| width(key) + 1 + width(words) + 2).sum();
    let cells = u16::try_from(cells).unwrap_or(room.width).min(room.width);
    let left = Rect { width: room.width - cells, ..room };
    put(buffer, left, 0, 0, hint, theme.plain);
    keys(
        buffer,
        Rect { x: room.x + left.width + 2.min(cells), width: cells.saturating_sub(2), ..room },
        theme,
        &ways,
    );
}

type Hint = (String, &'static str);

/// The hints that fit, in order: whole ones only, and the ways back and to the help before all others.
fn fitting(hints: Vec<Hint>, room: usize) -> Vec<Hint> {
    let cells = |(key, words): &Hint| width(key) + 1 + width(words) + 2;
    let is_way_out = |hint: &Hint| matches!(hint.1, "help" | "back" | "cancel");
    let mut left = room + 2;
    let reserved: usize = hints.iter().filter(|hint| is_way_out(hint)).map(cells).sum();
    left = left.saturating_sub(reserved);
    let mut take = |hint: &Hint| {
        let fits = is_way_out(hint) || cells(hint) <= left;
        if fits && !is_way_out(hint) {
            left -= cells(hint);
        }
        fits
    };
    hints.into_iter().filter(|hint| take(hint)).collect()
}

/// A notice's sentence for the status line, and what is left of it with the hint for the line below.
fn sentence(notice: &Notice, room: u16) -> (String, String) {
    let cells = usize::from(room);
    let mut lines = wrap(&notice.sentence, room.saturating_sub(2)).into_iter();
    let first = lines.next().unwrap_or_default();
    let (rest, hint) = (lines.collect::<Vec<_>>().join(" "), notice.hint.to_string());
    if rest.is_empty() || hint.is_empty() {
        return (first, rest + &hint);
    }
    // The hint has the keys, and is whole where that can be: the sentence gives way.
    match cells.saturating_sub(width(&hint) + 1) {
        left if left >= width(&rest).min(SHORTEST) => (first, format!("{} {hint}", fit(&rest, left))),
        _ => (fit(&format!("{first} {rest}"), cells.saturating_sub(2)).into_owned(), hint),
    }
}

/// Fewer cells than this say nothing of a sentence's end.
const SHORTEST: usize = 8;

fn down_hint(model: &Model) -> Option<String> {
    if model.first.is_some() || model.screen == Screen::Session || model.place() == Place::Question {
        return None;
    }
    match &model.shell.link {
        Link::Down { .. } if model.shell.wants_sign_in() => {
            let (here, there) = (model.place(), Place::Overview);
            let (go, sign_in) =
                (model.shell.key(here, Command::GoSession), model.shell.key(there, Command::SignIn));
            Some(format!("Press {go}, then {sign_in}, to sign in with the browser."))
        }
        Link::Down { fault, .. } => Some(fault.hint.to_string()),
        Link::Connecting { .. } | Link::Up(_) | Link::Closed => None,
    }
}

/// The hints of this place in the table's order, without what cannot be done now. Whole items only.
fn shown(model: &Model) -> impl Iterator<Item = (String, &'static str)> {
    let place = model.place();
    let keymap = &model.shell.options.keymap;
    let key = move |key: &str| match key {
        "Esc" => back_key(model),
        "F2" => model.shell.key(place, Command::ShowForm),
        _ => key.to_owned(),
    };
    let own = own_hints_now(model, place).iter().map(move |(own, words)| (key(own), *words));
    let told = move |spec: &&Spec| !spec.hint.is_empty() && !unsaid(place).contains(&spec.command);
    let table = COMMANDS.iter().filter(move |spec| spec.scope.covers(place)).filter(told);
    let listed = table
        .filter(|spec| model.blocked(spec.command).is_none())
        .filter_map(move |spec| keymap.shown(place, spec.command).map(|key| (key.to_string(), spec.hint)));
    own.chain(listed)
}

/// Commands of a place that its hints leave out: they lead nowhere, or the place's own hints say them in other words.
fn unsaid(place: Place) -> &'static [Command] {
    const ROOTS: [Place; 14] = [
        Place::People,
        Place::Companies,
        Place::Picker,
        Place::Inbox,
        Place::Articles,
        Place::SearchLine,
        Place::Confirmation,
        Place::Overview,
        Place::Tools,
        Place::Traffic,
        Place::Accounts,
        Place::Doctor,
        Place::Form,
        Place::SignIn,
    ];
    if place == Place::Help {
        return &[Command::Back, Command::Help, Command::Quit];
    }
    // The Inbox has much to say, the form is reached from the search line too, and who one is stands in the status.
    if matches!(place, Place::Inbox | Place::SearchForm) {
        return &[Command::Back, Command::ShowForm, Command::SetMe];
    }
    if ROOTS.contains(&place) { &[Command::Back] } else { &[] }
}

/// The own hints of a place as it stands now.
fn own_hints_now(model: &Model, place: Place) -> &'static [(&'static str, &'static str)] {
    let session = &model.session;
    let accepts =
        place == Place::Form && model.first.is_none() && session.signing.is_none() && session.tools.asks;
    let finds = model.articles.desk.as_ref().is_some_and(|desk| desk.finding.is_some());
    if place == Place::Form && model.screen == Screen::Articles && finds {
        return &[("Enter", "next"), ("↑", "the one before"), ("Esc", "close")];
    }
    if accepts {
        return &[("y", "accept"), ("Esc", "leave")];
    }
    if place == Place::Form && model.screen == Screen::Articles && model.articles.reads_link() {
        return &[("Enter", "open"), ("y", "copy"), ("Esc", "leave")];
    }
    let numbers = model.inbox.reads_link() || model.inbox.answers.reads_link();
    if place == Place::Form && model.screen == Screen::Inbox && numbers {
        return &[("Enter", "open"), ("y", "copy"), ("Esc", "leave")];
    }
    let line = model.inbox.line.as_ref().filter(|_| place == Place::Form && model.screen == Screen::Inbox);
    if let Some(line) = line {
        return line_hints(line.purpose);
    }
    if let Some(hints) = search_hints(model, place) {
        return hints;
    }
    let more =
        matches!(&model.overlay, Some(Overlay::Help(help)) if help.scroll.view().len() < help.rows.len());
    if place == Place::Help && more {
        return &[("q", "close"), ("↑↓", "more")];
    }
    let opens = model.questions.shown().is_some_and(|asked| asked.page.is_some());
    if place == Place::Question && opens { &[] } else { own_hints(place) }
}

/// The own hints of the one-line field, by what it is for.
fn line_hints(purpose: Purpose) -> &'static [(&'static str, &'static str)] {
    match purpose {
        Purpose::Filter => &[("Enter", "keep"), ("↑↓", "move"), ("Esc", "clear")],
        Purpose::Find => &[("Enter", "go there"), ("Esc", "clear")],
        Purpose::Until => &[("Enter", "put away"), ("Esc", "leave")],
        Purpose::Memo => &[("Enter", "keep the note"), ("Esc", "leave")],
        Purpose::Export | Purpose::ExportMarks => &[("Enter", "write the file"), ("Esc", "leave")],
        Purpose::Link => &[("Enter", "open"), ("y", "copy"), ("Esc", "leave")],
        Purpose::Words => &[("Enter", "search"), ("Esc", "leave")],
    }
}

/// The own hints of the Inbox's search line and of its form, by what is open there.
fn search_hints(model: &Model, place: Place) -> Option<&'static [(&'static str, &'static str)]> {
    let offers = if place == Place::SearchLine && model.screen == Screen::Inbox {
        &model.inbox.search.offers
    } else {
        &model.inbox.form.as_ref().filter(|_| place == Place::SearchForm)?.offers
    };
    match (offers.is_open(), offers.is_moved()) {
        (true, true) => Some(IN_OFFERS),
        (true, false) => Some(OFFERED),
        (false, _) => (place == Place::SearchLine).then_some(TYPING),
    }
}

/// The Inbox's search line.
const TYPING: &[(&str, &str)] = &[
    ("Enter", "search"),
    ("Tab", "complete"),
    ("Ctrl-U", "clear"),
    ("Esc", "leave"),
    ("↑", "searched before"),
];
/// A list of what can be typed is open, and nobody went into it.
const OFFERED: &[(&str, &str)] =
    &[("Enter", "search"), ("Tab", "take ▸"), ("↓", "choose"), ("Esc", "close the list")];
/// Somebody went into it.
const IN_OFFERS: &[(&str, &str)] = &[("Enter", "take ▸"), ("↑↓", "choose"), ("Esc", "close the list")];

fn own_hints(place: Place) -> &'static [(&'static str, &'static str)] {
    const OWN: [(Place, &[(&str, &str)]); 9] = [
        (Place::Picker, &[("Enter", "choose"), ("↑↓", "move"), ("Esc", "leave as it is")]),
        (Place::Form, &[("Enter", "go on"), ("Esc", "leave")]),
        (Place::SignIn, &[("Esc", "cancel")]),
        (Place::Question, &[("Tab", "next field"), ("← → Space", "choose")]),
        (Place::Help, &[("q", "close")]),
        (Place::SearchLine, &[("Enter", "search"), ("Esc", "leave")]),
        (
            Place::SearchForm,
            &[
                ("Enter", "search"),
                ("Tab", "next box"),
                ("← →", "choose"),
                ("F2", "type it"),
                ("Esc", "leave"),
            ],
        ),
        (Place::Palette, &[("Enter", "do it"), ("↑↓", "choose")]),
        (Place::Confirmation, &[("Esc", "cancel")]),
    ];
    OWN.iter().find(|(own, _)| *own == place).map_or(&[], |(_, hints)| hints)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Clean;

    fn told(sentence: &str, hint: &str, room: u16) -> (String, String) {
        let (sentence, hint) = (Clean::line(sentence), Clean::line(hint));
        super::sentence(&Notice { number: 1, weight: Weight::Bad, sentence, hint, until_up: false }, room)
    }

    #[test]
    fn the_sentence_gives_way_to_the_keys() {
        let words = "This is a sentence that is longer than the line, and goes on below";
        let hint = "e brings it back; Ctrl-S reviews it.";
        assert_eq!(told(words, hint, 120), (words.into(), hint.into()));
        let (first, below) = told(words, hint, 52);
        assert_eq!(first, "This is a sentence that is longer than the line,");
        assert_eq!(below, format!("and goes on be… {hint}"));
        let (first, below) = told(words, hint, 40);
        assert_eq!((first.as_str(), below.as_str()), ("This is a sentence that is longer tha…", hint));
        assert_eq!(told("Short.", "", 40), ("Short.".into(), String::new()));
    }

    #[test]
    fn wide_letters_are_counted_as_they_are_drawn() {
        let hint = "Ctrl-S reviews it.";
        let (first, below) = told(&"船".repeat(60), hint, 40);
        assert!(width(&first) <= 38 && width(&below) <= 40, "{first} {below}");
        assert!(below.ends_with(hint), "{below}");
    }
}
