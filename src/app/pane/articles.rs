//! The articles screen: the list and its search, the reading view, and the careful road of an edit. Owns which of them
//! has the keys; each part owns its own state and calls.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each function here answers to a few commands or keys and passes the rest on"
)]

mod confirming;
pub mod desk;
pub mod dialog;
mod ends;
pub mod geometry;
pub mod keeping;
pub mod reader;
mod road;
pub mod rows;
pub mod settling;
pub mod sheet;
pub mod shelf;
mod typing;

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use super::Pane;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::event::{Kept, Timer};
use crate::app::key::{Code, Key};
use crate::app::notice::Weight;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::app::update::movement;
use crate::domain::article::{Article, ArticleRow};
use crate::domain::call::{CallId, End};
use crate::domain::id::ArticleId;
use crate::domain::text::Clean;
use desk::{Desk, Stage};
use reader::{Came, Reader};
use settling::Unsettled;
use shelf::Shelf;

/// Whole articles kept in memory after they were read.
const REMEMBERED: usize = 16;

/// The screen.
#[derive(Debug, Default)]
pub struct Articles {
    /// The list.
    pub shelf: Shelf,
    /// The article that is open.
    pub reader: Option<Reader>,
    /// The edit that is open.
    pub desk: Option<Desk>,
    /// Articles with a draft on disk, as far as known.
    pub unsaved: HashSet<ArticleId>,
    read: VecDeque<Arc<Article>>,
    visited: bool,
    /// The editor shall open as soon as the article is there.
    wants_edit: bool,
    /// Edits that were left while the disk had not yet said that it has them.
    parked: Vec<Desk>,
    unsettled: Vec<Unsettled>,
    kept_numbers: u64,
}

impl Articles {
    fn remembered(&self, id: &ArticleId) -> Option<Arc<Article>> {
        self.read.iter().find(|article| article.row.id == *id).cloned()
    }

    fn remember(&mut self, article: &Arc<Article>) {
        self.read.retain(|known| known.row.id != article.row.id);
        self.read.push_back(article.clone());
        if self.read.len() > REMEMBERED {
            self.read.pop_front();
        }
        self.shelf.learn(article);
    }

    fn open(&mut self, shell: &mut Shell, row: ArticleRow) {
        let known = self.remembered(&row.id);
        let mut reader = Reader::of(row, known);
        self.leave_reader(shell);
        reader.ask(shell);
        self.reader = Some(reader);
    }

    fn leave_reader(&mut self, shell: &mut Shell) -> bool {
        self.wants_edit = false;
        let Some(mut reader) = self.reader.take() else { return false };
        reader.cancel(shell);
        true
    }

    /// The row that commands are about: the open article's, or the one under the cursor.
    fn subject(&self) -> Option<&ArticleRow> {
        self.reader.as_ref().map_or_else(|| self.shelf.rows().picked(), |reader| Some(&reader.row))
    }

    /// Shows an article as it reads now, wherever it is on the screen.
    fn show(&mut self, article: &Arc<Article>) {
        self.remember(article);
        if let Some(reader) = self.reader.as_mut().filter(|reader| reader.row.id == article.row.id) {
            reader.set(article.clone());
        }
    }

    /// The reader's call came to an end; an edit that waited for it begins, on the copy that is there.
    fn came(&mut self, shell: &mut Shell) {
        let article = self.reader.as_ref().and_then(|reader| reader.article.clone());
        let wanted = std::mem::take(&mut self.wants_edit);
        if let Some(article) = article {
            self.remember(&article);
            if wanted && self.desk.is_none() {
                self.edit(shell, article);
            }
        }
    }

    fn wish_to_edit(&mut self, shell: &mut Shell) {
        if self.reader.is_none()
            && let Some(row) = self.shelf.rows().picked().cloned()
        {
            self.open(shell, row);
        }
        self.wants_edit = true;
        match &mut self.reader {
            Some(reader) if reader.call.is_none() && reader.article.is_none() => reader.ask(shell),
            Some(reader) if reader.call.is_none() => self.came(shell),
            _ => {}
        }
    }

    fn back(&mut self, shell: &mut Shell) -> bool {
        self.wants_edit = false;
        if let Some(reader) = &mut self.reader {
            let waits = reader.call.is_some() && (reader.article.is_none() || shell.waiting().is_some());
            return if waits { reader.cancel(shell) } else { self.leave_reader(shell) };
        }
        self.shelf.cancel(shell) || self.shelf.leave_search(shell)
    }

    fn refresh(&mut self, shell: &mut Shell) {
        match &mut self.reader {
            Some(reader) => reader.ask(shell),
            None => self.shelf.refresh(shell),
        }
    }

    fn copy(&self, shell: &mut Shell, what: Command) {
        let Some(row) = self.subject() else { return };
        let (text, sentence) = match what {
            Command::CopyLink => (row.address.clone(), "The address is on the clipboard."),
            _ => (Clean::line(row.id.as_str()), "The id is on the clipboard."),
        };
        shell.effect(Effect::Copy(text));
        shell.say(Weight::Quiet, sentence);
    }

    fn moved(&mut self, shell: &mut Shell, command: Command) -> bool {
        let Some(movement) = movement(command) else { return false };
        if let Some(reader) = &mut self.reader {
            reader.scroll.go(movement);
        } else {
            self.shelf.rows_mut().list.go(movement);
            self.shelf.look_ahead(shell);
        }
        true
    }

    fn search_key(&mut self, shell: &mut Shell, key: Key) {
        match key.code {
            Code::Enter => self.shelf.search(shell),
            _ => {
                if let Some(field) = &mut self.shelf.line {
                    field.press(key);
                    shell.say_if_cut(field, "The search");
                }
            }
        }
    }
}

