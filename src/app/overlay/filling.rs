//! One field of a question of the server's while it is filled in: any text, a number, a choice, several choices.

use crate::app::field::{Field, end_within};
use crate::app::key::{Code, Key};
use crate::app::rows::{Look, Row, wrapped};
use crate::domain::question::{Blank, Kind};
use crate::domain::text::{Clean, fit, reveal};

/// Graphemes of an explanation that are shown.
const LONGEST: usize = 500;
/// Choices that are shown, besides those that are chosen at first.
const CHOICES: usize = 200;

/// What is filled in.
#[derive(Debug)]
enum Held {
    Typed(Field),
    /// One of the choices; none for nothing yet.
    One(Vec<(String, Clean)>, Option<usize>),
    /// Any of them, and the one that has the keys.
    Many(Vec<(String, Clean, bool)>, usize),
}

/// A field.
#[derive(Debug)]
pub struct Filling {
    blank: Blank,
    held: Held,
}

fn truth() -> Vec<(String, Clean)> {
    vec![("true".to_owned(), Clean::fixed("yes")), ("false".to_owned(), Clean::fixed("no"))]
}

fn one(choices: Vec<(String, Clean)>, default: &str) -> Held {
    let at = choices.iter().position(|(value, _)| value == default);
    Held::One(choices, at)
}

/// As many choices as are shown, and every one that is chosen at first.
fn some(choices: Vec<(String, Clean)>, chosen: &[&str]) -> Vec<(String, Clean)> {
    let shown = choices.into_iter().enumerate();
    let shown = shown.filter(|(at, (value, _))| *at < CHOICES || chosen.contains(&value.as_str()));
    shown.map(|(_, choice)| choice).collect()
}

impl Filling {
    /// The field as it stands at first.
    pub fn of(mut blank: Blank) -> Self {
        let held = match std::mem::replace(&mut blank.kind, Kind::Text) {
            kind @ (Kind::Text | Kind::Number | Kind::Whole) => {
                blank.kind = kind;
                Held::Typed(Field::of(&blank.default))
            }
            Kind::Truth => one(truth(), &blank.default),
            Kind::One(choices) => one(some(choices, &[&blank.default]), &blank.default),
            Kind::Many(choices) => {
                let chosen: Vec<&str> = blank.default.lines().collect();
                let held = some(choices, &chosen).into_iter().map(|(value, title)| {
                    let is = chosen.contains(&value.as_str());
                    (value, title, is)
                });
                Held::Many(held.collect(), 0)
            }
        };
        Self { blank, held }
    }

    fn title(&self) -> &str {
        if self.blank.title.is_empty() { "This field" } else { &self.blank.title }
    }

    /// A key of this field.
    pub(super) fn press(&mut self, key: Key) {
        let step: isize = match key.code {
            Code::Left => -1,
            Code::Right => 1,
            Code::Char(' ') => 0,
            Code::Char(_)
            | Code::Enter
            | Code::Esc
            | Code::Backspace
            | Code::Delete
            | Code::Tab
            | Code::Up
            | Code::Down
            | Code::Home
            | Code::End
            | Code::PageUp
            | Code::PageDown
            | Code::Function(_) => {
                if let Held::Typed(field) = &mut self.held {
                    field.press(key);
                }
                return;
            }
        };
        match &mut self.held {
            Held::Typed(field) => drop(field.press(key)),
            Held::One(choices, at) => {
                let next = at.map_or(0, |at| at.saturating_add_signed(if step == 0 { 1 } else { step }));
                let last = choices.len().saturating_sub(1);
                // The blank goes round, so that every choice can be reached with it alone.
                let next = if step == 0 && next > last { 0 } else { next.min(last) };
                *at = (!choices.is_empty()).then_some(next);
            }
            Held::Many(choices, at) if step == 0 => {
                if let Some((_, _, is)) = choices.get_mut(*at) {
                    *is = !*is;
                }
            }
            Held::Many(choices, at) => {
                *at = at.saturating_add_signed(step).min(choices.len().saturating_sub(1));
            }
        }
    }

    /// Pasted text.
    pub(super) fn insert(&mut self, text: &str) {
        if let Held::Typed(field) = &mut self.held {
            field.insert(text);
        }
    }

