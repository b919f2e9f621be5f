//! Two people change one article at the same time, at random, a thousand times: no edit of either is lost without having
//! been shown as an overlap and decided. What counts is told from the edits themselves, never from the merge's own view.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test that does not find what it needs has to fail"
)]

#[expect(dead_code, reason = "the other test files use the rest")]
#[path = "console_articles/desk.rs"]
mod desk;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use desk::{Console, NOON, article, id};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use switchboard::app::event::StoredDraft;
use switchboard::app::pane::articles::desk::Stage;
use switchboard::app::place::Place;
use switchboard::domain::article::{Article, ArticleState, Parent};
use switchboard::domain::call::End;
use switchboard::domain::change::{Draft, Version};
use switchboard::domain::html::blocks_raw;
use switchboard::domain::id::AdminId;
use switchboard::domain::merge::{Decision, Kind, Merge, Subject};
use switchboard::domain::text::Clean;

// ----------------------------------------------------------------------------------------------------------- the writers

/// One thing that a writer does to the list of blocks.
#[derive(Clone, Debug)]
enum Edit {
    Insert(Index),
    Delete(Index),
    Change(Index),
    Move(Index, Index),
    Duplicate(Index),
}

/// What a writer does to the fields; none where nothing.
#[derive(Clone, Debug)]
struct Fields {
    title: Option<u8>,
    description: Option<u8>,
    state: bool,
    author: Option<u8>,
    parent: Option<u8>,
}

#[derive(Clone, Debug)]
struct Writer {
    edits: Vec<Edit>,
    fields: Fields,
}

/// Blocks as Intercom has them; `{}` stands for the words.
const SHAPES: [&str; 7] = [
    "<p class=\"no-margin\">{}</p>",
    "<h2 id=\"h_1\">{}</h2>",
    "<ul><li><p class=\"no-margin\">{}</p></li><li><p>é</p></li></ul>",
    "<p>{}</p>\n",
    "<div class=\"intercom-interblocks-callout\" style=\"background-color: #feedaf80;\"><p>{}</p></div>",
    "<pre><code>{}\n  ok</code></pre>",
    "<table><tbody><tr><td>{}</td></tr></tbody></table>",
];

fn block(shape: usize, words: &str) -> String {
    SHAPES[shape % SHAPES.len()].replace("{}", words)
}

/// A body of blocks, some of them the very same.
fn base_blocks() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec((0..SHAPES.len(), 0..16u8), 0..12)
        .prop_map(|blocks| blocks.iter().map(|(shape, word)| block(*shape, &format!("base{word}"))).collect())
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    prop_oneof![
        3 => index().prop_map(Edit::Insert),
        2 => index().prop_map(Edit::Delete),
        4 => index().prop_map(Edit::Change),
        1 => (index(), index()).prop_map(|(from, to)| Edit::Move(from, to)),
        1 => index().prop_map(Edit::Duplicate),
    ]
}

fn writer() -> impl Strategy<Value = Writer> {
    let field = || prop::option::weighted(0.3, 0..3u8);
    let fields = (field(), field(), prop::bool::weighted(0.2), field(), field()).prop_map(
        |(title, description, state, author, parent)| Fields { title, description, state, author, parent },
    );
    (prop::collection::vec(edit(), 0..6), fields).prop_map(|(edits, fields)| Writer { edits, fields })
}

/// What becomes of the blocks. Every block that is put in or changed gets a mark of its own, as `mine3.`.
fn write(edits: &[Edit], base: &[String], name: &str, put: &mut Vec<String>) -> Vec<String> {
    let mut blocks = base.to_vec();
    for (number, edit) in edits.iter().enumerate() {
        let mark = format!("{name}{number}.");
        match edit {
            Edit::Insert(at) => {
                put.push(block(number, &mark));
                blocks.insert(at.index(blocks.len() + 1), block(number, &mark));
            }
            _ if blocks.is_empty() => {}
            Edit::Delete(at) => drop(blocks.remove(at.index(blocks.len()))),
            Edit::Change(at) => {
                let at = at.index(blocks.len());
                let (words, rest) = blocks[at].rsplit_once("</").unwrap();
                blocks[at] = format!("{words}<!--{mark}--></{rest}");
                put.push(blocks[at].clone());
            }
            Edit::Move(from, to) => {
                let from = from.index(blocks.len());
                let block = blocks.remove(from);
                let to = to.index(blocks.len() + 1);
                blocks.insert(to, block);
                // Which of them moved over which is a matter of view.
                put.extend_from_slice(&blocks[from.min(to)..=from.max(to)]);
            }
            Edit::Duplicate(at) => {
                let at = at.index(blocks.len());
                blocks.insert(at, blocks[at].clone());
                put.push(blocks[at].clone());
            }
        }
    }
    assert_eq!(blocks_raw(&blocks.concat()), blocks, "the blocks of the test are no blocks");
    blocks
}

