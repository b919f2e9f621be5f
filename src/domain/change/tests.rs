//! The rules of the road: what a review says, what confirms, what became of a write.

#![expect(clippy::wildcard_enum_match_arm, reason = "a test names the one outcome it wants")]

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::domain::article::{Article, ArticleRow, ArticleState};
use crate::domain::call::{Fault, FaultKind};
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
    let mut steps =
        (1u64..).zip(word.chars()).map(|(n, c)| confirmation.press(c, at(QUIET_MILLIS + 100 * n)));
    match steps.find(|step| matches!(step, Step::Confirmed(..))) {
        Some(Step::Confirmed(_, intent)) => intent,
        other => panic!("{other:?}"),
    }
}

fn lost() -> Fault {
    Fault::new(FaultKind::Unreachable, "The connection was cut.", "")
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
    let Compared::Moved { fresh, .. } = Review::compare(&draft, moved) else { panic!() };
    draft.rebase(fresh.clone());
    assert_eq!((draft.title.as_str(), draft.body.as_str()), ("theirs", "<p>mine</p>"));
    assert!(matches!(Review::compare(&draft, (*fresh).clone()), Compared::Ready(_)));
}

#[test]
fn a_lost_write_is_settled_by_how_the_article_reads() {
    let base = article("a", "<h2>One</h2><p>two</p>", LIVE);
    let intent = intent(&base, |draft| draft.body = "<h2>One</h2><div>two three</div>".into());
    let reads = |body: &str| intent.settle(&article("a", body, LIVE), &lost());
    assert_eq!(reads("<h2>One</h2><div>two three</div>"), Fate::Landed);
    assert_eq!(reads("<h2>One</h2><p>two</p>"), Fate::NotLanded);
    assert_eq!(reads("<h1 id=\"h_1\">One</h1><p>two three</p>"), Fate::Altered);
    assert_eq!(reads("<h1>One</h1><p>two</p>"), Fate::CannotTell(lost()));
    assert_eq!(reads("<h1>One</h1><p>two three four</p>"), Fate::CannotTell(lost()));
    let renamed = article("b", "<h1>One</h1><p>two three</p>", LIVE);
    assert_eq!(intent.settle(&renamed, &lost()), Fate::Altered, "a title that was not sent says nothing");
}

#[test]
fn rewritten_markup_alone_cannot_be_told_from_somebody_elses() {
    let base = article("a", "<p>two</p>", LIVE);
    let markup = intent(&base, |draft| draft.body = "<div>two</div>".into());
    let reads = article("a", "<p class=\"no-margin\">two</p>", LIVE);
    assert_eq!(markup.settle(&reads, &lost()), Fate::CannotTell(lost()));
    let titled = intent(&base, |draft| {
        draft.body = "<div>two</div>".into();
        draft.title = "b".into();
    });
    let reads = article("b", "<p class=\"no-margin\">two</p>", LIVE);
    assert_eq!(titled.settle(&reads, &lost()), Fate::Altered);
    assert_eq!(titled.settle(&article("c", "<p>x</p>", LIVE), &lost()), Fate::CannotTell(lost()));
}

#[test]
fn a_changed_link_is_no_rewriting() {
    let base = article("a", "<p>x</p>", LIVE);
    let intent = intent(&base, |draft| draft.body = "<p><a href=\"https://a.example\">go</a></p>".into());
    let reads = article("a", "<p><a href=\"https://b.example\">go</a></p>", LIVE);
    assert_eq!(intent.settle(&reads, &lost()), Fate::CannotTell(lost()));
}

#[test]
fn a_write_that_was_taken_is_landed_or_altered() {
    let base = article("a", "<p>b</p>", DRAFT);
    let intent = intent(&base, |draft| draft.state = ArticleState::Published);
    assert_eq!(intent.read_back(&article("a", "<p>b</p>", LIVE)), Fate::Landed);
    assert_eq!(intent.read_back(&article("a", "<p>b</p>", DRAFT)), Fate::Altered);
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
