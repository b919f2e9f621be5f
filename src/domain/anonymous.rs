//! The words of a conversation without the people in it, as the beginning of an article: names, addresses, numbers and links
//! that lead to one customer become plain placeholders. Takes the customer's first message and the teammates' answers, nothing
//! of internal notes. Better one word too many taken out than one too few; a teammate reads it before anybody else does.

mod names;
mod patterns;
mod plain;
#[cfg(test)]
mod tests;

use super::company::Company;
use super::contact::Contact;
use super::conversation::{Author, AuthorKind, Conversation, ConversationRow, Part, PartKind};
use super::paragraphs;
use names::Names;

/// How a paragraph of an article begins (intercom-mcp 7.1).
const PARAGRAPH: &str = "<p class=\"no-margin\">";

/// Bytes of words that are taken in all; more is no article.
const MOST: usize = 100_000;

/// A piece of text: still as it was, or what stands for something that was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Hole(&'static str),
}

/// What is known of the people in a conversation.
#[derive(Clone, Debug, Default)]
pub struct Known {
    names: Names,
    /// Ids of this customer, this conversation and this company, as they may stand in the text, the longest first.
    ids: Vec<String>,
}

impl Known {
    /// What the conversation itself tells.
    pub fn of(thread: &Conversation) -> Self {
        let mut known = Self::default();
        known.learn_id(thread.row.id.as_str());
        known.learn(&thread.row.author);
        for part in &thread.parts {
            known.learn(&part.author);
            part.assigned_to.iter().for_each(|author| known.learn(author));
        }
        thread.teammates.iter().for_each(|author| known.learn(author));
        known
    }

    /// What a list tells of a conversation.
    pub fn learn_row(&mut self, row: &ConversationRow) {
        self.learn_id(row.id.as_str());
        self.learn(&row.author);
    }

    /// What a contact's record tells.
    pub fn learn_contact(&mut self, contact: &Contact) {
        self.names.person(&contact.name, "[customer]");
        self.names.mailbox(&contact.email, "[customer]");
        self.names.domain(&contact.email);
        for id in [contact.external_id.as_str(), contact.id.as_str(), contact.phone.as_str()] {
            self.learn_id(id);
        }
    }

    /// What a company's record tells.
    pub fn learn_company(&mut self, company: &Company) {
        self.names.company(&company.name);
        self.names.website(&company.website);
        self.learn_id(&company.company_id);
        self.learn_id(company.id.as_str());
    }

    fn learn(&mut self, author: &Author) {
        match author.kind {
            AuthorKind::Customer | AuthorKind::Unknown => {
                self.names.person(&author.name, "[customer]");
                self.names.mailbox(&author.email, "[customer]");
                self.names.domain(&author.email);
                self.learn_id(&author.id);
            }
            AuthorKind::Admin => self.names.person(&author.name, "[teammate]"),
            AuthorKind::Fin | AuthorKind::Bot | AuthorKind::Team => {}
        }
    }

    fn learn_id(&mut self, id: &str) {
        if id.chars().count() > 2 && !self.ids.iter().any(|known| known == id) {
            // The longest first: what is a part of another one must not leave the rest of that.
            let at = self.ids.partition_point(|known| known.len() >= id.len());
            self.ids.insert(at, id.to_owned());
        }
    }

    /// The title of the conversation without the people in it.
    pub fn title(&self, thread: &Conversation) -> String {
        self.taken_out(&thread.row.subject)
    }

    /// A text without the people in it.
    pub fn taken_out(&self, text: &str) -> String {
        // What was removed within a name or an address must not part it.
        let pieces = vec![Piece::Text(text.replace(char::REPLACEMENT_CHARACTER, ""))];
        let pieces = patterns::links(pieces);
        let pieces = patterns::mail(pieces);
        let pieces = self.ids.iter().fold(pieces, |pieces, id| patterns::known(pieces, id));
        let pieces = patterns::phones(patterns::machines(pieces));
        let pieces = patterns::ids(pieces);
        let pieces = self.names.taken_out(pieces);
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.as_str(),
                Piece::Hole(word) => word,
            })
            .collect()
    }
}

/// The beginning of a text, in so many bytes at most: whole words, so that no half of an address is left.
fn within(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let cut = (0..=bytes).rev().find_map(|end| text.get(..end)).unwrap_or_default();
    cut.rfind(char::is_whitespace).map_or(cut, |end| &cut[..end])
}

/// The own words of a message, without quoted history, of its first `bytes` bytes of text at most. The people are still in them.
pub fn said(html: &str, bytes: usize) -> String {
    // Tags take room too: what is said at the beginning stands well within eight times as many bytes.
    within(&plain::words(within(html, bytes * 8)), bytes).to_owned()
}

/// The HTML of an article that begins with the customer's first message and goes on with the teammates' answers.
pub fn body(thread: &Conversation, known: &Known) -> String {
    let by = |kind| move |part: &&Part| part.author.kind == kind;
    let said = || thread.parts.iter().filter(|part| part.kind == PartKind::Message && !part.redacted);
    let question = said().find(by(AuthorKind::Customer));
    let answers = said().filter(by(AuthorKind::Admin));
    let mut html = String::new();
    for part in question.into_iter().chain(answers) {
        let Some(room) = MOST.checked_sub(html.len()).filter(|room| *room > 0) else { break };
        let words = known.taken_out(within(&plain::words(part.body.as_str()), room));
        html.push_str(&paragraphs::of(&words, PARAGRAPH));
    }
    html
}
