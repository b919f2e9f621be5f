//! Help while one types a search: what can come next, what is wrong, what would be sent.

use insta::assert_snapshot;
use proptest::prelude::*;
use switchboard::app::place::Place;
use switchboard::app::{Effect, Event, Timer};
use switchboard::domain::call::{Call, Fault, FaultKind, Report};
use switchboard::domain::query::Filter;

use super::desk::Desk;
use super::searching::{line, typed};

/// Nothing is typed for so long.
pub(crate) fn rest(desk: &mut Desk, millis: u64) {
    desk.wait(millis);
    desk.event(Event::Timer(Timer::Explain));
}

/// The session says what the calls that it was asked about would send; how many these were.
pub(crate) fn explain(desk: &mut Desk) -> usize {
    let effects = std::mem::take(&mut desk.effects);
    let asked = effects.into_iter().filter_map(|effect| match effect {
        Effect::Explain(number, Call::SearchConversations { query, per_page, .. }) => {
            Some((number, query, per_page))
        }
        _ => None,
    });
    let asked: Vec<_> = asked.collect();
    for (number, query, per_page) in &asked {
        let said = |filter: &Filter| {
            format!("  \"{}\": \"{} {}\",\n", filter.field, filter.operator.sign(), filter.value)
        };
        let filters: String = query.filters.iter().map(said).collect();
        let text = format!("search_conversations\n{{\n{filters}  \"per_page\": {per_page}\n}}");
        desk.event(Event::Report(Report::Explained(*number, Ok(text))));
    }
    asked.len()
}

fn offers(desk: &Desk) -> Vec<&str> {
    desk.model.inbox.search.offers.rows().iter().map(|offer| offer.insert.trim_end()).collect()
}

#[test]
fn a_list_opens_as_one_types_and_tab_takes_what_is_marked() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/");
    assert_eq!(offers(&desk), [""; 0], "nothing was typed");
    desk.keys("<ctrl-u>creat");
    assert_eq!(offers(&desk)[0], "created_at:");
    desk.keys("<tab>");
    assert_eq!(typed(&desk), "created_at:");
    desk.keys("<ctrl-u>stat");
    assert_eq!(offers(&desk)[0], "state:");
    desk.keys("<tab>");
    assert!(offers(&desk).contains(&"snoozed"), "{:?}", offers(&desk));
    desk.keys("sn<tab>");
    assert_eq!((typed(&desk).trim_end(), offers(&desk)), ("state:snoozed", Vec::new()));
    desk.keys("<enter>");
    assert_eq!(desk.calls(), ["search state:snoozed by 150"]);
}

#[test]
fn tab_shows_what_can_be_searched_by_where_nothing_was_typed() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>");
    assert_eq!(offers(&desk), [""; 0]);
    assert!(desk.text().contains("Tab for what can be searched by"));
    desk.keys("<tab>");
    assert!(offers(&desk).len() > 8 && offers(&desk)[0] == "state:", "{:?}", offers(&desk));
    desk.keys("<esc>q:\"in quotes <tab>");
    assert!(desk.text().contains("Nothing to complete here."), "{}", desk.text());
}

#[test]
fn enter_searches_for_what_is_typed_unless_one_went_into_the_list() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>stat");
    assert!(desk.model.inbox.search.offers.is_open());
    desk.keys("<enter>");
    assert!(typed(&desk) == "stat" && desk.calls()[0].contains("stat"), "{:?}", desk.calls());
    desk.serve().keys("/<ctrl-u>state:<down><enter>");
    assert_eq!((typed(&desk).trim_end(), desk.model.place()), ("state:open", Place::SearchLine));
    desk.keys("<ctrl-u>state:<down><down><down><up><enter>");
    assert_eq!(typed(&desk).trim_end(), "state:closed");
}

#[test]
fn esc_closes_the_list_and_then_the_line() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>stat<esc>");
    assert_eq!((offers(&desk).len(), typed(&desk), desk.model.place()), (0, "stat", Place::SearchLine));
    desk.keys("e");
    assert_eq!(offers(&desk), [""; 0], "it stays closed for this word");
    desk.keys(" prio");
    assert_eq!(offers(&desk)[0], "priority:");
    desk.keys("<esc><esc>");
    assert_eq!((typed(&desk), desk.model.place()), ("state:open", Place::Inbox));
}