impl Writer {
    /// The article after this writer.
    fn copy(&self, base: &Article, blocks: &[String], name: &str) -> Article {
        let mut copy = base.clone();
        copy.body = blocks.concat().into();
        let fields = &self.fields;
        let words =
            |number: u8| if number == 0 { "the same idea".into() } else { format!("{name} {number}") };
        if let Some(number) = fields.title {
            let title: String = words(number);
            (copy.row.title, copy.title) = (Clean::line(&title), title.as_str().into());
        }
        if let Some(number) = fields.description {
            copy.description = words(number).as_str().into();
        }
        if fields.state {
            copy.row.state = Some(ArticleState::Draft);
        }
        if let Some(number) = fields.author {
            copy.row.author = AdminId::read(&format!("2{number}"));
        }
        if let Some(number) = fields.parent {
            let kind = Clean::fixed("section");
            copy.row.parent = Some(Parent { id: format!("8{number}").into(), kind });
        }
        copy
    }
}

/// Three copies: before, mine and theirs, and their blocks.
struct Story {
    base: Article,
    mine: Article,
    theirs: Article,
    blocks: [Vec<String>; 3],
    /// Every block that mine and that theirs ever put in or moved, as often as that.
    puts: [Vec<String>; 2],
}

impl Story {
    /// Both writers do the same at first, as two do who were told the same; then each goes on alone.
    fn of(base: Vec<String>, shared: &[Edit], mine: &Writer, theirs: &Writer) -> Self {
        let mut before = article(4200, "How refunds work", ArticleState::Published, 2, "");
        before.body = base.concat().into();
        let mut put = Vec::new();
        let shared = write(shared, &base, "both", &mut put);
        let mut puts = [put.clone(), put];
        let here = write(&mine.edits, &shared, "mine", &mut puts[0]);
        let there = write(&theirs.edits, &shared, "theirs", &mut puts[1]);
        Self {
            mine: mine.copy(&before, &here, "mine"),
            theirs: theirs.copy(&before, &there, "theirs"),
            base: before,
            blocks: [base, here, there],
            puts,
        }
    }

    fn draft(&self) -> Draft {
        typed(&self.base, &self.mine)
    }

    fn merge(&self) -> Merge {
        Merge::of(self.draft(), Arc::new(self.theirs.clone()))
    }
}

/// What was typed over a copy, so that it reads as another.
fn typed(base: &Article, mine: &Article) -> Draft {
    let mut draft = Draft::of(Arc::new(base.clone()));
    let version = Version::of(mine);
    (draft.title, draft.description, draft.body) = (version.title, version.description, version.body);
    (draft.state, draft.author, draft.parent) = (version.state, version.author, version.parent);
    draft
}

fn stories() -> impl Strategy<Value = Story> {
    let shared = prop::collection::vec(edit(), 0..2);
    (base_blocks(), shared, writer(), writer())
        .prop_map(|(base, shared, mine, theirs)| Story::of(base, &shared, &mine, &theirs))
}

impl std::fmt::Debug for Story {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Story").field("blocks", &self.blocks).finish_non_exhaustive()
    }
}

// ------------------------------------------------------------------------------------------------------------ the oracle

/// An overlap as it was shown, and what stands there by decision.
#[derive(Debug)]
struct Shown {
    subject: Subject,
    base: String,
    mine: String,
    theirs: String,
    decided: String,
    decision: Decision,
}

/// What somebody decides, as a number.
fn decision(choice: u8, is_text: bool, mine: &str, theirs: &str) -> Decision {
    match choice % 4 {
        2 if is_text => Decision::Both,
        3 if is_text => Decision::Own(format!("<p>own</p>{theirs}{mine}").replace("mine", "MINE")),
        0 | 2 => Decision::Mine,
        _ => Decision::Theirs,
    }
}

