//! Drawing the articles that may answer a conversation: the words, what came of them, the candidates or the one that is read.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{fault, inset, left_of, said};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::pane::articles::reader::state_words;
use crate::app::pane::inbox::answers::{Candidate, ROWS, Search, below};
use crate::app::place::Place;
use crate::domain::text::{Clean, reveal};
use crate::ui::cell::{divider, put, put_right, tint};
use crate::ui::clip;
use crate::ui::theme::Theme;

/// Draws the panel, while it is open.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let answers = &model.inbox.answers;
    let Some(search) = &answers.search else { return };
    let panel = clip(answers.area, area);
    if panel.x > area.x {
        divider(buffer, left_of(panel), theme.line);
    }
    head(buffer, panel, search, model, theme);
    let room = clip(below(answers.area), area);
    match &search.reader {
        Some(reader) => crate::ui::articles::reader::draw(buffer, room, reader, model, theme),
        None => candidates(buffer, room, search, model, theme),
    }
}

/// The words, those that are asked for first and bright, and what came of them.
fn head(buffer: &mut Buffer, area: Rect, search: &Search, model: &Model, theme: &Theme) {
    let room = inset(Rect { height: area.height.min(2), ..area });
    let mut x = put(buffer, room, 0, 0, "Does an article answer this?", theme.strong) + 2;
    for (at, word) in search.words.iter().enumerate() {
        let style = if search.asked.contains(&at) { theme.accent } else { theme.dim };
        x += put(buffer, room, x, 0, &reveal(word), style) + 1;
    }
    let (words, style) = standing(search, model, theme);
    put(buffer, room, 0, 1, &Clean::line(&words), style);
    put(buffer, area, 0, 2, &"─".repeat(usize::from(area.width)), theme.line);
}

/// The words that are asked for, in a sentence.
fn listed(search: &Search) -> String {
    let asked = search.words.get(search.asked.clone()).unwrap_or_default();
    asked.iter().map(|word| reveal(word)).collect::<Vec<_>>().join(", ")
}

/// What was looked for without anything being found.
fn looked_for(search: &Search) -> String {
    if search.words.len() == 1 {
        return "Looked for this word.".into();
    }
    let together = search.missed.iter().filter(|asked| asked.len() > 1);
    let steps: Vec<String> = together.map(|asked| asked.len().to_string()).collect();
    format!("Looked for the first {}, then each of these words alone.", steps.join(", then "))
}

fn standing(search: &Search, model: &Model, theme: &Theme) -> (String, Style) {
    let all = search.words.len();
    let words = listed(search);
    if search.is_asking() {
        let said = match search.missed.last() {
            Some(_) if search.is_alone() => {
                format!("Nor the first alone; looking for each of the others: {words}…")
            }
            Some(missed) if missed.len() == all => {
                format!("No article holds all {all}; looking with fewer words: {words}…")
            }
            Some(missed) => format!("Nor the first {}; looking with fewer words: {words}…", missed.len()),
            None => "Looking for articles that hold all of these words…".to_owned(),
        };
        return (said, theme.dim);
    }
    let said = match search.found.as_ref().map(Vec::len) {
        Some(0) if !search.missed.is_empty() => looked_for(search),
        None | Some(0) => String::new(),
        Some(number) => found_words(search, number, &words, model),
    };
    (said, theme.dim)
}

/// How many were found, by which words, and what one can do.
fn found_words(search: &Search, number: usize, words: &str, model: &Model) -> String {
    let articles = search.counted(number, "published article");
    if search.reader.is_some() {
        let back = model.shell.key(Place::Candidate, Command::Back);
        return format!("{} of {articles} · {back} goes back to them", search.list.cursor() + 1);
    }
    let change = model.shell.key(Place::Answers, Command::Search);
    let by = if search.asked.len() == search.words.len() { "all words" } else { words };
    format!("{articles} found by {by} · {change} changes the words")
}

fn candidates(buffer: &mut Buffer, area: Rect, search: &Search, model: &Model, theme: &Theme) {
    let Some(found) = search.found.as_ref().filter(|found| !found.is_empty()) else {
        return nothing(buffer, area, search, model, theme);
    };
    let view = search.list.view();
    for (y, at) in (0..).step_by(usize::from(ROWS)).zip(view) {
        let Some(candidate) = found.get(at) else { return };
        let rows = ROWS.min(area.height.saturating_sub(y));
        let place = Rect { y: area.y + y.min(area.height), height: rows, ..area };
        one(buffer, place, candidate, search.words.len(), theme);
        if at == search.list.cursor() {
            tint(buffer, place, 0, theme.cursor);
        }
    }
}

fn one(buffer: &mut Buffer, area: Rect, candidate: &Candidate, words: usize, theme: &Theme) {
    let room = inset(area);
    let row = &candidate.row;
    let (mark, _) = state_words(row.state);
    let seen = match candidate.seen {
        0 => "found in its text".to_owned(),
        seen => format!("{seen} of {words} words seen"),
    };
    let used = put_right(buffer, room, 0, &seen, theme.dim);
    let left = Rect { width: room.width.saturating_sub(used + 2), ..room };
    put(buffer, left, 0, 0, mark, theme.good);
    let title = if row.title.is_empty() { "(no title)" } else { row.title.as_str() };
    put(buffer, left, 2, 0, title, theme.strong);
    if row.highlights.is_empty() {
        put(buffer, room, 2, 1, &row.description, theme.dim);
        return;
    }
    let mut x = 2;
    for (piece, hit) in &row.highlights {
        let words = Clean::line(piece);
        let blank = if piece.starts_with(char::is_whitespace) && x > 2 { " " } else { "" };
        let after = if piece.ends_with(char::is_whitespace) { " " } else { "" };
        let style = if *hit { theme.hit } else { theme.dim };
        x += put(buffer, room, x, 1, blank, theme.dim);
        x += put(buffer, room, x, 1, &words, style);
        x += put(buffer, room, x, 1, after, theme.dim);
    }
}

fn nothing(buffer: &mut Buffer, area: Rect, search: &Search, model: &Model, theme: &Theme) {
    let key = |command| model.shell.key(Place::Answers, command);
    let (change, draft, again) = (key(Command::Search), key(Command::DraftFrom), key(Command::Refresh));
    let ways = format!("{change} changes them, {draft} begins an article from this conversation.");
    if let Some(failed) = &search.fault {
        return fault(buffer, area, failed, theme);
    }
    match &search.found {
        None if search.is_asking() => {}
        None => {
            let hint = format!("{again} looks again, {change} changes the words.");
            said(buffer, area, ("Looking was cancelled.", theme.plain), &hint, theme);
        }
        Some(_) if search.words.is_empty() => {
            let hint =
                format!("{change} takes words of yours, {draft} begins an article from this conversation.");
            said(
                buffer,
                area,
                ("No word of this conversation tells what it is about.", theme.plain),
                &hint,
                theme,
            );
        }
        Some(_) => {
            said(
                buffer,
                area,
                ("No article in the Help Center holds any of these words.", theme.plain),
                &ways,
                theme,
            );
        }
    }
}
