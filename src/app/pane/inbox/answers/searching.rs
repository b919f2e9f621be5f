//! Looking for articles by words: all of them first, then fewer, then each alone. Owns the call and what it brought; refuses to choose words.

use std::ops::Range;

use super::super::coverage::grouped;
use super::super::slot::answer_of;
use crate::app::list::List;
use crate::app::pane::articles::reader::Reader;
use crate::app::shell::Shell;
use crate::domain::article::{ArticleRow, ArticleState};
use crate::domain::call::{Answer, Call, CallId, End, Fault};
use crate::domain::id::ConversationId;
use crate::domain::telling;

/// An article that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What the search told of it.
    pub row: ArticleRow,
    /// How many of all words are seen in its title, summary and snippets.
    pub seen: usize,
}

/// How much of what the server found it sent.
#[derive(Clone, Copy, Debug)]
enum Extent {
    /// All of it.
    All,
    /// The beginning; it did not say of how many.
    First,
    /// The beginning of so many.
    Of(u64),
}

/// Where one looked from.
#[derive(Debug, Default)]
pub(super) enum From {
    /// The thread.
    #[default]
    Thread,
    /// The list, with this thread beside it.
    List(Option<ConversationId>),
}

/// Looking for articles.
#[derive(Debug)]
pub struct Search {
    /// About which conversation.
    pub conversation: ConversationId,
    /// The words, the most telling first; at most [`telling::MOST`].
    pub words: Vec<String>,
    /// Which of them the present or the last asking is for, by their places.
    pub asked: Range<usize>,
    /// Which were asked for without anything being found, in order.
    pub missed: Vec<Range<usize>>,
    /// What was found; none while nothing was answered.
    pub found: Option<Vec<Candidate>>,
    extent: Extent,
    /// The cursor over it.
    pub list: List,
    /// The article that is read.
    pub reader: Option<Reader>,
    /// Why the last asking brought nothing.
    pub fault: Option<Fault>,
    pub(super) call: Option<CallId>,
    /// A person typed the words.
    pub(super) is_typed: bool,
    pub(super) from: From,
}

impl Search {
    /// Whether the server is being asked for articles.
    pub fn is_asking(&self) -> bool {
        self.call.is_some()
    }

    /// The candidate under the cursor.
    pub fn current(&self) -> Option<&Candidate> {
        self.found.as_ref()?.get(self.list.cursor())
    }

    /// The article that keys are about.
    pub fn article(&self) -> Option<&ArticleRow> {
        let read = self.reader.as_ref().map(|reader| &reader.row);
        read.or_else(|| self.current().map(|candidate| &candidate.row))
    }

    /// A search about a conversation that asked for nothing yet.
    pub(super) fn of(conversation: ConversationId, words: Vec<String>, from: From) -> Self {
        Self {
            conversation,
            words,
            asked: 0..0,
            missed: Vec::new(),
            found: None,
            extent: Extent::All,
            list: List::default(),
            reader: None,
            fault: None,
            call: None,
            is_typed: false,
            from,
        }
    }

    /// Begins with all words anew.
    pub(super) fn look(&mut self, shell: &mut Shell) {
        self.cancel(shell);
        (self.found, self.fault) = (None, None);
        self.missed.clear();
        self.list = List::default();
        self.ask(shell, 0..self.words.len());
    }

    fn ask(&mut self, shell: &mut Shell, words: Range<usize>) {
        self.asked = words.clone();
        if words.is_empty() {
            self.found = Some(Vec::new());
            return;
        }
        let phrase = self.words[words].join(" ");
        let state = Some(ArticleState::Published);
        self.call = Some(shell.ask(Call::SearchArticles { phrase, state }));
    }

    /// Whether the first words brought nothing, alone or together, and each of the others is looked for.
    pub fn is_alone(&self) -> bool {
        self.asked.start > 0
    }

    /// Cancels the asking under way. False when there was none.
    pub(super) fn cancel(&mut self, shell: &mut Shell) -> bool {
        let Some(call) = self.call.take() else { return false };
        shell.cancel(call);
        true
    }

    /// A number of articles that were found, with how many more there are.
    pub fn counted(&self, found: usize, word: &str) -> String {
        match self.extent {
            Extent::All if found == 1 => format!("1 {word}"),
            Extent::All => format!("{found} {word}s"),
            Extent::First => format!("the first {found} {word}s"),
            Extent::Of(all) => format!("{found} of {} {word}s", grouped(all)),
        }
    }

    pub(super) fn answered(&mut self, shell: &mut Shell, end: End) {
        self.call = None;
        match answer_of(end) {
            Ok(Some(Answer::Articles(page))) if page.items.is_empty() => self.missed(shell),
            Ok(Some(Answer::Articles(page))) => {
                let sent = page.items.len() as u64;
                self.extent = match page.total {
                    Some(total) if total > sent => Extent::Of(total),
                    _ if page.next.is_some() => Extent::First,
                    _ => Extent::All,
                };
                let mut found: Vec<Candidate> =
                    page.items.into_iter().map(|row| self.candidate(row)).collect();
                // What an article is called tells more of it than a word somewhere in its text.
                let called = |row: &ArticleRow| self.held(&row.title);
                found.sort_by_cached_key(|found| std::cmp::Reverse((found.seen, called(&found.row))));
                self.found = Some(found);
            }
            Ok(Some(_) | None) => {}
            Err(fault) => {
                shell.fault(&fault);
                self.fault = Some(fault);
            }
        }
    }

    /// No article holds what was asked for: takes the next step of [`telling::fewer`], as long as there is one.
    fn missed(&mut self, shell: &mut Shell) {
        self.missed.push(self.asked.clone());
        match telling::fewer(self.words.len()).into_iter().nth(self.missed.len()) {
            Some(words) => self.ask(shell, words),
            None => self.found = Some(Vec::new()),
        }
    }

    fn candidate(&self, row: ArticleRow) -> Candidate {
        let mut text = format!("{} {} ", row.title, row.description);
        text.extend(row.highlights.iter().map(|(piece, _)| piece.as_str()));
        Candidate { seen: self.held(&text), row }
    }

    /// How many of all words a text holds.
    fn held(&self, text: &str) -> usize {
        telling::held(&self.words, text).into_iter().filter(|held| *held).count()
    }
}
