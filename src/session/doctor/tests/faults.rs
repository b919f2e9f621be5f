//! The table: a fault, the rung it breaks, its cause, and a remedy that is named.

mod http;
mod protocol;
mod session;

use super::server::{Act, Asked, healthy};
use super::*;

use Verdict::{Bad, Notice};

/// A fault with what must be told of it.
#[derive(Clone)]
struct Row {
    name: &'static str,
    path: &'static str,
    token: bool,
    limits: Limits,
    play: Play,
    rung: Rung,
    verdict: Verdict,
    cause: &'static str,
    /// Stands in the sentence or in the hint.
    remedy: &'static str,
}

fn row(
    name: &'static str,
    (rung, verdict, cause, remedy): (Rung, Verdict, &'static str, &'static str),
    play: impl Fn(&Asked, usize) -> Act + Send + Sync + 'static,
) -> Row {
    let play = Arc::new(play);
    Row { name, path: "/mcp", token: true, limits: limits(), play, rung, verdict, cause, remedy }
}

/// Misbehaves on one JSON-RPC method (or HTTP method) and is healthy otherwise.
fn only(
    method: &'static str,
    act: impl Fn(&Asked, usize) -> Act + Send + Sync + 'static,
) -> impl Fn(&Asked, usize) -> Act + Send + Sync + 'static {
    move |asked, count| if asked.name() == method { act(asked, count) } else { healthy(asked) }
}

/// Misbehaves on the greeting.
fn greeting(
    act: impl Fn(&Asked) -> Act + Send + Sync + 'static,
) -> impl Fn(&Asked, usize) -> Act + Send + Sync + 'static {
    only("initialize", move |asked, _| act(asked))
}

/// Runs rows side by side; what was told of each, for reading.
async fn run(rows: Vec<Row>) -> String {
    let runs = rows.into_iter().map(|row| async move {
        let server = Server::start(row.play).await;
        let address = format!("http://127.0.0.1:{}{}", server.port, row.path);
        let told = findings(patient(&address, row.token.then_some(TOKEN), row.limits), &no_environment).await;
        let name = row.name;
        let Some(finding) = caused(&told, row.cause) else { panic!("{name}: not told: {told:#?}") };
        assert_eq!((finding.rung, finding.verdict), (row.rung, row.verdict), "{name}: {told:#?}");
        let words = format!("{} {}", finding.sentence, finding.hint);
        assert!(words.contains(row.remedy), "{name}: {words}");
        let worse = told.iter().find(|finding| finding.verdict == Bad && finding.cause != row.cause);
        assert!(worse.is_none(), "{name}: {worse:?}");
        for asked in server.seen().iter().filter(|asked| asked.name() == "tools/call") {
            let tool = asked.rpc["params"]["name"].as_str().unwrap();
            assert!(crate::session::tools::is_read(tool), "{name}: {tool} was called");
        }
        format!("{name}\n{}", lines(&told, server.port))
    });
    futures::future::join_all(runs).await.concat()
}

#[tokio::test]
async fn what_answers_is_told() {
    insta::assert_snapshot!("http", run([http::statuses(), http::strangers()].concat()).await);
}

#[tokio::test]
async fn a_refused_sign_in_is_told() {
    insta::assert_snapshot!("sign_in", run(http::sign_ins()).await);
}

#[tokio::test]
async fn a_protocol_that_breaks_is_told() {
    insta::assert_snapshot!(
        "protocol",
        run([protocol::silences(), protocol::strange_answers(), protocol::older()].concat()).await
    );
}

#[tokio::test]
async fn what_breaks_in_a_session_is_told() {
    insta::assert_snapshot!(
        "session",
        run([session::lost_sessions(), session::tools(), session::scopes(), session::reads()].concat()).await
    );
}
