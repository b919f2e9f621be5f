//! The terminal's modes: taken at start, given back after quit, error, panic, signal and suspend.

use std::io::{self, BufWriter, Stdout, Write};

use crossterm::event::{DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

use crate::app::Model;
use crate::domain::text::width;

/// One frame rarely needs more; a larger one is written in pieces.
const BUFFER: usize = 64 * 1024;

/// The terminal while it is ours. Compares each frame with the one before and writes only the cells that differ; a frame
/// without a difference writes nothing at all.
pub(super) struct Terminal {
    out: CrosstermBackend<BufWriter<Stdout>>,
    shown: Buffer,
    next: Buffer,
    given_back: bool,
}

/// Gives the terminal back. Harmless when it is not ours.
pub(super) fn restore() {
    let mut out = io::stdout();
    // From the top left corner: tmux, when the window grew meanwhile, otherwise leaves our last lines behind.
    let _ = execute!(
        out,
        EndSynchronizedUpdate,
        DisableFocusChange,
        DisableBracketedPaste,
        cursor::MoveTo(0, 0),
        Clear(ClearType::All),
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange, cursor::Hide)
}

/// A panic on the main thread gives the terminal back before it is told; on any other thread the console goes on and says
/// that its session is gone.
fn tell_panics() {
    let before = std::panic::take_hook();
    let console = std::thread::current().id();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().id() == console {
            restore();
            before(panic);
        }
    }));
}

/// Whether a cell holds more than one code point. Terminals disagree with us and with each other on how wide such a
/// cluster is, so the cell after it is always placed anew (a new run of cells begins with a move of the cursor).
fn is_joined(cell: &Cell) -> bool {
    let mut points = cell.symbol().chars();
    points.next().is_some() && points.next().is_some()
}

/// The cells to write, by rows. A row that holds or held a cluster of code points is written whole, because some of it may
/// stand where we do not think it does.
fn changes<'a>(shown: &Buffer, next: &'a Buffer) -> Vec<(u16, u16, &'a Cell)> {
    let differing = shown.diff(next);
    let columns = usize::from(next.area.width.max(1));
    let row = |buffer: &Buffer, y: u16| {
        let start = usize::from(y) * columns;
        buffer.content.get(start..start + columns).is_some_and(|cells| cells.iter().any(is_joined))
    };
    let mut all = Vec::with_capacity(differing.len());
    for cells in differing.chunk_by(|(_, above, _), (_, y, _)| above == y) {
        let Some(&(_, y, _)) = cells.first() else { continue };
        if row(shown, y) || row(next, y) {
            all.extend(whole_row(next, y));
        } else {
            all.extend_from_slice(cells);
        }
    }
    all
}

/// Every cell of a row, without those that a wide one covers.
fn whole_row(buffer: &Buffer, y: u16) -> Vec<(u16, u16, &Cell)> {
    let mut cells = Vec::with_capacity(usize::from(buffer.area.width));
    let mut x = 0;
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        cells.push((x, y, cell));
        x += u16::try_from(width(cell.symbol())).unwrap_or(1).max(1);
    }
    cells
}

impl Terminal {
    /// Takes the terminal and finds out its size.
    pub(super) fn open() -> io::Result<Self> {
        tell_panics();
        take().inspect_err(|_| restore())?;
        let out = CrosstermBackend::new(BufWriter::with_capacity(BUFFER, io::stdout()));
        Ok(Self { out, shown: Buffer::default(), next: Buffer::default(), given_back: false })
    }

    /// Columns and rows as the terminal says now; 0 when it does not say.
    pub(super) fn size() -> (u16, u16) {
        crossterm::terminal::size().unwrap_or((0, 0))
    }

    /// Puts one frame on the screen, of the size that the model knows.
    pub(super) fn draw(&mut self, model: &Model) -> io::Result<()> {
        let frame = model.shell.frame;
        let area = Rect::new(0, 0, frame.body.width, frame.rows());
        if area != self.shown.area {
            self.shown.resize(area);
            self.forget();
        }
        self.next.resize(area);
        self.next.reset();
        crate::ui::paint(&mut self.next, model);
        let changed = changes(&self.shown, &self.next);
        if changed.is_empty() {
            return Ok(());
        }
        queue!(self.out, BeginSynchronizedUpdate)?;
        for run in changed.chunk_by(|(_, _, before), _| !is_joined(before)) {
            self.out.draw(run.iter().copied())?;
        }
        execute!(self.out, EndSynchronizedUpdate)?;
        std::mem::swap(&mut self.shown, &mut self.next);
        Ok(())
    }

    /// Forgets what is on the screen, so that the next frame paints every cell. Nothing is cleared first: that would
    /// flicker, and some terminals keep a cleared screen for the time after us.
    pub(super) fn forget(&mut self) {
        let unlike_any = Style::new().bg(Color::Rgb(1, 2, 3)).fg(Color::Rgb(3, 2, 1));
        self.shown.reset();
        self.shown.set_style(self.shown.area, unlike_any);
    }

    /// Asks the terminal to put text on the clipboard (OSC 52); works through SSH, and silently not at all in terminals
    /// that do not allow it.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        use crossterm::clipboard::CopyToClipboard;
        execute!(self.out, CopyToClipboard::to_clipboard_from(text))
    }

    /// Gives the terminal back for good. A second time does nothing.
    pub(super) fn give_back(&mut self) {
        if !std::mem::replace(&mut self.given_back, true) {
            let _ = Write::flush(&mut self.out);
            restore();
        }
    }

    /// Gives the terminal back while another program has it; returns its modes.
    pub(super) fn lend(&mut self) -> io::Result<Option<Termios>> {
        Write::flush(&mut self.out)?;
        restore();
        Ok(tcgetattr(io::stdin()).ok())
    }

    /// Takes the terminal again, in the modes that it was lent in: a program that failed may have left others.
    pub(super) fn take_back(&mut self, modes: Option<Termios>) -> io::Result<()> {
        if let Some(modes) = modes {
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, &modes);
        }
        take()?;
        self.forget();
        Ok(())
    }

    /// Gives the terminal back and stops the process; returns once it was continued.
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        Write::flush(&mut self.out)?;
        restore();
        super::signals::stop_here();
        take()?;
        self.forget();
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.give_back();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(before: &str, after: &str) -> Vec<u16> {
        let [shown, next] = [before, after].map(|line| Buffer::with_lines([line]));
        changes(&shown, &next).iter().map(|(x, _, _)| *x).collect()
    }

    #[test]
    fn plain_rows_write_what_differs() {
        assert_eq!(written("abcd", "abXd"), [2]);
        assert_eq!(written("abcd", "abcd"), [] as [u16; 0]);
    }

    #[test]
    fn a_row_with_a_cluster_is_written_whole_before_and_after() {
        assert_eq!(written("    ", "\u{930}\u{93e}x "), [0, 2, 3]);
        assert_eq!(written("\u{930}\u{93e}x ", "    "), [0, 1, 2, 3]);
        assert_eq!(written("船e\u{301}x", "船e\u{301}y"), [0, 2, 3]);
    }
}
