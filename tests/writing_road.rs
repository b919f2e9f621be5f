//! Nobody publishes by accident: one door to writing in the source, and whatever comes in, a write follows only the
//! letters that were demanded, typed one by one by fingers. And whatever happens, what was typed is somewhere.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test that does not find what it needs has to fail"
)]

#[expect(dead_code, reason = "the other test file uses the rest")]
#[path = "console_articles/desk.rs"]
mod desk;

#[path = "shared/source.rs"]
mod source;

use std::sync::{Arc, Mutex};

use desk::{Console, article, id};
use serde_json::{Map, Value, json};
use source::sources;
use switchboard::app::Event;
use switchboard::app::key::{Code, Key, script};
use switchboard::app::place::Place;
use switchboard::domain::article::ArticleState;
use switchboard::domain::call::{CallId, End, Fault, FaultKind, Report};
use switchboard::domain::link::{Kind, Server, Tool};
use switchboard::domain::text::Clean;
use switchboard::session::wire::{Handover, Line, News, Offer, Reply, Trouble, Wire};
use switchboard::session::{Limits, Request, start_on};

// ---------------------------------------------------------------------------------------------------------- the source

fn places(words: &str) -> Vec<String> {
    let found = |(name, text): (String, String)| vec![name; text.matches(words).count()];
    sources().into_iter().flat_map(found).collect()
}

#[test]
fn leave_to_write_is_made_once() {
    let made: Vec<String> = sources()
        .into_iter()
        .flat_map(|(name, text)| {
            let all = text.matches("Approved {").count();
            let other = text.matches("impl Approved {").count() + text.matches("struct Approved {").count();
            vec![name; all - other]
        })
        .collect();
    assert_eq!(made, ["domain/change/confirmation.rs"]);
}

#[test]
fn a_write_leaves_by_one_door_for_articles_and_one_for_notes() {
    const DOORS: [(&str, &str); 2] = [
        ("app/pane/articles/confirming.rs", ".settled("),
        ("app/pane/inbox/note/confirming.rs", ".settled_note("),
    ];
    let sorted = |words: &str| {
        let mut found = places(words);
        found.sort_unstable();
        found
    };
    assert_eq!(sorted("shell.write("), DOORS.map(|(name, _)| name));
    for (name, settles) in DOORS {
        // Leave is asked for where it is used up, and nowhere else; the domain only defines and tests it.
        let knows = |(name, text): &(String, String)| {
            let named = text.contains("Confirmation") && text.contains(settles);
            named && !name.starts_with("domain/") && !name.contains("/tests/")
        };
        let asks: Vec<String> = sources().into_iter().filter(knows).map(|(name, _)| name).collect();
        assert_eq!(asks, [name], "{settles}");
        let (_, text) = sources().into_iter().find(|(source, _)| source == name).unwrap();
        let (before, _) = text.split_once("shell.write(approved)").unwrap();
        let sending = before.rsplit("\n    fn ").next().unwrap();
        assert!(
            sending.starts_with("send")
                && sending.contains("cannot_")
                && sending.contains("return shell.say(")
        );
    }
    assert_eq!(places("push(Effect::Write {"), ["app/shell.rs"]);
    assert_eq!(places("Effect::Write {").iter().filter(|name| name.starts_with("app/")).count(), 1);
}

#[test]
fn leave_to_write_cannot_be_copied_and_no_read_writes() {
    let (_, text) = sources().into_iter().find(|(name, _)| name == "domain/change/confirmation.rs").unwrap();
    assert!(
        text.contains("#[derive(Debug)]\npub struct Approved {"),
        "an approval must be neither Clone nor Copy"
    );
    let (_, calls) = sources().into_iter().find(|(name, _)| name == "domain/call.rs").unwrap();
    let call = calls.split("pub enum Call {").nth(1).unwrap().split("\n}").next().unwrap().to_lowercase();
    for (name, text) in sources().iter().filter(|(name, _)| name.starts_with("session/")) {
        let names = WRITES.iter().any(|tool| text.contains(&format!("\"{tool}\"")));
        // The doctor says what is missing without them; that it calls reads only is held below.
        let lists = name == "session/doctor/tools.rs" && !text.contains(".call(");
        assert!(!names || text.contains("Approved") || lists, "src/{name} writes without leave");
    }
    for word in ["update", "create", "delete", "write", "approved"] {
        assert!(!call.contains(word), "a read named {word}");
    }
}

