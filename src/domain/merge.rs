//! Two edits of one article laid together: what was typed here, and what the server's copy became meanwhile, both over
//! the copy that typing began from. Fields are compared whole, the body by its top-level blocks, byte for byte.
//!
//! What only one side changed, and what both changed alike, merges by itself and is still told. What both changed
//! otherwise is an overlap, and there is no result before each overlap was decided. Owns no words for the screen and
//! refuses to guess: it never looks inside a block, and never decides.

mod blocks;
mod fields;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::domain::article::Article;
use crate::domain::change::Draft;

/// What a piece is a piece of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The title.
    Title,
    /// The summary.
    Description,
    /// Live or draft.
    State,
    /// Whose name stands on it.
    Author,
    /// What it hangs below.
    Parent,
    /// Top-level blocks of the body that stand together.
    Body,
}

impl Subject {
    /// Whether it is text. State, author and parent are chosen, so that only one of two can stand.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Title | Self::Description | Self::Body)
    }
}

/// Who changed a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Nobody.
    Same,
    /// Only what was typed here differs from the base.
    OnlyMine,
    /// Only the server's copy differs from the base.
    OnlyTheirs,
    /// Both differ from the base, and read the same, byte for byte.
    Agreed,
    /// Both differ from the base and from each other, or one side put in here what both took away elsewhere, so that it
    /// was moved by the one and removed by the other; somebody has to decide.
    Overlap,
}

/// What shall stand where both sides changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// What was typed here.
    Mine,
    /// What the server's copy has.
    Theirs,
    /// Both, theirs first.
    Both,
    /// What somebody typed for this place, HTML in the body.
    Own(String),
}

/// The three sides of a piece of text, exactly as they are; unsafe to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides<'a> {
    /// In the copy that editing began from; empty where the piece was not there.
    pub base: &'a str,
    /// As it was typed here; empty where it was removed.
    pub mine: &'a str,
    /// In the server's copy; empty where it was removed.
    pub theirs: &'a str,
}

/// A part of an article that one rule holds for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is a piece of.
    pub subject: Subject,
    /// Who changed it.
    pub kind: Kind,
    /// Top-level blocks of it in the base, mine and theirs; 1 each for a field.
    pub blocks: [usize; 3],
    /// What was decided; only ever said of an overlap.
    pub decision: Option<Decision>,
    /// Bytes of it in the base, mine and theirs; nothing for what is no text.
    cut: [Range<usize>; 3],
}

/// Two edits laid together.
#[derive(Clone, Debug)]
pub struct Merge {
    mine: Draft,
    theirs: Arc<Article>,
    pieces: Vec<Piece>,
}

impl Merge {
    /// Lays a draft and a newer copy of the server's together, both over the copy that the draft was typed over. Time and
    /// memory grow with the length of the bodies; no input makes them grow faster.
    pub fn of(mine: Draft, theirs: Arc<Article>) -> Self {
        let mut pieces = fields::pieces(&mine, &theirs);
        let base = mine.base().clone();
        pieces.extend(blocks::pieces(base.body.as_str(), &mine.body, theirs.body.as_str()));
        Self { mine, theirs, pieces }
    }

    /// The copy that both sides began from.
    pub fn base(&self) -> &Arc<Article> {
        self.mine.base()
    }

    /// What was typed here.
    pub fn mine(&self) -> &Draft {
        &self.mine
    }

    /// The server's copy.
    pub fn theirs(&self) -> &Arc<Article> {
        &self.theirs
    }

