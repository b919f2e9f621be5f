//! Questions of the server's: a dialog over everything but the confirmation, which it waits behind. It takes nothing until it
//! has been on the screen for a while in which nothing was pressed, so that what was meant for another place is never its
//! answer. Owns what is filled in; refuses to look like a question of ours.

use std::collections::VecDeque;

use ratatui::layout::Rect;

use super::filling::Filling;
use crate::app::effect::Effect;
use crate::app::event::Timer;
use crate::app::key::{Code, Key};
use crate::app::list::{Move, Scroll};
use crate::app::notice::Weight;
use crate::app::rows::{Look, Row, wrapped};
use crate::app::shell::Shell;
use crate::domain::question::{Question, QuestionId, Reply, Wants};
use crate::domain::text::{Clean, fit};
use crate::domain::time::Moment;

/// How long nothing may be pressed before it takes a key, in milliseconds.
pub const QUIET_MILLIS: u64 = 500;
/// How long nobody may have typed elsewhere before it is shown, in milliseconds.
const TYPING_MILLIS: u64 = 1_000;
/// Questions that may wait; the server is told "not now" about one more.
const MOST: usize = 16;
/// Fields of one form that can be filled in.
const MOST_FIELDS: usize = 100;
/// Graphemes of the server's words that are shown.
const LONGEST: usize = 2_000;
/// The widest it gets, and the smallest body it can be read in.
const WIDEST: u16 = 76;
const SMALLEST: (u16, u16) = (30, 9);
/// What stands before every row of the server's words.
const GUTTER: &str = "▎ ";

/// A question with what is filled in so far.
#[derive(Debug)]
pub struct Asked {
    /// Names it.
    pub id: QuestionId,
    message: Clean,
    /// The page it wants opened.
    pub page: Option<Clean>,
    /// Its fields.
    pub fields: Vec<Filling>,
    /// The field that has the keys.
    pub at: usize,
}

impl Asked {
    fn of(question: Question) -> Self {
        let (page, blanks) = match question.wants {
            Wants::Page(page) => (Some(page), Vec::new()),
            Wants::Form(blanks) => (None, blanks),
        };
        let fields = blanks.into_iter().take(MOST_FIELDS).map(Filling::of).collect();
        Self { id: question.id, message: question.message, page, fields, at: 0 }
    }
}

/// The questions.
#[derive(Debug, Default)]
pub struct Questions {
    waiting: VecDeque<Asked>,
    /// Whether the first of them is on the screen.
    shown: bool,
    /// Since when nothing was pressed, with it on the screen.
    quiet: Option<Moment>,
    /// Whether the frame with it was asked about.
    asked: bool,
    /// When somebody who types was told that one waits.
    told: Option<Moment>,
    /// What is laid out: which question, for how many cells, and whether it takes keys.
    laid: Option<(QuestionId, u16, bool)>,
    /// Laid out for the present size.
    pub rows: Vec<Row>,
    /// The window over the rows.
    pub scroll: Scroll,
    /// The row of the field that has the keys.
    focus: usize,
    /// Something was done in that field, so that it has to be seen.
    moved: bool,
}

/// Columns of the dialog in a body, its edge included.
pub fn columns(body: Rect) -> u16 {
    body.width.min(WIDEST)
}

impl Questions {
    /// The server asks.
    pub fn ask(&mut self, shell: &mut Shell, question: Question) {
        if self.waiting.len() >= MOST {
            return shell.effect(Effect::Answer(question.id, Reply::Cancelled));
        }
        self.waiting.push_back(Asked::of(question));
    }

    /// The server does not ask any more.
    pub fn unask(&mut self, shell: &mut Shell, id: QuestionId) {
        let Some(at) = self.waiting.iter().position(|asked| asked.id == id) else { return };
        self.waiting.remove(at);
        if at == 0 {
            self.disappear();
            shell.say(Weight::Quiet, "The server took its question back.");
        }
    }

    /// The link is lost: nobody waits for answers any more.
    pub fn drop_all(&mut self) {
        self.waiting.clear();
        self.disappear();
    }

    fn disappear(&mut self) {
        (self.shown, self.asked, self.quiet) = (false, false, None);
        self.scroll = Scroll::default();
        self.rows.clear();
        self.laid = None;
    }

    /// The question on the screen.
    pub fn shown(&self) -> Option<&Asked> {
        self.waiting.front().filter(|_| self.shown)
    }

    /// Questions that wait behind the first.
    pub fn behind(&self) -> usize {
        self.waiting.len().saturating_sub(1)
    }

