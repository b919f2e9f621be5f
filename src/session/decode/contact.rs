//! People and companies (6.3).

use serde_json::Value;

use super::fields::{self, clean};
use crate::domain::company::Company;
use crate::domain::contact::Contact;
use crate::domain::conversation::Tag;
use crate::domain::id::{AdminId, CompanyId, ContactId};
use crate::domain::text::Clean;

/// A contact; none without an id.
pub(super) fn contact(record: &Value) -> Option<Contact> {
    let flag = |name| fields::flag(record, name) == Some(true);
    let nothing = Value::Null;
    let place = record.get("location").unwrap_or(&nothing);
    Some(Contact {
        id: ContactId::read(&fields::identifier(record, "id")?)?,
        external_id: clean(record, "external_id"),
        role: clean(record, "role"),
        name: clean(record, "name"),
        email: clean(record, "email"),
        phone: clean(record, "phone"),
        owner: fields::identifier(record, "owner_id").and_then(|id| AdminId::read(&id)),
        companies: companies(record),
        companies_total: record.get("companies").and_then(|list| fields::count(list, "total_count")),
        location: joined(place, &["city", "region", "country"]),
        device: joined(record, &["browser", "os", "ios_device", "android_device"]),
        created_at: fields::time(record, "created_at"),
        signed_up_at: fields::time(record, "signed_up_at"),
        last_seen_at: fields::time(record, "last_seen_at"),
        last_replied_at: fields::time(record, "last_replied_at"),
        last_contacted_at: fields::time(record, "last_contacted_at"),
        bounced: flag("has_hard_bounced"),
        unsubscribed: flag("unsubscribed_from_emails"),
        tags: tags(record, "tags"),
        attributes: fields::attributes(record),
        thin: false,
    })
}

fn companies(record: &Value) -> Vec<CompanyId> {
    fields::list(record, "companies")
        .iter()
        .filter_map(|company| fields::identifier(company, "id").or_else(|| fields::as_identifier(company)))
        .filter_map(|id| CompanyId::read(&id))
        .collect()
}

/// Tags or segments, with what is known of each: an id, a name, or a bare word.
fn tags(record: &Value, list: &str) -> Vec<Tag> {
    let tag = |item: &Value| {
        let id = fields::identifier(item, "id").unwrap_or_default().into();
        fields::name_of(item).map(|name| Tag { id, name })
    };
    fields::list(record, list).iter().filter_map(tag).collect()
}

/// The fields that are there, joined by commas.
fn joined(record: &Value, names: &[&str]) -> Clean {
    let parts = names.iter().map(|name| clean(record, name));
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).map(Clean::into_string).collect();
    Clean::line(&parts.join(", "))
}

/// The plan's name; nothing for a plan that has none (`{}` stands for no plan).
fn plan(record: &Value) -> Clean {
    match record.get("plan") {
        Some(Value::Object(plan)) => plan.get("name").map(fields::shown).unwrap_or_default(),
        Some(plan) => fields::shown(plan),
        None => Clean::default(),
    }
}

/// A company; none without an id.
pub(super) fn company(record: &Value) -> Option<Company> {
    Some(Company {
        id: CompanyId::read(&fields::identifier(record, "id")?)?,
        company_id: clean(record, "company_id"),
        name: clean(record, "name"),
        plan: plan(record),
        monthly_spend: clean(record, "monthly_spend"),
        size: fields::count(record, "size"),
        user_count: fields::count(record, "user_count"),
        session_count: fields::count(record, "session_count"),
        website: clean(record, "website"),
        industry: clean(record, "industry"),
        created_at: fields::time(record, "created_at"),
        last_request_at: fields::time(record, "last_request_at"),
        tags: tags(record, "tags"),
        segments: tags(record, "segments"),
        attributes: fields::attributes(record),
    })
}
