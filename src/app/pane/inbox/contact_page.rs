//! What the pages of a contact and a company say, from top to bottom. Each block says by itself that it is under way or
//! why it is not here.

use super::coverage::{grouped, grouped_words};
use super::customer::Subject;
use super::page::{Draft, Shown, Target};
use super::people::People;
use super::slot::Slot;
use crate::domain::company::Company;
use crate::domain::contact::Contact;
use crate::domain::conversation::{ConversationRow, State};
use crate::domain::id::{CompanyId, ContactId, ConversationId};
use crate::domain::page::Page;
use crate::domain::roster::Roster;

/// Adds why a block is not here, or that it is under way. False when there is nothing to say.
fn absent<T>(draft: &mut Draft, slot: &Slot<T>) -> bool {
    if let Some(fault) = &slot.fault {
        draft.add(Shown::Fault(fault.sentence.to_string()));
        if !fault.hint.is_empty() {
            draft.add(Shown::Note(fault.hint.to_string()));
        }
    } else if slot.call.is_some() && slot.value.is_none() {
        draft.add(Shown::Loading);
    }
    slot.fault.is_some() || slot.call.is_some()
}

/// The contact's page.
pub fn contact(draft: &mut Draft, people: &People, subject: &Subject, roster: &Roster) {
    let Some(id) = &subject.contact else { return stranger(draft, subject) };
    let slot = people.contact(id);
    if let Some(contact) = &slot.value {
        draft.add(Shown::Title(contact.called().to_owned()));
        absent(draft, slot);
        facts(draft, contact, roster);
        companies(draft, people, contact);
    } else {
        draft.add(Shown::Title(subject.author.called().to_owned()));
        draft.pair("E-mail", &subject.author.email);
        absent(draft, slot);
    }
    others(draft, people.others(id), &subject.conversation);
    if let Some(contact) = &slot.value {
        draft.attributes(&contact.attributes);
    }
}

/// A customer of whom only the conversation tells.
fn stranger(draft: &mut Draft, subject: &Subject) {
    draft.add(Shown::Title(subject.author.called().to_owned()));
    draft.pair("E-mail", &subject.author.email);
    draft.add(Shown::Gap);
    draft.add(Shown::Note("The conversation names no contact;".into()));
    draft.add(Shown::Note("this is all it says.".into()));
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
    draft.pair("Owner", contact.owner.as_ref().map_or("", |id| roster.admin(id)));
    draft.pair("Their id", &contact.external_id);
    draft.names("Tags", &contact.tags);
}

fn companies(draft: &mut Draft, people: &People, contact: &Contact) {
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
        company_block(draft, people.company(id), id);
    }
    if !unasked.is_empty() {
        let and = if known.is_empty() { "" } else { "and " };
        draft.add(Shown::Note(format!("{and}{} more; c shows them.", unasked.len())));
    }
}

fn company_block(draft: &mut Draft, slot: &Slot<Box<Company>>, id: &CompanyId) {
    if let Some(company) = &slot.value {
        let name = Shown::Name(company.called().to_owned());
        draft.lead(name, Target::Company(id.clone()));
        draft.pair("Plan", &company.plan);
        draft.pair("Monthly spend", &grouped_words(&company.monthly_spend));
        draft.count("People", company.user_count);
    } else {
        absent(draft, slot);
    }
}

/// Conversations besides the one one came from, open ones first, otherwise in the server's order.
fn others(draft: &mut Draft, slot: &Slot<Page<ConversationRow>>, here: &ConversationId) {
    let rows: Vec<&ConversationRow> =
        slot.value.iter().flat_map(|page| &page.items).filter(|row| row.id != *here).collect();
    let (open, rest): (Vec<&ConversationRow>, Vec<&ConversationRow>) =
        rows.iter().partition(|row| row.state == State::Open);
    draft.section(&others_title(slot, open.len(), rows.len()));
    absent(draft, slot);
    if slot.value.is_some() && rows.is_empty() {
        draft.add(Shown::Note("No other conversation.".into()));
    }
    for row in open.into_iter().chain(rest) {
        let words = [&row.subject, &row.preview].into_iter().find(|words| !words.is_empty());
        let words = words.map_or_else(|| "(no words)".to_owned(), ToString::to_string);
        let shown = Shown::Conversation(row.state.clone(), words, row.updated_at.or(row.created_at));
        draft.lead(shown, Target::Conversation(row.id.clone()));
    }
}

fn others_title(slot: &Slot<Page<ConversationRow>>, open: usize, shown: usize) -> String {
    let Some(page) = &slot.value else { return "Other conversations".into() };
    let shown = shown as u64;
    let all = page.total.map_or(shown, |total| total.saturating_sub(1)).max(shown);
    match (shown, all > shown) {
        (0, false) => "Other conversations".into(),
        (_, false) => format!("Other conversations ({open} open of {})", grouped(all)),
        (_, true) => {
            format!("Other conversations ({open} open of the newest {shown}, {} in all)", grouped(all))
        }
    }
}

/// The company's page.
pub fn company(draft: &mut Draft, slot: &Slot<Box<Company>>, id: &CompanyId) {
    let Some(company) = &slot.value else {
        draft.add(Shown::Title(format!("Company {id}")));
        absent(draft, slot);
        return;
    };
    draft.add(Shown::Title(company.called().to_owned()));
    absent(draft, slot);
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
    draft.attributes(&company.attributes);
}

/// The address of a contact in Intercom.
pub fn address(web: &str, id: &ContactId) -> String {
    format!("{web}/a/apps/_/users/{id}")
}
