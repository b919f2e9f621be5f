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

/// A body that is too long to begin as Markdown.
fn long() -> String {
    let block = "<h2>Two &amp; more</h2><p class=\"x\">Words of <b>it</b>.</p>\n";
    block.repeat(LONGEST_AS_MARKDOWN / block.len() + 1)
}

#[test]
fn a_long_body_opens_as_html_and_goes_round_without_a_change() {
    let html = long();
    let mut body = Body::of(&html);
    assert!(body.began_as_html() && body.view() == View::Html && body.source() == html);
    assert!(!body.differs_from(&html) && body.differs_from(HTML));
    assert!(body.stored() == (html.clone(), None) && body.read_as().is_none());
    body.turn();
    assert!(body.view() == View::Preview && body.began_as_html() && body.editor().is_none());
    body.turn();
    assert!(body.view() == View::Markdown && !body.began_as_html());
    assert!(body.editor().unwrap().text().any(|line| line == "## Two & more"));
    for _ in 0..3 {
        body.turn();
        assert!(body.source() == html && !body.differs_from(&html) && body.stored() == (html.clone(), None));
    }
    assert!(!Body::of(&html[..LONGEST_AS_MARKDOWN]).began_as_html());
}

#[test]
fn a_long_body_is_typed_in_both_texts() {
    let html = long();
    let mut body = Body::of(&html);
    type_into(&mut body, "<ctrl-end><lt>p>End<lt>/p>");
    let typed = format!("{html}<p>End</p>");
    assert!(body.source() == typed && body.stored() == (typed.clone(), None) && body.differs_from(&html));
    body.show_as(View::Markdown);
    assert!(body.source() == typed);
    type_into(&mut body, "<ctrl-end> more");
    let more = format!("{html}<p>End more</p>");
    assert!(body.source() == more);
    body.show_as(View::Html);
    assert!(body.source() == more && body.editor().unwrap().source() == more);
    // What was typed as HTML is the text that the Markdown was typed over.
    assert!(body.stored().0 == typed && body.stored().1.is_some());
    let mut html = Body::of(&html);
    html.turn();
    html.put(&more);
    assert!(html.source() == more && html.view() == View::Preview);
}

#[test]
fn markdown_over_a_long_body_comes_back_from_disk_as_markdown() {
    let html = long();
    let mut body = Body::of(&html);
    body.show_as(View::Markdown);
    type_into(&mut body, "<ctrl-home>First ");
    let (stored, markdown) = body.stored();
    assert!(stored == html && markdown.is_some());
    let mut restored = Body::of(&html);
    restored.restore(&stored, markdown.as_deref(), body.read_as());
    assert_eq!(restored.view(), View::Markdown);
    assert!(restored.source() == body.source() && restored.source() != html);
    assert!(restored.stored() == (stored, markdown));
    let mut as_html = Body::of("<p>short</p>");
    as_html.restore(&format!("{html}x"), None, None);
    assert!(as_html.view() == View::Html && as_html.source() == format!("{html}x"));
}

#[test]
fn marks_and_repairs_reach_a_long_body() {
    let html = long();
    let mut body = Body::of(&html);
    body.arrange(Rect::new(0, 0, 80, 20), Rect::default());
    let at = html.rfind("<b>").unwrap();
    body.go_to_source(at);
    body.flag(&[(at, true)]);
    assert_eq!(body.editor().unwrap().flags().flatten().count(), 1);
    let mended = format!("{}<i>{}", &html[..at], &html[at + 3..]);
    body.mend(&[(at..at + 3, "<i>")], &mended);
    assert!(body.source() == mended && body.travel(true) && body.source() == html);
    body.show_as(View::Markdown);
    body.go_to_source(at);
    assert!(body.editor().unwrap().position().0 > 1_000);
}

#[test]
fn lines_of_a_long_paragraph_do_not_shift_what_is_found_in_markdown() {
    let html = format!("<p>{}</p><p>here</p>", "long words ".repeat(2_000).trim_end());
    let mut body = Body::of(&html);
    body.arrange(Rect::new(0, 0, 80, 20), Rect::default());
    body.go_to_source(html.find("here").unwrap());
    let editor = body.editor().unwrap();
    assert_eq!((body.view(), editor.text().nth(editor.here().0)), (View::Markdown, Some("here")));
}
