//! People: a customer as far as Intercom tells. Every field may be missing. Owns no requests and no layout.

use super::conversation::Tag;
use super::id::{AdminId, CompanyId, ContactId};
use super::roster::Roster;
use super::text::Clean;
use super::time::Unix;

/// A contact (intercom-mcp 6.3). Empty text means that the server did not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Intercom's id.
    pub id: ContactId,
    /// The customer's own id.
    pub external_id: Clean,
    /// `user`, `lead` or another word.
    pub role: Clean,
    /// Name.
    pub name: Clean,
    /// E-mail address.
    pub email: Clean,
    /// Phone number.
    pub phone: Clean,
    /// The admin who owns the relationship.
    pub owner: Option<AdminId>,
    /// Companies, ids only, at most 10 of `companies_total`.
    pub companies: Vec<CompanyId>,
    /// How many companies there are, when said.
    pub companies_total: Option<u64>,
    /// City, region, country, joined by commas.
    pub location: Clean,
    /// Browser, operating system, telephones.
    pub device: Clean,
    /// When the record was made.
    pub created_at: Option<Unix>,
    /// When they signed up.
    pub signed_up_at: Option<Unix>,
    /// When they were last seen.
    pub last_seen_at: Option<Unix>,
    /// When they last wrote.
    pub last_replied_at: Option<Unix>,
    /// When we last wrote.
    pub last_contacted_at: Option<Unix>,
    /// A mail to them bounced for good.
    pub bounced: bool,
    /// They want no mail.
    pub unsubscribed: bool,
    /// Tags, by id only where the server says no more (intercom-mcp 6.3).
    pub tags: Vec<Tag>,
    /// Attribute name and value, in the server's order.
    pub attributes: Vec<(Clean, Clean)>,
    /// A hit of the one-string search, of which only id, name and perhaps the address are known.
    pub thin: bool,
}

impl Contact {
    /// Who owns the relationship: a name, else the id as a teammate's; empty for nobody.
    pub fn owner_called(&self, roster: &Roster) -> String {
        match self.owner.as_ref().map(|id| (id, roster.admin(id))) {
            None => String::new(),
            Some((id, name)) if name == id.as_str() => format!("teammate {id}"),
            Some((_, name)) => name.to_owned(),
        }
    }

    /// The best thing to call them: name, else address, else phone, else the id.
    pub fn called(&self) -> &str {
        let known = [&self.name, &self.email, &self.phone];
        known.into_iter().find(|text| text.has_words()).map_or(self.id.as_str(), |text| text.as_str())
    }
}
