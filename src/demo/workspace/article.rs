//! Articles.

use serde_json::Value;

use super::reading;

/// A help center article.
#[derive(Debug, Clone)]
pub(crate) struct Article {
    /// Digits.
    pub(crate) id: String,
    /// The title.
    pub(crate) title: String,
    /// A short summary.
    pub(crate) description: Option<String>,
    /// HTML in stored form.
    pub(crate) body: Option<String>,
    /// Published, or a draft.
    pub(crate) published: bool,
    /// The admin shown as author.
    pub(crate) author_id: i64,
    /// The collection or section it is in, and which of the two.
    pub(crate) parent: Option<(i64, String)>,
    /// Unix seconds.
    pub(crate) created_at: i64,
    /// Unix seconds.
    pub(crate) updated_at: i64,
    /// How often it was read.
    pub(crate) views: i64,
}

impl Article {
    /// Reads one article; `None` when it has no id or title.
    pub(super) fn read(value: &Value, now: i64) -> Option<Self> {
        Some(Self {
            id: reading::identifier(value, "id")?,
            title: reading::text(value, "title")?,
            description: reading::text(value, "description"),
            body: reading::text(value, "body"),
            published: reading::text(value, "state").is_some_and(|state| state == "published"),
            author_id: reading::whole(value, "author_id").unwrap_or(0),
            parent: reading::whole(value, "parent_id").map(|id| (id, "collection".to_owned())),
            created_at: now - reading::seconds(value, "created_days_ago", 86_400).unwrap_or(0),
            updated_at: now - reading::seconds(value, "updated_days_ago", 86_400).unwrap_or(0),
            views: reading::whole(value, "views").unwrap_or(0),
        })
    }

    /// `published` or `draft`.
    pub(crate) fn state(&self) -> &'static str {
        if self.published { "published" } else { "draft" }
    }
}
