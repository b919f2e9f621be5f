//! Reading lines as they come, from a file or standard input, on a thread of its own, because reading blocks. Owns the cap on a
//! line; refuses to read ahead further than is asked for.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal as _, Read};
use std::path::Path;

use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::exit::{Exit, Refusal};
use super::output::tell;

/// Bytes of one line; as many as a call may reasonably hold.
const LONGEST: usize = 32 * 1024 * 1024;
/// Lines that are read ahead.
const AHEAD: usize = 4;

/// What came. Lines count from 1; blank ones are passed over.
#[derive(Debug)]
pub(super) enum Input {
    /// A line.
    Line(u64, String),
    /// A line that was longer than may be; passed over to its end.
    TooLong(u64),
    /// It cannot be read any further.
    Broken(io::Error),
}

/// The lines of a file, `-` for standard input.
pub(super) fn lines(file: &Path) -> Result<Receiver<Input>, Refusal> {
    let (sender, lines) = channel(AHEAD);
    if file.as_os_str() == "-" {
        if io::stdin().is_terminal() {
            tell("The calls are read from this terminal, one JSON object a line; Ctrl-D ends them.");
        }
        std::thread::spawn(move || read(BufReader::new(io::stdin()), LONGEST, &sender));
        return Ok(lines);
    }
    let opened = File::open(file)
        .map_err(|error| Refusal::new(Exit::Usage, format!("{} cannot be read: {error}.", file.display())))?;
    std::thread::spawn(move || read(BufReader::new(opened), LONGEST, &sender));
    Ok(lines)
}

fn read(mut from: impl BufRead, longest: usize, to: &Sender<Input>) {
    for number in 1.. {
        let input = match line(&mut from, longest) {
            Ok(None) => return,
            Ok(Some(Some(text))) if text.trim().is_empty() => continue,
            Ok(Some(Some(text))) => Input::Line(number, text),
            Ok(Some(None)) => Input::TooLong(number),
            Err(error) => Input::Broken(error),
        };
        let broken = matches!(input, Input::Broken(_));
        if to.blocking_send(input).is_err() || broken {
            return;
        }
    }
}

/// The next line; `Some(None)` for one that is too long, `None` at the end. Bytes that are no UTF-8 become `�`, which JSON takes
/// inside of its texts.
#[expect(
    clippy::option_option,
    reason = "the end of the input and a line that is passed over are not the same"
)]
fn line(from: &mut impl BufRead, longest: usize) -> io::Result<Option<Option<String>>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(longest).unwrap_or(u64::MAX).saturating_add(1);
    let read = from.by_ref().take(most).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    if read <= longest || bytes.ends_with(b"\n") {
        return Ok(Some(Some(String::from_utf8_lossy(&bytes).into_owned())));
    }
    loop {
        bytes.clear();
        let more = from.by_ref().take(most).read_until(b'\n', &mut bytes)?;
        if more == 0 || bytes.ends_with(b"\n") {
            return Ok(Some(None));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_and_capped() {
        let (sender, mut lines) = channel(16);
        read(&b"one\n\n  \r\ntoo long for us\nfive\xff"[..], 6, &sender);
        drop(sender);
        let mut seen = Vec::new();
        while let Ok(input) = lines.try_recv() {
            seen.push(match input {
                Input::Line(number, text) => format!("{number} {}", text.trim_end()),
                Input::TooLong(number) => format!("{number} too long"),
                Input::Broken(error) => error.to_string(),
            });
        }
        assert_eq!(seen, ["1 one", "4 too long", "5 five\u{fffd}"]);
    }
}