#[test]
fn tools_are_called_at_known_places() {
    let mut calls = places(".call(");
    calls.retain(|name| name.starts_with("session/"));
    calls.sort_unstable();
    let known =
        ["session/doctor/reads.rs", "session/flight.rs", "session/flight.rs", "session/flight/by_hand.rs"];
    assert_eq!(calls, known);
    let text = |wanted: &str| sources().into_iter().find(|(name, _)| name == wanted).unwrap().1;
    assert!(
        text("session/doctor/reads.rs").contains("tool.name == name && is_read(name)"),
        "the doctor only reads"
    );
    let by_hand = text("session/flight/by_hand.rs");
    let (before, _) = by_hand.split_once("line.call(").unwrap();
    for guard in ["tools::only_by_review(&tool)?", "tools::by_hand(&call.tool", "terms.accepts(&call.tool"] {
        assert!(before.contains(guard), "a call by hand is not held against {guard}");
    }
    let flight = text("session/flight.rs");
    let (before, _) = flight.rsplit_once("line.call(").unwrap();
    assert!(
        before.ends_with("let sending = ") && before.contains("terms.accepts(ask.tool"),
        "a held write could leave"
    );
    assert!(!by_hand.contains("Handover::default()"), "a call by hand does not pass for a write");
}

// ----------------------------------------------------------------------------------------------------- calls by hand

const WRITES: [&str; 3] = ["create_article", "update_article", "add_internal_note"];

/// A server that offers everything under every name, and remembers which tools were called.
#[derive(Clone, Default)]
struct Generous {
    names: Vec<String>,
    kind: Kind,
    called: Arc<Mutex<Vec<String>>>,
}

impl Wire for Generous {
    type Line = Self;

    async fn dial(&self) -> Result<Self, Fault> {
        Ok(self.clone())
    }

    fn host(&self) -> &'static str {
        "generous"
    }
}

impl Line for Generous {
    fn offer(&self) -> Arc<Offer> {
        let tool = |name: &String| Tool { name: Clean::line(name), kind: self.kind, ..Tool::default() };
        let server = Server { tools: self.names.iter().map(tool).collect(), ..Server::default() };
        let schemas = self.names.iter().map(|name| (name.clone(), json!({}))).collect();
        Arc::new(Offer { server, schemas })
    }

    async fn call(
        &self,
        tool: &str,
        _: Map<String, Value>,
        handover: Option<Arc<Handover>>,
    ) -> Result<Reply, Trouble> {
        assert!(handover.is_some_and(|handover| handover.is_by_hand()), "a call by hand is known as one");
        self.called.lock().unwrap().push(tool.to_owned());
        Ok(Reply::default())
    }

    async fn news(&self) -> News {
        std::future::pending().await
    }

    async fn close(&self) {}
}

/// Spellings that a lenient server might take for the same tool.
fn spellings(tool: &str) -> Vec<String> {
    let camel: String = tool.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
    let mut spelt =
        vec![tool.to_owned(), tool.to_uppercase(), tool.replace('_', "-"), camel, tool.replace('_', "")];
    spelt.extend([
        format!(" {tool}"),
        format!("{tool}\n"),
        format!("{tool}\u{200b}"),
        tool.replace('_', "\u{a0}"),
    ]);
    spelt.extend(["intercom_", "intercom.", "mcp__intercom__", "x/"].map(|prefix| format!("{prefix}{tool}")));
    spelt.extend([52, 64, 1_000].map(|letters| format!("{}{tool}", "x".repeat(letters))));
    spelt
}

#[test]
fn no_spelling_and_no_word_of_the_servers_lets_a_write_go_by_hand() {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let names: Vec<String> = WRITES.iter().flat_map(|tool| spellings(tool)).collect();
        for kind in [Kind::Read, Kind::Write, Kind::Unknown] {
            let harmless = "search_articles".to_owned();
            let names: Vec<String> = names.iter().cloned().chain([harmless.clone()]).collect();
            let server = Generous { names: names.clone(), kind, ..Generous::default() };
            let (sender, mut reports) = tokio::sync::mpsc::channel(1_000);
            let session = start_on(server.clone(), Limits::default(), sender).unwrap();
            session.try_send(Request::AcceptTools(Vec::new())).unwrap();
            for (number, tool) in names.iter().enumerate() {
                let (id, tool) = (CallId(u64::try_from(number).unwrap()), tool.clone());
                session.try_send(Request::ByHand { id, tool, arguments: "{\"id\": 1}".into() }).unwrap();
            }
            let mut ended = 0;
            while ended < names.len() {
                let Report::Ended { id, end } = reports.recv().await.unwrap() else { continue };
                let name = &names[usize::try_from(id.0).unwrap()];
                let refused = matches!(&end, End::Refused(fault) if fault.kind == FaultKind::Forbidden);
                assert!(refused || *name == harmless, "{name:?} as {kind:?}: {end:?}");
                ended += 1;
            }
            let called = server.called.lock().unwrap().clone();
            let reached = if kind == Kind::Write { vec![] } else { vec![harmless] };
            assert_eq!(called, reached, "{kind:?}");
        }
    });
}

