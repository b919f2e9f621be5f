//! What each command does on the Session screen, and what the session's reports do to it.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the screen answers to some commands and leaves the rest to others"
)]

use super::exchange::Opened;
use super::signing::Signing;
use super::{Session, View};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::event::Timer;
use crate::app::key::{Code, Key};
use crate::app::list::Move;
use crate::app::notice::Weight;
use crate::app::opening::Opening;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::account::Step;
use crate::domain::link::Link;
use crate::domain::text::Clean;

/// How long after the first asking the second one counts, in milliseconds.
const AGAIN_MILLIS: u64 = 300;
/// For how long, in milliseconds: after that it is another asking.
const MEANT_MILLIS: u64 = 10_000;
/// How often it is looked whether the sign-in is gone from this machine, in milliseconds, and for how long.
const LOOK_MILLIS: u64 = 1_000;
const LOOKS_FOR_MILLIS: u64 = 60_000;

impl Session {
    /// Does a command; false when there was nothing to do.
    pub(super) fn obey(&mut self, shell: &mut Shell, command: Command) -> bool {
        if command != Command::SignOut {
            self.leaving = None;
        }
        if let Some(movement) = command.movement() {
            self.go(movement);
            return true;
        }
        match command {
            Command::Back => return self.back(shell),
            Command::Open => self.open(shell),
            Command::Search if self.view == View::Names => self.names.search(),
            Command::CorrectName => self.correct_name(),
            Command::ForgetName => self.forget_name(shell),
            Command::ShowNames => self.show(View::Names),
            Command::Copy if self.view == View::Names && self.signing.is_none() => self.copy_name(shell),
            Command::Search => self.traffic.open_line(),
            Command::NextView => {
                self.show(self.view.step(1));
                self.look(shell);
            }
            Command::PreviousView => {
                self.show(self.view.step(View::ALL.len() - 1));
                self.look(shell);
            }
            Command::ShowOverview => self.show(View::Overview),
            Command::ShowTools => self.show(View::Tools),
            Command::ShowTraffic => self.show(View::Traffic),
            Command::ShowAccounts => {
                self.show(View::Accounts);
                self.look(shell);
            }
            Command::Examine => self.examine(shell),
            Command::SignIn => self.sign_in(shell),
            Command::SignOut => self.sign_out(shell),
            Command::AcceptTools => self.tools.asks = true,
            Command::PasteBack => {
                if let Some(signing) = &mut self.signing {
                    signing.paste.get_or_insert_default();
                }
            }
            Command::Copy => self.copy(shell),
            Command::Browse => {
                if let Some((address, _)) = self.page() {
                    shell.effect(Effect::Browse(address));
                }
            }
            _ => return false,
        }
        true
    }

    /// Opens a view. What was being asked in another one is asked no more.
    pub(super) fn show(&mut self, view: View) {
        self.view = view;
        self.tools.asks = false;
        self.names.line = None;
    }

    /// Looks which accounts there are: another program may have changed them.
    fn look(&mut self, shell: &mut Shell) {
        if self.view == View::Accounts {
            shell.effect(Effect::LookForAccounts);
        }
    }

    /// While a sign-out is under way, looks for its end: the list has that account no more.
    pub(super) fn look_again(&mut self, shell: &mut Shell) {
        let Some((since, name)) = &self.left else { return };
        let listed = self.accounts.rows.iter().any(|row| row.name == *name);
        if !listed || shell.now.since(*since) > LOOKS_FOR_MILLIS {
            self.left = None;
            return;
        }
        shell.effect(Effect::LookForAccounts);
        shell.timer(Timer::Accounts, LOOK_MILLIS);
    }

    fn page(&self) -> Option<(Clean, bool)> {
        self.signing.as_ref().and_then(|signing| signing.page.clone())
    }

    fn go(&mut self, movement: Move) {
        if let Some(signing) = &mut self.signing {
            return signing.scroll.go(movement);
        }
        match self.view {
            View::Overview => self.overview.scroll.go(movement),
            View::Tools => match &mut self.tools.open {
                Some(open) => open.scroll.go(movement),
                None => self.tools.list.go(movement),
            },
            View::Traffic => match &mut self.opened {
                Some(opened) => opened.scroll.go(movement),
                None => self.traffic.go(movement),
            },
            View::Accounts => self.accounts.list.go(movement),
            View::Names => self.names.list.go(movement),
            View::Doctor => self.doctor.scroll.go(movement),
        }
    }

    fn back(&mut self, shell: &mut Shell) -> bool {
        if let Some(signing) = &mut self.signing {
            if signing.paste.take().is_none() {
                self.give_up(shell);
            }
            return true;
        }
        match self.view {
            View::Tools if self.tools.asks => self.tools.asks = false,
            View::Tools => return self.tools.open.take().is_some(),
            View::Traffic if self.traffic.line.is_some() => self.traffic.line = None,
            View::Names => return self.names.back(),
            View::Traffic => return self.opened.take().is_some() || self.traffic.widen(),
            _ => return false,
        }
        true
    }

    fn open(&mut self, shell: &mut Shell) {
        match self.view {
            View::Tools => self.tools.open(),
            View::Traffic => self.opened = self.traffic.picked().cloned().map(Opened::of),
            View::Accounts => match self.accounts.picked() {
                Some(row) => shell.open(Opening::Account(row.name.clone())),
                None => self.accounts.wants_first = true,
            },
            View::Overview | View::Names | View::Doctor => {}
        }
    }

