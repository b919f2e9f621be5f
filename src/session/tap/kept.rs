//! The first bytes of a body. Owns where it is cut.

use crate::domain::traffic::KEPT;

/// The first bytes of a body, and how many there were.
#[derive(Default)]
pub(super) struct Kept {
    bytes: Vec<u8>,
    pub(super) size: usize,
}

impl Kept {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut kept = Self::default();
        kept.add(bytes);
        kept
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        let room = KEPT.saturating_sub(self.bytes.len());
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.size = self.size.saturating_add(bytes.len());
    }

    /// What is kept, in whole words.
    pub(super) fn whole(&self) -> &[u8] {
        if self.size > self.bytes.len() { whole_words(&self.bytes) } else { &self.bytes }
    }
}

/// The beginning of something without the torn word at its end: it may be the beginning of a secret, which is known only
/// whole.
pub(crate) fn whole_words(cut: &[u8]) -> &[u8] {
    let delimiter = |byte: &u8| byte.is_ascii_whitespace() || b"\",&{}[]<>".contains(byte);
    let last = cut.iter().rposition(delimiter);
    last.map_or(&[], |last| &cut[..=last])
}
