use super::*;
use crate::domain::article::ArticleState;
use crate::domain::id::{ArticleId, CompanyId, ContactId, ConversationId};
use crate::domain::page::Cursor;
use crate::domain::query::{Filter, Operator, Query, parse};

fn offer(tools: &[(&str, Value)]) -> Offer {
    Offer {
        schemas: tools.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect(),
        ..Offer::default()
    }
}

fn full() -> Offer {
    let open: Vec<(&str, Value)> = READS.iter().map(|tool| (*tool, json!({}))).collect();
    offer(&open)
}

fn search(typed: &str, cursor: Option<&str>, per_page: u16) -> Call {
    Call::SearchConversations {
        query: parse(typed).unwrap(),
        cursor: cursor.map(|cursor| Cursor(cursor.into())),
        per_page,
    }
}

fn planned(call: &Call, offer: &Offer) -> (&'static str, Value) {
    let ask = plan(call, offer).unwrap();
    (ask.tool, Value::Object(ask.arguments))
}

#[test]
fn the_documented_calls() {
    let conversation = ConversationId::read("900000000101").unwrap();
    let contact = ContactId::read("66aa").unwrap();
    let table = [
        (search("", None, 50), "search_conversations", json!({"per_page": 50})),
        (
            search("state:open created_at:gt:5 tag_ids:in:1,2 read:false", Some("abc"), 500),
            "search_conversations",
            json!({"state": "open", "created_at": {"operator": ">", "value": 5},
                "tag_ids": ["1", "2"], "read": false, "per_page": 150, "starting_after": "abc"}),
        ),
        (
            search("admin_assignee_id:7 team_assignee_id:8", None, 0),
            "search_conversations",
            json!({"admin_assignee_id": 7, "team_assignee_id": "8", "per_page": 1}),
        ),
        (
            search("refund state:open", Some("abc"), 50),
            "search",
            json!({"query": "object_type:conversations state:open q:refund limit:50 starting_after:abc"}),
        ),
        (
            search("source_body:contains:\"card declined\"", None, 20),
            "search",
            json!({"query": "object_type:conversations source_body:contains:\"card declined\" limit:20"}),
        ),
        (
            Call::ConversationsById(vec![conversation.clone()]),
            "search_conversations",
            json!({"ids": ["900000000101"], "per_page": 1}),
        ),
        (
            Call::ConversationsOf { contact: contact.clone(), per_page: 20 },
            "search_conversations",
            json!({"contact_ids": ["66aa"], "per_page": 20}),
        ),
        (Call::Conversation(conversation), "get_conversation", json!({"id": "900000000101"})),
        (Call::Contact(contact), "get_contact", json!({"id": "66aa"})),
        (Call::ListArticles { page: 0, per_page: 25 }, "list_articles", json!({"page": 1, "per_page": 25})),
        (
            Call::SearchArticles { phrase: "refund".into(), state: Some(ArticleState::Draft) },
            "search_articles",
            json!({"phrase": "refund", "highlight": true, "state": "draft"}),
        ),
    ];
    for (call, tool, arguments) in table {
        assert_eq!(planned(&call, &full()), (tool, arguments), "{call:?}");
    }
}

#[test]
fn the_live_schema_decides_the_form() {
    let schema = json!({"type": "object", "additionalProperties": false, "required": ["state", "open"],
    "properties": {
        "state": {"type": "string"},
        "created_at": {"type": "string"},
        "updated_at": {"anyOf": [{"type": "object", "properties": {"operator": {"enum": ["gt", "lt"]}}}, {"type": "null"}]},
        "conversation_rating_score": {"type": ["number", "null"]},
        "team_assignee_id": {"type": "number"},
        "admin_assignee_id": {"type": "string"},
        "open": {"type": "string"},
        "tag_ids": {"type": "string"},
        "contact_ids": {"type": "array", "items": {"type": "integer"}},
        "per_page": {"type": "number", "maximum": 60}}});
    let server = offer(&[("search_conversations", schema)]);
    let typed = "created_at:gte:14400 updated_at:lt:5 conversation_rating_score:3 team_assignee_id:8 \
        admin_assignee_id:7 open:true tag_ids:in:1,2 contact_ids:9";
    let (tool, arguments) = planned(&search(typed, None, 150), &server);
    assert_eq!(tool, "search_conversations");
    assert_eq!(
        arguments,
        json!({"created_at": ">= 14400", "updated_at": {"operator": "lt", "value": 5},
            "conversation_rating_score": 3, "team_assignee_id": 8, "admin_assignee_id": "7",
            "open": "true", "tag_ids": "1,2", "contact_ids": [9], "per_page": 60})
    );
}

