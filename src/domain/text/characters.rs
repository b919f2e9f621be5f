//! What kind of character one is, for showing it safely. No strings here, only single scalar values.

use unicode_width::UnicodeWidthChar as _;

/// Stands where an escape sequence was removed.
pub(super) const ESCAPE_MARK: char = '␛';
/// Stands where other unshowable characters were removed.
pub(super) const REMOVED_MARK: char = '\u{FFFD}';
/// Joins emoji into one picture; forbidden anywhere else.
pub(super) const JOINER: char = '\u{200D}';
/// The most zero-width characters that may stand on one base: Vietnamese, Hebrew and decomposed Hangul need fewer.
pub(super) const MARKS_ON_A_BASE: u8 = 4;
/// The most joins in one emoji: a family of four has three, a kiss three.
pub(super) const JOINS_IN_AN_EMOJI: u8 = 6;

/// What showing a character takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Shown as it is.
    Plain,
    /// A line break, CR included.
    Break,
    /// A horizontal tab.
    Tab,
    /// Starts an escape sequence (ESC or one of the one-character introducers of C1).
    Escape,
    /// Joins emoji; forbidden elsewhere.
    Joiner,
    /// Chooses between text and emoji style (U+FE0E, U+FE0F).
    Style,
    /// Takes no cell and stands on the character before it.
    Mark,
    /// Never shown.
    Forbidden,
}

/// The kind of `character`.
pub(super) fn kind(character: char) -> Kind {
    match character {
        ' '..='~' => Kind::Plain,
        '\t' => Kind::Tab,
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Kind::Break,
        '\u{1B}' | '\u{90}' | '\u{98}' | '\u{9B}' | '\u{9D}'..='\u{9F}' => Kind::Escape,
        JOINER => Kind::Joiner,
        '\u{FE0E}' | '\u{FE0F}' => Kind::Style,
        _ if forbidden(character) => Kind::Forbidden,
        _ if character.width() == Some(0) => Kind::Mark,
        _ => Kind::Plain,
    }
}

/// Controls, format and bidirectional controls, invisible fillers, tags, variation selectors, noncharacters.
fn forbidden(character: char) -> bool {
    character.is_control() || invisible(character) || u32::from(character) & 0xFFFE == 0xFFFE
}

/// Characters that show nothing and change what surrounds them (default-ignorable code points, Unicode 16, and the
/// format controls of single scripts). The style selectors and the joiner are judged before.
fn invisible(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FE00}'..='\u{FE0D}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{13430}'..='\u{1343F}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether `character` is a picture that a joiner or a style selector may follow (close to Unicode's
/// `Extended_Pictographic`; being generous costs nothing but a kept joiner between two symbols).
pub(super) fn pictograph(character: char) -> bool {
    matches!(character,
        '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '\u{2190}'..='\u{21FF}' | '\u{2300}'..='\u{23FF}'
        | '\u{24C2}' | '\u{25A0}'..='\u{27BF}' | '\u{2934}'..='\u{2935}' | '\u{2B00}'..='\u{2BFF}'
        | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}' | '\u{1F000}'..='\u{1F3FA}'
        | '\u{1F400}'..='\u{1FAFF}')
}

/// Whether a style selector means something after `character`.
pub(super) fn styled(character: char) -> bool {
    pictograph(character) || matches!(character, '0'..='9' | '#' | '*')
}

/// Whether `character` only changes the skin tone of the emoji before it.
pub(super) fn skin_tone(character: char) -> bool {
    matches!(character, '\u{1F3FB}'..='\u{1F3FF}')
}
