//! What was written from here: the list of writes, and one of them as a sheet. Owns both and what the journal is asked for
//! them; going back to what one of them shows is in `restoring`.

use super::Articles;
use super::picker::teammate;
use super::remembering::when;
use super::restoring::Restoring;
use super::sheet::{Mark, Sheet, quoted};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::list::List;
use crate::app::notice::Weight;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::article::ArticleState;
use crate::domain::change::Changes;
use crate::domain::id::ArticleId;
use crate::domain::journal::{About, Entry, EntryId, Head, Kind, Outcome, Told, blank};
use crate::domain::text::{Clean, fit, width};
use crate::domain::time::Moment;

/// What an entry is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Want {
    Show,
    Before,
    After,
}

/// The list of writes, and over it one of them.
#[derive(Debug)]
pub struct History {
    /// Whose writes: an article and its title; none for all.
    pub of: Option<(ArticleId, Clean)>,
    /// The writes, the newest first; none before the journal has answered.
    pub heads: Option<Vec<Head>>,
    /// The file that has older ones, in words; empty where all are listed.
    older: Clean,
    /// The cursor over them.
    pub list: List,
    /// The write that is open.
    pub change: Option<Change>,
    wanted: Option<(EntryId, Want)>,
    pub(super) restoring: Option<Restoring>,
}

/// One write.
#[derive(Debug)]
pub struct Change {
    /// What it was.
    pub entry: Box<Entry>,
    /// The same, laid out.
    pub sheet: Sheet,
}

/// What became of a write, as a mark and words for a list; a write of unknown fate may be under way.
pub fn outcome_words(head: &Head) -> (&'static str, &'static str) {
    head.told.as_ref().map_or(("…", "not known yet"), |told| told.outcome.words())
}

/// What a write is about, for a list, in so many cells: the title gives way, the id does not.
pub fn about_words(head: &Head, cells: usize) -> String {
    let name = match (&head.about, head.article()) {
        (About::Conversation(id), _) => return format!("note in {id}"),
        (_, Some(id)) => id.as_str(),
        (_, None) => "new",
    };
    let title = if head.title.is_empty() { "(no title)" } else { head.title.as_str() };
    let title = fit(title, cells.saturating_sub(width(name) + 3));
    format!("{title} · {name}")
}

fn sheet(shell: &Shell, entry: &Entry) -> Sheet {
    let head = &entry.head;
    let heading = match (&head.about, head.article()) {
        (About::Conversation(id), _) => format!("Internal note in conversation {id}"),
        (_, Some(id)) => format!("{}, article {id}", quoted(&head.title, 60)),
        (_, None) => format!("{}, new article", quoted(&head.title, 60)),
    };
    let outcome = head
        .told
        .as_ref()
        .map_or_else(|| "It is not known yet what became of it.".to_owned(), |told| fate(shell, told));
    let mut lines = vec![(Mark::Heading, heading), (Mark::Strong, outcome)];
    lines.push((Mark::Plain, times(head, shell.now)));
    if head.kind == Kind::Change {
        lines.push((Mark::Plain, format!("Changed: {}.", head.what)));
    }
    lines.push((Mark::Dim, ways(shell, entry)));
    let Some(base) = entry.base() else {
        let note = Changes { body: Some(entry.note.clone()), ..Changes::default() };
        let nowhere = blank(ArticleId::new_local(0));
        return Sheet::written(lines, &nowhere, &note);
    };
    Sheet::written(lines, &base, &entry.sent)
}

/// What became of a write, and the name that the server put on the article with it: no field of the write says that.
fn fate(shell: &Shell, told: &Told) -> String {
    let sentence = told.outcome.sentence();
    match &told.seen.author {
        Some(now) => format!("{sentence} The name on it became {}.", teammate(now, &shell.roster)),
        None => sentence,
    }
}

fn times(head: &Head, now: Moment) -> String {
    let sent = when(head.at, now);
    match &head.told {
        Some(told) if told.at.0.saturating_sub(head.at.0) >= 60 => {
            format!("Confirmed {sent}; its fate was known {}.", when(told.at, now))
        }
        _ => format!("Confirmed {sent}."),
    }
}

