//! A session on a demo server, asked as the console asks.

use serde_json::Value;
use switchboard::demo::{self, Running};
use switchboard::domain::call::{Answer, Call, CallId, End, Report};
use switchboard::domain::conversation::{Author, AuthorKind, ConversationRow};
use switchboard::domain::id::AdminId;
use switchboard::domain::link::Link;
use switchboard::domain::page::{Cursor, Next};
use switchboard::domain::query::{Known, Settled};
use switchboard::domain::roster::{Kind, Roster};
use switchboard::domain::text::Clean;
use switchboard::domain::time::Unix;
use switchboard::session::auth::Account;
use switchboard::session::{Request, Session, Settings, start};
use tokio::sync::mpsc;

/// What the server takes as now.
pub(crate) const NOW: i64 = 1_790_000_000;

/// Who is known by name; Ruth is me.
pub(crate) fn roster() -> Roster {
    let mut roster = Roster::default();
    let people = [
        (AuthorKind::Admin, "6120447", "Ruth Adeyemi"),
        (AuthorKind::Admin, "6120489", "Sofía Brandt"),
        (AuthorKind::Admin, "6120463", "Kenji Mori"),
        (AuthorKind::Team, "8801", "Front desk"),
        (AuthorKind::Team, "8804", "Billing"),
    ];
    for (kind, id, name) in people {
        roster.learn(&Author { kind, id: id.into(), name: Clean::line(name), email: Clean::default() });
    }
    roster.learn_name(Kind::Tag, "51003", &Clean::line("fares"));
    roster.me = AdminId::read("6120447");
    roster
}

/// At a server's now, two hours east of it.
pub(crate) fn known(roster: &Roster) -> Known<'_> {
    Known { now: Unix(NOW), zone: 7_200, roster }
}

/// A session that is up.
pub(crate) struct Desk {
    session: Session,
    reports: mpsc::Receiver<Report>,
    next: u64,
    _server: Running,
}

impl Desk {
    pub(crate) async fn open(faults: Vec<demo::Fault>) -> Self {
        let server = demo::start(demo::Options { now: NOW, faults, ..Default::default() }).await.unwrap();
        let (sender, reports) = mpsc::channel(64);
        let settings = Settings::new(server.url().parse().unwrap(), Account::nobody());
        let session = start(settings, sender).unwrap();
        let mut desk = Self { session, reports, next: 0, _server: server };
        while !matches!(desk.report().await, Report::Link(Link::Up(_))) {}
        desk
    }

    async fn report(&mut self) -> Report {
        self.reports.recv().await.unwrap()
    }

    async fn ask(&mut self, call: Call) -> (Vec<ConversationRow>, Option<Cursor>) {
        self.next += 1;
        let id = CallId(self.next);
        self.session.try_send(Request::Ask { id, call: call.clone() }).unwrap();
        loop {
            if let Report::Ended { id: ended, end } = self.report().await {
                assert_eq!(ended, id);
                let End::Answer(Answer::Conversations(page)) = end else { panic!("{call:?}: {end:?}") };
                let cursor = page.next.map(|next| match next {
                    Next::Cursor(cursor) => cursor,
                    Next::Number(number) => panic!("page {number}"),
                });
                return (page.items, cursor);
            }
        }
    }

    /// All rows of a search, whole, after the cut.
    pub(crate) async fn found(&mut self, settled: &Settled, roster: &Roster) -> Vec<ConversationRow> {
        let (mut found, mut cursor) = (Vec::new(), None);
        loop {
            let call = Call::SearchConversations { query: settled.sent.clone(), cursor, per_page: 150 };
            let (mut rows, next) = self.ask(call).await;
            if rows.iter().any(|row| row.thin) {
                assert!(rows.iter().all(|row| settled.keeps(row, &known(roster))), "a thin row waits");
                rows =
                    self.ask(Call::ConversationsById(rows.into_iter().map(|row| row.id).collect())).await.0;
            }
            found.extend(rows);
            cursor = next;
            if cursor.is_none() {
                break;
            }
        }
        found.retain(|row| settled.keeps(row, &known(roster)));
        found
    }

    /// The tool and its arguments on one line.
    pub(crate) async fn explain(&mut self, settled: &Settled) -> String {
        self.next += 1;
        let call = Call::SearchConversations { query: settled.sent.clone(), cursor: None, per_page: 150 };
        self.session.try_send(Request::Explain(self.next, call)).unwrap();
        loop {
            if let Report::Explained(number, said) = self.report().await {
                assert_eq!(number, self.next);
                let said = said.unwrap();
                let (tool, arguments) = said.split_once(' ').unwrap();
                let arguments: Value = serde_json::from_str(arguments).unwrap();
                return format!("{tool} {arguments}");
            }
        }
    }
}
