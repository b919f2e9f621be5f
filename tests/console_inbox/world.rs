//! A small workspace built by hand.

use switchboard::app::Options;
use switchboard::domain::article::{Article, ArticleRow, ArticleState};
use switchboard::domain::call::{Answer, Call, Counted, End, Fault, FaultKind};
use switchboard::domain::company::Company;
use switchboard::domain::contact::Contact;
use switchboard::domain::conversation::{
    Attachment, Author, AuthorKind, Conversation, ConversationRow, Part, Priority, Sla, State, Tag, kind_of,
};
use switchboard::domain::id::{AdminId, ArticleId, CompanyId, ContactId, ConversationId, TeamId};
use switchboard::domain::page::{Cursor, Next, Page};
use switchboard::domain::sort::Order;
use switchboard::domain::text::{Clean, Raw};
use switchboard::domain::time::Unix;
use switchboard::domain::view::View;

/// Now, everywhere in these tests.
pub(crate) const NOW: i64 = 1_786_900_000;
/// A console that begins with everything that is open in the server's order, as most of these tests want it.
pub(crate) fn plain() -> Options {
    let view = View {
        name: Clean::fixed("Everything open"),
        query: "state:open".into(),
        order: Order::default(),
        columns: Vec::new(),
    };
    Options { views: vec![view], first_view: Some("Everything open".into()), ..Options::default() }
}

/// Conversations in the workspace.
pub(crate) const ALL: u64 = 434;

const SUBJECTS: [(&str, &str); 8] = [
    ("Charged twice this month", "Hello, my card shows two charges of 49 € for the same invoice"),
    ("配送が遅れています", "注文番号 40213 の荷物がまだ届きません。追跡番号も変わりません"),
    ("Cannot log in since the update to version 8.2", "The page keeps spinning after I enter the code"),
    ("Export to CSV is empty", "Every column is there but no rows"),
    ("👩‍🚀 Feature request: dark mode for the dashboard", "It would be great to have"),
    ("", "just a question about seats, do they roll over?"),
    ("Re: Re: Fwd: Invoice 2026-0419 has the wrong address", "Please correct the address"),
    ("Webhook signature mismatch", "We verify X-Hub-Signature and it fails for about one in ten events"),
];
const PEOPLE: [(&str, &str); 5] = [
    ("Ana Souza", "ana@lumen.example"),
    ("田中 花子", "hanako@kawa.example"),
    ("Bartholomew Featherstonehaugh", "bart@long.example"),
    ("", "billing@northwind.example"),
    ("Maëlle Kerviel", "maelle@brume.example"),
];

pub(crate) fn conversation_id(number: u64) -> ConversationId {
    ConversationId::read(&format!("90000000{number:04}")).unwrap()
}

fn contact_id(number: u64) -> ContactId {
    ContactId::read(&format!("c{number}")).unwrap()
}

fn pick<T: Copy>(from: &[T], number: u64) -> T {
    from[usize::try_from(number).unwrap() % from.len()]
}

pub(crate) fn customer(number: u64) -> Author {
    let (name, email) = pick(&PEOPLE, number);
    let id = contact_id(number).as_str().into();
    Author { kind: AuthorKind::Customer, id, name: Clean::line(name), email: Clean::line(email) }
}

fn author(kind: AuthorKind, id: &str, name: &str) -> Author {
    Author { kind, id: id.into(), name: Clean::line(name), email: Clean::default() }
}

fn ida() -> Author {
    author(AuthorKind::Admin, "7001", "Ida Berg")
}

pub(crate) fn row(number: u64) -> ConversationRow {
    let (subject, preview) = pick(&SUBJECTS, number);
    let waits = number % 3 != 2;
    let step = i64::try_from(number).unwrap() + 1;
    ConversationRow {
        id: conversation_id(number),
        subject: Clean::line(subject),
        preview: Clean::line(preview),
        state: pick(
            &[
                || State::Open,
                || State::Open,
                || State::Open,
                || State::Snoozed,
                || State::Open,
                || State::Closed,
                || State::Other(Clean::fixed("parked")),
            ],
            number,
        )(),
        author: customer(number),
        contacts: vec![contact_id(number)],
        created_at: Some(Unix(NOW - 90_000 * step)),
        updated_at: Some(Unix(NOW - 700 * step * step)),
        waiting_since: waits.then_some(Unix(NOW - 1_900 * step)),
        contact_replied: None,
        snoozed_until: (number % 7 == 3).then_some(Unix(NOW + 86_400)),
        admin: (number % 4 != 1)
            .then(|| AdminId::read(if number.is_multiple_of(2) { "7001" } else { "7002" }).unwrap()),
        team: (number % 8 == 5).then(|| TeamId::read("814865").unwrap()),
        tags: pick(&[&[][..], &["billing"][..], &["bug", "needs engineering"][..]], number)
            .iter()
            .map(|tag| Tag { id: (*tag).into(), name: Clean::fixed(tag) })
            .collect(),
        priority: pick(
            &[
                Priority::None,
                Priority::Urgent,
                Priority::None,
                Priority::High,
                Priority::None,
                Priority::Low,
            ],
            number,
        ),
        sla: pick(&[None, Some("active"), None, Some("missed"), Some("hit")], number)
            .map(|status| Sla { name: Clean::fixed("First reply 4 h"), status: Clean::fixed(status) }),
        rating: (number % 6 == 5).then_some(2),
        fin: None,
        channel: Clean::fixed(pick(&["email", "conversation", "whatsapp"], number)),
        read: Some(!number.is_multiple_of(5)),
        first_reply: None,
        first_close: None,
        thin: false,
    }
}

