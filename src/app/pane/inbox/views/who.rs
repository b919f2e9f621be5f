//! The question which teammate one is. Owns the list of those seen, and what was typed to narrow it: no tool lists the
//! teammates, and none says who is signed in (intercom-mcp 3.1).

#![expect(clippy::wildcard_enum_match_arm, reason = "answers to a few keys and passes the rest on")]

use std::collections::HashMap;

use crate::app::field::Field;
use crate::app::key::{Code, Key};
use crate::app::list::{List, Move};
use crate::app::notice::Weight;
use crate::app::pane::articles::picker::teammate;
use crate::app::pane::inbox::Inbox;
use crate::app::shell::Shell;
use crate::domain::id::AdminId;
use crate::domain::text::Clean;

/// The longest number that is taken as an id, in digits.
const LONGEST: usize = 20;

/// A teammate to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Teammate {
    /// Who.
    pub id: AdminId,
    /// Their name, else their number; clean.
    pub words: String,
    /// What else is known of them; clean.
    pub beside: String,
    /// Whether their name was seen.
    pub is_named: bool,
    /// Whether that is who one is now.
    pub current: bool,
}

/// The list of teammates.
#[derive(Debug)]
pub struct Who {
    /// What was typed.
    pub field: Field,
    /// The cursor over `shown`.
    pub list: List,
    /// Whether somebody went to a row or typed: only then Enter chooses.
    chosen: bool,
    all: Vec<Teammate>,
    shown: Vec<Teammate>,
}

impl Who {
    fn over(all: Vec<Teammate>) -> Self {
        let current = all.iter().position(|teammate| teammate.current).unwrap_or(0);
        let mut list = List::default();
        list.fit(all.len(), 1);
        list.select(current);
        let chosen = all.iter().any(|teammate| teammate.current);
        Self { field: Field::default(), list, chosen, shown: all.clone(), all }
    }

    /// Who matches, in order: those seen, and last what was typed.
    pub fn shown(&self) -> &[Teammate] {
        &self.shown
    }

    /// What can be typed.
    pub fn prompt(&self) -> &'static str {
        if self.all.iter().all(|teammate| teammate.is_named) {
            "type letters to narrow the list, or your id to use it"
        } else {
            "letters or your id; names come with threads that one opens"
        }
    }

    /// What to type where nobody matches.
    pub fn nothing(&self) -> &'static str {
        if self.all.is_empty() {
            "No teammate was seen yet. Type your id, a number, to use it."
        } else {
            "Nobody seen so far has these letters. Type your id, a number, to use it."
        }
    }

    fn narrow(&mut self) {
        let typed = self.field.text().to_lowercase();
        let fits = |teammate: &&Teammate| {
            let words = format!("{} {}", teammate.words, teammate.beside).to_lowercase();
            typed.split_whitespace().all(|word| words.contains(word))
        };
        self.shown = self.all.iter().filter(fits).cloned().collect();
        self.shown.extend(self.typed());
        self.list.fit(self.shown.len(), self.list.view().len().max(1));
        self.list.select(0);
        self.chosen = !typed.is_empty();
    }

    /// What was typed, where it is an id of nobody who was seen.
    fn typed(&self) -> Option<Teammate> {
        let id = self.field.text().trim();
        let is_number = id.len() <= LONGEST && id.bytes().all(|byte| byte.is_ascii_digit());
        let id = AdminId::read(id).filter(|_| is_number)?;
        let is_new = self.all.iter().all(|known| known.id != id);
        let words = format!("use id {id}");
        let beside = "as typed".into();
        is_new.then_some(Teammate { id, words, beside, is_named: false, current: false })
    }

    /// Tells how many rows fit.
    pub(in crate::app::pane::inbox) fn fit(&mut self, height: usize) {
        self.list.fit(self.shown.len(), height);
    }
}