/// Decides everything, one by one, and looks that nothing comes out before.
fn decide(merge: &mut Merge, choices: &[u8]) -> Vec<Shown> {
    let overlaps: Vec<usize> = merge.overlaps().collect();
    let mut shown = Vec::new();
    for (number, at) in overlaps.iter().enumerate() {
        assert_eq!(merge.undecided(), overlaps.len() - number);
        assert!(merge.result().is_none(), "a result before everything was decided");
        let subject = merge.pieces()[*at].subject;
        let side = |text: fn(switchboard::domain::merge::Sides<'_>) -> &str| {
            merge.sides(*at).map(text).unwrap_or_default().to_owned()
        };
        let (base, mine, theirs) = (side(|s| s.base), side(|s| s.mine), side(|s| s.theirs));
        let choice = choices.get(number).copied().unwrap_or(0);
        let decision = decision(choice, subject.is_text(), &mine, &theirs);
        assert!(merge.decide(*at, decision.clone()));
        let decided = merge.text(*at).unwrap_or_default().into_owned();
        shown.push(Shown { subject, base, mine, theirs, decided, decision });
    }
    shown
}

type Counts = HashMap<String, i64>;

fn count(counts: &mut Counts, html: &str, by: i64) {
    for block in blocks_raw(html) {
        *counts.entry(block.to_owned()).or_default() += by;
    }
}

/// How often each block stands in a body, outside of what was shown as an overlap.
fn clean(body: &str, shown: &[Shown], side: fn(&Shown) -> &str) -> Counts {
    let mut counts = Counts::new();
    count(&mut counts, body, 1);
    shown.iter().filter(|there| there.subject == Subject::Body).for_each(|s| count(&mut counts, side(s), -1));
    counts
}

/// Every block that a writer put in, took out, changed, moved or doubled outside of the overlaps is so in the result; what
/// both did alike may count once.
fn nothing_is_lost(story: &Story, shown: &[Shown], result: &str) {
    let base = clean(story.base.body.as_str(), shown, |s| &s.base);
    let mine = clean(story.mine.body.as_str(), shown, |s| &s.mine);
    let theirs = clean(story.theirs.body.as_str(), shown, |s| &s.theirs);
    let there = clean(result, shown, |s| &s.decided);
    let all: BTreeSet<&String> =
        [&base, &mine, &theirs, &there].into_iter().flat_map(HashMap::keys).collect();
    for block in all {
        let of = |counts: &Counts| counts.get(block).copied().unwrap_or(0);
        assert!(
            [of(&base), of(&mine), of(&theirs)].iter().all(|n| *n >= 0),
            "shown what is not there: {block}"
        );
        let (here, there_by) = (of(&mine) - of(&base), of(&theirs) - of(&base));
        let both = of(&base) + here + there_by;
        let once = if here.signum() == there_by.signum() {
            of(&base) + if here > 0 { here.max(there_by) } else { here.min(there_by) }
        } else {
            both
        };
        // The same block put in at the same place by both stands once there.
        let put = |writer: &Vec<String>| writer.iter().filter(|there| *there == block).count();
        let alike = story.puts.iter().map(put).min().and_then(|n| i64::try_from(n).ok()).unwrap_or(0);
        let allowed = both.min(once).min(both - alike)..=both.max(once);
        assert!(allowed.contains(&of(&there)), "{block} stands {} times, not {allowed:?}", of(&there));
    }
}

/// The marks of a writer in a text, in order.
fn marks<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let starts = html.match_indices(name).map(|(at, _)| &html[at..]);
    starts.filter_map(|rest| rest.split_inclusive('.').next()).collect()
}

/// Each mark of a writer is in the result, unless it stood in an overlap that was decided otherwise; and marks stand in
/// the order that their writer gave them.
fn marks_stand(whole: &str, name: &str, side: fn(&Shown) -> &str, shown: &[Shown], result: &str) {
    let there = marks(result, name);
    for mark in marks(whole, name) {
        let dropped = shown.iter().any(|s| marks(side(s), name).contains(&mark) && !s.decided.contains(mark));
        assert!(there.contains(&mark) || dropped, "{mark} is gone, and nobody decided that");
    }
    if shown.iter().all(|s| !matches!(s.decision, Decision::Own(_))) {
        let mut order = marks(whole, name).into_iter();
        assert!(there.iter().all(|mark| order.any(|known| known == *mark)), "{name} out of order: {there:?}");
    }
}

/// A field is the one that was changed; where both changed it otherwise, it was shown and is as decided.
fn field<T: PartialEq + std::fmt::Debug>(
    subject: Subject,
    [base, mine, theirs, result]: [&T; 4],
    shown: &[Shown],
) {
    let overlap = shown.iter().find(|s| s.subject == subject);
    match (mine != base, theirs != base) {
        (true, true) if mine != theirs => match overlap.map(|s| &s.decision) {
            Some(Decision::Mine) => assert_eq!(result, mine),
            Some(Decision::Theirs) => assert_eq!(result, theirs),
            Some(Decision::Both | Decision::Own(_)) => {}
            None => panic!("{subject:?} was changed by both and not shown"),
        },
        (true, _) => assert_eq!((result, overlap.is_none()), (mine, true), "{subject:?}"),
        (false, _) => assert_eq!((result, overlap.is_none()), (theirs, true), "{subject:?}"),
    }
}

