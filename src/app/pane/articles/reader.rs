//! The reading view of one article. Owns its lines for a width and the window over them.

use std::sync::Arc;

use super::links::LinkLine;
use super::outline::Outline;
use super::paper::Paper;
use super::picker::{parent_words, teammate};
use crate::app::command::Command;
use crate::app::list::{Move, Scroll};
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::article::{Article, ArticleRow, ArticleState};
use crate::domain::call::{Answer, Call, CallId, End, Fault};
use crate::domain::rich::{self, Line, Span, Tone};
use crate::domain::roster::Roster;
use crate::domain::text::{self, Clean, Raw, fit};
use crate::domain::time::stamp;

/// The widest text that reads well, in cells.
pub const WIDEST: u16 = 100;

/// An article being read.
#[derive(Debug)]
pub struct Reader {
    /// What the list knew of it, until the whole is there.
    pub row: ArticleRow,
    /// The whole.
    pub article: Option<Arc<Article>>,
    /// The call for a fresh copy.
    pub call: Option<CallId>,
    /// Why the last copy did not come.
    pub failed: Option<Fault>,
    /// Title, summary, facts and body, laid out as far as they were looked at.
    pub paper: Paper,
    /// The window over them.
    pub scroll: Scroll,
    /// The headings, while they are shown to choose from.
    pub outline: Option<Outline>,
    /// The number of a link, while it is typed.
    pub line: Option<LinkLine>,
    /// The line at the top after the last jump, and the heading that was jumped to.
    pub jumped: Option<(usize, usize)>,
    /// What the paper is for.
    laid: Option<Laid>,
    /// An edit of it is kept on disk.
    is_edited: bool,
}

/// What the lines depend on besides the article's name.
#[derive(Clone, Debug)]
struct Laid {
    width: u16,
    article: Option<Arc<Article>>,
    is_edited: bool,
}

/// Screens that are laid out beyond the one that is looked at, so that the next keys find their lines there.
const SCREENS_AHEAD: usize = 3;

/// What came of a call that the reader waited for.
pub enum Came {
    /// It belongs to somebody else.
    NotMine(End),
    /// A fresh copy is there.
    Fresh,
    /// It did not come; the fault is recorded.
    Failed,
}

fn span(text: &str, tone: Tone) -> Span {
    Span { text: text.to_owned(), tone, ..Span::default() }
}

fn one(span: Span) -> Line {
    Line { spans: vec![span], ..Line::default() }
}

fn wrapped(lines: &mut Vec<Line>, text: &str, width: u16, tone: Tone) {
    if text.is_empty() {
        return;
    }
    lines.extend(rich::wrap(text, width).into_iter().map(|row| one(span(&row, tone))));
}

/// The state of a row in a mark and a word: live, draft, or not said.
pub fn state_words(state: Option<ArticleState>) -> (&'static str, &'static str) {
    match state {
        Some(ArticleState::Published) => ("●", "live"),
        Some(ArticleState::Draft) => ("○", "draft"),
        None => ("?", "state not said"),
    }
}

/// What is known of an article besides its text, in one sentence without an end.
fn facts(row: &ArticleRow, roster: &Roster, zone: i32) -> String {
    let (mark, word) = state_words(row.state);
    let mut facts = vec![format!("{mark} {word}")];
    facts.extend(row.author.as_ref().map(|author| teammate(author, roster)));
    facts.extend(row.parent.as_ref().map(|parent| format!("in {}", parent_words(parent, roster))));
    facts.extend(row.updated_at.map(|at| format!("changed {}", stamp(at, zone))));
    facts.join(" · ")
}

/// How to name the article elsewhere: its id and, when it is live, its address; on a row of its own where both do not
/// fit, and cut rather than broken.
fn names(row: &ArticleRow, cells: u16) -> Vec<String> {
    let id = format!("article {}", row.id);
    let cells = usize::from(cells);
    let both = Clean::line(&format!("{id} · {}", row.address));
    if row.address.is_empty() {
        vec![fit(&Clean::line(&id), cells).into_owned()]
    } else if text::width(&both) <= cells {
        vec![both.into_string()]
    } else {
        vec![fit(&Clean::line(&id), cells).into_owned(), fit(&row.address, cells).into_owned()]
    }
}

impl Reader {
    /// A reader of a row, with the copy that is known already, if any.
    pub fn of(row: ArticleRow, article: Option<Arc<Article>>) -> Self {
        Self {
            row,
            article,
            call: None,
            failed: None,
            paper: Paper::of(Vec::new(), None, 0),
            scroll: Scroll::default(),
            outline: None,
            line: None,
            jumped: None,
            laid: None,
            is_edited: false,
        }
    }

    /// Asks for a fresh copy, in place of one that is under way.
    pub fn ask(&mut self, shell: &mut Shell) {
        self.cancel(shell);
        self.failed = None;
        self.call = Some(shell.ask(Call::Article(self.row.id.clone())));
    }

    /// Cancels the call under way; false when there is none.
    pub fn cancel(&mut self, shell: &mut Shell) -> bool {
        let Some(call) = self.call.take() else { return false };
        shell.cancel(call);
        true
    }

