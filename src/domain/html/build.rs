//! Builds the block tree from tokens, in one pass and without recursion. It can stop after any token and go on later.

use std::ops::Range;

use crate::domain::text::Clean;

use super::attributes::{has_class, style, value};
use super::cards;
use super::document::{Block, Card, Colour, Style, Target};
use super::entities::decode;
use super::history;
use super::holders::{Holder, Kind, label};
use super::inlines::Inlines;
use super::open::{Element, Open};
use super::paragraphs::{is_plain, paragraphs};
use super::scan::{Kind as Piece, Token};
use super::tags::Tag;

/// Containers nested deeper than this are dissolved into the one around them.
const NESTING: usize = 64;
/// The most columns one cell may claim.
const MOST_COLUMNS: usize = 12;
/// Bytes of a link's words that are kept beside its address.
const LINK_WORDS: usize = 400;

/// What closing an element undoes.
enum Effect {
    Nothing,
    /// Its words were in this style.
    Styled(Style),
    /// Its words belonged to a link.
    Linked(Box<str>, LinkLook),
    /// This many containers began with it.
    Held(u8),
    /// It was a heading inside this one.
    Headed(Option<u8>),
}

/// How a link is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LinkLook {
    Words,
    Button,
    File,
}

/// The state of one reading.
pub(super) struct Builder {
    open: Open<Effect>,
    /// Never empty: the first is the document.
    holders: Vec<Holder>,
    inlines: Inlines,
    /// How many open elements set each style, in the order of [`STYLES`].
    styles: [u16; STYLES.len()],
    heading: Option<u8>,
    link: Option<u16>,
    pub(super) links: Vec<Target>,
    link_words: String,
    /// The next container is Intercom's own table, or a file's frame.
    data_table: bool,
}

/// All styles.
const STYLES: [Style; 5] = [Style::STRONG, Style::EMPHASIS, Style::CODE, Style::UNDERLINE, Style::STRIKE];

impl Builder {
    /// Before the first token.
    pub(super) fn new() -> Self {
        Self {
            open: Open::new(),
            holders: Vec::new(),
            inlines: Inlines::default(),
            styles: [0; STYLES.len()],
            heading: None,
            link: None,
            links: Vec::new(),
            link_words: String::new(),
            data_table: false,
        }
    }

    /// Takes the next token of `html`. Blocks that are complete go to `document`.
    pub(super) fn token(&mut self, html: &str, token: Token<'_>, document: &mut Holder) {
        match token.kind {
            Piece::Text(text) => self.text(text),
            Piece::Start { tag, name, attributes } => {
                let name = token.start + 1..token.start + 1 + name.len();
                self.start(tag, name, attributes, document);
            }
            Piece::End { tag, name } => self.end(html, tag, name, document),
            Piece::Nothing => {}
        }
    }

    /// After the last token: closes what its author left open.
    pub(super) fn finish(&mut self, document: &mut Holder) {
        self.close_down_to(0, document);
        self.flush(document);
    }

    fn text(&mut self, raw: &str) {
        let text = decode(raw);
        if let Some(Holder { kind: Kind::Code { text: code, .. }, .. }) = self.holders.last_mut() {
            let first = code.is_empty();
            let lines = if first { text.strip_prefix('\n').unwrap_or(&text) } else { &text };
            code.push_str(lines);
            return;
        }
        if self.link.is_some() && self.link_words.len() < LINK_WORDS {
            self.link_words.push_str(&text);
        }
        self.inlines.text(&text, self.style(), self.link);
    }

    fn style(&self) -> Style {
        let set = STYLES.iter().zip(self.styles).filter(|(_, count)| *count > 0);
        set.fold(Style::default(), |all, (style, _)| all.with(*style))
    }

    fn start(&mut self, tag: Tag, name: Range<usize>, attributes: &str, document: &mut Holder) {
        if (tag.block() || tag == Tag::Anchor)
            && let Some(position) = self.open.ended_by(tag)
        {
            self.close_at(position, document);
        }
        if tag.block() {
            self.flush(document);
        }
        if tag == Tag::Media {
            self.card(cards::frame(attributes, true));
        }
        if tag.void() {
            self.void(tag, attributes, document);
            return;
        }
        let effect = if self.open.room() { self.effect(tag, attributes, document) } else { Effect::Nothing };
        self.open.push(tag, name, effect);
    }

    /// Shows an element that has no content.
    fn void(&mut self, tag: Tag, attributes: &str, document: &mut Holder) {
        if tag == Tag::Break {
            self.line_break();
        } else if tag == Tag::Rule {
            self.accept(Block::Rule, document);
        } else if tag == Tag::Frame {
            self.card(cards::frame(attributes, false));
        } else if tag == Tag::Image
            && let Some(found) = cards::image(attributes)
        {
            self.card(found);
        }
    }

