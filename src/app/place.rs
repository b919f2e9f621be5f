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
    /// The views, with their counts.
    Views,
    /// The search as boxes to fill in. Takes its own keys.
    SearchForm,
    /// What goes over the wire for a search.
    ToolCall,
    /// Articles that may answer a conversation.
    Answers,
    /// One of those articles, beside the conversation.
    Candidate,
    /// What a view or the loaded list looks like in numbers.
    Insight,
    /// The list of people.
    People,
    /// The list of companies.
    Companies,
    /// The names learnt.
    Names,
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
    /// The text that shall stand where two changes overlap.
    Overlap,
    /// The headings of an article.
    Outline,
    /// Edits kept on this machine.
    Drafts,
    /// What was written from here.
    History,
    /// One write of the history.
    Change,
    /// What Intercom will change or refuse in the text.
    Lint,
    /// A list to choose one of, with a line to narrow it. Takes its own keys.
    Picker,
    /// A note being written.
    Note,
    /// A search line with the cursor in it.
    SearchLine,
    /// How the session stands.
    Overview,
    /// The server's tools.
    Tools,
    /// One tool's definition.
    Tool,
    /// What went over the wire.
    Traffic,
    /// One exchange.
    Exchange,
    /// The accounts of this machine.
    Accounts,
    /// The doctor's findings.
    Doctor,
    /// A sign-in under way.
    SignIn,
    /// Before there is an account.
    First,
    /// A field of ours with the cursor in it. Takes its own keys.
    Form,
    /// Something the server asks. Takes its own keys.
    Question,
    /// The command palette.
    Palette,
    /// The help.
    Help,
}

impl Place {
    /// Every place, in the order the help lists them.
    pub const ALL: [Self; 41] = [
        Self::Inbox,
        Self::Thread,
        Self::Contact,
        Self::Company,
        Self::Views,
        Self::SearchForm,
        Self::ToolCall,
        Self::Answers,
        Self::Candidate,
        Self::Insight,
        Self::People,
        Self::Companies,
        Self::Names,
        Self::Articles,
        Self::Article,
        Self::Editor,
        Self::Review,
        Self::Confirmation,
        Self::Conflict,
        Self::Overlap,
        Self::Outline,
        Self::Drafts,
        Self::History,
        Self::Change,
        Self::Lint,
        Self::Picker,
        Self::Note,
        Self::SearchLine,
        Self::Overview,
        Self::Tools,
        Self::Tool,
        Self::Traffic,
        Self::Exchange,
        Self::Accounts,
        Self::Doctor,
        Self::SignIn,
        Self::First,
        Self::Form,
        Self::Question,
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
            Self::Views => "Views",
            Self::SearchForm => "Search form",
            Self::ToolCall => "Tool call",
            Self::Answers => "Articles that may answer",
            Self::Candidate => "Article that may answer",
            Self::Insight => "Insight",
            Self::People => "People",
            Self::Companies => "Companies",
            Self::Names => "Names",
            Self::Articles => "Articles",
            Self::Article => "Article",
            Self::Editor => "Editor",
            Self::Review => "Review",
            Self::Confirmation => "Confirmation",
            Self::Conflict => "Conflict",
            Self::Overlap => "Overlap",
            Self::Outline => "Outline",
            Self::Drafts => "Kept edits",
            Self::History => "History",
            Self::Change => "Written change",
            Self::Lint => "What Intercom changes",
            Self::Picker => "Choice",
            Self::Note => "Note",
            Self::SearchLine => "Search line",
            Self::Overview => "Session",
            Self::Tools => "Tools",
            Self::Tool => "Tool",
            Self::Traffic => "Traffic",
            Self::Exchange => "Exchange",
            Self::Accounts => "Accounts",
            Self::Doctor => "Doctor",
            Self::SignIn => "Sign-in",
            Self::First => "First screen",
            Self::Form => "Field",
            Self::Question => "Question",
            Self::Palette => "Palette",
            Self::Help => "Help",
        }
    }

    /// Whether printable keys are text here, so that only chords and named keys can be commands.
    pub fn takes_text(self) -> bool {
        matches!(
            self,
            Self::Editor
                | Self::Overlap
                | Self::Note
                | Self::Picker
                | Self::SearchLine
                | Self::SearchForm
                | Self::Palette
                | Self::Confirmation
                | Self::Form
                | Self::Question
        )
    }
}
