//! The dialog: whatever comes in, a write follows only the letters that were demanded, typed one by one by fingers.

use switchboard::app::Event;
use switchboard::app::key::{Code, Key, script};
use switchboard::app::place::Place;
use switchboard::domain::call::{End, FaultKind};

use super::desk::{self, Console};
use super::dice::Dice;

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
