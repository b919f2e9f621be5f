//! Stand-in.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::theme::Theme;
use crate::app::model::Model;

/// Stand-in.
pub fn draw(_buffer: &mut Buffer, _area: Rect, _model: &Model, _theme: &Theme) {}
