//! What the articles screen answers to: commands, keys, ends of calls, timers and the disk, each handed to the part that
//! has it.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each function here answers to a few commands or keys and passes the rest on"
)]

use super::desk::Stage;
use super::reader::{Came, Reader};
use super::{Articles, creating, geometry};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::event::{Kept, Timer};
use crate::app::key::Key;
use crate::app::pane::{Hold, Pane};
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::call::{CallId, End};

impl Pane for Articles {
    fn place(&self) -> Place {
        if self.handing.form.is_some() {
            return Place::Form;
        }
        if let Some(desk) = &self.desk {
            if desk.question.is_some() {
                return Place::Confirmation;
            }
            if desk.picker.is_some() {
                return Place::Picker;
            }
            return match desk.stage {
                Stage::Editing if desk.finding.is_some() => Place::Form,
                Stage::Editing if desk.linting.open => Place::Lint,
                Stage::Editing | Stage::Asking(_) => Place::Editor,
                Stage::Reviewing(..) | Stage::Sending(..) | Stage::ReadingBack(..) | Stage::Altered(_) => {
                    Place::Review
                }
                Stage::Confirming(..) => Place::Confirmation,
                Stage::Conflict(ref conflict) => conflict.place(),
            };
        }
        if let Some(kept) = &self.kept {
            return kept.place();
        }
        if let Some(history) = &self.history {
            return history.place();
        }
        if self.shelf.line.is_some() {
            return Place::SearchLine;
        }
        self.reader.as_ref().map_or(Place::Articles, Reader::place)
    }

    fn blocked(&self, shell: &Shell, command: Command) -> Option<String> {
        if self.handing.form.is_some() {
            return None;
        }
        if let Some(reason) = self.review_blocked(shell, command) {
            return reason;
        }
        if let Some(desk) = &self.desk {
            return Self::road_blocked(shell, desk, command).map(str::to_owned);
        }
        if self.kept.is_some() {
            return self.kept_blocked(command).map(str::to_owned);
        }
        if self.history.is_some() {
            return self.history_blocked(command).map(str::to_owned);
        }
        if let Some(reason) = self.unreadable(command) {
            return Some(reason.into());
        }
        if command == Command::NewArticle {
            return creating::cannot_create(shell).map(str::to_owned);
        }
        let subject = self.subject();
        let reason = match command {
            Command::Open | Command::Edit | Command::CopyId if subject.is_none() => {
                "There is no article under the cursor."
            }
            Command::Browse | Command::CopyLink if subject.is_none_or(|row| row.address.is_empty()) => {
                "This article has no public address."
            }
            Command::LoadAll if self.shelf.found.is_some() => "A search brings everything it finds at once.",
            Command::LoadAll if self.shelf.home.loaded && self.shelf.home.next.is_none() => {
                "Every article is loaded."
            }
            _ => return None,
        };
        Some(reason.into())
    }

    fn run(&mut self, shell: &mut Shell, command: Command) -> bool {
        if self.handing.form.is_some() {
            self.handing.form.take_if(|_| command == Command::Back);
            return true;
        }
        if command == Command::Back && self.close_picker() {
            return true;
        }
        if self.lint_run(shell, command) {
            return true;
        }
        if self.desk.is_some() {
            return self.road_run(shell, command);
        }
        if self.kept.is_some() {
            return self.kept_run(shell, command);
        }
        if self.history.is_some() {
            return self.history_run(shell, command);
        }
        if self.read(shell, command) {
            return true;
        }
        match command {
            Command::ShowHistory => self.open_history(shell),
            Command::ShowDrafts => self.open_kept(shell),
            Command::OpenReview => return self.handing_run(shell, command),
            Command::Back if self.handing_run(shell, command) => {}
            Command::Edit => self.wish_to_edit(shell),
            Command::NewArticle => self.begin_new(shell, "", ""),
            Command::Back if self.shelf.line.is_some() => self.shelf.line = None,
            Command::Back => return self.back(shell),
            Command::Open => {
                if let Some(row) = self.shelf.rows().picked().cloned() {
                    self.open(shell, row);
                }
            }
            Command::Search => self.shelf.open_line(),
            Command::Filter => self.shelf.filter(shell),
            Command::LoadAll => self.shelf.load_all(shell),
            Command::Refresh => self.refresh(shell),
            Command::CopyLink | Command::CopyId => self.copy(shell, command),
            Command::Browse => {
                if let Some(row) = self.subject() {
                    shell.effect(Effect::Browse(row.address.clone()));
                }
            }
            _ => return self.moved(shell, command),
        }
        true
    }

    fn press(&mut self, shell: &mut Shell, key: Key) {
        if self.form_key(shell, key) || self.answer_to_throw(shell, key) || self.answer(shell, key) {
            return;
        }
        match self.place() {
            Place::SearchLine => self.search_key(shell, key),
            Place::Form if self.reads_link() => self.link_key(shell, key),
            Place::Editor => self.type_key(shell, key),
            Place::Form => self.find_key(shell, key),
            Place::Confirmation => self.dialog_key(shell, key),
            Place::Picker => self.picker_key(shell, key),
            Place::Overlap => self.own_key(key),
            _ => {}
        }
    }

