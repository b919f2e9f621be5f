//! Merging by examples, and what holds for any three bodies.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Decision, Kind, Merge, Subject};
use crate::domain::article::{Article, ArticleRow, ArticleState, Parent};
use crate::domain::change::Draft;
use crate::domain::id::{AdminId, ArticleId};
use crate::domain::text::Clean;

fn article(body: &str) -> Article {
    Article {
        row: ArticleRow {
            id: ArticleId::read("1").unwrap(),
            title: Clean::fixed("Title"),
            description: Clean::default(),
            state: Some(ArticleState::Draft),
            parent: parent("7"),
            author: AdminId::read("11"),
            created_at: None,
            updated_at: None,
            address: Clean::default(),
            highlights: Vec::new(),
        },
        title: "Title".into(),
        description: "Summary".into(),
        description_said: true,
        body: body.into(),
    }
}

fn parent(id: &str) -> Option<Parent> {
    (!id.is_empty()).then(|| Parent { id: id.into(), kind: Clean::fixed("collection") })
}

fn merged(base: &str, mine: &str, theirs: &str) -> Merge {
    let mut draft = Draft::of(Arc::new(article(base)));
    draft.body = mine.into();
    Merge::of(draft, Arc::new(article(theirs)))
}

/// `abc` as three paragraphs, so that a body reads as its letters.
fn body(letters: &str) -> String {
    letters.chars().map(|letter| ["<p>", &letter.to_string(), "</p>"].concat()).collect()
}

fn letters(html: &str) -> String {
    html.replace("<p>", "").replace("</p>", "")
}

/// The pieces of the body: `=` same, `m` mine, `t` theirs, `&` agreed, and overlaps as `base|mine|theirs`.
fn shape(base: &str, mine: &str, theirs: &str) -> String {
    let merge = merged(&body(base), &body(mine), &body(theirs));
    let told = merge.pieces().iter().enumerate().skip(5).map(|(at, piece)| {
        let sides = merge.sides(at).unwrap();
        let [base, mine, theirs] = [sides.base, sides.mine, sides.theirs].map(letters);
        match piece.kind {
            Kind::Same => format!("={base}"),
            Kind::OnlyMine => format!("m{mine}"),
            Kind::OnlyTheirs => format!("t{theirs}"),
            Kind::Agreed => format!("&{mine}"),
            Kind::Overlap => format!("[{base}|{mine}|{theirs}]"),
        }
    });
    told.collect::<Vec<_>>().join(" ")
}

#[test]
fn blocks_that_one_side_changed_merge_by_themselves() {
    for (base, mine, theirs, wanted) in [
        ("abc", "abc", "abc", "=abc"),
        ("abcde", "aXcde", "abcYe", "=a mX =c tY =e"),
        // Neighbours are different places.
        ("abcd", "aXcd", "abYd", "=a mX tY =d"),
        ("abcd", "aXYd", "abYd", "=a mX &Y =d"),
        ("abc", "abXc", "aYbc", "=a tY =b mX =c"),
        ("abc", "abc", "bc", "t =bc"),
        ("", "X", "", "mX"),
        ("abc", "aXc", "aXc", "=a &X =c"),
        ("abc", "ac", "ac", "=a & =c"),
        // An insertion beside a block that the other side changed or removed has a clear place.
        ("abc", "aXbc", "aYc", "=a mX tY =c"),
        ("abc", "aXbc", "ac", "=a mX t =c"),
        // The one put b first, the other a last.
        ("abcd", "bacd", "bcda", "mb t m =cd ta"),
    ] {
        assert_eq!(shape(base, mine, theirs), wanted, "{base} {mine} {theirs}");
    }
}

#[test]
fn what_both_changed_is_an_overlap() {
    for (base, mine, theirs, wanted) in [
        ("abc", "aXc", "aYc", "=a [b|X|Y] =c"),
        ("abc", "aXc", "ac", "=a [b|X|] =c"),
        // Both put something in at one place: the order is open.
        ("ab", "aXb", "aYb", "=a [|X|Y] =b"),
        ("", "X", "Y", "[|X|Y]"),
        ("ab", "aXb", "aYZb", "=a [|X|YZ] =b"),
        ("abc", "aXYc", "abZc", "=a [b|XY|bZ] =c"),
        ("abc", "aXYc", "aZbc", "=a [b|XY|Zb] =c"),
        // Only the block that both touched.
        ("abcde", "aXYde", "abZWe", "=a mX [c|Y|Z] tW =e"),
        // Moved by the one, removed or moved elsewhere by the other.
        ("abcd", "bcda", "bcd", "& =bcd [|a|]"),
        ("abcd", "bcd", "bcda", "& =bcd [||a]"),
        // Something put into what was removed.
        ("abcd", "abXcd", "ad", "=a [bc|bXc|] =d"),
    ] {
        assert_eq!(shape(base, mine, theirs), wanted, "{base} {mine} {theirs}");
    }
}