// ------------------------------------------------------------------------------------------------------------ the dialog

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.roll(from.len() as u64)).unwrap()]
    }
}

/// What came in while a dialog was open, and when.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Seen {
    Letter(char),
    Other,
}

/// Looks back from a write: was it confirmed as it must be? Knows nothing of how the dialog works.
fn was_confirmed(word: &str, painted: Option<u64>, seen: &[(u64, Seen)], at: u64) -> Result<(), String> {
    let painted = painted.ok_or("never painted")?;
    let letters: Vec<char> = word.chars().collect();
    let from = seen.len().checked_sub(letters.len()).ok_or("too few letters")?;
    let (before, last) = seen.split_at(from);
    if last.iter().map(|(_, seen)| *seen).ne(letters.iter().map(|letter| Seen::Letter(*letter))) {
        return Err(format!("the last inputs were not {word}: {last:?}"));
    }
    let first = last[0].0;
    if first < painted + 700 {
        return Err("before it could be read".into());
    }
    if before.iter().any(|(at, _)| first < at + 700) {
        return Err("too soon after something else".into());
    }
    if at < last[letters.len() - 1].0 + 250 {
        return Err("before it was clear that nothing follows".into());
    }
    let rushed = last.windows(2).any(|pair| pair[1].0 - pair[0].0 < 10);
    if rushed { Err("faster than fingers".into()) } else { Ok(()) }
}

struct Road {
    console: Console,
    word: &'static str,
    painted: Option<u64>,
    seen: Vec<(u64, Seen)>,
}

impl Road {
    fn new(live: bool) -> Self {
        let mut console = Console::open(80, 24);
        console.keys(if live { "<enter>eX" } else { "jjj<enter>eX" });
        let mut road =
            Self { console, word: if live { "publish" } else { "y" }, painted: None, seen: Vec::new() };
        road.open();
        road
    }

    /// Walks to the dialog from wherever it is.
    fn open(&mut self) {
        if self.console.model.place() == Place::Editor {
            self.console.keys("<ctrl-s>");
        }
        if self.console.model.place() == Place::Review {
            self.console.keys("s");
            (self.painted, self.seen) = (self.console.paints.then_some(self.console.millis), Vec::new());
        }
    }

    fn is_open(&self) -> bool {
        self.console.model.place() == Place::Confirmation
    }

    /// One input now; checks every write that follows. True when there was one.
    fn step(&mut self, event: Event) -> bool {
        if self.is_open() {
            let seen = match &event {
                Event::Key(key) => Some(key.typed().map_or(Seen::Other, Seen::Letter)),
                Event::Paste(_) => Some(Seen::Other),
                _ => None,
            };
            self.seen.extend(seen.map(|seen| (self.console.millis, seen)));
            if event == Event::Painted && self.painted.is_none() {
                self.painted = Some(self.console.millis);
            }
        }
        self.watched(|console| console.event(event))
    }

    /// Lets time pass; checks every write that follows. True when there was one.
    fn wait(&mut self, millis: u64) -> bool {
        self.watched(|console| console.wait(millis))
    }

    fn watched(&mut self, act: impl FnOnce(&mut Console)) -> bool {
        let (open, before) = (self.is_open(), self.console.writes);
        act(&mut self.console);
        if self.console.writes == before {
            return false;
        }
        assert!(open, "a write without a dialog");
        assert_eq!(self.console.writes, before + 1, "more than one write");
        if let Err(why) = was_confirmed(self.word, self.painted, &self.seen, self.console.written_at) {
            panic!("a write {why}: {:?}", self.seen);
        }
        true
    }

    /// Letters in a row, with so many milliseconds before each.
    fn types(&mut self, letters: &str, gap: u64) {
        for letter in letters.chars() {
            self.wait(gap);
            self.step(Event::Key(Key::plain(Code::Char(letter))));
        }
    }
}

