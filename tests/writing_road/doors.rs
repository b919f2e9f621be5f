//! The source: leave to write is made once, used up at two doors, and no tool is called anywhere else.

use super::source::sources;

fn places(words: &str) -> Vec<String> {
    let found = |(name, text): (String, String)| vec![name; text.matches(words).count()];
    sources().into_iter().flat_map(found).collect()
}

#[test]
fn leave_to_write_is_made_once() {
    let made: Vec<String> = sources()
        .into_iter()
        .flat_map(|(name, text)| {
            let all = text.matches("Approved {").count();
            let other = text.matches("impl Approved {").count() + text.matches("struct Approved {").count();
            vec![name; all - other]
        })
        .collect();
    assert_eq!(made, ["domain/change/confirmation.rs"]);
}

#[test]
fn a_write_leaves_by_one_door_for_articles_and_one_for_notes() {
    const DOORS: [(&str, &str); 2] = [
        ("app/pane/articles/confirming.rs", ".settled("),
        ("app/pane/inbox/note/confirming.rs", ".settled_note("),
    ];
    let sorted = |words: &str| {
        let mut found = places(words);
        found.sort_unstable();
        found
    };
    assert_eq!(sorted("shell.write("), DOORS.map(|(name, _)| name));
    for (name, settles) in DOORS {
        // Leave is asked for where it is used up, and nowhere else; the domain only defines and tests it.
        let knows = |(name, text): &(String, String)| {
            let named = text.contains("Confirmation") && text.contains(settles);
            named && !name.starts_with("domain/") && !name.contains("/tests/")
        };
        let asks: Vec<String> = sources().into_iter().filter(knows).map(|(name, _)| name).collect();
        assert_eq!(asks, [name], "{settles}");
        let (_, text) = sources().into_iter().find(|(source, _)| source == name).unwrap();
        let (before, _) = text.split_once("shell.write(approved)").unwrap();
        let sending = before.rsplit("\n    fn ").next().unwrap();
        assert!(
            sending.starts_with("send")
                && sending.contains("cannot_")
                && sending.contains("return shell.say(")
        );
    }
    assert_eq!(places("push(Effect::Write {"), ["app/shell.rs"]);
    assert_eq!(places("Effect::Write {").iter().filter(|name| name.starts_with("app/")).count(), 1);
}

#[test]
fn leave_to_write_cannot_be_copied_and_no_read_writes() {
    let (_, text) = sources().into_iter().find(|(name, _)| name == "domain/change/confirmation.rs").unwrap();
    assert!(
        text.contains("#[derive(Debug)]\npub struct Approved {"),
        "an approval must be neither Clone nor Copy"
    );
    let (_, calls) = sources().into_iter().find(|(name, _)| name == "domain/call.rs").unwrap();
    let call = calls.split("pub enum Call {").nth(1).unwrap().split("\n}").next().unwrap().to_lowercase();
    for (name, text) in sources().iter().filter(|(name, _)| name.starts_with("session/")) {
        let names = WRITES.iter().any(|tool| text.contains(&format!("\"{tool}\"")));
        // The doctor says what is missing without them; that it calls reads only is held below.
        let lists = name == "session/doctor/tools.rs" && !text.contains(".call(");
        assert!(!names || text.contains("Approved") || lists, "src/{name} writes without leave");
    }
    for word in ["update", "create", "delete", "write", "approved"] {
        assert!(!call.contains(word), "a read named {word}");
    }
}

#[test]
fn tools_are_called_at_known_places() {
    let mut calls = places(".call(");
    calls.retain(|name| name.starts_with("session/"));
    calls.sort_unstable();
    let known =
        ["session/doctor/reads.rs", "session/flight.rs", "session/flight.rs", "session/flight/by_hand.rs"];
    assert_eq!(calls, known);
    let text = |wanted: &str| sources().into_iter().find(|(name, _)| name == wanted).unwrap().1;
    assert!(
        text("session/doctor/reads.rs").contains("tool.name == name && is_read(name)"),
        "the doctor only reads"
    );
    let by_hand = text("session/flight/by_hand.rs");
    let (before, _) = by_hand.split_once("line.call(").unwrap();
    for guard in ["tools::only_by_review(&tool)?", "tools::by_hand(&call.tool", "terms.accepts(&call.tool"] {
        assert!(before.contains(guard), "a call by hand is not held against {guard}");
    }
    let flight = text("session/flight.rs");
    let (before, _) = flight.rsplit_once("line.call(").unwrap();
    assert!(
        before.ends_with("let sending = ") && before.contains("terms.accepts(ask.tool"),
        "a held write could leave"
    );
    assert!(!by_hand.contains("Handover::default()"), "a call by hand does not pass for a write");
}

pub(crate) const WRITES: [&str; 3] = ["create_article", "update_article", "add_internal_note"];
