//! A server that asks us to slow down is asked more slowly: calls wait, a read is tried once more, a write never.

use switchboard::domain::call::{Answer, CallId, End, Fault, FaultKind};
use switchboard::session::Request;
use switchboard::session::wire::{Reply, Trouble};
use tokio::time::{Duration, sleep};

use super::planned::Desk;
use super::{echo, fault, listed, on_a_paused_clock};

fn slower(wait: Option<u64>) -> Result<Reply, Trouble> {
    Err(Trouble::Refused(Fault { wait, ..fault(FaultKind::RateLimited) }))
}

fn seconds(desk: &Desk) -> Vec<u64> {
    desk.calls().into_iter().map(|(_, at)| at).collect()
}

fn is_article(end: &End) -> bool {
    matches!(end, End::Answer(Answer::Article(_)))
}

#[test]
fn a_read_waits_as_long_as_asked_and_is_tried_once_more() {
    on_a_paused_clock(async {
        for (asked, waited) in [(Some(7), 7), (Some(30), 30), (None, 5), (Some(0), 0)] {
            let mut desk = Desk::of([slower(asked)]);
            desk.ask(1);
            let (_, end, at) = desk.end().await;
            assert!(is_article(&end), "{end:?}");
            assert_eq!(at, waited);
            assert_eq!(seconds(&desk), [0, waited]);
        }
    });
}

#[test]
fn a_tools_own_words_slow_us_down_too() {
    on_a_paused_clock(async {
        let mut desk = Desk::of([Ok(Reply { is_error: true, ..listed("rate_limit_exceeded") })]);
        desk.ask(1);
        assert!(is_article(&desk.end().await.1));
        assert_eq!(seconds(&desk), [0, 5]);
    });
}

#[test]
fn a_read_that_is_put_off_twice_ends() {
    on_a_paused_clock(async {
        let mut desk = Desk::of([slower(Some(7)), slower(Some(7))]);
        desk.ask(1);
        let (_, end, at) = desk.end().await;
        let End::Refused(fault) = end else {
            panic!("{end:?}");
        };
        assert_eq!((fault.kind, at), (FaultKind::RateLimited, 7));
        desk.ask(2);
        assert_eq!(desk.end().await.2, 14, "and the next waits for the second wish");
    });
}

#[test]
fn a_long_wait_is_told_and_later_calls_wait_for_it() {
    on_a_paused_clock(async {
        let mut desk = Desk::of([slower(Some(31))]);
        desk.ask(1);
        let (_, end, at) = desk.end().await;
        assert!(matches!(end, End::Refused(_)) && at == 0, "{end:?} at {at}");
        desk.ask(2);
        let (_, end, at) = desk.end().await;
        assert!(is_article(&end) && at == 31, "{end:?} at {at}");
        assert_eq!(seconds(&desk), [0, 31]);
    });
}

#[test]
fn a_wait_beyond_a_calls_own_limit_is_not_waited_for() {
    on_a_paused_clock(async {
        let mut desk = Desk::of([slower(Some(600))]);
        desk.ask(1);
        assert!(matches!(desk.end().await.1, End::Refused(_)));
        for id in 2..4 {
            desk.ask(id);
            let (ended, end, at) = desk.end().await;
            let End::NotSent(fault) = end else {
                panic!("{end:?}");
            };
            assert_eq!((ended, fault.kind, fault.wait, at), (id, FaultKind::RateLimited, Some(600), 0));
        }
        sleep(Duration::from_secs(520)).await;
        desk.ask(4);
        let (_, end, at) = desk.end().await;
        assert!(is_article(&end) && at == 600, "{end:?} at {at}");
    });
}

#[test]
fn calls_of_a_flight_that_was_slowed_do_not_outlive_their_limit() {
    on_a_paused_clock(async {
        let six = (0..6).map(|_| slower(Some(20)));
        let mut desk = Desk::of(six.chain([slower(Some(80))]));
        for id in 1..=6 {
            desk.ask(id);
        }
        for _ in 0..6 {
            let (_, end, at) = desk.end().await;
            let fits = matches!(&end, End::Refused(fault) | End::NotSent(fault) if fault.kind == FaultKind::RateLimited)
                || is_article(&end);
            assert!(fits && at <= 90, "{end:?} at {at}");
        }
    });
}

#[test]
fn others_wait_meanwhile_in_order_and_can_be_cancelled() {
    on_a_paused_clock(async {
        let mut desk = Desk::of([slower(Some(9))]);
        desk.ask(1);
        sleep(Duration::from_secs(1)).await;
        desk.ask(2);
        desk.write(3);
        desk.ask(4);
        desk.session.try_send(Request::Cancel(CallId(4))).unwrap();
        let (id, end, at) = desk.end().await;
        assert_eq!((id, end, at), (4, End::Cancelled, 1));
        let mut ids = Vec::new();
        for _ in 0..3 {
            let (id, _, at) = desk.end().await;
            assert_eq!(at, 9);
            ids.push(id);
        }
        ids.sort_unstable();
        assert_eq!(ids, [1, 2, 3]);
        assert_eq!(seconds(&desk), [0, 9, 9, 9, 9]);
    });
}

#[test]
fn more_than_can_wait_is_busy() {
    on_a_paused_clock(async {
        let mut desk = Desk::of([slower(Some(60))]);
        desk.ask(0);
        assert!(matches!(desk.end().await.1, End::Refused(_)));
        for id in 1..=66 {
            desk.ask(id);
            sleep(Duration::from_millis(1)).await;
        }
        for id in [65, 66] {
            let (ended, end, at) = desk.end().await;
            assert!(matches!(&end, End::NotSent(fault) if fault.kind == FaultKind::Busy), "{end:?}");
            assert_eq!((ended, at), (id, 0));
        }
        assert_eq!(desk.end().await.2, 60);
    });
}

#[test]
fn a_write_is_refused_and_never_tried_again() {
    on_a_paused_clock(async {
        for wait in [Some(0), Some(7), None] {
            let mut desk = Desk::of([Ok(echo("T")), slower(wait)]);
            desk.write(1);
            let (_, end, at) = desk.end().await;
            assert!(matches!(end, End::Refused(_)) && at == 0, "{end:?}");
            sleep(Duration::from_secs(200)).await;
            let tools: Vec<String> = desk.calls().into_iter().map(|(tool, _)| tool).collect();
            assert_eq!(tools, ["get_article", "update_article"]);
        }
    });
}

#[test]
fn a_write_whose_reading_is_put_off_is_not_sent_and_others_wait() {
    on_a_paused_clock(async {
        let mut desk = Desk::of([slower(Some(7))]);
        desk.write(1);
        let (_, end, _) = desk.end().await;
        assert!(matches!(end, End::NotSent(_)), "{end:?}");
        desk.ask(2);
        assert_eq!(desk.end().await.2, 7);
    });
}
