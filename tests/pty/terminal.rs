//! A terminal for tests: the program on one side, keys and a screen to read on the other. Waits for what is on the screen,
//! never for a time to pass; a wait that takes too long fails with the screen.

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// Longer than anything here may take on a busy machine; only a failing test waits so long.
const LIMIT: Duration = Duration::from_secs(30);
/// Without a byte for this long the screen is at rest. Longer than two keys of a hasty typist are apart.
const REST: Duration = Duration::from_millis(40);

pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    pub(crate) raw: Vec<u8>,
    pub(crate) home: std::sync::Arc<tempfile::TempDir>,
}

fn some(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).unwrap()
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

impl Terminal {
    /// Starts the program with these arguments, its files in a folder of its own.
    pub(crate) fn start(cols: u16, rows: u16, term: &str, arguments: &[&str]) -> Self {
        Self::run(cols, rows, term, env!("CARGO_BIN_EXE_switchboard"), arguments)
    }

    /// Starts a shell with job control.
    pub(crate) fn shell(cols: u16, rows: u16) -> Self {
        Self::run(cols, rows, "xterm-256color", "bash", &["--norc", "--noprofile", "-i"])
    }

    /// Starts the program again where another one kept its files.
    pub(crate) fn again(&self, arguments: &[&str]) -> Self {
        let program = env!("CARGO_BIN_EXE_switchboard");
        Self::run_in(std::sync::Arc::clone(&self.home), 100, 30, "xterm-256color", program, arguments)
    }

    /// Starts the program with its files in a folder that is there.
    pub(crate) fn at(
        home: std::sync::Arc<tempfile::TempDir>,
        cols: u16,
        rows: u16,
        arguments: &[&str],
    ) -> Self {
        Self::run_in(home, cols, rows, "xterm-256color", env!("CARGO_BIN_EXE_switchboard"), arguments)
    }

    fn run(cols: u16, rows: u16, term: &str, program: &str, arguments: &[&str]) -> Self {
        Self::run_in(tempfile::tempdir().unwrap().into(), cols, rows, term, program, arguments)
    }

    fn run_in(
        home: std::sync::Arc<tempfile::TempDir>,
        cols: u16,
        rows: u16,
        term: &str,
        program: &str,
        arguments: &[&str],
    ) -> Self {
        let pair = native_pty_system().openpty(size(cols, rows)).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env("TERM", term);
        command.env("NO_COLOR", "");
        for name in ["HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
            command.env(name, home.path());
        }
        for name in ["INTERCOM_ACCESS_TOKEN", "SWITCHBOARD_TOKEN"] {
            command.env_remove(name);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let keys = pair.master.take_writer().unwrap();
        let output = read_all(pair.master.try_clone_reader().unwrap());
        let screen = vt100::Parser::new(some(rows), some(cols), 0);
        Self { child, master: pair.master, keys, output, screen, raw: Vec::new(), home }
    }

    pub(crate) fn text(&self) -> String {
        self.screen.screen().contents()
    }

    pub(crate) fn is_alternate(&self) -> bool {
        self.screen.screen().alternate_screen()
    }

    pub(crate) fn hides_cursor(&self) -> bool {
        self.screen.screen().hide_cursor()
    }

    pub(crate) fn brackets_paste(&self) -> bool {
        self.screen.screen().bracketed_paste()
    }

    fn take(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
        self.screen.process(bytes);
    }

    /// Waits until the screen is as wanted.
    pub(crate) fn until(&mut self, what: &str, wanted: impl Fn(&str) -> bool) {
        let mut quiet = 0;
        while !wanted(&self.text()) {
            match self.output.recv_timeout(REST) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => quiet += 1,
                Err(RecvTimeoutError::Disconnected) => panic!("ended before {what}:\n{}", self.text()),
            }
            assert!(REST * quiet < LIMIT, "never came: {what}\n{}", self.text());
        }
    }

    /// Waits for words on the screen.
    pub(crate) fn see(&mut self, words: &str) {
        self.until(words, |screen| screen.contains(words));
    }

    /// Takes what comes until nothing does.
    pub(crate) fn rest(&mut self) {
        while let Ok(bytes) = self.output.recv_timeout(REST) {
            self.take(&bytes);
        }
    }

    /// Sends bytes as a keyboard would.
    pub(crate) fn press(&mut self, bytes: &str) {
        self.keys.write_all(bytes.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Sends bytes to a program that may have ended.
    pub(crate) fn try_press(&mut self, bytes: &str) {
        let _ = self.keys.write_all(bytes.as_bytes()).and_then(|()| self.keys.flush());
    }

    pub(crate) fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Types as fingers do, one key after the other.
    pub(crate) fn fingers(&mut self, text: &str) {
        for letter in text.chars() {
            self.press(letter.encode_utf8(&mut [0; 4]));
            self.rest();
        }
    }

    pub(crate) fn resize(&mut self, cols: u16, rows: u16) {
        self.screen.screen_mut().set_size(some(rows), some(cols));
        self.master.resize(size(cols, rows)).unwrap();
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits for the end of the program and takes the last of its output.
    pub(crate) fn end(&mut self) -> ExitStatus {
        let mut quiet = 0;
        loop {
            match self.output.recv_timeout(REST) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => quiet += 1,
            }
            assert!(REST * quiet < LIMIT, "does not end:\n{}", self.text());
        }
        self.child.wait().unwrap()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn read_all(mut from: Box<dyn Read + Send>) -> Receiver<Vec<u8>> {
    let (told, output) = sync_channel(1024);
    std::thread::spawn(move || {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(read @ 1..) = from.read(&mut buffer) {
            if told.send(buffer[..read].to_vec()).is_err() {
                return;
            }
        }
    });
    output
}
