//! Pages of people and companies (3.6, 3.7, 4.1, 4.5): from REST objects, from hits of the one-string search, and where a
//! single object stands in for a list.

use std::borrow::Cow;

use serde_json::Value;

use super::fields::{clean, text};
use super::page::{self, Asked};
use super::{contact, payload};
use crate::domain::call::Fault;
use crate::domain::company::Company;
use crate::domain::contact::Contact;
use crate::domain::page::Page;
use crate::domain::text::Clean;

/// People.
pub(super) fn contacts(value: &Value, asked: &Asked) -> Result<Page<Contact>, Fault> {
    page::of(&listed(value, "contact"), asked, "data", contact::contact)
}

/// Hits of the one-string search.
pub(super) fn hits(value: &Value, asked: &Asked) -> Result<Page<Contact>, Fault> {
    page::of(value, asked, "results", hit)
}

/// Companies, or the one that a name or an id of the customer's own names.
pub(super) fn companies(value: &Value, asked: &Asked) -> Result<Page<Company>, Fault> {
    page::of(&listed(value, "company"), asked, "companies", contact::company)
}

/// A single record under its kind as the record itself; everything else as it is.
fn listed<'a>(value: &'a Value, kind: &str) -> Cow<'a, Value> {
    let wrapped = value.get(kind).is_some_and(Value::is_object);
    if wrapped { payload::single(value, kind) } else { Cow::Borrowed(value) }
}

/// Id, title and some words (4.1): the title is a name, or an address where there is none.
fn hit(record: &Value) -> Option<Contact> {
    let mut contact = contact::contact(record)?;
    if record.get("title").is_none() && (record.get("email").is_some() || record.get("name").is_some()) {
        return Some(contact);
    }
    contact.thin = true;
    let title = clean(record, "title");
    if contact.email.is_empty() {
        contact.email = address(&title).or_else(|| address(text(record, "text"))).unwrap_or_default();
    }
    if contact.name.is_empty() && title != contact.email && title.as_str() != contact.id.as_str() {
        contact.name = title;
    }
    Some(contact)
}

