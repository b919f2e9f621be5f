//! The Inbox: the list of conversations, the thread, the customer. Owns which of them has the keys and hands every answer
//! to the part that asked; refuses to draw.

pub mod answers;
mod commands;
pub mod contact_page;
pub mod coverage;
pub mod customer;
mod drafting;
mod exporting;
mod guests;
pub mod happenings;
pub mod insight;
pub mod layout;
mod leaving;
pub mod line;
pub mod lines;
pub mod listing;
pub mod note;
mod over;
pub mod page;
pub mod people;
pub mod reader;
mod reasons;
pub(in crate::app::pane) mod record;
pub mod results;
pub mod rows;
mod screen;
pub mod search;
pub mod search_line;
pub mod shelf;
pub mod slot;
pub mod thread;
mod triage;
pub mod views;

use crate::app::event::Timer;
use crate::app::shell::{Options, Shell};
use crate::domain::conversation::ConversationRow;
use crate::domain::id::ConversationId;
use answers::Answers;
use customer::{Customer, Subject};
use insight::Insight;
use layout::{Areas, Focus, Shape};
use line::Line;
use listing::Listing;
use note::Notes;
use reader::Reader;
use search::call::ShownCall;
use search::form::Form;
use search_line::{SearchLine, Standing};
use views::Views;

/// The Inbox.
#[derive(Debug)]
pub struct Inbox {
    /// The search line.
    pub search: SearchLine,
    /// The list and its calls.
    pub listing: Listing,
    /// The thread.
    pub reader: Reader,
    /// Contact and company.
    pub customer: Customer,
    /// The views.
    pub views: Views,
    /// Where keys go.
    pub focus: Focus,
    /// Where everything is.
    pub areas: Areas,
    /// Internal notes.
    pub notes: Notes,
    /// The board of figures.
    pub insight: Insight,
    /// Articles that may answer the open conversation.
    pub answers: Answers,
    /// A field of ours at the bottom of the part that has the keys.
    pub line: Option<Line>,
    /// The exact tool call, over the list.
    pub call: Option<ShownCall>,
    /// The search as boxes.
    pub form: Option<Form>,
    /// How many explanations of calls were asked for.
    explanations: u64,
    /// Which conversations the open field decides about.
    marking: Vec<ConversationId>,
    /// What was decided in this run, to be taken back.
    deciding: triage::Deciding,
    /// An article to begin, by title and HTML; taken by the one who has the articles.
    pub(in crate::app) begun: Option<(String, String)>,
    trail: Vec<Stop>,
    /// What other screens brought.
    guests: guests::Guests,
    /// How many conversations the file that is being written leaves out; none while none is written.
    exporting: Option<usize>,
    /// Where the company of a customer who is on the way was asked for.
    wish: Option<Focus>,
}

/// A contact's page that one left for another conversation of theirs.
#[derive(Debug)]
struct Stop {
    thread: Option<ConversationId>,
    subject: Subject,
    from: Focus,
}

impl Default for Inbox {
    fn default() -> Self {
        Self::of(&Options::default())
    }
}

impl Inbox {
    /// The Inbox before anything was searched for: about the first view.
    pub fn of(options: &Options) -> Self {
        let mut inbox = Self {
            search: SearchLine::default(),
            listing: Listing::default(),
            views: Views::of(options),
            reader: Reader::default(),
            customer: Customer::default(),
            focus: Focus::default(),
            areas: Areas::default(),
            notes: Notes::default(),
            insight: Insight::default(),
            answers: Answers::default(),
            line: None,
            call: None,
            form: None,
            explanations: 0,
            marking: Vec::new(),
            deciding: triage::Deciding::default(),
            begun: None,
            trail: Vec::new(),
            guests: guests::Guests::default(),
            exporting: None,
            wish: None,
        };
        inbox.begin();
        inbox
    }
}

impl Inbox {
    /// The conversation that keys are about, as far as it is known.
    pub fn current(&self) -> Option<&ConversationRow> {
        match self.focus {
            Focus::List => self.listing.results.current(),
            Focus::Thread | Focus::Contact | Focus::Company => self.open_row(),
        }
    }

    fn shape(&self) -> Shape {
        let subject = self.customer.subject.as_ref().and_then(|subject| subject.conversation.as_ref());
        let thread = self.reader.open.is_some();
        Shape {
            focus: self.focus,
            views: self.views.focused,
            thread,
            beside: thread && subject == self.reader.open.as_ref(),
        }
    }

    /// Shows the customer of the open thread when there is room for them beside it.
    fn show_beside(&mut self, shell: &mut Shell) {
        let room = layout::has_third(shell.frame.body.width);
        let subject = self.open_row().filter(|_| room && matches!(self.focus, Focus::List | Focus::Thread));
        if let Some(subject) = subject.map(Subject::of) {
            self.customer.show(shell, subject);
        }
    }

    /// The search line learns how what was asked for stands to the list.
    fn settle_search(&mut self) {
        let listing = &self.listing;
        self.search.settle(|query| listing.standing(query), listing.fault.is_some());
        if self.search.standing == Standing::Shown {
            self.views.settle(listing);
        }
    }

    /// The contact's pages that one came from lead nowhere any more.
    fn forget_way(&mut self) {
        self.trail.clear();
    }

    fn thread_came(&mut self, shell: &mut Shell) {
        shell.timer(Timer::Layout, 1);
        if let Some(thread) = self.reader.thread() {
            self.listing.opened(&thread.row);
        }
        self.show_beside(shell);
    }
}
