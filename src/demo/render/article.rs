//! Articles.

use serde_json::{Value, json};

use super::super::workspace::{Article, Workspace};
use super::extend;

/// The public address of an article, whether or not it is published.
pub(crate) fn url(workspace: &Workspace, article: &Article) -> String {
    let slug: String = article
        .title
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    format!("https://help.{}.example/en/articles/{}-{slug}", workspace.desk.id, article.id)
}

/// An article as lists carry it: without body and statistics.
pub(crate) fn item(workspace: &Workspace, article: &Article) -> Value {
    let mut value = json!({"content_id": format!("7{}", article.id)});
    let mut head = head(workspace, article);
    extend(&mut value, head.take());
    value
}

/// An article with its body.
pub(crate) fn full(workspace: &Workspace, article: &Article) -> Value {
    let mut value = head(workspace, article);
    extend(
        &mut value,
        json!({
            "body": article.body,
            "statistics": {
                "type": "article_statistics",
                "views": article.views,
                "conversations": 0,
                "reactions": 0,
                "happy_reaction_percentage": 0,
                "neutral_reaction_percentage": 0,
                "sad_reaction_percentage": 0,
            },
        }),
    );
    value
}

fn head(workspace: &Workspace, article: &Article) -> Value {
    let parent = article.parent.as_ref();
    let parents: Vec<i64> = parent.iter().map(|(id, _)| *id).collect();
    json!({
        "type": "article",
        "id": article.id,
        "workspace_id": workspace.desk.id,
        "title": article.title,
        "description": article.description,
        "author_id": article.author_id,
        "state": article.state(),
        "created_at": article.created_at,
        "updated_at": article.updated_at,
        "url": article.published.then(|| url(workspace, article)),
        "parent_id": parent.map(|(id, _)| id),
        "parent_type": parent.map(|(_, kind)| kind),
        "parent_ids": parents,
        "default_locale": "en",
    })
}
