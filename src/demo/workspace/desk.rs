//! The desk itself: who works here and what they tag and sort with.

use serde_json::Value;

use super::reading;

/// An admin, a team, a tag, a segment or a collection: something with an id and a name.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    /// The id as Intercom writes it.
    pub(crate) id: String,
    /// The name.
    pub(crate) name: String,
    /// An admin's email address.
    pub(crate) email: Option<String>,
}

/// Names and ids of the workspace.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    /// The workspace's id, part of every URL.
    pub(crate) id: String,
    /// The admin who connected.
    pub(crate) me: i64,
    /// The only help center.
    pub(crate) help_center: i64,
    /// Admins.
    pub(crate) admins: Vec<Named>,
    /// Tags.
    pub(crate) tags: Vec<Named>,
    /// Segments.
    pub(crate) segments: Vec<Named>,
    /// Collections.
    pub(crate) collections: Vec<Named>,
}

impl Desk {
    /// Reads `desk.json`.
    pub(super) fn read(value: &Value) -> Self {
        let workspace = value.get("workspace").unwrap_or(&Value::Null);
        Self {
            id: reading::identifier(workspace, "id").unwrap_or_else(|| "demo".to_owned()),
            me: reading::whole(value, "me").unwrap_or(0),
            help_center: reading::whole(value, "help_center_id").unwrap_or(0),
            admins: named(value, "admins"),
            tags: named(value, "tags"),
            segments: named(value, "segments"),
            collections: named(value, "collections"),
        }
    }

    /// The admin with this id.
    pub(crate) fn admin(&self, id: i64) -> Option<&Named> {
        let id = id.to_string();
        self.admins.iter().find(|admin| admin.id == id)
    }

    /// The tags with these names, in that order; a name the desk does not have is left out.
    pub(crate) fn tags_named<'a>(&'a self, names: &'a [String]) -> impl Iterator<Item = &'a Named> {
        names.iter().filter_map(|name| self.tags.iter().find(|tag| tag.name == *name))
    }

    /// The segments with these names.
    pub(crate) fn segments_named<'a>(&'a self, names: &'a [String]) -> impl Iterator<Item = &'a Named> {
        names.iter().filter_map(|name| self.segments.iter().find(|segment| segment.name == *name))
    }
}

fn named(value: &Value, key: &str) -> Vec<Named> {
    reading::list(value, key)
        .iter()
        .filter_map(|item| {
            Some(Named {
                id: reading::identifier(item, "id")?,
                name: reading::text(item, "name")?,
                email: reading::text(item, "email"),
            })
        })
        .collect()
}
