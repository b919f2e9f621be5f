//! What needs more than one play: the lowest rungs, proxies, programs, good health.

use serde_json::json;

use super::server::{Act, SSE, TOOLS, empty, error, healthy, listed, reply, result, says};
use super::*;

#[tokio::test]
async fn a_healthy_server_is_found_healthy_and_left_as_it_was() {
    let server = Server::start(Arc::new(|asked, _| healthy(asked))).await;
    let address = format!("http://127.0.0.1:{}/mcp", server.port);
    let told = findings(patient(&address, Some(TOKEN), limits()), &no_environment).await;
    let all: Vec<String> = told
        .iter()
        .map(|finding| format!("{}: {:?} {}", finding.rung.title(), finding.verdict, finding.sentence))
        .collect();
    let all = all.join("\n").replace(&server.port.to_string(), "PORT");
    insta::assert_snapshot!("healthy", all);
    let mut names = server.names();
    names[..2].sort();
    assert_eq!(
        names,
        [
            "GET",
            "server/discover",
            "initialize",
            "notifications/initialized",
            "tools/list",
            "tools/call",
            "tools/call",
            "tools/call",
            "DELETE"
        ]
    );
    let seen = server.seen();
    assert!(seen.iter().all(|asked| asked.header("authorization") == Some(&format!("Bearer {TOKEN}"))));
    let last = seen.last().unwrap();
    assert_eq!(
        (last.header("mcp-session-id"), last.header("mcp-protocol-version")),
        (Some("s1"), Some("2025-11-25"))
    );
    let greeting = seen.iter().find(|asked| asked.name() == "initialize").unwrap();
    assert_eq!(greeting.header("accept"), Some("application/json, text/event-stream"));
}

#[tokio::test]
async fn the_demo_workspace_is_in_good_health() {
    let options =
        crate::demo::Options { now: 1_800_000_000, token: Some(TOKEN.into()), ..Default::default() };
    let demo = crate::demo::start(options).await.unwrap();
    let told = findings(patient(&demo.url(), Some(TOKEN), limits()), &no_environment).await;
    assert!(told.iter().all(|finding| finding.cause.is_empty()), "{told:#?}");
    let told = findings(patient(&demo.url(), Some("another-token"), limits()), &no_environment).await;
    assert_eq!((told[4].verdict, told[4].cause), (Verdict::Bad, "sign-in-refused"));
    assert_eq!(demo.writes(), 0);
    demo.stop().await;
}

#[tokio::test]
async fn every_exchange_is_overheard_and_none_of_it_is_secret() {
    let play = |asked: &server::Asked, _| match asked.name() {
        "tools/call" => says(asked, &format!("you sent {TOKEN}"), true),
        _ => healthy(asked),
    };
    let server = Server::start(Arc::new(play)).await;
    let (reports, mut heard) = tokio::sync::mpsc::channel(64);
    let tap = Tap::new(crate::session::secrets::Secrets::default(), Some(reports), None);
    let account = Account::bearer(&SecretString::from(TOKEN), tap.secrets()).unwrap();
    let address = format!("http://127.0.0.1:{}/mcp", server.port);
    let examined = Patient { account, tap, ..patient(&address, None, limits()) };
    let task = tokio::spawn(examine(examined, |_| {}));
    assert!(!task.await.unwrap(), "every read failed");
    let mut methods = Vec::new();
    while let Ok(crate::domain::call::Report::Exchange(exchange)) = heard.try_recv() {
        assert!(!format!("{exchange:?}").contains(TOKEN));
        methods.push(exchange.method.as_str().to_owned());
    }
    methods.sort();
    let mut asked = server.names();
    asked.sort();
    assert_eq!(methods, asked);
}

#[tokio::test]
async fn a_session_is_ended_also_when_the_verdict_is_bad() {
    let play = |asked: &server::Asked, _| match asked.name() {
        "tools/list" => listed(asked, &[]),
        _ => healthy(asked),
    };
    let server = Server::start(Arc::new(play)).await;
    let address = format!("http://127.0.0.1:{}/mcp", server.port);
    findings(patient(&address, None, limits()), &no_environment).await;
    assert_eq!(server.names().last().map(String::as_str), Some("DELETE"));
}

