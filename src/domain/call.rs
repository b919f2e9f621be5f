//! What can be asked, what comes back, and how a call ends. Every call has exactly one end.
//! Owns these values; refuses the wire's JSON and any idea of how a call is carried.

use super::article::{Article, ArticleRow, ArticleState};
use super::company::Company;
use super::contact::Contact;
use super::conversation::{Conversation, ConversationRow, Part};
use super::id::{ArticleId, CompanyId, ContactId, ConversationId};
use super::link::Link;
use super::page::{Cursor, Page};
use super::people::{CompanyFilter, PeopleFilter};
use super::query::Query;
use super::question::Question;
use super::text::Clean;
use super::traffic::Exchange;
use super::{account, examination};

/// Names one call for as long as the program runs. Given out in rising order by the one who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallId(pub u64);

/// A read. Writes are no variant here: they travel only as an `Approved`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// Conversations by the search language. Answered by `Answer::Conversations`; its rows are `thin` where only the
    /// one-string `search` tool can express the query.
    SearchConversations {
        /// What to look for.
        query: Query,
        /// Where to go on; none for the first page.
        cursor: Option<Cursor>,
        /// Rows wanted, 1 to 150.
        per_page: u16,
    },
    /// How many conversations a query finds, for the price of one row. Answered by `Answer::Count`.
    Count(Query),
    /// Whole rows for ids that a free-text search found; at most 150.
    ConversationsById(Vec<ConversationId>),
    /// Other conversations of a contact, newest first as the server sorts. Answered by `Answer::Conversations`.
    ConversationsOf {
        /// Whose.
        contact: ContactId,
        /// Rows wanted, 1 to 150.
        per_page: u16,
    },
    /// One thread.
    Conversation(ConversationId),
    /// One person.
    Contact(ContactId),
    /// One company.
    Company(CompanyId),
    /// People. Answered by `Answer::Contacts`; its rows are `thin` where only the one-string `search` can express the
    /// search, as it must for everybody (intercom-mcp 3.2).
    SearchContacts {
        /// Who; empty for everybody.
        filter: PeopleFilter,
        /// Where to go on; none for the first page.
        cursor: Option<Cursor>,
        /// Rows wanted, 1 to 150.
        per_page: u16,
    },
    /// Companies. Answered by `Answer::Companies`.
    ListCompanies {
        /// Which; empty for all.
        filter: CompanyFilter,
        /// From 1.
        page: u32,
        /// 1 to 60.
        per_page: u16,
    },
    /// Articles, newest change first.
    ListArticles {
        /// From 1.
        page: u32,
        /// 1 to 150.
        per_page: u16,
    },
    /// Articles by words in title and body.
    SearchArticles {
        /// The words; not empty.
        phrase: String,
        /// Only these; none for all.
        state: Option<ArticleState>,
    },
    /// One article with its body.
    Article(ArticleId),
}

/// What a call brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A page of conversations.
    Conversations(Page<ConversationRow>),
    /// How many there are.
    Count(Counted),
    /// A thread.
    Conversation(Box<Conversation>),
    /// A person.
    Contact(Box<Contact>),
    /// A company.
    Company(Box<Company>),
    /// A page of people.
    Contacts(Page<Contact>),
    /// A page of companies.
    Companies(Page<Company>),
    /// A page of articles.
    Articles(Page<ArticleRow>),
    /// An article.
    Article(Box<Article>),
    /// The server took the write; this is its own echo of the article.
    Written(Box<Article>),
    /// The server took the note; this is its own echo of it.
    Noted(Box<Part>),
    /// What a tool that was called by hand said.
    Said(Box<Said>),
}

/// How many conversations a query finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// How many; 0 or more.
    pub number: u64,
    /// Whether the server said that there are so many. Else there are at least so many: it showed as many rows and said
    /// that there are more, but not how many.
    pub exact: bool,
    /// Whether a condition was left out because the tool cannot be told it: some of what was counted is not meant.
    pub wider: bool,
}

/// The result of a tool that was called by hand.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Said {
    /// The text blocks, in order, as they came.
    pub texts: Vec<String>,
    /// The whole result as JSON text, as it came.
    pub whole: String,
    /// The tool reports an error.
    pub is_error: bool,
}

