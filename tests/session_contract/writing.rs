//! What each answer to a write means: taken, refused, or open.

use serde_json::json;
use switchboard::domain::call::{Answer, End, FaultKind};
use switchboard::session::wire::{Reply, Trouble};

use super::planned::Desk;
use super::{echo, fault, listed, on_a_paused_clock, words};

async fn end_of(answer: Result<Reply, Trouble>) -> End {
    let mut desk = Desk::of([Ok(echo("T")), answer]);
    desk.write(1);
    let (_, end, _) = desk.end().await;
    let tools: Vec<String> = desk.calls().into_iter().map(|(tool, _)| tool).collect();
    assert_eq!(tools, ["get_article", "update_article"], "read once, sent once, nothing else");
    end
}

fn failed(reply: Reply) -> Reply {
    Reply { is_error: true, ..reply }
}

#[test]
fn only_a_readable_echo_says_written() {
    on_a_paused_clock(async {
        let end = end_of(Ok(echo("new"))).await;
        assert!(matches!(end, End::Answer(Answer::Written(_))), "{end:?}");
        let open = [
            words("Failed to update the article: locked"),
            words("Updated."),
            words(&json!({"ok": true}).to_string()),
            words(&json!({"id": "1", "title": "new"}).to_string()),
            words(&json!({"id": "2", "title": "new", "body": "<p>x</p>"}).to_string()),
            words(&json!({"id": "1", "title": "new", "body": 7}).to_string()),
            Reply::default(),
        ];
        for reply in open {
            let end = end_of(Ok(reply.clone())).await;
            let End::Unknown(fault) = end else {
                panic!("{reply:?}: {end:?}");
            };
            assert!(!fault.sentence.is_empty(), "{reply:?}");
        }
    });
}

#[test]
fn a_refusal_is_what_the_server_decided_and_all_else_is_open() {
    on_a_paused_clock(async {
        let refused = [
            "parameter_invalid",
            "bad_request",
            "not_found",
            "token_unauthorized",
            "unauthorized",
            "rate_limit_exceeded",
        ];
        for code in refused {
            for reply in [listed(code), failed(listed(code)), failed(words(code))] {
                // An English word may be about anything.
                if code == "unauthorized" && reply == failed(words(code)) {
                    continue;
                }
                let end = end_of(Ok(reply.clone())).await;
                assert!(matches!(end, End::Refused(_)), "{reply:?}: {end:?}");
            }
        }
        for code in ["server_error", "service_unavailable", "request_timeout", "brand_new"] {
            for reply in [listed(code), failed(listed(code)), failed(words(code))] {
                let end = end_of(Ok(reply.clone())).await;
                assert!(matches!(end, End::Unknown(_)), "{reply:?}: {end:?}");
            }
        }
        for said in [
            "it broke",
            "",
            "502 Bad Gateway: invalid response",
            "the request timed out, retry is required",
            "Output validation error: Invalid structured content for tool update_article: body is required",
            "unauthorized",
        ] {
            let end = end_of(Ok(failed(words(said)))).await;
            assert!(matches!(end, End::Unknown(_)), "{said}: {end:?}");
        }
    });
}

#[test]
fn a_no_by_the_wire_counts_by_its_kind() {
    use FaultKind::{
        Busy, Forbidden, Invalid, NoTool, NotFound, Offline, Protocol, RateLimited, Server, SignIn, TimedOut,
        Tls, TooLarge, Tool, Unreachable,
    };
    on_a_paused_clock(async {
        for kind in [Invalid, NotFound, Forbidden, SignIn, RateLimited, NoTool] {
            let end = end_of(Err(Trouble::Refused(fault(kind)))).await;
            assert_eq!(end, End::Refused(fault(kind)));
        }
        for kind in [Server, TimedOut, Tool, Protocol, TooLarge, Unreachable, Tls, Busy, Offline] {
            let end = end_of(Err(Trouble::Refused(fault(kind)))).await;
            assert_eq!(end, End::Unknown(fault(kind)));
        }
    });
}

#[test]
fn an_article_without_its_text_is_not_written_over() {
    on_a_paused_clock(async {
        let bare = json!({"id": "1", "title": "T", "description": "", "state": "draft"});
        let mut desk = Desk::of([Ok(words(&bare.to_string()))]);
        desk.write(1);
        let (_, end, _) = desk.end().await;
        let End::NotSent(fault) = end else {
            panic!("{end:?}");
        };
        assert_eq!(fault.kind, FaultKind::Protocol);
        assert_eq!(desk.calls().len(), 1);
    });
}

#[test]
fn another_article_than_the_one_asked_for_is_not_written_over() {
    on_a_paused_clock(async {
        let other = json!({"id": "2", "title": "T", "description": "", "state": "draft", "body": "<p>x</p>"});
        let mut desk = Desk::of([Ok(words(&other.to_string()))]);
        desk.write(1);
        let (_, end, _) = desk.end().await;
        let End::NotSent(fault) = end else {
            panic!("{end:?}");
        };
        assert_eq!(fault.kind, FaultKind::Protocol);
        assert_eq!(desk.calls().len(), 1);
    });
}
