//! Searches for people and companies as tool calls (intercom-mcp 3.2, 3.6, 3.7). `search_contacts` refuses a call without
//! any filter, so that everybody, and what its schema does not name, is asked of the one-string `search`. A condition that
//! neither takes is a fault and never dropped.

use serde_json::{Map, Value, json};

use super::schema::Schema;
use super::{Ask, Asking, MOST_ROWS, cannot_filter, offered};
use crate::domain::call::Fault;
use crate::domain::people::{CompanyFilter, PeopleField, PeopleFilter, PeopleTerm};
use crate::domain::query::{Filter, Operator, Shape, quoted};
use crate::session::wire::Offer;

/// Companies of one page at most (intercom-mcp 3.7).
const MOST_COMPANIES: u16 = 60;

/// People.
pub(super) fn contacts(
    filter: &PeopleFilter,
    cursor: Option<&str>,
    rows: u16,
    offer: &Offer,
) -> Result<Ask, Fault> {
    let schema = offer.schemas.get("search_contacts").map(Schema::of);
    if let Some(schema) = schema.filter(|_| !filter.is_empty()) {
        let known = filter.terms.iter().all(|term| takes(&schema, &term.field));
        if known && (cursor.is_none() || schema.takes("starting_after")) {
            return Ok(structured(&schema, filter, cursor, rows));
        }
    }
    one_string(filter, cursor, rows, offer)
}

/// The names an argument may have, the likeliest first.
fn names(field: &PeopleField) -> &'static [&'static str] {
    match field {
        PeopleField::Id => &["contact_ids", "ids"],
        PeopleField::Name => &["name"],
        PeopleField::Email => &["email"],
        PeopleField::Domain => &["email_domain", "domain"],
        PeopleField::Phone => &["phone"],
        PeopleField::Country | PeopleField::Region | PeopleField::City => &["location"],
        PeopleField::Bounced => &["has_hard_bounced"],
        PeopleField::Role => &["role"],
        PeopleField::Owner => &["owner_id"],
        PeopleField::ExternalId => &["external_id"],
        PeopleField::Tag => &["tag_ids", "tag_id"],
        PeopleField::Segment => &["segment_ids", "segment_id"],
        PeopleField::Attribute(_) => &["custom_attributes"],
    }
}

/// Whether a condition works: its argument is in the schema, or the schema lists nothing and the argument is documented.
fn takes(schema: &Schema<'_>, field: &PeopleField) -> bool {
    let names = names(field);
    let listed = names.iter().any(|name| schema.listed().any(|listed| listed == *name));
    match field {
        PeopleField::Id
        | PeopleField::Name
        | PeopleField::Email
        | PeopleField::Domain
        | PeopleField::Phone => listed || schema.names(names[0]),
        PeopleField::Attribute(_) => {
            (listed || schema.names(names[0])) && schema.takes_object("custom_attributes")
        }
        PeopleField::Country | PeopleField::Region | PeopleField::City => {
            listed && schema.takes_object("location")
        }
        PeopleField::Bounced
        | PeopleField::Role
        | PeopleField::Owner
        | PeopleField::ExternalId
        | PeopleField::Tag
        | PeopleField::Segment => listed,
    }
}

fn structured(schema: &Schema<'_>, filter: &PeopleFilter, cursor: Option<&str>, rows: u16) -> Ask {
    let mut ask = Asking::new(schema);
    for term in &filter.terms {
        let name = schema.first_of(names(&term.field));
        match &term.field {
            PeopleField::Attribute(attribute) => put_within(&mut ask.arguments, name, attribute, &term.value),
            PeopleField::Country => put_within(&mut ask.arguments, name, "country", &term.value),
            PeopleField::Region => put_within(&mut ask.arguments, name, "region", &term.value),
            PeopleField::City => put_within(&mut ask.arguments, name, "city", &term.value),
            PeopleField::Id => {
                let ids: Vec<&str> = filter.values(&PeopleField::Id).collect();
                ask.put(name, schema.list(name, &ids));
            }
            PeopleField::Bounced => ask.put(name, schema.filter(&equal(name, &term.value), Shape::Boolean)),
            PeopleField::Tag | PeopleField::Segment if name.ends_with('s') => {
                ask.put(name, schema.list(name, &[&term.value]));
            }
            PeopleField::Name
            | PeopleField::Email
            | PeopleField::Domain
            | PeopleField::Phone
            | PeopleField::Role
            | PeopleField::Owner
            | PeopleField::ExternalId
            | PeopleField::Tag
            | PeopleField::Segment => ask.put(name, schema.identifier(name, &term.value)),
        }
    }
    ask.rows(rows);
    if let Some(cursor) = cursor {
        ask.put("starting_after", json!(cursor));
    }
    ask.of("search_contacts")
}

