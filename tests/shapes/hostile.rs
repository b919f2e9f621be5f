//! Two thousand texts that want to do more than be read, through every field of every screen.

use std::sync::Arc;

use serde_json::{Value, json};
use switchboard::app::place::Place;

use super::desk::Desk;
use super::frame::{check, check_bytes, check_divider, row};
use super::missing::record;
use super::server::{Kind, Records};

/// How many texts there are.
const TEXTS: usize = 2_000;

/// What is hidden in a text.
const PAYLOADS: [&str; 40] = [
    "\u{1b}[2J",
    "\u{1b}[31m",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]52;c;aGk=\u{1b}\\",
    "\u{1b}]8;;http://x\u{1b}\\y",
    "\u{1b}P1$r0m\u{1b}\\",
    "\u{1b}[?1049l",
    "\u{1b}[6n",
    "\u{1b}c",
    "\u{1b}",
    "\u{9b}2J",
    "\u{9d}0;x\u{9c}",
    "\u{90}x\u{9c}",
    "\u{85}",
    "\u{7}\u{8}\u{8}",
    "\r",
    "\r\n",
    "\u{b}\u{c}",
    "\0",
    "\u{7f}",
    "\u{202e}",
    "\u{202d}",
    "\u{2066}\u{2069}",
    "\u{200f}",
    "\u{61c}",
    "\u{200b}",
    "\u{200b}\u{200c}\u{200d}",
    "\u{feff}",
    "\u{2060}",
    "\u{ad}",
    "\u{e0041}\u{e0042}",
    "\u{fe0f}",
    "\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}",
    "\u{180e}",
    "\u{fffe}",
    "\u{115f}\u{3164}",
    "\u{2028}\u{2029}",
    "\t\t",
    "\u{e000}",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
];

/// What it is hidden in.
const CARRIERS: [&str; 10] = [
    "Words",
    "船便が遅れている",
    "مرحبا بالعالم",
    "שלום",
    "Приве́т",
    "e\u{301}tude",
    "👩‍🚀🇩🇪",
    "한국어",
    "नमस्ते",
    "ﷺ½①",
];

/// The text with a number: where the payload stands, and how often, differs too.
fn hostile(number: usize) -> String {
    let (payload, carrier) = (PAYLOADS[number % 40], CARRIERS[number / 40 % 10]);
    match number / 400 {
        0 => format!("{payload}{carrier} tail"),
        1 => format!("{carrier} {payload}"),
        2 => format!("{payload}{carrier}{payload}{carrier}{payload}"),
        3 => format!("{carrier}{}", payload.repeat(60)),
        // One in twenty is a word of ten thousand bytes.
        _ => format!(
            "{payload}{}",
            carrier.repeat(if number.is_multiple_of(20) { 10_000 } else { 200 } / carrier.len())
        ),
    }
}

