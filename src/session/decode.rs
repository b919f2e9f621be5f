//! From a tool's result to an answer, tolerant by the rules of intercom-mcp section 12 (5 to 8): every field may be
//! missing or of another kind, an odd record costs that record and is counted. Refuses to guess where nothing can be
//! read, and says so in a fault.

mod article;
mod contact;
mod conversation;
mod fault;
mod fields;
mod page;
mod payload;
mod people;
mod thread;

use serde_json::Value;

use super::wire::Reply;
use crate::domain::article::Article;
use crate::domain::call::{Answer, Call, Fault, FaultKind};
use crate::domain::conversation::{Part, PartKind};
use crate::domain::id::ArticleId;
use page::Asked;

/// What a result must be read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    record: Record,
    asked: Asked,
}

/// The kinds of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Record {
    Conversations,
    /// Hits of the one-string search.
    Hits,
    /// How many rows there are, whatever they are.
    Count,
    Conversation,
    Contact,
    Company,
    Contacts,
    /// Contacts of the one-string search.
    ContactHits,
    Companies,
    Articles,
    Article,
}

impl Expected {
    /// What the answer to `call`, asked with `tool`, must look like.
    pub(crate) fn of(call: &Call, tool: &str) -> Self {
        let (record, asked) = match call {
            Call::SearchConversations { cursor, per_page, .. } => {
                let record = if tool == "search" { Record::Hits } else { Record::Conversations };
                (record, Asked::after(cursor.clone(), *per_page))
            }
            Call::Count(_) => (Record::Count, Asked::after(None, 1)),
            Call::ConversationsById(_) => (Record::Conversations, Asked::after(None, 150)),
            Call::ConversationsOf { per_page, .. } => (Record::Conversations, Asked::after(None, *per_page)),
            Call::Conversation(_) => (Record::Conversation, Asked::one()),
            Call::Contact(_) => (Record::Contact, Asked::one()),
            Call::Company(_) => (Record::Company, Asked::one()),
            Call::SearchContacts { cursor, per_page, .. } => {
                let record = if tool == "search" { Record::ContactHits } else { Record::Contacts };
                (record, Asked::after(cursor.clone(), *per_page))
            }
            Call::ListCompanies { page, per_page, .. } => {
                (Record::Companies, Asked::number(*page, *per_page))
            }
            Call::ListArticles { page, per_page } => (Record::Articles, Asked::number(*page, *per_page)),
            Call::SearchArticles { .. } => (Record::Articles, Asked::one()),
            Call::Article(_) => (Record::Article, Asked::one()),
        };
        Self { record, asked }
    }
}

/// Reads the answer out of a result.
pub(crate) fn answer(reply: Reply, expected: &Expected) -> Result<Answer, Fault> {
    let value = payload::of(reply)?;
    let asked = &expected.asked;
    match expected.record {
        Record::Conversations => {
            page::of(&value, asked, "conversations", conversation::row).map(Answer::Conversations)
        }
        Record::Hits => page::of(&value, asked, "results", conversation::hit).map(Answer::Conversations),
        Record::Contacts => people::contacts(&value, asked).map(Answer::Contacts),
        Record::ContactHits => people::hits(&value, asked).map(Answer::Contacts),
        Record::Companies => people::companies(&value, asked).map(Answer::Companies),
        Record::Count => page::counted(&value, asked).map(Answer::Count),
        Record::Articles => article::page(&value, asked).map(Answer::Articles),
        Record::Conversation => single(&value, "conversation", thread::conversation)
            .map(|record| Answer::Conversation(Box::new(record))),
        Record::Contact => {
            single(&value, "contact", contact::contact).map(|record| Answer::Contact(Box::new(record)))
        }
        Record::Company => {
            single(&value, "company", contact::company).map(|record| Answer::Company(Box::new(record)))
        }
        Record::Article => whole(&payload::single(&value, "article")).map(Answer::Article),
    }
}

fn single<T>(value: &Value, kind: &'static str, read: impl Fn(&Value) -> Option<T>) -> Result<T, Fault> {
    let record = payload::single(value, kind);
    read(&record).ok_or_else(|| without(kind))
}

fn without(kind: &str) -> Fault {
    Fault::new(
        FaultKind::Protocol,
        &format!("The server's answer holds no {kind}."),
        "Try again, or open it in Intercom.",
    )
}

/// A whole article. One without its text is a fault and never an empty one: what looks empty could be edited and saved
/// over the real text.
fn whole(record: &Value) -> Result<Box<Article>, Fault> {
    let article = article::article(record).ok_or_else(|| without("article"))?;
    if !article::has_body(record) {
        return Err(Fault::new(
            FaultKind::Protocol,
            "The server sent this article without its text.",
            "Open it again; if that does not help, edit it in Intercom.",
        ));
    }
    Ok(Box::new(article))
}

/// The fault that a result stands for: a tool's error, or a REST error dressed as success.
pub(crate) fn refusal(reply: &Reply) -> Option<Fault> {
    fault::of_result(reply)
}

/// Whether an answer says by a known REST code that it refuses.
pub(crate) fn is_coded_refusal(reply: &Reply) -> bool {
    fault::is_coded(reply)
}

/// The article `id` that a write's answer holds. Everything else is a fault, whose kind says whether the server refused
/// the write or answered in a way that leaves open whether it acted.
pub(crate) fn echo(reply: Reply, id: &ArticleId) -> Result<Box<Article>, Fault> {
    let value = payload::of(reply)?;
    let record = payload::single(&value, "article");
    let article = whole(&record)?;
    if article.row.id != *id || record.get("title").is_none() {
        return Err(Fault::new(
            FaultKind::Protocol,
            "The server answered the write with something else than the article.",
            "Open the article again to see what stands there.",
        ));
    }
    Ok(article)
}

/// The new article that a write's answer holds, under an id of the server's own; its title says that it is the one that was
/// sent.
pub(crate) fn created(reply: Reply, title: &str) -> Result<Box<Article>, Fault> {
    let value = payload::of(reply)?;
    let record = payload::single(&value, "article");
    let article = whole(&record)?;
    let same_title = article.title.as_str().split_whitespace().eq(title.split_whitespace());
    if article.row.id.is_local() || !same_title {
        return Err(Fault::new(
            FaultKind::Protocol,
            "The server answered the write with something else than the new article.",
            "Refresh the list to see whether it is there.",
        ));
    }
    Ok(article)
}

/// The note that a write's answer holds.
pub(crate) fn noted(reply: Reply) -> Result<Box<Part>, Fault> {
    let value = payload::of(reply)?;
    let note = thread::part(&payload::single(&value, "conversation_part"));
    let note = note.filter(|part| part.kind == PartKind::Note && !part.id.is_empty());
    note.map(Box::new).ok_or_else(|| {
        Fault::new(
            FaultKind::Protocol,
            "The server answered the write with something else than the note.",
            "Open the conversation again to see whether it is there.",
        )
    })
}

#[cfg(test)]
mod tests;
