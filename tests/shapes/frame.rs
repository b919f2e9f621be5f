//! What has to be true of every frame, and of the bytes that it becomes.

use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The text of a row, without what stands under wide characters.
pub(crate) fn row(buffer: &Buffer, y: u16) -> String {
    let (mut x, mut text) = (0, String::new());
    while x < buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        text.push_str(symbol);
        x += u16::try_from(symbol.width()).unwrap().max(1);
    }
    text
}

/// Whether a character may be in a cell.
fn is_safe(c: char) -> bool {
    let invisible = matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200C}' | '\u{200E}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}');
    !c.is_control() && !invisible
}

/// Every cell holds at most one grapheme of at most two cells and nothing unsafe; every row is exactly as wide as the window.
pub(crate) fn check(buffer: &Buffer, what: &str) {
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            if matches!(symbol.as_bytes(), [b' '..=b'~']) || matches!(symbol, "─" | "│") {
                x += 1;
                continue;
            }
            let cells = u16::try_from(symbol.width()).unwrap();
            assert!(symbol.chars().all(is_safe), "{what}: {symbol:?} in {:?}", row(buffer, y));
            assert!(symbol.graphemes(true).count() <= 1 && cells <= 2, "{what}: {symbol:?}");
            let marks = symbol.chars().filter(|c| c.width() == Some(0)).count();
            assert!(marks <= 12, "{what}: {marks} marks in one cell of {:?}", row(buffer, y));
            x += cells.max(1);
        }
        assert_eq!(
            x,
            buffer.area.width,
            "{what}: a wide character leaves the window in {:?}",
            row(buffer, y)
        );
    }
}

/// The bytes that the frame becomes hold nothing but moves, looks and the cells themselves.
pub(crate) fn check_bytes(buffer: &Buffer, what: &str) {
    let mut bytes = Vec::new();
    {
        let mut out = CrosstermBackend::new(&mut bytes);
        let cells = (0..buffer.area.height)
            .flat_map(|y| (0..buffer.area.width).map(move |x| (x, y, &buffer[(x, y)])));
        out.draw(cells).unwrap();
        Backend::flush(&mut out).unwrap();
    }
    let text = String::from_utf8(bytes).unwrap();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(|c: char| c.is_control()) {
        let sequence = &rest[at..];
        let body = sequence.strip_prefix("\u{1b}[").unwrap_or_else(|| panic!("{what}: {:?}", &sequence[..8]));
        let end = body.find(|c: char| !c.is_ascii_digit() && c != ';' && c != ':').unwrap();
        assert!(matches!(body.as_bytes()[end], b'm' | b'H'), "{what}: {:?}", &sequence[..end + 3]);
        rest = &body[end + 1..];
    }
}

/// The columns of a dividing line are whole: whatever stands beside it did not push it away.
pub(crate) fn check_divider(buffer: &Buffer, x: u16, rows: std::ops::Range<u16>, what: &str) {
    for y in rows {
        let symbol = buffer[(x, y)].symbol();
        assert!(matches!(symbol, "│" | "├" | "┤" | "┼"), "{what}: {symbol:?} at {x} in {:?}", row(buffer, y));
    }
}
