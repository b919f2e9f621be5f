//! Identifiers as Intercom gives them: opaque strings, compared without the prefix that some tools add.
//! Owns their normal form; refuses to guess which kind of record a bare number means.

use std::fmt;

/// Longest identifier taken from the wire, in bytes. Intercom's are 5 to 24 long; more is not an identifier.
const LONGEST: usize = 128;

fn normal(raw: &str, prefix: &str) -> Option<Box<str>> {
    let raw = raw.trim();
    let tail = if raw.contains("://") {
        let path = raw.split(['?', '#']).next().unwrap_or(raw);
        path.trim_end_matches('/').rsplit('/').next().unwrap_or("")
    } else {
        raw
    };
    let bare = tail.strip_prefix(prefix).unwrap_or(tail);
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    (!bare.is_empty() && bare.len() <= LONGEST && bare.chars().all(plain)).then(|| bare.into())
}

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Box<str>);

        impl $name {
            /// Reads a raw identifier, one with the tool's prefix, or an Intercom address that ends in one.
            /// None when it is empty, longer than 128 bytes, or holds anything but letters, digits, `-` and `_`.
            pub fn read(raw: &str) -> Option<Self> {
                normal(raw, $prefix).map(Self)
            }

            /// The identifier without a prefix.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

identifier!(
    /// A conversation: digits, 15 of them in US workspaces (intercom-mcp 6.1).
    ConversationId,
    "conversation_"
);
identifier!(
    /// A contact: 24 hexadecimal digits (intercom-mcp 6.3).
    ContactId,
    "contact_"
);
identifier!(
    /// A company by Intercom's own id, not the customer's `company_id` (intercom-mcp 3.7).
    CompanyId,
    "company_"
);
identifier!(
    /// An article: digits (intercom-mcp 6.4).
    ArticleId,
    "article_"
);
identifier!(
    /// An admin or a team, digits. No tool lists them; names are learnt from what passes by.
    AdminId,
    "admin_"
);
identifier!(
    /// A team that conversations are assigned to, digits.
    TeamId,
    "team_"
);

impl ConversationId {
    /// Its page in Intercom's web app, which is at `web`, such as `https://app.intercom.com`.
    pub fn page(&self, web: &str) -> String {
        format!("{web}/a/inbox/_/inbox/conversation/{self}")
    }
}

impl ContactId {
    /// Its page in Intercom's web app, which is at `web`.
    pub fn page(&self, web: &str) -> String {
        format!("{web}/a/apps/_/users/{self}")
    }
}

impl CompanyId {
    /// Its page in Intercom's web app, which is at `web`.
    pub fn page(&self, web: &str) -> String {
        format!("{web}/a/apps/_/companies/{self}")
    }
}

/// What the id of an article begins with that the server does not have yet.
const NEW: &str = "new-";

impl ArticleId {
    /// A name of our own for an article that the server does not have yet; `number` tells it from other such. Never sent.
    pub fn new_local(number: u64) -> Self {
        Self(format!("{NEW}{number}").into())
    }

    /// Whether the server does not have this article yet. Its own ids are digits (intercom-mcp 6.4).
    pub fn is_local(&self) -> bool {
        self.0.starts_with(NEW)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_raw_prefixed_and_address() {
        let addressed = "https://app.intercom.com/a/inbox/_/inbox/conversation/900000000101?view=List";
        for raw in ["900000000101", " conversation_900000000101 ", addressed] {
            assert_eq!(ConversationId::read(raw).unwrap().as_str(), "900000000101", "{raw}");
        }
    }

    #[test]
    fn refuses_what_is_no_identifier() {
        for raw in ["", "conversation_", "a b", "x\u{1b}[2J", "../..", &"9".repeat(129)] {
            assert_eq!(ConversationId::read(raw), None, "{raw:?}");
        }
    }
}
