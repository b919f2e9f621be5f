//! Standing under anything that customers, teammates and the person at this machine do, against a plain account of it.

use super::*;
use crate::domain::conversation::{Author, Part, bare_row};
use crate::domain::text::{Clean, Raw};
use proptest::prelude::*;

fn id(number: u64) -> ConversationId {
    ConversationId::read(&number.to_string()).unwrap()
}

fn row(waiting: Option<i64>, updated: Option<i64>) -> ConversationRow {
    ConversationRow { updated_at: updated.map(Unix), waiting_since: waiting.map(Unix), ..bare_row(7) }
}

fn part(kind: AuthorKind, at: i64) -> Part {
    Part {
        id: "1".into(),
        kind: PartKind::Message,
        part_type: Clean::fixed("comment"),
        author: Author { kind, ..Author::default() },
        body: Raw::from("<p>x</p>"),
        attachments: Vec::new(),
        created_at: Some(Unix(at)),
        assigned_to: None,
        redacted: false,
        detail: Clean::default(),
    }
}

/// A row of a server that tells when the customer wrote last.
fn told(waiting: Option<i64>, updated: i64, replied: i64) -> ConversationRow {
    ConversationRow { contact_replied: Some(Unix(replied)), ..row(waiting, Some(updated)) }
}

#[test]
fn a_customer_who_waits_already_and_writes_again_brings_it_back() {
    let mut triage = Triage::default();
    let before = told(Some(100), 150, 100);
    triage.decide(&before.id, Decision::Done(true), Known::of(&before), Unix(200));
    for nothing in [told(Some(100), 150, 100), told(Some(100), 300, 100), told(None, 300, 100)] {
        triage.see(&nothing, Unix(310));
        assert_eq!(triage.standing(&nothing, Unix(310)), Standing::Done, "only a teammate did something");
    }
    let after = told(Some(100), 320, 320);
    assert_eq!(triage.standing(&after, Unix(330)), Standing::Back);
    triage.see(&after, Unix(330));
    let mark = triage.mark(&id(7)).unwrap();
    assert_eq!((mark.heard, mark.back), (Some(Unix(320)), Some(Unix(330))));
    assert_eq!(triage.standing(&told(None, 400, 320), Unix(410)), Standing::Back, "answered elsewhere");
}

#[test]
fn a_row_that_does_not_tell_who_wrote_comes_back_when_something_happened() {
    let mut triage = Triage::default();
    let before = row(Some(100), Some(100));
    triage.decide(&before.id, Decision::Until(Some(Unix(900))), Known::of(&before), Unix(200));
    assert_eq!(triage.standing(&row(None, Some(300)), Unix(310)), Standing::Away(Unix(900)));
    let after = row(Some(100), Some(300));
    triage.see(&after, Unix(310));
    let moment = crate::domain::time::Moment { unix: Unix(310), ..Default::default() };
    let words = triage.words(&after, moment).unwrap();
    assert!(words.ends_with("something happened while the customer waits"), "{words}");
}

#[test]
fn the_customers_words_in_a_thread_bring_it_back() {
    let mut triage = Triage::default();
    let before = row(None, Some(100));
    triage.decide(&before.id, Decision::Done(true), Known::of(&before), Unix(200));
    let after = row(None, Some(300));
    triage.hear(&Conversation::of(after.clone(), vec![part(AuthorKind::Admin, 250)]), Unix(320));
    assert_eq!(triage.standing(&after, Unix(320)), Standing::Done, "a teammate wrote");
    let parts = vec![part(AuthorKind::Customer, 300), part(AuthorKind::Bot, 301)];
    triage.hear(&Conversation::of(after.clone(), parts), Unix(330));
    assert_eq!(triage.standing(&after, Unix(330)), Standing::Back);
    assert_eq!((triage.take_returned(), triage.take_returned()), (vec![id(7)], vec![]));
    let mark = triage.mark(&id(7)).unwrap();
    assert_eq!((mark.heard, mark.back), (Some(Unix(300)), Some(Unix(330))));
}

