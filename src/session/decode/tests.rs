mod refusals;

use serde_json::json;

use super::*;
use crate::domain::article::ArticleState;
use crate::domain::conversation::{AuthorKind, PartKind, Priority, State};
use crate::domain::id::{ArticleId, CompanyId, ContactId, ConversationId};
use crate::domain::page::{Cursor, Next, Page};
use crate::domain::query::Query;

fn text(value: &Value) -> Reply {
    Reply { texts: vec![format!("{value:#}")], ..Reply::default() }
}

fn failed(words: &str) -> Reply {
    Reply { texts: vec![words.to_owned()], is_error: true, ..Reply::default() }
}

fn search(cursor: Option<&str>) -> Call {
    Call::SearchConversations {
        query: Query::default(),
        cursor: cursor.map(|cursor| Cursor(cursor.into())),
        per_page: 2,
    }
}

fn rows_of(reply: Reply, call: &Call, tool: &str) -> Page<crate::domain::conversation::ConversationRow> {
    let Answer::Conversations(page) = answer(reply, &Expected::of(call, tool)).unwrap() else {
        panic!("no conversations");
    };
    page
}

fn page_of(value: &Value) -> Page<crate::domain::conversation::ConversationRow> {
    rows_of(text(value), &search(None), "search_conversations")
}

fn fault_of(reply: Reply) -> Fault {
    answer(reply, &Expected::of(&search(None), "search_conversations")).unwrap_err()
}

#[test]
fn lists_in_every_shape() {
    let row = json!({"id": "1"});
    let table = [
        json!({"conversations": [row]}),
        json!({"data": [row]}),
        json!({"results": [row]}),
        json!({"data": {"conversations": [row]}}),
        json!({"data": row}),
        json!([row]),
        row.clone(),
        json!({"conversations": {"type": "list", "data": [{"id": 1}]}}),
    ];
    for shape in table {
        let page = page_of(&shape);
        assert_eq!(page.items.len(), 1, "{shape}");
        assert_eq!(page.items[0].id.as_str(), "1", "{shape}");
    }
    assert!(page_of(&json!({"total_count": 0})).items.is_empty());
    assert_eq!(fault_of(text(&json!({"hm": 1}))).kind, FaultKind::Protocol);
}

#[test]
fn the_json_is_found_wherever_it_is() {
    let whole = json!({"conversations": [{"id": "1"}]}).to_string();
    let (start, end) = whole.split_at(10);
    let places = [
        Reply {
            structured: serde_json::from_str(&whole).ok(),
            texts: vec!["2 rows".into()],
            ..Reply::default()
        },
        Reply { texts: vec!["Found one:".into(), whole.clone()], ..Reply::default() },
        Reply { texts: vec![start.into(), end.into()], ..Reply::default() },
        Reply {
            structured: Some(json!("no object")),
            texts: vec![format!("\u{feff} {whole} ")],
            ..Reply::default()
        },
    ];
    for reply in places {
        assert_eq!(rows_of(reply, &search(None), "search_conversations").items.len(), 1);
    }
    let words = Reply { texts: vec!["Nothing\u{1b}[31m here".into()], ..Reply::default() };
    let fault = fault_of(words);
    assert!(fault.sentence.contains("Nothing"), "{fault:?}");
    assert!(!fault.sentence.contains('\u{1b}'), "{fault:?}");
    assert_eq!(fault_of(Reply::default()).kind, FaultKind::Protocol);
}

#[test]
fn one_odd_record_costs_that_record() {
    let page =
        page_of(&json!({"conversations": [{"id": "1"}, 7, null, {"id": ""}, {"id": [1]}, {"id": "b d"},
        {"id": 2, "source": 5, "tags": "x", "contacts": null, "created_at": {}, "state": 9}]}));
    assert_eq!(page.items.len(), 2);
    assert_eq!(page.skipped, 5);
}

