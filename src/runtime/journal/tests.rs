//! The journal on real files: lines that were cut, two windows, disks that say no, and that nothing is sent unless it was
//! put down.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use super::line::{Ended, Intent, Written};
use super::paper::{Paper, Reading, appending, lines, write_line};
use super::*;
use crate::domain::article::{Article, ArticleState, Parent};
use crate::domain::call::Call;
use crate::domain::change::{ArticleDeed, Changes, Compared, Confirmation, Deed, Draft, Review};
use crate::domain::id::{AdminId, ConversationId};
use crate::domain::journal::{Head, blank};
use crate::domain::link::{Link, Server, Tool};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::session::Limits;
use crate::session::wire::{Handover, Line, News, Offer, Reply, Trouble, Wire};

fn article() -> Article {
    let mut base = blank(ArticleId::read("42").unwrap());
    (base.title, base.description) = ("T \u{202e}船".into(), "S".into());
    base.body = "<p>a\r\n\u{0}\"b\t船</p>".into();
    base.row.state = Some(ArticleState::Draft);
    base.row.author = AdminId::read("991");
    base.row.parent = Some(Parent { id: "7".into(), kind: Clean::line("section") });
    base
}

fn entry(name: &str, body: &str) -> Entry {
    let changes = Changes { body: Some(body.into()), ..Changes::default() };
    let deed = Deed::Article(ArticleDeed { base: Arc::new(article()), changes });
    Entry::of(&deed, EntryId::read(name).unwrap(), Unix(1_000))
}

fn told(outcome: Outcome) -> Told {
    Told { outcome, at: Unix(2_000), seen: Seen::default() }
}

fn paper(home: &Path, window: &str) -> Paper {
    Paper::new(Some(home.join("journal")), window.to_owned())
}

fn file(home: &Path) -> std::path::PathBuf {
    home.join("journal/writes.jsonl")
}

fn names(reading: &Reading) -> Vec<&str> {
    reading.heads.iter().map(|(head, _)| head.id.as_str()).collect()
}

#[test]
fn an_entry_comes_back_byte_for_byte_and_private() {
    let home = tempfile::tempdir().unwrap();
    let mut paper = paper(home.path(), "w1");
    let note = Deed::Note { conversation: ConversationId::read("900").unwrap(), body: "<p>n\n</p>".into() };
    let entries = [entry("a", "<p>n\r\n\u{1}</p>"), Entry::of(&note, EntryId::read("b").unwrap(), Unix(3))];
    for entry in &entries {
        paper.intend(entry).unwrap();
    }
    let reading = paper.read().unwrap();
    for (entry, (head, at)) in entries.iter().zip(&reading.heads) {
        assert_eq!((&entry.head, paper.entry(*at).unwrap().as_ref()), (head, Some(entry)));
    }
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file(home.path())), mode(&home.path().join("journal"))), (0o600, 0o700));
}

#[test]
fn every_outcome_comes_back_and_the_last_one_counts() {
    let home = tempfile::tempdir().unwrap();
    let mut paper = paper(home.path(), "w1");
    paper.intend(&entry("a", "x")).unwrap();
    let why = || Clean::line("why");
    for outcome in [
        Outcome::Landed,
        Outcome::Altered,
        Outcome::Refused(why()),
        Outcome::NotSent(why()),
        Outcome::NotLanded,
        Outcome::CannotTell,
    ] {
        let seen = Seen { created: ArticleId::read("77"), author: AdminId::read("12") };
        let told = Told { seen, ..told(outcome) };
        paper.end(&EntryId::read("a").unwrap(), &told).unwrap();
        assert_eq!(paper.read().unwrap().heads[0].0.told, Some(told));
    }
}

#[test]
fn an_outcome_of_an_earlier_version_is_still_read() {
    let line = br#"{"outcome":{"id":"a","at":2000,"fate":"landed","why":"","created":null}}"#;
    let home = tempfile::tempdir().unwrap();
    let mut paper = paper(home.path(), "w1");
    paper.intend(&entry("a", "x")).unwrap();
    let mut old = File::options().append(true).open(file(home.path())).unwrap();
    std::io::Write::write_all(&mut old, &[line.as_slice(), b"\n"].concat()).unwrap();
    assert_eq!(paper.read().unwrap().heads[0].0.told, Some(told(Outcome::Landed)));
}

