//! Drafts on disk: one file an article, private, replaced whole or not at all. A thread of its own does the waiting, in
//! the order it was asked; the loop never touches the disk.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::thread::JoinHandle;

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::Sender;

use super::clock::unix_now;
use super::orders::Orders;
use crate::app::Event;
use crate::app::event::{DraftRow, Kept, StoredDraft};
use crate::app::pane::articles::kept::LISTED;
use crate::domain::article::{ArticleState, Parent};
use crate::domain::change::Version;
use crate::domain::diff;
use crate::domain::id::{AdminId, ArticleId};
use crate::domain::text::Clean;

/// Files larger than this are no drafts of ours, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What the disk is asked.
#[derive(Debug)]
pub(super) enum Order {
    /// Answered by `Kept::Saved` or `Kept::Failed`.
    Keep(u64, Box<StoredDraft>),
    /// Not answered.
    Forget(ArticleId),
    /// Answered by `Kept::Found`, or by `Kept::Elsewhere`.
    Find(ArticleId),
    /// Answered by `Kept::Drafts`.
    List,
}

/// The file's form.
#[derive(Serialize, Deserialize)]
struct File {
    article: String,
    kept_at: i64,
    fields: [String; 3],
    published: bool,
    #[serde(default, flatten)]
    named: Named,
    base: [String; 3],
    base_published: bool,
    #[serde(default)]
    base_named: Named,
    #[serde(default)]
    markdown: Option<String>,
    #[serde(default)]
    read_as: Option<String>,
}

/// Who stands on an article, and where it hangs; drafts of earlier versions know neither.
#[derive(Default, Serialize, Deserialize)]
struct Named {
    #[serde(default)]
    author: Option<String>,
    #[serde(default)]
    parent: Option<(String, String)>,
}

impl Named {
    fn of(version: &Version) -> Self {
        Self {
            author: version.author.as_ref().map(AdminId::to_string),
            parent: version.parent.as_ref().map(|parent| (parent.id.to_string(), parent.kind.to_string())),
        }
    }
}

fn three(version: &Version) -> [String; 3] {
    [&version.title, &version.description, &version.body].map(String::clone)
}

fn version([title, description, body]: [String; 3], published: bool, named: Named) -> Version {
    Version {
        title,
        description,
        body,
        state: if published { ArticleState::Published } else { ArticleState::Draft },
        author: named.author.and_then(|id| AdminId::read(&id)),
        parent: named.parent.map(|(id, kind)| Parent { id: id.into(), kind: Clean::line(&kind) }),
    }
}

/// The thread that owns the drafts.
pub(super) struct Drafts {
    orders: Orders<Order>,
    thread: Option<JoinHandle<()>>,
}

impl Drafts {
    /// Starts with the drafts that lie in `folder`; tells them at once. Without a folder every draft fails to be kept.
    pub(super) fn start(folder: Option<PathBuf>, events: Sender<Event>) -> io::Result<Self> {
        let (orders, inbox) = Orders::open();
        let thread = std::thread::Builder::new().name("drafts".into());
        let thread = thread.spawn(move || serve(folder.as_deref(), &inbox, &events))?;
        Ok(Self { orders, thread: Some(thread) })
    }

    /// No drafts at all: every order comes back.
    pub(super) fn none() -> Self {
        Self { orders: Orders::none(), thread: None }
    }

    /// Hands over an order without waiting. Gives it back when the disk has fallen behind by 64 orders.
    pub(super) fn order(&self, order: Order) -> Result<(), Order> {
        self.orders.give(order)
    }

    /// Hands over an order that must not be lost, however far the disk has fallen behind.
    pub(super) fn order_patiently(&self, order: Order) {
        self.orders.give_patiently(order);
    }
}

