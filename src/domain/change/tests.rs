//! The rules of the road: what a review says, what confirms, what became of a write.

#![expect(clippy::wildcard_enum_match_arm, reason = "a test names the one outcome it wants")]

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::domain::article::{Article, ArticleRow, ArticleState};
use crate::domain::id::ArticleId;
use crate::domain::text::{Clean, Raw};
use crate::domain::time::Moment;

fn article(title: &str, body: &str, state: Option<ArticleState>) -> Article {
    let row = ArticleRow {
        id: ArticleId::read("4200").unwrap(),
        title: Clean::line(title),
        description: Clean::default(),
        state,
        parent: None,
        author: None,
        created_at: None,
        updated_at: None,
        address: Clean::default(),
        highlights: Vec::new(),
    };
    Article {
        row,
        title: Raw::from(title),
        description: Raw::default(),
        description_said: true,
        body: Raw::from(body),
    }
}

const LIVE: Option<ArticleState> = Some(ArticleState::Published);
const DRAFT: Option<ArticleState> = Some(ArticleState::Draft);

fn at(millis: u64) -> Moment {
    Moment { millis, ..Moment::default() }
}

fn review(base: &Article, change: impl FnOnce(&mut Draft)) -> Compared {
    let mut draft = Draft::of(Arc::new(base.clone()));
    change(&mut draft);
    Review::compare(&draft, base.clone())
}

fn ready(base: &Article, change: impl FnOnce(&mut Draft)) -> Box<Review> {
    match review(base, change) {
        Compared::Ready(review) => review,
        other => panic!("{other:?}"),
    }
}

/// Confirms with fingers: the intent of a write of these changes.
fn intent(base: &Article, change: impl FnOnce(&mut Draft)) -> Intent {
    let mut confirmation = Confirmation::of(ready(base, change));
    confirmation.painted(at(0));
    let word = match confirmation.demand() {
        Demand::Letter(letter) => letter.to_string(),
        Demand::Word(word) => word.to_owned(),
    };
    let mut last = at(0);
    for (n, letter) in (1u64..).zip(word.chars()) {
        last = at(QUIET_MILLIS + 100 * n);
        assert!(confirmation.settled(last).is_none());
        confirmation.press(letter, last);
    }
    assert!(confirmation.settled(at(last.millis + SETTLE_MILLIS - 1)).is_none());
    confirmation.settled(at(last.millis + SETTLE_MILLIS)).unwrap().1
}

#[test]
fn an_article_whose_state_was_not_said_counts_as_live() {
    let review = ready(&article("a", "<p>b</p>", None), |draft| draft.body.push('!'));
    assert!(review.is_live() && review.becomes_live());
    assert_eq!(Confirmation::of(review).demand(), Demand::Word("publish"));
}

#[test]
fn only_what_differs_is_sent() {
    let review = ready(&article("a", "<p>b</p>", DRAFT), |draft| draft.title = "c".into());
    assert_eq!(*review.changes(), Changes { title: Some("c".into()), ..Changes::default() });
    assert!(matches!(review_of_nothing(), Compared::Nothing));
}

fn review_of_nothing() -> Compared {
    review(&article("a", "b", LIVE), |_| ())
}

#[test]
fn a_moved_article_is_no_review_and_a_rebase_keeps_what_was_typed_only() {
    let base = article("a", "<p>b</p>", LIVE);
    let mut draft = Draft::of(Arc::new(base.clone()));
    draft.body = "<p>mine</p>".into();
    let moved = article("theirs", "<p>b</p>", LIVE);
    let Compared::Moved(fresh) = Review::compare(&draft, moved) else { panic!() };
    draft.rebase(fresh.clone());
    assert_eq!((draft.title.as_str(), draft.body.as_str()), ("theirs", "<p>mine</p>"));
    assert!(matches!(Review::compare(&draft, (*fresh).clone()), Compared::Ready(_)));
}

