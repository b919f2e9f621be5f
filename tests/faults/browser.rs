//! The browser of rows that sign in: it opens the address at once, before anything else can happen, and goes wherever it is
//! sent.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

use switchboard::session::auth::Browser;
use tokio::sync::Notify;
use url::Url;

/// What the browsers of a row did.
#[derive(Clone, Default)]
pub(crate) struct Visited {
    done: Arc<Mutex<Vec<String>>>,
    pages: Arc<Mutex<Vec<String>>>,
    /// Told when one ended at a page.
    pub(crate) shown: Arc<Notify>,
}

impl Visited {
    pub(crate) fn all(&self) -> Vec<String> {
        self.done.lock().unwrap().clone()
    }

    /// The pages they ended at.
    pub(crate) fn pages(&self) -> Vec<String> {
        self.pages.lock().unwrap().clone()
    }

    fn add(&self, words: &str) {
        self.done.lock().unwrap().push(words.to_owned());
    }
}

impl Browser for Visited {
    /// Knocks at the callback before anything else: it has to be open before the browser is.
    fn open(&self, address: &str) -> bool {
        let Ok(address) = Url::parse(address) else {
            self.add("an address that is none");
            return false;
        };
        let back = address.query_pairs().find(|(name, _)| name == "redirect_uri");
        let back = back.and_then(|(_, value)| Url::parse(&value).ok());
        let knocked = back.and_then(|back| TcpStream::connect((back.host_str()?, back.port()?)).ok());
        let Some(callback) = knocked else {
            self.add("a callback that nobody listens at");
            return true;
        };
        drop(callback);
        self.add("opened");
        let visited = self.clone();
        std::thread::spawn(move || match follow(address) {
            Some(page) => {
                visited.pages.lock().unwrap().push(page);
                visited.shown.notify_one();
            }
            None => visited.add("lost"),
        });
        true
    }
}

fn follow(from: Url) -> Option<String> {
    let mut address = from;
    for _ in 0..4 {
        let (head, page) = get(&address)?;
        let location = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("location").then(|| value.trim().to_owned())
        });
        match location {
            Some(location) => address = address.join(&location).ok()?,
            None => return Some(page),
        }
    }
    None
}

/// The head and, where it leads nowhere else, the page at an address.
fn get(address: &Url) -> Option<(String, String)> {
    let mut socket = TcpStream::connect((address.host_str()?, address.port()?)).ok()?;
    let path = match address.query() {
        Some(query) => format!("{}?{query}", address.path()),
        None => address.path().to_owned(),
    };
    let host = address.host_str()?;
    write!(socket, "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").ok()?;
    let mut head = Vec::new();
    let mut some = [0; 4096];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        let count = socket.read(&mut some).ok()?;
        if count == 0 {
            break;
        }
        head.extend_from_slice(&some[..count]);
    }
    let text = String::from_utf8_lossy(&head).into_owned();
    let (head, page) = text.split_once("\r\n\r\n")?;
    let mut page = page.to_owned();
    if !head.to_ascii_lowercase().contains("\r\nlocation:") {
        // The one who shows a page ends the connection after it.
        socket.read_to_string(&mut page).ok()?;
    }
    Some((head.to_owned(), page))
}