impl Drop for Drafts {
    /// Waits until everything ordered is on disk.
    fn drop(&mut self) {
        self.orders.close();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(folder: Option<&Path>, orders: &Receiver<Order>, events: &Sender<Event>) {
    let tell = |kept| events.blocking_send(Event::Kept(kept)).is_ok();
    let waiting = folder.map(all).unwrap_or_default();
    if !waiting.is_empty() {
        tell(Kept::Waiting(waiting));
    }
    let mut shelf = Shelf::of(folder);
    for order in orders {
        match order {
            Order::Keep(number, draft) => match shelf.keep(&draft) {
                Ok(aside) => {
                    tell(Kept::Saved(number));
                    if let Some(sentence) = aside {
                        let _ = events.blocking_send(Event::Trouble(sentence));
                    }
                }
                Err(sentence) => drop(tell(Kept::Failed(number, sentence))),
            },
            Order::Forget(article) => shelf.forget(&article),
            Order::List => drop(tell(Kept::Drafts(shelf.list()))),
            Order::Find(article) => {
                if shelf.leaves_elsewhere(&article) {
                    tell(Kept::Elsewhere(article));
                    continue;
                }
                let found = shelf.find(&article).unwrap_or_else(|sentence| {
                    let _ = events.blocking_send(Event::Trouble(sentence));
                    None
                });
                tell(Kept::Found(article, found.map(Box::new)));
            }
        }
    }
}

/// What tells a file from another one of the same name: it is never written in place.
type Mark = (u64, i64, i64, u64);

fn mark(path: &Path) -> Option<Mark> {
    use std::os::unix::fs::MetadataExt;
    let file = fs::metadata(path).ok()?;
    Some((file.ino(), file.mtime(), file.mtime_nsec(), file.len()))
}

/// The folder, and the drafts that this process alone may write.
struct Shelf<'a> {
    folder: Option<&'a Path>,
    /// Locked for as long as the file is open; the system unlocks what a killed process held.
    held: HashMap<ArticleId, fs::File>,
    /// The files whose words this process wrote or gave to the editor: they may be written over.
    known: HashMap<ArticleId, Mark>,
    /// The files that were in the list: they may be thrown away.
    listed: HashMap<ArticleId, Mark>,
}

impl<'a> Shelf<'a> {
    fn of(folder: Option<&'a Path>) -> Self {
        Self { folder, held: HashMap::new(), known: HashMap::new(), listed: HashMap::new() }
    }

    /// Puts a draft on disk. What another window left there meanwhile is put aside before, and a sentence says so.
    fn keep(&mut self, draft: &StoredDraft) -> Result<Option<String>, String> {
        let folder = self.folder.ok_or_else(|| sentence(&no_home()))?;
        private_folder(folder).map_err(|error| sentence(&error))?;
        if !self.hold(folder, &draft.article).map_err(|error| sentence(&error))? {
            return Err(
                "Another window keeps its own edit of this article; this one is only here.".to_owned()
            );
        }
        let aside = self.put_aside(folder, &draft.article).map_err(|error| sentence(&error))?;
        keep(folder, draft).map_err(|error| sentence(&error))?;
        self.known.extend(Some(draft.article.clone()).zip(mark(&path(folder, &draft.article))));
        Ok(aside)
    }

    /// Moves a file out of the way that this process neither wrote nor read. Whoever calls has the article's lock.
    fn put_aside(&self, folder: &Path, article: &ArticleId) -> io::Result<Option<String>> {
        let file = path(folder, article);
        let there = mark(&file);
        if there.is_none() || there.as_ref() == self.known.get(article) {
            return Ok(None);
        }
        let names = (unix_now()..).map(|time| folder.join(format!("{article}.other-{time}")));
        let Some(aside) = names.into_iter().find(|name| !name.exists()) else { return Ok(None) };
        fs::rename(&file, &aside)?;
        let aside = aside.display();
        Ok(Some(format!("Another window left an edit of this article on disk; it is now {aside}.")))
    }

    /// The draft on disk. A file that is there and cannot be read is put aside first, so that nothing is written over it.
    fn find(&mut self, article: &ArticleId) -> Result<Option<StoredDraft>, String> {
        let Some(folder) = self.folder else { return Ok(None) };
        let file = path(folder, article);
        let there = mark(&file);
        if let Some(draft) = read(&file) {
            self.known.extend(Some(article.clone()).zip(there));
            return Ok(Some(draft));
        }
        if !file.exists() {
            return Ok(None);
        }
        let aside = folder.join(format!("{article}.unreadable-{}", unix_now()));
        let moved = fs::rename(&file, &aside).map(|()| aside.display().to_string());
        let now = moved.map_or_else(
            |error| format!("and could not be put aside: {error}"),
            |aside| format!("and is now {aside}"),
        );
        Err(format!("A kept edit of this article could not be read {now}."))
    }

