//! What a block of HTML has that Markdown cannot say: the tags as written, its spelling, the blanks around it. A changed
//! text is dressed in these again.

use super::spelling::Spelling;
use super::tags::value;
use crate::domain::html::{Nature, Piece, PieceKind, pieces};

/// The dress of one block. Every tag is the first of its kind; the empty one is that of a new block.
#[derive(Debug, Default)]
pub(super) struct Origin<'html> {
    /// Blanks before the first tag and behind the last.
    pub(super) around: (&'html str, &'html str),
    /// Blanks inside a paragraph or heading, before and behind its words.
    pub(super) inside: (&'html str, &'html str),
    pub(super) paragraph: Option<&'html str>,
    pub(super) heading: Option<&'html str>,
    pub(super) unordered: Option<&'html str>,
    /// Without a number to start from.
    pub(super) ordered: Option<&'html str>,
    pub(super) item: Option<&'html str>,
    pub(super) quote: Option<&'html str>,
    pub(super) rule: Option<&'html str>,
    pub(super) line_break: Option<&'html str>,
    pub(super) strong: Option<&'html str>,
    pub(super) emphasis: Option<&'html str>,
    /// Preformatted text, and the code tag right behind it.
    pub(super) code: Option<(&'html str, Option<&'html str>)>,
    /// The frame that the block puts around a picture.
    pub(super) container: Option<&'html str>,
    /// Words stand in list items, or quotes, without a paragraph around them.
    pub(super) bare_items: bool,
    pub(super) bare_quotes: bool,
    /// Lines end within words.
    pub(super) lines: bool,
    pub(super) spelling: Spelling<'html>,
    /// Addresses and tags, in order.
    pub(super) links: Vec<(String, &'html str)>,
    pub(super) images: Vec<(String, &'html str)>,
}

impl<'html> Origin<'html> {
    /// Reads a block's source.
    pub(super) fn of(block: &'html str) -> Self {
        let core = block.trim_ascii_start();
        let before = &block[..block.len() - core.len()];
        let after = &core[core.trim_ascii_end().len()..];
        let mut origin = Self { around: (before, after), ..Self::default() };
        origin.read(core.trim_ascii_end());
        origin
    }

    fn read(&mut self, core: &'html str) {
        let mut before: Option<Piece<'html>> = None;
        for (at, piece) in pieces(core).enumerate() {
            match piece.kind {
                PieceKind::Text => {
                    self.spelling.learn(piece.source);
                    self.lines |= piece.source.contains('\n');
                    self.bare(before);
                }
                PieceKind::Start { name, nature, .. } => {
                    if nature != Nature::Block {
                        self.bare(before);
                    }
                    self.start(&name.to_ascii_lowercase(), piece.source, at, before);
                }
                PieceKind::End { .. } | PieceKind::Other => {}
            }
            before = Some(piece);
        }
        if self.paragraph.or(self.heading).is_some_and(|tag| core.starts_with(tag)) {
            self.inside = blanks_inside(core);
        }
    }

    /// Notes that words follow `before` directly, where it opens an item or a quote.
    fn bare(&mut self, before: Option<Piece<'html>>) {
        self.bare_items |= is_start(before, "li");
        self.bare_quotes |= is_start(before, "blockquote");
    }

    fn start(&mut self, name: &str, tag: &'html str, at: usize, before: Option<Piece<'html>>) {
        let place = match name {
            "p" => &mut self.paragraph,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => &mut self.heading,
            "ul" => &mut self.unordered,
            "ol" if value(tag, "start").is_none() => &mut self.ordered,
            "li" => &mut self.item,
            "blockquote" => &mut self.quote,
            "hr" => &mut self.rule,
            "br" => &mut self.line_break,
            "b" | "strong" => &mut self.strong,
            "i" | "em" => &mut self.emphasis,
            "div" if at == 0 && is_container(tag) => &mut self.container,
            _ => return self.addressed(name, tag, before),
        };
        place.get_or_insert(tag);
    }

    fn addressed(&mut self, name: &str, tag: &'html str, before: Option<Piece<'html>>) {
        let address = |attribute| value(tag, attribute).unwrap_or_default().into_owned();
        match (name, &mut self.code) {
            ("a", _) => self.links.push((address("href"), tag)),
            ("img", _) => self.images.push((address("src"), tag)),
            ("pre", code @ None) => *code = Some((tag, None)),
            ("code", Some((pre, code @ None))) if before.is_some_and(|before| before.source == *pre) => {
                *code = Some(tag);
            }
            _ => {}
        }
    }
}

/// The language that a code tag tells, where a fence can tell it: `html` is kept for blocks shown as they are.
pub(super) fn language(tag: &str) -> Option<String> {
    let class = value(tag, "class")?;
    let language = class.strip_prefix("language-")?;
    let plain = language.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-_#.".contains(&byte));
    (plain && !language.is_empty() && !language.eq_ignore_ascii_case("html")).then(|| language.to_owned())
}

/// Whether a tag is the frame that Intercom puts around a picture.
pub(super) fn is_container(tag: &str) -> bool {
    value(tag, "class").is_some_and(|class| class == "intercom-container")
}

fn is_start(piece: Option<Piece<'_>>, wanted: &str) -> bool {
    piece.is_some_and(
        |piece| matches!(piece.kind, PieceKind::Start { name, .. } if name.eq_ignore_ascii_case(wanted)),
    )
}

/// The blanks behind the first tag and before the last.
fn blanks_inside(core: &str) -> (&str, &str) {
    let (mut start, mut end) = (0, 0);
    let mut at = 0;
    for piece in pieces(core) {
        if at == 0 {
            start = piece.source.len();
        }
        end = at;
        at += piece.source.len();
    }
    let inside = core.get(start..end).unwrap_or("");
    let words = inside.trim_ascii_start();
    let before = &inside[..inside.len() - words.len()];
    (before, &words[words.trim_ascii_end().len()..])
}
