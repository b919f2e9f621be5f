//! Records that lack fields: every screen shows them, and no row looks empty.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::desk::Desk;
use super::dice::Dice;
use super::frame::{check, row};
use super::server::{Kind, Records, example, id_of};

/// What may become of a field.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Gone,
    Null,
    Blank,
    Odd,
}

fn blank(value: &Value) -> Value {
    match value {
        Value::String(_) => json!(""),
        Value::Number(_) => json!(0),
        Value::Array(_) => json!([]),
        Value::Object(_) => json!({}),
        Value::Bool(_) | Value::Null => json!(false),
    }
}

fn odd(dice: &mut Dice) -> Value {
    match dice.roll(7) {
        0 => json!("word"),
        1 => json!(-1),
        2 => json!(1e300),
        3 => json!([null, "x", {"id": null}]),
        4 => json!({"data": null}),
        5 => json!(true),
        _ => json!("\u{202e}\u{1b}[2J"),
    }
}

/// Spoils fields at every depth; `of` in 100 of them.
fn spoil(value: &mut Value, dice: &mut Dice, of: u64, fates: &[Fate], top: bool) {
    match value {
        Value::Object(fields) => {
            let names: Vec<String> = fields.keys().cloned().collect();
            for name in names {
                if top && name == "id" {
                    continue;
                }
                if dice.roll(100) < of {
                    match *dice.pick(fates) {
                        Fate::Gone => drop(fields.remove(&name)),
                        Fate::Null => fields[&name] = Value::Null,
                        Fate::Blank => fields[&name] = blank(&fields[&name]),
                        Fate::Odd => fields[&name] = odd(dice),
                    }
                } else if let Some(field) = fields.get_mut(&name) {
                    spoil(field, dice, of, fates, false);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| spoil(item, dice, of, fates, false)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A whole record with its own id, related to the others of its number.
pub(crate) fn record(kind: Kind, number: usize) -> Value {
    let mut record = example(kind);
    record["id"] = json!(id_of(kind, number));
    match kind {
        Kind::Conversation => {
            record["contacts"] =
                json!({"contacts": [{"type": "contact", "id": id_of(Kind::Contact, number)}]});
        }
        Kind::Contact => {
            record["companies"] =
                json!({"data": [{"type": "company", "id": id_of(Kind::Company, number)}], "total_count": 1});
        }
        // One letter would do for a company's own number, but nobody could tell it from a figure.
        Kind::Company => record["company_id"] = json!("acct-77"),
        Kind::Article => {}
    }
    record
}

fn spoilt(seed: u64, of: u64, fates: &'static [Fate]) -> Records {
    let make = move |kind, number: usize| {
        let mut record = record(kind, number);
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (number as u64 + 1) << 20 | 1);
        spoil(&mut record, &mut dice, of, fates, true);
        record
    };
    Records { count: 40, make: Arc::new(make) }
}

/// Where rows of lists are, and what one does to get there.
const LISTS: [(&str, &str); 4] =
    [("conversations", "1"), ("people", "2"), ("companies", "3"), ("articles", "4")];

/// Goes through every screen. Where fields hold what nobody would write, a row may well say less than a word.
fn walk(records: Records, cols: u16, rows: u16, odd: bool, what: &str) {
    let mut desk = Desk::open(records, cols, rows);
    for (list, key) in LISTS {
        desk.keys(key);
        check(&desk.frame(), &format!("{what}: {list}"));
        if !odd {
            no_row_is_empty(&desk, &format!("{what}: {list}"));
        }
        for step in [
            "j", "<enter>", "c", "<esc>", "<esc>", "j", "c", "C", "<esc>", "<esc>", "<esc>", "G", "<enter>",
            "G", "<esc>",
        ] {
            desk.keys(step);
            check(&desk.frame(), &format!("{what}: {list}, after {step}"));
        }
    }
}

#[test]
fn every_combination_of_missing_fields_is_shown() {
    let fates: &[&'static [Fate]] = &[
        &[Fate::Gone],
        &[Fate::Null],
        &[Fate::Gone, Fate::Null, Fate::Blank],
        &[Fate::Gone, Fate::Null, Fate::Blank, Fate::Odd],
    ];
    let strategy = (
        any::<u64>(),
        prop_oneof![Just(5u64), Just(25), Just(50), Just(90), Just(100)],
        0..fates.len(),
        any::<bool>(),
    );
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(40) });
    runner
        .run(&strategy, |(seed, of, fate, wide)| {
            let (cols, rows) = if wide { (200, 60) } else { (80, 24) };
            walk(spoilt(seed, of, fates[fate]), cols, rows, fate == 3, &format!("{seed} {of} {fate}"));
            Ok(())
        })
        .unwrap();
}

/// Rows of a list say a word or at least an id, whatever is missing.
fn no_row_is_empty(desk: &Desk, what: &str) {
    let frame = desk.frame();
    for y in 4..20 {
        let text = row(&frame, y);
        let words = text.chars().filter(|c| c.is_alphanumeric()).count();
        assert!(words >= 4, "{what}: row {y} says nothing: {text:?}\n{}", whole(&frame));
    }
}

#[test]
fn no_row_looks_empty() {
    for (of, fates) in [
        (100, &[Fate::Gone][..]),
        (100, &[Fate::Null]),
        (100, &[Fate::Blank]),
        (60, &[Fate::Gone, Fate::Null, Fate::Blank]),
    ] {
        let mut desk = Desk::open(spoilt(7, of, fates), 80, 24);
        for (list, key) in LISTS {
            desk.keys(key);
            check(&desk.frame(), list);
            no_row_is_empty(&desk, &format!("{list}, {of}"));
        }
    }
}

fn whole(frame: &ratatui::buffer::Buffer) -> String {
    (0..frame.area.height).map(|y| row(frame, y) + "\n").collect()
}
