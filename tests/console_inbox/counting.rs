//! Counting the views: how seldom, when not, how sure a number is, and what needs no call.

use insta::assert_snapshot;
use switchboard::app::pane::inbox::views::counting::{LOOKS_MILLIS, MOST_A_MINUTE, PACE_MILLIS};
use switchboard::app::pane::inbox::views::tally::{FRESH_MILLIS, Sureness};
use switchboard::app::{Effect, Event, Timer};
use switchboard::domain::call::{Answer, Call, Counted, End, Fault, FaultKind, Report};
use switchboard::domain::link::Link;

use super::desk::{Desk, offline, refused};
use super::views::{ida, started};
use super::world::{ALL, row};

/// For when the timer of counting was set last, in milliseconds from then; none when it was not.
fn timer(desk: &mut Desk) -> Option<u64> {
    let set = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Timer(Timer::Count, millis) => Some(*millis),
        _ => None,
    });
    desk.effects.clear();
    set
}

/// The timer of counting runs out, when it was set; how long that took.
pub(crate) fn tick(desk: &mut Desk) -> Option<u64> {
    let millis = timer(desk)?;
    desk.pass(millis);
    desk.event(Event::Timer(Timer::Count));
    Some(millis)
}

/// Counts until the next count is half a minute away; which queries were counted, in order.
pub(crate) fn count(desk: &mut Desk) -> Vec<String> {
    let mut counted = Vec::new();
    while let Some(millis) = timer(desk) {
        desk.pass(millis);
        desk.event(Event::Timer(Timer::Count));
        let calls = desk.calls();
        desk.serve();
        if calls.is_empty() || millis >= 30_000 {
            break;
        }
        counted.extend(calls);
    }
    counted
}

#[test]
fn every_view_is_counted_soon_after_the_first_rows_and_then_one_a_minute() {
    let mut desk = Desk::with(ida(), 80, 24);
    desk.up();
    assert_eq!(desk.calls().len(), 1, "the list comes first");
    assert_eq!(timer(&mut desk), Some(1_000));
    desk.pass(1_000);
    desk.event(Event::Timer(Timer::Count));
    assert_eq!(desk.calls().len(), 1, "nothing is counted while a call of the person's is under way");
    desk.serve();
    let counted = count(&mut desk);
    assert_eq!(
        counted.len(),
        6,
        "two ask the server for the same, and the list itself told the number of its view: {counted:?}"
    );
    assert!(counted.iter().all(|call| call.starts_with("count ")), "{counted:?}");
    // From then on the machine sleeps for a minute at least, and one view at a time is counted.
    let mut last = None;
    for _ in 0..12 {
        desk.serve();
        desk.keys("j");
        let millis = tick(&mut desk).or(last).expect("a timer");
        last = Some(millis);
        assert!(millis >= PACE_MILLIS / 2, "{millis}");
        assert!(desk.calls().len() <= 1);
    }
}

#[test]
fn a_number_is_not_counted_again_while_it_is_fresh() {
    let mut desk = started(80, 24);
    count(&mut desk);
    desk.serve();
    desk.event(Event::Focus(true));
    let millis = timer(&mut desk).unwrap_or(FRESH_MILLIS);
    assert!(millis >= PACE_MILLIS, "{millis}");
}

#[test]
fn nothing_is_counted_when_nobody_looks() {
    let mut desk = started(80, 24);
    desk.event(Event::Focus(false));
    assert_eq!(count(&mut desk), [""; 0]);
    assert_eq!(timer(&mut desk), None, "the machine sleeps");
    desk.pass(5_000);
    desk.event(Event::Focus(true));
    assert_eq!(count(&mut desk).len(), 3, "it goes on at once; the list knows the others");
    // What went stale while the window was away is counted at once, not one view a minute.
    desk.event(Event::Focus(false));
    desk.effects.clear();
    desk.pass(FRESH_MILLIS * 2);
    desk.event(Event::Timer(Timer::Count));
    assert_eq!((desk.calls().len(), timer(&mut desk)), (0, None));
    desk.event(Event::Focus(true));
    assert!(count(&mut desk).len() >= 3);
    // The same where nobody presses a key, and on another screen.
    desk.pass(LOOKS_MILLIS);
    desk.event(Event::Timer(Timer::Count));
    assert_eq!(desk.calls().len(), 0);
    desk.keys("j");
    assert!(count(&mut desk).len() >= 3);
    desk.keys("5");
    desk.pass(FRESH_MILLIS * 2);
    desk.event(Event::Timer(Timer::Count));
    assert!(desk.calls().iter().all(|call| !call.starts_with("count")), "{:?}", desk.calls());
}

#[test]
fn the_budget_holds_whatever_is_pressed() {
    let mut desk = started(80, 24);
    let mut asked: Vec<u64> = Vec::new();
    let mut clock = 0;
    desk.keys("v");
    for _ in 0..600 {
        desk.keys("r");
        let millis = timer(&mut desk).unwrap_or(100).clamp(1, 100);
        clock += millis;
        desk.pass(millis);
        desk.event(Event::Timer(Timer::Count));
        let counts = desk.calls().iter().filter(|call| call.starts_with("count")).count();
        assert!(counts <= 1, "one at a time");
        asked.extend(std::iter::repeat_n(clock, counts));
        desk.serve();
    }
    assert!(asked.len() >= MOST_A_MINUTE, "{}", asked.len());
    for (at, when) in asked.iter().enumerate() {
        let within = asked[at..].iter().take_while(|other| **other < when + 60_000).count();
        assert!(within <= MOST_A_MINUTE, "{within}");
    }
}