    /// Every piece in reading order: the five fields first, then the body. The pieces of the body, put together, are each
    /// side's whole body.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The three sides of a piece of text; none where it is chosen and not typed, or where there is no such piece.
    pub fn sides(&self, piece: usize) -> Option<Sides<'_>> {
        self.pieces.get(piece).filter(|piece| piece.subject.is_text()).map(|piece| self.cut(piece))
    }

    fn cut(&self, piece: &Piece) -> Sides<'_> {
        let base = self.base();
        let (base, mine, theirs) = match piece.subject {
            Subject::Title => (base.title.as_str(), self.mine.title.as_str(), self.theirs.title.as_str()),
            Subject::Description => {
                (base.description.as_str(), self.mine.description.as_str(), self.theirs.description.as_str())
            }
            Subject::Body => (base.body.as_str(), self.mine.body.as_str(), self.theirs.body.as_str()),
            Subject::State | Subject::Author | Subject::Parent => ("", "", ""),
        };
        let [of_base, of_mine, of_theirs] = piece.cut.clone();
        let cut = |whole: &'_ str, range: Range<usize>| -> Range<usize> {
            if whole.get(range.clone()).is_some() { range } else { 0..0 }
        };
        let (of_base, of_mine, of_theirs) = (cut(base, of_base), cut(mine, of_mine), cut(theirs, of_theirs));
        Sides { base: &base[of_base], mine: &mine[of_mine], theirs: &theirs[of_theirs] }
    }

    /// The positions of the overlaps among the pieces, in reading order.
    pub fn overlaps(&self) -> impl Iterator<Item = usize> {
        let overlap = |(at, piece): (usize, &Piece)| (piece.kind == Kind::Overlap).then_some(at);
        self.pieces.iter().enumerate().filter_map(overlap)
    }

    /// How many overlaps wait for a decision.
    pub fn undecided(&self) -> usize {
        self.overlaps().filter(|at| self.pieces[*at].decision.is_none()).count()
    }

    /// Decides an overlap, again where it was decided before. False, and nothing is decided, where the piece is no overlap
    /// or cannot be decided so: what is chosen and not typed can only be mine or theirs.
    pub fn decide(&mut self, piece: usize, decision: Decision) -> bool {
        let Some(piece) = self.pieces.get_mut(piece) else { return false };
        let possible = piece.subject.is_text() || matches!(decision, Decision::Mine | Decision::Theirs);
        if piece.kind != Kind::Overlap || !possible {
            return false;
        }
        piece.decision = Some(decision);
        true
    }

    /// Takes over what was decided in an earlier merge, for overlaps whose three sides are the very same and stand in the
    /// same order. Returns how many.
    pub fn recall(&mut self, before: &Self) -> usize {
        let mut taken = 0;
        for (at, there) in self.alike(before) {
            let decision = before.pieces[there].decision.clone();
            taken += usize::from(decision.is_some_and(|decision| self.decide(at, decision)));
        }
        taken
    }

    /// Overlaps that an earlier merge has, too: their three sides are the very same and stand in the same order. The
    /// position here, then the one there.
    pub fn alike(&self, before: &Self) -> Vec<(usize, usize)> {
        if self.base().row.id != before.base().row.id {
            return Vec::new();
        }
        let mut known = before.overlaps().collect::<Vec<_>>().into_iter();
        let mut pairs = Vec::new();
        for at in self.overlaps() {
            let mut rest = known.clone();
            if let Some(there) = rest.find(|there| self.is_alike(at, before, *there)) {
                pairs.push((at, there));
                known = rest;
            }
        }
        pairs
    }

    fn is_alike(&self, at: usize, other: &Self, there: usize) -> bool {
        let (here, piece) = (&self.pieces[at], &other.pieces[there]);
        here.subject == piece.subject
            && match here.subject {
                Subject::State => self.mine.state == other.mine.state,
                Subject::Author => {
                    (&self.mine.author, &self.theirs.row.author)
                        == (&other.mine.author, &other.theirs.row.author)
                }
                Subject::Parent => {
                    (&self.mine.parent, &self.theirs.row.parent)
                        == (&other.mine.parent, &other.theirs.row.parent)
                }
                Subject::Title | Subject::Description | Subject::Body => self.cut(here) == other.cut(piece),
            }
    }

    /// What stands at a piece of text; none where it is no text or not decided yet.
    pub fn text(&self, piece: usize) -> Option<Cow<'_, str>> {
        let sides = self.sides(piece)?;
        let piece = self.pieces.get(piece)?;
        Some(match (piece.kind, &piece.decision) {
            (Kind::OnlyMine, _) | (Kind::Overlap, Some(Decision::Mine)) => sides.mine.into(),
            (Kind::Same | Kind::OnlyTheirs | Kind::Agreed, _) | (Kind::Overlap, Some(Decision::Theirs)) => {
                sides.theirs.into()
            }
            (Kind::Overlap, Some(Decision::Both)) => both(piece.subject, sides).into(),
            (Kind::Overlap, Some(Decision::Own(own))) => own.as_str().into(),
            (Kind::Overlap, None) => return None,
        })
    }

    /// The merged article as a draft over the server's copy; none before every overlap is decided.
    pub fn result(&self) -> Option<Draft> {
        if self.undecided() > 0 {
            return None;
        }
        let mut draft = Draft::of(self.theirs.clone());
        let mut body = String::with_capacity(self.mine.body.len().max(self.theirs.body.len()));
        for (at, piece) in self.pieces.iter().enumerate() {
            let is_mine = piece.kind == Kind::OnlyMine || piece.decision == Some(Decision::Mine);
            match piece.subject {
                Subject::Title => draft.title = self.text(at)?.into_owned(),
                Subject::Description => draft.description = self.text(at)?.into_owned(),
                Subject::Body => body.push_str(&self.text(at)?),
                Subject::State if is_mine => draft.state = self.mine.state,
                Subject::Author if is_mine => draft.author.clone_from(&self.mine.author),
                Subject::Parent if is_mine => draft.parent.clone_from(&self.mine.parent),
                Subject::State | Subject::Author | Subject::Parent => {}
            }
        }
        draft.body = body;
        Some(draft)
    }
}

/// Both texts, theirs first: blocks stand below each other, lines beside each other.
fn both(subject: Subject, sides: Sides<'_>) -> String {
    let between = if subject == Subject::Body { "" } else { " " };
    format!("{}{between}{}", sides.theirs, sides.mine)
}
