//! Pictures: one frame from the model. Reads only; computes no layout that a key could depend on; never sees a terminal.
//! Everything shown comes through `Clean` or `reveal`.

pub mod articles;
mod catalogue;
pub mod cell;
mod choice;
pub mod chrome;
pub mod companies;
pub mod field;
pub mod first;
pub mod help;
pub mod inbox;
pub mod palette;
pub mod people;
pub mod question;
pub mod rich;
pub mod rows;
pub mod session;
mod small;
pub mod theme;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::model::{Model, Screen};
use crate::app::overlay::Overlay;
use theme::Theme;

/// Draws everything into a frame.
pub fn draw(frame: &mut Frame<'_>, model: &Model) {
    paint(frame.buffer_mut(), model);
}

/// Draws everything into a buffer of the screen's size.
pub fn paint(buffer: &mut Buffer, model: &Model) {
    let theme = Theme::of(model.shell.options.colour);
    let at = clip(model.shell.frame.body, buffer.area);
    if small::draw(buffer, &theme) {
        return;
    }
    chrome::draw(buffer, model, &theme);
    match (&model.first, model.screen) {
        (Some(first), _) => first::draw(buffer, at, first, model, &theme),
        (None, Screen::Inbox) => inbox::draw(buffer, at, model, &theme),
        (None, Screen::People) => people::draw(buffer, at, model, &theme),
        (None, Screen::Companies) => companies::draw(buffer, at, model, &theme),
        (None, Screen::Articles) => articles::draw(buffer, at, model, &theme),
        (None, Screen::Session) => session::draw(buffer, at, model, &theme),
    }
    match &model.overlay {
        Some(Overlay::Help(overlay)) => help::draw(buffer, at, overlay, &theme),
        Some(Overlay::Palette(overlay)) => palette::draw(buffer, at, overlay, &theme),
        None => {}
    }
    if let Some(asked) = model.questions.shown() {
        question::draw(buffer, at, asked, model, &theme);
    }
}

/// The part of `area` that exists on the screen; the terminal may have shrunk since the layout was computed.
pub fn clip(area: Rect, screen: Rect) -> Rect {
    area.intersection(screen)
}
