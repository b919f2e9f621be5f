//! New articles: an empty desk under a local id, its review, and what becomes of it. Until the server gave it an id of its
//! own, nothing here names it to the server. The parts of the road that are the same for every article are in `road`.

#![expect(clippy::wildcard_enum_match_arm, reason = "a search takes lists and articles and nothing else")]

use std::sync::Arc;

use super::Articles;
use super::desk::{Desk, Part, Stage};
use super::ends::stamped;
use super::reader::Reader;
use super::settling::Unsettled;
use super::sheet::Sheet;
use super::shelf::PER_PAGE;
use crate::app::command::Command;
use crate::app::notice::Weight;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::article::{Article, ArticleRow};
use crate::domain::call::{Answer, Call, Fault};
use crate::domain::change::{Draft, Fate, Intent, Likeness, Missing, Review};
use crate::domain::id::ArticleId;
use crate::domain::page::Page;
use crate::domain::text::Clean;

/// The tool that makes articles.
const TOOL: &str = "create_article";

/// Said when everything that was sent reads back.
const AS_REVIEWED: &str = "Created. It reads back exactly as reviewed.";

/// Said when everything that was sent reads back but the summary, of which the server says nothing.
const SUMMARY_UNSAID: &str = "Created. This server does not read the summary back.";

/// Pages of the list that are looked through for a new article whose answer was lost.
const MOST_PAGES: u32 = 4;

/// Articles with its title that are read for that.
const MOST_READ: usize = 8;

/// Why no new article can be begun; none when one can.
pub(in crate::app) fn cannot_create(shell: &Shell) -> Option<&'static str> {
    if shell.options.read_only {
        return Some("Read-only: no article can be made from here.");
    }
    (!shell.offers(TOOL))
        .then_some("This server does not offer create_article, so no article can be made here.")
}

/// Why a new article cannot be saved now; none when it can.
pub(super) fn cannot_save_new(shell: &Shell) -> Option<&'static str> {
    if shell.options.read_only {
        return Some("Read-only: nothing is sent from here. Your edit is kept.");
    }
    if !shell.is_up() {
        return Some("Not connected; your edit is kept.");
    }
    (!shell.offers(TOOL))
        .then_some("This server does not offer create_article, so nothing can be saved. Your edit is kept.")
}

impl Desk {
    /// Whether the server does not have the article yet.
    pub fn is_new(&self) -> bool {
        self.base.row.id.is_local()
    }
}

