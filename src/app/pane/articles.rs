//! The articles screen: the list and its search, the reading view, and the careful road of an edit. Owns which of them
//! has the keys; each part owns its own state and calls.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each function here answers to a few commands or keys and passes the rest on"
)]

pub mod geometry;
pub mod reader;
pub mod rows;
pub mod shelf;

use std::collections::VecDeque;
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
use reader::{Came, Reader};
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
    read: VecDeque<Arc<Article>>,
    visited: bool,
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
        let mut reader = Reader::of(row.clone(), self.remembered(&row.id));
        self.leave_reader(shell);
        reader.ask(shell);
        self.reader = Some(reader);
    }

    fn leave_reader(&mut self, shell: &mut Shell) -> bool {
        let Some(mut reader) = self.reader.take() else { return false };
        reader.cancel(shell);
        true
    }

    /// The row that commands are about: the open article's, or the one under the cursor.
    fn subject(&self) -> Option<&ArticleRow> {
        self.reader.as_ref().map_or_else(|| self.shelf.rows().picked(), |reader| Some(&reader.row))
    }

    fn fresh(&mut self, _shell: &mut Shell) {
        let article = self.reader.as_ref().and_then(|reader| reader.article.clone());
        if let Some(article) = article {
            self.remember(&article);
        }
    }

    fn back(&mut self, shell: &mut Shell) -> bool {
        if let Some(reader) = &mut self.reader {
            return reader.cancel(shell) && reader.article.is_none() || self.leave_reader(shell);
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
                }
            }
        }
    }
}

impl Pane for Articles {
    fn place(&self) -> Place {
        if self.shelf.line.is_some() {
            return Place::SearchLine;
        }
        if self.reader.is_some() { Place::Article } else { Place::Articles }
    }

    fn blocked(&self, _shell: &Shell, command: Command) -> Option<String> {
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
        match command {
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
        if self.place() == Place::SearchLine {
            self.search_key(shell, key);
        }
    }

    fn paste(&mut self, _shell: &mut Shell, text: &str) {
        if let Some(field) = &mut self.shelf.line {
            field.insert(text);
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
                Came::Fresh => {
                    self.fresh(shell);
                    return None;
                }
                Came::Failed => return None,
            }
        }
        Some(end)
    }

    fn linked(&mut self, shell: &mut Shell) {
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

    fn timer(&mut self, _shell: &mut Shell, _timer: Timer) {}

    fn painted(&mut self, _shell: &mut Shell) {}

    fn kept(&mut self, _shell: &mut Shell, _kept: &Kept) {}

    fn arrange(&mut self, shell: &Shell) {
        let areas = geometry::areas(shell.frame.body, self.reader.is_some());
        let height = usize::from(geometry::list_rows(areas.list).height);
        let rows = self.shelf.rows_mut();
        rows.list.fit(rows.len(), height);
        if let Some(reader) = &mut self.reader {
            let column = geometry::column(areas.reader);
            reader.arrange(column.width, column.height, &shell.roster, shell.now.zone);
        }
    }

    fn status(&self, _shell: &Shell) -> String {
        match &self.reader {
            Some(reader) if reader.article.is_some() => format!("{}%", reader.scroll.percent()),
            Some(_) => String::new(),
            None => self.shelf.status(),
        }
    }
}
