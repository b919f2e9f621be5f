//! Drawing the list of articles: state, title, summary or matched words, author, age.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::pane::articles::geometry::list_rows;
use crate::app::pane::articles::picker::teammate;
use crate::app::pane::articles::reader::state_words;
use crate::app::pane::articles::rows::{Filter, Rows};
use crate::app::place::Place;
use crate::domain::article::{ArticleRow, ArticleState};
use crate::domain::text::reveal;
use crate::domain::time::ago;
use crate::ui::cell::{put, put_right, tint};
use crate::ui::field::typed;
use crate::ui::theme::Theme;

/// Columns of one row, as offsets and widths inside the row.
struct Columns {
    title: u16,
    words: u16,
    second: u16,
    author: u16,
}

/// Mark and word of the state take 8 cells, the age 5.
const STATE: u16 = 8;
const AGE: u16 = 5;

fn columns(room: u16, searched: bool) -> Columns {
    let words = if room >= 40 { STATE } else { 2 };
    let author = if room >= 76 && !(searched && room < 100) { 16 } else { 0 };
    let text = room.saturating_sub(words + author + AGE);
    let title = if text >= 60 { text / 2 } else { text };
    Columns { title, words, second: text - title, author }
}

/// Draws the list with its heading.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    heading(buffer, area, model, theme);
    let place = list_rows(area);
    let room = Rect { x: place.x + place.width.min(1), width: place.width.saturating_sub(2), ..place };
    let rows = model.articles.shelf.rows();
    if rows.is_empty() {
        return nothing(buffer, room, rows, model, theme);
    }
    let columns = columns(room.width, model.articles.shelf.found.is_some());
    let away = model.articles.reader.is_some();
    for (y, at) in (0..room.height).zip(rows.list.view()) {
        let Some(row) = rows.get(at) else { continue };
        line(buffer, room, y, row, &columns, model, theme);
        if at == rows.list.cursor() {
            tint(buffer, place, y, if away { theme.cursor_away } else { theme.cursor });
        }
    }
}

fn heading(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let room = Rect {
        x: area.x + area.width.min(1),
        width: area.width.saturating_sub(2),
        height: area.height.min(1),
        ..area
    };
    let shelf = &model.articles.shelf;
    if let Some(field) = &shelf.line {
        let x = put(buffer, room, 0, 0, "Search articles: ", theme.accent).min(room.width);
        return typed(buffer, Rect { x: room.x + x, width: room.width - x, ..room }, field, theme);
    }
    let filter = shelf.rows().filter;
    let words = match (&shelf.found, filter) {
        (Some(found), Filter::All) => format!("Found for \"{}\"", reveal(found.phrase.trim())),
        (Some(found), other) => format!("Found for \"{}\", {}", reveal(found.phrase.trim()), other.words()),
        (None, Filter::All) => "All articles, newest change first".into(),
        (None, Filter::Live) => "Live articles, newest change first".into(),
        (None, Filter::Drafts) => "Drafts, newest change first".into(),
    };
    let x = put(buffer, room, 0, 0, &words, theme.dim);
    if shelf.found.is_some() && room.width > x + 20 {
        let back = key(model, Command::Back);
        put_right(buffer, room, 0, &format!("{back}: all articles"), theme.dim);
    }
}

fn key(model: &Model, command: Command) -> String {
    model.shell.key(Place::Articles, command)
}

/// Where an empty search leads.
fn leave(model: &Model) -> String {
    let (back, search) = (key(model, Command::Back), key(model, Command::Search));
    format!("{back} leaves the search for the list; {search} searches for other words.")
}

/// What can be done where the workspace has no article.
fn begin(model: &Model) -> String {
    let refresh = key(model, Command::Refresh);
    match model.blocked(Command::NewArticle) {
        None => format!("{} begins one; {refresh} asks again.", key(model, Command::NewArticle)),
        Some(_) => format!("{refresh} asks again."),
    }
}

