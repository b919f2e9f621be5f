//! The article tools: listing, reading, creating and changing. Searching has its own file.

mod phrase;

use serde_json::{Value, json};

use super::super::arguments::Arguments;
use super::super::refusal::Refusal;
use super::super::workspace::{Article, Workspace};
use super::super::{article_html, render};
use super::companies::numbered;

pub(super) use phrase::search;

/// Articles, most recently updated first.
fn in_order(workspace: &Workspace) -> Vec<&Article> {
    let mut articles: Vec<&Article> = workspace.articles.iter().collect();
    articles.sort_by(|one, other| (other.updated_at, &other.id).cmp(&(one.updated_at, &one.id)));
    articles
}

/// One page of articles without their bodies.
pub(super) fn list(workspace: &Workspace, arguments: &Arguments<'_>) -> Value {
    let articles = in_order(workspace);
    let (number, per_page) = (arguments.count("page", 1), arguments.count("per_page", 25));
    let start = number.saturating_sub(1).saturating_mul(per_page);
    let page = articles.iter().skip(start).take(per_page);
    let data: Vec<Value> = page.map(|article| render::article::item(workspace, article)).collect();
    json!({
        "type": "list",
        "pages": numbered(number, per_page, articles.len()),
        "total_count": articles.len(),
        "data": data,
    })
}

/// One article with its body.
pub(super) fn get(workspace: &mut Workspace, arguments: &Arguments<'_>) -> Result<Value, Refusal> {
    let article = workspace.article(&arguments.identifier("id")).ok_or_else(not_found)?;
    Ok(render::article::full(workspace, article))
}

fn not_found() -> Refusal {
    Refusal::rest("not_found", "Resource Not Found")
}

/// Creates an article; a draft unless `state` says otherwise.
pub(super) fn create(workspace: &mut Workspace, arguments: &Arguments<'_>) -> Result<Value, Refusal> {
    let now = workspace.clock.now();
    let highest = workspace.articles.iter().filter_map(|article| article.id.parse::<u64>().ok()).max();
    let blank = Article {
        id: highest.unwrap_or(9_000_000).saturating_add(1).to_string(),
        title: String::new(),
        description: None,
        body: None,
        published: false,
        author_id: workspace.desk.me,
        parent: None,
        created_at: now,
        updated_at: now,
        views: 0,
    };
    let article = changed(workspace, blank, arguments)?;
    let value = render::article::full(workspace, &article);
    workspace.articles.push(article);
    workspace.changed();
    Ok(value)
}

/// Changes an article at once, published or not.
pub(super) fn update(workspace: &mut Workspace, arguments: &Arguments<'_>) -> Result<Value, Refusal> {
    let id = arguments.identifier("id");
    let mut article = workspace.article(&id).cloned().ok_or_else(not_found)?;
    if !arguments.any_but(&["id"]) {
        return Err(Refusal::invalid("At least one field to update must be provided"));
    }
    // Intercom shows the connected admin as the author unless the call names one.
    article.author_id = workspace.desk.me;
    // Two changes within a second must still move the time.
    article.updated_at = workspace.clock.now().max(article.updated_at + 1);
    let article = changed(workspace, article, arguments)?;
    let value = render::article::full(workspace, &article);
    if let Some(stored) = workspace.articles.iter_mut().find(|stored| stored.id == id) {
        *stored = article;
    }
    workspace.changed();
    Ok(value)
}

/// The article with the given fields, each of them checked.
fn changed(
    workspace: &Workspace,
    mut article: Article,
    arguments: &Arguments<'_>,
) -> Result<Article, Refusal> {
    if let Some(title) = arguments.text("title") {
        if title.trim().is_empty() {
            return Err(Refusal::invalid("title can't be blank"));
        }
        title.clone_into(&mut article.title);
    }
    if let Some(author) = arguments.get("author_id") {
        let id = arguments.whole("author_id").filter(|id| workspace.desk.admin(*id).is_some());
        article.author_id =
            id.ok_or_else(|| Refusal::rest("admin_not_found", format!("Admin {author} not found")))?;
    }
    if let Some(description) = arguments.text("description") {
        article.description = Some(description.to_owned());
    }
    // A body that did not change is not touched, whatever form it was stored in.
    let body = arguments.text("body").filter(|body| article.body.as_deref() != Some(*body));
    if let Some(body) = body {
        article.body = Some(article_html::stored_article(body)?);
    }
    if let Some(state) = arguments.text("state") {
        article.published = state == "published";
    }
    if let Some(parent) = parent(workspace, arguments)? {
        article.parent = Some(parent);
    }
    Ok(article)
}

fn parent(workspace: &Workspace, arguments: &Arguments<'_>) -> Result<Option<(i64, String)>, Refusal> {
    match (arguments.get("parent_id"), arguments.text("parent_type")) {
        (None, None) => Ok(None),
        (Some(given), Some(kind)) => {
            let known = |id: &i64| {
                let id = id.to_string();
                workspace.desk.collections.iter().any(|collection| collection.id == id)
            };
            match arguments.whole("parent_id").filter(known) {
                Some(id) => Ok(Some((id, kind.to_owned()))),
                None => Err(Refusal::rest("not_found", format!("Collection {given} not found"))),
            }
        }
        _ => Err(Refusal::invalid("parent_id and parent_type must be provided together")),
    }
}
