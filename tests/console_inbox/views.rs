//! Views: opening them, counting them, who one is.

use insta::assert_snapshot;
use switchboard::app::event::Book;
use switchboard::app::pane::inbox::views::counting::{LOOKS_MILLIS, MOST_A_MINUTE, PACE_MILLIS};
use switchboard::app::pane::inbox::views::tally::{FRESH_MILLIS, Sureness};
use switchboard::app::{Effect, Event, Options, Timer};
use switchboard::domain::call::{Answer, Call, Counted, End, Fault, FaultKind, Report};
use switchboard::domain::id::AdminId;
use switchboard::domain::link::Link;
use switchboard::domain::page::Page;
use switchboard::domain::roster::Said;
use switchboard::domain::sort::Order;
use switchboard::domain::text::Clean;
use switchboard::domain::view::{Column, Unusable, View};

use super::desk::{Desk, offline, refused};
use super::world::{self, ALL, row};

/// The search of the view of what nobody has.
const OPEN_OF_NOBODY: &str = "search state:open by 150";

/// A console as it starts where nothing is configured.
fn started(cols: u16, rows: u16) -> Desk {
    let mut desk = Desk::with(Options::default(), cols, rows);
    desk.up();
    desk.serve();
    desk
}

fn ida() -> Options {
    Options { me: AdminId::read("7001"), ..Options::default() }
}

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
fn tick(desk: &mut Desk) -> Option<u64> {
    let millis = timer(desk)?;
    desk.pass(millis);
    desk.event(Event::Timer(Timer::Count));
    Some(millis)
}