#[test]
fn an_operator_that_the_schema_lacks_is_asked_for_otherwise_or_cut_here() {
    let bound =
        |operators: &[&str]| json!({"type": "object", "properties": {"operator": {"enum": operators}}});
    let schema = json!({"properties": {"state": {"type": "string"}, "created_at": bound(&[">", "="]),
        "conversation_rating_score": bound(&["<", ">"]), "statistics_last_close_at": bound(&[">"])}});
    let alone = offer(&[("search_conversations", schema.clone())]);
    let both = offer(&[("search_conversations", schema), ("search", json!({}))]);
    let one = |name: &str, operator: &str, value: i64| json!({name: {"operator": operator, "value": value}, "per_page": 5});
    let words = json!({"query": "object_type:conversations created_at:lt:9 limit:5"});
    let score = "conversation_rating_score";
    let table = [
        (&both, "conversation_rating_score:lte:2", "search_conversations", one(score, "<", 3)),
        (&both, "conversation_rating_score:gte:4", "search_conversations", one(score, ">", 3)),
        (&both, "created_at:lt:9", "search", words),
        (&alone, "created_at:gte:9", "search_conversations", one("created_at", ">", 8)),
        (
            &alone,
            "state:open created_at:lt:9",
            "search_conversations",
            json!({"state": "open", "per_page": 5}),
        ),
    ];
    for (server, typed, tool, arguments) in table {
        assert_eq!(planned(&search(typed, None, 5), server), (tool, arguments), "{typed}");
    }
    assert_eq!(unsaid(&search("created_at:lt:9", None, 5), &alone), ["created_at:lt:9"]);
    assert!(unsaid(&search("created_at:lt:9", None, 5), &both).is_empty());
    let Call::SearchConversations { query, .. } = search("created_at:lt:9", None, 5) else { panic!() };
    assert_eq!(unsaid(&Call::Count(query), &alone), ["created_at:lt:9"], "a number is of more, too");
    let untold = search("statistics_last_close_at:lt:9", None, 5);
    assert_eq!(plan(&untold, &alone).unwrap_err().kind, FaultKind::NoTool);
}

#[test]
fn what_only_spares_rows_goes_where_the_schema_names_it() {
    let spare = |field: &str, operator, value: &str| Filter {
        field: field.to_owned(),
        operator,
        value: value.to_owned(),
    };
    let narrowing = vec![
        spare("waiting_since", Operator::Less, "9"),
        spare("ai_agent_participated", Operator::Equal, "true"),
    ];
    let call = |text: &str| Call::SearchConversations {
        query: Query { text: text.to_owned(), narrowing: narrowing.clone(), ..parse("state:open").unwrap() },
        cursor: None,
        per_page: 5,
    };
    let named = json!({"properties": {"state": {}, "waiting_since": {"type": "object"}}});
    let table = [
        (json!({}), json!({"state": "open", "ai_agent_participated": true, "per_page": 5})),
        (named, json!({"state": "open", "waiting_since": {"operator": "<", "value": 9}, "per_page": 5})),
        (json!({"properties": {"state": {}}}), json!({"state": "open", "per_page": 5})),
    ];
    for (schema, arguments) in table {
        let server = offer(&[("search_conversations", schema)]);
        assert_eq!(planned(&call(""), &server), ("search_conversations", arguments));
    }
    let query = "object_type:conversations state:open q:refund limit:5";
    assert_eq!(planned(&call("refund"), &full()), ("search", json!({"query": query})));
}

#[test]
fn a_filter_the_schema_lacks_is_never_dropped() {
    let schema = json!({"properties": {"state": {"type": "string"}}});
    let both = offer(&[("search_conversations", schema.clone()), ("search", json!({}))]);
    let (tool, arguments) = planned(&search("priority:urgent", None, 5), &both);
    assert_eq!(tool, "search");
    assert_eq!(arguments, json!({"query": "object_type:conversations priority:urgent limit:5"}));
    let alone = offer(&[("search_conversations", schema)]);
    let fault = plan(&search("priority:urgent", None, 5), &alone).unwrap_err();
    assert_eq!(fault.kind, FaultKind::NoTool);
}

#[test]
fn a_page_that_cannot_be_asked_for_is_not_the_first_again() {
    let closed = json!({"additionalProperties": false, "properties": {"state": {}, "per_page": {}}});
    let server =
        offer(&[("search_conversations", closed.clone()), ("search", json!({})), ("list_articles", closed)]);
    let (tool, _) = planned(&search("state:open", None, 5), &server);
    assert_eq!(tool, "search_conversations");
    let (tool, _) = planned(&search("state:open", Some("abc"), 5), &server);
    assert_eq!(tool, "search");
    let pages = |page| {
        let per_page = 5;
        plan(&Call::ListArticles { page, per_page }, &server)
    };
    assert!(pages(1).is_ok() && pages(2).is_err());
}

