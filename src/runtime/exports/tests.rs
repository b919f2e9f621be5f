//! What the file holds, and that it is private and never written over another.

use std::os::unix::fs::PermissionsExt as _;

use super::*;
use crate::domain::conversation::{Author, bare_row};
use crate::domain::text::Clean;

fn row(number: u64) -> ConversationRow {
    ConversationRow {
        subject: Clean::line("A \"quoted\" 船"),
        author: Author { name: Clean::line("Ana"), ..Author::default() },
        created_at: Some(Unix(5)),
        priority: Priority::High,
        first_reply: Some(90),
        ..bare_row(number)
    }
}

#[test]
fn rows_are_written_once_and_for_their_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.json");
    let typed = path.to_str().unwrap();
    assert_eq!(rows(typed, &[row(1), row(2)]), Ok(format!("2 conversations are in {typed}.")));
    let text = std::fs::read_to_string(&path).unwrap();
    let first = r#"{"id":"1","subject":"A \"quoted\" 船","state":"open","who":{"name":"Ana"},"created_at":5,"first_reply_seconds":90,"priority":"high"}"#;
    assert_eq!(text.lines().nth(1), Some(format!("{first},").as_str()));
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(read.as_array().map(Vec::len), Some(2));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let again = rows(typed, &[row(3)]).unwrap_err();
    assert!(again.contains("there is a file of that name already"), "{again}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_folder_that_is_not_there_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let typed = folder.path().join("no/where.json");
    let said = rows(typed.to_str().unwrap(), &[]).unwrap_err();
    assert!(
        said.starts_with("Nothing was exported to ") && said.ends_with("no such file or folder."),
        "{said}"
    );
}
