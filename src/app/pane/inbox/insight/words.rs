//! The words of the board: names of buckets and sections, how much each figure covers, and the whole as text.

use super::super::coverage::grouped;
use super::{Counted, Insight};
use crate::app::command::Command;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::id::{AdminId, TeamId};
use crate::domain::insight::{Board, Kept, Section, Topic, spark};
use crate::domain::roster::Roster;
use crate::domain::text::{pad, width};
use crate::domain::time::{ago, long, stamp};

/// A number with commas between thousands.
pub fn number(count: usize) -> String {
    grouped(count as u64)
}

/// What a section is called.
pub fn title(topic: Topic) -> &'static str {
    match topic {
        Topic::Waiting => "Waiting now, for",
        Topic::FirstReply => "First reply after",
        Topic::FirstClose => "First close after",
        Topic::State => "State",
        Topic::Assignee => "Assigned to",
        Topic::Team => "Team",
        Topic::Priority => "Priority",
        Topic::Tag => "Tag",
        Topic::Channel => "Came by",
        Topic::Hour => "Opened at this hour",
        Topic::Rating => "Rating",
        Topic::Fin => "Fin's outcome",
    }
}

/// What a bucket is called within its section. Ids that no name is known for are shown as they are.
pub fn label(topic: Topic, key: &Kept, roster: &Roster) -> String {
    match key {
        Kept::Unknown => "not known".into(),
        Kept::None => none(topic).into(),
        Kept::Number(number) => numbered(topic, *number),
        Kept::Word(word) => called(topic, word, roster),
    }
}

fn none(topic: Topic) -> &'static str {
    match topic {
        Topic::Waiting => "not waiting",
        Topic::Assignee => "unassigned",
        Topic::Team => "no team",
        Topic::Priority => "no priority",
        Topic::Tag => "no tag",
        Topic::Rating => "not rated",
        Topic::Fin => "without Fin",
        Topic::FirstReply | Topic::FirstClose | Topic::State | Topic::Channel | Topic::Hour => "none",
    }
}

fn numbered(topic: Topic, number: u8) -> String {
    match topic {
        Topic::Hour => format!("{number:02}–{:02} h", number + 1),
        Topic::Rating => format!("{number} of 5"),
        Topic::Priority => ["none", "low", "medium", "high", "urgent"][usize::from(number.min(4))].into(),
        Topic::Waiting
        | Topic::FirstReply
        | Topic::FirstClose
        | Topic::State
        | Topic::Assignee
        | Topic::Team
        | Topic::Tag
        | Topic::Channel
        | Topic::Fin => topic.spans().get(usize::from(number)).map_or("", |(_, name)| name).into(),
    }
}

fn called(topic: Topic, word: &str, roster: &Roster) -> String {
    match topic {
        Topic::Assignee => {
            AdminId::read(word).map_or_else(|| word.to_owned(), |id| roster.admin(&id).to_owned())
        }
        Topic::Team => TeamId::read(word).map_or_else(|| word.to_owned(), |id| roster.team(&id).to_owned()),
        Topic::Tag => roster.tag(word).to_owned(),
        Topic::Channel | Topic::Fin => word.replace('_', " "),
        Topic::Waiting
        | Topic::FirstReply
        | Topic::FirstClose
        | Topic::State
        | Topic::Priority
        | Topic::Hour
        | Topic::Rating => word.to_owned(),
    }
}

/// A bucket in words that stand for themselves.
pub fn named(topic: Topic, key: &Kept, roster: &Roster) -> String {
    let before = match topic {
        Topic::Waiting => "waiting",
        Topic::FirstReply => "first reply after",
        Topic::FirstClose => "first close after",
        Topic::State => "state",
        Topic::Assignee => "assigned to",
        Topic::Team => "team",
        Topic::Priority => "priority",
        Topic::Tag => "tag",
        Topic::Channel => "came by",
        Topic::Hour => "opened at",
        Topic::Rating => "rated",
        Topic::Fin => "Fin:",
    };
    let label = label(topic, key, roster);
    match key {
        Kept::None => label,
        Kept::Unknown => format!("{} not known", before.trim_end_matches(" after").trim_end_matches(':')),
        Kept::Number(_) | Kept::Word(_) => format!("{before} {label}"),
    }
}

/// Over how many rows a section tells something. Of rows that are not filled in yet it tells nothing.
pub fn coverage(section: &Section, rows: usize) -> String {
    let of = |count: usize, all: usize| format!("{} of {}", number(count), number(all));
    let have = |what: &str| {
        let unknown = rows - section.known;
        let rest = if unknown > 0 { format!(", {} not known", number(unknown)) } else { String::new() };
        format!("{} {what}{rest}", of(section.have, section.known))
    };
    match section.topic {
        Topic::Waiting if section.have == 1 => have("waits"),
        Topic::Waiting => have("wait"),
        Topic::Assignee => have("assigned"),
        Topic::Team | Topic::Priority => have("have one"),
        Topic::Tag => have("tagged"),
        Topic::Rating => have("rated"),
        Topic::Fin => format!("outcome known for {}", of(section.have, rows)),
        // Intercom leaves out the hours in which nobody works (intercom-mcp 6.1).
        Topic::FirstReply | Topic::FirstClose => {
            format!("in office hours, known for {}", of(section.known, rows))
        }
        Topic::State | Topic::Channel | Topic::Hour => format!("known for {}", of(section.known, rows)),
    }
}

