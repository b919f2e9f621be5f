//! Books on a real disk: several windows, crashes, and disks that say no.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use proptest::prelude::*;

use super::*;
use crate::domain::id::ConversationId;
use crate::domain::roster::{Kind, Said};
use crate::domain::text::Clean;
use crate::domain::time::Unix;
use crate::domain::triage::{Aside, Change, Triage};

fn id(number: u64) -> ConversationId {
    ConversationId::read(&number.to_string()).unwrap()
}

fn pinned(number: u64, pinned: bool) -> Change {
    Change { pinned: Some(pinned), ..Change::of(id(number)) }
}

fn noted(number: u64, note: &str) -> Change {
    Change { note: Some(note.to_owned()), ..Change::of(id(number)) }
}

fn done(number: u64, at: i64) -> Change {
    let aside = Aside { done: Some(Unix(at)), at: Some(Unix(at)), ..Aside::default() };
    Change { aside: Some(aside), ..Change::of(id(number)) }
}

fn window<L: Line>(home: &tempfile::TempDir) -> Ledger<L> {
    let mut ledger = Ledger::new(Some(home.path().join("marks/here")));
    ledger.patience = 0;
    ledger
}

fn triage(lines: &[Change]) -> Triage {
    let mut triage = Triage::default();
    triage.read(true, lines);
    triage
}

#[test]
fn two_windows_keep_what_both_decided() {
    let home = tempfile::tempdir().unwrap();
    let (mut first, mut second) = (window(&home), window(&home));
    assert!(first.begin().unwrap().whole && second.begin().unwrap().lines.is_empty());
    assert_eq!(first.append(&[pinned(1, true), noted(2, "船 \"x\"\u{1b}")]).unwrap().lines, []);
    let news = second.append(&[done(1, 5)]).unwrap();
    assert_eq!((news.whole, news.lines), (true, vec![pinned(1, true), noted(2, "船 \"x\"\u{1b}")]));
    let news = first.look().unwrap();
    assert_eq!((news.whole, news.lines), (false, vec![done(1, 5)]));
    assert_eq!(first.look().unwrap(), News::default());
    let all = triage(&window::<Change>(&home).begin().unwrap().lines);
    let mark = all.mark(&id(1)).unwrap();
    assert!(mark.pinned && mark.done == Some(Unix(5)));
    assert_eq!(all.mark(&id(2)).unwrap().note, "船 \"x\"\u{1b}");
    let folder = home.path().join("marks/here");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&folder.join("marks.jsonl")), mode(&folder)), (0o600, 0o700));
}

#[test]
fn a_broken_line_costs_that_line_and_is_kept_aside() {
    let home = tempfile::tempdir().unwrap();
    window(&home).append(&[pinned(1, true), pinned(2, true)]).unwrap();
    let folder = home.path().join("marks/here");
    let path = folder.join("marks.jsonl");
    let mut file = fs::read(&path).unwrap();
    file.splice(0..0, *b"{\"conversation\":\"../x\"}\n\xff\x00garbage\n");
    file.extend(b"{\"conversation\":\"3\",\"pin");
    fs::write(&path, &file).unwrap();
    let news = window::<Change>(&home).begin().unwrap();
    assert_eq!(news.lines, [pinned(1, true), pinned(2, true)]);
    let (count, aside) = news.broken.unwrap();
    let aside = fs::read(aside.unwrap()).unwrap();
    assert_eq!(count, 3);
    assert_eq!(aside, b"{\"conversation\":\"../x\"}\n\xff\x00garbage\n{\"conversation\":\"3\",\"pin\n");
    let again = window::<Change>(&home).begin().unwrap();
    assert_eq!((again.lines.len(), again.broken), (2, None), "it is said once");
}

#[test]
fn a_line_that_was_cut_by_a_crash_does_not_spoil_the_next_one() {
    let home = tempfile::tempdir().unwrap();
    let mut ledger = window(&home);
    ledger.append(&[pinned(1, true)]).unwrap();
    let path = home.path().join("marks/here/marks.jsonl");
    let mut file = OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(b"{\"conversation\":\"2").unwrap();
    ledger.append(&[pinned(3, true)]).unwrap();
    let news = window::<Change>(&home).begin().unwrap();
    assert_eq!(news.lines, [pinned(1, true), pinned(3, true)]);
    assert_eq!(news.broken.unwrap().0, 1);
}

#[test]
fn a_long_book_is_written_anew_and_an_open_window_notices() {
    let home = tempfile::tempdir().unwrap();
    let mut old = window(&home);
    let toggled: Vec<Change> = (0..SLACK as u64 + 7).map(|turn| pinned(1, turn % 2 == 0)).collect();
    old.append(&toggled).unwrap();
    old.append(&[noted(2, "x")]).unwrap();
    let path = home.path().join("marks/here/marks.jsonl");
    let before = fs::metadata(&path).unwrap().len();
    let mut new = window(&home);
    assert_eq!(new.begin().unwrap().lines, [pinned(1, true), noted(2, "x")]);
    assert!(fs::metadata(&path).unwrap().len() < before / 100);
    new.append(&[pinned(3, true)]).unwrap();
    let news = old.append(&[pinned(4, true)]).unwrap();
    assert_eq!((news.whole, news.lines.len()), (true, 3));
    assert_eq!(new.look().unwrap().lines, [pinned(4, true)]);
    assert_eq!(window::<Change>(&home).begin().unwrap().lines.len(), 4);
}

