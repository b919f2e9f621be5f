//! Who belongs to which company, as far as contacts and companies that passed by told: no tool lists the people of a
//! company (intercom-mcp 3.6, 3.7). Also the ids of segments by their names. Owns the pairs and their bounds;
//! refuses to guess.

use std::collections::HashMap;

use super::company::Company;
use super::contact::Contact;
use super::conversation::Tag;
use super::id::{CompanyId, ContactId};
use super::text::Clean;

/// The most people kept of one company.
const MOST_OF_ONE: usize = 500;
/// The most people, companies, or names of one kind kept in all.
const MOST: usize = 50_000;
/// Hosts whose addresses say nothing about a company.
pub(super) const SHARED: [&str; 14] = [
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "yahoo.com",
    "icloud.com",
    "me.com",
    "gmx.de",
    "gmx.net",
    "web.de",
    "proton.me",
    "protonmail.com",
    "aol.com",
];

/// Somebody of a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: ContactId,
    /// What they are called.
    pub called: Clean,
    /// Their address; empty when it is not known.
    pub email: Clean,
}

/// A company as far as it was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    name: Clean,
    /// The host of its site, when that is its own.
    host: Option<Box<str>>,
}

/// What is known.
#[derive(Clone, Debug, Default)]
pub struct Membership {
    /// Changes with everything that is learnt.
    pub version: u64,
    companies: HashMap<CompanyId, Known>,
    people: HashMap<CompanyId, Vec<Member>>,
    /// People kept, over all companies.
    kept: usize,
    segments: HashMap<String, Box<str>>,
}

impl Membership {
    /// Learns where somebody belongs. Contacts name at most ten companies each.
    pub fn learn_contact(&mut self, contact: &Contact) {
        let member = Member {
            id: contact.id.clone(),
            called: Clean::line(contact.called()),
            email: contact.email.clone(),
        };
        for company in &contact.companies {
            self.put(company, &member);
        }
    }

    fn put(&mut self, company: &CompanyId, member: &Member) {
        let full = self.kept >= MOST;
        if full && !self.people.contains_key(company) {
            return;
        }
        let people = self.people.entry(company.clone()).or_default();
        if let Some(old) = people.iter_mut().find(|old| old.id == member.id) {
            if old == member {
                return;
            }
            *old = member.clone();
        } else if people.len() < MOST_OF_ONE && !full {
            people.push(member.clone());
            self.kept += 1;
        } else {
            return;
        }
        self.version += 1;
    }

    /// Learns a company's name, its site, and the ids of its segments.
    pub fn learn_company(&mut self, company: &Company) {
        learn_names(&mut self.segments, &company.segments);
        let host = host(&company.website).filter(|host| !SHARED.contains(&host.as_str()));
        let known = Known { name: company.name.clone(), host: host.map(String::into_boxed_str) };
        let full = self.companies.len() >= MOST && !self.companies.contains_key(&company.id);
        if !full && self.companies.get(&company.id) != Some(&known) {
            self.companies.insert(company.id.clone(), known);
            self.version += 1;
        }
    }

    /// The name of a company, when it was ever seen with one.
    pub fn company(&self, id: &CompanyId) -> Option<&Clean> {
        self.companies.get(id).map(|known| &known.name).filter(|name| !name.is_empty())
    }

    /// The people of a company that are known, in the order they were seen.
    pub fn people(&self, company: &CompanyId) -> &[Member] {
        self.people.get(company).map_or(&[], Vec::as_slice)
    }

    /// The id of a segment that was seen on a company, by its name in lower case.
    pub fn segment(&self, name: &str) -> Option<&str> {
        self.segments.get(name).map(|id| &**id)
    }

    /// The e-mail domain to look for a company's people by: that of its site, else the one that most of those known
    /// write from. Hosts that everybody uses are left out.
    pub fn domain(&self, id: &CompanyId) -> Option<String> {
        let own = self.companies.get(id).and_then(|known| known.host.as_deref());
        own.map(str::to_owned).or_else(|| {
            let mut counted: HashMap<String, usize> = HashMap::new();
            let addresses = self.people(id).iter().filter_map(|member| member.email.rsplit_once('@'));
            let domains = addresses.map(|(_, domain)| domain.to_lowercase());
            for domain in domains.filter(|domain| !SHARED.contains(&domain.as_str())) {
                *counted.entry(domain).or_default() += 1;
            }
            // The same number twice: the first in the alphabet, so that the offer does not change by itself.
            let most = counted.into_iter().max_by(|one, other| one.1.cmp(&other.1).then(other.0.cmp(&one.0)));
            most.map(|(domain, _)| domain)
        })
    }
}

fn learn_names(names: &mut HashMap<String, Box<str>>, tags: &[Tag]) {
    for tag in tags.iter().filter(|tag| !tag.id.is_empty() && *tag.id != *tag.name) {
        let name = tag.name.to_lowercase();
        if names.len() < MOST && names.get(&name) != Some(&tag.id) {
            names.insert(name, tag.id.clone());
        }
    }
}

/// The host of a site without `www.`; none for what is no host.
fn host(website: &str) -> Option<String> {
    let rest = website.split_once("://").map_or(website, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?.trim().to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let plain = host.contains('.')
        && !host.starts_with('.')
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    plain.then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_is_a_host() {
        let table = [
            ("https://www.lumen.example/about?x#y", Some("lumen.example")),
            ("lumen.example", Some("lumen.example")),
            ("HTTP://Lumen.example:8080", Some("lumen.example")),
            ("", None),
            ("our site", None),
            ("localhost", None),
            ("user@host.example", None),
        ];
        for (site, expected) in table {
            assert_eq!(host(site).as_deref(), expected, "{site}");
        }
    }

    #[test]
    fn the_domain_most_people_write_from_stands_in_for_the_site() {
        let id = CompanyId::read("c1").unwrap();
        let mut known = Membership::default();
        for (at, email) in ["a@x.example", "b@gmail.com", "c@Gmail.com", "d@y.example", "e@Y.example"]
            .into_iter()
            .enumerate()
        {
            let id = ContactId::read(&format!("p{at}")).unwrap();
            known.put(
                &CompanyId::read("c1").unwrap(),
                &Member { id, called: Clean::line(email), email: Clean::line(email) },
            );
        }
        assert_eq!(known.people(&id).len(), 5);
        assert_eq!(known.domain(&id).as_deref(), Some("y.example"));
        known.companies.insert(id.clone(), Known { name: Clean::default(), host: Some("z.example".into()) });
        assert_eq!((known.domain(&id).as_deref(), known.company(&id)), (Some("z.example"), None));
        assert_eq!(known.domain(&CompanyId::read("c2").unwrap()), None);
    }

    #[test]
    fn what_is_full_grows_by_nothing() {
        let mut known = Membership { kept: MOST, ..Membership::default() };
        let id = ContactId::read("p1").unwrap();
        let member = Member { id, called: Clean::default(), email: Clean::default() };
        known.put(&CompanyId::read("c9").unwrap(), &member);
        assert!(known.people.is_empty() && known.version == 0);
    }
}
