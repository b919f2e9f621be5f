//! The words of each kind of sheet.

use super::{Body, FieldChange, Mark, Sheet};
use crate::domain::article::{Article, ArticleState};
use crate::domain::change::{Changes, Intent, Review};
use crate::domain::diff::{self, Change, Diff, Piece, Row};
use crate::domain::text::{Clean, fit};

/// Somebody else's words in a sentence of ours: one clean line, cut, in quotes.
pub(in crate::app::pane::articles) fn quoted(title: &str, cells: usize) -> String {
    let line = Clean::line(title);
    let title = if line.is_empty() { "(no title)".into() } else { fit(&line, cells) };
    format!("“{title}”")
}

/// What is compared: the fields of an article as plain text.
struct Side<'a> {
    title: &'a str,
    description: &'a str,
    body: &'a str,
    state: Option<ArticleState>,
}

impl<'a> Side<'a> {
    fn of(article: &'a Article) -> Self {
        Self {
            title: article.title.as_str(),
            description: article.description.as_str(),
            body: article.body.as_str(),
            state: article.row.state,
        }
    }

    /// An article with changes laid over it.
    fn with(article: &'a Article, changes: &'a Changes) -> Self {
        let plain = Self::of(article);
        Self {
            title: changes.title.as_deref().unwrap_or(plain.title),
            description: changes.description.as_deref().unwrap_or(plain.description),
            body: changes.body.as_deref().unwrap_or(plain.body),
            state: changes.state.or(plain.state),
        }
    }
}

fn whole(text: &str, change: Change) -> Row {
    Row {
        old_line: None,
        new_line: None,
        pieces: vec![Piece { text: text.to_owned(), change }],
        kind: change,
    }
}

fn field(name: &'static str, old: &str, new: &str) -> Option<FieldChange> {
    let shown =
        |text: &str, change| (!text.is_empty()).then(|| whole(&crate::domain::text::reveal(text), change));
    let mut rows = diff::source(old, new).rows;
    if rows.iter().all(|row| row.kind == Change::Same) {
        rows = shown(old, Change::Removed).into_iter().chain(shown(new, Change::Added)).collect();
    }
    (old != new).then_some(FieldChange { name, rows })
}

fn fields(old: &Side<'_>, new: &Side<'_>) -> Vec<FieldChange> {
    let word = |state: Option<ArticleState>| state.map_or("not said", ArticleState::word);
    let state = (old.state != new.state).then(|| FieldChange {
        name: "State",
        rows: vec![whole(word(old.state), Change::Removed), whole(word(new.state), Change::Added)],
    });
    let title = field("Title", old.title, new.title);
    let description = field("Description", old.description, new.description);
    [title, description, state].into_iter().flatten().collect()
}

fn body(old: &Side<'_>, new: &Side<'_>) -> Option<Body> {
    let both = || Body { words: diff::words(old.body, new.body), source: diff::source(old.body, new.body) };
    (old.body != new.body).then(both)
}

fn many(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// Which fields change, and how much of the body.
fn extent(fields: &[FieldChange], words: Option<&Diff>) -> String {
    let mut parts: Vec<String> = fields.iter().map(|field| field.name.to_lowercase()).collect();
    parts.extend(words.map(|diff| {
        let (blocks, added, removed) = (diff.changed_blocks.max(1), diff.added_words, diff.removed_words);
        format!("text in {} ({} added, {removed} removed)", many(blocks, "block"), many(added, "word"))
    }));
    parts.join(", ")
}

const MINE: &str = "m    lay my edit over their copy. Fields I did not touch follow theirs; where we both changed a field, mine replaces theirs, and the next review shows what that undoes.";
const THEIRS: &str =
    "t    drop my edit, from the draft file too, and continue from their copy. Asks a second time.";

impl Sheet {
    /// The review: what would change, and what that means.
    pub(in crate::app::pane::articles) fn review(review: &Review) -> Self {
        let (old, new) = (Side::of(review.base()), Side::with(review.base(), review.changes()));
        let fields = fields(&old, &new);
        let differs = review.changes().body.is_some();
        let body = differs.then(|| Body { words: review.words().clone(), source: review.source().clone() });
        let mut head = vec![
            (Mark::Heading, format!("{}, article {}", quoted(old.title, 60), review.base().row.id)),
            (Mark::Strong, review.consequence().to_owned()),
            (Mark::Plain, format!("Changes: {}.", extent(&fields, differs.then(|| review.source())))),
            (Mark::Dim, "The name on it may become the signed-in teammate's.".to_owned()),
        ];
        head.extend(review.warnings().into_iter().map(|sentence| (Mark::Strong, format!("! {sentence}"))));
        Self::new(head, fields, body)
    }

    /// What somebody else changed.
    pub(in crate::app::pane::articles) fn conflict(base: &Article, fresh: &Article) -> Self {
        let (old, new) = (Side::of(base), Side::of(fresh));
        let (fields, body) = (fields(&old, &new), body(&old, &new));
        let extent = extent(&fields, body.as_ref().map(|body| &body.source));
        let head = vec![
            (Mark::Heading, format!("{}, article {}", quoted(old.title, 60), fresh.row.id)),
            (Mark::Strong, "Somebody else changed this article while you were editing.".to_owned()),
            (Mark::Plain, format!("Their change: {extent}.")),
            (Mark::Plain, MINE.to_owned()),
            (Mark::Plain, THEIRS.to_owned()),
            (Mark::Plain, "Esc  back to my edit. Nothing was sent.".to_owned()),
        ];
        Self::new(head, fields, body)
    }

    /// What was sent beside what is there, when neither tells what became of the write.
    pub(in crate::app::pane::articles) fn untold(intent: &Intent, found: &Article) -> Self {
        let (sent, there) = (Side::with(intent.base(), intent.changes()), Side::of(found));
        let head = vec![
            (Mark::Heading, format!("{}, article {}", quoted(there.title, 60), intent.id())),
            (
                Mark::Strong,
                "The server answered the save, but the article reads neither as before nor as sent."
                    .to_owned(),
            ),
            (Mark::Plain, "Below is what was sent (-) and what the article reads now (+).".to_owned()),
            (Mark::Plain, MINE.to_owned()),
            (Mark::Plain, THEIRS.to_owned()),
            (Mark::Plain, "Esc  back to my edit, which is kept.".to_owned()),
        ];
        Self::new(head, fields(&sent, &there), body(&sent, &there))
    }

    /// What the server made of what was sent.
    pub(in crate::app::pane::articles) fn altered(intent: &Intent, found: &Article) -> Self {
        let (sent, kept) = (Side::with(intent.base(), intent.changes()), Side::of(found));
        let head = vec![
            (Mark::Heading, format!("{}, article {}", quoted(kept.title, 60), intent.id())),
            (Mark::Strong, "Saved, but the server keeps it otherwise than it was sent.".to_owned()),
            (
                Mark::Plain,
                "Below is what was sent (-) and what the article reads now (+). Esc closes this.".to_owned(),
            ),
        ];
        Self::new(head, fields(&sent, &kept), body(&sent, &kept))
    }
}