#[test]
fn that_it_is_back_does_not_undo_what_another_window_decided_meanwhile() {
    let away = |triage: &mut Triage, until, at| {
        triage.decide(&id(7), Decision::Until(Some(Unix(until))), Known::default(), Unix(at));
    };
    for newer in [Decision::Until(Some(Unix(9_000))), Decision::Done(true), Decision::Until(None)] {
        let (mut ours, mut theirs) = (Triage::default(), Triage::default());
        away(&mut ours, 1_000, 100);
        let mut disk = ours.take_fresh();
        theirs.read(false, &disk);
        theirs.decide(&id(7), newer, Known::default(), Unix(950));
        disk.extend(theirs.take_fresh());
        ours.wake(Unix(1_000));
        let back = ours.take_fresh();
        disk.extend(back.clone());
        theirs.read(false, &back);
        let mut later = Triage::default();
        later.read(true, &Triage::folded(&disk));
        assert_eq!(theirs.mark(&id(7)), later.mark(&id(7)));
        assert!(!matches!(theirs.standing_of(&id(7), Unix(1_001)), Standing::Back));
        // The window that was late hears of it, and says nothing.
        ours.read(false, &disk[1..]);
        let said = ours.take_returned();
        assert_eq!((ours.mark(&id(7)), said), (theirs.mark(&id(7)), Vec::new()));
    }
}

#[test]
fn what_came_back_is_back_after_the_book_is_written_anew() {
    let mut triage = Triage::default();
    triage.decide(&id(7), Decision::Until(Some(Unix(9))), Known::default(), Unix(5));
    triage.decide(&id(7), Decision::Pinned(true), Known::default(), Unix(6));
    triage.decide(&id(7), Decision::Note("x".into()), Known::default(), Unix(6));
    triage.wake(Unix(10));
    let mut anew = Triage::default();
    anew.read(true, &Triage::folded(&Triage::folded(&triage.take_fresh())));
    assert_eq!(anew.mark(&id(7)), triage.mark(&id(7)));
}

#[test]
fn what_is_on_disk_keeps_to_the_bound_in_memory_and_loses_nothing_there() {
    let pins = (0..=MOST as u64).map(|number| Change { pinned: Some(true), ..Change::of(id(number)) });
    let pins: Vec<Change> = pins.collect();
    let mut triage = Triage::default();
    triage.read(true, &pins);
    assert_eq!(triage.marks().count(), MOST);
    triage.read(false, &[Change { note: Some("x".into()), ..Change::of(id(3)) }]);
    assert_eq!(triage.mark(&id(3)).map(|mark| mark.note.as_str()), Some("x"));
    assert_eq!(Triage::folded(&pins).len(), MOST + 1);
}

#[test]
fn a_thin_row_does_not_make_an_old_wait_news() {
    let mut triage = Triage::default();
    triage.decide(&id(7), Decision::Done(true), Known::of(&row(None, None)), Unix(200));
    assert_eq!(triage.standing(&row(Some(100), Some(100)), Unix(210)), Standing::Done);
    assert_eq!(triage.standing(&row(Some(205), Some(205)), Unix(210)), Standing::Back);
}

#[test]
fn what_somebody_answers_elsewhere_stays_back() {
    let mut triage = Triage::default();
    triage.decide(&id(7), Decision::Done(true), Known::of(&row(None, Some(100))), Unix(200));
    triage.see(&row(Some(300), Some(300)), Unix(310));
    assert_eq!(triage.standing(&row(None, Some(400)), Unix(410)), Standing::Back);
    triage.decide(&id(7), Decision::Done(true), Known::of(&row(None, Some(400))), Unix(420));
    assert_eq!(triage.standing(&row(None, Some(400)), Unix(430)), Standing::Done);
    triage.decide(&id(7), Decision::Done(false), Known::default(), Unix(440));
    assert_eq!(triage.mark(&id(7)), None);
}

