//! Drawing the Companies screen: what the columns of a company show.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::catalogue::{self, Column, Listed, left, right};
use super::theme::Theme;
use crate::app::model::Model;
use crate::app::pane::inbox::coverage::{grouped, grouped_words};
use crate::domain::company::Company;
use crate::domain::conversation::Tag;
use crate::domain::time::ago;

/// The columns of a company.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Name,
    TheirId,
    Plan,
    Spend,
    People,
    Active,
    Tags,
    Segments,
    Site,
}

/// Draws the screen. `area` is the part of the body that exists on the screen.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    catalogue::draw(buffer, area, &model.companies, model, theme);
}

impl Listed for Company {
    type Kind = Kind;

    fn columns(cells: u16) -> Vec<Column<Kind>> {
        let name = left(Kind::Name, "name", 0);
        let plan = left(Kind::Plan, "plan", 12);
        let spend = right(Kind::Spend, "spend", 9);
        let people = right(Kind::People, "people", 7);
        let active = right(Kind::Active, "active", 6);
        let id = left(Kind::TheirId, "your id", 16);
        match cells {
            ..30 => vec![name],
            30..44 => vec![name, active],
            44..60 => vec![name, people, active],
            60..104 => vec![name, plan, spend, people, active],
            104..150 => vec![name, id, plan, spend, people, left(Kind::Segments, "segments", 22), active],
            _ => vec![
                name,
                id,
                plan,
                spend,
                people,
                left(Kind::Segments, "segments", 26),
                left(Kind::Tags, "tags", 22),
                left(Kind::Site, "site", 28),
                active,
            ],
        }
    }

    fn cell(&self, kind: Kind, model: &Model, theme: &Theme) -> (String, Style) {
        let plain = |words: String| (words, theme.plain);
        let dim = |words: String| (words, theme.dim);
        match kind {
            Kind::Name if !self.name.has_words() => dim(self.called().to_owned()),
            Kind::Name => plain(self.called().to_owned()),
            Kind::TheirId => dim(self.company_id.to_string()),
            Kind::Plan => plain(self.plan.to_string()),
            Kind::Spend => plain(grouped_words(&self.monthly_spend)),
            Kind::People => plain(self.user_count.map(grouped).unwrap_or_default()),
            Kind::Active => {
                dim(self.last_request_at.map(|at| ago(model.shell.now.unix, at)).unwrap_or_default())
            }
            Kind::Tags => dim(joined(&self.tags)),
            Kind::Segments => dim(joined(&self.segments)),
            Kind::Site => dim(self.website.to_string()),
        }
    }
}

fn joined(tags: &[Tag]) -> String {
    tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>().join(", ")
}
