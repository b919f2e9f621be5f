//! The board of figures about the list: what was counted, where the cursor is, and how to see the rows of one bucket. Counted
//! on command only, and kept until then. Refuses to draw, and to count what the list does not show.

pub mod plan;
pub mod words;

use std::collections::HashSet;

use super::Inbox;
use super::layout::Focus;
use super::listing::Listing;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::list::Move;
use crate::app::notice::Weight;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::id::ConversationId;
use crate::domain::insight::{At, Board, Bucket, Kept, Section, Topic, belongs, count};
use crate::domain::text::Clean;
use plan::Plan;

/// What the list was when it was counted.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Counted {
    /// The view that the list shows; empty while it shows another search.
    pub view: String,
    /// The search, as typed.
    pub search: String,
    /// The local filter's words; empty for none.
    pub filter: String,
    /// Rows that were loaded, counted or not.
    pub loaded: usize,
    /// How many the server says there are.
    pub total: Option<u64>,
    /// Every page was loaded.
    pub is_whole: bool,
    /// Tells lists apart.
    generation: u64,
}

/// The board.
#[derive(Debug, Default)]
pub struct Insight {
    /// Whether it is on the screen.
    pub open: bool,
    /// The figures; none before anything was counted.
    pub board: Option<Board>,
    /// Of which list they are.
    pub counted: Counted,
    /// The number of the section, and of the bucket in it, that keys are about.
    pub cursor: (usize, usize),
    /// Where the parts are.
    pub plan: Plan,
    /// Whether the list changed since it was counted.
    pub is_old: bool,
}

impl Insight {
    /// The figures, unless nothing was there to count.
    pub fn figures(&self) -> Option<&Board> {
        self.board.as_ref().filter(|board| board.rows > 0)
    }

    /// The bucket that keys are about.
    pub fn current(&self) -> Option<(&Section, &Bucket)> {
        let section = self.figures()?.sections.get(self.cursor.0)?;
        Some((section, section.buckets.get(self.cursor.1)?))
    }

    /// Puts new figures in the place of the old ones; the cursor stays on its bucket as far as that is still there.
    fn set(&mut self, board: Board, counted: Counted) {
        let at = self.current().map(|(section, bucket)| (section.topic, bucket.key.clone()));
        (self.board, self.counted, self.is_old) = (Some(board), counted, false);
        let Some(board) = &self.board else { return };
        let (topic, key) = at.unwrap_or((Topic::Waiting, Kept::Number(0)));
        let section = board.sections.iter().position(|section| section.topic == topic).unwrap_or(0);
        let buckets = board.sections.get(section).map_or(&[][..], |section| &section.buckets);
        let bucket = buckets.iter().position(|bucket| bucket.key == key);
        self.cursor = (section, bucket.unwrap_or(self.cursor.1.min(buckets.len().saturating_sub(1))));
    }

    fn buckets(&self, section: usize) -> usize {
        self.figures()
            .and_then(|board| board.sections.get(section))
            .map_or(0, |section| section.buckets.len())
    }

    /// The section after this one or before it that has any bucket, around the end.
    fn turn(&mut self, forward: bool) {
        let all = self.figures().map_or(0, |board| board.sections.len());
        let ways =
            (1..=all).map(|step| if forward { self.cursor.0 + step } else { self.cursor.0 + all - step });
        if let Some(section) = ways.map(|at| at % all).find(|&at| self.buckets(at) > 0) {
            self.cursor = (section, 0);
        }
    }

    fn go(&mut self, movement: Move) {
        let (section, bucket) = self.cursor;
        match movement {
            Move::Down if bucket + 1 < self.buckets(section) => self.cursor.1 += 1,
            Move::Up if bucket > 0 => self.cursor.1 -= 1,
            Move::Down | Move::PageDown => self.turn(true),
            Move::Up => {
                self.turn(false);
                self.cursor.1 = self.buckets(self.cursor.0).saturating_sub(1);
            }
            Move::PageUp => self.turn(false),
            Move::Top => {
                self.cursor = (0, 0);
                if self.buckets(0) == 0 {
                    self.turn(true);
                }
            }
            Move::Bottom => {
                self.cursor = (0, 0);
                self.turn(false);
            }
        }
    }
}