#[test]
fn going_up_recalls_unless_one_is_in_the_list() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:closed<enter>").serve();
    desk.keys("/<ctrl-u>prio<up>");
    assert_eq!(typed(&desk), "state:closed");
    desk.keys("<down>");
    assert_eq!(typed(&desk), "prio");
    desk.keys("<ctrl-u>prio<down><up>");
    assert_eq!(typed(&desk), "prio", "that left the list");
    desk.keys("<ctrl-r>");
    assert_eq!(typed(&desk), "state:closed");
}

#[test]
fn what_is_wrong_is_said_under_its_word_and_not_while_one_types_it() {
    let mut desk = Desk::open(80, 24);
    let carets = |desk: &Desk| desk.text().lines().find(|line| line.contains('^')).map(str::to_owned);
    desk.keys("/<ctrl-u>state:open created_at:gt:someday");
    rest(&mut desk, 300);
    assert_eq!(carets(&desk), None, "the word may go on");
    desk.keys(" q");
    rest(&mut desk, 300);
    let line = carets(&desk).unwrap();
    // A row of the screen begins with a quote here, and the text with the prompt.
    assert_eq!(line.find('^'), Some(4 + "state:open created_at:gt:".len()), "{line}");
    assert_eq!(line.matches('^').count(), "someday".len());
    desk.keys("x");
    assert!(carets(&desk).is_some(), "it stays while it is so");
    desk.keys("<backspace><backspace><backspace>");
    assert_eq!(carets(&desk), None, "the cursor is at it");
    rest(&mut desk, 300);
    assert_eq!(carets(&desk), None);
    rest(&mut desk, 1_000);
    assert!(carets(&desk).is_some(), "nobody goes on for long");
    desk.keys("<ctrl-w>created_at:gt:-1d");
    assert_eq!(carets(&desk), None);
}

#[test]
fn a_quote_that_is_still_open_is_no_mistake_until_enter() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>q:\"half a");
    rest(&mut desk, 5_000);
    assert!(!desk.text().contains('^'));
    desk.keys("<enter>");
    assert!(desk.text().contains('^') && desk.calls().is_empty());
}

#[test]
fn what_is_typed_is_explained_after_a_pause_and_once() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/ created_at:gt:-3d ");
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::Timer(Timer::Explain, 250))));
    rest(&mut desk, 100);
    assert_eq!(explain(&mut desk), 0);
    rest(&mut desk, 200);
    rest(&mut desk, 200);
    assert_eq!(explain(&mut desk), 1);
    assert!(
        desk.text().contains("\"state\": \"= open\"") && desk.text().contains("since"),
        "{}",
        desk.text()
    );
    assert!(!desk.text().contains("-3d\""), "the server gets a moment: {}", desk.text());
    desk.keys(" ");
    assert!(!desk.text().contains("search_conversations"), "it is about another text");
}

#[test]
fn an_explanation_of_what_was_changed_since_is_nobodys() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/ read:true ");
    rest(&mut desk, 300);
    desk.keys("x");
    assert_eq!(explain(&mut desk), 1);
    assert!(!desk.text().contains("search_conversations"));
}

#[test]
fn what_is_cut_here_is_said_beside_the_line() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:open sla:missed<enter>").serve();
    assert!(line(&desk).contains("SLA is cut here"), "{}", line(&desk));
    desk.keys("/<ctrl-u>state:open<enter>").serve();
    assert!(!line(&desk).contains("cut here"), "{}", line(&desk));
}

#[test]
fn the_exact_call_is_shown_and_copied() {
    let mut desk = Desk::open(80, 24);
    desk.keys("=");
    assert_eq!(desk.model.place(), Place::ToolCall);
    desk.keys("y");
    assert!(desk.text().contains("What is sent is not known yet."));
    assert_eq!(explain(&mut desk), 1);
    assert!(desk.text().contains("\"per_page\": 150"));
    desk.keys("y");
    let copied = desk.effects.iter().any(|effect| {
        matches!(effect, Effect::Copy(text) if text.starts_with("search_conversations\n{\n  \"state\""))
    });
    assert!(copied, "{:?}", desk.effects);
    desk.keys("j<esc>");
    assert_eq!(desk.model.place(), Place::Inbox);
    desk.keys("==");
    assert_eq!(desk.model.place(), Place::Inbox, "the same key closes it");
}