#[test]
fn a_line_that_was_cut_anywhere_costs_that_line() {
    let home = tempfile::tempdir().unwrap();
    let mut whole = Vec::new();
    let (first, second) = (entry("a", "one"), entry("b", "two"));
    write_line(&mut whole, &Written::Intent(&Intent::of(&first, "gone")), false).unwrap();
    let before = whole.len();
    write_line(&mut whole, &Written::Intent(&Intent::of(&second, "gone")), false).unwrap();
    fs::create_dir(home.path().join("journal")).unwrap();
    for cut in before..whole.len() {
        fs::write(file(home.path()), &whole[..cut]).unwrap();
        let mut paper = paper(home.path(), "w2");
        assert_eq!(names(&paper.read().unwrap()), ["a"], "cut at {cut}");
        paper.intend(&entry("c", "three")).unwrap();
        let reading = paper.read().unwrap();
        let bodies: Vec<_> = reading
            .heads
            .iter()
            .map(|(_, at)| paper.entry(*at).unwrap().unwrap().sent.body.unwrap())
            .collect();
        // One that lacks nothing but its end is whole again when the next line begins.
        let wanted: &[&str] =
            if cut + 1 == whole.len() { &["one", "two", "three"] } else { &["one", "three"] };
        assert_eq!(bodies, wanted, "cut at {cut}");
    }
}

#[test]
fn what_is_no_line_of_ours_is_passed_over() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("journal")).unwrap();
    let mut bytes = b"\n[]\n{\"intent\":{}}\n{\"other\":1}\n\xff\xfe\nnull\n".to_vec();
    bytes.extend(br#"{"intent":{"id":"../x","window":"w","at":1,"kind":"change","about":"1"}}"#);
    bytes.extend(b"\n{\"outcome\":{\"id\":\"nobody\",\"at\":1,\"fate\":\"landed\"}}\n");
    bytes.extend(br#"{"intent":{"id":"ok","window":"../../etc","at":1,"kind":"change","about":"1"}}"#);
    bytes.push(b'\n');
    fs::write(file(home.path()), &bytes).unwrap();
    let reading = paper(home.path(), "w1").read().unwrap();
    assert_eq!((names(&reading), reading.unsettled.len()), (vec!["ok"], 1));
}

#[test]
fn only_writes_of_windows_that_are_gone_are_unsettled() {
    let home = tempfile::tempdir().unwrap();
    let (mut first, mut second) = (paper(home.path(), "w1"), paper(home.path(), "w2"));
    first.intend(&entry("a", "one")).unwrap();
    second.intend(&entry("b", "two")).unwrap();
    first.intend(&entry("c", "three")).unwrap();
    first.end(&EntryId::read("c").unwrap(), &told(Outcome::Landed)).unwrap();
    let unsettled = |paper: &Paper| {
        let of = |at: &u64| paper.entry(*at).unwrap().unwrap().head.id.to_string();
        paper.read().unwrap().unsettled.iter().map(of).collect::<Vec<_>>()
    };
    let third = paper(home.path(), "w3");
    assert_eq!(unsettled(&third), Vec::<String>::new());
    drop(first);
    assert_eq!((unsettled(&second), unsettled(&third)), (vec!["a".to_owned()], vec!["a".to_owned()]));
    drop(second);
    assert_eq!(unsettled(&third), ["a", "b"]);
}

#[test]
fn many_windows_write_whole_lines() {
    let home = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for window in 0..6 {
            let home = home.path();
            scope.spawn(move || {
                let mut paper = paper(home, &format!("w{window}"));
                // A busy disk is no stopped window.
                paper.patience = 600_000;
                for number in 0..20 {
                    let name = format!("{window}-{number}");
                    paper.intend(&entry(&name, &"x".repeat(20_000))).unwrap();
                    paper.end(&EntryId::read(&name).unwrap(), &told(Outcome::Landed)).unwrap();
                }
            });
        }
    });
    let reading = paper(home.path(), "w9").read().unwrap();
    assert_eq!((reading.heads.len(), reading.unsettled.len(), reading.older_in), (120, 0, None));
    assert!(reading.heads.iter().all(|(head, _)| head.told.is_some()));
}

#[test]
fn the_newest_entries_are_listed_and_texts_stay_on_disk() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("journal")).unwrap();
    let mut out = std::io::BufWriter::new(File::create(file(home.path())).unwrap());
    let mut entry = entry("x", "<p>new</p>");
    for number in 0..1_005 {
        entry.head.id = EntryId::read(&number.to_string()).unwrap();
        write_line(&mut out, &Written::Intent(&Intent::of(&entry, "gone")), false).unwrap();
    }
    drop(out);
    let paper = paper(home.path(), "w");
    let reading = paper.read().unwrap();
    let heads: Vec<&Head> = reading.heads.iter().map(|(head, _)| head).collect();
    assert_eq!((heads.len(), heads[0].id.as_str(), heads[999].id.as_str()), (1_000, "5", "1004"));
    assert_eq!(reading.older_in, Some(file(home.path())), "the list says that it is cut");
    let (head, at) = &reading.heads[0];
    assert_eq!(paper.entry(*at).unwrap().unwrap().head, *head);
}

