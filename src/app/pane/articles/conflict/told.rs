//! The words of the conflict: what happened, what merged by itself, what each part is called. Values that are chosen are
//! put into words here once, because names are known where the page is made.

use crate::app::command::Command;
use crate::app::pane::articles::picker::{parent_words, teammate};
use crate::app::pane::articles::sheet::quoted;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::article::{ArticleState, Parent};
use crate::domain::change::Version;
use crate::domain::id::AdminId;
use crate::domain::merge::{Decision, Kind, Merge, Subject};
use crate::domain::roster::Roster;
use crate::domain::text::{Clean, fit};

use super::page::Mark;

/// Why two sides are laid together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The server's copy moved while the edit was typed.
    Moved,
    /// A save was answered, and the article reads neither as before nor as sent.
    Untold,
}

/// What the parts are called.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names {
    pub(super) mine: &'static str,
    pub(super) theirs: &'static str,
    pub(super) only_mine: &'static str,
    pub(super) only_theirs: &'static str,
    pub(super) agreed: &'static str,
}

/// The merge, and what it takes to put it into words.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) merge: Merge,
    cause: Cause,
    /// Decisions that were taken over from an earlier look.
    recalled: usize,
    author: [String; 3],
    parent: [String; 3],
    /// The keys that go on, back, drop the edit, and show the HTML.
    keys: [String; 4],
}

/// The authors in words. Two teammates of one name are told apart by their numbers.
fn authors(roster: &Roster, ids: [Option<&AdminId>; 3]) -> [String; 3] {
    let name = |id: &AdminId| Clean::line(&teammate(id, roster)).into_string();
    ids.map(|id| {
        let Some(id) = id else { return "not said".into() };
        let shared = ids.into_iter().flatten().any(|other| other != id && name(other) == name(id));
        if shared { format!("{} ({id})", name(id)) } else { name(id) }
    })
}

fn parent(parent: Option<&Parent>, roster: &Roster) -> String {
    parent.map_or("not said".into(), |parent| parent_words(parent, roster))
}

fn state(state: ArticleState) -> &'static str {
    match state {
        ArticleState::Published => "live",
        ArticleState::Draft => "draft",
    }
}

/// What a subject is called.
pub(super) fn name(subject: Subject) -> &'static str {
    match subject {
        Subject::Title => "title",
        Subject::Description => "summary",
        Subject::State => "state",
        Subject::Author => "author",
        Subject::Parent => "parent",
        Subject::Body => "text",
    }
}

pub(super) fn many(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// An overlap by its number and what it is of.
pub(super) fn overlap(told: &Told, piece: usize) -> String {
    let number = told.merge.overlaps().take_while(|at| *at <= piece).count();
    let all = told.merge.overlaps().count();
    let subject = told.merge.pieces().get(piece).map_or("", |piece| name(piece.subject));
    format!("overlap {number} of {all}, {subject}")
}

/// What was decided about an overlap, in a word or two; empty for nothing.
pub(super) fn decided(told: &Told, piece: usize) -> &'static str {
    let decision = told.merge.pieces().get(piece).and_then(|piece| piece.decision.as_ref());
    match (decision, told.cause) {
        (None, _) => "",
        (Some(Decision::Mine), Cause::Moved) => "yours",
        (Some(Decision::Mine), Cause::Untold) => "as sent",
        (Some(Decision::Theirs), Cause::Moved) => "theirs",
        (Some(Decision::Theirs), Cause::Untold) => "as it reads now",
        (Some(Decision::Both), Cause::Moved) => "both, theirs first",
        (Some(Decision::Both), Cause::Untold) => "both, as it reads now first",
        (Some(Decision::Own(_)), _) => "as you typed it here",
    }
}

impl Told {
    pub(super) fn of(shell: &Shell, merge: Merge, cause: Cause, recalled: usize) -> Self {
        let (before, there, mine) = (Version::of(merge.base()), Version::of(merge.theirs()), merge.mine());
        let roster = &shell.roster;
        let author = authors(roster, [&before.author, &mine.author, &there.author].map(Option::as_ref));
        let parents = [&before.parent, &mine.parent, &there.parent];
        let keys = [Command::Review, Command::Back, Command::DropEdit, Command::View];
        Self {
            author,
            parent: parents.map(|there| parent(there.as_ref(), roster)),
            keys: keys.map(|command| shell.key(Place::Conflict, command)),
            merge,
            cause,
            recalled,
        }
    }

    /// What the parts are called.
    pub(super) fn names(&self) -> Names {
        match self.cause {
            Cause::Moved => Names {
                mine: "Yours",
                theirs: "Theirs",
                only_mine: "Only you",
                only_theirs: "Only them",
                agreed: "Both of you alike",
            },
            Cause::Untold => Names {
                mine: "Sent (mine)",
                theirs: "Reads now (theirs)",
                only_mine: "Sent, but reads as before",
                only_theirs: "Reads otherwise, and was not sent",
                agreed: "Sent, and reads so",
            },
        }
    }