#[test]
fn pins_and_notes_stay_when_it_is_done_and_when_it_is_not() {
    let mut triage = Triage::default();
    let now = Unix(5);
    for decision in [
        Decision::Pinned(true),
        Decision::Note(" a\u{202e}b ".into()),
        Decision::Done(true),
        Decision::Until(Some(Unix(9))),
        Decision::Until(None),
    ] {
        assert!(triage.decide(&id(7), decision, Known::default(), now));
    }
    let mark = triage.mark(&id(7)).unwrap().clone();
    assert_eq!((mark.pinned, mark.note.as_str(), mark.is_aside()), (true, " a\u{202e}b ", false));
    let mut other = Triage::default();
    other.read(false, &triage.take_fresh());
    assert_eq!(other.mark(&id(7)), Some(&mark));
    other.read(true, &[]);
    assert_eq!(other.mark(&id(7)), None);
}

#[test]
fn a_full_book_takes_no_new_name_and_goes_on_with_the_old_ones() {
    let mut triage = Triage::default();
    for number in 0..MOST as u64 {
        triage.decide(&id(number), Decision::Pinned(true), Known::default(), Unix(1));
    }
    assert!(!triage.decide(&id(u64::MAX), Decision::Pinned(true), Known::default(), Unix(1)));
    assert!(triage.decide(&id(u64::MAX), Decision::Pinned(false), Known::default(), Unix(1)));
    assert!(triage.decide(&id(3), Decision::Done(true), Known::default(), Unix(1)));
}

/// What can happen to one conversation.
#[derive(Clone, Debug)]
enum Happens {
    CustomerWrites,
    TeammateWrites,
    Touched,
    Done,
    NotDone,
    Away(i64),
    Here,
    Pin(bool),
    Listed,
    Opened,
    Slept(i64),
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        3 => Just(Happens::CustomerWrites),
        2 => Just(Happens::TeammateWrites),
        1 => Just(Happens::Touched),
        3 => Just(Happens::Done),
        1 => Just(Happens::NotDone),
        3 => (1i64..40).prop_map(Happens::Away),
        1 => Just(Happens::Here),
        1 => any::<bool>().prop_map(Happens::Pin),
        3 => Just(Happens::Listed),
        2 => Just(Happens::Opened),
        2 => (1i64..30).prop_map(Happens::Slept),
    ]
}

/// Done, or away until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Away {
    Done,
    Until(i64),
}

/// The conversation as it is, and as a person with a good memory would tell it.
struct World {
    now: i64,
    waiting: Option<i64>,
    updated: i64,
    parts: Vec<Part>,
    /// Done or away, and whether the customer wrote since what was known when that was decided.
    aside: Option<Away>,
    wrote: bool,
    back: bool,
}

impl World {
    fn row(&self) -> ConversationRow {
        let written = self.parts.iter().filter(|part| part.author.kind == AuthorKind::Customer);
        let replied = written.filter_map(|part| part.created_at).max();
        ConversationRow { contact_replied: replied, ..row(self.waiting, Some(self.updated)) }
    }

    fn decide(&mut self, triage: &mut Triage, decision: Decision, aside: Option<Away>) {
        // A person decides about what is on the screen, which is as fresh as it gets here.
        let known = Known::of_thread(&Conversation::of(self.row(), self.parts.clone()));
        assert!(triage.decide(&id(7), decision, known, Unix(self.now)));
        (self.aside, self.wrote, self.back) = (aside, false, false);
    }

    fn happens(&mut self, triage: &mut Triage, what: &Happens) {
        self.now += 1;
        match what {
            Happens::CustomerWrites => {
                self.waiting = self.waiting.or(Some(self.now));
                self.updated = self.now;
                self.parts.push(part(AuthorKind::Customer, self.now));
                self.wrote = true;
            }
            Happens::TeammateWrites => {
                (self.waiting, self.updated) = (None, self.now);
                self.parts.push(part(AuthorKind::Admin, self.now));
            }
            Happens::Touched => self.updated = self.now,
            Happens::Done => self.decide(triage, Decision::Done(true), Some(Away::Done)),
            Happens::NotDone => self.decide(triage, Decision::Done(false), None),
            Happens::Away(by) => {
                let until = self.now + by;
                self.decide(triage, Decision::Until(Some(Unix(until))), Some(Away::Until(until)));
            }
            Happens::Here => self.decide(triage, Decision::Until(None), None),
            Happens::Pin(pinned) => {
                triage.decide(&id(7), Decision::Pinned(*pinned), Known::default(), Unix(self.now));
            }
            Happens::Listed => {
                triage.see(&self.row(), Unix(self.now));
                self.back |= self.wrote;
            }
            Happens::Opened => {
                triage.hear(&Conversation::of(self.row(), self.parts.clone()), Unix(self.now));
                self.back |= self.wrote;
            }
            Happens::Slept(by) => {
                self.now += by;
                triage.wake(Unix(self.now));
            }
        }
        self.back |= matches!(what, Happens::Listed | Happens::Opened | Happens::Slept(_))
            && matches!(self.aside, Some(Away::Until(until)) if until <= self.now);
        self.back &= self.aside.is_some();
    }

