//! A demo server in this process, and the program beside it with nobody's home but its own.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use switchboard::demo::{Options, Running, start};
use tokio::runtime::Runtime;

/// Some moment of the demo's present: 2026-11-02.
const NOW: i64 = 1_793_600_000;

/// Variables of the person who runs the tests that must not reach the program.
pub(crate) const OTHERS: [&str; 9] = [
    "INTERCOM_ACCESS_TOKEN",
    "SWITCHBOARD_TOKEN",
    "INTERCOM_AUTH_HEADER",
    "SWITCHBOARD_CLIENT_ID",
    "SWITCHBOARD_CLIENT_SECRET",
    "MCP_REMOTE_CONFIG_DIR",
    "BROWSER",
    "DISPLAY",
    "WAYLAND_DISPLAY",
];

pub(crate) struct World {
    pub(crate) home: tempfile::TempDir,
    url: String,
    pub(crate) server: Running,
    runtime: Runtime,
}

/// What came of one run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Each line of the output as JSON.
    pub(crate) fn lines(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub(crate) fn says(&self, code: i32, words: &str) {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(self.err.contains(words), "{self:?}");
        assert_eq!(self.err.trim_end().lines().count(), 1, "{self:?}");
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl World {
    /// A server that takes any token, or none.
    pub(crate) fn open() -> Self {
        Self::guarded(None)
    }

    /// A server that takes this token only.
    pub(crate) fn guarded(token: Option<&str>) -> Self {
        Self::with(Options { token: token.map(str::to_owned), ..Options::default() })
    }

    /// A server with these options.
    pub(crate) fn with(options: Options) -> Self {
        let runtime = Runtime::new().unwrap();
        let options = Options { now: NOW, ..options };
        let server = runtime.block_on(start(options)).unwrap();
        let home = tempfile::tempdir().unwrap();
        Self { home, url: server.url(), server, runtime }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The program with these arguments, in this home.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_switchboard"));
        command.args(arguments).stdin(Stdio::null());
        for name in OTHERS {
            command.env_remove(name);
        }
        for name in ["HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
            command.env(name, self.home.path());
        }
        // No session bus: no keyring of anybody is asked.
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        command
    }

    /// Runs it against the server, without a terminal and without input.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let arguments = [&["--url", self.url()], arguments].concat();
        self.command(&arguments).output().unwrap().into()
    }

    /// Opens an address as a browser would, redirects followed.
    pub(crate) fn browse(&self, address: &str) {
        let visit = async { reqwest::get(address).await.map(|page| page.status()) };
        let status = self.runtime.block_on(visit).unwrap();
        assert!(status.is_success(), "{status}");
    }

    /// Every file in its home.
    pub(crate) fn files(&self) -> Vec<std::path::PathBuf> {
        let (mut files, mut folders) = (Vec::new(), vec![self.home.path().to_path_buf()]);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if entry.is_dir() { folders.push(entry) } else { files.push(entry) }
            }
        }
        files
    }

    /// Where an address leads, without going there.
    pub(crate) fn redirect(&self, address: &str) -> String {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let page = self.runtime.block_on(client.get(address).send()).unwrap();
        page.headers()["location"].to_str().unwrap().to_owned()
    }

    /// Runs it against the server with this on its standard input.
    pub(crate) fn feed(&self, arguments: &[&str], input: &str) -> Ran {
        let arguments = [&["--url", self.url()], arguments].concat();
        let mut command = self.command(&arguments);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // Dropped at once, so that the program sees the end.
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap().into()
    }
}
