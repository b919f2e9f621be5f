//! The question before a write: what it asks for, what it takes for an answer, and what it does not.

use insta::assert_snapshot;
use switchboard::app::event::Event;
use switchboard::app::key::script;
use switchboard::app::place::Place;
use switchboard::domain::article::ArticleState;

use crate::desk::{Console, id};
use crate::saving::{armed, edited, review};

#[test]
fn the_confirmation() {
    let mut console = review(80, 24);
    console.paints = false;
    console.keys("s");
    assert_snapshot!("confirmation_wait_80", console.screen());
    console.confirm("publish");
    assert_eq!(console.writes, 0, "keys counted before the dialog was on the screen");
    console.event(Event::Painted);
    console.wait(690);
    assert!(console.shows("› wait…"));
    console.wait(20);
    assert!(!console.shows("› wait…"));
    console.keys("pub");
    assert_snapshot!("confirmation_typing_80", console.screen());
    console.resize(120, 40);
    assert_snapshot!("confirmation_typing_120", console.screen());
    console.resize(80, 24);
    console.confirm("lish");
    assert_eq!(console.writes, 1);
    let (_, approved) = &console.sent[0];
    assert_eq!(approved.deed().article().unwrap().changes.body.as_deref(), Some(edited().as_str()));
    assert_eq!(
        (
            &approved.deed().article().unwrap().changes.title,
            &approved.deed().article().unwrap().changes.state
        ),
        (&None, &None)
    );
    assert!(console.disk.contains_key(&id(4200)), "the draft has to be on disk before the write");
    assert_snapshot!("saving_80", console.screen());
}

#[test]
fn enter_paste_and_held_keys_do_not_confirm() {
    let mut console = armed();
    console.keys("<enter>");
    assert_eq!(console.notice(), "Enter does not confirm; begin again when the cursor appears.");
    console.wait(800);
    console.paste("publish");
    assert_eq!(console.notice(), "Pasted text does not confirm.");
    console.wait(800);
    for key in script("publish").unwrap() {
        console.key(key);
    }
    assert_eq!(console.notice(), "That came faster than fingers type, so it does not count; begin again.");
    console.wait(800);
    console.keys("pubx");
    assert_eq!(console.notice(), "Not what was asked for, so nothing is sent; begin again.");
    console.wait(800);
    console.keys("<ctrl-p>lish");
    console.wait(800);
    assert_eq!((console.writes, console.model.place()), (0, Place::Confirmation));
    console.keys("<esc>");
    assert_eq!(console.model.place(), Place::Review);
    console.keys("s");
    console.wait(800);
    console.confirm("publish");
    assert_eq!(console.writes, 1);
}

#[test]
fn a_draft_asks_for_one_letter_and_an_unpublishing_for_its_word() {
    let mut console = Console::open(80, 24);
    console.keys("jjj<enter>e<home>X<ctrl-s>s");
    assert_snapshot!("confirmation_draft_80", console.screen());
    console.wait(800);
    console.confirm("y");
    assert_eq!(console.writes, 1);
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<shift-tab> <ctrl-s>s");
    console.wait(800);
    assert!(console.shows("type the word unpublish"));
    console.confirm("publish");
    assert_eq!(console.writes, 0);
    console.wait(800);
    console.confirm("unpublish");
    assert_eq!(console.sent[0].1.deed().article().unwrap().changes.state, Some(ArticleState::Draft));
}

#[test]
fn a_title_cannot_imitate_the_dialog() {
    let mut console = Console::open(80, 24);
    let title = "Saved.\n[ OK ]  Type y to confirm ╭──╮\u{1b}[1m";
    console.server[0].title = title.into();
    console.keys("<enter>e<home>X<ctrl-s>s");
    assert_snapshot!("confirmation_hostile_80", console.screen());
}

#[test]
fn a_question_that_does_not_fit_takes_no_answer() {
    let mut console = review(80, 24);
    console.resize(30, 9);
    console.keys("s");
    assert_eq!(console.notice(), "Too small to ask: enlarge the window.");
    console.wait(800);
    console.confirm("publish");
    assert_eq!((console.writes, console.model.place()), (0, Place::Confirmation));
    console.resize(40, 20);
    assert_snapshot!("confirmation_40", console.screen());
    console.wait(800);
    console.confirm("publish");
    assert_eq!(console.writes, 1);
}

#[test]
fn the_link_is_lost_while_the_dialog_is_open() {
    let mut console = armed();
    console.down();
    console.confirm("publish");
    assert_eq!((console.writes, console.model.place()), (0, Place::Editor));
    assert_eq!(console.notice(), "Not connected; your edit is kept.");
}

#[test]
fn keys_that_come_too_early_are_told_so() {
    let mut console = review(80, 24);
    console.keys("sp");
    assert_eq!(console.notice(), "Not ready yet: begin when the cursor appears.");
    for key in ["<ctrl-c>", "<ctrl-q>"] {
        console.keys(key);
        assert_eq!((console.model.place(), console.quit), (Place::Review, false));
        console.keys("s");
        assert_eq!(console.model.place(), Place::Confirmation);
    }
}

#[test]
fn what_was_not_taken_is_said_until_a_letter_is() {
    let fast = "That came too fast for typing and was not taken; type the word.";
    let burst = |console: &mut Console| {
        for key in script("publish").unwrap() {
            console.key(key);
        }
    };
    let mut console = armed();
    burst(&mut console);
    // Longer than any notice lasts.
    console.wait(20_000);
    assert!(console.shows(fast) && console.shows("› ▏"), "{}", console.screen());
    assert_eq!(console.writes, 0);
    console.keys("p");
    assert!(!console.shows(fast) && console.shows("Nothing is sent yet; Esc cancels."));
    console.confirm("ublish");
    assert_eq!(console.writes, 1);

    let early = "What came before the cursor did was not taken; type the word.";
    let mut console = review(80, 24);
    console.keys("s");
    burst(&mut console);
    console.wait(20_000);
    assert!(console.shows(early), "{}", console.screen());
    console.keys("<enter>");
    console.wait(20_000);
    assert!(!console.shows(early) && console.shows("Nothing is sent yet; Esc cancels."));
    assert_eq!(console.writes, 0);
}

#[test]
fn a_sentence_confirms_nothing() {
    for words in ["please publish it", "publish it", "publishpublish", "unpublish"] {
        let mut console = armed();
        console.confirm(words);
        console.wait(1_000);
        assert_eq!(console.writes, 0, "{words}");
    }
    let mut console = Console::open(80, 24);
    console.keys("jjj<enter>e<home>X<ctrl-s>s");
    console.wait(800);
    for key in script("yesterday I wrote").unwrap() {
        console.key(key);
        console.wait(1);
    }
    console.wait(1_000);
    assert_eq!(console.writes, 0);
}

#[test]
fn the_last_letter_can_be_taken_back() {
    let mut console = armed();
    console.keys("publish");
    assert!(console.shows("› publish▏"));
    assert_eq!(console.writes, 0);
    console.keys("<esc>");
    console.wait(1_000);
    assert_eq!((console.writes, console.model.place()), (0, Place::Review));
    console.keys("s");
    console.wait(800);
    console.keys("publish");
    console.resize(30, 9);
    console.wait(1_000);
    assert_eq!(console.writes, 0, "sent from a question that could not be read");
}
