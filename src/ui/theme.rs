//! The look: the terminal's own colours, one accent, and a second set without colour. Meaning is never carried by colour
//! alone; what colour says, a letter, a mark or a modifier says too.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::html::Colour;
use crate::domain::rich::{Span, Tone};

/// Styles by meaning.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Ordinary text.
    pub plain: Style,
    /// Less important text.
    pub dim: Style,
    /// More important text.
    pub strong: Style,
    /// The one accent: where one is, what is active.
    pub accent: Style,
    /// The row under the cursor in the pane that has the keys.
    pub cursor: Style,
    /// The row under the cursor in a pane that has not.
    pub cursor_away: Style,
    /// Lines between panes and boxes.
    pub line: Style,
    /// Did not work, is late, was removed.
    pub bad: Style,
    /// Worked, was added.
    pub good: Style,
    /// Needs care: internal notes, unsaved, waiting.
    pub warn: Style,
    /// A word that was searched for.
    pub hit: Style,
    colour: bool,
}

const fn on(colour: Color) -> Style {
    Style::new().fg(colour)
}

impl Theme {
    /// With the terminal's colours, or without any (<https://no-color.org>).
    pub fn of(colour: bool) -> Self {
        if colour { Self::coloured() } else { Self::plain() }
    }

    fn coloured() -> Self {
        let bold = Modifier::BOLD;
        Self {
            plain: Style::new(),
            dim: on(Color::DarkGray),
            strong: Style::new().add_modifier(bold),
            accent: on(Color::Cyan),
            cursor: Style::new().add_modifier(Modifier::REVERSED),
            cursor_away: Style::new().add_modifier(Modifier::UNDERLINED),
            line: on(Color::DarkGray),
            bad: on(Color::Red),
            good: on(Color::Green),
            warn: on(Color::Yellow),
            hit: on(Color::Black).bg(Color::Yellow),
            colour: true,
        }
    }

    fn plain() -> Self {
        let (none, bold) = (Style::new(), Style::new().add_modifier(Modifier::BOLD));
        let reversed = none.add_modifier(Modifier::REVERSED);
        Self {
            plain: none,
            dim: none.add_modifier(Modifier::DIM),
            strong: bold,
            accent: bold,
            cursor: reversed,
            cursor_away: none.add_modifier(Modifier::UNDERLINED),
            line: none.add_modifier(Modifier::DIM),
            bad: bold,
            good: none,
            warn: bold,
            // The cursor of a text is reversed, and stands on a hit after each search.
            hit: bold.add_modifier(Modifier::UNDERLINED),
            colour: false,
        }
    }

    /// The look of a span of rich text.
    pub fn span(&self, span: &Span) -> Style {
        let mut style = self.tone(span.tone);
        for (wanted, modifier) in [
            (span.strong, Modifier::BOLD),
            (span.emphasis, Modifier::ITALIC),
            (span.underline, Modifier::UNDERLINED),
            (span.strike, Modifier::CROSSED_OUT),
        ] {
            if wanted {
                style = style.add_modifier(modifier);
            }
        }
        style
    }

    /// The look of a tone.
    pub fn tone(&self, tone: Tone) -> Style {
        match tone {
            Tone::Plain => self.plain,
            Tone::Dim | Tone::Rule | Tone::Quote => self.dim,
            Tone::Heading(1) => self.accent.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            Tone::Heading(_) => self.accent.add_modifier(Modifier::BOLD),
            Tone::Code | Tone::Macro => self.warn,
            Tone::Mark | Tone::Card => self.accent,
            Tone::Link => self.plain.add_modifier(Modifier::UNDERLINED),
            Tone::Callout(colour) => self.callout(colour),
            Tone::Added => self.good.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            Tone::Removed => self.bad.add_modifier(Modifier::CROSSED_OUT),
            Tone::Match => self.hit,
        }
    }

    fn callout(&self, colour: Colour) -> Style {
        if !self.colour {
            return self.strong;
        }
        on(match colour {
            Colour::Yellow => Color::Yellow,
            Colour::Blue => Color::Blue,
            Colour::Red => Color::Red,
            Colour::Green => Color::Green,
            Colour::Grey => Color::DarkGray,
            Colour::Other => Color::Cyan,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hit_is_told_from_the_cursor_without_colour() {
        for theme in [Theme::of(true), Theme::of(false)] {
            let looks = [theme.plain, theme.cursor, theme.strong, theme.dim];
            assert!(!looks.contains(&theme.hit));
            assert!(!theme.hit.add_modifier.contains(Modifier::REVERSED));
        }
    }
}
