//! Reading single objects and the lists with page numbers.

use serde_json::{Value, json};

use crate::wire::{NOW, Wire};

#[tokio::test]
async fn a_conversation_is_found_by_any_form_of_its_id() {
    let wire = Wire::open().await;
    let all = wire.conversations().await;
    let id = all[0]["id"].as_str().unwrap();
    let plain = wire.ok("get_conversation", json!({"id": id})).await;
    for form in [
        json!(id.parse::<u64>().unwrap()),
        json!(format!("conversation_{id}")),
        json!(format!("https://app.intercom.com/a/inbox/_/inbox/conversation/{id}")),
    ] {
        assert_eq!(wire.ok("get_conversation", json!({"id": form})).await, plain);
    }
    let fetched = wire.ok("fetch", json!({"id": format!("conversation_{id}")})).await;
    assert_eq!(fetched["conversation_parts"], plain["conversation_parts"]);
    assert!(fetched["url"].as_str().unwrap().ends_with(id));
    for missing in ["1", "conversation_", "https://example.com/"] {
        let text = wire.refused("get_conversation", json!({"id": missing})).await;
        let error: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(error["type"], "error.list");
        assert_eq!(error["errors"][0], json!({"code": "not_found", "message": "Conversation not found"}));
    }
}

#[tokio::test]
async fn what_is_computed_agrees_with_the_parts() {
    let wire = Wire::open().await;
    for item in wire.conversations().await {
        let full = wire.ok("get_conversation", json!({"id": item["id"]})).await;
        let parts = full["conversation_parts"]["conversation_parts"].as_array().unwrap();
        assert_eq!(full["statistics"]["count_conversation_parts"], parts.len());
        assert_eq!(full["conversation_parts"]["total_count"], parts.len());
        let last = parts.last().map_or(&full["created_at"], |part| &part["created_at"]);
        assert_eq!(&full["updated_at"], last);
        assert!(full["updated_at"].as_i64().unwrap() <= NOW);
        let reply = parts.iter().find(|part| {
            let says = part["body"].as_str().is_some_and(|body| !body.is_empty())
                || !part["attachments"].as_array().unwrap().is_empty();
            part["author"]["type"] == "admin"
                && !part["part_type"].as_str().unwrap().starts_with("note")
                && says
        });
        assert_eq!(
            full["statistics"]["first_admin_reply_at"],
            reply.map_or(Value::Null, |part| part["created_at"].clone())
        );
        assert_eq!(full["open"], full["state"] == "open");
        if full["state"] == "closed" {
            assert_eq!(full["waiting_since"], Value::Null);
        }
        assert_eq!(item["source"], full["source"]);
    }
}

#[tokio::test]
async fn contacts_and_companies_are_read() {
    let wire = Wire::open().await;
    let contact = wire.contacts().await.into_iter().find(|c| c["companies"]["total_count"] != 0).unwrap();
    let id = contact["id"].as_str().unwrap();
    assert_eq!(id.len(), 24);
    assert_eq!(wire.ok("get_contact", json!({"id": format!("contact_{id}")})).await, contact);
    let fetched = wire.ok("fetch", json!({"id": format!("contact_{id}")})).await;
    assert_eq!(fetched["email"], contact["email"]);
    let company = wire.ok("get_company", json!({"id": contact["companies"]["data"][0]["id"]})).await;
    assert_eq!(company["type"], "company");
    let fetched =
        wire.ok("fetch", json!({"id": format!("company_{}", company["id"].as_str().unwrap())})).await;
    assert_eq!(fetched["name"], company["name"]);
    for (tool, arguments, code) in [
        ("get_contact", json!({"id": "66"}), "not_found"),
        ("get_company", json!({"id": "66"}), "company_not_found"),
        ("list_companies", json!({"name": "nobody at all"}), "company_not_found"),
        ("get_article", json!({"id": "66"}), "not_found"),
    ] {
        assert!(wire.refused(tool, arguments).await.contains(&format!("\"{code}\"")), "{tool}");
    }
    assert!(wire.refused("fetch", json!({"id": "article_1"})).await.contains("Unsupported id"));
    assert!(wire.refused("get_contact", json!({})).await.contains("id is required"));
}

#[tokio::test]
async fn companies_are_listed_by_page_and_filter() {
    let wire = Wire::open().await;
    let all = wire.ok("list_companies", json!({"per_page": 60})).await;
    let data = all["data"].as_array().unwrap().clone();
    assert_eq!(all["total_count"], data.len());
    assert!(data.len() >= 2);
    let mut walked = Vec::new();
    for page in 1..=data.len() {
        let one = wire.ok("list_companies", json!({"page": page, "per_page": 1})).await;
        assert_eq!(one["pages"]["total_pages"], data.len());
        assert_eq!(one["pages"]["next"].is_null(), page == data.len());
        walked.push(one["data"][0].clone());
    }
    assert_eq!(walked, data);
    let by_name = wire.ok("list_companies", json!({"name": data[0]["name"]})).await;
    assert_eq!(by_name["type"], "company");
    let by_id = wire.ok("list_companies", json!({"company_id": data[1]["company_id"]})).await;
    assert_eq!(by_id["id"], data[1]["id"]);
    let tag = data.iter().find_map(|company| company["tags"]["tags"][0]["id"].as_str()).unwrap();
    let tagged = wire.ok("list_companies", json!({"tag_id": tag})).await;
    let has_tag = |c: &&Value| c["tags"]["tags"].as_array().unwrap().iter().any(|t| t["id"] == tag);
    assert_eq!(tagged["total_count"], data.iter().filter(has_tag).count());
}

#[tokio::test]
async fn articles_are_listed_and_searched() {
    let wire = Wire::open().await;
    let list = wire.ok("list_articles", json!({"per_page": 150})).await;
    let data = list["data"].as_array().unwrap();
    assert_eq!(list["total_count"], data.len());
    assert!(data.windows(2).all(|pair| pair[0]["updated_at"].as_i64() >= pair[1]["updated_at"].as_i64()));
    assert!(data.iter().all(|article| article.get("body").is_none() && article["content_id"].is_string()));
    assert_eq!(
        wire.refused("search_articles", json!({})).await,
        "At least one search parameter must be provided"
    );
    let drafts = wire.ok("search_articles", json!({"state": "draft"})).await;
    let is_draft = |article: &&Value| article["state"] == "draft";
    assert_eq!(drafts["total_count"], data.iter().filter(is_draft).count());
    assert_eq!(wire.ok("search_articles", json!({"help_center_id": 1})).await["total_count"], 0);
    let title = data[0]["title"].as_str().unwrap();
    let found = wire.ok("search_articles", json!({"phrase": title, "highlight": true})).await;
    let articles = found["data"]["articles"].as_array().unwrap();
    let place = articles.iter().position(|article| article["id"] == data[0]["id"]).unwrap();
    let highlights = &found["data"]["highlights"][place];
    assert_eq!(highlights["article_id"], data[0]["id"]);
    let runs = highlights["highlighted_title"].as_array().unwrap();
    let joined: String = runs.iter().map(|run| run["text"].as_str().unwrap()).collect();
    assert_eq!(joined, title);
    assert!(runs.iter().any(|run| run["type"] == "highlight"));
}
