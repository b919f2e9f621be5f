//! One chunk of Markdown as a flat list of events. Link definitions do not exist here: each chunk means what it shows.

use std::collections::BTreeSet;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

/// How often definitions are looked for; each time those found before have become words.
const ROUNDS: usize = 4;

/// The events of a chunk, with neighbouring texts joined.
pub(super) fn events(chunk: &str) -> Vec<Event<'static>> {
    let mut chunk = std::borrow::Cow::Borrowed(chunk);
    for _ in 0..ROUNDS {
        let parser = Parser::new_ext(&chunk, Options::empty());
        let definitions: BTreeSet<usize> =
            parser.reference_definitions().iter().map(|(_, definition)| definition.span.start).collect();
        if definitions.is_empty() {
            return joined(parser);
        }
        chunk = with_marks(&chunk, &definitions).into();
    }
    vec![
        Event::Start(Tag::Paragraph),
        Event::Text(CowStr::from(chunk.into_owned())),
        Event::End(TagEnd::Paragraph),
    ]
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
