//! An edit under way: the fields as typed, the copy they are typed over, and how far the edit has come on its road.
//! Owns the fields; the road itself is walked in `road`, the disk is kept up to date in `keeping`.

use std::sync::Arc;

use super::asking::Question;
use super::conflict::Conflict;
use super::keeping::Keeping;
use super::sheet::Sheet;
use super::steps::Steps;
use crate::app::editor::Editor;
use crate::app::event::StoredDraft;
use crate::app::field::Field;
use crate::app::key::{Code, Key};
use crate::domain::article::{Article, ArticleState, Parent};
use crate::domain::call::CallId;
use crate::domain::change::{Confirmation, Draft, Intent, Review, Version};
use crate::domain::id::AdminId;
use crate::domain::text::Raw;
use crate::domain::time::Unix;

/// A field of the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The title.
    Title,
    /// The short summary.
    Description,
    /// Live or draft.
    State,
    /// The HTML.
    Body,
}

impl Part {
    const ALL: [Self; 4] = [Self::Title, Self::Description, Self::State, Self::Body];

    fn step(self, by: usize) -> Self {
        Self::ALL[(self as usize + by) % Self::ALL.len()]
    }
}

/// How far an edit has come.
#[derive(Debug)]
pub enum Stage {
    /// It is being typed.
    Editing,
    /// A fresh copy is on its way, to review against.
    Asking(CallId),
    /// What would change is on the screen.
    Reviewing(Box<Review>, Sheet),
    /// The question before the write, over what would change.
    Confirming(Box<Confirmation>, Sheet),
    /// It was sent; nothing is known yet.
    Sending(CallId, Box<Intent>, Sheet),
    /// The server took it; it is being read back.
    ReadingBack(CallId, Box<Intent>, Sheet),
    /// It is saved, and the server keeps it otherwise than it was sent.
    Altered(Sheet),
    /// The server's copy moved: it and the edit are laid together.
    Conflict(Box<Conflict>),
}

/// Input that came before the disk said whether there is a draft.
#[derive(Debug)]
pub(super) enum Early {
    Key(Key),
    Paste(String),
}

/// An edit.
#[derive(Debug)]
pub struct Desk {
    /// The copy that editing began from.
    pub base: Arc<Article>,
    /// Title as typed.
    pub title: Field,
    /// Summary as typed.
    pub description: Field,
    /// Whether it shall be live.
    pub state: ArticleState,
    /// Whose name shall stand on it.
    pub author: Option<AdminId>,
    /// What it shall hang below.
    pub parent: Option<Parent>,
    /// HTML as typed.
    pub body: Editor,
    /// The field with the cursor.
    pub part: Part,
    /// How far it has come.
    pub stage: Stage,
    /// How it stands with the disk.
    pub keeping: Keeping,
    /// A question that the next key answers.
    pub(super) question: Option<Question>,
    /// What the title and the summary were before.
    pub(super) steps: Steps,
    /// While the disk is asked for a draft: what was typed meanwhile.
    pub(super) early: Option<Vec<Early>>,
    /// When it was typed, as long as nothing was typed since it came from the disk; in seconds since 1970.
    pub(super) typed_at: Option<i64>,
    /// The summary as the answer to the last write said it; none when it did not.
    pub(super) echo: Option<Raw>,
}

fn wanted_state(article: &Article) -> ArticleState {
    Draft::of(Arc::new(article.clone())).state
}

impl Desk {
    /// A desk over the server's copy, which asks the disk for a draft first.
    pub(super) fn of(article: Arc<Article>) -> Self {
        let mut body = Editor::of(article.body.as_str());
        body.to_first_word();
        Self {
            title: Field::of(article.title.as_str()),
            description: Field::of(article.description.as_str()),
            state: wanted_state(&article),
            author: article.row.author.clone(),
            parent: article.row.parent.clone(),
            body,
            base: article,
            part: Part::Body,
            stage: Stage::Editing,
            keeping: Keeping::default(),
            question: None,
            steps: Steps::default(),
            early: None,
            echo: None,
            typed_at: None,
        }
    }

    /// Whether something was typed before the disk said whether there is a draft.
    pub(super) fn typed_early(&self) -> bool {
        self.early.as_ref().is_some_and(|early| !early.is_empty())
    }

    /// What was typed, over what. Walks the text.
    pub fn draft(&self) -> Draft {
        let mut draft = Draft::of(self.base.clone());
        self.title.text().clone_into(&mut draft.title);
        self.description.text().clone_into(&mut draft.description);
        (draft.body, draft.state) = (self.body.source(), self.state);
        (draft.author, draft.parent) = (self.author.clone(), self.parent.clone());
        draft
    }

    /// Puts the fields of a draft on the desk.
    pub(super) fn lay(&mut self, draft: &Draft) {
        self.base = draft.base().clone();
        self.title = Field::of(&draft.title);
        self.description = Field::of(&draft.description);
        (self.state, self.author, self.parent) = (draft.state, draft.author.clone(), draft.parent.clone());
        self.body = Editor::of(&draft.body);
        self.steps = Steps::default();
    }