#[test]
fn a_call_that_cannot_be_told_says_why() {
    let mut desk = Desk::open(80, 24);
    desk.keys("=");
    let fault = Fault::new(FaultKind::Offline, "No server is known.", "Connect first.");
    desk.event(Event::Report(Report::Explained(99, Ok("nobody's".into()))));
    desk.event(Event::Report(Report::Explained(1, Err(fault))));
    assert!(desk.text().contains("No server is known.") && !desk.text().contains("nobody's"));
}

#[test]
fn offers_80() {
    let mut desk = Desk::open(80, 24);
    assert_snapshot!(desk.keys("/ s").screen());
}

#[test]
fn offers_taken_200() {
    let mut desk = Desk::open(200, 60);
    assert_snapshot!(desk.keys("/ priority:<down><down>").screen());
}

#[test]
fn explained_80() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/ created_at:gt:-3d sla:missed ");
    rest(&mut desk, 300);
    explain(&mut desk);
    assert_snapshot!(desk.screen());
}

#[test]
fn wrong_80() {
    let mut desk = Desk::open(80, 24);
    assert_snapshot!(desk.keys("/ created_at:gt:someday priority:high<enter>").screen());
}

#[test]
fn call_80() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/ created_at:gt:-3d sla:missed<enter>").serve().keys("=");
    explain(&mut desk);
    assert_snapshot!(desk.screen());
}

#[test]
fn help_of_the_line_80() {
    let mut desk = Desk::open(80, 24);
    assert_snapshot!(desk.keys("/<f1>").screen());
}

#[test]
fn wide_words_keep_their_columns() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>船が遅れ created_at:gt:someday 👩‍🚀<enter>");
    let text = desk.text();
    let carets = text.lines().find(|line| line.contains("^^^")).unwrap();
    let typed = text.lines().find(|line| line.contains("someday")).unwrap();
    let cells = |text: &str| switchboard::domain::text::width(text);
    assert_eq!(cells(&carets[..carets.find('^').unwrap()]), cells(&typed[..typed.find("someday").unwrap()]));
}

#[test]
fn any_size_with_the_list_and_the_form_open() {
    for keys in ["/ s", "/ prio<down>", "/ created_at:gt:x y<enter>", "F", "F<tab><tab>i", "=", "/ <f2><f1>"]
    {
        let mut desk = Desk::open(80, 24);
        desk.keys(keys);
        rest(&mut desk, 300);
        explain(&mut desk);
        for cols in (0..41).chain([79, 100, 160, 200]) {
            for rows in 0..13 {
                desk.resize(cols, rows);
                desk.screen();
            }
        }
        desk.resize(80, 24);
        desk.screen();
    }
}

const HELPED: [&str; 24] = [
    "/",
    "F",
    "<f2>",
    "<ctrl-t>",
    "=",
    "<esc>",
    "<tab>",
    "<shift-tab>",
    "<up>",
    "<down>",
    "<enter>",
    "<left>",
    " ",
    "state:",
    "assignee:me ",
    "created_at:gt:-3d ",
    "q:\"船",
    "x",
    "\"",
    "<backspace>",
    "<ctrl-u>",
    "<ctrl-r>",
    "<pagedown>",
    "<home>",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_typed_with_help_breaks(events in proptest::collection::vec(0usize..30, 0..50)) {
        let mut desk = Desk::open(80, 24);
        for what in events {
            match what {
                0..24 => drop(desk.keys(HELPED[what])),
                24 => rest(&mut desk, 300),
                25 => rest(&mut desk, 1_500),
                26 => drop(explain(&mut desk)),
                27 => desk.resize(40, 12),
                28 => desk.resize(80, 24),
                _ => drop(desk.serve()),
            }
            desk.screen();
            let inbox = &desk.model.inbox;
            prop_assert!(desk.model.place() != Place::SearchForm || inbox.form.is_some());
            prop_assert!(!inbox.search.offers.is_open() || inbox.search.focused);
        }
    }
}

#[test]
fn a_value_that_nobody_knows_is_asked_about_once() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:opne<enter>");
    assert_eq!((desk.calls().len(), desk.model.place()), (0, Place::SearchLine));
    let text = desk.text();
    assert!(text.contains("opne is no value") && text.contains("Enter again"), "{text}");
    desk.keys("<enter>");
    assert_eq!(desk.calls(), ["search state:opne by 150"]);
}
