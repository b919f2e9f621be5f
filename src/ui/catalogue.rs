//! Drawing a screen that lists records of one kind: search line, names of the columns, the rows in view, and the page that
//! is open. Each kind says what its columns are.

mod search;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::cell::{divider, put, put_right, tint};
use super::clip;
use super::inbox::{customer, fault, inset, said};
use super::theme::Theme;
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::pane::catalogue::{Catalogue, Record};
use crate::app::pane::inbox::coverage::grouped;
use crate::domain::link::Link;

/// A column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<K> {
    /// What it shows.
    pub(super) kind: K,
    /// Its name.
    pub(super) title: &'static str,
    /// Cells; 0 for the one that takes what is left.
    pub(super) cells: u16,
    /// Whether its words end at its right edge.
    pub(super) right: bool,
}

/// A column whose words begin at its left edge.
pub(super) const fn left<K>(kind: K, title: &'static str, cells: u16) -> Column<K> {
    Column { kind, title, cells, right: false }
}

/// A column whose words end at its right edge.
pub(super) const fn right<K>(kind: K, title: &'static str, cells: u16) -> Column<K> {
    Column { kind, title, cells, right: true }
}

/// How a kind of record is shown in a list.
pub(super) trait Listed: Record {
    /// Its columns.
    type Kind: Copy;

    /// The columns for so many cells.
    fn columns(cells: u16) -> Vec<Column<Self::Kind>>;

    /// What one of them shows for a record: words, and their look.
    fn cell(&self, kind: Self::Kind, model: &Model, theme: &Theme) -> (String, Style);
}

/// Blanks between two columns.
const GAP: u16 = 2;

/// Draws the screen. `area` is the part of the body that exists on the screen.
pub(super) fn draw<R: Listed>(
    buffer: &mut Buffer,
    area: Rect,
    screen: &Catalogue<R>,
    model: &Model,
    theme: &Theme,
) {
    let areas = screen.areas;
    let on = |part: Rect| clip(part, area);
    if areas.list.width > 0 {
        let list = on(areas.list);
        let columns = laid::<R>(inset(list).width);
        head(buffer, on(areas.head), screen, &columns, theme);
        rows(buffer, list, screen, &columns, model, theme);
        search::draw(buffer, on(areas.search.union(areas.list)), screen, model, theme);
    }
    if areas.page.width > 0 {
        let page = on(areas.page);
        customer::page(buffer, page, (screen.cards.page(), !screen.line.focused), model, theme);
        if areas.list.width > 0 {
            divider(buffer, Rect { x: page.x.saturating_sub(1), width: 0, ..page }, theme.line);
        }
    }
}

type Laid<R> = Vec<(Column<<R as Listed>::Kind>, u16)>;

/// The columns with the cells that each of them gets.
fn laid<R: Listed>(cells: u16) -> Laid<R> {
    let columns = R::columns(cells);
    let gaps = GAP * u16::try_from(columns.len().saturating_sub(1)).unwrap_or(0);
    let fixed: u16 = columns.iter().map(|column| column.cells).sum();
    let rest = cells.saturating_sub(fixed + gaps);
    columns.into_iter().map(|column| (column, if column.cells == 0 { rest } else { column.cells })).collect()
}

/// The part of a row that a column has, and the place of the next one.
fn part(room: Rect, x: u16, cells: u16) -> (Rect, u16) {
    let from = x.min(room.width);
    (Rect { x: room.x + from, width: cells.min(room.width - from), ..room }, x.saturating_add(cells + GAP))
}

fn head<R: Listed>(buffer: &mut Buffer, area: Rect, screen: &Catalogue<R>, columns: &Laid<R>, theme: &Theme) {
    let room = inset(area);
    let rows = &screen.listing.rows;
    if let Some(narrowed) = rows.narrowed.as_ref().filter(|narrowed| !narrowed.is_empty()) {
        let (one, many) = (R::WORDS.one, R::WORDS.many);
        let loaded = grouped(rows.all().len() as u64);
        let words = format!(
            "No {one} has exactly this name; {} of {loaded} loaded {many} hold these letters",
            narrowed.len()
        );
        put(buffer, room, 0, 0, &words, theme.warn);
        return;
    }
    if rows.is_empty() {
        return;
    }
    let mut x = 0;
    for (column, cells) in columns {
        let (place, next) = part(room, x, *cells);
        write(buffer, place, 0, (column.title, column.right), theme.dim);
        x = next;
    }
}

