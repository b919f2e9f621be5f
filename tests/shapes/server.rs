//! A server that answers every read with records made by number.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use serde_json::{Map, Value, json};
use switchboard::domain::call::Fault;
use switchboard::domain::link::{Server, Tool};
use switchboard::domain::text::Clean;
use switchboard::session::wire::{Handover, Line, News, Offer, Reply, Trouble, Wire};

/// The kinds of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Conversation,
    Contact,
    Company,
    Article,
}

/// An example of each kind, with every field of the description; the translations of articles are left out.
pub(crate) fn example(kind: Kind) -> Value {
    static EXAMPLES: LazyLock<[Value; 4]> = LazyLock::new(|| {
        let texts = [
            include_str!("conversation.json"),
            include_str!("contact.json"),
            include_str!("company.json"),
            include_str!("article.json"),
        ];
        texts.map(|text| serde_json::from_str(text).unwrap())
    });
    EXAMPLES[kind as usize].clone()
}

/// Makes the record with a number.
pub(crate) type Maker = dyn Fn(Kind, usize) -> Value + Send + Sync;

/// The server: how many records of each kind it has, and what they look like.
#[derive(Clone)]
pub(crate) struct Records {
    pub(crate) count: usize,
    pub(crate) make: Arc<Maker>,
}

const TOOLS: [&str; 11] = [
    "search",
    "fetch",
    "search_conversations",
    "get_conversation",
    "search_contacts",
    "get_contact",
    "list_companies",
    "get_company",
    "list_articles",
    "search_articles",
    "get_article",
];

/// The id of the record with a number, as its kind has them.
pub(crate) fn id_of(kind: Kind, number: usize) -> String {
    match kind {
        Kind::Conversation | Kind::Article => (1_000 + number).to_string(),
        Kind::Contact => format!("66aa0000bb11cc22dd{number:06}"),
        Kind::Company => format!("67cc0000bb11cc22dd{number:06}"),
    }
}

fn number_of(id: &Value) -> usize {
    let text = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    let digits: String = text.chars().rev().take_while(char::is_ascii_digit).take(6).collect();
    let number: usize = digits.chars().rev().collect::<String>().parse().unwrap_or(0);
    if text.len() > 10 { number } else { number.saturating_sub(1_000) }
}

impl Records {
    fn page(&self, kind: Kind, list: &str, arguments: &Map<String, Value>) -> Value {
        let number =
            |name: &str| arguments.get(name)?.as_u64().and_then(|number| usize::try_from(number).ok());
        let per_page = number("per_page").unwrap_or(25);
        let cursor =
            arguments.get("starting_after").and_then(Value::as_str).and_then(|text| text.parse().ok());
        let page = number("page").map(|page| (page - 1) * per_page);
        let from: usize = cursor.or(page).unwrap_or(0);
        let to = (from + per_page).min(self.count);
        let next = (to < self.count).then(|| json!({"starting_after": to.to_string()}));
        let items: Vec<Value> = (from..to).map(|number| (self.make)(kind, number)).collect();
        let pages = json!({"page": from / per_page + 1, "per_page": per_page,
            "total_pages": self.count.div_ceil(per_page), "next": next});
        json!({list: items, "total_count": self.count, "pages": pages})
    }

    fn hits(&self, kind: Kind) -> Value {
        let prefix = if kind == Kind::Contact { "contact" } else { "conversation" };
        let hit = |number| {
            let record = (self.make)(kind, number);
            let words = record.get("name").or(record.get("title")).cloned().unwrap_or_default();
            json!({"id": format!("{prefix}_{}", id_of(kind, number)), "title": words, "text": words, "url": words})
        };
        let results: Vec<Value> = (0..self.count.min(150)).map(hit).collect();
        json!({"results": results, "pages": {"page": 1, "per_page": 150, "total_pages": 1}})
    }

    fn answer(&self, tool: &str, arguments: &Map<String, Value>) -> Value {
        let one = |kind| (self.make)(kind, arguments.get("id").map_or(0, number_of));
        match tool {
            // The conversations of one person: two.
            "search_conversations" if arguments.contains_key("contact_ids") => {
                Self { count: 2, ..self.clone() }.page(Kind::Conversation, "conversations", arguments)
            }
            "search_conversations" => self.page(Kind::Conversation, "conversations", arguments),
            "get_conversation" => one(Kind::Conversation),
            "search" if arguments["query"].as_str().unwrap_or("").contains("contacts") => {
                self.hits(Kind::Contact)
            }
            "search" => self.hits(Kind::Conversation),
            "search_contacts" => self.page(Kind::Contact, "data", arguments),
            "get_contact" => one(Kind::Contact),
            "list_companies" => self.page(Kind::Company, "data", arguments),
            "get_company" => one(Kind::Company),
            "list_articles" => self.page(Kind::Article, "data", arguments),
            "search_articles" => {
                let articles = self.page(Kind::Article, "articles", arguments);
                json!({"data": articles})
            }
            _ => one(Kind::Article),
        }
    }
}

impl Wire for Records {
    type Line = Self;

    async fn dial(&self) -> Result<Self, Fault> {
        Ok(self.clone())
    }

    fn host(&self) -> &'static str {
        "records"
    }
}

impl Line for Records {
    fn offer(&self) -> Arc<Offer> {
        let tools = TOOLS.map(|tool| Tool { name: Clean::line(tool), ..Tool::default() });
        let server = Server { host: Clean::fixed("records"), tools: tools.into(), ..Server::default() };
        Arc::new(Offer { server, schemas: HashMap::from(TOOLS.map(|tool| (tool.to_owned(), json!({})))) })
    }

    async fn call(
        &self,
        tool: &str,
        arguments: Map<String, Value>,
        _: Option<Arc<Handover>>,
    ) -> Result<Reply, Trouble> {
        Ok(Reply { texts: vec![self.answer(tool, &arguments).to_string()], ..Reply::default() })
    }

    async fn news(&self) -> News {
        std::future::pending().await
    }

    async fn close(&self) {}
}