    /// Begins what an element means.
    fn effect(&mut self, tag: Tag, attributes: &str, document: &mut Holder) -> Effect {
        match tag {
            Tag::Strong => self.styled(0),
            Tag::Emphasis => self.styled(1),
            Tag::Code => self.code(attributes),
            Tag::Underline => self.styled(3),
            Tag::Strike => self.styled(4),
            Tag::Anchor => self.anchor(attributes, document),
            Tag::Heading(level) => Effect::Headed(self.heading.replace(level)),
            Tag::Block => self.block(attributes),
            Tag::Unordered => self.hold([list(false, attributes)]),
            Tag::Ordered => self.hold([list(true, attributes)]),
            Tag::Item => self.item(),
            Tag::Quote => self.hold([Kind::Quote { history: history::begins(attributes) }]),
            Tag::Details => self.hold([Kind::Details { summary: Vec::new() }]),
            Tag::Summary => self.hold([Kind::Summary]),
            Tag::Pre => self.hold([Kind::Code { text: String::new(), language: language_of(attributes) }]),
            Tag::Table | Tag::Row | Tag::Cell | Tag::HeaderCell => self.table_part(tag, attributes),
            Tag::Paragraph
            | Tag::Term
            | Tag::Section
            | Tag::Inline
            | Tag::Break
            | Tag::Rule
            | Tag::Image
            | Tag::Frame
            | Tag::Media
            | Tag::Hidden
            | Tag::Void => Effect::Nothing,
        }
    }

    fn styled(&mut self, which: usize) -> Effect {
        self.styles[which] += 1;
        Effect::Styled(STYLES[which])
    }

    /// Code within a line, or the language of the preformatted text around it.
    fn code(&mut self, attributes: &str) -> Effect {
        if let Some(Holder { kind: Kind::Code { language, .. }, .. }) = self.holders.last_mut() {
            *language = language.take().or_else(|| language_of(attributes));
            return Effect::Nothing;
        }
        self.styled(2)
    }

    fn anchor(&mut self, attributes: &str, document: &mut Holder) -> Effect {
        let Some(address) = value(attributes, "href") else {
            return Effect::Nothing;
        };
        let look = if has_class(attributes, |class| class.ends_with("h2b-button")) {
            LinkLook::Button
        } else if cards::is_attachment(attributes) {
            LinkLook::File
        } else {
            LinkLook::Words
        };
        if look != LinkLook::Words {
            self.flush(document);
        }
        self.link = self.new_link(&address);
        self.link_words.clear();
        Effect::Linked(address.into(), look)
    }

    /// The number of a new link, while numbers last.
    fn new_link(&mut self, address: &str) -> Option<u16> {
        let number = u16::try_from(self.links.len() + 1).ok()?;
        self.links.push(cards::target(address));
        Some(number)
    }

    fn block(&mut self, attributes: &str) -> Effect {
        if attributes.is_empty() {
            return Effect::Nothing;
        }
        if has_class(attributes, |class| class == "intercom-interblocks-callout") {
            let colour = style(attributes, "background-color").map_or(Colour::Other, |css| Colour::of(&css));
            return self.hold([Kind::Callout(colour)]);
        }
        if history::begins(attributes) {
            return self.hold([Kind::Quote { history: true }]);
        }
        self.data_table |= has_class(attributes, |class| class == "intercom-interblocks-table-container");
        Effect::Nothing
    }

    /// A list's item; one outside a list makes its own.
    fn item(&mut self) -> Effect {
        let in_list = matches!(self.holders.last(), Some(Holder { kind: Kind::List { .. }, .. }));
        if in_list { self.hold([Kind::Item]) } else { self.hold([list(false, ""), Kind::Item]) }
    }

    fn table_part(&mut self, tag: Tag, attributes: &str) -> Effect {
        if tag == Tag::Table {
            for holder in &mut self.holders {
                if let Kind::Table { layout, .. } = &mut holder.kind {
                    *layout = true;
                }
            }
            let data = std::mem::take(&mut self.data_table);
            return self.hold([Kind::Table { rows: Vec::new(), data, layout: false }]);
        }
        let columns =
            value(attributes, "colspan").and_then(|columns| columns.trim().parse().ok()).unwrap_or(1);
        let cell = Kind::Cell { header: tag == Tag::HeaderCell, columns: columns.clamp(1, MOST_COLUMNS) };
        let row = Kind::Row(super::holders::Row::default());
        match (self.holders.last().map(|holder| &holder.kind), tag) {
            (Some(Kind::Table { .. }), Tag::Row) => self.hold([row]),
            (Some(Kind::Table { .. }), _) => self.hold([row, cell]),
            (Some(Kind::Row(_)), Tag::Cell | Tag::HeaderCell) => self.hold([cell]),
            _ => Effect::Nothing,
        }
    }

