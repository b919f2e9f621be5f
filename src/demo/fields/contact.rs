//! Contact fields.

use serde_json::Value;

use super::super::fact::{Fact, Kind};
use super::super::workspace::{PersonSeed, Workspace};
use super::{Field, field};

fn seed<'a>(workspace: &'a Workspace, index: u32, read: impl FnOnce(&'a PersonSeed) -> Fact<'a>) -> Fact<'a> {
    workspace.person(index).map_or(Fact::Absent, |(_, seed)| read(seed))
}

fn place<'a>(workspace: &'a Workspace, index: u32, key: &str) -> Fact<'a> {
    seed(workspace, index, |seed| Fact::text(seed.location.get(key).and_then(Value::as_str)))
}

/// A custom attribute as text.
pub(super) fn attribute<'a>(workspace: &'a Workspace, index: u32, name: &str) -> Fact<'a> {
    seed(workspace, index, |seed| match seed.custom_attributes.get(name) {
        None | Some(Value::Null) => Fact::Absent,
        Some(Value::String(text)) => Fact::Text(text.as_str().into()),
        Some(other) => Fact::Text(other.to_string().into()),
    })
}

pub(super) static FIELDS: &[Field] = &[
    field("id", Kind::Text, |w, i| Fact::Text(w.person_id(i).into())),
    field("role", Kind::Text, |w, i| seed(w, i, |seed| Fact::Text(seed.role.as_str().into()))),
    field("name", Kind::Text, |w, i| Fact::text(w.person_name(i))),
    field("owner_id", Kind::Number, |w, i| seed(w, i, |seed| Fact::number(seed.owner_id))),
    field("email", Kind::Text, |w, i| Fact::text(w.person_email(i))),
    field("email_domain", Kind::Text, |w, i| {
        Fact::text(
            w.person_email(i).and_then(|email| email.rsplit_once('@').map(|(_, domain)| domain.to_owned())),
        )
    }),
    field("phone", Kind::Text, |w, i| seed(w, i, |seed| Fact::text(seed.phone.as_deref()))),
    field("external_id", Kind::Text, |w, i| Fact::text(w.person_external_id(i))),
    field("created_at", Kind::Day, |w, i| Fact::Number(w.person_created(i))),
    field("signed_up_at", Kind::Day, |w, i| Fact::Number(w.person_created(i))),
    field("updated_at", Kind::Day, |w, i| Fact::Number(w.person_updated(i))),
    field("last_seen_at", Kind::Day, |w, i| Fact::number(w.person_seen(i))),
    field("last_contacted_at", Kind::Day, |_, _| Fact::Absent),
    field("last_replied_at", Kind::Day, |_, _| Fact::Absent),
    field("last_email_opened_at", Kind::Day, |_, _| Fact::Absent),
    field("last_email_clicked_at", Kind::Day, |_, _| Fact::Absent),
    field("browser", Kind::Text, |w, i| seed(w, i, |seed| Fact::text(seed.browser.as_deref()))),
    field("browser_version", Kind::Text, |_, _| Fact::Absent),
    field("browser_language", Kind::Text, |_, _| Fact::Absent),
    field("language_override", Kind::Text, |_, _| Fact::Absent),
    field("os", Kind::Text, |w, i| seed(w, i, |seed| Fact::text(seed.system.as_deref()))),
    field("location_country", Kind::Text, |w, i| place(w, i, "country")),
    field("location_region", Kind::Text, |w, i| place(w, i, "region")),
    field("location_city", Kind::Text, |w, i| place(w, i, "city")),
    field("unsubscribed_from_emails", Kind::Flag, |w, i| seed(w, i, |seed| Fact::Flag(seed.unsubscribed))),
    field("marked_email_as_spam", Kind::Flag, |_, _| Fact::Flag(false)),
    field("has_hard_bounced", Kind::Flag, |w, i| seed(w, i, |seed| Fact::Flag(seed.bounced))),
    field("segment_id", Kind::List, |_, _| Fact::List(Vec::new())),
    field("tag_id", Kind::List, |w, i| {
        seed(w, i, |seed| Fact::list(w.desk.tags_named(&seed.tags).map(|tag| tag.id.as_str())))
    }),
    field("ios_app_version", Kind::Text, |_, _| Fact::Absent),
    field("ios_device", Kind::Text, |_, _| Fact::Absent),
    field("ios_os_version", Kind::Text, |_, _| Fact::Absent),
    field("ios_last_seen_at", Kind::Day, |_, _| Fact::Absent),
    field("android_app_version", Kind::Text, |_, _| Fact::Absent),
    field("android_device", Kind::Text, |_, _| Fact::Absent),
    field("android_os_version", Kind::Text, |_, _| Fact::Absent),
    field("android_last_seen_at", Kind::Day, |_, _| Fact::Absent),
];

/// Free text looks at name, address, phone and the workspace's own id.
pub(super) fn mentions(workspace: &Workspace, index: u32, words: &str) -> bool {
    let phone = workspace.person(index).and_then(|(_, seed)| seed.phone.as_deref().map(Into::into));
    let texts = [
        workspace.person_name(index),
        workspace.person_email(index),
        workspace.person_external_id(index),
        phone,
    ];
    let texts = texts.map(|text| text.map(|text| text.to_lowercase()).unwrap_or_default());
    words.split_whitespace().all(|word| texts.iter().any(|text| text.contains(word)))
}
