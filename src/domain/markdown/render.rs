//! A chunk of Markdown as HTML, dressed as its origin was. One pass over the events; what is open is kept on a list.

use std::borrow::Cow;
use std::collections::BTreeSet;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::addressed::{Kind, Shelf, tags};
use super::origin::{Origin, language};
use super::tags::{escaped, once, value, with_value};

/// A paragraph as Intercom stores one.
const PARAGRAPH: &str = "<p class=\"no-margin\">";
/// A table as Intercom stores one.
const TABLE: (&str, &str) = (
    "<div class=\"intercom-interblocks-table-container\"><table role=\"presentation\"><tbody>",
    "</tbody></table></div>",
);
/// The frame that Intercom puts around a picture.
const CONTAINER: &str = "<div class=\"intercom-container\">";

/// The HTML of a chunk's events. `markup` says whether tags typed among the words are tags or words.
pub(super) fn html<'html>(
    events: &[Event<'_>],
    origin: &Origin<'html>,
    shelf: &Shelf<'html>,
    markup: bool,
) -> String {
    let links = tags(Kind::Link, &addresses(events, Kind::Link), &origin.links, shelf);
    let images = tags(Kind::Image, &addresses(events, Kind::Image), &origin.images, shelf);
    let own = |tag: &str| origin.links.iter().chain(&origin.images).any(|(_, own)| std::ptr::eq(*own, tag));
    let mut ids = BTreeSet::new();
    // What is taken over from another block is still there, too.
    for tag in links.iter().chain(&images).flatten().filter(|tag| !own(tag)) {
        once(tag, &mut ids);
    }
    let mut render = Render {
        origin,
        markup,
        out: String::new(),
        open: Vec::new(),
        within: Vec::new(),
        inside: Some(origin.inside),
        heading: origin.heading,
        implicit: false,
        links: links.into_iter(),
        images: images.into_iter(),
        picture: None,
        ids,
    };
    for (at, event) in events.iter().enumerate() {
        render.event(event, &events[at + 1..]);
    }
    render.out
}

fn addresses(events: &[Event<'_>], wanted: Kind) -> Vec<String> {
    let address = |event: &Event<'_>| match (event, wanted) {
        (Event::Start(Tag::Link { link_type, dest_url, .. }), Kind::Link) => {
            Some(linked(*link_type, dest_url).into_owned())
        }
        (Event::Start(Tag::Image { dest_url, .. }), Kind::Image) => Some(dest_url.to_string()),
        _ => None,
    };
    events.iter().filter_map(address).collect()
}

/// An open list item or quote: whether its words stand bare, and whether it has any block yet.
struct Within {
    bare: bool,
    begun: bool,
}

/// A picture whose words are being gathered.
struct Picture {
    address: String,
    title: String,
    words: String,
    /// Pictures inside its words, which are only words there.
    deeper: usize,
}

struct Render<'a, Tags> {
    origin: &'a Origin<'a>,
    markup: bool,
    out: String,
    /// What closes the open blocks.
    open: Vec<String>,
    within: Vec<Within>,
    /// The blanks inside the first paragraph or heading, until it comes.
    inside: Option<(&'a str, &'a str)>,
    /// The origin's heading, until a heading comes.
    heading: Option<&'a str>,
    /// A paragraph is open that the events do not speak of.
    implicit: bool,
    links: Tags,
    images: Tags,
    picture: Option<Picture>,
    /// The ids of the tags that were taken over from the origin.
    ids: BTreeSet<String>,
}

