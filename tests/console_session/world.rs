//! What there is: a server, its tools, traffic, accounts, findings.

use switchboard::app::opening::{Start, Way};
use switchboard::domain::account::{Origin, Row, Standing};
use switchboard::domain::call::{Fault, FaultKind};
use switchboard::domain::examination::{Finding, Rung, Verdict};
use switchboard::domain::link::{Kind, Permit, Region, Server, Tool};
use switchboard::domain::question::{Blank, Kind as Wanted, Question, QuestionId, Wants};
use switchboard::domain::text::Clean;
use switchboard::domain::time::Unix;
use switchboard::domain::traffic::{Body, Channel, Exchange};

/// 2026-11-20 09:41:00 UTC.
pub(crate) const NOW: i64 = 1_795_167_660;

fn clean(text: &str) -> Clean {
    Clean::line(text)
}

pub(crate) fn tool(name: &str, kind: Kind, permit: Permit, description: &str) -> Tool {
    let whole = format!(
        "{{\"name\":\"{name}\",\"description\":\"{description}\",\"inputSchema\":{{\"type\":\"object\",\"properties\":{{\"query\":{{\"type\":\"string\",\"description\":\"What to look for, in the search language; several conditions are joined by blanks and all of them have to hold\"}},\"per_page\":{{\"type\":\"integer\",\"maximum\":150}}}},\"required\":[\"query\"]}}}}"
    );
    Tool { name: clean(name), description: clean(description), whole, kind, permit }
}

fn tools() -> Vec<Tool> {
    let read = |name, words| tool(name, Kind::Read, Permit::Yes, words);
    let refused = Permit::Refused(clean("the token lacks \"Read and write articles\""));
    vec![
        read("search", "Search conversations, contacts and companies with one string"),
        read("fetch", "Fetch one record by its prefixed id"),
        read("search_conversations", "Search conversations by fields, with operators and paging by cursor"),
        read("get_conversation", "Get one conversation with all of its parts"),
        read("search_contacts", "検索: 連絡先を名前またはメールで探す"),
        read("get_contact", "Get one contact"),
        read("get_company", "Get one company"),
        read("get_article", "Get one article with its body"),
        read("list_articles", "List articles, newest change first"),
        tool("update_article", Kind::Write, refused, "Change fields of an article"),
        tool("create_article", Kind::Write, Permit::New, "Create an article"),
        tool("add_internal_note", Kind::Write, Permit::Changed, "Add a note for teammates"),
        tool("summarize_everything_for_me_in_a_very_long_name", Kind::Unknown, Permit::Yes, "Does something"),
    ]
}

pub(crate) fn server() -> Server {
    Server {
        host: clean("mcp.intercom.com"),
        name: clean("Intercom MCP"),
        version: clean("1.4.2"),
        protocol: clean("2025-11-25"),
        transport: clean("Streamable HTTP"),
        session: true,
        region: Region::Us,
        standing: standing(),
        tools: tools(),
    }
}

pub(crate) fn standing() -> Standing {
    Standing {
        origin: Origin::Keyring,
        since: Some(Unix(NOW - 19 * 86_400)),
        until: Some(Unix(NOW + 7_800)),
        renews: true,
        scopes: ["read_conversations", "read_users", "read_write_articles"].map(clean).to_vec(),
        issuer: clean("https://mcp.intercom.com"),
    }
}

pub(crate) fn exchange(number: u64, method: &str, tool: &str) -> Exchange {
    let body = |text: &str| Body { text: text.to_owned(), size: text.len() };
    let sent = format!(
        "{{\"jsonrpc\":\"2.0\",\"id\":{number},\"method\":\"{method}\",\"params\":{{\"name\":\"{tool}\",\"arguments\":{{\"query\":\"state:open\",\"per_page\":50}}}}}}"
    );
    let received = format!(
        "event: message\ndata: {{\"jsonrpc\":\"2.0\",\"id\":{number},\"result\":{{\"content\":[{{\"type\":\"text\",\"text\":\"{{\\\"total_count\\\":12,\\\"conversations\\\":[{{\\\"id\\\":\\\"215470000000001\\\",\\\"state\\\":\\\"open\\\",\\\"title\\\":\\\"荷物が届かない\\\"}}]}}\"}}],\"isError\":false}}}}\n\n"
    );
    Exchange {
        number,
        at: Unix(NOW + i64::try_from(number).unwrap() * 7),
        channel: Channel::Post,
        method: clean(method),
        tool: clean(tool),
        sent: body(&sent),
        status: Some(200),
        received: body(&received),
        tenths: 900 + number * 137 % 2_900,
        trouble: Clean::default(),
    }
}

