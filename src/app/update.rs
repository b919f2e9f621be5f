//! What an event does to the model. The only way in.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each function here answers to a few commands or keys and passes the rest on"
)]

mod hand;
mod heard;
mod leaving;
mod over;

use super::command::Command;
use super::effect::Effect;
use super::event::{Event, Timer};
use super::key::{Code, Key};
use super::layout;
use super::model::{Model, Screen};
use super::notice::Weight;
use super::overlay::Overlay;
use super::pane::Pane as _;
use super::pane::first::First;
use super::place::Place;
use super::shell::Quits;
use crate::domain::call::Report;
use crate::domain::link::Link;
use crate::domain::time::Moment;
use hand::hand_over;
use heard::{ended, linked, told};
use leaving::{leave, open_once_kept, quit, quit_once_kept};
use over::{help, over, palette, palette_key};

/// Takes one event and returns what is to be done, in order.
pub fn update(model: &mut Model, at: Moment, event: Event) -> Vec<Effect> {
    model.shell.now = at;
    match event {
        Event::Key(key) => press(model, key),
        Event::Paste(text) => paste(model, &text),
        Event::Resize(cols, rows) => {
            model.shell.frame = layout::frame(cols, rows);
            if model.place() == Place::Confirmation {
                // A question that was too small to be read may be readable now.
                model.shell.effect(Effect::TellPainted);
            }
        }
        Event::Report(Report::Ended { id, end }) => ended(model, id, end),
        Event::Report(Report::Link(link)) => linked(model, link),
        Event::Report(report) => told(model, report),
        Event::Timer(timer) => wake(model, timer),
        Event::Painted => {
            each(model, |pane, shell| pane.painted(shell));
            model.questions.painted(&mut model.shell);
        }
        Event::Kept(kept) => {
            each(model, |pane, shell| pane.kept(shell, &kept));
            quit_once_kept(model);
        }
        Event::Marks(book) => {
            if model.shell.marks_told(book) {
                model.inbox.look_over_marks(&mut model.shell);
            }
        }
        Event::Names(book) => model.shell.names_told(book),
        Event::Handed(handed) => model.articles.file_told(&mut model.shell, handed),
        Event::Exported(ended) => {
            model.inbox.exported(&mut model.shell, ended);
            quit_once_kept(model);
        }
        Event::Accounts(rows) => model.session.accounts.rows = rows,
        Event::EditedOutside(came) => model.articles.edited_outside(&mut model.shell, came),
        Event::Focus(attended) => {
            model.shell.attended = attended;
            model.shell.pressed = at;
            if attended {
                model.shell.effect(Effect::LookAtBooks);
            }
        }
        Event::Visited(id) => model.questions.visited(&mut model.shell, id),
        Event::Trouble(sentence) => model.shell.say_beside(&sentence, ""),
        Event::Leave => leave(model),
        Event::Minute => {}
    }
    afterwards(model);
    model.arrange();
    model.shell.take_effects()
}

/// What follows from an event, whatever it was: the first screen comes or goes, something else is opened, a question of the
/// server's is shown or hidden.
fn afterwards(model: &mut Model) {
    if std::mem::take(&mut model.session.accounts.wants_first) {
        model.first = Some(First::new(model.session.accounts.mcp_remote.clone(), true));
    }
    model.first.take_if(|first| first.left);
    model.articles.say_where_it_is(&mut model.shell);
    if let Some((title, body)) = model.inbox.begun.take() {
        begin_article(model, &title, &body);
    }
    if let Some(hand) = model.shell.hand.take() {
        hand_over(model, hand);
    }
    if model.shell.opening.is_some() {
        open_once_kept(model);
    }
    let visible = model.first.is_none() && model.screen == Screen::Inbox;
    model.inbox.notice_local(&mut model.shell);
    model.inbox.views.tend(&mut model.shell, visible);
    model.shell.settle_local();
    model.inbox.say_back(&mut model.shell);
    let covered = model.first.is_some() || model.pane().place() == Place::Confirmation;
    let types = !covered && model.place().takes_text();
    let typing = types && model.questions.waits_for_typing(&mut model.shell);
    model.questions.settle(&mut model.shell, covered || typing);
}

/// Goes to the articles with a new one that was made from a conversation.
fn begin_article(model: &mut Model, title: &str, body: &str) {
    if let Some(reason) = model.articles.cannot_begin(&model.shell) {
        return model.shell.say(Weight::Quiet, reason);
    }
    go(model, Screen::Articles);
    model.articles.begin_new(&mut model.shell, title, body);
}

fn each(model: &mut Model, mut act: impl FnMut(&mut dyn super::pane::Pane, &mut super::Shell)) {
    let (panes, shell) = model.panes_mut();
    for pane in panes {
        act(pane, shell);
    }
}

