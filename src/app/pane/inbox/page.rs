//! A page of labels and values with a cursor: what a contact's and a company's page are made of. Owns wrapping and
//! alignment; ages are left to drawing.

use crate::app::list::List;
use crate::domain::conversation::{State, Tag};
use crate::domain::id::{CompanyId, ContactId, ConversationId};
use crate::domain::membership::Member;
use crate::domain::rich::wrap;
use crate::domain::text::{Clean, width};
use crate::domain::time::{Moment, Unix, stamp};

/// The widest column of labels, in cells.
const WIDEST_LABEL: usize = 18;
/// The widest column of labels on a page narrower than `NARROW`; values of longer labels stand below them.
const WIDEST_LABEL_NARROW: usize = 13;
/// Below this many cells a page is narrow.
const NARROW: u16 = 60;
/// Cells before a value that stands below its label.
pub const BELOW: u16 = 2;
/// Cells between label and value.
const GUTTER: usize = 2;

/// What Enter on a line leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A company's page.
    Company(CompanyId),
    /// A contact's page.
    Contact(Member),
    /// A thread.
    Conversation(ConversationId),
}

/// What a line shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Nothing.
    Gap,
    /// The name of the page.
    Title(String),
    /// The name of a block.
    Section(String),
    /// A label and the first line of its value; with a moment whose age is told beside it.
    Pair(String, String, Option<Unix>),
    /// The name of something that a line leads to.
    Name(String),
    /// Somebody, and their address where it says more.
    Person(String, String),
    /// A further line of the value above.
    More(String),
    /// A line of a value that does not fit beside its label and stands below it.
    Below(String),
    /// Needs care.
    Warning(String),
    /// Less important.
    Note(String),
    /// The block is under way.
    Loading,
    /// Why the block is not here.
    Fault(String),
    /// A conversation: state, subject, last change.
    Conversation(State, String, Option<Unix>),
}

/// A line and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLine {
    /// What it shows.
    pub shown: Shown,
    /// Where it leads.
    pub target: Option<Target>,
}

/// Lines being put together.
#[derive(Debug)]
pub struct Draft {
    lines: Vec<PageLine>,
    width: u16,
    now: Moment,
}

impl Draft {
    /// An empty page of so many cells.
    pub fn of(width: u16, now: Moment) -> Self {
        Self { lines: Vec::new(), width, now }
    }

    /// Adds a line.
    pub fn add(&mut self, shown: Shown) {
        self.lines.push(PageLine { shown, target: None });
    }

    /// Adds a line that leads somewhere.
    pub fn lead(&mut self, shown: Shown, target: Target) {
        self.lines.push(PageLine { shown, target: Some(target) });
    }

    /// Adds a sentence of ours over as many lines as it takes.
    pub fn note(&mut self, words: &str) {
        for line in wrap(words, self.width.max(1)) {
            self.add(Shown::Note(line));
        }
    }

    /// Adds a label with a value; nothing when the value is empty.
    pub fn pair(&mut self, label: &str, value: &str) {
        if !value.is_empty() {
            self.add(Shown::Pair(label.to_owned(), value.to_owned(), None));
        }
    }

    /// Adds a label with a number; nothing when it is not known.
    pub fn count(&mut self, label: &str, value: Option<u64>) {
        self.pair(label, &value.map(super::coverage::grouped).unwrap_or_default());
    }

    /// Adds a label with a moment; nothing when it is not known.
    pub fn moment(&mut self, label: &str, at: Option<Unix>) {
        if let Some(at) = at {
            self.add(Shown::Pair(label.to_owned(), stamp(at, self.now.zone), Some(at)));
        }
    }

    /// Adds the name of a block, set apart from what is above.
    pub fn section(&mut self, name: &str) {
        self.add(Shown::Gap);
        self.add(Shown::Section(name.to_owned()));
    }

    /// Adds names joined by commas; nothing when there are none.
    pub fn names(&mut self, label: &str, tags: &[Tag]) {
        let names: Vec<&str> = tags.iter().map(|tag| tag.name.as_str()).collect();
        self.pair(label, &names.join(", "));
    }

