//! The list of articles: everything, or what a search found. Owns the search line and the calls that bring pages.

use std::collections::HashSet;

use super::rows::{Filter, Rows};
use crate::app::field::Field;
use crate::app::shell::Shell;
use crate::domain::article::{Article, ArticleRow};
use crate::domain::call::{Answer, Call, CallId, End};
use crate::domain::id::ArticleId;
use crate::domain::text::reveal;

/// Rows asked for at once. Lists may carry whole bodies, so that more would make the first rows late.
pub const PER_PAGE: u16 = 50;
/// The next page is asked for when fewer rows than this are left below the cursor.
const AHEAD: usize = 25;

/// What a search found.
#[derive(Debug)]
pub struct Found {
    /// The words searched for, raw.
    pub phrase: String,
    /// What has them.
    pub rows: Rows,
}

/// The list, and over it the search.
#[derive(Debug, Default)]
pub struct Shelf {
    /// Every article.
    pub home: Rows,
    /// A search that was made.
    pub found: Option<Found>,
    /// The search line, while it is open.
    pub line: Option<Field>,
}

fn cancel(shell: &mut Shell, rows: &mut Rows) -> bool {
    let call = rows.call.take();
    rows.every = false;
    call.is_some_and(|call| {
        let pending = shell.is_pending(call);
        shell.cancel(call);
        pending
    })
}

impl Shelf {
    /// The rows on the screen.
    pub fn rows(&self) -> &Rows {
        self.found.as_ref().map_or(&self.home, |found| &found.rows)
    }

    /// The rows on the screen.
    pub fn rows_mut(&mut self) -> &mut Rows {
        self.found.as_mut().map_or(&mut self.home, |found| &mut found.rows)
    }

    /// Asks for what is on the screen and is not there.
    pub fn fill(&mut self, shell: &mut Shell) {
        let rows = self.rows();
        if shell.is_up() && rows.call.is_none() && (!rows.loaded || rows.failed.is_some()) {
            self.ask(shell);
        }
    }

    /// Asks for the first page, anew.
    pub fn refresh(&mut self, shell: &mut Shell) {
        cancel(shell, self.rows_mut());
        self.ask_first(shell);
    }

    fn ask(&mut self, shell: &mut Shell) {
        let rows = self.rows();
        if rows.loaded && rows.next.is_some() && !rows.first {
            self.ask_next(shell);
        } else {
            self.ask_first(shell);
        }
    }

    fn ask_first(&mut self, shell: &mut Shell) {
        let call = match &self.found {
            Some(found) => Call::SearchArticles {
                phrase: found.phrase.trim().to_owned(),
                state: found.rows.filter.state(),
            },
            None => Call::ListArticles { page: 1, per_page: PER_PAGE },
        };
        let id = shell.ask(call);
        let rows = self.rows_mut();
        (rows.call, rows.failed, rows.first) = (Some(id), None, true);
    }

    fn ask_next(&mut self, shell: &mut Shell) {
        let rows = self.rows_mut();
        if let (Some(page), None) = (rows.next, rows.call) {
            rows.call = Some(shell.ask(Call::ListArticles { page, per_page: PER_PAGE }));
            (rows.failed, rows.first) = (None, false);
        }
    }

    /// Asks for the next page when the cursor comes near the end, or for all when all are wanted.
    pub fn look_ahead(&mut self, shell: &mut Shell) {
        let rows = self.rows();
        let wanted = rows.every || rows.list.is_near_end(AHEAD);
        if wanted && rows.loaded && rows.failed.is_none() && self.found.is_none() && shell.is_up() {
            self.ask_next(shell);
        }
    }

    /// Wants every page.
    pub fn load_all(&mut self, shell: &mut Shell) {
        let rows = self.rows_mut();
        (rows.every, rows.failed) = (true, None);
        self.look_ahead(shell);
    }

    /// The next filter: a search is made again, the list is narrowed as far as it is loaded.
    pub fn filter(&mut self, shell: &mut Shell) {
        let filter = self.rows().filter.next();
        if let Some(found) = &mut self.found {
            found.rows.filter = filter;
            return self.refresh(shell);
        }
        self.home.narrow(filter);
        self.look_ahead(shell);
    }

