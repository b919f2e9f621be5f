//! What a person types for one overlap: a text of its own, taken as the decision or left as it is. Owns that text only.

use super::{Conflict, told};
use crate::app::command::Command;
use crate::app::editor::Editor;
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::merge::{Decision, Subject};

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
        let Some(own) = self.own.take() else { return };
        self.left.retain(|(at, _)| *at != own.piece);
        let mut text = own.editor.source();
        let Some(sides) = self.merge().sides(own.piece) else { return };
        if self.merge().pieces()[own.piece].subject != Subject::Body {
            text = text.replace(['\r', '\n'], " ");
        }
        let decision = if text == sides.mine {
            Decision::Mine
        } else if text == sides.theirs {
            Decision::Theirs
        } else {
            Decision::Own(text)
        };
        self.page.go_to(own.piece);
        self.decide(shell, decision);
    }

    /// Leaves the text without taking it; what was typed waits for the next time.
    fn leave_own(&mut self, shell: &mut Shell) {
        let Some(own) = self.own.take() else { return };
        self.left.retain(|(at, _)| *at != own.piece);
        if own.editor.edits() > 0 {
            self.left.push((own.piece, own.editor.source()));
            shell.say(Weight::Quiet, "Not taken. What you typed is there when you edit this overlap again.");
        }
        self.page.go_to(own.piece);
    }
}
