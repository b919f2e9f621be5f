//! Two changes of one article laid together: what merges, what is decided, and that nothing is sent before.

use insta::assert_snapshot;
use switchboard::app::Options;
use switchboard::app::pane::articles::desk::Stage;
use switchboard::app::place::Place;
use switchboard::domain::article::ArticleState;
use switchboard::domain::call::{Answer, End};
use switchboard::domain::id::AdminId;

use crate::desk::{Console, REFUNDS, id};

fn body(console: &Console) -> String {
    console.model.articles.desk.as_ref().unwrap().body.source()
}

fn undecided(console: &Console) -> usize {
    match &console.model.articles.desk.as_ref().unwrap().stage {
        Stage::Conflict(conflict) => conflict.merge().undecided(),
        other => panic!("{other:?}"),
    }
}

/// The first paragraph, the last one and the title changed here; other things there.
fn moved(cols: u16, rows: u16, theirs: impl Fn(&mut Console)) -> Console {
    let mut console = Console::open(cols, rows);
    console.keys("<enter>eMine. <ctrl-end><ctrl-left><ctrl-left><ctrl-w>the same ");
    theirs(&mut console);
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Conflict, "{}", console.screen());
    console
}

fn clean(console: &mut Console) {
    console.server[0].body = REFUNDS.replace("five working days", "three days").into();
    console.server[0].title = "Refunds".into();
}

/// Overlaps in the first and the last paragraph, a clean change in the middle.
fn overlapping(console: &mut Console) {
    let body = REFUNDS
        .replace("within <b>30 days</b> of the purchase", "for 60 days after the purchase, whatever you paid")
        .replace("five working days", "three days")
        .replace("We answer within a day.", "We answer within two days.");
    console.server[0].body = body.into();
}

fn conflict(cols: u16, rows: u16) -> Console {
    moved(cols, rows, overlapping)
}

fn mine() -> String {
    REFUNDS.replacen("You can", "Mine. You can", 1).replace("within a day", "within the same day")
}

/// What the review would send, after the question before the write.
fn sent_body(console: &mut Console) -> String {
    assert_eq!(console.model.place(), Place::Review, "{}", console.screen());
    console.keys("s");
    console.wait(800);
    console.confirm("publish");
    console.sent[0].1.deed().article().unwrap().changes.body.clone().unwrap()
}

#[test]
fn what_fits_together_is_shown_before_the_review() {
    let mut console = moved(80, 24, clean);
    assert_snapshot!("conflict_clean_80", console.screen());
    console.resize(200, 60);
    assert_snapshot!("conflict_clean_200", console.screen());
    console.keys("mtae");
    assert_eq!(console.notice(), "Nothing overlaps, so there is nothing to decide.");
    console.keys("n");
    assert!(console.model.place() == Place::Conflict && console.writes == 0);
    console.keys("<ctrl-s>");
    assert_eq!(sent_body(&mut console), mine().replace("five working days", "three days"));
    let changes = &console.sent[0].1.deed().article().unwrap().changes;
    assert_eq!((&changes.title, &changes.description), (&None, &None), "their title stays theirs");
}

#[test]
fn overlaps_are_decided_one_by_one() {
    let mut console = conflict(80, 24);
    assert_snapshot!("conflict_80", console.screen());
    assert_eq!(undecided(&console), 2);
    console.keys("<ctrl-s>");
    assert_eq!(
        (console.notice(), undecided(&console)),
        ("2 overlaps are not decided yet; this is the next.", 2)
    );
    console.keys("t");
    assert_eq!(console.notice(), "Decided: theirs. 1 left; n goes on.");
    assert_snapshot!("conflict_decided_80", console.screen());
    console.keys("<ctrl-s>");
    assert_eq!(console.notice(), "1 overlap is not decided yet; this is it.");
    assert_snapshot!("conflict_second_80", console.screen());
    console.keys("a");
    assert_eq!(
        console.notice(),
        "Decided: both, theirs first. That was the last one; Ctrl-S reviews the result."
    );
    assert_eq!((undecided(&console), console.writes), (0, 0));
    console.keys("n");
    assert_eq!(console.notice(), "That was the last overlap.");
    console.keys("NN");
    assert_eq!(console.notice(), "That was the first overlap.");
    console.keys("<ctrl-s>");
    let there = console.server[0].body.as_str().to_owned();
    let last = "<p class=\"no-margin\">We answer within the same day.</p>";
    assert_eq!(sent_body(&mut console), format!("{there}{last}"));
}

