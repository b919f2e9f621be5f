//! What every pane shares: the moment, the link, the roster, the notice, and the list of effects of this event.
//! Gives out call ids; each call has one owner, the pane that keeps the id.

use std::collections::HashMap;

use super::command::Command;
use super::effect::Effect;
use super::event::Timer;
use super::field::Field;
use super::keymap::Keymap;
use super::layout::{self, Frame};
use super::local::Local;
use super::model::Screen;
use super::notice::{Notice, Weight, of_fault};
use super::opening::Opening;
use super::pane::inbox::customer::Subject;
use super::place::Place;
use crate::domain::call::{Call, CallId, Fault, FaultKind};
use crate::domain::change::Approved;
use crate::domain::company::Company;
use crate::domain::contact::Contact;
use crate::domain::conversation::{Author, AuthorKind, Conversation, ConversationRow};
use crate::domain::id::AdminId;
use crate::domain::link::{Link, Region};
use crate::domain::membership::Membership;
use crate::domain::query::Query;
use crate::domain::roster::{Kind, Roster};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::triage::Triage;
use crate::domain::view::{Unusable, View};

/// How long a call may take before the screen says that something is under way, in milliseconds.
pub const PATIENCE_MILLIS: u64 = 200;

/// What does not change while the console runs.
#[derive(Clone, Debug)]
pub struct Options {
    /// No writes at all.
    pub read_only: bool,
    /// Draw with colours, or with bold, underline and reverse only.
    pub colour: bool,
    /// The embedded workspace is shown.
    pub demo: bool,
    /// Where Intercom's web app is, for links, such as `https://app.intercom.com`; empty for where the server's region has it.
    pub web: Clean,
    /// Keys.
    pub keymap: Keymap,
    /// The person's own views, after the built-in ones.
    pub views: Vec<View>,
    /// Views of the settings file that cannot be used, and why.
    pub unusable: Vec<Unusable>,
    /// The name of the view to begin with; none for what follows from what is known.
    pub first_view: Option<String>,
    /// Which admin one is, where that was said before.
    pub me: Option<AdminId>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            read_only: false,
            colour: true,
            demo: false,
            web: Clean::default(),
            keymap: Keymap::standard(),
            views: Vec::new(),
            unusable: Vec::new(),
            first_view: None,
            me: None,
        }
    }
}

/// What was asked about leaving.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quits {
    /// When it was asked for last, if it was held then.
    pub asked: Option<Moment>,
    /// It was asked for, and happens as soon as every draft is on disk.
    pub once_kept: bool,
}

/// What one screen wants another one to show.
#[derive(Debug)]
pub(in crate::app) enum Hand {
    /// A conversation, in the Inbox.
    Conversation(Box<ConversationRow>),
    /// A search for conversations, in the Inbox, and whose they are.
    Conversations(Query, Clean),
    /// The screen that a search came from, as it was left.
    Back(Screen),
    /// A search for people, as typed there.
    People(String),
    /// A contact's page, on the People screen.
    Person(Subject),
}

/// What every pane shares.
#[derive(Debug)]
pub struct Shell {
    /// When the event that is being handled happened.
    pub now: Moment,
    /// Where things are.
    pub frame: Frame,
    /// How the connection stands, and since when.
    pub link: Link,
    /// When `link` was reported.
    pub link_at: Moment,
    /// Where the server stands, as last known.
    pub region: Region,
    /// The name of the account that is open; empty where it has none.
    pub account: Clean,
    /// Names learnt.
    pub roster: Roster,
    /// Who belongs to which company, as far as it was told.
    pub membership: Membership,
    /// What one screen wants another one to show; taken by the one who has all screens.
    pub(super) hand: Option<Hand>,
    /// Triage marks of this machine, for this workspace.
    pub triage: Triage,
    /// Whether the window has the keyboard, as far as the terminal says.
    pub attended: bool,
    /// The notice on the screen.
    pub notice: Option<Notice>,
    /// What was asked about leaving.
    pub quits: Quits,
    /// When something was last typed or pasted where text is taken.
    pub(super) typed: Option<Moment>,
    /// When somebody last pressed a key, pasted, or came back to the window.
    pub(super) pressed: Moment,
    /// What does not change.
    pub options: Options,
    /// The server asked for a pause: when that was told, and how many seconds.
    pub pause: Option<(Moment, u64)>,
    /// What is to be opened in place of this session, as soon as nothing would be lost; whether that was told.
    pub(super) opening: Option<(Opening, bool)>,
    pub(super) local: Local,
    effects: Vec<Effect>,
    pending: HashMap<CallId, Moment>,
    writes: Vec<CallId>,
    /// Calls that nobody looks at the screen for.
    quiet: Vec<CallId>,
    next_call: u64,
    next_notice: u64,
    quitting: bool,
}

