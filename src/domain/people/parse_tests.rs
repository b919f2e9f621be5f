//! The language of the People screen, row by row.

use super::*;
use proptest::prelude::*;

/// Ruth is the one teammate that is known, and VIP the one tag.
fn read(typed: &str) -> Result<PeopleFilter, Wrong> {
    let owner = |owner: &str| match owner {
        "ruth" | "7" => Ok("7".to_owned()),
        other => Err(format!("No teammate called {other}.")),
    };
    people_filter(typed, owner, |kind, name| (kind == Named::Tag && name == "VIP").then(|| "5".to_owned()))
}

#[test]
fn reads_what_people_type() {
    let table = [
        ("", ""),
        ("ana", "name:ana"),
        ("  Ana   Souza ", "name:\"Ana Souza\""),
        ("田中 花子", "name:\"田中 花子\""),
        ("ana@lumen.example", "email:ana@lumen.example"),
        ("@lumen.example", "domain:lumen.example"),
        ("domain:@lumen.example", "domain:lumen.example"),
        ("email_domain:lumen.example ana", "domain:lumen.example name:ana"),
        ("+49 170 123-45", "phone:+49170123-45"),
        ("+4917012345 ana", "phone:+4917012345 name:ana"),
        ("phone:\"+49 170\"", "phone:\"+49 170\""),
        ("NAME:ana", "name:ana"),
        ("id:contact_66aa,77bb", "id:66aa id:77bb"),
        ("plan:Pro", "attribute:plan=Pro"),
        ("plan:\"Pro Plus\" city:Bonn", "attribute:plan=\"Pro Plus\" city:Bonn"),
        ("attribute:\"Plan tier\"=\"Pro Plus\"", "attribute:\"Plan tier\"=\"Pro Plus\""),
        ("attribute:city=Bonn", "attribute:city=Bonn"),
        ("bounced:true role:lead", "bounced:true role:lead"),
        ("object_type:contacts ana", "name:ana"),
        ("\"a@b\"", "name:a@b"),
        ("http://a.example", "name:\"http://a.example\""),
        ("Ana \"Annie\" 5\" x", "name:\"Ana Annie 5\\\" x\""),
        ("name:\"Ana \\\"Annie\\\" Souza\"", "name:\"Ana \\\"Annie\\\" Souza\""),
        ("owner:ruth", "owner:7"),
        ("tag:VIP segment:6", "tag:5 segment:6"),
        ("segment_id:6", "segment:6"),
        ("9:", "err"),
    ];
    for (typed, normal) in table {
        let read = read(typed).map_or_else(|_| "err".to_owned(), |filter| filter.to_string());
        assert_eq!(read, normal, "{typed}");
    }
}

#[test]
fn points_at_the_word_that_is_wrong() {
    let table = [
        ("ana name:\"no end", 9..16, "never closed"),
        ("ana email:", 4..10, "email:ana@lumen.example"),
        ("email:ana", 0..9, "@lumen.example"),
        ("ana company:Lumen", 4..17, "company"),
        ("last_seen:>3d", 0..13, "time"),
        ("state:open", 0..10, "Inbox"),
        ("limit:5", 0..7, "by itself"),
        ("attribute:plan", 0..14, "attribute:"),
        ("a@b.c d@e.f", 6..11, "twice"),
        ("plan:a plan:b", 7..13, "twice"),
        ("bounced:yes", 0..11, "true or false"),
        ("id:\"a b\"", 0..8, "external_id"),
        ("id:,", 0..4, "needs a value"),
        ("@", 0..1, "needs a value"),
        ("x tag:nope", 2..10, "No tag called nope"),
        ("zoe owner:zoe", 4..13, "No teammate called zoe"),
        ("ana owner:own", 4..13, "No teammate called own"),
    ];
    for (typed, at, says) in table {
        let wrong = read(typed).unwrap_err();
        assert_eq!(wrong.at, at, "{typed}");
        assert!(wrong.sentence.contains(says), "{typed}: {}", wrong.sentence);
    }
}

proptest! {
    #[test]
    fn printing_is_stable(typed in "[a-z:\"=@+ .0-9é船-]{0,48}") {
        if let Ok(filter) = read(&typed) {
            let printed = filter.to_string();
            prop_assert_eq!(read(&printed), Ok(filter), "{}", printed);
        }
    }

    #[test]
    fn nothing_typed_panics(typed in "\\PC{0,80}") {
        let _ = read(&typed);
    }
}