    /// Begins containers, unless they would nest too deep.
    fn hold<const COUNT: usize>(&mut self, kinds: [Kind; COUNT]) -> Effect {
        if self.holders.len() + COUNT > NESTING {
            return Effect::Nothing;
        }
        self.holders.extend(kinds.into_iter().map(Holder::new));
        Effect::Held(u8::try_from(COUNT).unwrap_or(u8::MAX))
    }

    fn card(&mut self, (mut card, address): cards::Found) {
        card.link = self.link.or_else(|| {
            let target = Target { text: card.label.clone(), ..cards::target(&address) };
            let number = if target.openable { self.new_link("") } else { None };
            if let Some(last) = self.links.last_mut().filter(|_| number.is_some()) {
                *last = target;
            }
            number
        });
        if self.link.is_some() && self.link_words.len() < LINK_WORDS {
            self.link_words.push_str(&card.label);
        }
        self.inlines.card(card);
    }

    fn line_break(&mut self) {
        match self.holders.last_mut() {
            Some(Holder { kind: Kind::Code { text, .. }, .. }) => text.push('\n'),
            _ => self.inlines.line_break(),
        }
    }

    fn end(&mut self, html: &str, tag: Tag, name: &str, document: &mut Holder) {
        if tag.block() {
            self.flush(document);
        }
        if tag == Tag::Break {
            // Browsers read a stray `</br>` as a break.
            self.line_break();
        } else if !tag.void()
            && let Some(position) = self.open.closed_by(html, tag, name)
        {
            self.close_at(position, document);
        }
    }

    /// Closes the element at `position`: with everything inside it, or, where words in a style or link were closed
    /// around blocks that are still open, only its effect.
    fn close_at(&mut self, position: usize, document: &mut Holder) {
        let spans_blocks = self.open.blocks_inside(position);
        match self.open.element(position) {
            Some(Element { tag, effect, .. }) if spans_blocks && !tag.block() => {
                let effect = std::mem::replace(effect, Effect::Nothing);
                self.undo(effect, document);
            }
            _ => self.close_down_to(position, document),
        }
    }

    fn close_down_to(&mut self, depth: usize, document: &mut Holder) {
        while self.open.len() > depth {
            let Some(element) = self.open.pop() else {
                break;
            };
            self.undo(element.effect, document);
        }
    }

    fn undo(&mut self, effect: Effect, document: &mut Holder) {
        match effect {
            Effect::Nothing => {}
            Effect::Styled(style) => {
                for (known, count) in STYLES.iter().zip(&mut self.styles) {
                    *count -= u16::from(*known == style);
                }
            }
            Effect::Headed(outer) => {
                self.flush(document);
                self.heading = outer;
            }
            Effect::Linked(address, look) => self.end_link(&address, look, document),
            Effect::Held(count) => {
                self.flush(document);
                for _ in 0..count {
                    let Some(holder) = self.holders.pop() else {
                        break;
                    };
                    holder.close_into(self.holders.last_mut().unwrap_or(document));
                }
            }
        }
    }

    fn end_link(&mut self, address: &str, look: LinkLook, document: &mut Holder) {
        let link = self.link.take();
        let words = self.link_words.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(target) = link.and_then(|number| self.links.get_mut(usize::from(number) - 1)) {
            target.text = Clean::line(&words);
        }
        if look == LinkLook::Words {
            return;
        }
        let label = label(&self.inlines.take());
        if look == LinkLook::File {
            self.accept(Block::Card(Card { link, ..cards::attachment(&label, address) }), document);
        } else if !label.is_empty() {
            self.accept(Block::Button { label, link }, document);
        }
    }

    /// Ends the paragraph being read.
    fn flush(&mut self, document: &mut Holder) {
        if let Some(Holder { kind: Kind::Code { text, .. }, .. }) = self.holders.last_mut() {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            return;
        }
        let inline = self.inlines.take();
        if inline.is_empty() {
            return;
        }
        if let Some(level) = self.heading {
            self.accept(Block::Heading { level, inline }, document);
            return;
        }
        if is_plain(&inline) {
            return self.accept(Block::Paragraph(inline), document);
        }
        for paragraph in paragraphs(inline) {
            self.accept(paragraph, document);
        }
    }

    fn accept(&mut self, block: Block, document: &mut Holder) {
        self.holders.last_mut().unwrap_or(document).accept(block);
    }
}

fn list(ordered: bool, attributes: &str) -> Kind {
    let start = value(attributes, "start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
    Kind::List { ordered, start, items: Vec::new() }
}

/// The language in a class such as `language-rust`.
fn language_of(attributes: &str) -> Option<Clean> {
    let classes = value(attributes, "class")?;
    let language = classes.split_ascii_whitespace().find_map(|class| class.strip_prefix("language-"))?;
    Some(Clean::line(language))
}
