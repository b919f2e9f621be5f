//! What stands between a key and its frame, and what opening things costs. Run with `cargo bench`.

#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up has to fail")]

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use switchboard::app::event::Kept;
use switchboard::app::key::Key;
use switchboard::app::place::Place;
use switchboard::app::{Effect, Event, Model, Options, Timer, update};
use switchboard::domain::article::{Article, ArticleRow};
use switchboard::domain::call::{Answer, Call, CallId, End, Report};
use switchboard::domain::conversation::{
    Author, AuthorKind, Conversation, ConversationRow, Part, PartKind, State, Tag,
};
use switchboard::domain::id::{ArticleId, ConversationId};
use switchboard::domain::link::{Link, Server, Tool};
use switchboard::domain::page::{Cursor, Next, Page};
use switchboard::domain::query::{Known, complete};
use switchboard::domain::roster::Roster;
use switchboard::domain::text::{Clean, Raw};
use switchboard::domain::time::{Moment, Unix};
use switchboard::domain::{diff, html, rich};

fn main() {
    divan::main();
}

const NOW: Moment = Moment { unix: Unix(1_800_000_000), millis: 0, zone: 0 };

fn row(number: usize) -> ConversationRow {
    let id = ConversationId::read(&format!("{}", 900_000_000_000 + number)).unwrap();
    ConversationRow {
        subject: Clean::line(&format!("Sailing {number} does not show 船")),
        preview: Clean::line("Since last week the board stays empty after the first departure."),
        state: State::Open,
        author: Author { kind: AuthorKind::Customer, name: Clean::line("Nora Lind"), ..Author::default() },
        created_at: Some(Unix(1_799_000_000)),
        updated_at: Some(Unix(1_799_500_000)),
        waiting_since: (!number.is_multiple_of(3))
            .then(|| Unix(1_799_500_000 - (i64::try_from(number).unwrap_or_default() * 7_919) % 90_000)),
        tags: vec![Tag { id: "1".into(), name: Clean::line("boards") }],
        channel: Clean::line("email"),
        read: Some(true),
        ..ConversationRow::bare(id)
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

/// A server that can save an article.
fn server() -> Server {
    let update = Tool { name: Clean::fixed("update_article"), ..Tool::default() };
    Server { tools: vec![update], ..Server::default() }
}

/// A console with this many rows, all loaded.
fn console(rows: usize) -> Model {
    let mut model = Model::new(Options::default(), 120, 40);
    let effects = update(&mut model, NOW, Event::Report(Report::Link(Link::Up(server()))));
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

/// A key and its frame with all of so many rows loaded.
#[divan::bench(args = ["j", "x", "X", "G", "s", "S", "d", "p", "H"], consts = [10_000, 100_000], sample_count = 200, sample_size = 1)]
fn list_key<const ROWS: usize>(bencher: divan::Bencher<'_, '_>, key: &str) {
    let mut model = console(ROWS);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    bencher.bench_local(|| {
        press(&mut model, key);
        buffer.reset();
        switchboard::ui::paint(&mut buffer, &model);
    });
}

/// The first letter of a filter, for which every row is read.
#[divan::bench(consts = [10_000, 100_000], sample_count = 10, sample_size = 1)]
fn first_filter_letter<const ROWS: usize>(bencher: divan::Bencher<'_, '_>) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let open = || {
        let mut model = console(ROWS);
        press(&mut model, "f");
        model
    };
    bencher.with_inputs(open).bench_local_values(|mut model| {
        press(&mut model, "s");
        buffer.reset();
        switchboard::ui::paint(&mut buffer, &model);
        model
    });
}

/// Counting 10,000 rows anew for the board of figures, and its frame.
#[divan::bench(args = ["r", "j"])]
fn figures(bencher: divan::Bencher<'_, '_>, key: &str) {
    let mut model = console(10_000);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    press(&mut model, "I");
    bencher.bench_local(|| {
        press(&mut model, key);
        buffer.reset();
        switchboard::ui::paint(&mut buffer, &model);
    });
}

/// What one key of the filter costs with 10,000 rows: the first letters look at every row, a letter that is taken back does so
/// again.
#[divan::bench(args = ["s", "sa", "sai", "sail 99", "board", "qqq"])]
fn filter_key(bencher: divan::Bencher<'_, '_>, typed: &str) {
    let mut model = console(10_000);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    press(&mut model, "f");
    let last = typed.len() - 1;
    typed[..last].chars().for_each(|letter| type_letter(&mut model, letter));
    bencher.bench_local(|| {
        type_letter(&mut model, char::from(typed.as_bytes()[last]));
        buffer.reset();
        switchboard::ui::paint(&mut buffer, &model);
        press(&mut model, "backspace");
    });
}

fn type_letter(model: &mut Model, letter: char) {
    press(model, if letter == ' ' { "space".to_owned() } else { letter.to_string() }.as_str());
}

/// A page of 150 that comes to 10,000 rows, in an order of our own.
#[divan::bench(args = ["", "s"], sample_count = 20, sample_size = 1)]
fn add_a_page(bencher: divan::Bencher<'_, '_>, order: &str) {
    bencher
        .with_inputs(|| {
            let mut model = Model::new(Options::default(), 120, 40);
            let up = Event::Report(Report::Link(Link::Up(server())));
            let id = asked(&update(&mut model, NOW, up)).unwrap().0;
            answer(&mut model, id, some_rows(0..10_000, Some("next")));
            order.chars().for_each(|key| drop(press(&mut model, &key.to_string())));
            let id = asked(&press(&mut model, "G")).unwrap().0;
            (model, id, some_rows(10_000..10_150, None))
        })
        .bench_local_values(|(mut model, id, page)| {
            answer(&mut model, id, page);
            model
        });
}

fn some_rows(numbers: std::ops::Range<usize>, next: Option<&str>) -> Answer {
    let next = next.map(|text| Next::Cursor(Cursor(text.into())));
    Answer::Conversations(Page { items: numbers.map(row).collect(), next, total: None, skipped: 0 })
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

fn thread(parts: usize) -> Conversation {
    Conversation::of(row(0), (0..parts).map(part).collect())
}

/// A console with this thread open, painted.
fn reading(model: &mut Model, conversation: Conversation, buffer: &mut Buffer) {
    press(model, "enter");
    // Opened again within seconds, it is not asked for by itself.
    let effects = press(model, "r");
    let id = asked(&effects).unwrap().0;
    answer(model, id, Answer::Conversation(Box::new(conversation)));
    buffer.reset();
    switchboard::ui::paint(buffer, model);
}

/// From the answer that brings the thread to the painted buffer.
#[divan::bench(args = [500, 10_000], sample_count = 20)]
fn open_a_thread(bencher: divan::Bencher<'_, '_>, parts: usize) {
    let conversation = thread(parts);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    bencher.with_inputs(|| (console(10), conversation.clone())).bench_local_values(
        |(mut model, conversation)| {
            reading(&mut model, conversation, &mut buffer);
            model
        },
    );
}

/// The same with mails of two thousand bytes that have links, as people send them.
#[divan::bench(args = [500, 10_000], sample_count = 20)]
fn open_a_thread_of_mails(bencher: divan::Bencher<'_, '_>, parts: usize) {
    let mut conversation = thread(parts);
    let mail = Raw::new(part(0).body.as_str().repeat(11));
    conversation.parts.iter_mut().for_each(|part| part.body = mail.clone());
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    bencher.with_inputs(|| (console(10), conversation.clone())).bench_local_values(
        |(mut model, conversation)| {
            reading(&mut model, conversation, &mut buffer);
            model
        },
    );
}

/// A key in a thread of 10,000 parts.
#[divan::bench(args = ["j", "k", "pagedown", "G", "g", "u", "}", "e", "z"])]
fn key_in_a_thread(bencher: divan::Bencher<'_, '_>, key: &str) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let mut model = console(10);
    reading(&mut model, thread(10_000), &mut buffer);
    press(&mut model, "g");
    bencher.bench_local(|| {
        press(&mut model, key);
        buffer.reset();
        switchboard::ui::paint(&mut buffer, &model);
    });
}

/// A letter typed into the search within a thread of 10,000 parts, and the portions after it until all is searched.
#[divan::bench(args = ["b", "q"])]
fn find_in_a_thread(bencher: divan::Bencher<'_, '_>, letter: &str) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let mut model = console(10);
    reading(&mut model, thread(10_000), &mut buffer);
    bencher.bench_local(|| {
        press(&mut model, "/");
        press(&mut model, letter);
        buffer.reset();
        switchboard::ui::paint(&mut buffer, &model);
        press(&mut model, "esc");
    });
}

/// A key that begins something long in a thread of 10,000 parts, and Esc that ends it.
#[divan::bench(args = ["n", "T", "P"])]
fn long_key_in_a_thread(bencher: divan::Bencher<'_, '_>, key: &str) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let mut model = console(10);
    reading(&mut model, thread(10_000), &mut buffer);
    bencher.bench_local(|| {
        for key in ["/", "q", "enter", key, "esc"] {
            press(&mut model, key);
            buffer.reset();
            switchboard::ui::paint(&mut buffer, &model);
        }
        press(&mut model, "esc");
        press(&mut model, "enter");
    });
}

