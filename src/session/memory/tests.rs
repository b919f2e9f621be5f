use super::*;
use crate::domain::text::Clean;
use crate::session::Transport;

fn tool(name: &str, whole: &str) -> Tool {
    Tool { name: Clean::line(name), whole: whole.to_owned(), ..Tool::default() }
}

#[test]
fn what_is_not_as_it_was_accepted_is_held() {
    let first = [tool("touch", r#"{"a":1,"b":{"c":2,"d":3}}"#), tool("get_article", "{}")];
    let pins = Pins::default().with(&first);
    let table = [
        (tool("touch", r#"{"b":{"d":3,"c":2},"a":1}"#), Permit::Yes),
        (tool("touch", r#"{"a":1,"b":{"c":2,"d":4}}"#), Permit::Changed),
        (tool("touch", "no JSON"), Permit::Changed),
        (Tool { description: Clean::line("More"), ..first[0].clone() }, Permit::Changed),
        (Tool { kind: Kind::Read, ..tool("touch", r#"{"now":"a read"}"#) }, Permit::Changed),
        (tool("get_article", r#"{"other":true}"#), Permit::Yes),
        (tool("update_article", "{}"), Permit::New),
        (Tool { kind: Kind::Read, ..tool("look", "{}") }, Permit::Yes),
    ];
    for (tool, permit) in table {
        assert_eq!(pins.permit(&tool), permit, "{tool:?}");
        assert_eq!(pins.with(std::slice::from_ref(&tool)).permit(&tool), Permit::Yes);
    }
    let deep = tool("touch", &format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)));
    assert_eq!(pins.permit(&deep), Permit::Changed);
}

#[test]
fn an_odd_entry_costs_that_entry() {
    let pins = Pins::default().with(&[tool("touch", "1"), tool("move", "2")]);
    assert_eq!(Pins::read(&pins.text()), Some(pins.clone()));
    let text = pins.text().replace(&pins.0["move"], "").replace("\"move\": \"\"", "\"move\": 7");
    let read = Pins::read(&text).unwrap();
    assert_eq!(read.0.keys().collect::<Vec<_>>(), ["touch"]);
    for damaged in ["", "{}", "[]", "{\"tools\": 3}", &text[..20]] {
        assert_eq!(Pins::read(damaged), None, "{damaged}");
    }
}

#[test]
fn file_names_are_plain_and_tell_addresses_apart() {
    let http =
        |address: &str| Address::Http { endpoint: address.parse().unwrap(), transport: Transport::Auto };
    let addresses = [
        http("https://mcp.intercom.com/mcp"),
        http("https://mcp.eu.intercom.com/mcp"),
        http("http://[::1]:7337/mcp?a=../../x"),
        http("http://[::1]:7337/mcp?a=b"),
        Address::Command(vec!["../bridge".into(), "--token".into()]),
        Address::Command(vec!["../bridge".into()]),
        Address::Command(Vec::new()),
    ];
    let names: std::collections::BTreeSet<String> = addresses.iter().map(file_name).collect();
    assert_eq!(names.len(), addresses.len());
    assert!(names.contains("tools-mcp.intercom.com-mcp-346e2329.json"), "{names:?}");
    for name in names {
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte)), "{name}");
    }
}

#[tokio::test]
async fn what_was_saved_is_private_and_read_again_and_the_newest_stays() {
    let folder = tempfile::tempdir().unwrap();
    let address = Address::Command(vec!["bridge".into()]);
    let mut memory = Memory::new(Some(&folder.path().join("deeper")), &address);
    assert_eq!(memory.load().await, Ok(None));
    let (old, new) = (Pins::default().with(&[tool("a", "1")]), Pins::default().with(&[tool("b", "2")]));
    let (first, second) = (memory.save(old).unwrap(), memory.save(new.clone()).unwrap());
    assert_eq!((second.await, first.await), (Ok(()), Ok(())));
    assert_eq!(memory.load().await, Ok(Some(new)));
    let file = memory.file.clone().unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    std::fs::write(&file, "torn {").unwrap();
    assert_eq!(memory.load().await, Err("the file is damaged".to_owned()));
    assert_eq!(std::fs::read_dir(file.parent().unwrap()).unwrap().count(), 1, "nothing else is left");
}

#[tokio::test]
async fn a_disk_that_fails_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("file");
    std::fs::write(&blocked, "").unwrap();
    let mut memory = Memory::new(Some(&blocked), &Address::Command(Vec::new()));
    assert!(memory.save(Pins::default()).unwrap().await.is_err());
    let mut none = Memory::new(None, &Address::Command(Vec::new()));
    assert!(none.save(Pins::default()).is_none());
    assert_eq!(none.load().await, Ok(None));
}