/// Median and the like.
pub fn times(section: &Section) -> Option<String> {
    let times = section.times?;
    Some(format!("median {} · 9 of 10 within {}", length(times.median), length(times.p90)))
}

/// A length of time in words; days with their hours, as long as those matter.
fn length(seconds: i64) -> String {
    const DAY: i64 = 86_400;
    let (days, hours) = (seconds / DAY, seconds % DAY / 3_600);
    if (1..10).contains(&days) && hours > 0 { format!("{days} d {hours} h") } else { long(seconds) }
}

/// The share of a bucket, as it is written.
pub fn share(percent: Option<usize>, count: usize) -> String {
    match percent {
        None => String::new(),
        Some(0) if count > 0 => "< 1 %".into(),
        Some(percent) => format!("{percent} %"),
    }
}

impl Counted {
    /// How many rows the figures are over.
    pub fn words(&self, board: &Board) -> String {
        let (counted, loaded) = (number(board.rows), number(self.loaded));
        let total = self.total.filter(|&total| total > self.loaded as u64).map(grouped);
        let loaded_of = match &total {
            Some(total) => format!("{loaded} of {total} loaded"),
            None if self.is_whole => format!("all {loaded} loaded"),
            None => format!("{loaded} loaded, more to come"),
        };
        if board.rows == self.loaded {
            format!("over {loaded_of}")
        } else {
            format!("over {counted} in the list, {loaded_of}")
        }
    }
}

impl Insight {
    /// Of which list the figures are.
    pub fn about(&self) -> String {
        let Counted { view, search, filter, .. } = &self.counted;
        let filter = if filter.is_empty() { String::new() } else { format!("filter “{filter}”") };
        let parts = [view.as_str(), search, &filter];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    }

    /// Over how much, how old, and what can be done about both.
    pub fn standing(&self, shell: &Shell) -> String {
        let Some(board) = self.figures() else { return String::new() };
        let age = match ago(shell.now.unix, board.at.now).as_str() {
            "now" => "counted just now".to_owned(),
            age => format!("counted {age} ago"),
        };
        let mut parts = vec![self.counted.words(board), age];
        if self.is_old {
            let again = shell.key(Place::Insight, Command::Refresh);
            parts.push(format!("the list changed since, {again} counts again"));
        }
        if !self.counted.is_whole {
            parts.push(format!("{} in the list loads all", shell.key(Place::Inbox, Command::LoadAll)));
        }
        parts.join(" · ")
    }

    /// Why there is nothing to see, and what to do about it.
    pub fn nothing(&self, shell: &Shell) -> (String, String) {
        let back = shell.key(Place::Insight, Command::Back);
        if self.counted.loaded > 0 {
            let words = "Nothing of what is loaded is in the list, so there is nothing to count.";
            return (words.into(), format!("{back} goes back to the list, which says why."));
        }
        let search = shell.key(Place::Inbox, Command::Search);
        (
            "Nothing is loaded; there is nothing to count.".into(),
            format!("{back} goes back to the list, {search} searches there."),
        )
    }

    /// The whole board as text; none when nothing was counted.
    pub fn text(&self, shell: &Shell) -> Option<String> {
        let board = self.figures()?;
        let when = stamp(board.at.now, board.at.zone);
        let mut text = format!("{}\n{}, {when}\n", self.about(), self.counted.words(board));
        for section in &board.sections {
            text.push_str(&format_section(section, board.rows, &shell.roster));
        }
        Some(text)
    }
}

fn format_section(section: &Section, rows: usize, roster: &Roster) -> String {
    let mut text = format!("\n{} ({})\n", title(section.topic), coverage(section, rows));
    if let Some(times) = times(section) {
        text = format!("{text}  {times}\n");
    }
    if section.topic == Topic::Hour {
        text = format!("{text}  |{}|\n", hours(section, 1));
    }
    let labels: Vec<String> =
        section.buckets.iter().map(|bucket| label(section.topic, &bucket.key, roster)).collect();
    let widest = labels.iter().map(|label| width(label)).max().unwrap_or(0).min(40);
    let some = section
        .buckets
        .iter()
        .zip(&labels)
        .filter(|(bucket, _)| section.topic != Topic::Hour || bucket.count > 0);
    for (bucket, label) in some {
        let share = share(section.share(bucket, rows), bucket.count);
        let line = format!("  {}  {:>7}  {share:>6}", pad(label, widest), number(bucket.count));
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The hours as a sparkline.
pub fn hours(section: &Section, each: usize) -> String {
    let counts: Vec<usize> = section.buckets.iter().take(24).map(|bucket| bucket.count).collect();
    spark(&counts, each)
}
