//! A console without a terminal, a server or a disk: keys in, screens out, and every effect answered by hand.

use std::collections::HashMap;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use switchboard::app::effect::Put;
use switchboard::app::event::{DraftRow, Handed, Kept, StoredDraft};
use switchboard::app::key::{Key, script};
use switchboard::app::pane::articles::desk::{Desk, Part};
use switchboard::app::pane::articles::views::View;
use switchboard::app::place::Place;
use switchboard::app::{Effect, Event, Model, Options, Timer, update};
use switchboard::domain::article::{Article, ArticleRow, ArticleState, Parent};
use switchboard::domain::call::{Answer, Call, CallId, End, Fault, FaultKind, Report};
use switchboard::domain::change::Approved;
use switchboard::domain::conversation::{Author, AuthorKind};
use switchboard::domain::diff;
use switchboard::domain::four_eyes::FourEyes;
use switchboard::domain::id::{AdminId, ArticleId};
use switchboard::domain::journal::{Entry, EntryId, Told};
use switchboard::domain::link::{Link, Server, Tool};
use switchboard::domain::page::{Next, Page};
use switchboard::domain::text::{Clean, Raw};
use switchboard::domain::time::{Moment, Unix};

/// Noon of the tests' day.
pub(crate) const NOON: i64 = 1_789_992_000;

/// A console and what surrounds it.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the surroundings")]
pub(crate) struct Console {
    pub(crate) model: Model,
    pub(crate) millis: u64,
    /// Articles as the server has them.
    pub(crate) server: Vec<Article>,
    /// Whether reads are answered at once.
    pub(crate) answers: bool,
    /// Reads that wait for an answer.
    pub(crate) asked: Vec<(CallId, Call)>,
    /// Writes that were sent and wait for their end.
    pub(crate) sent: Vec<(CallId, Approved)>,
    /// How many writes were ever sent.
    pub(crate) writes: usize,
    /// When the last write was sent.
    pub(crate) written_at: u64,
    /// Calls nobody waits for any more.
    pub(crate) cancelled: Vec<CallId>,
    /// What lies on disk.
    pub(crate) disk: HashMap<ArticleId, StoredDraft>,
    /// What was written, as the journal would keep it.
    pub(crate) journal: Vec<(CallId, Entry)>,
    /// Edits that another window has open.
    pub(crate) elsewhere: Vec<ArticleId>,
    /// Whether the disk takes nothing more.
    pub(crate) full: bool,
    /// Whether the disk takes its time; `disk_answers` lets it answer.
    pub(crate) slow: bool,
    told: Vec<Kept>,
    /// Whether files take their time; what they say is given by hand.
    pub(crate) slow_files: bool,
    /// Reviews in files, by path.
    pub(crate) files: HashMap<String, FourEyes>,
    /// Whether frames reach the screen.
    pub(crate) paints: bool,
    pub(crate) copied: Vec<String>,
    pub(crate) browsed: Vec<String>,
    pub(crate) quit: bool,
    /// What was to be opened in place of this session.
    pub(crate) opened: Vec<String>,
    /// Texts given to another editor, with the names of their files.
    pub(crate) outside: Vec<(String, String)>,
    /// Whether the person types HTML source: goes to it as soon as an editor opens.
    pub(crate) source: bool,
    timers: Vec<(u64, Timer)>,
    size: (u16, u16),
}

fn is_ours(call: &Call) -> bool {
    matches!(call, Call::ListArticles { .. } | Call::SearchArticles { .. } | Call::Article(_))
}

pub(crate) fn id(number: u32) -> ArticleId {
    ArticleId::read(&number.to_string()).unwrap()
}

pub(crate) fn fault(kind: FaultKind, sentence: &str, hint: &str) -> Fault {
    Fault::new(kind, sentence, hint)
}

/// An article by its number, title, state, age in hours and body.
pub(crate) fn article(number: u32, title: &str, state: ArticleState, hours: i64, body: &str) -> Article {
    let summary = match number % 3 {
        0 => "",
        1 => "What to do, step by step",
        _ => "For teammates: the short version and where to look further when it does not help",
    };
    let live = state == ArticleState::Published;
    Article {
        row: ArticleRow {
            id: id(number),
            title: Clean::line(title),
            description: Clean::line(summary),
            state: Some(state),
            parent: Some(Parent { id: "77".into(), kind: Clean::fixed("collection") }),
            author: AdminId::read(if number.is_multiple_of(2) { "11" } else { "12" }),
            created_at: Some(Unix(NOON - 9_000_000)),
            updated_at: Some(Unix(NOON - hours * 3_600)),
            address: Clean::line(&if live {
                format!("https://help.example.com/articles/{number}")
            } else {
                String::new()
            }),
            highlights: Vec::new(),
        },
        title: Raw::from(title),
        description: Raw::from(summary),
        description_said: true,
        body: Raw::from(body),
    }
}