/// The next conversation of the list, which is there already.
#[divan::bench]
fn next_thread(bencher: divan::Bencher<'_, '_>) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let mut model = console(10);
    reading(&mut model, thread(500), &mut buffer);
    let effects = press(&mut model, "J");
    let id = asked(&effects).unwrap().0;
    let other = Conversation { row: row(1), ..thread(500) };
    answer(&mut model, id, Answer::Conversation(Box::new(other)));
    bencher.bench_local(|| {
        for key in ["K", "J"] {
            press(&mut model, key);
            buffer.reset();
            switchboard::ui::paint(&mut buffer, &model);
        }
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
    let effects = press(&mut model, "4");
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

const TEXTS: [&str; 3] = ["1 MB", "1 MB in one table", "1 MB of nested"];

fn text(name: &str) -> String {
    match name {
        "1 MB of nested" => format!("{}deep{}", "<div>".repeat(100_000), "</div>".repeat(100_000)),
        name => body(name),
    }
}

fn paint(model: &Model, buffer: &mut Buffer) {
    buffer.reset();
    switchboard::ui::paint(buffer, model);
}

/// Opens the editor over the article that is read; the disk has no draft of it.
fn edit(model: &mut Model, article: &Article, buffer: &mut Buffer) {
    press(model, "e");
    update(model, NOW, Event::Kept(Kept::Found(article.row.id.clone(), None)));
    paint(model, buffer);
}

/// A console in which the text is edited.
fn editing(name: &str, buffer: &mut Buffer) -> (Model, Article) {
    let article = whole(text(name));
    let mut model = open_article(article.clone(), buffer);
    edit(&mut model, &article, buffer);
    (model, article)
}

/// From the key that opens the editor to the painted buffer.
#[divan::bench(args = TEXTS, sample_count = 20, sample_size = 1)]
fn open_the_editor(bencher: divan::Bencher<'_, '_>, name: &str) {
    let article = whole(text(name));
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let model = std::cell::RefCell::new(open_article(article.clone(), &mut buffer));
    let leave = || {
        let mut model = model.borrow_mut();
        if model.place() == Place::Editor {
            press(&mut model, "esc");
        }
    };
    bencher.with_inputs(leave).bench_local_values(|()| edit(&mut model.borrow_mut(), &article, &mut buffer));
}

/// Goes to the beginning, the middle or the end of the text.
fn go(model: &mut Model, place: &str) {
    press(model, "ctrl-home");
    match place {
        "middle" => (0..400).for_each(|_| _ = press(model, "pagedown")),
        "end" => _ = press(model, "ctrl-end"),
        _ => {}
    }
}

fn key_in_the_editor(bencher: divan::Bencher<'_, '_>, name: &str, place: &str, key: &str) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let (mut model, _) = editing(name, &mut buffer);
    go(&mut model, place);
    bencher.bench_local(|| {
        press(&mut model, key);
        paint(&model, &mut buffer);
    });
}

/// A letter in a body of 1 MB, to the painted buffer.
#[divan::bench(args = ["beginning", "middle", "end"])]
fn letter_in_1_mb(bencher: divan::Bencher<'_, '_>, place: &str) {
    key_in_the_editor(bencher, "1 MB", place, "x");
}

/// A letter in one line of 1 MB.
#[divan::bench(args = ["beginning", "middle", "end"])]
fn letter_in_a_line_of_1_mb(bencher: divan::Bencher<'_, '_>, place: &str) {
    key_in_the_editor(bencher, "1 MB of nested", place, "x");
}

/// Other keys in a body of 1 MB.
#[divan::bench(args = ["enter", "backspace", "down", "pagedown", "ctrl-end"])]
fn key_in_1_mb(bencher: divan::Bencher<'_, '_>, key: &str) {
    key_in_the_editor(bencher, "1 MB", "middle", key);
}

/// Going from one end of the text to the other and typing there.
#[divan::bench(args = TEXTS)]
fn letters_at_both_ends(bencher: divan::Bencher<'_, '_>, name: &str) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let (mut model, _) = editing(name, &mut buffer);
    bencher.bench_local(|| {
        for key in ["ctrl-end", "x", "ctrl-home", "y"] {
            press(&mut model, key);
            paint(&model, &mut buffer);
        }
    });
}

