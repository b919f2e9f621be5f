//! The words of each kind of sheet.

use super::facts::{Facts, author, name, place};
use super::{Body, FieldChange, FieldName, Mark, Part, Sheet};
use crate::domain::article::{Article, ArticleState, Parent};
use crate::domain::change::{Changes, Intent, Review};
use crate::domain::diff::{self, Change, Piece, Row};
use crate::domain::id::AdminId;
use crate::domain::roster::Roster;
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
    author: Option<&'a AdminId>,
    parent: Option<&'a Parent>,
}

impl<'a> Side<'a> {
    fn of(article: &'a Article) -> Self {
        Self {
            title: article.title.as_str(),
            description: article.description.as_str(),
            body: article.body.as_str(),
            state: article.row.state,
            author: article.row.author.as_ref(),
            parent: article.row.parent.as_ref(),
        }
    }

    /// An article as it was read; a summary that was not said is no difference to the one known before.
    fn read(article: &'a Article, before: &Self) -> Self {
        let plain = Self::of(article);
        if article.description_said { plain } else { Self { description: before.description, ..plain } }
    }

    /// An article with changes laid over it.
    fn with(article: &'a Article, changes: &'a Changes) -> Self {
        let plain = Self::of(article);
        Self {
            title: changes.title.as_deref().unwrap_or(plain.title),
            description: changes.description.as_deref().unwrap_or(plain.description),
            body: changes.body.as_deref().unwrap_or(plain.body),
            state: changes.state.or(plain.state),
            author: changes.author.as_ref().or(plain.author),
            parent: changes.parent.as_ref().or(plain.parent),
        }
    }
}

fn whole(text: &str, change: Change) -> Row {
    Row { of: None, pieces: vec![Piece { text: text.to_owned(), change }], kind: change }
}

fn field(name: FieldName, old: &str, new: &str) -> Option<FieldChange> {
    let shown =
        |text: &str, change| (!text.is_empty()).then(|| whole(&crate::domain::text::reveal(text), change));
    let mut rows = diff::plain(old, new).rows;
    if rows.iter().all(|row| row.kind == Change::Same) {
        rows = shown(old, Change::Removed).into_iter().chain(shown(new, Change::Added)).collect();
    }
    // A line of a title belongs to the field, not to a block of a body.
    for row in &mut rows {
        row.of = None;
    }
    (old != new).then_some(FieldChange { name, rows })
}

/// A field that is a choice: shown whole, never word by word.
fn choice(name: FieldName, old: Option<&str>, new: Option<&str>) -> Option<FieldChange> {
    let shown = |text: Option<&str>, change| whole(text.unwrap_or("not said"), change);
    let before = old.is_some().then(|| shown(old, Change::Removed));
    let rows = || before.into_iter().chain([shown(new, Change::Added)]).collect();
    (old != new).then(|| FieldChange { name, rows: rows() })
}

fn fields(old: &Side<'_>, new: &Side<'_>, roster: Option<&Roster>) -> Vec<FieldChange> {
    let state = |side: &Side<'_>| {
        side.state.map(|state| match state {
            ArticleState::Published => "live",
            ArticleState::Draft => "draft",
        })
    };
    let known = |id: &AdminId| name(roster, id);
    // Two teammates of one name are told apart by their numbers.
    let alike = old.author.zip(new.author).is_some_and(|(old, new)| old != new && known(old) == known(new));
    let shown = |id: &AdminId| if alike { format!("{} ({id})", known(id)) } else { known(id) };
    let who = |side: &Side<'_>| side.author.map(shown);
    let below = |side: &Side<'_>| side.parent.map(place);
    let all = [
        field(FieldName::Title, old.title, new.title),
        field(FieldName::Summary, old.description, new.description),
        choice(FieldName::State, state(old), state(new)),
        choice(FieldName::Author, who(old).as_deref(), who(new).as_deref()),
        choice(FieldName::Parent, below(old).as_deref(), below(new).as_deref()),
    ];
    all.into_iter().flatten().collect()
}

