//! Messages and threads on the clipboard: clean text, and how much of it is said.

use std::fmt::Write as _;

use super::commands::PAUSE_MILLIS;
use super::words::{counted, kind};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::event::Timer;
use crate::app::notice::Weight;
use crate::app::pane::inbox::Inbox;
use crate::app::pane::inbox::coverage::grouped;
use crate::app::pane::inbox::happenings::sentence;
use crate::app::pane::inbox::reader::{Read, Reader};
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::conversation::{Attachment, Conversation, Part, PartKind};
use crate::domain::mail;
use crate::domain::text::Clean;
use crate::domain::time::stamp;
use crate::domain::transcript::{Form, escaped, message, quoted};

/// The most that is copied, in bytes; a clipboard is no archive.
const MOST: usize = 4_000_000;
/// Bytes of bodies that are made into text at once: about two milliseconds' worth.
const PORTION: usize = 100_000;
/// What a part costs besides its body, in bytes.
const LEAST: usize = 200;

/// What is copied of one part: its words, its files, and how many folded lines were left out.
fn words(part: &Part, form: Form, folded: bool) -> (String, usize) {
    if part.redacted {
        return ("(This message was removed.)".into(), 0);
    }
    let (mut words, out) = message(&mail::read(part.body.as_str()), form, folded);
    for file in &part.attachments {
        if !words.is_empty() {
            words.push_str(if form == Form::Markdown { "\n\n" } else { "\n" });
        }
        words.push_str(&file_words(file, form));
    }
    (words, out)
}

fn file_words(file: &Attachment, form: Form) -> String {
    let name = if file.name.is_empty() { "unnamed file" } else { file.name.as_str() };
    if form == Form::Markdown { format!("(file: {})", escaped(name)) } else { format!("(file: {name})") }
}

/// Who and when, as the heading of a part.
fn heading(part: &Part, form: Form, zone: i32) -> String {
    let mut words = part.author.called().to_owned();
    if part.kind == PartKind::Note {
        words.push_str(", internal note");
    } else if !words.eq_ignore_ascii_case(kind(&part.author)) {
        words.push_str(", ");
        words.push_str(kind(&part.author));
    }
    if let Some(at) = part.created_at {
        words.push_str(", ");
        words.push_str(&stamp(at, zone));
    }
    match form {
        Form::Plain => format!("{words}:"),
        Form::Markdown => format!("**{}**", escaped(&words)),
    }
}

/// A whole thread on its way to the clipboard.
#[derive(Debug)]
pub struct Copying {
    form: Form,
    folded: bool,
    /// Of which content of the thread.
    version: u64,
    text: String,
    /// Parts before the first that the server did not send.
    older: u64,
    /// How many parts are in it.
    parts: usize,
    /// Folded lines that were left out.
    out: usize,
    /// Internal notes among them.
    notes: usize,
    cut: bool,
}

impl Copying {
    fn of(thread: &Conversation, form: Form, folded: bool, version: u64) -> Self {
        let title = if thread.row.subject.is_empty() { "(no subject)" } else { thread.row.subject.as_str() };
        let mut text =
            if form == Form::Markdown { format!("# {}", escaped(title)) } else { title.to_owned() };
        let older = thread.older();
        if older > 0 {
            let _ = write!(text, "\n\n({} older parts are not here)", grouped(older));
        }
        Self { form, folded, version, text, older, parts: 0, out: 0, notes: 0, cut: false }
    }

    /// What is on the clipboard at the end, in words.
    fn what(&self) -> String {
        let form = if self.form == Form::Markdown { "Markdown" } else { "text" };
        let which = match self.cut {
            true => "the first ",
            false if self.older > 0 => "the newest ",
            false => "",
        };
        format!("{which}{} as {form}", counted(self.parts, "part"))
    }

    /// Takes in parts for a while. True when there are more.
    fn go_on(&mut self, thread: &Conversation, shell: &Shell) -> bool {
        let mut spent = 0;
        while let Some(part) = thread.parts.get(self.parts).filter(|_| !self.cut) {
            if spent >= PORTION {
                return true;
            }
            self.part(part, shell);
            spent += LEAST + part.body.len();
            self.parts += 1;
            if self.text.len() > MOST && self.parts < thread.parts.len() {
                self.text.push_str("\n\n(cut here)");
                self.cut = true;
            }
        }
        false
    }

    fn part(&mut self, part: &Part, shell: &Shell) {
        let form = self.form;
        if part.kind == PartKind::Event {
            let happened = sentence(part, &shell.roster);
            let when =
                part.created_at.map(|at| format!(", {}", stamp(at, shell.now.zone))).unwrap_or_default();
            let _ = match form {
                Form::Plain => write!(self.text, "\n\n· {happened}{when}"),
                Form::Markdown => write!(self.text, "\n\n*{}*", escaped(&format!("{happened}{when}"))),
            };
            return;
        }
        self.notes += usize::from(part.kind == PartKind::Note);
        let (said, left_out) = words(part, form, self.folded);
        self.out += left_out;
        let _ = write!(self.text, "\n\n{}\n\n{said}", heading(part, form, shell.now.zone));
    }

