//! Random edits in Markdown, along every road away from the editor: what was typed comes back after a kill, each change can be
//! taken back in the review and put in again, and what a merge makes is what is sent.

use switchboard::app::place::Place;

use crate::desk::{Console, REFUNDS, id};
use crate::dice::Dice;

const BODIES: [&str; 4] = [
    REFUNDS,
    "<p>a</p>\n<p>b</p>\r\n<div>raw <b>x</b></div><ul><li>one</li><li>two</li></ul><pre><code>x\n  y\n</code></pre>\
     <table><tbody><tr><td>c</td></tr></tbody></table><p class=\"no-margin\"></p><hr><p>end</p>",
    "plain words\n\n<!-- c --><p>`tick` * star _ under</p><h5>five</h5><p>  lead</p>\n\n",
    "<p>1. not a list</p><p># not heading</p><p>- x</p><blockquote>q</blockquote><p>a<br>b</p><p>a&nbsp;b &amp; c</p>",
];

fn html(console: &Console) -> String {
    console.model.articles.desk.as_ref().map(|desk| desk.body.source()).unwrap_or_default()
}

fn opened(body: &str) -> Console {
    let mut console = Console::open(80, 40);
    console.source = false;
    console.server[0].body = body.into();
    console.keys("<enter>e");
    console
}

/// Some typing somewhere, in Markdown most of the time.
fn typing(dice: &mut Dice, console: &mut Console) {
    console.keys("<ctrl-home>");
    for _ in 0..dice.roll(20) {
        console.keys("<down>");
    }
    console.keys(if dice.roll(2) == 0 { "<end>" } else { "<home>" });
    match dice.roll(7) {
        0 => console.keys("word "),
        1 => console.keys("<enter>new<enter>"),
        2 => console.keys("<delete><delete>"),
        3 => console.keys("<backspace>"),
        4 => console.paste("**b** `c`\n\n- l"),
        5 => console.keys("<enter><enter>"),
        _ => console.keys("*x"),
    }
    match dice.roll(12) {
        0 | 1 => console.keys("<ctrl-t><ctrl-t><ctrl-t>"),
        2 => console.keys("<ctrl-t>z<ctrl-t><ctrl-t>"),
        _ => {}
    }
}

/// Takes every change back in the review, and brings each in again.
fn there_and_back(console: &mut Console, base: &str) {
    let mut before = vec![html(console)];
    while console.model.place() == Place::Review && before.len() < 12 {
        console.keys("x");
        if !(console.notice().starts_with("Taken back") || console.notice().starts_with("Nothing changed")) {
            break;
        }
        before.push(html(console));
    }
    if console.model.place() == Place::Editor {
        assert_eq!(html(console), base);
    }
    before.pop();
    while let Some(wanted) = before.pop() {
        console.keys("<alt-z>");
        assert_eq!(html(console), wanted, "{}", console.notice());
    }
}

#[test]
fn what_was_typed_in_markdown_survives_every_road() {
    let mut dice = Dice(0x0abc_def1_2345);
    for _ in 0..120 {
        let base = *dice.pick(&BODIES);
        let mut console = opened(base);
        for _ in 0..=dice.roll(4) {
            typing(&mut dice, &mut console);
        }
        let typed = html(&console);
        console.wait(1_000);
        let mut again = opened(base);
        again.keys("<esc>");
        again.disk.clone_from(&console.disk);
        again.keys("e");
        assert_eq!(html(&again), typed, "after a kill");
        console.keys("<ctrl-s>");
        there_and_back(&mut console, base);
        assert_eq!(console.writes, 0);
    }
}

#[test]
fn what_a_merge_makes_of_markdown_is_what_is_sent() {
    let mut dice = Dice(0x5eed_5eed);
    for _ in 0..60 {
        let base = *dice.pick(&BODIES);
        let mut console = opened(base);
        typing(&mut dice, &mut console);
        let theirs = format!("<p>Theirs at the top.</p>{base}");
        console.server[0].body = theirs.as_str().into();
        console.keys("<ctrl-s>");
        for _ in 0..4 {
            if console.model.place() == Place::Conflict {
                console.keys("m<ctrl-s>");
            }
        }
        if console.model.place() != Place::Review {
            continue;
        }
        let shown = html(&console);
        console.keys("s");
        console.wait(800);
        console.confirm("publish");
        let sent = console.sent[0].1.deed().article().unwrap();
        assert_eq!((sent.id(), sent.changes.body.clone()), (&id(4200), (shown != theirs).then_some(shown)));
    }
}
