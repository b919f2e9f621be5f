//! Many calls over one session.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use super::world::World;

#[test]
fn results_come_in_the_order_of_the_lines_and_a_bad_line_costs_itself() {
    let world = World::open();
    let input = concat!(
        r#"{"id":"a","tool":"list_articles","arguments":{"per_page":1}}"#,
        "\n\nno json\n",
        r#"{"id":{"b":1},"tool":"get_article","arguments":{"id":999999999999}}"#,
        "\n",
        r#"{"id":3,"tool":"nope"}"#,
        "\n",
        r#"{"tool":"list_articles","args":{}}"#,
        "\n",
        r#"{"id":null,"tool":"update_article","arguments":{"id":1}}"#,
        "\n",
        r#"{"id":"last","tool":"list_companies","arguments":{}}"#,
    );
    let ran = world.feed(&["call", "--batch", "-"], input);
    let lines = ran.lines();
    let kinds: Vec<String> = lines
        .iter()
        .map(|line| match line.get("error") {
            Some(error) => error["kind"].as_str().unwrap().to_owned(),
            None => format!("isError {}", line["result"]["isError"].as_bool().unwrap_or(false)),
        })
        .collect();
    let expected =
        ["isError false", "usage", "isError true", "no-tool", "usage", "declined", "isError false"];
    assert_eq!(kinds, expected, "{ran:?}");
    assert_eq!((&lines[0]["id"], &lines[6]["id"]), (&"a".into(), &"last".into()));
    assert_eq!(lines[2]["id"], serde_json::json!({"b": 1}));
    assert!(lines[1].get("id").is_none() && lines[5]["id"].is_null());
    assert!(lines[1]["error"]["sentence"].as_str().unwrap().starts_with("Line 3 "), "{ran:?}");
    assert!(lines[0]["milliseconds"].as_f64().unwrap() > 0.0);
    assert_eq!((ran.code, &*ran.err), (Some(1), ""));
}

#[test]
fn a_batch_without_a_failure_ends_well() {
    let world = World::open();
    let line = "{\"tool\":\"list_articles\",\"arguments\":{\"per_page\":1}}\n";
    let ran = world.feed(&["call", "--batch", "-"], &line.repeat(40));
    assert_eq!((ran.code, ran.lines().len()), (Some(0), 40), "{}", ran.err);
    let file = world.home.path().join("calls.jsonl");
    std::fs::write(&file, line.repeat(3)).unwrap();
    let ran = world.run(&["call", "--batch", file.to_str().unwrap()]);
    assert_eq!((ran.code, ran.lines().len()), (Some(0), 3), "{}", ran.err);
    world.run(&["call", "--batch", "/nowhere/calls"]).says(2, "/nowhere/calls cannot be read");
}

#[test]
fn each_result_comes_before_the_next_line_is_written() {
    let world = World::open();
    let mut command = world.command(&["--url", world.url(), "call", "--batch", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for number in 1..=3 {
        writeln!(input, "{{\"id\":{number},\"tool\":\"list_articles\"}}").unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert!(line.starts_with(&format!("{{\"id\":{number},")), "{line}");
        // A server that forgets us between two lines costs no line.
        world.server.forget_sessions();
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_leaves_hides_no_failed_call() {
    let world = World::open();
    let calls = world.home.path().join("calls.jsonl");
    std::fs::write(&calls, "{}\n").unwrap();
    let arguments = ["--url", world.url(), "call", "--batch", calls.to_str().unwrap()];
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ran = world.command(&arguments).stdout(writer).output().unwrap();
    assert_eq!(ran.status.code(), Some(1), "{ran:?}");
    assert!(ran.stderr.is_empty(), "{ran:?}");
}
