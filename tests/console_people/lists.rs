//! What the lists of people and of companies do alike: one table over both.

use switchboard::app::Effect;
use switchboard::app::place::Place;
use switchboard::domain::call::{Call, End};

use super::desk::{Desk, offline, refused};

/// One of the two lists.
struct Tab {
    key: &'static str,
    place: Place,
    /// Where its first row opens.
    page: Place,
    /// The calls for the first page, for the second, and for a search of `words`.
    first: &'static str,
    second: &'static str,
    search: (&'static str, &'static str),
    /// What cannot be read.
    wrong: &'static str,
    all: usize,
    id: &'static str,
    name: &'static str,
    link: &'static str,
    loaded: fn(&Desk) -> usize,
}

const TABS: [Tab; 2] = [
    Tab {
        key: "2",
        place: Place::People,
        page: Place::Contact,
        first: " by 150",
        second: " from 150 by 150",
        search: ("ana", "name:ana by 150"),
        wrong: "ana company:Lumen",
        all: 400,
        id: "c0",
        name: "Ana Souza",
        link: "https://app.intercom.com/a/apps/_/users/c0",
        loaded: |desk| desk.model.people.listing.rows.len(),
    },
    Tab {
        key: "3",
        place: Place::Companies,
        page: Place::Company,
        first: " page 1 by 60",
        second: " page 2 by 60",
        search: ("Northwind", "name:Northwind page 1 by 60"),
        wrong: "tag:unheard",
        all: 130,
        id: "k0",
        name: "Lumen Ótica",
        link: "https://app.intercom.com/a/apps/_/companies/k0",
        loaded: |desk| desk.model.companies.listing.rows.len(),
    },
];

impl Tab {
    fn open(&self) -> Desk {
        let mut desk = Desk::open(80, 24);
        desk.keys(self.key).serve();
        assert_eq!(desk.model.place(), self.place);
        desk
    }
}

/// The lists that are asked for, as typed.
pub(crate) fn asked(desk: &Desk) -> Vec<String> {
    let words = |call: &Call| match call {
        Call::SearchContacts { filter, cursor, per_page } => {
            let ids = filter.to_string().matches("id:").count();
            let filter = if ids > 1 { format!("{ids} ids") } else { filter.to_string() };
            let cursor = cursor.as_ref().map_or(String::new(), |cursor| format!(" from {}", cursor.0));
            Some(format!("{filter}{cursor} by {per_page}"))
        }
        Call::ListCompanies { filter, page, per_page } => Some(format!("{filter} page {page} by {per_page}")),
        _ => None,
    };
    desk.asked.iter().filter_map(|(_, call)| words(call)).collect()
}

#[test]
fn nothing_is_asked_before_the_screen_is_opened() {
    for tab in TABS {
        let mut desk = Desk::open(80, 24);
        assert_eq!(asked(&desk), [""; 0]);
        desk.up();
        assert_eq!(asked(&desk), [""; 0]);
        desk.keys(tab.key);
        assert_eq!(asked(&desk), [tab.first]);
        desk.keys("1").keys(tab.key);
        assert_eq!(asked(&desk), [tab.first], "once");
    }
}

#[test]
fn pages_come_as_one_goes_down() {
    for tab in TABS {
        let mut desk = tab.open();
        desk.keys("G");
        assert_eq!(asked(&desk), [tab.second]);
        desk.serve();
        desk.keys("L").serve();
        assert_eq!((tab.loaded)(&desk), tab.all);
        assert!(desk.text().contains(&format!("{0} of {0} loaded", tab.all)), "{}", desk.text());
        desk.keys("G");
        assert_eq!(asked(&desk), [""; 0]);
    }
}

#[test]
fn a_search_that_is_left_asks_nothing() {
    for tab in TABS {
        let mut desk = tab.open();
        let before = (tab.loaded)(&desk);
        desk.keys("/").keys(tab.search.0).keys("<enter>");
        assert_eq!(asked(&desk), [tab.search.1]);
        desk.serve();
        assert!((tab.loaded)(&desk) < before);
        desk.keys("<esc>");
        assert_eq!((asked(&desk).len(), (tab.loaded)(&desk)), (0, before));
    }
}

#[test]
fn a_wrong_word_is_pointed_at() {
    for tab in TABS {
        let mut desk = tab.open();
        desk.keys("/").keys(tab.wrong).keys("<enter>");
        assert_eq!((desk.model.place(), desk.asked.len()), (Place::SearchLine, 0));
        assert!(desk.text().contains('^'), "{}", desk.text());
        desk.keys("<esc>");
        assert_eq!(desk.model.place(), tab.place);
    }
}

#[test]
fn what_was_refused_is_asked_again() {
    for tab in TABS {
        let mut desk = Desk::open(80, 24);
        desk.keys(tab.key);
        desk.next(refused());
        assert!(desk.text().contains("may not read"), "{}", desk.text());
        desk.keys("r");
        assert_eq!(asked(&desk), [tab.first]);
    }
}

#[test]
fn offline_keeps_the_list_and_asks_again() {
    for tab in TABS {
        let mut desk = tab.open();
        desk.keys("r");
        desk.down();
        assert!(desk.text().contains(tab.name));
        desk.up();
        assert_eq!(asked(&desk), [tab.first]);
        desk.serve();
        desk.keys("/").keys(tab.search.0).keys("<enter>");
        desk.next(End::NotSent(offline()));
        assert!(desk.text().contains("not searched yet"), "{}", desk.text());
        desk.up();
        assert_eq!(asked(&desk), [tab.search.1]);
    }
}

#[test]
fn esc_cancels_what_is_waited_for() {
    for tab in TABS {
        let mut desk = tab.open();
        desk.keys("<enter>");
        desk.wait(1_000);
        desk.keys("<esc>");
        assert_eq!((desk.model.place(), desk.asked.len()), (tab.page, 0));
        desk.keys("r");
        assert!(!desk.asked.is_empty());
        desk.serve();
        desk.keys("<esc>");
        assert_eq!(desk.model.place(), tab.place);
    }
}

#[test]
fn the_cursor_is_where_it_was() {
    for tab in TABS {
        let mut desk = tab.open();
        let line = desk.keys("jjj").cursor_line();
        assert!(!line.contains(tab.name), "{line}");
        desk.keys("<enter>").serve().keys("<esc>");
        assert_eq!(desk.cursor_line(), line);
        desk.keys("r").serve();
        assert_eq!(desk.cursor_line(), line);
    }
}

fn copied(desk: &mut Desk) -> String {
    let mut copied = desk.effects.drain(..).filter_map(|effect| match effect {
        Effect::Copy(text) => Some(text.to_string()),
        _ => None,
    });
    copied.next_back().expect("something copied")
}

#[test]
fn copying() {
    for tab in TABS {
        let mut desk = tab.open();
        for (key, expected) in [("Y", tab.id), ("y", tab.link)] {
            desk.keys(key);
            assert_eq!(copied(&mut desk), expected);
        }
        let json = |desk: &mut Desk| -> serde_json::Value {
            desk.keys("J");
            serde_json::from_str(&copied(desk)).unwrap()
        };
        let row = json(&mut desk);
        assert_eq!((&row["id"], &row["name"]), (&tab.id.into(), &tab.name.into()));
        desk.keys("<enter>").serve();
        let page = json(&mut desk);
        assert_eq!(page["id"], tab.id);
        assert!(page["custom_attributes"].is_object() && page["tags"][0]["name"].is_string(), "{page}");
    }
}