    /// Lets the doctor look, and shows what is found.
    pub(in crate::app) fn examine(&mut self, shell: &mut Shell) {
        // One that failed is a reason to ask the doctor.
        self.signing.take_if(|signing| signing.fault.is_some());
        if self.signing.is_some() {
            return shell.say(Weight::Quiet, "A sign-in is under way; Esc gives it up.");
        }
        self.show(View::Doctor);
        self.doctor.begin();
        self.examined = Some(shell.now);
        shell.effect(Effect::Examine);
    }

    fn host(&self) -> Clean {
        let host = self.server.as_ref().map(|server| server.host.clone());
        host.unwrap_or_else(|| self.accounts.open.clone())
    }

    /// Begins a sign-in.
    fn sign_in(&mut self, shell: &mut Shell) {
        self.begin_signing();
        shell.effect(Effect::SignIn);
    }

    /// Shows a sign-in that was asked for.
    pub(in crate::app) fn begin_signing(&mut self) {
        (self.deaf, self.later) = (false, None);
        self.signing = Some(Signing::begin(self.host()));
    }

    fn give_up(&mut self, shell: &mut Shell) {
        let Some(signing) = self.signing.take() else { return };
        if signing.fault.is_none() {
            self.deaf = true;
            shell.effect(Effect::GiveUpSignIn);
            shell.say(Weight::Quiet, "The sign-in was given up.");
        }
    }

    /// A step of a sign-in. True when the sign-in that the console began with is done.
    pub(in crate::app) fn step(&mut self, shell: &mut Shell, step: Step) -> bool {
        if let Step::Done(standing) = step {
            (self.signing, self.later, self.deaf) = (None, None, false);
            if let Some(server) = &mut self.server {
                server.standing = standing;
            }
            shell.say(Weight::Good, "Signed in.");
            return std::mem::take(&mut self.begins);
        }
        if self.deaf {
            // That was the last of the one that was given up; what follows is another one.
            self.deaf = !matches!(step, Step::Failed(_));
            return false;
        }
        let at = self.host();
        let types = self.signing.is_none() && self.view_place().takes_text();
        if self.signing.is_none() && self.later.is_none() && (types || !self.visible) {
            let words = format!("Signing in to {at} with the browser.");
            let hint = if self.visible {
                "The steps are shown when you are done here.".to_owned()
            } else {
                format!("Press {} to see the steps.", shell.key(Place::Inbox, Command::GoSession))
            };
            shell.tell(Weight::Quiet, Clean::line(&words), Clean::line(&hint));
        }
        let signing = if types { &mut self.later } else { &mut self.signing };
        signing.get_or_insert_with(|| Signing::begin(at)).step(step);
        false
    }

    /// Sends the pasted address on.
    pub(super) fn redirected(&mut self, shell: &mut Shell) {
        let Some(signing) = &mut self.signing else { return };
        let Some(mut paste) = signing.paste.take() else { return };
        if paste.is_empty() {
            signing.paste = Some(paste);
            return shell.say(Weight::Quiet, "Paste the address that the browser ended at, or press Esc.");
        }
        shell.effect(Effect::Redirected(paste.take()));
    }

    fn sign_out(&mut self, shell: &mut Shell) {
        let before = self.leaving.replace(shell.now).map(|before| shell.now.since(before));
        if before.is_none_or(|before| !(AGAIN_MILLIS..=MEANT_MILLIS).contains(&before)) {
            let words = format!("Signing out of {} forgets the sign-in, at the server too.", self.host());
            return shell.tell(Weight::Bad, Clean::line(&words), Clean::fixed("Press S again to sign out."));
        }
        self.leaving = None;
        self.left = Some((shell.now, self.accounts.open.clone()));
        shell.timer(Timer::Accounts, LOOK_MILLIS);
        shell.effect(Effect::SignOut);
        shell.say(Weight::Quiet, "Signing out.");
    }

    /// A key while it is asked whether to accept the tools.
    pub(super) fn accept_key(&mut self, shell: &mut Shell, key: Key) {
        self.tools.asks = false;
        if key == Key::plain(Code::Char('y')) {
            shell.effect(Effect::AcceptTools(self.tools.offered.clone()));
            return shell.say(Weight::Quiet, "The tools are accepted as they were shown.");
        }
        shell.say(Weight::Quiet, "Nothing was accepted.");
    }

    fn copy(&self, shell: &mut Shell) {
        let zone = shell.now.zone;
        let (text, words) = match (&self.signing, self.view) {
            (Some(_), _) => (self.page().map(|(address, _)| address), "The address is on the clipboard."),
            (None, View::Tools) => {
                let whole = self.tools.opened().map(|tool| crate::domain::json_text::pretty(&tool.whole));
                (whole.map(|whole| Clean::text(&whole)), "The definition is on the clipboard.")
            }
            (None, View::Traffic) => {
                (self.opened.as_ref().map(|opened| opened.text(zone)), "The exchange is on the clipboard.")
            }
            (None, _) => (Some(self.doctor.text()), "The findings are on the clipboard."),
        };
        let Some(text) = text else { return };
        shell.effect(Effect::Copy(text));
        shell.say(Weight::Quiet, words);
    }

    /// Whether the sentence of a link that is down is said here in full.
    pub fn tells_link(&self, link: &Link) -> bool {
        matches!(link, Link::Down { .. }) && (self.view == View::Overview || self.signing.is_some())
    }
}