impl Shell {
    /// A shell that is not connected yet.
    pub fn new(options: Options, cols: u16, rows: u16) -> Self {
        let mut roster = Roster::default();
        // The config is about the person's own workspaces; who one is in the demo is chosen there.
        if !options.demo {
            roster.begin_as(options.me.clone());
        }
        Self {
            now: Moment::default(),
            frame: layout::frame(cols, rows),
            link: Link::Connecting { attempt: 1 },
            link_at: Moment::default(),
            region: Region::default(),
            account: Clean::default(),
            roster,
            membership: Membership::default(),
            hand: None,
            triage: Triage::default(),
            attended: true,
            notice: None,
            quits: Quits::default(),
            typed: None,
            pressed: Moment::default(),
            options,
            pause: None,
            opening: None,
            local: Local::default(),
            effects: Vec::new(),
            pending: HashMap::new(),
            writes: Vec::new(),
            quiet: Vec::new(),
            next_call: 0,
            next_notice: 0,
            quitting: false,
        }
    }

    fn new_call(&mut self) -> CallId {
        if !self.has_pending() {
            self.effects.push(Effect::Timer(Timer::Progress, PATIENCE_MILLIS));
        }
        self.named()
    }

    fn named(&mut self) -> CallId {
        self.next_call += 1;
        let id = CallId(self.next_call);
        self.pending.insert(id, self.now);
        id
    }

    /// Learns what a contact tells about names and companies.
    pub fn learn_contact(&mut self, contact: &Contact) {
        let (kind, id) = (AuthorKind::Customer, contact.id.as_str().into());
        let author = Author { kind, id, name: contact.name.clone(), email: contact.email.clone() };
        self.roster.learn(&author);
        self.membership.learn_contact(contact);
    }

    /// Learns what a company tells about names.
    pub fn learn_company(&mut self, company: &Company) {
        for tag in company.tags.iter().filter(|tag| *tag.id != *tag.name) {
            self.roster.learn_name(Kind::Tag, &tag.id, &tag.name);
        }
        self.membership.learn_company(company);
    }

    /// Asks the session; the answer comes with this id.
    pub fn ask(&mut self, call: Call) -> CallId {
        let id = self.new_call();
        self.effects.push(Effect::Ask { id, call });
        id
    }

    /// Asks for something that nobody waits for: the screen does not say that it is under way, and Esc does not cancel it.
    pub fn ask_quietly(&mut self, call: Call) -> CallId {
        let id = self.named();
        self.effects.push(Effect::Ask { id, call });
        self.quiet.retain(|quiet| self.pending.contains_key(quiet));
        self.quiet.push(id);
        id
    }

    /// Somebody waits now for a call that was asked quietly.
    pub fn wait_for(&mut self, id: CallId) {
        self.quiet.retain(|call| *call != id);
        if let Some(since) = self.pending.get_mut(&id) {
            *since = self.now;
            self.timer(Timer::Progress, PATIENCE_MILLIS);
        }
    }

    /// Sends a write; its end comes with this id.
    pub fn write(&mut self, approved: Approved) -> CallId {
        let id = self.new_call();
        self.effects.push(Effect::Write { id, approved });
        self.writes.retain(|write| self.pending.contains_key(write));
        self.writes.push(id);
        id
    }

    /// Nobody waits for this call any more. Its end, when it comes, falls on the floor.
    pub fn cancel(&mut self, id: CallId) {
        if self.pending.remove(&id).is_some() {
            self.effects.push(Effect::Cancel(id));
        }
    }

    /// A call ended. False when nobody waited for it.
    pub fn ended(&mut self, id: CallId) -> bool {
        self.pending.remove(&id).is_some()
    }

    /// Whether a call is still under way.
    pub fn is_pending(&self, id: CallId) -> bool {
        self.pending.contains_key(&id)
    }

    /// Every call under way, and whether it is a write; for when nobody is left to end them.
    pub fn unended(&self) -> Vec<(CallId, bool)> {
        self.pending.keys().map(|id| (*id, self.writes.contains(id))).collect()
    }

    /// Whether any call is under way that somebody waits for.
    pub fn has_pending(&self) -> bool {
        self.pending.keys().any(|id| !self.quiet.contains(id))
    }

    /// Whether a write is under way, which Esc does not cancel.
    pub fn is_writing(&self) -> bool {
        self.writes.iter().any(|id| self.is_pending(*id))
    }

    /// For how long the oldest call that somebody waits for has been under way, in milliseconds, once that is worth saying.
    pub fn waiting(&self) -> Option<u64> {
        let loud = self.pending.iter().filter(|(id, _)| !self.quiet.contains(id));
        let oldest = loud.map(|(_, since)| self.now.since(*since)).max()?;
        (oldest >= PATIENCE_MILLIS).then_some(oldest)
    }

