//! The whole state of the console.

use super::command::Command;
use super::notice::Weight;
use super::opening::{Start, Way};
use super::overlay::Overlay;
use super::overlay::question::Questions;
use super::pane::articles::Articles;
use super::pane::companies::Companies;
use super::pane::first::First;
use super::pane::inbox::Inbox;
use super::pane::people::People;
use super::pane::session::Session;
use super::pane::{Hold, Pane};
use super::place::Place;
use super::shell::{Options, Shell};

/// The tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Conversations.
    Inbox,
    /// People.
    People,
    /// Companies.
    Companies,
    /// The Help Center.
    Articles,
    /// The connection.
    Session,
}

impl Screen {
    /// Every tab from left to right; its number is its key.
    pub const ALL: [Self; 5] = [Self::Inbox, Self::People, Self::Companies, Self::Articles, Self::Session];

    /// What the tab says.
    pub fn title(self) -> &'static str {
        match self {
            Self::Inbox => "Inbox",
            Self::People => "People",
            Self::Companies => "Companies",
            Self::Articles => "Articles",
            Self::Session => "Session",
        }
    }
}

/// Everything.
#[derive(Debug)]
pub struct Model {
    /// What all panes share.
    pub shell: Shell,
    /// Which tab is open.
    pub screen: Screen,
    /// The Inbox.
    pub inbox: Inbox,
    /// The people.
    pub people: People,
    /// The companies.
    pub companies: Companies,
    /// The articles.
    pub articles: Articles,
    /// The session.
    pub session: Session,
    /// The first screen, in place of all others.
    pub first: Option<First>,
    /// What the server asks.
    pub questions: Questions,
    /// What lies over it.
    pub overlay: Option<Overlay>,
}

impl Model {
    /// The console before anything happened, for a terminal of this size.
    pub fn new(options: Options, cols: u16, rows: u16) -> Self {
        let mut model = Self {
            inbox: Inbox::of(&options),
            shell: Shell::new(options, cols, rows),
            screen: Screen::Inbox,
            people: People::default(),
            companies: Companies::default(),
            articles: Articles::default(),
            session: Session::default(),
            first: None,
            questions: Questions::default(),
            overlay: None,
        };
        model.arrange();
        model
    }

    /// Begins with what is known; called once, before anything happened.
    pub fn begin(&mut self, start: Start) {
        self.shell.account.clone_from(&start.account);
        let accounts = &mut self.session.accounts;
        (accounts.rows, accounts.open) = (start.accounts, start.account);
        accounts.mcp_remote.clone_from(&start.mcp_remote);
        match start.way {
            Way::Usual => {}
            Way::First => self.first = Some(First::new(start.mcp_remote, false)),
            Way::SigningIn => {
                self.screen = Screen::Session;
                self.session.begins = true;
                self.session.begin_signing();
            }
        }
        if !start.review.is_empty() {
            self.screen = Screen::Articles;
            self.articles.open_at_start(start.review);
        }
        if !start.trouble.is_empty() {
            self.shell.say(Weight::Bad, &start.trouble);
        }
        self.arrange();
    }

    /// The screen that is open.
    pub fn pane(&self) -> &dyn Pane {
        if let Some(first) = &self.first {
            return first;
        }
        match self.screen {
            Screen::Inbox => &self.inbox,
            Screen::People => &self.people,
            Screen::Companies => &self.companies,
            Screen::Articles => &self.articles,
            Screen::Session => &self.session,
        }
    }

    /// The screen that is open, with what it needs to act.
    pub(super) fn pane_mut(&mut self) -> (&mut dyn Pane, &mut Shell) {
        if let Some(first) = &mut self.first {
            return (first, &mut self.shell);
        }
        match self.screen {
            Screen::Inbox => (&mut self.inbox, &mut self.shell),
            Screen::People => (&mut self.people, &mut self.shell),
            Screen::Companies => (&mut self.companies, &mut self.shell),
            Screen::Articles => (&mut self.articles, &mut self.shell),
            Screen::Session => (&mut self.session, &mut self.shell),
        }
    }

    /// Every screen with what they need to act, the open one first or not: order means nothing.
    pub(super) fn panes_mut(&mut self) -> ([&mut dyn Pane; 5], &mut Shell) {
        (
            [&mut self.inbox, &mut self.people, &mut self.companies, &mut self.articles, &mut self.session],
            &mut self.shell,
        )
    }

    /// Where keys go now.
    pub fn place(&self) -> Place {
        if self.questions.shown().is_some() {
            return Place::Question;
        }
        match &self.overlay {
            Some(Overlay::Help(_)) => Place::Help,
            Some(Overlay::Palette(_)) => Place::Palette,
            None => self.pane().place(),
        }
    }

    /// Why a command cannot be done now; none when it can.
    pub fn blocked(&self, command: Command) -> Option<String> {
        if command == Command::ShowForm && self.screen != Screen::Inbox {
            let inbox = self.shell.key(self.place(), Command::GoInbox);
            return Some(format!("The form is for conversations; {inbox} goes to them."));
        }
        self.pane().blocked(&self.shell, command)
    }

    /// What stands against leaving now: what would be lost before what passes by itself.
    pub fn hold(&self) -> Option<Hold> {
        let held =
            [self.inbox.hold(&self.shell), self.articles.hold(&self.shell), self.shell.hold_for_books()];
        held.into_iter().flatten().max_by_key(|hold| matches!(hold, Hold::Asks(_)))
    }

    /// Recomputes what depends on size and content.
    pub(super) fn arrange(&mut self) {
        self.session.visible = self.screen == Screen::Session && self.first.is_none();
        let (panes, shell) = self.panes_mut();
        for pane in panes {
            pane.arrange(shell);
        }
        self.articles.lay_on(&mut self.shell);
        if let Some(first) = &mut self.first {
            first.arrange(&self.shell);
        }
        self.questions.arrange(&self.shell);
        let body = self.shell.frame.body;
        match &mut self.overlay {
            Some(Overlay::Help(help)) => {
                help.arrange(body);
            }
            Some(Overlay::Palette(palette)) => {
                let len = palette.shown().len();
                palette.list.fit(len, usize::from(super::overlay::palette::height(body)));
            }
            None => {}
        }
    }
}
