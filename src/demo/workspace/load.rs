//! Reading the shipped files and building the workspace.

use std::collections::HashMap;

use serde_json::Value;
use thiserror::Error;

use super::super::clock::Clock;
use super::{Article, Company, Desk, Person, PersonSeed, Record, Story, Workspace, growth};

const DESK: &str = include_str!("../../../assets/demo/desk.json");
const COMPANIES: &str = include_str!("../../../assets/demo/companies.json");
const CONTACTS: &str = include_str!("../../../assets/demo/contacts.json");
const ARTICLES: &str = include_str!("../../../assets/demo/articles.json");
const CONVERSATIONS: &str = include_str!("../../../assets/demo/conversations.json");

/// A shipped file that is no JSON.
#[derive(Debug, Error)]
#[error("the demo workspace's {file} is not JSON: {reason}")]
pub(crate) struct LoadError {
    file: &'static str,
    reason: serde_json::Error,
}

/// Builds the workspace; `scale` is the number of conversations, `None` for those that ship.
pub(crate) fn load(clock: Clock, scale: Option<usize>) -> Result<Workspace, LoadError> {
    let mut workspace = shipped(clock)?;
    if let Some(conversations) = scale {
        growth::grow(&mut workspace, conversations);
    }
    count_users(&mut workspace);
    workspace.companies.sort_by_key(|company| std::cmp::Reverse(company.last_request_at));
    workspace.put_in_order();
    Ok(workspace)
}

/// Builds a workspace of the same desk with nothing in it.
pub(crate) fn load_empty(clock: Clock) -> Result<Workspace, LoadError> {
    let mut workspace = shipped(clock)?;
    workspace.conversations.clear();
    workspace.people.clear();
    workspace.companies.clear();
    workspace.articles.clear();
    workspace.put_in_order();
    Ok(workspace)
}

fn shipped(clock: Clock) -> Result<Workspace, LoadError> {
    let now = clock.began_at();
    let seeds: Vec<PersonSeed> = records("contacts.json", CONTACTS, |value| PersonSeed::read(value, now))?;
    let people: Vec<Person> = (0..)
        .zip(&seeds)
        .map(|(index, seed)| Person { id: seed.id, seed: index, variation: 0, earlier: 0 })
        .collect();
    let places: HashMap<u128, u32> = (0..).zip(&people).map(|(index, person)| (person.id, index)).collect();
    let mut stories: Vec<Story> = records("conversations.json", CONVERSATIONS, Story::read)?;
    // A conversation with nobody cannot be shown.
    stories.retain(|story| places.contains_key(&story.contact));
    let conversations = (0..).zip(&stories).map(|(index, story)| Record {
        id: story.id,
        story: index,
        person: places.get(&story.contact).copied().unwrap_or(0),
        began_at: now - story.began_ago,
    });
    Ok(Workspace {
        clock,
        desk: Desk::read(&parsed("desk.json", DESK)?),
        companies: records("companies.json", COMPANIES, |value| Company::read(value, now))?,
        articles: records("articles.json", ARTICLES, |value| Article::read(value, now))?,
        conversations: conversations.collect(),
        seeds,
        people,
        stories,
        notes: HashMap::new(),
        conversation_order: Vec::new(),
        person_order: Vec::new(),
        conversation_ids: HashMap::new(),
        person_ids: HashMap::new(),
        counts: HashMap::new(),
    })
}

fn parsed(file: &'static str, text: &str) -> Result<Value, LoadError> {
    serde_json::from_str(text).map_err(|reason| LoadError { file, reason })
}

fn records<T>(
    file: &'static str,
    text: &str,
    read: impl Fn(&Value) -> Option<T>,
) -> Result<Vec<T>, LoadError> {
    let value = parsed(file, text)?;
    Ok(value.as_array().map_or(&[][..], Vec::as_slice).iter().filter_map(read).collect())
}

fn count_users(workspace: &mut Workspace) {
    let mut per_seed = vec![0_usize; workspace.seeds.len()];
    for person in &workspace.people {
        if let Some(count) = per_seed.get_mut(person.seed as usize) {
            *count += 1;
        }
    }
    for company in &mut workspace.companies {
        company.user_count = per_seed
            .iter()
            .zip(&workspace.seeds)
            .filter(|(_, seed)| seed.company_ids.contains(&company.id))
            .map(|(count, _)| count)
            .sum();
    }
}
