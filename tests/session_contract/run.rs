//! What a person does to the session, at random, and everything that is heard of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;
use serde_json::json;
use switchboard::domain::account::Step;
use switchboard::domain::article::{Article, ArticleRow, ArticleState};
use switchboard::domain::call::{Call, CallId, End, Report};
use switchboard::domain::change::{Approved, Compared, Confirmation, Draft, Review};
use switchboard::domain::id::ArticleId;
use switchboard::domain::link::{Link, Tool};
use switchboard::domain::question::QuestionId;
use switchboard::domain::text::Clean;
use switchboard::domain::time::Moment;
use switchboard::session::auth::Account;
use switchboard::session::{Request, Session, Settings, start_with};
use tokio::sync::mpsc;
use tokio::time::sleep;

use super::judge::judge;
use super::world::{Script, World};

fn base() -> Article {
    let id = ArticleId::read("1").unwrap();
    let title = "T";
    Article {
        row: ArticleRow {
            id,
            title: Clean::line(title),
            description: Clean::default(),
            state: Some(ArticleState::Draft),
            parent: None,
            author: None,
            created_at: None,
            updated_at: None,
            address: Clean::default(),
            highlights: Vec::new(),
        },
        title: title.into(),
        description: "".into(),
        description_said: true,
        body: "<p>x</p>".into(),
    }
}

/// An approval by the only road there is: draft, review, confirmation.
pub(crate) fn approved(title: &str) -> Approved {
    let mut draft = Draft::of(Arc::new(base()));
    title.clone_into(&mut draft.title);
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

#[derive(Clone, Debug)]
pub(crate) enum Act {
    Ask,
    Burst(u8),
    Write,
    Cancel(u8),
    Reconnect,
    ByHand(u8),
    Answer(u8),
    AcceptTools,
    SignIn,
    SignOut,
    Wait(u16),
}

pub(crate) fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        6 => Just(Act::Ask),
        1 => (20..150_u8).prop_map(Act::Burst),
        5 => Just(Act::Write),
        3 => any::<u8>().prop_map(Act::Cancel),
        1 => Just(Act::Reconnect),
        5 => any::<u8>().prop_map(Act::ByHand),
        3 => any::<u8>().prop_map(Act::Answer),
        1 => Just(Act::AcceptTools),
        1 => Just(Act::SignIn),
        1 => Just(Act::SignOut),
        6 => (0..20_000_u16).prop_map(Act::Wait),
    ];
    prop::collection::vec(act, 1..25)
}

/// Everything that was reported, in order.
#[derive(Default)]
pub(crate) struct Heard {
    pub(crate) ends: BTreeMap<CallId, Vec<End>>,
    /// With whether the server had asked for a pause then.
    pub(crate) links: Vec<(Link, bool)>,
    pub(crate) pause: bool,
    pub(crate) asked: Vec<QuestionId>,
    pub(crate) unasked: Vec<QuestionId>,
    pub(crate) failed_sign_ins: usize,
}

struct Run {
    session: Session,
    heard: Arc<Mutex<Heard>>,
    sent: Vec<CallId>,
    titles: HashMap<CallId, String>,
    /// What must not leave at all.
    forbidden: BTreeSet<CallId>,
    sign_ins: usize,
    next: u64,
}

impl Run {
    fn request(&mut self, make: impl FnOnce(CallId) -> Request) {
        self.next += 1;
        let id = CallId(self.next);
        match self.session.try_send(make(id)) {
            Ok(()) => self.sent.push(id),
            Err(unsent) => match *unsent.0 {
                Request::Ask { id: back, .. }
                | Request::Write { id: back, .. }
                | Request::ByHand { id: back, .. } => {
                    assert_eq!(back, id, "the request comes back unharmed");
                }
                other => panic!("another one: {other:?}"),
            },
        }
    }

    fn ask(&mut self) {
        let call = Call::Article(ArticleId::read("1").unwrap());
        self.request(|id| Request::Ask { id, call });
    }

