//! A contact or a company as JSON text, with the names that Intercom's records have (intercom-mcp 6.3). Only fields that are
//! known are written; times are Unix seconds. Owns the escapes; refuses to read.

use std::fmt::Write as _;

use super::company::Company;
use super::contact::Contact;
use super::conversation::Tag;
use super::text::Clean;
use super::time::Unix;

/// An object being written, one member to a line.
#[derive(Debug, Default)]
struct Object {
    lines: Vec<String>,
}

impl Object {
    fn raw(&mut self, name: &str, value: &str) {
        self.lines.push(format!("{}: {value}", string(name)));
    }

    fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.raw(name, &string(value));
        }
    }

    fn number(&mut self, name: &str, value: Option<u64>) {
        if let Some(value) = value {
            self.raw(name, &value.to_string());
        }
    }

    fn time(&mut self, name: &str, value: Option<Unix>) {
        if let Some(Unix(seconds)) = value {
            self.raw(name, &seconds.to_string());
        }
    }

    fn list(&mut self, name: &str, values: &[String]) {
        if !values.is_empty() {
            self.raw(name, &format!("[{}]", values.join(", ")));
        }
    }

    fn named(&mut self, name: &str, tags: &[Tag]) {
        let tags: Vec<String> = tags.iter().map(tag).collect();
        self.list(name, &tags);
    }

    fn attributes(&mut self, pairs: &[(Clean, Clean)]) {
        if pairs.is_empty() {
            return;
        }
        let pairs: Vec<String> =
            pairs.iter().map(|(name, value)| format!("    {}: {}", string(name), string(value))).collect();
        self.raw("custom_attributes", &format!("{{\n{}\n  }}", pairs.join(",\n")));
    }

    fn written(self) -> String {
        let lines: Vec<String> = self.lines.into_iter().map(|line| format!("  {line}")).collect();
        format!("{{\n{}\n}}", lines.join(",\n"))
    }
}

fn tag(tag: &Tag) -> String {
    let id = if tag.id.is_empty() { String::new() } else { format!("\"id\": {}, ", string(&tag.id)) };
    format!("{{{id}\"name\": {}}}", string(&tag.name))
}

/// A string with its quotes.
fn string(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            '\n' => written.push_str("\\n"),
            c if u32::from(c) < 0x20 => {
                // Writing into a string cannot fail.
                let _ = write!(written, "\\u{:04x}", u32::from(c));
            }
            c => written.push(c),
        }
    }
    written.push('"');
    written
}

/// A contact.
pub fn contact(contact: &Contact) -> String {
    let mut object = Object::default();
    object.text("type", "contact");
    object.text("id", contact.id.as_str());
    let texts = [
        ("external_id", &contact.external_id),
        ("role", &contact.role),
        ("name", &contact.name),
        ("email", &contact.email),
        ("phone", &contact.phone),
        ("location", &contact.location),
        ("device", &contact.device),
    ];
    for (name, value) in texts {
        object.text(name, value);
    }
    object.text("owner_id", contact.owner.as_ref().map_or("", |id| id.as_str()));
    let companies: Vec<String> = contact.companies.iter().map(|id| string(id.as_str())).collect();
    object.list("company_ids", &companies);
    object.number("companies_total", contact.companies_total);
    let times = [
        ("created_at", contact.created_at),
        ("signed_up_at", contact.signed_up_at),
        ("last_seen_at", contact.last_seen_at),
        ("last_replied_at", contact.last_replied_at),
        ("last_contacted_at", contact.last_contacted_at),
    ];
    for (name, value) in times {
        object.time(name, value);
    }
    for (name, flag) in
        [("has_hard_bounced", contact.bounced), ("unsubscribed_from_emails", contact.unsubscribed)]
    {
        if flag {
            object.raw(name, "true");
        }
    }
    object.named("tags", &contact.tags);
    object.attributes(&contact.attributes);
    object.written()
}

/// A company.
pub fn company(company: &Company) -> String {
    let mut object = Object::default();
    object.text("type", "company");
    object.text("id", company.id.as_str());
    let texts = [
        ("company_id", &company.company_id),
        ("name", &company.name),
        ("plan", &company.plan),
        ("monthly_spend", &company.monthly_spend),
        ("website", &company.website),
        ("industry", &company.industry),
    ];
    for (name, value) in texts {
        object.text(name, value);
    }
    let counts = [
        ("size", company.size),
        ("user_count", company.user_count),
        ("session_count", company.session_count),
    ];
    for (name, value) in counts {
        object.number(name, value);
    }
    object.time("created_at", company.created_at);
    object.time("last_request_at", company.last_request_at);
    object.named("tags", &company.tags);
    object.named("segments", &company.segments);
    object.attributes(&company.attributes);
    object.written()
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn strings_are_read_back() {
        for text in ["", "a\"b\\c", "two\nlines\t\u{1}", "船 é 👩‍🚀", "</script>\u{2028}"] {
            assert_eq!(serde_json::from_str::<String>(&string(text)).unwrap(), text);
        }
    }
}
