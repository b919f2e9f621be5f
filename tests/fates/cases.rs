//! The cases, and how each is played: an article is changed, confirmed and sent; something goes wrong; what is told, what the
//! server has and what is on disk are held against what is true.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};
use rustix::process::{Pid, Signal, kill_process};
use switchboard::demo;

use super::between::{Between, Harm, Rule};
use super::terminal::Terminal;

const ARTICLE: &str = "9001071";
const CTRL_S: &str = "\u{13}";
/// Longer than any step takes; only a failing test waits so long.
const LIMIT: Duration = Duration::from_secs(60);

/// Where the journal stands in the way.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Disk {
    Fine,
    /// Something else lies where the journal is to be.
    NoJournal,
    /// Another process holds the journal for ever.
    Locked,
}

#[derive(Clone, Copy, Debug)]
struct Case {
    name: &'static str,
    rule: Option<Rule>,
    disk: Disk,
    /// The program is killed at the fault, and started again.
    killed: bool,
    /// Said in the end, each on one row.
    told: &'static [&'static str],
    /// Whether the write is on the server.
    landed: bool,
    /// How many writes reach the server.
    writes: u64,
    /// The last outcome in the journal; empty for none.
    journal: &'static str,
}

#[expect(clippy::unnecessary_wraps, reason = "a case without a fault has none")]
const fn at(tool: &'static str, call: usize, harm: Harm) -> Option<Rule> {
    Some(Rule { tool, call, harm })
}

const UPDATE: &str = "update_article";
const GET: &str = "get_article";
/// The article is read to be edited, for the review, before it is written, and afterwards.
const BEFORE_SENDING: usize = 3;
const READ_BACK: usize = 4;

const REFUSED: &[&str] = &["Not saved: the server refused it. Your edit is kept."];
const NOTHING_SENT: &[&str] = &["Not saved: nothing was sent. Your edit is kept."];
const NOT_ARRIVED: &[&str] = &["The save has not arrived."];
const RECALLED: &[&str] = &["did arrive."];
const RECALLED_NOT: &[&str] = &["did not arrive; your edit is kept."];

const BASE: Case = Case {
    name: "nothing goes wrong",
    rule: None,
    disk: Disk::Fine,
    killed: false,
    told: &["Saved. The name on it is now"],
    landed: true,
    writes: 1,
    journal: "landed",
};

/// Nothing reached the server.
const fn unsent(
    name: &'static str,
    rule: Option<Rule>,
    told: &'static [&'static str],
    journal: &'static str,
) -> Case {
    Case { name, rule, told, landed: false, writes: 0, journal, ..BASE }
}

/// The server did it.
const fn done(name: &'static str, rule: Option<Rule>) -> Case {
    Case { name, rule, ..BASE }
}

const fn killed(name: &'static str, rule: Option<Rule>, landed: bool) -> Case {
    let (told, writes, journal) =
        if landed { (RECALLED, 1, "landed") } else { (RECALLED_NOT, 0, "not_landed") };
    Case { name, rule, killed: true, told, landed, writes, journal, ..BASE }
}