#[test]
fn the_next_page_by_cursor_and_by_note() {
    let with = |rest: &Value| {
        let mut value = json!({"conversations": [{"id": "1"}]});
        for (name, field) in rest.as_object().unwrap() {
            value[name] = field.clone();
        }
        rows_of(text(&value), &search(Some("used")), "search_conversations").next
    };
    let cursor = |word: &str| Some(Next::Cursor(Cursor(word.into())));
    let note = "More results available. To get the next page, add to your query: starting_after:Wz1d.";
    let table = [
        (json!({"pages": {"next": {"page": 2, "starting_after": "abc"}}}), cursor("abc")),
        (json!({"pages": {"next": {"starting_after": 12}}}), cursor("12")),
        (json!({"pages": {"next": "https://x.example/y?starting_after=a%3Db"}}), cursor("a=b")),
        (json!({"pages": {"next": null}, "_note": note}), cursor("Wz1d")),
        (json!({"pages": {"next": null}}), None),
        (json!({"pages": {"next": {"starting_after": "used"}}}), None),
        (json!({"pages": {"next": {"starting_after": "x".repeat(5_000)}}}), None),
        (json!({}), None),
    ];
    for (rest, next) in table {
        assert_eq!(with(&rest), next, "{rest}");
    }
    let empty = json!({"conversations": [], "pages": {"next": {"starting_after": "abc"}}});
    assert_eq!(page_of(&empty).next, None);
}

#[test]
fn totals_only_when_said() {
    let total = |value: &Value| page_of(value).total;
    assert_eq!(total(&json!({"conversations": [], "total_count": "434"})), Some(434));
    let counting = json!({"conversations": [{"id": 1}], "pages": {"per_page": 1, "total_pages": 9}});
    assert_eq!(total(&counting), Some(9));
    let pages = json!({"conversations": [{"id": 1}], "pages": {"per_page": 2, "total_pages": 9}});
    assert_eq!(total(&pages), None);
}

fn rest_conversation() -> Value {
    let words = r#"{"type": "conversation", "id": 900000000101, "title": null,
    "created_at": 1786900000, "updated_at": "1786912345", "waiting_since": 0, "snoozed_until": null,
    "open": false, "state": "open", "read": "false", "priority": "priority",
    "admin_assignee_id": 0, "team_assignee_id": "7100002",
    "source": {"type": "email", "id": 33, "subject": "<p>Charged &amp; twice</p>",
        "body": "<p>Hello,<br>two\u001b[2J payments.</p>",
        "author": {"type": "user", "id": "66aa", "name": "Nora", "email": "nora@kite.example"}},
    "contacts": {"contacts": [{"id": "66aa"}, {"id": null}]},
    "teammates": {"teammates": [{"type": "admin", "id": 7, "name": "Ida"}]},
    "tags": {"tags": [{"id": "5", "name": "billing"}, {"id": "6"}]},
    "custom_attributes": {"Plan": "Pro", "Seats": 5, "Nested": {"value": true}, "Gone": null},
    "sla_applied": {"sla_name": "First reply", "sla_status": "active"},
    "conversation_rating": {"rating": "4", "remark": "fine"},
    "statistics": {"time_to_admin_reply": 2310, "count_conversation_parts": 3},
    "ai_agent_participated": true, "ai_agent": {"resolution_state": "escalated", "last_answer_type": "ai_answer"},
    "ticket": {"custom_attributes": {"Serial": {"type": "string", "value": "A1"}}},
    "conversation_parts": {"total_count": 600, "conversation_parts": [
        {"id": 3, "part_type": "close", "body": null, "created_at": 300, "author": {"type": "bot", "from_ai_agent": true},
         "event_details": {"action": "closed", "list": null}},
        {"id": 1, "part_type": "open", "body": "<p>again</p>", "created_at": 100, "author": {"type": "lead", "id": 1}},
        "odd",
        {"id": 2, "part_type": "note_and_reopen", "body": "<p>psst</p>", "created_at": 200,
         "assigned_to": {"type": "team", "id": 9, "name": "T2"},
         "attachments": [{"name": "a.pdf", "content_type": "application/pdf", "filesize": "12", "url": "https://x"}, 4]}]}}"#;
    serde_json::from_str(words).unwrap()
}

