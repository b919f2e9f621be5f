//! Contacts.

use serde_json::{Value, json};

use super::super::workspace::Workspace;
use super::{contact_url, extend, map, short_list};

/// A contact.
pub(crate) fn full(workspace: &Workspace, index: u32) -> Value {
    let Some((_, seed)) = workspace.person(index) else {
        return Value::Null;
    };
    let id = workspace.person_id(index);
    let mut value = json!({
        "type": "contact",
        "id": id,
        "workspace_id": workspace.desk.id,
        "external_id": workspace.person_external_id(index),
        "role": seed.role,
        "email": workspace.person_email(index),
        "phone": seed.phone,
        "name": workspace.person_name(index),
        "owner_id": seed.owner_id,
        "has_hard_bounced": seed.bounced,
        "marked_email_as_spam": false,
        "unsubscribed_from_emails": seed.unsubscribed,
    });
    extend(&mut value, activity(workspace, index));
    let tags = workspace.desk.tags_named(&seed.tags).map(|tag| tag.id.clone());
    let mut location = json!({"type": "location"});
    extend(&mut location, map(&seed.location));
    extend(
        &mut value,
        json!({
            "browser": seed.browser,
            "os": seed.system,
            "location": location,
            "custom_attributes": map(&seed.custom_attributes),
            "tags": short_list("tag", &id, tags),
            "companies": short_list("company", &id, seed.company_ids.iter().cloned()),
            "social_profiles": {"type": "list", "data": []},
        }),
    );
    value
}

fn activity(workspace: &Workspace, index: u32) -> Value {
    json!({
        "created_at": workspace.person_created(index),
        "updated_at": workspace.person_updated(index),
        "signed_up_at": workspace.person_created(index),
        "last_seen_at": workspace.person_seen(index),
        "last_replied_at": null,
        "last_contacted_at": null,
        "last_email_opened_at": null,
        "last_email_clicked_at": null,
    })
}

/// A contact as `search` shows it.
pub(crate) fn found(workspace: &Workspace, index: u32) -> Value {
    let id = workspace.person_id(index);
    let email = workspace.person_email(index);
    let title = workspace.person_name(index).or_else(|| email.clone()).unwrap_or_else(|| id.clone().into());
    let role = workspace.person(index).map_or("user", |(_, seed)| seed.role.as_str());
    json!({
        "id": format!("contact_{id}"),
        "title": title,
        "text": format!("{title} ({role}) {}", email.unwrap_or_default()).trim_end(),
        "url": contact_url(workspace, &id),
    })
}