fn cases() -> Vec<Case> {
    use Harm::{Answered, DoneAnswered, DoneHeld, DoneLost, Held, Lost, Refused};
    vec![
        BASE,
        unsent(
            "before sending: server error",
            at(GET, BEFORE_SENDING, Answered(500)),
            NOTHING_SENT,
            "not_sent",
        ),
        done("before sending: connection lost, found again", at(GET, BEFORE_SENDING, Lost)),
        unsent("before sending: 401", at(GET, BEFORE_SENDING, Answered(401)), NOTHING_SENT, "not_sent"),
        unsent(
            "before sending: article deleted",
            at(GET, BEFORE_SENDING, Refused("not_found")),
            NOTHING_SENT,
            "not_sent",
        ),
        Case {
            disk: Disk::NoJournal,
            ..unsent(
                "before sending: no journal",
                None,
                &["Not saved: nothing was sent. Your edit is kept.", "The journal could not be written"],
                "",
            )
        },
        unsent("sent: refused", at(UPDATE, 1, Refused("parameter_invalid")), REFUSED, "refused"),
        unsent("sent: article not found", at(UPDATE, 1, Refused("not_found")), REFUSED, "refused"),
        unsent("sent: 429", at(UPDATE, 1, Answered(429)), REFUSED, "refused"),
        unsent("sent: 401", at(UPDATE, 1, Answered(401)), REFUSED, "refused"),
        unsent("sent: 403", at(UPDATE, 1, Answered(403)), REFUSED, "refused"),
        unsent("sent: session lost (404)", at(UPDATE, 1, Answered(404)), NOTHING_SENT, "not_sent"),
        unsent("sent: server error, not done", at(UPDATE, 1, Answered(500)), NOT_ARRIVED, "not_landed"),
        unsent("sent: gateway error, not done", at(UPDATE, 1, Answered(502)), NOT_ARRIVED, "not_landed"),
        unsent("sent: answer lost, not done", at(UPDATE, 1, Lost), NOT_ARRIVED, "not_landed"),
        done("done: answer lost", at(UPDATE, 1, DoneLost)),
        done("done: server error", at(UPDATE, 1, DoneAnswered(500))),
        done("done: gateway error", at(UPDATE, 1, DoneAnswered(504))),
        done("done: read-back fails", at(GET, READ_BACK, Answered(500))),
        done("done: read-back lost", at(GET, READ_BACK, Lost)),
        Case {
            disk: Disk::Locked,
            told: &["1 unsaved edit"],
            journal: "",
            ..killed("killed before the intent is on disk", None, false)
        },
        killed("killed after the intent, before sending", at(GET, BEFORE_SENDING, Held), false),
        killed("killed while sending, not done", at(UPDATE, 1, Held), false),
        killed("killed while sending, done", at(UPDATE, 1, DoneHeld), true),
        killed("killed after the answer, before its fate is told", at(GET, READ_BACK, Held), true),
    ]
}

/// What came of a case.
struct Played {
    case: Case,
    writes: u64,
    landed: bool,
    draft: bool,
    journal: String,
    told: String,
}

impl Played {
    fn complaints(&self) -> Vec<String> {
        let case = &self.case;
        let mut all = Vec::new();
        let mut want = |is: bool, words: String| {
            if !is {
                all.push(format!("{}: {words}", case.name));
            }
        };
        want(self.landed == case.landed, format!("landed is {}", self.landed));
        want(self.writes == case.writes, format!("{} writes arrived", self.writes));
        want(self.draft != case.landed, format!("draft is {}", self.draft));
        want(self.journal == case.journal, format!("the journal says {:?}", self.journal));
        all
    }
}

struct World {
    server: demo::Running,
    between: Between,
}

/// Waits for something that is about to be so, such as a file.
fn until(what: &str, is: impl Fn() -> bool) {
    let turns = LIMIT.as_millis() / 20;
    for _ in 0..turns {
        if is() {
            return;
        }
        std::thread::park_timeout(Duration::from_millis(20));
    }
    assert!(is(), "never so: {what}");
}

fn folder(terminal: &Terminal, what: &str) -> PathBuf {
    let kept = terminal.home.path().join("switchboard").join(what);
    let inside = std::fs::read_dir(&kept).into_iter().flatten().flatten().next();
    inside.map_or(kept, |entry| entry.path())
}

/// The last outcome that the journal has.
fn outcome(terminal: &Terminal) -> String {
    let lines = std::fs::read_to_string(folder(terminal, "journal").join("writes.jsonl")).unwrap_or_default();
    let lines = lines.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let mut fates = lines.filter_map(|line| Some(line["outcome"]["fate"].as_str()?.to_owned()));
    fates.next_back().unwrap_or_default()
}

fn has_draft(terminal: &Terminal) -> bool {
    let draft = folder(terminal, "drafts").join(format!("{ARTICLE}.json"));
    std::fs::read_to_string(draft).is_ok_and(|text| text.contains("Zebra"))
}

/// From the start to the confirmed write.
fn save(terminal: &mut Terminal) {
    terminal.see("loaded");
    terminal.press("4");
    terminal.see("newest change first");
    terminal.press("/");
    terminal.rest();
    terminal.press("departure time\r");
    terminal.see("11 found for");
    terminal.press("e");
    terminal.see("Ctrl-S review");
    terminal.rest();
    terminal.fingers("Zebra ");
    terminal.see("edit kept on disk");
    terminal.press(CTRL_S);
    terminal.see("the moment it is saved");
    terminal.press("s");
    loop {
        terminal.until("the dialog is armed", |screen| screen.contains("› ▏"));
        terminal.rest();
        terminal.fingers("publish");
        // On a machine that is busy letters can arrive together, and do not count then.
        let asks = |screen: &str| screen.contains("type the word publish");
        let again = |screen: &str| screen.contains("begin again") || screen.contains("Not ready");
        terminal.until("it is sent or asked again", |screen| !asks(screen) || again(screen));
        if !asks(&terminal.text()) {
            return;
        }
    }
}