impl<'a, Tags: Iterator<Item = Option<&'a str>>> Render<'a, Tags> {
    fn event(&mut self, event: &Event<'_>, rest: &[Event<'_>]) {
        if self.picture.is_some() {
            self.pictured(event);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, rest),
            Event::End(end) => self.end(*end),
            Event::Text(text) => self.words(text),
            Event::Code(text) => {
                self.begin_words();
                self.out.push_str("<code>");
                self.origin.spelling.write(text, &mut self.out);
                self.out.push_str("</code>");
            }
            Event::Html(tag) => self.tag(tag),
            Event::InlineHtml(tag) => {
                self.begin_words();
                self.tag(tag);
            }
            Event::SoftBreak => self.out.push(if self.origin.lines { '\n' } else { ' ' }),
            Event::HardBreak => self.out.push_str(self.origin.line_break.unwrap_or("<br>")),
            Event::Rule => {
                self.begin_block();
                self.dressed(self.origin.rule.unwrap_or("<hr>"));
            }
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn words(&mut self, text: &str) {
        self.begin_words();
        self.origin.spelling.write(text, &mut self.out);
    }

    fn tag(&mut self, tag: &str) {
        if self.markup {
            self.out.push_str(tag);
        } else {
            self.origin.spelling.write(tag, &mut self.out);
        }
    }

    /// Words of a tight list have no paragraph of their own in Markdown; here they get one.
    fn begin_words(&mut self) {
        let bare = self.open.last().is_some_and(|end| end == "</li>");
        if bare && !self.implicit {
            self.implicit = true;
            self.paragraph(false);
        }
    }

    fn begin_block(&mut self) {
        self.end_words();
        if let Some(within) = self.within.last_mut() {
            within.begun = true;
        }
    }

    fn end_words(&mut self) {
        if std::mem::take(&mut self.implicit) {
            self.close();
        }
    }

    fn open(&mut self, tag: &str, end: impl Into<String>) {
        self.dressed(tag);
        self.open.push(end.into());
    }

    /// Writes tags of the origin. An id stands once in a body, so no tag has it a second time.
    fn dressed(&mut self, tags: &str) {
        self.out.push_str(&once(tags, &mut self.ids));
    }

    fn close(&mut self) {
        let end = self.open.pop().unwrap_or_default();
        self.out.push_str(&end);
    }

    fn start(&mut self, tag: &Tag<'_>, rest: &[Event<'_>]) {
        match tag {
            Tag::Paragraph => self.paragraph(is_picture(rest)),
            Tag::Heading { level, .. } => self.heading(*level),
            Tag::BlockQuote(_) => self.quote(),
            Tag::CodeBlock(CodeBlockKind::Fenced(told)) => self.code(told.trim()),
            Tag::CodeBlock(CodeBlockKind::Indented) => self.code(""),
            Tag::List(start) => self.list(*start),
            Tag::Item => self.item(),
            Tag::HtmlBlock if self.markup => self.begin_block(),
            Tag::HtmlBlock => {
                self.end_words();
                self.paragraph(false);
            }
            Tag::Emphasis => self.mark(self.origin.emphasis, "<i>"),
            Tag::Strong => self.mark(self.origin.strong, "<b>"),
            Tag::Link { link_type, dest_url, title, .. } => self.link(&linked(*link_type, dest_url), title),
            Tag::Image { dest_url, title, .. } => {
                self.begin_words();
                let (address, title) = (dest_url.to_string(), title.to_string());
                self.picture = Some(Picture { address, title, words: String::new(), deeper: 0 });
            }
            Tag::Table(_) => {
                self.begin_block();
                self.open(TABLE.0, TABLE.1);
            }
            Tag::TableHead | Tag::TableRow => self.open("<tr>", "</tr>"),
            Tag::TableCell => self.open(&["<td>", PARAGRAPH].concat(), "</p></td>"),
            // Extensions that are not asked for.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => self.open.push(String::new()),
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::HtmlBlock => {
                self.trim_line();
                if !self.markup {
                    self.close();
                }
            }
            TagEnd::CodeBlock => {
                self.trim_line();
                self.close();
            }
            TagEnd::Item => self.end_item(),
            TagEnd::BlockQuote(_) => {
                self.within.pop();
                self.close();
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::List(_)
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => self.close(),
        }
    }

    /// The line feed that ends a block of lines is Markdown's, not the block's.
    fn trim_line(&mut self) {
        if self.out.ends_with('\n') {
            self.out.pop();
        }
    }

    fn paragraph(&mut self, picture: bool) {
        let bare = self.within.last().is_some_and(|within| within.bare && !within.begun);
        if let Some(within) = self.within.last_mut() {
            within.begun = true;
        }
        if bare {
            self.open.push(String::new());
        } else if picture && self.within.is_empty() && self.origin.paragraph.is_none() {
            self.open(self.origin.container.unwrap_or(CONTAINER), "</div>");
        } else {
            self.worded(self.origin.paragraph.unwrap_or(PARAGRAPH), "</p>");
        }
    }

    /// Opens a paragraph or heading with the blanks that its origin had inside.
    fn worded(&mut self, tag: &str, end: &str) {
        let (before, after) = self.inside.take().unwrap_or_default();
        self.open(&[tag, before].concat(), [after, end].concat());
    }

    fn heading(&mut self, level: HeadingLevel) {
        self.begin_block();
        let level = level as usize;
        // An id stands once in a body.
        let rest = self.heading.take().and_then(|tag| tag.get(3..)).unwrap_or(">");
        self.worded(&format!("<h{level}{rest}"), &format!("</h{level}>"));
    }

    fn quote(&mut self) {
        self.begin_block();
        self.open(self.origin.quote.unwrap_or("<blockquote>"), "</blockquote>");
        self.within.push(Within { bare: self.origin.bare_quotes, begun: false });
    }

    fn code(&mut self, told: &str) {
        self.begin_block();
        let (pre, code) = self.origin.code.unwrap_or(("<pre>", Some("<code>")));
        let before = code.and_then(language).unwrap_or_default();
        match code {
            None if told.is_empty() => self.open(pre, "</pre>"),
            Some(code) if told == before => self.open(&[pre, code].concat(), "</code></pre>"),
            _ if told.is_empty() => self.open(&[pre, "<code>"].concat(), "</code></pre>"),
            _ => {
                let code = format!("{pre}<code class=\"language-{}\">", escaped(told));
                self.open(&code, "</code></pre>");
            }
        }
    }

    fn list(&mut self, start: Option<u64>) {
        self.begin_block();
        match start {
            None => self.open(self.origin.unordered.unwrap_or("<ul>"), "</ul>"),
            Some(1) => self.open(self.origin.ordered.unwrap_or("<ol>"), "</ol>"),
            Some(start) => self.open(&format!("<ol start=\"{start}\">"), "</ol>"),
        }
    }

    fn item(&mut self) {
        self.open(self.origin.item.unwrap_or("<li>"), "</li>");
        self.within.push(Within { bare: self.origin.bare_items, begun: false });
    }

    /// An item without anything in it gets an empty paragraph, where items have paragraphs.
    fn end_item(&mut self) {
        self.end_words();
        if self.within.last().is_some_and(|within| !within.begun) {
            self.paragraph(false);
            self.close();
        }
        self.within.pop();
        self.close();
    }

    /// Opens words in a style, with the element that the origin uses for it.
    fn mark(&mut self, original: Option<&str>, usual: &str) {
        self.begin_words();
        let name = original.and_then(element).unwrap_or(&usual[1..usual.len() - 1]);
        self.open(&format!("<{name}>"), format!("</{name}>"));
    }

    fn link(&mut self, address: &str, title: &str) {
        self.begin_words();
        let tag = match self.links.next().flatten() {
            Some(tag) => addressed(tag, "href", address),
            None => {
                format!("<a href=\"{}\" target=\"_blank\" class=\"intercom-content-link\">", escaped(address))
            }
        };
        self.open(&titled(tag, title), "</a>");
    }

    /// Gathers the words that stand for a picture.
    fn pictured(&mut self, event: &Event<'_>) {
        let Some(picture) = &mut self.picture else {
            return;
        };
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                picture.words.push_str(text);
            }
            Event::SoftBreak | Event::HardBreak => picture.words.push(' '),
            Event::Start(Tag::Image { .. }) => {
                picture.deeper += 1;
                self.images.next();
            }
            Event::Start(Tag::Link { .. }) => {
                self.links.next();
            }
            Event::End(TagEnd::Image) if picture.deeper > 0 => picture.deeper -= 1,
            Event::End(TagEnd::Image) => self.end_picture(),
            Event::Start(_)
            | Event::End(_)
            | Event::Rule
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn end_picture(&mut self) {
        let Some(Picture { address, title, words, .. }) = self.picture.take() else {
            return;
        };
        let tag = match self.images.next().flatten() {
            Some(tag) => addressed(tag, "src", &address),
            None => format!("<img src=\"{}\" alt=\"\">", escaped(&address)),
        };
        let same = value(&tag, "alt").unwrap_or_default() == words;
        let tag = if same { tag } else { with_value(&tag, "alt", &words) };
        self.dressed(&titled(tag, &title));
    }
}

