//! Carries out one row: opens the session, makes the faulty calls, then one more, closes, and searches all that was written.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use switchboard::domain::account::Step;
use switchboard::domain::call::{CallId, End, Report};
use switchboard::domain::link::Link;
use switchboard::session::auth::{Account, Client, Options};
use switchboard::session::tap::Tap;
use switchboard::session::{Address, Request, Settings, StartError};
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, timeout};

use super::browser::Visited;
use super::desk::{Desk, Paper, bearer, tap};
use super::outcome::Outcome;
use super::planted::{self, BRIDGED, OWN, TOKEN};
use super::request::{self, Seen};
use super::row::{LIMIT, Row, Way, Who, fault_words};
use super::server::{Server, World};

/// How long a person has in front of the browser.
const PATIENCE: Duration = Duration::from_secs(15);

/// What a row runs in.
struct Stage {
    server: Server,
    folder: tempfile::TempDir,
    paper: Paper,
    visited: Visited,
    /// What overhears the sessions, for the end of the recording.
    taps: Mutex<Vec<Tap>>,
    /// Told when a person was told of an answer that did not belong to the sign-in.
    strayed: Arc<Notify>,
}

pub(crate) async fn run(row: &Row, way: Way) -> Outcome {
    let target = match way {
        Way::Read => "get_article",
        Way::Write => "update_article",
    };
    let stage = Stage {
        server: Server::start(target, Arc::clone(&row.play)).await,
        folder: tempfile::tempdir().unwrap(),
        paper: Paper::default(),
        visited: Visited::default(),
        taps: Mutex::default(),
        strayed: Arc::default(),
    };
    let mut outcome = Outcome {
        way,
        signing: String::new(),
        link: String::new(),
        first: Vec::new(),
        then: Vec::new(),
        seen: Vec::new(),
        left: 0,
        refreshed: Vec::new(),
        visited: Vec::new(),
        pages: Vec::new(),
        strayed: false,
        broken: Vec::new(),
        took: Duration::ZERO,
        ports: (stage.server.world.port, stage.server.world.other),
    };
    let since = Instant::now();
    if timeout(LIMIT, play(row, &stage, &mut outcome)).await.is_err() {
        outcome.broken.push(format!("hangs: not through within {} s", LIMIT.as_secs()));
    }
    outcome.took = since.elapsed();
    if row.hangs_up {
        let left = |world: &World| world.left.load(Ordering::SeqCst) > 0;
        stage.server.world.until(Duration::from_secs(10), left).await;
    }
    judge(&stage, &mut outcome);
    outcome
}

async fn play(row: &Row, stage: &Stage, outcome: &mut Outcome) {
    let seats: Vec<Seat> = (0..row.processes).map(|_| seat(row, stage)).collect();
    let signing = if row.everybody { seats.len() } else { 1 };
    let signed = seats[..signing].iter().map(|seat| signed_in(row, stage, &seat.account));
    for words in futures::future::join_all(signed).await {
        if outcome.signing.is_empty() || words != "signed in" {
            outcome.signing = words;
        }
    }
    let mut desks = Vec::new();
    for seat in seats {
        match open(row, stage, seat) {
            Ok(desk) => desks.push(desk),
            Err(error) => return outcome.broken.push(format!("does not start: {error}")),
        }
    }
    for desk in &mut desks {
        if !desk.settled(LIMIT).await {
            outcome.broken.push("the link is neither up nor down".to_owned());
        }
        outcome.link = match &desk.link {
            Some(Link::Up(_)) => "up".to_owned(),
            Some(Link::Down { fault, .. }) => format!("down {}", fault_words(fault)),
            _ => "nowhere".to_owned(),
        };
    }
    // The stream of its own is asked for beside everything else; it must have been for the rows to read the same each time.
    let world = &stage.server.world;
    if outcome.link == "up" && world.count(|seen| seen.header("mcp-session-id").is_some()) > 0 {
        let asked = |seen: &Seen| seen.http == "GET" && seen.bare_path() == "/mcp";
        world.until(Duration::from_secs(5), |world| world.count(asked) > 0).await;
    }
    faulty(row, &mut desks, outcome).await;
    next(&mut desks[0], outcome).await;
    if row.cancels && outcome.way == Way::Read {
        // It goes over a connection of its own, and whoever ends the session does not wait for it.
        let told = |seen: &Seen| seen.rpc == "notifications/cancelled";
        if !world.until(LIMIT, |world| world.count(told) > 0).await {
            outcome.broken.push("the server is not told that nobody waits".to_owned());
        }
    }
    for desk in &mut desks {
        desk.session.try_send(Request::Close).unwrap();
        if !desk.until(LIMIT, |desk| desk.closed).await {
            outcome.broken.push("does not close".to_owned());
        }
        one_end_each(desk, outcome);
    }
    if row.program.is_some() {
        outcome.seen = lines(stage);
    }
}