#[test]
fn wide_windows_show_both_sides_beside_each_other() {
    let mut console = conflict(200, 60);
    console.keys("nm");
    console.wait(60_000);
    assert_snapshot!("conflict_200", console.screen());
    console.keys("v");
    assert_snapshot!("conflict_source_200", console.screen());
    let beside = |console: &Console| {
        console.screen().to_string().lines().any(|row| row.contains("Yours") && row.contains("Theirs"))
    };
    assert!(beside(&console));
    console.keys("<tab>");
    assert!(!beside(&console));
    console.resize(99, 24);
    console.keys("<tab>");
    assert_eq!(console.notice(), "There is room for side by side from 100 columns on.");
}

#[test]
fn small_windows_lose_nothing() {
    let mut console = conflict(80, 24);
    for (cols, rows) in [(30, 9), (20, 5), (10, 3), (1, 1), (100, 30), (80, 24)] {
        console.resize(cols, rows);
        console.keys("nvNv");
        console.screen();
    }
    assert_eq!(undecided(&console), 2);
    console.resize(40, 12);
    assert_snapshot!("conflict_40", console.screen());
}

#[test]
fn a_text_of_ones_own_can_stand() {
    let mut console = conflict(80, 24);
    console.keys("ne");
    assert_eq!(console.model.place(), Place::Overlap);
    assert_snapshot!("conflict_own_80", console.screen());
    console.keys("<esc>");
    assert_eq!((console.model.place(), undecided(&console)), (Place::Conflict, 2));
    console.keys("e<ctrl-home>");
    console.paste("<p>Ours.</p>");
    console.keys("<esc>");
    assert_eq!(console.notice(), "Not taken. What you typed is there when you edit this overlap again.");
    console.keys("e");
    assert!(console.shows("It begins with what you typed here before."));
    console.keys("<alt-z>");
    assert_eq!(console.notice(), "Nothing to undo.");
    console.keys("<ctrl-s>");
    assert_eq!((console.model.place(), undecided(&console)), (Place::Conflict, 1));
    console.wait(60_000);
    assert_snapshot!("conflict_own_taken_80", console.screen());
    console.keys("nm<ctrl-s>");
    let sent = sent_body(&mut console);
    let paragraph = |words: &str| format!("<p class=\"no-margin\">{words}</p>");
    let theirs = paragraph("You can ask for a refund for 60 days after the purchase, whatever you paid.");
    let here = format!("<p>Ours.</p>{theirs}{}", &mine()[..mine().find("<h2").unwrap()]);
    assert_eq!(&sent[..here.len()], here);
    assert!(sent.contains("three days") && sent.ends_with("the same day.</p>"));
}

#[test]
fn a_key_decides_only_what_is_in_view() {
    let mut console = conflict(80, 24);
    console.keys("nG");
    console.keys("gm");
    assert_eq!((undecided(&console), console.notice()), (1, "Decided: yours. 1 left; n goes on."));
    let mut console = conflict(80, 10);
    console.keys("m");
    assert_eq!(undecided(&console), 2, "decided out of sight: {}", console.screen());
    assert_eq!(console.notice(), "No overlap was in view, so nothing was decided; this is the next one.");
    console.keys("m");
    assert_eq!(undecided(&console), 1);
}

#[test]
fn leaving_loses_neither_the_edit_nor_the_decisions() {
    let mut console = conflict(80, 24);
    console.keys("nt<esc>");
    assert_eq!((console.model.place(), body(&console)), (Place::Editor, mine()));
    assert!(console.disk.contains_key(&id(4200)));
    console.keys("<ctrl-s>");
    assert_eq!(undecided(&console), 1);
    assert!(console.shows("1 decision from before still hold"), "{}", console.screen());
    // Another text overlaps now, so that the decision of before says nothing of it.
    console.keys("<esc><ctrl-home><right><right> id=x<ctrl-s>");
    assert_eq!(undecided(&console), 2);
}