/// Where a link goes. `<me@example.com>` says an address to write to, and not how.
fn linked(kind: LinkType, address: &str) -> Cow<'_, str> {
    if kind == LinkType::Email { format!("mailto:{address}").into() } else { address.into() }
}

/// The tag with this address; untouched if it has it.
fn addressed(tag: &str, attribute: &str, address: &str) -> String {
    let same = value(tag, attribute).is_some_and(|value| value == address);
    if same { tag.to_owned() } else { with_value(tag, attribute, address) }
}

/// The tag with a title, where one was typed.
fn titled(tag: String, title: &str) -> String {
    if title.is_empty() { tag } else { with_value(&tag, "title", title) }
}

/// The name of a tag.
fn element(tag: &str) -> Option<&str> {
    let inside = tag.strip_prefix('<')?;
    inside.split(|character: char| !character.is_ascii_alphanumeric()).next()
}

/// Whether a paragraph, whose further events these are, is one picture and nothing else.
fn is_picture(rest: &[Event<'_>]) -> bool {
    let end = || rest.iter().position(|event| matches!(event, Event::End(TagEnd::Image)));
    matches!(rest.first(), Some(Event::Start(Tag::Image { .. })))
        && end().is_some_and(|end| matches!(rest.get(end + 1), Some(Event::End(TagEnd::Paragraph))))
}
