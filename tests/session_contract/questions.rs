//! What the server says by itself: questions reach the reader and answers the server, nothing is lost, and what the server
//! asked on a line that is gone is withdrawn.

use std::time::Duration;

use switchboard::domain::call::{CallId, End, Fault, FaultKind, Report};
use switchboard::domain::link::Link;
use switchboard::domain::question::{Question, QuestionId, Reply, Wants};
use switchboard::domain::text::Clean;
use switchboard::session::Request;
use switchboard::session::wire::{News, Trouble};
use tokio::time::sleep;

use super::limits::article;
use super::planned::{Desk, never_answered};
use super::{fault, on_a_paused_clock};

fn boxed(id: u64) -> Box<Question> {
    let id = QuestionId(id);
    Box::new(Question { id, message: Clean::line("Which?"), wants: Wants::Form(Vec::new()) })
}

async fn open() -> Desk {
    let desk = Desk::of([]);
    sleep(Duration::from_millis(1)).await;
    desk
}

/// Reports that are about no link.
fn heard(desk: &mut Desk) -> Vec<Report> {
    desk.heard().into_iter().filter(|report| !matches!(report, Report::Link(_))).collect()
}

#[test]
fn a_question_is_asked_once_and_its_answer_given_once() {
    on_a_paused_clock(async {
        let mut desk = open().await;
        desk.happens(News::Question(boxed(7))).await;
        desk.happens(News::Question(boxed(7))).await;
        desk.happens(News::Message(Clean::line("info"), Clean::line("Working."))).await;
        let message = Report::Message(Clean::line("info"), Clean::line("Working."));
        assert_eq!(heard(&mut desk), [Report::Question(boxed(7)), message]);
        desk.send(Request::Answer(QuestionId(8), Reply::Declined)).await;
        let filled = Reply::Filled(vec![("a".into(), "b".into())]);
        desk.send(Request::Answer(QuestionId(7), filled.clone())).await;
        desk.send(Request::Answer(QuestionId(7), Reply::Declined)).await;
        desk.happens(News::Unasked(QuestionId(7))).await;
        assert_eq!(*desk.plan.answers.lock().unwrap(), [(7, filled)]);
        assert_eq!(heard(&mut desk), []);
    });
}

#[test]
fn a_question_that_the_server_withdraws_is_not_answered() {
    on_a_paused_clock(async {
        let mut desk = open().await;
        desk.happens(News::Question(boxed(1))).await;
        desk.happens(News::Unasked(QuestionId(1))).await;
        assert_eq!(heard(&mut desk), [Report::Question(boxed(1)), Report::Unasked(QuestionId(1))]);
        desk.send(Request::Answer(QuestionId(1), Reply::Declined)).await;
        assert_eq!(*desk.plan.answers.lock().unwrap(), []);
    });
}

#[test]
fn questions_of_a_line_that_is_left_are_withdrawn() {
    on_a_paused_clock(async {
        let ways: [fn() -> News; 2] =
            [|| News::Lost(fault(FaultKind::Unreachable)), || News::SessionGone(fault(FaultKind::Protocol))];
        for way in ways {
            let mut desk = open().await;
            desk.happens(News::Question(boxed(1))).await;
            desk.happens(way()).await;
            assert_eq!(heard(&mut desk), [Report::Question(boxed(1)), Report::Unasked(QuestionId(1))]);
        }
        for request in [Request::Reconnect, Request::Close] {
            let mut desk = open().await;
            desk.happens(News::Question(boxed(1))).await;
            desk.send(request).await;
            assert_eq!(heard(&mut desk), [Report::Question(boxed(1)), Report::Unasked(QuestionId(1))]);
            assert_eq!(*desk.plan.answers.lock().unwrap(), [(1, Reply::Cancelled)]);
        }
    });
}

#[test]
fn a_call_waits_for_the_person_who_answers() {
    on_a_paused_clock(async {
        let mut desk = Desk::of([Err(never_answered())]);
        desk.by_hand(1, "search", "{}");
        sleep(Duration::from_secs(10)).await;
        desk.happens(News::Question(boxed(1))).await;
        sleep(Duration::from_secs(200)).await;
        desk.send(Request::Answer(QuestionId(1), Reply::Declined)).await;
        let (_, end, at) = desk.end().await;
        assert!(matches!(end, End::TimedOut(_)) && at == 270, "{end:?} at {at}");
    });
}

#[test]
fn a_server_that_talks_without_end_is_heard_no_faster_than_somebody_reads() {
    on_a_paused_clock(async {
        let mut desk = Desk::with_room([], 1);
        for number in 0..1_000 {
            let words = Clean::line(&number.to_string());
            desk.plan.news.lock().unwrap().push_back(News::Message(Clean::default(), words));
        }
        desk.plan.happens.notify_one();
        sleep(Duration::from_secs(1)).await;
        let left = desk.plan.news.lock().unwrap().len();
        assert!(left > 900, "{left}");
        let mut numbers = Vec::new();
        while numbers.len() < 1_000 {
            if let Report::Message(_, words) = desk.reports.recv().await.unwrap() {
                numbers.push(words.to_string());
            }
        }
        assert_eq!(numbers, (0..1_000).map(|number| number.to_string()).collect::<Vec<_>>());
        desk.by_hand(1, "search", "{}");
        assert!(matches!(desk.end().await.1, End::Answer(_)));
    });
}

#[test]
fn a_pause_is_told_when_it_begins_grows_and_ends() {
    on_a_paused_clock(async {
        let slower = |wait| {
            let fault = Fault { wait, ..fault(FaultKind::RateLimited) };
            Err(Trouble::Refused(fault))
        };
        let mut desk = Desk::of([slower(Some(40)), slower(Some(60)), slower(Some(0))]);
        desk.ask(1);
        desk.by_hand(2, "touch", "{}");
        sleep(Duration::from_millis(1)).await;
        let pauses = |desk: &mut Desk| -> Vec<Report> {
            desk.heard().into_iter().filter(|report| matches!(report, Report::Pause(_))).collect()
        };
        assert_eq!(pauses(&mut desk), [Report::Pause(Some(40)), Report::Pause(Some(60))]);
        sleep(Duration::from_secs(59)).await;
        assert_eq!(pauses(&mut desk), []);
        sleep(Duration::from_secs(2)).await;
        assert_eq!(pauses(&mut desk), [Report::Pause(None)], "also when nobody waits");
        desk.by_hand(3, "touch", "{}");
        sleep(Duration::from_secs(100)).await;
        assert_eq!(pauses(&mut desk), []);
    });
}

#[test]
fn a_lost_line_is_not_dialled_within_a_pause() {
    on_a_paused_clock(async {
        let slower = Fault { wait: Some(50), ..fault(FaultKind::RateLimited) };
        let mut desk = Desk::of([Err(Trouble::Refused(slower))]);
        desk.send(Request::Ask { id: CallId(1), call: article() }).await;
        desk.happens(News::Lost(fault(FaultKind::Unreachable))).await;
        let down = desk.heard().into_iter().find_map(|report| match report {
            Report::Link(Link::Down { retry_in, .. }) => retry_in,
            _ => None,
        });
        assert!(down.is_some_and(|millis| (49_000..=50_000).contains(&millis)), "{down:?}");
    });
}
