//! Drawing the People screen: what the columns of a contact show.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::catalogue::{self, Column, Listed, left, right};
use super::theme::Theme;
use crate::app::model::Model;
use crate::domain::contact::Contact;
use crate::domain::time::ago;

/// The columns of a contact.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// Name, else whatever there is.
    Called,
    /// Name, with the address beside it.
    Name,
    Email,
    Company,
    Seen,
    Place,
    Owner,
    Role,
    Phone,
}

/// Draws the screen. `area` is the part of the body that exists on the screen.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    catalogue::draw(buffer, area, &model.people, model, theme);
}

impl Listed for Contact {
    type Kind = Kind;

    fn columns(cells: u16) -> Vec<Column<Kind>> {
        let seen = right(Kind::Seen, "seen", 4);
        let email = |cells| left(Kind::Email, "e-mail", cells);
        let name = |cells| left(Kind::Name, "name", cells);
        let company = |cells| left(Kind::Company, "company", cells);
        let place = left(Kind::Place, "place", 22);
        match cells {
            ..36 => vec![left(Kind::Called, "name", 0)],
            36..56 => vec![left(Kind::Called, "name", 0), seen],
            56..76 => vec![name(22), email(0), seen],
            76..104 => vec![name(22), email(0), company(18), seen],
            104..150 => vec![name(24), email(0), company(22), place, seen],
            _ => vec![
                name(28),
                email(0),
                company(28),
                left(Kind::Role, "role", 6),
                left(Kind::Phone, "phone", 18),
                place,
                left(Kind::Owner, "owner", 18),
                seen,
            ],
        }
    }

    fn cell(&self, kind: Kind, model: &Model, theme: &Theme) -> (String, Style) {
        let shell = &model.shell;
        match kind {
            Kind::Name if !self.name.has_words() && self.email.has_words() => ("(no name)".into(), theme.dim),
            Kind::Called | Kind::Name => {
                (self.called().to_owned(), if self.name.has_words() { theme.plain } else { theme.dim })
            }
            Kind::Email => (self.email.to_string(), theme.dim),
            Kind::Company => (companies(self, model), theme.plain),
            Kind::Seen => {
                (self.last_seen_at.map(|at| ago(shell.now.unix, at)).unwrap_or_default(), theme.dim)
            }
            Kind::Place => (self.location.to_string(), theme.dim),
            Kind::Owner => (self.owner_called(&shell.roster), theme.dim),
            Kind::Role => (self.role.to_string(), theme.dim),
            Kind::Phone => (self.phone.to_string(), theme.dim),
        }
    }
}

/// The first company by name with the number of further ones; a number alone where no name is known.
fn companies(contact: &Contact, model: &Model) -> String {
    let listed = contact.companies.len() as u64;
    let total = contact.companies_total.unwrap_or(listed).max(listed);
    let named = contact.companies.iter().find_map(|id| model.shell.membership.company(id));
    match (named, total) {
        (_, 0) => String::new(),
        (Some(name), 1) => name.to_string(),
        (Some(name), _) => format!("{name} +{}", total - 1),
        (None, 1) => "1 company".into(),
        (None, _) => format!("{total} companies"),
    }
}
