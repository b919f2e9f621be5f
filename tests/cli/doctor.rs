//! The doctor on the command line: what is printed and how it ends.

use switchboard::demo::Fault;

use super::world::World;

#[test]
fn a_sound_server_is_good_from_the_name_to_one_read() {
    let ran = World::open().run(&["doctor"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.starts_with("✓ name") && ran.out.contains("✓ one read"), "{ran:?}");
    assert!(!ran.out.contains('✗'), "{ran:?}");
}

#[test]
fn what_is_wrong_ends_with_an_error_and_has_a_name_for_scripts() {
    let world = World::open();
    world.server.switch(Fault::HtmlLogin, true);
    let ran = world.run(&["doctor", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &told["ok"]), (Some(1), &false.into()), "{ran:?}");
    let findings = told["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 11, "{ran:?}");
    let bad: Vec<_> = findings.iter().filter(|finding| finding["verdict"] == "bad").collect();
    assert_eq!(bad.len(), 1, "{ran:?}");
    assert!(!bad[0]["cause"].as_str().unwrap().is_empty() && !bad[0]["hint"].as_str().unwrap().is_empty());
}

#[test]
fn a_server_that_the_console_reaches_at_sse_is_not_called_broken() {
    let world = World::open();
    world.server.switch(Fault::NoMcp, true);
    let ran = world.run(&["doctor"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("HTTP+SSE") && ran.out.contains("✓ one read"), "{ran:?}");
}

#[test]
fn the_embedded_workspace_can_be_examined() {
    let ran = World::open().command(&["--demo", "doctor"]).output().unwrap();
    assert!(ran.status.success(), "{ran:?}");
}

#[test]
fn the_rung_that_broke_decides_how_it_ends() {
    let world = World::guarded(Some("tok_right"));
    assert_eq!(world.run(&["doctor"]).code, Some(3));
    let nowhere = world.command(&["--url", "http://127.0.0.1:1/mcp", "doctor"]).output().unwrap();
    assert_eq!(nowhere.status.code(), Some(4), "{nowhere:?}");
}

#[test]
fn without_an_account_the_way_to_intercom_is_examined() {
    let world = World::open();
    let mut command = world.command(&["doctor"]);
    let ran = command.env("HTTPS_PROXY", "http://127.0.0.1:1").env_remove("NO_PROXY").env_remove("no_proxy");
    let ran = ran.output().unwrap();
    let told = String::from_utf8(ran.stdout).unwrap();
    assert_eq!(ran.status.code(), Some(4), "{told}");
    assert!(told.contains("✗ connection") && told.contains("127.0.0.1:1"), "{told}");
}