fn kill(terminal: &mut Terminal) {
    let process = Pid::from_raw(i32::try_from(terminal.process()).unwrap()).unwrap();
    kill_process(process, Signal::KILL).unwrap();
    terminal.end();
}

/// Puts the disk in the way, before anything is written.
fn block(terminal: &Terminal, disk: Disk, url: &str) -> Option<std::fs::File> {
    let kept = terminal.home.path().join("switchboard");
    match disk {
        Disk::Fine => None,
        Disk::NoJournal => {
            std::fs::create_dir_all(&kept).unwrap();
            std::fs::write(kept.join("journal"), "").unwrap();
            None
        }
        Disk::Locked => {
            let address = url.trim_start_matches("http://").trim_end_matches("/mcp").replace(':', "-");
            let journal = kept.join("journal").join(address);
            std::fs::create_dir_all(&journal).unwrap();
            let file = std::fs::File::create(journal.join("writes.jsonl")).unwrap();
            flock(&file, FlockOperation::LockExclusive).unwrap();
            Some(file)
        }
    }
}

fn play(case: Case, world: &World) -> Played {
    let url = world.between.url.as_str();
    let home: Arc<tempfile::TempDir> = tempfile::tempdir().unwrap().into();
    let mut terminal = Terminal::at(Arc::clone(&home), 120, 30, &["--url", url]);
    terminal.see("loaded");
    let lock = block(&terminal, case.disk, url);
    save(&mut terminal);
    if case.killed {
        if let Some(lock) = lock {
            terminal.see("Saving");
            kill(&mut terminal);
            drop(lock);
        } else {
            world.between.held.recv_timeout(LIMIT).unwrap();
            kill(&mut terminal);
        }
        world.between.heal();
        terminal = Terminal::at(home, 120, 30, &["--url", url]);
    }
    let said = |screen: &str| case.told.iter().all(|words| screen.contains(words));
    terminal.until(case.name, said);
    let told = terminal
        .text()
        .lines()
        .filter(|row| case.told.iter().any(|words| row.contains(words)))
        .map(|row| row.trim_matches(['─', ' ']))
        .collect::<Vec<_>>()
        .join(" / ");
    until(case.name, || outcome(&terminal) == case.journal && has_draft(&terminal) != case.landed);
    let body = world.server.article_body(ARTICLE).unwrap_or_default();
    Played {
        case,
        writes: world.server.writes(),
        landed: body.contains("Zebra"),
        draft: has_draft(&terminal),
        journal: outcome(&terminal),
        told,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_goes_wrong_the_fate_that_is_told_is_the_true_one() {
    let only = std::env::var("FATES").unwrap_or_default();
    let todo: Vec<Case> = cases().into_iter().filter(|case| case.name.contains(&only)).collect();
    let played: Arc<Mutex<Vec<(usize, Played)>>> = Arc::default();
    let places = Arc::new(tokio::sync::Semaphore::new(5));
    let mut running = Vec::new();
    for (number, case) in todo.into_iter().enumerate() {
        let place = Arc::clone(&places).acquire_owned().await.unwrap();
        let server = demo::start(demo::Options { now: 1_800_000_000, ..Default::default() }).await.unwrap();
        let between = Between::start(server.url(), case.rule).await;
        let played = Arc::clone(&played);
        running.push(tokio::task::spawn_blocking(move || {
            let came = play(case, &World { server, between });
            played.lock().unwrap().push((number, came));
            drop(place);
        }));
    }
    let mut broken = Vec::new();
    for run in running {
        broken.extend(run.await.err().map(|error| error.to_string()));
    }
    let mut played = std::mem::take(&mut *played.lock().unwrap());
    played.sort_by_key(|(number, _)| *number);
    println!("{:<50} {:<7} {:<7} {:<6} {:<11} told", "case", "writes", "landed", "draft", "journal");
    for (_, came) in &played {
        println!(
            "{:<50} {:<7} {:<7} {:<6} {:<11} {}",
            came.case.name,
            came.writes,
            came.landed,
            came.draft,
            came.journal,
            came.told.replace('─', "")
        );
        broken.extend(came.complaints());
    }
    assert!(broken.is_empty(), "{broken:#?}");
}
