//! Articles that may answer a conversation: the words, fewer of them, the candidates, and the one that is read.

use insta::assert_snapshot;
use switchboard::app::{Effect, Screen};
use switchboard::domain::article::{ArticleRow, ArticleState};
use switchboard::domain::call::{Answer, Call, End, Fault, FaultKind};
use switchboard::domain::id::ArticleId;
use switchboard::domain::page::Page;
use switchboard::domain::text::Clean;

use super::desk::Desk;

fn asked(desk: &Desk) -> Vec<String> {
    let phrase = |call: &Call| match call {
        Call::SearchArticles { phrase, state: Some(ArticleState::Published) } => Some(phrase.clone()),
        _ => None,
    };
    desk.asked.iter().filter_map(|(_, call)| phrase(call)).collect()
}

fn answer(desk: &mut Desk, end: End) {
    let id = desk.asked.iter().find(|(_, call)| matches!(call, Call::SearchArticles { .. })).unwrap().0;
    desk.end(id, end);
}

fn nothing() -> End {
    End::Answer(Answer::Articles(Page { items: Vec::new(), next: None, total: Some(0), skipped: 0 }))
}

fn last(desk: &Desk) -> String {
    let last = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Copy(text) => Some(format!("copy {}", text.as_str())),
        Effect::Browse(text) => Some(format!("open {}", text.as_str())),
        _ => None,
    });
    last.unwrap()
}

/// The thread is open, its customer is known, and everything is answered.
fn thread(cols: u16, rows: u16) -> Desk {
    let mut desk = Desk::open(cols, rows);
    desk.keys("<enter>");
    desk.serve();
    desk
}

#[test]
fn candidates_80() {
    let mut desk = thread(80, 24);
    desk.keys("a").serve();
    assert_snapshot!(desk.screen());
}

#[test]
fn candidates_200() {
    let mut desk = thread(200, 60);
    desk.keys("a").serve();
    assert_snapshot!(desk.screen());
}

#[test]
fn the_candidate_beside_the_thread_120() {
    let mut desk = thread(120, 30);
    desk.keys("a").serve();
    desk.keys("<enter>").serve();
    assert_snapshot!(desk.screen());
}

#[test]
fn the_candidate_80() {
    let mut desk = thread(80, 24);
    desk.keys("a").serve();
    desk.keys("<enter>").serve();
    assert_snapshot!(desk.screen());
}

#[test]
fn looks_with_fewer_words_and_then_each_alone_and_says_so() {
    let mut desk = thread(80, 24);
    desk.keys("a");
    let mut phrases = vec![asked(&desk).join("|")];
    answer(&mut desk, nothing());
    assert_snapshot!("fewer_words_80", desk.screen());
    phrases.extend(asked(&desk));
    answer(&mut desk, nothing());
    phrases.extend(asked(&desk));
    answer(&mut desk, nothing());
    assert_snapshot!("each_alone_80", desk.screen());
    let all: Vec<String> = phrases[0].split(' ').map(str::to_owned).collect();
    for word in &all[1..] {
        assert_eq!(asked(&desk), std::slice::from_ref(word), "each of the others, in their order");
        answer(&mut desk, nothing());
    }
    assert!(asked(&desk).is_empty());
    let words: Vec<usize> = phrases.iter().map(|phrase| phrase.split(' ').count()).collect();
    assert_eq!(words, [5, 3, 1], "{phrases:?}");
    assert!(phrases[0].starts_with(&phrases[1]) && phrases[1].starts_with(&phrases[2]));
    for name in ["ana", "souza", "lumen"] {
        assert!(!phrases[0].contains(name), "{phrases:?}");
    }
    assert_snapshot!("nothing_found_80", desk.screen());
}

