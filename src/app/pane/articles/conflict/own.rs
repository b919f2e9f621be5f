//! What a person types for one overlap: a text of its own, taken as the decision or left as it is. Owns that text only.

use super::{Conflict, Laid, told};
use crate::app::command::Command;
use crate::app::editor::Editor;
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::merge::{Decision, Merge, Subject};

/// Rows above the text, for what it is.
const HEADS: u16 = 3;

/// A text for one overlap.
#[derive(Debug)]
pub struct Own {
    piece: usize,
    /// What it is for, one line each, safe to show.
    pub heads: [String; 2],
    /// The text.
    pub editor: Editor,
}

impl Own {
    /// Rows above the text in a room of this height; none where the text needs them all.
    pub fn heads(height: u16) -> u16 {
        if height > HEADS + 1 { HEADS } else { 0 }
    }
}

impl Conflict {
    /// Opens the text for the overlap in view: what was left there before, what was decided, or both sides.
    pub(super) fn begin_own(&mut self, shell: &mut Shell) {
        let Some(piece) = self.subject(shell) else { return };
        let Some(sides) = self.merge().sides(piece) else { return };
        let body = self.merge().pieces()[piece].subject == Subject::Body;
        let between = if body { "" } else { " " };
        let left = self.left.iter().find(|(at, _)| *at == piece).map(|(_, text)| text.clone());
        let decided = || self.merge().text(piece).map(std::borrow::Cow::into_owned);
        let (begins, text) = match (left, decided()) {
            (Some(left), _) => ("It begins with what you typed here before.", left),
            (None, Some(decided)) => ("It begins with what you decided.", decided),
            (None, None) => (
                "It begins with both texts, theirs first.",
                format!("{}{between}{}", sides.theirs, sides.mine),
            ),
        };
        let editor = Editor::of(&text);
        let what = if body { "HTML" } else { "one line" };
        let heads = [
            format!("What shall stand in place of {}", told::overlap(&self.told, piece)),
            format!("{what}. {begins}"),
        ];
        self.own = Some(Own { piece, heads, editor });
    }

    /// A command while the text is open; false when it is none of its own.
    pub(super) fn own_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        match command {
            Command::TakeOwn => self.take_own(shell),
            Command::Back => self.leave_own(shell),
            Command::Undo | Command::Redo => {
                let back = command == Command::Undo;
                let Some(own) = &mut self.own else { return true };
                if !(if back { own.editor.undo() } else { own.editor.redo() }) {
                    shell.say(Weight::Quiet, if back { "Nothing to undo." } else { "Nothing to redo." });
                }
            }
            _ => return false,
        }
        true
    }

    /// The text becomes the decision. One that is a side, byte for byte, is that side.
    fn take_own(&mut self, shell: &mut Shell) {
        let Some(own) = &self.own else { return };
        let (piece, mut text) = (own.piece, own.editor.source());
        // Not taken before it is decided: whatever else comes of it, the text is still there.
        self.close_own();
        let Some(sides) = self.merge().sides(piece) else { return };
        if self.merge().pieces()[piece].subject != Subject::Body {
            text = text.replace(['\r', '\n'], " ");
        }
        let decision = if text == sides.mine {
            Decision::Mine
        } else if text == sides.theirs {
            Decision::Theirs
        } else {
            Decision::Own(text)
        };
        self.page.go_to(piece);
        if self.decide_at(shell, piece, decision) {
            self.left.retain(|(at, _)| *at != piece);
        }
    }

    /// Closes the text; what was typed in it waits.
    pub(super) fn close_own(&mut self) -> bool {
        let Some(own) = self.own.take() else { return false };
        let is_typed = own.editor.edits() > 0;
        if is_typed {
            self.left.retain(|(at, _)| *at != own.piece);
            self.left.push((own.piece, own.editor.source()));
        }
        is_typed
    }

    /// Whether there is a text that was typed for an overlap, and that no edit has.
    pub(in crate::app::pane::articles) fn has_own(&self) -> bool {
        self.own.as_ref().is_some_and(|own| own.editor.edits() > 0)
            || !self.left.is_empty()
            || owned(self.merge()).next().is_some()
    }

    /// Leaves the text without taking it; what was typed waits for the next time.
    fn leave_own(&mut self, shell: &mut Shell) {
        let Some(piece) = self.own.as_ref().map(|own| own.piece) else { return };
        if self.close_own() {
            shell.say(Weight::Quiet, "Not taken. What you typed is there when you edit this overlap again.");
        }
        self.page.go_to(piece);
    }
}

/// Texts that were typed and taken as decisions.
fn owned(merge: &Merge) -> impl Iterator<Item = (usize, &str)> {
    merge.overlaps().filter_map(|at| match &merge.pieces()[at].decision {
        Some(Decision::Own(text)) => Some((at, text.as_str())),
        Some(Decision::Mine | Decision::Theirs | Decision::Both) | None => None,
    })
}

impl Laid {
    /// Whether there is a text that was typed for an overlap, and that no edit has.
    pub(in crate::app::pane::articles) fn has_own(&self) -> bool {
        !self.left.is_empty() || owned(&self.merge).next().is_some()
    }

    /// What was typed, by the overlaps of a newer merge: at the very same one, or else, since the server's copy moved on, at
    /// the next of its kind for which nothing was typed.
    pub(super) fn typed(self, merge: &Merge) -> Vec<(usize, String)> {
        let pairs = merge.alike(&self.merge);
        let here = |at: usize| pairs.iter().find(|(_, there)| *there == at).map(|(here, _)| *here);
        let lost = owned(&self.merge).filter(|(at, _)| here(*at).is_none());
        let lost: Vec<(usize, String)> = lost.map(|(at, text)| (at, text.to_owned())).collect();
        let (known, moved): (Vec<_>, Vec<_>) =
            self.left.into_iter().chain(lost).partition(|(at, _)| here(*at).is_some());
        let mut typed: Vec<(usize, String)> =
            known.into_iter().filter_map(|(at, text)| Some((here(at)?, text))).collect();
        for (at, text) in moved {
            let subject = self.merge.pieces()[at].subject;
            let is_free = |at: &usize| {
                merge.pieces()[*at].subject == subject && !typed.iter().any(|(there, _)| there == at)
            };
            let is_new = |at: &usize| is_free(at) && !pairs.iter().any(|(here, _)| here == at);
            let near = merge.overlaps().find(is_new).or_else(|| merge.overlaps().find(is_free));
            typed.extend(near.map(|near| (near, text)));
        }
        typed
    }
}