/// What went wrong, as a kind one can decide by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// No route, no name, connection refused or reset.
    Unreachable,
    /// The secure connection could not be made.
    Tls,
    /// 401: no token, a wrong one, an expired one.
    SignIn,
    /// 403, or a tool answering that the token lacks a permission.
    Forbidden,
    /// No such record.
    NotFound,
    /// The server refused the arguments; its words are in the sentence.
    Invalid,
    /// 429; seconds to wait are in `Fault::wait`.
    RateLimited,
    /// 5xx.
    Server,
    /// The other side does not speak MCP, or not as agreed.
    Protocol,
    /// The two sides speak no common version of MCP; only an update of one of them helps.
    Version,
    /// Bigger than this program is willing to hold.
    TooLarge,
    /// The connection is down; nothing was sent.
    Offline,
    /// The queue to the session is full; nothing was sent.
    Busy,
    /// A time limit ran out.
    TimedOut,
    /// The tool is not offered by this server.
    NoTool,
    /// The tool itself reported an error of no known kind; its words are in the sentence.
    Tool,
}

impl FaultKind {
    /// The kind of a REST error code (intercom-mcp 5); none for one that is not known to refuse anything.
    pub fn of_code(code: &str) -> Option<Self> {
        let kind = match code {
            "unauthorized" => Self::SignIn,
            "token_unauthorized" | "forbidden" | "api_plan_restricted" => Self::Forbidden,
            "not_found" | "contact_merged" => Self::NotFound,
            "rate_limit_exceeded" | "too_many_requests" => Self::RateLimited,
            "server_error" | "service_unavailable" => Self::Server,
            "request_timeout" => Self::TimedOut,
            "bad_request" | "intercom_version_invalid" => Self::Invalid,
            code if code.ends_with("_not_found") && code != "parameter_not_found" => Self::NotFound,
            code if code.starts_with("parameter_") => Self::Invalid,
            _ => return None,
        };
        Some(kind)
    }
}

/// Why a call or the link failed, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The kind.
    pub kind: FaultKind,
    /// One sentence that says what happened.
    pub sentence: Clean,
    /// What to do next; empty when there is nothing to say.
    pub hint: Clean,
    /// Seconds the server asked us to wait.
    pub wait: Option<u64>,
}

impl Fault {
    /// A fault from a sentence and a hint of our own or the server's; both are cleaned.
    pub fn new(kind: FaultKind, sentence: &str, hint: &str) -> Self {
        Self { kind, sentence: Clean::line(sentence), hint: Clean::line(hint), wait: None }
    }
}

/// How a call ended. Each call gets exactly one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It worked.
    Answer(Answer),
    /// The server said no, or said something that cannot be read.
    Refused(Fault),
    /// Its time limit ran out. Only reads end so; a write that times out is `Unknown`.
    TimedOut(Fault),
    /// The asker cancelled it. For a write: before anything was sent.
    Cancelled,
    /// Nothing was sent, so nothing happened.
    NotSent(Fault),
    /// A write only: what it was built on has moved on the server; nothing was sent. Holds the server's copy.
    Moved(Box<Article>),
    /// A write only: its bytes were handed to the wire and no answer came, or one that leaves it open (a gateway's error, words
    /// that are no article). It may or may not have happened.
    Unknown(Fault),
}

/// What the session tells the rest of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// A call ended.
    Ended {
        /// Which.
        id: CallId,
        /// How.
        end: End,
    },
    /// The connection changed.
    Link(Link),
    /// Something went over the wire. May be left out when nobody keeps up.
    Exchange(Box<Exchange>),
    /// A sign-in goes on, or ended.
    SignIn(account::Step),
    /// The server asks something; answered by its id.
    Question(Box<Question>),
    /// The server withdrew a question, or nobody waits for its answer any more.
    Unasked(super::question::QuestionId),
    /// The server says something by itself: its level, and its words.
    Message(Clean, Clean),
    /// The server asked for a pause: no call leaves for so many seconds from now, at most an hour. None: it is over. Told
    /// again when the server asks for a longer one.
    Pause(Option<u64>),
    /// The doctor tried a rung.
    Finding(Box<examination::Finding>),
    /// The doctor is done.
    Examined,
    /// What a call would send, by the number it was asked with: the tool's name, then its arguments as JSON over several
    /// lines, exactly as the session makes them; below, one line for conditions that the tool cannot be told, if any. A fault where it could not be sent at all, or where no server is known.
    Explained(u64, Result<String, Fault>),
}