/// Holds a result against what both writers did.
fn hold(story: &Story, shown: &[Shown], result: &Draft) {
    nothing_is_lost(story, shown, &result.body);
    marks_stand(story.mine.body.as_str(), "mine", |s| &s.mine, shown, &result.body);
    marks_stand(story.theirs.body.as_str(), "theirs", |s| &s.theirs, shown, &result.body);
    let [base, mine, theirs] = [&story.base, &story.mine, &story.theirs].map(Version::of);
    field(Subject::Title, [&base.title, &mine.title, &theirs.title, &result.title], shown);
    let summaries = [&base.description, &mine.description, &theirs.description, &result.description];
    field(Subject::Description, summaries, shown);
    field(Subject::State, [&base.state, &mine.state, &theirs.state, &result.state], shown);
    field(Subject::Author, [&base.author, &mine.author, &theirs.author, &result.author], shown);
    field(Subject::Parent, [&base.parent, &mine.parent, &theirs.parent, &result.parent], shown);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_edit_is_lost_undecided(story in stories(), choices in prop::collection::vec(0..4u8, 12)) {
        let mut merge = story.merge();
        let shown = decide(&mut merge, &choices);
        hold(&story, &shown, &merge.result().unwrap());
    }
}

#[test]
fn the_runs_are_worth_something() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut kinds: HashMap<(Kind, bool), usize> = HashMap::new();
    for _ in 0..300 {
        let story = stories().new_tree(&mut runner).unwrap().current();
        for piece in story.merge().pieces() {
            *kinds.entry((piece.kind, piece.subject == Subject::Body)).or_default() += 1;
        }
    }
    for kind in [Kind::Same, Kind::OnlyMine, Kind::OnlyTheirs, Kind::Agreed, Kind::Overlap] {
        for body in [true, false] {
            let met = kinds.get(&(kind, body)).copied().unwrap_or(0);
            assert!(met >= 10, "{kind:?} of the body: {body} was met {met} times only");
        }
    }
}

// --------------------------------------------------------------------------------------------------------------- the app

/// A console in which my edit is open, made over the base, while the server has their copy.
fn open(story: &Story) -> Console {
    let mut console = Console::open(80, 24);
    console.server[0] = story.theirs.clone();
    let (fields, base) = (Version::of(&story.mine), Version::of(&story.base));
    let kept =
        StoredDraft { article: id(4200), kept_at: NOON - 60, fields, base, markdown: None, read_as: None };
    console.disk.insert(id(4200), kept);
    console.keys("<enter>e");
    assert_eq!(console.model.place(), Place::Editor);
    console
}

fn stage(console: &Console) -> &Stage {
    &console.model.articles.desk.as_ref().unwrap().stage
}

fn merge_of(console: &Console) -> &Merge {
    match stage(console) {
        Stage::Conflict(conflict) => conflict.merge(),
        other => panic!("no conflict but {other:?}"),
    }
}

/// Decides everything by keys, with keys in between that could send something if anything could.
fn decide_by_keys(console: &mut Console, choices: &[u8], noise: &str) {
    let overlaps: Vec<usize> = merge_of(console).overlaps().collect();
    for (number, at) in overlaps.iter().enumerate() {
        console.keys(noise);
        console.keys("<ctrl-s>");
        assert_eq!((console.model.place(), console.sent.len()), (Place::Conflict, 0), "went on undecided");
        assert_eq!(merge_of(console).undecided(), overlaps.len() - number);
        let is_text = merge_of(console).pieces()[*at].subject.is_text();
        match choices.get(number).copied().unwrap_or(0) % 4 {
            0 => console.keys("m"),
            1 => console.keys("t"),
            2 => console.keys(if is_text { "a" } else { "m" }),
            _ if is_text => {
                console.keys("e<ctrl-home>");
                assert_eq!(console.model.place(), Place::Overlap);
                console.paste("<p>Own.</p>");
                console.keys("<ctrl-s>");
            }
            _ => console.keys("t"),
        }
        let decision = merge_of(console).pieces()[*at].decision.clone();
        assert!(decision.is_some(), "{} at {number}: {}", console.notice(), console.screen());
    }
    assert_eq!((merge_of(console).undecided(), console.sent.len()), (0, 0));
}