fn press(model: &mut Model, key: Key) {
    model.shell.pressed = model.shell.now;
    let place = model.place();
    if place == Place::Question {
        return model.questions.press(&mut model.shell, key);
    }
    if place.takes_text() {
        model.shell.typed = Some(model.shell.now);
    }
    if place == Place::Help && key == Key::plain(Code::Char('q')) {
        return over(model, Command::Back);
    }
    let command = model.shell.options.keymap.command(place, key);
    if command != Some(Command::Quit) {
        model.shell.quits = Quits::default();
    }
    if let Some(command) = command {
        return command_or_reason(model, command);
    }
    if !place.takes_text() {
        return;
    }
    match &mut model.overlay {
        Some(Overlay::Palette(_)) => palette_key(model, key),
        Some(Overlay::Help(_)) => {}
        None => {
            let (pane, shell) = model.pane_mut();
            pane.press(shell, key);
        }
    }
}

fn paste(model: &mut Model, text: &str) {
    model.shell.pressed = model.shell.now;
    model.shell.quits = Quits::default();
    if model.place() == Place::Question {
        return model.questions.paste(&mut model.shell, text);
    }
    if model.place().takes_text() {
        model.shell.typed = Some(model.shell.now);
    }
    match &mut model.overlay {
        Some(Overlay::Palette(palette)) => {
            palette.field.insert(text);
            palette.narrow();
            model.shell.say_if_cut(&mut palette.field, "The search");
        }
        Some(Overlay::Help(_)) => {}
        None => {
            let (pane, shell) = model.pane_mut();
            pane.paste(shell, text);
        }
    }
}

fn command_or_reason(model: &mut Model, command: Command) {
    model.shell.notice = None;
    if let Some(reason) = model.blocked(command) {
        return model.shell.say(Weight::Quiet, &reason);
    }
    run(model, command);
}

fn run(model: &mut Model, command: Command) {
    match command {
        Command::Quit => quit(model),
        Command::Suspend => model.shell.effect(Effect::Suspend),
        Command::Redraw => model.shell.effect(Effect::Redraw),
        Command::Reconnect => reconnect(model),
        Command::GoInbox => go(model, Screen::Inbox),
        Command::GoPeople => go(model, Screen::People),
        Command::GoCompanies => go(model, Screen::Companies),
        Command::GoArticles => go(model, Screen::Articles),
        Command::GoSession => go(model, Screen::Session),
        Command::Examine => examine(model),
        Command::Help => help(model),
        Command::Palette => palette(model),
        _ if model.overlay.is_some() => over(model, command),
        _ => {
            let (pane, shell) = model.pane_mut();
            pane.run(shell, command);
        }
    }
}

fn go(model: &mut Model, screen: Screen) {
    model.overlay = None;
    let types = model.place().takes_text();
    let (pane, shell) = model.pane_mut();
    if types && let Some(reason) = pane.blocked(shell, Command::Back) {
        return shell.say(Weight::Quiet, &reason);
    }
    if types {
        // Whoever comes back by the tab's key does not expect to be typing.
        pane.run(shell, Command::Back);
    }
    if model.screen == screen {
        let (pane, shell) = model.pane_mut();
        return pane.root(shell);
    }
    model.screen = screen;
    let (pane, shell) = model.pane_mut();
    pane.opened(shell);
}

/// Shows the doctor at work, from anywhere.
fn examine(model: &mut Model) {
    if model.screen != Screen::Session {
        go(model, Screen::Session);
    }
    model.overlay = None;
    if model.screen != Screen::Session {
        return;
    }
    match model.session.blocked(&model.shell, Command::Examine) {
        Some(reason) => model.shell.say(Weight::Quiet, &reason),
        None => model.session.examine(&mut model.shell),
    }
}

fn reconnect(model: &mut Model) {
    model.shell.effect(Effect::Reconnect);
    model.shell.say(Weight::Quiet, "Connecting again.");
    model.shell.notice_ends_with_link();
}

fn wake(model: &mut Model, timer: Timer) {
    match timer {
        Timer::Progress => {
            if model.shell.has_pending() {
                model.shell.timer(Timer::Progress, 1_000);
            }
        }
        Timer::Notice(number) => {
            model.shell.notice.take_if(|notice| notice.number == number);
        }
        Timer::Countdown => {
            let dials = matches!(model.shell.link, Link::Down { retry_in: Some(_), .. });
            if dials || model.shell.paused().is_some() {
                model.shell.timer(Timer::Countdown, 1_000);
            }
        }
        Timer::Due => model.shell.look_at_due(),
        Timer::Arm
        | Timer::Keep
        | Timer::Settle
        | Timer::Preview
        | Timer::Layout
        | Timer::Letters
        | Timer::Count
        | Timer::View
        | Timer::Ahead
        | Timer::Explain
        | Timer::Asked
        | Timer::Accounts => {}
    }
    each(model, |pane, shell| pane.timer(shell, timer));
}
