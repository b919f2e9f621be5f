//! Which side changed each field. A summary that a side leaves unsaid is no news, and neither is a name that the server
//! stamped by itself where nobody here chose one (intercom-mcp 3.8, 4.5).

use super::{Kind, Piece, Subject};
use crate::domain::article::{Article, Parent};
use crate::domain::change::{Draft, Version};

/// The five fields, in the order they are read.
pub(super) fn pieces(mine: &Draft, theirs: &Article) -> Vec<Piece> {
    let base = mine.base();
    let [before, there] = [&**base, theirs].map(Version::of);
    let title = kind(mine.title != before.title, there.title != before.title, mine.title == there.title);
    let state = kind(mine.state != before.state, there.state != before.state, mine.state == there.state);
    let cuts = |texts: [&str; 3]| texts.map(|text| 0..text.len());
    let chosen = || cuts([""; 3]);
    let field = |subject, kind, cut| Piece { subject, kind, blocks: [1; 3], decision: None, cut };
    vec![
        field(Subject::Title, title, cuts([&before.title, &mine.title, &there.title])),
        field(
            Subject::Description,
            description(mine, theirs),
            cuts([&before.description, &mine.description, &there.description]),
        ),
        field(Subject::State, state, chosen()),
        field(
            Subject::Author,
            choice(before.author.as_ref(), mine.author.as_ref(), there.author.as_ref(), PartialEq::eq),
            chosen(),
        ),
        field(
            Subject::Parent,
            choice(before.parent.as_ref(), mine.parent.as_ref(), there.parent.as_ref(), is_same_parent),
            chosen(),
        ),
    ]
}

/// The kind of a piece by who changed it, and whether both sides read the same.
fn kind(mine: bool, theirs: bool, alike: bool) -> Kind {
    match (mine, theirs) {
        (false, false) => Kind::Same,
        (true, false) => Kind::OnlyMine,
        (false, true) => Kind::OnlyTheirs,
        (true, true) if alike => Kind::Agreed,
        (true, true) => Kind::Overlap,
    }
}

/// A summary that was not known when typing began, and that the server says now, would be written over unseen: that is an
/// overlap, if it says anything.
fn description(mine: &Draft, theirs: &Article) -> Kind {
    let base = mine.base();
    let was_typed = mine.description != base.description.as_str();
    let moved = theirs.description_said
        && if base.description_said || !was_typed {
            base.description_said && theirs.description != base.description
        } else {
            !theirs.description.is_empty()
        };
    kind(was_typed, moved, mine.description == theirs.description.as_str())
}

/// What was not said is no change, neither here nor there.
fn choice<T>(base: Option<&T>, mine: Option<&T>, theirs: Option<&T>, same: fn(&T, &T) -> bool) -> Kind {
    let alike = |a: &T, b: Option<&T>| b.is_some_and(|b| same(a, b));
    let was_chosen = mine.is_some_and(|mine| !alike(mine, base));
    let moved = theirs.is_some_and(|theirs| !alike(theirs, base));
    kind(was_chosen, moved, mine.is_some_and(|mine| alike(mine, theirs)))
}

/// A server that does not say the kind of a parent says enough.
fn is_same_parent(a: &Parent, b: &Parent) -> bool {
    a.id == b.id && (a.kind == b.kind || a.kind.is_empty() || b.kind.is_empty())
}