    /// Takes a whole copy.
    pub fn set(&mut self, article: Arc<Article>) {
        self.row = article.row.clone();
        // The same text keeps its lines.
        if self.article.as_ref() != Some(&article) {
            self.article = Some(article);
        }
    }

    /// Takes the end of a call.
    pub fn ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Came {
        if self.call != Some(id) {
            return Came::NotMine(end);
        }
        self.call = None;
        match end {
            End::Answer(Answer::Article(article)) => {
                self.set(Arc::from(article));
                Came::Fresh
            }
            End::Refused(fault) | End::TimedOut(fault) | End::NotSent(fault) | End::Unknown(fault) => {
                shell.fault(&fault);
                self.failed = Some(fault);
                Came::Failed
            }
            End::Answer(_) | End::Moved(_) | End::Cancelled => Came::Failed,
        }
    }

    /// Whether an edit of it is kept on disk.
    pub fn mark(&mut self, is_edited: bool) {
        self.is_edited = is_edited;
    }

    /// Lays out for an area what is looked at, and a little more; costs nothing when that is there.
    pub fn arrange(&mut self, width: u16, height: u16, shell: &Shell) {
        if !self.is_laid(width) {
            self.lay(width, shell);
        }
        let height = usize::from(height.saturating_sub(self.line.as_ref().map_or(0, LinkLine::rows)));
        if self.outline.is_some() || self.line.is_some() {
            self.paper.lay_rest();
        }
        self.paper.lay_until(self.scroll.view().start + SCREENS_AHEAD * height);
        self.scroll.fit(self.paper.lines().len(), height);
    }

    fn is_laid(&self, width: u16) -> bool {
        let same = |one: &Option<Arc<Article>>, other: &Option<Arc<Article>>| match (one, other) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        self.laid.as_ref().is_some_and(|laid| {
            laid.width == width && laid.is_edited == self.is_edited && same(&laid.article, &self.article)
        })
    }

    /// Begins new lines. While the text is the same, the block at the top stays there and tables stay moved.
    fn lay(&mut self, width: u16, shell: &Shell) {
        let body = self.article.as_ref().map(|article| &article.body);
        let before = self.laid.as_ref().and_then(|laid| laid.article.as_ref()).map(|article| &article.body);
        let anchor = self.paper.block_at(self.scroll.view().start).filter(|_| body == before);
        let shown = body.filter(|body| !body.is_empty()).map(Raw::as_str);
        let mut paper = Paper::of(self.head(width, shell), shown, width);
        if body == before {
            paper.keep_offsets(&self.paper);
        }
        if let Some(line) = anchor.and_then(|block| paper.find(block)) {
            paper.lay_until(line + SCREENS_AHEAD * self.scroll.view().len());
            self.scroll.fit(paper.lines().len(), self.scroll.view().len());
            self.scroll.to(line);
        }
        self.paper = paper;
        self.laid = Some(Laid { width, article: self.article.clone(), is_edited: self.is_edited });
    }

    /// What stands above the text.
    fn head(&self, width: u16, shell: &Shell) -> Vec<Line> {
        let edit = shell.key(Place::Article, Command::Edit);
        let mut lines = Vec::new();
        let title = if self.row.title.is_empty() { "(no title)" } else { self.row.title.as_str() };
        wrapped(&mut lines, title, width, Tone::Heading(1));
        wrapped(&mut lines, &self.row.description, width, Tone::Plain);
        wrapped(&mut lines, &facts(&self.row, &shell.roster, shell.now.zone), width, Tone::Dim);
        for name in names(&self.row, width) {
            lines.push(one(span(&name, Tone::Dim)));
        }
        if self.is_edited {
            let words = format!("✎ your edit waits; {edit} continues it");
            wrapped(&mut lines, &words, width, Tone::Heading(2));
        }
        let Some(article) = &self.article else { return lines };
        lines.push(Line::default());
        if article.body.is_empty() {
            let words = format!("This article has no text yet. Press {edit} to write it.");
            wrapped(&mut lines, &words, width, Tone::Dim);
        }
        lines
    }

    /// Moves the window, or the cursor of what is shown to choose from.
    pub fn go(&mut self, movement: Move) {
        if let Some(outline) = &mut self.outline {
            return outline.list.go(movement);
        }
        if movement == Move::Bottom {
            self.paper.lay_rest();
            self.scroll.fit(self.paper.lines().len(), self.scroll.view().len());
        }
        self.scroll.go(movement);
    }

    /// How far down the end of the window is, in percent; a guess until everything is laid out.
    pub fn percent(&self) -> usize {
        let guess = (self.scroll.view().end * 100).checked_div(self.paper.expected()).unwrap_or(100);
        if self.paper.is_done() { self.scroll.percent() } else { guess.min(99) }
    }

    /// Where keys go.
    pub fn place(&self) -> Place {
        match (&self.outline, &self.line) {
            (Some(_), _) => Place::Outline,
            (None, Some(_)) => Place::Form,
            (None, None) => Place::Article,
        }
    }
}