/// The first word that looks like an e-mail address.
fn address(words: &str) -> Option<Clean> {
    let marks = |c: char| matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"');
    words.split_whitespace().map(|word| word.trim_matches(marks)).find_map(|word| {
        let (who, host) = word.split_once('@')?;
        (!who.is_empty() && host.contains('.') && !host.contains('@')).then(|| Clean::line(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::page::Next;
    use serde_json::json;

    #[test]
    fn a_single_company_stands_in_for_a_list() {
        let one = json!({"type": "company", "id": "67cc", "name": "Kiteworks"});
        let asked = Asked::number(1, 60);
        let shapes = [
            one.clone(),
            json!([one.clone()]),
            json!({"data": [one.clone()]}),
            json!({"data": one.clone()}),
            json!({"company": one.clone()}),
            json!({"companies": [one.clone()]}),
            json!({"type": "list", "total_count": 1, "data": [one.clone(), null, {"name": "no id"}]}),
        ];
        for shape in shapes {
            let page = companies(&shape, &asked).unwrap();
            assert_eq!(page.items.len(), 1, "{shape}");
            assert_eq!((page.items[0].name.as_str(), page.next), ("Kiteworks", None), "{shape}");
        }
        for none in [json!({"data": []}), json!({"total_count": 0}), json!([])] {
            assert_eq!(companies(&none, &asked).unwrap().items.len(), 0, "{none}");
        }
        assert!(companies(&json!({"message": "hello"}), &asked).is_err());
    }

    #[test]
    fn companies_go_on_by_number() {
        let list = |pages: Value| json!({"data": [{"id": "1"}], "total_count": "23", "pages": pages});
        let next = |pages: Value, page| companies(&list(pages), &Asked::number(page, 1)).unwrap().next;
        assert_eq!(next(json!({"total_pages": 2}), 1), Some(Next::Number(2)));
        assert_eq!(next(json!({"total_pages": 2}), 2), None);
        assert_eq!(companies(&list(json!({})), &Asked::number(1, 60)).unwrap().total, Some(23));
    }

    #[test]
    fn hits_say_who_they_are() {
        let read = |record: Value| hits(&json!({"results": [record]}), &Asked::after(None, 5)).unwrap();
        let table = [
            (
                json!({"id": "contact_66aa", "title": "Ana", "text": "Ana (user) ana@lumen.example"}),
                ("66aa", "Ana", "ana@lumen.example", true),
            ),
            (
                json!({"id": "contact_66aa", "title": "<a@b.example>"}),
                ("66aa", "<a@b.example>", "a@b.example", true),
            ),
            (json!({"id": "66aa", "title": "a@b.example"}), ("66aa", "", "a@b.example", true)),
            (json!({"id": "66aa", "title": "66aa"}), ("66aa", "", "", true)),
            (json!({"id": "66aa"}), ("66aa", "", "", true)),
            (json!({"id": "66aa", "name": "Ana", "email": null}), ("66aa", "Ana", "", false)),
        ];
        for (record, (id, name, email, thin)) in table {
            let page = read(record.clone());
            let contact = &page.items[0];
            assert_eq!(
                (contact.id.as_str(), contact.name.as_str(), contact.email.as_str(), contact.thin),
                (id, name, email, thin),
                "{record}"
            );
        }
        assert_eq!(read(json!({"title": "nobody"})).skipped, 1);
    }

    #[test]
    fn contacts_in_every_wrapping() {
        let one = json!({"type": "contact", "id": "66aa", "name": "Ana", "tags": {"data": [{"id": 7}]}});
        for shape in [json!({"data": [one.clone()], "total_count": 1}), json!({"contact": one.clone()}), one]
        {
            let page = contacts(&shape, &Asked::after(None, 5)).unwrap();
            assert_eq!(page.items[0].name.as_str(), "Ana", "{shape}");
            assert_eq!((&*page.items[0].tags[0].id, page.items[0].tags[0].name.as_str()), ("7", "7"));
        }
    }

    /// The fields of a contact and of a company in the REST description, each with a value of its kind.
    fn whole(kind: &str) -> Value {
        let mut record = json!({"id": "66aa", "name": "Ana", "custom_attributes": {"plan": "Pro", "n": 5},
            "tags": {"type": "list", "data": [{"id": "7", "type": "tag", "url": "/tags/7"}], "total_count": 1},
            "notes": {"type": "list", "data": []}});
        let more = if kind == "contact" {
            json!({"external_id": "u1", "workspace_id": "w", "role": "user", "email": "a@b.c", "email_domain": "b.c",
                "phone": "+49", "owner_id": "127", "has_hard_bounced": true, "marked_email_as_spam": true,
                "unsubscribed_from_emails": true, "created_at": 1, "updated_at": 2, "signed_up_at": 3,
                "last_seen_at": 4, "last_replied_at": 5, "last_contacted_at": 6, "last_email_opened_at": 7,
                "last_email_clicked_at": 8, "language_override": "en", "browser": "chrome",
                "browser_version": "77", "browser_language": "en", "os": "OS X", "android_device": "Pixel",
                "android_last_seen_at": 9, "ios_device": "iPhone", "ios_last_seen_at": 9, "avatar": {"image_url": "x"},
                "companies": {"type": "list", "data": [{"id": "67cc", "url": "/companies/67cc"}], "total_count": 1},
                "location": {"type": "location", "country": "Ireland", "region": "Dublin", "city": "Dublin"},
                "social_profiles": {"data": []}, "merge_history": []})
        } else {
            json!({"app_id": "w", "plan": {"type": "plan", "id": "1", "name": "Pro"}, "company_id": "acct",
                "remote_created_at": 1, "created_at": 2, "updated_at": 3, "last_request_at": 4, "size": 5,
                "website": "https://b.c", "industry": "x", "monthly_spend": 6, "session_count": 7, "user_count": 8,
                "segments": {"type": "segment.list", "segments": [{"id": "9", "name": "Paying"}]}})
        };
        record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        record
    }

    /// What may stand where something else is expected.
    fn odd(which: u8) -> Option<Value> {
        Some(match which {
            0 => return None,
            1 => Value::Null,
            2 => json!({}),
            3 => json!([]),
            4 => json!(""),
            5 => json!("\u{1b}[2J"),
            6 => json!(-1.5),
            7 => json!([[{"id": {}}]]),
            8 => json!(true),
            _ => json!({"data": [null, 5, "x"], "total_count": "many"}),
        })
    }

    fn holed(kind: &str, holes: &[(usize, u8)]) -> Value {
        let mut record = whole(kind);
        let fields = record.as_object_mut().unwrap();
        let names: Vec<String> = fields.keys().cloned().collect();
        for (at, which) in holes {
            let name = &names[at % names.len()];
            match odd(*which) {
                Some(value) => drop(fields.insert(name.clone(), value)),
                None => drop(fields.remove(name)),
            }
        }
        fields.insert("id".to_owned(), json!("66aa"));
        record
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_missing_or_odd_costs_that_field_alone(
            holes in proptest::collection::vec((0usize..64, 0u8..10), 0..60)
        ) {
            let asked = Asked::after(None, 5);
            let people = json!({"data": [holed("contact", &holes), {"id": "77bb"}]});
            let page = contacts(&people, &asked).unwrap();
            proptest::prop_assert_eq!((page.items.len(), page.skipped), (2, 0));
            proptest::prop_assert!(page.items.iter().all(|contact| !contact.called().is_empty()));
            let firms = json!({"data": [holed("company", &holes), {"id": "77bb"}]});
            let page = companies(&firms, &Asked::number(1, 60)).unwrap();
            proptest::prop_assert_eq!((page.items.len(), page.skipped), (2, 0));
            proptest::prop_assert!(page.items.iter().all(|company| !company.called().is_empty()));
            let hit = json!({"results": [holed("contact", &holes)]});
            proptest::prop_assert_eq!(hits(&hit, &asked).unwrap().items.len(), 1);
        }
    }

    #[test]
    fn no_plan_is_no_words() {
        for (plan, words) in
            [(json!({}), ""), (json!(null), ""), (json!("Pro"), "Pro"), (json!({"name": "Pro"}), "Pro")]
        {
            let company = contact::company(&json!({"id": "1", "plan": plan})).unwrap();
            assert_eq!(company.plan.as_str(), words);
        }
    }
}
