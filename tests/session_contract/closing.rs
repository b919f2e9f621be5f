//! The server's session is ended on every way out, whether or not anybody reads the reports.

use std::sync::Arc;

use switchboard::domain::call::{End, Report};
use switchboard::domain::link::Link;
use switchboard::session::Request;
use tokio::time::{Duration, sleep};

use super::limits::ask;
use super::on_a_paused_clock;
use super::planned::{Desk, FAREWELL};

async fn settled() {
    sleep(Duration::from_millis(1)).await;
}

#[test]
fn closed_is_said_when_the_session_has_ended() {
    on_a_paused_clock(async {
        for drops in [false, true] {
            let Desk { plan, session, mut reports, .. } = Desk::of([]);
            settled().await;
            if drops {
                drop(session);
            } else {
                session.try_send(Request::Close).unwrap();
            }
            while let Some(report) = reports.recv().await {
                let closed = report == Report::Link(Link::Closed);
                assert_eq!(plan.closed(), closed, "{report:?}");
            }
            assert!(plan.closed());
        }
    });
}

#[test]
fn a_reader_who_left_does_not_keep_the_session_open() {
    on_a_paused_clock(async {
        for asks in [false, true] {
            let Desk { plan, session, reports, .. } = Desk::of([]);
            settled().await;
            drop(reports);
            if asks {
                ask(&session, 1).unwrap();
            }
            settled().await;
            let _ = session.try_send(Request::Close);
            sleep(FAREWELL).await;
            settled().await;
            assert!(plan.closed(), "asks: {asks}");
        }
    });
}

#[test]
fn a_reader_who_sleeps_does_not_keep_the_session_open() {
    on_a_paused_clock(async {
        for drops in [false, true] {
            let desk = Desk::with_room([], 1);
            settled().await;
            let mut taken = 0;
            for id in 0..1_000 {
                taken += u64::from(ask(&desk.session, id).is_ok());
                tokio::task::yield_now().await;
            }
            let Desk { plan, session, mut reports, .. } = desk;
            let session = (!drops).then_some(session);
            if let Some(session) = &session {
                session.try_send(Request::Close).expect("a close is taken even when nothing else is");
            }
            sleep(FAREWELL).await;
            settled().await;
            assert!(plan.closed(), "drops: {drops}");
            let (mut ended, mut last) = (0, None);
            while let Some(report) = reports.recv().await {
                ended += u64::from(matches!(report, Report::Ended { .. }));
                last = Some(report);
            }
            assert_eq!((ended, last), (taken, Some(Report::Link(Link::Closed))));
        }
    });
}

#[test]
fn a_closed_session_takes_nothing_more() {
    on_a_paused_clock(async {
        let mut desk = Desk::of([]);
        desk.ask(1);
        desk.session.try_send(Request::Close).unwrap();
        let (_, end, _) = desk.end().await;
        assert!(matches!(end, End::NotSent(_) | End::Answer(_)), "{end:?}");
        while desk.reports.recv().await.is_some() {}
        assert!(ask(&desk.session, 2).is_err());
        assert!(desk.session.try_send(Request::Close).is_err());
        assert_eq!(Arc::strong_count(&desk.plan), 1, "nothing of it runs on");
    });
}
