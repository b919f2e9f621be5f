//! Searching: what a query finds is compared with a plain look at everything there is.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::wire::{NOW, Wire};

type Holds = Box<dyn Fn(&Value) -> bool>;

fn has(text: &Value, word: &str) -> bool {
    text.as_str().unwrap_or("").to_lowercase().contains(word)
}

fn at_least(value: &Value, least: i64) -> bool {
    value.as_i64().is_some_and(|number| number >= least)
}

fn at_most(value: &Value, most: i64) -> bool {
    value.as_i64().is_some_and(|number| number <= most)
}

async fn count(wire: &Wire, query: &str) -> Result<usize, String> {
    let page = wire.call("search", json!({"query": format!("{query} limit:1")})).await?;
    Ok(usize::try_from(page["pages"]["total_pages"].as_u64().unwrap()).unwrap())
}

async fn compare(wire: &Wire, object_type: &str, all: &[Value], queries: Vec<(String, Holds)>) {
    for (query, holds) in queries {
        let expected = all.iter().filter(|item| holds(item)).count();
        let found = count(wire, &format!("object_type:{object_type} {query}")).await;
        assert_eq!(found, Ok(expected), "{query}");
    }
}

fn q(query: impl Into<String>, holds: impl Fn(&Value) -> bool + 'static) -> (String, Holds) {
    (query.into(), Box::new(holds))
}

#[tokio::test]
async fn conversation_queries_find_what_is_there() {
    let wire = Wire::open().await;
    let all = wire.conversations().await;
    let queries = [by_state(), by_source(&all), by_people(&all), by_time(), by_outcome()];
    let queries: Vec<_> = queries.into_iter().flatten().collect();
    assert!(queries.len() >= 30);
    compare(&wire, "conversations", &all, queries).await;
}

fn by_state() -> Vec<(String, Holds)> {
    vec![
        q("", |_| true),
        q("state:open", |c| c["state"] == "open"),
        q("state:eq:closed", |c| c["state"] == "closed"),
        q("state:neq:closed", |c| c["state"] != "closed"),
        q("state:in:open,snoozed", |c| c["state"] != "closed"),
        q("open:true", |c| c["open"] == true),
        q("read:false", |c| c["read"] == false),
        q("priority:priority", |c| c["priority"] == "priority"),
        q("snoozed_until:gt:0", |c| c["snoozed_until"].is_i64()),
        q("waiting_since:gt:0", |c| c["waiting_since"].is_i64()),
        q("q:\"zzzz nothing\"", |_| false),
    ]
}

fn by_source(all: &[Value]) -> Vec<(String, Holds)> {
    let author = &all[0]["source"]["author"];
    let (email, name) = (author["email"].clone(), author["name"].clone());
    let domain = format!("@{}", email.as_str().unwrap().split('@').next_back().unwrap());
    let subject = |c: &Value| {
        has(&c["source"]["subject"].to_string().replace("<p>", "").replace("</p>", "").into(), "e")
    };
    vec![
        q("source_type:email", |c| c["source"]["type"] == "email"),
        q("source_type:neq:email state:open", |c| c["source"]["type"] != "email" && c["state"] == "open"),
        q("source_body:contains:the", |c| has(&c["source"]["body"], "the")),
        q("source_subject:contains:\"e\"", subject),
        q(format!("source_author_email:contains:{domain}"), move |c| {
            has(&c["source"]["author"]["email"], &domain)
        }),
        q(format!("source_author_email:{email}"), move |c| c["source"]["author"]["email"] == email),
        q(format!("source_author_name:{name}"), move |c| c["source"]["author"]["name"] == name),
    ]
}

fn by_people(all: &[Value]) -> Vec<(String, Holds)> {
    let admin = all.iter().find_map(|item| item["admin_assignee_id"].as_i64()).unwrap();
    let team = all.iter().find_map(|item| item["team_assignee_id"].as_i64()).unwrap();
    let tag = all.iter().find_map(|item| item["tags"]["tags"][0]["id"].as_str()).unwrap();
    let wanted = json!(tag);
    vec![
        q(format!("admin_assignee_id:{admin}"), move |c| c["admin_assignee_id"] == admin),
        q(format!("admin_assignee_id:neq:{admin}"), move |c| c["admin_assignee_id"] != admin),
        q("admin_assignee_id:0", |c| c["admin_assignee_id"].is_null()),
        q(format!("team_assignee_id:in:{team},1"), move |c| c["team_assignee_id"] == team),
        q(format!("tag_ids:{tag}"), move |c| {
            c["tags"]["tags"].as_array().unwrap().iter().any(|t| t["id"] == wanted)
        }),
    ]
}

