//! The session under test, and everything that came out of it.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::SecretString;
use switchboard::domain::article::{Article, ArticleRow, ArticleState};
use switchboard::domain::call::{Call, CallId, End, Report};
use switchboard::domain::change::{Approved, Compared, Confirmation, Draft, Review};
use switchboard::domain::id::ArticleId;
use switchboard::domain::link::Link;
use switchboard::domain::question::Reply;
use switchboard::domain::text::Clean;
use switchboard::domain::time::Moment;
use switchboard::session::auth::Account;
use switchboard::session::secrets::Secrets;
use switchboard::session::tap::Tap;
use switchboard::session::{Request, Session, Settings, StartError, start};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::planted::TOKEN;

/// Everything that is written of a row.
#[derive(Clone, Default)]
pub(crate) struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Paper {
    pub(crate) fn add(&self, words: &str) {
        self.0.lock().unwrap().extend_from_slice(words.as_bytes());
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

/// A session with its reports.
pub(crate) struct Desk {
    pub(crate) session: Session,
    pub(crate) reports: mpsc::Receiver<Report>,
    pub(crate) paper: Paper,
    /// Every end, in order.
    pub(crate) ends: Vec<(CallId, End)>,
    /// How the link stands, as last reported.
    pub(crate) link: Option<Link>,
    pub(crate) closed: bool,
    next: u64,
}

/// A tap that writes to the paper and tells the reports.
pub(crate) fn tap(paper: &Paper, reports: &mpsc::Sender<Report>) -> Tap {
    Tap::new(Secrets::default(), Some(reports.clone()), Some(Box::new(paper.clone())))
}

pub(crate) fn bearer(tap: &Tap) -> Account {
    Account::bearer(&SecretString::from(TOKEN.to_owned()), tap.secrets()).unwrap()
}

impl Desk {
    pub(crate) fn open(
        settings: Settings,
        paper: Paper,
        channel: (mpsc::Sender<Report>, mpsc::Receiver<Report>),
    ) -> Result<Self, StartError> {
        let session = start(settings, channel.0)?;
        Ok(Self { session, reports: channel.1, paper, ends: Vec::new(), link: None, closed: false, next: 0 })
    }

    /// Takes one report; false at the end.
    async fn report(&mut self) -> bool {
        let Some(report) = self.reports.recv().await else {
            self.closed = true;
            return false;
        };
        self.paper.add(&format!("{report:?}\n"));
        match report {
            Report::Ended { id, end } => self.ends.push((id, end)),
            Report::Link(Link::Closed) => self.closed = true,
            Report::Link(link) => self.link = Some(link),
            Report::Question(question) => {
                let answer = Request::Answer(question.id, Reply::Declined);
                self.session.try_send(answer).unwrap();
            }
            Report::Exchange(_)
            | Report::Pause(_)
            | Report::SignIn(_)
            | Report::Unasked(_)
            | Report::Message(..)
            | Report::Finding(_)
            | Report::Explained(..)
            | Report::Examined => {}
        }
        !self.closed
    }

    /// Takes reports until something is so; whether it became so in time.
    pub(crate) async fn until(&mut self, limit: Duration, is: impl Fn(&Self) -> bool) -> bool {
        let wait = async {
            while !is(self) {
                if !self.report().await {
                    return is(self);
                }
            }
            true
        };
        timeout(limit, wait).await.unwrap_or(false)
    }

    /// Waits until the link is up or down.
    pub(crate) async fn settled(&mut self, limit: Duration) -> bool {
        let stands = |desk: &Self| matches!(desk.link, Some(Link::Up(_) | Link::Down { .. }));
        self.until(limit, stands).await
    }

    pub(crate) fn read(&mut self, article: u64) -> CallId {
        self.next += 1;
        let id = CallId(self.next);
        let call = Call::Article(ArticleId::read(&article.to_string()).unwrap());
        self.session.try_send(Request::Ask { id, call }).unwrap();
        id
    }

    pub(crate) fn write(&mut self) -> CallId {
        self.next += 1;
        let id = CallId(self.next);
        self.session.try_send(Request::Write { id, approved: approved() }).unwrap();
        id
    }

    pub(crate) fn end_of(&self, id: CallId) -> Option<&End> {
        self.ends.iter().find(|(ended, _)| *ended == id).map(|(_, end)| end)
    }
}

fn base() -> Article {
    Article {
        row: ArticleRow {
            id: ArticleId::read("1").unwrap(),
            title: Clean::line("T"),
            description: Clean::default(),
            state: Some(ArticleState::Draft),
            parent: None,
            author: None,
            created_at: None,
            updated_at: None,
            address: Clean::default(),
            highlights: Vec::new(),
        },
        title: "T".into(),
        description: "".into(),
        description_said: true,
        body: "<p>x</p>".into(),
    }
}

/// Leave to change the title, by the only road there is: draft, review, confirmation.
fn approved() -> Approved {
    let mut draft = Draft::of(Arc::new(base()));
    "New".clone_into(&mut draft.title);
    let Compared::Ready(review) = Review::compare(&draft, base()) else {
        panic!("no review");
    };
    let mut confirmation = Confirmation::of(review);
    let at = |millis| Moment { millis, ..Moment::default() };
    confirmation.painted(at(0));
    confirmation.press('y', at(5_000));
    let Some((approved, _)) = confirmation.settled(at(6_000)) else {
        panic!("not confirmed");
    };
    approved
}
