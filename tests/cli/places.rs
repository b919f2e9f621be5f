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

#[test]
fn settings_that_cannot_be_used_are_found() {
    let world = World::open();
    let file = world.home.path().join("own.toml");
    std::fs::write(&file, b"read_only = true\n# \xff\n").unwrap();
    let ran = world.command(&["config", "--config", file.to_str().unwrap()]).output().unwrap();
    let told = String::from_utf8(ran.stdout).unwrap();
    assert!(ran.status.success() && told.starts_with("# Cannot be used: "), "{told}");
    assert!(told.contains("line 2: this is no UTF-8") && told.contains("[oauth]"), "{told}");
    // A view costs only itself.
    std::fs::write(&file, "[[views]]\nname = \"Big\"\nquery = \"\"\nsort = \"size\"\n").unwrap();
    let ran = world.command(&["config", "--config", file.to_str().unwrap()]).output().unwrap();
    let told = String::from_utf8(ran.stdout).unwrap();
    assert!(told.starts_with("# In use: "), "{told}");
    assert!(
        told.contains("# The view \"Big\" cannot be used: own.toml, line 4: \"size\" is no order"),
        "{told}"
    );
}

#[test]
fn a_named_account_uses_its_own_sign_in_whatever_the_environment_says() {
    let world = World::guarded(Some(TOKEN));
    assert_eq!(world.feed(&["login", "--token", "--name", "desk"], TOKEN).code, Some(0));
    let with = |arguments: &[&str]| {
        world.command(arguments).env("INTERCOM_ACCESS_TOKEN", "tok_of_somebody_else").output().unwrap()
    };
    for named in [&["tools", "--account", "desk"][..], &["tools", "--account", "desk", "--url", world.url()]]
    {
        assert!(with(named).status.success(), "{named:?}");
    }
    assert_eq!(with(&["tools", "--url", world.url()]).status.code(), Some(3));
    let again = with(&["login", "--token", "--account", "desk"]);
    assert_eq!(again.status.code(), Some(7), "nothing was typed: {again:?}");
    let out = with(&["logout"]);
    let told = String::from_utf8(out.stderr).unwrap();
    assert!(out.status.success() && told.contains("desk is signed out"), "{told}");
    assert!(told.contains("in the environment is still set"), "{told}");
}

#[test]
fn a_token_that_is_refused_replaces_nothing() {
    let world = World::guarded(Some(TOKEN));
    assert_eq!(world.feed(&["login", "--token", "--name", "desk"], TOKEN).code, Some(0));
    let login = ["login", "--token", "--name", "desk"];
    world.feed(&login, "tok wrong\n").says(2, "no blanks");
    world.feed(&login, "tok\u{1b}[A").says(2, "no blanks");
    let refused = world.feed(&login, "tok_of_somebody_else");
    refused.says(3, "refuses this token (401), so it was not kept");
    assert!(!refused.err.contains("tok_of"), "{refused:?}");
    let used = world.command(&["call", "list_articles"]).output().unwrap();
    assert!(used.status.success(), "the sign-in that there was: {used:?}");
}

#[test]
fn a_token_that_cannot_be_checked_is_kept_and_says_so() {
    let world = World::open();
    let file = world.home.path().join("token");
    std::fs::write(&file, TOKEN).unwrap();
    let mut command = world.command(&["--url", "http://127.0.0.1:1/mcp", "login", "--token"]);
    let ran = command.stdin(std::fs::File::open(file).unwrap()).output().unwrap();
    let told = String::from_utf8(ran.stderr).unwrap();
    assert!(ran.status.success() && told.contains("is kept, but not checked: "), "{told}");
}

#[test]
fn a_sign_in_beside_a_token_of_the_environment_says_so() {
    let world = World::open();
    let file = world.home.path().join("token");
    std::fs::write(&file, TOKEN).unwrap();
    let mut command = world.command(&["--url", world.url(), "login", "--token", "--name", "desk"]);
    let command = command.stdin(std::fs::File::open(file).unwrap()).env("SWITCHBOARD_TOKEN", "tok_other");
    let told = String::from_utf8(command.output().unwrap().stderr).unwrap();
    assert!(told.contains("in the environment is set too") && told.contains("--account desk"), "{told}");
}

