//! The terminal library's events in our own terms. Drops what a terminal says unasked (colour reports and the like),
//! which the library would type as characters (crossterm 0.29 reads OSC, DCS and APC replies as Alt and letters).

use crossterm::event::{Event as Given, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::app::Event;
use crate::app::key::{Code, Key};

/// The longest reply dropped, in keys; after that many the rest is typed, so that a mistaken start cannot eat the
/// keyboard.
const LONGEST_REPLY: usize = 256;

/// Turns the terminal's events into ours.
#[derive(Debug, Default)]
pub(super) struct Input {
    reply: Option<usize>,
}

impl Input {
    /// None for what means nothing to us.
    pub(super) fn read(&mut self, given: Given) -> Option<Event> {
        match given {
            Given::Key(key) => self.key(key).map(Event::Key),
            Given::Paste(text) => Some(Event::Paste(text)),
            Given::FocusGained => Some(Event::Focus(true)),
            Given::FocusLost => Some(Event::Focus(false)),
            // The size is heard of by its signal.
            Given::Resize(..) | Given::Mouse(_) => None,
        }
    }

    fn key(&mut self, given: KeyEvent) -> Option<Key> {
        if given.kind == KeyEventKind::Release {
            return None;
        }
        let key = translate(given)?;
        if self.is_reply(key) { None } else { Some(key) }
    }

    /// `ESC ]`, `ESC P` and `ESC _` begin a reply; BEL (Ctrl-G) or `ESC \` end it.
    fn is_reply(&mut self, key: Key) -> bool {
        let begins = key.alt && matches!(key.code, Code::Char(']' | 'P' | '_'));
        let ends = (key.alt && key.code == Code::Char('\\')) || (key.ctrl && key.code == Code::Char('g'));
        match self.reply {
            None if begins => self.reply = Some(0),
            None => return false,
            Some(_) if ends => self.reply = None,
            Some(seen) if seen >= LONGEST_REPLY => {
                self.reply = None;
                return false;
            }
            Some(seen) => self.reply = Some(seen + 1),
        }
        true
    }
}

fn translate(given: KeyEvent) -> Option<Key> {
    let held = |modifier| given.modifiers.contains(modifier);
    let code = code(given.code)?;
    let is_char = matches!(code, Code::Char(_));
    Some(Key {
        code,
        ctrl: held(KeyModifiers::CONTROL),
        alt: held(KeyModifiers::ALT),
        shift: !is_char && (held(KeyModifiers::SHIFT) || given.code == KeyCode::BackTab),
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "keys that no keyboard of ours has are nothing")]
fn code(given: KeyCode) -> Option<Code> {
    Some(match given {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Tab | KeyCode::BackTab => Code::Tab,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::Function(number),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(code: char, modifiers: KeyModifiers) -> Given {
        Given::Key(KeyEvent::new(KeyCode::Char(code), modifiers))
    }

    fn typed(given: Vec<Given>) -> String {
        let mut input = Input::default();
        let keys = given.into_iter().filter_map(|event| {
            let Some(Event::Key(key)) = input.read(event) else { return None };
            key.typed()
        });
        keys.collect()
    }

    #[test]
    fn a_colour_report_types_nothing() {
        let mut given = vec![press(']', KeyModifiers::ALT)];
        given.extend("11;rgb:2e2e/3434/3636".chars().map(|c| press(c, KeyModifiers::NONE)));
        given.push(press('\\', KeyModifiers::ALT));
        given.push(press('j', KeyModifiers::NONE));
        assert_eq!(typed(given), "j");
    }

    #[test]
    fn a_start_without_an_end_gives_the_keyboard_back() {
        let mut given = vec![press(']', KeyModifiers::ALT)];
        given.extend((0..300).map(|_| press('x', KeyModifiers::NONE)));
        assert!(typed(given).len() > 40);
    }

    #[test]
    fn the_keyboard_comes_and_goes() {
        let mut input = Input::default();
        assert_eq!(input.read(Given::FocusLost), Some(Event::Focus(false)));
        assert_eq!(input.read(Given::FocusGained), Some(Event::Focus(true)));
    }

    #[test]
    fn capitals_need_no_shift_and_back_tab_has_it() {
        let shifted = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        assert_eq!(translate(shifted).map(|k| k.to_string()), Some("G".into()));
        let back = KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT);
        assert_eq!(translate(back).map(|k| k.to_string()), Some("Shift-Tab".into()));
    }
}
