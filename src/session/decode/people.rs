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
}