/// Forty exchanges of every sort.
pub(crate) fn traffic() -> Vec<Exchange> {
    let mut all = vec![exchange(1, "initialize", ""), exchange(2, "tools/list", "")];
    let names = ["search_conversations", "get_conversation", "get_contact", "list_articles"];
    all.extend(
        (3..37).map(|number| exchange(number, "tools/call", names[usize::try_from(number).unwrap() % 4])),
    );
    all.push(Exchange {
        status: Some(429),
        received: Body::default(),
        ..exchange(37, "tools/call", "search")
    });
    let trouble = clean("no answer within 90 s");
    all.push(Exchange {
        status: None,
        trouble,
        tenths: 900_000,
        ..exchange(38, "tools/call", "get_company")
    });
    all.push(Exchange { channel: Channel::SignIn, method: clean("POST /token"), ..exchange(39, "", "") });
    let long = Body { text: "{\"content\":[{\"type\":\"text\",\"text\":\"cut he".into(), size: 1_234_567 };
    all.push(Exchange { received: long, ..exchange(40, "tools/call", "get_article") });
    all
}

pub(crate) fn accounts() -> Vec<Row> {
    let row = |name: &str, endpoint: &str, origin, since| Row {
        name: clean(name),
        endpoint: clean(endpoint),
        origin,
        since,
    };
    vec![
        row(
            "mcp.intercom.com",
            "https://mcp.intercom.com/mcp",
            Origin::Keyring,
            Some(Unix(NOW - 19 * 86_400)),
        ),
        row("europe", "https://mcp.eu.intercom.com/mcp", Origin::File, None),
        row(
            "渡し船",
            "https://bridge.example.com:8443/a/long/path/to/the/endpoint/mcp",
            Origin::McpRemote,
            None,
        ),
    ]
}

pub(crate) fn start(way: Way) -> Start {
    Start { accounts: accounts(), account: clean("mcp.intercom.com"), way, ..Start::default() }
}

pub(crate) fn offline() -> Fault {
    Fault::new(
        FaultKind::Offline,
        "The connection to mcp.intercom.com was lost.",
        "It is tried again by itself; R tries now.",
    )
}

pub(crate) fn signed_out() -> Fault {
    Fault::new(
        FaultKind::SignIn,
        "mcp.intercom.com wants another sign-in: the token was refused.",
        "Sign in again.",
    )
}

pub(crate) fn finding(rung: Rung, verdict: Verdict, sentence: &str, hint: &str) -> Finding {
    let tenths = 17 + 1_000 * (rung as u64);
    Finding { rung, verdict, sentence: clean(sentence), hint: clean(hint), cause: "", tenths }
}

/// What the doctor says of a server whose sign-in ended.
pub(crate) fn findings() -> Vec<Finding> {
    use Verdict::{Bad, Good, Notice, Skipped};
    let after = [Rung::Region, Rung::Protocol, Rung::Session, Rung::Tools, Rung::Scopes, Rung::Read];
    let mut all = vec![
        finding(Rung::Name, Good, "mcp.intercom.com is 104.18.9.9 and three more.", ""),
        finding(Rung::Tcp, Good, "Connected to 104.18.9.9, port 443.", ""),
        finding(
            Rung::Tls,
            Notice,
            "The certificate ends in 6 days; after that nobody can connect.",
            "Tell Intercom, or wait: it is usually renewed in time.",
        ),
        finding(Rung::Http, Good, "Answered by HTTP/2.", ""),
        finding(
            Rung::SignIn,
            Bad,
            "The token was refused: it ended 2026-11-19 22:10.",
            "Press s to sign in with the browser.",
        ),
    ];
    all.extend(after.map(|rung| finding(rung, Skipped, "Not tried.", "")));
    all
}

fn blank(name: &str, title: &str, description: &str, required: bool, kind: Wanted, default: &str) -> Blank {
    Blank {
        name: name.to_owned(),
        title: clean(title),
        description: clean(description),
        required,
        kind,
        default: default.to_owned(),
    }
}

/// A question with a field of every kind.
pub(crate) fn form() -> Question {
    let choice = |value: &str, title: &str| (value.to_owned(), clean(title));
    let teams = vec![choice("1", "Harbour desk"), choice("2", "船便チーム"), choice("3", "Everyone else")];
    let fields = vec![
        blank(
            "reason",
            "Reason",
            "Why this export is needed; it is kept in the log.",
            true,
            Wanted::Text,
            "",
        ),
        blank("days", "Days", "", false, Wanted::Whole, "30"),
        blank("closed", "Closed conversations too", "", false, Wanted::Truth, "true"),
        blank("team", "Team", "", true, Wanted::One(teams.clone()), "2"),
        blank("notify", "Tell", "Who hears of it.", false, Wanted::Many(teams), "1\n3"),
    ];
    let message = clean("Exporting 12,480 conversations needs a reason. Which ones shall be exported?");
    Question { id: QuestionId(7), message, wants: Wants::Form(fields) }
}

/// A question that wants a page opened.
pub(crate) fn page(address: &str) -> Question {
    let message = clean("To go on, confirm your payment details on our page.");
    Question { id: QuestionId(8), message, wants: Wants::Page(clean(address)) }
}