    /// Every draft, the newest first.
    fn list(&mut self) -> Vec<DraftRow> {
        let Some(folder) = self.folder else { return Vec::new() };
        let mut drafts = all(folder);
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.kept_at));
        drafts.truncate(LISTED);
        let marked = drafts.iter().map(|draft| &draft.article);
        self.listed = marked.filter_map(|id| Some((id.clone(), mark(&path(folder, id))?))).collect();
        drafts.into_iter().map(|draft| self.row(folder, draft)).collect()
    }

    fn row(&self, folder: &Path, draft: StoredDraft) -> DraftRow {
        let (typed, base) = (&draft.fields, &draft.base);
        let body = draft.html();
        // What is compared is bounded by counting, and this is the thread that may take its time.
        let words = diff::words(&base.body, &body);
        let fields = Version { body: String::new(), ..typed.clone() }
            != Version { body: String::new(), ..base.clone() };
        DraftRow {
            elsewhere: self.is_elsewhere(folder, &draft.article),
            words: (words.added_words, words.removed_words),
            fields,
            title: draft.fields.title,
            article: draft.article,
            kept_at: draft.kept_at,
            base: draft.base,
        }
    }

    /// Whether a draft is there that another process has. It is not read: whoever began from it would have words in two
    /// windows, and could write over what is typed there once that window is gone.
    fn leaves_elsewhere(&mut self, article: &ArticleId) -> bool {
        let Some(folder) = self.folder else { return false };
        let is_left = path(folder, article).exists() && self.is_elsewhere(folder, article);
        if is_left {
            self.known.remove(article);
            self.listed.remove(article);
        }
        is_left
    }

    /// Whether another process has the article's draft. Leaves no file that was not there.
    fn is_elsewhere(&self, folder: &Path, article: &ArticleId) -> bool {
        use rustix::fs::{FlockOperation, flock};
        let lock = || fs::File::open(lock_path(folder, article)).ok();
        !self.held.contains_key(article)
            && lock().is_some_and(|lock| flock(&lock, FlockOperation::NonBlockingLockShared).is_err())
    }

    /// Whether the article's draft is this process's to write. Takes it when nobody has it.
    fn hold(&mut self, folder: &Path, article: &ArticleId) -> io::Result<bool> {
        use rustix::fs::{FlockOperation, flock};
        if self.held.contains_key(article) {
            return Ok(true);
        }
        let lock = fs::File::create(lock_path(folder, article))?;
        match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {
                self.held.insert(article.clone(), lock);
                Ok(true)
            }
            Err(rustix::io::Errno::WOULDBLOCK) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn forget(&mut self, article: &ArticleId) {
        let Some(folder) = self.folder else { return };
        if self.hold(folder, article).unwrap_or(false) {
            let file = path(folder, article);
            let there = mark(&file);
            // What another window left meanwhile is nobody's to throw away who never saw it.
            if there.is_some()
                && [self.known.get(article), self.listed.get(article)].contains(&there.as_ref())
            {
                let _ = fs::remove_file(file);
            }
            // The lock's file stays: another window may hold it open, and two files of one name would lock nothing.
            self.held.remove(article);
        }
    }
}

fn lock_path(folder: &Path, article: &ArticleId) -> PathBuf {
    folder.join(format!("{article}.lock"))
}

fn no_home() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "there is no home folder")
}

/// Why the disk said no, in a few words without an end.
#[expect(clippy::wildcard_enum_match_arm, reason = "the common causes get plain words, the rest their own")]
pub(super) fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "something else lies where its folder should be".to_owned()
        }
        io::ErrorKind::PermissionDenied => "the folder may not be written".to_owned(),
        _ => error.to_string(),
    }
}

fn sentence(error: &io::Error) -> String {
    let cause = cause(error);
    format!("The draft is not on disk: {cause}. It stays here while this window is open.")
}

fn path(folder: &Path, article: &ArticleId) -> PathBuf {
    folder.join(format!("{article}.json"))
}

