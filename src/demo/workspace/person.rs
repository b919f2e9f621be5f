//! Contacts: the ones that ship, and variations of them when the workspace is grown.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{Workspace, growth, reading};

/// A contact as it ships.
#[derive(Debug)]
pub(crate) struct PersonSeed {
    /// 24 hexadecimal digits as a number.
    pub(crate) id: u128,
    /// The workspace's own id.
    pub(crate) external_id: Option<String>,
    /// `user` or `lead`.
    pub(crate) role: String,
    /// The name.
    pub(crate) name: Option<String>,
    /// The email address.
    pub(crate) email: Option<String>,
    /// The phone number.
    pub(crate) phone: Option<String>,
    /// The admin who owns the contact.
    pub(crate) owner_id: Option<i64>,
    /// Companies, by Intercom's id.
    pub(crate) company_ids: Vec<String>,
    /// Unix seconds.
    pub(crate) created_at: i64,
    /// Unix seconds.
    pub(crate) seen_at: Option<i64>,
    /// Country, region and city.
    pub(crate) location: Map<String, Value>,
    /// Browser.
    pub(crate) browser: Option<String>,
    /// Operating system.
    pub(crate) system: Option<String>,
    /// Tag names.
    pub(crate) tags: Vec<String>,
    /// Wants no mail.
    pub(crate) unsubscribed: bool,
    /// Mail comes back.
    pub(crate) bounced: bool,
    /// Custom attributes.
    pub(crate) custom_attributes: Map<String, Value>,
}

/// A contact: a seed, or a variation of one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    /// 24 hexadecimal digits as a number.
    pub(crate) id: u128,
    /// The seed's position.
    pub(crate) seed: u32,
    /// 0 for the seed itself; otherwise what its name is made of.
    pub(crate) variation: u32,
    /// How many seconds earlier than the seed everything happened.
    pub(crate) earlier: i64,
}

impl PersonSeed {
    /// Reads one contact; `None` when it has no usable id.
    pub(super) fn read(value: &Value, now: i64) -> Option<Self> {
        Some(Self {
            id: u128::from_str_radix(&reading::text(value, "id")?, 16).ok()?,
            external_id: reading::identifier(value, "external_id"),
            role: reading::text(value, "role").unwrap_or_else(|| "user".to_owned()),
            name: reading::text(value, "name"),
            email: reading::text(value, "email"),
            phone: reading::text(value, "phone"),
            owner_id: reading::whole(value, "owner_id"),
            company_ids: reading::texts(value, "company_ids"),
            created_at: now - reading::seconds(value, "created_days_ago", 86_400).unwrap_or(0),
            seen_at: reading::seconds(value, "seen_hours_ago", 3_600).map(|ago| now - ago),
            location: reading::object(value, "location"),
            browser: reading::text(value, "browser"),
            system: reading::text(value, "os"),
            tags: reading::texts(value, "tags"),
            unsubscribed: reading::flag(value, "unsubscribed_from_emails"),
            bounced: reading::flag(value, "has_hard_bounced"),
            custom_attributes: reading::object(value, "custom_attributes"),
        })
    }
}

/// An id as Intercom writes it.
pub(crate) fn written_id(id: u128) -> String {
    format!("{id:024x}")
}

impl Workspace {
    /// A contact and its seed; `None` only for an index that is no contact.
    pub(crate) fn person(&self, index: u32) -> Option<(&Person, &PersonSeed)> {
        let person = self.people.get(index as usize)?;
        Some((person, self.seeds.get(person.seed as usize)?))
    }

    /// The contact's id as Intercom writes it.
    pub(crate) fn person_id(&self, index: u32) -> String {
        self.person(index).map(|(person, _)| written_id(person.id)).unwrap_or_default()
    }

    /// The contact's name.
    pub(crate) fn person_name(&self, index: u32) -> Option<Cow<'_, str>> {
        let (person, seed) = self.person(index)?;
        let name = seed.name.as_deref()?;
        if person.variation == 0 {
            return Some(name.into());
        }
        let (first, last) = growth::name_of(&self.seeds, person.variation);
        Some(format!("{first} {last}").into())
    }

    /// The contact's email address.
    pub(crate) fn person_email(&self, index: u32) -> Option<Cow<'_, str>> {
        let (person, seed) = self.person(index)?;
        let email = seed.email.as_deref()?;
        if person.variation == 0 {
            return Some(email.into());
        }
        let domain = email.rsplit('@').next().unwrap_or("demo.example");
        Some(format!("contact{}@{domain}", person.variation).into())
    }

    /// The workspace's own id for the contact.
    pub(crate) fn person_external_id(&self, index: u32) -> Option<Cow<'_, str>> {
        let (person, seed) = self.person(index)?;
        let external = seed.external_id.as_deref()?;
        if person.variation == 0 {
            return Some(external.into());
        }
        Some(format!("{external}-{}", person.variation).into())
    }

    /// When the contact was created, Unix seconds.
    pub(crate) fn person_created(&self, index: u32) -> i64 {
        self.person(index).map_or(0, |(person, seed)| seed.created_at - person.earlier)
    }

    /// When the contact was last seen, Unix seconds.
    pub(crate) fn person_seen(&self, index: u32) -> Option<i64> {
        let (person, seed) = self.person(index)?;
        Some(seed.seen_at? - person.earlier)
    }

    /// When the contact last changed, Unix seconds.
    pub(crate) fn person_updated(&self, index: u32) -> i64 {
        self.person_seen(index).unwrap_or(i64::MIN).max(self.person_created(index))
    }
}
