//! Questions of the server's.

use insta::assert_snapshot;
use switchboard::app::place::Place;
use switchboard::app::{Effect, Event, Timer};
use switchboard::domain::call::Report;
use switchboard::domain::link::Link;
use switchboard::domain::question::{Question, QuestionId, Wants};
use switchboard::domain::text::Clean;

use super::desk::Desk;
use super::world;

fn asked(cols: u16, rows: u16, question: Question) -> Desk {
    let mut desk = Desk::open(cols, rows);
    desk.done();
    desk.report(Report::Question(Box::new(question)));
    desk
}

fn armed(cols: u16, rows: u16, question: Question) -> Desk {
    let mut desk = asked(cols, rows, question);
    desk.wait(500);
    desk
}

#[test]
fn forms() {
    assert_snapshot!("question_unarmed", asked(80, 24, world::form()).screen());
    assert_snapshot!("question_80", armed(80, 24, world::form()).screen());
    assert_snapshot!(
        "question_120",
        armed(120, 40, world::form()).keys("audit <tab><tab><tab><right>").screen()
    );
    let mut desk = armed(80, 24, world::form());
    desk.keys("audit<enter><enter><enter><enter>");
    assert_snapshot!("question_80_last_field", desk.screen());
    assert_snapshot!("question_small", armed(40, 12, world::form()).screen());
    assert_snapshot!("question_too_small", armed(28, 8, world::form()).screen());
}

#[test]
fn pages() {
    let address = "https://pay.example.com@evil.example.net/confirm?session=0123456789abcdef0123456789abcdef0123456789abcdef";
    let mut desk = armed(80, 24, world::page(address));
    assert_snapshot!("question_page", desk.screen());
    desk.done();
    desk.keys("<enter>xz");
    assert_eq!(desk.done(), Vec::<String>::new());
    desk.keys("o");
    let done = desk.done();
    assert!(done[0].starts_with("Visit(QuestionId(8)") && done[0].contains(address), "{done:?}");
    assert_eq!((done.len(), desk.model.place()), (1, Place::Question), "no browser was started yet");
    desk.event(Event::Trouble("No browser could be started.".into()));
    assert_eq!(desk.done(), Vec::<String>::new());
    desk.event(Event::Visited(QuestionId(9)));
    desk.event(Event::Visited(QuestionId(8)));
    assert_eq!(desk.done(), ["Answer(QuestionId(8), Filled([]))"]);
    let mut desk = armed(80, 24, world::page(address));
    desk.done();
    desk.keys("y");
    assert!(desk.done()[0].contains(address) && desk.model.place() == Place::Overview);
}

#[test]
fn what_was_typed_before_it_could_be_read_is_no_answer() {
    let mut desk = asked(80, 24, world::form());
    for _ in 0..40 {
        desk.wait(100);
        desk.keys("x<enter><esc><ctrl-d>");
        desk.event(Event::Paste("pasted".into()));
    }
    assert_eq!((desk.done(), desk.model.place()), (vec![], Place::Question));
    desk.wait(499);
    assert!(desk.text().contains("wait…"));
    desk.wait(1);
    assert!(!desk.text().contains("wait…") && !desk.text().contains('x'.to_string().repeat(2).as_str()));
    desk.keys("<esc>");
    assert_eq!(
        (desk.done(), desk.model.place()),
        (vec!["Answer(QuestionId(7), Cancelled)".to_owned()], Place::Overview)
    );
}

#[test]
fn fields_are_filled_in_and_sent_by_name() {
    let mut desk = armed(80, 24, world::form());
    desk.done();
    desk.keys("audit<enter><ctrl-u>7<enter><right><enter><left><enter><space><right><space><enter>");
    let filled = "Answer(QuestionId(7), Filled([(\"reason\", \"audit\"), (\"days\", \"7\"), (\"closed\", \"false\"), (\"team\", \"1\"), (\"notify\", \"2\\n3\")]))";
    assert_eq!(desk.done(), [filled]);
}