    fn expected(&self) -> Standing {
        match self.aside {
            None => Standing::Here,
            Some(_) if self.back || self.wrote => Standing::Back,
            Some(Away::Done) => Standing::Done,
            Some(Away::Until(until)) if until <= self.now => Standing::Back,
            Some(Away::Until(until)) => Standing::Away(Unix(until)),
        }
    }
}

proptest! {
    #[test]
    fn standing_is_what_a_good_memory_would_say(all in proptest::collection::vec(happens(), 0..60)) {
        let mut world = World {
            now: 1_000, waiting: None, updated: 900, parts: vec![part(AuthorKind::Customer, 900)],
            aside: None, wrote: false, back: false,
        };
        let (mut triage, mut disk) = (Triage::default(), Triage::default());
        for what in &all {
            world.happens(&mut triage, what);
            prop_assert_eq!(triage.standing(&world.row(), Unix(world.now)), world.expected(), "after {:?}", what);
            // Another window that reads what this one put down sees the same.
            disk.read(false, &triage.take_fresh());
            prop_assert_eq!(disk.mark(&id(7)), triage.mark(&id(7)));
            let returned = triage.take_returned();
            prop_assert!(returned.is_empty() || world.expected() == Standing::Back);
        }
    }
}

proptest! {
    #[test]
    fn a_step_that_is_taken_back_leaves_what_was_before(
        before in proptest::collection::vec(happens(), 0..20),
        decided in 0..6usize,
        after in proptest::option::of(0..6usize),
    ) {
        let decisions = [
            Decision::Done(true), Decision::Done(false), Decision::Until(Some(Unix(90_000))), Decision::Until(None),
            Decision::Pinned(true), Decision::Note("n".into()),
        ];
        let mut world = World {
            now: 1_000, waiting: None, updated: 900, parts: vec![part(AuthorKind::Customer, 900)],
            aside: None, wrote: false, back: false,
        };
        let mut triage = Triage::default();
        for what in &before {
            world.happens(&mut triage, what);
        }
        let was = triage.mark(&id(7)).cloned().unwrap_or_default();
        let known = Known::of(&world.row());
        triage.decide(&id(7), decisions[decided].clone(), known, Unix(50_000));
        let now = triage.mark(&id(7)).cloned().unwrap_or_default();
        let step = undo::Decided { id: id(7), before: was.clone(), after: now.clone() };
        if let Some(newer) = after {
            // Somebody decides anew: what that was about stays.
            triage.decide(&id(7), decisions[newer].clone(), known, Unix(60_000));
            let newest = triage.mark(&id(7)).cloned().unwrap_or_default();
            triage.take_back(&step);
            let left = triage.mark(&id(7)).cloned().unwrap_or_default();
            if newest.at != now.at {
                prop_assert_eq!((left.done, left.until, left.at), (newest.done, newest.until, newest.at));
            }
        } else {
            prop_assert_eq!(triage.take_back(&step), was != now);
            prop_assert_eq!(triage.mark(&id(7)).cloned().unwrap_or_default(), was.clone());
        }
        // Another window, and the disk, see the same.
        let mut other = Triage::default();
        other.read(true, &triage.take_fresh());
        prop_assert_eq!(other.mark(&id(7)), triage.mark(&id(7)));
    }
}