/// A hit of a free-text search.
pub(crate) fn thin(number: u64) -> ConversationRow {
    let whole = row(number);
    ConversationRow {
        state: State::Unsaid,
        author: Author::default(),
        contacts: Vec::new(),
        created_at: None,
        updated_at: None,
        waiting_since: None,
        contact_replied: None,
        snoozed_until: None,
        admin: None,
        tags: Vec::new(),
        priority: Priority::None,
        sla: None,
        read: None,
        first_reply: None,
        first_close: None,
        thin: true,
        ..whole
    }
}

fn part(part_type: &'static str, who: Author, body: &str, ago: i64) -> Part {
    Part {
        id: "1".into(),
        kind: kind_of(part_type, !body.is_empty()),
        part_type: Clean::fixed(part_type),
        author: who,
        body: Raw::from(body),
        attachments: Vec::new(),
        created_at: Some(Unix(NOW - ago)),
        assigned_to: None,
        redacted: false,
        detail: Clean::default(),
    }
}

const OPENING: &str = "<p>Hello,</p><p>my card shows <b>two charges</b> of 49 € for the same \
    <a href=\"https://pay.example/invoices/2026-0419\">invoice</a>. One of them has to go back.</p>\
    <ul><li>first on the 3rd</li><li>then again on the 4th</li></ul>";
const REPLY: &str = "<p>Thank you! The bank says the second one is still pending.</p>\
    <blockquote type=\"cite\"><p>On Monday Ida Berg wrote:</p><p>we are looking into it</p><p>Ida</p></blockquote>";

pub(crate) fn thread(number: u64) -> Conversation {
    let fin = author(AuthorKind::Fin, "f", "Fin");
    let bot = author(AuthorKind::Bot, "b", "Operator");
    let who = customer(number);
    let mut opening = part("comment", who.clone(), OPENING, 90_000);
    opening.attachments = vec![
        Attachment {
            name: Clean::fixed("statement-august.pdf"),
            content_type: Clean::fixed("application/pdf"),
            size: Some(183_204),
            address: Clean::fixed("https://files.example/1"),
        },
        Attachment {
            name: Clean::fixed("画面.png"),
            content_type: Clean::default(),
            size: None,
            address: Clean::default(),
        },
    ];
    let mut assigned = part("assignment", ida(), "", 88_000);
    assigned.assigned_to = Some(author(AuthorKind::Team, "9", "Tier 2"));
    let mut deleted = part("comment", who.clone(), "", 40_000);
    deleted.kind = switchboard::domain::conversation::PartKind::Message;
    deleted.redacted = true;
    let parts = vec![
        opening,
        part("comment", fin, "<p>I can help with billing. Which invoice is it?</p>", 89_900),
        part("conversation_attribute_updated_by_workflow", bot.clone(), "", 89_800),
        assigned,
        part(
            "note",
            ida(),
            "<p>Seen this before: the gateway retried. <b>Do not refund twice</b>, ask Mo first.</p>",
            87_000,
        ),
        part("comment", ida(), "<p>Hi Ana, we are looking into it.</p>", 86_000),
        part("comment", bot, "<p>How would you rate our help so far?</p>", 80_000),
        deleted,
        part("open", who, REPLY, 3_000),
    ];
    let found = ConversationRow { rating: Some(2), ..row(number) };
    Conversation {
        row: found,
        parts,
        parts_total: Some(9),
        remark: Clean::fixed("too slow"),
        attributes: Vec::new(),
        teammates: vec![ida(), author(AuthorKind::Admin, "7002", "Mo Farouk")],
        ticket: false,
    }
}

fn pairs(pairs: &[(&'static str, &'static str)]) -> Vec<(Clean, Clean)> {
    pairs.iter().map(|(name, value)| (Clean::fixed(name), Clean::fixed(value))).collect()
}