#[test]
fn fields_overlap_too() {
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<tab>, explained<tab><tab> ");
    console.server[0].title =
        "お支払い：返金の方法、すべての場合について詳しく説明します（年間プランを含む）".into();
    console.server[0].row.state = Some(ArticleState::Draft);
    console.server[0].row.author = AdminId::read("12");
    console.keys("<ctrl-s>");
    assert_snapshot!("conflict_fields_80", console.screen());
    console.keys("a<ctrl-s>");
    assert_eq!(console.model.place(), Place::Review);
    let mut console = Console::open(120, 40);
    console.keys("<enter>e<home>X<tab><tab><tab> ");
    console.model.articles.desk.as_mut().unwrap().author = AdminId::read("12");
    console.server[0].row.author = AdminId::read("13");
    console.server[0].title = "New".into();
    console.keys("<ctrl-s>n");
    assert_eq!(undecided(&console), 1);
    assert_snapshot!("conflict_author_120", console.screen());
    for key in ["a", "e"] {
        console.keys(key);
        assert_eq!(console.notice(), "Only one of the two can stand here: yours or theirs.");
    }
    console.keys("m<ctrl-s>s");
    console.wait(800);
    console.confirm("unpublish");
    assert_eq!(console.sent[0].1.deed().article().unwrap().changes.author, AdminId::read("12"));
}

#[test]
fn an_author_that_both_chose_is_a_conflict_by_itself() {
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<home>X");
    console.server[0].row.author = AdminId::read("13");
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Review, "nobody here chose an author");
    console.keys("<esc>");
    console.model.articles.desk.as_mut().unwrap().author = AdminId::read("12");
    console.keys("<ctrl-s>");
    assert_eq!((console.model.place(), undecided(&console)), (Place::Conflict, 1));
}

#[test]
fn the_whole_edit_can_be_dropped_after_asking() {
    let mut console = conflict(80, 24);
    let question = "Drop your edit for their copy? y drops it, any other key keeps it.";
    for key in ["X", "j", "m", "<esc>", "<enter>"] {
        console.keys("X");
        assert_eq!(console.notice(), question);
        console.keys(key);
        assert_eq!((console.notice(), console.model.place()), ("Your edit is kept.", Place::Conflict));
    }
    assert_eq!(undecided(&console), 2);
    console.keys("Xy");
    assert_eq!(
        (console.model.place(), body(&console)),
        (Place::Editor, console.server[0].body.as_str().into())
    );
    assert!(console.disk.is_empty());
}

#[test]
fn a_second_change_before_the_write_is_merged_over_what_was_reviewed() {
    let mut console = conflict(80, 24);
    console.keys("nmnt<ctrl-s>");
    let reviewed = sent_body(&mut console);
    let again = console.server[0].body.as_str().replace("three days", "two days");
    console.server[0].body = again.as_str().into();
    let theirs = console.server[0].clone();
    console.end_write(End::Moved(Box::new(theirs)));
    assert_eq!((console.model.place(), undecided(&console)), (Place::Conflict, 0));
    assert!(console.shows("Nothing overlaps: both changes fit together."), "{}", console.screen());
    assert_eq!(console.disk[&id(4200)].fields.body, reviewed, "what was decided is on disk as the edit");
    console.keys("<ctrl-s>");
    assert_eq!(sent_body(&mut console), reviewed.replace("three days", "two days"));
    console.land(str::to_owned);
    assert_eq!((console.notice(), console.writes), ("Saved. It reads back exactly as reviewed.", 2));
}

#[test]
fn nothing_of_mine_left_means_nothing_to_send() {
    let mut console = conflict(80, 24);
    console.keys("ntnt<ctrl-s>");
    assert_eq!((console.notice(), console.model.place()), ("Nothing changed.", Place::Editor));
    assert!(console.disk.is_empty());
}

#[test]
fn without_a_connection_decisions_wait() {
    let mut console = conflict(80, 24);
    console.keys("nmnm");
    console.down();
    console.keys("<ctrl-s>");
    assert_eq!(
        (console.notice(), console.model.place()),
        ("Not connected; your edit is kept.", Place::Conflict)
    );
    console.up();
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Review);
    let mut console = Console::cold(80, 24, Options { read_only: true, ..Options::default() });
    console.up();
    console.keys("4<enter>eMine. ");
    overlapping(&mut console);
    console.keys("<ctrl-s>nm<ctrl-s>s");
    assert_eq!(console.notice(), "Read-only: nothing is sent from here. Your edit is kept.");
}

#[test]
fn a_save_that_reads_as_something_else_is_laid_beside_what_was_sent() {
    let mut console = Console::open(80, 24);
    console.keys("<enter>eMine. <ctrl-s>s");
    console.wait(800);
    console.confirm("publish");
    let (call, _) = console.sent.remove(0);
    let other = REFUNDS.replace("You can ask", "Readers can ask").replace("three days", "two days");
    console.server[0].body = other.into();
    let written = console.server[0].clone();
    let end = End::Answer(Answer::Written(Box::new(written)));
    console
        .event(switchboard::app::Event::Report(switchboard::domain::call::Report::Ended { id: call, end }));
    assert_eq!(console.notice(), "It cannot be told whether the save arrived. Your edit is kept.");
    assert_eq!((console.model.place(), undecided(&console)), (Place::Conflict, 1));
    assert_snapshot!("conflict_untold_80", console.screen());
    console.keys("m");
    assert_eq!(console.notice(), "Decided: as sent. That was the last one; Ctrl-S reviews the result.");
    console.keys("<ctrl-s>");
    assert_eq!(sent_body(&mut console), REFUNDS.replacen("You can", "Mine. You can", 1));
}