#[test]
fn no_token_goes_over_plain_http() {
    let world = World::open();
    let url = ["--url", "http://mcp.example.com/mcp"];
    let run = |arguments: &[&str]| {
        let arguments = [&url[..], arguments].concat();
        world.command(&arguments).env("SWITCHBOARD_TOKEN", TOKEN).output().unwrap()
    };
    for arguments in [&["tools"][..], &["doctor"], &["login", "--token"], &[]] {
        let ran = run(arguments);
        let told = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains("plain http"), "{arguments:?}: {told}");
    }
}

#[test]
fn the_only_account_needs_no_name() {
    let world = World::guarded(Some(TOKEN));
    assert_eq!(world.feed(&["login", "--token", "--name", "desk"], TOKEN).code, Some(0));
    let remembered = world.files().into_iter().find(|file| file.ends_with("switchboard/account")).unwrap();
    std::fs::remove_file(remembered).unwrap();
    let ran = world.command(&["tools"]).output().unwrap();
    assert!(ran.status.success(), "{ran:?}");
}

#[test]
fn mcp_remotes_sign_in_is_found_and_left_alone() {
    let world = World::open();
    let folder = world.home.path().join(".mcp-auth/mcp-remote-0.1.38");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("2b6e236cccc0fbb64ea0556af272963f_tokens.json");
    std::fs::write(&file, "{}").unwrap();
    let ran = world.command(&["logout"]).output().unwrap();
    let told = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(3), "{told}");
    assert!(told.contains("mcp-remote's") && file.exists(), "{told}");
}

#[test]
fn a_clients_secret_that_is_missing_keeps_nobody_from_leaving() {
    let world = World::guarded(Some(TOKEN));
    let file = world.home.path().join("own.toml");
    let text = format!("url = \"{}\"\n[oauth]\nclient_secret_env = \"NEVER_SET_HERE\"\n", world.url());
    std::fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    let run =
        |arguments: &[&str]| world.command(&[arguments, &["--config", file]].concat()).output().unwrap();
    assert_eq!(world.feed(&["login", "--token", "--config", file], TOKEN).code, Some(0));
    let ran = run(&["tools"]);
    assert_eq!(ran.status.code(), Some(3), "{ran:?}");
    assert!(String::from_utf8(ran.stderr).unwrap().contains("$NEVER_SET_HERE"));
    let mut command = world.command(&["tools", "--config", file]);
    assert!(command.env("SWITCHBOARD_TOKEN", TOKEN).output().unwrap().status.success());
    assert!(run(&["logout"]).status.success());
}

#[test]
fn what_is_remembered_says_when_something_goes_before_it() {
    let world = World::guarded(Some(TOKEN));
    assert_eq!(world.feed(&["login", "--token", "--name", "desk"], TOKEN).code, Some(0));
    let file = world.home.path().join("own.toml");
    std::fs::write(&file, "url = \"https://mcp.example.com/mcp\"\n").unwrap();
    let told = |arguments: &[&str]| {
        let ran = world.command(&[&["accounts", "use", "desk"], arguments].concat()).output().unwrap();
        assert!(ran.status.success(), "{ran:?}");
        String::from_utf8(ran.stderr).unwrap()
    };
    assert!(told(&[]).contains("is opened from now on"));
    assert!(told(&["--config", file.to_str().unwrap()]).contains("goes before it"));
}

#[test]
fn a_token_that_no_header_can_carry_is_a_matter_of_signing_in() {
    let world = World::open();
    for arguments in [&["--url", world.url()][..], &["--url", world.url(), "tools"]] {
        let ran = world.command(arguments).env("SWITCHBOARD_TOKEN", "a\nb").output().unwrap();
        assert_eq!(ran.status.code(), Some(3), "{ran:?}");
    }
}
