//! One call: typed arguments, what is printed, what is refused, how it ends.

use serde_json::Value;
use switchboard::demo::Fault;

use super::world::World;

/// The demo's tool that nobody knows.
const EXTRA: &str = "submit_mcp_feedback";

#[test]
fn tools_are_whole_definitions_in_a_pipe() {
    let world = World::open();
    let ran = world.run(&["tools"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let tools = ran.lines();
    let search = tools.iter().find(|tool| tool["name"] == "search_conversations").unwrap();
    assert_eq!(search["inputSchema"]["type"], "object", "{search}");
    let array = world.run(&["tools", "--json"]);
    let array: Vec<Value> = serde_json::from_str(&array.out).unwrap();
    assert_eq!(array, tools);
}

#[test]
fn arguments_take_their_type_from_the_servers_schema() {
    let world = World::open();
    let ran = world.run(&["call", "list_articles", "page=1", "per_page=2"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let page: Value = serde_json::from_str(&ran.out).unwrap();
    let same = world.run(&["call", "list_articles", "--json", r#"{"page":1,"per_page":2}"#]);
    assert_eq!((same.code, &same.out), (Some(0), &ran.out));
    let fed = world.feed(&["call", "list_articles", "--arguments", "-"], r#"{"page":1,"per_page":2}"#);
    assert_eq!((fed.code, &fed.out), (Some(0), &ran.out));
    let whole = world.run(&["call", "list_articles", "page=1", "per_page=2", "--json"]);
    let whole: Value = serde_json::from_str(&whole.out).unwrap();
    let text = whole["content"][0]["text"].as_str().unwrap();
    assert_eq!(serde_json::from_str::<Value>(text).unwrap(), page);
    assert_eq!(format!("{text}\n"), ran.out, "byte for byte in a pipe");
}

#[test]
fn a_value_of_the_wrong_type_is_not_sent() {
    let world = World::open();
    world.run(&["call", "list_articles", "page=one"]).says(2, "\"page\" wants");
    world.run(&["call", "list_articles", "page"]).says(2, "key=value");
    world.run(&["call", "list_articles", "--json", "{"]).says(2, "no JSON");
}

#[test]
fn a_tool_that_reports_an_error_ends_with_one() {
    let ran = World::open().run(&["call", "get_article", "id=999999999999"]);
    ran.says(5, "get_article reports an error: Resource Not Found (not_found).");
    assert!(!ran.out.is_empty(), "{ran:?}");
}

#[test]
fn ends_have_their_exit_codes() {
    let world = World::open();
    world.run(&["call", "serach", "query=x"]).says(5, "does not offer the tool serach");
    let nowhere = world.command(&["--url", "http://127.0.0.1:1/mcp", "tools"]).output().unwrap();
    assert_eq!(nowhere.status.code(), Some(4));
    assert_eq!(world.run(&["frobnicate"]).code, Some(2));
    let guarded = World::guarded(Some("tok_right_and_secret"));
    assert_eq!(guarded.run(&["tools"]).code, Some(3));
}

#[test]
fn what_writes_articles_or_notes_never_goes_by_hand() {
    let world = World::open();
    for tool in ["create_article", "update_article", "add_internal_note"] {
        let ran = world.run(&["call", tool, "--as-write", "--json", "{}"]);
        ran.says(7, "review");
    }
}

#[test]
fn what_may_change_something_needs_a_word() {
    let world = World::open();
    world.server.switch(Fault::ExtraTool, true);
    let call = ["call", EXTRA, "feedback=fine"];
    world.run(&call).says(7, "no terminal to ask on");
    world.run(&[&call[..], &["--as-write", "--read-only"]].concat()).says(7, "read-only");
    assert_eq!(world.server.writes(), 0);
    let ran = world.run(&[&call[..], &["--as-write"]].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let line = format!("{{\"tool\":\"{EXTRA}\",\"arguments\":{{\"feedback\":\"x\"}}}}\n");
    let batch = world.feed(&["call", "--batch", "-"], &line);
    assert_eq!((batch.code, &batch.lines()[0]["error"]["kind"]), (Some(1), &"declined".into()));
    let batch = world.feed(&["call", "--batch", "-", "--as-write"], &line.repeat(3));
    assert_eq!((batch.code, batch.lines().len()), (Some(0), 3), "{batch:?}");
}

#[test]
fn a_tool_that_came_later_is_off_until_it_is_accepted() {
    let world = World::open();
    assert_eq!(world.run(&["tools"]).code, Some(0));
    world.server.switch(Fault::ExtraTool, true);
    let call = ["call", EXTRA, "feedback=fine", "--as-write"];
    world.run(&call).says(7, "switchboard tools --accept");
    let accepted = world.run(&["tools", "--accept"]);
    assert_eq!(accepted.code, Some(0), "{accepted:?}");
    let told: Vec<&str> = accepted.err.lines().collect();
    assert_eq!(told[0], format!("{EXTRA} is new, and may write:"));
    let (last, shown) = told[1..].split_last().unwrap();
    assert!(shown.iter().all(|row| row.starts_with("▎ ")), "{told:?}");
    assert!(shown.iter().any(|row| row.contains("inputSchema")), "{told:?}");
    assert_eq!(*last, "Accepted 1 new or changed tool.");
    let ran = world.run(&call);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    world.run(&["tools", "--accept"]).says(0, "No tool is new or changed.");
}

#[test]
fn the_embedded_workspace_needs_no_address() {
    let world = World::open();
    let ran = world.command(&["--demo", "call", "list_articles", "per_page=1"]).output().unwrap();
    assert!(ran.status.success(), "{ran:?}");
    assert!(serde_json::from_slice::<Value>(&ran.stdout).is_ok(), "{ran:?}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let world = World::open();
    let mut command = world.command(&["--url", world.url(), "tools"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ran = command.stdout(writer).output().unwrap();
    assert!(ran.status.success() && ran.stderr.is_empty(), "{ran:?}");
}