fn nothing(buffer: &mut Buffer, room: Rect, rows: &Rows, model: &Model, theme: &Theme) {
    let shelf = &model.articles.shelf;
    let others = key(model, Command::Filter);
    let (sentence, hint) = if let Some(fault) = &rows.failed {
        (fault.sentence.to_string(), fault.hint.to_string())
    } else if rows.call.is_some() {
        let searches = shelf.found.is_some();
        let words = if searches { "Searching…" } else { "Loading…" };
        (if model.shell.waiting().is_some() { words } else { "" }.into(), String::new())
    } else if !rows.loaded {
        ("Articles are loaded as soon as there is a connection.".into(), String::new())
    } else if shelf.found.is_some() && rows.filter == Filter::Live {
        (format!("No live article has these words; {others} shows all articles with them."), leave(model))
    } else if shelf.found.is_some() && rows.filter == Filter::Drafts {
        (format!("No draft has these words; {others} shows all articles with them."), leave(model))
    } else if shelf.found.is_some() {
        ("No article has these words.".into(), leave(model))
    } else if rows.loaded() == 0 {
        ("There are no articles yet.".into(), begin(model))
    } else if rows.next.is_some() {
        let all = key(model, Command::LoadAll);
        let hint = format!("{all} loads all of them; {others} shows others.");
        ("None of the articles loaded so far is in this state.".into(), hint)
    } else {
        ("No article is in this state.".into(), format!("{others} shows others."))
    };
    put(buffer, room, 0, 1, &sentence, theme.plain);
    put(buffer, room, 0, 2, &hint, theme.dim);
}

fn state_style(state: Option<ArticleState>, theme: &Theme) -> Style {
    match state {
        Some(ArticleState::Published) => theme.good,
        Some(ArticleState::Draft) => theme.warn,
        None => theme.dim,
    }
}

fn line(
    buffer: &mut Buffer,
    room: Rect,
    y: u16,
    row: &ArticleRow,
    columns: &Columns,
    model: &Model,
    theme: &Theme,
) {
    let (mark, word) = state_words(row.state);
    let word = if row.state.is_none() { "unsaid" } else { word };
    let state = Rect { width: columns.words.saturating_sub(1).min(room.width), ..room };
    put(buffer, state, 0, y, mark, state_style(row.state, theme));
    if columns.words > 2 {
        put(buffer, state, 2, y, word, theme.dim);
    }
    let at = |x: u16, width: u16| Rect {
        x: room.x + x.min(room.width),
        width: width.min(room.width.saturating_sub(x)),
        ..room
    };
    let title = if row.title.is_empty() { "(no title)" } else { row.title.as_str() };
    let unsaved = model.articles.unsaved.contains(&row.id);
    let title = if unsaved { format!("✎ {title}") } else { title.to_owned() };
    let title = title.as_str();
    put(buffer, at(columns.words, columns.title.saturating_sub(2)), 0, y, title, theme.plain);
    let x = columns.words + columns.title;
    second(buffer, at(x, columns.second.saturating_sub(2)), y, row, theme);
    let x = x + columns.second;
    if let Some(author) = row.author.as_ref().filter(|_| columns.author > 0) {
        put(buffer, at(x, columns.author - 1), 0, y, &teammate(author, &model.shell.roster), theme.dim);
    }
    let age = row.updated_at.map(|then| ago(model.shell.now.unix, then)).unwrap_or_default();
    put_right(buffer, room, y, &age, theme.dim);
}

/// The summary, or the words around a match with the match itself shown as such.
fn second(buffer: &mut Buffer, room: Rect, y: u16, row: &ArticleRow, theme: &Theme) {
    if row.highlights.is_empty() {
        put(buffer, room, 0, y, &row.description, theme.dim);
        return;
    }
    let first = row.highlights.iter().find_map(|(words, _)| words.chars().find(|c| !c.is_whitespace()));
    let mut x = 0;
    if first.is_some_and(char::is_lowercase) {
        x += put(buffer, room, 0, y, "…", theme.dim);
    }
    for (words, hit) in &row.highlights {
        if x >= room.width {
            break;
        }
        let style = if *hit { theme.hit } else { theme.dim };
        x += put(buffer, room, x, y, words, style);
    }
}
