//! Why a command cannot be done now, and what the status line says.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the screen has reasons about some commands; others are never blocked here"
)]

use super::{Card, Catalogue, Record};
use crate::app::command::Command;
use crate::app::pane::inbox::coverage::grouped;
use crate::app::pane::inbox::record;
use crate::app::place::Place;
use crate::app::shell::Shell;

impl<R: Record> Catalogue<R> {
    /// Why a command cannot be done now.
    pub(super) fn reason(&self, shell: &Shell, command: Command) -> Option<String> {
        let nothing = || format!("There is no {} under the cursor.", R::WORDS.one);
        let on_page = self.cards.top().is_some();
        match command {
            Command::Open if on_page => self.leads_nowhere(),
            Command::Open | Command::Browse | Command::CopyLink | Command::CopyId | Command::CopyJson => {
                let is_here = command != Command::CopyJson || !on_page || self.is_read();
                match self.subject() {
                    None => Some(nothing()),
                    Some(_) if !is_here => Some(self.not_here(shell)),
                    Some(_) => None,
                }
            }
            Command::Company => match self.cards.customer.company_at_cursor() {
                Some(_) => None,
                None => Some("No company of this person is known.".into()),
            },
            Command::LoadAll => (!self.listing.has_more()).then(|| self.all_loaded()),
            Command::NextPane => Some(format!(
                "There is no other pane; {} goes back.",
                shell.key(Place::Contact, Command::Back)
            )),
            Command::ShowMembers => match self.subject() {
                Some(Card::Company(id)) => record::no_members(shell, &id),
                Some(Card::Contact(_)) | None => Some(nothing()),
            },
            Command::ShowConversations => match self.subject() {
                Some(card) => record::no_conversations(shell, &card),
                None => Some(nothing()),
            },
            _ => None,
        }
    }

    fn leads_nowhere(&self) -> Option<String> {
        let leads = self.cards.page().current().is_some_and(|line| line.target.is_some());
        (!leads).then(|| "This line leads nowhere.".into())
    }

    fn is_read(&self) -> bool {
        self.cards.top().is_some_and(|card| record::is_read(&self.cards.customer.people, card))
    }

    fn not_here(&self, shell: &Shell) -> String {
        let place = self.cards.place().unwrap_or(R::PLACE);
        format!("It is not here yet; {} asks for it.", shell.key(place, Command::Refresh))
    }

    fn all_loaded(&self) -> String {
        if self.listing.rows.ends_early() {
            return ends_early::<R>();
        }
        "Every page is loaded.".into()
    }

    /// How much is loaded and of which search; on a page, what it is about.
    pub(super) fn said(&self, shell: &Shell) -> String {
        if self.cards.top().is_some() {
            return if self.cards.place() == Some(Place::Company) { "company" } else { "person" }.into();
        }
        if !self.listing.answered {
            return String::new();
        }
        let caveat = R::caveat(&self.listing.rows.filter);
        let mut parts = vec![self.coverage(shell), self.of_what()];
        parts.extend([caveat.to_owned()].into_iter().filter(|_| self.listing.rows.narrowed.is_none()));
        if self.listing.rows.ends_early() {
            parts.push(format!(
                "Intercom lists no more than {}",
                grouped(self.listing.rows.all().len() as u64)
            ));
        }
        match self.listing.rows.skipped {
            0 => {}
            skipped => parts.push(format!("{skipped} could not be read")),
        }
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    }

    fn of_what(&self) -> String {
        let words = self.listing.rows.words();
        match words {
            "" => format!("all {}, in Intercom's order", R::WORDS.many),
            words => crate::domain::text::reveal(words),
        }
    }

    fn coverage(&self, shell: &Shell) -> String {
        let key = |command| shell.key(R::PLACE, command);
        let rows = &self.listing.rows;
        if let Some(narrowed) = &rows.narrowed {
            let loaded = grouped(rows.all().len() as u64);
            return format!("{} of {loaded} loaded {} hold these letters", narrowed.len(), R::WORDS.many);
        }
        let loaded = grouped(rows.all().len() as u64);
        let total = rows.total.filter(|&total| total >= rows.all().len() as u64).map(grouped);
        let more = if self.listing.waits_at_end() {
            format!(", {} loads more", key(Command::Bottom))
        } else {
            String::new()
        };
        let stops = format!("{} stops", key(Command::Back));
        match (total, rows.next()) {
            _ if rows.is_empty() => "nothing found".into(),
            (Some(total), _) if self.listing.all => format!("loading all… {loaded} of {total}, {stops}"),
            (None, _) if self.listing.all => format!("loading all… {loaded}, {stops}"),
            (Some(total), _) => format!("{loaded} of {total} loaded{more}"),
            (None, Some(_)) if more.is_empty() => format!("{loaded} loaded, more to come"),
            (None, _) => format!("{loaded} loaded{more}"),
        }
    }
}

fn ends_early<R: Record>() -> String {
    let most = grouped(R::WORDS.most.unwrap_or_default() as u64);
    format!("Intercom lists the first {most} {} only; search for others.", R::WORDS.many)
}