#[test]
fn what_is_wanting_is_said_and_shown() {
    let mut desk = armed(80, 24, world::form());
    desk.done();
    desk.keys("<tab><ctrl-u>many<tab><tab><tab><enter>");
    assert!(desk.text().contains("Reason is needed"), "{}", desk.text());
    desk.keys("r<tab><tab><tab><tab><enter>");
    assert!(desk.text().contains("Days has to be a whole number."), "{}", desk.text());
    assert_eq!(desk.done(), Vec::<String>::new());
    desk.keys("<ctrl-d>");
    assert_eq!(desk.done(), ["Answer(QuestionId(7), Declined)"]);
}

#[test]
fn the_server_may_take_it_back_and_a_lost_link_does() {
    let mut desk = armed(80, 24, world::form());
    desk.report(Report::Unasked(QuestionId(99)));
    assert_eq!(desk.model.place(), Place::Question);
    desk.report(Report::Unasked(QuestionId(7)));
    assert_eq!(desk.model.place(), Place::Overview);
    assert!(desk.text().contains("The server took its question back."));
    let mut desk = armed(80, 24, world::form());
    desk.report(Report::Link(Link::Down { fault: world::offline(), retry_in: None }));
    assert_eq!(desk.model.place(), Place::Overview);
}

#[test]
fn one_after_another_each_with_its_own_quiet() {
    let mut desk = armed(80, 24, world::form());
    for number in 100..130 {
        desk.report(Report::Question(Box::new(Question {
            id: QuestionId(number),
            ..world::page("https://a.example")
        })));
    }
    let put_off = desk.done();
    assert_eq!((put_off.len(), put_off[0].as_str()), (15, "Answer(QuestionId(115), Cancelled)"));
    assert!(desk.text().contains("15 more after this"));
    desk.keys("<esc><esc>o");
    assert_eq!(desk.done(), ["Answer(QuestionId(7), Cancelled)"]);
    desk.wait(500);
    desk.keys("<esc>");
    assert_eq!(desk.done(), ["Answer(QuestionId(100), Cancelled)"]);
}

#[test]
fn it_lies_over_help_and_editor_and_gives_the_keys_back() {
    let mut desk = Desk::open(80, 24);
    desk.keys("?");
    desk.report(Report::Question(Box::new(world::form())));
    assert_eq!(desk.model.place(), Place::Question);
    desk.wait(600);
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Help);
}

/// A server that says our own words stays behind its mark, in its own box.
#[test]
fn it_cannot_look_like_the_confirmation() {
    let words = "Save this change?\n\nArticle 9001001 \"Refunds\"\nTo save it, type the word publish, letter by letter.\n\n[ Cancel ]  Esc. Enter does not confirm.\n› ▏";
    let question =
        Question { id: QuestionId(1), message: Clean::text(words), wants: Wants::Form(Vec::new()) };
    let mut desk = armed(80, 24, question);
    assert_snapshot!(desk.screen());
    for line in
        desk.text().lines().filter(|line| line.contains("Save this change?") || line.contains("publish"))
    {
        assert!(line.contains("▎ "), "{line}");
    }
    desk.keys("publish");
    assert_eq!(desk.done(), Vec::<String>::new());
}

#[test]
fn it_counts_from_the_frame_that_shows_it() {
    let mut desk = Desk::open(80, 24);
    desk.done();
    desk.paints = false;
    desk.report(Report::Question(Box::new(world::form())));
    desk.keys("x");
    desk.wait(600);
    desk.keys("<esc>");
    desk.event(Event::Paste("pasted".into()));
    desk.wait(600);
    desk.keys("<ctrl-d>");
    assert_eq!(desk.done(), Vec::<String>::new());
    desk.event(Event::Painted);
    desk.wait(499);
    assert!(desk.text().contains("wait…"));
    desk.wait(1);
    desk.keys("<esc>");
    assert_eq!(desk.done(), ["Answer(QuestionId(7), Cancelled)"]);
}