/// Taking back a word of 200 letters and doing it again.
#[divan::bench(args = TEXTS, sample_count = 50)]
fn undo_a_long_word(bencher: divan::Bencher<'_, '_>, name: &str) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let (mut model, _) = editing(name, &mut buffer);
    (0..200).for_each(|_| _ = press(&mut model, "x"));
    bencher.bench_local(|| {
        press(&mut model, "alt-z");
        press(&mut model, "alt-y");
    });
}

/// What the timers do behind a letter, each alone: keeping the draft, and what waits until typing rests.
#[divan::bench(args = [("1 MB", Timer::Keep), ("1 MB", Timer::Preview), ("1 MB of nested", Timer::Keep)], sample_count = 20, sample_size = 1)]
fn timer_in_the_editor(bencher: divan::Bencher<'_, '_>, (name, timer): (&str, Timer)) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let (model, _) = editing(name, &mut buffer);
    timed(bencher, model, timer);
}

fn timed(bencher: divan::Bencher<'_, '_>, model: Model, timer: Timer) {
    let model = std::cell::RefCell::new(model);
    bencher
        .with_inputs(|| press(&mut model.borrow_mut(), "x"))
        .bench_local_values(|_| update(&mut model.borrow_mut(), NOW, Event::Timer(timer)));
}