    fn paste(&mut self, shell: &mut Shell, text: &str) {
        if self.form_paste(shell, text) {
            return;
        }
        self.take_question(shell);
        self.keep_on_paste(shell);
        match self.place() {
            Place::Editor => return self.type_paste(shell, text),
            Place::Picker => return self.picker_paste(shell, text),
            Place::Form if self.reads_link() => return self.link_digits(text),
            Place::Form => return self.find_paste(shell, text),
            Place::Overlap => return self.own_paste(text),
            Place::Confirmation => return self.dialog_disturbed(shell, "Pasted text does not confirm."),
            _ => {}
        }
        if let Some(field) = &mut self.shelf.line {
            field.insert(text);
            shell.say_if_cut(field, "The search");
        }
    }

    fn opened(&mut self, shell: &mut Shell) {
        self.visited = true;
        self.shelf.fill(shell);
    }

    fn ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Option<End> {
        let end = self.handing_ended(shell, id, end)?;
        let mut end = self.shelf.ended(shell, id, end)?;
        if let Some(reader) = &mut self.reader {
            match reader.ended(shell, id, end) {
                Came::NotMine(given) => end = given,
                Came::Fresh | Came::Failed => {
                    self.came(shell);
                    return None;
                }
            }
        }
        let end = self.road_ended(shell, id, end)?;
        let end = self.restore_ended(shell, id, end)?;
        let end = self.kept_ended(shell, id, end)?;
        self.settle_ended(shell, id, end)
    }

    fn linked(&mut self, shell: &mut Shell) {
        self.settle_anew(shell);
        self.handing_linked(shell);
        if !self.visited {
            return;
        }
        match &mut self.reader {
            Some(reader)
                if reader.call.is_none() && (reader.article.is_none() || reader.failed.is_some()) =>
            {
                reader.ask(shell);
            }
            _ => self.shelf.fill(shell),
        }
    }

    fn timer(&mut self, shell: &mut Shell, timer: Timer) {
        match timer {
            Timer::Keep => self.keep_now(shell),
            Timer::Arm => self.dialog_timer(shell),
            Timer::Settle => self.settle(shell),
            Timer::Preview => self.preview_now(shell),
            Timer::Layout => self.lay_portion(),
            Timer::Progress
            | Timer::Notice(_)
            | Timer::Countdown
            | Timer::Asked
            | Timer::Accounts
            | Timer::Count
            | Timer::Due
            | Timer::Ahead
            | Timer::Letters
            | Timer::Explain
            | Timer::View => {}
        }
    }

    fn painted(&mut self, shell: &mut Shell) {
        self.dialog_painted(shell);
    }

    fn kept(&mut self, shell: &mut Shell, kept: &Kept) {
        self.disk(shell, kept);
    }

    fn root(&mut self, shell: &mut Shell) {
        self.close_picker();
        if self.desk.is_none() {
            self.leave_kept(shell);
            self.cancel_restoring(shell);
            self.history = None;
        }
        self.close_lint();
        self.leave_for_list(shell);
    }

    fn leaving(&mut self, shell: &mut Shell) {
        self.keep(shell);
    }

    fn hold(&self, shell: &Shell) -> Option<Hold> {
        self.hold(shell)
    }

    fn arrange(&mut self, shell: &Shell) {
        let areas = geometry::areas(shell.frame.body, self.reader.is_some());
        let height = usize::from(geometry::list_rows(areas.list).height);
        let rows = self.shelf.rows_mut();
        rows.list.fit(rows.len(), height);
        if let Some(reader) = &mut self.reader {
            let column = geometry::column(areas.reader);
            reader.mark(self.unsaved.contains(&reader.row.id));
            reader.arrange(column.width, column.height, shell);
        }
        self.arrange_outline(shell);
        let rows = geometry::list_rows(shell.frame.body).height;
        if let Some(history) = &mut self.history {
            history.arrange(geometry::page(shell.frame.body), rows);
        }
        if let Some(kept) = &mut self.kept {
            kept.arrange(rows);
        }
        if let Some(desk) = &mut self.desk {
            let texts = geometry::texts(shell.frame.body, desk);
            desk.body.arrange(texts.text, texts.preview);
            desk.linting.fit(texts.lint.height.saturating_sub(1));
            if let Some(picker) = &mut desk.picker {
                picker.fit(usize::from(geometry::choices(shell.frame.body)));
            }
            let page = geometry::page(shell.frame.body);
            if let Some(sheet) = desk.sheet_mut() {
                sheet.arrange(page.width, page.height);
            }
            if let Stage::Conflict(conflict) = &mut desk.stage {
                conflict.arrange(page.width, page.height);
            }
        }
    }

    fn fate(&self) -> &'static str {
        self.told.as_ref().map_or("", |(_, words)| words)
    }

    fn status(&self, shell: &Shell) -> String {
        if let Some(desk) = &self.desk {
            return self.desk_status(shell, desk);
        }
        let covering = self.kept.as_ref().map(super::kept::KeptEdits::status);
        if let Some(status) = covering.or_else(|| self.history.as_ref().map(super::history::History::status))
        {
            return status;
        }
        let here = match &self.reader {
            Some(reader) if reader.article.is_some() => format!("{}%", reader.percent()),
            Some(_) => String::new(),
            None => self.shelf.status(),
        };
        let fate = match &self.reader {
            Some(reader) => self.fate_of(&reader.row.id),
            None => self.told.as_ref().map_or("", |(_, words)| words),
        };
        let unsettled = self.unsettled_words(shell, None);
        let mut parts = vec![fate, unsettled.as_str(), here.as_str()];
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    }
}
