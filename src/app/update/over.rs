//! What lies over the screens: opening it, and the keys that it takes.

#![expect(clippy::wildcard_enum_match_arm, reason = "the palette answers to a few keys and types the rest")]

use super::command_or_reason;
use crate::app::command::Command;
use crate::app::key::{Code, Key};
use crate::app::list::Move;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::help::Help;
use crate::app::overlay::palette::Palette;

/// A key in the palette that is no command there.
pub(super) fn palette_key(model: &mut Model, key: Key) {
    let Some(Overlay::Palette(palette)) = &mut model.overlay else {
        return;
    };
    match key.code {
        Code::Enter => pick(model),
        Code::Up => palette.list.go(Move::Up),
        Code::Down => palette.list.go(Move::Down),
        Code::PageUp => palette.list.go(Move::PageUp),
        Code::PageDown => palette.list.go(Move::PageDown),
        _ => {
            if palette.field.press(key) {
                palette.narrow();
                model.shell.say_if_cut(&mut palette.field, "The search");
            }
        }
    }
}

fn pick(model: &mut Model) {
    let Some(Overlay::Palette(palette)) = &model.overlay else { return };
    let Some(command) = palette.picked().map(|offer| offer.spec.command) else { return };
    model.overlay = None;
    command_or_reason(model, command);
}

/// Shows the help of the place below, or hides it.
pub(super) fn help(model: &mut Model) {
    let place = model.pane().place();
    model.overlay = match model.overlay.take() {
        Some(Overlay::Help(_)) => None,
        _ => Some(Overlay::Help(Help::of(place, model.screen, &model.shell.options.keymap))),
    };
}

/// Shows the commands of the place below.
pub(super) fn palette(model: &mut Model) {
    model.overlay = None;
    let place = model.place();
    let keymap = &model.shell.options.keymap;
    let offer = |command| (keymap.shown(place, command), model.blocked(command));
    model.overlay = Some(Overlay::Palette(Palette::over(place, offer)));
}

/// A command while something lies over the screen.
pub(super) fn over(model: &mut Model, command: Command) {
    if command == Command::Back {
        model.overlay = None;
    }
    if let (Some(Overlay::Help(help)), Some(movement)) = (&mut model.overlay, command.movement()) {
        help.scroll.go(movement);
    }
}
