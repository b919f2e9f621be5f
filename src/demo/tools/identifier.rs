//! Ids as people give them: raw, with a prefix, or as an address in the Intercom app.

/// The raw id of a conversation.
pub(super) fn conversation(given: &str) -> String {
    raw(given, "conversation_", &["/conversation/", "/conversations/"])
}

/// The raw id of a contact.
pub(super) fn contact(given: &str) -> String {
    raw(given, "contact_", &["/users/", "/user/", "/contacts/"])
}

/// The raw id of a company.
pub(super) fn company(given: &str) -> String {
    raw(given, "company_", &["/companies/", "/company/"])
}

fn raw(given: &str, prefix: &str, paths: &[&str]) -> String {
    if given.starts_with("https://") || given.starts_with("http://") {
        let after = paths.iter().find_map(|path| given.split_once(path)).map_or("", |(_, after)| after);
        let end = after.find(['/', '?', '#']).unwrap_or(after.len());
        return after.get(..end).unwrap_or("").to_owned();
    }
    given.strip_prefix(prefix).unwrap_or(given).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms_are_the_same_id() {
        for given in [
            "900",
            "conversation_900",
            "https://app.intercom.com/a/inbox/_/inbox/conversation/900",
            "https://app.intercom.com/a/apps/wk/conversations/900?x=1",
        ] {
            assert_eq!(conversation(given), "900", "{given}");
        }
        assert_eq!(contact("https://app.intercom.com/a/apps/wk/users/66aa/all"), "66aa");
        assert_eq!(company("company_67cc"), "67cc");
        assert_eq!(conversation("https://example.com/"), "");
    }
}
