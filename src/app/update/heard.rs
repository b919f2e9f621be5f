//! What the session tells: the ends of calls, the state of the link, and everything besides.

use super::{each, go};
use crate::app::event::Timer;
use crate::app::model::{Model, Screen};
use crate::app::shell::PATIENCE_MILLIS;
use crate::domain::call::{CallId, End, Report};
use crate::domain::link::Link;

/// What the session tells besides the ends of calls and the state of the link.
pub(super) fn told(model: &mut Model, report: Report) {
    let (session, shell) = (&mut model.session, &mut model.shell);
    match report {
        Report::Exchange(exchange) => {
            session.figures.add(&exchange, shell.now);
            session.traffic.add(exchange);
        }
        Report::SignIn(step) => {
            if session.step(shell, step) && model.screen == Screen::Session {
                go(model, Screen::Inbox);
            }
        }
        Report::Question(question) => model.questions.ask(shell, *question),
        Report::Unasked(id) => model.questions.unask(shell, id),
        Report::Message(level, words) => session.messages.add(shell, level, words),
        Report::Pause(seconds) => {
            shell.pause = seconds.map(|seconds| (shell.now, seconds));
            if let Some(seconds) = seconds {
                session.figures.pause(shell.now);
                shell.timer(Timer::Countdown, 1_000.min(seconds.saturating_mul(1_000)));
            }
        }
        Report::Finding(finding) => session.doctor.find(*finding),
        Report::Examined => session.doctor.examined(),
        Report::Explained(number, told) => model.inbox.explained(number, &told),
        Report::Ended { .. } | Report::Link(_) => {}
    }
}

/// A call ended: its owner hears how. What nobody waits for any more falls on the floor.
pub(super) fn ended(model: &mut Model, id: CallId, end: End) {
    if !model.shell.ended(id) {
        return;
    }
    let (panes, shell) = model.panes_mut();
    let mut left = Some(end);
    for pane in panes {
        left = left.and_then(|end| pane.ended(shell, id, end));
    }
}

/// The link stands otherwise than before.
pub(super) fn linked(model: &mut Model, link: Link) {
    let came_up = matches!(link, Link::Up(_));
    if let Link::Down { retry_in: Some(_), .. } = link {
        model.shell.timer(Timer::Countdown, 1_000);
    }
    if let Link::Up(server) = &link {
        model.shell.region = server.region;
    }
    if matches!(link, Link::Connecting { .. }) {
        // By then it is worth saying.
        model.shell.timer(Timer::Progress, PATIENCE_MILLIS);
    }
    model.shell.link_at = model.shell.now;
    model.shell.link = link;
    model.session.link(&model.shell);
    if !came_up {
        model.questions.drop_all();
    }
    if came_up {
        model.shell.notice.take_if(|notice| notice.until_up);
        each(model, |pane, shell| pane.linked(shell));
    }
}