const GAPS: [u64; 9] = [0, 3, 9, 10, 30, 70, 120, 699, 705];

fn random_event(dice: &mut Dice, word: &str) -> Event {
    let keys =
        ["<enter>", "<left>", "<backspace>", "<ctrl-s>", "<f1>", "<tab>", "<alt-1>", "s", "n", "<ctrl-k>"];
    match dice.roll(10) {
        0..=5 => {
            let letters: Vec<char> = word.chars().chain(['p', 'y', 'x']).collect();
            Event::Key(Key::plain(Code::Char(*dice.pick(&letters))))
        }
        6 => Event::Key(script(dice.pick::<&str>(&keys)).unwrap()[0]),
        7 => Event::Paste((*dice.pick(&[word, "y", "publish\n", ""])).to_owned()),
        8 => Event::Resize(
            u16::try_from(20 + dice.roll(100)).unwrap(),
            u16::try_from(5 + dice.roll(40)).unwrap(),
        ),
        _ => Event::Painted,
    }
}

#[test]
fn ten_thousand_random_inputs_write_only_what_fingers_confirmed() {
    let mut dice = Dice(0x5eed_cafe);
    let (mut inputs, mut writes, mut opened) = (0, 0, 0);
    while inputs < 10_000 {
        let mut road = Road::new(dice.roll(2) == 0);
        road.console.paints = dice.roll(4) != 0;
        opened += 1;
        for _ in 0..60 {
            inputs += 1;
            if dice.roll(12) == 0 {
                // Now and then somebody means it: the letters in a row, mostly slowly enough.
                road.open();
                let gap = *dice.pick(&[5, 40, 90, 200]);
                writes += usize::from(road.wait(*dice.pick(&[100, 690, 720])));
                for letter in road.word.chars() {
                    writes += usize::from(road.wait(gap));
                    writes += usize::from(road.step(Event::Key(Key::plain(Code::Char(letter)))));
                }
                writes += usize::from(road.wait(*dice.pick(&[90, 249, 250, 400])));
            }
            writes += usize::from(road.wait(*dice.pick(&GAPS)));
            let event = random_event(&mut dice, road.word);
            writes += usize::from(road.step(event));
            if !road.console.sent.is_empty() {
                let fault = desk::fault(FaultKind::Invalid, "The server refused it.", "");
                road.console.end_write(End::Refused(fault));
            }
            if !road.is_open() && dice.roll(6) == 0 {
                road.open();
            }
        }
    }
    assert!(writes >= 20, "only {writes} writes in {opened} dialogs: the test tests nothing");
}

#[test]
fn a_held_key_never_confirms() {
    for (delay, repeat) in [(250, 30), (500, 33), (660, 50), (500, 15)] {
        let mut road = Road::new(false);
        road.step(Event::Key(Key::plain(Code::Char('y'))));
        road.wait(delay);
        for _ in 0..200 {
            road.step(Event::Key(Key::plain(Code::Char('y'))));
            road.wait(repeat);
        }
        assert_eq!(road.console.writes, 0, "held with {delay} and {repeat} ms");
    }
}

#[test]
fn a_key_held_on_an_open_dialog_never_confirms() {
    let mut road = Road::new(false);
    road.wait(2_000);
    road.step(Event::Key(Key::plain(Code::Char('y'))));
    road.wait(200);
    road.types(&"y".repeat(200), 33);
    road.wait(2_000);
    assert_eq!(road.console.writes, 0);
}

#[test]
fn a_pasted_word_never_confirms_in_brackets_or_without() {
    let mut road = Road::new(true);
    road.wait(2_000);
    road.step(Event::Paste("publish".into()));
    road.wait(2_000);
    road.types("publish", 0);
    road.wait(2_000);
    assert_eq!(road.console.writes, 0);
}

#[test]
fn a_sentence_meant_for_another_window_never_confirms() {
    for gap in [0, 1, 12, 40, 90, 200] {
        for (live, words) in [
            (true, "please publish it"),
            (true, "publish it"),
            (false, "yesterday I wrote"),
            (false, "y\u{7f}es"),
        ] {
            let mut road = Road::new(live);
            road.wait(2_000);
            road.types(words, gap);
            road.wait(2_000);
            assert_eq!(road.console.writes, 0, "{words} with {gap} ms");
        }
    }
}