#[test]
fn what_is_missing_is_replaced_or_named() {
    let old = offer(&[("search", json!({})), ("fetch", json!({}))]);
    let company = Call::Company(CompanyId::read("67cc").unwrap());
    assert_eq!(planned(&company, &old), ("fetch", json!({"id": "company_67cc"})));
    let article = Call::Article(ArticleId::read("5").unwrap());
    let fault = plan(&article, &old).unwrap_err();
    assert_eq!(fault.kind, FaultKind::NoTool);
    assert!(fault.sentence.contains("get_article"), "{fault:?}");
}

#[test]
fn an_id_is_a_number_where_only_numbers_are_taken() {
    let table = [
        (json!({"properties": {"id": {"type": "number"}}}), json!({"id": 5})),
        (json!({"properties": {"id": {"type": ["string", "number"]}}}), json!({"id": "5"})),
        (json!({"properties": {"article_id": {"type": "integer"}}}), json!({"article_id": 5})),
        (json!(null), json!({"id": "5"})),
    ];
    for (schema, arguments) in table {
        let server = offer(&[("get_article", schema)]);
        let call = Call::Article(ArticleId::read("article_5").unwrap());
        assert_eq!(planned(&call, &server), ("get_article", arguments));
    }
}

#[test]
fn only_listed_tools_are_reads() {
    assert!(is_read("get_article") && is_read("search"));
    for tool in ["update_article", "create_article", "add_internal_note", "get_everything", ""] {
        assert!(!is_read(tool), "{tool}");
    }
}

#[test]
fn a_search_for_articles_never_loses_its_words() {
    let search = |state| Call::SearchArticles { phrase: "refund".into(), state };
    let without = |names: &str| {
        let names = names.split(' ').map(|name| (name.to_owned(), json!({}))).collect::<Map<_, _>>();
        offer(&[("search_articles", json!({"additionalProperties": false, "properties": names}))])
    };
    assert!(plan(&search(Some(ArticleState::Draft)), &without("phrase state")).is_ok());
    assert!(plan(&search(None), &without("phrase")).is_ok());
    assert!(plan(&search(Some(ArticleState::Draft)), &without("phrase")).is_err());
    assert!(plan(&search(None), &without("state")).is_err());
}

/// A change of every field, approved.
fn everything() -> crate::domain::change::Approved {
    use crate::domain::change::{Compared, Confirmation, Draft, Review};
    use crate::domain::time::Moment;
    let value = json!({"id": 5, "title": "T", "description": "", "body": "<p>x</p>", "state": "draft"});
    let read = Call::Article(ArticleId::read("5").unwrap());
    let reply = crate::session::wire::Reply { texts: vec![value.to_string()], ..Default::default() };
    let expected = crate::session::decode::Expected::of(&read, "get_article");
    let Ok(crate::domain::call::Answer::Article(article)) = crate::session::decode::answer(reply, &expected)
    else {
        panic!("no article");
    };
    let mut draft = Draft::of(std::sync::Arc::new((*article).clone()));
    "T2".clone_into(&mut draft.title);
    "<p>y</p>".clone_into(&mut draft.body);
    let Compared::Ready(review) = Review::compare(&draft, *article) else {
        panic!("no review");
    };
    let mut confirmation = Confirmation::of(review);
    let at = |millis| Moment { millis, ..Moment::default() };
    confirmation.painted(at(0));
    confirmation.press('y', at(5_000));
    let Some((approved, _)) = confirmation.settled(at(6_000)) else {
        panic!("not confirmed");
    };
    approved
}

#[test]
fn a_write_is_carried_whole_or_not_at_all() {
    let approved = everything();
    let tool = |names: &[&str], closed: bool| {
        let names = names.iter().map(|name| ((*name).to_owned(), json!({}))).collect::<Map<_, _>>();
        offer(&[("update_article", json!({"additionalProperties": !closed, "properties": names}))])
    };
    for (names, closed) in
        [(&["id", "title", "body"][..], true), (&["article_id", "title", "body"], true), (&["id"], false)]
    {
        let ask = write(&approved, &tool(names, closed)).unwrap();
        assert_eq!(ask.arguments.len(), 3, "{names:?}");
        assert_eq!((&ask.arguments["title"], &ask.arguments["body"]), (&json!("T2"), &json!("<p>y</p>")));
    }
    for (names, missing) in
        [(&["id", "title"][..], "body"), (&["id", "body"], "title"), (&["title", "body"], "id")]
    {
        let fault = write(&approved, &tool(names, true)).unwrap_err();
        assert_eq!(fault.kind, FaultKind::Invalid);
        assert!(fault.sentence.contains(&format!("takes no {missing},")), "{fault:?}");
    }
}