    /// Whether somebody typed a moment ago where text is taken: a question would swallow the rest of it. Says once that one
    /// waits, and wakes up when it may be shown.
    pub(in crate::app) fn waits_for_typing(&mut self, shell: &mut Shell) -> bool {
        let age = shell.typed.map_or(TYPING_MILLIS, |typed| shell.now.since(typed));
        let waits = !self.shown && !self.waiting.is_empty() && age < TYPING_MILLIS;
        if waits {
            if self.told.replace(shell.now).is_none() {
                shell.say(Weight::Quiet, "The server asks something; it is shown when you stop typing.");
            }
            shell.timer(Timer::Asked, TYPING_MILLIS - age);
        } else {
            self.told = None;
        }
        waits
    }

    /// Shows the first question unless something covers it, and asks when it is on the screen.
    pub(in crate::app) fn settle(&mut self, shell: &mut Shell, covered: bool) {
        if covered || self.waiting.is_empty() {
            return self.disappear();
        }
        self.shown = true;
        if !Self::fits(shell.frame.body) {
            // Nobody can read it there: it counts as not painted.
            (self.asked, self.quiet) = (false, None);
            return;
        }
        if !std::mem::replace(&mut self.asked, true) {
            shell.effect(Effect::TellPainted);
        }
    }

    /// It is on the screen: from now on nothing may be pressed for a while.
    pub(in crate::app) fn painted(&mut self, shell: &mut Shell) {
        if self.shown && self.asked && self.quiet.is_none() {
            self.be_quiet(shell);
        }
    }

    fn be_quiet(&mut self, shell: &mut Shell) {
        self.quiet = Some(shell.now);
        shell.timer(Timer::Asked, QUIET_MILLIS);
    }

    /// Something was pressed. Before it is on the screen that was meant for another place, and nothing counts yet.
    fn disturbed(&mut self, shell: &mut Shell) {
        if self.quiet.is_some() {
            self.be_quiet(shell);
        }
    }

    /// Whether it takes keys now.
    pub fn is_armed(&self, now: Moment, body: Rect) -> bool {
        Self::fits(body) && self.quiet.is_some_and(|since| now.since(since) >= QUIET_MILLIS)
    }

    /// Whether a body has room for it.
    pub fn fits(body: Rect) -> bool {
        body.width >= SMALLEST.0 && body.height >= SMALLEST.1
    }

    /// A key.
    pub(in crate::app) fn press(&mut self, shell: &mut Shell, key: Key) {
        let body = shell.frame.body;
        let leaves = key.code == Code::Esc || (key.ctrl && matches!(key.code, Code::Char('c' | 'q')));
        if leaves && !Self::fits(body) {
            return self.answer(shell, Reply::Cancelled);
        }
        if !self.is_armed(shell.now, body) {
            return self.disturbed(shell);
        }
        shell.notice = None;
        if leaves {
            return self.answer(shell, Reply::Cancelled);
        }
        if key.ctrl && key.code == Code::Char('d') {
            return self.answer(shell, Reply::Declined);
        }
        self.fill(shell, key);
    }

    fn fill(&mut self, shell: &mut Shell, key: Key) {
        let Some(asked) = self.waiting.front_mut() else { return };
        if let Some(page) = &asked.page {
            let (id, page) = (asked.id, page.clone());
            let opens = key == Key::plain(Code::Char('o'));
            let copies = key == Key::plain(Code::Char('y'));
            if !opens && !copies {
                return self.scroll_by(key.code);
            }
            if self.scroll.percent() < 100 {
                // The address stands below the words, and is read before it is opened.
                self.scroll.go(Move::Bottom);
                return shell.say(Weight::Quiet, "Read the address first, then press the key again.");
            }
            if opens {
                return shell.effect(Effect::Visit(id, page));
            }
            // Where no browser can be started here, the page is opened elsewhere.
            shell.effect(Effect::Copy(page));
            return self.answer(shell, Reply::Filled(Vec::new()));
        }
        let count = asked.fields.len();
        match (key.code, key.shift) {
            (Code::Enter, _) => return self.enter(shell),
            (Code::Tab | Code::Up, true) | (Code::Up, false) => asked.at = asked.at.saturating_sub(1),
            (Code::Tab | Code::Down, _) => asked.at = (asked.at + 1).min(count.saturating_sub(1)),
            (code @ (Code::PageUp | Code::PageDown), _) => return self.scroll_by(code),
            _ => {
                let Some(field) = asked.fields.get_mut(asked.at) else { return };
                field.press(key);
                if let Some(words) = field.complaint() {
                    shell.say(Weight::Bad, &words);
                }
            }
        }
        self.look_at_focus();
    }

    fn scroll_by(&mut self, code: Code) {
        let movement = match code {
            Code::Up => Move::Up,
            Code::Down => Move::Down,
            Code::PageUp => Move::PageUp,
            Code::PageDown => Move::PageDown,
            Code::Char(_)
            | Code::Enter
            | Code::Esc
            | Code::Backspace
            | Code::Delete
            | Code::Tab
            | Code::Left
            | Code::Right
            | Code::Home
            | Code::End
            | Code::Function(_) => return,
        };
        self.scroll.go(movement);
    }

