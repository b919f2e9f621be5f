//! What a write does, as plain values: for the tool that carries it and for the journal. Owns no leave to do it; only an
//! `Approved` is that.

use std::sync::Arc;

use super::draft::Changes;
use crate::domain::article::Article;
use crate::domain::id::{ArticleId, ConversationId};

/// What a write does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Changes an article, or makes one.
    Article(ArticleDeed),
    /// Adds a note to a conversation that only teammates see (intercom-mcp 3.9).
    Note {
        /// The conversation.
        conversation: ConversationId,
        /// HTML, byte for byte as it is sent.
        body: String,
    },
}

impl Deed {
    /// The change of an article, or the new one; none for a note.
    pub fn article(&self) -> Option<&ArticleDeed> {
        match self {
            Self::Article(deed) => Some(deed),
            Self::Note { .. } => None,
        }
    }
}

/// A change of an article, or a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleDeed {
    /// The server's copy that the review was made on. For a new article one without content, under a local id.
    pub base: Arc<Article>,
    /// The fields to send, byte for byte.
    pub changes: Changes,
}

impl ArticleDeed {
    /// The article to change; a local id where it is a new one.
    pub fn id(&self) -> &ArticleId {
        &self.base.row.id
    }

    /// Whether the article is made by this, so that there is nothing on the server to hold it against.
    pub fn is_new(&self) -> bool {
        self.id().is_local()
    }

    /// Whether the server's copy still is the one that was reviewed, as far as the write is concerned.
    pub fn still_holds(&self, fresh: &Article) -> bool {
        let (base, now) = (&self.base.row, &fresh.row);
        super::review::same_content(&self.base, fresh)
            && (self.changes.parent.is_none() || base.parent == now.parent)
            && (self.changes.author.is_none() || base.author == now.author)
    }
}
