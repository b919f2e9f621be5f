//! What each command does in the Inbox.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the Inbox answers to some commands and leaves the rest to others"
)]

use super::customer::Subject;
use super::layout::Focus;
use super::page::Target;
use super::reasons::NO_COMPANY;
use super::{Inbox, Stop};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::list::Move;
use crate::app::notice::Weight;
use crate::app::shell::{Hand, Shell};
use crate::domain::id::{CompanyId, ContactId, ConversationId};
use crate::domain::text::Clean;

impl Inbox {
    /// Does a command; false when there was nothing to do.
    pub(super) fn obey(&mut self, shell: &mut Shell, command: Command) -> bool {
        if self.notes.open.is_some() {
            return self.note_run(shell, command);
        }
        if self.call.is_some() {
            return self.call_run(shell, command);
        }
        if let Some(done) = self.over_run(shell, command).or_else(|| self.views_run(shell, command)) {
            return done;
        }
        if self.stops_thread(shell, command) {
            return true;
        }
        (self.listing.to_end, self.wish) = (false, None);
        self.search.seen |= command != Command::Search;
        if let Some(movement) = command.movement() {
            self.go(shell, movement);
            return true;
        }
        match command {
            Command::Back => return self.back(shell),
            Command::Open => self.open(shell),
            Command::Search => self.search.open(),
            Command::ShowForm => self.show_form(shell),
            Command::ShowCall => self.show_call(shell),
            Command::ShowViews => self.face_views(),
            Command::SetMe => self.ask_who(shell),
            Command::NextSaved => self.step_view(shell, false),
            Command::PreviousSaved => self.step_view(shell, true),
            Command::Contact => self.open_contact(shell),
            Command::Company => self.open_company(shell),
            Command::Events => self.reader.events = !self.reader.events,
            Command::Quotes => self.reader.quotes = !self.reader.quotes,
            Command::AddNote => self.open_note(shell),
            Command::MarkDone => self.mark_done(shell),
            Command::Snooze => self.put_away(shell),
            Command::Pin => self.pin(shell),
            Command::Memo => self.open_memo(shell),
            Command::UndoMark => self.undo_mark(shell),
            Command::ExportMarks => self.ask_export(shell),
            Command::DraftFrom => self.begin_article(),
            Command::FilterLoaded => self.open_filter(shell),
            Command::Sort => self.sort(shell),
            Command::SortBack => self.sort_back(shell),
            Command::Choose => self.choose(shell),
            Command::ChooseAll => self.listing.choose_all(),
            Command::Export => self.open_export(shell),
            Command::ShowAway => self.turn_away(shell),
            Command::CopyLink | Command::CopyId if self.copies_chosen(shell, command) => {}
            Command::LoadAll => self.listing.load_all(shell),
            Command::Refresh => self.refresh(shell),
            Command::Browse => self.with_address(shell, Effect::Browse),
            Command::CopyLink => self.copy_link(shell),
            Command::CopyId => self.copy_id(shell),
            Command::CopyJson => self.copy_json(shell),
            Command::ShowMembers => self.show_members(shell),
            Command::ShowConversations => self.show_conversations(shell),
            Command::NextPane => self.next_pane(shell),
            _ => return self.thread_run(shell, command),
        }
        true
    }

    fn go(&mut self, shell: &mut Shell, movement: Move) {
        match self.focus {
            Focus::List => self.listing.go(shell, movement),
            Focus::Thread => self.reader.go(movement),
            Focus::Contact => self.customer.contact_page.list.go(movement),
            Focus::Company => self.customer.company_page.list.go(movement),
        }
    }

    fn open(&mut self, shell: &mut Shell) {
        if matches!(self.focus, Focus::Contact | Focus::Company) {
            return self.follow(shell);
        }
        if let Some(id) = self.listing.results.current().map(|row| row.id.clone()) {
            self.trail.clear();
            self.open_thread(shell, id);
        }
    }

    pub(super) fn open_thread(&mut self, shell: &mut Shell, id: ConversationId) {
        self.open_thread_hurried(shell, id, false);
    }

    /// The same; who `hurries` through the list asks for nothing until one rests somewhere.
    pub(super) fn open_thread_hurried(&mut self, shell: &mut Shell, id: ConversationId, hurries: bool) {
        if self.reader.open.as_ref() != Some(&id) || self.reader.fault().is_some() {
            let updated = self.listing.results.row(&id).and_then(|row| row.updated_at);
            self.listing.results.read(&id);
            self.reader.open_hurried(shell, id, updated, hurries);
        }
        self.focus = Focus::Thread;
        if hurries { self.turn_beside(shell) } else { self.show_beside(shell) }
    }