#[tokio::test]
async fn a_server_of_the_era_without_sessions_is_recognised() {
    let play = |asked: &server::Asked, _| match asked.name() {
        "GET" => empty("405 Not Allowed"),
        "server/discover" => result(asked, "", &json!({ "supportedVersions": ["2026-07-28"], "ttlMs": 0 })),
        "tools/list" | "tools/call" => {
            assert_eq!(asked.header("mcp-protocol-version"), Some("2026-07-28"));
            assert_eq!(asked.header("mcp-method"), Some(asked.name()));
            assert_eq!(asked.header("mcp-name"), asked.rpc["params"]["name"].as_str());
            let version = &asked.rpc["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"];
            assert_eq!(version, "2026-07-28");
            healthy(asked)
        }
        _ => error(asked, "400 Bad Request", -32_022, "Unsupported protocol version"),
    };
    let server = Server::start(Arc::new(play)).await;
    let address = format!("http://127.0.0.1:{}/mcp", server.port);
    let told = findings(patient(&address, None, limits()), &no_environment).await;
    assert!(told.iter().all(|finding| finding.verdict != Verdict::Bad), "{told:#?}");
    assert!(told[6].sentence.contains("2026-07-28"), "{told:#?}");
    let names = server.names();
    assert!(!names.iter().any(|name| name == "DELETE" || name == "initialize"), "{names:?}");
}

#[tokio::test]
async fn a_server_that_owns_up_to_its_era_late_is_recognised() {
    let play = |asked: &server::Asked, count| match asked.name() {
        "server/discover" if count == 1 => empty("503 Busy"),
        "server/discover" => result(asked, "", &json!({ "supportedVersions": ["2026-07-28"] })),
        "initialize" => error(asked, "400 Bad Request", -32_022, "Unsupported protocol version"),
        _ => healthy(asked),
    };
    let server = Server::start(Arc::new(play)).await;
    let address = format!("http://127.0.0.1:{}/mcp", server.port);
    let told = findings(patient(&address, None, limits()), &no_environment).await;
    assert!(told.iter().all(|finding| finding.verdict != Verdict::Bad), "{told:#?}");
    assert!(told[6].sentence.contains("2026-07-28"), "{told:#?}");
}

#[tokio::test]
async fn a_server_that_is_silent_about_its_era_is_greeted() {
    let play = |asked: &server::Asked, _| match asked.name() {
        "server/discover" => Act::Hold(String::new()),
        _ => healthy(asked),
    };
    let server = Server::start(Arc::new(play)).await;
    let address = format!("http://127.0.0.1:{}/mcp", server.port);
    let told = findings(patient(&address, None, limits()), &no_environment).await;
    assert!(told.iter().all(|finding| finding.verdict != Verdict::Bad), "{told:#?}");
    assert!(told[6].sentence.contains("2025-11-25"), "{told:#?}");
}

#[tokio::test]
async fn an_answer_on_the_servers_own_stream_is_heard() {
    let play = |asked: &server::Asked, _| match asked.name() {
        "GET" if asked.header("mcp-session-id").is_some() => {
            let body = json!({ "jsonrpc": "2.0", "id": 1, "result": { "protocolVersion": "2025-06-18" } });
            Act::Hold(format!("{SSE}data: {body}\n\n"))
        }
        "initialize" => Act::Reply(reply("202 Accepted", "mcp-session-id: s1\r\n", "")),
        _ => healthy(asked),
    };
    let server = Server::start(Arc::new(play)).await;
    let address = format!("http://127.0.0.1:{}/mcp", server.port);
    let told = findings(patient(&address, None, limits()), &no_environment).await;
    assert!(told.iter().all(|finding| finding.verdict != Verdict::Bad), "{told:#?}");
}

#[tokio::test]
async fn the_lowest_rungs_break_with_their_causes() {
    // A label that no name server needs to be asked about: it is longer than any can be.
    let unknown = format!("http://{}.invalid/mcp", "a".repeat(64));
    let told = findings(patient(&unknown, None, limits()), &no_environment).await;
    assert_eq!((told[0].verdict, told[0].cause), (Verdict::Bad, "name-unknown"));

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let told =
        findings(patient(&format!("http://127.0.0.1:{port}/mcp"), None, limits()), &no_environment).await;
    assert_eq!((told[1].verdict, told[1].cause), (Verdict::Bad, "refused"));

    let server = Server::start(Arc::new(|asked, _| healthy(asked))).await;
    let not_tls = format!("https://127.0.0.1:{}/mcp", server.port);
    let told = findings(patient(&not_tls, None, limits()), &no_environment).await;
    // The listener takes the greeting of TLS for an unfinished request: it depends on it whether it answers or waits.
    assert_eq!((told[2].verdict, told[2].cause), (Verdict::Bad, "tls-no-answer"));
}

