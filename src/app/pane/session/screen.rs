//! What the Session screen answers to, each handed to the part that has it.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each function here answers to a few commands or keys and passes the rest on"
)]

use super::sizes::several;
use super::{HEAD, Session, View};
use crate::app::command::Command;
use crate::app::event::{Kept, Timer};
use crate::app::key::{Code, Key};
use crate::app::notice::Weight;
use crate::app::pane::Pane;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::account::Origin;
use crate::domain::call::{CallId, End};

/// How long an examination may take before another one may begin, in milliseconds.
const PATIENCE: u64 = 60_000;

impl Pane for Session {
    fn place(&self) -> Place {
        if let Some(signing) = &self.signing {
            return if signing.paste.is_some() { Place::Form } else { Place::SignIn };
        }
        self.view_place()
    }

    fn blocked(&self, shell: &Shell, command: Command) -> Option<String> {
        self.reason(shell, command).map(str::to_owned)
    }

    fn run(&mut self, shell: &mut Shell, command: Command) -> bool {
        self.obey(shell, command)
    }

    fn press(&mut self, shell: &mut Shell, key: Key) {
        if let Some(paste) = self.signing.as_mut().and_then(|signing| signing.paste.as_mut()) {
            if key.code == Code::Enter {
                return self.redirected(shell);
            }
            paste.press(key);
            let complaint = paste.complaint("The address");
            if let Some(words) = complaint {
                shell.say(Weight::Bad, &words);
            }
            return;
        }
        if self.names_key(shell, key) {
            return;
        }
        if self.view == View::Tools && self.tools.asks {
            return self.accept_key(shell, key);
        }
        if key.code == Code::Enter && self.traffic.line.is_some() {
            return self.traffic.narrow();
        }
        if let Some(line) = &mut self.traffic.line {
            line.press(key);
            shell.say_if_cut(line, "The filter");
        }
    }

    fn paste(&mut self, shell: &mut Shell, text: &str) {
        if let Some(signing) = &mut self.signing {
            if signing.waits() {
                let paste = signing.paste.get_or_insert_default();
                paste.insert(text);
                let complaint = paste.complaint("The address");
                if let Some(words) = complaint {
                    shell.say(Weight::Bad, &words);
                }
            }
        } else if !self.names_paste(shell, text)
            && self.view == View::Traffic
            && let Some(line) = &mut self.traffic.line
        {
            line.insert(text);
            shell.say_if_cut(line, "The filter");
        }
    }

    fn ended(&mut self, _shell: &mut Shell, _id: CallId, end: End) -> Option<End> {
        Some(end)
    }

    fn linked(&mut self, _shell: &mut Shell) {}

    fn opened(&mut self, _shell: &mut Shell) {
        self.leaving = None;
    }

    fn timer(&mut self, shell: &mut Shell, timer: Timer) {
        if timer == Timer::Accounts {
            self.look_again(shell);
        }
    }

    fn painted(&mut self, _shell: &mut Shell) {}

    fn kept(&mut self, _shell: &mut Shell, _kept: &Kept) {}

    fn root(&mut self, _shell: &mut Shell) {
        if self.signing.is_none() {
            self.show(View::Overview);
            (self.opened, self.tools.open) = (None, None);
            self.names.line = None;
        }
    }

    fn arrange(&mut self, shell: &Shell) {
        if self.later.is_some() && !self.place().takes_text() {
            self.signing = self.later.take();
        }
        if !self.visible {
            return;
        }
        let body = shell.frame.body;
        let (cells, height) = (body.width.saturating_sub(2), body.height.saturating_sub(HEAD));
        if let Some(signing) = &mut self.signing {
            return signing.arrange(cells, height);
        }
        match self.view {
            View::Overview => self.arrange_overview(shell, cells, height),
            View::Tools => self.tools.arrange(cells, height),
            View::Traffic => match &mut self.opened {
                Some(opened) => opened.arrange(cells, height, shell.now.zone),
                None => self.traffic.arrange(height),
            },
            View::Accounts => self.accounts.arrange(height),
            View::Names => self.names.arrange(&shell.roster, height),
            View::Doctor => self.doctor.arrange(cells, height),
        }
    }

    fn status(&self, _shell: &Shell) -> String {
        if self.signing.is_some() {
            return String::new();
        }
        match self.view {
            View::Overview | View::Doctor => String::new(),
            View::Names => self.names_status(),
            View::Tools => self.tools_status(),
            View::Traffic if self.opened.is_some() => String::new(),
            View::Traffic => self.traffic_status(),
            View::Accounts => match self.accounts.rows.len() {
                0 => "no account on this machine".to_owned(),
                count => format!("{} on this machine", several(count, "account")),
            },
        }
    }
}