/// What two versions are called.
const BEFORE_AFTER: [&str; 2] = ["before", "after"];
const SENT_KEPT: [&str; 2] = ["as it was sent", "as the article reads now"];

fn part(name: &'static str, sides: [&'static str; 2], old: &Side<'_>, new: &Side<'_>) -> Part {
    let both = || Body::of(old.body, new.body, diff::words(old.body, new.body));
    Part { name, sides, fields: fields(old, new, None), body: (old.body != new.body).then(both) }
}

fn many(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// How much of a body changes. What reads the same is always said, because the words do not show it.
fn body_extent(body: &Body) -> String {
    let words = &body.words;
    let html = |blocks: usize| format!("HTML of {} that reads the same; v shows it", many(blocks, "block"));
    if words.is_empty() {
        return html(body.silent_blocks.max(1));
    }
    let (blocks, added) = (many(words.changed_blocks.max(1), "block"), many(words.added_words, "word"));
    let read = match (words.added_words, words.removed_words) {
        (0, 0) => format!("text in {blocks} (no word added or removed)"),
        (_, removed) => format!("text in {blocks} ({added} added, {removed} removed)"),
    };
    if body.silent_blocks == 0 { read } else { format!("{read} and {}", html(body.silent_blocks)) }
}

/// Which fields change, and how much of the body.
fn extent(part: &Part) -> String {
    let mut parts: Vec<String> = part.fields.iter().map(|field| field.name.words().to_lowercase()).collect();
    parts.extend(part.body.as_ref().map(body_extent));
    parts.join(", ")
}

impl Sheet {
    /// The review: what would change, and what that means.
    pub(in crate::app::pane::articles) fn review(review: &Review, facts: Facts<'_>) -> Self {
        let (old, new) = (Side::of(review.base()), Side::with(review.base(), review.changes()));
        let body = || Body::of(old.body, new.body, review.words().clone());
        let body = review.changes().body.is_some().then(body);
        let fields = fields(&old, &new, Some(facts.roster));
        let part = Part { name: "", sides: BEFORE_AFTER, fields, body };
        let which = if review.is_new() {
            format!("{}, a new article", quoted(new.title, 60))
        } else {
            format!("{}, article {}", quoted(old.title, 60), review.base().row.id)
        };
        let mut head = vec![(Mark::Heading, which)];
        if !facts.workspace.is_empty() {
            head.push((Mark::Plain, format!("Workspace: {}", facts.workspace)));
        }
        head.extend(facts.origin.into_iter().map(|origin| (Mark::Strong, origin)));
        head.push((Mark::Strong, review.consequence().to_owned()));
        head.push((Mark::Plain, format!("Changes: {}.", extent(&part))));
        head.push((Mark::Dim, author(review, facts.roster)));
        head.extend(review.warnings().into_iter().map(|sentence| (Mark::Strong, format!("! {sentence}"))));
        Self { workspace: facts.workspace, ..Self::new(head, vec![part]) }
    }

    /// What changes, in a few words; empty where nothing does.
    pub fn summary(&self) -> String {
        self.parts.first().map(extent).unwrap_or_default()
    }

    /// A write of the history: what was sent, over what was there.
    pub(in crate::app::pane::articles) fn written(
        head: Vec<(Mark, String)>,
        base: &Article,
        sent: &Changes,
    ) -> Self {
        Self::new(head, vec![part("", BEFORE_AFTER, &Side::of(base), &Side::with(base, sent))])
    }

    /// What the server made of what was sent.
    pub(in crate::app::pane::articles) fn altered(intent: &Intent, found: &Article) -> Self {
        let sent = Side::with(intent.base(), intent.changes());
        let kept = Side::read(found, &sent);
        let head = vec![
            (Mark::Heading, format!("{}, article {}", quoted(kept.title, 60), found.row.id)),
            (Mark::Strong, "Saved, but the server keeps it otherwise than it was sent.".to_owned()),
            (
                Mark::Plain,
                "Below is what was sent (-) and what the article reads now (+). Esc closes this.".to_owned(),
            ),
        ];
        Self::new(head, vec![part("", SENT_KEPT, &sent, &kept)])
    }
}