fn ways(shell: &Shell, entry: &Entry) -> String {
    let key = |command| shell.key(Place::Change, command);
    let (before, after) = (key(Command::RestoreBefore), key(Command::RestoreAfter));
    match entry.head.kind {
        Kind::Note => "A note cannot be taken back from here.".into(),
        Kind::Create if entry.sent.state != Some(ArticleState::Published) => format!(
            "It was made as a draft. {before} makes it a draft again where it is live by now, {after} brings this version back; both are reviewed first."
        ),
        Kind::Create => format!(
            "{before} takes it back from readers, {after} brings this version back; both are reviewed first."
        ),
        Kind::Change => format!(
            "Below: - before, + what was sent. {before} goes back to before, {after} brings this version back; both are reviewed first."
        ),
    }
}

impl Articles {
    /// Opens the list of writes: of the article that is open, or of all.
    pub(super) fn open_history(&mut self, shell: &mut Shell) {
        let of = self.reader.as_ref().map(|reader| (reader.row.id.clone(), reader.row.title.clone()));
        shell.effect(Effect::ListWrites(of.as_ref().map(|(id, _)| id.clone())));
        self.history = Some(History {
            of,
            heads: None,
            older: Clean::default(),
            list: List::default(),
            change: None,
            wanted: None,
            restoring: None,
        });
    }

    /// The journal has something new: it may be of the write that is open.
    pub(super) fn list_writes_again(&mut self, shell: &mut Shell) {
        let Some(history) = &mut self.history else { return };
        shell.effect(Effect::ListWrites(history.of.as_ref().map(|(id, _)| id.clone())));
        if let Some(change) = &history.change {
            let id = change.entry.head.id.clone();
            shell.effect(Effect::ReadWrite(id.clone()));
            history.wanted = Some((id, Want::Show));
        }
    }

    /// The journal has older writes in this file than it lists.
    pub(super) fn take_older(&mut self, file: &str) {
        if let Some(history) = &mut self.history {
            history.older = Clean::line(&format!("older writes are in {file}"));
        }
    }

    /// The journal lists what was written. The cursor stays on its entry.
    pub(super) fn take_writes(&mut self, of: Option<&ArticleId>, heads: &[Head]) {
        let Some(history) = &mut self.history else { return };
        if history.of.as_ref().map(|(id, _)| id) != of {
            return;
        }
        let picked = history.picked().map(|head| head.id.clone());
        let at = picked.and_then(|id| heads.iter().position(|head| head.id == id));
        history.list.fit(heads.len(), history.list.view().len());
        history.list.select(at.unwrap_or_else(|| history.list.cursor()));
        history.heads = Some(heads.to_vec());
    }

    /// The journal brings an entry.
    pub(super) fn take_write(&mut self, shell: &mut Shell, id: &EntryId, entry: Option<&Entry>) {
        let Some(history) = &mut self.history else { return };
        let Some((_, want)) = history.wanted.take_if(|(wanted, _)| wanted == id) else { return };
        let Some(entry) = entry else {
            return shell.say(Weight::Bad, "This entry of the journal cannot be read any more.");
        };
        match want {
            Want::Show => {
                let mut sheet = sheet(shell, entry);
                // The one that is open already stays where it is.
                if let Some(open) = history.change.as_ref().filter(|open| open.entry.head.id == *id) {
                    (sheet.by_source, sheet.scroll) = (open.sheet.by_source, open.sheet.scroll);
                }
                history.change = Some(Change { entry: Box::new(entry.clone()), sheet });
            }
            Want::Before => self.restore(shell, entry.clone(), false),
            Want::After => self.restore(shell, entry.clone(), true),
        }
    }