/// Answers whatever comes, before it is asked anything sensible.
async fn blurts(words: &'static str) -> u16 {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut piece = [0; 64];
            let _ = stream.read(&mut piece).await;
            let _ = stream.write_all(words.as_bytes()).await;
        }
    });
    port
}

#[tokio::test]
async fn what_is_no_tls_is_told() {
    for (words, cause) in [("HTTP/1.1 400 Bad Request\r\n\r\n", "not-tls"), ("", "tls-cut")] {
        let address = format!("https://127.0.0.1:{}/mcp", blurts(words).await);
        let told = findings(patient(&address, None, limits()), &no_environment).await;
        assert_eq!((told[2].verdict, told[2].cause), (Verdict::Bad, cause), "{told:#?}");
    }
}

async fn through(address: &str, proxy: String) -> Vec<Finding> {
    let environment = move |name: &str| matches!(name, "HTTPS_PROXY" | "HTTP_PROXY").then(|| proxy.clone());
    findings(patient(address, Some(TOKEN), limits()), &environment).await
}

#[tokio::test]
async fn proxies_are_told() {
    let https = "https://mcp.intercom.com/mcp";
    let told = through(https, "http://127.0.0.1:1".into()).await;
    assert_eq!((told[0].verdict, told[0].cause), (Verdict::Notice, "proxy"));
    assert_eq!((told[1].verdict, told[1].cause), (Verdict::Bad, "proxy-unreachable"));
    assert!(told[1].hint.contains("HTTPS_PROXY"));

    let told = through(https, "socks5://127.0.0.1:1".into()).await;
    assert_eq!((told[0].verdict, told[0].cause), (Verdict::Bad, "proxy-unusable"));

    for (status, cause) in [("407 Sign in", "proxy-sign-in"), ("403 No", "proxy-refused")] {
        let server = Server::start(Arc::new(move |_, _| empty(status))).await;
        let told = through(https, format!("http://me:hush-hush@127.0.0.1:{}", server.port)).await;
        assert_eq!((told[2].verdict, told[2].cause), (Verdict::Bad, cause), "{told:#?}");
        assert!(told.iter().all(|finding| !finding.sentence.contains("hush")));
        assert!(server.seen().iter().all(|asked| asked.method == "CONNECT"));
        assert!(server.seen().iter().all(|asked| asked.header("authorization").is_none()));
    }

    let server = Server::start(Arc::new(|_, _| empty("407 Sign in"))).await;
    let told = through("http://a.example/mcp", format!("http://127.0.0.1:{}", server.port)).await;
    assert_eq!((told[3].verdict, told[3].cause), (Verdict::Bad, "proxy-sign-in"), "{told:#?}");
    assert_eq!((told[2].verdict, told[2].cause), (Verdict::Notice, "plain-http"));

    let server = Server::start(Arc::new(|asked, _| healthy(asked))).await;
    let told = through("http://mcp.intercom.com/mcp", format!("http://127.0.0.1:{}", server.port)).await;
    assert!(told.iter().all(|finding| finding.verdict != Verdict::Bad), "{told:#?}");
    assert!(told[5].sentence.contains("United States"));
}

