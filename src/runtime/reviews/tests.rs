use std::os::unix::fs::PermissionsExt as _;

use proptest::prelude::*;

use super::*;
use crate::domain::four_eyes::base_hash;

fn review() -> FourEyes {
    let base = Version {
        title: "Refunds".into(),
        description: "How".into(),
        body: "<p>One</p>".into(),
        state: ArticleState::Published,
        author: AdminId::read("11"),
        parent: Some(Parent { id: "77".into(), kind: Clean::fixed("collection") }),
    };
    let article = ArticleId::read("4200").unwrap();
    FourEyes {
        workspace: Workspace { host: "mcp.example".into(), account: "acme".into() },
        base_hash: base_hash(&article, &base, true),
        article,
        base,
        summary_said: true,
        changes: Changes { body: Some("<p>Two \u{200b}船</p>".into()), ..Changes::default() },
        author: "ana".into(),
        saved_at: Unix(1_789_992_000),
    }
}

#[test]
fn what_is_written_is_read() {
    let mut all = review();
    assert_eq!(read(&written(&all).unwrap()), Ok(all.clone()));
    all.changes = Changes {
        title: Some(String::new()),
        description: Some("x".into()),
        state: Some(ArticleState::Draft),
        author: AdminId::read("12"),
        parent: Some(Parent { id: "78".into(), kind: Clean::fixed("section") }),
        ..all.changes
    };
    (all.summary_said, all.base.description) = (false, String::new());
    (all.base.author, all.base.parent) = (None, None);
    all.base_hash = base_hash(&all.article, &all.base, false);
    assert_eq!(read(&written(&all).unwrap()), Ok(all));
}

#[test]
fn a_person_can_read_the_file() {
    insta::assert_snapshot!(String::from_utf8(written(&review()).unwrap()).unwrap());
}

#[test]
fn a_changed_byte_is_refused_wherever_it_is() {
    let bytes = written(&review()).unwrap();
    for at in 0..bytes.len() {
        for change in [1, 0x20, 0x80] {
            let mut changed = bytes.clone();
            changed[at] ^= change;
            assert!(read(&changed).is_err(), "byte {at}");
        }
        let mut shorter = bytes.clone();
        shorter.remove(at);
        assert!(read(&shorter).is_err(), "without byte {at}");
        let mut longer = bytes.clone();
        longer.insert(at, b' ');
        assert!(read(&longer).is_err(), "with a blank at {at}");
        assert!(read(&bytes[..at]).is_err(), "cut at {at}");
    }
    assert!(read(&[&bytes[..], b"\n"].concat()).is_err());
}

/// A file of ours with something else in it, under a checksum that is right.
fn forged(change: impl Fn(&str) -> String) -> Vec<u8> {
    let bytes = written(&review()).unwrap();
    let end = BEFORE.len() + DIGITS + AFTER.len();
    let head = change(std::str::from_utf8(&bytes[..bytes.len() - end]).unwrap());
    [head.as_bytes(), BEFORE.as_bytes(), checksum(head.as_bytes()).as_bytes(), AFTER.as_bytes()].concat()
}

#[test]
fn a_right_checksum_does_not_make_a_review() {
    let why = |from: &str, to: &str| read(&forged(|head| head.replace(from, to))).unwrap_err();
    assert!(why("\"version\": 1", "\"version\": 2").contains("another version"));
    for (from, to) in [
        ("One", "Uno"),
        ("\"4200\"", "\"article_4200\""),
        ("\"4200\"", "\"new-1\""),
        ("\"11\"", "\"1 1\""),
        ("\"published\"", "\"secret\""),
        ("<p>Two", "\", \"other\": \"<p>Two"),
        ("\"body\": \"<p>Two", "\"odd\": \"<p>Two"),
    ] {
        assert!(why(from, to).contains("do not fit together"), "{from} {to}");
    }
    assert!(why("switchboard-review", "switchboard-views").contains("not a review"));
}

#[test]
fn files_are_private_and_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("4200.switchboard-review");
    let typed = path.to_str().unwrap().to_owned();
    assert_eq!(save(&typed, review()), Handed::Saved(shown(&path)));
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let Handed::Opened(_, opened) = open(&typed) else { panic!("it was not opened") };
    assert_eq!((opened.changes.clone(), opened.article.clone()), (review().changes, review().article));
    assert!(!opened.author.is_empty());
    let before = fs::read(&path).unwrap();
    let Handed::NotSaved(sentence) = save(&typed, review()) else { panic!("it was overwritten") };
    assert!(sentence.contains("a file of that name already"), "{sentence}");
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "something was left behind");
}

#[test]
fn what_cannot_be_read_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let said = |path: &Path| match open(path.to_str().unwrap()) {
        Handed::NotOpened(sentence) => sentence,
        other @ (Handed::Saved(_) | Handed::NotSaved(_) | Handed::Opened(..)) => panic!("{other:?}"),
    };
    assert!(said(&folder.path().join("none")).contains("no such file"));
    assert!(said(folder.path()).contains("no ordinary file"));
    let odd = folder.path().join("odd\u{202e}");
    fs::write(&odd, "{}").unwrap();
    assert!(said(&odd).contains("‹U+202E› is not a review"), "{}", said(&odd));
    let large = folder.path().join("large");
    fs::File::create(&large).unwrap().set_len(LARGEST + 1).unwrap();
    assert!(said(&large).contains("larger than 8 MiB"));
    let pipe = folder.path().join("pipe");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR, 0)
        .unwrap();
    assert!(said(&pipe).contains("it is no ordinary file"), "{}", said(&pipe));
    let missing = folder.path().join("none/there").to_str().unwrap().to_owned();
    assert!(matches!(save(&missing, review()), Handed::NotSaved(_)));
}

#[test]
fn a_text_that_is_too_large_is_neither_saved_nor_opened() {
    let mut long = review();
    long.changes.body = Some("x".repeat(LONGEST + 1));
    let why = written(&long).unwrap_err().to_string();
    assert!(why.contains("larger than 2 MiB"), "{why}");
    long.changes.body = Some("x".repeat(LONGEST));
    let mut bytes = written(&long).unwrap();
    assert!(read(&bytes).is_ok());
    // As somebody else's program may have written it.
    let at = bytes.windows(4).position(|there| there == b"xxxx").unwrap();
    bytes.insert(at, b'x');
    let head = bytes.len() - BEFORE.len() - DIGITS - AFTER.len();
    let sum = checksum(&bytes[..head]);
    bytes.truncate(head);
    bytes.extend_from_slice([BEFORE, &sum, AFTER].concat().as_bytes());
    assert!(read(&bytes).unwrap_err().contains("too large"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(read(&bytes).is_err());
        let marked = [MARK.as_bytes(), &bytes].concat();
        prop_assert!(read(&marked).is_err());
    }

    #[test]
    fn any_fields_come_back(title in ".{0,20}", body in ".{0,40}", old in ".{0,40}") {
        let mut review = review();
        review.base.body = old;
        review.base_hash = base_hash(&review.article, &review.base, true);
        review.changes = Changes { title: Some(title), body: Some(body), ..Changes::default() };
        prop_assert_eq!(read(&written(&review).unwrap()), Ok(review));
    }
}
