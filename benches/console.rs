//! What stands between a key and its frame, and what opening things costs. Run with `cargo bench`.

#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up has to fail")]

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use switchboard::app::key::Key;
use switchboard::app::{Effect, Event, Model, Options, Timer, update};
use switchboard::domain::article::{Article, ArticleRow};
use switchboard::domain::call::{Answer, Call, CallId, End, Report};
use switchboard::domain::conversation::{
    Author, AuthorKind, Conversation, ConversationRow, Part, PartKind, Priority, State,
};
use switchboard::domain::id::{ArticleId, ConversationId};
use switchboard::domain::link::{Link, Server};
use switchboard::domain::page::Page;
use switchboard::domain::text::{Clean, Raw};
use switchboard::domain::time::{Moment, Unix};
use switchboard::domain::{diff, html, rich};

fn main() {
    divan::main();
}

const NOW: Moment = Moment { unix: Unix(1_800_000_000), millis: 0, zone: 0 };

fn row(number: usize) -> ConversationRow {
    ConversationRow {
        id: ConversationId::read(&format!("{}", 900_000_000_000 + number)).unwrap(),
        subject: Clean::line(&format!("Sailing {number} does not show 船")),
        preview: Clean::line("Since last week the board stays empty after the first departure."),
        state: State::Open,
        author: Author { kind: AuthorKind::Customer, name: Clean::line("Nora Lind"), ..Author::default() },
        contacts: Vec::new(),
        created_at: Some(Unix(1_799_000_000)),
        updated_at: Some(Unix(1_799_500_000)),
        waiting_since: Some(Unix(1_799_500_000)),
        snoozed_until: None,
        admin: None,
        team: None,
        tags: vec![Clean::line("boards")],
        priority: Priority::None,
        sla: None,
        rating: None,
        fin: None,
        channel: Clean::line("email"),
        read: Some(true),
        first_reply: None,
        first_close: None,
        thin: false,
    }
}

fn asked(effects: &[Effect]) -> Option<(CallId, &Call)> {
    effects
        .iter()
        .find_map(|effect| if let Effect::Ask { id, call } = effect { Some((*id, call)) } else { None })
}

fn answer(model: &mut Model, id: CallId, answer: Answer) -> Vec<Effect> {
    update(model, NOW, Event::Report(Report::Ended { id, end: End::Answer(answer) }))
}

/// A console with this many rows, all loaded.
fn console(rows: usize) -> Model {
    let mut model = Model::new(Options::default(), 120, 40);
    let effects = update(&mut model, NOW, Event::Report(Report::Link(Link::Up(Server::default()))));
    let id = asked(&effects).unwrap().0;
    let items = (0..rows).map(row).collect();
    answer(
        &mut model,
        id,
        Answer::Conversations(Page { items, next: None, total: Some(rows as u64), skipped: 0 }),
    );
    model
}

fn press(model: &mut Model, key: &str) -> Vec<Effect> {
    update(model, NOW, Event::Key(key.parse::<Key>().unwrap()))
}

#[divan::bench(args = [100, 10_000, 100_000])]
fn key_to_buffer(bencher: divan::Bencher<'_, '_>, rows: usize) {
    let mut model = console(rows);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    bencher.bench_local(|| {
        press(&mut model, "j");
        buffer.reset();
        switchboard::ui::paint(&mut buffer, &model);
    });
}

fn part(number: usize) -> Part {
    Part {
        id: number.to_string().into(),
        kind: PartKind::Message,
        part_type: Clean::line("comment"),
        author: Author { kind: AuthorKind::Admin, name: Clean::line("Ida Berg"), ..Author::default() },
        body: Raw::new(
            "<p>Thanks for the details, <b>Nora</b>. The board reads the <a href=\"https://a.example\">timetable</a> once a minute.</p><ul><li>Open it</li><li>Look at the clock</li></ul>",
        ),
        attachments: Vec::new(),
        created_at: Some(Unix(1_799_000_000)),
        assigned_to: None,
        redacted: false,
        detail: Clean::default(),
    }
}

#[divan::bench(args = [500, 10_000], sample_count = 20)]
fn open_a_thread(bencher: divan::Bencher<'_, '_>, parts: usize) {
    let mut model = console(10);
    let conversation = Conversation {
        row: row(0),
        parts: (0..parts).map(part).collect(),
        parts_total: None,
        remark: Clean::default(),
        attributes: Vec::new(),
        teammates: Vec::new(),
        ticket: false,
    };
    bencher.with_inputs(|| conversation.clone()).bench_local_values(|conversation| {
        let effects = press(&mut model, "enter");
        let id = asked(&effects).unwrap().0;
        answer(&mut model, id, Answer::Conversation(Box::new(conversation)));
        press(&mut model, "esc");
    });
}

