//! The table of commands. Owns names, words, keys and places; refuses to do anything.

use super::{Scope, Spec};
use crate::app::place::Place;
use Place::{
    Accounts, Article, Articles, Company, Contact, Doctor, Drafts, Editor, Exchange, First, Help, History,
    Inbox, Lint, Outline, Overview, Review, SignIn, Thread, Tool, Tools, Traffic,
};

macro_rules! commands {
    ($($(#[$doc:meta])* $command:ident $name:literal $title:literal [$($key:literal),*] $scope:expr, $hint:literal $(, $also:literal)?;)*) => {
        /// Something a person can ask the console to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command { $($(#[$doc])* $command),* }

        /// The table.
        pub const COMMANDS: &[Spec] = &[$(Spec {
            command: Command::$command, name: $name, title: $title, keys: &[$($key),*], scope: $scope, hint: $hint,
            also: concat!("" $(, $also)?),
        }),*];
    };
}

const EVERYWHERE: Scope = Scope::Everywhere;
const LISTS: Scope = Scope::In(&[Inbox, Place::People, Place::Companies, Articles]);
const MOVING: Scope = Scope::In(&[
    Inbox,
    Place::Views,
    Place::ToolCall,
    Thread,
    Contact,
    Company,
    Place::Answers,
    Place::Candidate,
    Place::Insight,
    Place::People,
    Place::Companies,
    Place::Names,
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
const SESSION: Scope =
    Scope::In(&[Overview, Tools, Tool, Traffic, Exchange, Accounts, Doctor, Place::Names, SignIn]);
const VIEWS: Scope = Scope::In(&[Overview, Tools, Traffic, Accounts, Place::Names, Doctor]);
const FIRST: Scope = Scope::In(&[First]);
const RECORDS: Scope = Scope::In(&[
    Inbox,
    Thread,
    Contact,
    Company,
    Place::Answers,
    Place::Candidate,
    Place::People,
    Place::Companies,
    Articles,
    Article,
]);
/// Where one conversation is meant.
const CONVERSATION: Scope = Scope::In(&[Inbox, Thread]);

commands! {
    /// Open the row under the cursor, or the next thing it leads to.
    Open "open" "Open what is under the cursor" ["enter", "l", "right"] Scope::In(&[Inbox, Place::Views, Articles, Contact, Company, Place::Answers, Place::Insight, Place::People, Place::Companies, Tools, Traffic, Accounts, First, Outline, Drafts, History, Lint]), "open", "read enter";
    /// Type into the search line.
    Search "search" "Search" ["/"] Scope::In(&[Inbox, Place::Views, Place::People, Place::Companies, Place::Answers, Articles, Traffic, Place::Names]), "search", "find query";
    /// The views and their counts.
    ShowViews "views" "Show the views with their counts" ["v"] Scope::In(&[Inbox]), "views", "mine unassigned saved searches queue counts";
    /// The view after this one.
    NextSaved "next-saved" "Open the next view" ["]"] Scope::In(&[Inbox, Place::Views]), "", "saved search queue";
    /// The view before this one.
    PreviousSaved "previous-saved" "Open the view before" ["["] Scope::In(&[Inbox, Place::Views]), "", "saved search queue";
    /// Which teammate one is.
    SetMe "me" "Say which teammate you are" ["m"] Scope::In(&[Inbox, Place::Views]), "I am…", "mine myself who am i name my login";
    /// Dealt with, as far as this machine is concerned.
    MarkDone "done" "Mark as done here, or not (local)" ["d"] CONVERSATION, "done", "close resolve archive finish";
    /// Out of the way until a time.
    Snooze "snooze" "Put away until a time (local)" ["w"] CONVERSATION, "later", "later postpone remind tomorrow sleep defer";
    /// Always on top.
    Pin "pin" "Keep on top, or not (local)" ["p"] CONVERSATION, "", "star";
    /// Words of one's own about a conversation.
    Memo "memo" "Write a private note that stays on this machine" ["M"] CONVERSATION, "", "remark reminder comment";
    /// The last decision of this run, whole.
    UndoMark "undo-mark" "Take back what was decided last, step by step (local)" ["U"] CONVERSATION, "", "unmark revert";
    /// What is put away is shown, or not.
    ShowAway "show-away" "Show or hide what is done or put away here" ["H"] Scope::In(&[Inbox]), "", "hidden snoozed archived";
    /// The rows that hold these letters.
    FilterLoaded "filter-loaded" "Filter what is loaded as you type" ["f"] Scope::In(&[Inbox]), "filter", "find narrow fuzzy";
    /// The next order.
    Sort "sort" "Sort by the next thing: waiting, updated, created, first reply, priority, SLA" ["s"] Scope::In(&[Inbox]), "sort", "order";
    /// The other end first.
    SortBack "sort-back" "Turn the order round" ["S"] Scope::In(&[Inbox]), "", "reverse sort ascending descending";
    /// The row is one of several that are meant.
    Choose "choose" "Choose this row, or not" ["x"] Scope::In(&[Inbox]), "", "select tick several mark";
    /// Every row, or none.
    ChooseAll "choose-all" "Choose every row that is shown, or none" ["X"] Scope::In(&[Inbox]), "", "select tick several mark";
    /// Rows as JSON.
    Export "export" "Export the chosen rows, or all, as JSON to a file" ["E"] Scope::In(&[Inbox]), "", "save download";
    /// The marks of this machine as JSON.
    ExportMarks "export-marks" "Export the marks of this machine as JSON to a file" ["alt-m"] Scope::In(&[Inbox, Place::Views]), "", "save download backup";
    /// Boxes for a query.
    ShowForm "form" "Fill in a form instead of a query, or back" ["F", "f2", "ctrl-t"] Scope::In(&[Inbox, Place::SearchLine, Place::SearchForm]), "form", "boxes search builder advanced";
    /// What goes over the wire for this search.
    ShowCall "show-call" "Show the exact tool call of this search" ["="] Scope::In(&[Inbox, Place::ToolCall]), "", "query sent json mcp arguments";
    /// Articles for a conversation.
    ShowAnswers "answers" "Look for an article that answers this" ["a"] CONVERSATION, "article?", "help center suggest reply";
    /// Numbers instead of rows.
    ShowInsight "insight" "Show what this list looks like in numbers" ["I"] Scope::In(&[Inbox, Place::Views]), "", "figures statistics report dashboard chart board stats charts";
    /// The part of the board below.
    NextSection "next-section" "Go to the next part" ["tab"] Scope::In(&[Place::Insight]), "next part";
    /// The part of the board above.
    PreviousSection "previous-section" "Go to the part before" ["shift-tab"] Scope::In(&[Place::Insight]), "";
    /// Words in a thread.
    FindInThread "find-in-thread" "Find words in this conversation" ["/"] Scope::In(&[Thread]), "find", "search";
    /// The next place that was found.
    FindNext "find-next" "Go to the next place that was found" ["n"] Scope::In(&[Thread]), "";
    /// The place found before.
    FindPrevious "find-previous" "Go to the place found before" ["N"] Scope::In(&[Thread]), "";
    /// The next conversation of the list.
    NextThread "next-conversation" "Read the next conversation of the list" ["J"] Scope::In(&[Thread]), "next";
    /// The conversation before.
    PreviousThread "previous-conversation" "Read the conversation before" ["K"] Scope::In(&[Thread]), "";
    /// The next message or note.
    NextPart "next-message" "Go to the next message" ["}"] Scope::In(&[Thread]), "";
    /// The message or note before.
    PreviousPart "previous-message" "Go to the message before" ["{"] Scope::In(&[Thread]), "";
    /// What the customer said last.
    LastCustomer "last-customer" "Go to the customer's last message" ["u"] Scope::In(&[Thread]), "last word";
    /// The next internal note.
    NextNote "next-note" "Go to the next internal note" ["t"] Scope::In(&[Thread]), "";
    /// The message under the mark.
    CopyMessage "copy-message" "Copy this message" ["m"] Scope::In(&[Thread]), "";
    /// The message as a quote.
    CopyQuote "copy-quote" "Copy this message as a quote" ["Q"] Scope::In(&[Thread]), "";
    /// The thread in Markdown.
    CopyMarkdown "copy-markdown" "Copy the whole conversation as Markdown" ["T"] Scope::In(&[Thread]), "", "export thread";
    /// The thread in plain words.
    CopyPlain "copy-plain" "Copy the whole conversation as plain text" ["P"] Scope::In(&[Thread]), "", "export thread";
    /// The record's fields as the program has them.
    CopyJson "copy-json" "Copy this as JSON" ["J"] Scope::In(&[Contact, Company, Place::People, Place::Companies]), "";
    /// Who belongs to a company.
    ShowMembers "members" "Show the people of this company" ["p"] Scope::In(&[Company, Place::Companies]), "people", "contacts users";
    /// What a company's people wrote.
    ShowConversations "conversations" "Show their conversations in the Inbox" ["v"] Scope::In(&[Company, Place::Companies, Contact, Place::People]), "conversations", "inbox history";
    /// A name put right by hand.
    CorrectName "correct-name" "Correct this name" ["e"] Scope::In(&[Place::Names]), "correct", "rename roster edit";
    /// A name forgotten.
    ForgetName "forget-name" "Forget this name" ["x"] Scope::In(&[Place::Names]), "forget", "delete remove";
    /// The customer of the conversation.
    Contact "contact" "Show the customer" ["c"] CONVERSATION, "customer", "person profile user";
    /// The company of the contact.
    Company "company" "Show the company" ["C"] Scope::In(&[Thread, Contact]), "company";
    /// Edit the article.
    Edit "edit" "Edit this article" ["e"] Scope::In(&[Articles, Article, Drafts]), "edit", "change write";
    /// Begin a new article.
    NewArticle "new-article" "Begin a new article" ["n"] Scope::In(&[Articles]), "new", "create write";
    /// The headings of the article.
    ShowOutline "outline" "Show the outline to jump in" ["t"] Scope::In(&[Article]), "outline", "headings contents";
    /// A link by its number.
    FollowLink "link" "Open or copy a link by its number" ["f"] Scope::In(&[Article, Thread, Place::Candidate]), "link";
    /// Tables that are wider than the window.
    ScrollLeft "scroll-left" "Show what is left of a wide table" ["<"] Scope::In(&[Article, Place::Candidate]), "";
    /// Tables that are wider than the window.
    ScrollRight "scroll-right" "Show what is right of a wide table" [">"] Scope::In(&[Article, Place::Candidate]), "";
    /// What was written from here.
    ShowHistory "history" "Show what was written from here" ["H"] Scope::In(&[Articles, Article]), "history", "journal log undo";
    /// Edits that are kept on this machine.
    ShowDrafts "drafts" "Show the edits kept on this machine" ["d"] Scope::In(&[Articles]), "kept edits";
    /// A review that somebody saved to a file.
    OpenReview "open-review" "Open a review from a file" ["O"] Scope::In(&[Articles, Article]), "";
    /// Take back what a write did, as a new reviewed write.
    RestoreBefore "restore-before" "Go back to how it read before this write (reviewed first)" ["u"] Scope::In(&[History, Place::Change]), "undo…";
    /// Bring back what a write made.
    RestoreAfter "restore-after" "Bring back what this write made (reviewed first)" ["a"] Scope::In(&[History, Place::Change]), "restore…";
    /// Leave the editor's text as it is and look at what would change.
    Review "review" "Review what would change" ["ctrl-s"] Scope::In(&[Editor, Place::Conflict, Place::Note]), "review", "save send publish";
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
    Send "send" "Send this change…" ["s"] Scope::In(&[Review]), "send…", "save publish confirm";
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
    Discard "discard" "Throw this edit away" ["ctrl-x"] Scope::In(&[Editor, Drafts]), "discard", "delete drop";
    /// Published, drafts or all.
    Filter "filter" "Show all, live or draft articles" ["s"] Scope::In(&[Articles]), "all/live/drafts";
    /// Show or fold events.
    Events "events" "Show or hide events" ["e"] Scope::In(&[Thread]), "events", "fold";
    /// Show or fold quoted history.
    Quotes "quotes" "Unfold or fold quoted history" ["z"] Scope::In(&[Thread]), "quotes";
    /// A note that only teammates see.
    AddNote "note" "Write an internal note" ["i"] Scope::In(&[Thread]), "note", "comment teammates";
    /// A new article from what was said.
    DraftFrom "draft-from" "Begin an article from this conversation" ["A"] Scope::In(&[Thread, Place::Answers, Place::Candidate]), "", "new write help center";
    /// Every page of the search.
    LoadAll "load-all" "Load every page of this search" ["L"] LISTS, "load all", "more rows everything";
    /// The same again, fresh from the server.
    Refresh "refresh" "Refresh from the server" ["r", "f5"] Scope::In(&[Inbox, Place::Views, Thread, Contact, Company, Place::Answers, Place::Candidate, Place::Insight, Place::People, Place::Companies, Articles, Article]), "refresh", "reload update";
    /// Open in Intercom.
    Browse "browse" "Open in the browser" ["o"] Scope::In(&[Inbox, Thread, Contact, Company, Place::Answers, Place::Candidate, Place::People, Place::Companies, Articles, Article, SignIn]), "browser", "intercom web";
    /// Copy the address.
    CopyLink "copy-link" "Copy the link" ["y"] RECORDS, "copy link", "url address";
    /// Copy the id.
    CopyId "copy-id" "Copy the id" ["Y"] RECORDS, "";
    /// Copy what is shown.
    Copy "copy" "Copy what is shown" ["y"] Scope::In(&[Tool, Place::ToolCall, Exchange, Doctor, SignIn, Place::Insight, Place::Names]), "copy";
    /// Paste back the address that the browser ended at.
    PasteBack "paste-back" "Paste the address that the browser ended at" ["p"] Scope::In(&[SignIn]), "paste address";
    /// The session's browser sign-in.
    SignIn "sign-in" "Sign in with the browser" ["s"] SESSION, "sign in", "account login";
    /// Forget the sign-in.
    SignOut "sign-out" "Sign out (asked twice)" ["S"] SESSION, "", "account logout";
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
    /// The names learnt.
    ShowNames "show-names" "Show the names learnt" ["n"] VIEWS, "", "roster admins teams tags";
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
    NextPane "next-pane" "Go to the next pane" ["tab"] Scope::In(&[Inbox, Place::Views, Thread, Contact, Company]), "";
    /// The Inbox.
    GoInbox "inbox" "Go to the Inbox" ["1", "alt-1"] EVERYWHERE, "", "conversations";
    /// The people.
    GoPeople "people" "Go to the people" ["2", "alt-2"] EVERYWHERE, "", "contacts users customers";
    /// The companies.
    GoCompanies "companies" "Go to the companies" ["3", "alt-3"] EVERYWHERE, "";
    /// The articles.
    GoArticles "articles" "Go to the articles" ["4", "alt-4"] EVERYWHERE, "", "help center";
    /// The session.
    GoSession "session" "Go to the session" ["5", "alt-5"] EVERYWHERE, "", "connection";
    /// Let the doctor look.
    Examine "doctor" "Let the doctor examine the connection" ["D"] EVERYWHERE, "", "diagnose check health";
    /// Dial now.
    Reconnect "reconnect" "Connect again now" ["R"] EVERYWHERE, "", "dial link network";
    /// The palette.
    Palette "palette" "Find a command" [":", "ctrl-k"] EVERYWHERE, "";
    /// The help.
    Help "help" "Show the keys of this place" ["?", "f1"] EVERYWHERE, "help", "shortcuts bindings";
    /// Paint anew.
    Redraw "redraw" "Paint the screen anew" ["ctrl-l"] EVERYWHERE, "", "refresh";
    /// Stop until continued.
    Suspend "suspend" "Suspend to the shell" ["ctrl-z"] EVERYWHERE, "", "background";
    /// Leave.
    Quit "quit" "Quit" ["q", "ctrl-c", "ctrl-q"] EVERYWHERE, "quit", "exit leave";
}