#[test]
fn a_row_with_everything() {
    let page = page_of(&json!({"conversations": [rest_conversation()]}));
    let row = &page.items[0];
    assert_eq!(row.id.as_str(), "900000000101");
    assert_eq!(row.subject.as_str(), "Charged & twice");
    assert_eq!(row.preview.as_str(), "Hello, two␛ payments.");
    assert_eq!((&row.state, row.priority), (&State::Open, Priority::High));
    assert_eq!((row.admin.as_ref(), row.team.as_ref().unwrap().as_str()), (None, "7100002"));
    assert_eq!((row.waiting_since, row.updated_at.unwrap().0), (None, 1_786_912_345));
    assert_eq!(row.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["billing", "6"]);
    assert_eq!((row.rating, row.read), (Some(4), Some(false)));
    assert_eq!(row.fin.as_ref().unwrap().resolution.as_str(), "escalated");
    assert_eq!(row.sla.as_ref().unwrap().status.as_str(), "active");
    assert_eq!((row.contacts.len(), row.channel.as_str(), row.thin), (1, "email", false));
}

#[test]
fn a_thread_in_time_order_with_its_opening_first() {
    let call = Call::Conversation(ConversationId::read("900000000101").unwrap());
    let forms = [
        rest_conversation(),
        json!({"conversation": rest_conversation()}),
        json!({"id": "conversation_900000000101", "title": null, "text": "prose", "metadata": rest_conversation()}),
        json!({"id": "conversation_900000000101", "text": rest_conversation().to_string(), "url": "https://x"}),
    ];
    for form in forms {
        let Answer::Conversation(thread) = answer(text(&form), &Expected::of(&call, "fetch")).unwrap() else {
            panic!("no thread");
        };
        let parts: Vec<(&str, PartKind)> = thread.parts.iter().map(|part| (&*part.id, part.kind)).collect();
        assert_eq!(
            parts,
            [
                ("33", PartKind::Message),
                ("1", PartKind::Message),
                ("2", PartKind::Note),
                ("3", PartKind::Event)
            ]
        );
        assert_eq!(thread.parts[0].body.as_str(), "<p>Hello,<br>two\u{1b}[2J payments.</p>");
        assert_eq!(thread.parts[2].attachments[0].size, Some(12));
        assert_eq!(thread.parts[2].assigned_to.as_ref().unwrap().name.as_str(), "T2");
        assert_eq!(thread.parts[3].author.kind, AuthorKind::Fin);
        assert_eq!(thread.parts[3].detail.as_str(), "action: closed");
        assert_eq!(
            (thread.parts_total, thread.row.first_reply, thread.ticket),
            (Some(600), Some(2310), true)
        );
        let attributes: Vec<(&str, &str)> =
            thread.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(attributes, [("Plan", "Pro"), ("Seats", "5"), ("Nested", "true"), ("Serial", "A1")]);
        assert_eq!((thread.remark.as_str(), thread.teammates.len()), ("fine", 1));
    }
}

#[test]
fn hits_of_the_one_string_search_are_thin() {
    let value = json!({"results": [{"id": "conversation_12", "title": "", "text": "My <b>card</b>", "url": "https://x"}]});
    let page = rows_of(text(&value), &search(None), "search");
    let row = &page.items[0];
    assert_eq!((row.id.as_str(), row.thin), ("12", true));
    assert_eq!((row.subject.as_str(), row.preview.as_str()), ("My card", "My card"));
}