fn article(bytes: usize) -> String {
    let block = "<h2 id=\"h_1\">Retime a sailing</h2><p class=\"no-margin\">Open <b>Timetables &rarr; Board</b> and find the sailing, then choose the departure time.</p><ul><li><p>one</p></li><li><p>two</p></li></ul>";
    block.repeat(bytes / block.len() + 1)
}

#[divan::bench(args = [20_000, 1_000_000], sample_count = 20)]
fn read_an_article(bencher: divan::Bencher<'_, '_>, bytes: usize) {
    let body = article(bytes);
    bencher.bench(|| rich::flow(&html::parse(&body), 100, true));
}

/// A console on the articles screen, whose list has one row.
fn articles(row: &ArticleRow) -> Model {
    let mut model = console(10);
    let effects = press(&mut model, "2");
    let id = asked(&effects).unwrap().0;
    let page = Page { items: vec![row.clone()], next: None, total: Some(1), skipped: 0 };
    answer(&mut model, id, Answer::Articles(page));
    model
}

fn whole(body: String) -> Article {
    let row = ArticleRow {
        id: ArticleId::read("4200").unwrap(),
        title: Clean::fixed("Everything about sailings"),
        description: Clean::default(),
        state: None,
        parent: None,
        author: None,
        created_at: None,
        updated_at: None,
        address: Clean::default(),
        highlights: Vec::new(),
    };
    let (title, description) = (Raw::from("Everything about sailings"), Raw::default());
    Article { row, title, description, description_said: true, body: Raw::new(body) }
}

/// Opens the article as if it had never been read; the answer brings it.
fn open_article(article: Article, buffer: &mut Buffer) -> Model {
    let mut model = articles(&article.row);
    let effects = press(&mut model, "enter");
    let id = asked(&effects).unwrap().0;
    answer(&mut model, id, Answer::Article(Box::new(article)));
    buffer.reset();
    switchboard::ui::paint(buffer, &model);
    model
}

const BODIES: [&str; 4] = ["1 MB", "1 MB in one table", "100,000 nested", "100,000 nested tables"];

fn body(name: &str) -> String {
    match name {
        "1 MB" => article(1_000_000),
        "1 MB in one table" => format!(
            "<table>{}</table>",
            "<tr><td>one cell of many</td><td>two</td><td>three</td></tr>".repeat(17_000)
        ),
        "100,000 nested" => format!("{}deep", "<div><b><ul><li>".repeat(25_000)),
        _ => format!("{}deep", "<table><tr><td><blockquote>".repeat(25_000)),
    }
}

/// From the answer that brings the article to the painted buffer.
#[divan::bench(args = BODIES, sample_count = 20)]
fn open_an_article(bencher: divan::Bencher<'_, '_>, name: &str) {
    let article = whole(body(name));
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    bencher.with_inputs(|| article.clone()).bench_local_values(|article| open_article(article, &mut buffer));
}

/// A key while the rest of the article is still being laid out, with the portion that may stand before it.
#[divan::bench(sample_count = 30, sample_size = 1)]
fn key_and_a_portion(bencher: divan::Bencher<'_, '_>) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let mut model = open_article(whole(article(1_000_000)), &mut buffer);
    bencher.bench_local(|| {
        update(&mut model, NOW, Event::Timer(Timer::Layout));
        press(&mut model, "pagedown");
        buffer.reset();
        switchboard::ui::paint(&mut buffer, &model);
    });
}

/// A key in the article once all of it is laid out.
#[divan::bench(args = ["pagedown", "k", "G"])]
fn key_in_an_article(bencher: divan::Bencher<'_, '_>, key: &str) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let mut model = open_article(whole(article(1_000_000)), &mut buffer);
    press(&mut model, "G");
    press(&mut model, "g");
    bencher.bench_local(|| {
        press(&mut model, key);
        buffer.reset();
        switchboard::ui::paint(&mut buffer, &model);
    });
}

#[divan::bench(sample_count = 20)]
fn review_200_kb(bencher: divan::Bencher<'_, '_>) {
    let old = article(200_000);
    let new = old.replacen("Timetables", "Boards", 7);
    bencher.bench(|| (diff::words(&old, &new), diff::source(&old, &new)));
}
