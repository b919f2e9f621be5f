//! Server-sent events out of bytes, as the HTML standard reads them, and one thing more: a last event without its blank
//! line counts. Owns the cap of one event; every byte is looked at once, however the pieces fall.

use std::mem::take;

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Event {
    /// Its type; empty for `message`.
    pub(super) kind: String,
    /// Its data; empty for an event that only primes a resumption.
    pub(super) data: String,
    /// Its id, when it had one.
    pub(super) id: Option<String>,
    /// Milliseconds to wait before the next try.
    pub(super) retry: Option<u64>,
}

/// An event is larger than is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// Reads the events of one stream.
pub(super) struct Events {
    most: usize,
    line: Vec<u8>,
    data: Vec<u8>,
    event: Event,
    any: bool,
    begun: bool,
    after_cr: bool,
}

impl Events {
    /// For events of at most so many bytes.
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            line: Vec::new(),
            data: Vec::new(),
            event: Event::default(),
            any: false,
            begun: false,
            after_cr: false,
        }
    }

    /// Takes a piece and adds the events that it completes.
    pub(super) fn push(&mut self, bytes: &[u8], events: &mut Vec<Event>) -> Result<(), TooLarge> {
        let mut rest = bytes;
        while !rest.is_empty() {
            if take(&mut self.after_cr) && rest[0] == b'\n' {
                rest = &rest[1..];
                continue;
            }
            let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let piece = &rest[..end.unwrap_or(rest.len())];
            if self.line.len() + self.data.len() + piece.len() > self.most {
                return Err(TooLarge);
            }
            self.line.extend_from_slice(piece);
            let Some(end) = end else { break };
            self.after_cr = rest[end] == b'\r';
            rest = &rest[end + 1..];
            events.extend(self.line_ended());
        }
        Ok(())
    }

    /// The event that was under way when the stream ended.
    pub(super) fn end(&mut self) -> Option<Event> {
        let last = self.line_ended();
        last.or_else(|| self.line_ended())
    }

    fn line_ended(&mut self) -> Option<Event> {
        let mut line = take(&mut self.line);
        if !take_first(&mut self.begun) && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        if line.is_empty() {
            return self.event_ended();
        }
        let colon = line.iter().position(|byte| *byte == b':');
        let (name, value) = match colon {
            Some(at) => (&line[..at], line[at + 1..].strip_prefix(b" ").unwrap_or(&line[at + 1..])),
            None => (&line[..], &b""[..]),
        };
        self.field(name, value);
        line.clear();
        self.line = line;
        None
    }

    fn field(&mut self, name: &[u8], value: &[u8]) {
        let text = || String::from_utf8_lossy(value).into_owned();
        match name {
            b"data" => {
                if self.data.is_empty() {
                    self.data.reserve(value.len() + 1);
                }
                self.data.extend_from_slice(value);
                self.data.push(b'\n');
            }
            b"event" => self.event.kind = text(),
            b"id" if !value.contains(&0) => self.event.id = Some(text()),
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                self.event.retry = Some(text().parse().unwrap_or(u64::MAX));
            }
            _ => return,
        }
        self.any = true;
    }

    fn event_ended(&mut self) -> Option<Event> {
        if !take(&mut self.any) {
            return None;
        }
        let mut data = take(&mut self.data);
        if data.last() == Some(&b'\n') {
            data.pop();
        }
        let data = String::from_utf8(data)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        Some(Event { data, ..take(&mut self.event) })
    }
}

/// What it was before, set from now on.
fn take_first(flag: &mut bool) -> bool {
    std::mem::replace(flag, true)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(pieces: &[&[u8]]) -> Vec<Event> {
        let mut events = Events::new(1_000);
        let mut out = Vec::new();
        for piece in pieces {
            events.push(piece, &mut out).unwrap();
        }
        out.extend(events.end());
        out
    }

    fn data(events: &[Event]) -> Vec<&str> {
        events.iter().map(|event| event.data.as_str()).collect()
    }

    #[test]
    fn reads_what_the_standard_says() {
        let table: [(&[u8], &[&str]); 12] = [
            (b"data: a\n\ndata: b\n\n", &["a", "b"]),
            (b"data: a\r\rdata: b\r\r", &["a", "b"]),
            (b"data: a\r\n\r\ndata: b\r\n\r\n", &["a", "b"]),
            (b"\xef\xbb\xbfdata: a\n\n", &["a"]),
            (b": comment\n\n:\n\ndata: a\n\n", &["a"]),
            (b"data:x\ndata:  y\n\n", &["x\n y"]),
            (b"data\n\n", &[""]),
            (b"id: 1\nretry: 5\ndata:\n\n", &[""]),
            (b"data: last", &["last"]),
            (b"data: last\n", &["last"]),
            (b"nonsense: 1\n\n", &[]),
            (b"data: \xff\n\n", &["\u{fffd}"]),
        ];
        for (bytes, wanted) in table {
            assert_eq!(data(&read(&[bytes])), wanted, "{bytes:?}");
        }
        let priming = &read(&[b"event: ping\nid: 7\nretry: 500\ndata:\n\n"])[0];
        assert_eq!(
            (priming.kind.as_str(), priming.id.as_deref(), priming.retry),
            ("ping", Some("7"), Some(500))
        );
    }

    #[test]
    fn one_event_is_capped_and_many_are_not() {
        let mut events = Events::new(10);
        let mut out = Vec::new();
        for _ in 0..100 {
            events.push(b"data: a\n\n", &mut out).unwrap();
        }
        assert_eq!(out.len(), 100);
        assert_eq!(events.push(b"data: aaaaaaaa", &mut out), Err(TooLarge));
        let mut many = Events::new(30);
        let lines = b"data: aaaaaaaa\n".repeat(4);
        assert_eq!(many.push(&lines, &mut out), Err(TooLarge));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn pieces_may_fall_anywhere(
            lines in proptest::collection::vec("(data|id|retry|event|x)?:? ?[a-zé€😀0-9]{0,6}(\n|\r|\r\n)", 0..20),
            cuts in proptest::collection::vec(0_usize..200, 0..6),
        ) {
            let whole = lines.concat().into_bytes();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(whole.len())).collect();
            cuts.extend([0, whole.len()]);
            cuts.sort_unstable();
            let pieces: Vec<&[u8]> = cuts.windows(2).map(|pair| &whole[pair[0]..pair[1]]).collect();
            prop_assert_eq!(read(&pieces), read(&[&whole]));
        }
    }
}