/// Counts until the next count is half a minute away; which queries were counted, in order.
fn count(desk: &mut Desk) -> Vec<String> {
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
fn what_is_open_comes_first_and_the_longest_wait_on_top() {
    let desk = started(80, 24);
    let text = desk.text();
    assert!(text.contains("/ state:open") && text.contains("Open by waiting"), "{text}");
    let waits = desk.model.inbox.listing.results.shown().map(|row| row.waiting_since);
    let waits: Vec<_> = waits.take_while(Option::is_some).collect();
    assert!(waits.len() > 50 && waits.is_sorted(), "{waits:?}");
}

#[test]
fn the_column_200() {
    let mut desk = started(200, 60);
    count(&mut desk);
    assert_snapshot!(desk.keys("v").screen());
}

#[test]
fn the_column_beside_a_thread_200() {
    let mut desk = started(200, 60);
    count(&mut desk);
    assert_snapshot!(desk.keys("<enter>").serve().screen());
}

#[test]
fn the_page_80() {
    let mut desk = Desk::with(ida(), 80, 24);
    desk.up();
    desk.serve();
    count(&mut desk);
    assert_snapshot!(desk.keys("v").screen());
}

#[test]
fn who_one_is_80() {
    let mut desk = started(80, 24);
    desk.keys("<enter>").serve().keys("<esc>vm");
    assert_snapshot!(desk.screen());
}

#[test]
fn nothing_needs_me_80() {
    let mut desk = Desk::with(ida(), 80, 24);
    desk.up();
    let mine = Page { items: vec![row(0), row(4)], next: None, total: Some(2), skipped: 0 };
    desk.next(End::Answer(Answer::Conversations(mine)));
    for number in [0, 4] {
        let id = world::conversation_id(number);
        let (triage, now) = (&mut desk.model.shell.triage, desk.model.shell.now.unix);
        let known = switchboard::domain::triage::Known::of(&row(number));
        assert!(triage.decide(&id, switchboard::domain::triage::Decision::Done(true), known, now));
    }
    desk.event(Event::Minute);
    assert_snapshot!(desk.screen());
}

#[test]
fn keys_open_views_and_come_back() {
    let mut desk = started(80, 24);
    desk.keys("vjj");
    assert!(desk.text().contains("Unassigned"), "{}", desk.text());
    desk.keys("<enter>");
    assert_eq!(desk.calls(), [OPEN_OF_NOBODY]);
    desk.serve();
    assert!(desk.text().contains("Unassigned"), "{}", desk.text());
    assert!(!desk.text().contains("Low ratings"), "the page closes");
    desk.keys("]");
    desk.serve();
    assert_eq!(desk.model.inbox.listing.results.query.to_string(), "state:open sla:in:risk,missed");
    desk.keys("[").serve().keys("[");
    assert_eq!(
        desk.serve().model.inbox.listing.results.query.to_string(),
        "state:open",
        "views that wait for a name are left out"
    );
    desk.keys("v<esc>");
    assert!(desk.text().contains("/ state:open"));
    desk.keys("v/");
    assert!(desk.text().contains("› state:open"), "{}", desk.text());
}

#[test]
fn the_column_is_a_pane_among_others() {
    let mut desk = started(200, 60);
    let place = |desk: &Desk| format!("{:?}", desk.model.place());
    desk.keys("<tab>");
    assert_eq!(place(&desk), "Views");
    desk.keys("<tab>");
    assert_eq!(place(&desk), "Inbox");
    desk.keys("<enter>").serve();
    let places: Vec<String> = (0..4)
        .map(|_| {
            desk.keys("<tab>").serve();
            place(&desk)
        })
        .collect();
    assert_eq!(places, ["Contact", "Views", "Inbox", "Thread"]);
    let mut desk = started(80, 24);
    assert!(desk.keys("v<tab>").text().contains("There is no other pane here"));
}

#[test]
fn somebody_is_asked_who_they_are_once() {
    let mut desk = started(80, 24);
    desk.keys("vg");
    assert!(desk.text().contains("Say who you are: m"), "{}", desk.text());
    desk.keys("<enter>7001<enter>");
    assert_eq!(desk.model.shell.roster.me, AdminId::read("7001"));
    assert_eq!(desk.calls().len(), 1, "the view that waited for it opens: {:?}", desk.calls());
    assert!(desk.text().contains("You are teammate 7001."), "{}", desk.text());
    desk.serve();
    assert!(desk.text().contains("Needs me"), "{}", desk.text());
    assert!(!desk.keys("v").text().contains("Say who"));
    desk.keys("m99<esc>");
    assert_eq!(desk.model.shell.roster.me, AdminId::read("7001"), "Esc changes nothing");
    desk.keys("mxyz<enter>");
    assert!(desk.text().contains("Nobody seen so far"), "{}", desk.text());
    assert_eq!(desk.model.shell.roster.me, AdminId::read("7001"));
}

#[test]
fn somebody_who_is_known_begins_with_what_needs_them() {
    let mut desk = Desk::with(ida(), 80, 24);
    desk.up();
    assert_eq!(desk.calls().len(), 1);
    desk.serve();
    assert!(desk.text().contains("Needs me"), "{}", desk.text());
    // Where nothing does, the first screen is not empty.
    let mut desk = Desk::with(ida(), 80, 24);
    desk.up();
    let none = Page { items: Vec::new(), next: None, total: Some(0), skipped: 0 };
    desk.next(End::Answer(Answer::Conversations(none.clone())));
    assert_eq!(desk.calls(), ["search state:open by 150"]);
    assert!(desk.text().contains("Nothing needs you."));
    desk.serve();
    // Who chose the view sees that it is empty.
    desk.keys("vg<enter>");
    desk.next(End::Answer(Answer::Conversations(none)));
    assert_eq!(desk.calls().len(), 0);
    assert!(desk.text().contains("Nothing needs you."), "{}", desk.text());
}

#[test]
fn ones_own_view_comes_last_and_may_be_the_first_one() {
    let view = View {
        name: Clean::fixed("Urgent"),
        query: "priority:urgent".into(),
        order: Order::default(),
        columns: vec![Column::Sla, Column::Who],
    };
    let options = Options {
        views: vec![view],
        first_view: Some("Urgent".into()),
        me: AdminId::read("7001"),
        ..Options::default()
    };
    let mut desk = Desk::with(options, 80, 24);
    desk.up();
    assert_eq!(desk.calls(), ["search priority:urgent by 150"]);
    desk.serve();
    assert_eq!(desk.model.inbox.views.columns(&desk.model.inbox.listing), [Column::Sla, Column::Who]);
    assert!(desk.keys("vG").cursor_line().contains("Urgent"));
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
    desk.keys("G").keys("g");
    assert!(!desk.text().contains("panic"));
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
fn the_view_to_begin_with_takes_nothing_from_somebody_who_types_or_waits() {
    let mut desk = Desk::with(ida(), 80, 24);
    desk.keys("/<ctrl-u>refund");
    desk.up();
    desk.serve();
    assert!(desk.text().contains("› refund"), "{}", desk.text());
    let mut desk = Desk::with(ida(), 80, 24);
    desk.up();
    desk.keys("/<ctrl-u>refund<enter>");
    desk.down();
    desk.up();
    assert_eq!(desk.calls(), ["search q:refund by 150"]);
}

#[test]
fn ones_own_search_that_finds_nothing_stays() {
    let mut desk = Desk::with(ida(), 80, 24);
    desk.up();
    desk.keys("/<ctrl-u>refund2024<enter>");
    let none = Page { items: Vec::new(), next: None, total: Some(0), skipped: 0 };
    desk.next(End::Answer(Answer::Conversations(none)));
    assert_eq!(desk.calls(), [""; 0]);
    assert!(
        desk.text().contains("/ refund2024") && !desk.text().contains("Nothing needs you"),
        "{}",
        desk.text()
    );
}

/// The disk tells who one is.
fn disk_tells(desk: &mut Desk, id: &str) {
    let lines = vec![Said::Me(AdminId::read(id))];
    desk.event(Event::Names(Book::Read { whole: false, lines }));
}

#[test]
fn the_names_may_come_before_the_link_and_after_it() {
    let needs_me = |desk: &Desk| desk.model.inbox.listing.results.query.to_string().contains("assignee:me");
    let mut before = Desk::with(Options::default(), 80, 24);
    disk_tells(&mut before, "7001");
    before.up();
    assert_eq!(before.calls().len(), 1);
    assert!(needs_me(before.serve()));
    let mut meanwhile = Desk::with(Options::default(), 80, 24);
    meanwhile.up();
    disk_tells(&mut meanwhile, "7001");
    assert_eq!(meanwhile.calls().len(), 1, "the first search is given up: {:?}", meanwhile.calls());
    assert!(needs_me(meanwhile.serve()));
    let mut after = started(80, 24);
    disk_tells(&mut after, "7001");
    assert!(needs_me(after.serve()), "{}", after.text());
    // Who did something of their own stays where they are.
    let mut busy = started(80, 24);
    busy.keys("s");
    disk_tells(&mut busy, "7001");
    assert!(!needs_me(busy.serve()));
}

#[test]
fn another_person_has_numbers_and_rows_of_their_own() {
    let mut desk = Desk::with(Options::default(), 80, 24);
    disk_tells(&mut desk, "7001");
    desk.up();
    desk.serve();
    while !desk.calls().iter().any(|call| call.starts_with("count") && call.contains("7001")) {
        desk.serve();
        tick(&mut desk).expect("a timer");
    }
    let asked = desk.asked.len();
    disk_tells(&mut desk, "7002");
    assert_eq!(desk.cancelled.len(), asked, "the count of the other person is given up");
    let calls = desk.calls();
    assert!(calls.len() == 1 && calls[0].contains("7002"), "the list is asked for anew: {calls:?}");
}

#[test]
fn who_one_is_can_be_said_from_the_list_and_is_never_chosen_by_a_stray_enter() {
    let mut desk = started(80, 24);
    assert!(desk.text().contains("m says who you are"), "{}", desk.text());
    desk.keys("m<enter>");
    assert_eq!(desk.model.shell.roster.me, None);
    assert!(desk.text().contains("Go to yourself first"), "{}", desk.text());
    desk.keys("7001<enter>").serve();
    assert_eq!(desk.model.shell.roster.me, AdminId::read("7001"));
    assert!(desk.text().contains("Needs me"), "{}", desk.text());
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

#[test]
fn who_steps_on_and_on_asks_only_for_the_last_view() {
    let mut desk = started(80, 24);
    desk.keys("]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
    assert_eq!(desk.calls(), [""; 0], "the first was given up for those that follow");
    assert!(desk.cancelled.len() <= 1, "{}", desk.cancelled.len());
    desk.event(Event::Timer(Timer::View));
    assert_eq!(desk.calls().len(), 1);
    let line = desk.model.inbox.search.field.text().to_owned();
    desk.serve();
    assert_eq!(desk.model.inbox.listing.results.query.to_string(), line);
    // Esc gives it up, and nothing is asked for later.
    desk.keys("]]<esc>");
    desk.event(Event::Timer(Timer::View));
    assert_eq!(desk.calls(), [""; 0]);
}

#[test]
fn old_rows_below_a_new_search_say_what_they_are() {
    let mut desk = started(80, 24);
    desk.keys("]");
    assert!(!desk.text().contains("Searching"), "an answer that comes soon needs no word");
    desk.wait(250);
    assert!(desk.text().contains("Searching…"), "{}", desk.text());
    assert_snapshot!(desk.screen());
    desk.serve();
    assert!(!desk.text().contains("Searching"), "{}", desk.text());
    desk.keys("[").serve();
    desk.down();
    desk.keys("]");
    desk.next(End::NotSent(offline()));
    desk.pass(180_000);
    desk.event(Event::Minute);
    assert!(desk.text().contains("below: Open by waiting, as of 3 min ago"), "{}", desk.text());
}

#[test]
fn what_is_done_here_is_taken_off_the_numbers_200() {
    let mut desk = Desk::with(ida(), 200, 60);
    desk.up();
    let mine = Page { items: vec![row(0), row(4)], next: None, total: Some(2), skipped: 0 };
    desk.next(End::Answer(Answer::Conversations(mine)));
    desk.keys("dd");
    let text = desk.text();
    assert!(text.contains("Nothing needs you") && text.contains("2 done here 0"), "{text}");
}

#[test]
fn a_slow_start_says_that_it_loads_and_the_tabs_stay_offline() {
    let mut desk = Desk::with(Options::default(), 80, 24);
    desk.event(Event::Report(Report::Link(Link::Connecting { attempt: 1 })));
    assert!(!desk.text().contains("Loading"));
    desk.wait(200);
    assert!(desk.text().contains("Loading…"), "{}", desk.text());
    assert!(!desk.text().contains("article?"), "{}", desk.text());
    desk.down();
    let top = desk.text().lines().next().unwrap().to_owned();
    assert!(top.contains("4 Articles") && top.contains("○ offline 4 s"), "{top}");
    let busy = Fault::new(FaultKind::RateLimited, "Too many requests.", "Wait a little.");
    desk.event(Event::Report(Report::Link(Link::Down { fault: busy, retry_in: Some(14_000) })));
    let text = desk.text();
    assert!(text.contains("◐ paused 14 s") && !text.contains("offline"), "{text}");
}

#[test]
fn the_view_whose_rows_are_shown_stays_marked_until_the_next_ones_are_here() {
    let shown = |desk: &Desk| {
        let inbox = &desk.model.inbox;
        inbox.views.shown(&inbox.listing).map(|at| inbox.views.entries[at].view.name.to_string())
    };
    let mut desk = started(80, 24);
    desk.keys("]");
    assert_eq!(
        (desk.calls(), shown(&desk).as_deref()),
        (vec![OPEN_OF_NOBODY.to_owned()], Some("Open by waiting"))
    );
    desk.keys("<esc>]");
    assert_eq!(desk.calls(), [OPEN_OF_NOBODY], "what was given up is the next one again");
    desk.next(refused());
    assert_eq!(shown(&desk).as_deref(), Some("Open by waiting"));
    desk.keys("]").serve();
    assert_eq!(shown(&desk).as_deref(), Some("SLA at risk"), "one that fails does not stop anybody");
}

#[test]
fn rows_that_the_server_did_not_give_are_counted() {
    let mut desk = Desk::with(ida(), 80, 24);
    desk.up();
    let some = Page { items: vec![row(0), row(4)], next: None, total: Some(40), skipped: 0 };
    desk.next(End::Answer(Answer::Conversations(some)));
    let count = desk.model.inbox.views.entries[0].tally.count.unwrap();
    assert_eq!((count.number, count.sureness), (40, Sureness::AtMost));
}

#[test]
fn a_part_of_a_view_that_is_empty_is_not_said_to_be_the_view() {
    let mut desk = started(80, 24);
    desk.keys("r");
    let three = Page { items: (0..3).map(row).collect(), next: None, total: Some(3), skipped: 0 };
    desk.next(End::Answer(Answer::Conversations(three)));
    desk.keys("I");
    while desk.model.inbox.insight.open {
        desk.keys("<enter>j");
    }
    let part = desk.model.inbox.listing.results.shown_len();
    assert!((1..3).contains(&part), "{part}");
    desk.keys("Xd");
    let text = desk.text();
    assert!(text.contains("None of these rows is here any more") && !text.contains("this view"), "{text}");
}

#[test]
fn a_view_that_cannot_be_used_says_where_and_why_80() {
    let unusable = Unusable {
        name: Clean::fixed("Broken"),
        why: Clean::fixed("config.toml, line 7: \"size\" is no order."),
    };
    let mut desk = Desk::with(Options { unusable: vec![unusable], ..Options::default() }, 80, 24);
    desk.up();
    desk.serve();
    desk.keys("vG");
    assert!(desk.cursor_line().contains("Broken"), "{}", desk.cursor_line());
    assert_snapshot!(desk.screen());
    desk.keys("<enter>");
    assert_eq!((desk.calls().len(), desk.model.inbox.views.focused), (0, true));
    let notice = desk.model.shell.notice.as_ref().unwrap();
    assert_eq!(notice.sentence.as_str(), "config.toml, line 7: \"size\" is no order.");
    desk.keys("<esc>[").serve();
    assert_eq!(desk.model.inbox.views.columns(&desk.model.inbox.listing), []);
}