#[test]
fn there_is_no_result_before_all_is_decided() {
    let mut merge = merged(&body("abcde"), &body("aXcYe"), &body("aVcWe"));
    let overlaps: Vec<usize> = merge.overlaps().collect();
    assert_eq!((overlaps.len(), merge.undecided(), merge.result()), (2, 2, None));
    assert!(merge.decide(overlaps[0], Decision::Both));
    assert_eq!((merge.undecided(), merge.result()), (1, None));
    assert!(!merge.decide(5, Decision::Mine), "nothing to decide about what is the same");
    assert!(!merge.decide(99, Decision::Mine));
    let result = |merge: &Merge| letters(&merge.result().unwrap().body);
    assert!(merge.decide(overlaps[1], Decision::Mine));
    assert_eq!(result(&merge), "aVXcYe");
    merge.decide(overlaps[1], Decision::Theirs);
    assert_eq!(result(&merge), "aVXcWe");
    merge.decide(overlaps[1], Decision::Own("<p>Z</p>".into()));
    assert_eq!(result(&merge), "aVXcZe");
    assert_eq!(merge.result().unwrap().base(), merge.theirs());
}

/// The kinds of the five fields, as in `shape`, for a draft and a copy that were changed so.
fn fields(change: impl Fn(&mut Article, &mut Draft, &mut Article)) -> (String, Merge) {
    let (mut base, mut theirs) = (article(""), article(""));
    let mut draft = Draft::of(Arc::new(base.clone()));
    change(&mut base, &mut draft, &mut theirs);
    let mut mine = Draft::of(Arc::new(base));
    (mine.title, mine.description, mine.state) = (draft.title, draft.description, draft.state);
    (mine.author, mine.parent) = (draft.author, draft.parent);
    let merge = Merge::of(mine, Arc::new(theirs));
    let sign = |kind| match kind {
        Kind::Same => '=',
        Kind::OnlyMine => 'm',
        Kind::OnlyTheirs => 't',
        Kind::Agreed => '&',
        Kind::Overlap => '!',
    };
    (merge.pieces().iter().map(|piece| sign(piece.kind)).collect(), merge)
}

#[test]
fn fields_merge_whole() {
    let (kinds, merge) = fields(|_, mine, theirs| {
        mine.title = "Mine".into();
        theirs.description = "Theirs".into();
        (mine.state, theirs.row.state) = (ArticleState::Published, Some(ArticleState::Published));
        theirs.row.author = AdminId::read("12");
        (mine.parent, theirs.row.parent) = (parent("8"), parent("9"));
    });
    assert_eq!(kinds, "mt&t!");
    let mut merge = merge;
    assert!(!merge.decide(4, Decision::Both) && !merge.decide(4, Decision::Own("8".into())));
    assert!(merge.decide(4, Decision::Mine));
    let result = merge.result().unwrap();
    assert_eq!((result.title.as_str(), result.description.as_str()), ("Mine", "Theirs"));
    assert_eq!((result.state, result.parent), (ArticleState::Published, parent("8")));
    assert_eq!(result.author, AdminId::read("12"), "nobody here chose an author");
    merge.decide(4, Decision::Theirs);
    assert_eq!(merge.result().unwrap().parent, parent("9"));
}

#[test]
fn a_title_can_be_both_or_typed_anew() {
    let (kinds, mut merge) = fields(|_, mine, theirs| {
        mine.title = "Mine".into();
        theirs.title = "Theirs".into();
    });
    assert_eq!(kinds, "!====");
    merge.decide(0, Decision::Both);
    assert_eq!(merge.result().unwrap().title, "Theirs Mine");
    merge.decide(0, Decision::Own("Own".into()));
    assert_eq!(merge.result().unwrap().title, "Own");
}

#[test]
fn a_summary_that_is_not_said_is_no_news() {
    let unsay = |article: &mut Article| {
        article.description_said = false;
        article.description = "".into();
    };
    let (kinds, merge) = fields(|_, _, theirs| unsay(theirs));
    assert_eq!(kinds, "=====");
    assert!(!merge.result().unwrap().is_changed());
    let (kinds, merge) = fields(|_, mine, theirs| {
        unsay(theirs);
        mine.description = "Typed".into();
    });
    assert_eq!((kinds.as_str(), merge.result().unwrap().description.as_str()), ("=m===", "Typed"));
    let (kinds, merge) = fields(|base, mine, _| {
        unsay(base);
        mine.description = String::new();
    });
    assert_eq!((kinds.as_str(), merge.result().unwrap().description.as_str()), ("=====", "Summary"));
    // What was typed over nothing known would hide what is there.
    let typed = |said: &'static str| {
        fields(move |base, mine, theirs| {
            unsay(base);
            mine.description = "Typed".into();
            theirs.description = said.into();
        })
        .0
    };
    assert_eq!([typed("Summary"), typed("Typed"), typed("")], ["=!===", "=&===", "=m==="]);
}