fn by_time() -> Vec<(String, Holds)> {
    let week = NOW - 7 * 86_400;
    let day = 1_789_862_400;
    vec![
        q(format!("created_at:gt:{week}"), move |c| at_least(&c["created_at"], week)),
        q(format!("updated_at:lte:{week}"), move |c| at_most(&c["updated_at"], week)),
        q("created_at:gte:2026-09-20", move |c| at_least(&c["created_at"], day)),
        q("created_at:eq:2026-09-20", move |c| {
            at_least(&c["created_at"], day) && at_most(&c["created_at"], day + 86_399)
        }),
    ]
}

fn by_outcome() -> Vec<(String, Holds)> {
    vec![
        q("statistics_time_to_admin_reply:gt:1800", |c| {
            at_least(&c["statistics"]["time_to_admin_reply"], 1_800)
        }),
        q("statistics_count_reopens:gte:1", |c| at_least(&c["statistics"]["count_reopens"], 1)),
        q("conversation_rating_score:lte:4", |c| at_most(&c["conversation_rating"]["rating"], 4)),
        q("ai_agent_participated:true", |c| c["ai_agent_participated"] == true),
        q("ai_agent_resolution_state:assumed_resolution", |c| {
            c["ai_agent"]["resolution_state"] == "assumed_resolution"
        }),
    ]
}

#[tokio::test]
async fn contact_queries_find_what_is_there() {
    let wire = Wire::open().await;
    let all = wire.contacts().await;
    assert!(all.len() >= 3);
    let domain = all[0]["email"].as_str().unwrap().split('@').next_back().unwrap().to_owned();
    let query = format!("email_domain:{domain}");
    let word =
        all.iter().find_map(|item| item["name"].as_str()).unwrap().split(' ').next().unwrap().to_lowercase();
    let queries = vec![
        q("", |_| true),
        q("role:lead", |c| c["role"] == "lead"),
        q(query, move |c| has(&c["email"], &format!("@{domain}"))),
        q(format!("name:contains:{word}"), {
            let word = word.clone();
            move |c| has(&c["name"], &word)
        }),
        q("has_hard_bounced:true", |c| c["has_hard_bounced"] == true),
        q("last_seen_at:gt:2026-09-19", |c| at_least(&c["last_seen_at"], 1_789_862_400)),
        q("last_seen_at:lt:2026-09-19", |c| at_most(&c["last_seen_at"], 1_789_775_999)),
        q(format!("q:\"{word}\""), move |c| has(&c["name"], &word) || has(&c["email"], &word)),
    ];
    compare(&wire, "contacts", &all, queries).await;
    let refused = wire.refused("search", json!({"query": "object_type:contacts created_at:gte:5"})).await;
    assert_eq!(refused, "Operator 'gte' is not supported for field 'created_at'");
}

#[tokio::test]
async fn bad_queries_are_named() {
    let wire = Wire::open().await;
    for (query, says) in [
        ("state:open", "must include object_type"),
        ("object_type:tickets", "Unsupported object_type 'tickets'"),
        ("object_type:conversations colour:red", "Unknown field 'colour'"),
        ("object_type:conversations state:is:open", "Unknown operator 'is'"),
        ("object_type:conversations updated_at:gt:soon", "Invalid date 'soon'"),
        ("object_type:conversations limit:151", "Invalid limit '151'"),
        ("object_type:conversations starting_after:nonsense", "not a valid cursor"),
    ] {
        let text = wire.refused("search", json!({"query": query})).await;
        assert!(text.contains(says), "{query}: {text}");
    }
}

#[tokio::test]
async fn structured_filters_find_what_is_there() {
    let wire = Wire::open().await;
    let all = wire.conversations().await;
    let id = all[1]["id"].clone();
    let contact = all[0]["contacts"]["contacts"][0]["id"].clone();
    let tables: Vec<(Value, Holds)> = vec![
        (json!({"state": "open"}), Box::new(|c| c["state"] == "open")),
        (json!({"ids": [id]}), Box::new(move |c| c["id"] == id)),
        (json!({"contact_ids": [contact]}), Box::new(move |c| c["contacts"]["contacts"][0]["id"] == contact)),
        (
            json!({"created_at": {"operator": ">", "value": NOW - 86_400}, "read": false}),
            Box::new(|c| at_least(&c["created_at"], NOW - 86_400) && c["read"] == false),
        ),
        (
            json!({"statistics_time_to_admin_reply": {"operator": "<=", "value": 3600}}),
            Box::new(|c| at_most(&c["statistics"]["time_to_admin_reply"], 3_600)),
        ),
        (
            json!({"ai_agent_participated": true, "priority": null}),
            Box::new(|c| c["ai_agent_participated"] == true),
        ),
    ];
    for (arguments, holds) in tables {
        let expected = all.iter().filter(|item| holds(item)).count();
        let page = wire.ok("search_conversations", arguments.clone()).await;
        assert_eq!(page["total_count"], expected, "{arguments}");
        assert_eq!(page["pages"]["per_page"], 5);
        assert!(
            page["conversations"]
                .as_array()
                .unwrap()
                .iter()
                .all(|item| item.get("conversation_parts").is_none())
        );
    }
}