    /// Why a command cannot be done in the history now.
    pub(super) fn history_blocked(&self, command: Command) -> Option<&'static str> {
        let history = self.history.as_ref()?;
        let head = history.subject();
        let is_there = head.is_some();
        let restores = matches!(command, Command::RestoreBefore | Command::RestoreAfter);
        match command {
            Command::Open | Command::RestoreBefore | Command::RestoreAfter if !is_there => {
                Some("There is no write under the cursor.")
            }
            Command::RestoreBefore | Command::RestoreAfter if history.restoring.is_some() => {
                Some("The article is being read for that already.")
            }
            _ if restores && head.is_some_and(|head| head.kind == Kind::Note) => {
                Some("A note cannot be taken back or written again from here.")
            }
            Command::RestoreBefore if head.is_some_and(never_came) => {
                Some("This write did not arrive, so that there is nothing to take back.")
            }
            Command::View if history.change.as_ref().is_some_and(|change| !change.sheet.has_body()) => {
                Some("The text of the article stayed as it was.")
            }
            _ => None,
        }
    }

    /// A command in the history.
    pub(super) fn history_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        match command {
            Command::Back => self.history_back(shell),
            Command::Open => self.want(shell, Want::Show),
            Command::RestoreBefore => self.want(shell, Want::Before),
            Command::RestoreAfter => self.want(shell, Want::After),
            _ => return self.history_moved(shell, command),
        }
        true
    }

    fn history_back(&mut self, shell: &mut Shell) {
        if self.cancel_restoring(shell) {
            return;
        }
        let Some(history) = &mut self.history else { return };
        history.wanted = None;
        if history.change.take().is_none() {
            self.history = None;
        }
    }

    fn want(&mut self, shell: &mut Shell, want: Want) {
        let Some(history) = &mut self.history else { return };
        if let Some(change) = history.change.as_ref().filter(|_| want != Want::Show) {
            let entry = (*change.entry).clone();
            return self.restore(shell, entry, want == Want::After);
        }
        let Some(id) = history.picked().map(|head| head.id.clone()) else { return };
        shell.effect(Effect::ReadWrite(id.clone()));
        history.wanted = Some((id, want));
    }

    fn history_moved(&mut self, shell: &mut Shell, command: Command) -> bool {
        let Some(history) = &mut self.history else { return false };
        let Some(change) = &mut history.change else {
            return command.movement().map(|movement| history.list.go(movement)).is_some();
        };
        change.sheet.run(shell, command)
    }
}

/// Whether a write is known to have changed nothing.
fn never_came(head: &Head) -> bool {
    head.told.as_ref().is_some_and(|told| match told.outcome {
        Outcome::Refused(_) | Outcome::NotSent(_) | Outcome::NotLanded => true,
        Outcome::Landed | Outcome::Altered | Outcome::CannotTell => false,
    })
}

impl History {
    /// The write under the cursor.
    pub fn picked(&self) -> Option<&Head> {
        self.heads.as_ref()?.get(self.list.cursor())
    }

    /// The write that commands are about: the open one, or the one under the cursor.
    fn subject(&self) -> Option<&Head> {
        self.change.as_ref().map(|change| &change.entry.head).or_else(|| self.picked())
    }

    pub(super) fn place(&self) -> Place {
        if self.change.is_some() { Place::Change } else { Place::History }
    }

    pub(super) fn arrange(&mut self, page: ratatui::layout::Rect, rows: u16) {
        self.list.fit(self.heads.as_ref().map_or(0, Vec::len), usize::from(rows));
        if let Some(change) = &mut self.change {
            change.sheet.arrange(page.width, page.height);
        }
    }

    pub(super) fn status(&self) -> String {
        if self.restoring.is_some() {
            return "Reading the article again before the review…".into();
        }
        match (&self.change, &self.heads) {
            (Some(change), _) => change.sheet.status(),
            (None, None) => "Reading the journal…".into(),
            (None, Some(heads)) => {
                let count =
                    if heads.len() == 1 { "1 write".to_owned() } else { format!("{} writes", heads.len()) };
                if self.older.is_empty() { count } else { format!("{count}; {}", self.older) }
            }
        }
    }
}
