//! The block tree: what a body says, without how it was marked up.

use crate::domain::text::Clean;

/// A body as blocks, with the addresses its numbered links lead to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// In reading order. They nest at most 64 deep.
    pub blocks: Vec<Block>,
    /// In order of appearance; link number `n` is at `n - 1`.
    pub links: Vec<Target>,
}

/// Where a link leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The words that were linked, or a picture's label.
    pub text: Clean,
    /// The address, to be shown beside the words.
    pub address: Clean,
    /// Whether the address may be opened: http or https, and nothing in it had to be removed to show it.
    pub openable: bool,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its words.
        inline: Vec<Inline>,
    },
    /// Words.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// Numbered rather than bulleted.
        ordered: bool,
        /// The first number.
        start: u32,
        /// The items, each of any blocks.
        items: Vec<Vec<Block>>,
    },
    /// A table of data; tables that only arrange a page are dissolved into their cells.
    Table {
        /// Rows of cells of blocks; rows may differ in length.
        rows: Vec<Vec<Vec<Block>>>,
        /// Whether the first row is a header.
        header: bool,
    },
    /// Preformatted text.
    Code {
        /// With its line breaks and blanks.
        text: Clean,
        /// What the class `language-…` says.
        language: Option<Clean>,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        blocks: Vec<Block>,
        /// Whether it is the history of an e-mail, which readers have seen before.
        history: bool,
    },
    /// A coloured box.
    Callout {
        /// The only hint to its meaning that Intercom stores.
        colour: Colour,
        /// Its content.
        blocks: Vec<Block>,
    },
    /// A section that opens and closes.
    Details {
        /// The words always seen.
        summary: Vec<Inline>,
        /// What opens.
        blocks: Vec<Block>,
    },
    /// Something that is not text.
    Card(Card),
    /// A horizontal rule.
    Rule,
    /// A link drawn as a button.
    Button {
        /// Its words.
        label: Clean,
        /// Its link number.
        link: Option<u16>,
    },
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words in one style.
    Text {
        /// The words, with the blanks around them collapsed as HTML does.
        text: Clean,
        /// How they are set.
        style: Style,
        /// The number of the link they belong to.
        link: Option<u16>,
        /// Whether this is a template macro such as `{{ first_name }}`.
        is_macro: bool,
    },
    /// A line break.
    Break,
    /// A picture among words.
    Card(Card),
}

/// How words are set: any of the constants together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style(u8);

impl Style {
    /// Bold.
    pub const STRONG: Self = Self(1);
    /// Italic.
    pub const EMPHASIS: Self = Self(2);
    /// Code within a line.
    pub const CODE: Self = Self(4);
    /// Underlined.
    pub const UNDERLINE: Self = Self(8);
    /// Struck through.
    pub const STRIKE: Self = Self(16);

    /// Whether all of `other` is in this style.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both styles together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Something that is not text, to be shown by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What it is.
    pub kind: CardKind,
    /// Its alternative text, its words, or its file name; may be empty.
    pub label: Clean,
    /// The host it comes from; empty where it has none.
    pub host: Clean,
    /// Width and height in pixels, as its author says.
    pub size: Option<(u32, u32)>,
    /// The number of the link that opens it.
    pub link: Option<u16>,
}

/// What a card stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardKind {
    /// A picture.
    Image,
    /// A film or sound.
    Video,
    /// A file.
    Attachment,
    /// A page within the page.
    Frame,
}

/// The colour of a callout, by its hue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// `#feedaf80` and its neighbours.
    Yellow,
    /// `#e3e7fa80` and its neighbours.
    Blue,
    /// `#fed9db80` and its neighbours.
    Red,
    /// Green shades.
    Green,
    /// Shades without a hue.
    Grey,
    /// Anything else, or none given.
    #[default]
    Other,
}

impl Colour {
    /// Reads a CSS colour such as `#feedaf80` or `rgb(254, 237, 175)`.
    pub fn of(css: &str) -> Self {
        let channels = match css.trim().strip_prefix('#') {
            Some(digits) => hexadecimal(digits),
            None => decimal(css),
        };
        channels.map_or(Self::Other, Self::hue)
    }

    fn hue([red, green, blue]: [i32; 3]) -> Self {
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let spread = most - least;
        if spread < 12 {
            return Self::Grey;
        }
        let degrees = if most == red {
            60 * (green - blue) / spread
        } else if most == green {
            120 + 60 * (blue - red) / spread
        } else {
            240 + 60 * (red - green) / spread
        };
        match degrees {
            -40..20 => Self::Red,
            20..75 => Self::Yellow,
            75..170 => Self::Green,
            170..265 => Self::Blue,
            _ => Self::Other,
        }
    }
}

fn hexadecimal(digits: &str) -> Option<[i32; 3]> {
    let digit = |at: usize| i32::from_str_radix(digits.get(at..=at)?, 16).ok();
    if digits.len() < 6 {
        return Some([digit(0)? * 17, digit(1)? * 17, digit(2)? * 17]);
    }
    let pair = |at: usize| Some(digit(at)? * 16 + digit(at + 1)?);
    Some([pair(0)?, pair(2)?, pair(4)?])
}

fn decimal(css: &str) -> Option<[i32; 3]> {
    let (_, inside) = css.split_once('(')?;
    let mut numbers =
        inside.split([',', ' ', '/', ')']).filter_map(|number| number.trim().parse::<u8>().ok());
    Some([numbers.next()?.into(), numbers.next()?.into(), numbers.next()?.into()])
}
