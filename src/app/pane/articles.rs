//! The articles screen: the list and its search, the reading view, and the careful road of an edit. Owns which of them
//! has the keys; each part owns its own state and calls.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each function here answers to a few commands or keys and passes the rest on"
)]

mod asking;
mod confirming;
pub mod conflict;
pub(in crate::app) mod creating;
pub mod desk;
pub mod dialog;
mod ends;
pub mod fields;
pub mod finding;
pub mod geometry;
pub mod handing;
pub mod history;
pub mod keeping;
pub mod kept;
pub mod links;
pub mod linting;
pub mod outline;
mod outside;
pub mod paper;
pub mod picker;
pub mod reader;
mod reading;
mod remembering;
mod restoring;
mod reviewing;
mod road;
pub mod rows;
mod screen;
pub mod settling;
pub mod sheet;
pub mod shelf;
mod steps;
mod typing;
pub mod views;

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::article::{Article, ArticleRow};
use crate::domain::call::CallId;
use crate::domain::change::Intent;
use crate::domain::id::ArticleId;
use crate::domain::text::Clean;
use conflict::Laid;
use desk::Desk;
use handing::Handing;
use history::History;
use kept::KeptEdits;
use reader::Reader;
use reviewing::TakenBack;
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
    /// The timer for the next portion of a long article is set.
    is_laying: bool,
    /// The editor shall open as soon as the article is there.
    wants_edit: bool,
    /// Edits that were left while the disk had not yet said that it has them.
    parked: Vec<Desk>,
    unsettled: Vec<Unsettled>,
    /// Writes of this session whose fate is not told yet, by their calls.
    under_way: HashMap<ArticleId, CallId>,
    /// Writes of an earlier run that arrived: the disk is asked whether their drafts hold more.
    landed: Vec<(Intent, Arc<Article>)>,
    /// What was written from here, while it is on the screen.
    pub history: Option<History>,
    /// The edits that are kept, while they are on the screen.
    pub kept: Option<KeptEdits>,
    kept_numbers: u64,
    /// Conflicts that were left, with what was decided and typed in them.
    decided: HashMap<ArticleId, Laid>,
    /// What became of the last save of an article, when that was not as wished: said until something is done about it.
    told: Option<(ArticleId, &'static str)>,
    /// Reviews that are handed over as files.
    pub handing: Handing,
    /// Changes that were taken back in the review of the desk, the last one last.
    taken_back: Vec<TakenBack>,
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
        let Some(movement) = command.movement() else { return false };
        if let Some(reader) = &mut self.reader {
            reader.go(movement);
        } else {
            self.shelf.rows_mut().list.go(movement);
            self.shelf.look_ahead(shell);
        }
        true
    }

    /// What became of the last save of an article, if it was told and nothing was done since; empty for nothing.
    pub fn fate_of(&self, id: &ArticleId) -> &'static str {
        let words = self.told.as_ref().filter(|(of, _)| of == id).map_or("", |(_, words)| words);
        if self.is_unkept() { words.trim_end_matches(" Your edit is kept.") } else { words }
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
