//! The whole state of the console.

use super::command::Command;
use super::overlay::Overlay;
use super::pane::articles::Articles;
use super::pane::inbox::Inbox;
use super::pane::{Hold, Pane};
use super::place::Place;
use super::shell::{Options, Shell};

/// The tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Conversations and people.
    Inbox,
    /// The Help Center.
    Articles,
}

impl Screen {
    /// Every tab from left to right; its number is its key.
    pub const ALL: [Self; 2] = [Self::Inbox, Self::Articles];

    /// What the tab says.
    pub fn title(self) -> &'static str {
        match self {
            Self::Inbox => "Inbox",
            Self::Articles => "Articles",
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
    /// The articles.
    pub articles: Articles,
    /// What lies over it.
    pub overlay: Option<Overlay>,
}

impl Model {
    /// The console before anything happened, for a terminal of this size.
    pub fn new(options: Options, cols: u16, rows: u16) -> Self {
        let mut model = Self {
            shell: Shell::new(options, cols, rows),
            screen: Screen::Inbox,
            inbox: Inbox::default(),
            articles: Articles::default(),
            overlay: None,
        };
        model.arrange();
        model
    }

    /// The screen that is open.
    pub fn pane(&self) -> &dyn Pane {
        match self.screen {
            Screen::Inbox => &self.inbox,
            Screen::Articles => &self.articles,
        }
    }

    /// The screen that is open, with what it needs to act.
    pub(super) fn pane_mut(&mut self) -> (&mut dyn Pane, &mut Shell) {
        match self.screen {
            Screen::Inbox => (&mut self.inbox, &mut self.shell),
            Screen::Articles => (&mut self.articles, &mut self.shell),
        }
    }

    /// Every screen with what they need to act, the open one first or not: order means nothing.
    pub(super) fn panes_mut(&mut self) -> ([&mut dyn Pane; 2], &mut Shell) {
        ([&mut self.inbox, &mut self.articles], &mut self.shell)
    }

    /// Where keys go now.
    pub fn place(&self) -> Place {
        match &self.overlay {
            Some(Overlay::Help(_)) => Place::Help,
            Some(Overlay::Palette(_)) => Place::Palette,
            None => self.pane().place(),
        }
    }

    /// Why a command cannot be done now; none when it can.
    pub fn blocked(&self, command: Command) -> Option<String> {
        self.pane().blocked(&self.shell, command)
    }

    /// What stands against leaving now: what would be lost before what passes by itself.
    pub fn hold(&self) -> Option<Hold> {
        let held = [self.inbox.hold(&self.shell), self.articles.hold(&self.shell)];
        held.into_iter().flatten().max_by_key(|hold| matches!(hold, Hold::Asks(_)))
    }

    /// Recomputes what depends on size and content.
    pub(super) fn arrange(&mut self) {
        let (panes, shell) = self.panes_mut();
        for pane in panes {
            pane.arrange(shell);
        }
        let body = self.shell.frame.body;
        match &mut self.overlay {
            Some(Overlay::Help(help)) => {
                help.scroll.fit(help.rows.len(), usize::from(super::overlay::help::height(body, help)));
            }
            Some(Overlay::Palette(palette)) => {
                let len = palette.shown().len();
                palette.list.fit(len, usize::from(super::overlay::palette::height(body)));
            }
            None => {}
        }
    }
}