/// Counts what the list shows.
fn counted(shell: &Shell, listing: &Listing, view: String) -> (Board, Counted) {
    let at = At { now: shell.now.unix, zone: shell.now.zone };
    let results = &listing.results;
    let filter = results.arranged.filter().map(|filter| filter.typed().trim().to_owned());
    let counted = Counted {
        view,
        search: listing.words().to_owned(),
        filter: filter.unwrap_or_default(),
        loaded: results.rows().len(),
        total: results.total,
        is_whole: results.next().is_none(),
        generation: results.arranged.generation(),
    };
    (count(results.shown(), at), counted)
}

impl Inbox {
    /// Opens the board, counted anew. A list that shows one bucket shows all its rows again.
    pub(super) fn show_insight(&mut self, shell: &mut Shell) {
        self.listing.drop_only(shell);
        self.count_insight(shell);
        self.insight.open = true;
    }

    fn count_insight(&mut self, shell: &Shell) {
        let view = self.views.shown(&self.listing).and_then(|at| self.views.entries.get(at));
        let view = view.map(|entry| entry.view.name.to_string()).unwrap_or_default();
        let (board, counted) = counted(shell, &self.listing, view);
        self.insight.set(board, counted);
    }

    /// Does a command of the board; false when there was nothing to do.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the board answers to a few commands")]
    pub(super) fn insight_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        if let Some(movement) = command.movement() {
            self.insight.go(movement);
            return true;
        }
        match command {
            Command::Back => self.insight.open = false,
            Command::NextSection => self.insight.turn(true),
            Command::PreviousSection => self.insight.turn(false),
            Command::Refresh => {
                self.count_insight(shell);
                shell.say(Weight::Quiet, "Counted again.");
            }
            Command::Open => self.drill(shell),
            Command::Copy => {
                if let Some(text) = self.insight.text(shell) {
                    shell.effect(Effect::Copy(Clean::text(&text)));
                    shell.say(Weight::Good, "The figures are on the clipboard.");
                }
            }
            _ => return false,
        }
        true
    }

    /// Why a command of the board cannot be done now.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the board answers to a few commands")]
    pub(super) fn insight_reason(&self, command: Command) -> Option<&'static str> {
        let current = self.insight.current();
        match command {
            Command::Open if current.is_some_and(|(_, bucket)| bucket.count == 0) => {
                Some("There is no conversation in this part.")
            }
            Command::Open | Command::Copy | Command::NextSection | Command::PreviousSection => {
                current.is_none().then_some("Nothing was counted.")
            }
            _ => None,
        }
    }

    /// Leaves the board for the rows of the bucket under its cursor.
    fn drill(&mut self, shell: &mut Shell) {
        let Some(board) = &self.insight.board else { return };
        let Some((section, bucket)) = self.insight.current() else { return };
        let (topic, key) = (section.topic, bucket.key.key());
        let rows = self.listing.results.shown().filter(|row| belongs(topic, key, row, board.at));
        let ids: HashSet<ConversationId> = rows.map(|row| row.id.clone()).collect();
        if ids.is_empty() {
            let again = shell.key(Place::Insight, Command::Refresh);
            let words = format!("None of them is in the list any more; {again} counts again.");
            return shell.say(Weight::Quiet, &words);
        }
        let words = format!("insight: {}", words::named(topic, &bucket.key, &shell.roster));
        self.listing.show_only(shell, words, ids);
        self.insight.open = false;
        (self.focus, self.views.focused) = (Focus::List, false);
    }

    /// Works out where the parts of the board are.
    pub(super) fn arrange_insight(&mut self, shell: &Shell) {
        if !self.insight.open {
            return;
        }
        self.insight.is_old = self.insight.counted.generation != self.listing.results.arranged.generation();
        let Insight { board, cursor, plan, .. } = &mut self.insight;
        if let Some(board) = board.as_ref().filter(|board| board.rows > 0) {
            plan.arrange(board, *cursor, shell.frame.body);
        }
    }

    /// What the status line says of the board.
    pub(super) fn insight_status(&self, shell: &Shell) -> String {
        let Some((section, bucket)) = self.insight.current() else { return String::new() };
        let words = words::named(section.topic, &bucket.key, &shell.roster);
        let rows = self.insight.board.as_ref().map_or(0, |board| board.rows);
        format!("{words} · {} of {}", words::number(bucket.count), words::number(rows))
    }
}
