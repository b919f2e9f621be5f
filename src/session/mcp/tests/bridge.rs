//! Programs that talk over their pipes, played by the shell.
#![cfg(unix)]

use std::sync::Arc;

use super::overheard::Record;
use super::*;
use crate::domain::call::Fault;
use crate::session::mcp::open::Open;
use crate::session::wire::{Line as _, News, Wire as _};
use crate::session::{Address, Limits};

const GREETING: &str = r#"{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18","capabilities":{},"serverInfo":{"name":"pipe","version":"3"}}}"#;
const TOOLS: &str =
    r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"get_article","inputSchema":{}}]}}"#;

async fn dial(script: &str, record: &Record) -> Result<Open, Fault> {
    let command = ["/bin/sh", "-c", script].map(str::to_owned).to_vec();
    started(command, record).await
}

async fn started(command: Vec<String>, record: &Record) -> Result<Open, Fault> {
    let secrets = Secrets::default();
    secrets.learn("s3cret-token");
    let tap = record.tap(secrets);
    let address = Address::Command(command);
    let mcp = crate::session::mcp::Mcp::new(address, Account::nobody(), tap, &Limits::default(), None);
    mcp.unwrap().dial().await
}

fn greets(then: &str) -> String {
    format!("read -r a; echo '{GREETING}'; read -r b; read -r c; echo '{TOOLS}'; {then}")
}

#[tokio::test]
async fn a_program_is_greeted_overheard_and_called() {
    let record = Record::default();
    let then = r#"echo "signed in with s3cret-token" >&2; read -r d; echo 'not JSON'; printf '%s\r\n' '[{"jsonrpc":"2.0","method":"notifications/x"},{"jsonrpc":"2.0","id":"2","result":{"content":[{"type":"text","text":"hi"}]}}]'; read -r e"#;
    let open = dial(&greets(then), &record).await.unwrap();
    let server = open.offer().server.clone();
    assert_eq!(
        (server.name.as_str(), server.transport.as_str(), server.host.as_str()),
        ("pipe", "stdio", "sh")
    );
    let reply = open.call("get_article", serde_json::Map::new(), None).await.unwrap();
    assert_eq!(reply.texts, ["hi"]);
    open.close().await;
    let text = record.text();
    for words in ["\"stderr\"", "signed in with ", "not JSON", "\"tools/call\"", "\"Bridge\""] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("s3cret-token"), "{text}");
}

#[tokio::test]
async fn a_program_that_cannot_be_started_or_ends_at_once_is_one_sentence() {
    let record = Record::default();
    let fault =
        started(vec!["/nowhere/bridge".to_owned(), "--token=abc".to_owned()], &record).await.err().unwrap();
    assert!(fault.sentence.starts_with("The command bridge could not be started: "), "{fault:?}");
    assert!(!fault.sentence.contains("abc"));
    let fault = started(Vec::new(), &record).await.err().unwrap();
    assert!(fault.sentence.contains("there is no command"), "{fault:?}");
    let rows = [
        (
            "echo 'no s3cret-token here' >&2; echo more >&2; exit 3",
            "The command sh ended with code 3: no ‹hidden› here.",
        ),
        ("exit 0", "The command sh ended with code 0."),
        ("read -r a; exec 1>&-; read -r b", "The command sh closed its output."),
    ];
    for (script, sentence) in rows {
        let fault = dial(script, &record).await.err().unwrap();
        assert_eq!(fault.sentence.as_str(), sentence);
    }
}

#[tokio::test]
async fn what_a_program_was_given_to_sign_in_is_told_nowhere() {
    let script =
        r#"n=hush; echo "Using headers: {\"Authorization\":\"Bearer hush-$n\"} ${1#*: }" >&2; exit 3"#;
    let words = ["/bin/sh", "-c", script, "bridge", "--header=X-Own: own-s3cret"];
    let record = Record::default();
    let fault = started(words.map(str::to_owned).to_vec(), &record).await.err().unwrap();
    let told = format!("{fault:?} {}", record.text());
    assert!(fault.sentence.contains("Using headers: "), "{fault:?}");
    assert!(!told.contains("hush-hush") && !told.contains("own-s3cret"), "{told}");
}

#[tokio::test]
async fn a_program_that_dies_is_noticed() {
    let open = dial(&greets("exit 9"), &Record::default()).await.unwrap();
    assert!(matches!(open.news().await, News::Lost(_)));
    let call = open.call("get_article", serde_json::Map::new(), None).await;
    assert!(call.is_err(), "{call:?}");
}

#[tokio::test]
async fn a_program_of_the_newest_era_is_asked_in_its_own_way() {
    let script = r#"read -r a; echo '{"jsonrpc":"2.0","id":0,"error":{"code":-32601,"message":"no"}}';
        read -r b; echo '{"jsonrpc":"2.0","id":0,"result":{"supportedVersions":["2026-07-28"]}}';
        read -r c; echo '{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}'; read -r d"#;
    let open = dial(script, &Record::default()).await.unwrap();
    assert_eq!(open.offer().server.protocol.as_str(), "2026-07-28");
}

#[tokio::test]
async fn a_program_ends_with_us_and_so_does_what_it_started() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ids");
    let ids = file.display();
    let script = format!("trap '' TERM HUP; sleep 600 & echo $! > '{ids}'; {}", greets("sleep 600"));
    for closes in [true, false] {
        let open = dial(&script, &Record::default()).await.unwrap();
        let id: i32 = std::fs::read_to_string(&file).unwrap().trim().parse().unwrap();
        if closes {
            open.close().await;
        }
        drop(open);
        let gone = async {
            while is_running(id) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), gone).await.expect("gone");
    }
}

#[tokio::test]
async fn a_program_that_reads_no_more_is_ended_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("id");
    let script = format!("echo $$ > '{}'; {}", file.display(), greets("sleep 600"));
    let open = Arc::new(dial(&script, &Record::default()).await.unwrap());
    let id: i32 = std::fs::read_to_string(&file).unwrap().trim().parse().unwrap();
    let much = serde_json::Map::from_iter([("text".to_owned(), json!("x".repeat(4_000_000)))]);
    let calling = Arc::clone(&open);
    let call = tokio::spawn(async move { calling.call("get_article", much, None).await });
    for _ in 0..1_000 {
        // Until the pipe is full.
        tokio::task::yield_now().await;
    }
    tokio::time::timeout(Duration::from_secs(20), open.close()).await.expect("closed");
    assert!(tokio::time::timeout(Duration::from_secs(20), call).await.expect("ended").unwrap().is_err());
    assert!(!is_running(id));
}

/// Whether a process is there and not just waiting for its parent to take note of its end.
fn is_running(id: i32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    !status.is_empty() && !status.contains(") Z ")
}
