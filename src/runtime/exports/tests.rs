//! What the files hold, and that they are private and never written over another.

use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use super::*;
use crate::domain::conversation::{Author, AuthorKind, ConversationRow, Priority, Tag, bare_row};
use crate::domain::id::{AdminId, ContactId, TeamId};
use crate::domain::roster::{Kind, Roster};
use crate::domain::text::Clean;
use crate::domain::time::Unix;

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

fn excerpt(list: Vec<ConversationRow>, roster: Roster) -> Excerpt {
    let numbers = (0..u32::try_from(list.len()).unwrap()).collect();
    Excerpt::of(Arc::new(list), numbers, roster)
}

fn read(path: &std::path::Path) -> serde_json::Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn rows_are_written_once_and_for_their_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.json");
    let typed = path.to_str().unwrap();
    let some = excerpt(vec![row(1), row(2)], Roster::default());
    assert_eq!(rows(typed, &some), Ok(format!("2 conversations are in {typed}.")));
    let text = std::fs::read_to_string(&path).unwrap();
    let first = r#"{"id":"1","subject":"A \"quoted\" 船","state":"open","who":{"name":"Ana"},"created_at":5,"first_reply_seconds":90,"priority":"high"}"#;
    assert_eq!(text.lines().nth(1), Some(format!("{first},").as_str()));
    assert_eq!(read(&path).as_array().map(Vec::len), Some(2));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let again = rows(typed, &excerpt(vec![row(3)], Roster::default())).unwrap_err();
    assert!(again.contains("there is a file of that name already"), "{again}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn every_id_is_there_and_beside_it_the_name_that_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.json");
    let mut roster = Roster::default();
    roster.learn_name(Kind::Admin, "7001", &Clean::fixed("Ida"));
    roster.learn_name(Kind::Tag, "9", &Clean::fixed("vip"));
    let (kind, name) = (AuthorKind::Customer, Clean::fixed("Ana"));
    roster.learn(&Author { kind, id: "c1".into(), name, email: Clean::default() });
    let tag = |id: &str, name: &str| Tag { id: id.into(), name: Clean::line(name) };
    let contacts = ["c1", "c2"].map(|id| ContactId::read(id).unwrap());
    let row = ConversationRow {
        admin: AdminId::read("7001"),
        team: TeamId::read("5"),
        contacts: contacts.into(),
        tags: vec![tag("9", "9"), tag("8", "billing"), tag("7", "7"), tag("", "loose")],
        ..row(1)
    };
    rows(path.to_str().unwrap(), &excerpt(vec![row], roster)).unwrap();
    let read = &read(&path)[0];
    let expected = serde_json::json!({
        "admin": {"id": "7001", "name": "Ida"},
        "team": {"id": "5"},
        "contacts": [{"id": "c1", "name": "Ana"}, {"id": "c2"}],
        "tags": [{"id": "9", "name": "vip"}, {"id": "8", "name": "billing"}, {"id": "7"}, {"name": "loose"}],
    });
    for (field, expected) in expected.as_object().unwrap() {
        assert_eq!(&read[field], expected, "{field}");
    }
}

#[test]
fn a_mark_that_came_back_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("marks.json");
    let id = ConversationId::read("1").unwrap();
    let mark = Mark { done: Some(Unix(1)), back: Some(Unix(3)), heard: Some(Unix(2)), ..Mark::default() };
    let typed = path.to_str().unwrap();
    let said = marks(typed, "https://app.intercom.com", &[(id, mark)]);
    assert_eq!(said, Ok(format!("1 mark is in {typed}.")));
    let read = &read(&path)[0];
    assert_eq!(read["done_at"], "1970-01-01T00:00:01Z");
    assert_eq!(read["came_back_at"], "1970-01-01T00:00:03Z");
    assert_eq!(read["customer_wrote_at"], "1970-01-01T00:00:02Z");
    assert!(read["link"].as_str().unwrap().starts_with("https://app.intercom.com/"));
}

#[test]
fn a_folder_that_is_not_there_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let typed = folder.path().join("no/where.json");
    let said = rows(typed.to_str().unwrap(), &excerpt(Vec::new(), Roster::default())).unwrap_err();
    assert!(
        said.starts_with("Nothing was exported to ") && said.ends_with("no such file or folder."),
        "{said}"
    );
}