#[test]
fn words_that_stay_the_same_say_so() {
    let console = moved(80, 24, |console| {
        console.server[0].body =
            REFUNDS.replacen("<p class=\"no-margin\">You", "<p class=\"wide\">You", 1).into();
    });
    assert!(
        console.shows("The words stay the same; only their HTML changes. v shows it."),
        "{}",
        console.screen()
    );
}

#[test]
fn a_removed_block_is_told() {
    let mut console = moved(80, 40, |console| {
        let (first, rest) = REFUNDS.split_at(REFUNDS.find("<h2").unwrap());
        assert!(first.starts_with("<p"));
        console.server[0].body = rest.into();
    });
    assert!(console.shows("(removed)"), "{}", console.screen());
    console.keys("nt<ctrl-s>");
    assert!(!sent_body(&mut console).contains("Mine."));
}

#[test]
fn what_one_moved_and_the_other_removed_is_told() {
    let answer = "<p class=\"no-margin\">We answer within a day.</p>";
    let without = REFUNDS.replace(answer, "");
    let mut console = Console::open(80, 24);
    console.keys("<enter>e");
    console.server[0].body = format!("{answer}{without}").into();
    for _ in 0..answer.chars().count() {
        console.keys("<ctrl-end><backspace>");
    }
    assert_eq!(body(&console), without);
    console.keys("<ctrl-s>n");
    assert_eq!(undecided(&console), 1);
    assert_snapshot!("conflict_moved_80", console.screen());
    console.keys("m<ctrl-s>");
    assert_eq!(sent_body(&mut console), without);
}

#[test]
fn the_help_tells_the_window_that_remains() {
    let mut console = conflict(80, 40);
    console.keys("?");
    assert_snapshot!("conflict_help_80", console.screen());
}

/// A text is being typed for the only overlap.
fn typing() -> Console {
    let mut console = Console::open(80, 24);
    console.keys("<enter>eMine. <ctrl-end><ctrl-left><ctrl-left><ctrl-w>the same ");
    console.server[0].body =
        REFUNDS.replace("within <b>30 days</b> of the purchase", "for 60 days after").as_str().into();
    console.keys("<ctrl-s>e<ctrl-home>");
    console.paste("LONGTEXT");
    assert_eq!(console.model.place(), Place::Overlap, "{}", console.screen());
    console
}

#[test]
fn what_was_typed_for_an_overlap_outlives_every_way_out() {
    for out in ["<esc><esc>", "<alt-4><enter>e", "<esc><esc><esc>e", "<ctrl-s><esc>"] {
        let mut console = typing();
        console.keys(out);
        assert_eq!(console.model.place(), Place::Editor, "{out}: {}", console.screen());
        console.keys("<ctrl-s>e");
        assert!(console.shows("LONGTEXT"), "{out}: {}", console.screen());
        // The server's copy moved on meanwhile: the overlap is another one, and the text still there.
        console.keys("<esc><esc>");
        console.server[0].body = REFUNDS.replace("within <b>30 days</b> of", "a year after").as_str().into();
        console.keys("<ctrl-s>e");
        assert!(console.shows("LONGTEXT"), "{out}: {}", console.screen());
    }
}

#[test]
fn leaving_asks_about_what_was_typed_for_an_overlap() {
    for before in ["", "<esc>", "<ctrl-s>", "<esc><esc>"] {
        let mut console = typing();
        console.keys(before);
        console.keys("<ctrl-q>");
        assert!(!console.quit, "{before}");
        assert!(console.notice().starts_with("What you typed for an overlap"), "{}", console.notice());
        console.wait(700);
        console.keys("<ctrl-q>");
        assert!(console.quit, "{before}");
    }
    // What was taken into the edit is nothing to ask about any more.
    let mut console = typing();
    console.keys("<ctrl-s><ctrl-s>");
    assert_eq!(console.model.place(), Place::Review);
    console.wait(2_000);
    assert!(console.model.hold().is_none());
}
