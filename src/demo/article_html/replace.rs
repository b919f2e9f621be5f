//! Element by element: what is replaced, removed and refused on write.

use std::borrow::Cow;

use url::Url;

use super::super::refusal::Refusal;
use super::scan::{Piece, Tag, pieces};

/// A piece of the body on its way to the stored form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text, safe to write as it is.
    Text(String),
    /// A start tag: the element's name and the tag as it will be written.
    Open(&'a str, Cow<'a, str>),
    /// An end tag, likewise.
    Close(String, Cow<'a, str>),
}

/// The tokens joined to HTML.
pub(super) fn joined(tokens: Vec<Token<'_>>) -> String {
    let mut html = String::new();
    for token in tokens {
        match token {
            Token::Text(text) => html.push_str(&text),
            Token::Open(_, raw) | Token::Close(_, raw) => html.push_str(&raw),
        }
    }
    html
}

/// Replaces and removes elements; see the parent module for the refusals.
pub(super) fn replaced(html: &str) -> Result<Vec<Token<'_>>, Refusal> {
    let pieces = pieces(html);
    refuse_empty(&pieces)?;
    let mut writing = Writing::default();
    for piece in pieces {
        writing.take(piece)?;
    }
    Ok(writing.tokens)
}

#[derive(Default)]
struct Writing<'a> {
    tokens: Vec<Token<'a>>,
    /// For every open `div` and `span`: whether it is kept as a container.
    boxes: Vec<(&'static str, bool)>,
    /// The element whose content is dropped, while inside one.
    dropping: Option<&'static str>,
}

impl<'a> Writing<'a> {
    fn take(&mut self, piece: Piece<'a>) -> Result<(), Refusal> {
        if let Some(dropped) = self.dropping {
            if matches!(piece, Piece::Close { name, .. } if name.eq_ignore_ascii_case(dropped)) {
                self.dropping = None;
            }
            return Ok(());
        }
        match piece {
            Piece::Text(text) => self.text(text),
            Piece::Open(tag) => self.open(tag)?,
            Piece::Close { name, raw } => self.close(name, raw),
            Piece::Aside(_) => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        // A lone `<` must not become a tag when what stands between is removed.
        let text = text.replace('<', "&lt;");
        if let Some(Token::Text(before)) = self.tokens.last_mut() {
            before.push_str(&text);
        } else {
            self.tokens.push(Token::Text(text));
        }
    }

    fn open(&mut self, tag: Tag<'a>) -> Result<(), Refusal> {
        match tag.name() {
            "script" => self.dropping = Some("script"),
            "style" => self.dropping = Some("style"),
            "form" | "input" => {}
            "dl" | "dt" | "dd" => {
                return Err(Refusal::invalid("Definition lists (dl) are not supported in the body"));
            }
            "div" => self.open_box("div", &tag),
            "span" => self.open_box("span", &tag),
            "iframe" => {
                refuse_foreign_frame(&tag)?;
                self.tokens.push(Token::Open("iframe", tag.raw.into()));
            }
            "img" => {
                refuse_unreachable_image(&tag)?;
                self.tokens.push(Token::Open("img", tag.raw.into()));
            }
            name => self.tokens.push(Token::Open(name, tag.raw.into())),
        }
        Ok(())
    }

    fn open_box(&mut self, kind: &'static str, tag: &Tag<'a>) {
        let classes = tag.attribute("class").unwrap_or("");
        let kept = kind == "div" && classes.split_whitespace().any(|class| class.starts_with("intercom-"));
        self.boxes.push((kind, kept));
        let token = if kept {
            Token::Open("div", tag.raw.into())
        } else {
            Token::Open("p", "<p class=\"no-margin\">".into())
        };
        self.tokens.push(token);
    }

    fn close(&mut self, name: &'a str, raw: &'a str) {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "form" | "input" | "script" | "style" => {}
            "div" | "span" => {
                let open = self.boxes.iter().rposition(|(kind, _)| *kind == name);
                match open.map(|at| self.boxes.remove(at)) {
                    Some((_, true)) => self.tokens.push(Token::Close(name, raw.into())),
                    Some((_, false)) => self.tokens.push(Token::Close("p".to_owned(), "</p>".into())),
                    // An end tag without a start would be dropped by any parser.
                    None => {}
                }
            }
            _ => self.tokens.push(Token::Close(name, raw.into())),
        }
    }
}

const FRAME_HOSTS: [&str; 10] = [
    "youtube.com",
    "youtube-nocookie.com",
    "youtu.be",
    "wistia.com",
    "wistia.net",
    "vimeo.com",
    "loom.com",
    "vidyard.com",
    "streamio.com",
    "streamio.se",
];

fn refuse_foreign_frame(tag: &Tag<'_>) -> Result<(), Refusal> {
    let source = tag.attribute("src").unwrap_or("");
    let absolute = if source.starts_with("//") { format!("https:{source}") } else { source.to_owned() };
    let host =
        Url::parse(&absolute).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    let known = FRAME_HOSTS.iter().any(|allowed| {
        host.strip_suffix(allowed).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    });
    if known { Ok(()) } else { Err(Refusal::invalid(format!("iframe source is not supported: {source}"))) }
}

fn refuse_unreachable_image(tag: &Tag<'_>) -> Result<(), Refusal> {
    let source = tag.attribute("src").unwrap_or("");
    if source.starts_with("https://") || source.starts_with("http://") {
        Ok(())
    } else {
        Err(Refusal::invalid(format!("Image could not be reached: {source}")))
    }
}

/// Lists without items and tables without cells are refused.
fn refuse_empty(pieces: &[Piece<'_>]) -> Result<(), Refusal> {
    let mut open: Vec<(&'static str, bool)> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Open(tag) => match tag.name() {
                "ul" => open.push(("ul", false)),
                "ol" => open.push(("ol", false)),
                "table" => open.push(("table", false)),
                "li" => mark(&mut open, &["ul", "ol"]),
                "td" | "th" => mark(&mut open, &["table"]),
                _ => {}
            },
            Piece::Close { name, .. } => {
                let found = open.iter().rposition(|(kind, _)| name.eq_ignore_ascii_case(kind));
                if let Some((kind, false)) = found.map(|at| open.remove(at)) {
                    return Err(Refusal::invalid(format!("The body holds an empty {kind}")));
                }
            }
            Piece::Text(_) | Piece::Aside(_) => {}
        }
    }
    Ok(())
}

fn mark(open: &mut [(&'static str, bool)], kinds: &[&str]) {
    if let Some(innermost) = open.iter_mut().rev().find(|(kind, _)| kinds.contains(kind)) {
        innermost.1 = true;
    }
}