fn write(buffer: &mut Buffer, place: Rect, y: u16, (words, right): (&str, bool), style: Style) {
    if right {
        put_right(buffer, place, y, words, style);
    } else {
        put(buffer, place, 0, y, words, style);
    }
}

fn rows<R: Listed>(
    buffer: &mut Buffer,
    area: Rect,
    screen: &Catalogue<R>,
    columns: &Laid<R>,
    model: &Model,
    theme: &Theme,
) {
    let rows = &screen.listing.rows;
    if rows.is_empty() {
        return empty(buffer, area, screen, model, theme);
    }
    let away = screen.line.focused || screen.cards.top().is_some();
    for (y, at) in (0..area.height).zip(rows.list.view()) {
        let Some(row) = rows.get(at) else { continue };
        let mut x = 0;
        for (column, cells) in columns {
            let (place, next) = part(inset(area), x, *cells);
            let (words, style) = row.cell(column.kind, model, theme);
            write(buffer, place, y, (&words, column.right), style);
            x = next;
        }
        if at == rows.list.cursor() {
            tint(buffer, area, y, if away { theme.cursor_away } else { theme.cursor });
        }
    }
}

/// Says why there is no row, and what to do.
fn empty<R: Listed>(buffer: &mut Buffer, area: Rect, screen: &Catalogue<R>, model: &Model, theme: &Theme) {
    let (listing, shell) = (&screen.listing, &model.shell);
    if listing.is_searching() {
        if shell.waiting().is_some() {
            said(buffer, area, ("Searching…", theme.dim), "", theme);
        }
    } else if let Some(failed) = &listing.fault {
        fault(buffer, area, failed, theme);
    } else if listing.answered {
        let (sentence, hint) = nothing(screen, model);
        said(buffer, area, (&sentence, theme.plain), &hint, theme);
    } else {
        match &shell.link {
            Link::Down { fault: failed, .. } => fault(buffer, area, failed, theme),
            Link::Closed => {
                let hint = format!("{} connects again.", shell.key(R::PLACE, Command::Reconnect));
                said(buffer, area, ("The connection is closed.", theme.plain), &hint, theme);
            }
            Link::Connecting { .. } => {}
            Link::Up(_) => {
                let hint = format!("{} asks again.", shell.key(R::PLACE, Command::Refresh));
                said(buffer, area, ("Nothing was asked.", theme.plain), &hint, theme);
            }
        }
    }
}

/// What is said of a search that found nothing.
fn nothing<R: Listed>(screen: &Catalogue<R>, model: &Model) -> (String, String) {
    let rows = &screen.listing.rows;
    let key = |command| model.shell.key(R::PLACE, command);
    let (one, many) = (R::WORDS.one, R::WORDS.many);
    let (back, search) = (key(Command::Back), key(Command::Search));
    if rows.narrowed.is_some() {
        let loaded = grouped(rows.all().len() as u64);
        let more = if rows.next().is_some() {
            format!("{} loads more of the list; ", key(Command::LoadAll))
        } else {
            String::new()
        };
        return (
            format!("No {one} has exactly this name, and none of the {loaded} loaded holds these letters."),
            format!("{more}{search} changes the search; {back} shows all {many}."),
        );
    }
    if rows.words().is_empty() {
        let hint = format!("{} asks again.", key(Command::Refresh));
        return (format!("There are no {many} yet."), hint);
    }
    let exactly = if R::letters(&rows.filter).is_some() { "has exactly this name" } else { "matches" };
    (format!("No {one} {exactly}."), format!("{search} changes the search; {back} shows all {many}."))
}
