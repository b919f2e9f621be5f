//! The first screen: how to begin where there is no account, or how to add one. Owns what is typed there; nothing is asked
//! twice. Refuses to keep a token in anything that can be shown or printed.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each function here answers to a few commands or keys and passes the rest on"
)]

use super::Pane;
use crate::app::command::Command;
use crate::app::event::{Kept, Timer};
use crate::app::field::Field;
use crate::app::hidden::Hidden;
use crate::app::key::{Code, Key};
use crate::app::list::List;
use crate::app::notice::Weight;
use crate::app::opening::{EU, Opening, US, host};
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::call::{CallId, End};
use crate::domain::text::Clean;

/// A way to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The command that it stands for.
    pub command: Command,
    /// What it is, in words.
    pub title: &'static str,
    /// What more there is to say of it.
    pub note: String,
}

/// What is being typed.
#[derive(Debug)]
pub enum Form {
    /// An address to sign in at.
    Address(Field),
    /// A token, and the server it is for; whether the server has the keys.
    Token(Hidden, Field, bool),
}

/// The screen.
#[derive(Debug)]
pub struct First {
    /// The ways, in order.
    pub choices: Vec<Choice>,
    /// The cursor over them.
    pub list: List,
    /// What is being typed.
    pub form: Option<Form>,
    /// Whether there is something to go back to.
    pub leaves: bool,
    /// Somebody wants to go back.
    pub(in crate::app) left: bool,
    mcp_remote: Option<Clean>,
}

impl First {
    /// The screen; `mcp_remote` is the endpoint that mcp-remote is signed in to.
    pub fn new(mcp_remote: Option<Clean>, leaves: bool) -> Self {
        let choice = |command, title, note: &str| Choice { command, title, note: note.to_owned() };
        let mut choices = vec![
            choice(Command::FirstUs, "Sign in with the browser, United States", host(US)),
            choice(Command::FirstEu, "Sign in with the browser, Europe", host(EU)),
            choice(Command::FirstAddress, "Sign in with the browser at another address…", ""),
            choice(Command::FirstToken, "Use an access token…", "kept on this machine"),
        ];
        if let Some(endpoint) = &mcp_remote {
            let note = format!("found for {}", host(endpoint));
            choices.push(choice(Command::FirstRemote, "Use the sign-in of mcp-remote", &note));
        }
        choices.push(choice(Command::FirstDemo, "Look at the demo", "no account, no network"));
        Self { choices, list: List::default(), form: None, leaves, left: false, mcp_remote }
    }

    fn choose(&mut self, shell: &mut Shell, command: Command) -> bool {
        match command {
            Command::FirstUs => shell.open(Opening::SignIn(Clean::fixed(US))),
            Command::FirstEu => shell.open(Opening::SignIn(Clean::fixed(EU))),
            Command::FirstAddress => self.form = Some(Form::Address(Field::of("https://"))),
            Command::FirstToken => self.form = Some(Form::Token(Hidden::default(), Field::of(US), false)),
            Command::FirstRemote => {
                if let Some(endpoint) = self.mcp_remote.clone() {
                    shell.open(Opening::McpRemote(endpoint));
                }
            }
            Command::FirstDemo => shell.open(Opening::Demo),
            _ => return false,
        }
        true
    }

    fn back(&mut self) -> bool {
        if self.form.take().is_none() {
            self.left = self.leaves;
        }
        true
    }

    fn enter(&mut self, shell: &mut Shell) {
        let opening = match &mut self.form {
            None => return,
            Some(Form::Address(field)) => address(field.text()).map(Opening::SignIn),
            Some(Form::Token(token, server, at_server)) => {
                if token.is_empty() {
                    *at_server = false;
                    return shell.say(Weight::Quiet, "Type or paste the token first.");
                }
                token_address(server.text()).map(|endpoint| Opening::Token(endpoint, token.take()))
            }
        };
        match opening {
            Ok(opening) => {
                self.form = None;
                shell.open(opening);
            }
            Err(sentence) => shell.say(Weight::Bad, &sentence),
        }
    }

    fn type_key(&mut self, shell: &mut Shell, key: Key) {
        match (&mut self.form, key.code) {
            (_, Code::Enter) => return self.enter(shell),
            (Some(Form::Token(_, _, at_server)), Code::Tab) => *at_server = !*at_server,
            (Some(Form::Token(_, server, true)), Code::Up | Code::Down) => {
                *server = Field::of(if server.text() == US { EU } else { US });
            }
            (Some(Form::Token(_, server, true)), _) => drop(server.press(key)),
            (Some(Form::Token(token, _, false)), _) => drop(token.press(key)),
            (Some(Form::Address(field)), _) => drop(field.press(key)),
            (None, _) => {}
        }
        self.complain(shell);
    }

