//! Writing: articles and notes.

use serde_json::{Value, json};

use crate::wire::{NOW, Wire};

async fn articles(wire: &Wire) -> Vec<Value> {
    wire.ok("list_articles", json!({"per_page": 150})).await["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn every_shipped_body_sent_back_is_stored_byte_for_byte() {
    let wire = Wire::open().await;
    let mut sent = 0;
    for article in articles(&wire).await {
        let id = article["id"].as_str().unwrap();
        let before = wire.ok("get_article", json!({"id": id})).await;
        let Some(body) = before["body"].as_str() else {
            continue;
        };
        let after = wire
            .ok("update_article", json!({"id": id, "body": body, "author_id": before["author_id"]}))
            .await;
        assert_eq!(after["body"], before["body"], "{id}");
        assert_eq!(wire.running.article_body(id).as_deref(), Some(body));
        assert!(after["updated_at"].as_i64() > before["updated_at"].as_i64());
        assert_eq!(after["author_id"], before["author_id"]);
        sent += 1;
    }
    assert!(sent >= 3);
    assert_eq!(wire.running.writes(), sent);
}

#[tokio::test]
async fn a_new_article_is_a_draft_with_a_rewritten_body() {
    let wire = Wire::open().await;
    let author = articles(&wire).await[0]["author_id"].clone();
    let body = "<h2>Title</h2>\n<div>Text</div><script>x()</script><h3 id=\"h_aaaaaaaaaa\">Sub</h3>";
    let made = wire.ok("create_article", json!({"title": "New", "author_id": author, "body": body})).await;
    assert_eq!((&made["state"], &made["url"]), (&json!("draft"), &Value::Null));
    let stored = made["body"].as_str().unwrap();
    assert!(stored.starts_with("<h1 id=\"h_"), "{stored}");
    let rest = stored.split_once("Title</h1>").unwrap().1;
    assert_eq!(
        rest,
        "<p class=\"no-margin\"></p><p class=\"no-margin\">Text</p><h2 id=\"h_aaaaaaaaaa\">Sub</h2>"
    );
    let id = made["id"].clone();
    assert_eq!(articles(&wire).await[0]["id"], id, "the newest comes first");
    let published = wire.ok("update_article", json!({"id": id, "state": "published"})).await;
    assert_eq!(published["body"], made["body"]);
    assert!(published["url"].is_string());
    let other = wire.new_session().await;
    assert_ne!(other, wire.session);
    let wire = Wire { session: other, ..wire };
    assert_eq!(
        wire.ok("get_article", json!({"id": id})).await["state"],
        "published",
        "sessions share the workspace"
    );
}

#[tokio::test]
async fn the_author_becomes_the_connected_admin_unless_named() {
    let wire = Wire::open().await;
    let id = articles(&wire).await[0]["id"].clone();
    let first = wire.ok("update_article", json!({"id": id, "title": "One"})).await;
    let me = first["author_id"].clone();
    let authors: Vec<Value> = wire
        .conversations()
        .await
        .iter()
        .flat_map(|c| c["teammates"]["teammates"].as_array().unwrap().clone())
        .collect();
    let other =
        authors.iter().filter_map(|a| a["id"].as_str()?.parse::<i64>().ok()).find(|a| me != *a).unwrap();
    let named = wire.ok("update_article", json!({"id": id, "title": "Two", "author_id": other})).await;
    assert_eq!(named["author_id"], other);
    let omitted = wire.ok("update_article", json!({"id": id, "title": "Three"})).await;
    assert_eq!(omitted["author_id"], me);
}

#[tokio::test]
async fn refused_writes_change_nothing() {
    let wire = Wire::open().await;
    let article = articles(&wire).await[0].clone();
    let (id, author) = (&article["id"], &article["author_id"]);
    let before = wire.ok("get_article", json!({"id": id})).await;
    let bodies = [
        "<dl></dl>",
        "<ul></ul>",
        "<table></table>",
        "<iframe src=\"https://evil.example\"></iframe>",
        "<img src=\"x\">",
    ];
    for body in bodies {
        let text = wire.refused("update_article", json!({"id": id, "title": "Changed", "body": body})).await;
        assert!(text.contains("parameter_invalid"), "{body}: {text}");
    }
    for (arguments, says) in [
        (json!({"id": id}), "At least one field"),
        (json!({"id": id, "title": " "}), "can't be blank"),
        (json!({"id": id, "author_id": 1}), "admin_not_found"),
        (json!({"id": id, "parent_id": 1}), "provided together"),
        (json!({"id": id, "parent_id": 1, "parent_type": "collection"}), "not_found"),
        (json!({"id": id, "state": "hidden"}), "state must be one of"),
        (json!({"id": "1", "title": "a"}), "not_found"),
    ] {
        let text = wire.refused("update_article", arguments).await;
        assert!(text.contains(says), "{says}: {text}");
    }
    assert!(wire.refused("create_article", json!({"title": "a"})).await.contains("author_id is required"));
    assert!(wire.refused("create_article", json!({"author_id": author})).await.contains("title is required"));
    assert_eq!(wire.ok("get_article", json!({"id": id})).await, before);
    assert_eq!(wire.running.writes(), 14, "refused writes arrived too");
}

#[tokio::test]
async fn a_note_is_added_and_wakes_a_snoozed_conversation_that_somebody_else_has() {
    let wire = Wire::open().await;
    let all = wire.conversations().await;
    let article = articles(&wire).await[0].clone();
    let me =
        wire.ok("update_article", json!({"id": article["id"], "title": "One"})).await["author_id"].clone();
    let of = |state: &str, anothers: bool| {
        let fits = |c: &&Value| {
            let admin = &c["admin_assignee_id"];
            c["state"] == state && c["ticket"].is_null() && anothers == (!admin.is_null() && *admin != me)
        };
        all.iter().rev().find(fits).unwrap().clone()
    };
    let table = [
        ("snoozed", true, "note_and_unsnooze", "open"),
        ("snoozed", false, "note", "snoozed"),
        ("closed", true, "note", "closed"),
    ];
    for (state, anothers, kind, left) in table {
        let conversation = of(state, anothers);
        let id = &conversation["id"];
        let before = wire.ok("get_conversation", json!({"id": id})).await;
        let part = wire.ok("add_internal_note", json!({"conversation_id": id, "body": "Look\nhere"})).await;
        assert_eq!(part["part_type"], kind);
        assert_eq!(part["body"], "<p>Look<br>here</p>");
        assert_eq!(part["author"]["type"], "admin");
        let after = wire.ok("get_conversation", json!({"id": id})).await;
        let parts =
            |value: &Value| value["conversation_parts"]["conversation_parts"].as_array().unwrap().clone();
        assert_eq!(parts(&after).len(), parts(&before).len() + 1);
        assert_eq!(parts(&after).last(), Some(&part));
        assert_eq!(after["state"], left);
        assert_eq!(after["snoozed_until"].is_null(), left != "snoozed");
        assert!(after["updated_at"].as_i64().unwrap() >= NOW);
        let first = wire.ok("search_conversations", json!({"per_page": 1})).await["conversations"][0].clone();
        // Two notes within one second share their place.
        assert!(first["updated_at"] == after["updated_at"], "what changed last comes first");
    }
}

#[tokio::test]
async fn notes_on_tickets_and_empty_notes_are_refused() {
    let wire = Wire::open().await;
    let all = wire.conversations().await;
    let ticket = all.iter().find(|conversation| !conversation["ticket"].is_null()).unwrap();
    let text = wire.refused("add_internal_note", json!({"conversation_id": ticket["id"], "body": "a"})).await;
    assert!(text.contains("Not authorized to access resource"), "{text}");
    let plain = all.iter().find(|conversation| conversation["ticket"].is_null()).unwrap();
    let text = wire.refused("add_internal_note", json!({"conversation_id": plain["id"], "body": " "})).await;
    assert!(text.contains("parameter_invalid"), "{text}");
    assert_eq!(wire.running.writes(), 2);
}