    /// What to say when the last key did not fit, once.
    pub(super) fn complaint(&mut self) -> Option<String> {
        let title = fit(self.title(), 40).into_owned();
        let Held::Typed(field) = &mut self.held else { return None };
        field.complaint(&title)
    }

    /// Why it cannot be sent as it stands; none when it can.
    pub(super) fn wrong(&self) -> Option<String> {
        let title = fit(self.title(), 40);
        let value = self.held();
        if value.is_empty() {
            return self.blank.required.then(|| format!("{title} is needed; Esc puts the question off."));
        }
        match self.blank.kind {
            Kind::Number if value.trim().parse::<f64>().is_err() => {
                Some(format!("{title} has to be a number."))
            }
            Kind::Whole if value.trim().parse::<i64>().is_err() => {
                Some(format!("{title} has to be a whole number."))
            }
            Kind::Text | Kind::Number | Kind::Whole | Kind::Truth | Kind::One(_) | Kind::Many(_) => None,
        }
    }

    /// Name and value. An empty one is told as well: what was cleared must not become the default again.
    pub(super) fn value(&self) -> (String, String) {
        (self.blank.name.clone(), self.held())
    }

    fn held(&self) -> String {
        match &self.held {
            Held::Typed(field) => field.text().to_owned(),
            Held::One(choices, at) => {
                at.and_then(|at| choices.get(at)).map(|(value, _)| value.clone()).unwrap_or_default()
            }
            Held::Many(choices, _) => {
                let chosen: Vec<&str> =
                    choices.iter().filter(|(_, _, is)| *is).map(|(value, _, _)| value.as_str()).collect();
                chosen.join("\n")
            }
        }
    }

    /// Its rows: the server's name for it, the server's explanation, and what is filled in.
    pub(super) fn lay(&self, rows: &mut Vec<Row>, cells: u16, focused: bool, gutter: &str) {
        let needed = if self.blank.required { "" } else { "  (may be left out)" };
        let title = fit(self.title(), usize::from(cells.saturating_sub(24)).max(8));
        let look = if focused { Look::Strong } else { Look::Plain };
        rows.push(Row::of(gutter, Look::Dim).and(title, look).and(needed, Look::Dim));
        if !self.blank.description.is_empty() {
            wrapped(rows, gutter, &fit(&self.blank.description, LONGEST), Look::Dim, cells);
        }
        let mark = if focused { "› " } else { "  " };
        match &self.held {
            Held::Typed(field) => rows.push(typed(field, mark, focused, cells)),
            Held::One(choices, at) => {
                for (number, (_, title)) in choices.iter().enumerate() {
                    let (sign, look) =
                        if *at == Some(number) { ("(•) ", Look::Strong) } else { ("( ) ", Look::Plain) };
                    let here = if *at == Some(number) || number == 0 && at.is_none() { mark } else { "  " };
                    rows.push(choice(here, sign, title, look, cells));
                }
            }
            Held::Many(choices, at) => {
                for (number, (_, title, is)) in choices.iter().enumerate() {
                    let (sign, look) = if *is { ("[x] ", Look::Strong) } else { ("[ ] ", Look::Plain) };
                    rows.push(choice(if *at == number { mark } else { "  " }, sign, title, look, cells));
                }
            }
        }
    }
}

fn choice(mark: &str, sign: &str, title: &str, look: Look, cells: u16) -> Row {
    let title = fit(title, usize::from(cells.saturating_sub(6)));
    Row::of(mark, Look::Accent).and(sign, look).and(title, look)
}

/// The text with its cursor, which is always in view.
fn typed(field: &Field, mark: &str, focused: bool, cells: u16) -> Row {
    let (before, after) = field.text().split_at(field.cursor());
    let (before, after) = (reveal(before), reveal(after));
    let room = usize::from(cells.saturating_sub(4)).max(1);
    let row = Row::of(mark, Look::Accent).and(end_within(&before, room * 3 / 4), Look::Plain);
    if focused { row.and("▏", Look::Accent).and(after, Look::Plain) } else { row.and(after, Look::Plain) }
}
