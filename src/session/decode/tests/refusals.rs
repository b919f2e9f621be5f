//! Answers that are none: errors by code and by words, echoes of writes, articles without their text.

use super::*;

#[test]
fn errors_by_code_and_by_words() {
    let rest = |code: &str| {
        json!({"type": "error.list", "errors": [{"code": code, "message": "Because."}]}).to_string()
    };
    let table = [
        (rest("token_unauthorized"), FaultKind::Forbidden),
        (rest("unauthorized"), FaultKind::SignIn),
        (rest("company_not_found"), FaultKind::NotFound),
        (rest("contact_merged"), FaultKind::NotFound),
        (rest("parameter_not_found"), FaultKind::Invalid),
        (rest("rate_limit_exceeded"), FaultKind::RateLimited),
        (rest("server_error"), FaultKind::Server),
        (rest("brand_new"), FaultKind::Tool),
        (format!("API error 404: {}", rest("not_found")), FaultKind::NotFound),
        ("At least one search parameter must be provided".into(), FaultKind::Invalid),
        ("Rate limit exceeded, retry later".into(), FaultKind::RateLimited),
        ("it broke".into(), FaultKind::Tool),
        (String::new(), FaultKind::Tool),
    ];
    for (words, kind) in table {
        let fault = fault_of(failed(&words));
        assert_eq!(fault.kind, kind, "{words}");
        assert!(!fault.sentence.contains('{'), "{fault:?}");
    }
    let dressed = json!({"type": "error.list", "errors": []});
    assert_eq!(fault_of(text(&dressed)).kind, FaultKind::Tool);
}

#[test]
fn a_writes_echo_is_only_taken_when_it_is_that_article() {
    let id = ArticleId::read("5").unwrap();
    let whole = json!({"id": 5, "title": "T", "body": "<p>\r\n </p>"});
    let found = echo(text(&whole), &id).unwrap();
    assert_eq!(found.body.as_str(), "<p>\r\n </p>");
    let plain = |said: &str| Reply { texts: vec![said.to_owned()], ..Reply::default() };
    let listed =
        |code: &str| text(&json!({"type": "error.list", "errors": [{"code": code, "message": "x"}]}));
    let table = [
        (text(&json!({"id": 6, "title": "T", "body": ""})), FaultKind::Protocol),
        (text(&json!({"id": 5, "body": ""})), FaultKind::Protocol),
        (text(&json!({"id": 5, "title": "T"})), FaultKind::Protocol),
        (text(&json!({"id": 5, "title": "T", "body": ["x"]})), FaultKind::Protocol),
        (text(&json!({"ok": true})), FaultKind::Protocol),
        (plain("Updated."), FaultKind::Protocol),
        (plain("Failed to update the article: locked"), FaultKind::Protocol),
        (Reply::default(), FaultKind::Protocol),
        (listed("parameter_invalid"), FaultKind::Invalid),
        (listed("server_error"), FaultKind::Server),
        (listed("brand_new"), FaultKind::Tool),
        (failed("no"), FaultKind::Tool),
        (failed("not found"), FaultKind::NotFound),
    ];
    for (reply, kind) in table {
        let fault = echo(reply.clone(), &id).unwrap_err();
        assert_eq!(fault.kind, kind, "{reply:?}");
    }
}

#[test]
fn an_article_without_its_text_is_no_article() {
    let call = Call::Article(ArticleId::read("5").unwrap());
    let read = |value: &Value| answer(text(value), &Expected::of(&call, "get_article"));
    for odd in [
        json!({"id": 5, "title": "T"}),
        json!({"article": {"id": 5, "body": 7}}),
        json!({"id": 5, "body": {}}),
    ] {
        let fault = read(&odd).unwrap_err();
        assert_eq!(fault.kind, FaultKind::Protocol, "{odd}");
        assert_eq!(fault.sentence.as_str(), "The server sent this article without its text.");
    }
    let table = [
        (json!({"id": 5, "body": null, "description": null}), "", true),
        (json!({"id": 5, "body": "", "description": "S"}), "", true),
        (json!({"data": {"id": 5, "body": "<p>x"}}), "<p>x", false),
        (json!({"id": 5, "body": "<p>x", "description": 7}), "<p>x", false),
    ];
    for (value, body, said) in table {
        let Ok(Answer::Article(article)) = read(&value) else {
            panic!("{value}");
        };
        assert_eq!((article.body.as_str(), article.description_said), (body, said), "{value}");
    }
}

#[test]
fn words_about_what_broke_on_the_way_refuse_nothing() {
    let table = [
        ("Internal Server Error", FaultKind::Server),
        ("502 Bad Gateway: invalid response", FaultKind::Server),
        ("service_unavailable", FaultKind::Server),
        ("upstream connect error: required", FaultKind::Server),
        ("The request timed out", FaultKind::TimedOut),
        ("title is invalid", FaultKind::Invalid),
    ];
    for (words, kind) in table {
        assert_eq!(fault_of(failed(words)).kind, kind, "{words}");
    }
}