/// What a session is opened with.
struct Seat {
    account: Account,
    tap: Tap,
    reports: (mpsc::Sender<Report>, mpsc::Receiver<Report>),
}

fn seat(row: &Row, stage: &Stage) -> Seat {
    let reports = mpsc::channel(256);
    let tap = tap(&stage.paper, &reports.0);
    stage.taps.lock().unwrap().push(tap.clone());
    let account = match &row.who {
        Who::Token => bearer(&tap),
        Who::Browser(client) => kept(row, stage, &tap, client),
    };
    Seat { account, tap, reports }
}

fn open(row: &Row, stage: &Stage, seat: Seat) -> Result<Desk, StartError> {
    let endpoint = stage.server.address();
    let address = match row.program {
        Some(program) => {
            Address::Command(program(&stage.folder.path().join("lines"), stage.server.world.target))
        }
        None => Address::Http { endpoint: endpoint.clone(), transport: row.transport },
    };
    let (limits, tap) = (row.limits.clone(), seat.tap);
    let settings = Settings { address, limits, tap, ..Settings::new(endpoint, seat.account) };
    Desk::open(settings, stage.paper.clone(), seat.reports)
}

/// An account whose sign-in is kept in the stage's folder.
fn kept(row: &Row, stage: &Stage, tap: &Tap, client: &Client) -> Account {
    let account = Account::open(Options {
        name: "misbehaving".to_owned(),
        endpoint: stage.server.address(),
        folder: Some(stage.folder.path().to_owned()),
        keyring: false,
        mcp_remote: None,
        client: client.clone(),
        browser: Arc::new(stage.visited.clone()),
        at_once: false,
        tap: tap.clone(),
        limits: row.limits.clone(),
    })
    .unwrap();
    let paper = stage.paper.clone();
    let strayed = Arc::clone(&stage.strayed);
    account.listen(Arc::new(move |step| {
        paper.add(&format!("{step:?}\n"));
        if matches!(step, Step::Stray(_)) {
            strayed.notify_one();
        }
    }));
    account
}

/// How a sign-in ended, in words; none where nobody signs in.
async fn signed_in(row: &Row, stage: &Stage, account: &Account) -> String {
    if matches!(row.who, Who::Token) {
        return String::new();
    }
    let given_up = async {
        if !row.gives_up {
            std::future::pending::<()>().await;
        }
        stage.strayed.notified().await;
        stage.visited.shown.notified().await;
    };
    let signed = tokio::select! {
        signed = timeout(PATIENCE, account.sign_in()) => signed.ok(),
        () = given_up => None,
    };
    stage.paper.add(&format!("{signed:?}\n"));
    match &signed {
        Some(Ok(())) => "signed in".to_owned(),
        Some(Err(fault)) => fault_words(fault),
        None => "still waiting".to_owned(),
    }
}