#[test]
fn a_disk_that_takes_nothing_says_so_and_what_is_there_is_read() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("marks"), "a file in the way").unwrap();
    assert!(window(&home).append(&[pinned(1, true)]).is_err());
    let nowhere = Ledger::new(None).append(&[pinned(1, true)]);
    assert!(nowhere.is_err() && Ledger::<Change>::new(None).begin().unwrap().whole);
    // Neither the lock nor the book can be made or written, as on a disk that is mounted for reading.
    let home = tempfile::tempdir().unwrap();
    window(&home).append(&[pinned(1, true)]).unwrap();
    let folder = home.path().join("marks/here");
    fs::remove_file(folder.join("marks.lock")).unwrap();
    fs::create_dir(folder.join("marks.lock")).unwrap();
    assert_eq!(window::<Change>(&home).begin().unwrap().lines, [pinned(1, true)]);
    assert!(window(&home).append(&[pinned(2, true)]).is_err());
    assert_eq!(window::<Change>(&home).begin().unwrap().lines, [pinned(1, true)]);
}

#[test]
fn a_line_that_somebody_is_still_writing_is_read_when_it_is_whole() {
    let home = tempfile::tempdir().unwrap();
    let mut writer = window(&home);
    writer.append(&[pinned(1, true)]).unwrap();
    let folder = home.path().join("marks/here");
    let path = folder.join("marks.jsonl");
    let whole = fs::read(&path).unwrap();
    // Nothing can be locked here, so that the others are read while they write.
    fs::remove_file(folder.join("marks.lock")).unwrap();
    fs::create_dir(folder.join("marks.lock")).unwrap();
    let mut reader = window::<Change>(&home);
    fs::write(&path, [&whole[..], &whole[..9]].concat()).unwrap();
    let news = reader.begin().unwrap();
    assert_eq!((news.lines, news.broken), (vec![pinned(1, true)], None));
    assert_eq!(reader.look().unwrap().lines, []);
    fs::write(&path, [&whole[..], &whole[..]].concat()).unwrap();
    assert_eq!(reader.look().unwrap().lines, [pinned(1, true)]);
    assert_eq!(reader.look().unwrap(), News::default());
}

#[test]
fn another_window_that_holds_the_book_is_not_waited_for_for_ever() {
    let home = tempfile::tempdir().unwrap();
    let mut ledger = window(&home);
    ledger.append(&[pinned(1, true)]).unwrap();
    let held = ledger.locked(&home.path().join("marks/here"), FlockOperation::NonBlockingLockExclusive);
    let error = window(&home).append(&[pinned(2, true)]).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
    drop(held);
    window(&home).append(&[pinned(2, true)]).unwrap();
}

#[test]
fn a_name_put_right_stays_over_what_other_windows_learn() {
    let home = tempfile::tempdir().unwrap();
    let said = |name: Option<&str>, by_hand| Said::Name {
        kind: Kind::Team,
        id: "9".into(),
        name: name.map(Clean::line),
        by_hand,
    };
    let (mut first, mut second) = (window(&home), window(&home));
    first.append(&[said(Some("T2"), false), Said::Me(None), said(Some("Tier 2"), true)]).unwrap();
    second.append(&[said(Some("T2"), false)]).unwrap();
    assert_eq!(window::<Said>(&home).begin().unwrap().lines, [said(Some("Tier 2"), true)]);
    second.append(&[said(None, true)]).unwrap();
    assert_eq!(window::<Said>(&home).begin().unwrap().lines, []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whoever_wrote_last_is_right_whatever_the_windows_do(
        steps in proptest::collection::vec((0usize..3, 0u64..4, 0u8..4, any::<bool>()), 0..40)
    ) {
        let home = tempfile::tempdir().unwrap();
        let mut windows = [window(&home), window(&home), window(&home)];
        let mut seen = [Triage::default(), Triage::default(), Triage::default()];
        let mut truth = Triage::default();
        for (at, number, what, flag) in steps {
            let change = match what {
                0 => pinned(number, flag),
                1 => noted(number, if flag { "a" } else { "" }),
                2 => done(number, i64::from(flag)),
                _ => {
                    // A window is closed and opened again.
                    windows[at] = window(&home);
                    seen[at] = triage(&windows[at].begin().unwrap().lines);
                    continue;
                }
            };
            truth.read(false, std::slice::from_ref(&change));
            let news = windows[at].append(std::slice::from_ref(&change)).unwrap();
            seen[at].read(news.whole, &news.lines);
            seen[at].read(false, &[change]);
        }
        for (window, seen) in windows.iter_mut().zip(&mut seen) {
            let news = window.look().unwrap();
            seen.read(news.whole, &news.lines);
            for number in 0..4 {
                prop_assert_eq!(seen.mark(&id(number)), truth.mark(&id(number)));
            }
        }
    }
}