impl Articles {
    /// Why a new article cannot be begun in place of what is open; none when it can.
    pub fn cannot_begin(&self, shell: &Shell) -> Option<&'static str> {
        let busy = self.desk.as_ref().and_then(|desk| Self::road_blocked(shell, desk, Command::Back));
        cannot_create(shell).or(busy)
    }

    /// Opens the editor over a new article with this title and HTML; what was open is left, and kept.
    pub fn begin_new(&mut self, shell: &mut Shell, title: &str, body: &str) {
        if !self.leaves_room(shell) {
            return;
        }
        let mut draft = Draft::new_article(self.new_number(shell));
        (draft.title, draft.body) = (title.to_owned(), body.to_owned());
        let mut desk = Desk::of(draft.base().clone());
        desk.part = Part::Title;
        if draft.is_changed() {
            desk.lay(&draft);
            desk.touched(shell);
        }
        self.open_desk(shell, desk);
        let sentence = "A new article; nothing is on the server yet.";
        shell.tell(Weight::Quiet, Clean::fixed(sentence), Clean::line(&author_hint(shell)));
    }

    /// Leaves what is open. False when that cannot be left now; why was said.
    fn leaves_room(&mut self, shell: &mut Shell) -> bool {
        if self.desk.is_some() || self.reader.is_some() {
            self.leave_for_list(shell);
        }
        if self.desk.is_some() {
            return false;
        }
        // Whoever leaves the new article comes to the list of articles, whatever covered that before.
        self.leave_kept(shell);
        self.cancel_restoring(shell);
        (self.history, self.shelf.line, self.handing.form) = (None, None, None);
        true
    }

    /// Tells the local id of a new article from those of all that are kept.
    fn new_number(&self, shell: &Shell) -> u64 {
        let is_taken = |number: &u64| {
            let id = ArticleId::new_local(*number);
            self.unsaved.contains(&id)
                || self.parked.iter().any(|desk| desk.base.row.id == id)
                || self.is_unsettled(&id)
        };
        let mut number = u64::try_from(shell.now.unix.0).unwrap_or_default();
        while is_taken(&number) {
            number += 1;
        }
        number
    }

    /// Shows what would be made. Nothing is asked: the server has nothing to hold it against.
    pub(super) fn review_new(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        match Review::create(&desk.draft()) {
            Ok(review) => {
                self.taken_back.clear();
                let sheet = Sheet::review(&review, desk.facts(shell));
                desk.stage = Stage::Reviewing(review, sheet);
            }
            Err(missing) => self.cannot_make(shell, missing),
        }
    }

    /// Says what a new article lacks, and goes there.
    pub(super) fn cannot_make(&mut self, shell: &mut Shell, missing: Missing) {
        if let Some(desk) = self.desk.as_mut().filter(|_| missing == Missing::Title) {
            desk.part = Part::Title;
        }
        let hint = if missing == Missing::Author { author_hint(shell) } else { String::new() };
        shell.tell(Weight::Bad, Clean::fixed(missing.sentence()), Clean::line(&hint));
    }

    /// The new article is there and reads so: it is opened, and the list is asked anew.
    pub(super) fn born(&mut self, shell: &mut Shell, intent: &Intent, fate: Fate, found: Arc<Article>) {
        let desk = self.desk.take_if(|desk| desk.base.row.id == *intent.id());
        self.told = None;
        self.forget(shell, intent.id());
        self.remember(&found);
        if self.desk.is_none() {
            self.leave_reader(shell);
            self.reader = Some(Reader::of(found.row.clone(), Some(found.clone())));
        }
        self.list_anew(shell);
        let stamped = stamped(shell, intent, &found);
        if fate == Fate::Landed {
            let unsaid = intent.changes().description.is_some() && !found.description_said;
            return shell.say(Weight::Good, if unsaid { SUMMARY_UNSAID } else { AS_REVIEWED });
        }
        if let Some(mut desk) = desk {
            desk.stage = Stage::Altered(Sheet::altered(intent, &found));
            (desk.keeping, desk.base) = (super::keeping::Keeping::default(), found);
            self.desk = Some(desk);
        }
        let sentence = Clean::fixed("Created. The server keeps it otherwise than it was sent.");
        shell.tell(Weight::Good, sentence, Clean::line(&stamped.unwrap_or_default()));
    }

    fn list_anew(&mut self, shell: &mut Shell) {
        if shell.is_up() && self.visited {
            self.shelf.refresh(shell);
        }
    }

    /// The new article was made after all. What was typed since is an edit of it now.
    pub(super) fn settled_born(
        &mut self,
        shell: &mut Shell,
        lost: &Unsettled,
        fate: Fate,
        found: Arc<Article>,
    ) {
        let (intent, id) = (&lost.intent, lost.intent.id());
        // One that waits for the disk holds nothing of its own yet.
        let is_it = |desk: &&Desk| desk.base.row.id == *id && desk.early.is_none();
        let desk =
            self.desk.iter().chain(&self.parked).find(is_it).map(|desk| intent.is_all_of(&desk.draft()));
        let sentence = match desk {
            Some(true) if self.desk.as_ref().is_some_and(|desk| is_it(&desk)) => {
                return self.born(shell, intent, fate, found);
            }
            Some(false) => {
                self.follow_birth(shell, intent, &found);
                "The new article was created. What you typed since is still here."
            }
            None if lost.is_recalled() => return self.recalled_born(shell, lost, &found),
            Some(true) | None => "The new article was created.",
        };
        self.told = None;
        self.forget(shell, id);
        self.remember(&found);
        self.list_anew(shell);
        shell.say(Weight::Good, sentence);
    }

    /// One of an earlier run is there. Its edit goes when it holds nothing else.
    fn recalled_born(&mut self, shell: &mut Shell, lost: &Unsettled, found: &Arc<Article>) {
        self.told = None;
        self.drop_what_landed(shell, (*lost.intent).clone(), Arc::clone(found));
        self.remember(found);
        self.list_anew(shell);
        shell.say(Weight::Good, &format!("The save{} did arrive: the new article is there.", lost.from));
    }

    /// What was typed after a new article was sent goes on as an edit of the article that is there.
    pub(super) fn follow_birth(&mut self, shell: &mut Shell, intent: &Intent, found: &Arc<Article>) {
        let mut desks = self.desk.iter_mut().chain(&mut self.parked);
        if let Some(desk) = desks.find(|desk| desk.base.row.id == *intent.id()) {
            desk.follow(intent, found.clone());
            self.keep(shell);
        }
    }

    /// The server said under which id it made the article, and does not show it. What was typed is an edit of that one from
    /// now on, over nothing: it is read before anything is sent, and never made again.
    pub(super) fn made_unread(
        &mut self,
        shell: &mut Shell,
        lost: &Unsettled,
        made: ArticleId,
        fault: &Fault,
    ) {
        let sentence =
            format!("It was made as article {made}; it could not be read back: {}", fault.sentence);
        let local = lost.intent.id();
        let mut desks = self.desk.iter_mut().chain(&mut self.parked);
        let desk = desks.find(|desk| desk.base.row.id == *local);
        let hint =
            if desk.is_some() { "Your edit is kept as one of it; the next review reads it." } else { "" };
        if let Some(desk) = desk {
            desk.base = Arc::new(Article::blank(made));
            desk.keeping.dirty = true;
            self.keep(shell);
        }
        self.told = None;
        self.forget(shell, local);
        self.list_anew(shell);
        shell.tell(Weight::Bad, Clean::line(&sentence), Clean::fixed(hint));
    }

    /// A step of the search for a new article came to its end.
    pub(super) fn searched(&mut self, shell: &mut Shell, at: usize, answer: Answer) {
        let lost = &mut self.unsettled[at];
        match answer {
            Answer::Articles(page) => lost.search.look_through(&lost.intent, &page),
            Answer::Article(found) => lost.search.read(&lost.intent, Arc::from(found)),
            _ => return self.not_read(shell, at, None),
        }
        self.search_on(shell, at);
    }

    /// The next step of the search, or what it found.
    pub(super) fn search_on(&mut self, shell: &mut Shell, at: usize) {
        let lost = &mut self.unsettled[at];
        if !lost.search.is_done() {
            return self.settle(shell);
        }
        let (fate, found) = std::mem::take(&mut lost.search).outcome(&lost.intent);
        self.fate_known(shell, at, fate, found);
    }
}