impl Session {
    /// Where keys go within the view, when no sign-in is before it.
    pub(super) fn view_place(&self) -> Place {
        match self.view {
            View::Overview => Place::Overview,
            View::Tools if self.tools.asks => Place::Form,
            View::Tools if self.tools.open.is_some() => Place::Tool,
            View::Tools => Place::Tools,
            View::Traffic if self.traffic.line.is_some() => Place::SearchLine,
            View::Traffic if self.opened.is_some() => Place::Exchange,
            View::Traffic => Place::Traffic,
            View::Accounts => Place::Accounts,
            View::Names => self.names.place(),
            View::Doctor => Place::Doctor,
        }
    }

    fn tools_status(&self) -> String {
        if let Some(tool) = self.tools.opened() {
            return format!("definition of {}", tool.name);
        }
        let count = self.tools.offered.len();
        let refused =
            self.tools.offered.iter().filter(|tool| super::tools::permit(&tool.permit).is_some()).count();
        let parts = [(refused, "not called"), (self.tools.missing.len(), "missing")];
        let parts = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!(", {count} {what}"));
        format!("{}{}", several(count, "tool"), parts.collect::<String>())
    }

    fn traffic_status(&self) -> String {
        let all = self.traffic.count();
        match self.traffic.words() {
            Some(_) => format!("{} of {all} exchanges", self.traffic.shown()),
            None => several(all, "exchange"),
        }
    }

    fn reason(&self, shell: &Shell, command: Command) -> Option<&'static str> {
        let unless = |can: bool, reason| (!can).then_some(reason);
        match command {
            Command::Open => self.cannot_open(shell),
            Command::SignIn => match () {
                () if shell.options.demo => Some("The demo needs no sign-in."),
                () if self.signing.as_ref().is_some_and(|signing| signing.fault.is_none()) => {
                    Some("A sign-in is under way; Esc gives it up.")
                }
                () => unless(!shell.is_writing(), "A save is under way; sign in when it has ended."),
            },
            Command::SignOut => self.cannot_sign_out(shell),
            Command::AcceptTools => {
                unless(self.tools.unaccepted() != (0, 0), "No tool waits to be accepted.")
            }
            Command::PasteBack => unless(
                self.signing.as_ref().is_some_and(super::signing::Signing::waits),
                "There is no browser to wait for now.",
            ),
            Command::Browse | Command::Copy if self.signing.is_some() => unless(
                self.signing.as_ref().is_some_and(super::signing::Signing::waits),
                "There is no address to open yet.",
            ),
            Command::CorrectName => self.no_name(),
            Command::ForgetName => self.no_name_to_forget(),
            Command::Copy if self.view == View::Names => self.no_name(),
            Command::Copy if self.view == View::Doctor => {
                unless(self.doctor.stage != super::doctor::Stage::None, "Nothing was examined yet; D begins.")
            }
            Command::Examine => {
                let looks = self.doctor.stage == super::doctor::Stage::Looking;
                let lately = self.examined.is_some_and(|at| shell.now.since(at) < PATIENCE);
                unless(!(looks && lately), "The doctor is still examining.")
            }
            _ => None,
        }
    }

    fn cannot_open(&self, shell: &Shell) -> Option<&'static str> {
        let unless = |can: bool, reason| (!can).then_some(reason);
        match self.view {
            View::Tools if self.tools.missing.is_empty() && self.tools.offered.is_empty() => {
                Some("The tools are not known yet.")
            }
            View::Tools => unless(self.tools.picked().is_some(), "The server does not offer this tool."),
            View::Traffic => unless(self.traffic.picked().is_some(), "There is no exchange here."),
            View::Accounts if shell.is_writing() => Some("A save is under way; switch when it has ended."),
            View::Accounts => {
                let open = self.accounts.picked().is_some_and(|row| self.accounts.is_open(row));
                unless(!open, "This account is open already.")
            }
            View::Overview | View::Names | View::Doctor => None,
        }
    }

    fn cannot_sign_out(&self, shell: &Shell) -> Option<&'static str> {
        let origin = self.server.as_ref().map_or(Origin::None, |server| server.standing.origin);
        match origin {
            _ if self.signing.is_some() => Some("A sign-in is under way; Esc gives it up."),
            _ if shell.is_writing() => Some("A save is under way; sign out when it has ended."),
            Origin::None => Some("Nobody is signed in here."),
            Origin::Environment => Some("This token is from the environment; take it away there."),
            Origin::McpRemote => {
                Some("This sign-in is mcp-remote's, which is only read; s makes one of your own.")
            }
            Origin::Keyring | Origin::File => None,
        }
    }
}
