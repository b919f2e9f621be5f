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
fn the_embedded_workspace_can_be_examined() {
    let ran = World::open().command(&["--demo", "doctor"]).output().unwrap();
    assert!(ran.status.success(), "{ran:?}");
}