#[tokio::test]
async fn structured_mistakes_are_named() {
    let wire = Wire::open().await;
    let mut many = json!({});
    for name in [
        "source_body",
        "source_subject",
        "source_type",
        "source_author_name",
        "source_author_email",
        "source_url",
    ] {
        many[name] = "a".into();
    }
    for name in
        ["created_at", "updated_at", "waiting_since", "statistics_last_close_at", "statistics_count_reopens"]
    {
        many[name] = json!({"operator": ">", "value": 1});
    }
    for name in ["open", "read", "ai_agent_participated"] {
        many[name] = true.into();
    }
    many["admin_assignee_id"] = 1.into();
    assert!(wire.call("search_conversations", many.clone()).await.is_ok(), "fifteen are allowed");
    many["team_assignee_id"] = "1".into();
    let text = wire.refused("search_conversations", many).await;
    assert!(text.contains("composite query") && text.contains("parameter_invalid"), "{text}");
    for (arguments, says) in [
        (json!({"per_page": 151}), "per_page is out of range"),
        (json!({"state": "asleep"}), "state must be one of"),
        (json!({"colour": "red"}), "unrecognized argument colour"),
        (json!({"created_at": 5}), "created_at must be object"),
        (json!({"created_at": {"operator": "gt", "value": 5}}), "Invalid comparison for 'created_at'"),
        (json!({"source_body": ""}), "Empty value"),
    ] {
        let text = wire.refused("search_conversations", arguments).await;
        assert!(text.contains(says), "{says}: {text}");
    }
}

#[tokio::test]
async fn contact_filters_need_one_and_find_what_is_there() {
    let wire = Wire::open().await;
    for empty in [json!({}), json!({"per_page": 5}), json!({"location": {}})] {
        assert_eq!(
            wire.refused("search_contacts", empty).await,
            "At least one search parameter must be provided"
        );
    }
    let all = wire.contacts().await;
    let named = all.iter().find(|contact| contact["name"].is_string()).unwrap();
    let part = named["name"].as_str().unwrap().chars().skip(1).take(3).collect::<String>().to_lowercase();
    let found = wire.ok("search_contacts", json!({"name": part, "per_page": 150})).await;
    assert_eq!(found["total_count"], all.iter().filter(|contact| has(&contact["name"], &part)).count());
    let found = wire.ok("search_contacts", json!({"email": named["email"]})).await;
    assert_eq!(found["data"][0]["id"], named["id"]);
    let country = named["location"]["country"].clone();
    let found = wire.ok("search_contacts", json!({"location": {"country": country}})).await;
    assert_eq!(
        found["total_count"],
        all.iter().filter(|contact| contact["location"]["country"] == country).count()
    );
}

#[tokio::test]
async fn cursors_walk_every_id_once_and_fit_one_query() {
    let wire = Wire::grown(1_000).await;
    for (tool, key, arguments) in [
        ("search_conversations", "conversations", json!({"per_page": 149, "state": "closed"})),
        ("search_conversations", "conversations", json!({"per_page": 150})),
        ("search", "results", json!({"query": "object_type:conversations limit:100"})),
        ("search", "results", json!({"query": "object_type:contacts limit:7"})),
    ] {
        let found = wire.walk(tool, key, arguments.clone()).await;
        let ids: HashSet<&str> = found.iter().map(|item| item["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), found.len(), "an id came twice: {arguments}");
        if arguments.get("state").is_none() && !arguments.to_string().contains("contacts") {
            assert_eq!(ids.len(), 1_000);
        }
    }
    let page = wire.ok("search_conversations", json!({"state": "closed"})).await;
    assert_eq!(page["pages"]["next"]["page"], 2);
    let cursor = page["pages"]["next"]["starting_after"].clone();
    let text = wire.refused("search_conversations", json!({"state": "open", "starting_after": cursor})).await;
    assert!(text.contains("other arguments"), "{text}");
}

#[tokio::test]
async fn growing_gives_the_same_workspace_every_time() {
    let (one, two) = (Wire::grown(1_200).await, Wire::grown(1_200).await);
    let arguments = json!({"per_page": 150, "created_at": {"operator": "<", "value": NOW - 86_400 * 30}});
    let (first, second) = (
        one.ok("search_conversations", arguments.clone()).await,
        two.ok("search_conversations", arguments).await,
    );
    assert_eq!(first["conversations"], second["conversations"]);
    let count = one.ok("search_conversations", json!({"per_page": 1})).await["total_count"].clone();
    assert_eq!(count, 1_200);
    let long = one.ok("get_conversation", json!({"id": "900000099999"})).await;
    assert_eq!(long["conversation_parts"]["conversation_parts"].as_array().unwrap().len(), 500);
}