#[test]
fn an_author_stamped_by_the_server_is_an_overlap_only_for_a_chosen_one() {
    let stamped = |mine: Option<&'static str>| {
        fields(move |_, draft, theirs| {
            theirs.row.author = AdminId::read("99");
            if let Some(mine) = mine {
                draft.author = AdminId::read(mine);
            }
        })
        .0
    };
    assert_eq!([stamped(None), stamped(Some("12")), stamped(Some("99"))], ["===t=", "===!=", "===&="]);
    let unsaid = |_: &mut Article, mine: &mut Draft, theirs: &mut Article| {
        (mine.author, mine.parent) = (AdminId::read("12"), None);
        (theirs.row.author, theirs.row.parent) = (None, None);
    };
    assert_eq!(fields(unsaid).0, "===m=");
    let no_kind = |_: &mut Article, mine: &mut Draft, theirs: &mut Article| {
        mine.parent = parent("8");
        theirs.row.parent = Some(Parent { id: "7".into(), kind: Clean::default() });
    };
    assert_eq!(fields(no_kind).0, "====m", "the same place, of which the kind was not said");
}

#[test]
fn decisions_are_recalled_for_the_very_same_overlaps() {
    let mut before = merged(&body("abcdef"), &body("aXcYef"), &body("aVcWef"));
    let overlaps: Vec<usize> = before.overlaps().collect();
    before.decide(overlaps[0], Decision::Theirs);
    before.decide(overlaps[1], Decision::Both);
    let mut again = merged(&body("abcdef"), &body("aXcYef"), &body("aVcZeT"));
    assert_eq!((again.recall(&before), again.undecided()), (1, 1));
    let decided: Vec<_> = again.overlaps().map(|at| again.pieces()[at].decision.clone()).collect();
    assert_eq!(decided, [Some(Decision::Theirs), None]);
}

#[test]
fn a_megabyte_that_both_rewrote_is_laid_together() {
    let long = |word: &str| -> String {
        (0..40_000).map(|at| ["<p>", word, " ", &at.to_string(), "</p>"].concat()).collect()
    };
    let repeated = |block: &str| block.repeat(60_000);
    for (base, mine, theirs) in [
        (long("base"), long("mine"), long("theirs")),
        (repeated("<p>a</p>"), repeated("<p>a</p><p>b</p>"), repeated("<p>b</p><p>a</p>")),
        (long("base"), long("base").replace("7<", "x<"), long("base").replace("3<", "y<")),
    ] {
        let mut merge = merged(&base, &mine, &theirs);
        for at in merge.overlaps().collect::<Vec<_>>() {
            merge.decide(at, Decision::Mine);
        }
        assert!(merge.result().is_some());
    }
}

fn letters_of(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!['a', 'b', 'c', 'X', 'Y']), 0..most)
        .prop_map(|letters| letters.into_iter().collect())
}

fn html() -> impl Strategy<Value = String> {
    let parts =
        ["<p>a</p>", "<p>b</p>\n", "words", "<div>", "</div>", "<ul><li>x</ul>", " ", "é<b>", "<!-- -->"];
    prop::collection::vec(prop::sample::select(parts.to_vec()), 0..10).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn pieces_are_the_whole_of_every_side((base, mine, theirs) in (html(), html(), html())) {
        let merge = merged(&base, &mine, &theirs);
        let mut whole = [String::new(), String::new(), String::new()];
        for (at, piece) in merge.pieces().iter().enumerate().filter(|(_, p)| p.subject == Subject::Body) {
            let sides = merge.sides(at).unwrap();
            for (whole, part) in whole.iter_mut().zip([sides.base, sides.mine, sides.theirs]) {
                whole.push_str(part);
            }
            let wanted = match (sides.mine == sides.base, sides.theirs == sides.base) {
                (true, true) => Kind::Same,
                (false, true) => Kind::OnlyMine,
                (true, false) => Kind::OnlyTheirs,
                (false, false) if sides.mine == sides.theirs => Kind::Agreed,
                (false, false) => Kind::Overlap,
            };
            // One side put in what both took away elsewhere.
            let moved = piece.kind == Kind::Overlap && matches!(wanted, Kind::OnlyMine | Kind::OnlyTheirs);
            prop_assert!(piece.kind == wanted || moved);
        }
        prop_assert_eq!(whole, [base, mine, theirs]);
    }

    #[test]
    fn one_writer_alone_has_his_way((base, mine) in (html(), html())) {
        let alone = merged(&base, &mine, &base);
        prop_assert_eq!(alone.result().unwrap().body, mine.clone());
        let other = merged(&base, &base, &mine);
        prop_assert_eq!(other.result().unwrap().body, mine.clone());
        let alike = merged(&base, &mine, &mine);
        prop_assert_eq!(alike.result().unwrap().body, mine);
    }

    #[test]
    fn both_sides_are_treated_alike(
        (base, mine, theirs) in (letters_of(8), letters_of(8), letters_of(8))
    ) {
        let [base, mine, theirs] = [base, mine, theirs].map(|letters| body(&letters));
        let (mut here, mut there) = (merged(&base, &mine, &theirs), merged(&base, &theirs, &mine));
        prop_assert_eq!(here.pieces().len(), there.pieces().len());
        for at in here.overlaps().collect::<Vec<_>>() {
            prop_assert!(here.decide(at, Decision::Mine) && there.decide(at, Decision::Theirs));
        }
        prop_assert_eq!(here.result().unwrap().body, there.result().unwrap().body);
    }
}