    /// Adds the block of attributes; nothing when there are none.
    pub fn attributes(&mut self, attributes: &[(Clean, Clean)]) {
        if attributes.iter().any(|(_, value)| !value.is_empty()) {
            self.section("Attributes");
        }
        for (name, value) in attributes {
            self.pair(name, value);
        }
    }

    /// How wide labels are, and the lines with values wrapped beside them.
    fn finish(self) -> (u16, Vec<PageLine>) {
        let most = if self.width < NARROW { WIDEST_LABEL_NARROW } else { WIDEST_LABEL };
        let most = most.min(usize::from(self.width) * 2 / 5);
        let labels = self.lines.iter().filter_map(|line| {
            if let Shown::Pair(label, ..) = &line.shown { Some(width(label)) } else { None }
        });
        let label = labels.max().unwrap_or(0).min(most);
        let room = usize::from(self.width).saturating_sub(label + GUTTER).max(1);
        let room = u16::try_from(room).unwrap_or(u16::MAX);
        let below = self.width.saturating_sub(BELOW).max(1);
        let wrapped = self.lines.into_iter().flat_map(|line| wrapped(line, label, (room, below))).collect();
        (u16::try_from(label + GUTTER).unwrap_or(0), wrapped)
    }
}

/// The value beside its label, or below when a word of it would be broken there or the label needs more cells than labels have.
fn wrapped(line: PageLine, labels: usize, (room, below): (u16, u16)) -> Vec<PageLine> {
    let Shown::Pair(label, value, at) = line.shown else { return vec![line] };
    let target = line.target;
    let breaks = below > room && value.split(' ').any(|word| width(word) > usize::from(room));
    let breaks = breaks || (at.is_none() && width(&label) > labels);
    let (first, rest): (Shown, Vec<Shown>) = if breaks {
        let values = wrap(&value, below).into_iter().map(Shown::Below);
        (Shown::Pair(label, String::new(), at), values.collect())
    } else {
        let mut values = wrap(&value, room).into_iter();
        let first = Shown::Pair(label, values.next().unwrap_or_default(), at);
        (first, values.map(Shown::More).collect())
    };
    let line = |shown| PageLine { shown, target: target.clone() };
    std::iter::once(first).chain(rest).map(line).collect()
}

/// What a page was built from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The people it shows.
    pub of: (Option<ContactId>, Option<CompanyId>, Option<ConversationId>),
    /// The version of what is known of people, and of companies' people.
    pub version: (u64, u64),
    /// Cells.
    pub width: u16,
    /// The user's zone, for stamps.
    pub zone: i32,
}

/// A page.
#[derive(Debug, Default)]
pub struct Page {
    /// The cursor and the window over the lines.
    pub list: List,
    /// Where values begin, in cells.
    pub indent: u16,
    lines: Vec<PageLine>,
    made: Option<Made>,
}

impl Page {
    /// Builds the page when what it shows has changed; a page about somebody else starts at its top.
    pub fn arrange(&mut self, made: Made, height: u16, now: Moment, draw: impl FnOnce(&mut Draft)) {
        if self.made.as_ref() != Some(&made) {
            if self.made.as_ref().is_none_or(|old| old.of != made.of) {
                self.list.clear();
            }
            let mut draft = Draft::of(made.width, now);
            draw(&mut draft);
            (self.indent, self.lines) = draft.finish();
            self.made = Some(made);
        }
        self.list.fit(self.lines.len(), usize::from(height));
    }

    /// The lines in view with their places.
    pub fn view(&self) -> impl Iterator<Item = (usize, &PageLine)> {
        let view = self.list.view();
        view.clone().zip(self.lines.get(view).unwrap_or_default())
    }

    /// The line under the cursor.
    pub fn current(&self) -> Option<&PageLine> {
        self.lines.get(self.list.cursor())
    }

    /// Lines in all.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are no lines.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}