#[test]
fn a_lost_write_is_settled_by_how_the_article_reads() {
    let base = article("a", "<h2>One</h2><p>two</p>", LIVE);
    let intent = intent(&base, |draft| draft.body = "<h2>One</h2><div>two three</div>".into());
    let reads = |body: &str| intent.settle(&article("a", body, LIVE));
    assert_eq!(reads("<h2>One</h2><div>two three</div>"), Fate::Landed);
    assert_eq!(reads("<h2>One</h2><p>two</p>"), Fate::NotLanded);
    assert_eq!(reads("<h1 id=\"h_1\">One</h1><p>two three</p>"), Fate::Altered);
    assert_eq!(reads("<h1>One</h1><p>two</p>"), Fate::CannotTell);
    assert_eq!(reads("<h1>One</h1><p>two three four</p>"), Fate::CannotTell);
    let renamed = article("b", "<h1>One</h1><p>two three</p>", LIVE);
    assert_eq!(intent.settle(&renamed), Fate::Altered, "a title that was not sent says nothing");
}

#[test]
fn rewritten_markup_alone_cannot_be_told_from_somebody_elses() {
    let base = article("a", "<p>two</p>", LIVE);
    let markup = intent(&base, |draft| draft.body = "<div>two</div>".into());
    let reads = article("a", "<p class=\"no-margin\">two</p>", LIVE);
    assert_eq!(markup.settle(&reads), Fate::CannotTell);
    let titled = intent(&base, |draft| {
        draft.body = "<div>two</div>".into();
        draft.title = "b".into();
    });
    let reads = article("b", "<p class=\"no-margin\">two</p>", LIVE);
    assert_eq!(titled.settle(&reads), Fate::Altered);
    assert_eq!(titled.settle(&article("c", "<p>x</p>", LIVE)), Fate::CannotTell);
}

#[test]
fn a_changed_link_is_no_rewriting() {
    let base = article("a", "<p>x</p>", LIVE);
    let intent = intent(&base, |draft| draft.body = "<p><a href=\"https://a.example\">go</a></p>".into());
    let reads = article("a", "<p><a href=\"https://b.example\">go</a></p>", LIVE);
    assert_eq!(intent.settle(&reads), Fate::CannotTell);
}

#[test]
fn a_write_that_was_taken_is_landed_or_altered() {
    let base = article("a", "<p>b</p>", DRAFT);
    let intent = intent(&base, |draft| draft.state = ArticleState::Published);
    assert_eq!(intent.read_back(&article("a", "<p>b</p>", LIVE)), Fate::Landed);
    let both = intent_of_both(&base);
    let reads = |title: &str, body: &str, state| both.read_back(&article(title, body, state));
    assert_eq!(reads("c", "<p class=\"no-margin\">d</p>", LIVE), Fate::Altered);
    assert_eq!(reads(" c", "<p>d</p>", LIVE), Fate::Altered);
    assert_eq!(reads("c", "<p>b</p>", LIVE), Fate::CannotTell, "half of it");
    assert_eq!(reads("e", "<p>d</p>", LIVE), Fate::CannotTell);
    assert_eq!(reads("c", "<p>d</p>", DRAFT), Fate::CannotTell);
}

fn intent_of_both(base: &Article) -> Intent {
    intent(base, |draft| {
        (draft.title, draft.body) = ("c".into(), "<p>d</p>".into());
        draft.state = ArticleState::Published;
    })
}

#[test]
fn a_write_that_was_taken_and_changed_nothing_did_not_land() {
    let base = article("a", "<p>b</p>", DRAFT);
    assert_eq!(intent_of_both(&base).read_back(&base), Fate::NotLanded);
    let published = intent(&base, |draft| draft.state = ArticleState::Published);
    assert_eq!(published.read_back(&base), Fate::NotLanded);
    assert_eq!(published.settle(&base), Fate::NotLanded);
}

#[test]
fn what_the_server_leaves_unsaid_has_not_arrived() {
    let base = article("a", "<p>b</p>", DRAFT);
    let published = intent(&base, |draft| draft.state = ArticleState::Published);
    assert_eq!(published.read_back(&article("a", "<p>b</p>", None)), Fate::CannotTell);
    let summed = intent(&base, |draft| draft.description = "s".into());
    let mut silent = base.clone();
    silent.description_said = false;
    assert_eq!(summed.read_back(&silent), Fate::CannotTell);
    assert_eq!(summed.settle(&silent), Fate::CannotTell);
}

