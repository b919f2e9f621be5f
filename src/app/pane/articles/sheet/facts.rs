//! What a review says besides the change itself: which workspace, which article, whose name. Somebody else's words in a
//! sentence of ours are one clean line.

use crate::app::shell::Shell;
use crate::domain::article::Parent;
use crate::domain::change::Review;
use crate::domain::id::AdminId;
use crate::domain::link::Link;
use crate::domain::roster::Roster;

/// What a review is told beside the change.
pub(in crate::app::pane::articles) struct Facts<'a> {
    /// The workspace, in words: `the demo workspace`, `mcp.intercom.com, account acme`.
    pub(in crate::app::pane::articles) workspace: String,
    pub(in crate::app::pane::articles) roster: &'a Roster,
    /// Who made the review, when and where it was read, in sentences; none for one that was made here.
    pub(in crate::app::pane::articles) origin: Vec<String>,
}

/// The workspace that is open, in words; empty while nothing is known of it.
fn workspace(shell: &Shell) -> String {
    let host = match &shell.link {
        Link::Up(server) => server.host.as_str(),
        Link::Connecting { .. } | Link::Down { .. } | Link::Closed => "",
    };
    match (shell.options.demo, shell.account.as_str()) {
        (true, _) => "the demo workspace".into(),
        (false, "") => host.to_owned(),
        (false, account) if account == host => host.to_owned(),
        (false, account) if host.is_empty() => format!("account {account}"),
        (false, account) => format!("{host}, account {account}"),
    }
}

impl<'a> Facts<'a> {
    /// What the shell knows, of a review that was made here.
    pub(in crate::app::pane::articles) fn of(shell: &'a Shell) -> Self {
        Self { workspace: workspace(shell), roster: &shell.roster, origin: Vec::new() }
    }
}

/// A teammate by name, or by number where the name was never seen.
pub(super) fn name(roster: Option<&Roster>, id: &AdminId) -> String {
    match roster.map(|roster| roster.admin(id)) {
        Some(name) if name != id.as_str() => name.to_owned(),
        Some(_) | None => format!("teammate {id}"),
    }
}

/// What an article hangs below, in words.
pub(super) fn place(parent: &Parent) -> String {
    let kind = if parent.kind.is_empty() { "collection" } else { parent.kind.as_str() };
    format!("{kind} {}", crate::domain::text::Clean::line(&parent.id))
}

/// Whose name will stand on the article.
pub(super) fn author(review: &Review, roster: &Roster) -> String {
    const STAMP: &str = "Intercom may put yours in its place.";
    let name = |id| name(Some(roster), id);
    let (now, then) = (review.base().row.author.as_ref(), review.changes().author.as_ref());
    match (then, now) {
        (Some(then), _) if review.is_new() => format!("The name on it will be {}; {STAMP}", name(then)),
        (Some(then), Some(now)) => {
            format!("The name on it becomes {} (now {}); {STAMP}", name(then), name(now))
        }
        (Some(then), None) => format!("The name on it becomes {}; {STAMP}", name(then)),
        (None, Some(now)) => format!("The name on it stays {}; {STAMP}", name(now)),
        (None, None) => "Whose name is on it was not said; Intercom may put yours there.".into(),
    }
}