async fn faulty(row: &Row, desks: &mut [Desk], outcome: &mut Outcome) {
    let since = Instant::now();
    let mut calls: Vec<Vec<CallId>> = Vec::new();
    let asks = if outcome.way == Way::Write { 1 } else { row.asks };
    for desk in desks.iter_mut() {
        let ids = (0..asks).map(|ask| match outcome.way {
            Way::Read => desk.read(ask + 1),
            Way::Write => desk.write(),
        });
        calls.push(ids.collect());
    }
    for (desk, ids) in desks.iter_mut().zip(calls) {
        for id in ids {
            match ended(desk, id).await {
                Some(end) => outcome.first.push((end, since.elapsed())),
                None => outcome.broken.push("a call without an end".to_owned()),
            }
        }
    }
}

/// One more call; and another one after dialling again, where the link was found down.
async fn next(desk: &mut Desk, outcome: &mut Outcome) {
    let id = desk.read(1);
    outcome.then.extend(ended(desk, id).await);
    if !matches!(outcome.then.last(), Some(End::NotSent(_))) {
        return;
    }
    if !matches!(desk.link, Some(Link::Down { retry_in: Some(_), .. })) {
        return;
    }
    desk.link = None;
    desk.session.try_send(Request::Reconnect).unwrap();
    desk.settled(LIMIT).await;
    let id = desk.read(1);
    outcome.then.extend(ended(desk, id).await);
}

async fn ended(desk: &mut Desk, id: CallId) -> Option<End> {
    desk.until(LIMIT, |desk| desk.end_of(id).is_some()).await;
    desk.end_of(id).cloned()
}

fn one_end_each(desk: &Desk, outcome: &mut Outcome) {
    for (id, _) in &desk.ends {
        let ends = desk.ends.iter().filter(|(other, _)| other == id).count();
        if ends != 1 {
            outcome.broken.push(format!("call {} has {ends} ends", id.0));
        }
    }
}

/// What a program read, line by line.
fn lines(stage: &Stage) -> Vec<Seen> {
    let read = std::fs::read_to_string(stage.folder.path().join("lines")).unwrap_or_default();
    let mut seen: Vec<Seen> = Vec::new();
    for line in read.lines() {
        let mut one = request::line(line);
        if one.tool == stage.server.world.target {
            one.turn = seen.iter().filter(|before| before.turn > 0).count() + 1;
        }
        seen.push(one);
    }
    seen
}

fn judge(stage: &Stage, outcome: &mut Outcome) {
    if !stage.taps.lock().unwrap().iter().all(Tap::finish) {
        outcome.broken.push("the recording does not end".to_owned());
    }
    let world = &stage.server.world;
    if outcome.seen.is_empty() {
        outcome.seen = world.seen();
    }
    outcome.left = world.left.load(Ordering::SeqCst);
    outcome.visited = stage.visited.all();
    outcome.pages = stage.visited.pages();
    outcome.strayed = stage.paper.text().contains("Stray(");
    let writes = most_writes(&outcome.seen);
    if writes > 1 {
        outcome.broken.push(format!("a write was sent {writes} times"));
    }
    if outcome.seen.iter().any(|seen| seen.elsewhere && seen.header("authorization").is_some()) {
        outcome.broken.push("a token went to another origin".to_owned());
    }
    let authority = world.authority.lock().unwrap();
    outcome.refreshed.clone_from(&authority.used);
    let mut secrets = authority.planted.clone();
    // A search that has nothing to search would find nothing.
    let recorded = stage.paper.text();
    let told = secrets.is_empty() || recorded.contains("/register") || recorded.contains("/authorize");
    if !told {
        outcome.broken.push("the sign-in was not recorded".to_owned());
    }
    secrets.extend([TOKEN, BRIDGED, OWN].map(str::to_owned));
    drop(authority);
    let written = stage.paper.text();
    if written.is_empty() {
        outcome.broken.push("nothing was written".to_owned());
    }
    for secret in planted::found(&written, &secrets) {
        outcome.broken.push(format!("a secret was written: {secret}"));
    }
}

/// Writes that arrived at one path: one that is redirected arrives once at each.
fn most_writes(seen: &[Seen]) -> usize {
    let writes = || seen.iter().filter(|seen| seen.tool == "update_article");
    writes().map(|one| writes().filter(|other| other.path == one.path).count()).max().unwrap_or(0)
}
