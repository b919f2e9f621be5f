//! Which server and as whom; what is kept and what is written where.

use std::os::unix::fs::PermissionsExt;

use super::world::World;

const TOKEN: &str = "tok_planted_4f9c1e77aa";

#[test]
fn nobody_said_where_to_go() {
    let world = World::open();
    let ran = world.command(&["tools"]).output().unwrap();
    assert_eq!(ran.status.code(), Some(3));
    let told = String::from_utf8(ran.stderr).unwrap();
    assert!(told.contains("switchboard login") && told.lines().count() == 1, "{told}");
}

#[test]
fn the_address_may_be_in_the_settings_file() {
    let world = World::open();
    let file = world.home.path().join("own.toml");
    std::fs::write(&file, format!("url = \"{}\"\nread_only = true\n", world.url())).unwrap();
    let file = file.to_str().unwrap();
    let ran = world.command(&["tools", "--config", file]).output().unwrap();
    assert!(ran.status.success(), "{ran:?}");
    std::fs::write(file, "transport = \"udp\"\n").unwrap();
    let ran = world.command(&["tools", "--config", file]).output().unwrap();
    let told = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert!(told.contains(&format!("{file}, line 1: unknown variant \"udp\"")), "{told}");
}

#[test]
fn a_token_comes_from_the_environment_and_is_shown_nowhere() {
    let world = World::guarded(Some(TOKEN));
    let record = world.home.path().join("record.jsonl");
    std::fs::write(&record, "older and readable by all").unwrap();
    std::fs::set_permissions(&record, PermissionsExt::from_mode(0o644)).unwrap();
    let header = format!("Bearer {TOKEN}");
    for (name, value) in
        [("INTERCOM_ACCESS_TOKEN", TOKEN), ("SWITCHBOARD_TOKEN", TOKEN), ("INTERCOM_AUTH_HEADER", &header)]
    {
        let record = record.to_str().unwrap();
        let arguments = ["--url", world.url(), "--record", record, "call", "list_articles"];
        let ran = world.command(&arguments).env(name, value).output().unwrap();
        assert!(ran.status.success(), "{name}: {ran:?}");
        assert!(!format!("{ran:?}").contains(TOKEN), "{name}");
    }
    let mode = record.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let written = std::fs::read_to_string(&record).unwrap();
    assert!(!written.contains(TOKEN) && !written.contains("older"), "{written}");
    let exchanges: Vec<serde_json::Value> =
        written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(exchanges.iter().any(|exchange| exchange["method"] == "tools/call"), "{written}");
    for entry in world.files() {
        let bytes = std::fs::read(&entry).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains(TOKEN), "{}", entry.display());
    }
}

#[test]
fn a_wrong_token_is_a_matter_of_signing_in_and_is_not_repeated() {
    let world = World::guarded(Some("tok_another_one_entirely"));
    let arguments = ["--url", world.url(), "call", "list_articles"];
    let ran = world.command(&arguments).env("INTERCOM_ACCESS_TOKEN", TOKEN).output().unwrap();
    assert_eq!(ran.status.code(), Some(3), "{ran:?}");
    assert!(!format!("{ran:?}").contains(TOKEN));
}

#[test]
fn an_account_that_is_not_there() {
    let world = World::open();
    let run = |arguments: &[&str]| world.command(arguments).output().unwrap();
    assert_eq!(run(&["tools", "--account", "nobody"]).status.code(), Some(3));
    assert_eq!(run(&["accounts", "use", "nobody"]).status.code(), Some(5));
    let none = run(&["accounts"]);
    assert!(none.status.success() && none.stdout.is_empty(), "{none:?}");
    assert_eq!(run(&["logout"]).status.code(), Some(3));
}

#[test]
fn a_piped_token_is_kept_for_its_owner_and_used() {
    let world = World::guarded(Some(TOKEN));
    let ran = world.feed(&["login", "--token", "--name", "desk"], &format!("{TOKEN}\n"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(!format!("{ran:?}").contains(TOKEN), "{ran:?}");
    let accounts = world.command(&["accounts"]).output().unwrap();
    let row: serde_json::Value = serde_json::from_slice(&accounts.stdout).unwrap();
    assert_eq!((&row["name"], &row["default"]), (&"desk".into(), &true.into()));
    assert_eq!(row["endpoint"], world.url());
    let used = world.command(&["call", "list_articles"]).output().unwrap();
    assert!(used.status.success(), "the remembered account: {used:?}");
    let out = world.command(&["logout"]).output().unwrap();
    assert!(out.status.success(), "{out:?}");
    assert_eq!(world.command(&["tools"]).output().unwrap().status.code(), Some(3));
}

#[test]
fn settings_are_described() {
    let world = World::open();
    let ran = world.command(&["config"]).output().unwrap();
    let told = String::from_utf8(ran.stdout).unwrap();
    assert!(told.starts_with("# Not there yet: ") && told.contains("[oauth]"), "{told}");
}
