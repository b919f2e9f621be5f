//! What the pages of a contact and a company say, from top to bottom. Each block says by itself that it is under way or
//! why it is not here.

use std::cmp::Reverse;

use super::coverage::{grouped, grouped_words};
use super::customer::Subject;
use super::page::{Draft, Shown, Target};
use super::people::{People, is_partial};
use super::slot::Slot;
use crate::app::command::Command;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::company::Company;
use crate::domain::contact::Contact;
use crate::domain::conversation::{ConversationRow, State, Tag};
use crate::domain::id::{CompanyId, ContactId, ConversationId};
use crate::domain::roster::Roster;
use crate::domain::text::Clean;

/// Adds why a block is not here, or that it is under way.
fn absent<T>(draft: &mut Draft, slot: &Slot<T>, shell: &Shell) {
    if let Some(fault) = &slot.fault {
        draft.fault(fault);
    } else if slot.value.is_none() && slot.call.is_some() {
        draft.add(Shown::Loading);
    } else if slot.value.is_none() && slot.cancelled {
        let again = shell.key(Place::Contact, Command::Refresh);
        draft.note(&format!("Loading was cancelled; {again} loads it."));
    }
}

/// The contact's page.
pub fn contact(draft: &mut Draft, people: &People, subject: &Subject, shell: &Shell) {
    let Some(id) = &subject.contact else { return stranger(draft, subject) };
    let slot = people.contact(id);
    if let Some(contact) = &slot.value {
        draft.add(Shown::Title(contact.called().to_owned()));
        absent(draft, slot, shell);
        facts(draft, contact, &shell.roster);
        companies(draft, people, contact, shell);
    } else {
        draft.add(Shown::Title(subject.author.called().to_owned()));
        draft.pair("E-mail", &subject.author.email);
        absent(draft, slot, shell);
    }
    others(draft, people, id, subject.conversation.as_ref(), shell);
    if let Some(contact) = &slot.value {
        draft.attributes(&contact.attributes);
    }
}

/// A customer of whom only the conversation tells.
fn stranger(draft: &mut Draft, subject: &Subject) {
    draft.add(Shown::Title(subject.author.called().to_owned()));
    draft.pair("E-mail", &subject.author.email);
    draft.add(Shown::Gap);
    draft.note("The conversation names no contact; this is all it says.");
}

fn facts(draft: &mut Draft, contact: &Contact, roster: &Roster) {
    if contact.bounced {
        draft.add(Shown::Warning("Mail to them bounced.".into()));
    }
    if contact.unsubscribed {
        draft.add(Shown::Warning("Unsubscribed from e-mail.".into()));
    }
    draft.pair("E-mail", &contact.email);
    draft.pair("Phone", &contact.phone);
    draft.pair("Role", &contact.role);
    draft.pair("Location", &contact.location);
    draft.pair("Device", &contact.device);
    draft.moment("Last seen", contact.last_seen_at);
    draft.moment("Last wrote", contact.last_replied_at);
    draft.moment("We last wrote", contact.last_contacted_at);
    draft.moment("Signed up", contact.signed_up_at);
    draft.moment("Created", contact.created_at);
    draft.pair("Owner", &contact.owner_called(roster));
    draft.pair("Their id", &contact.external_id);
    draft.names("Tags", &named(&contact.tags, roster));
}

/// Tags by the names that are known of them: a contact holds ids only.
fn named(tags: &[Tag], roster: &Roster) -> Vec<Tag> {
    let known = |tag: &Tag| {
        let name =
            if tag.name.as_str() == &*tag.id { Clean::line(roster.tag(&tag.id)) } else { tag.name.clone() };
        Tag { name, ..tag.clone() }
    };
    tags.iter().map(known).collect()
}

fn companies(draft: &mut Draft, people: &People, contact: &Contact, shell: &Shell) {
    let shown = contact.companies.len() as u64;
    let total = contact.companies_total.unwrap_or(shown).max(shown);
    let name = match total {
        0 | 1 => "Company".to_owned(),
        _ if total > shown => format!("Companies ({shown} of {})", grouped(total)),
        _ => format!("Companies ({shown})"),
    };
    draft.section(&name);
    if contact.companies.is_empty() {
        draft.add(Shown::Note("No company.".into()));
    }
    let (unasked, known): (Vec<&CompanyId>, Vec<&CompanyId>) =
        contact.companies.iter().partition(|id| people.company(id).is_untouched());
    for (at, id) in known.iter().enumerate() {
        if at > 0 && people.company(known[at - 1]).value.is_some() {
            draft.add(Shown::Gap);
        }
        company_block(draft, people.company(id), id, shell);
    }
    if !unasked.is_empty() {
        let and = if known.is_empty() { "" } else { "and " };
        let key = shell.key(Place::Thread, Command::Contact);
        draft.note(&format!("{and}{} more; {key} shows them.", unasked.len()));
    }
}

