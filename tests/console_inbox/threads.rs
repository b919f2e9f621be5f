//! Threads to be read, and what one sees of the one that is open.

use switchboard::app::{Effect, Event, Timer};
use switchboard::domain::call::{Answer, End};
use switchboard::domain::conversation::{Attachment, Conversation, Part, PartKind};
use switchboard::domain::text::{Clean, Raw};
use switchboard::domain::time::Unix;

use super::desk::Desk;
use super::world::{self, NOW};

/// A desk with this thread open.
pub(crate) fn reading(cols: u16, rows: u16, thread: Conversation) -> Desk {
    let mut desk = Desk::open(cols, rows);
    desk.keys("<enter>");
    came(&mut desk, thread);
    desk.serve();
    desk
}

/// The oldest call brings this thread.
pub(crate) fn came(desk: &mut Desk, thread: Conversation) {
    desk.next(End::Answer(Answer::Conversation(Box::new(thread))));
}

/// A message of the customer, with an id of its own.
pub(crate) fn message(number: usize, body: &str) -> Part {
    Part {
        id: number.to_string().into(),
        kind: PartKind::Message,
        part_type: Clean::fixed("comment"),
        author: world::customer(0),
        body: Raw::from(body),
        attachments: Vec::new(),
        created_at: Some(Unix(NOW - 100_000 + i64::try_from(number).unwrap())),
        assigned_to: None,
        redacted: false,
        detail: Clean::default(),
    }
}

/// A thread of so many numbered messages.
pub(crate) fn long(parts: usize) -> Conversation {
    let mut thread = world::thread(0);
    thread.parts =
        (0..parts).map(|at| message(at, &format!("<p>message {at} of the customer</p>"))).collect();
    thread.parts_total = Some(parts as u64);
    thread
}

pub(crate) const MAIL: &str = "<p>Yes, please. See my answers below.</p><p>-- <br>Ana Souza<br>Lumen Ótica<br>São Paulo</p>\
    <div class=gmail_quote><div>Am Mo., 3. Nov. 2025 um 10:00 Uhr schrieb Support &lt;help@e.example&gt;:<br></div>\
    <blockquote class=gmail_quote><p>Which invoice is it, and shall we send it again?</p><p>Ida</p></blockquote></div>";

pub(crate) const RICH: &str = "<p>Steps:</p><ol><li>open <a href='https://a.example/board'>the board</a></li><li>run <code>sync --all</code></li></ol>\
    <blockquote>as the manual says</blockquote><pre>$ sync --all\nboard: 3 rows</pre>\
    <table><tr><th>Day</th><th>Rows</th></tr><tr><td>Mon</td><td>12</td></tr></table>\
    <p><img src='https://files.example/i/board.png' alt='Departure board'></p><p><img src='https://files.example/i/shot-2.png'></p>";

/// A thread with everything that can be in one.
pub(crate) fn full() -> Conversation {
    let mut thread = world::thread(0);
    thread.parts.truncate(6);
    for (at, part) in thread.parts.iter_mut().enumerate() {
        part.id = at.to_string().into();
    }
    thread.parts.push(Part { author: thread.parts[5].author.clone(), ..message(6, RICH) });
    let mut mail = message(7, MAIL);
    mail.created_at = Some(Unix(NOW - 10_800));
    mail.attachments = vec![Attachment {
        name: Clean::fixed("receipt.pdf"),
        content_type: Clean::fixed("application/pdf"),
        size: Some(2_345_678),
        address: Clean::fixed("https://files.example/receipt.pdf"),
    }];
    thread.parts.push(mail);
    thread.parts_total = Some(8);
    thread
}

pub(crate) fn copied(desk: &Desk) -> String {
    let last = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.to_string()),
        _ => None,
    });
    last.expect("something on the clipboard")
}

pub(crate) fn status(desk: &Desk) -> String {
    let rows: Vec<String> = desk.text().lines().map(str::to_owned).collect();
    rows[rows.len() - 2].trim_matches(['"', ' ']).to_owned()
}

/// The row that has the mark of the message one stands on.
pub(crate) fn marked(desk: &Desk) -> String {
    let text = desk.text();
    text.lines()
        .find(|row| row.starts_with("\"▸"))
        .map(|row| row.trim_matches('"').trim().to_owned())
        .unwrap_or_default()
}

/// Portions go on until nothing is under way. How many there were.
pub(crate) fn portions(desk: &mut Desk) -> usize {
    let mut portions = 0;
    loop {
        desk.effects.clear();
        desk.event(Event::Timer(Timer::Layout));
        portions += 1;
        assert!(portions < 10_000);
        if !desk.effects.iter().any(|effect| matches!(effect, Effect::Timer(Timer::Layout, _))) {
            return portions;
        }
    }
}