    /// Adds something to be done.
    pub fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Wakes up after so many milliseconds.
    pub fn timer(&mut self, timer: Timer, millis: u64) {
        self.effects.push(Effect::Timer(timer, millis));
    }

    /// Tells what happened.
    pub fn tell(&mut self, weight: Weight, sentence: Clean, hint: Clean) {
        self.next_notice += 1;
        let notice = Notice { number: self.next_notice, weight, sentence, hint, until_up: false };
        self.timer(Timer::Notice(notice.number), notice.lasts());
        self.notice = Some(notice);
    }

    /// Tells in our own words.
    pub fn say(&mut self, weight: Weight, sentence: &str) {
        self.tell(weight, Clean::line(sentence), Clean::default());
    }

    /// Tells of trouble that nobody asked about; other trouble that is being told stays readable before it.
    pub fn say_beside(&mut self, sentence: &str, hint: &str) {
        match &self.notice {
            Some(told) if told.hint.contains(sentence) => {}
            Some(told) if told.weight == Weight::Bad && told.sentence.as_str() != sentence => {
                let (first, more) = (told.sentence.clone(), format!("{} {sentence}", told.hint));
                self.tell(Weight::Bad, first, Clean::line(more.trim_start()));
            }
            Some(_) | None => self.tell(Weight::Bad, Clean::line(sentence), Clean::line(hint)),
        }
    }

    /// Tells that the last key or paste did not fit into a field, if so; `what` is the name of the field.
    pub fn say_if_cut(&mut self, field: &mut Field, what: &str) {
        if let Some(complaint) = field.complaint(what) {
            self.say(Weight::Bad, &complaint);
        }
    }

    /// Tells what went wrong.
    pub fn fault(&mut self, fault: &Fault) {
        let (weight, sentence, hint) = of_fault(fault);
        self.tell(weight, sentence, hint);
        if matches!(fault.kind, FaultKind::Unreachable | FaultKind::Offline | FaultKind::Tls) {
            self.notice_ends_with_link();
        }
    }

    /// What was told last means nothing any more once the link is up.
    pub(super) fn notice_ends_with_link(&mut self) {
        if let Some(notice) = &mut self.notice {
            notice.until_up = true;
        }
    }

    /// Rows passed by: the names in them are learnt, and they may bring their conversations back.
    pub fn learn_rows(&mut self, rows: &[ConversationRow]) {
        for row in rows {
            self.roster.learn_row(row);
            self.triage.see(row, self.now.unix);
        }
    }

    /// A thread was read: the names in it are learnt, and it may bring its conversation back.
    pub fn learn_thread(&mut self, thread: &Conversation) {
        self.roster.learn_thread(thread);
        self.triage.hear(thread, self.now.unix);
    }

    /// The key of a command in a place, as a person would look for it; the palette where it has none.
    pub fn key(&self, place: Place, command: Command) -> String {
        let shown = self.options.keymap.shown(place, command);
        let palette = || self.options.keymap.shown(place, Command::Palette);
        shown.or_else(palette).map(|key| key.to_string()).unwrap_or_default()
    }

    /// Where Intercom's web app is: as configured, else by the server's region (intercom-mcp 1).
    pub fn web(&self) -> &str {
        match self.region {
            _ if !self.options.web.is_empty() => &self.options.web,
            Region::Eu => "https://app.eu.intercom.com",
            Region::Us | Region::Other => "https://app.intercom.com",
        }
    }

    /// Whether the session can be asked now.
    pub fn is_up(&self) -> bool {
        matches!(self.link, Link::Up(_))
    }

    /// Whether the server offers a tool; true while that is not known yet.
    pub fn offers(&self, tool: &str) -> bool {
        if let Link::Up(server) = &self.link { server.offers(tool) } else { true }
    }

    /// Seconds that are left of a pause that the server asked for; none when there is none.
    pub fn paused(&self) -> Option<u64> {
        let (at, seconds) = self.pause?;
        let left = (seconds * 1_000).saturating_sub(self.now.since(at)).div_ceil(1_000);
        (left > 0).then_some(left)
    }

    /// Whether the link is down for want of a sign-in.
    pub fn wants_sign_in(&self) -> bool {
        matches!(&self.link, Link::Down { fault, .. } if fault.kind == FaultKind::SignIn)
    }

    /// Opens something else in place of this session, once nothing would be lost.
    pub(super) fn open(&mut self, opening: Opening) {
        self.opening = Some((opening, false));
    }

    /// Leaves after this event.
    pub fn quit(&mut self) {
        self.quitting = true;
    }

    /// Everything this event wants done, in order; the last is `Quit` when leaving.
    pub(super) fn take_effects(&mut self) -> Vec<Effect> {
        if self.quitting {
            self.effects.push(Effect::Quit);
        }
        std::mem::take(&mut self.effects)
    }
}
