//! The reading view of one article. Owns its lines for a width and the window over them.

use std::sync::Arc;

use crate::app::list::Scroll;
use crate::app::shell::Shell;
use crate::domain::article::{Article, ArticleRow, ArticleState};
use crate::domain::call::{Answer, Call, CallId, End, Fault};
use crate::domain::html;
use crate::domain::rich::{self, Line, Span, Tone};
use crate::domain::roster::Roster;
use crate::domain::text::{self, Clean, fit};
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
    /// Title, summary, facts and body, laid out.
    pub lines: Vec<Line>,
    /// The window over them.
    pub scroll: Scroll,
    laid: Option<u16>,
    /// An edit of it is kept on disk.
    is_edited: bool,
}

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

fn wrapped(lines: &mut Vec<Line>, text: &str, width: u16, tone: Tone) {
    if text.is_empty() {
        return;
    }
    lines.extend(rich::wrap(text, width).into_iter().map(|row| Line { spans: vec![span(&row, tone)] }));
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
    facts.extend(row.author.as_ref().map(|author| match roster.admin(author) {
        name if name == author.as_str() => format!("author {name}"),
        name => name.to_owned(),
    }));
    facts.extend(row.parent.as_ref().map(|parent| {
        let kind = if parent.kind.is_empty() { "parent" } else { parent.kind.as_str() };
        format!("in {kind} {}", Clean::line(&parent.id))
    }));
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
        let (lines, scroll) = (Vec::new(), Scroll::default());
        Self { row, article, call: None, failed: None, lines, scroll, laid: None, is_edited: false }
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
        if self.article.as_ref() != Some(&article) {
            self.laid = None;
        }
        self.row = article.row.clone();
        self.article = Some(article);
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
        if self.is_edited != is_edited {
            (self.is_edited, self.laid) = (is_edited, None);
        }
    }

    /// Lays the article out for an area; costs nothing when neither changed.
    pub fn arrange(&mut self, width: u16, height: u16, roster: &Roster, zone: i32) {
        if self.laid != Some(width) {
            self.lines = self.lay(width, roster, zone);
            self.laid = Some(width);
        }
        self.scroll.fit(self.lines.len(), usize::from(height));
    }

    fn lay(&self, width: u16, roster: &Roster, zone: i32) -> Vec<Line> {
        let mut lines = Vec::new();
        let title = if self.row.title.is_empty() { "(no title)" } else { self.row.title.as_str() };
        wrapped(&mut lines, title, width, Tone::Heading(1));
        wrapped(&mut lines, &self.row.description, width, Tone::Plain);
        wrapped(&mut lines, &facts(&self.row, roster, zone), width, Tone::Dim);
        for name in names(&self.row, width) {
            lines.push(Line { spans: vec![span(&name, Tone::Dim)] });
        }
        if self.is_edited {
            wrapped(&mut lines, "✎ your edit is kept; e continues it", width, Tone::Heading(2));
        }
        let Some(article) = &self.article else { return lines };
        lines.push(Line::default());
        if article.body.is_empty() {
            wrapped(&mut lines, "This article has no text yet. Press e to write it.", width, Tone::Dim);
            return lines;
        }
        let document = html::parse(article.body.as_str());
        lines.extend(rich::flow(&document, width, false));
        let targets = rich::targets(&document, width);
        if !targets.is_empty() {
            lines.push(Line::default());
            wrapped(&mut lines, "Links", width, Tone::Dim);
            lines.extend(targets);
        }
        lines
    }
}