fn named(names: &[&'static str]) -> Vec<Tag> {
    names.iter().map(|name| Tag { id: (*name).into(), name: Clean::fixed(name) }).collect()
}

pub(crate) fn contact(id: &ContactId) -> Contact {
    let number: u64 = id.as_str()[1..].parse().unwrap();
    let who = customer(number);
    let none = number % 2 == 1;
    let companies = if none { vec![] } else { vec![company_id("lumen"), company_id("north")] };
    Contact {
        id: id.clone(),
        external_id: Clean::fixed("user-40213"),
        role: Clean::fixed("user"),
        name: who.name,
        email: who.email,
        phone: Clean::fixed("+55 11 5550 1234"),
        owner: AdminId::read("7001"),
        companies,
        companies_total: Some(if none { 0 } else { 2 }),
        location: Clean::fixed("São Paulo, Brazil"),
        device: Clean::fixed("Firefox 140 on macOS"),
        created_at: Some(Unix(NOW - 40_000_000)),
        signed_up_at: Some(Unix(NOW - 39_000_000)),
        last_seen_at: Some(Unix(NOW - 600)),
        last_replied_at: Some(Unix(NOW - 3_000)),
        last_contacted_at: None,
        bounced: none,
        unsubscribed: false,
        tags: named(&["VIP", "beta"]),
        thin: false,
        attributes: pairs(&[
            ("plan", "Team"),
            ("seats_purchased_this_year", "25"),
            (
                "notes",
                "Prefers to be called in the morning; asks for invoices in Portuguese and pays by transfer.",
            ),
        ]),
    }
}

pub(crate) fn company_id(id: &str) -> CompanyId {
    CompanyId::read(id).unwrap()
}

pub(crate) fn company(id: &CompanyId) -> Company {
    Company {
        id: id.clone(),
        company_id: Clean::fixed("acct-77"),
        name: Clean::fixed(if id.as_str() == "lumen" { "Lumen Ótica" } else { "Northwind" }),
        plan: Clean::fixed("Business"),
        monthly_spend: Clean::fixed("1225"),
        size: Some(240),
        user_count: Some(1_382),
        session_count: Some(90_211),
        website: Clean::fixed("https://lumen.example"),
        industry: Clean::fixed("Retail"),
        created_at: Some(Unix(NOW - 50_000_000)),
        last_request_at: Some(Unix(NOW - 300)),
        tags: named(&["enterprise"]),
        segments: named(&["Active", "Paying"]),
        attributes: pairs(&[("region", "LATAM")]),
    }
}

fn page(from: u64, to: u64, total: u64, make: impl Fn(u64) -> ConversationRow) -> Page<ConversationRow> {
    let next = (to < total).then(|| Next::Cursor(Cursor(to.to_string().into())));
    Page { items: (from..to).map(make).collect(), next, total: Some(total), skipped: 0 }
}

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
fn found(phrase: &str) -> Answer {
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
fn article(id: &ArticleId) -> End {
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

/// What the workspace answers.
pub(crate) fn answer(call: &Call) -> End {
    End::Answer(match call {
        Call::SearchConversations { query, cursor, per_page } => {
            let from = cursor.as_ref().map_or(0, |cursor| cursor.0.parse().unwrap());
            let total = if query.to_string().contains("snoozed") { 0 } else { ALL };
            let to = (from + u64::from(*per_page)).min(total);
            Answer::Conversations(if query.text.is_empty() {
                page(from, to, total, row)
            } else {
                page(0, 4, 4, thin)
            })
        }
        // A number that anybody can tell from the words of the query.
        Call::Count(query) => {
            let words = query.to_string();
            let number = if words == "state:open" { ALL } else { words.len() as u64 };
            Answer::Count(Counted { number, exact: true, wider: false })
        }
        Call::ConversationsById(ids) => {
            let wanted = (0..ALL).map(row).filter(|row| ids.contains(&row.id));
            Answer::Conversations(Page { items: wanted.collect(), next: None, total: None, skipped: 0 })
        }
        Call::SearchArticles { phrase, .. } => found(phrase),
        Call::Article(id) => return article(id),
        Call::ConversationsOf { .. } => Answer::Conversations(page(0, 6, 6, row)),
        Call::Conversation(id) => match (0..ALL).find(|&number| conversation_id(number) == *id) {
            Some(number) => Answer::Conversation(Box::new(thread(number))),
            None => {
                return End::Refused(Fault::new(FaultKind::NotFound, "There is no such conversation.", ""));
            }
        },
        Call::Contact(id) => Answer::Contact(Box::new(contact(id))),
        Call::Company(id) => Answer::Company(Box::new(company(id))),
        // Other screens ask for other things, which this world does not have.
        _ => return End::Cancelled,
    })
}
