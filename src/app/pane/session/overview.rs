//! The overview's words: what is known of the session, a label and a sentence each.

use super::Session;
use super::sizes::{millis, several};
use crate::app::list::Scroll;
use crate::app::rows::{Look, Row, entry};
use crate::app::shell::Shell;
use crate::domain::account::{Origin, Standing};
use crate::domain::call::FaultKind;
use crate::domain::link::{Link, Region, Server};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Unix, long, stamp};

/// Where a server stands, in words.
pub fn region(region: Region) -> &'static str {
    match region {
        Region::Us => "United States",
        Region::Eu => "Europe",
        Region::Other => "not one of Intercom's hosts",
    }
}

/// How long ago, in words.
fn past(shell: &Shell, at: Moment) -> String {
    long(i64::try_from(shell.now.since(at) / 1_000).unwrap_or(i64::MAX))
}

fn clock(at: Unix, zone: i32) -> String {
    stamp(at, zone).get(11..).unwrap_or_default().to_owned()
}

/// The overview for a width.
fn rows(session: &Session, shell: &Shell, cells: u16) -> Vec<Row> {
    let mut rows = Vec::new();
    link(&mut rows, shell, cells);
    if let Some(server) = &session.server {
        server_rows(&mut rows, server, cells);
        rows.push(Row::blank());
        standing(&mut rows, &server.standing, shell, cells);
    }
    rows.push(Row::blank());
    latency(&mut rows, session, cells);
    requests(&mut rows, session, shell, cells);
    reconnects(&mut rows, session, shell, cells);
    rows.push(Row::blank());
    messages(&mut rows, session, cells);
    rows
}

/// The overview as it was laid out. The messages below it are laid out by themselves, because they may be many and seldom
/// change.
#[derive(Debug, Default)]
pub struct Overview {
    head: Vec<Row>,
    /// The window over the words and the messages.
    pub scroll: Scroll,
}

impl Session {
    /// Lays the overview out.
    pub(super) fn arrange_overview(&mut self, shell: &Shell, cells: u16, height: u16) {
        self.overview.head = rows(self, shell, cells);
        let messages = self.messages.lay(cells, shell.now.zone);
        self.overview.scroll.fit(self.overview.head.len() + messages, usize::from(height));
    }

    /// The rows of the overview that are in view.
    pub fn overview_rows(&self) -> impl Iterator<Item = &Row> {
        let view = self.overview.scroll.view();
        let head = &self.overview.head;
        let below = self.messages.rows().get(view.start.saturating_sub(head.len())..).unwrap_or_default();
        let above = head.get(view.start..).unwrap_or_default();
        above.iter().chain(below).take(view.len())
    }
}

fn link(rows: &mut Vec<Row>, shell: &Shell, cells: u16) {
    let since = past(shell, shell.link_at);
    match &shell.link {
        Link::Connecting { attempt: 1 } => entry(rows, "Link", "◌ connecting", Look::Warn, cells),
        Link::Connecting { attempt } => {
            entry(rows, "Link", &format!("◌ connecting again, try {attempt}"), Look::Warn, cells);
        }
        Link::Up(_) => {
            let at = clock(shell.link_at.unix, shell.now.zone);
            entry(rows, "Link", &format!("● up for {since}, since {at}"), Look::Good, cells);
        }
        Link::Down { fault, retry_in } => {
            let words = if fault.kind == FaultKind::SignIn { "not signed in" } else { "down" };
            entry(rows, "Link", &format!("○ {words} for {since}"), Look::Bad, cells);
            entry(rows, "", &fault.sentence, Look::Plain, cells);
            if !fault.hint.is_empty() {
                entry(rows, "", &fault.hint, Look::Dim, cells);
            }
            if let Some(millis) = retry_in {
                let left = millis.saturating_sub(shell.now.since(shell.link_at)).div_ceil(1_000);
                entry(rows, "", &format!("The next try is in {left} s."), Look::Dim, cells);
            }
            if fault.kind == FaultKind::SignIn {
                entry(rows, "", "s signs in with the browser; a shows other accounts.", Look::Accent, cells);
            }
        }
        Link::Closed => entry(rows, "Link", "○ closed; R connects again", Look::Dim, cells),
    }
}

fn server_rows(rows: &mut Vec<Row>, server: &Server, cells: u16) {
    let named = [server.name.as_str(), server.version.as_str()].map(str::trim);
    let named: Vec<&str> = named.into_iter().filter(|word| !word.is_empty()).collect();
    let words = if named.is_empty() {
        server.host.to_string()
    } else {
        format!("{} at {}", named.join(" "), server.host)
    };
    entry(rows, "Server", &words, Look::Plain, cells);
    entry(rows, "Region", region(server.region), Look::Plain, cells);
    let kept = if server.session { "the server keeps a session" } else { "no session is kept" };
    let protocol = if server.protocol.is_empty() { "unknown" } else { server.protocol.as_str() };
    let over = if server.transport.is_empty() { "" } else { " over " };
    let words = format!("{protocol}{over}{}; {kept}", server.transport);
    entry(rows, "Protocol", &words, Look::Plain, cells);
}