fn company_block(draft: &mut Draft, slot: &Slot<Box<Company>>, id: &CompanyId, shell: &Shell) {
    if let Some(company) = &slot.value {
        let name = Shown::Name(company.called().to_owned());
        draft.lead(name, Target::Company(id.clone()));
        draft.pair("Plan", &company.plan);
        draft.pair("Monthly spend", &grouped_words(&company.monthly_spend));
        draft.count("People", company.user_count);
    } else {
        absent(draft, slot, shell);
    }
}

/// Conversations besides the one one came from: open ones first, then the newest.
fn others(draft: &mut Draft, people: &People, id: &ContactId, here: Option<&ConversationId>, shell: &Shell) {
    let slot = people.others(id);
    let items = slot.value.iter().flat_map(|page| &page.items);
    let mut rows: Vec<&ConversationRow> = items.filter(|row| Some(&row.id) != here).collect();
    let changed = |row: &ConversationRow| row.updated_at.or(row.created_at);
    rows.sort_by_key(|row| (row.state != State::Open, Reverse(changed(row))));
    let open = rows.iter().filter(|row| row.state == State::Open).count();
    draft.section(&others_title(people, id, here.is_some(), (open, rows.len())));
    absent(draft, slot, shell);
    if let Some(fault) = &people.open(id).fault {
        draft.note(&format!("The open ones could not be counted: {}", fault.sentence));
    }
    if slot.value.is_some() && rows.is_empty() {
        draft.add(Shown::Note(
            if here.is_some() { "No other conversation." } else { "No conversation." }.into(),
        ));
    }
    for row in rows {
        let words = [&row.subject, &row.preview].into_iter().find(|words| !words.is_empty());
        let words = words.map_or_else(|| "(no words)".to_owned(), ToString::to_string);
        let shown = Shown::Conversation(row.state.clone(), words, changed(row));
        draft.lead(shown, Target::Conversation(row.id.clone()));
    }
}

/// How many there are and how many of them are open. Where the page holds all but the one that is read, those are counted
/// here; else the server's figures are told, which count that one too.
fn others_title(people: &People, id: &ContactId, besides: bool, (open, shown): (usize, usize)) -> String {
    let name = if besides { "Other conversations" } else { "Conversations" };
    let Some(page) = &people.others(id).value else { return name.into() };
    if !is_partial(page) {
        return if shown == 0 { name.into() } else { format!("{name} ({open} open of {shown})") };
    }
    let counted = people.open(id);
    let open = match &counted.value {
        Some(count) if count.exact => format!("{} open", grouped(count.number)),
        Some(count) => format!("{} or more open", grouped(count.number)),
        None if counted.call.is_some() => "counting the open ones…".into(),
        None => format!("{open} of these open"),
    };
    let all = match page.total {
        Some(total) => format!("{} in all", grouped(total)),
        None => format!("more than {shown} in all"),
    };
    format!("Conversations ({open}, {all}, {shown} here)")
}

/// The company's page.
pub fn company(draft: &mut Draft, slot: &Slot<Box<Company>>, id: &CompanyId, shell: &Shell) {
    let Some(company) = &slot.value else {
        draft.add(Shown::Title(format!("Company {id}")));
        absent(draft, slot, shell);
        return members(draft, id, shell);
    };
    draft.add(Shown::Title(company.called().to_owned()));
    absent(draft, slot, shell);
    draft.pair("Plan", &company.plan);
    draft.pair("Monthly spend", &grouped_words(&company.monthly_spend));
    draft.count("Employees", company.size);
    draft.count("People", company.user_count);
    draft.count("Sessions", company.session_count);
    draft.pair("Website", &company.website);
    draft.pair("Industry", &company.industry);
    draft.moment("Last active", company.last_request_at);
    draft.moment("Created", company.created_at);
    draft.pair("Their id", &company.company_id);
    draft.pair("Intercom id", company.id.as_str());
    draft.names("Tags", &company.tags);
    draft.names("Segments", &company.segments);
    members(draft, id, shell);
    draft.attributes(&company.attributes);
}

/// The people of a company that were read so far, and what the tools can and cannot do about the rest.
fn members(draft: &mut Draft, id: &CompanyId, shell: &Shell) {
    let known = shell.membership.people(id);
    let name = if known.is_empty() { String::new() } else { format!(" read so far ({})", known.len()) };
    draft.section(&format!("People{name}"));
    let key = |command| shell.key(Place::Company, command);
    let none = "No tool finds people or conversations by company".to_owned();
    let people = shell
        .membership
        .domain(id)
        .map(|domain| format!("{} looks for people at @{domain}", key(Command::ShowMembers)));
    let theirs = (!known.is_empty())
        .then(|| format!("{} for what the people below wrote", key(Command::ShowConversations)));
    let offers: Vec<String> = people.into_iter().chain(theirs).collect();
    let offers = if offers.is_empty() { String::new() } else { format!("; {}", offers.join(", ")) };
    draft.note(&format!("{none}{offers}."));
    for member in known {
        let name = Shown::Person(member.called.to_string(), member.email.to_string());
        draft.lead(name, Target::Contact(member.clone()));
    }
}
