//! The edits that are kept on this machine: the list, how far each is from the server's copy, and the ways to go on with
//! one or to throw it away. Owns the list and the reads for it.

use std::collections::HashMap;
use std::sync::Arc;

use super::Articles;
use super::sheet::quoted;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::event::DraftRow;
use crate::app::key::Key;
use crate::app::list::List;
use crate::app::notice::Weight;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::article::Article;
use crate::domain::call::{Answer, Call, CallId, End, FaultKind};
use crate::domain::change::{ArticleDeed, Changes};
use crate::domain::id::ArticleId;
use crate::domain::journal::blank;
use crate::domain::text::Clean;

/// Articles read at most to see how far kept edits are from them.
const READ: usize = 20;

/// Edits that the disk lists at most, the newest ones.
pub const LISTED: usize = 500;

/// How far an edit is from the server's copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distance {
    /// The server does not have the article yet.
    New,
    /// It is typed over what the server has.
    Same,
    /// Somebody changed the article since.
    Moved,
    /// The article is not there any more.
    Gone,
    /// Nobody has looked.
    Unknown,
}

impl Distance {
    /// A few words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::New => "not on the server yet",
            Self::Same => "server's copy is the same",
            Self::Moved => "server's copy changed since",
            Self::Gone => "deleted on the server",
            Self::Unknown => "not compared yet",
        }
    }
}

/// The list.
#[derive(Debug, Default)]
pub struct KeptEdits {
    /// The edits, the newest first; none before the disk has answered.
    pub rows: Option<Vec<DraftRow>>,
    /// The cursor over them.
    pub list: List,
    /// Whether to throw one away is asked, and about which.
    pub asks: Option<ArticleId>,
    known: HashMap<ArticleId, Distance>,
    call: Option<(CallId, ArticleId)>,
}

/// Whether a copy still is what an edit was typed over, as a write would be held against it.
fn distance(row: &DraftRow, copy: &Article) -> Distance {
    let base = Arc::new(row.base.clone().laid_over(&blank(row.article.clone())));
    let deed = ArticleDeed { base, changes: Changes::default() };
    if deed.still_holds(copy) { Distance::Same } else { Distance::Moved }
}

impl KeptEdits {
    /// The edit under the cursor.
    pub fn picked(&self) -> Option<&DraftRow> {
        self.rows.as_ref()?.get(self.list.cursor())
    }

    /// How far an edit is from the server's copy, as far as that is known.
    pub fn distance(&self, row: &DraftRow) -> Distance {
        if row.article.is_local() {
            return Distance::New;
        }
        self.known.get(&row.article).copied().unwrap_or(Distance::Unknown)
    }

    /// Reads the next article that was not looked at.
    fn look(&mut self, shell: &mut Shell) {
        if self.call.is_some() || !shell.is_up() {
            return;
        }
        let rows = self.rows.iter().flatten().take(READ);
        let next = rows.map(|row| &row.article).find(|id| !id.is_local() && !self.known.contains_key(id));
        if let Some(id) = next.cloned() {
            self.call = Some((shell.ask(Call::Article(id.clone())), id));
        }
    }

    pub(super) fn place(&self) -> Place {
        if self.asks.is_some() { Place::Confirmation } else { Place::Drafts }
    }

    pub(super) fn arrange(&mut self, rows: u16) {
        self.list.fit(self.rows.as_ref().map_or(0, Vec::len), usize::from(rows));
    }

    pub(super) fn status(&self) -> String {
        match &self.rows {
            _ if self.asks.is_some() => "Nothing is thrown away yet.".into(),
            None => "Looking for edits on disk…".into(),
            Some(rows) if rows.len() == 1 => "1 kept edit".into(),
            Some(rows) => format!("{} kept edits", rows.len()),
        }
    }
}

impl Articles {
    /// Opens the list.
    pub(super) fn open_kept(&mut self, shell: &mut Shell) {
        self.keep(shell);
        shell.effect(Effect::ListDrafts);
        self.kept = Some(KeptEdits::default());
    }

    /// The disk lists its drafts.
    pub(super) fn take_drafts(&mut self, shell: &mut Shell, rows: &[DraftRow]) {
        // Another window may have saved or thrown away what was here before. A list that is cut says nothing of the rest.
        if rows.len() < LISTED {
            let mut before = std::mem::take(&mut self.unsaved);
            before.retain(|id| self.is_handed_over(id));
            self.unsaved = before;
        }
        self.unsaved.extend(rows.iter().map(|row| row.article.clone()));
        let known: Vec<(ArticleId, Distance)> = rows
            .iter()
            .filter_map(|row| Some((row.article.clone(), distance(row, &*self.remembered(&row.article)?))))
            .collect();
        let Some(kept) = &mut self.kept else { return };
        kept.known.extend(known);
        kept.rows = Some(rows.to_vec());
        kept.list.fit(rows.len(), kept.list.view().len());
        kept.look(shell);
    }