#[test]
fn people_and_companies() {
    let value = json!({"id": "66aa", "owner_id": "7", "companies": {"data": [{"id": "67cc"}], "total_count": 12},
        "location": {"city": "Oslo", "region": null, "country": "Norway"}, "browser": "Firefox",
        "has_hard_bounced": true, "tags": {"data": [{"id": "9", "url": "/t"}]}, "name": null, "email": "n@x.example"});
    let call = Call::Contact(ContactId::read("66aa").unwrap());
    let Answer::Contact(contact) = answer(text(&value), &Expected::of(&call, "get_contact")).unwrap() else {
        panic!("no contact");
    };
    assert_eq!((contact.location.as_str(), contact.device.as_str()), ("Oslo, Norway", "Firefox"));
    assert_eq!((contact.companies.len(), contact.companies_total), (1, Some(12)));
    assert_eq!((contact.called(), contact.bounced), ("n@x.example", true));

    let value = json!({"data": [{"id": "67cc", "company_id": "acct", "plan": {"id": 1, "name": "Pro"}, "monthly_spend": 900.5,
        "user_count": "12", "segments": {"segments": [{"name": "Big"}]}}]});
    let call = Call::Company(CompanyId::read("67cc").unwrap());
    let Answer::Company(company) = answer(text(&value), &Expected::of(&call, "get_company")).unwrap() else {
        panic!("no company");
    };
    assert_eq!((company.plan.as_str(), company.monthly_spend.as_str()), ("Pro", "900.5"));
    assert_eq!((company.user_count, company.segments[0].name.as_str()), (Some(12), "Big"));
}

fn articles(value: &Value, call: &Call) -> Page<crate::domain::article::ArticleRow> {
    let Answer::Articles(page) = answer(text(value), &Expected::of(call, "x")).unwrap() else {
        panic!("no articles");
    };
    page
}

#[test]
fn articles_page_by_number() {
    let next = |rest: Value| {
        let mut value = rest;
        value["data"] =
            json!([{"id": 1, "state": "draft", "parent_ids": [5, 6]}, {"id": "2", "state": "odd"}]);
        let call = Call::ListArticles { page: 2, per_page: 2 };
        let page = articles(&value, &call);
        assert_eq!(page.items[0].state, Some(ArticleState::Draft));
        assert_eq!(&*page.items[0].parent.as_ref().unwrap().id, "6");
        assert_eq!(page.items[1].state, None);
        page.next
    };
    assert_eq!(next(json!({"pages": {"total_pages": 3}})), Some(Next::Number(3)));
    assert_eq!(next(json!({"pages": {"total_pages": "2"}})), None);
    assert_eq!(next(json!({"pages": {"next": null}})), None);
    assert_eq!(next(json!({"pages": {"next": "https://x"}})), Some(Next::Number(3)));
    assert_eq!(next(json!({})), Some(Next::Number(3)));
}

#[test]
fn snippets_from_different_places_are_parted_by_a_sign() {
    let piece = |kind: &str, words: &str| json!({"type": kind, "text": words});
    let summary = json!([
        [piece("highlight", "Deck"), piece("plain", " downloads")],
        [],
        [piece("plain", "head count")],
        piece("plain", "counts "),
        piece("highlight", "people")
    ]);
    let value = json!({"data": {"articles": [{"id": "1"}],
        "highlights": [{"article_id": "1", "highlighted_summary": summary}]}});
    let page = articles(&value, &Call::SearchArticles { phrase: "deck".into(), state: None });
    let words: String = page.items[0].highlights.iter().map(|(words, _)| words.as_str()).collect();
    assert_eq!(words, "Deck downloads … head count … counts people");
}

