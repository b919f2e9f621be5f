//! The text in another editor and back. What comes back is what was saved there, as one step that can be undone.
//!
//! Two things that editors do by themselves are no edits: a line feed at the end of a text that had none, and line ends of
//! another kind where the text had none of them.

use super::Articles;
use super::views::View;
use crate::app::effect::Effect;
use crate::app::notice::Weight;
use crate::app::shell::Shell;

/// Said when a text comes back as it went.
const NOTHING: &str = "Nothing changed.";

/// What was typed in the other editor, without what that editor did by itself; none when nothing was.
fn typed(before: &str, after: &str) -> Option<String> {
    let mut after = if before.contains('\r') { after.to_owned() } else { after.replace("\r\n", "\n") };
    if !before.ends_with('\n') && after.ends_with('\n') {
        after.pop();
    }
    (after != before).then_some(after)
}

impl Articles {
    /// Gives the text to another editor, after the edit was handed to the disk.
    pub(super) fn go_outside(&mut self, shell: &mut Shell) {
        self.keep(shell);
        let Some(desk) = &self.desk else { return };
        let Some(editor) = desk.body.editor() else { return };
        let suffix = if desk.body.view() == View::Html { "html" } else { "md" };
        let letters = |c: &char| c.is_ascii_alphanumeric();
        let id: String = desk.base.row.id.as_str().chars().filter(letters).take(40).collect();
        let name = format!("article-{id}.{suffix}");
        shell.effect(Effect::EditOutside { text: editor.joined(), name });
    }

    /// The text came back, or a sentence says why it did not.
    pub(in crate::app) fn edited_outside(&mut self, shell: &mut Shell, came: Result<Option<String>, String>) {
        let Some(desk) = &mut self.desk else { return };
        let Some(editor) = desk.body.editor_mut() else { return };
        let after = match came {
            Ok(after) => after,
            Err(sentence) => return shell.say(Weight::Bad, &sentence),
        };
        let before = editor.joined();
        let Some(after) = after.and_then(|after| typed(&before, &after)) else {
            return shell.say(Weight::Quiet, NOTHING);
        };
        editor.adopt(&after);
        self.edited(shell);
        self.keep(shell);
        let undo = shell.key(crate::app::place::Place::Editor, crate::app::command::Command::Undo);
        shell.say(Weight::Quiet, &format!("The text is as the editor left it; {undo} takes that back."));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_do_by_themselves_is_no_edit() {
        for (before, after, wanted) in [
            ("a", "a", None),
            ("a", "a\n", None),
            ("a", "a\n\n", Some("a\n")),
            ("a", "a\r\n", None),
            ("a\n", "a\n", None),
            ("a\n", "a", Some("a")),
            ("a\nb", "a\r\nb\r\n", None),
            ("a\r\nb", "a\r\nb\n", None),
            ("a\r\nb", "a\nb\n", Some("a\nb")),
            ("", "\n", None),
            ("", "x\n", Some("x")),
        ] {
            assert_eq!(typed(before, after).as_deref(), wanted, "{before:?} {after:?}");
        }
    }
}