#[tokio::test]
async fn a_sign_in_is_never_carried_to_another_place() {
    let other = Server::start(Arc::new(|asked, _| healthy(asked))).await;
    let location = format!("location: http://127.0.0.1:{}/mcp\r\n", other.port);
    let play = move |_: &server::Asked, _| Act::Reply(reply("307 Elsewhere", &location, ""));
    let server = Server::start(Arc::new(play)).await;
    let address = format!("http://127.0.0.1:{}/mcp", server.port);
    let told = findings(patient(&address, Some(TOKEN), limits()), &no_environment).await;
    assert_eq!(told[3].cause, "moved");
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn a_redirect_that_keeps_everything_is_followed() {
    let play = |asked: &server::Asked, _| match asked.path.as_str() {
        "/mcp" => Act::Reply(reply("308 Permanently", "location: /mcp/\r\n", "")),
        _ => healthy(asked),
    };
    let server = Server::start(Arc::new(play)).await;
    let address = format!("http://127.0.0.1:{}/mcp", server.port);
    let told = findings(patient(&address, Some(TOKEN), limits()), &no_environment).await;
    assert!(told.iter().all(|finding| finding.verdict != Verdict::Bad), "{told:#?}");
}

#[cfg(unix)]
mod programs {
    use super::*;

    async fn command(script: &str) -> Vec<Finding> {
        program(vec!["sh".into(), "-c".into(), script.into()], limits()).await
    }

    /// A script that never answers.
    async fn silent(script: &str) -> Vec<Finding> {
        let short = Limits { dial: Duration::from_millis(900), ..limits() };
        program(vec!["sh".into(), "-c".into(), script.into()], short).await
    }

    async fn program(words: Vec<String>, limits: Limits) -> Vec<Finding> {
        let patient =
            Patient { address: Address::Command(words), ..patient("http://localhost", None, limits) };
        findings(patient, &no_environment).await
    }

    /// A whole server in a shell: it answers by the ids the doctor is known to use.
    fn script() -> String {
        let tools: Vec<_> = TOOLS.iter().map(|name| json!({ "name": name })).collect();
        let answer = |id: u64, result: serde_json::Value| {
            let reply = json!({ "jsonrpc": "2.0", "id": id, "result": result });
            format!("read line; echo '{reply}'\n")
        };
        let rows = json!({ "content": [{ "type": "text", "text": "[1]" }] });
        [
            "echo starting >&2\n".to_owned(),
            answer(1, json!({ "protocolVersion": "2025-06-18", "serverInfo": { "name": "shell" } })),
            "read line\n".to_owned(),
            answer(11, json!({ "tools": tools })),
            answer(12, rows.clone()),
            answer(13, rows.clone()),
            answer(14, rows),
            "read line\n".to_owned(),
        ]
        .concat()
    }

    #[tokio::test]
    async fn a_program_that_answers_is_examined_to_the_top() {
        let told = command(&script()).await;
        assert!(told.iter().all(|finding| finding.verdict != Verdict::Bad), "{told:#?}");
        assert!(told[..6].iter().all(|finding| finding.verdict == Verdict::Skipped));
        assert!(told[6].sentence.contains("stdio") && told[6].sentence.contains("shell"), "{told:#?}");
        assert_eq!(told[10].verdict, Verdict::Good);
    }

    #[tokio::test]
    async fn programs_that_fail_are_told_apart() {
        let at = |told: &[Finding], cause| {
            assert_eq!((told[6].verdict, told[6].cause), (Verdict::Bad, cause), "{told:#?}");
            format!("{} {}", told[6].sentence, told[6].hint)
        };
        let told = program(vec!["no-such-program-here".into()], limits()).await;
        assert!(at(&told, "program-missing").contains("npx comes with Node.js"));
        assert!(at(&program(Vec::new(), limits()).await, "program-missing").contains("mcp-remote"));
        let told = command("echo 'Cannot find module x' >&2; exit 3").await;
        let words = at(&told, "program-ended");
        assert!(words.contains("code 3") && words.contains("Cannot find module x"), "{words}");
        let told =
            command("echo 'Using port 7459' >&2; echo 'Fatal error: refused' >&2; echo bye >&2; exit 1")
                .await;
        assert!(at(&told, "program-ended").contains("Fatal error: refused"));
        let header = r#"n=hush; echo "Using headers: {\"Authorization\":\"Bearer hush-$n\"}" >&2; "#;
        let words = at(&command(&format!("{header}exit 1")).await, "program-ended");
        assert!(words.contains("Using headers") && !words.contains("hush-hush"), "{words}");
        let told = command(&format!("{header}echo 'Error: no such host' >&2; exit 1")).await;
        assert!(at(&told, "program-ended").contains("says: Error: no such host"), "{told:#?}");
        let told = silent("echo 'Need to install? (y)'; sleep 30").await;
        assert!(at(&told, "not-mcp").contains("-y"));
        let told = silent("echo 'Please authorize: http://a' >&2; sleep 30").await;
        let words = at(&told, "program-silent");
        assert!(words.contains("Please authorize") && words.contains("by hand"), "{words}");
    }
}