    /// Whether an edit that is open here was handed to the disk, which may have answered before it took it.
    fn is_handed_over(&self, id: &ArticleId) -> bool {
        let mut desks = self.desk.iter().chain(&self.parked);
        desks.any(|desk| desk.base.row.id == *id && desk.keeping.changed)
    }

    /// The disk said whether it has an edit of an article.
    pub(super) fn disk_has(&mut self, shell: &mut Shell, id: &ArticleId, is_kept: bool) {
        if is_kept {
            self.unsaved.insert(id.clone());
        } else if !self.is_handed_over(id) {
            self.unsaved.remove(id);
        }
        self.found_for_restoring(shell, id, is_kept);
        self.found_for_handing(shell, id, is_kept);
    }

    /// Takes the end of a read for the list.
    pub(super) fn kept_ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Option<End> {
        let Some(kept) = &mut self.kept else { return Some(end) };
        let Some((_, article)) = kept.call.take_if(|(call, _)| *call == id) else { return Some(end) };
        let found = match end {
            End::Answer(Answer::Article(found)) => {
                let row = kept.rows.iter().flatten().find(|row| row.article == article);
                row.map_or(Distance::Unknown, |row| distance(row, &found))
            }
            End::Refused(fault) if fault.kind == FaultKind::NotFound => Distance::Gone,
            End::Answer(_)
            | End::Refused(_)
            | End::TimedOut(_)
            | End::Cancelled
            | End::NotSent(_)
            | End::Moved(_)
            | End::Unknown(_) => Distance::Unknown,
        };
        kept.known.insert(article, found);
        kept.look(shell);
        None
    }

    /// Why a command cannot be done in the list now.
    pub(super) fn kept_blocked(&self, command: Command) -> Option<&'static str> {
        let row = self.kept.as_ref()?.picked();
        let needs_row = matches!(command, Command::Open | Command::Edit | Command::Discard);
        match row {
            None if needs_row => Some("There is no edit under the cursor."),
            Some(row) if needs_row && row.elsewhere => {
                Some("Another window of Switchboard has this edit open; go on there.")
            }
            _ => None,
        }
    }

    /// A command in the list.
    pub(super) fn kept_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        match command {
            Command::Back => self.leave_kept(shell),
            Command::Open | Command::Edit => self.open_kept_edit(shell),
            Command::Discard => self.ask_to_throw(shell),
            _ => {
                let Some(kept) = &mut self.kept else { return false };
                return command.movement().map(|movement| kept.list.go(movement)).is_some();
            }
        }
        true
    }

    /// Leaves the list.
    pub(super) fn leave_kept(&mut self, shell: &mut Shell) {
        if let Some((call, _)) = self.kept.take().and_then(|kept| kept.call) {
            shell.cancel(call);
        }
    }

    /// Opens the editor over the copy that the edit was typed over: nothing has to be read for that, and the review reads.
    fn open_kept_edit(&mut self, shell: &mut Shell) {
        let Some(row) = self.kept.as_ref().and_then(KeptEdits::picked).cloned() else { return };
        self.leave_kept(shell);
        self.leave_reader(shell);
        let known = self.remembered(&row.article);
        let mut article = known.map_or_else(|| blank(row.article.clone()), |known| (*known).clone());
        article = row.base.laid_over(&article);
        article.row.title = Clean::line(article.title.as_str());
        self.edit(shell, Arc::new(article));
    }

    fn ask_to_throw(&mut self, shell: &mut Shell) {
        let Some(kept) = &mut self.kept else { return };
        let Some(row) = kept.picked() else { return };
        let (id, title) = (row.article.clone(), quoted(&row.title, 40));
        kept.asks = Some(id);
        let sentence = format!("Throw the edit of {title} away? y throws it away, any other key keeps it.");
        shell.say(Weight::Bad, &sentence);
    }

    /// The key that answers. False when nothing was asked.
    pub(super) fn answer_to_throw(&mut self, shell: &mut Shell, key: Key) -> bool {
        let Some(id) = self.kept.as_mut().and_then(|kept| kept.asks.take()) else { return false };
        if key.typed() != Some('y') {
            shell.say(Weight::Quiet, "The edit is kept.");
            return true;
        }
        self.told.take_if(|(of, _)| *of == id);
        self.forget(shell, &id);
        self.drop_lost(&id);
        shell.effect(Effect::ListDrafts);
        let sentence = if id.is_local() {
            "The edit was thrown away."
        } else {
            "The edit was thrown away. The article stays as the server has it."
        };
        shell.say(Weight::Quiet, sentence);
        true
    }

    /// Pasted text answers nothing.
    pub(super) fn keep_on_paste(&mut self, shell: &mut Shell) {
        if self.kept.as_mut().is_some_and(|kept| kept.asks.take().is_some()) {
            shell.say(Weight::Quiet, "The edit is kept.");
        }
    }
}
