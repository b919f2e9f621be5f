//! Companies. Every field may be missing. Owns no requests and no layout.

use super::conversation::Tag;
use super::id::CompanyId;
use super::text::Clean;
use super::time::Unix;

/// A company (intercom-mcp 6.3). Empty text means that the server did not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// Intercom's id.
    pub id: CompanyId,
    /// The customer's own id for it.
    pub company_id: Clean,
    /// Name.
    pub name: Clean,
    /// Plan name.
    pub plan: Clean,
    /// Monthly spend as the server wrote the number.
    pub monthly_spend: Clean,
    /// Employees.
    pub size: Option<u64>,
    /// People known in Intercom.
    pub user_count: Option<u64>,
    /// Sessions.
    pub session_count: Option<u64>,
    /// Web site.
    pub website: Clean,
    /// Industry.
    pub industry: Clean,
    /// When the record was made.
    pub created_at: Option<Unix>,
    /// When anybody of it was last active.
    pub last_request_at: Option<Unix>,
    /// Tags.
    pub tags: Vec<Tag>,
    /// Segments.
    pub segments: Vec<Tag>,
    /// Attribute name and value, in the server's order.
    pub attributes: Vec<(Clean, Clean)>,
}

impl Company {
    /// Name, else the customer's id, else Intercom's.
    pub fn called(&self) -> &str {
        let known = [&self.name, &self.company_id];
        known.into_iter().find(|text| text.has_words()).map_or(self.id.as_str(), |text| text.as_str())
    }
}
