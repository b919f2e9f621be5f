//! The number of a link or file in the field, to open its address or to copy it. Refuses to open anything but http and
//! https.

use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::notice::Weight;
use crate::app::pane::inbox::Inbox;
use crate::app::pane::inbox::line::Purpose;
use crate::app::pane::inbox::lines::targets;
use crate::app::pane::inbox::reader::{Read, Reader};
use crate::app::shell::Shell;
use crate::domain::html::Target;
use crate::domain::text::Clean;

/// The longest number that is taken, in digits.
const DIGITS: usize = 7;
/// Said when something else than a number is typed.
const NUMBER: &str = "Type the number that stands beside the link or file.";

/// How many there are, in words.
fn count(numbers: usize) -> String {
    match numbers {
        1 => "This conversation has one link or file, number 1.".into(),
        more => format!("This conversation has {more} links and files, numbered 1 to {more}."),
    }
}

impl Reader {
    /// The link or file of a number in the open thread.
    pub fn target(&mut self, number: usize) -> Option<Target> {
        let Read { thread, sheet, .. } = self.read()?;
        let (part, at) = sheet.numbered(number)?;
        targets(thread.parts.get(part)?).into_iter().nth(at)
    }

    /// How many links and files the open thread has.
    pub fn numbers(&self) -> usize {
        self.sheet().map_or(0, super::sheet::Sheet::numbers)
    }
}

impl Reader {
    /// Whether links and files are still being counted.
    pub fn is_counting(&self) -> bool {
        self.sheet().is_some_and(super::sheet::Sheet::is_unnumbered)
    }
}

impl Inbox {
    /// Whether the number of a link is being typed.
    pub(crate) fn reads_link(&self) -> bool {
        self.line.as_ref().is_some_and(|line| line.purpose == Purpose::Link)
    }

    /// Opens the field for a number.
    pub(super) fn open_links(&mut self, _: &mut Shell) {
        self.open_line(Purpose::Link, "");
        self.link_typed();
    }

    /// A key in the field that is no digit. False when the field takes it.
    pub(in crate::app::pane::inbox) fn link_key(&mut self, shell: &mut Shell, key: Key) -> bool {
        if matches!(key.code, Code::Char('y')) && !key.alt {
            self.use_link(shell, true);
            return true;
        }
        let is_letter = key.typed().is_some_and(|letter| !letter.is_ascii_digit());
        if is_letter {
            shell.say(Weight::Quiet, NUMBER);
        }
        let full = self.line.as_ref().is_some_and(|line| line.field.text().len() >= DIGITS);
        is_letter || full && key.typed().is_some()
    }

    /// Says where the number leads.
    pub(in crate::app::pane::inbox) fn link_typed(&mut self) {
        let Some(typed) = self.line.as_ref().map(|line| line.field.text().to_owned()) else { return };
        let target = typed.trim().parse().ok().and_then(|number| self.reader.target(number));
        let all = self.reader.numbers();
        let said = match target {
            _ if typed.is_empty() && self.reader.is_counting() => format!("1 to {all} so far"),
            _ if typed.is_empty() => format!("1 to {all}"),
            Some(target) => crate::domain::text::fit(&target.address, 60).into_owned(),
            None if self.reader.is_counting() => format!("counting links… {all} so far"),
            None => "no such link".into(),
        };
        if let Some(line) = &mut self.line {
            line.said = said;
        }
    }

    /// Opens or copies what the number leads to, or says why not; then the field stays.
    pub(in crate::app::pane::inbox) fn use_link(&mut self, shell: &mut Shell, copies: bool) {
        let Some(typed) = self.line.as_ref().map(|line| line.field.text().trim().to_owned()) else { return };
        if typed.is_empty() {
            return shell.say(Weight::Quiet, NUMBER);
        }
        let target = typed.parse().ok().and_then(|number| self.reader.target(number));
        match target {
            None if self.reader.is_counting() => {
                shell.say(Weight::Quiet, "The links are still being counted; try again in a moment.");
            }
            None => {
                let words = format!("There is no link or file {typed}.");
                shell.tell(Weight::Bad, Clean::line(&words), Clean::line(&count(self.reader.numbers())));
            }
            Some(target) if target.address.is_empty() => {
                shell.say(Weight::Bad, "The server did not say where this file is.");
            }
            Some(target) if copies => {
                shell.effect(Effect::Copy(target.address));
                shell.say(Weight::Good, "Its address is on the clipboard.");
                self.line = None;
            }
            Some(target) if target.openable => {
                shell.effect(Effect::Browse(target.address));
                self.line = None;
            }
            Some(_) => {
                let hint = Clean::fixed("y copies the address.");
                shell.tell(Weight::Bad, Clean::fixed("Only http and https addresses are opened."), hint);
            }
        }
    }
}
