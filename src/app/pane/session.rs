//! The Session screen: how the connection stands, what the server offers, what went over the wire, the accounts of this
//! machine and the doctor's findings. Owns which view is open; each part owns its own state. Refuses to keep a secret in
//! anything that can be shown or printed.

pub mod accounts;
mod commands;
pub mod doctor;
pub mod exchange;
pub mod figures;
pub mod messages;
pub mod names;
pub mod overview;
mod screen;
pub mod signing;
pub mod sizes;
pub mod tools;
pub mod traffic;

use crate::app::shell::Shell;
use crate::domain::link::{Link, Server};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use accounts::Accounts;
use doctor::Doctor;
use exchange::Opened;
use figures::Figures;
use messages::Messages;
use names::Names;
use overview::Overview;
use signing::Signing;
use tools::Tools;
use traffic::Traffic;

/// Rows that every view leaves to its name above it: the views, and a line.
pub const HEAD: u16 = 2;

/// The views.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum View {
    /// How it stands.
    #[default]
    Overview,
    /// What the server offers.
    Tools,
    /// What went over the wire.
    Traffic,
    /// The accounts of this machine.
    Accounts,
    /// The names learnt.
    Names,
    /// What the doctor found.
    Doctor,
}

impl View {
    /// Every view, from left to right.
    pub const ALL: [Self; 6] =
        [Self::Overview, Self::Tools, Self::Traffic, Self::Accounts, Self::Names, Self::Doctor];

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Tools => "Tools",
            Self::Traffic => "Traffic",
            Self::Accounts => "Accounts",
            Self::Names => "Names",
            Self::Doctor => "Doctor",
        }
    }

    fn step(self, by: usize) -> Self {
        let at = Self::ALL.iter().position(|view| *view == self).unwrap_or(0);
        Self::ALL[(at + by) % Self::ALL.len()]
    }
}

/// The screen.
#[derive(Debug, Default)]
pub struct Session {
    /// Which view is open.
    pub view: View,
    /// Whether this screen is the one that is shown.
    pub visible: bool,
    /// What was last known of the server; kept while the link is down.
    pub server: Option<Server>,
    /// Latency, requests, pauses, reconnects.
    pub figures: Figures,
    /// What the server said by itself.
    pub messages: Messages,
    /// The overview as it was laid out.
    pub overview: Overview,
    /// The tools.
    pub tools: Tools,
    /// The traffic.
    pub traffic: Traffic,
    /// The exchange that is open.
    pub opened: Option<Opened>,
    /// The accounts.
    pub accounts: Accounts,
    /// The names.
    pub names: Names,
    /// The doctor.
    pub doctor: Doctor,
    /// The sign-in under way, or how it failed.
    pub signing: Option<Signing>,
    /// A sign-in was given up: what is still told of it means nothing.
    deaf: bool,
    /// Signing out was asked for once.
    leaving: Option<Moment>,
    /// Which account was signed out, and when; until it is gone from the list.
    left: Option<(Moment, Clean)>,
    /// A sign-in that began while somebody typed: shown when they are done.
    later: Option<Signing>,
    /// When the doctor was asked last.
    examined: Option<Moment>,
    /// The sign-in began where there was no account: it leads to the Inbox.
    pub(in crate::app) begins: bool,
}

impl Session {
    /// The link changed.
    pub fn link(&mut self, shell: &Shell) {
        self.figures.link(&shell.link, shell.now);
        if let Link::Up(server) = &shell.link {
            self.tools.learn(server);
            self.server = Some(server.clone());
        }
    }
}