fn keep(folder: &Path, draft: &StoredDraft) -> io::Result<()> {
    let file = File {
        article: draft.article.to_string(),
        kept_at: unix_now(),
        fields: three(&draft.fields),
        published: draft.fields.state == ArticleState::Published,
        named: Named::of(&draft.fields),
        base: three(&draft.base),
        base_published: draft.base.state == ArticleState::Published,
        base_named: Named::of(&draft.base),
        markdown: draft.markdown.clone(),
        read_as: draft.read_as.clone(),
    };
    // Written in one piece: a file gets each sign that JSON spells out by a call of its own, which in a body of HTML are so many
    // that they take the processor from the keys.
    let text = serde_json::to_vec(&file)?;
    if text.len() as u64 > LARGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 64 MiB"));
    }
    // `tempfile` makes files that only their owner can read.
    let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
    temporary.write_all(&text)?;
    temporary.as_file().sync_data()?;
    temporary.persist(path(folder, &draft.article))?;
    Ok(())
}

/// Makes a folder that only its owner can look into, and those above it.
pub(super) fn private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

fn read(path: &Path) -> Option<StoredDraft> {
    if fs::metadata(path).ok()?.len() > LARGEST {
        return None;
    }
    let file: File = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    Some(StoredDraft {
        article: ArticleId::read(&file.article)?,
        kept_at: file.kept_at,
        fields: version(file.fields, file.published, file.named),
        base: version(file.base, file.base_published, file.base_named),
        markdown: file.markdown,
        read_as: file.read_as,
    })
}

