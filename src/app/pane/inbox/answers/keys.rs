//! What keys do among the articles that may answer a conversation, and why they cannot.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the panel answers to some commands and leaves the rest to others"
)]

use super::super::Inbox;
use super::super::layout::Focus;
use super::super::line::Purpose;
use super::{Answers, From, Search};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::Key;
use crate::app::notice::Weight;
use crate::app::pane::articles::reader::Reader;
use crate::app::shell::Shell;
use crate::domain::article::ArticleRow;
use crate::domain::text::Clean;

/// Where an article is: its public address, else in Intercom's web app.
fn address(row: &ArticleRow, web: &str) -> Clean {
    if row.address.is_empty() {
        Clean::line(&format!("{web}/a/apps/_/articles/articles/{}/show", row.id))
    } else {
        row.address.clone()
    }
}

impl Search {
    fn read(&mut self, shell: &mut Shell) {
        let Some(row) = self.current().map(|candidate| candidate.row.clone()) else { return };
        let mut reader = Reader::of(row, None);
        reader.is_editable = false;
        reader.ask(shell);
        self.reader = Some(reader);
    }

    fn refresh(&mut self, shell: &mut Shell) {
        match &mut self.reader {
            Some(reader) => reader.ask(shell),
            None => self.look(shell),
        }
    }

    /// One step back within the panel. False when the panel itself is to be left.
    fn back(&mut self, shell: &mut Shell) -> bool {
        let waits = shell.waiting().is_some();
        let Some(reader) = &mut self.reader else {
            let cancelled = waits && self.cancel(shell);
            if cancelled {
                shell.say(Weight::Quiet, "Cancelled.");
            }
            return cancelled;
        };
        if reader.line.take().is_some() {
            return true;
        }
        let cancelled = reader.cancel(shell);
        if cancelled && waits {
            shell.say(Weight::Quiet, "Cancelled.");
        } else {
            self.reader = None;
        }
        true
    }
}

impl Answers {
    /// A key while the number of a link is typed.
    pub(in super::super) fn link_key(&mut self, shell: &mut Shell, key: Key) {
        if let Some(reader) = self.search.as_mut().and_then(|search| search.reader.as_mut()) {
            reader.link_key(shell, key);
        }
    }

    /// Pasted text there.
    pub(in super::super) fn link_paste(&mut self, text: &str) {
        if let Some(reader) = self.search.as_mut().and_then(|search| search.reader.as_mut()) {
            reader.link_digits(text);
        }
    }
}

impl Inbox {
    /// Does a command of the panel; false when there was nothing to do.
    pub(in super::super) fn answers_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        let Some(search) = &mut self.answers.search else { return false };
        if let Some(movement) = command.movement() {
            match &mut search.reader {
                Some(reader) => reader.go(movement),
                None => search.list.go(movement),
            }
            return true;
        }
        match command {
            Command::Back if search.back(shell) => {}
            Command::Back => self.leave_answers(shell),
            Command::Open => search.read(shell),
            Command::Refresh => search.refresh(shell),
            Command::Search => {
                let words = search.words.join(" ");
                self.open_line(Purpose::Words, &words);
            }
            Command::DraftFrom => self.begin_article(),
            Command::Browse | Command::CopyLink | Command::CopyId => self.answer_named(shell, command),
            Command::FollowLink | Command::ScrollLeft | Command::ScrollRight => {
                let Some(reader) = &mut search.reader else { return false };
                look_around(shell, reader, command);
            }
            _ => return false,
        }
        true
    }

    /// Opens or copies what names the article.
    fn answer_named(&self, shell: &mut Shell, command: Command) {
        let Some(row) = self.answers.search.as_ref().and_then(Search::article) else { return };
        if command == Command::CopyId {
            shell.effect(Effect::Copy(Clean::line(row.id.as_str())));
            return shell.say(Weight::Good, "Id copied.");
        }
        let address = address(row, shell.web());
        if command == Command::Browse {
            return shell.effect(Effect::Browse(address));
        }
        let public = !row.address.is_empty();
        shell.effect(Effect::Copy(address));
        let said =
            if public { "Link copied." } else { "Link copied: it leads to Intercom's app, for teammates." };
        shell.say(Weight::Good, said);
    }

    /// Goes back to where one looked from: the list with what stood beside it, or the thread.
    fn leave_answers(&mut self, shell: &mut Shell) {
        let from = self.answers.search.as_mut().map(|search| std::mem::take(&mut search.from));
        self.drop_answers(shell);
        let Some(From::List(before)) = from else { return };
        if let Some(id) = before {
            self.open_thread(shell, id);
        } else {
            self.reader.close(shell);
            self.customer.close(shell);
        }
        self.focus = Focus::List;
    }

    /// Why a command of the panel cannot be done now.
    pub(in super::super) fn answers_reason(&self, shell: &Shell, command: Command) -> Option<&'static str> {
        let search = self.answers.search.as_ref()?;
        let unless = |can: bool, reason| (!can).then_some(reason);
        let is_here = search.reader.as_ref().is_some_and(|reader| reader.article.is_some());
        match command {
            Command::Open => unless(search.current().is_some(), "There is no article here."),
            Command::Browse | Command::CopyLink | Command::CopyId => {
                unless(search.article().is_some(), "There is no article here.")
            }
            Command::FollowLink => unless(is_here, "The article is not here yet."),
            Command::ScrollLeft | Command::ScrollRight => {
                let reader = search.reader.as_ref();
                let wide = reader.is_some_and(|reader| reader.paper.has_wide(reader.scroll.view()));
                unless(wide, "No table in sight is wider than the text.")
            }
            Command::DraftFrom => self.writing_reason(shell, command),
            _ => None,
        }
    }
}

/// Links and wide tables of the article that is read.
fn look_around(shell: &mut Shell, reader: &mut Reader, command: Command) {
    if command == Command::FollowLink {
        return reader.follow_link(shell);
    }
    let view = reader.scroll.view();
    reader.paper.shift(view, command == Command::ScrollRight);
}
