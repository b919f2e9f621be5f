//! What an element means to us, by its name, and which elements end which others when their end tag is missing.

/// An element's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Paragraph,
    /// Any other element that begins on its own line: `div`, `section`, `form`, …
    Block,
    /// `h1`–`h6`.
    Heading(u8),
    Unordered,
    Ordered,
    Item,
    /// `dt`, `dd`.
    Term,
    Table,
    /// `thead`, `tbody`, `tfoot`.
    Section,
    Row,
    Cell,
    HeaderCell,
    Pre,
    Code,
    Quote,
    Details,
    Summary,
    Strong,
    Emphasis,
    Underline,
    Strike,
    Anchor,
    /// Any other element inside a line, unknown ones too.
    Inline,
    Break,
    Rule,
    Image,
    /// `iframe`, whose content is never shown.
    Frame,
    /// `video`, `audio`.
    Media,
    /// `script`, `style`, `title`: content that is no text of the body.
    Hidden,
    /// Has no content and shows nothing.
    Void,
}

impl Tag {
    /// The meaning of the element called `name`, in any case of letters.
    pub(super) fn of(name: &str) -> Self {
        let mut lower = [0_u8; 12];
        let Some(lower) = lower.get_mut(..name.len()) else {
            return Self::Inline;
        };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        Self::short(lower).unwrap_or_else(|| Self::of_block(lower))
    }

    /// The commonest names, told apart byte by byte: this is asked for every tag of a body.
    fn short(lower: &[u8]) -> Option<Self> {
        Some(match *lower {
            [b'p'] => Self::Paragraph,
            [b'a'] => Self::Anchor,
            [b'b'] => Self::Strong,
            [b'i'] => Self::Emphasis,
            [b'u'] => Self::Underline,
            [b'h', level @ b'1'..=b'6'] => Self::Heading(level - b'0'),
            [b'l', b'i'] => Self::Item,
            [b'u', b'l'] => Self::Unordered,
            [b'o', b'l'] => Self::Ordered,
            [b'b', b'r'] => Self::Break,
            [b't', b'r'] => Self::Row,
            [b't', b'd'] => Self::Cell,
            [b't', b'h'] => Self::HeaderCell,
            [b'd', b'i', b'v'] => Self::Block,
            [b's', b'p', b'a', b'n'] => Self::Inline,
            _ => return None,
        })
    }

    fn of_block(lower: &[u8]) -> Self {
        match lower {
            b"section" | b"article" | b"header" | b"footer" | b"main" | b"nav" | b"aside" | b"center"
            | b"address" | b"figure" | b"figcaption" | b"form" | b"fieldset" | b"legend" | b"dl"
            | b"body" | b"html" | b"head" | b"caption" | b"hgroup" | b"menu" | b"dir" | b"option"
            | b"optgroup" | b"listing" | b"noscript" => Self::Block,
            b"dt" | b"dd" => Self::Term,
            b"pre" => Self::Pre,
            b"blockquote" => Self::Quote,
            b"details" => Self::Details,
            b"summary" => Self::Summary,
            other => Self::of_table(other),
        }
    }

    fn of_table(lower: &[u8]) -> Self {
        match lower {
            b"table" => Self::Table,
            b"thead" | b"tbody" | b"tfoot" => Self::Section,
            other => Self::of_inline(other),
        }
    }

    fn of_inline(lower: &[u8]) -> Self {
        match lower {
            b"strong" => Self::Strong,
            b"em" | b"cite" | b"dfn" | b"var" => Self::Emphasis,
            b"ins" => Self::Underline,
            b"s" | b"strike" | b"del" => Self::Strike,
            b"code" | b"tt" | b"kbd" | b"samp" => Self::Code,
            b"hr" => Self::Rule,
            b"img" | b"image" => Self::Image,
            b"iframe" => Self::Frame,
            b"video" | b"audio" => Self::Media,
            b"script" | b"style" | b"title" | b"noframes" | b"noembed" => Self::Hidden,
            b"wbr" | b"input" | b"meta" | b"link" | b"base" | b"col" | b"embed" | b"source" | b"track"
            | b"area" | b"param" => Self::Void,
            _ => Self::Inline,
        }
    }

