//! Signing in with a browser, from a machine that has none: the address is shown, and somebody opens it.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use switchboard::demo::Options;

use super::terminal::pty::Terminal;
use super::world::World;

fn world() -> World {
    World::with(Options { sign_in: true, approve_at_once: true, ..Options::default() })
}

/// Signs in under this name; what standard error said.
fn sign_in(world: &World, arguments: &[&str]) -> (bool, String) {
    let mut command = world.command(&[&["--url", world.url()], arguments].concat());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut told = String::new();
    for line in BufReader::new(child.stderr.take().unwrap()).lines() {
        let line = line.unwrap();
        if line.starts_with("http://127.0.0.1:") {
            world.browse(&line);
        }
        told = told + &line + "\n";
    }
    (child.wait().unwrap().success(), told)
}

#[test]
fn from_the_first_sign_in_to_the_last_goodbye() {
    let world = world();
    assert_eq!(world.run(&["tools"]).code, Some(3));
    assert_eq!(world.server.tally().registered, 0, "nobody asked for a browser");
    let (signed_in, told) = sign_in(&world, &["login", "--name", "desk"]);
    assert!(signed_in && told.contains("desk is signed in"), "{told}");
    let used = world.command(&["call", "list_articles"]).output().unwrap();
    assert!(used.status.success(), "the remembered account: {used:?}");
    world.server.expire_tokens();
    assert_eq!(world.run(&["--account", "desk", "tools"]).code, Some(0), "refreshed by itself");
    assert_eq!(world.run(&["tools"]).code, Some(0), "the account that is signed in at this address");
    let out = world.command(&["logout"]).output().unwrap();
    assert!(out.status.success(), "{out:?}");
    assert_eq!(world.run(&["tools"]).code, Some(3));
}

#[test]
fn what_is_kept_of_a_sign_in_is_nowhere_else() {
    let world = world();
    let record = world.home.path().join("record.jsonl");
    let recorded = ["--record", record.to_str().unwrap()];
    let (signed_in, told) = sign_in(&world, &[&["login"], &recorded[..]].concat());
    assert!(signed_in, "{told}");
    let first = std::fs::read_to_string(&record).unwrap();
    world.server.expire_tokens();
    let ran = world.run(&[&["call", "list_articles", "--json"], &recorded[..]].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let shown = [first, told, ran.out, ran.err, std::fs::read_to_string(&record).unwrap()].concat();
    assert!(shown.contains("\"method\":\"POST /"), "the sign-in was overheard: {shown}");
    let kept = world.files().into_iter().filter(|file| file.extension().is_some_and(|end| end == "secret"));
    let kept: Vec<String> = kept.map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let secrets: Vec<&str> =
        kept.iter().flat_map(|text| text.split('"')).filter(|word| word.len() >= 24).collect();
    let tokens = secrets.iter().filter(|word| !word.starts_with("http")).count();
    assert!(tokens >= 2, "{kept:?}");
    for secret in secrets.iter().filter(|word| !word.starts_with("http") && !word.starts_with("Switchboard"))
    {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[test]
fn two_accounts_at_one_address_are_told_apart() {
    let world = world();
    for name in ["first", "second"] {
        assert!(sign_in(&world, &["login", "--name", name]).0);
    }
    let accounts = world.command(&["accounts", "--json"]).output().unwrap();
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&accounts.stdout).unwrap();
    let seen: Vec<_> = rows.iter().map(|row| (row["name"].clone(), row["default"].clone())).collect();
    assert_eq!(seen, [("first".into(), true.into()), ("second".into(), false.into())]);
    assert!(world.command(&["accounts", "use", "second"]).output().unwrap().status.success());
    assert!(world.command(&["logout", "--account", "first"]).output().unwrap().status.success());
    assert_eq!(world.command(&["tools"]).output().unwrap().status.code(), Some(0));
    assert_eq!(world.command(&["tools", "--account", "first"]).output().unwrap().status.code(), Some(3));
}

#[test]
fn the_browser_that_was_named_gets_the_address_and_nothing_else() {
    use std::os::unix::fs::PermissionsExt;
    let world = world();
    let (browser, seen) = (world.home.path().join("browser"), world.home.path().join("seen"));
    let script = "#!/bin/sh\nprintf '%s|%s' \"$#\" \"$1\" >\"$HOME/seen.part\" && mv \"$HOME/seen.part\" \"$HOME/seen\"\n";
    std::fs::write(&browser, script).unwrap();
    std::fs::set_permissions(&browser, PermissionsExt::from_mode(0o755)).unwrap();
    let mut command = world.command(&["--url", world.url(), "login"]);
    let mut child = command.env("BROWSER", &browser).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let told = lines.find(|line| line.contains("http://127.0.0.1:")).unwrap();
    let address = &told[told.find("http://").unwrap()..];
    assert!(told.starts_with("Your browser opens"), "{told}");
    world.browse(address);
    let last = lines.last().unwrap();
    assert!(child.wait().unwrap().success(), "{last}");
    while !seen.exists() {
        std::thread::yield_now();
    }
    assert_eq!(std::fs::read_to_string(seen).unwrap(), format!("1|{address}"));
}

#[test]
fn an_address_that_was_pasted_is_as_good_as_a_browser() {
    let world = world();
    let arguments = ["--url", world.url(), "login", "--name", "desk"];
    let mut terminal = Terminal::start(400, 24, "xterm-256color", &arguments);
    terminal.see("code_challenge");
    let text = terminal.text();
    let address = text.lines().find(|line| line.starts_with("http://127.0.0.1:")).unwrap().to_owned();
    let place = world.redirect(&address);
    assert!(place.contains("code="), "{place}");
    terminal.press(&format!("{place}\r"));
    assert!(terminal.end().success(), "{}", terminal.text());
    assert!(terminal.text().contains("desk is signed in"), "{}", terminal.text());
}

#[test]
fn a_call_may_sign_in_when_it_was_told_so() {
    let world = world();
    let (called, told) = sign_in(&world, &["call", "list_articles", "--sign-in"]);
    assert!(called, "{told}");
}
