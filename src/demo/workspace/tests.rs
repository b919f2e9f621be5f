//! Tests of loading and growing.

use super::super::article_html::stored_article;
use super::*;

const NOW: i64 = 1_790_000_000;

fn grown(scale: usize) -> Workspace {
    load(Clock::starting_at(NOW), Some(scale)).unwrap()
}

#[test]
fn the_shipped_workspace_loads_with_nothing_lost() {
    let workspace = load(Clock::starting_at(NOW), None).unwrap();
    assert!(workspace.conversations.len() >= 5);
    assert!(workspace.people.len() >= 3);
    assert!(workspace.articles.len() >= 4);
    for (index, record) in (0..).zip(&workspace.conversations) {
        assert_eq!(
            workspace.conversation_at(&record.id.to_string()),
            Some(index),
            "two conversations share an id"
        );
        assert!(workspace.conversation_updated(index) <= NOW);
    }
}

#[test]
fn growing_is_the_same_every_time() {
    let (one, two) = (grown(3_000), grown(3_000));
    assert_eq!(one.conversations, two.conversations);
    assert_eq!(one.conversations.len(), 3_000);
    assert_eq!(one.conversation_order, two.conversation_order);
    assert_eq!(one.people.len(), 300.max(one.seeds.len()));
    assert_eq!(one.person_ids.len(), one.people.len(), "two contacts share an id");
}

#[test]
fn a_big_workspace_has_one_long_thread() {
    let workspace = grown(1_000);
    assert_eq!(workspace.conversations.len(), 1_000);
    let index = workspace.conversation_at("900000099999").unwrap();
    assert_eq!(workspace.conversation(index).unwrap().1.parts.len(), 500);
    assert!(grown(999).conversation_at("900000099999").is_none());
}

#[test]
fn cutting_down_works() {
    assert_eq!(grown(2).conversations.len(), 2);
}

#[test]
fn a_hundred_thousand_stay_compact() {
    assert!(size_of::<Record>() <= 100);
    assert!(size_of::<Person>() <= 100);
}

#[test]
fn a_note_wakes_and_moves_to_the_front() {
    let mut workspace = load(Clock::starting_at(NOW), None).unwrap();
    let index =
        workspace.conversation_order.iter().copied().find(|&i| workspace.conversation_state(i) == "snoozed");
    let index = index.unwrap();
    let note = Note { kind: "note_and_unsnooze", body: "<p>a</p>".to_owned(), author: 1, at: NOW + 5 };
    workspace.add_note(index, note);
    assert_eq!(workspace.conversation_state(index), "open");
    assert_eq!(workspace.conversation_order.first(), Some(&index));
    assert_eq!(workspace.conversation_order.len(), workspace.conversations.len());
}

fn shipped(text: &str) -> Vec<serde_json::Value> {
    serde_json::from_str(text).unwrap()
}

#[test]
fn no_shipped_record_is_dropped() {
    let workspace = load(Clock::starting_at(NOW), None).unwrap();
    let conversations = shipped(include_str!("../../../assets/demo/conversations.json"));
    assert_eq!(workspace.conversations.len(), conversations.len());
    assert_eq!(workspace.people.len(), shipped(include_str!("../../../assets/demo/contacts.json")).len());
    assert_eq!(workspace.companies.len(), shipped(include_str!("../../../assets/demo/companies.json")).len());
    assert_eq!(workspace.articles.len(), shipped(include_str!("../../../assets/demo/articles.json")).len());
}

#[test]
fn shipped_articles_in_stored_form_would_be_stored_unchanged() {
    let workspace = load(Clock::starting_at(NOW), None).unwrap();
    let mut unchanged = 0;
    for article in &workspace.articles {
        let Some(body) = &article.body else { continue };
        let once = stored_article(body).unwrap();
        assert_eq!(stored_article(&once).unwrap(), once, "{}", article.id);
        unchanged += usize::from(once == *body);
    }
    // Some articles ship with headings from before Intercom gave them ids.
    assert!(unchanged * 10 >= (workspace.articles.len() - 1) * 9, "{unchanged}");
}