    /// Whether what follows the start tag, up to the end tag, is not markup.
    pub(super) fn raw_content(self) -> bool {
        matches!(self, Self::Hidden | Self::Frame)
    }

    /// Whether the element has no end tag and no content (elements with raw content are taken whole).
    pub(super) fn void(self) -> bool {
        matches!(self, Self::Break | Self::Rule | Self::Image | Self::Void) || self.raw_content()
    }

    /// Whether the element begins and ends a line of its own.
    pub(super) fn block(self) -> bool {
        match self {
            Self::Paragraph
            | Self::Block
            | Self::Heading(_)
            | Self::Unordered
            | Self::Ordered
            | Self::Item
            | Self::Term
            | Self::Table
            | Self::Section
            | Self::Row
            | Self::Cell
            | Self::HeaderCell
            | Self::Pre
            | Self::Quote
            | Self::Details
            | Self::Summary
            | Self::Rule => true,
            Self::Code
            | Self::Strong
            | Self::Emphasis
            | Self::Underline
            | Self::Strike
            | Self::Anchor
            | Self::Inline
            | Self::Break
            | Self::Image
            | Self::Frame
            | Self::Media
            | Self::Hidden
            | Self::Void => false,
        }
    }

    fn cell(self) -> bool {
        matches!(self, Self::Cell | Self::HeaderCell)
    }

    fn part_of_table(self) -> bool {
        self.cell() || matches!(self, Self::Row | Self::Section)
    }

    /// Whether a missing or stray end tag of `self` stops looking for its start at an open `wall`.
    pub(super) fn stops_at(self, wall: Self) -> bool {
        let ends_cells = self.part_of_table() || self == Self::Table;
        wall == Self::Table
            || (wall.cell() && !ends_cells)
            || (matches!(wall, Self::Unordered | Self::Ordered) && self == Self::Item)
    }

    /// One of each kind of element that a start tag ends when its end tag is missing; of headings one for all.
    pub(super) const ENDABLE: [Self; 9] = [
        Self::Paragraph,
        Self::Item,
        Self::Term,
        Self::Anchor,
        Self::Section,
        Self::Row,
        Self::Cell,
        Self::HeaderCell,
        Self::Heading(1),
    ];

    /// Which of those this is.
    pub(super) fn endable(self) -> Option<usize> {
        let kind = if let Self::Heading(_) = self { Self::Heading(1) } else { self };
        Self::ENDABLE.iter().position(|other| *other == kind)
    }

    /// Whether starting `self` ends an open `other` whose end tag is missing.
    pub(super) fn ends(self, other: Self) -> bool {
        let alike = matches!(self, Self::Item | Self::Term | Self::Anchor | Self::Section) && self == other;
        alike
            || (other == Self::Paragraph && self.block())
            || (other.cell() && self.part_of_table())
            || (other == Self::Row && matches!(self, Self::Row | Self::Section))
            || matches!((self, other), (Self::Heading(_), Self::Heading(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::Tag;

    #[test]
    fn whatever_a_start_tag_ends_is_counted() {
        let names = "p div h1 h6 ul ol li dt dd table thead tr td th pre code blockquote details summary b i u s a span br hr img \
                     iframe video script input";
        let tags: Vec<Tag> = names.split_whitespace().map(Tag::of).collect();
        for started in &tags {
            for open in tags.iter().filter(|open| started.ends(**open)) {
                let counted = open.endable().map(|kind| Tag::ENDABLE[kind]);
                assert!(counted.is_some_and(|counted| started.ends(counted)), "{started:?} ends {open:?}");
            }
        }
    }
}