#[test]
fn an_unsaid_summary_is_no_difference_and_is_never_sent() {
    let mut said = article("a", "<p>b</p>", DRAFT);
    said.description = "Summary".into();
    let mut silent = article("a", "<p>b</p>", DRAFT);
    silent.description_said = false;
    for (base, fresh) in [(&said, &silent), (&silent, &said)] {
        let mut draft = Draft::of(Arc::new(base.clone()));
        assert!(matches!(Review::compare(&draft, fresh.clone()), Compared::Nothing));
        draft.body.push('!');
        let Compared::Ready(review) = Review::compare(&draft, fresh.clone()) else { panic!() };
        assert_eq!(*review.changes(), Changes { body: Some("<p>b</p>!".into()), ..Changes::default() });
        draft.description = "Mine".into();
        let Compared::Ready(review) = Review::compare(&draft, fresh.clone()) else { panic!() };
        assert_eq!(review.changes().description.as_deref(), Some("Mine"));
    }
}

fn dialog(state: Option<ArticleState>) -> Confirmation {
    let mut confirmation = Confirmation::of(ready(&article("a", "b", state), |draft| draft.body.push('!')));
    confirmation.painted(at(0));
    confirmation
}

#[test]
fn a_sentence_never_confirms() {
    for (state, gap) in [(LIVE, 90), (LIVE, 240), (DRAFT, 90), (DRAFT, 5)] {
        for words in ["please publish it", "publish it", "yesterday I wrote", "say yes", "publishh"] {
            let mut confirmation = dialog(state);
            for (n, letter) in (0u64..).zip(words.chars()) {
                let now = at(1_000 + n * gap);
                assert!(confirmation.settled(now).is_none(), "{words}");
                confirmation.press(letter, now);
            }
            let end = at(1_000 + gap * words.len() as u64 + 10_000);
            assert!(confirmation.settled(end).is_none(), "{words}");
        }
    }
}

#[test]
fn whatever_follows_the_last_letter_takes_it_back() {
    let mut confirmation = dialog(DRAFT);
    assert!(matches!(confirmation.press('y', at(1_000)), Step::Complete));
    assert_eq!((confirmation.typed(), confirmation.settles_in(at(1_100))), ("y", Some(SETTLE_MILLIS - 100)));
    confirmation.disturb(at(1_200));
    assert!(confirmation.settled(at(9_000)).is_none());
    assert!(matches!(confirmation.press('y', at(9_000)), Step::Complete));
    assert!(matches!(confirmation.press('y', at(9_200)), Step::Wrong));
    assert!(matches!(confirmation.press('y', at(9_800)), Step::TooSoon));
    assert!(matches!(confirmation.press('y', at(10_500)), Step::Complete));
    assert!(confirmation.settled(at(10_500 + SETTLE_MILLIS)).is_some());
    assert!(confirmation.settled(at(20_000)).is_none(), "one confirmation is one write");
}

#[test]
fn tells_when_it_will_take_keys() {
    let mut confirmation = Confirmation::of(ready(&article("a", "b", LIVE), |draft| draft.body.push('!')));
    assert_eq!(confirmation.armed_in(at(5_000)), None);
    confirmation.painted(at(5_000));
    assert_eq!(confirmation.armed_in(at(5_100)), Some(QUIET_MILLIS - 100));
    confirmation.disturb(at(5_200));
    assert_eq!(confirmation.armed_in(at(5_200)), Some(QUIET_MILLIS));
    assert_eq!(confirmation.armed_in(at(9_000)), Some(0));
    assert!(confirmation.is_armed(at(9_000)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_key_counts_before_the_dialog_was_painted(keys in "[publishy ]{0,40}", gap in 0u64..2_000) {
        let mut confirmation = Confirmation::of(ready(&article("a", "b", DRAFT), |draft| draft.body.push('!')));
        for (n, key) in (1u64..).zip(keys.chars()) {
            prop_assert!(matches!(confirmation.press(key, at(n * gap)), Step::TooSoon));
        }
    }
}
