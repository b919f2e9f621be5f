//! Rows that are chosen: copied, exported, kept over a refresh.

use insta::assert_snapshot;
use switchboard::app::{Effect, Event};
use switchboard::domain::id::ConversationId;
use switchboard::domain::triage::Mark;

use super::desk::Desk;
use super::list::{answer, current, done, mark, shown};
use super::world;

fn copied(desk: &Desk) -> Option<String> {
    desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str().to_owned()),
        _ => None,
    })
}

#[test]
fn a_refresh_brings_as_many_pages_as_were_loaded() {
    let mut desk = Desk::open(80, 24);
    desk.keys("L").serve().keys("Gxkxgx");
    let (rows, chosen) = (shown(&desk), desk.model.inbox.chosen_or_current());
    assert_eq!((rows.len(), chosen.len()), (434, 3));
    desk.keys("rgE").serve();
    assert!(desk.text().contains("3 conversations"), "{}", desk.text());
    assert_eq!(shown(&desk), rows);
    assert_eq!(desk.model.inbox.chosen_or_current(), chosen);
}

#[test]
fn chosen_rows_that_are_not_loaded_are_said_when_exported() {
    let mut desk = Desk::open(80, 24);
    desk.keys("xjxr");
    answer(&mut desk, (1..40).map(world::row).collect(), None);
    desk.keys("E");
    assert!(desk.text().contains("1 of 2 chosen are loaded"), "{}", desk.text());
    desk.keys("<enter>");
    desk.event(Event::Exported(Ok("1 conversation is in a.json.".into())));
    assert!(desk.text().contains("1 that was chosen is not loaded, and not in it."), "{}", desk.text());
}

#[test]
fn a_file_that_cannot_be_written_leaves_what_was_typed() {
    let mut desk = Desk::open(80, 24);
    desk.keys("E<ctrl-u>no/a.json<enter>");
    desk.event(Event::Exported(Err("Nothing was exported to no/a.json: there is no such folder.".into())));
    assert_eq!(desk.model.inbox.line.as_ref().map(|line| line.field.text()), Some("no/a.json"));
}

#[test]
fn what_was_chosen_is_copied() {
    let mut desk = Desk::open(80, 24);
    desk.keys("xjx");
    assert!(desk.text().contains("2 chosen"), "{}", desk.text());
    desk.keys("fexport<enter>").serve();
    assert!(desk.text().contains("2 chosen, 2 not shown"), "{}", desk.text());
    desk.keys("<esc>Y");
    let ids: Vec<String> = [0, 2].map(|number| world::conversation_id(number).to_string()).into();
    assert_eq!(copied(&desk), Some(ids.join("\n")));
    desk.keys("y");
    assert!(copied(&desk).unwrap().lines().all(|line| line.starts_with("https://app.intercom.com/a/inbox/")));
    assert!(desk.text().contains("2 links copied."), "{}", desk.text());
    let both: Vec<ConversationId> = [0, 2].map(world::conversation_id).into();
    desk.keys("r").serve();
    assert_eq!(desk.model.inbox.chosen_or_current(), both);
    desk.keys("g");
    done(&mut desk);
    assert_eq!(desk.model.inbox.chosen_or_current(), both[1..], "what went away is chosen no longer");
}

#[test]
fn chosen_200() {
    let mut desk = Desk::open(200, 60);
    desk.keys("xxjxk");
    let ids: Vec<ConversationId> = shown(&desk);
    mark(&mut desk, &ids[6], Mark { note: "ask Mo".into(), ..Mark::default() });
    mark(&mut desk, &ids[9], Mark { pinned: true, ..Mark::default() });
    desk.keys("sk");
    desk.wait(20_000);
    desk.keys("j");
    assert_snapshot!(desk.screen());
}

#[test]
fn all_or_none_are_chosen() {
    let mut desk = Desk::open(80, 24);
    desk.keys("X");
    assert_eq!(desk.model.inbox.chosen_or_current(), shown(&desk));
    desk.keys("X");
    assert_eq!(desk.model.inbox.chosen_or_current(), current(&desk).into_iter().collect::<Vec<_>>());
}

#[test]
fn rows_are_exported_to_a_file_that_is_asked_for() {
    let mut desk = Desk::open(80, 24);
    desk.keys("xE");
    assert_snapshot!(desk.screen());
    desk.keys("<ctrl-u>a.json<enter>");
    let exported = desk.effects.iter().find_map(|effect| match effect {
        Effect::ExportRows(path, excerpt) => Some((path.clone(), excerpt.rows().count())),
        _ => None,
    });
    assert_eq!(exported, Some(("a.json".into(), 1)));
    // A held key writes one file, and leaving waits for it.
    desk.effects.clear();
    desk.keys("<enter><ctrl-q>");
    let count =
        |desk: &Desk, is: fn(&Effect) -> bool| desk.effects.iter().filter(|effect| is(effect)).count();
    assert_eq!(count(&desk, |effect| matches!(effect, Effect::ExportRows(..) | Effect::Quit)), 0);
    assert!(desk.text().contains("The file is being written"), "{}", desk.text());
    desk.event(Event::Exported(Err("Nothing was exported to a.json: the disk is full.".into())));
    assert_eq!(count(&desk, |effect| matches!(effect, Effect::Quit)), 1);
    desk.keys("<enter>");
    assert_eq!(count(&desk, |effect| matches!(effect, Effect::ExportRows(..))), 1);
    desk.event(Event::Exported(Ok("1 conversation is in a.json.".into())));
    assert!(desk.text().contains("1 conversation is in a.json."));
    desk.keys("E<esc>");
    assert!(desk.model.inbox.line.is_none());
}

#[test]
fn the_browser_opens_what_is_under_the_cursor_only() {
    let mut desk = Desk::open(80, 24);
    desk.keys("xfqqq<enter>").serve();
    desk.effects.clear();
    desk.keys("o");
    assert!(desk.effects.iter().all(|effect| !matches!(effect, Effect::Browse(_))));
    assert!(desk.text().contains("There is nothing under the cursor."), "{}", desk.text());
}

#[test]
fn a_file_is_written_once() {
    let mut desk = Desk::open(80, 24);
    desk.keys("E<enter><enter>");
    let written = desk.effects.iter().filter(|effect| matches!(effect, Effect::ExportRows(..)));
    assert_eq!(written.count(), 1);
    assert!(desk.text().contains("The file is being written."), "{}", desk.text());
    desk.event(Event::Exported(Ok("150 conversations are in a.json.".into())));
    desk.keys("E<enter>");
    assert_eq!(desk.effects.iter().filter(|effect| matches!(effect, Effect::ExportRows(..))).count(), 2);
}
