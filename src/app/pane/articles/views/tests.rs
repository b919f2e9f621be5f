//! What the body promises, whatever view it is in.

use super::*;
use crate::app::event::StoredDraft;
use crate::app::key::script;
use crate::domain::article::Article;
use crate::domain::change::Version;
use crate::domain::id::ArticleId;

const HTML: &str = "<p>One.</p><h2>Two</h2><p>Three.</p>";

fn type_into(body: &mut Body, keys: &str) {
    body.arrange(Rect::new(0, 0, 80, 20), Rect::default());
    script(keys).unwrap().into_iter().for_each(|key| {
        body.press(key);
    });
}

#[test]
fn going_round_changes_no_byte_and_loses_no_undo() {
    let mut body = Body::of(HTML);
    body.turn();
    type_into(&mut body, "<ctrl-home>A ");
    let typed = format!("A {HTML}");
    for _ in 0..3 {
        (0..3).for_each(|_| body.turn());
        assert_eq!((body.view(), body.source()), (View::Html, typed.clone()));
    }
    assert!(body.travel(true) && !body.travel(true));
    assert_eq!(body.source(), HTML);
    assert!(!body.differs_from(HTML) && body.travel(false) && body.differs_from(HTML));
}

#[test]
fn what_was_typed_as_html_is_in_the_markdown() {
    let mut body = Body::of(HTML);
    body.turn();
    type_into(&mut body, "<ctrl-end><lt>p>Four.<lt>/p>");
    let html = body.source();
    assert_eq!(body.stored(), (html.clone(), None));
    body.turn();
    body.turn();
    assert!(body.editor().unwrap().text().any(|line| line.contains("Four.")));
    assert_eq!(body.source(), html);
    assert_eq!(body.stored(), (html, None));
}

#[test]
fn markdown_goes_to_disk_as_typed_and_comes_back() {
    let mut body = Body::of(HTML);
    type_into(&mut body, "<ctrl-end><enter><enter>Four *x*");
    let (html, markdown) = body.stored();
    assert_eq!(html, HTML);
    let mut restored = Body::of("");
    restored.restore(&html, markdown.as_deref(), None);
    assert_eq!((restored.source(), restored.stored()), (body.source(), (html, markdown)));
    restored.show_as(View::Html);
    assert_eq!(restored.source(), body.source());
}

#[test]
fn a_draft_over_another_spelling_changes_what_was_typed_and_nothing_else() {
    let html = "<p>One.</p><p class='a'>Two <i >x</i > y</p><ul><li>b</li></ul>";
    let before = "One.\n\nTwo _x_ y\n\n+ b";
    let typed = "One, typed.\n\nTwo _x_ y\n\n+ b";
    let wanted = html.replace("One", "One, typed");
    let mut body = Body::of("");
    body.restore(html, Some(typed), None);
    assert_ne!(body.source(), wanted, "this version spells it so");
    body.restore(html, Some(typed), Some(before));
    assert_eq!((body.source(), body.read_as()), (wanted.clone(), Some(before)));
    assert_eq!(body.stored(), (html.to_owned(), Some(typed.to_owned())));
    body.turn();
    assert_eq!(body.source(), wanted);
    let version = Version { body: html.to_owned(), ..Version::of(&Article::blank(ArticleId::new_local(1))) };
    let stored = StoredDraft {
        article: ArticleId::new_local(1),
        kept_at: 0,
        fields: version.clone(),
        base: version,
        markdown: Some(typed.to_owned()),
        read_as: Some(before.to_owned()),
    };
    assert_eq!(stored.html(), wanted);
    // A text that is not of this body says nothing about it.
    let mut body = Body::of("");
    body.restore(html, Some("One, typed."), Some("One."));
    assert_eq!(body.source(), "<p>One, typed.</p>");
}

#[test]
fn the_preview_is_read_only() {
    let mut body = Body::of(HTML);
    body.show_as(View::Preview);
    type_into(&mut body, "abc<backspace>");
    assert!(!body.paste("x") && !body.travel(true));
    assert_eq!(body.source(), HTML);
}

#[test]
fn other_html_is_taken_byte_for_byte_in_every_view() {
    for view in [View::Markdown, View::Html, View::Preview] {
        let mut body = Body::of(HTML);
        body.show_as(view);
        body.put("<p>One.</p>\n<dl></dl><p>3</p>");
        assert_eq!((body.view(), body.source().as_str()), (view, "<p>One.</p>\n<dl></dl><p>3</p>"));
    }
}

#[test]
fn a_text_that_grew_too_long_has_no_preview_beside() {
    for view in [View::Markdown, View::Html] {
        let mut body = Body::of(HTML);
        body.show_as(view);
        body.arrange(Rect::new(0, 0, 80, 20), Rect::default());
        assert!(body.may_be_beside());
        body.paste(&"word \n".repeat(LONGEST_BESIDE / 6 + 1));
        assert!(!body.may_be_beside(), "{view:?}");
        body.travel(true);
        assert!(body.may_be_beside(), "{view:?}");
    }
    assert!(!Body::of(&"<p>word</p>".repeat(LONGEST_BESIDE / 11 + 1)).may_be_beside());
}