    /// Opens the search line, with the last phrase in it.
    pub fn open_line(&mut self) {
        self.line = Some(Field::of(self.found.as_ref().map_or("", |found| &found.phrase)));
    }

    /// Searches for what stands in the line; an empty line goes back to the list.
    pub fn search(&mut self, shell: &mut Shell) {
        let phrase = self.line.take().map(|field| field.text().to_owned()).unwrap_or_default();
        let filter = self.rows().filter;
        self.leave_search(shell);
        if phrase.trim().is_empty() {
            return self.fill(shell);
        }
        self.found = Some(Found { phrase, rows: Rows::filtered(filter) });
        self.ask_first(shell);
    }

    /// Leaves the search for the list; false when there was none.
    pub fn leave_search(&mut self, shell: &mut Shell) -> bool {
        let Some(mut found) = self.found.take() else { return false };
        cancel(shell, &mut found.rows);
        true
    }

    /// Cancels the call under way; false when there is none.
    pub fn cancel(&mut self, shell: &mut Shell) -> bool {
        cancel(shell, self.rows_mut())
    }

    fn owner(&mut self, id: CallId) -> Option<&mut Rows> {
        if self.home.call == Some(id) {
            return Some(&mut self.home);
        }
        self.found.as_mut().map(|found| &mut found.rows).filter(|rows| rows.call == Some(id))
    }

    /// Takes a page that was asked for; gives back what belongs to somebody else.
    pub fn ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Option<End> {
        let Some(rows) = self.owner(id) else { return Some(end) };
        rows.call = None;
        match end {
            End::Answer(Answer::Articles(page)) => {
                page.items.iter().for_each(|row| shell.roster.learn_article(row));
                let first = rows.first;
                rows.take(page, first);
                self.look_ahead(shell);
            }
            End::Refused(fault) | End::TimedOut(fault) | End::NotSent(fault) | End::Unknown(fault) => {
                shell.fault(&fault);
                (rows.failed, rows.every) = (Some(fault), false);
            }
            End::Answer(_) | End::Moved(_) | End::Cancelled => {}
        }
        None
    }

    /// Brings every row of an article up to date.
    pub fn learn(&mut self, article: &Article) {
        self.home.refresh(article);
        if let Some(found) = &mut self.found {
            found.rows.refresh(article);
        }
    }

    /// Every row that is loaded, of the list and of the search; each article once.
    pub(super) fn seen(&self) -> impl Iterator<Item = &ArticleRow> {
        let found = self.found.as_ref().map(|found| found.rows.all()).unwrap_or_default();
        let home = self.home.all();
        let known: HashSet<&ArticleId> = home.iter().map(|row| &row.id).collect();
        home.iter().chain(found.iter().filter(move |row| !known.contains(&row.id)))
    }

    /// How much of what is on the screen.
    pub fn status(&self) -> String {
        let rows = self.rows();
        let loaded = rows.loaded();
        if !rows.loaded {
            return String::new();
        }
        if let Some(found) = &self.found {
            let of = rows.total.filter(|total| *total > loaded as u64);
            let of = of.map(|total| format!(" of {total}")).unwrap_or_default();
            let narrowed = if rows.filter == Filter::All { "" } else { rows.filter.words() };
            let comma = if narrowed.is_empty() { "" } else { ", " };
            return format!("{loaded}{of} found for \"{}\"{comma}{narrowed}", reveal(found.phrase.trim()));
        }
        let coverage = match rows.total {
            Some(total) if rows.next.is_some() => format!("{loaded} of {total} loaded"),
            None if rows.next.is_some() => format!("{loaded} loaded, more to come"),
            Some(_) | None if loaded == 1 => "1 article".into(),
            Some(_) | None => format!("{loaded} articles"),
        };
        if rows.filter == Filter::All {
            return coverage;
        }
        format!("{}, {}: {}", coverage, rows.filter.words(), rows.len())
    }
}