#[test]
fn time_in_a_window_that_is_too_small_to_read_it_does_not_count() {
    let mut desk = asked(28, 8, world::form());
    desk.wait(60_000);
    desk.resize(80, 24);
    desk.keys("<ctrl-d>");
    assert_eq!((desk.done(), desk.model.place()), (vec![], Place::Question));
    desk.resize(20, 5);
    desk.wait(500);
    desk.resize(80, 24);
    assert!(desk.text().contains("wait…"));
    desk.wait(500);
    desk.keys("<ctrl-d>");
    assert_eq!(desk.done(), ["Answer(QuestionId(7), Declined)"]);
}

/// What was emptied is said to be empty, so that nobody puts the default in its place.
#[test]
fn a_cleared_field_is_sent_cleared() {
    let mut desk = armed(80, 24, world::form());
    desk.done();
    desk.keys("audit<enter><ctrl-u><enter><enter><enter><space><right><right><space><enter>");
    let filled = "Answer(QuestionId(7), Filled([(\"reason\", \"audit\"), (\"days\", \"\"), (\"closed\", \"true\"), (\"team\", \"2\"), (\"notify\", \"\")]))";
    assert_eq!(desk.done(), [filled]);
}

#[test]
fn somebody_who_types_is_not_interrupted() {
    let mut desk = Desk::open(80, 24);
    desk.keys("w/ab");
    desk.wait(400);
    desk.report(Report::Question(Box::new(world::form())));
    desk.keys("cd");
    desk.wait(999);
    assert_eq!(desk.model.place(), Place::SearchLine);
    assert!(desk.text().contains("The server asks something"), "{}", desk.text());
    desk.event(Event::Paste("ef".into()));
    desk.wait(999);
    assert_eq!(desk.model.place(), Place::SearchLine);
    assert!(desk.text().contains("abcdef"), "{}", desk.text());
    assert!(matches!(desk.effects.last(), Some(Effect::Timer(Timer::Asked, 1))), "{:?}", desk.effects.last());
    desk.wait(1);
    assert_eq!(desk.model.place(), Place::Question);
}

#[test]
fn it_is_laid_out_only_when_something_changed() {
    let mut desk = armed(80, 24, world::form());
    desk.model.questions.rows.clear();
    desk.event(Event::Minute);
    assert!(desk.model.questions.rows.is_empty(), "nothing changed");
    desk.keys("x");
    assert!(desk.text().contains("Reason") && desk.text().contains("x▏"), "{}", desk.text());
    desk.model.questions.rows.clear();
    desk.resize(79, 24);
    desk.resize(60, 24);
    assert!(!desk.model.questions.rows.is_empty(), "another width");
}

#[test]
fn nothing_is_answered_that_lies_below_the_servers_words() {
    let words = Clean::text(&"Many words that say very little. ".repeat(60));
    let Wants::Form(fields) = world::form().wants else { panic!("no form") };
    let wants = Wants::Form(fields.into_iter().skip(1).take(1).collect());
    let mut desk = armed(80, 24, Question { message: words.clone(), wants, ..world::form() });
    desk.done();
    desk.keys("<enter>");
    assert_eq!(desk.done(), Vec::<String>::new());
    assert!(desk.text().contains("30▏"), "{}", desk.text());
    desk.keys("<enter>");
    assert_eq!(desk.done(), ["Answer(QuestionId(7), Filled([(\"days\", \"30\")]))"]);
    let mut desk = armed(80, 24, Question { message: words, ..world::page("https://a.example/x") });
    desk.done();
    desk.keys("o");
    assert_eq!(desk.done(), Vec::<String>::new());
    assert!(desk.text().contains("https://a.example/x"), "{}", desk.text());
    desk.keys("o");
    assert_eq!(desk.done().len(), 1);
}