#[test]
fn only_the_end_of_a_long_file_is_read_and_only_whole_lines_of_it() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("lines");
    fs::write(&path, "one\ntwo\nthree\nfo").unwrap();
    for (newest, wanted) in [
        (100, vec![(0, "one\n"), (4, "two\n"), (8, "three\n")]),
        (13, vec![(4, "two\n"), (8, "three\n")]),
        (12, vec![(8, "three\n")]),
        (8, vec![]),
        (0, vec![]),
    ] {
        let mut seen = Vec::new();
        let take = |at, line: &[u8]| seen.push((at, String::from_utf8(line.to_vec()).unwrap()));
        lines(File::open(&path).unwrap(), newest, take).unwrap();
        let seen: Vec<(u64, &str)> = seen.iter().map(|(at, line)| (*at, line.as_str())).collect();
        assert_eq!(seen, wanted, "{newest}");
    }
}

/// Takes so many bytes and is full then.
struct Full(usize);

impl io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        if taken == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(taken) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_disk_that_fills_up_is_an_error_wherever_it_does() {
    let ended = Ended::of(&EntryId::read("a").unwrap(), &told(Outcome::Landed));
    let mut whole = Vec::new();
    write_line(&mut whole, &Written::Outcome(&ended), true).unwrap();
    for room in 0..whole.len() {
        let error = write_line(&mut Full(room), &Written::Outcome(&ended), true).unwrap_err();
        assert_eq!(cause(&error), "the disk is full", "{room}");
    }
}

// ------------------------------------------------------------------------------------------------- the thread

/// A server that never answers, and tells which tools were called.
#[derive(Clone)]
struct Silent(tokio::sync::mpsc::Sender<String>);

impl Wire for Silent {
    type Line = Self;

    async fn dial(&self) -> Result<Self, Fault> {
        Ok(self.clone())
    }

    fn host(&self) -> &'static str {
        "silent"
    }
}

impl Line for Silent {
    fn offer(&self) -> Arc<Offer> {
        let names = ["get_article", "update_article", "get_conversation"];
        let tool = |name: &str| Tool { name: Clean::line(name), ..Tool::default() };
        let server = Server { tools: names.map(tool).to_vec(), ..Server::default() };
        let schemas = names.map(|name| (name.to_owned(), serde_json::json!({}))).into();
        Arc::new(Offer { server, schemas })
    }

    async fn call(
        &self,
        tool: &str,
        _: serde_json::Map<String, serde_json::Value>,
        _: Option<Arc<Handover>>,
    ) -> Result<Reply, Trouble> {
        self.0.send(tool.to_owned()).await.unwrap();
        std::future::pending().await
    }

    async fn news(&self) -> News {
        std::future::pending().await
    }

    async fn close(&self) {}
}

/// A session with a server that never answers.
struct Deaf {
    session: Arc<Session>,
    called: tokio::sync::mpsc::Receiver<String>,
    _reports: tokio::sync::mpsc::Receiver<Report>,
}

async fn deaf() -> Deaf {
    let (calls, called) = tokio::sync::mpsc::channel(16);
    let (reporter, mut reports) = tokio::sync::mpsc::channel(64);
    let session = Arc::new(crate::session::start_on(Silent(calls), Limits::default(), reporter).unwrap());
    while !matches!(reports.recv().await, Some(Report::Link(Link::Up(_)))) {}
    Deaf { session, called, _reports: reports }
}

/// Leave to change the body, by the only road there is.
fn approved(body: &str) -> Approved {
    let mut draft = Draft::of(Arc::new(article()));
    body.clone_into(&mut draft.body);
    let Compared::Ready(review) = Review::compare(&draft, article()) else { panic!("no review") };
    let mut confirmation = Confirmation::of(review);
    let at = |millis| Moment { millis, ..Moment::default() };
    confirmation.painted(at(0));
    confirmation.press('y', at(5_000));
    confirmation.settled(at(6_000)).unwrap().0
}

fn no_writing(_: &Path) -> io::Result<File> {
    Err(io::ErrorKind::ReadOnlyFilesystem.into())
}

fn full(path: &Path) -> io::Result<File> {
    appending(path)?;
    fs::OpenOptions::new().read(true).append(true).open("/dev/full")
}