fn standing(rows: &mut Vec<Row>, standing: &Standing, shell: &Shell, cells: u16) {
    if standing.origin == Origin::None {
        entry(rows, "Signed in", "no; this server asks for none", Look::Plain, cells);
        return;
    }
    let since = standing.since.map(|since| {
        let age = long(shell.now.unix.0.saturating_sub(since.0));
        format!(", since {} ({age} ago)", stamp(since, shell.now.zone))
    });
    let by = format!("by {}{}", standing.origin.words(), since.unwrap_or_default());
    if shell.wants_sign_in() {
        return entry(rows, "Signed in", &format!("no longer; it was {by}"), Look::Plain, cells);
    }
    entry(rows, "Signed in", &by, Look::Plain, cells);
    let (words, look) = lasts(standing, shell);
    entry(rows, "Lasts", &words, look, cells);
    if !standing.issuer.is_empty() {
        entry(rows, "Issued by", &standing.issuer, Look::Plain, cells);
    }
    let scopes: Vec<&str> = standing.scopes.iter().map(Clean::as_str).collect();
    if !scopes.is_empty() {
        entry(rows, "Permits", &scopes.join(", "), Look::Plain, cells);
    }
}

fn lasts(standing: &Standing, shell: &Shell) -> (String, Look) {
    let renewed = if standing.renews { "renewed by itself" } else { "not renewed by itself" };
    let Some(until) = standing.until else {
        let words =
            if standing.renews { "as long as it is renewed, by itself" } else { "until it is taken back" };
        return (words.to_owned(), Look::Plain);
    };
    let left = until.0.saturating_sub(shell.now.unix.0);
    let at = stamp(until, shell.now.zone);
    if left > 0 {
        let look = if standing.renews || left > 600 { Look::Plain } else { Look::Warn };
        return (format!("until {at}, {} from now; {renewed}", long(left)), look);
    }
    let look = if standing.renews { Look::Plain } else { Look::Bad };
    (format!("ended {at}, {} ago; {renewed}", long(-left)), look)
}

fn latency(rows: &mut Vec<Row>, session: &Session, cells: u16) {
    let Some(latency) = session.figures.latency() else {
        return entry(rows, "Latency", "no call was answered yet", Look::Dim, cells);
    };
    let of =
        if latency.calls == 1 { "one call".to_owned() } else { format!("the last {} calls", latency.calls) };
    let words = format!("median {}, 95 of 100 within {}; {of}", millis(latency.median), millis(latency.p95));
    entry(rows, "Latency", &words, Look::Plain, cells);
    entry(rows, "", &session.figures.bars(), Look::Accent, cells);
}

fn requests(rows: &mut Vec<Row>, session: &Session, shell: &Shell, cells: u16) {
    let count = usize::try_from(session.figures.requests(shell.now)).unwrap_or(usize::MAX);
    let made = if count == 0 { "none".to_owned() } else { count.to_string() };
    let made = format!("{made} in the last minute");
    let (pause, look) = match (shell.paused(), session.figures.paused) {
        (Some(left), _) => (format!("paused by the server for {left} s more"), Look::Warn),
        (None, Some(at)) => {
            let pauses = several(usize::try_from(session.figures.pauses).unwrap_or(usize::MAX), "pause");
            (format!("the server asked for {pauses}, last {} ago", past(shell, at)), Look::Plain)
        }
        (None, None) => ("the server asked for no pause".to_owned(), Look::Plain),
    };
    entry(rows, "Requests", &format!("{made}; {pause}"), look, cells);
}

fn reconnects(rows: &mut Vec<Row>, session: &Session, shell: &Shell, cells: u16) {
    let count = usize::try_from(session.figures.reconnects).unwrap_or(usize::MAX);
    let made = if count == 0 { "none".to_owned() } else { count.to_string() };
    let lost = session.figures.lost.as_ref().filter(|_| count > 0);
    let why = lost.map(|(at, sentence)| format!(", last lost {} ago. {sentence}", past(shell, *at)));
    entry(rows, "Reconnects", &format!("{made}{}", why.unwrap_or_default()), Look::Plain, cells);
}

fn messages(rows: &mut Vec<Row>, session: &Session, cells: u16) {
    if session.messages.count == 0 {
        return entry(rows, "Messages", "the server said nothing by itself", Look::Dim, cells);
    }
    let count = usize::try_from(session.messages.count).unwrap_or(usize::MAX);
    entry(rows, "Messages", &format!("{count} from the server, newest first"), Look::Dim, cells);
}
