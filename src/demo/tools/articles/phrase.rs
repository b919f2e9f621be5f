//! `search_articles`: words in title and body, with highlighted snippets.

use serde_json::{Value, json};

use super::super::super::arguments::Arguments;
use super::super::super::plain::{holds_all, plain};
use super::super::super::refusal::Refusal;
use super::super::super::render;
use super::super::super::workspace::{Article, Workspace};
use super::super::companies::numbered;
use super::super::nothing_asked;

/// Results in one answer; there is no paging to ask for more.
const MOST_FOUND: usize = 50;
/// Words on each side of a highlighted one.
const AROUND: usize = 6;
/// Snippets of one article.
const MOST_SNIPPETS: usize = 3;

/// Articles that hold every word of a phrase; those with all words in the title come first.
pub(in super::super) fn search(
    workspace: &mut Workspace,
    arguments: &Arguments<'_>,
) -> Result<Value, Refusal> {
    if arguments.iter().next().is_none() {
        return Err(nothing_asked());
    }
    let phrase = arguments.text("phrase").unwrap_or("").to_lowercase();
    let state = arguments.text("state").filter(|state| *state != "all");
    let elsewhere = arguments.whole("help_center_id").is_some_and(|id| id != workspace.desk.help_center);
    let mut found: Vec<(bool, &Article)> = super::in_order(workspace)
        .into_iter()
        .filter(|article| !elsewhere && state.is_none_or(|state| article.state() == state))
        .filter_map(|article| Some((rank(article, &phrase)?, article)))
        .collect();
    found.sort_by_key(|(in_title, _)| !in_title);
    let total = found.len();
    found.truncate(MOST_FOUND);
    let articles: Vec<Value> =
        found.iter().map(|(_, article)| render::article::item(workspace, article)).collect();
    let wants_marks = arguments.get("highlight").and_then(Value::as_bool).unwrap_or(false);
    let marked = found.iter().filter(|_| wants_marks).map(|(_, article)| highlights(article, &phrase));
    let highlights: Vec<Value> = marked.collect();
    Ok(json!({
        "type": "list",
        "total_count": total,
        "data": {"articles": articles, "highlights": highlights},
        "pages": numbered(1, MOST_FOUND, articles.len()),
    }))
}

/// `None` when a word is missing; otherwise whether the title alone holds them all.
fn rank(article: &Article, phrase: &str) -> Option<bool> {
    let title = article.title.to_lowercase();
    if holds_all(&title, phrase) {
        return Some(true);
    }
    let body = plain(article.body.as_deref().unwrap_or("")).to_lowercase();
    holds_all(&format!("{title} {body}"), phrase).then_some(false)
}

fn highlights(article: &Article, phrase: &str) -> Value {
    let body = plain(article.body.as_deref().unwrap_or(""));
    let words: Vec<&str> = body.split(' ').collect();
    let mut summaries = Vec::new();
    let mut next = 0;
    for (index, word) in words.iter().enumerate() {
        if index >= next && summaries.len() < MOST_SNIPPETS && is_marked(word, phrase) {
            let end = (index + AROUND + 1).min(words.len());
            summaries.push(marked(words.get(index.saturating_sub(AROUND)..end).unwrap_or(&[]), phrase));
            next = end;
        }
    }
    let title: Vec<&str> = article.title.split(' ').collect();
    json!({
        "article_id": article.id,
        "highlighted_title": marked(&title, phrase),
        "highlighted_summary": summaries,
    })
}

fn is_marked(word: &str, phrase: &str) -> bool {
    let word = word.to_lowercase();
    phrase.split_whitespace().any(|wanted| word.contains(wanted))
}

/// Words cut into runs of marked and plain text; joined again they give the words.
fn marked(words: &[&str], phrase: &str) -> Vec<Value> {
    let mut runs: Vec<(bool, String)> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let mark = is_marked(word, phrase);
        let gap = if index == 0 { "" } else { " " };
        match runs.last_mut() {
            Some((same, text)) if *same == mark => {
                text.push_str(gap);
                text.push_str(word);
            }
            Some((_, text)) if mark => {
                text.push_str(gap);
                runs.push((mark, (*word).to_owned()));
            }
            _ => runs.push((mark, format!("{gap}{word}"))),
        }
    }
    runs.into_iter()
        .map(|(mark, text)| json!({"type": if mark { "highlight" } else { "plain" }, "text": text}))
        .collect()
}
