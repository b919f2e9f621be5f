//! One chunk of Markdown as a flat list of events. Link definitions do not exist here: each chunk means what it shows.

use std::collections::BTreeSet;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

/// How often definitions are looked for; each time those found before have become words, and all that look like them.
const ROUNDS: usize = 8;
/// The longest name of a definition that Markdown knows, in bytes.
const LONGEST_NAME: usize = 1_000;

/// The events of a chunk, with neighbouring texts joined.
pub(super) fn events(chunk: &str) -> Vec<Event<'static>> {
    let mut chunk = std::borrow::Cow::Borrowed(chunk);
    for _ in 0..ROUNDS {
        let parser = Parser::new_ext(&chunk, Options::ENABLE_TABLES);
        let mut definitions: BTreeSet<usize> =
            parser.reference_definitions().iter().map(|(_, definition)| definition.span.start).collect();
        if definitions.is_empty() {
            return joined(parser);
        }
        definitions.extend(look_alikes(&chunk));
        chunk = with_marks(&chunk, &definitions).into();
    }
    vec![
        Event::Start(Tag::Paragraph),
        Event::Text(CowStr::from(chunk.into_owned())),
        Event::End(TagEnd::Paragraph),
    ]
}

/// Where words at the beginning of a line look like a definition and are in no code. Of definitions with one name only the
/// first counts as one, the next when that has become words: a list of them would be found one by one.
fn look_alikes(chunk: &str) -> Vec<usize> {
    let mut start = 0;
    let beginnings = chunk.split('\n').map(|line| {
        let words = line.trim_start_matches(|mark: char| mark.is_ascii_digit() || " \t>-+*.)".contains(mark));
        let at = start + line.len() - words.len();
        start += line.len() + 1;
        at
    });
    let mut found: Vec<usize> = beginnings.filter(|at| is_named(&chunk[*at..])).collect();
    for (event, range) in Parser::new_ext(chunk, Options::ENABLE_TABLES).into_offset_iter() {
        if matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) | Event::Code(_)) {
            let from = found.partition_point(|at| *at < range.start);
            let to = found.partition_point(|at| *at < range.end);
            found.drain(from..to.max(from));
        }
    }
    found
}

/// Whether a text begins like a definition: `[name]:`.
fn is_named(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('[') else { return false };
    let mut escaped = false;
    let end = inside.bytes().take(LONGEST_NAME).position(|byte| {
        let ends = !escaped && matches!(byte, b'[' | b']');
        escaped = !escaped && byte == b'\\';
        ends
    });
    end.is_some_and(|end| inside[end..].starts_with("]:"))
}

/// The chunk with a backslash before each of these places.
fn with_marks(chunk: &str, places: &BTreeSet<usize>) -> String {
    let mut marked = String::with_capacity(chunk.len() + places.len());
    let mut start = 0;
    for place in places {
        marked.push_str(&chunk[start..*place]);
        marked.push('\\');
        start = *place;
    }
    marked + &chunk[start..]
}

fn joined<'text>(parser: impl Iterator<Item = Event<'text>>) -> Vec<Event<'static>> {
    let mut events: Vec<Event<'static>> = Vec::new();
    let mut text = String::new();
    for event in parser {
        if let Event::Text(more) = &event {
            text.push_str(more);
            continue;
        }
        if !text.is_empty() {
            events.push(Event::Text(CowStr::from(std::mem::take(&mut text))));
        }
        events.push(event.into_static());
    }
    if !text.is_empty() {
        events.push(Event::Text(CowStr::from(text)));
    }
    events
}
