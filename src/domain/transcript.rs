//! Messages as text for other places: as plain words, and as Markdown. Everything is clean, because the blocks are. Refuses
//! to say who wrote them and when.

use std::fmt::Write as _;

#[cfg(test)]
use super::html::plain;
use super::html::{Block, Card, CardKind, Inline, Style, Target};
use super::mail::{Fold, Message, Piece};
use super::markdown::{code_span, fence};

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Words as they are read.
    Plain,
    /// Markdown.
    Markdown,
}

/// The words of a message, and how many lines of it were left out because they are folded.
pub fn message(message: &Message, form: Form, folded: bool) -> (String, usize) {
    let writer = Writer { form, links: &message.links };
    let (mut said, mut out) = (Vec::new(), 0);
    for piece in &message.pieces {
        match piece {
            Piece::Shown(blocks) => said.push(writer.blocks(blocks, "\n\n")),
            Piece::Folded(parts) => {
                for (fold, blocks) in parts {
                    let words = writer.blocks(blocks, "\n\n");
                    if folded {
                        out += words.lines().filter(|line| !line.trim().is_empty()).count();
                    } else {
                        said.push(if *fold == Fold::Quoted { quoted(&words) } else { words });
                    }
                }
            }
        }
    }
    said.retain(|words| !words.trim().is_empty());
    (said.join("\n\n"), out)
}

/// Words as a quotation: every line marked.
pub fn quoted(words: &str) -> String {
    let lines = words.trim_end().lines();
    let marked = lines.map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") });
    marked.collect::<Vec<_>>().join("\n")
}

/// Words of ours that stand in Markdown as they are.
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// A line of Markdown with a backslash before what would make it something else than words because it stands first: `-`, `+`,
/// a number with a full stop, or nothing but `-` or `=`.
fn begun(line: &str) -> String {
    let words = line.trim_start_matches([' ', '\t']);
    let ends = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let sign = match words[digits..].chars().next() {
        Some('.' | ')') if (1..=9).contains(&digits) && ends(&words[digits + 1..]) => digits,
        Some(sign @ ('-' | '+')) if digits == 0 && (ends(&words[1..]) || is_only(words, sign)) => 0,
        Some('=') if digits == 0 && is_only(words, '=') => 0,
        Some(_) | None => return line.to_owned(),
    };
    let at = line.len() - words.len() + sign;
    format!("{}\\{}", &line[..at], &line[at..])
}

fn is_only(words: &str, sign: char) -> bool {
    words.trim_end().chars().all(|letter| letter == sign)
}

/// Writes blocks. It calls itself for what is inside of them, at most as deep as a document nests.
struct Writer<'a> {
    form: Form,
    links: &'a [Target],
}

impl Writer<'_> {
    fn is_markdown(&self) -> bool {
        self.form == Form::Markdown
    }

    fn words(&self, text: &str) -> String {
        if self.is_markdown() { escaped(text) } else { text.to_owned() }
    }

    /// Lines of a block, none of which begins like a list or is a rule.
    fn lines(&self, words: &str) -> String {
        if !self.is_markdown() {
            return words.to_owned();
        }
        words.split('\n').map(begun).collect::<Vec<_>>().join("\n")
    }

    fn blocks(&self, blocks: &[Block], between: &str) -> String {
        let said = blocks.iter().map(|block| self.block(block)).filter(|words| !words.is_empty());
        said.collect::<Vec<_>>().join(between)
    }

    fn block(&self, block: &Block) -> String {
        match block {
            Block::Heading { level, inline } if self.is_markdown() => {
                format!("{} {}", "#".repeat(usize::from(*level)), self.in_one_line(&self.inline(inline)))
            }
            Block::Heading { inline, .. } | Block::Paragraph(inline) => self.lines(&self.inline(inline)),
            Block::List { ordered, start, items } => self.list(*ordered, *start, items),
            Block::Table { rows, .. } => self.table(rows),
            Block::Code { text, language } if self.is_markdown() => {
                fence(language.as_deref().unwrap_or_default(), text)
            }
            Block::Code { text, .. } => text.to_string(),
            Block::Quote { blocks, .. } => quoted(&self.blocks(blocks, "\n\n")),
            Block::Callout { blocks, .. } => self.blocks(blocks, "\n\n"),
            Block::Details { summary, blocks } => {
                let words = [self.lines(&self.inline(summary)), self.blocks(blocks, "\n\n")];
                words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n\n")
            }
            Block::Card(card) => self.card(card),
            Block::Rule => "---".into(),
            Block::Button { label, link } => self.lines(&self.linked(&self.words(label), *link)),
        }
    }

    fn list(&self, ordered: bool, start: u32, items: &[Vec<Block>]) -> String {
        let mut out = Vec::with_capacity(items.len());
        let mut number = start;
        for item in items {
            let sign = if ordered { format!("{number}. ") } else { "- ".to_owned() };
            let indent = " ".repeat(sign.len());
            let words = self.blocks(item, "\n");
            out.push(sign + &words.replace('\n', &format!("\n{indent}")));
            number = number.saturating_add(1);
        }
        out.join("\n")
    }

    fn table(&self, rows: &[Vec<Vec<Block>>]) -> String {
        let mut out = Vec::with_capacity(rows.len() + 1);
        for (at, row) in rows.iter().enumerate() {
            let cells: Vec<String> =
                row.iter().map(|cell| self.in_one_line(&self.blocks(cell, " "))).collect();
            if !self.is_markdown() {
                out.push(cells.join(" | "));
                continue;
            }
            out.push(format!("| {} |", cells.join(" | ")));
            if at == 0 {
                out.push(format!("|{}", " --- |".repeat(cells.len().max(1))));
            }
        }
        out.join("\n")
    }

    /// Words where no line can end.
    fn in_one_line(&self, words: &str) -> String {
        let words = if self.is_markdown() { words.replace("\\\n", " ") } else { words.to_owned() };
        words.replace('\n', " ")
    }

    fn inline(&self, inline: &[Inline]) -> String {
        let mut out = String::new();
        let mut at = 0;
        while let Some(piece) = inline.get(at) {
            let link = link_of(piece);
            let run = inline[at..].iter().take_while(|next| link_of(next) == link).count().max(1);
            let run = if link.is_some() { run } else { 1 };
            let words: String = inline[at..at + run].iter().map(|piece| self.piece(piece)).collect();
            out.push_str(&if link.is_some() { self.linked(&words, link) } else { words });
            at += run;
        }
        out
    }

    fn piece(&self, piece: &Inline) -> String {
        match piece {
            Inline::Text { text, style, .. } if self.is_markdown() => styled(text, *style),
            Inline::Text { text, .. } => text.to_string(),
            Inline::Break if self.is_markdown() => "\\\n".into(),
            Inline::Break => "\n".into(),
            Inline::Card(card) => label(card),
        }
    }

    fn card(&self, card: &Card) -> String {
        self.linked(&label(card), card.link)
    }

    /// Words with the address that they lead to, where that says more than the words.
    fn linked(&self, words: &str, link: Option<u16>) -> String {
        let target = link.and_then(|number| self.links.get(usize::from(number).checked_sub(1)?));
        match target {
            Some(target) if target.address.is_empty() => words.to_owned(),
            // What nothing should open on a click is not made into something that one clicks on.
            Some(target) if self.is_markdown() && target.openable => {
                let address = target.address.replace(['<', '>', ' '], "");
                format!("[{words}](<{address}>)")
            }
            Some(target) if target.text != target.address => {
                format!("{words} ({})", self.words(&target.address))
            }
            Some(_) | None => words.to_owned(),
        }
    }
}

