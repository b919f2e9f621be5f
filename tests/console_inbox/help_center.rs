//! A Help Center of three articles for the desk's world.

use switchboard::domain::article::{Article, ArticleRow, ArticleState};
use switchboard::domain::call::{Answer, End};
use switchboard::domain::id::ArticleId;
use switchboard::domain::page::Page;
use switchboard::domain::text::{Clean, Raw};

const ARTICLES: [(&str, &str, &str); 3] = [
    (
        "Why is there a second charge on my card?",
        "Pending charges, and how long they stay",
        "charged card invoice pending",
    ),
    ("Getting a copy of an invoice", "Where invoices are", "invoice download"),
    ("Charges and refunds", "", "charged refund"),
];

fn article_row(at: usize) -> ArticleRow {
    let (title, description, _) = ARTICLES[at];
    ArticleRow {
        id: ArticleId::read(&format!("900{at}")).unwrap(),
        title: Clean::fixed(title),
        description: Clean::fixed(description),
        state: Some(ArticleState::Published),
        parent: None,
        author: None,
        created_at: None,
        updated_at: None,
        address: if at == 2 {
            Clean::default()
        } else {
            Clean::line(&format!("https://help.lumen.example/{at}"))
        },
        highlights: Vec::new(),
    }
}

/// The articles that hold every word of a phrase.
pub(crate) fn found(phrase: &str) -> Answer {
    let holds = |at: &usize| phrase.split(' ').all(|word| ARTICLES[*at].2.contains(word));
    let items: Vec<ArticleRow> = (0..ARTICLES.len())
        .filter(holds)
        .map(|at| {
            let first = phrase.split(' ').next().unwrap();
            let highlights = vec![
                (Clean::text("the bank shows what was "), false),
                (Clean::text(first), true),
                (Clean::text(" until it is settled"), false),
            ];
            let highlights = if at == 0 { highlights } else { Vec::new() };
            ArticleRow { highlights, ..article_row(at) }
        })
        .collect();
    let total = Some(items.len() as u64);
    Answer::Articles(Page { items, next: None, total, skipped: 0 })
}

/// One of them.
pub(crate) fn article(id: &ArticleId) -> End {
    let at = (0..ARTICLES.len()).find(|at| article_row(*at).id == *id).unwrap();
    let body = "<h2>Pending charges</h2><p>A charge that is pending goes back by itself. See <a href=\"https://bank.example/pending\">your bank</a>.</p>\
        <ul><li>on the 3rd</li><li>on the 4th</li></ul>";
    let body = Raw::from(body.repeat(6));
    let title = Raw::from(ARTICLES[at].0);
    End::Answer(Answer::Article(Box::new(Article {
        row: article_row(at),
        title,
        description: Raw::default(),
        description_said: true,
        body,
    })))
}
