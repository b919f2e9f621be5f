use super::*;
use crate::domain::article::{ArticleRow, Parent};
use crate::domain::change::Compared;
use crate::domain::id::AdminId;
use crate::domain::text::{Clean, Raw};

fn article() -> Article {
    Article {
        row: ArticleRow {
            id: ArticleId::read("4200").unwrap(),
            title: Clean::line("Refunds"),
            description: Clean::line("How"),
            state: Some(ArticleState::Published),
            parent: Some(Parent { id: "77".into(), kind: Clean::fixed("collection") }),
            author: AdminId::read("11"),
            created_at: None,
            updated_at: Some(Unix(1)),
            address: Clean::default(),
            highlights: Vec::new(),
        },
        title: Raw::from("Refunds"),
        description: Raw::from("How"),
        description_said: true,
        body: Raw::from("<p>One</p>"),
    }
}

fn here() -> Workspace {
    Workspace { host: "mcp.example".into(), account: "acme".into() }
}

fn reviewed(edit: impl Fn(&mut Draft)) -> FourEyes {
    let mut draft = Draft::of(Arc::new(article()));
    edit(&mut draft);
    let Compared::Ready(review) = Review::compare(&draft, article()) else { panic!("no review") };
    FourEyes::of(&review, here(), Unix(1_800_000_000)).unwrap()
}

fn of_everything() -> FourEyes {
    reviewed(|draft| {
        draft.title = "Refunds!".into();
        draft.description = String::new();
        draft.body = "<p>Two</p>".into();
        draft.state = ArticleState::Draft;
        draft.author = AdminId::read("12");
        draft.parent = Some(Parent { id: "78".into(), kind: Clean::fixed("section") });
    })
}

#[test]
fn what_was_reviewed_comes_back_over_the_same_copy() {
    let handed = of_everything();
    assert!(handed.is_sound() && !handed.becomes_live());
    let later = Article { row: ArticleRow { updated_at: Some(Unix(9)), ..article().row }, ..article() };
    let draft = handed.draft_on(Arc::new(later.clone())).unwrap();
    let Compared::Ready(review) = Review::compare(&draft, later) else { panic!("no review") };
    assert_eq!(*review.changes(), handed.changes);
}

#[test]
fn a_moved_article_is_refused_and_what_moved_is_told() {
    let handed = of_everything();
    let moved = |edit: &dyn Fn(&mut Article)| {
        let mut fresh = article();
        edit(&mut fresh);
        handed.draft_on(Arc::new(fresh)).unwrap_err()
    };
    for (edit, what) in [
        (&(|a: &mut Article| a.title = Raw::from("x")) as &dyn Fn(&mut Article), "title"),
        (&|a: &mut Article| a.description = Raw::from("x"), "summary"),
        (&|a: &mut Article| a.description_said = false, "summary"),
        (&|a: &mut Article| a.body = Raw::from("<p>One</p> "), "text"),
        (&|a: &mut Article| a.row.state = Some(ArticleState::Draft), "state"),
        (&|a: &mut Article| a.row.author = None, "author"),
        (&|a: &mut Article| a.row.parent = None, "parent"),
    ] {
        assert_eq!(moved(edit), Refusal::Moved(vec![what]));
    }
    assert_eq!(moved(&|a| a.row.id = ArticleId::read("1").unwrap()), Refusal::OtherArticle);
}

#[test]
fn another_workspace_is_refused_and_another_name_for_it_is_not() {
    let handed = of_everything();
    let at = |host: &str, account: &str| Workspace { host: host.into(), account: account.into() };
    assert_eq!(handed.belongs_to(&at("mcp.example", "")), Ok(()));
    assert_eq!(handed.belongs_to(&at("mcp.eu.example", "acme")), Err(Refusal::Elsewhere));
    assert_eq!(here().words(), "mcp.example (account acme)");
    assert_eq!(at("mcp.example", "mcp.example").words(), "mcp.example");
}

#[test]
fn what_does_not_hang_together_is_not_sound() {
    let sound = of_everything();
    let mut other = sound.clone();
    other.base.body.push(' ');
    assert!(!other.is_sound());
    let empty = FourEyes { changes: Changes::default(), ..sound.clone() };
    assert!(!empty.is_sound());
    let local = FourEyes { article: ArticleId::new_local(1), ..sound.clone() };
    assert!(!local.is_sound());
    // A change to what is there already is none.
    let same = Changes { title: Some("Refunds".into()), ..Changes::default() };
    let idle = FourEyes { changes: same, ..sound };
    assert_eq!(idle.draft_on(Arc::new(article())), Err(Refusal::Nothing));
}

#[test]
fn no_two_copies_share_a_hash_by_where_their_fields_end() {
    let id = ArticleId::read("1").unwrap();
    let base = Version::of(&article());
    let hash = |title: &str, description: &str, said| {
        let base = Version { title: title.into(), description: description.into(), ..base.clone() };
        base_hash(&id, &base, said)
    };
    let all = [hash("ab", "c", true), hash("a", "bc", true), hash("ab", "c", false), hash("ab", "", true)];
    assert!(all.iter().all(|one| one.len() == 64 && all.iter().filter(|other| one == *other).count() == 1));
    assert_eq!(hash("ab", "c", false), hash("ab", "d", false), "a summary that was not said");
}

#[test]
fn a_new_article_is_not_handed_over() {
    let mut fresh = article();
    fresh.row.id = ArticleId::new_local(1);
    let mut draft = Draft::of(Arc::new(fresh.clone()));
    draft.title.push('x');
    let Compared::Ready(review) = Review::compare(&draft, fresh) else { panic!("no review") };
    assert_eq!(FourEyes::of(&review, here(), Unix(0)), None);
}