#[test]
fn a_word_that_finds_something_alone_is_the_last_that_is_looked_for_and_is_named() {
    let mut desk = thread(80, 24);
    desk.keys("a").serve();
    desk.keys("/<ctrl-u>黄色 アプリ charged deck<enter>");
    (0..3).for_each(|_| answer(&mut desk, nothing()));
    assert_eq!(asked(&desk), ["アプリ"]);
    answer(&mut desk, nothing());
    assert_eq!(asked(&desk), ["charged"]);
    desk.serve();
    assert!(desk.text().contains("found by charged"), "{}", desk.text());
    desk.keys("/<ctrl-u>黄色 deck<enter>");
    (0..2).for_each(|_| answer(&mut desk, nothing()));
    assert_eq!(asked(&desk), ["deck"]);
    desk.wait(400);
    desk.keys("<esc>");
    assert!(asked(&desk).is_empty() && desk.text().contains("Looking was cancelled."), "{}", desk.text());
}

#[test]
fn esc_goes_back_step_by_step() {
    let mut desk = thread(80, 24);
    desk.keys("a").serve();
    desk.keys("<enter>").serve();
    desk.keys("f<esc>");
    assert!(desk.text().contains("Pending charges"));
    desk.keys("<esc>");
    assert!(desk.text().contains("found by"));
    desk.keys("/<esc><esc>");
    assert!(!desk.text().contains("Does an article answer this?"));
    assert!(desk.text().contains("assigned to"), "the thread is here again: {}", desk.text());
}

#[test]
fn from_the_list_the_words_do_not_wait_for_the_thread() {
    let mut desk = Desk::open(80, 24);
    let line = desk.cursor_line();
    desk.keys("a");
    assert_eq!(asked(&desk).len(), 1);
    while !asked(&desk).is_empty() {
        answer(&mut desk, nothing());
    }
    desk.serve_one();
    assert_eq!(asked(&desk).len(), 1, "the thread has more words than the list");
    desk.serve();
    desk.keys("<esc>");
    assert_eq!(desk.cursor_line(), line);
    assert!(desk.model.inbox.reader.open.is_none());
}

#[test]
fn an_article_that_is_called_like_that_comes_before_one_that_has_the_word_in_its_text() {
    let mut desk = thread(80, 24);
    desk.keys("a").serve();
    desk.keys("/<ctrl-u>refunds<enter>");
    let row = |number: u64, title: &str, piece: &str| {
        let call = Call::SearchArticles { phrase: "charged".into(), state: Some(ArticleState::Published) };
        let End::Answer(Answer::Articles(page)) = super::world::answer(&call) else { unreachable!() };
        let id = ArticleId::read(&number.to_string()).unwrap();
        let highlights = vec![(Clean::text(piece), true)];
        let row = page.items.into_iter().next().unwrap();
        ArticleRow { id, title: Clean::line(title), highlights, ..row }
    };
    let items = vec![row(1, "Storm checklist", "refunds"), row(2, "Refunds of a sailing", "refunds")];
    answer(&mut desk, End::Answer(Answer::Articles(Page { items, next: None, total: Some(2), skipped: 0 })));
    let text = desk.text();
    assert!(text.find("Refunds of a sailing") < text.find("Storm checklist"), "{text}");
}

#[test]
fn other_words_are_looked_for_as_they_are_typed() {
    let mut desk = thread(80, 24);
    desk.keys("a").serve();
    desk.keys("/<ctrl-u>Invoice download<enter>");
    assert_eq!(asked(&desk), ["invoice download"]);
    desk.serve();
    assert!(desk.text().contains("1 published article found by all words"), "{}", desk.text());
    desk.keys("/<ctrl-u><enter>");
    assert_eq!(asked(&desk)[0].split(' ').count(), 5, "no words: the conversation's own");
}