fn link_of(piece: &Inline) -> Option<u16> {
    match piece {
        Inline::Text { link, .. } => *link,
        Inline::Card(card) => card.link,
        Inline::Break => None,
    }
}

/// Words in their style; blanks at the ends stay outside of its marks.
fn styled(text: &str, style: Style) -> String {
    let words = text.trim();
    if words.is_empty() || style == Style::default() {
        return escaped(text);
    }
    let mut out = if style.has(Style::CODE) { code_span(words) } else { escaped(words) };
    for (wanted, mark) in [(Style::STRONG, "**"), (Style::EMPHASIS, "*"), (Style::STRIKE, "~~")] {
        if style.has(wanted) {
            out = format!("{mark}{out}{mark}");
        }
    }
    let before = text.len() - text.trim_start().len();
    let after = text.trim_end().len();
    format!("{}{out}{}", &text[..before], &text[after..])
}

/// Something that is not text, by its name.
fn label(card: &Card) -> String {
    let kind = match card.kind {
        CardKind::Image => "image",
        CardKind::Video => "video",
        CardKind::Attachment => "file",
        CardKind::Frame => "frame",
    };
    let mut out = kind.to_owned();
    if !card.label.is_empty() {
        let _ = write!(out, ": {}", card.label);
    }
    format!("({out})")
}

/// All words of blocks without any mark, for comparing.
#[cfg(test)]
pub(crate) fn bare(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Heading { inline, .. } | Block::Paragraph(inline) => out.push_str(&plain(inline)),
            Block::List { items, .. } => items.iter().for_each(|item| out.push_str(&bare(item))),
            Block::Table { rows, .. } => rows.iter().flatten().for_each(|cell| out.push_str(&bare(cell))),
            Block::Code { text, .. } => out.push_str(text),
            Block::Quote { blocks, .. } | Block::Callout { blocks, .. } => out.push_str(&bare(blocks)),
            Block::Details { summary, blocks } => {
                out.push_str(&plain(summary));
                out.push_str(&bare(blocks));
            }
            Block::Card(card) => out.push_str(&card.label),
            Block::Rule => out.push('─'),
            Block::Button { label, .. } => out.push_str(label),
        }
    }
    out.retain(|letter| !letter.is_whitespace());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::mail;

    #[test]
    fn words_that_begin_like_a_list_stay_words_in_markdown() {
        let copied = |html: &str| message(&mail::read(html), Form::Markdown, false).0;
        for (words, markdown) in [
            ("- not a list", "\\- not a list"),
            ("+ 3 seats", "\\+ 3 seats"),
            ("-5 degrees, a - b", "-5 degrees, a - b"),
            ("+49 30 1234", "+49 30 1234"),
            ("---", "\\---"),
            ("===", "\\==="),
            ("1. first", "1\\. first"),
            ("12) twelfth", "12\\) twelfth"),
            ("1.5 million", "1.5 million"),
            ("2026.", "2026\\."),
            ("1234567890. too long for a list", "1234567890. too long for a list"),
            ("see<br>- one<br>2. two", "see\\\n\\- one\\\n2\\. two"),
        ] {
            assert_eq!(copied(&format!("<p>{words}</p>")), markdown, "{words}");
        }
        assert_eq!(copied("<ul><li>- x</li></ul>"), "- \\- x");
        assert_eq!(message(&mail::read("<p>- x</p>"), Form::Plain, false).0, "- x");
    }

    #[test]
    fn code_is_copied_as_it_is_whatever_marks_are_in_it() {
        let copied = |html: &str| message(&mail::read(html), Form::Markdown, false).0;
        assert_eq!(copied("<pre><code>a ``` b\n~~~~ c</code></pre>"), "````\na ``` b\n~~~~ c\n````");
        assert_eq!(copied("<p>run <code>ls `pwd`</code> now</p>"), "run `` ls `pwd` `` now");
    }
}