/// The same for a text at the lengths up to which more is done.
#[divan::bench(args = [(120_000, Timer::Keep), (120_000, Timer::Preview), (190_000, Timer::Preview), (250_000, Timer::Preview)], sample_count = 20, sample_size = 1)]
fn timer_in_a_shorter_text(bencher: divan::Bencher<'_, '_>, (bytes, timer): (usize, Timer)) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let article = whole(article(bytes));
    let mut model = open_article(article.clone(), &mut buffer);
    edit(&mut model, &article, &mut buffer);
    timed(bencher, model, timer);
}

/// From HTML by the preview to Markdown and on, as `Ctrl-T` does.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn turn_1_mb(bencher: divan::Bencher<'_, '_>) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    bencher
        .with_inputs(|| editing("1 MB", &mut Buffer::empty(Rect::new(0, 0, 120, 40))).0)
        .bench_local_values(|mut model| {
            for _ in 0..3 {
                press(&mut model, "ctrl-t");
                paint(&model, &mut buffer);
            }
            model
        });
}

/// From the server's copy to the painted review of an edit of 200 KB.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn review_an_edit_of_200_kb(bencher: divan::Bencher<'_, '_>) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let article = whole(article(200_000));
    let mut model = open_article(article.clone(), &mut buffer);
    edit(&mut model, &article, &mut buffer);
    press(&mut model, "x");
    let model = std::cell::RefCell::new(model);
    let ask = || {
        if model.borrow().place() == Place::Review {
            press(&mut model.borrow_mut(), "esc");
        }
        let effects = press(&mut model.borrow_mut(), "ctrl-s");
        (asked(&effects).unwrap().0, article.clone())
    };
    bencher.with_inputs(ask).bench_local_values(|(id, fresh)| {
        answer(&mut model.borrow_mut(), id, Answer::Article(Box::new(fresh)));
        paint(&model.borrow(), &mut buffer);
    });
}

/// What is offered for a letter of a name, with 2,000 teammates known.
#[divan::bench(args = ["assignee:", "assignee:a", "assignee:\"ana 19"])]
fn complete_a_name(bencher: divan::Bencher<'_, '_>, typed: &str) {
    let mut roster = Roster::default();
    for number in 0..2_000 {
        let first = ["Ana", "Björn", "Chiara", "दीपा", "Emeka"][number % 5];
        let name = Clean::line(&format!("{first} Number {number}"));
        roster.learn(&Author {
            kind: AuthorKind::Admin,
            id: format!("{}", 7_000_000 + number).into(),
            name,
            email: Clean::default(),
        });
    }
    let known = Known { now: NOW.unix, zone: 0, roster: &roster };
    bencher.bench_local(|| complete(typed, typed.len(), &known));
}