#[test]
fn a_pause_of_the_server_is_kept() {
    let mut desk = started(80, 24);
    desk.event(Event::Report(Report::Pause(Some(30))));
    let millis = tick(&mut desk).expect("a timer");
    assert_eq!(desk.calls().len(), 0, "{millis}");
    assert_eq!(timer(&mut desk), Some(30_000 - millis));
    desk.pass(30_000 - millis);
    desk.event(Event::Timer(Timer::Count));
    assert_eq!(desk.calls().len(), 1);
}

#[test]
fn counting_is_nothing_that_one_waits_for() {
    let mut desk = started(80, 24);
    desk.keys("v");
    tick(&mut desk).expect("a timer");
    assert_eq!(desk.calls().len(), 1);
    assert!(desk.text().contains('…'), "{}", desk.text());
    desk.wait(3_000);
    assert!(!desk.text().contains("loading"), "{}", desk.text());
    desk.keys("<esc><esc>");
    assert_eq!(desk.calls().len(), 1, "Esc has nothing to cancel");
}

#[test]
fn numbers_say_how_sure_they_are() {
    let mut desk = started(80, 24);
    while tick(&mut desk).is_some() {
        match desk.asked.first().cloned() {
            Some((_, Call::Count(query))) if query.to_string().contains("rating") => {
                desk.next(End::Answer(Answer::Count(Counted { number: 1, exact: false, wider: false })));
                break;
            }
            Some(_) => desk.serve_one(),
            None => panic!("nothing was counted"),
        }
    }
    let text = desk.keys("v").text();
    assert!(text.contains(" ≥ 1  ") && text.contains(" ≤ 13  ") && text.contains(" –  "), "{text}");
    assert!(desk.keys("jjjj").text().contains("13 at most: a part of this view is cut"), "{}", desk.text());
}

#[test]
fn a_list_that_is_whole_counts_every_view_of_the_same_rows() {
    let mut desk = started(80, 24);
    desk.keys("L").serve();
    let rows = || (0..ALL).map(row);
    let number = |name: &str| {
        let views = &desk.model.inbox.views.entries;
        let entry = views.iter().find(|entry| entry.view.name.as_str() == name).unwrap();
        entry.tally.count.map(|count| (count.number, count.sureness))
    };
    let of_nobody = rows().filter(|row| row.admin.is_none()).count() as u64;
    assert_eq!(number("Unassigned"), Some((of_nobody, Sureness::Exact)));
    assert_eq!(number("Low ratings"), None, "which asks the server for other rows");
}

#[test]
fn a_view_whose_times_move_is_counted_by_its_own_rows() {
    let mut desk = started(80, 24);
    let due = |desk: &Desk| {
        desk.model.inbox.views.entries.iter().position(|entry| entry.view.name.as_str() == "Snoozed and due")
    };
    let due = due(&desk).expect("a built-in view");
    while desk.model.inbox.listing.results.query != desk.model.inbox.views.entries[due].query {
        desk.keys("]");
        desk.event(Event::Timer(Timer::View));
        // The answer comes at another second than the question was asked.
        desk.pass(2_000);
        desk.serve();
    }
    let count = desk.model.inbox.views.entries[due].tally.count;
    assert_eq!(count.map(|count| count.sureness), Some(Sureness::Exact), "{}", desk.text());
}

#[test]
fn a_count_that_fails_says_why_and_is_tried_again_later() {
    let mut desk = started(80, 24);
    tick(&mut desk).expect("a timer");
    desk.next(refused());
    assert!(desk.model.shell.notice.is_none(), "nobody asked");
    desk.keys("vjj");
    assert_snapshot!(desk.screen());
    count(&mut desk);
    // The link comes anew: what failed is counted at once.
    desk.event(Event::Report(Report::Link(Link::Down { fault: offline(), retry_in: None })));
    assert_eq!(count(&mut desk), [""; 0]);
    desk.up();
    desk.serve();
    let counted = count(&mut desk);
    assert_eq!(counted[0], "count state:snoozed", "what failed is first");
    let slow = Fault::new(FaultKind::TimedOut, "No answer within 30 s.", "");
    desk.keys("r");
    tick(&mut desk).expect("a timer");
    desk.next(End::TimedOut(slow));
    let told = desk.model.shell.notice.as_ref().map(|notice| notice.sentence.to_string());
    assert!(!told.unwrap_or_default().contains("No answer"), "nobody waits for a count");
    let slow = |fault: &Fault| fault.kind == FaultKind::TimedOut;
    let failed =
        desk.model.inbox.views.entries.iter().filter(|entry| entry.tally.fault.as_ref().is_some_and(slow));
    assert!(failed.count() > 0, "and it is known why");
}

#[test]
fn what_is_loaded_is_counted_here() {
    let mut desk = started(80, 24);
    count(&mut desk);
    desk.keys("L").serve();
    desk.keys("v");
    assert!(desk.cursor_line().contains(" 434 "), "{}", desk.cursor_line());
    assert!(desk.text().contains("434, counted 0 s ago"), "{}", desk.text());
}

#[test]
fn views_that_are_asked_the_same_are_counted_by_one_call() {
    let mut desk = started(80, 24);
    // The list counts four of them: all that are cut out of everything that is open.
    assert_eq!(count(&mut desk).len(), 3);
    let tally = |name: &str| {
        let views = &desk.model.inbox.views.entries;
        views
            .iter()
            .find(|entry| entry.view.name.as_str() == name)
            .unwrap()
            .tally
            .count
            .map(|count| count.number)
    };
    assert_eq!([tally("Unassigned"), tally("SLA at risk")], [Some(109), Some(145)], "of every row");
}