#[test]
fn a_word_typed_ahead_never_confirms() {
    let mut road = Road::new(true);
    road.types("publish", 90);
    road.wait(5_000);
    assert_eq!(road.console.writes, 0);
    road.types("publish", 90);
    road.wait(300);
    assert_eq!(road.console.writes, 1, "the word typed in peace was not taken");
}

#[test]
fn one_confirmation_is_one_write() {
    let mut road = Road::new(true);
    road.wait(800);
    road.types("publish", 90);
    road.wait(260);
    road.types("publishpublish", 90);
    road.wait(2_000);
    assert_eq!(road.console.writes, 1);
    road.console.end_write(End::Unknown(desk::fault(FaultKind::Unreachable, "Cut.", "")));
    road.wait(60_000);
    assert_eq!(road.console.writes, 1);
}

// ----------------------------------------------------------------------------------------------------- what was typed

/// The text, wherever it is: in the editor, on its way, on disk, or on the server.
fn text(console: &Console) -> String {
    if let Some(desk) = &console.model.articles.desk {
        return desk.body.source();
    }
    match console.disk.get(&id(4200)) {
        Some(stored) => stored.fields.body.clone(),
        None => console.server[0].body.as_str().to_owned(),
    }
}

/// Back to the end of the text, from wherever the script went.
fn to_the_end(console: &mut Console) {
    for _ in 0..8 {
        match console.model.place() {
            Place::Editor => break,
            Place::Articles => console.keys("g<enter>"),
            Place::Article => console.keys("e"),
            _ => console.keys("<esc>"),
        }
    }
    assert_eq!(console.model.place(), Place::Editor);
    console.keys("<ctrl-end>");
}

fn disturb(dice: &mut Dice, console: &mut Console) {
    match dice.roll(14) {
        0 => console.keys("<esc>"),
        1 => console.keys("<ctrl-s>"),
        2 => {
            console.keys("<ctrl-s>");
            if console.model.place() == Place::Review {
                console.keys("s");
            }
        }
        3 => console.resize(u16::try_from(dice.roll(130)).unwrap(), u16::try_from(dice.roll(50)).unwrap()),
        4 => console.down(),
        5 => console.up(),
        6 => console.full = !console.full,
        7 => console.wait(600),
        8 => console.keys("<up><home><pageup><ctrl-left>"),
        9 => console.keys("<alt-1>4"),
        11 => console.keys("<alt-4>"),
        12 => console.keys("<ctrl-x>n"),
        10 => console.keys("<tab><tab><tab><tab><tab><tab>"),
        _ => console.keys("<ctrl-x><left>"),
    }
}

#[test]
fn whatever_happens_what_was_typed_is_somewhere() {
    let mut dice = Dice(0x00de_cade);
    for _ in 0..25 {
        let mut console = Console::open(80, 24);
        console.server[0] = article(4200, "Text", ArticleState::Published, 1, "");
        console.keys("<enter>e");
        let mut typed = String::new();
        for _ in 0..60 {
            to_the_end(&mut console);
            let piece = *dice.pick(&["a", "word ", "船", "e\u{301}", "\n", "👩‍👩‍👧", "<b>", "</b>x"]);
            if dice.roll(3) == 0 {
                console.paste(&piece.replace('\n', "\r\n"));
            } else {
                console.keys(&piece.replace('<', "<lt>").replace('\n', "<enter>"));
            }
            typed.push_str(piece);
            disturb(&mut dice, &mut console);
            if console.model.articles.desk.is_none() && console.full {
                // Left knowingly while the disk takes nothing: it waits where it was left.
                to_the_end(&mut console);
            }
            assert_eq!(text(&console), typed);
        }
    }
}

#[test]
fn what_is_sent_is_what_was_typed() {
    for body in ["", "<p>a</p><p>b</p>", "<p>a</p>\n<p>b</p>\r\n", "\u{0}\u{1b}\u{85}"] {
        let mut console = Console::open(80, 24);
        console.server[0] = article(4200, "Text", ArticleState::Published, 1, body);
        console.keys("<enter>e<ctrl-home>Wörd 船<ctrl-s>s");
        console.wait(800);
        console.confirm("publish");
        let sent = console.sent[0].1.deed().article().unwrap().changes.body.clone();
        assert_eq!(sent, Some(format!("Wörd 船{body}")));
        assert_eq!(console.disk[&id(4200)].fields.body, format!("Wörd 船{body}"));
    }
}
