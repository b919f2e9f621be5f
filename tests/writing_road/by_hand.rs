//! Calls by hand: whatever the tool is called and whatever the server says of it, none of them writes.

use std::sync::{Arc, Mutex};

use serde_json::{Map, Value, json};
use switchboard::domain::call::{CallId, End, Fault, FaultKind, Report};
use switchboard::domain::link::{Kind, Server, Tool};
use switchboard::domain::text::Clean;
use switchboard::session::wire::{Handover, Line, News, Offer, Reply, Trouble, Wire};
use switchboard::session::{Limits, Request, start_on};

use super::doors::WRITES;

/// A server that offers everything under every name, and remembers which tools were called.
#[derive(Clone, Default)]
struct Generous {
    names: Vec<String>,
    kind: Kind,
    called: Arc<Mutex<Vec<String>>>,
}

impl Wire for Generous {
    type Line = Self;

    async fn dial(&self) -> Result<Self, Fault> {
        Ok(self.clone())
    }

    fn host(&self) -> &'static str {
        "generous"
    }
}

impl Line for Generous {
    fn offer(&self) -> Arc<Offer> {
        let tool = |name: &String| Tool { name: Clean::line(name), kind: self.kind, ..Tool::default() };
        let server = Server { tools: self.names.iter().map(tool).collect(), ..Server::default() };
        let schemas = self.names.iter().map(|name| (name.clone(), json!({}))).collect();
        Arc::new(Offer { server, schemas })
    }

    async fn call(
        &self,
        tool: &str,
        _: Map<String, Value>,
        handover: Option<Arc<Handover>>,
    ) -> Result<Reply, Trouble> {
        assert!(handover.is_some_and(|handover| handover.is_by_hand()), "a call by hand is known as one");
        self.called.lock().unwrap().push(tool.to_owned());
        Ok(Reply::default())
    }

    async fn news(&self) -> News {
        std::future::pending().await
    }

    async fn close(&self) {}
}

/// Spellings that a lenient server might take for the same tool.
fn spellings(tool: &str) -> Vec<String> {
    let camel: String = tool.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
    let mut spelt =
        vec![tool.to_owned(), tool.to_uppercase(), tool.replace('_', "-"), camel, tool.replace('_', "")];
    spelt.extend([
        format!(" {tool}"),
        format!("{tool}\n"),
        format!("{tool}\u{200b}"),
        tool.replace('_', "\u{a0}"),
    ]);
    spelt.extend(["intercom_", "intercom.", "mcp__intercom__", "x/"].map(|prefix| format!("{prefix}{tool}")));
    spelt.extend([52, 64, 1_000].map(|letters| format!("{}{tool}", "x".repeat(letters))));
    spelt
}

#[test]
fn no_spelling_and_no_word_of_the_servers_lets_a_write_go_by_hand() {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let names: Vec<String> = WRITES.iter().flat_map(|tool| spellings(tool)).collect();
        for kind in [Kind::Read, Kind::Write, Kind::Unknown] {
            let harmless = "search_articles".to_owned();
            let names: Vec<String> = names.iter().cloned().chain([harmless.clone()]).collect();
            let server = Generous { names: names.clone(), kind, ..Generous::default() };
            let (sender, mut reports) = tokio::sync::mpsc::channel(1_000);
            let session = start_on(server.clone(), Limits::default(), sender).unwrap();
            session.try_send(Request::AcceptTools(Vec::new())).unwrap();
            for (number, tool) in names.iter().enumerate() {
                let (id, tool) = (CallId(u64::try_from(number).unwrap()), tool.clone());
                session.try_send(Request::ByHand { id, tool, arguments: "{\"id\": 1}".into() }).unwrap();
            }
            let mut ended = 0;
            while ended < names.len() {
                let Report::Ended { id, end } = reports.recv().await.unwrap() else { continue };
                let name = &names[usize::try_from(id.0).unwrap()];
                let refused = matches!(&end, End::Refused(fault) if fault.kind == FaultKind::Forbidden);
                assert!(refused || *name == harmless, "{name:?} as {kind:?}: {end:?}");
                ended += 1;
            }
            let called = server.called.lock().unwrap().clone();
            let reached = if kind == Kind::Write { vec![] } else { vec![harmless] };
            assert_eq!(called, reached, "{kind:?}");
        }
    });
}