    /// How far it is, of so many parts.
    pub fn said(&self, all: usize) -> String {
        format!("copying… {} of {}", grouped(self.parts as u64), counted(all, "part"))
    }
}

/// How much is on the clipboard, in words; `key` shows what was left out, where it is not shown.
fn told(what: &str, text: &str, notes: usize, (out, key): (usize, Option<&str>)) -> (String, String) {
    let characters = counted(text.chars().count(), "character");
    let notes = match notes {
        0 => String::new(),
        notes => format!(", {} among them", counted(notes, "internal note")),
    };
    let sentence = format!("Copied {what}{notes}: {characters}.");
    let hint = match key {
        _ if out == 0 => String::new(),
        Some(key) => format!("Left out: {}; {key} shows such lines.", counted(out, "folded line")),
        None => format!("Left out: {}.", counted(out, "quoted or signature line")),
    };
    (sentence, hint)
}

impl Reader {
    /// Stops copying. False when nothing was being copied.
    pub(in crate::app::pane::inbox) fn stop_copying(&mut self, shell: &mut Shell) -> bool {
        let stopped = self.copying.take().is_some();
        if stopped {
            shell.say(Weight::Quiet, "Stopped; nothing was copied.");
        }
        stopped
    }
}

impl Inbox {
    fn put_on_clipboard(&self, shell: &mut Shell, what: &str, text: &str, (notes, out): (usize, usize)) {
        let clean = Clean::text(text.trim_end());
        let key = shell.key(Place::Thread, Command::Quotes);
        let key = Some(key.as_str()).filter(|_| !self.reader.quotes);
        let (sentence, hint) = told(what, &clean, notes, (out, key));
        shell.effect(Effect::Copy(clean));
        shell.tell(Weight::Good, Clean::line(&sentence), Clean::line(&hint));
    }

    /// Copies the message one stands on, as it is or as a quotation.
    pub(super) fn copy_message(&mut self, shell: &mut Shell, quotes: bool) {
        let folded = quotes || !self.reader.quotes;
        let mark = self.reader.window.mark;
        let Some(part) = self.reader.thread().and_then(|thread| thread.parts.get(mark)) else { return };
        let (said, out) = words(part, Form::Plain, folded);
        if said.is_empty() {
            return shell.say(Weight::Quiet, "This message has no words.");
        }
        let what = match (part.kind == PartKind::Note, quotes) {
            (true, true) => "this internal note as a quote",
            (true, false) => "this internal note",
            (false, true) => "this message as a quote",
            (false, false) => "this message",
        };
        let text = if quotes { quoted(&said) } else { said };
        self.put_on_clipboard(shell, what, &text, (0, out));
    }

    /// Copies the whole thread: at once when it is short, else in portions.
    pub(super) fn copy_thread(&mut self, shell: &mut Shell, form: Form) {
        let folded = !self.reader.quotes;
        let Some(Read { thread, sheet, .. }) = self.reader.read() else { return };
        let (parts, copying) = (thread.parts.len(), Copying::of(thread, form, folded, sheet.version));
        self.reader.copying = Some(copying);
        self.copy_on(shell);
        if self.reader.copying.is_some() {
            let words = format!("Copying {}…", counted(parts, "part"));
            let hint = format!("{} stops.", shell.key(Place::Thread, Command::Back));
            shell.tell(Weight::Quiet, Clean::line(&words), Clean::line(&hint));
        }
    }

    /// The next portion of the thread that is copied.
    pub(super) fn copy_on(&mut self, shell: &mut Shell) {
        let Some(mut copying) = self.reader.copying.take() else { return };
        let read = self.reader.read().filter(|read| read.sheet.version == copying.version);
        let Some(Read { thread, .. }) = read else {
            return shell.say(Weight::Quiet, "Nothing was copied: the conversation changed meanwhile.");
        };
        if copying.go_on(thread, shell) {
            shell.timer(Timer::Layout, PAUSE_MILLIS);
            self.reader.copying = Some(copying);
            return;
        }
        self.put_on_clipboard(shell, &copying.what(), &copying.text, (copying.notes, copying.out));
    }
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn how_much_was_copied() {
        assert_eq!(
            told("this message", "a\nb", 0, (0, Some("z"))),
            ("Copied this message: 3 characters.".into(), String::new())
        );
        let (sentence, hint) = told("9 parts as text", &"x".repeat(1_000), 1, (12, Some("z")));
        assert_eq!(sentence, "Copied 9 parts as text, 1 internal note among them: 1,000 characters.");
        assert_eq!(hint, "Left out: 12 folded lines; z shows such lines.");
        let (_, hint) = told("this message as a quote", "> a", 0, (1, None));
        assert_eq!(hint, "Left out: 1 quoted or signature line.");
    }
}
