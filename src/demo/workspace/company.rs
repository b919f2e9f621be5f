//! Companies.

use serde_json::{Map, Value};

use super::reading;

/// A company.
#[derive(Debug)]
pub(crate) struct Company {
    /// Intercom's id, 24 hexadecimal digits.
    pub(crate) id: String,
    /// The workspace's own id for it.
    pub(crate) external_id: Option<String>,
    /// The name.
    pub(crate) name: String,
    /// The plan's name.
    pub(crate) plan: Option<String>,
    /// Money a month, in the workspace's currency.
    pub(crate) monthly_spend: Value,
    /// Number of employees.
    pub(crate) size: Option<i64>,
    /// Website.
    pub(crate) website: Option<String>,
    /// Industry.
    pub(crate) industry: Option<String>,
    /// Unix seconds.
    pub(crate) created_at: i64,
    /// Unix seconds.
    pub(crate) last_request_at: i64,
    /// Sessions counted.
    pub(crate) session_count: i64,
    /// Tag names.
    pub(crate) tags: Vec<String>,
    /// Segment names.
    pub(crate) segments: Vec<String>,
    /// Custom attributes.
    pub(crate) custom_attributes: Map<String, Value>,
    /// Contacts that belong to it; counted after loading.
    pub(crate) user_count: usize,
}

impl Company {
    /// Reads one company; `None` when it has no id or name.
    pub(super) fn read(value: &Value, now: i64) -> Option<Self> {
        Some(Self {
            id: reading::identifier(value, "id")?,
            external_id: reading::identifier(value, "company_id"),
            name: reading::text(value, "name")?,
            plan: reading::text(value, "plan"),
            monthly_spend: value
                .get("monthly_spend")
                .filter(|spend| spend.is_number())
                .cloned()
                .unwrap_or_default(),
            size: reading::whole(value, "size"),
            website: reading::text(value, "website"),
            industry: reading::text(value, "industry"),
            created_at: now - reading::seconds(value, "created_days_ago", 86_400).unwrap_or(0),
            last_request_at: now - reading::seconds(value, "last_request_hours_ago", 3_600).unwrap_or(0),
            session_count: reading::whole(value, "session_count").unwrap_or(0),
            tags: reading::texts(value, "tags"),
            segments: reading::texts(value, "segments"),
            custom_attributes: reading::object(value, "custom_attributes"),
            user_count: 0,
        })
    }
}