    /// A read, another tool, one that is never called by hand, or nonsense.
    fn by_hand(&mut self, draw: u8) {
        let next = CallId(self.next + 1);
        let name = format!("h{}", next.0);
        let arguments = json!({ "name": name }).to_string();
        let (tool, arguments) = match draw % 8 {
            0 | 1 => ("search", arguments),
            2 => ("update_article", json!({"id": 1, "title": "x"}).to_string()),
            3 => ("Add-Internal-Note", arguments),
            4 => ("touch", "{".to_owned()),
            _ => ("touch", arguments),
        };
        if matches!(draw % 8, 2..=4) {
            self.forbidden.insert(next);
        }
        self.titles.insert(next, name);
        let tool = tool.to_owned();
        self.request(|id| Request::ByHand { id, tool, arguments });
    }

    async fn act(&mut self, act: &Act) {
        match act {
            Act::Ask => self.ask(),
            Act::Burst(count) => (0..*count).for_each(|_| self.ask()),
            Act::Write => {
                let title = format!("w{}", self.next + 1);
                self.titles.insert(CallId(self.next + 1), title.clone());
                self.request(|id| Request::Write { id, approved: approved(&title) });
            }
            Act::Cancel(back) => {
                let id = CallId(self.next.saturating_sub(u64::from(back % 8)));
                let _ = self.session.try_send(Request::Cancel(id));
            }
            Act::Reconnect => {
                let _ = self.session.try_send(Request::Reconnect);
            }
            Act::ByHand(draw) => self.by_hand(*draw),
            Act::Answer(back) => {
                let asked = self.heard.lock().unwrap().asked.last().map_or(0, |id| id.0);
                let id = QuestionId(asked.saturating_sub(u64::from(back % 3)));
                let reply = switchboard::domain::question::Reply::Declined;
                let _ = self.session.try_send(Request::Answer(id, reply));
            }
            Act::AcceptTools => {
                let _ = self.session.try_send(Request::AcceptTools(vec![Tool::default()]));
            }
            Act::SignIn => self.sign_ins += usize::from(self.session.try_send(Request::SignIn).is_ok()),
            Act::SignOut => {
                let _ = self.session.try_send(Request::SignOut);
            }
            Act::Wait(millis) => sleep(Duration::from_millis(u64::from(*millis))).await,
        }
    }
}

async fn listen(mut reports: mpsc::Receiver<Report>, heard: Arc<Mutex<Heard>>, world: Arc<World>) {
    while let Some(report) = reports.recv().await {
        if world.draw(40) == 0 {
            sleep(Duration::from_secs(20)).await;
        }
        let mut heard = heard.lock().unwrap();
        match report {
            Report::Ended { id, end } => heard.ends.entry(id).or_default().push(end),
            Report::Link(link) => {
                let pause = heard.pause;
                heard.links.push((link, pause));
            }
            Report::Question(question) => heard.asked.push(question.id),
            Report::Unasked(id) => heard.unasked.push(id),
            Report::SignIn(step) => {
                assert!(matches!(step, Step::Failed(_)), "nobody can sign in here: {step:?}");
                heard.failed_sign_ins += 1;
            }
            Report::Message(..) => {}
            Report::Pause(pause) => heard.pause = pause.is_some(),
            other => panic!("not expected here: {other:?}"),
        }
    }
}

pub(crate) async fn play(draws: Vec<u8>, acts: Vec<Act>, close_early: bool, memory: Option<&Path>) {
    let world = World::new(draws);
    let (sender, receiver) = mpsc::channel(3);
    let mut settings = Settings::new("http://scripted/mcp".parse().unwrap(), Account::nobody());
    settings.memory = memory.map(Path::to_owned);
    let session = start_with(Script(Arc::clone(&world)), settings, sender).unwrap();
    let heard = Arc::new(Mutex::new(Heard::default()));
    let reader = tokio::spawn(listen(receiver, Arc::clone(&heard), Arc::clone(&world)));
    let mut run = Run {
        session,
        heard,
        sent: Vec::new(),
        titles: HashMap::new(),
        forbidden: BTreeSet::new(),
        sign_ins: 0,
        next: 0,
    };
    for act in &acts {
        run.act(act).await;
    }
    if !close_early {
        sleep(Duration::from_secs(20_000)).await;
        let ended = run.heard.lock().unwrap().ends.len();
        assert_eq!(ended, run.sent.len(), "everything ends by itself");
        assert_eq!(run.heard.lock().unwrap().failed_sign_ins, run.sign_ins, "every sign-in has one end");
    }
    drop(run.session);
    reader.await.unwrap();
    let heard = run.heard.lock().unwrap();
    judge(&heard, &run.sent, &run.titles, &run.forbidden, &world);
}