    /// Enter: the next field, or the answer at the last one.
    fn enter(&mut self, shell: &mut Shell) {
        let Some(asked) = self.waiting.front_mut() else { return };
        if asked.at + 1 < asked.fields.len() {
            asked.at += 1;
            return self.look_at_focus();
        }
        let wrong = asked.fields.iter().enumerate().find_map(|(at, field)| Some((at, field.wrong()?)));
        if let Some((at, words)) = wrong {
            asked.at = at;
            shell.say(Weight::Bad, &words);
            return self.look_at_focus();
        }
        if !asked.fields.is_empty() && !self.scroll.view().contains(&(self.focus + 1)) {
            shell.say(Weight::Quiet, "Look at what is filled in, then press Enter again.");
            return self.look_at_focus();
        }
        let filled = asked.fields.iter().map(Filling::value).collect();
        self.answer(shell, Reply::Filled(filled));
    }

    /// A browser was started for a question's page: that is the answer to it.
    pub(in crate::app) fn visited(&mut self, shell: &mut Shell, id: QuestionId) {
        if self.shown().is_some_and(|asked| asked.id == id) {
            self.answer(shell, Reply::Filled(Vec::new()));
        }
    }

    fn look_at_focus(&mut self) {
        self.moved = true;
    }

    /// Pasted text: for the field that has the keys.
    pub(in crate::app) fn paste(&mut self, shell: &mut Shell, text: &str) {
        if !self.is_armed(shell.now, shell.frame.body) {
            return self.disturbed(shell);
        }
        let Some(asked) = self.waiting.front_mut() else { return };
        if let Some(field) = asked.fields.get_mut(asked.at) {
            field.insert(text);
        }
        self.look_at_focus();
    }

    fn answer(&mut self, shell: &mut Shell, reply: Reply) {
        let Some(asked) = self.waiting.pop_front() else { return };
        let words = match &reply {
            Reply::Filled(_) => "The answer was sent.",
            Reply::Declined => "The question was declined.",
            Reply::Cancelled => "The question was put off.",
        };
        shell.effect(Effect::Answer(asked.id, reply));
        shell.say(Weight::Quiet, words);
        self.disappear();
    }

    /// Lays the question out.
    pub(in crate::app) fn arrange(&mut self, shell: &Shell) {
        let body = shell.frame.body;
        if self.shown().is_none() {
            return;
        }
        let cells = columns(body).saturating_sub(4);
        let moved = std::mem::take(&mut self.moved);
        let now = self.waiting.front().map(|asked| (asked.id, cells, self.is_armed(shell.now, body)));
        if moved || self.laid != now {
            self.rows = self.lay(cells, self.is_armed(shell.now, body));
            self.laid = now;
        }
        self.scroll.fit(self.rows.len(), usize::from(self.height(body)));
        if moved && !self.scroll.view().contains(&(self.focus + 1)) {
            self.scroll.to(self.focus.saturating_sub(1));
        }
    }

    /// Rows of words that fit in a body, without the edge and the row of keys below.
    pub fn height(&self, body: Rect) -> u16 {
        u16::try_from(self.rows.len()).unwrap_or(u16::MAX).min(body.height.saturating_sub(4))
    }

    fn lay(&mut self, cells: u16, armed: bool) -> Vec<Row> {
        let Some(asked) = self.waiting.front() else { return Vec::new() };
        let mut rows = Vec::new();
        let message = if asked.message.is_empty() { "(no words)" } else { asked.message.as_str() };
        wrapped(&mut rows, GUTTER, &fit(message, LONGEST), Look::Plain, cells);
        let mut focus = 0;
        if let Some(page) = &asked.page {
            page_rows(&mut rows, page, cells);
        }
        for (at, field) in asked.fields.iter().enumerate() {
            rows.push(Row::blank());
            focus = if at == asked.at { rows.len() } else { focus };
            field.lay(&mut rows, cells, at == asked.at && armed, GUTTER);
        }
        self.focus = focus;
        rows
    }
}

fn page_rows(rows: &mut Vec<Row>, page: &Clean, cells: u16) {
    rows.push(Row::blank());
    let host = page.split_once("://").map_or(page.as_str(), |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    // What stands before an @ is no host, however much it looks like one.
    let host = host.rsplit('@').next().unwrap_or_default();
    wrapped(rows, "", &format!("It wants you to open a page at {host}:"), Look::Strong, cells);
    let parts = crate::app::pane::session::signing::broken(page, cells.saturating_sub(2));
    rows.extend(parts.into_iter().map(|part| Row::of(GUTTER, Look::Dim).and(part, Look::Accent)));
}