fn all(folder: &Path) -> Vec<StoredDraft> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_draft = |path: &PathBuf| path.extension().is_some_and(|end| end == "json");
    entries.map(|entry| entry.path()).filter(is_draft).filter_map(|path| read(&path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(body: &str) -> Version {
        let named = Named { author: Some("991".into()), parent: Some(("7".into(), "section".into())) };
        version(["T".into(), "D".into(), body.into()], true, named)
    }

    fn draft(body: &str) -> StoredDraft {
        StoredDraft {
            article: ArticleId::read("9001001").unwrap(),
            kept_at: 0,
            fields: text(body),
            base: text("<p>old</p>"),
            markdown: Some("# 船\r\n".into()),
            read_as: Some("# 船".into()),
        }
    }

    #[test]
    fn comes_back_byte_for_byte_and_private() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("drafts");
        let body = "<p>a\r\n\u{202e}\u{0}b\t船</p>";
        private_folder(&folder).unwrap();
        keep(&folder, &draft(body)).unwrap();
        let file = path(&folder, &draft("").article);
        assert_eq!(StoredDraft { kept_at: 0, ..read(&file).unwrap() }, draft(body));
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn orders_are_done_in_order_and_before_the_end() {
        let home = tempfile::tempdir().unwrap();
        let (events, mut told) = tokio::sync::mpsc::channel(8);
        let drafts = Drafts::start(Some(home.path().to_owned()), events).unwrap();
        let id = draft("").article;
        drafts.order(Order::Keep(1, Box::new(draft("one")))).unwrap();
        drafts.order(Order::Find(id.clone())).unwrap();
        drafts.order(Order::Forget(id.clone())).unwrap();
        drafts.order(Order::Find(id.clone())).unwrap();
        drop(drafts);
        assert_eq!(told.blocking_recv(), Some(Event::Kept(Kept::Saved(1))));
        let Some(Event::Kept(Kept::Found(_, Some(found)))) = told.blocking_recv() else { panic!() };
        assert_eq!(found.fields.body, "one");
        assert_eq!(told.blocking_recv(), Some(Event::Kept(Kept::Found(id, None))));
    }

    #[test]
    fn two_windows_never_write_over_each_other() {
        let home = tempfile::tempdir().unwrap();
        let window = || Shelf::of(Some(home.path()));
        let (mut first, mut second) = (window(), window());
        first.keep(&draft("mine")).unwrap();
        assert!(second.keep(&draft("theirs")).unwrap_err().contains("Another window"));
        second.forget(&draft("").article);
        assert_eq!(all(home.path())[0].fields.body, "mine");
        drop(first);
        second.forget(&draft("").article);
        let told = second.keep(&draft("theirs")).unwrap().unwrap();
        assert_eq!(all(home.path())[0].fields.body, "theirs");
        let aside = told.split_once("it is now ").unwrap().1.trim_end_matches('.');
        assert_eq!(read(Path::new(aside)).unwrap().fields.body, "mine", "{told}");
        assert_eq!(second.keep(&draft("theirs again")), Ok(None));
        second.forget(&draft("").article);
        assert_eq!(all(home.path()), []);
    }

    #[test]
    fn what_was_found_is_written_over_and_what_was_listed_thrown_away() {
        let home = tempfile::tempdir().unwrap();
        let id = draft("").article;
        let window = || Shelf::of(Some(home.path()));
        window().keep(&draft("mine")).unwrap();
        let mut second = window();
        assert!(second.find(&id).unwrap().is_some());
        assert_eq!(second.keep(&draft("more")), Ok(None));
        drop(second);
        let mut third = window();
        assert_eq!(third.list().len(), 1);
        third.forget(&id);
        assert_eq!(all(home.path()), []);
    }

    #[test]
    fn what_another_window_has_is_not_handed_out_and_never_written_over() {
        let home = tempfile::tempdir().unwrap();
        let id = draft("").article;
        let mut first = Shelf::of(Some(home.path()));
        first.keep(&draft("mine")).unwrap();
        let (events, mut told) = tokio::sync::mpsc::channel(8);
        let second = Drafts::start(Some(home.path().to_owned()), events).unwrap();
        second.order(Order::Find(id.clone())).unwrap();
        second.order(Order::Keep(1, Box::new(draft("theirs")))).unwrap();
        let mut next = || told.blocking_recv().unwrap();
        assert!(matches!(next(), Event::Kept(Kept::Waiting(_))));
        assert_eq!(next(), Event::Kept(Kept::Elsewhere(id.clone())));
        assert!(matches!(next(), Event::Kept(Kept::Failed(1, _))));
        // The first window is gone, and its edit was never shown in the second.
        drop(first);
        second.order(Order::Keep(2, Box::new(draft("theirs")))).unwrap();
        assert_eq!(next(), Event::Kept(Kept::Saved(2)));
        assert!(matches!(next(), Event::Trouble(said) if said.contains("it is now")));
        second.order(Order::Find(id)).unwrap();
        let Event::Kept(Kept::Found(_, Some(found))) = next() else { panic!() };
        assert_eq!(found.fields.body, "theirs", "its own edit is its own");
        let aside = fs::read_dir(home.path()).unwrap().flatten();
        let aside: Vec<_> =
            aside.filter(|file| file.path().display().to_string().contains(".other-")).collect();
        assert_eq!(read(&aside[0].path()).unwrap().fields.body, "mine");
    }

    #[test]
    fn what_was_listed_while_another_window_had_it_is_not_thrown_away() {
        let home = tempfile::tempdir().unwrap();
        let id = draft("").article;
        let window = || Shelf::of(Some(home.path()));
        let (mut first, mut second) = (window(), window());
        first.keep(&draft("mine")).unwrap();
        assert_eq!(second.list().len(), 1);
        assert!(second.leaves_elsewhere(&id));
        drop(first);
        // An edit of its own was begun beside it, saved, and is no longer needed.
        second.forget(&id);
        assert_eq!(all(home.path())[0].fields.body, "mine");
    }

    #[test]
    fn a_broken_file_is_put_aside_and_told() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("9001001.json"), b"{\"article\":").unwrap();
        assert_eq!(all(home.path()), []);
        let mut shelf = Shelf::of(Some(home.path()));
        let id = draft("").article;
        assert!(shelf.find(&id).unwrap_err().contains("9001001.unreadable-"));
        shelf.keep(&draft("new")).unwrap();
        assert_eq!(shelf.find(&id).unwrap().unwrap().fields.body, "new");
        let aside = fs::read_dir(home.path())
            .unwrap()
            .flatten()
            .find(|e| e.path().display().to_string().contains("unreadable"));
        assert_eq!(fs::read(aside.unwrap().path()).unwrap(), b"{\"article\":");
    }
}
