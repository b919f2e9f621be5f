//! A block of HTML in Markdown. Refuses what Markdown cannot say: then there is no answer, and the block is shown as it is.
//! Whether the answer means the same is for others to prove.

use super::chunks;
use super::escape::{Care, Place};
use super::inline::Inline;
use super::origin::is_container;
use super::spelling::certain;
use super::tags::value;
use crate::domain::html::{Nature, Piece, PieceKind, pieces};

/// Lists and quotes nest no deeper in Markdown; the walk over them goes as deep.
const DEEPEST: usize = 12;

/// The Markdown of a block without the blanks around it. `other` asks for the second kind of list mark, which keeps a
/// list apart from a list right above it.
pub(super) fn markdown(core: &str, care: Care, other: bool) -> Option<String> {
    let mut writer = Writer { inline: Inline::new(trimmed(core)), care };
    let text = writer.block(0, other)?;
    writer.inline.is_done().then_some(text)
}

/// Whether a block begins with an element that has a form in Markdown.
pub(super) fn may_begin(core: &str) -> bool {
    pieces(core).next().and_then(|piece| name_of(&piece)).is_some_and(|name| is_known(&name))
}

/// Whether a list begins here, and which of its marks are which kind: `ul` or `ol`.
pub(super) fn list_kind(core: &str) -> Option<String> {
    let name = pieces(core).next().and_then(|piece| name_of(&piece))?;
    matches!(&*name, "ul" | "ol").then_some(name)
}

fn is_known(name: &str) -> bool {
    matches!(name, "p" | "ul" | "ol" | "blockquote" | "pre" | "hr" | "div") || level(name).is_some()
}

fn level(name: &str) -> Option<usize> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

fn name_of(piece: &Piece<'_>) -> Option<String> {
    match piece.kind {
        PieceKind::Start { name, .. } => Some(name.to_ascii_lowercase()),
        PieceKind::Text | PieceKind::End { .. } | PieceKind::Other => None,
    }
}

/// The pieces of a block; the blanks inside a paragraph or heading are left to its origin.
fn trimmed(core: &str) -> Vec<Piece<'_>> {
    let mut all: Vec<_> = pieces(core).collect();
    let worded = all.first().and_then(name_of).is_some_and(|name| name == "p" || level(&name).is_some());
    if worded && all.len() >= 3 {
        let last = all.len() - 2;
        if all[1].kind == PieceKind::Text {
            all[1].source = all[1].source.trim_ascii_start();
        }
        if all[last].kind == PieceKind::Text {
            all[last].source = all[last].source.trim_ascii_end();
        }
    }
    all
}

struct Writer<'html> {
    inline: Inline<'html>,
    care: Care,
}

impl Writer<'_> {
    /// The block that begins here.
    fn block(&mut self, depth: usize, other: bool) -> Option<String> {
        let piece = self.inline.next()?;
        let name = name_of(&piece)?;
        let text = match &*name {
            "p" => self.words()?,
            "ul" | "ol" => return self.list(&name, piece.source, depth, other),
            "blockquote" => quoted(&self.children(depth)?),
            "pre" => self.code()?,
            "hr" => return Some("---".to_owned()),
            "div" if is_container(piece.source) && depth == 0 => self.picture()?,
            _ => self.heading(level(&name)?)?,
        };
        self.inline.close(&name)?;
        Some(text)
    }

    /// The words up to the end of their element.
    fn words(&mut self) -> Option<String> {
        let mut out = String::new();
        self.inline.run(&mut out, Place { care: self.care, bracketed: false }, 0)?;
        if out.ends_with(' ') {
            out.pop();
            out.push_str("&#32;");
        }
        Some(out)
    }

    fn heading(&mut self, level: usize) -> Option<String> {
        let words = self.words()?;
        (!words.contains('\n') && !words.is_empty()).then(|| format!("{} {words}", "#".repeat(level)))
    }

    fn picture(&mut self) -> Option<String> {
        let picture = self.inline.peek().filter(|piece| name_of(piece).as_deref() == Some("img"))?;
        debug_assert!(!picture.source.is_empty(), "a tag has bytes");
        self.words()
    }

    /// Preformatted text without any markup in it.
    fn code(&mut self) -> Option<String> {
        let coded = self.inline.peek().and_then(|piece| name_of(&piece)).as_deref() == Some("code");
        if coded {
            self.inline.next();
        }
        let text = match self.inline.peek() {
            Some(Piece { kind: PieceKind::Text, source }) => {
                self.inline.next();
                certain(source)?
            }
            _ => String::new(),
        };
        if coded {
            self.inline.close("code")?;
        }
        (!text.contains(['\r', '\0'])).then(|| chunks::fence("", &text))
    }

    fn list(&mut self, name: &str, tag: &str, depth: usize, other: bool) -> Option<String> {
        let start = value(tag, "start").map_or(Some(1), |start| start.parse::<u32>().ok());
        let mut number = start.filter(|start| *start < 1_000_000)?;
        let mut items = Vec::new();
        while self.inline.peek().and_then(|piece| name_of(&piece)).as_deref() == Some("li") {
            self.inline.next();
            let mark = match (name, other) {
                ("ul", false) => "-".to_owned(),
                ("ul", true) => "*".to_owned(),
                (_, false) => format!("{number}."),
                (_, true) => format!("{number})"),
            };
            items.push(item(&mark, &self.children(depth)?));
            self.inline.close("li")?;
            number += 1;
        }
        self.inline.close(name)?;
        (!items.is_empty()).then(|| items.join("\n"))
    }

    /// The blocks inside an item or a quote; words without a paragraph around them may come first.
    fn children(&mut self, depth: usize) -> Option<String> {
        if depth >= DEEPEST {
            return None;
        }
        let mut text = String::new();
        let mut above: Option<String> = None;
        loop {
            let piece = self.inline.peek()?;
            let name = match piece.kind {
                PieceKind::End { .. } => return Some(text),
                PieceKind::Start { nature: Nature::Block, .. } => name_of(&piece)?,
                PieceKind::Start { .. } | PieceKind::Text if above.is_none() => "p".to_owned(),
                PieceKind::Start { .. } | PieceKind::Text | PieceKind::Other => return None,
            };
            let bare = !matches!(piece.kind, PieceKind::Start { nature: Nature::Block, .. });
            let other = above.as_ref() == Some(&name) && !text.is_empty();
            let block = if bare { self.words()? } else { self.block(depth + 1, other)? };
            push_below(&mut text, above.as_deref(), &name, &block);
            above = Some(name);
        }
    }
}

/// Puts a block below another, with a blank line between them where they would run together.
fn push_below(text: &mut String, above: Option<&str>, name: &str, block: &str) {
    let interrupts = block.starts_with('-') || block.starts_with('*') || block.starts_with("1.");
    match above {
        None => {}
        Some("p") if matches!(name, "ul" | "ol") && interrupts => text.push('\n'),
        Some(_) => text.push_str("\n\n"),
    }
    text.push_str(block);
}

fn item(mark: &str, content: &str) -> String {
    let indent = " ".repeat(mark.len() + 1);
    let mut text = mark.to_owned();
    for (at, line) in content.split('\n').enumerate() {
        match (at, line) {
            (_, "") if at == 0 => {}
            (0, _) => text.push(' '),
            (_, "") => text.push('\n'),
            _ => {
                text.push('\n');
                text.push_str(&indent);
            }
        }
        text.push_str(line);
    }
    text
}

fn quoted(content: &str) -> String {
    let line = |line| if line == "" { ">".to_owned() } else { format!("> {line}") };
    content.split('\n').map(line).collect::<Vec<_>>().join("\n")
}