impl Pane for Articles {
    fn place(&self) -> Place {
        if let Some(desk) = &self.desk {
            return match desk.stage {
                Stage::Editing | Stage::Asking(_) => Place::Editor,
                Stage::Reviewing(..) | Stage::Sending(..) | Stage::ReadingBack(..) | Stage::Altered(_) => {
                    Place::Review
                }
                Stage::Confirming(..) => Place::Confirmation,
                Stage::Conflict { .. } => Place::Conflict,
            };
        }
        if self.shelf.line.is_some() {
            return Place::SearchLine;
        }
        if self.reader.is_some() { Place::Article } else { Place::Articles }
    }

    fn blocked(&self, shell: &Shell, command: Command) -> Option<String> {
        if let Some(desk) = &self.desk {
            return Self::road_blocked(shell, desk, command).map(str::to_owned);
        }
        let subject = self.subject();
        let reason = match command {
            Command::Open | Command::Edit | Command::CopyId if subject.is_none() => {
                "There is no article under the cursor."
            }
            Command::Browse | Command::CopyLink if subject.is_none_or(|row| row.address.is_empty()) => {
                "This article has no public address."
            }
            Command::LoadAll if self.shelf.found.is_some() => "A search brings everything it finds at once.",
            Command::LoadAll if self.shelf.home.loaded && self.shelf.home.next.is_none() => {
                "Every article is loaded."
            }
            _ => return None,
        };
        Some(reason.into())
    }

    fn run(&mut self, shell: &mut Shell, command: Command) -> bool {
        if self.desk.is_some() {
            return self.road_run(shell, command);
        }
        match command {
            Command::Edit => self.wish_to_edit(shell),
            Command::Back if self.shelf.line.is_some() => self.shelf.line = None,
            Command::Back => return self.back(shell),
            Command::Open => {
                if let Some(row) = self.shelf.rows().picked().cloned() {
                    self.open(shell, row);
                }
            }
            Command::Search => self.shelf.open_line(),
            Command::Filter => self.shelf.filter(shell),
            Command::LoadAll => self.shelf.load_all(shell),
            Command::Refresh => self.refresh(shell),
            Command::CopyLink | Command::CopyId => self.copy(shell, command),
            Command::Browse => {
                if let Some(row) = self.subject() {
                    shell.effect(Effect::Browse(row.address.clone()));
                }
            }
            _ => return self.moved(shell, command),
        }
        true
    }

    fn press(&mut self, shell: &mut Shell, key: Key) {
        match self.place() {
            Place::SearchLine => self.search_key(shell, key),
            Place::Editor => self.type_key(shell, key),
            Place::Confirmation => self.dialog_key(shell, key),
            _ => {}
        }
    }

    fn paste(&mut self, shell: &mut Shell, text: &str) {
        match self.place() {
            Place::Editor => return self.type_paste(shell, text),
            Place::Confirmation => return self.dialog_disturbed(shell, "Pasted text does not confirm."),
            _ => {}
        }
        if let Some(field) = &mut self.shelf.line {
            field.insert(text);
            shell.say_if_cut(field, "The search");
        }
    }

    fn opened(&mut self, shell: &mut Shell) {
        self.visited = true;
        self.shelf.fill(shell);
    }

    fn ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Option<End> {
        let mut end = self.shelf.ended(shell, id, end)?;
        if let Some(reader) = &mut self.reader {
            match reader.ended(shell, id, end) {
                Came::NotMine(given) => end = given,
                Came::Fresh | Came::Failed => {
                    self.came(shell);
                    return None;
                }
            }
        }
        let end = self.road_ended(shell, id, end)?;
        self.settle_ended(shell, id, end)
    }

    fn linked(&mut self, shell: &mut Shell) {
        self.settle(shell);
        if !self.visited {
            return;
        }
        match &mut self.reader {
            Some(reader)
                if reader.call.is_none() && (reader.article.is_none() || reader.failed.is_some()) =>
            {
                reader.ask(shell);
            }
            _ => self.shelf.fill(shell),
        }
    }

    fn timer(&mut self, shell: &mut Shell, timer: Timer) {
        match timer {
            Timer::Keep => self.keep_now(shell),
            Timer::Arm => self.dialog_timer(shell),
            Timer::Progress | Timer::Notice(_) | Timer::Countdown => {}
        }
    }

    fn painted(&mut self, shell: &mut Shell) {
        self.dialog_painted(shell);
    }

    fn kept(&mut self, shell: &mut Shell, kept: &Kept) {
        self.disk(shell, kept);
    }

    fn leaving(&mut self, shell: &mut Shell) {
        self.keep(shell);
    }

    fn arrange(&mut self, shell: &Shell) {
        let areas = geometry::areas(shell.frame.body, self.reader.is_some());
        let height = usize::from(geometry::list_rows(areas.list).height);
        let rows = self.shelf.rows_mut();
        rows.list.fit(rows.len(), height);
        if let Some(reader) = &mut self.reader {
            let column = geometry::column(areas.reader);
            reader.arrange(column.width, column.height, &shell.roster, shell.now.zone);
        }
        if let Some(desk) = &mut self.desk {
            let text = geometry::desktop(shell.frame.body).text;
            desk.body.arrange(text.width, text.height);
            let page = geometry::page(shell.frame.body);
            if let Some(sheet) = desk.sheet_mut() {
                sheet.arrange(page.width, page.height);
            }
        }
    }

    fn status(&self, shell: &Shell) -> String {
        if let Some(desk) = &self.desk {
            return self.desk_status(shell, desk);
        }
        match &self.reader {
            Some(reader) if reader.article.is_some() => format!("{}%", reader.scroll.percent()),
            Some(_) => String::new(),
            None => self.shelf.status(),
        }
    }
}