/// A body as Intercom keeps it: one line.
pub(crate) const REFUNDS: &str = "<p class=\"no-margin\">You can ask for a refund within <b>30 days</b> of the purchase.</p><h2 id=\"h_1\">How to ask</h2><ol><li><p class=\"no-margin\">Open <a href=\"https://app.example.com/billing\" target=\"_blank\" class=\"intercom-content-link\">Billing</a>.</p></li><li><p class=\"no-margin\">Choose the invoice and press <i>Refund</i>.</p></li></ol><div class=\"intercom-interblocks-callout\" style=\"background-color: #feedaf80; border-color: #fbc91633;\"><p class=\"no-margin\">Yearly plans are refunded for the months left.</p></div><p class=\"no-margin\">The money arrives in five working days.</p><p class=\"no-margin\">Tell us your invoice number when you write.</p><p class=\"no-margin\">We answer within a day.</p>";

pub(crate) fn library() -> Vec<Article> {
    use ArticleState::{Draft, Published};
    let titles = [
        ("How refunds work", Published, 2),
        ("Change your plan or the number of seats", Published, 5),
        ("お支払い方法を変更する", Published, 26),
        ("Sign in with SSO (SAML)", Draft, 30),
        (
            "Export every conversation as CSV, including attachments, internal notes and ratings",
            Published,
            50,
        ),
        ("Webhooks: retries, signatures and ordering", Published, 24 * 9),
        ("Holiday opening hours", Draft, 24 * 40),
        ("", Draft, 24 * 200),
        ("API rate limits", Published, 24 * 400),
    ];
    (0..)
        .zip(titles)
        .map(|(at, (title, state, hours))| article(4200 + at, title, state, hours, REFUNDS))
        .collect()
}

impl Console {
    /// A console of this size, connected, with the library on the server, on the articles screen.
    pub(crate) fn open(cols: u16, rows: u16) -> Self {
        let mut console = Self::cold(cols, rows, Options::default());
        console.up();
        console.keys("4");
        console
    }

    /// A console before anything happened.
    pub(crate) fn cold(cols: u16, rows: u16, options: Options) -> Self {
        let mut model = Model::new(options, cols, rows);
        for (number, name) in [("11", "Ada Lovelace"), ("12", "Grace Hopper")] {
            let name = Clean::line(name);
            let author = Author { kind: AuthorKind::Admin, id: number.into(), name, email: Clean::default() };
            model.shell.roster.learn(&author);
        }
        Self {
            model,
            millis: 1_000,
            server: library(),
            answers: true,
            asked: Vec::new(),
            sent: Vec::new(),
            writes: 0,
            written_at: 0,
            cancelled: Vec::new(),
            disk: HashMap::new(),
            journal: Vec::new(),
            elsewhere: Vec::new(),
            full: false,
            slow: false,
            told: Vec::new(),
            slow_files: false,
            files: HashMap::new(),
            paints: true,
            copied: Vec::new(),
            browsed: Vec::new(),
            quit: false,
            opened: Vec::new(),
            outside: Vec::new(),
            source: true,
            timers: Vec::new(),
            size: (cols, rows),
        }
    }

    pub(crate) fn now(&self) -> Moment {
        let seconds = i64::try_from(self.millis / 1_000).unwrap();
        Moment { unix: Unix(NOON + seconds), millis: self.millis, zone: 0 }
    }

    pub(crate) fn up(&mut self) {
        self.up_with(&["update_article", "create_article", "get_article"]);
    }

    pub(crate) fn up_with(&mut self, tools: &[&str]) {
        let tool = |name: &&str| Tool { name: Clean::line(name), ..Tool::default() };
        let tools = tools.iter().map(tool).collect();
        let server = Server { host: Clean::fixed("mcp.intercom.com"), tools, ..Server::default() };
        self.event(Event::Report(Report::Link(Link::Up(server))));
    }

    pub(crate) fn down(&mut self) {
        let fault = fault(FaultKind::Unreachable, "The server cannot be reached.", "R tries again now.");
        self.event(Event::Report(Report::Link(Link::Down { fault, retry_in: None })));
    }

