//! What is sent for a search for people or companies, by schema.

use super::*;
use crate::domain::call::FaultKind;
use crate::domain::people::{company_filter, people_filter};

fn offer(tools: &[(&str, Value)]) -> Offer {
    Offer {
        schemas: tools.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect(),
        ..Offer::default()
    }
}

/// A schema that takes these arguments and nothing else.
fn closed(names: &str) -> Value {
    let properties: Map<String, Value> = names.split(' ').map(|name| (name.to_owned(), json!({}))).collect();
    json!({"additionalProperties": false, "properties": properties})
}

fn both(schema: Value) -> Offer {
    offer(&[("search_contacts", schema), ("search", json!({}))])
}

fn sent(typed: &str, cursor: Option<&str>, offer: &Offer) -> (&'static str, Value) {
    let ask = contacts(
        &people_filter(typed, |owner| Ok(owner.to_owned()), |_, _| None).unwrap(),
        cursor,
        50,
        offer,
    )
    .unwrap();
    (ask.tool, Value::Object(ask.arguments))
}

const DOCUMENTED: &str =
    "contact_ids name email email_domain phone custom_attributes per_page starting_after";

#[test]
fn people_by_the_documented_schema() {
    let server = both(closed(DOCUMENTED));
    let table = [
        ("", None, "search", json!({"query": "object_type:contacts limit:50"})),
        ("", Some("abc"), "search", json!({"query": "object_type:contacts limit:50 starting_after:abc"})),
        ("Ana Souza", None, "search_contacts", json!({"name": "Ana Souza", "per_page": 50})),
        (
            "a@b.c @b.c",
            Some("abc"),
            "search_contacts",
            json!({"email": "a@b.c", "email_domain": "b.c", "per_page": 50, "starting_after": "abc"}),
        ),
        ("+49170123", None, "search_contacts", json!({"phone": "+49170123", "per_page": 50})),
        ("id:66aa,77bb", None, "search_contacts", json!({"contact_ids": ["66aa", "77bb"], "per_page": 50})),
        (
            "plan:Pro attribute:\"Plan tier\"=a",
            None,
            "search_contacts",
            json!({"custom_attributes": {"plan": "Pro", "Plan tier": "a"}, "per_page": 50}),
        ),
        (
            "role:lead ana",
            None,
            "search",
            json!({"query": "object_type:contacts role:lead name:contains:ana limit:50"}),
        ),
        (
            "city:\"São Paulo\" plan:x",
            None,
            "search",
            json!({"query": "object_type:contacts location_city:\"São Paulo\" custom_attributes_plan:x limit:50"}),
        ),
    ];
    for (typed, cursor, tool, arguments) in table {
        assert_eq!(sent(typed, cursor, &server), (tool, arguments), "{typed}");
    }
}

#[test]
fn people_by_odd_schemas() {
    let odd = json!({"additionalProperties": false, "required": ["name", "ids", "location"], "properties": {
        "ids": {"type": "string"}, "phone": {"type": "number"}, "has_hard_bounced": {"type": "string"},
        "location": {"type": "object"}, "tag_ids": {"type": "array", "items": {"type": "integer"}},
        "custom_attributes": {"type": "string"}, "per_page": {"maximum": 20}}});
    let server = both(odd);
    let table = [
        ("id:66aa,77bb", "search_contacts", json!({"ids": "66aa,77bb", "per_page": 20})),
        ("phone:49170", "search_contacts", json!({"phone": 49170, "per_page": 20})),
        (
            "bounced:true city:Bonn country:Germany tag:7",
            "search_contacts",
            json!({"has_hard_bounced": "true", "location": {"city": "Bonn", "country": "Germany"},
                "tag_ids": [7], "per_page": 20}),
        ),
        ("plan:Pro", "search", json!({"query": "object_type:contacts custom_attributes_plan:Pro limit:50"})),
        ("ana", "search", json!({"query": "object_type:contacts name:contains:ana limit:50"})),
    ];
    for (typed, tool, arguments) in table {
        assert_eq!(sent(typed, None, &server), (tool, arguments), "{typed}");
    }
    // A closed schema without the cursor cannot go on by it.
    assert_eq!(sent("phone:49170", Some("abc"), &server).0, "search");
    // A schema that says nothing forbids nothing that is documented.
    let silent = both(json!(null));
    assert_eq!(sent("ana", None, &silent).0, "search_contacts");
    assert_eq!(sent("role:lead", None, &silent).0, "search");
}

#[test]
fn what_no_tool_takes_is_said_and_not_dropped() {
    let alone = offer(&[("search_contacts", closed("name per_page"))]);
    let fault = |typed: &str, offer: &Offer| {
        contacts(&people_filter(typed, |owner| Ok(owner.to_owned()), |_, _| None).unwrap(), None, 50, offer)
            .unwrap_err()
    };
    assert_eq!(fault("", &alone).kind, FaultKind::NoTool);
    assert_eq!(fault("role:lead", &alone).kind, FaultKind::NoTool);
    let search = offer(&[("search", json!({}))]);
    let named = fault("attribute:\"Plan tier\"=x", &search);
    assert!(named.sentence.contains("the attribute Plan tier"), "{named:?}");
    assert!(fault("id:1,2", &search).sentence.contains("by id"));
    assert_eq!(sent("id:1", None, &search).1["query"], "object_type:contacts id:1 limit:50");
}

#[test]
fn companies_by_schema() {
    let read = |typed: &str| company_filter(typed, |_, _| None).unwrap();
    let ask = |typed: &str, page, schema: Value| {
        companies(&read(typed), page, 60, &offer(&[("list_companies", schema)]))
    };
    let full = || closed("name company_id tag_id segment_id page per_page");
    let table = [
        ("", 1, full(), json!({"page": 1, "per_page": 60})),
        ("", 3, full(), json!({"page": 3, "per_page": 60})),
        ("Lumen Ótica", 1, full(), json!({"name": "Lumen Ótica", "page": 1, "per_page": 60})),
        (
            "id:acct-77 tag:5 segment:6",
            1,
            full(),
            json!({"company_id": "acct-77", "tag_id": "5", "segment_id": "6", "page": 1, "per_page": 60}),
        ),
        ("", 1, closed("name"), json!({})),
        (
            "tag:5",
            1,
            json!({"properties": {"tag_id": {"type": "integer"}, "per_page": {"maximum": 15}}}),
            json!({"tag_id": 5, "page": 1, "per_page": 15}),
        ),
        ("x", 1, json!(null), json!({"name": "x", "page": 1, "per_page": 60})),
    ];
    for (typed, page, schema, arguments) in table {
        assert_eq!(Value::Object(ask(typed, page, schema).unwrap().arguments), arguments, "{typed}");
    }
    for (typed, page, schema) in [
        ("tag:5", 1, closed("name page per_page")),
        ("", 2, closed("name per_page")),
        ("x", 1, json!({"properties": {"tag_id": {}}})),
    ] {
        assert_eq!(ask(typed, page, schema).unwrap_err().kind, FaultKind::Invalid, "{typed}");
    }
    assert_eq!(companies(&read(""), 1, 60, &offer(&[])).unwrap_err().kind, FaultKind::NoTool);
}
