//! Conversation parts and their authors.

use serde_json::{Value, json};

use super::super::workspace::{Author, Message, Note, Part, Record, Story, Workspace};

/// At most this many parts come with a conversation, the most recent ones.
const MOST_PARTS: usize = 500;

/// An author object.
pub(super) fn author(workspace: &Workspace, author: Author, person: u32) -> Value {
    match author {
        Author::Contact => json!({
            "type": workspace.person(person).map_or("user", |(_, seed)| seed.role.as_str()),
            "id": workspace.person_id(person),
            "name": workspace.person_name(person),
            "email": workspace.person_email(person),
        }),
        Author::Admin(id) => {
            let admin = workspace.desk.admin(id);
            json!({
                "type": "admin",
                "id": id.to_string(),
                "name": admin.map(|admin| admin.name.as_str()),
                "email": admin.and_then(|admin| admin.email.as_deref()),
                "from_ai_agent": false,
                "is_ai_answer": false,
            })
        }
        Author::Fin => bot(workspace, "990001", "Fin", true),
        Author::Bot => bot(workspace, "990002", "Operator", false),
    }
}

fn bot(workspace: &Workspace, id: &str, name: &str, agent: bool) -> Value {
    let email = format!("operator+{}@intercom.example", workspace.desk.id);
    json!({"type": "bot", "id": id, "name": name, "email": email, "from_ai_agent": agent, "is_ai_answer": agent})
}

/// The files of a message.
pub(super) fn attachments(workspace: &Workspace, message: &Message, id: &str) -> Vec<Value> {
    let file = |(name, content_type, size): &(String, String, i64)| {
        let encoded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
        // To the full hour, so that reading the same file twice gives the same address.
        let expires = (workspace.clock.now().div_euclid(3_600) + 2) * 3_600;
        let place = &workspace.desk.id;
        json!({
            "type": "upload",
            "name": name,
            "url": format!("https://downloads.intercomcdn.com/i/o/{place}/{id}/{encoded}?expires={expires}&signature=demo"),
            "content_type": content_type,
            "filesize": size,
            "width": null,
            "height": null,
        })
    };
    message.attachments.iter().map(file).collect()
}

/// A part that ships.
fn told(workspace: &Workspace, record: &Record, story: &Story, number: usize, part: &Part) -> Value {
    let at = record.began_at + part.after;
    let id = part_id(record.id, number);
    let mut value = json!({
        "type": "conversation_part",
        "id": id,
        "part_type": part.kind,
        "body": part.message.body,
        "created_at": at,
        "updated_at": at,
        "notified_at": at,
        "assigned_to": null,
        "author": author(workspace, part.author, record.person),
        "attachments": attachments(workspace, &part.message, &id),
        "external_id": null,
        "redacted": false,
    });
    if let Some(assigned) = value.get_mut("assigned_to").filter(|_| part.kind.contains("assign")) {
        *assigned = assignee(part.author, story);
    }
    value
}

/// The shipped stories name the teammate who took a conversation as the author; a workflow's choice is the story's.
fn assignee(author: Author, story: &Story) -> Value {
    match (author, story.admin_assignee_id, story.team_assignee_id) {
        (Author::Admin(id), _, _) | (_, Some(id), _) => {
            json!({"type": "admin", "id": id.to_string()})
        }
        (_, None, Some(id)) => json!({"type": "team", "id": id.to_string()}),
        (_, None, None) => Value::Null,
    }
}

/// A note added since the start.
pub(crate) fn note(workspace: &Workspace, conversation: u64, number: usize, note: &Note) -> Value {
    json!({
        "type": "conversation_part",
        "id": part_id(conversation, number),
        "part_type": note.kind,
        "body": note.body,
        "created_at": note.at,
        "updated_at": note.at,
        "notified_at": note.at,
        "assigned_to": null,
        "author": author(workspace, Author::Admin(note.author), 0),
        "attachments": [],
        "external_id": null,
        "redacted": false,
    })
}

fn part_id(conversation: u64, number: usize) -> String {
    format!("44{}{:04}", conversation % 1_000_000_000, number + 1)
}

/// All parts of a conversation, the most recent 500 of them.
pub(super) fn list(workspace: &Workspace, index: u32) -> Value {
    let Some((record, story)) = workspace.conversation(index) else {
        return Value::Null;
    };
    let notes = workspace.notes_of(index);
    let total = story.parts.len() + notes.len();
    let left_out = total.saturating_sub(MOST_PARTS);
    let shipped =
        story.parts.iter().enumerate().map(|(number, part)| told(workspace, record, story, number, part));
    let added =
        (story.parts.len()..).zip(notes).map(|(number, added)| note(workspace, record.id, number, added));
    let parts: Vec<Value> = shipped.chain(added).skip(left_out).collect();
    json!({"type": "conversation_part.list", "conversation_parts": parts, "total_count": total})
}
