//! The line where the number of a link is typed, to open its address or to copy it. Owns what is typed; refuses to open
//! anything but http and https.

use super::Articles;
use super::reader::Reader;
use crate::app::effect::Effect;
use crate::app::field::Field;
use crate::app::key::{Code, Key};
use crate::app::list::Move;
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::html::Target;
use crate::domain::text::Clean;

/// The longest number that is taken, in digits: there are no more than 65,535 links.
const DIGITS: usize = 5;

/// The line.
#[derive(Clone, Debug, Default)]
pub struct LinkLine {
    /// The number as typed.
    pub field: Field,
}

/// What the number that stands in the line leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Led<'paper> {
    /// Nothing was typed yet.
    Nowhere,
    /// There is no link with this number.
    Missing,
    /// This link.
    To(&'paper Target),
}

impl LinkLine {
    /// The rows it takes below the text: a rule, the number with the linked words, and the address.
    pub fn rows(&self) -> u16 {
        3
    }

    /// What the number leads to among these links.
    pub fn leads<'paper>(&self, links: &'paper [Target]) -> Led<'paper> {
        if self.field.text().is_empty() {
            return Led::Nowhere;
        }
        let number = self.field.text().parse::<usize>().ok();
        let target = number.and_then(|number| number.checked_sub(1)).and_then(|at| links.get(at));
        target.map_or(Led::Missing, Led::To)
    }
}

/// How many links there are, in words.
pub fn count(links: usize) -> String {
    match links {
        1 => "This article has one link, number 1.".into(),
        links => format!("This article has {links} links, numbered 1 to {links}."),
    }
}

impl Reader {
    /// Opens the line.
    pub(in crate::app::pane) fn follow_link(&mut self, shell: &mut Shell) {
        self.paper.lay_rest();
        if self.paper.links().is_empty() {
            return shell.say(Weight::Quiet, "This article has no links.");
        }
        let line = LinkLine::default();
        // Who reads the end goes on reading it: the line takes its rows from the text above.
        let (lines, view) = (self.paper.lines().len(), self.scroll.view());
        if view.end == lines {
            self.scroll.fit(lines, view.len().saturating_sub(usize::from(line.rows())));
            self.scroll.go(Move::Bottom);
        }
        self.line = Some(line);
    }

    /// A key in the line.
    pub(in crate::app::pane) fn link_key(&mut self, shell: &mut Shell, key: Key) {
        let copies = matches!(key.code, Code::Char('y')) && !key.alt;
        let Some(line) = &mut self.line else { return };
        if copies || key.code == Code::Enter {
            return self.use_link(shell, copies);
        }
        match key.typed() {
            Some(digit) if digit.is_ascii_digit() => self.link_digits(digit.encode_utf8(&mut [0; 4])),
            Some(_) => shell.say(Weight::Quiet, "Type the number that stands after the link's words."),
            None => {
                line.field.press(key);
            }
        }
    }

    /// Types what of a text is digits.
    pub(in crate::app::pane) fn link_digits(&mut self, text: &str) {
        let Some(line) = &mut self.line else { return };
        let room = DIGITS.saturating_sub(line.field.text().len());
        let digits: String = text.chars().filter(char::is_ascii_digit).take(room).collect();
        line.field.insert(&digits);
    }

    /// Opens or copies what the number leads to, or says why not.
    fn use_link(&mut self, shell: &mut Shell, copies: bool) {
        let Some(line) = &self.line else { return };
        match line.leads(self.paper.links()) {
            Led::Nowhere => shell.say(Weight::Quiet, "Type the number that stands after the link's words."),
            Led::Missing => {
                let words = format!("There is no link {}.", line.field.text());
                let hint = count(self.paper.links().len());
                shell.tell(Weight::Bad, Clean::line(&words), Clean::line(&hint));
            }
            Led::To(target) if copies => {
                shell.effect(Effect::Copy(target.address.clone()));
                shell.say(Weight::Quiet, "The link's address is on the clipboard.");
                self.line = None;
            }
            Led::To(target) if target.openable => {
                shell.effect(Effect::Browse(target.address.clone()));
                self.line = None;
            }
            Led::To(_) => {
                let hint = Clean::fixed("y copies the address.");
                shell.tell(Weight::Bad, Clean::fixed("Only http and https addresses are opened."), hint);
            }
        }
    }
}

impl Articles {
    /// Whether the number of a link is being typed.
    pub(crate) fn reads_link(&self) -> bool {
        self.desk.is_none() && self.reader.as_ref().is_some_and(|reader| reader.line.is_some())
    }

    /// A key in the line.
    pub(super) fn link_key(&mut self, shell: &mut Shell, key: Key) {
        if let Some(reader) = &mut self.reader {
            reader.link_key(shell, key);
        }
    }

    /// Types what of a text is digits.
    pub(super) fn link_digits(&mut self, text: &str) {
        if let Some(reader) = &mut self.reader {
            reader.link_digits(text);
        }
    }
}
