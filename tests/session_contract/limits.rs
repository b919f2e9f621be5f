//! Servers that are not there or never answer: how often they are dialled, how much can wait, and a reader who sleeps.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};
use switchboard::domain::call::{Call, CallId, End, Fault, FaultKind, Report};
use switchboard::domain::id::ArticleId;
use switchboard::domain::link::Link;
use switchboard::session::wire::{Handover, Line, News, Offer, Reply, Trouble, Wire};
use switchboard::session::{Limits, Request, Session, start_on};
use tokio::sync::mpsc;
use tokio::time::sleep;

use super::on_a_paused_clock;
use super::world::{fault, offer};

/// A server that is not there.
struct Dead(FaultKind);

impl Wire for Dead {
    type Line = Mute;

    async fn dial(&self) -> Result<Mute, Fault> {
        Err(fault(self.0))
    }

    fn host(&self) -> &'static str {
        "dead"
    }
}

/// A server that never answers a call.
struct Mute;

impl Wire for Mute {
    type Line = Self;

    async fn dial(&self) -> Result<Self, Fault> {
        Ok(Self)
    }

    fn host(&self) -> &'static str {
        "mute"
    }
}

impl Line for Mute {
    fn offer(&self) -> Arc<Offer> {
        offer()
    }

    async fn call(
        &self,
        _: &str,
        _: Map<String, Value>,
        handover: Option<Arc<Handover>>,
    ) -> Result<Reply, Trouble> {
        assert!(handover.is_none(), "no write comes so far");
        std::future::pending().await
    }

    async fn news(&self) -> News {
        std::future::pending().await
    }

    async fn close(&self) {}
}

pub(crate) fn article() -> Call {
    Call::Article(ArticleId::read("1").unwrap())
}

pub(crate) fn ask(session: &Session, id: u64) -> Result<(), switchboard::session::Unsent> {
    let (id, call) = (CallId(id), article());
    session.try_send(Request::Ask { id, call })
}

#[test]
fn a_dead_server_is_dialled_more_and_more_seldom() {
    on_a_paused_clock(async {
        let (sender, mut reports) = mpsc::channel(16);
        let session = start_on(Dead(FaultKind::Unreachable), Limits::default(), sender).unwrap();
        for (try_number, seconds) in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 30), (7, 30)] {
            let mut attempts = Vec::new();
            let retry_in = loop {
                let Report::Link(link) = reports.recv().await.unwrap() else {
                    panic!("nothing was asked");
                };
                if let Link::Connecting { attempt } = link {
                    attempts.push(attempt);
                } else if let Link::Down { retry_in, .. } = link {
                    break retry_in.unwrap();
                }
            };
            assert_eq!(attempts, [try_number]);
            assert!((750 * seconds..=1_000 * seconds).contains(&retry_in), "{retry_in}");
        }
        ask(&session, 1).unwrap();
        let Some(Report::Ended { end: End::NotSent(fault), .. }) = reports.recv().await else {
            panic!("not refused at once");
        };
        assert_eq!(fault.kind, FaultKind::Offline);
        assert_eq!(fault.sentence.as_str(), "It went wrong.");
        let seconds = fault.hint.strip_prefix("Try again; trying again in ");
        let seconds = seconds.and_then(|rest| rest.strip_suffix(" s.")?.parse().ok());
        assert!(seconds.is_some_and(|seconds: u64| (22..=30).contains(&seconds)), "{}", fault.hint);
    });
}

#[test]
fn a_refused_sign_in_waits_for_the_user() {
    on_a_paused_clock(async {
        let (sender, mut reports) = mpsc::channel(16);
        let session = start_on(Dead(FaultKind::SignIn), Limits::default(), sender).unwrap();
        sleep(Duration::from_secs(10_000)).await;
        let connecting = Report::Link(Link::Connecting { attempt: 1 });
        let fault = fault(FaultKind::SignIn);
        let down = Report::Link(Link::Down { fault, retry_in: None });
        for _ in 0..2 {
            let mut told = reports.recv().await.unwrap();
            if told == connecting {
                told = reports.recv().await.unwrap();
            }
            assert_eq!(told, down);
            assert!(reports.try_recv().is_err(), "and no further try");
            session.try_send(Request::Reconnect).unwrap();
        }
    });
}

#[test]
fn more_than_can_wait_is_refused_as_busy() {
    on_a_paused_clock(async {
        let (sender, mut reports) = mpsc::channel(1_000);
        let session = start_on(Mute, Limits::default(), sender).unwrap();
        for id in 0..100 {
            ask(&session, id).unwrap();
            sleep(Duration::from_millis(1)).await;
        }
        let mut busy = Vec::new();
        while let Ok(report) = reports.try_recv() {
            if let Report::Ended { id, end: End::NotSent(fault) } = report {
                assert_eq!(fault.kind, FaultKind::Busy);
                busy.push(id.0);
            }
        }
        assert_eq!(busy, (70..100).collect::<Vec<_>>(), "6 in flight, 64 waiting");
    });
}

#[test]
fn a_reader_who_sleeps_loses_nothing_and_stops_the_intake() {
    on_a_paused_clock(async {
        let (sender, mut reports) = mpsc::channel(1);
        let session = start_on(Dead(FaultKind::SignIn), Limits::default(), sender).unwrap();
        sleep(Duration::from_secs(1)).await;
        let mut taken = 0;
        for id in 0..1_000 {
            taken += u64::from(ask(&session, id).is_ok());
            tokio::task::yield_now().await;
        }
        assert!(taken < 200, "bounded, but {taken} were taken");
        drop(session);
        let mut ended = 0;
        while let Some(report) = reports.recv().await {
            ended += u64::from(matches!(report, Report::Ended { .. }));
        }
        assert_eq!(ended, taken);
    });
}
