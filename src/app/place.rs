//! Where keys go now.

/// A place that keys can go to. The command table says which command works where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The list of conversations.
    Inbox,
    /// The thread reader.
    Thread,
    /// A contact's page.
    Contact,
    /// A company's page.
    Company,
    /// The list of articles.
    Articles,
    /// An article being read.
    Article,
    /// An article being edited.
    Editor,
    /// What an edit will change.
    Review,
    /// The question before a write. Takes its own keys.
    Confirmation,
    /// The server's copy moved under the edit.
    Conflict,
    /// A search line with the cursor in it.
    SearchLine,
    /// The command palette.
    Palette,
    /// The help.
    Help,
}

impl Place {
    /// Every place, in the order the help lists them.
    pub const ALL: [Self; 13] = [
        Self::Inbox,
        Self::Thread,
        Self::Contact,
        Self::Company,
        Self::Articles,
        Self::Article,
        Self::Editor,
        Self::Review,
        Self::Confirmation,
        Self::Conflict,
        Self::SearchLine,
        Self::Palette,
        Self::Help,
    ];

    /// What it is called on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Inbox => "Inbox",
            Self::Thread => "Conversation",
            Self::Contact => "Contact",
            Self::Company => "Company",
            Self::Articles => "Articles",
            Self::Article => "Article",
            Self::Editor => "Editor",
            Self::Review => "Review",
            Self::Confirmation => "Confirmation",
            Self::Conflict => "Conflict",
            Self::SearchLine => "Search line",
            Self::Palette => "Palette",
            Self::Help => "Help",
        }
    }

    /// Whether printable keys are text here, so that only chords and named keys can be commands.
    pub fn takes_text(self) -> bool {
        matches!(self, Self::Editor | Self::SearchLine | Self::Palette | Self::Confirmation)
    }
}