/// Puts the text into every word of a record but those that say what it is. Ids within are taken as texts too.
fn taint(value: &mut Value, text: &str) {
    const STRUCTURE: [&str; 2] = ["type", "state"];
    match value {
        Value::Object(fields) => {
            let names: Vec<String> = fields.keys().cloned().collect();
            for name in names.iter().filter(|name| !STRUCTURE.contains(&name.as_str())) {
                taint(&mut fields[name], text);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| taint(item, text)),
        Value::String(words) => text.clone_into(words),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The record with a number, spoilt by a text.
fn spoilt(kind: Kind, number: usize, text: &str) -> Value {
    let mut made = record(kind, number);
    let id = made["id"].clone();
    taint(&mut made, text);
    made["id"] = id;
    made["custom_attributes"] = json!({ text: text, "depth": {"of": [text]} });
    if kind == Kind::Conversation {
        made["contacts"] = record(kind, number)["contacts"].clone();
        made["conversation_parts"] = json!({ "total_count": 3, "conversation_parts": parts(number, text) });
    }
    if kind == Kind::Contact {
        // Whom a company belongs to has to be found.
        made["companies"] = record(kind, number)["companies"].clone();
    }
    made
}

/// A message, a note and an event that say the text, as words and as HTML; the note is a teammate's, whose name is learnt.
fn parts(number: usize, text: &str) -> Value {
    let author = json!({"type": "user", "id": "7", "name": text, "email": text});
    let teammate = json!({"type": "admin", "id": (7_000 + number).to_string(), "name": text, "email": text});
    let part = |id: &str, kind: &str, body: &str| {
        let author = if kind == "note" { &teammate } else { &author };
        json!({"type": "conversation_part", "id": id, "part_type": kind, "body": body, "author": author,
            "created_at": 1_795_000_000, "assigned_to": author, "event_details": {"value": text},
            "attachments": [{"type": "upload", "name": text, "url": text, "content_type": text, "filesize": 5}]})
    };
    let html = format!(
        "<h1>{text}</h1><ul><li>{text}</li></ul><table><tr><td>{text}<td>{text}</table><a href=\"{text}\">{text}</a><pre>{text}</pre><img alt=\"{text}\">"
    );
    json!([part("1", "comment", &html), part("2", "note", text), part("3", text, "")])
}

fn records(count: usize) -> Records {
    Records { count, make: Arc::new(|kind, number| spoilt(kind, number, &hostile(number))) }
}

/// Every row of every list; of conversations also where there is room for every column.
#[test]
fn every_list_shows_two_thousand_hostile_texts_in_its_columns() {
    for (cols, rows, keys) in [(80, 24, &["1", "2", "3", "4"][..]), (200, 60, &["1"])] {
        let mut desk = Desk::open(records(TEXTS), cols, rows);
        for key in keys {
            desk.keys(key);
            let what = format!("list {key} at {cols}");
            for page in 0..TEXTS / usize::from(rows - 8) {
                let frame = desk.frame();
                check(&frame, &what);
                if page % 10 == 0 {
                    check_bytes(&frame, &what);
                }
                desk.keys("<pagedown>");
            }
        }
    }
}

/// The names that were learnt from all that; where something was taken out of one, a mark says so.
#[test]
fn names_learnt_are_shown_and_marked() {
    let mut desk = Desk::open(records(300), 80, 24);
    desk.keys("1G<enter>");
    for _ in 0..60 {
        desk.keys("K");
    }
    desk.keys("5n");
    assert!(desk.model.session.names.count > 40, "{}", desk.model.session.names.count);
    let mut marks = [0; 2];
    for _ in 0..60 {
        let frame = desk.frame();
        check(&frame, "names");
        check_bytes(&frame, "names");
        for (count, mark) in marks.iter_mut().zip(["␛", "\u{FFFD}"]) {
            *count += frame.content.iter().filter(|cell| cell.symbol() == mark).count();
        }
        desk.keys("<pagedown>");
    }
    assert!(marks.into_iter().all(|count| count > 20), "{marks:?}");
    assert_eq!(desk.model.place(), Place::Names);
}

/// Every thread, with the customer and the list beside it; some companies, and some in small windows.
#[test]
fn every_page_shows_hostile_texts() {
    // Every fourth text goes through every page by itself; EVERY_TEXT=1 takes them all, in a minute.
    let step = if std::env::var_os("EVERY_TEXT").is_some() { 1 } else { 4 };
    let make = move |kind, number: usize| spoilt(kind, number, &hostile(number * step + number % step));
    let mut desk = Desk::open(Records { count: TEXTS / step, make: Arc::new(make) }, 200, 40);
    desk.keys("<enter>");
    let frame = desk.frame();
    let dividers: Vec<u16> = (0..200).filter(|&x| frame[(x, 10)].symbol() == "│").collect();
    assert!(dividers.len() >= 2, "{dividers:?}");
    for number in 0..TEXTS / step {
        let what = format!("page {number}");
        let frame = desk.frame();
        check(&frame, &what);
        for &x in &dividers {
            check_divider(&frame, x, 4..36, &what);
        }
        if number % 20 == 0 {
            check_bytes(&frame, &what);
            desk.resize(37, 13);
            check(&desk.frame(), &what);
            desk.resize(80, 24);
            desk.keys("c");
            check(&desk.frame(), &what);
            desk.keys("C");
            check(&desk.frame(), &what);
            desk.keys("<esc><esc>");
            desk.resize(200, 40);
        }
        desk.keys("J");
    }
    let open = desk.model.inbox.reader.open.clone();
    assert_eq!(
        open.unwrap().as_str(),
        super::server::id_of(Kind::Conversation, TEXTS / step - 1),
        "every one was read"
    );
}

/// Articles: list, reader, editor, each with the text in the title and in the body; every tenth of the texts.
#[test]
fn articles_show_hostile_texts_to_readers_and_writers() {
    let every_tenth = |kind, number: usize| spoilt(kind, number, &hostile(number * 10 + number % 10));
    let mut desk = Desk::open(Records { count: 200, make: Arc::new(every_tenth) }, 80, 24);
    desk.keys("4");
    for number in 0..200 {
        let what = format!("article {number}");
        for keys in ["<enter>", "t", "<esc>", "e", "<ctrl-t>", "<esc>", "<esc>", "<esc>", "j"] {
            desk.keys(keys);
            check(&desk.frame(), &format!("{what} after {keys}"));
            let place = desk.model.place();
            assert!(keys != "e" || place == Place::Editor, "{what}: {place:?}");
        }
    }
}

/// The mark that has to stand where a payload stood, told from how it begins; none for what may be shown, or is a blank.
fn mark(payload: &str) -> Option<char> {
    match payload.chars().next()? {
        '\u{1b}' | '\u{90}' | '\u{9b}' | '\u{9d}' => Some('␛'),
        '\t' | '\r' | '\u{b}' | '\u{85}' | '\u{2028}' | '\u{fe0f}' | '\u{301}' | '\u{e000}' | '\u{1f468}' => {
            None
        }
        _ => Some('\u{FFFD}'),
    }
}

/// Where something was taken out, a mark stands in its place.
#[test]
fn what_was_removed_is_marked() {
    let mut desk = Desk::open(records(400), 80, 24);
    for number in 0..400 {
        let mark = mark(PAYLOADS[number % 40]);
        let frame = desk.frame();
        let at = (0..24).find(|&y| frame[(0, y)].modifier.contains(ratatui::style::Modifier::REVERSED));
        let text = row(&frame, at.unwrap());
        if let Some(mark) = mark {
            assert!(text.contains(mark), "text {number}: {text:?} has no {mark}");
        }
        desk.keys("j");
    }
}
