//! A person with a browser and a machine to sign in on.

use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use http::HeaderMap;
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use url::Url;

use super::server::Server;
use crate::domain::account::Step;
use crate::domain::call::Fault;
use crate::session::Limits;
use crate::session::auth::{Account, Authorization, Browser, Client, Options, Way};
use crate::session::secrets::Secrets;
use crate::session::tap::Tap;

/// A browser whose person says yes to everything. It is done before `open` returns: whoever binds the callback later loses.
#[derive(Clone)]
pub(super) struct Person {
    client: reqwest::Client,
    /// Status and text of the pages that were shown at the end.
    pub(super) pages: Arc<Mutex<Vec<(u16, String)>>>,
    /// The addresses that were opened.
    pub(super) opened: Arc<Mutex<Vec<String>>>,
    /// Whether the browser works.
    pub(super) works: bool,
}

impl Browser for Person {
    fn open(&self, address: &str) -> bool {
        self.opened.lock().unwrap().push(address.to_owned());
        if !self.works {
            return false;
        }
        let request = self.client.get(address);
        let page = Handle::current().block_on(async {
            let response = request.send().await.unwrap();
            (response.status().as_u16(), response.text().await.unwrap())
        });
        self.pages.lock().unwrap().push(page);
        true
    }
}

/// Everything that is written to it.
#[derive(Clone, Default)]
pub(super) struct Written(pub(super) Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

pub(super) struct World {
    pub(super) server: Server,
    pub(super) folder: TempDir,
    pub(super) person: Person,
    pub(super) steps: Arc<Mutex<Vec<Step>>>,
    pub(super) record: Written,
    pub(super) secrets: Secrets,
    pub(super) tap: Tap,
}

/// A client that trusts no certificate and uses no proxy: all is on loopback.
pub(super) fn client() -> reqwest::Client {
    reqwest::Client::builder().tls_certs_only([]).no_proxy().build().unwrap()
}

impl World {
    pub(super) async fn new() -> Self {
        let (secrets, record) = (Secrets::default(), Written::default());
        let tap = Tap::new(secrets.clone(), None, Some(Box::new(record.clone())));
        let person = Person { client: client(), pages: Arc::default(), opened: Arc::default(), works: true };
        Self {
            server: Server::start().await,
            folder: tempfile::tempdir().unwrap(),
            person,
            steps: Arc::default(),
            record,
            secrets,
            tap,
        }
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.folder.path().join("accounts")
    }

    pub(super) fn options(&self) -> Options {
        Options {
            name: "here".into(),
            endpoint: Url::parse(&self.server.endpoint()).unwrap(),
            folder: Some(self.folder()),
            keyring: false,
            mcp_remote: None,
            client: Client::default(),
            browser: Arc::new(self.person.clone()),
            at_once: true,
            tap: self.tap.clone(),
            limits: Limits::default(),
        }
    }

    pub(super) fn account(&self) -> Account {
        self.with(|_| {})
    }

    pub(super) fn with(&self, change: impl FnOnce(&mut Options)) -> Account {
        let mut options = self.options();
        change(&mut options);
        let account = Account::open(options).unwrap();
        let steps = Arc::clone(&self.steps);
        account.listen(Arc::new(move |step| steps.lock().unwrap().push(step)));
        account
    }

    /// Calls the endpoint as the wire does, and counts the calls it took.
    pub(super) async fn call(&self, account: &Account) -> Result<usize, Fault> {
        for count in 1..10 {
            let sent = account.authorization().await?;
            let (status, headers) = self.post(sent.as_ref()).await;
            if status == 200 {
                return Ok(count);
            }
            account.challenged(status, &headers, sent.as_ref()).await?;
        }
        panic!("refused again and again");
    }

    pub(super) async fn post(&self, sent: Option<&Authorization>) -> (u16, HeaderMap) {
        let mut request = self.person.client.post(self.server.endpoint());
        if let Some(sent) = sent {
            request = request.header("authorization", sent.value());
        }
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.headers().clone())
    }

    /// The last address that was opened, a query parameter of it.
    pub(super) fn opened(&self, name: &str) -> Option<String> {
        let address = self.person.opened.lock().unwrap().last().cloned()?;
        let address = Url::parse(&address).unwrap();
        address.query_pairs().find(|(one, _)| one == name).map(|(_, value)| value.into_owned())
    }

    pub(super) fn times_opened(&self) -> usize {
        self.person.opened.lock().unwrap().len()
    }

    /// An account whose steps can be waited for.
    pub(super) fn watched(&self, change: impl FnOnce(&mut Options)) -> (Account, mpsc::Receiver<Step>) {
        let account = self.with(change);
        let (sender, receiver) = mpsc::channel(32);
        account.listen(Arc::new(move |step| sender.try_send(step).unwrap()));
        (account, receiver)
    }
}

pub(super) fn secret(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

/// Waits for the step at which a person must act.
pub(super) async fn until_browser(steps: &mut mpsc::Receiver<Step>) {
    while let Some(step) = steps.recv().await {
        if matches!(step, Step::Browser { .. }) {
            return;
        }
    }
    panic!("no browser step");
}

/// As if the last renewal was long ago.
pub(super) fn age(account: &Account) {
    let Way::Kept(kept) = &account.0 else { panic!("nothing is kept") };
    kept.note_renewed("");
}