    /// What is chosen, in the base, mine and theirs, in words.
    pub(super) fn chosen(&self, subject: Subject) -> [String; 3] {
        match subject {
            Subject::Author => self.author.clone(),
            Subject::Parent => self.parent.clone(),
            Subject::State => {
                let (before, there) = (Version::of(self.merge.base()), Version::of(self.merge.theirs()));
                [before.state, self.merge.mine().state, there.state].map(|of| state(of).into())
            }
            Subject::Title | Subject::Description | Subject::Body => Default::default(),
        }
    }

    /// The key that switches between words and HTML source.
    pub(super) fn view_key(&self) -> &str {
        &self.keys[3]
    }

    fn count(&self, kind: Kind) -> usize {
        self.merge.pieces().iter().filter(|piece| piece.kind == kind).count()
    }

    /// What merged by itself, in numbers.
    fn clean(&self) -> String {
        let (mine, theirs, both) =
            (self.count(Kind::OnlyMine), self.count(Kind::OnlyTheirs), self.count(Kind::Agreed));
        let of =
            |number: usize, words: &str| (number > 0).then(|| format!("{} {words}", many(number, "change")));
        let parts: Vec<String> = match self.cause {
            Cause::Moved => [of(mine, "of yours"), of(theirs, "of theirs"), of(both, "that both made alike")],
            Cause::Untold => {
                [of(mine, "sent and not there"), of(theirs, "there and not sent"), of(both, "sent and there")]
            }
        }
        .into_iter()
        .flatten()
        .collect();
        if parts.is_empty() {
            return "Nothing merged by itself.".into();
        }
        format!("Merged by itself: {}.", parts.join(", "))
    }

    /// How many overlaps there are, and how it goes on.
    fn open(&self) -> (Mark, String) {
        let (all, left) = (self.merge.overlaps().count(), self.merge.undecided());
        let review = &self.keys[0];
        match (all, left) {
            (0, _) if self.cause == Cause::Moved => (
                Mark::Good,
                format!("Nothing overlaps: both changes fit together. {review} reviews the result."),
            ),
            (0, _) => (Mark::Good, format!("Nothing overlaps. {review} reviews the result.")),
            (all, 0) => {
                (Mark::Good, format!("{}, all decided. {review} reviews the result.", many(all, "overlap")))
            }
            (all, left) => {
                let decided = all - left;
                (
                    Mark::Strong,
                    format!("{}, {decided} decided. Nothing is sent before all are.", many(all, "overlap")),
                )
            }
        }
    }

    /// The sentences above everything.
    pub(super) fn head(&self) -> Vec<(Mark, String)> {
        let base = self.merge.base();
        let [_, back, drop, _] = &self.keys;
        let mut head =
            vec![(Mark::Heading, format!("{}, article {}", quoted(base.title.as_str(), 60), base.row.id))];
        match self.cause {
            Cause::Moved => {
                let words = "This article was changed on the server while you were editing.";
                head.push((Mark::Strong, words.into()));
            }
            Cause::Untold => head.extend([
                (
                    Mark::Strong,
                    "The server answered the save, but the article reads neither as before nor as sent."
                        .into(),
                ),
                (
                    Mark::Plain,
                    "Below, what was sent and what the article reads now are laid together.".into(),
                ),
            ]),
        }
        head.extend([(Mark::Plain, self.clean()), self.open()]);
        if self.recalled > 0 {
            let hold = if self.recalled == 1 { "holds" } else { "hold" };
            let decisions = many(self.recalled, "decision");
            let words = format!("{decisions} from before still {hold}: the same texts overlap.");
            head.push((Mark::Dim, words));
        }
        let words =
            format!("{back} goes back to your text and keeps the decisions. {drop} drops your whole edit.");
        head.push((Mark::Dim, words));
        head
    }

    /// The upper edge of an overlap: its number, what it is of, and what was decided.
    pub(super) fn title(&self, piece: usize) -> (String, bool) {
        let mut what = overlap(self, piece);
        if let Some(first) = what.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        match decided(self, piece) {
            "" => (format!("{what} · not decided"), false),
            words => (format!("{what} · decided: {words}"), true),
        }
    }

    /// The text that was typed for an overlap; none where another decision stands.
    pub(super) fn own(&self, piece: usize) -> Option<&str> {
        match &self.merge.pieces().get(piece)?.decision {
            Some(Decision::Own(own)) => Some(own),
            Some(Decision::Mine | Decision::Theirs | Decision::Both) | None => None,
        }
    }

    /// Whether mine, and whether theirs stands by decision.
    pub(super) fn stands(&self, piece: usize) -> [bool; 2] {
        match self.merge.pieces().get(piece).and_then(|piece| piece.decision.as_ref()) {
            Some(Decision::Mine) => [true, false],
            Some(Decision::Theirs) => [false, true],
            Some(Decision::Both) => [true, true],
            Some(Decision::Own(_)) | None => [false, false],
        }
    }
}

/// A sentence that has to fit into its cells.
pub(super) fn cut(text: &str, cells: u16) -> String {
    fit(text, usize::from(cells)).into_owned()
}
