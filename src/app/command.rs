//! Every command, declared once: its name in the config, its words, its keys and the places where it works. Keys, help,
//! palette, footer and the README's table all come from here.

use super::list::Move;
use super::place::Place;
use Place::{
    Accounts, Article, Articles, Company, Contact, Doctor, Drafts, Editor, Exchange, First, Help, History,
    Inbox, Lint, Outline, Overview, Review, SignIn, Thread, Tool, Tools, Traffic,
};

/// Where a command works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// In every place except the confirmation and the server's questions, whose keys are their own; where text is typed, by
    /// chords and named keys only.
    Everywhere,
    /// In these places.
    In(&'static [Place]),
}

impl Scope {
    /// Whether the scope covers a place.
    pub fn covers(self, place: Place) -> bool {
        match self {
            Self::Everywhere => !matches!(place, Place::Confirmation | Place::Question),
            Self::In(places) => places.contains(&place),
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// The command.
    pub command: Command,
    /// Its name in the config: lower case, words joined by hyphens.
    pub name: &'static str,
    /// What it does, in a few words that begin with a verb.
    pub title: &'static str,
    /// Default keys, the one to show first.
    pub keys: &'static [&'static str],
    /// Where it works.
    pub scope: Scope,
    /// One or two words for the hints line, which lists rows in this order; empty to stay out of it.
    pub hint: &'static str,
}

macro_rules! commands {
    ($($(#[$doc:meta])* $command:ident $name:literal $title:literal [$($key:literal),*] $scope:expr, $hint:literal;)*) => {
        /// Something a person can ask the console to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command { $($(#[$doc])* $command),* }

        /// The table.
        pub const COMMANDS: &[Spec] = &[$(Spec {
            command: Command::$command, name: $name, title: $title, keys: &[$($key),*], scope: $scope, hint: $hint,
        }),*];
    };
}

const EVERYWHERE: Scope = Scope::Everywhere;
const LISTS: Scope = Scope::In(&[Inbox, Articles]);
const MOVING: Scope = Scope::In(&[
    Inbox,
    Thread,
    Contact,
    Company,
    Articles,
    Article,
    Review,
    Place::Conflict,
    Help,
    Overview,
    Tools,
    Tool,
    Traffic,
    Exchange,
    Accounts,
    Doctor,
    SignIn,
    First,
    Outline,
    Drafts,
    History,
    Place::Change,
    Lint,
]);
const SESSION: Scope = Scope::In(&[Overview, Tools, Tool, Traffic, Exchange, Accounts, Doctor, SignIn]);
const VIEWS: Scope = Scope::In(&[Overview, Tools, Traffic, Accounts, Doctor]);
const FIRST: Scope = Scope::In(&[First]);
const RECORDS: Scope = Scope::In(&[Inbox, Thread, Contact, Company, Articles, Article]);

commands! {
    /// Open the row under the cursor, or the next thing it leads to.
    Open "open" "Open what is under the cursor" ["enter", "l", "right"] Scope::In(&[Inbox, Articles, Contact, Tools, Traffic, Accounts, First, Outline, Drafts, History, Lint]), "open";
    /// Type into the search line.
    Search "search" "Search" ["/"] Scope::In(&[Inbox, Articles, Traffic]), "search";
    /// The customer of the conversation.
    Contact "contact" "Show the customer" ["c"] Scope::In(&[Inbox, Thread]), "customer";
    /// The company of the contact.
    Company "company" "Show the company" ["C"] Scope::In(&[Thread, Contact]), "company";
    /// Edit the article.
    Edit "edit" "Edit this article" ["e"] Scope::In(&[Articles, Article, Drafts]), "edit";
    /// Begin a new article.
    NewArticle "new-article" "Begin a new article" ["n"] Scope::In(&[Articles]), "new";
    /// The headings of the article.
    ShowOutline "outline" "Show the outline to jump in" ["t"] Scope::In(&[Article]), "outline";
    /// A link by its number.
    FollowLink "link" "Open or copy a link by its number" ["f"] Scope::In(&[Article]), "link";
    /// Tables that are wider than the window.
    ScrollLeft "scroll-left" "Show what is left of a wide table" ["<"] Scope::In(&[Article]), "";
    /// Tables that are wider than the window.
    ScrollRight "scroll-right" "Show what is right of a wide table" [">"] Scope::In(&[Article]), "";
    /// What was written from here.
    ShowHistory "history" "Show what was written from here" ["H"] Scope::In(&[Articles, Article]), "history";
    /// Edits that are kept on this machine.
    ShowDrafts "drafts" "Show the edits kept on this machine" ["d"] Scope::In(&[Articles]), "kept edits";
    /// A review that somebody saved to a file.
    OpenReview "open-review" "Open a review from a file" ["O"] Scope::In(&[Articles, Article]), "";
    /// Take back what a write did, as a new reviewed write.
    RestoreBefore "restore-before" "Go back to how it read before this write (reviewed first)" ["u"] Scope::In(&[History, Place::Change]), "undo…";
    /// Bring back what a write made.
    RestoreAfter "restore-after" "Bring back what this write made (reviewed first)" ["a"] Scope::In(&[History, Place::Change]), "restore…";
    /// Leave the editor's text as it is and look at what would change.
    Review "review" "Review what would change" ["ctrl-s"] Scope::In(&[Editor, Place::Conflict, Place::Note]), "review";
    /// What was typed stands.
    KeepMine "keep-mine" "Decide this overlap for my text" ["m"] Scope::In(&[Place::Conflict]), "mine";
    /// The server's copy stands.
    TakeTheirs "take-theirs" "Decide this overlap for their text" ["t"] Scope::In(&[Place::Conflict]), "theirs";
    /// Both stand, theirs first.
    KeepBoth "keep-both" "Keep both texts, theirs first" ["a"] Scope::In(&[Place::Conflict]), "both";
    /// The overlap as a person types it.
    EditOverlap "edit-overlap" "Type what shall stand here" ["e"] Scope::In(&[Place::Conflict]), "edit";
    /// Markdown, HTML source or preview.
    EditView "edit-view" "Switch between Markdown, HTML source and preview" ["ctrl-t", "f2"] Scope::In(&[Editor]), "md/html/preview";
    /// The text in another editor.
    OutsideEditor "outside-editor" "Edit the text in $EDITOR" ["alt-e"] Scope::In(&[Editor]), "";
    /// Words in the text.
    FindText "find" "Find words in the text" ["alt-f", "f3"] Scope::In(&[Editor]), "";
    /// What Intercom will change or refuse.
    ShowLint "lint" "Show what Intercom will change or refuse" ["alt-l", "f8"] Scope::In(&[Editor]), "";
    /// The repair that is offered.
    Repair "repair" "Repair this" ["r"] Scope::In(&[Lint]), "repair";
    /// Open the confirmation.
    Send "send" "Send this change…" ["s"] Scope::In(&[Review]), "send…";
    /// Two columns or one.
    SideBySide "side-by-side" "Show before and after side by side" ["tab"] Scope::In(&[Review, Place::Conflict, Place::Change]), "side by side";
    /// One changed block as it was.
    RevertBlock "revert-block" "Take back the change that is gone to" ["x"] Scope::In(&[Review]), "revert this";
    /// The review as a file.
    SaveReview "save-review" "Save this review to a file, for somebody else to confirm" ["w"] Scope::In(&[Review]), "";
    /// Rendered words or HTML source.
    View "view" "Switch between words and HTML source" ["v"] Scope::In(&[Review, Place::Conflict, Place::Change]), "words/source";
    /// The next change.
    NextChange "next-change" "Go to the next change" ["n"] Scope::In(&[Review, Place::Conflict, Place::Change]), "next change";
    /// The change before.
    PreviousChange "previous-change" "Go to the previous change" ["N"] Scope::In(&[Review, Place::Conflict, Place::Change]), "";
    /// What was typed for the overlap stands.
    TakeOwn "take-own" "Let this text stand" ["ctrl-s"] Scope::In(&[Place::Overlap]), "let it stand";
    /// Nothing of what was typed stands.
    DropEdit "drop-edit" "Drop my whole edit and continue from their copy" ["X"] Scope::In(&[Place::Conflict]), "";
    /// The next field of the editor.
    NextField "next-field" "Go to the next field" ["tab"] Scope::In(&[Editor]), "next field";
    /// The field before.
    PreviousField "previous-field" "Go to the previous field" ["shift-tab"] Scope::In(&[Editor]), "";
    /// One step of typing back.
    Undo "undo" "Undo" ["alt-z"] Scope::In(&[Editor, Review, Place::Overlap, Place::Note]), "undo";
    /// The step again.
    Redo "redo" "Redo" ["alt-y"] Scope::In(&[Editor, Place::Overlap, Place::Note]), "";
    /// Throw the draft away.
    Discard "discard" "Throw this edit away" ["ctrl-x"] Scope::In(&[Editor, Drafts]), "discard";
    /// Published, drafts or all.
    Filter "filter" "Show all, live or draft articles" ["s"] Scope::In(&[Articles]), "all/live/drafts";
    /// Show or fold events.
    Events "events" "Show or hide events" ["e"] Scope::In(&[Thread]), "events";
    /// Show or fold quoted history.
    Quotes "quotes" "Unfold or fold quoted history" ["z"] Scope::In(&[Thread]), "quotes";
    /// A note that only teammates see.
    AddNote "note" "Write an internal note" ["i"] Scope::In(&[Thread]), "note";
    /// A new article from what was said.
    DraftFrom "draft-from" "Begin an article from this conversation" ["A"] Scope::In(&[Thread]), "";
    /// Every page of the search.
    LoadAll "load-all" "Load every page of this search" ["L"] LISTS, "load all";
    /// The same again, fresh from the server.
    Refresh "refresh" "Refresh from the server" ["r", "f5"] RECORDS, "refresh";
    /// Open in Intercom.
    Browse "browse" "Open in the browser" ["o"] Scope::In(&[Inbox, Thread, Contact, Company, Articles, Article, SignIn]), "browser";
    /// Copy the address.
    CopyLink "copy-link" "Copy the link" ["y"] RECORDS, "copy link";
    /// Copy the id.
    CopyId "copy-id" "Copy the id" ["Y"] RECORDS, "";
    /// Copy what is shown.
    Copy "copy" "Copy what is shown" ["y"] Scope::In(&[Tool, Exchange, Doctor, SignIn]), "copy";
    /// Paste back the address that the browser ended at.
    PasteBack "paste-back" "Paste the address that the browser ended at" ["p"] Scope::In(&[SignIn]), "paste address";
    /// The session's browser sign-in.
    SignIn "sign-in" "Sign in with the browser" ["s"] SESSION, "sign in";
    /// Forget the sign-in.
    SignOut "sign-out" "Sign out (asked twice)" ["S"] SESSION, "";
    /// Take new and changed tools.
    AcceptTools "accept-tools" "Accept the server's tools as they are…" ["A"] Scope::In(&[Tools, Tool]), "accept…";
    /// The next view of the session.
    NextView "next-view" "Go to the next view" ["tab"] VIEWS, "next view";
    /// The view before.
    PreviousView "previous-view" "Go to the view before" ["shift-tab"] VIEWS, "";
    /// The overview.
    ShowOverview "show-overview" "Show the overview" ["o"] VIEWS, "";
    /// The tools.
    ShowTools "show-tools" "Show the server's tools" ["t"] VIEWS, "";
    /// The traffic.
    ShowTraffic "show-traffic" "Show the traffic" ["w"] VIEWS, "";
    /// The accounts.
    ShowAccounts "show-accounts" "Show the accounts" ["a"] VIEWS, "";
    /// Sign in at Intercom in the United States.
    FirstUs "first-us" "Sign in at Intercom in the United States" ["u"] FIRST, "";
    /// Sign in at Intercom in Europe.
    FirstEu "first-eu" "Sign in at Intercom in Europe" ["e"] FIRST, "";
    /// Sign in at an address.
    FirstAddress "first-address" "Sign in at another address" ["a"] FIRST, "";
    /// Use a token.
    FirstToken "first-token" "Use an access token" ["t"] FIRST, "";
    /// Use mcp-remote's sign-in.
    FirstRemote "first-mcp-remote" "Use the sign-in of mcp-remote" ["m"] FIRST, "";
    /// Look at the demo.
    FirstDemo "first-demo" "Look at the demo" ["d"] FIRST, "";
    /// One step back.
    Back "back" "Go back" ["esc", "h", "left"] EVERYWHERE, "back";
    /// Up.
    Up "up" "Move up" ["k", "up"] MOVING, "";
    /// Down.
    Down "down" "Move down" ["j", "down"] MOVING, "";
    /// One page up.
    PageUp "page-up" "Move one page up" ["pageup", "ctrl-b", "ctrl-u", "b"] MOVING, "";
    /// One page down.
    PageDown "page-down" "Move one page down" ["pagedown", "ctrl-f", "ctrl-d", "space"] MOVING, "";
    /// The first.
    Top "top" "Go to the top" ["g", "home"] MOVING, "";
    /// The last.
    Bottom "bottom" "Go to the bottom" ["G", "end"] MOVING, "";
    /// The other pane of the screen.
    NextPane "next-pane" "Go to the next pane" ["tab"] Scope::In(&[Inbox, Thread, Contact, Company]), "";
    /// The Inbox.
    GoInbox "inbox" "Go to the Inbox" ["1", "alt-1"] EVERYWHERE, "";
    /// The articles.
    GoArticles "articles" "Go to the articles" ["2", "alt-2"] EVERYWHERE, "";
    /// The session.
    GoSession "session" "Go to the session" ["3", "alt-3"] EVERYWHERE, "";
    /// Let the doctor look.
    Examine "doctor" "Let the doctor examine the connection" ["D"] EVERYWHERE, "";
    /// Dial now.
    Reconnect "reconnect" "Connect again now" ["R"] EVERYWHERE, "";
    /// The palette.
    Palette "palette" "Find a command" [":", "ctrl-k"] EVERYWHERE, "";
    /// The help.
    Help "help" "Show the keys of this place" ["?", "f1"] EVERYWHERE, "help";
    /// Paint anew.
    Redraw "redraw" "Paint the screen anew" ["ctrl-l"] EVERYWHERE, "";
    /// Stop until continued.
    Suspend "suspend" "Suspend to the shell" ["ctrl-z"] EVERYWHERE, "";
    /// Leave.
    Quit "quit" "Quit" ["q", "ctrl-c", "ctrl-q"] EVERYWHERE, "quit";
}

impl Command {
    /// The movement it stands for; none for all others.
    #[expect(clippy::wildcard_enum_match_arm, reason = "six commands move, the rest does not")]
    pub fn movement(self) -> Option<Move> {
        Some(match self {
            Self::Up => Move::Up,
            Self::Down => Move::Down,
            Self::PageUp => Move::PageUp,
            Self::PageDown => Move::PageDown,
            Self::Top => Move::Top,
            Self::Bottom => Move::Bottom,
            _ => return None,
        })
    }
}

/// The row of a command.
pub fn spec(command: Command) -> &'static Spec {
    let found = COMMANDS.iter().find(|spec| spec.command == command);
    // Every variant is made by the row that describes it, so the first row is never the answer in practice.
    found.unwrap_or(&COMMANDS[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::Key;

    #[test]
    fn names_are_unique_and_keys_can_be_read() {
        let mut names: Vec<&str> = COMMANDS.iter().map(|spec| spec.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COMMANDS.len());
        for spec in COMMANDS {
            assert!(!spec.keys.is_empty(), "{} has no key", spec.name);
            spec.keys.iter().for_each(|key| assert!(key.parse::<Key>().is_ok(), "{key}"));
            assert_eq!(spec.command, super::spec(spec.command).command);
        }
    }
}