    /// Goes where the line under the cursor of the contact's page leads.
    fn follow(&mut self, shell: &mut Shell) {
        let target = self.customer.page(self.focus).current().and_then(|line| line.target.clone());
        match target {
            Some(Target::Contact(member)) => shell.hand = Some(Hand::Person(Subject::member(&member))),
            Some(Target::Conversation(id)) => {
                if let Some(subject) = self.customer.subject.clone() {
                    let (thread, from) = (self.reader.open.clone(), self.customer.from);
                    self.trail.push(Stop { thread, subject, from });
                }
                self.open_thread(shell, id);
            }
            Some(Target::Company(_)) | None => self.open_company(shell),
        }
    }

    fn open_contact(&mut self, shell: &mut Shell) {
        let Some(subject) = self.current().map(Subject::of) else { return };
        self.customer.from = self.focus;
        self.customer.show(shell, subject);
        self.face_contact(shell);
    }

    pub(super) fn face_contact(&mut self, shell: &mut Shell) {
        (self.focus, self.customer.all) = (Focus::Contact, true);
        self.customer.want_companies(shell, false);
    }

    fn open_company(&mut self, shell: &mut Shell) {
        let company = self.company();
        if self.focus == Focus::Thread
            && let Some(subject) = self.open_row().map(Subject::of)
        {
            self.customer.show(shell, subject);
        }
        match company {
            Some(id) => {
                self.customer.open_company(shell, id, self.focus);
                self.focus = Focus::Company;
            }
            None => self.wish = Some(self.focus),
        }
    }

    /// Opens the company that was asked for while the customer was on the way, when nothing else was done since.
    pub(super) fn go_to_wished_company(&mut self, shell: &mut Shell) {
        let here = self.wish.take_if(|from| *from == self.focus).is_some();
        if !here {
            return;
        }
        if self.company().is_some() {
            self.open_company(shell);
        } else if self.is_customer_here() {
            shell.say(Weight::Quiet, NO_COMPANY);
        }
    }

    fn refresh(&mut self, shell: &mut Shell) {
        match self.focus {
            Focus::List => self.listing.refresh(shell),
            Focus::Thread => self.reader.refresh(shell),
            Focus::Contact => self.customer.want(shell, true),
            Focus::Company => {
                if let Some(id) = self.customer.company.clone() {
                    self.customer.people.want_company(shell, &id, true);
                }
            }
        }
    }

    /// The address of the record that keys are about, in Intercom's web app.
    pub(super) fn address(&self, web: &str) -> Option<String> {
        match self.focus {
            Focus::List | Focus::Thread => self.one().map(|id| id.page(web)),
            Focus::Contact => Some(self.customer.subject.as_ref()?.contact.as_ref()?.page(web)),
            Focus::Company => self.customer.company.as_ref().map(|id| id.page(web)),
        }
    }

    /// The id of the record that keys are about.
    pub(super) fn id(&self) -> Option<&str> {
        match self.focus {
            Focus::List => self.listing.results.current().map(|row| row.id.as_str()),
            Focus::Thread => self.reader.open.as_ref().map(ConversationId::as_str),
            Focus::Contact => self.customer.subject.as_ref()?.contact.as_ref().map(ContactId::as_str),
            Focus::Company => self.customer.company.as_ref().map(CompanyId::as_str),
        }
    }

    fn with_address(&self, shell: &mut Shell, effect: impl FnOnce(Clean) -> Effect) {
        if let Some(address) = self.address(shell.web()) {
            shell.effect(effect(Clean::line(&address)));
        }
    }

    fn copy_link(&self, shell: &mut Shell) {
        self.with_address(shell, Effect::Copy);
        shell.say(Weight::Good, "Link copied.");
    }

    fn copy_id(&self, shell: &mut Shell) {
        if let Some(id) = self.id() {
            shell.effect(Effect::Copy(Clean::line(id)));
            shell.say(Weight::Good, "Id copied.");
        }
    }

    fn next_pane(&mut self, shell: &mut Shell) {
        let order = [Focus::List, Focus::Thread, Focus::Contact];
        let here = match self.focus {
            Focus::List => 0,
            Focus::Thread => 1,
            Focus::Contact | Focus::Company => 2,
        };
        let visible = self.areas.visible();
        let next = (1..3).map(|step| (here + step) % 3).find(|&at| visible[at]);
        if self.is_beside_views() && next.is_none_or(|at| at < here) {
            self.focus = Focus::List;
            return self.face_views();
        }
        match next.map(|at| order[at]) {
            Some(Focus::Contact) => {
                self.customer.from = self.focus;
                if self.customer.subject.is_none() {
                    return self.open_contact(shell);
                }
                self.face_contact(shell);
            }
            Some(focus) => self.focus = focus,
            None => {}
        }
    }
}
