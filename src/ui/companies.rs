//! Drawing the Companies screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::theme::Theme;
use crate::app::model::Model;

/// Draws the screen. `area` is the part of the body that exists on the screen.
pub fn draw(_: &mut Buffer, _: Rect, _: &Model, _: &Theme) {}