/// Everybody who was seen: who has most of the loaded conversations first, then by name.
fn teammates(inbox: &Inbox, shell: &Shell) -> Vec<Teammate> {
    let roster = &shell.roster;
    let mut seen: HashMap<AdminId, usize> =
        roster.admins().filter_map(|(id, _)| Some((AdminId::read(id)?, 0))).collect();
    seen.extend(roster.me.clone().filter(|id| !seen.contains_key(id)).map(|id| (id, 0)));
    for admin in inbox.listing.results.rows().iter().filter_map(|row| row.admin.as_ref()) {
        if let Some(rows) = seen.get_mut(admin) {
            *rows += 1;
        } else {
            seen.insert(admin.clone(), 1);
        }
    }
    let mut seen: Vec<(AdminId, usize)> = seen.into_iter().collect();
    seen.sort_by(|(a, many), (b, few)| {
        few.cmp(many).then_with(|| roster.admin(a).cmp(roster.admin(b))).then_with(|| a.cmp(b))
    });
    let row = |(id, rows): (AdminId, usize)| {
        let has = match rows {
            0 => String::new(),
            1 => " · has 1 of the loaded conversations".to_owned(),
            rows => format!(" · has {rows} of the loaded conversations"),
        };
        // Their number stands where their name would.
        let is_named = roster.admin(&id) != id.as_str();
        let known = if is_named { format!("id {id}") } else { "no name yet".to_owned() };
        let current = roster.me.as_ref() == Some(&id);
        let words = teammate(&id, roster);
        Teammate { words, beside: format!("{known}{has}"), is_named, id, current }
    };
    seen.into_iter().map(row).collect()
}

impl Inbox {
    /// Asks which teammate one is.
    pub(in crate::app::pane::inbox) fn ask_who(&mut self, shell: &Shell) {
        self.views.who = Some(Who::over(teammates(self, shell)));
    }

    /// Closes the list, and nothing is chosen.
    pub(in crate::app::pane::inbox) fn leave_who(&mut self) -> bool {
        self.views.wanted = None;
        self.views.who.take().is_some()
    }

    /// A key in the list.
    pub(in crate::app::pane::inbox) fn who_key(&mut self, shell: &mut Shell, key: Key) {
        let Some(who) = &mut self.views.who else { return };
        let movement = match key.code {
            Code::Enter => return self.choose_me(shell),
            Code::Up => Move::Up,
            Code::Down => Move::Down,
            Code::PageUp => Move::PageUp,
            Code::PageDown => Move::PageDown,
            _ => {
                if who.field.press(key) {
                    who.narrow();
                    shell.say_if_cut(&mut who.field, "The search");
                }
                return;
            }
        };
        who.list.go(movement);
        who.chosen = true;
    }

    /// Pasted text in the list.
    pub(in crate::app::pane::inbox) fn who_paste(&mut self, shell: &mut Shell, text: &str) {
        let Some(who) = &mut self.views.who else { return };
        who.field.insert(text);
        who.narrow();
        shell.say_if_cut(&mut who.field, "The search");
    }

    /// Takes who is under the cursor, and opens the view that waited for it, else what needs them.
    fn choose_me(&mut self, shell: &mut Shell) {
        let Some(who) = self.views.who.as_ref() else { return };
        if !who.chosen && !who.shown.is_empty() {
            return shell
                .say(Weight::Quiet, "Go to yourself first, or type letters of your name or your id.");
        }
        let chosen = who.shown.get(who.list.cursor());
        let Some(id) = chosen.map(|teammate| teammate.id.clone()) else { return };
        self.views.who = None;
        let mut view = self.views.wanted.take();
        if shell.roster.me.as_ref() != Some(&id) {
            let first = shell.roster.me.is_none();
            let name = teammate(&id, &shell.roster);
            shell.roster.me = Some(id);
            self.views.forget_mine(shell);
            let words = format!("You are {name}.");
            let hint = if shell.is_up() {
                "What is yours is counted now."
            } else {
                "What is yours is counted once the console is connected."
            };
            shell.tell(Weight::Good, Clean::line(&words), Clean::fixed(hint));
            let shown = self.views.shown(&self.listing).filter(|at| self.views.entries[*at].about_me);
            view = view.or(shown).or_else(|| self.needs_me().filter(|_| first));
        }
        if let Some(view) = view {
            self.open_view(shell, view);
        }
    }
}