#[test]
fn links_of_candidates() {
    let mut desk = thread(80, 24);
    desk.keys("a").serve();
    desk.keys("y");
    assert_eq!(last(&desk), "copy https://help.lumen.example/0");
    desk.keys("o");
    assert_eq!(last(&desk), "open https://help.lumen.example/0");
    desk.keys("jy");
    assert_eq!(last(&desk), "copy https://app.intercom.com/a/apps/_/articles/articles/9002/show");
    desk.keys("k<enter>").serve();
    desk.keys("y");
    assert_eq!(last(&desk), "copy https://help.lumen.example/0");
    desk.keys("f1<enter>");
    assert_eq!(last(&desk), "open https://bank.example/pending");
    desk.keys("Gf2y");
    assert_eq!(last(&desk), "copy https://bank.example/pending");
}

#[test]
fn a_call_is_cancelled_and_a_fault_is_told() {
    let mut desk = thread(80, 24);
    desk.keys("a");
    desk.wait(400);
    desk.keys("<esc>");
    assert!(asked(&desk).is_empty() && desk.text().contains("Looking was cancelled."), "{}", desk.text());
    desk.keys("r");
    let fault =
        Fault::new(FaultKind::Forbidden, "The token may not read articles.", "Give it \"Read articles\".");
    answer(&mut desk, End::Refused(fault));
    desk.keys("j");
    let text = desk.text();
    assert!(
        text.contains("The token may not read articles.") && text.contains("Give it \"Read articles\"."),
        "{text}"
    );
    desk.keys("r").serve();
    desk.keys("<enter>");
    desk.wait(400);
    desk.keys("<esc>");
    assert!(desk.asked.is_empty());
    desk.keys("<esc>");
    assert!(desk.text().contains("found by"));
}

#[test]
fn a_draft_begins_from_the_conversation() {
    let mut desk = thread(80, 24);
    desk.keys("a").serve();
    desk.keys("A");
    assert_eq!(desk.model.screen, Screen::Articles);
}

#[test]
fn late_answers_fall_on_the_floor() {
    let mut desk = thread(80, 24);
    desk.keys("a");
    let (id, call) =
        desk.asked.iter().find(|(_, call)| matches!(call, Call::SearchArticles { .. })).cloned().unwrap();
    desk.keys("<esc>");
    desk.end(id, super::world::answer(&call));
    assert!(!desk.text().contains("Does an article answer this?"));
}

#[test]
fn the_threads_words_are_taken_also_when_it_came_before_the_lists_found_nothing() {
    let mut desk = Desk::open(80, 24);
    desk.keys("a");
    let first = asked(&desk).remove(0);
    let thread = desk.asked.iter().find(|(_, call)| matches!(call, Call::Conversation(_))).cloned().unwrap();
    desk.end(thread.0, super::world::answer(&thread.1));
    assert_eq!(asked(&desk), std::slice::from_ref(&first), "what is under way is waited for");
    (0..3).for_each(|_| answer(&mut desk, nothing()));
    assert_eq!(asked(&desk).len(), 1, "{}", desk.text());
    assert_ne!(asked(&desk), [first]);
    let more = asked(&desk)[0].split(' ').count() - 1;
    (0..3 + more).for_each(|_| answer(&mut desk, nothing()));
    assert_eq!(asked(&desk), [""; 0], "and that is the end of it");
}

#[test]
fn more_articles_than_came_are_not_said_to_be_all() {
    let mut desk = thread(80, 24);
    desk.keys("a");
    let call =
        desk.asked.iter().find(|(_, call)| matches!(call, Call::SearchArticles { .. })).unwrap().1.clone();
    let Call::SearchArticles { phrase, state } = call else { unreachable!() };
    let phrase = phrase.split(' ').find(|word| *word == "charged").unwrap_or("charged").to_owned();
    let End::Answer(Answer::Articles(page)) = super::world::answer(&Call::SearchArticles { phrase, state })
    else {
        unreachable!()
    };
    answer(&mut desk, End::Answer(Answer::Articles(Page { total: Some(57), ..page })));
    assert!(desk.text().contains("2 of 57 published articles found"), "{}", desk.text());
}