    pub(crate) fn event(&mut self, event: Event) {
        self.take(event);
        let in_text = |desk: &&Desk| desk.part == Part::Body;
        let view = self.model.articles.desk.as_ref().filter(in_text).map(|desk| desk.body.view());
        if self.source && self.model.place() == Place::Editor && view == Some(View::Markdown) {
            // Whoever goes there with every editor has read what was said before.
            let told = self.model.shell.notice.take();
            self.take(Event::Key("ctrl-t".parse().unwrap()));
            self.model.shell.notice = told;
        }
    }

    fn take(&mut self, event: Event) {
        let now = self.now();
        let mut waiting: Vec<Event> = Vec::new();
        let mut effects = update(&mut self.model, now, event);
        loop {
            for effect in effects {
                self.effect(effect, &mut waiting);
            }
            if !self.slow {
                waiting.extend(self.told.drain(..).map(Event::Kept));
            }
            if waiting.is_empty() {
                return;
            }
            let next = waiting.remove(0);
            effects = update(&mut self.model, now, next);
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each effect")]
    fn effect(&mut self, effect: Effect, events: &mut Vec<Event>) {
        match effect {
            Effect::Ask { call: Call::Article(id), .. } if id.is_local() => {
                panic!("the server was asked for {id}, which it cannot know");
            }
            // The other screens ask, too; nobody answers them here.
            Effect::Ask { call, .. } if !is_ours(&call) => {}
            Effect::Ask { id, call } if self.answers => {
                let end = self.answer_to(&call);
                events.push(Event::Report(Report::Ended { id, end }));
            }
            Effect::Ask { id, call } => self.asked.push((id, call)),
            Effect::Write { id, approved } => {
                self.writes += 1;
                let name = EntryId::read(&format!("entry-{}", self.writes)).unwrap();
                self.journal.push((id, Entry::of(approved.deed(), name, self.now().unix)));
                self.written_at = self.millis;
                self.sent.push((id, approved));
            }
            Effect::Cancel(id) => {
                self.asked.retain(|(asked, _)| *asked != id);
                self.cancelled.push(id);
            }
            Effect::Timer(timer, after) => {
                // As in the program: setting a timer again moves it.
                self.timers.retain(|(_, set)| *set != timer);
                self.timers.push((self.millis + after, timer));
            }
            Effect::TellPainted if self.paints => events.push(Event::Painted),
            Effect::KeepDraft(number, _) if self.full => {
                let sentence = "The draft is not on disk: the disk is full.".into();
                self.told.push(Kept::Failed(number, sentence));
            }
            Effect::KeepDraft(number, draft) if self.elsewhere.contains(&draft.article) => {
                let sentence = "Another window keeps its own edit of this article; this one is only here.";
                self.told.push(Kept::Failed(number, sentence.into()));
            }
            Effect::ForgetDraft(id) if self.elsewhere.contains(&id) => {}
            Effect::FindDraft(id) if self.elsewhere.contains(&id) => self.told.push(Kept::Elsewhere(id)),
            Effect::KeepDraft(number, draft) => {
                self.disk.insert(draft.article.clone(), *draft);
                self.told.push(Kept::Saved(number));
            }
            Effect::ForgetDraft(id) => {
                self.disk.remove(&id);
            }
            Effect::FindDraft(id) => {
                let found = self.disk.get(&id).cloned();
                self.told.push(Kept::Found(id, found.map(Box::new)));
            }
            Effect::ListDrafts | Effect::Outcome(..) | Effect::ListWrites(_) | Effect::ReadWrite(_) => {
                self.paper(effect);
            }
            Effect::SaveReview(path, review) => events.push(Event::Handed(self.save_review(path, *review))),
            Effect::OpenReview(_) if self.slow_files => {}
            Effect::OpenReview(path) => events.push(Event::Handed(self.open_review(path))),
            Effect::Copy(text) => self.copied.push(text.into_string()),
            Effect::Browse(text) => self.browsed.push(text.into_string()),
            Effect::Quit => self.quit = true,
            Effect::EditOutside { text, name } => self.outside.push((text, name)),
            Effect::Reconnect
            | Effect::TellPainted
            | Effect::Redraw
            | Effect::Suspend
            | Effect::SignIn
            | Effect::Redirected(_)
            | Effect::GiveUpSignIn
            | Effect::SignOut
            | Effect::Answer(..)
            | Effect::LookForAccounts
            | Effect::Visit(..)
            | Effect::AcceptTools(_)
            | Effect::Explain(..)
            | Effect::KeepMarks(..)
            | Effect::KeepNames(..)
            | Effect::LookAtBooks
            | Effect::ExportMarks(..)
            | Effect::ExportRows(..)
            | Effect::Examine => {}
            Effect::Open(opening) => self.opened.push(format!("{opening:?}")),
        }
    }

    /// What the journal and the folder of drafts do.
    fn paper(&mut self, effect: Effect) {
        match effect {
            Effect::ListDrafts => self.told.push(Kept::Drafts(self.drafts())),
            Effect::Outcome(put, outcome, seen) => {
                let told = Told { outcome, at: self.now().unix, seen: seen.unwrap_or_default() };
                let is_it = |(call, entry): &&mut (CallId, Entry)| {
                    put == Put::Call(*call) || put == Put::Entry(entry.head.id.clone())
                };
                self.journal.iter_mut().find(is_it).unwrap().1.head.told = Some(told);
            }
            Effect::ListWrites(of) => {
                let heads = self.journal.iter().rev().map(|(_, entry)| entry.head.clone());
                let heads = heads.filter(|head| of.as_ref().is_none_or(|of| head.is_about(of))).collect();
                self.told.push(Kept::Writes(of, heads));
            }
            Effect::ReadWrite(name) => {
                let found = self.journal.iter().find(|(_, entry)| entry.head.id == name);
                self.told.push(Kept::Write(name, found.map(|(_, entry)| Box::new(entry.clone()))));
            }
            _ => {}
        }
    }

    /// What lies on disk, as a list of it.
    fn drafts(&self) -> Vec<DraftRow> {
        let row = |draft: &StoredDraft| {
            let words = diff::words(&draft.base.body, &draft.html());
            DraftRow {
                article: draft.article.clone(),
                kept_at: draft.kept_at,
                title: draft.fields.title.clone(),
                base: draft.base.clone(),
                words: (words.added_words, words.removed_words),
                fields: draft.fields.title != draft.base.title || draft.fields.state != draft.base.state,
                elsewhere: self.elsewhere.contains(&draft.article),
            }
        };
        let mut rows: Vec<DraftRow> = self.disk.values().map(row).collect();
        rows.sort_by(|a, b| (b.kept_at, b.article.as_str()).cmp(&(a.kept_at, a.article.as_str())));
        rows
    }

    fn save_review(&mut self, path: String, review: FourEyes) -> Handed {
        if self.files.contains_key(&path) {
            return Handed::NotSaved(format!("{path}: there is a file of that name already."));
        }
        self.files.insert(path.clone(), FourEyes { author: "ana".into(), ..review });
        Handed::Saved(path)
    }

    fn open_review(&self, path: String) -> Handed {
        match self.files.get(&path) {
            Some(review) => Handed::Opened(path, Box::new(review.clone())),
            None => Handed::NotOpened(format!("{path}: there is no such file or folder.")),
        }
    }

    /// What the server says to a read.
    pub(crate) fn answer_to(&self, call: &Call) -> End {
        match call {
            Call::ListArticles { page, per_page } => {
                let (page, size) = (*page as usize, usize::from(*per_page));
                let items: Vec<ArticleRow> =
                    self.server.iter().skip((page - 1) * size).take(size).map(|a| a.row.clone()).collect();
                let more = self.server.len() > page * size;
                let next = more.then(|| Next::Number(u32::try_from(page).unwrap() + 1));
                End::Answer(Answer::Articles(Page {
                    items,
                    next,
                    total: Some(self.server.len() as u64),
                    skipped: 0,
                }))
            }
            Call::SearchArticles { phrase, state } => {
                let takes = |a: &&Article| {
                    a.body.as_str().contains(phrase.as_str()) && state.is_none_or(|s| a.row.state == Some(s))
                };
                let mark = |a: &Article| {
                    let words = [
                        ("ask for a ", false),
                        (phrase.as_str(), true),
                        (" within 30 days of the purchase", false),
                    ];
                    let highlights = words.map(|(words, hit)| (Clean::text(words), hit)).to_vec();
                    ArticleRow { highlights, ..a.row.clone() }
                };
                let items: Vec<ArticleRow> = self.server.iter().filter(takes).map(mark).collect();
                let total = Some(items.len() as u64);
                End::Answer(Answer::Articles(Page { items, next: None, total, skipped: 0 }))
            }
            Call::Article(id) => match self.server.iter().find(|a| a.row.id == *id) {
                Some(article) => End::Answer(Answer::Article(Box::new(article.clone()))),
                None => End::Refused(fault(FaultKind::NotFound, "There is no such article.", "")),
            },
            other => panic!("the articles screen asked {other:?}"),
        }
    }

    /// Ends the oldest read that waits.
    pub(crate) fn answer(&mut self, end: End) {
        let (id, _) = self.asked.remove(0);
        self.event(Event::Report(Report::Ended { id, end }));
    }

    /// Lets the server answer the oldest read that waits.
    pub(crate) fn let_answer(&mut self) {
        let end = self.answer_to(&self.asked[0].1);
        self.answer(end);
    }

    /// Ends the write that was sent.
    pub(crate) fn end_write(&mut self, end: End) {
        let (id, _) = self.sent.remove(0);
        self.event(Event::Report(Report::Ended { id, end }));
    }

    /// Does on the server what the write that was sent asks for, with the body as the server would keep it, and answers.
    pub(crate) fn land(&mut self, keep: impl Fn(&str) -> String) {
        let (id, approved) = self.sent.remove(0);
        let article = self.apply(&approved, keep);
        let end = End::Answer(Answer::Written(Box::new(article)));
        self.event(Event::Report(Report::Ended { id, end }));
    }

    /// Changes the server's article as a write asks.
    pub(crate) fn apply(&mut self, approved: &Approved, keep: impl Fn(&str) -> String) -> Article {
        let deed = approved.deed().article().unwrap();
        if deed.is_new() {
            let mut made = Article::blank(id(4900 + u32::try_from(self.server.len()).unwrap()));
            (made.row.created_at, made.row.updated_at) = (Some(self.now().unix), Some(self.now().unix));
            (made.row.author, made.row.parent) = (deed.changes.author.clone(), deed.changes.parent.clone());
            self.server.insert(0, made);
        }
        let at = self.server.iter().position(|a| a.row.id == *deed.id());
        let article = &mut self.server[at.unwrap_or(0)];
        assert!(at.is_some() || deed.is_new());
        let changes = &deed.changes;
        if let Some(title) = &changes.title {
            (article.title, article.row.title) = (Raw::from(title.as_str()), Clean::line(title));
        }
        if let Some(description) = &changes.description {
            (article.description, article.row.description) =
                (Raw::from(description.as_str()), Clean::line(description));
        }
        if let Some(body) = &changes.body {
            article.body = Raw::from(keep(body));
        }
        article.row.state = changes.state.or(article.row.state);
        article.clone()
    }

    /// Types what the dialog demands, and leaves the keys alone until it counts.
    pub(crate) fn confirm(&mut self, word: &str) {
        self.keys(word);
        self.wait(300);
    }

    /// Lets a slow disk say what it has to say.
    pub(crate) fn disk_answers(&mut self) {
        for kept in std::mem::take(&mut self.told) {
            self.event(Event::Kept(kept));
        }
    }

    /// Lets a slow disk answer the last thing that it was asked, and nothing before it.
    pub(crate) fn disk_answers_last(&mut self) {
        let kept = self.told.pop().unwrap();
        self.event(Event::Kept(kept));
    }

    /// Presses keys as fingers do.
    pub(crate) fn keys(&mut self, keys: &str) {
        for key in script(keys).unwrap() {
            self.wait(90);
            self.event(Event::Key(key));
        }
    }

    /// One key, now.
    pub(crate) fn key(&mut self, key: Key) {
        self.event(Event::Key(key));
    }

    pub(crate) fn paste(&mut self, text: &str) {
        self.wait(90);
        self.event(Event::Paste(text.into()));
    }

    /// Lets time pass; timers go off when they are due.
    pub(crate) fn wait(&mut self, millis: u64) {
        let until = self.millis + millis;
        while let Some(at) = self.next_timer(until) {
            let (due, timer) = self.timers.remove(at);
            self.millis = due.max(self.millis);
            self.event(Event::Timer(timer));
        }
        self.millis = until;
    }

    fn next_timer(&self, until: u64) -> Option<usize> {
        let due = self.timers.iter().enumerate().filter(|(_, (due, _))| *due <= until);
        due.min_by_key(|(_, (due, _))| *due).map(|(at, _)| at)
    }

    pub(crate) fn resize(&mut self, cols: u16, rows: u16) {
        self.size = (cols, rows);
        self.event(Event::Resize(cols, rows));
    }

    /// The screen as it is now.
    pub(crate) fn screen(&self) -> TestBackend {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        terminal.draw(|frame| switchboard::ui::draw(frame, &self.model)).unwrap();
        terminal.backend().clone()
    }

    /// Whether the screen shows these words on one row.
    pub(crate) fn shows(&self, words: &str) -> bool {
        self.screen().to_string().contains(words)
    }

    pub(crate) fn notice(&self) -> &str {
        self.model.shell.notice.as_ref().map_or("", |notice| notice.sentence.as_str())
    }
}
