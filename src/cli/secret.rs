//! Reading a secret that a person types or a program pipes in. Owns that it is not echoed and that the terminal is given back;
//! refuses the command line, which others can read.

use std::io::{self, IsTerminal, Read, Write};

use secrecy::SecretString;

use super::exit::{Exit, Refusal};

/// Bytes of a secret; tokens are a few hundred.
const LONGEST: usize = 64 * 1024;

/// A secret from the terminal, not echoed, or from standard input where that is a pipe.
pub(super) fn read(words: &str) -> Result<SecretString, Refusal> {
    let read = if io::stdin().is_terminal() { typed(words) } else { piped() };
    let secret =
        read.map_err(|error| Refusal::new(Exit::Error, format!("Nothing could be read: {error}.")))?;
    match secret.trim() {
        "" => Err(Refusal::new(Exit::Declined, "Nothing was given, so nothing was kept.")),
        secret if secret.chars().all(|c| c.is_ascii_graphic()) => Ok(secret.to_owned().into()),
        _ => {
            let sentence =
                "A token has no blanks, no control characters and only plain letters; nothing was kept.";
            Err(Refusal::new(Exit::Usage, sentence).hint("Copy it again, all of it and nothing else."))
        }
    }
}

fn piped() -> io::Result<String> {
    let mut secret = String::new();
    let most = u64::try_from(LONGEST).unwrap_or(u64::MAX);
    io::stdin().lock().take(most).read_to_string(&mut secret)?;
    Ok(secret)
}

/// Gives the terminal back however the reading ends.
struct Quiet;

impl Quiet {
    fn begin() -> io::Result<Self> {
        crossterm::terminal::enable_raw_mode()?;
        Ok(Self)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        // There is nothing left to try when this fails.
        let _ = crossterm::terminal::disable_raw_mode();
        let _ = writeln!(io::stderr());
    }
}

fn typed(words: &str) -> io::Result<String> {
    let mut err = io::stderr();
    // Before the prompt: whoever pastes at once is not echoed either.
    let _quiet = Quiet::begin()?;
    write!(err, "{words}").and_then(|()| err.flush())?;
    Ok(keys(io::stdin().lock().bytes()))
}

/// What was typed up to Enter. Escape, Ctrl-C and Ctrl-D give up.
fn keys(bytes: impl Iterator<Item = io::Result<u8>>) -> String {
    let mut secret = Vec::new();
    for byte in bytes {
        match byte {
            Ok(b'\r' | b'\n') => break,
            Ok(0x03 | 0x04 | 0x1b) | Err(_) => return String::new(),
            Ok(0x08 | 0x7f) => drop(secret.pop()),
            Ok(0x15) => secret.clear(),
            Ok(byte) if secret.len() < LONGEST => secret.push(byte),
            Ok(_) => {}
        }
    }
    String::from_utf8(secret).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_a_secret() {
        let typed = |text: &str| keys(text.bytes().map(Ok));
        assert_eq!(typed("abc\rd"), "abc");
        assert_eq!(typed("abx\x7fc\n"), "abc");
        assert_eq!(typed("wrong\x15abc\n"), "abc");
        assert_eq!(typed("abc\x03"), "");
        assert_eq!(typed("abc\x1b[A\r"), "");
    }
}
