//! What one screen wants another one to show.

use super::go;
use crate::app::model::{Model, Screen};
use crate::app::notice::Weight;
use crate::app::pane::catalogue::Card;
use crate::app::shell::Hand;

/// Shows on one screen what another one asked for.
pub(super) fn hand_over(model: &mut Model, hand: Hand) {
    let screen = match hand {
        Hand::Conversation(_) | Hand::Conversations(..) => Screen::Inbox,
        Hand::Back(screen) => screen,
        Hand::People(_) | Hand::Person(_) => Screen::People,
    };
    if screen == Screen::Inbox
        && let Some(reason) = model.inbox.blocked_guest()
    {
        return model.shell.say(Weight::Quiet, reason);
    }
    // What is shown comes before the screen is opened, which would ask for its first rows.
    let (shell, from) = (&mut model.shell, model.screen);
    match hand {
        Hand::Conversation(row) => model.inbox.read_guest(shell, row),
        Hand::Conversations(query, whose) => model.inbox.search_guest(shell, query, whose, from),
        Hand::Back(_) => {}
        Hand::People(words) => model.people.search_for(shell, &words),
        Hand::Person(subject) => model.people.open_card(shell, Card::Contact(subject)),
    }
    if model.screen != screen {
        go(model, screen);
    }
}
