//! Before and after a decision in the Inbox: many conversations at once are asked for twice, and what was decided in this run is
//! taken back step by step.

use super::super::Inbox;
use super::super::coverage::grouped;
use crate::app::command::Command;
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::triage::undo::Steps;

/// Conversations that one key decides about without having been pressed again.
const MANY: usize = 50;
/// For how long the second press is waited for, in milliseconds: as long as what asks for it can be read.
const PATIENCE: u64 = 8_000;
/// Presses that follow each other faster are a key that is held down, in milliseconds: the first repeat comes after half a second.
const HELD: u64 = 700;

/// What was decided, and what is only asked so far.
#[derive(Debug, Default)]
pub(in crate::app::pane::inbox) struct Deciding {
    /// What can be taken back.
    pub(super) steps: Steps,
    /// The notice about words that are no time, which means nothing any more once they change.
    pub(super) complaint: Option<u64>,
    asked: Option<Asked>,
}

/// A key that has to be pressed again.
#[derive(Debug)]
struct Asked {
    command: Command,
    count: usize,
    first: Moment,
    last: Moment,
}

impl Inbox {
    /// Whether a key may decide about so many: beyond some, only when it is pressed again, which is said.
    pub(super) fn is_sure(&mut self, shell: &mut Shell, command: Command, count: usize, what: &str) -> bool {
        if count <= MANY {
            return true;
        }
        let now = shell.now;
        let again = self.deciding.asked.take().filter(|asked| {
            asked.command == command && asked.count == count && now.since(asked.first) <= PATIENCE
        });
        if again.as_ref().is_some_and(|asked| now.since(asked.last) >= HELD) {
            return true;
        }
        let first = again.map_or(now, |asked| asked.first);
        self.deciding.asked = Some(Asked { command, count, first, last: now });
        let key = shell.key(self.where_asked(), command);
        let count = grouped(count as u64);
        shell.say(Weight::Quiet, &format!("{count} conversations: press {key} again to {what}."));
        false
    }

    /// Takes back what was decided last, whole.
    pub(in crate::app::pane::inbox) fn undo_mark(&mut self, shell: &mut Shell) {
        let Some(step) = self.deciding.steps.take() else { return };
        let undone = step.iter().filter(|decided| shell.triage.take_back(decided)).count();
        let anew = step.len() - undone;
        let sentence = match (&step[..], undone, anew) {
            (_, 0, 1) => "Nothing was taken back: it was decided anew since.".to_owned(),
            (_, 0, _) => "Nothing was taken back: they were decided anew since.".to_owned(),
            ([one], ..) => format!("Taken back: {} is as it was.", self.called(&one.id)),
            (_, _, 0) => format!("Taken back: {} conversations are as they were.", grouped(undone as u64)),
            _ => format!(
                "Taken back: {} conversations are as they were; {} were decided anew since and stay.",
                grouped(undone as u64),
                grouped(anew as u64)
            ),
        };
        let hint = if self.deciding.steps.is_empty() {
            String::new()
        } else {
            format!(
                "{} takes back what was decided before.",
                shell.key(self.where_asked(), Command::UndoMark)
            )
        };
        shell.tell(Weight::Good, Clean::line(&sentence), Clean::line(&hint));
    }
}
