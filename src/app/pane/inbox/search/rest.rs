//! What is said of a query once nothing was typed for a moment: what is wrong with it, what its times become, what is cut
//! here, and the exact tool call. Owns the moments of rest; refuses to read the query or to make the call.

use std::ops::Range;

use super::meaning::Meaning;
use crate::app::effect::Effect;
use crate::app::event::Timer;
use crate::app::pane::inbox::listing::PER_PAGE;
use crate::app::shell::Shell;
use crate::domain::call::{Call, Fault};
use crate::domain::query::{Query, Settled};
use crate::domain::time::Moment;

/// Nothing was typed for so long that what stands there may be explained, in milliseconds.
pub const PAUSE_MILLIS: u64 = 250;

/// Nothing was typed for so long that the word under the cursor is taken for finished, in milliseconds.
pub const LONG_PAUSE_MILLIS: u64 = 1_200;

/// What is said of what is typed.
#[derive(Debug, Default)]
pub struct Rest {
    /// When the text changed last; none while nothing was typed.
    since: Option<Moment>,
    /// The explanation that was asked for and is not here yet.
    asked: Option<u64>,
    /// What the query means.
    pub meaning: Meaning,
    /// The tool call, on one line; or why there is none.
    pub call: Option<Result<String, Fault>>,
}

/// The call that asks for the first page of a search.
pub fn first_page(settled: &Settled) -> Call {
    Call::SearchConversations { query: settled.sent.clone(), cursor: None, per_page: PER_PAGE }
}

impl Rest {
    /// The text changed: what was said of it means nothing any more, and it is looked at again after a pause.
    pub fn typed(&mut self, shell: &mut Shell) {
        *self = Self { since: Some(shell.now), ..Self::default() };
        shell.timer(Timer::Explain, PAUSE_MILLIS);
    }

    /// Whether the text has rested since it was typed, for so long.
    pub fn has_rested(&self, now: Moment, millis: u64) -> bool {
        self.since.is_some_and(|since| now.since(since) >= millis)
    }

    /// Explains a query and what it becomes now; the tool call comes under this number. Once is enough for one text.
    pub fn explain(&mut self, shell: &mut Shell, number: u64, query: &Query, settled: &Settled) {
        if self.asked.is_none() && self.call.is_none() {
            self.meaning = Meaning::of(query, settled, &super::known(shell));
            self.asked = Some(number);
            shell.effect(Effect::Explain(number, first_page(settled)));
        }
    }

    /// Takes the explanation with this number. False when it is for somebody else.
    pub fn explained(&mut self, number: u64, told: &Result<String, Fault>) -> bool {
        let mine = self.asked.take_if(|asked| *asked == number).is_some();
        if mine {
            self.call = Some(told.clone().map(|text| on_one_line(&text)));
        }
        mine
    }

    /// Whether there is nothing to say.
    pub fn is_silent(&self) -> bool {
        self.call.is_none() && self.meaning == Meaning::default()
    }

    /// Forgets everything, for a line that is left.
    pub fn reset(&mut self) {
        *self = Self::default();
    }
}

/// Pretty JSON on one line: blanks within its strings are never at the end of one of its lines.
fn on_one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a person may still be at the word that is wrong, so that it is too early to say so.
pub fn is_at(wrong: &Range<usize>, cursor: usize) -> bool {
    wrong.contains(&cursor) || wrong.end == cursor
}

/// Whether a quote is open before the cursor: whoever stands there is in the middle of a value.
pub fn is_in_quotes(text: &str, cursor: usize) -> bool {
    text.get(..cursor).is_some_and(|before| before.matches('"').count() % 2 == 1)
}