    fn complain(&mut self, shell: &mut Shell) {
        let complaint = match &mut self.form {
            Some(Form::Token(_, field, true) | Form::Address(field)) => field.complaint("The address"),
            Some(Form::Token(token, _, false)) => token.complaint("The token"),
            None => None,
        };
        if let Some(words) = complaint {
            shell.say(Weight::Bad, &words);
        }
    }
}

/// An address as typed; https when nothing else is said.
fn address(typed: &str) -> Result<Clean, String> {
    let typed = typed.trim();
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let wrong = || "That is no address yet; write it like https://mcp.example.com/mcp.".to_owned();
    let url = url::Url::parse(&whole).map_err(|_| wrong())?;
    let known =
        matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty());
    if known { Ok(Clean::line(url.as_str())) } else { Err(wrong()) }
}

/// Names of this machine.
const OWN: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// An address that a token may go to: https, or this machine.
fn token_address(typed: &str) -> Result<Clean, String> {
    let endpoint = address(typed)?;
    let url = url::Url::parse(&endpoint).ok();
    let own = url.as_ref().and_then(url::Url::host_str).is_some_and(|host| OWN.contains(&host));
    if own || endpoint.starts_with("https://") {
        return Ok(endpoint);
    }
    Err("A token goes over https only, so that nobody on the way can read it.".to_owned())
}

impl Pane for First {
    fn place(&self) -> Place {
        if self.form.is_some() { Place::Form } else { Place::First }
    }

    fn blocked(&self, _shell: &Shell, command: Command) -> Option<String> {
        let reason = match command {
            Command::FirstRemote if self.mcp_remote.is_none() => "No sign-in of mcp-remote was found.",
            Command::GoInbox | Command::GoArticles | Command::GoSession | Command::Examine if self.leaves => {
                "Choose one of these first, or press Esc."
            }
            Command::GoInbox
            | Command::GoArticles
            | Command::GoSession
            | Command::Examine
            | Command::Reconnect => "There is no account yet; choose how to begin.",
            Command::Back if !self.leaves && self.form.is_none() => "This is where it begins; q leaves.",
            _ => return None,
        };
        Some(reason.into())
    }

    fn run(&mut self, shell: &mut Shell, command: Command) -> bool {
        if let Some(movement) = command.movement() {
            self.list.go(movement);
            return true;
        }
        match command {
            Command::Back => self.back(),
            Command::Open => {
                let picked = self.choices.get(self.list.cursor()).map(|choice| choice.command);
                picked.is_some_and(|command| self.choose(shell, command))
            }
            _ => self.choose(shell, command),
        }
    }

    fn press(&mut self, shell: &mut Shell, key: Key) {
        self.type_key(shell, key);
    }

    fn paste(&mut self, shell: &mut Shell, text: &str) {
        match &mut self.form {
            Some(Form::Token(token, _, false)) => token.insert(text),
            Some(Form::Token(_, field, true) | Form::Address(field)) => {
                field.insert(text);
            }
            None => {}
        }
        self.complain(shell);
    }

    fn ended(&mut self, _shell: &mut Shell, _id: CallId, end: End) -> Option<End> {
        Some(end)
    }

    fn linked(&mut self, _shell: &mut Shell) {}

    fn timer(&mut self, _shell: &mut Shell, _timer: Timer) {}

    fn painted(&mut self, _shell: &mut Shell) {}

    fn kept(&mut self, _shell: &mut Shell, _kept: &Kept) {}

    fn arrange(&mut self, _shell: &Shell) {
        self.list.fit(self.choices.len(), self.choices.len());
    }

    fn status(&self, _shell: &Shell) -> String {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_people_type_them() {
        let read = |typed| address(typed).map(Clean::into_string);
        assert_eq!(read(" mcp.example.com/mcp ").as_deref(), Ok("https://mcp.example.com/mcp"));
        assert_eq!(read("http://127.0.0.1:9000/mcp").as_deref(), Ok("http://127.0.0.1:9000/mcp"));
        for typed in ["https://", "", "ftp://a.example", "javascript://x"] {
            assert!(read(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_token_goes_nowhere_in_the_clear() {
        assert!(token_address("http://127.0.0.1:9000/mcp").is_ok());
        assert!(token_address("https://a.example/mcp").is_ok());
        for typed in
            ["http://a.example/mcp", "http://localhost.evil.example/", "http://localhost:80@evil.example/"]
        {
            assert!(token_address(typed).is_err(), "{typed}");
        }
    }
}