#[test]
fn a_searchs_snippets_stand_with_their_rows() {
    let value = json!({"data": {"articles": [{"id": "1", "title": "Refunds"}, {"id": "2"}],
        "highlights": [{"article_id": "1", "highlighted_title": [{"type": "highlight", "text": "Refunds"}],
            "highlighted_summary": [[{"type": "plain", "text": "A "}, {"type": "highlight", "text": "refund"}]]},
            {"article_id": "2", "highlighted_title": [{"type": "highlight", "text": "R"}]}]}});
    let call = Call::SearchArticles { phrase: "refund".into(), state: None };
    let page = articles(&value, &call);
    let pieces: Vec<(&str, bool)> =
        page.items[0].highlights.iter().map(|(words, hit)| (words.as_str(), *hit)).collect();
    assert_eq!(pieces, [("A ", false), ("refund", true)]);
    assert_eq!(page.items[1].highlights.len(), 1);
    assert_eq!(page.next, None);
}

mod hostile {
    use super::*;
    use proptest::prelude::*;

    fn anything() -> impl Strategy<Value = Value> {
        let names = prop::sample::select(vec![
            "id",
            "data",
            "conversations",
            "articles",
            "pages",
            "next",
            "source",
            "author",
            "tags",
            "contacts",
            "state",
            "created_at",
            "metadata",
            "text",
            "highlights",
            "conversation_parts",
            "starting_after",
            "errors",
            "type",
            "body",
            "title",
        ]);
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "\\PC{0,12}".prop_map(Value::from),
            Just(json!("{\"id\": 1}")),
        ];
        leaf.prop_recursive(5, 60, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec((names.clone(), inner), 0..7).prop_map(|fields| fields
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn nothing_the_server_says_panics(value in anything(), is_error in any::<bool>()) {
            let id = ArticleId::read("1").unwrap();
            let calls = [
                search(None),
                Call::Conversation(ConversationId::read("1").unwrap()),
                Call::Contact(ContactId::read("1").unwrap()),
                Call::Company(CompanyId::read("1").unwrap()),
                Call::Article(id.clone()),
                Call::ListArticles { page: u32::MAX, per_page: 1 },
            ];
            for call in calls {
                let reply = Reply { structured: Some(value.clone()), texts: vec![value.to_string()], is_error, ..Reply::default() };
                let _ = answer(reply.clone(), &Expected::of(&call, "search"));
                let _ = echo(reply, &id).map(|article| article.body.as_str().len());
            }
        }
    }
}

#[test]
fn counts_by_total_by_pages_and_by_what_is_there() {
    let call = Call::Count(Query::default());
    let count = |value: &Value| match answer(text(value), &Expected::of(&call, "search_conversations")) {
        Ok(Answer::Count(counted)) => (counted.number, counted.exact),
        other => panic!("{other:?}"),
    };
    let row = json!({"id": "1"});
    let next = json!({"starting_after": "x"});
    let table = [
        // The total is believed before the pages.
        (
            json!({"total_count": 434, "conversations": [row], "pages": {"per_page": 1, "total_pages": 9}}),
            (434, true),
        ),
        (
            json!({"conversations": [row], "pages": {"per_page": 1, "total_pages": 7, "next": next}}),
            (7, true),
        ),
        // Some tools do not say how long a page is.
        (json!({"results": [row], "pages": {"total_pages": 7, "next": next}}), (7, true)),
        // Pages of five rows count nothing.
        (
            json!({"conversations": [row], "pages": {"per_page": 5, "total_pages": 7, "next": next}}),
            (1, false),
        ),
        (json!({"results": [row, {"id": "2"}], "pages": {"total_pages": 7, "next": next}}), (2, false)),
        (json!({"conversations": [row], "pages": {"next": null}}), (1, true)),
        (json!({"conversations": [], "total_count": 0}), (0, true)),
        (json!({"results": [], "total_in_page": 0}), (0, true)),
        // A total below what is there is no total.
        (json!({"conversations": [row], "total_count": 0, "pages": {"next": next}}), (1, false)),
    ];
    for (value, wanted) in table {
        assert_eq!(count(&value), wanted, "{value}");
    }
    let fault = answer(text(&json!({"hello": 1})), &Expected::of(&call, "search")).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Protocol);
}