/// What the dialog demands for a write from one state to another.
fn word(from: ArticleState, to: ArticleState) -> &'static str {
    use ArticleState::{Draft, Published};
    match (from, to) {
        (_, Published) => "publish",
        (Published, Draft) => "unpublish",
        (Draft, Draft) => "y",
    }
}

/// Goes from the decided conflict through review and confirmation. False where nothing was left to send. What is sent is
/// the merge, and nothing else.
fn send(console: &mut Console) -> bool {
    let merged = merge_of(console).result().unwrap();
    console.keys("<ctrl-s>");
    if !merged.is_changed() {
        assert_eq!((console.notice(), console.sent.len()), ("Nothing changed.", 0));
        return false;
    }
    assert_eq!(console.model.place(), Place::Review, "{}", console.screen());
    console.keys("s");
    console.wait(800);
    assert!(console.sent.is_empty());
    console.confirm(word(Version::of(merged.base()).state, merged.state));
    let approved = &console.sent[0].1;
    let changes = &approved.deed().article().unwrap().changes;
    assert_eq!(*changes, merged.changes_from(merged.base()), "sent something else than was merged");
    true
}

fn noises() -> impl Strategy<Value = &'static str> {
    select(vec!["", "s", "sy", "j", "vv", "<tab>", "<enter>", "w", "publis"])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn the_console_sends_the_merge_and_nothing_before_all_is_decided(
        story in stories(),
        again in writer(),
        choices in prop::collection::vec(0..4u8, 24),
        noise in noises(),
    ) {
        let mut console = open(&story);
        console.keys("<ctrl-s>");
        if console.model.place() != Place::Conflict {
            // Mine reads as theirs, or theirs as the base, as far as it matters for a write: nobody is overwritten.
            let alike = story.draft().changes_from(&story.theirs).is_empty();
            let unmoved = story.theirs.body == story.base.body && story.theirs.title == story.base.title;
            prop_assert!(alike || unmoved);
            prop_assert!(alike || story.merge().overlaps().next().is_none());
            prop_assert_eq!(console.writes, 0);
            return Ok(());
        }
        let mut alone = story.merge();
        prop_assert_eq!(merge_of(&console).pieces(), alone.pieces());
        decide_by_keys(&mut console, &choices, noise);
        // What the keys decided, held against what both writers did.
        let mut shown = Vec::new();
        for at in alone.overlaps().collect::<Vec<_>>() {
            let there = merge_of(&console);
            let piece = &there.pieces()[at];
            let sides = there.sides(at);
            let text = |side: Option<&str>| side.unwrap_or_default().to_owned();
            let decision = piece.decision.clone().unwrap();
            prop_assert!(alone.decide(at, decision.clone()));
            shown.push(Shown {
                subject: piece.subject,
                base: text(sides.map(|s| s.base)),
                mine: text(sides.map(|s| s.mine)),
                theirs: text(sides.map(|s| s.theirs)),
                decided: there.text(at).unwrap_or_default().into_owned(),
                decision,
            });
        }
        let merged = merge_of(&console).result().unwrap();
        prop_assert_eq!(&merged, &alone.result().unwrap());
        hold(&story, &shown, &merged);
        if !send(&mut console) {
            return Ok(());
        }
        // They change it once more, between the review and the write.
        let there = blocks_raw(story.theirs.body.as_str()).into_iter().map(str::to_owned).collect::<Vec<_>>();
        let second = again.copy(&story.theirs, &write(&again.edits, &there, "again", &mut Vec::new()), "again");
        let reads_as_reviewed = console.sent[0].1.deed().article().unwrap().still_holds(&second);
        if reads_as_reviewed {
            console.land(str::to_owned);
            prop_assert_eq!(console.server[0].body.as_str(), merged.body.as_str());
            return Ok(());
        }
        console.server[0] = second.clone();
        console.end_write(End::Moved(Box::new(second.clone())));
        prop_assert_eq!(console.model.place(), Place::Conflict);
        let anew = Merge::of(typed(&story.theirs, &version_of(&merged)), Arc::new(second));
        prop_assert_eq!(merge_of(&console).pieces(), anew.pieces());
        prop_assert!(console.sent.is_empty());
        decide_by_keys(&mut console, &choices[12..], noise);
        if send(&mut console) {
            prop_assert_eq!(console.writes, 2);
        }
    }
}

/// A draft as a copy that reads so.
fn version_of(draft: &Draft) -> Article {
    let version = Version {
        title: draft.title.clone(),
        description: draft.description.clone(),
        body: draft.body.clone(),
        state: draft.state,
        author: draft.author.clone(),
        parent: draft.parent.clone(),
    };
    version.laid_over(draft.base())
}