fn author_hint(shell: &Shell) -> String {
    let (next, review) =
        (shell.key(Place::Editor, Command::NextField), shell.key(Place::Editor, Command::Review));
    format!("An author is required: {next} to Author, Enter picks. {review} reviews.")
}

/// The search for a new article whose answer was lost: through the list from its newest end, then each article that may be
/// the one.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// Pages looked through.
    pages: u32,
    /// Every page was looked through that can hold it.
    covered: bool,
    /// Articles still to be read.
    left: Vec<ArticleId>,
    /// There were more than are read.
    dropped: bool,
    found: Vec<(Likeness, Arc<Article>)>,
}

impl Search {
    /// What to ask next.
    pub(super) fn question(&self) -> Call {
        match self.left.last().filter(|_| self.is_through()) {
            Some(id) => Call::Article(id.clone()),
            None => Call::ListArticles { page: self.pages + 1, per_page: PER_PAGE },
        }
    }

    fn is_through(&self) -> bool {
        self.covered || self.pages >= MOST_PAGES
    }

    fn is_done(&self) -> bool {
        self.is_through() && self.left.is_empty()
    }

    fn look_through(&mut self, intent: &Intent, page: &Page<ArticleRow>) {
        self.pages += 1;
        self.covered = intent.is_covered_by(page);
        for row in intent.candidates(page) {
            if self.left.contains(&row.id) {
                continue;
            }
            if self.left.len() < MOST_READ {
                self.left.push(row.id.clone());
            } else {
                self.dropped = true;
            }
        }
    }

    /// The article that was asked for last is gone, so that it is another one. False when none was asked for.
    pub(super) fn pass_over(&mut self) -> bool {
        self.is_through() && self.left.pop().is_some()
    }

    fn read(&mut self, intent: &Intent, found: Arc<Article>) {
        self.left.pop();
        self.found.push((intent.likeness(&found), found));
    }

    /// The fate, and the article where it is there. Nothing found in a part of the list, or among some of the articles that
    /// may be it, tells nothing.
    fn outcome(self, intent: &Intent) -> (Fate, Option<Arc<Article>>) {
        let alike: Vec<(Likeness, &Article)> =
            self.found.iter().map(|(likeness, article)| (*likeness, &**article)).collect();
        let fate = match intent.settle_new(&alike) {
            Fate::NotLanded if !self.covered || self.dropped => Fate::CannotTell,
            fate => fate,
        };
        let same = self.found.into_iter().find(|(likeness, _)| *likeness == Likeness::Same);
        (fate, same.map(|(_, article)| article))
    }
}

impl Unsettled {
    /// What to ask to find out.
    pub(super) fn question(&self) -> Call {
        self.intent.on_server().map_or_else(|| self.search.question(), |id| Call::Article(id.clone()))
    }
}
