//! One page of a list and how to ask for the next. Owns the cursor; refuses to count what the server did not say.

/// Opaque text that a search hands out to go on from (intercom-mcp 4.2). Longer than 4,096 bytes is refused by the decoder.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cursor(pub Box<str>);

/// Where the next page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Searches go on by cursor, with every other argument unchanged.
    Cursor(Cursor),
    /// Lists of articles and companies go on by number, from 1.
    Number(u32),
}

/// A page as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The records, in the server's order.
    pub items: Vec<T>,
    /// None on the last page.
    pub next: Option<Next>,
    /// How many there are in all, when the server said so.
    pub total: Option<u64>,
    /// Records that could not be read at all and were left out.
    pub skipped: usize,
}
