//! Signing in with a browser, from a machine that has none: the address is shown, and somebody opens it.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use switchboard::demo::Options;

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
    let out = world.command(&["logout"]).output().unwrap();
    assert!(out.status.success(), "{out:?}");
    assert_eq!(world.run(&["tools"]).code, Some(3));
}

#[test]
fn a_call_may_sign_in_when_it_was_told_so() {
    let world = world();
    let (called, told) = sign_in(&world, &["call", "list_articles", "--sign-in"]);
    assert!(called, "{told}");
}
