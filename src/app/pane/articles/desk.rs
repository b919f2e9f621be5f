//! An edit under way: the fields as typed, the copy they are typed over, and how far the edit has come on its road.
//! Owns the fields; the road itself is walked in `road`, the disk is kept up to date in `keeping`.

use std::sync::Arc;

use super::asking::Question;
use super::conflict::Conflict;
use super::finding::Finding;
use super::keeping::Keeping;
use super::linting::Linting;
use super::picker::Picker;
use super::sheet::Sheet;
use super::steps::Steps;
use super::views::Body;
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
    /// Whose name stands on it.
    Author,
    /// What it hangs below.
    Parent,
    /// The text.
    Body,
}

impl Part {
    const ALL: [Self; 6] =
        [Self::Title, Self::Description, Self::State, Self::Author, Self::Parent, Self::Body];

    fn step(self, by: usize) -> Self {
        Self::ALL[(self as usize + by) % Self::ALL.len()]
    }

    /// Where an arrow leads in the editor's head; the part itself where it leads nowhere.
    fn beside(self, arrow: Code) -> Self {
        let row = self.row().unwrap_or(Self::ALL.len());
        match (arrow, row, self) {
            (Code::Up, 0 | 1, _) => Self::Title,
            (Code::Up, 2, _) | (Code::Down, 0, _) => Self::Description,
            (Code::Down, 1, _) | (Code::Left, _, Self::Author) => Self::State,
            (Code::Down, 2, _) => Self::Body,
            (Code::Left, _, Self::Parent) | (Code::Right, _, Self::State) => Self::Author,
            (Code::Right, _, Self::Author) => Self::Parent,
            _ => self,
        }
    }

    /// The row of the editor's head that it stands in, from 0; none for the text.
    pub fn row(self) -> Option<usize> {
        match self {
            Self::Title => Some(0),
            Self::Description => Some(1),
            Self::State | Self::Author | Self::Parent => Some(2),
            Self::Body => None,
        }
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
    /// The text as typed.
    pub body: Body,
    /// The field with the cursor.
    pub part: Part,
    /// The list to choose an author or a parent from, while it is open.
    pub picker: Option<Picker>,
    /// What Intercom will change or refuse in the text.
    pub linting: Linting,
    /// How far it has come.
    pub stage: Stage,
    /// How it stands with the disk.
    pub keeping: Keeping,
    /// A question that the next key answers.
    pub(super) question: Option<Question>,
    /// Words that are searched for in the text, while the field for them is open.
    pub finding: Option<Finding>,
    /// The words searched for before.
    pub(super) found_before: String,
    /// What the title and the summary were before.
    pub(super) steps: Steps,
    /// While the disk is asked for a draft: what was typed meanwhile.
    pub(super) early: Option<Vec<Early>>,
    /// When it was typed, as long as nothing was typed since it came from the disk; in seconds since 1970.
    pub(super) typed_at: Option<i64>,
    /// The summary as the answer to the last write said it; none when it did not.
    pub(super) echo: Option<Raw>,
    /// It shows a review from a file: who made it, when, and which file, in sentences. None for an edit of ours.
    pub(super) origin: Vec<String>,
}

fn wanted_state(article: &Article) -> ArticleState {
    Draft::of(Arc::new(article.clone())).state
}

impl Desk {
    /// A desk over the server's copy, which asks the disk for a draft first.
    pub(super) fn of(article: Arc<Article>) -> Self {
        let body = Body::of(article.body.as_str());
        Self {
            title: Field::of(article.title.as_str()),
            description: Field::of(article.description.as_str()),
            state: wanted_state(&article),
            author: article.row.author.clone(),
            parent: article.row.parent.clone(),
            body,
            base: article,
            part: Part::Body,
            picker: None,
            linting: Linting::default(),
            stage: Stage::Editing,
            keeping: Keeping::default(),
            question: None,
            finding: None,
            found_before: String::new(),
            steps: Steps::default(),
            early: None,
            echo: None,
            origin: Vec::new(),
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
        self.body.put(&draft.body);
        self.steps = Steps::default();
    }

    /// Whether anything may differ from the copy that editing began from; does not convert the text. Walks it.
    pub(super) fn is_changed(&self) -> bool {
        let base = Version::of(&self.base);
        self.title.text() != base.title
            || self.description.text() != base.description
            || (self.state, &self.author, &self.parent) != (base.state, &base.author, &base.parent)
            || self.body.differs_from(&base.body)
    }

    /// Holds another copy, in which nothing was typed. What came before the disk answered still waits for it.
    pub(super) fn become_copy(&mut self, found: Arc<Article>) {
        let (early, view) = (self.early.take(), self.body.view());
        *self = Self { early, ..Self::of(found) };
        self.body.show_as(view);
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
            self.body.put(&draft.body);
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
        (draft.title, draft.description) = (typed.title, typed.description);
        (draft.state, draft.author, draft.parent) = (typed.state, typed.author, typed.parent);
        self.body.restore(&typed.body, stored.markdown.as_deref(), stored.read_as.as_deref());
        draft.body = self.body.source();
        self.lay(&draft);
    }

    /// The draft as it goes to disk: Markdown as it was typed, which costs no conversion.
    pub(super) fn stored(&self, now: Unix) -> StoredDraft {
        let (body, markdown) = self.body.stored();
        StoredDraft {
            article: self.base.row.id.clone(),
            kept_at: self.typed_at.unwrap_or(now.0),
            fields: Version {
                title: self.title.text().to_owned(),
                description: self.description.text().to_owned(),
                body,
                state: self.state,
                author: self.author.clone(),
                parent: self.parent.clone(),
            },
            base: Version::of(&self.base),
            read_as: markdown.as_ref().and_then(|_| self.body.read_as()).map(str::to_owned),
            markdown,
        }
    }

    /// Goes to another field.
    pub(super) fn next_part(&mut self, back: bool) {
        self.part = match (self.part, back) {
            // Back from the text is back to the beginning of the row above, as it is for Up.
            (Part::Body, true) => Part::State,
            (part, true) => part.step(Part::ALL.len() - 1),
            (part, false) => part.step(1),
        };
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
            Part::State | Part::Author | Part::Parent => false,
            Part::Body => self.body.press(key),
        }
        .then_some(())
        .or_else(|| self.walk(key))
        .is_some()
    }

    /// In the one-line fields, Enter and the arrows go on to the next field.
    fn walk(&mut self, key: Key) -> Option<()> {
        if key.ctrl || key.alt {
            return None;
        }
        self.part = match (self.part, key.code) {
            (Part::Body, _) => return None,
            (part, Code::Enter) => part.step(1),
            (part, code) => part.beside(code),
        };
        None
    }

    /// Takes pasted text into the field with the cursor; true when that changed something.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        match self.part {
            Part::Title => self.steps.paste(Part::Title, &mut self.title, text),
            Part::Description => self.steps.paste(Part::Description, &mut self.description, text),
            Part::State | Part::Author | Part::Parent => false,
            Part::Body => self.body.paste(text),
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