fn equal(field: &str, value: &str) -> Filter {
    Filter { field: field.to_owned(), operator: Operator::Equal, value: value.to_owned() }
}

/// Adds a member to an argument that is an object.
fn put_within(arguments: &mut Map<String, Value>, name: &str, member: &str, value: &str) {
    let object = arguments.entry(name).or_insert_with(|| json!({}));
    object[member] = json!(value);
}

fn one_string(filter: &PeopleFilter, cursor: Option<&str>, rows: u16, offer: &Offer) -> Result<Ask, Fault> {
    offered("search", offer)?;
    let several = filter.values(&PeopleField::Id).nth(1).is_some();
    let mut words = vec!["object_type:contacts".to_owned()];
    for term in &filter.terms {
        let word = in_one_string(term).filter(|_| !(several && term.field == PeopleField::Id));
        words.push(word.ok_or_else(|| cannot_filter(&called(&term.field), offer))?);
    }
    words.push(format!("limit:{}", rows.clamp(1, MOST_ROWS)));
    words.extend(cursor.map(|cursor| format!("starting_after:{cursor}")));
    let arguments = Map::from_iter([("query".to_owned(), json!(words.join(" ")))]);
    Ok(Ask { tool: "search", arguments })
}

/// A condition in the one-string language: REST paths with underscores for dots (3.2); none for a name that cannot stand
/// there.
fn in_one_string(term: &PeopleTerm) -> Option<String> {
    let value = quoted(&term.value);
    let name = match &term.field {
        PeopleField::Id => "id",
        PeopleField::Name => return Some(format!("name:contains:{value}")),
        PeopleField::Email => "email",
        PeopleField::Domain => "email_domain",
        PeopleField::Phone => "phone",
        PeopleField::Country => "location_country",
        PeopleField::Region => "location_region",
        PeopleField::City => "location_city",
        PeopleField::Bounced => "has_hard_bounced",
        PeopleField::Role => "role",
        PeopleField::Owner => "owner_id",
        PeopleField::ExternalId => "external_id",
        PeopleField::Tag => "tag_id",
        PeopleField::Segment => "segment_id",
        PeopleField::Attribute(name) => {
            let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            return plain.then(|| format!("custom_attributes_{name}:{value}"));
        }
    };
    Some(format!("{name}:{value}"))
}

fn called(field: &PeopleField) -> String {
    let word = field.word();
    if matches!(field, PeopleField::Attribute(_)) { format!("the attribute {word}") } else { word.to_owned() }
}

/// Companies.
pub(super) fn companies(filter: &CompanyFilter, page: u32, rows: u16, offer: &Offer) -> Result<Ask, Fault> {
    let schema = offered("list_companies", offer)?;
    let page_wanted = (page > 1).then_some("page");
    let needed = filter.arguments().map(|(name, _)| name).filter(|name| !schema.names(name));
    if let Some(name) = needed.chain(page_wanted.filter(|name| !schema.takes(name))).next() {
        return Err(cannot_filter(name, offer));
    }
    let mut ask = Asking::new(&schema);
    for (name, value) in filter.arguments() {
        ask.put(name, schema.identifier(name, value));
    }
    ask.put("page", json!(page.max(1)));
    ask.rows(rows.min(MOST_COMPANIES));
    Ok(ask.of("list_companies"))
}

#[cfg(test)]
mod tests;