/// What the thread says to a write, and what is called: `calls` of them, in order of their names. What was asked after the
/// write is one of them; the session carries both at once.
async fn written(paper: Paper, calls: usize) -> (Option<Event>, String) {
    let (events, mut told) = tokio::sync::mpsc::channel(8);
    let mut deaf = deaf().await;
    let journal = Journal::start_on(paper, Arc::downgrade(&deaf.session), events).unwrap();
    journal.order(Order::Write(CallId(1), Box::new(approved("<p>new</p>")))).unwrap();
    tokio::task::spawn_blocking(move || drop(journal)).await.unwrap();
    let call = Call::Conversation(ConversationId::read("900").unwrap());
    deaf.session.try_send(Request::Ask { id: CallId(2), call }).unwrap();
    let mut called = Vec::new();
    for _ in 0..calls {
        called.push(deaf.called.recv().await.unwrap());
    }
    called.sort_unstable();
    (told.recv().await, called.join(" "))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_put_down_is_not_sent() {
    let home = tempfile::tempdir().unwrap();
    let on = |open| Paper::on(home.path().join("journal"), "w", open);
    for (paper, why) in [
        (on(no_writing), "the disk is read-only"),
        (on(full), "the disk is full"),
        (Paper::new(None, "w".into()), "there is no home folder"),
    ] {
        let (event, called) = written(paper, 1).await;
        let Some(Event::Report(Report::Ended { end: End::NotSent(fault), .. })) = event else {
            panic!("{event:?}")
        };
        let sentence = format!("The journal could not be written: {why}; nothing was sent.");
        assert_eq!((fault.sentence.as_str(), called.as_str()), (sentence.as_str(), "get_conversation"));
    }
    // What can be put down goes on: the session reads the article before it sends.
    let (event, called) = written(on(appending), 2).await;
    assert_eq!((event, called.as_str()), (None, "get_article get_conversation"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_was_put_down_before_and_its_outcome_after() {
    let home = tempfile::tempdir().unwrap();
    let (events, mut heard) = tokio::sync::mpsc::channel(8);
    let deaf = deaf().await;
    let start = |events| {
        Journal::start(Some(home.path().join("journal")), Arc::downgrade(&deaf.session), events).unwrap()
    };
    let journal = start(events.clone());
    journal.order(Order::Write(CallId(1), Box::new(approved("<p>one</p>")))).unwrap();
    journal.order(Order::Write(CallId(2), Box::new(approved("<p>two</p>")))).unwrap();
    journal
        .order(Order::Outcome(Box::new((Put::Call(CallId(2)), Outcome::Landed, Seen::default()))))
        .unwrap();
    journal
        .order(Order::Outcome(Box::new((Put::Call(CallId(9)), Outcome::Landed, Seen::default()))))
        .unwrap();
    journal.order(Order::List(ArticleId::read("42"))).unwrap();
    let Some(Event::Kept(Kept::Writes(_, heads))) = heard.recv().await else { panic!() };
    let fates: Vec<_> = heads.iter().map(|head| head.told.as_ref().map(|told| &told.outcome)).collect();
    assert_eq!(fates, [Some(&Outcome::Landed), None]);
    journal.order(Order::Read(heads[1].id.clone())).unwrap();
    let Some(Event::Kept(Kept::Write(_, Some(entry)))) = heard.recv().await else { panic!() };
    assert_eq!(entry.sent.body.as_deref(), Some("<p>one</p>"));
    // The window goes without having learnt the fate of the first: the next one is told.
    tokio::task::spawn_blocking(move || drop(journal)).await.unwrap();
    let next = start(events);
    let Some(Event::Kept(Kept::Unsettled(entries))) = heard.recv().await else { panic!() };
    assert_eq!(entries, [*entry]);
    tokio::task::spawn_blocking(move || drop(next)).await.unwrap();
}

// ------------------------------------------------------------------------------- windows and disks that hang

#[test]
fn a_window_that_holds_the_journal_is_not_waited_for_for_ever() {
    let home = tempfile::tempdir().unwrap();
    let mut paper = paper(home.path(), "w1");
    paper.patience = 0;
    paper.intend(&entry("a", "one")).unwrap();
    let held = File::open(file(home.path())).unwrap();
    rustix::fs::flock(&held, rustix::fs::FlockOperation::LockExclusive).unwrap();
    let why = "the journal is locked by another window";
    assert_eq!(cause(&paper.intend(&entry("b", "two")).unwrap_err()), why);
    assert_eq!(cause(&paper.read().err().unwrap()), why);
    drop(held);
    paper.intend(&entry("b", "two")).unwrap();
    assert_eq!(names(&paper.read().unwrap()), ["a", "b"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_finds_the_journal_held_is_told_as_not_sent() {
    let home = tempfile::tempdir().unwrap();
    paper(home.path(), "w1").intend(&entry("a", "one")).unwrap();
    let held = File::open(file(home.path())).unwrap();
    rustix::fs::flock(&held, rustix::fs::FlockOperation::LockExclusive).unwrap();
    let mut paper = paper(home.path(), "w2");
    paper.patience = 0;
    let (events, mut heard) = tokio::sync::mpsc::channel(8);
    let journal = Journal::start_on(paper, Weak::new(), events).unwrap();
    journal.order(Order::Write(CallId(1), Box::new(approved("<p>new</p>")))).unwrap();
    let why = "the journal is locked by another window";
    let sentence = format!("Writes of an earlier run cannot be looked for: {why}.");
    assert_eq!(heard.recv().await, Some(Event::Trouble(sentence)));
    let Some(Event::Report(Report::Ended { end: End::NotSent(fault), .. })) = heard.recv().await else {
        panic!()
    };
    let sentence = format!("The journal could not be written: {why}; nothing was sent.");
    assert_eq!(fault.sentence.as_str(), sentence);
    tokio::task::spawn_blocking(move || drop(journal)).await.unwrap();
}

fn stuck(_: &Path) -> io::Result<File> {
    loop {
        std::thread::park();
    }
}

#[test]
fn leaving_does_not_wait_for_a_disk_for_ever() {
    let home = tempfile::tempdir().unwrap();
    let (events, _heard) = tokio::sync::mpsc::channel(8);
    let paper = Paper::on(home.path().join("journal"), "w1", stuck);
    let mut journal = Journal::start_on(paper, Weak::new(), events).unwrap();
    journal.patience = Duration::ZERO;
    journal.order(Order::Write(CallId(1), Box::new(approved("<p>new</p>")))).unwrap();
    let left = Arc::clone(&journal.left);
    drop(journal);
    assert!(left.load(Ordering::Acquire));
}

#[test]
fn nothing_is_put_down_or_sent_after_the_person_left() {
    let home = tempfile::tempdir().unwrap();
    let (events, _heard) = tokio::sync::mpsc::channel(8);
    let mut desk = Desk::new(paper(home.path(), "w1"), Weak::new(), events);
    desk.left.store(true, Ordering::Release);
    desk.write(CallId(1), approved("<p>new</p>"));
    assert!(!file(home.path()).exists());
    desk.left.store(false, Ordering::Release);
    desk.paper.intend(&entry("a", "one")).unwrap();
    assert!(file(home.path()).exists());
}

fn no_sync(_: &Path) -> io::Result<()> {
    Err(io::ErrorKind::PermissionDenied.into())
}

#[test]
fn the_first_line_counts_when_its_folder_is_on_disk() {
    let home = tempfile::tempdir().unwrap();
    let mut paper = paper(home.path(), "w1");
    let sync = std::mem::replace(&mut paper.sync, no_sync);
    assert!(paper.intend(&entry("a", "one")).is_err());
    assert_eq!(names(&paper.read().unwrap()), Vec::<&str>::new());
    paper.sync = sync;
    paper.intend(&entry("b", "two")).unwrap();
    // Known to the disk from then on.
    paper.sync = no_sync;
    paper.intend(&entry("c", "three")).unwrap();
    assert_eq!(names(&paper.read().unwrap()), ["b", "c"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_of_a_file_that_was_replaced_is_not_shown_as_another() {
    let home = tempfile::tempdir().unwrap();
    paper(home.path(), "w1").intend(&entry("a", "one")).unwrap();
    let (events, mut heard) = tokio::sync::mpsc::channel(8);
    let mut desk = Desk::new(paper(home.path(), "w2"), Weak::new(), events);
    let desk = tokio::task::spawn_blocking(move || {
        desk.list(None);
        desk
    })
    .await
    .unwrap();
    assert!(matches!(heard.recv().await, Some(Event::Kept(Kept::Writes(..)))));
    fs::remove_file(file(home.path())).unwrap();
    paper(home.path(), "w1").intend(&entry("b", "two")).unwrap();
    let id = EntryId::read("a").unwrap();
    tokio::task::spawn_blocking(move || desk.read(&id)).await.unwrap();
    let Some(Event::Kept(Kept::Write(_, found))) = heard.recv().await else { panic!() };
    assert_eq!(found, None);
}