    /// Holds another copy, in which nothing was typed. What came before the disk answered still waits for it.
    pub(super) fn become_copy(&mut self, found: Arc<Article>) {
        let early = self.early.take();
        *self = Self { early, ..Self::of(found) };
    }

    /// A write arrived while more was typed: only what was typed since is an edit of the copy that reads so now. Fields
    /// that nobody typed in since follow it, so that the next write undoes nobody's work.
    pub(super) fn follow(&mut self, sent: &Intent, found: Arc<Article>) {
        let mut draft = self.draft();
        let typed = draft.body.clone();
        draft.rebase_after(sent.changes(), found);
        if self.title.text() != draft.title || self.description.text() != draft.description {
            self.title = Field::of(&draft.title);
            self.description = Field::of(&draft.description);
            self.steps = Steps::default();
        }
        if typed != draft.body {
            self.body = Editor::of(&draft.body);
        }
        (self.author, self.parent) = (draft.author.clone(), draft.parent.clone());
        (self.state, self.base, self.keeping.dirty) = (draft.state, draft.base().clone(), true);
    }

    /// Puts a draft from the disk on the desk, with the copy that it was typed over.
    pub(super) fn restore(&mut self, stored: StoredDraft) {
        self.typed_at = Some(stored.kept_at);
        let base = stored.base.laid_over(&self.base);
        let typed = stored.fields;
        let mut draft = Draft::of(Arc::new(base));
        (draft.title, draft.description, draft.body) = (typed.title, typed.description, typed.body);
        (draft.state, draft.author, draft.parent) = (typed.state, typed.author, typed.parent);
        self.lay(&draft);
    }

    /// The draft as it goes to disk.
    pub(super) fn stored(&self, now: Unix) -> StoredDraft {
        let draft = self.draft();
        StoredDraft {
            article: self.base.row.id.clone(),
            kept_at: self.typed_at.unwrap_or(now.0),
            fields: Version {
                title: draft.title,
                description: draft.description,
                body: draft.body,
                state: draft.state,
                author: draft.author,
                parent: draft.parent,
            },
            base: Version::of(&self.base),
            markdown: None,
        }
    }

    /// Goes to another field.
    pub(super) fn next_part(&mut self, back: bool) {
        self.part = self.part.step(if back { 3 } else { 1 });
    }

    /// Takes a key into the field with the cursor; true when that changed something.
    pub(super) fn press(&mut self, key: Key) -> bool {
        match self.part {
            Part::Title => self.steps.key(Part::Title, &mut self.title, key),
            Part::Description => self.steps.key(Part::Description, &mut self.description, key),
            Part::State if key.typed() == Some(' ') => {
                self.state = match self.state {
                    ArticleState::Published => ArticleState::Draft,
                    ArticleState::Draft => ArticleState::Published,
                };
                true
            }
            Part::State => false,
            Part::Body => {
                let before = self.body.edits();
                self.body.press(key);
                before != self.body.edits()
            }
        }
        .then_some(())
        .or_else(|| self.walk(key))
        .is_some()
    }

    /// In the one-line fields, Enter and the arrows go on to the next field.
    fn walk(&mut self, key: Key) -> Option<()> {
        let plain = !key.ctrl && !key.alt && self.part != Part::Body;
        if plain && matches!(key.code, Code::Enter | Code::Down) {
            self.next_part(false);
        } else if plain && key.code == Code::Up && self.part != Part::Title {
            self.next_part(true);
        }
        None
    }

    /// Takes pasted text into the field with the cursor; true when that changed something.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        match self.part {
            Part::Title => self.steps.paste(Part::Title, &mut self.title, text),
            Part::Description => self.steps.paste(Part::Description, &mut self.description, text),
            Part::State => false,
            Part::Body => {
                let before = self.body.edits();
                self.body.paste(text);
                before != self.body.edits()
            }
        }
    }

    /// The sheet on the screen, if one is.
    pub fn sheet(&self) -> Option<&Sheet> {
        match &self.stage {
            Stage::Editing | Stage::Asking(_) | Stage::Conflict(_) => None,
            Stage::Reviewing(_, sheet)
            | Stage::Confirming(_, sheet)
            | Stage::Sending(_, _, sheet)
            | Stage::ReadingBack(_, _, sheet)
            | Stage::Altered(sheet) => Some(sheet),
        }
    }

    /// The sheet on the screen, if one is.
    pub(super) fn sheet_mut(&mut self) -> Option<&mut Sheet> {
        match &mut self.stage {
            Stage::Editing | Stage::Asking(_) | Stage::Conflict(_) => None,
            Stage::Reviewing(_, sheet)
            | Stage::Confirming(_, sheet)
            | Stage::Sending(_, _, sheet)
            | Stage::ReadingBack(_, _, sheet)
            | Stage::Altered(sheet) => Some(sheet),
        }
    }
}
