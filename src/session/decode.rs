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
mod thread;

use serde_json::Value;

use super::wire::Reply;
use crate::domain::article::Article;
use crate::domain::call::{Answer, Call, Fault, FaultKind};
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
    Conversation,
    Contact,
    Company,
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
            Call::ConversationsById(_) => (Record::Conversations, Asked::after(None, 150)),
            Call::ConversationsOf { per_page, .. } => (Record::Conversations, Asked::after(None, *per_page)),
            Call::Conversation(_) => (Record::Conversation, Asked::one()),
            Call::Contact(_) => (Record::Contact, Asked::one()),
            Call::Company(_) => (Record::Company, Asked::one()),
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
        Record::Articles => article::page(&value, asked).map(Answer::Articles),
        Record::Conversation => single(&value, "conversation", thread::conversation)
            .map(|record| Answer::Conversation(Box::new(record))),
        Record::Contact => {
            single(&value, "contact", contact::contact).map(|record| Answer::Contact(Box::new(record)))
        }
        Record::Company => {
            single(&value, "company", contact::company).map(|record| Answer::Company(Box::new(record)))
        }
        Record::Article => {
            single(&value, "article", article::article).map(|record| Answer::Article(Box::new(record)))
        }
    }
}

fn single<T>(value: &Value, kind: &'static str, read: impl Fn(&Value) -> Option<T>) -> Result<T, Fault> {
    let record = payload::single(value, kind);
    read(&record).ok_or_else(|| {
        Fault::new(
            FaultKind::Protocol,
            &format!("The server's answer holds no {kind}."),
            "Look at the answer on the Session screen.",
        )
    })
}

/// The article that a write's answer holds: none when the server took the write and its words cannot be read as the
/// article `id`.
pub(crate) fn echo(reply: Reply, id: &ArticleId) -> Result<Option<Box<Article>>, Fault> {
    if reply.is_error {
        return Err(fault::of_tool(&reply));
    }
    let Ok(value) = payload::of(reply) else {
        return Ok(None);
    };
    let record = payload::single(&value, "article");
    let whole = record.get("body").is_some() && record.get("title").is_some();
    let article = article::article(&record).filter(|article| whole && article.row.id == *id);
    Ok(article.map(Box::new))
}

#[cfg(test)]
mod tests;
